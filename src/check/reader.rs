//! Whether a process that reads mail can be started, and what confines it here.

use std::collections::BTreeMap;

use super::Line;
use crate::confine::{Options, Pool};
use crate::reading::Vocabulary;

pub(super) async fn check(options: Options) -> Line {
    let words = BTreeMap::from([(String::new(), Vocabulary::default())]);
    match Pool::new(options, words).try_out().await {
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
