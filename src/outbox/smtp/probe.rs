//! The self-test of `check`: a session without a letter, each step told.

use super::server::Server;
use super::session::Session;
use super::step::{Fault, Step, Trouble};

/// What a self-test found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// The steps that succeeded, in order.
    pub passed: Vec<Step>,
    /// The step that failed, when one did.
    pub failed: Option<Trouble>,
}

/// Connects, logs in and says goodbye. Nothing is sent.
pub async fn probe(server: &Server) -> Probe {
    let mut passed = Vec::new();
    let result = match Session::open(server, |step| passed.push(step)).await {
        Ok(session) => session.quit().await.map(|_| passed.push(Step::Goodbye)),
        Err(trouble) => Err(trouble),
    };
    Probe { passed, failed: result.err() }
}

impl Trouble {
    /// What the operator can do about a failed step of the self-test.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match (self.step, &self.fault) {
            (Step::Connect, _) => {
                "check host and port (163: smtp.163.com, 465) and that the firewall lets it out"
            }
            (Step::Tls, Fault::Answered(_)) => {
                "the server has no STARTTLS here: try `encryption` tls, port 465"
            }
            (Step::Tls, _) => {
                "check `encryption` (465: tls, 587: starttls), the host's name, the machine's clock, \
                 and for an own authority the extra certificate file"
            }
            (Step::Greeting, _) => "the server does not want this address or EHLO name: try later",
            (Step::Login, Fault::Answered(answer)) if (500..600).contains(&answer.code) => {
                "the providers want an authorisation code (授权码) here, not the password of the web \
                 page: make one in the mailbox's settings for POP3/SMTP/IMAP, and write the whole \
                 address as user"
            }
            (Step::Login, _) => "try again later: too many logins in a short time are refused",
            _ => "the server did not answer as SMTP does: see its answer",
        }
    }
}
