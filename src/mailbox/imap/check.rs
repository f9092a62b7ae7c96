//! The self-test: every step of a session, one after the other, each reported.

use super::after::can_move;
use super::connect;
use super::options::Options;
use super::session::Session;
use crate::clock::Clock;
use crate::mailbox::error::{Error, Step};
use crate::mailbox::{After, Finding, Range};

/// Connects, logs in, opens and lists every folder, and looks whether `after` can work. Nothing is
/// changed. The list ends with the first step that makes going on senseless.
pub(in crate::mailbox) async fn check(
    options: &Options,
    clock: &Clock,
    folders: &[String],
    after: &After,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut report = |step: Step, said: String| {
        findings.push(Finding { what: step.to_string(), outcome: Ok(said) });
    };
    let connected = connect::connect(options, clock, &mut report).await;
    let mut session = match connected {
        Ok(session) => session,
        Err(error) => {
            findings.push(Finding { what: "the session".to_owned(), outcome: Err(error) });
            return findings;
        }
    };
    for folder in folders {
        let outcome = look_into(&mut session, folder).await;
        findings.push(Finding { what: format!("folder {folder}"), outcome });
        if !session.is_usable() {
            return findings;
        }
    }
    if let After::Move(target) = after {
        let outcome = match can_move(&session) {
            Ok(()) => session.examine(target).await.map(|_| "possible".to_owned()),
            Err(error) => Err(error),
        };
        findings.push(Finding { what: format!("moving to {target}"), outcome });
    }
    if session.is_usable() {
        session.finish().await;
    }
    findings
}

async fn look_into(session: &mut Session, folder: &str) -> Result<String, Error> {
    let uidvalidity = session.examine(folder).await?;
    let listed = session.list(Range::All).await?;
    let oldest = listed.iter().map(|one| one.arrived).min();
    let since = oldest.map_or_else(String::new, |oldest| {
        // NetEase shows only the last 30 days unless its web page says otherwise (quirk A9).
        format!(", the oldest of {}", oldest.strftime("%Y-%m-%d"))
    });
    Ok(format!("{} messages (UIDVALIDITY {uidvalidity}){since}", listed.len()))
}
