//! What a key may hold: a reader of the value, and the words that say what is allowed.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use config::ValueKind;
use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use regex::Regex;

use crate::message::Email;

type Read<T> = dyn Fn(Given) -> Option<T>;

/// A value as it was given.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) kind: &'a ValueKind,
    /// It comes from the environment, where everything is text: a number, a flag and a list
    /// (divided by commas) are taken from text too. In a file that would be a wrong type.
    pub(super) loose: bool,
}

impl<'a> Given<'a> {
    fn text(self) -> Option<&'a str> {
        match self.kind {
            ValueKind::String(text) => Some(text.trim()),
            _ => None,
        }
    }

    fn loose_text(self) -> Option<&'a str> {
        self.text().filter(|_| self.loose)
    }
}

/// How one kind of value is read.
pub(super) struct Rule<T> {
    pub(super) allowed: String,
    pub(super) read: Box<Read<T>>,
}

impl<T: 'static> Rule<T> {
    fn new(allowed: impl Into<String>, read: impl Fn(Given) -> Option<T> + 'static) -> Self {
        Self { allowed: allowed.into(), read: Box::new(read) }
    }

    fn of_text(allowed: impl Into<String>, read: impl Fn(&str) -> Option<T> + 'static) -> Self {
        Self::new(allowed, move |given| read(given.text()?))
    }
}

/// Text of at least one character, on one line.
pub(super) fn text() -> Rule<String> {
    Rule::of_text("a text on one line, not empty", |text| {
        (!text.is_empty() && !text.chars().any(char::is_control)).then(|| text.to_owned())
    })
}

/// Text that may be empty and may have several lines.
pub(super) fn prose() -> Rule<String> {
    Rule::of_text("a text", |text| Some(text.to_owned()))
}

/// Text of a fixed form.
pub(super) fn shaped(allowed: &'static str, pattern: &'static str) -> Rule<String> {
    let pattern = Regex::new(pattern).ok();
    Rule::of_text(allowed, move |text| {
        pattern.as_ref().is_some_and(|shape| shape.is_match(text)).then(|| text.to_owned())
    })
}

/// A whole number within bounds.
pub(super) fn whole(range: RangeInclusive<u32>) -> Rule<u32> {
    let allowed = format!("a whole number from {} to {}", range.start(), range.end());
    Rule::new(allowed, move |given| {
        let number = match given.kind {
            ValueKind::I64(number) => *number,
            _ => given.loose_text()?.parse().ok()?,
        };
        u32::try_from(number).ok().filter(|number| range.contains(number))
    })
}

/// A TCP port.
pub(super) fn port() -> Rule<u16> {
    let Rule { allowed, read } = whole(1..=u16::MAX.into());
    Rule::new(allowed, move |given| read(given).and_then(|port| port.try_into().ok()))
}

/// Yes or no.
pub(super) fn flag() -> Rule<bool> {
    Rule::new("true or false", |given| match given.kind {
        ValueKind::Boolean(flag) => Some(*flag),
        _ => given.loose_text()?.to_ascii_lowercase().parse().ok(),
    })
}

/// One of a few words.
pub(super) fn one_of<T: Copy + 'static>(words: &'static [(&'static str, T)]) -> Rule<T> {
    let names: Vec<_> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    Rule::of_text(names.join(", "), move |text| {
        words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value)
    })
}

/// A length of time within bounds, as people write it.
pub(super) fn duration(from: &'static str, to: &'static str) -> Rule<Duration> {
    let allowed = format!("a length of time from {from} to {to}, as \"48h\", \"30m\", \"90s\"");
    let bounds = length(from).zip(length(to));
    Rule::of_text(allowed, move |text| {
        let (from, to) = bounds?;
        length(text).filter(|length| (from..=to).contains(length))
    })
}

fn length(text: &str) -> Option<Duration> {
    text.parse::<SignedDuration>().ok()?.try_into().ok()
}

/// So many days, or never.
pub(super) fn days_or_never(range: RangeInclusive<u32>) -> Rule<Option<Duration>> {
    let (from, to) = (range.start(), range.end());
    let allowed = format!("a number of days from {from}d to {to}d, as \"90d\", or \"never\"");
    Rule::of_text(allowed, move |text| {
        if text == "never" {
            return Some(None);
        }
        let days = text.strip_suffix('d')?.parse().ok().filter(|days| range.contains(days))?;
        Some(Some(Duration::from_hours(u64::from(days) * 24)))
    })
}

/// A number of whole days within bounds.
pub(super) fn days(range: RangeInclusive<u32>) -> Rule<u32> {
    let allowed =
        format!("a number of days from {} to {}, as \"365d\"", range.start(), range.end());
    Rule::of_text(allowed, move |text| {
        let days = text.strip_suffix('d')?.trim().parse().ok()?;
        range.contains(&days).then_some(days)
    })
}

/// A number of bytes within bounds given in MiB.
pub(super) fn size(range: RangeInclusive<u64>) -> Rule<u64> {
    const MIB: u64 = 1024 * 1024;
    let allowed =
        format!("a size from {} MiB to {} MiB, as \"30 MiB\"", range.start(), range.end());
    Rule::of_text(allowed, move |text| {
        let number = text.strip_suffix("MiB")?.trim().parse().ok()?;
        range.contains(&number).then_some(number * MIB)
    })
}

/// A time of day.
pub(super) fn time_of_day() -> Rule<Time> {
    Rule::of_text("a time of day as \"17:40\"", |text| Time::strptime("%H:%M", text).ok())
}

/// Hours of every day, from one time to another; past midnight when the second is the earlier one.
pub(super) fn hours() -> Rule<(Time, Time)> {
    Rule::of_text("two different times of day as \"22:00-07:00\"", |text| {
        let (from, until) = text.split_once('-')?;
        let at = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
        Some((at(from)?, at(until)?)).filter(|(from, until)| from != until)
    })
}

/// A moment as it is written: with an offset, or local to a zone that is known later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    At(jiff::Timestamp),
    Local(DateTime),
}

/// A moment.
pub(super) fn moment() -> Rule<Moment> {
    let allowed = "a date and time as \"2021-09-13 08:30\" (in the zone of the file) or \
                   \"2021-09-13T08:30+08:00\"";
    Rule::of_text(allowed, |text| {
        let at = text.parse().ok().map(Moment::At);
        at.or_else(|| {
            // A date alone would silently mean midnight.
            let local = text.contains(':').then(|| text.parse().ok())?;
            local.map(Moment::Local)
        })
    })
}

/// A time zone of the IANA database.
pub(super) fn zone() -> Rule<TimeZone> {
    Rule::of_text("the name of a time zone, as \"Asia/Shanghai\"", |text| TimeZone::get(text).ok())
}

/// An e-mail address.
pub(super) fn email() -> Rule<Email> {
    Rule::of_text("an e-mail address, as \"name@163.com\"", Email::parse)
}

/// A host name or IP address.
pub(super) fn host() -> Rule<String> {
    shaped(
        "a host name or IP address, as \"imap.163.com\"",
        r"^(?i)([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|[0-9a-f:]*:[0-9a-f:]+)$",
    )
}

/// A path; a relative one is meant from the folder of the settings file.
pub(super) fn path() -> Rule<PathBuf> {
    Rule::of_text("a path", |text| (!text.is_empty()).then(|| PathBuf::from(text)))
}

/// A list whose every element follows a rule.
pub(super) fn list<T: 'static>(rule: Rule<T>) -> Rule<Vec<T>> {
    let allowed = format!("a list [\"…\", \"…\"], each {}", rule.allowed);
    Rule::new(allowed, move |given| {
        let element = |kind: &ValueKind| (rule.read)(Given { kind, loose: given.loose });
        if let ValueKind::Array(values) = given.kind {
            return values.iter().map(|value| element(&value.kind)).collect();
        }
        let parts = given.loose_text()?.split(',');
        parts.map(|part| element(&ValueKind::String(part.to_owned()))).collect()
    })
}
