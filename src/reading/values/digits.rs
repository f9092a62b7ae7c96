//! Finds telephone and identity numbers in running text, however their digits are grouped.

use std::ops::Range;

use super::id_number::{self, Fault};
use crate::reading::language::digit_groups::{Gap, Group, groups};
use crate::reading::language::text::{from, until};

/// What a number is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// Eleven digits of a mobile number.
    Mobile(String),
    /// A landline: `0954-3018118`, `0954-3018118-802`, `3018118`.
    Landline(String),
    /// A right identity number.
    Id(String),
    /// An identity number that cannot be right.
    WrongId(String, Fault),
    /// A mobile number that cannot be right: starts like one, but has this many digits.
    WrongMobile(String),
    /// Hidden digits (`138****1650`): shown by us or others, never a value.
    Masked,
}

/// A number and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The number.
    pub number: Number,
    /// Its bytes in the text, a country code and an extension included.
    pub range: Range<usize>,
}

/// All numbers of a text, in order. Works on the normalised (narrow) form.
#[must_use]
pub(crate) fn find(text: &str) -> Vec<Found> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let rest = groups.get(at..).unwrap_or(&[]);
        match id(rest)
            .or_else(|| mobile(rest))
            .or_else(|| landline(rest, text))
            .or_else(|| wrong(rest))
        {
            Some((number, used)) => {
                let start = rest.first().map_or(0, |group| group.range.start);
                let end = rest.get(used - 1).map_or(start, |group| group.range.end);
                found.push(Found { number, range: start..end });
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

/// Joins groups over joints until `length` is reached exactly at a group's end.
fn join(rest: &[Group], length: usize) -> Option<(String, usize)> {
    let mut digits = String::new();
    for (used, group) in rest.iter().enumerate() {
        if used > 0 && group.gap != Gap::Joint {
            return None;
        }
        digits.push_str(&group.digits);
        if digits.len() >= length {
            return (digits.len() == length).then_some((digits, used + 1));
        }
    }
    None
}

fn id(rest: &[Group]) -> Option<(Number, usize)> {
    let (digits, used) = join(rest, 18)?;
    if digits.contains('*') {
        return Some((Number::Masked, used));
    }
    // Groups of which one is a whole mobile number are no identity number: 0954-3681012  15296580077.
    if used > 1 && rest.iter().take(used).any(|group| is_mobile(&group.digits)) {
        return None;
    }
    Some(match id_number::check(&digits) {
        Ok(number) => (Number::Id(number), used),
        Err(fault) if plausible_id(&digits) => (Number::WrongId(digits, fault), used),
        Err(_) => return None,
    })
}

/// Begins with the code of a province.
fn plausible_id(digits: &str) -> bool {
    let province: u32 = digits.get(..2).and_then(|two| two.parse().ok()).unwrap_or(0);
    matches!(province, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

fn is_mobile(digits: &str) -> bool {
    let mut chars = digits.chars();
    digits.len() == 11
        && chars.next() == Some('1')
        && chars.next().is_some_and(|c| ('3'..='9').contains(&c))
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn mobile(rest: &[Group]) -> Option<(Number, usize)> {
    let first = rest.first()?;
    if first.digits.contains('*') && first.digits.len() >= 7 {
        return Some((Number::Masked, 1));
    }
    for (prefix, length) in [("", 11), ("86", 13), ("0086", 15), ("0", 12), ("17951", 16)] {
        if !first.digits.starts_with(prefix) {
            continue;
        }
        if let Some((digits, used)) = join(rest, length) {
            let number = digits.get(prefix.len()..)?;
            if number.contains('*') && number.starts_with('1') {
                return Some((Number::Masked, used));
            }
            if is_mobile(number) {
                return Some((Number::Mobile(number.to_owned()), used));
            }
        }
    }
    None
}

fn landline(rest: &[Group], text: &str) -> Option<(Number, usize)> {
    let first = rest.first()?;
    // An international form: +86 954 3018118.
    let (skip, area) = if first.digits == "86" { (1, rest.get(1)?) } else { (0, first) };
    let tail = rest.get(skip + 1..).unwrap_or(&[]);
    let area_code = if skip == 1 {
        format!("0{}", area.digits.trim_start_matches('0'))
    } else {
        area.digits.clone()
    };
    let is_area = area_code.starts_with('0')
        && !area_code.starts_with("00")
        && (3..=4).contains(&area_code.len())
        && !area_code.contains('*');
    if is_area
        && tail.first().is_some_and(|group| group.gap == Gap::Joint)
        && let Some((local, used)) = local_number(tail)
    {
        let (extension, more) = extension(tail.get(used..).unwrap_or(&[]), text);
        let number = format!("{area_code}-{local}{extension}");
        return Some((Number::Landline(number), skip + 1 + used + more));
    }
    // Written without a joint: 09543018118.
    if first.digits.starts_with('0')
        && !first.digits.starts_with("00")
        && (10..=12).contains(&first.digits.len())
        && !first.digits.contains('*')
    {
        let three = matches!(
            first.digits.get(..3),
            Some("010" | "020" | "021" | "022" | "023" | "024" | "025" | "027" | "028" | "029")
        );
        let (code, local) = first.digits.split_at_checked(if three { 3 } else { 4 })?;
        if (7..=8).contains(&local.len()) {
            let (extension, more) = extension(rest.get(1..).unwrap_or(&[]), text);
            return Some((Number::Landline(format!("{code}-{local}{extension}")), 1 + more));
        }
    }
    bare(rest, text)
}

/// Seven or eight digits without an area code: only after a word for telephone.
fn bare(rest: &[Group], text: &str) -> Option<(Number, usize)> {
    let first = rest.first()?;
    let before: String = until(text, first.range.start).chars().rev().take(8).collect();
    let before: String = before.chars().rev().collect();
    let named = ["电话", "座机", "固话", "電話", "座機", "号码", "tel", "打", "联系方式"]
        .iter()
        .any(|word| before.to_lowercase().contains(word));
    let (local, used) = local_number(rest)?;
    if !named || is_date(rest) || local.starts_with(['0', '1', '9']) && local.len() == 7 {
        return None;
    }
    let (extension, more) = extension(rest.get(used..).unwrap_or(&[]), text);
    Some((Number::Landline(format!("{local}{extension}")), used + more))
}

/// `2021.9.18`: a day, where 302.1234 is a number.
fn is_date(groups: &[Group]) -> bool {
    let digits = |place: usize| groups.get(place).map_or("", |group| group.digits.as_str());
    let year = digits(0);
    year.len() == 4
        && ["19", "20"].iter().any(|century| year.starts_with(century))
        && [1, 2].into_iter().all(|place| (1..=2).contains(&digits(place).len()))
}

fn local_number(groups: &[Group]) -> Option<(String, usize)> {
    for length in [7, 8] {
        let first = groups.first()?;
        let joined = {
            let mut digits = first.digits.clone();
            let mut used = 1;
            while digits.len() < length {
                let Some(next) = groups.get(used).filter(|group| group.gap == Gap::Joint) else {
                    break;
                };
                digits.push_str(&next.digits);
                used += 1;
            }
            (digits, used)
        };
        let follows = groups
            .get(joined.1)
            .is_some_and(|group| group.gap == Gap::Joint && group.digits.len() > 6);
        if joined.0.len() == length
            && !joined.0.contains(['*', 'X'])
            && !joined.0.starts_with('0')
            && !follows
        {
            return Some(joined);
        }
    }
    None
}

fn extension(rest: &[Group], text: &str) -> (String, usize) {
    match rest.first() {
        Some(group)
            if ends_in_one(group, text)
                || (group.gap == Gap::Extension && group.digits.len() <= 6)
                || (group.gap == Gap::Joint && (2..=5).contains(&group.digits.len())) =>
        {
            (format!("-{}", group.digits), 1)
        }
        _ => (String::new(), 0),
    }
}

/// `3018118-6`: a single figure behind a hyphen, and nothing behind it.
fn ends_in_one(group: &Group, text: &str) -> bool {
    group.digits.len() == 1
        && until(text, group.range.start).ends_with('-')
        && !from(text, group.range.end).starts_with(char::is_alphanumeric)
}

/// Digits that were meant as a number and cannot be one.
fn wrong(rest: &[Group]) -> Option<(Number, usize)> {
    let first = rest.first()?;
    let digits = &first.digits;
    if digits.contains('*') {
        return (digits.len() >= 4).then_some((Number::Masked, 1));
    }
    let length = digits.len();
    if (14..=20).contains(&length) && plausible_id(digits) {
        let fault = id_number::check(digits).err()?;
        return Some((Number::WrongId(digits.clone(), fault), 1));
    }
    for length in [15, 17, 19, 16] {
        if let Some((digits, used)) = join(rest, length)
            && used > 1
            && plausible_id(&digits)
            && rest.get(used).is_none_or(|next| next.gap != Gap::Joint)
            && digits.get(6..8).is_some_and(|century| matches!(century, "19" | "20"))
        {
            return Some((Number::WrongId(digits.clone(), Fault::Length(digits.len())), used));
        }
    }
    let start = digits.get(..2)?;
    let mobile = matches!(start, "13" | "14" | "15" | "16" | "17" | "18" | "19");
    ((9..=13).contains(&length) && mobile).then(|| (Number::WrongMobile(digits.clone()), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<Number> {
        find(text).into_iter().map(|found| found.number).collect()
    }

    #[test]
    fn numbers_are_read_however_they_are_grouped() {
        let mobile = |digits: &str| Number::Mobile(digits.to_owned());
        let line = |digits: &str| Number::Landline(digits.to_owned());
        assert_eq!(numbers("手机 133.0958.7214"), [mobile("13309587214")]);
        assert_eq!(numbers("+86 138-9583-1650，"), [mobile("13895831650")]);
        assert_eq!(numbers("一三八九五八三一六五零"), [mobile("13895831650")]);
        assert_eq!(numbers("0954-302 6619(家)"), [line("0954-3026619")]);
        assert_eq!(numbers("电话0954-3018118转802"), [line("0954-3018118-802")]);
        assert_eq!(numbers("（0954）3018118"), [line("0954-3018118")]);
        assert_eq!(numbers("电话3018118-6"), [line("3018118-6")]);
        assert_eq!(numbers("家里电话3026417，一般晚上7点30分"), [line("3026417")]);
        assert_eq!(numbers("就一个手机18195481126两个人都打"), [mobile("18195481126")]);
        assert_eq!(numbers("181954811262个人"), [mobile("18195481126")]);
        assert_eq!(
            numbers("ID 6422 2319 6305 1262 4x"),
            [Number::Id("64222319630512624X".to_owned())]
        );
        assert_eq!(
            numbers("642223199506302 59x 17609581932"),
            [Number::Id("64222319950630259X".to_owned()), mobile("17609581932")]
        );
    }

    #[test]
    fn what_cannot_be_right_is_told_and_dates_are_no_numbers() {
        assert_eq!(
            numbers("64222319804138757"),
            [Number::WrongId("64222319804138757".to_owned(), Fault::Length(17))]
        );
        assert_eq!(numbers("1389583165"), [Number::WrongMobile("1389583165".to_owned())]);
        assert_eq!(numbers("138****1650"), [Number::Masked]);
        assert_eq!(numbers("0000-0000000"), []);
        assert_eq!(numbers("2021-09-15 17:30, 9月28日, 25人, 邮编756000"), []);
    }
}
