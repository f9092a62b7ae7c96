//! Logging in to the server that carries letters, without sending one.

use std::fs;

use super::Line;
use crate::outbox::Postman;
use crate::outbox::smtp::probe;
use crate::settings::Settings;

pub(super) async fn check(settings: &Settings) -> Line {
    match &settings.sending.postman {
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
