//! The demo's two weeks, read without a mistake: its truth table against the rules.

use std::collections::BTreeMap;
use std::time::Duration;

use baoming::message::Email;
use baoming::reading::{Doubt, Kind};
use baoming::roster::*;
use jiff::Timestamp;

use crate::roll::*;

const TRUTH: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/command/demo/mail/truth.csv"));

/// A line of the truth: one person of one message.
struct Line<'a> {
    message: &'a str,
    from: &'a str,
    kind: Kind,
    ledger: &'a str,
    person: Person,
    doubt: &'a str,
    number: &'a str,
    answer: &'a str,
    finally: &'a str,
}

fn truth() -> Vec<Line<'static>> {
    let line = |line: &'static str| {
        let cells: Vec<_> = line.split(',').collect();
        assert_eq!(cells.len(), 13, "{line}");
        let names = ["name", "phone", "id_number", "category"];
        let stated = names.into_iter().zip(cells[4..8].iter().copied());
        let stated: Vec<_> = stated.filter(|(_, value)| !value.is_empty()).collect();
        Line {
            message: cells[0],
            from: cells[1],
            kind: serde_json::from_str(&format!("\"{}\"", cells[2])).unwrap(),
            ledger: cells[3],
            person: person(&stated),
            doubt: cells[8],
            number: cells[9],
            answer: cells[10],
            finally: cells[11],
        }
    };
    TRUTH.lines().skip(1).map(line).collect()
}

/// The message as a reader without fault hands it to the roster.
fn request(lines: &[&Line]) -> Request {
    let first = lines[0];
    let seconds = first.message.split('.').next().unwrap().parse().unwrap();
    let people: Vec<_> = lines.iter().map(|line| line.person.clone()).collect();
    let people: Vec<_> = people.into_iter().filter(|person| !person.is_empty()).collect();
    let mut request = mail(first.kind, first.from, 0, &people);
    request.cause = Cause::Message(first.message.to_owned());
    request.arrived = key(Timestamp::from_second(seconds).unwrap(), 1);
    request.reading.courtesy = first.kind == Kind::Inquiry && first.answer == "none";
    for (whose, line) in lines.iter().enumerate().filter(|(_, line)| !line.doubt.is_empty()) {
        let field = line.doubt.split('.').next_back().unwrap().to_owned();
        let reason = "身份证号不是18位".to_owned();
        let doubt = Doubt { reason, advice: None, concerns: Some((whose, field)) };
        request.reading.doubts.push(doubt);
    }
    request
}

/// What a letter says, in the words of the table.
fn word(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Confirmed => "confirmed".to_owned(),
        Outcome::Waitlisted { position } => format!("waitlisted:{position}"),
        Outcome::Incomplete { .. } => "incomplete".to_owned(),
        Outcome::UnderReview { .. } => "review".to_owned(),
        Outcome::Already { position: None, .. } => "already".to_owned(),
        Outcome::Already { position: Some(position), .. } => format!("already:{position}"),
        Outcome::Cancelled => "cancelled".to_owned(),
        Outcome::NotYetOpen => "not_yet_open".to_owned(),
        Outcome::Closed { .. } => "closed".to_owned(),
        Outcome::Passed => "passed".to_owned(),
        Outcome::Corrected { .. } => "corrected".to_owned(),
        other => format!("{other:?}"),
    }
}

/// The real quotas, and a lapse at every full hour from the opening, as the demo's clock goes.
fn play(lines: &[Line]) -> Roll {
    let mut roll = Roll::new(event());
    roll.event.categories[0].quota = 8;
    roll.event.categories[1].quota = 17;
    roll.event.rules.sender_cap = 5;
    let mut hour = roll.event.opens;
    let mut messages: BTreeMap<(&str, &str), Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.ledger != "duplicate") {
        messages
            .entry((line.message.split('.').next().unwrap(), line.message))
            .or_default()
            .push(line);
    }
    for lines in messages.values() {
        let request = request(lines);
        while hour <= request.arrived.arrived {
            roll.lapse(hour);
            hour += Duration::from_hours(1);
        }
        let verdict = roll.decide(&request);
        let said: Vec<_> = match &verdict.letters[..] {
            [letter, ..] if letter.cause == request.cause => letter.items.clone(),
            _ => vec![],
        };
        let said =
            said.iter().map(|item| (item.number.clone().unwrap_or_default(), word(&item.outcome)));
        let said: Vec<_> = said.collect();
        let told = lines.iter().filter(|line| line.answer != "none");
        let told: Vec<_> = told.map(|it| (it.number.to_owned(), it.answer.to_owned())).collect();
        assert_eq!(said, told, "{}", lines[0].message);
    }
    roll.lapse(roll.event.closes);
    roll
}

#[test]
fn the_demo_ends_as_its_truth_table_says() {
    let lines = truth();
    let roll = play(&lines);
    for line in lines.iter().filter(|line| !line.finally.is_empty() && !line.number.is_empty()) {
        let found = roll.all.values().find(|it| it.number == line.number).unwrap();
        let status = serde_json::to_string(&found.status).unwrap();
        assert_eq!(status.trim_matches('"'), line.finally, "{}", line.number);
    }
    assert_eq!(roll.tally("supervisor"), Tally { confirmed: 8, reserved: 0, waiting: 1 });
    assert_eq!(roll.tally("representative"), Tally { confirmed: 16, reserved: 1, waiting: 3 });
}

#[test]
fn the_demo_shows_everything_that_can_become_of_a_mail() {
    let lines = truth();
    let kinds: std::collections::HashSet<_> = lines.iter().map(|line| line.kind).collect();
    assert_eq!(kinds.len(), 8);
    let answers: std::collections::BTreeSet<_> =
        lines.iter().map(|line| line.answer.split(':').next().unwrap()).collect();
    let all = [
        "already",
        "cancelled",
        "closed",
        "confirmed",
        "corrected",
        "incomplete",
        "none",
        "not_yet_open",
        "passed",
        "review",
        "waitlisted",
    ];
    assert_eq!(answers.into_iter().collect::<Vec<_>>(), all);
    assert!(play(&lines).letters.len() > 40);
    assert!(lines.iter().all(|line| Email::parse(line.from).is_some()));
}

include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/command/demo/mail/list.rs"));

#[test]
fn the_demos_mail_and_its_truth_table_are_of_one_story() {
    let lines = truth();
    let told: std::collections::BTreeSet<_> = lines.iter().map(|line| line.message).collect();
    let kept: std::collections::BTreeSet<_> = MAIL.iter().map(|(name, _)| *name).collect();
    assert_eq!(told, kept);
    assert!(MAIL.len() >= 45);
    for (name, raw) in MAIL {
        let from = lines.iter().find(|line| line.message == *name).unwrap().from;
        let raw = String::from_utf8_lossy(raw).to_lowercase();
        assert!(
            raw.contains(&format!("<{from}>")) || raw.contains(&format!("from: {from}")),
            "{name}"
        );
    }
}

#[test]
fn the_demos_identity_numbers_have_right_check_characters() {
    for line in truth() {
        let Some(number) = line.person.get("id_number") else { continue };
        let digits: Vec<_> = number.value.chars().map(|c| c.to_digit(10).unwrap_or(10)).collect();
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        assert_eq!((digits.len(), sum % 11), (18, 1), "{}", line.message);
    }
}
