//! What the templates of the call see.

use std::time::Duration;

use serde::Serialize;

use super::rules::RulesView;
use crate::form;
use crate::message::Email;
use crate::reply::words;
use crate::roster::Event;

/// The number of a part, behind those for time and place.
const ORDINALS: [&str; 6] = ["三", "四", "五", "六", "七", "八"];

/// A call in words.
#[derive(Debug, Serialize)]
pub(super) struct CallView {
    title: String,
    name: String,
    /// The name without the host before it, where the host is named besides.
    short: String,
    host: String,
    theme: String,
    place: String,
    day: String,
    when: String,
    opens: String,
    closes: String,
    contact: String,
    telephone: String,
    email: Option<Email>,
    pledge: String,
    total: u32,
    categories: Vec<Places>,
    required: Vec<String>,
    optional: Vec<String>,
    subject: String,
    /// `90天`.
    kept: Option<String>,
    date: String,
    form: &'static str,
    /// The numbers of the parts from the third on, which is the theme's where there is one.
    ordinals: Vec<&'static str>,
    /// How places are given.
    rules: RulesView,
    /// Who may come, one sentence each: what `announcement_who.txt` makes of the rules.
    pub(super) who: Vec<String>,
    /// How places are given, one sentence each: what `announcement_rules.txt` makes of them.
    pub(super) order: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Places {
    name: String,
    quota: u32,
    /// Only those on a list may claim it.
    listed: bool,
    /// What others count for; by default a person decides.
    otherwise: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Context<'a> {
    pub(super) call: &'a CallView,
}

impl CallView {
    pub(super) fn new(event: &Event) -> Self {
        let zone = &event.zone;
        let from = words::moment(event.takes_place, zone);
        let short = event.name.strip_prefix(&event.host).unwrap_or(&event.name);
        let (required, optional): (Vec<_>, Vec<_>) =
            form::entries(event).into_iter().partition(|entry| entry.required);
        let labels = |entries: Vec<form::Entry>| entries.into_iter().map(|one| one.label).collect();
        let keyword = event.keywords.first().map_or(short, String::as_str);
        let ordinals = ORDINALS.iter().skip(usize::from(!event.theme.is_empty())).copied();
        Self {
            title: format!("关于公开征集{}参加人员的公告", event.name),
            name: event.name.clone(),
            short: short.to_owned(),
            host: event.host.clone(),
            theme: event.theme.clone(),
            place: event.place.clone(),
            day: words::day(event.takes_place, zone),
            when: format!("{from}—{}", words::clock(event.ends(), zone)),
            opens: words::moment(event.opens, zone),
            closes: words::moment(event.closes, zone),
            contact: event.contact.clone(),
            telephone: event.telephone.clone(),
            email: event.life.email.clone(),
            pledge: event.pledge.clone(),
            total: event.categories.iter().map(|one| one.quota).sum(),
            categories: places(event),
            required: labels(required),
            optional: labels(optional),
            subject: format!("{keyword}报名"),
            kept: event.life.erase_after.map(span),
            date: words::date(event.announced, zone),
            form: form::FILE,
            ordinals: ordinals.collect(),
            rules: RulesView::new(event),
            who: Vec::new(),
            order: Vec::new(),
        }
    }
}

fn places(event: &Event) -> Vec<Places> {
    let one = |category: &crate::roster::Category| {
        let otherwise = category.allow.as_ref().and_then(|allow| allow.otherwise.as_deref());
        let otherwise = otherwise.and_then(|id| event.category(id));
        Places {
            name: category.name.clone(),
            quota: category.quota,
            listed: category.allow.is_some(),
            otherwise: otherwise.map(|other| other.name.clone()),
        }
    };
    event.categories.iter().map(one).collect()
}

/// A length of time as people say it: `90天`, `48小时`, `1小时30分钟`.
pub(super) fn span(length: Duration) -> String {
    /// From here on people count days.
    const MANY_HOURS: u64 = 72;
    let minutes = length.as_secs() / 60;
    match (minutes / 60, minutes % 60) {
        (hours, 0) if hours >= MANY_HOURS && hours % 24 == 0 => format!("{}天", hours / 24),
        (0, minutes) => format!("{minutes}分钟"),
        (hours, 0) => format!("{hours}小时"),
        (hours, minutes) => format!("{hours}小时{minutes}分钟"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_told_as_people_say_them() {
        let said = [30, 90, 24 * 60, 48 * 60, 72 * 60, 73 * 60, 90 * 24 * 60];
        let said = said.map(|minutes| span(Duration::from_mins(minutes)));
        assert_eq!(said, ["30分钟", "1小时30分钟", "24小时", "48小时", "3天", "73小时", "90天"]);
    }
}
