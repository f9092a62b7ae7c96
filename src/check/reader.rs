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
    let wrong = |what| Some(Line::wrong("models", what, "pictures go to the staff without it"));
    // Loaded here first: a process that dies of them could not say why.
    let models = match settings.recogniser().and_then(|_| settings.models()) {
        Ok(models) => models?,
        Err(error) => return wrong(error.to_string()),
    };
    let pool = Pool::with_models(options, words(), Some(models));
    match pool.look(Letter { words: 0, raw: Vec::new() }).await {
        Some(_) => Some(Line::right("models", "a confined process looks at pictures".to_owned())),
        None => wrong("the process that looks at pictures does not come up with them".to_owned()),
    }
}

fn words() -> BTreeMap<String, Vocabulary> {
    BTreeMap::from([(String::new(), Vocabulary::default())])
}
