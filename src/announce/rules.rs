//! The rules of an event, as the call tells them.

use serde::Serialize;

use super::view::span;
use crate::reply::words;
use crate::roster::{Beyond, Event, Groups, Offer, Substitution};

/// How places are given, in words.
#[derive(Debug, Serialize)]
pub(super) struct RulesView {
    /// Where the staff choose: when all are told.
    told: Option<String>,
    /// How many stand in each line at most.
    waitlist: Option<u32>,
    /// How long an offered place is kept: `24小时`.
    offer: Option<String>,
    /// Hours that do not count: `22:00至次日7:00`.
    quiet: Option<String>,
    /// So long before the event nobody is asked any more: `12小时`.
    last: Option<String>,
    /// Places that fall free after that are given at once.
    late: bool,
    /// The people of one mail are placed all or none.
    together: bool,
    /// How long an unfinished registration is kept: `48小时`.
    hold: String,
    spill: Option<SpillView>,
    /// `review`, `nobody_waits` or `always`.
    substitution: &'static str,
    youngest: Option<u32>,
    oldest: Option<u32>,
    /// In days.
    once_per: Option<u32>,
    per_organization: Option<u32>,
    per_sender: Option<u32>,
    /// Those beyond the limits stand last; otherwise a person decides.
    last_in_line: bool,
}

/// Unused places that go to another category.
#[derive(Debug, Serialize)]
struct SpillView {
    from: String,
    to: String,
}

impl RulesView {
    pub(super) fn new(event: &Event) -> Self {
        let (rules, zone) = (&event.rules, &event.zone);
        let told = rules.selection();
        let offer = rules.promotion.offer.as_ref().filter(|_| told.is_none());
        let last = Some(rules.promotion.last).filter(|last| !last.is_zero() && offer.is_some());
        let spill = rules.spill.as_ref().filter(|_| told.is_none()).and_then(|spill| {
            let to = event.category(&spill.to)?.name.clone();
            Some(SpillView { from: words::moment(spill.from, zone), to })
        });
        Self {
            told: told.map(|at| words::moment(at, zone)),
            waitlist: rules.waitlist,
            offer: offer.map(|offer| span(offer.lasts)),
            quiet: offer.and_then(quiet),
            last: last.map(span),
            late: rules.promotion.late,
            together: rules.groups == Groups::Together,
            hold: span(rules.hold),
            spill,
            substitution: match rules.substitution {
                Substitution::Review => "review",
                Substitution::NobodyWaits => "nobody_waits",
                Substitution::Always => "always",
            },
            youngest: rules.who.youngest,
            oldest: rules.who.oldest,
            once_per: rules.who.once_per,
            per_organization: rules.who.per_organization,
            per_sender: rules.who.per_sender,
            last_in_line: rules.who.beyond == Beyond::Last,
        }
    }
}

fn quiet(offer: &Offer) -> Option<String> {
    let (from, until) = offer.quiet?;
    let next = if from > until { "次日" } else { "" };
    let clock = |at: jiff::civil::Time| format!("{}:{:02}", at.hour(), at.minute());
    Some(format!("{}至{next}{}", clock(from), clock(until)))
}
