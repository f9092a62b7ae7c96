//! Sample facts: a digest with everything and one with nothing, for checking the templates.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::facts::{EventFacts, Facts, TaskFacts};
use super::{Context, Sheet, write};
use crate::mailbox::MessageKey;
use crate::message::Email;
use crate::reading::{Evidence, Field, Kind, field};
use crate::reply::{Stationery, TemplateError, sample_event};
use crate::roster::{Channel, OrderKey, Person, Registration, State, Status, Tally, TaskKind};
use crate::store::{
    Facts as Said, FolderPass, Health, LedgerCount, LedgerEntry, LedgerState, Pass, Pause,
    Standing, TaskRow,
};

/// Renders the digest's templates with everything that they can be asked to print, and with
/// nothing: a mistake is refused with file and line.
pub fn check_templates(stationery: &Stationery) -> Result<(), TemplateError> {
    let full = everything();
    let zone = TimeZone::UTC;
    let sheet = Sheet::new(&full, "示例局", &zone);
    for name in ["digest.txt", "digest.html"] {
        stationery.check_names(name, Context { sheet: &sheet })?;
    }
    for facts in [&full, &nothing()] {
        write(stationery, facts, "示例局", &zone)?;
    }
    Ok(())
}

fn nothing() -> Facts {
    Facts {
        day: "2021-09-13".to_owned(),
        at: Timestamp::UNIX_EPOCH,
        since: None,
        events: Vec::new(),
        tasks: Vec::new(),
        decided: Vec::new(),
        ledger: Vec::new(),
        health: Health::default(),
    }
}

fn everything() -> Facts {
    let event = sample_event();
    let at = event.opens;
    let statuses = [Status::Confirmed, Status::Waitlisted, Status::Review, Status::Cancelled];
    let standing = |status| Standing {
        registration: registration(status, at),
        position: Some(1),
        received: at,
    };
    let changed = statuses.into_iter().cycle().take(100).map(standing).collect();
    let tallies = BTreeMap::from([("sample".to_owned(), Tally::default())]);
    let whole = State {
        called_off: Some(at),
        told: Some((at, "示例大厅".to_owned())),
        reminded: None,
        erased: Some(at),
        closures: Vec::new(),
    };
    let to_call = vec![registration(Status::Confirmed, at)];
    let kinds = [TaskKind::Review, TaskKind::Inquiry, TaskKind::Undelivered, TaskKind::Which];
    let tasks = kinds.into_iter().flat_map(|kind| [task(kind, at, true), task(kind, at, false)]);
    let seen = FolderPass { folder: "INBOX".to_owned(), uidvalidity: 1, listed: 2, held: 1 };
    let state = LedgerState::Done;
    let (mailbox, folder) = ("sample".to_owned(), "INBOX".to_owned());
    let what = "smtp".to_owned();
    Facts {
        at,
        since: Some(at),
        events: vec![EventFacts {
            event,
            tallies,
            changed,
            further: 0,
            further_fresh: 0,
            state: whole,
            to_call,
        }],
        tasks: tasks.collect(),
        decided: vec![(state, Some(Kind::Registration), 1), (LedgerState::Ignored, None, 1)],
        ledger: vec![LedgerCount { mailbox: mailbox.clone(), folder, state, count: 1 }],
        health: Health {
            passes: vec![Pass { mailbox, at, seen }],
            pauses: vec![Pause { what, until: at, why: "示例".to_owned() }],
            ..Health::default()
        },
        ..nothing()
    }
}

fn registration(status: Status, at: Timestamp) -> Registration {
    let key = OrderKey {
        arrived: at,
        mailbox: String::new(),
        folder: String::new(),
        uidvalidity: 0,
        uid: 0,
        place: 0,
    };
    let value = |value: &str| Field { value: value.to_owned(), evidence: Evidence::default() };
    let person = Person::from([
        (field::NAME.to_owned(), value("马希文")),
        (field::PHONE.to_owned(), value("13900000000")),
    ]);
    Registration {
        id: "sample".to_owned(),
        event: "sample".to_owned(),
        number: "SL21-001".to_owned(),
        serial: 1,
        status,
        category: Some("sample".to_owned()),
        also: None,
        seat: false,
        place_of: None,
        together: std::collections::BTreeSet::new(),
        asked: 0,
        key,
        person,
        email: None,
        channel: Channel::Email,
        hold_until: None,
        reason: String::new(),
        attended: None,
        message: None,
        created: at,
        changed: at,
    }
}

/// A task with all it can have, or bare.
fn task(kind: TaskKind, at: Timestamp, full: bool) -> TaskFacts {
    let key = MessageKey {
        mailbox: "sample".to_owned(),
        folder: "INBOX".to_owned(),
        uidvalidity: 1,
        uid: 1,
    };
    let said = Said {
        from: Email::parse("somebody@example.org"),
        subject: "示例".to_owned(),
        ..Said::default()
    };
    let message = LedgerEntry {
        id: "sample".to_owned(),
        key,
        arrived: at,
        received: at,
        state: LedgerState::Done,
        original: None,
        kind: None,
        attempts: 1,
        facts: Some(said),
    };
    let task = TaskRow {
        id: "sample".to_owned(),
        kind,
        event: None,
        number: 1,
        registration: None,
        message: full.then_some(message),
        letter: None,
        reasons: if full { vec!["示例".to_owned()] } else { Vec::new() },
        opened: at,
    };
    let registration = full.then(|| registration(Status::Review, at));
    TaskFacts { task, registration, letter: None }
}
