//! Sets of UIDs as commands write them, and the dates that answer.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// RFC 2683 §3.2.1.5: a command line should stay below about 1,000 bytes; this leaves room for the
/// command's words.
const SET_CHARS: usize = 900;

/// Writes UIDs (ascending: QQ refuses any other order, provider quirk A7) as sets of runs, each
/// short enough for a command line. Each set comes with its UIDs' count.
pub(super) fn sets(uids: &[u64]) -> Vec<(String, usize)> {
    let mut done = Vec::new();
    let (mut text, mut count) = (String::new(), 0);
    for run in uids.chunk_by(|a, b| a + 1 == *b) {
        if text.len() > SET_CHARS {
            done.push((std::mem::take(&mut text), count));
            count = 0;
        }
        if !text.is_empty() {
            text.push(',');
        }
        count += run.len();
        match run {
            [first, .., last] => text.extend([&first.to_string(), ":", &last.to_string()]),
            _ => text.extend(run.iter().map(u64::to_string)),
        }
    }
    if count > 0 {
        done.push((text, count));
    }
    done
}

/// Reads an INTERNALDATE: `13-Sep-2021 08:31:00 +0800`, also without zeros (`2-Jun-2016`, NetEase
/// and others) and without a zone, which then is taken for +0000.
pub(super) fn internal_date(text: &str) -> Option<Timestamp> {
    let mut words = text.split_ascii_whitespace();
    let mut date = words.next()?.split('-');
    let day = date.next()?.parse().ok()?;
    let month = month(date.next()?)?;
    let year = date.next()?.parse().ok()?;
    let mut time = words.next()?.split(':');
    let (hour, minute) = (time.next()?.parse().ok()?, time.next()?.parse().ok()?);
    let second = time.next().map_or(Some(0), |second| second.parse().ok())?;
    let offset = words.next().map_or(Some(0), zone_seconds)?;
    let civil = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    Offset::from_seconds(offset).ok()?.to_timestamp(civil).ok()
}

fn month(name: &str) -> Option<i8> {
    let months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let place = months.iter().position(|month| name.eq_ignore_ascii_case(month))?;
    i8::try_from(place + 1).ok()
}

fn zone_seconds(zone: &str) -> Option<i32> {
    let digits = zone.strip_prefix(['+', '-'])?;
    let number: i32 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    let seconds = (number / 100) * 3_600 + (number % 100) * 60;
    Some(if zone.starts_with('-') { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_runs_and_no_line_grows_too_long() {
        let text = |uids: &[u64]| sets(uids).into_iter().map(|(set, _)| set).collect::<Vec<_>>();
        assert_eq!(text(&[]), [""; 0]);
        assert_eq!(text(&[7]), ["7"]);
        assert_eq!(text(&[1, 2, 3, 5, 9, 10]), ["1:3,5,9:10"]);
        assert_eq!(text(&(1..=10_000).collect::<Vec<_>>()), ["1:10000"]);
        let sparse: Vec<u64> = (0..1_000).map(|n| 1_392_611_444 + n * 3).collect();
        let cut = sets(&sparse);
        assert!(cut.iter().all(|(set, _)| set.len() < 1_000));
        assert_eq!(cut.iter().map(|(_, count)| count).sum::<usize>(), sparse.len());
        let joined = text(&sparse).join(",");
        assert_eq!(joined.split(',').map(|n| n.parse().unwrap()).collect::<Vec<u64>>(), sparse);
    }

    #[test]
    fn dates_are_read_as_the_servers_write_them() {
        for (text, expected) in [
            ("30-Nov-2018 13:30:12 +0800", "2018-11-30T05:30:12Z"),
            (" 2-Jun-2016 01:02:03 +0000", "2016-06-02T01:02:03Z"),
            ("2-jun-2016 1:02:03 -0330", "2016-06-02T04:32:03Z"),
            ("13-Sep-2021 08:31 +0800", "2021-09-13T00:31:00Z"),
            ("13-Sep-2021 08:31:00", "2021-09-13T08:31:00Z"),
        ] {
            assert_eq!(internal_date(text).unwrap().to_string(), expected, "{text}");
        }
        for text in ["", "yesterday", "31-Feb-2021 00:00:00 +0800", "1-Jan-2021 25:00:00 +0800"] {
            assert_eq!(internal_date(text), None, "{text}");
        }
    }
}
