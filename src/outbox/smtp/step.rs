//! The steps of an SMTP session, and how one of them fails.

use std::fmt;
use std::time::Duration;

use lettre::transport::smtp::{Error, response::Response};

/// A step, in the order of the session. Everything up to [`Step::Data`] can be repeated safely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The TCP connection, the look-up of the name included.
    Connect,
    /// The TLS handshake (with STARTTLS: the plain words before it, too).
    Tls,
    /// The server's greeting and EHLO.
    Greeting,
    /// AUTH.
    Login,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// The text, its final dot and the answer to it.
    Text,
    /// QUIT.
    Goodbye,
}

/// What the server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The reply code (RFC 5321 §4.2).
    pub code: u16,
    /// All of its text, in ASCII.
    pub text: String,
}

/// How a step failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The server answered, but not what the step needs.
    Answered(Answer),
    /// No answer within the step's time.
    TimedOut(Duration),
    /// The connection was refused or lost, TLS failed, or the answer is no SMTP.
    Broken(String),
}

/// A failed step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step}: {fault}")]
pub struct Trouble {
    /// Which.
    pub step: Step,
    /// How.
    pub fault: Fault,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connecting",
            Self::Tls => "TLS",
            Self::Greeting => "greeting (EHLO)",
            Self::Login => "login (AUTH)",
            Self::Sender => "MAIL FROM",
            Self::Recipient => "RCPT TO",
            Self::Data => "DATA",
            Self::Text => "the final dot",
            Self::Goodbye => "QUIT",
        })
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered(answer) => write!(f, "the server answered {answer}"),
            Self::TimedOut(limit) => write!(f, "no answer within {} s", limit.as_secs_f32()),
            Self::Broken(why) => f.write_str(why),
        }
    }
}

impl From<&Response> for Answer {
    fn from(response: &Response) -> Self {
        let text = response.message().collect::<Vec<_>>().join(" ");
        Self { code: response.code().into(), text }
    }
}

impl From<&Error> for Fault {
    /// lettre gives a refusal's code as status and its text as source.
    fn from(error: &Error) -> Self {
        let source = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        match error.status() {
            Some(code) => Self::Answered(Answer { code: code.into(), text: source }),
            None if source.is_empty() => Self::Broken(error.to_string()),
            None => Self::Broken(format!("the connection failed: {source}")),
        }
    }
}

/// Awaits one step's answer for at most `limit`, and requires one of the codes in `wanted`.
pub(super) async fn answer(
    step: Step,
    limit: Duration,
    wanted: &[u16],
    reply: impl Future<Output = Result<Response, Error>>,
) -> Result<Answer, Trouble> {
    let response = within(step, limit, reply).await?;
    let response = response.map_err(|error| Trouble { step, fault: Fault::from(&error) })?;
    let answer = Answer::from(&response);
    if wanted.contains(&answer.code) {
        return Ok(answer);
    }
    Err(Trouble { step, fault: Fault::Answered(answer) })
}

/// Awaits `work` for at most `limit`.
pub(super) async fn within<T>(
    step: Step,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Result<T, Trouble> {
    let late = |_| Trouble { step, fault: Fault::TimedOut(limit) };
    tokio::time::timeout(limit, work).await.map_err(late)
}

/// A step that broke for a reason in words.
pub(super) fn broken(step: Step, why: impl fmt::Display) -> Trouble {
    Trouble { step, fault: Fault::Broken(why.to_string()) }
}
