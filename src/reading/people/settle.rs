//! From a person's candidates to an applicant: one value a field, or a doubt.

use std::collections::BTreeMap;

use crate::reading::fact::{Fact, Force};
use crate::reading::language::text::{Text, one_apart, squeeze};
use crate::reading::person::Person;
use crate::reading::values::id_number;
use crate::reading::values::offices;
use crate::reading::vocabulary::{Item, Vocabulary};
use crate::reading::{Applicant, Doubt, Evidence, Field, Reading, field};

/// The key of a field in `parse --json`.
#[must_use]
pub(super) fn key(item: Item, vocabulary: &Vocabulary) -> Option<String> {
    Some(match item {
        Item::Name => field::NAME.to_owned(),
        Item::Phone => field::PHONE.to_owned(),
        Item::IdNumber => field::ID_NUMBER.to_owned(),
        Item::Organization => field::ORGANIZATION.to_owned(),
        Item::Position => field::POSITION.to_owned(),
        Item::Category => field::CATEGORY.to_owned(),
        Item::Gender => field::GENDER.to_owned(),
        Item::Ethnicity => field::ETHNICITY.to_owned(),
        Item::Address | Item::MailAddress => field::ADDRESS.to_owned(),
        Item::Custom(place) => vocabulary.fields.get(place)?.id.clone(),
        Item::Birth | Item::Contact | Item::Ignored => return None,
    })
}

/// A field as people call it.
#[must_use]
pub(super) fn label(item: Item) -> &'static str {
    match item {
        Item::Name => "姓名",
        Item::Phone => "电话",
        Item::IdNumber => "身份证号",
        Item::Organization => "工作单位",
        Item::Position => "职务",
        Item::Category => "报名类别",
        Item::Gender => "性别",
        Item::Ethnicity => "民族",
        Item::Address | Item::MailAddress => "住址",
        Item::Birth => "出生日期",
        Item::Contact | Item::Ignored | Item::Custom(_) => "其他",
    }
}

/// Decides a person's values. `place` is the person's place among the applicants, from 0.
#[must_use]
pub(crate) fn settle(
    person: &Person,
    place: usize,
    vocabulary: &Vocabulary,
) -> (Applicant, Vec<Doubt>) {
    let mut by_key: BTreeMap<Item, Vec<&Fact>> = BTreeMap::new();
    for fact in &person.facts {
        by_key.entry(fact.item).or_default().push(fact);
    }
    let mut fields = BTreeMap::new();
    let mut doubts = Vec::new();
    for (item, facts) in &by_key {
        let Some(key) = key(*item, vocabulary) else { continue };
        if *item == Item::MailAddress && by_key.contains_key(&Item::Address) {
            continue;
        }
        match choose(*item, facts) {
            Ok(Some(fact)) => {
                fields.insert(
                    key,
                    Field { value: fact.value.clone(), evidence: Evidence::clone(&fact.evidence) },
                );
            }
            Ok(None) => {}
            Err(reason) => {
                doubts.push(Doubt { reason, advice: advice(*item), concerns: Some((place, key)) });
            }
        }
    }
    for fact in person.facts.iter().filter(|fact| fact.item == Item::Custom(usize::MAX)) {
        doubts.push(Doubt {
            reason: fact.value.clone(),
            advice: Some("请告知姓名的汉字写法。".to_owned()),
            concerns: Some((place, field::NAME.to_owned())),
        });
    }
    contradictions(&by_key, place, &mut fields, &mut doubts);
    (Applicant { fields }, doubts)
}

/// The value that holds; `Err` says why none does.
fn choose<'a>(item: Item, facts: &[&'a Fact]) -> Result<Option<&'a Fact>, String> {
    let current: Vec<&Fact> = facts.iter().copied().filter(|fact| !fact.old).collect();
    let right: Vec<&Fact> = current.iter().copied().filter(|fact| !fact.wrong).collect();
    let wrong = current.iter().find(|fact| fact.wrong);
    if let Some(wrong) = wrong
        && (right.is_empty() || item == Item::IdNumber || item == Item::Category)
    {
        return Err(format!("{}（{}）", wrong.value, at(wrong)));
    }
    let strongest = right.iter().map(|fact| fact.force).max();
    let mut kept: Vec<&Fact> = Vec::new();
    for fact in &right {
        // A guess from a sentence gives way to what stands behind a label.
        let guessed =
            matches!(item, Item::Organization | Item::Position | Item::Address | Item::Name)
                && Some(fact.force) < strongest;
        if guessed
            && !(item == Item::Name && right.iter().any(|other| alike(&other.value, &fact.value)))
        {
            continue;
        }
        kept.push(fact);
    }
    if item == Item::Phone && kept.iter().any(|fact| is_mobile(&fact.value)) {
        kept.retain(|fact| is_mobile(&fact.value));
    }
    let mut best: Option<&Fact> = None;
    for fact in kept {
        match best {
            None => best = Some(fact),
            Some(other) if same(item, &other.value, &fact.value) => {
                if fuller(item, &fact.value, &other.value) {
                    best = Some(fact);
                }
            }
            // Two posts told in sentences: nothing hangs on which; the first was said of the person.
            Some(_) if item == Item::Position && fact.force < Force::Label => {}
            Some(other) => return Err(conflict(item, other, fact)),
        }
    }
    Ok(best)
}

/// `马晓燕`, `马小艳`: two writings of one name.
fn alike(one: &str, other: &str) -> bool {
    let family = |name: &str| name.chars().next();
    one_apart(one, other)
        || one != other
            && family(one) == family(other)
            && one.chars().count() == other.chars().count()
}

fn is_mobile(number: &str) -> bool {
    number.len() == 11 && number.starts_with('1') && !number.contains('-')
}

fn bare(value: &str) -> String {
    squeeze(&Text::fold(value)).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether two values say the same; a short form of an employer or an address does.
pub(crate) fn same(item: Item, a: &str, b: &str) -> bool {
    let stem = |value| if item == Item::Organization { offices::stem(value) } else { value };
    let (a, b) = (bare(stem(a)), bare(stem(b)));
    if a == b {
        return true;
    }
    match item {
        Item::Organization | Item::Address | Item::MailAddress | Item::Position => {
            subsequence(&a, &b) || subsequence(&b, &a)
        }
        Item::Phone => a.ends_with(&b) || b.ends_with(&a) || a.starts_with(&b) || b.starts_with(&a),
        _ => false,
    }
}

/// Whether all characters of `short` occur in `long` in order: 宏宇消防经销部 in its full name.
fn subsequence(short: &str, long: &str) -> bool {
    let mut chars = long.chars();
    short.chars().count() >= 2 && short.chars().all(|c| chars.any(|other| other == c))
}

fn fuller(item: Item, new: &str, old: &str) -> bool {
    matches!(
        item,
        Item::Organization | Item::Address | Item::MailAddress | Item::Position | Item::Phone
    ) && bare(new).chars().count() > bare(old).chars().count()
}

fn at(fact: &Fact) -> String {
    format!("{}{}", fact.evidence.document, fact.evidence.place)
}

fn conflict(item: Item, a: &Fact, b: &Fact) -> String {
    let shown = |fact: &Fact| match item {
        Item::IdNumber => format!(
            "尾号{}",
            fact.value
                .chars()
                .rev()
                .take(4)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect::<String>()
        ),
        _ => fact.evidence.quote.clone(),
    };
    format!(
        "{}前后不一致：{}写的是“{}”，{}写的是“{}”",
        label(item),
        at(a),
        shown(a),
        at(b),
        shown(b)
    )
}

fn advice(item: Item) -> Option<String> {
    Some(match item {
        Item::IdNumber => "请核对并重新提供18位身份证号。".to_owned(),
        Item::Phone => "请核对并重新提供联系电话。".to_owned(),
        Item::Category => "请说明以哪种身份参加。".to_owned(),
        Item::Name => "请核对并告知正确的姓名。".to_owned(),
        _ => return None,
    })
}

/// A valid identity number that contradicts the stated sex or date of birth: all are in doubt.
fn contradictions(
    by_key: &BTreeMap<Item, Vec<&Fact>>,
    place: usize,
    fields: &mut BTreeMap<String, Field>,
    doubts: &mut Vec<Doubt>,
) {
    let Some(number) = fields.get(field::ID_NUMBER).map(|field| field.value.clone()) else {
        return;
    };
    let doubt = |reason: &str, key: &str| Doubt {
        reason: reason.to_owned(),
        advice: advice(Item::IdNumber),
        concerns: Some((place, key.to_owned())),
    };
    let stated = fields.get(field::GENDER).map(|field| field.value.clone());
    if stated.is_some_and(|stated| id_number::gender(&number).is_some_and(|told| told != stated)) {
        fields.remove(field::GENDER);
        fields.remove(field::ID_NUMBER);
        doubts.push(doubt("所写性别与身份证号不符", field::GENDER));
    }
    let born = id_number::birth(&number);
    let births = by_key.get(&Item::Birth).into_iter().flatten();
    let numbers = by_key.get(&Item::IdNumber).into_iter().flatten();
    let lines: Vec<usize> = numbers.map(|fact| fact.line).collect();
    // 1983年3月19日出生，身份证号642…: told of the person whose number stands beside it.
    let told = |fact: &&&Fact| fact.force == Force::Label || lines.contains(&fact.line);
    for fact in births.filter(told) {
        if let Some(stated) = date(&fact.value)
            && let Some(born) = born
            && contradicts(stated, born)
        {
            fields.remove(field::ID_NUMBER);
            doubts.push(doubt(
                &format!("所写出生日期（{}）与身份证号不符", at(fact)),
                field::ID_NUMBER,
            ));
        }
    }
}

/// An identity number of somebody who is not yet born when the mail is written.
pub(crate) fn unborn(reading: &mut Reading, written: Option<jiff::Timestamp>) {
    /// Clocks that tell an earlier year are wrong.
    const EARLIEST: i64 = 1_420_070_400;
    let Some(written) = written.filter(|date| date.as_second() >= EARLIEST) else { return };
    let now = written.to_zoned(jiff::tz::TimeZone::UTC).date();
    for (place, applicant) in reading.applicants.iter_mut().enumerate() {
        let number = applicant.fields.get(field::ID_NUMBER).map(|field| field.value.as_str());
        let born = number.and_then(id_number::birth);
        let today = (i32::from(now.year()), i32::from(now.month()), i32::from(now.day()));
        let later = |(year, month, day): (u32, u32, u32)| {
            (i64::from(year), i64::from(month), i64::from(day))
                > (i64::from(today.0), i64::from(today.1), i64::from(today.2))
        };
        if born.is_some_and(later) {
            applicant.fields.remove(field::ID_NUMBER);
            reading.doubts.push(Doubt {
                reason: "身份证号中的出生日期还没有到".to_owned(),
                advice: advice(Item::IdNumber),
                concerns: Some((place, field::ID_NUMBER.to_owned())),
            });
        }
    }
}

/// Year, month and day as far as they are written: `1976年7月`, `1976.07`, `19760716`.
fn date(text: &str) -> Option<(u32, Option<u32>, Option<u32>)> {
    let mut numbers: Vec<u32> = Vec::new();
    let mut digits = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if !digits.is_empty() {
            if numbers.is_empty() && (digits.len() == 8 || digits.len() == 6) {
                let parts = [digits.get(..4), digits.get(4..6), digits.get(6..8)];
                numbers.extend(
                    parts.into_iter().flatten().filter_map(|part| part.parse::<u32>().ok()),
                );
            } else {
                numbers.push(digits.parse().ok()?);
            }
            digits.clear();
        }
    }
    let year = *numbers.first()?;
    let year = match year {
        1900..=2100 => year,
        30..=99 => 1900 + year,
        _ => return None,
    };
    Some((year, numbers.get(1).copied(), numbers.get(2).copied()))
}

fn contradicts(stated: (u32, Option<u32>, Option<u32>), born: (u32, u32, u32)) -> bool {
    stated.0 != born.0
        || stated.1.is_some_and(|month| (1..=12).contains(&month) && month != born.1)
        || stated.2.is_some_and(|day| (1..=31).contains(&day) && day != born.2)
}

/// People of whom nothing is known are none; places in doubts follow.
pub(crate) fn drop_empty(reading: &mut Reading) {
    let doubted: Vec<usize> = reading
        .doubts
        .iter()
        .filter_map(|doubt| doubt.concerns.as_ref().map(|(place, _)| *place))
        .collect();
    let keep: Vec<bool> = reading
        .applicants
        .iter()
        .enumerate()
        .map(|(place, applicant)| !applicant.fields.is_empty() || doubted.contains(&place))
        .collect();
    let mut order = 0;
    let moved: Vec<usize> = keep
        .iter()
        .map(|kept| {
            let now = order;
            order += usize::from(*kept);
            now
        })
        .collect();
    for doubt in &mut reading.doubts {
        if let Some((place, _)) = &mut doubt.concerns {
            *place = moved.get(*place).copied().unwrap_or(0);
        }
    }
    let mut kept = keep.iter();
    reading.applicants.retain(|_: &Applicant| kept.next().copied().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use crate::reading::reader::read_letter as read;

    #[test]
    fn a_birth_told_beside_the_identity_number_is_held_against_it() {
        let told = |birth: &str| {
            read(&format!(
                "我叫马婧，女，{birth}，身份证642223198803197648，电话13469582057，报企业代表。"
            ))
        };
        assert!(told("1983年3月19日出生").review());
        assert!(told("1983年3月19日出生").applicants[0].get("id_number").is_none());
        assert!(!told("1988年3月19日出生").review() && !told("生于1988年").review());
    }
}
