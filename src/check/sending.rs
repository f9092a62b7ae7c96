//! Logging in to the server that carries letters, without sending one; and looking whether the
//! provider keeps copies of those that were sent.

use std::fs;

use super::{Line, database};
use crate::clock::Clock;
use crate::outbox::Postman;
use crate::outbox::smtp::probe;
use crate::settings::{Sending, Settings};

pub(super) async fn check(sending: &Sending) -> Line {
    match &sending.postman {
        Postman::Smtp(server) => {
            let part = format!("sending {}:{}", server.host, server.port);
            let found = probe(server).await;
            match found.failed {
                Some(trouble) => Line::wrong(part, trouble.to_string(), trouble.advice()),
                None => Line::right(part, "logged in, nothing was sent"),
            }
        }
        Postman::Folder(folder) => {
            let name = folder.display();
            let writable = fs::metadata(folder).is_ok_and(|found| !found.permissions().readonly());
            if writable {
                Line::right("sending", format!("letters are written to {name}, none is sent"))
            } else {
                Line::wrong(
                    "sending",
                    format!("{name} cannot be written to"),
                    "give it to the service's user",
                )
            }
        }
        Postman::Memory(_) => Line::right("sending", "into memory"),
    }
}

/// Whether the folder of sent mail can be opened, and holds what was sent last.
pub(super) async fn check_copies(settings: &Settings, bureau: &str, clock: &Clock) -> Option<Line> {
    let sent = settings.sending_of(bureau).sent.as_ref()?;
    let part = format!("copies of sent mail, folder {}", sent.folder);
    let copies = match sent.copies(clock, None).await {
        Ok(copies) => copies,
        Err(error) => {
            let mend = "see the provider's web page for its name, or leave out `sent_folder`";
            return Some(Line::wrong(part, error.to_string(), mend));
        }
    };
    let seen = format!("can be looked into, {} newest copies read", copies.ids.len());
    let taken = database::sent_letters(settings, bureau, clock).await;
    let there = taken.iter().filter(|id| copies.ids.contains(id)).count();
    Some(match (taken.len(), there) {
        (0, _) => Line::right(part, format!("{seen}; no letter was sent yet")),
        (taken, 0) => Line::wrong(
            part,
            format!("none of the {taken} letters that were sent last is there"),
            "switch on keeping copies of sent mail (保存到“已发送”) on the provider's web page, or \
             leave out `sent_folder`: without copies a letter would be sent twice",
        ),
        (taken, there) => {
            Line::right(part, format!("{seen}; {there} of the {taken} letters sent last are there"))
        }
    })
}
