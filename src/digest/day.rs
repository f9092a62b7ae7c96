//! Day keys: which digest is due, by the clock on the wall of the office.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::store::LastDigest;

/// When the digest is due every day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hour {
    /// The local time.
    pub at: Time,
    /// Its zone.
    pub zone: TimeZone,
}

impl Hour {
    /// The key (`2021-09-13`) of the digest that is due at `now`: the newest one only, however many
    /// were missed. A service that never wrote one owes none for the days before its first.
    #[must_use]
    pub fn due(&self, now: Timestamp, last: Option<&LastDigest>) -> Option<String> {
        let local = now.to_zoned(self.zone.clone());
        let today = local.date();
        let day = if local.time() >= self.at {
            today
        } else {
            last?;
            today.yesterday().ok()?
        };
        let key = day.to_string();
        last.is_none_or(|last| last.day < key).then_some(key)
    }

    /// When the next digest is due after `now`.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Timestamp {
        let local = now.to_zoned(self.zone.clone());
        let hour_of = |day: jiff::civil::Date| {
            day.to_datetime(self.at).to_zoned(self.zone.clone()).map(|at| at.timestamp())
        };
        let today = hour_of(local.date()).unwrap_or(now);
        if now < today {
            return today;
        }
        let tomorrow = local.date().tomorrow().and_then(hour_of);
        tomorrow.or_else(|_| now.checked_add(24.hours())).unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn hour() -> Hour {
        let at = Time::constant(17, 40, 0, 0);
        Hour { at, zone: TimeZone::get("Asia/Shanghai").unwrap() }
    }

    fn last(day: &str) -> LastDigest {
        LastDigest { day: day.to_owned(), at: Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn a_digest_is_due_from_its_hour_on_and_once() {
        let (early, due) = (at("2021-09-13T17:39:59+08:00"), at("2021-09-13T17:40:00+08:00"));
        assert_eq!(hour().due(early, Some(&last("2021-09-12"))), None);
        assert_eq!(hour().due(due, Some(&last("2021-09-12"))).unwrap(), "2021-09-13");
        assert_eq!(hour().due(due, Some(&last("2021-09-13"))), None);
    }

    #[test]
    fn after_midnight_the_missed_one_is_yesterdays() {
        let night = at("2021-09-14T00:05:00+08:00");
        assert_eq!(hour().due(night, Some(&last("2021-09-12"))).unwrap(), "2021-09-13");
        assert_eq!(hour().due(night, Some(&last("2021-09-13"))), None);
    }

    #[test]
    fn many_missed_days_are_caught_up_by_one() {
        let late = at("2021-09-20T09:00:00+08:00");
        assert_eq!(hour().due(late, Some(&last("2021-09-12"))).unwrap(), "2021-09-19");
    }

    #[test]
    fn a_new_service_waits_for_its_first_hour() {
        assert_eq!(hour().due(at("2021-09-13T10:00:00+08:00"), None), None);
        assert_eq!(hour().due(at("2021-09-13T18:00:00+08:00"), None).unwrap(), "2021-09-13");
    }

    #[test]
    fn a_clock_that_was_put_back_makes_no_second_digest() {
        assert_eq!(hour().due(at("2021-09-13T18:00:00+08:00"), Some(&last("2021-09-14"))), None);
    }

    #[test]
    fn the_next_hour_is_todays_or_tomorrows() {
        assert_eq!(hour().next(at("2021-09-13T10:00:00+08:00")), at("2021-09-13T17:40:00+08:00"));
        assert_eq!(hour().next(at("2021-09-13T17:40:00+08:00")), at("2021-09-14T17:40:00+08:00"));
    }
}
