//! How fast letters go out: the providers refuse what comes in bursts, and count by the day.

use std::time::Duration;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan as _};

/// Limits on sending. [`Pace::default`] is careful enough for a free 163 account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// From one letter to the next.
    pub gap: Duration,
    /// Letters within fifteen minutes.
    pub per_quarter: u32,
    /// Letters within twenty-four hours: no day of the provider's can hold more.
    pub per_day: u32,
    /// Letters within one login.
    pub per_session: u32,
}

impl Default for Pace {
    /// 163 took 11 mails in one connection and refused the twelfth, three times of three; figures
    /// for a day are not published, old tables say 50.
    fn default() -> Self {
        Self { gap: Duration::from_secs(10), per_quarter: 5, per_day: 40, per_session: 5 }
    }
}

/// The windows of [`Pace::allowance`].
const WINDOWS: [Duration; 2] = [Duration::from_mins(15), Duration::from_hours(24)];

impl Pace {
    /// No limits: for a postman that is no provider.
    #[must_use]
    pub fn unlimited() -> Self {
        Self {
            gap: Duration::ZERO,
            per_quarter: u32::MAX,
            per_day: u32::MAX,
            per_session: u32::MAX,
        }
    }

    /// The moments since which letters must be counted: a quarter of an hour ago, a day ago.
    #[must_use]
    pub fn windows(now: Timestamp) -> [Timestamp; 2] {
        WINDOWS.map(|window| now.checked_sub(window).unwrap_or(now))
    }

    /// How many letters may go out now, given the counts of the two windows.
    #[must_use]
    pub fn allowance(&self, counts: &[u64]) -> u32 {
        let limits = [self.per_quarter, self.per_day];
        let left = limits
            .iter()
            .zip(counts)
            .map(|(limit, count)| limit.saturating_sub(u32::try_from(*count).unwrap_or(u32::MAX)));
        left.min().unwrap_or(0)
    }

    /// When to look again after the allowance is used up.
    #[must_use]
    pub fn look_again(&self, counts: &[u64], now: Timestamp) -> Timestamp {
        let day = counts.get(1).is_some_and(|count| *count >= u64::from(self.per_day));
        now.checked_add(if day { 10.minutes() } else { 1.minute() }).unwrap_or(now)
    }
}

/// The zone of the providers, without a daylight saving time since 1991.
fn beijing() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// 00:10 of the next day in Beijing: ten minutes for the provider's clock.
#[must_use]
pub fn tomorrow(now: Timestamp) -> Timestamp {
    let midnight = now.to_zoned(beijing()).start_of_day();
    let next = midnight.and_then(|midnight| midnight.checked_add(24.hours().minutes(10)));
    next.map_or(now, |next| next.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn tomorrow_begins_in_beijing() {
        assert_eq!(tomorrow(at("2021-09-13T23:59:00+08:00")), at("2021-09-14T00:10:00+08:00"));
        assert_eq!(tomorrow(at("2021-09-14T00:00:00+08:00")), at("2021-09-15T00:10:00+08:00"));
    }

    #[test]
    fn the_smaller_of_the_two_windows_counts() {
        let pace = Pace::default();
        assert_eq!(pace.allowance(&[0, 0]), 5);
        assert_eq!(pace.allowance(&[2, 39]), 1);
        assert_eq!(pace.allowance(&[5, 12]), 0);
        assert_eq!(pace.allowance(&[9, 50]), 0);
        assert_eq!(Pace::unlimited().allowance(&[1_000_000, 1_000_000]), u32::MAX - 1_000_000);
    }

    #[test]
    fn a_spent_quarter_is_looked_at_sooner_than_a_spent_day() {
        let (pace, now) = (Pace::default(), at("2021-09-13T10:00:00+08:00"));
        assert_eq!(pace.look_again(&[5, 12], now), at("2021-09-13T10:01:00+08:00"));
        assert_eq!(pace.look_again(&[0, 40], now), at("2021-09-13T10:10:00+08:00"));
    }
}
