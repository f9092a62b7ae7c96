//! Whether a process that reads mail can be started, and what confines it here.

use std::collections::BTreeMap;

use super::Line;
use crate::confine::{Letter, Options, Pool};
use crate::reading::Vocabulary;
use crate::settings::Settings;

pub(super) async fn check(options: Options) -> Line {
    match Pool::new(options, words()).try_out().await {
        // A kernel without one of them is no mistake, and cannot be mended by settings.
        Ok(strength) => Line::right("reader", format!("confined by {strength}")),
        Err(error) => Line::wrong(
            "reader",
            error.to_string(),
            "mail waits until it can be: see that /proc is mounted and that the system lets the \
             service start processes",
        ),
    }
}

/// Whether the process that looks at pictures comes up with its models; nothing where none are named.
pub(super) async fn check_models(settings: &Settings, options: Options) -> Option<Line> {
    // Loaded here first: a process that dies of them could not say why.
    let models = match settings.recogniser().and_then(|_| settings.models()) {
        Ok(models) => models?,
        Err(error) => {
            let mend = "the service does not start with them: mend or remove the key `models`";
            return Some(Line::wrong("models", error.to_string(), mend));
        }
    };
    let pool = Pool::with_models(options, words(), Some(models));
    let why = match pool.look(Letter { words: 0, raw: Vec::new() }).await {
        Ok(Ok(_)) => {
            return Some(Line::right("models", "a confined process looks at pictures"));
        }
        Ok(Err(lost)) => lost.to_string(),
        Err(unavailable) => unavailable.to_string(),
    };
    let mend = "it takes up to 1 GiB of memory (README.md, \"Scans and photos\"); until it can be \
                started, pictures go to the staff without a suggestion";
    Some(Line::wrong("models", why, mend))
}

fn words() -> BTreeMap<String, Vocabulary> {
    BTreeMap::from([(String::new(), Vocabulary::default())])
}
