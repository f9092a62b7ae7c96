//! The keys of an event file that say how its places are given.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::roster::{Category, Groups, Mode, Offer, Promotion, Rules, Spill, Substitution};

use super::event::{id, in_zone};
use super::rule::{self, Rule};
use super::table::Table;
use super::who::who;

/// What the rules are held to: the zone, closing, the event itself.
pub(super) struct Frame<'a> {
    pub(super) zone: &'a TimeZone,
    pub(super) closes: Timestamp,
    pub(super) takes_place: Timestamp,
    pub(super) categories: &'a [Category],
}

/// The event's rules; `None` when a key is wrong. Without a frame the keys are read all the same.
pub(super) fn rules(table: &mut Table, frame: Option<&Frame>) -> Option<Rules> {
    let default = Rules::default();
    let sender_cap = table.or("sender_cap", &rule::whole(1..=1000), default.sender_cap);
    let hold = table.or("hold", &rule::duration("1h", "720h"), default.hold);
    let who = who(table);
    let asks = table.or("asks", &rule::whole(1..=20), default.asks);
    let waitlist = given(table, "waitlist", &rule::whole(0..=100_000));
    let promotion = promotion(table);
    let groups = rule::one_of(&[("fit", Groups::Fit), ("together", Groups::Together)]);
    let groups = table.or("groups", &groups, default.groups);
    let substitution = rule::one_of(&[
        ("review", Substitution::Review),
        ("nobody-waits", Substitution::NobodyWaits),
        ("always", Substitution::Always),
    ]);
    let substitution = table.or("substitution", &substitution, default.substitution);
    let mode = mode(table, frame);
    let spill = spill(table, frame);
    Some(Rules {
        mode: mode?,
        hold: hold?,
        sender_cap: sender_cap?,
        who: who?,
        asks: asks?,
        waitlist: waitlist.ok()?,
        promotion: promotion?,
        groups: groups?,
        spill: spill.ok()?,
        substitution: substitution?,
    })
}

/// It was reported.
struct Wrong;

/// A key without a default.
fn given<T: 'static>(table: &mut Table, key: &str, rule: &Rule<T>) -> Result<Option<T>, Wrong> {
    let written = table.has(key);
    let value = table.optional(key, rule);
    if written && value.is_none() { Err(Wrong) } else { Ok(value) }
}

/// With `selection` the staff choose until then.
fn mode(table: &mut Table, frame: Option<&Frame>) -> Option<Mode> {
    let Some(written) = given(table, "selection", &rule::moment()).ok()? else {
        return Some(Mode::FirstCome);
    };
    let frame = frame?;
    let until = in_zone(written, frame.zone)?;
    if until < frame.closes || until > frame.takes_place {
        table.wrong("selection", "is not between closes and takes_place", "a moment between them");
        return None;
    }
    Some(Mode::Selection { until })
}

fn promotion(table: &mut Table) -> Option<Promotion> {
    let offers =
        table.or("promotion", &rule::one_of(&[("at-once", false), ("offer", true)]), false);
    let lasts = table.or("offer_for", &rule::duration("1h", "240h"), Duration::from_hours(24));
    let quiet = given(table, "quiet_hours", &rule::hours());
    let last = table.or("last_offer", &rule::duration("0s", "720h"), Duration::ZERO);
    let late =
        table.or("after_last_offer", &rule::one_of(&[("at-once", true), ("none", false)]), true);
    let (lasts, quiet) = (lasts?, quiet.ok()?);
    let offer = offers?.then_some(Offer { lasts, quiet });
    Some(Promotion { offer, last: last?, late: late? })
}

/// `[spill]`, where it is written.
fn spill(table: &mut Table, frame: Option<&Frame>) -> Result<Option<Spill>, Wrong> {
    let mut section = table.section("spill");
    let from = given(&mut section, "from", &rule::moment())?;
    let to = given(&mut section, "to", &id())?;
    if !section.present {
        return Ok(None);
    }
    let (Some(from), Some(to)) = (from, to) else {
        section.wrong("", "is not complete", "from and to");
        return Err(Wrong);
    };
    let frame = frame.ok_or(Wrong)?;
    if frame.categories.iter().all(|category| category.id != to) {
        let known: Vec<_> = frame.categories.iter().map(|one| one.id.as_str()).collect();
        let allowed = format!("one of the categories: {}", known.join(", "));
        section.wrong("to", "is no category of this event", &allowed);
        return Err(Wrong);
    }
    let from = in_zone(from, frame.zone).ok_or(Wrong)?;
    Ok(Some(Spill { from, to }))
}
