//! All letters and the digest, rendered with samples: a template of the bureau's own may be wrong.

use super::Line;
use crate::settings::Settings;

pub(super) fn check(settings: &Settings) -> Line {
    match settings.stationery() {
        Ok(_) => {
            let own = settings.letters.as_ref();
            let of = own.map_or_else(String::new, |folder| {
                format!(", those in {} first", folder.display())
            });
            Line::right("templates", format!("all letters and the digest can be written{of}"))
        }
        Err(error) => {
            Line::wrong("templates", error.to_string(), "mend the template, or take it away")
        }
    }
}
