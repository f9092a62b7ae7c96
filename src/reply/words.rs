//! The small words of letters and digests: names of fields and states, dates and times.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::roster::{Channel, TaskKind};

pub use crate::roster::{label as field_name, status_word as status};

/// A channel as the staff reads it.
#[must_use]
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "邮件",
        Channel::Phone => "电话",
        Channel::Onsite => "现场",
    }
}

/// A kind of task as the staff reads it.
#[must_use]
pub fn task(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Review => "报名待核实",
        TaskKind::Change => "信息更正",
        TaskKind::Cancellation => "取消待确认",
        TaskKind::Offer => "递补待本人确认",
        TaskKind::Status => "查询报名情况",
        TaskKind::Inquiry => "来信咨询",
        TaskKind::Unreadable => "邮件无法读取",
        TaskKind::Which => "已去信询问是哪一场活动",
        TaskKind::Undelivered => "回信未送达",
    }
}

/// `2021年9月28日（星期二）`.
#[must_use]
pub fn day(at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    format!("{}（{}）", plain_day(&at), weekday(&at))
}

/// `2021年9月28日`.
#[must_use]
pub fn date(at: Timestamp, zone: &TimeZone) -> String {
    plain_day(&at.to_zoned(zone.clone()))
}

/// `2021年9月28日（星期二）9:00`.
#[must_use]
pub fn moment(at: Timestamp, zone: &TimeZone) -> String {
    format!("{}{}", day(at, zone), clock(at, zone))
}

/// `9:00`, on the 24-hour clock.
#[must_use]
pub fn clock(at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    format!("{}:{:02}", at.hour(), at.minute())
}

/// `09-13 17:40`: short, for tables.
#[must_use]
pub fn stamp(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%m-%d %H:%M").to_string()
}

fn plain_day(at: &Zoned) -> String {
    format!("{}年{}月{}日", at.year(), at.month(), at.day())
}

fn weekday(at: &Zoned) -> &'static str {
    match at.weekday() {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_chinese_and_in_the_zone_of_the_event() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let at = "2021-09-28T01:00:00Z".parse().unwrap();
        assert_eq!(moment(at, &zone), "2021年9月28日（星期二）9:00");
        assert_eq!(stamp(at, &zone), "09-28 09:00");
    }
}
