//! A day of the desk as facts, for tests of the digest's words and for looking at it.
use std::collections::BTreeMap;

use baoming::digest::{EventFacts, Facts, TaskFacts};
use baoming::mailbox::MessageKey;
use baoming::reading::{Evidence, Field, Kind};
use baoming::roster::{Cause, Channel, OrderKey, Registration, State, Status, Tally, TaskKind};
use baoming::store::{
    Facts as Said, FolderPass, Health, LedgerCount, LedgerEntry, LedgerState, LetterRow,
    LetterState, Pass, Standing, TaskRow,
};

use crate::desk::{at, email, event};

fn time(text: &str) -> jiff::Timestamp {
    at(&format!("2021-09-{text}:00+08:00"))
}

pub(crate) fn registration(serial: u32, name: &str, status: Status, when: &str) -> Registration {
    let made = time(when);
    let key = OrderKey {
        arrived: made,
        mailbox: "bureau".to_owned(),
        folder: "INBOX".to_owned(),
        uidvalidity: 1,
        uid: u64::from(serial),
        place: 0,
    };
    let value = |value: &str| Field { value: value.to_owned(), evidence: Evidence::default() };
    let phone = format!("1389500{:04}", 1200 + serial);
    Registration {
        id: format!("R{serial}"),
        event: "xiji-open-day".to_owned(),
        number: event().number(serial),
        serial,
        status,
        category: Some(
            if serial.is_multiple_of(4) { "supervisor" } else { "representative" }.to_owned(),
        ),
        also: None,
        seat: false,
        place_of: None,
        together: std::collections::BTreeSet::new(),
        asked: 0,
        key,
        person: [("name".to_owned(), value(name)), ("phone".to_owned(), value(&phone))].into(),
        email: Some(email("maxiwen@qq.com")),
        channel: if serial.is_multiple_of(5) { Channel::Phone } else { Channel::Email },
        hold_until: None,
        reason: String::new(),
        attended: None,
        message: None,
        created: made,
        changed: made,
    }
}

fn news() -> Vec<Standing> {
    let rows = [
        (14, "马希文", Status::Confirmed, "13T09:12", None),
        (15, "海玉兰", Status::Confirmed, "13T09:40", None),
        (16, "买买提·艾力", Status::Confirmed, "13T10:05", None),
        (17, "王秀英", Status::Review, "13T11:31", None),
        (18, "李建国", Status::Incomplete, "13T14:02", None),
        (23, "欧阳晓雯", Status::Waitlisted, "13T15:47", Some(3)),
        (24, "马国栋", Status::Confirmed, "13T16:20", None),
    ];
    let mut news = rows.map(|(serial, name, status, when, position)| {
        let registration = registration(serial, name, status, when);
        let received = registration.key.arrived;
        Standing { registration, position, received }
    });
    // An older one that was given back today.
    let mut cancelled = registration(6, "摆生海", Status::Cancelled, "12T09:00");
    cancelled.changed = time("13T10:22");
    let mut all =
        vec![Standing { received: cancelled.key.arrived, registration: cancelled, position: None }];
    all.extend(news.iter_mut().map(|standing| standing.clone()));
    all
}

fn task(number: u64, kind: TaskKind, opened: &str, reasons: &[&str]) -> TaskRow {
    TaskRow {
        id: format!("T{number}"),
        number,
        kind,
        event: Some("xiji-open-day".to_owned()),
        registration: None,
        message: None,
        letter: None,
        reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
        opened: time(opened),
    }
}

fn message(from: &str, subject: &str, when: &str) -> LedgerEntry {
    let (mailbox, folder) = ("bureau".to_owned(), "INBOX".to_owned());
    let said = Said { from: Some(email(from)), subject: subject.to_owned(), ..Said::default() };
    LedgerEntry {
        id: "M1".to_owned(),
        key: MessageKey { mailbox, folder, uidvalidity: 1, uid: 1 },
        arrived: time(when),
        received: time(when),
        state: LedgerState::Done,
        original: None,
        kind: None,
        attempts: 1,
        facts: Some(said),
    }
}

fn letter(state: LetterState, outcome: &str) -> LetterRow {
    LetterRow {
        id: "L1".to_owned(),
        number: 31,
        cause: Cause::Message("M1".to_owned()),
        to: email("lijianguo@qq.com"),
        state,
        message_id: "bm.x@163.com".to_owned(),
        numbers: vec!["XJ21-018".to_owned()],
        created: time("13T14:03"),
        due: time("13T14:03"),
        settled: Some(time("13T14:05")),
        attempts: 1,
        outcome: Some(outcome.to_owned()),
    }
}

fn tasks() -> Vec<TaskFacts> {
    let person = |serial, name, status| Some(registration(serial, name, status, "13T11:31"));
    let doubt = "身份证号码第18位校验不符（正文 第4行）";
    let review = TaskFacts {
        task: TaskRow {
            message: Some(message("wangxy@163.com", "报名表", "13T11:31")),
            ..task(12, TaskKind::Review, "13T11:31", &[doubt])
        },
        registration: person(17, "王秀英", Status::Review),
        letter: None,
    };
    let question = TaskFacts {
        task: TaskRow {
            message: Some(message("zhang@126.com", "请问老人能不能代报名？", "13T13:08")),
            ..task(13, TaskKind::Inquiry, "13T13:08", &[])
        },
        registration: None,
        letter: None,
    };
    let answer = "RCPT TO: 550 Invalid User: lijianguo@qq.com";
    let undelivered = TaskFacts {
        task: TaskRow {
            letter: Some("L1".to_owned()),
            ..task(14, TaskKind::Undelivered, "13T14:05", &[])
        },
        registration: person(18, "李建国", Status::Incomplete),
        letter: Some(letter(LetterState::Refused, answer)),
    };
    vec![review, question, undelivered]
}

/// 13 September: news, three things to do, mail in two folders.
pub(crate) fn busy_day() -> Facts {
    let tally = |confirmed, reserved, waiting| Tally { confirmed, reserved, waiting };
    let tallies = BTreeMap::from([
        ("supervisor".to_owned(), tally(5, 0, 0)),
        ("representative".to_owned(), tally(14, 3, 3)),
    ]);
    let count = |folder: &str, state, count| LedgerCount {
        mailbox: "bureau".to_owned(),
        folder: folder.to_owned(),
        state,
        count,
    };
    let pass = |folder: &str, listed| Pass {
        mailbox: "bureau".to_owned(),
        at: time("13T17:39"),
        seen: FolderPass { folder: folder.to_owned(), uidvalidity: 1, listed, held: listed },
    };
    let health = Health {
        letters: vec![(LetterState::Sent, 33), (LetterState::Refused, 1)],
        open_tasks: 3,
        passes: vec![pass("INBOX", 48), pass("广告邮件", 7)],
        ..Health::default()
    };
    Facts {
        day: "2021-09-13".to_owned(),
        at: time("13T17:40"),
        since: Some(time("12T17:40")),
        events: vec![EventFacts {
            event: event(),
            tallies,
            changed: news(),
            further: 0,
            further_fresh: 0,
            state: State::default(),
            to_call: Vec::new(),
        }],
        tasks: tasks(),
        decided: vec![
            (LedgerState::Done, Some(Kind::Registration), 8),
            (LedgerState::Done, Some(Kind::Cancellation), 1),
            (LedgerState::Done, Some(Kind::Inquiry), 1),
            (LedgerState::Duplicate, Some(Kind::Registration), 1),
            (LedgerState::Ignored, Some(Kind::Automatic), 2),
            (LedgerState::Ignored, Some(Kind::Bulk), 4),
        ],
        ledger: vec![
            count("INBOX", LedgerState::Done, 36),
            count("INBOX", LedgerState::Ignored, 6),
            count("INBOX", LedgerState::Duplicate, 2),
            count("INBOX", LedgerState::Preexisting, 5),
            count("广告邮件", LedgerState::Done, 1),
            count("广告邮件", LedgerState::Ignored, 6),
        ],
        health,
    }
}

/// A day on which nothing happened.
pub(crate) fn quiet_day() -> Facts {
    let mut facts = busy_day();
    facts.events.first_mut().unwrap().changed.clear();
    facts.tasks.clear();
    facts.decided.clear();
    facts
}
