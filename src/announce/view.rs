//! What the templates of the call see.

use serde::Serialize;

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
}

#[derive(Debug, Serialize)]
struct Places {
    name: String,
    quota: u32,
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
        let category =
            |one: &crate::roster::Category| Places { name: one.name.clone(), quota: one.quota };
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
            categories: event.categories.iter().map(category).collect(),
            required: labels(required),
            optional: labels(optional),
            subject: format!("{keyword}报名"),
            kept: event.life.erase_after.map(|kept| format!("{}天", kept.as_secs() / 86_400)),
            date: words::date(event.announced, zone),
            form: form::FILE,
            ordinals: ordinals.collect(),
        }
    }
}
