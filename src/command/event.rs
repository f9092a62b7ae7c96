//! `event`: the days of the settings, how far each has come, and what is told to everybody.

use super::failure::Failure;
use crate::roster::Event;

/// The event that is meant: the one that is named, or the only one.
pub(super) fn chosen<'a>(events: &'a [Event], named: Option<&str>) -> Result<&'a Event, Failure> {
    let found = match (named, events) {
        (Some(id), all) => all.iter().find(|event| event.id == id),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    found.ok_or_else(|| {
        let ids: Vec<_> = events.iter().map(|event| event.id.as_str()).collect();
        let ids = ids.join("、");
        Failure::usage(match named {
            Some(named) => format!("没有活动 {named}；可选：{ids}"),
            None => format!("有几场活动，请用 --event 写明是哪一场：{ids}"),
        })
    })
}
