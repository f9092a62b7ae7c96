//! Logging in to a mailbox and looking into its folders, without changing anything.

use super::Line;
use crate::clock::Clock;
use crate::settings::Mailbox;

/// One line for the mailbox: the first thing that failed, or what was seen in each folder.
pub(super) async fn check(mailbox: &Mailbox, clock: &Clock) -> Line {
    let part = format!("mailbox {}", mailbox.name);
    let findings = mailbox.source.check(clock, &mailbox.folders, &mailbox.after).await;
    let mut seen = Vec::new();
    for finding in findings {
        match finding.outcome {
            Ok(said) => seen.push((finding.what, said)),
            // The room's errors say themselves what to do.
            Err(error) => return Line::wrong(part, finding.what, error.to_string()),
        }
    }
    let told = |(what, said): &(String, String)| format!("{what}: {said}");
    Line::right(part, seen.iter().map(told).collect::<Vec<_>>().join("; "))
}
