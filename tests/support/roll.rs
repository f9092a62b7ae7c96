//! The whole roster in memory: what the store is for the service, made as plain as possible. It
//! fills each board from all registrations by counting, so the boards' own bookkeeping is checked
//! against it.

#![expect(clippy::unwrap_used, reason = "what a test cannot build, fails it")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use baoming::message::{Email, Trust};
use baoming::reading::{Applicant, Evidence, Field, Kind, Reading, field};
use baoming::roster::*;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// All registrations of an event.
pub(crate) struct Roll {
    pub(crate) event: Event,
    pub(crate) all: BTreeMap<String, Registration>,
    pub(crate) next_serial: u32,
    /// Everything that was ever owed.
    pub(crate) letters: Vec<Owed>,
    pub(crate) tasks: Vec<Task>,
    /// Places at other events.
    pub(crate) elsewhere: Elsewhere,
    /// What has happened to the event as a whole.
    pub(crate) state: State,
}

impl Roll {
    pub(crate) fn new(event: Event) -> Self {
        let all = BTreeMap::new();
        let (letters, tasks) = (Vec::new(), Vec::new());
        let (elsewhere, state) = (Elsewhere::default(), State::default());
        Self { event, all, next_serial: 1, letters, tasks, elsewhere, state }
    }

    /// What the store fills a board with.
    pub(crate) fn board(&self, wants: &Wants) -> Board {
        let (elsewhere, state) = (self.elsewhere.clone(), self.state.clone());
        let next_serial = self.next_serial;
        let mut board = Board { next_serial, elsewhere, state, ..Board::default() };
        self.know(&mut board, wants);
        board.lent = self.lent();
        for organization in &wants.organizations {
            let of = |it: &&Registration| it.organization().as_ref() == Some(organization);
            let active = self.all.values().filter(of).filter(|it| it.active());
            board.organizations.insert(organization.clone(), count(active));
        }
        for email in &wants.emails {
            let reserving = self.all.values().filter(|it| it.email.as_ref() == Some(email));
            let reserved = count(reserving.filter(|it| it.reserves()));
            board.sender_reserved.insert(email.clone(), reserved);
        }
        let keys: BTreeSet<_> = wants.keys.iter().cloned().chain(board.unplaced()).collect();
        for category in &self.event.categories {
            let line = self.line(&category.id);
            board.tallies.insert(category.id.clone(), self.tally(&category.id));
            for key in &keys {
                let ahead = count(line.iter().filter(|it| it.key < *key));
                let known = board.known.values().any(|it| it.key == *key);
                if known || usize::try_from(ahead).unwrap() < line.len() {
                    board.ahead.insert((category.id.clone(), key.clone()), ahead);
                }
            }
            // What is free already may go to the line as well, and a group is seen whole.
            let heads: Vec<_> = line.iter().take(wants.heads + 24).copied().cloned().collect();
            board.whole_line.insert(category.id.clone(), heads.len() == line.len());
            board.heads.insert(category.id.clone(), heads);
        }
        board
    }

    /// Puts the registrations that match on the board.
    fn know(&self, board: &mut Board, wants: &Wants) {
        for registration in self.all.values() {
            let email = registration.email.as_ref();
            let wanted = registration.id_number().is_some_and(|id| wants.id_numbers.contains(&id))
                || registration.name_phone().is_some_and(|it| wants.name_phones.contains(&it))
                || wants.numbers.contains(&registration.number)
                || email.is_some_and(|email| wants.emails.contains(email));
            if wanted {
                board.known.insert(registration.id.clone(), registration.clone());
            }
        }
    }

    /// A board for a window of messages.
    pub(crate) fn board_for(&self, requests: &[Request]) -> Board {
        let mut wants = Wants::of(requests);
        wants.extend(Wants::further(requests, &self.board(&wants)));
        self.board(&wants)
    }

    /// A board for an order.
    pub(crate) fn board_for_order(&self, order: &Order) -> Board {
        let order = std::slice::from_ref(order);
        let mut wants = Wants::of_orders(order);
        wants.extend(Wants::further_orders(order, &self.board(&wants)));
        self.board(&wants)
    }

    /// The category's line, in order: whoever takes either of two stands in both.
    pub(crate) fn line(&self, category: &str) -> Vec<&Registration> {
        let of = |it: &&Registration| it.lines().any(|line| line == category);
        let mut line: Vec<_> = self.all.values().filter(of).collect();
        line.sort_by(|one, other| one.key.cmp(&other.key));
        line
    }

    /// Those on another category's place, in order, where there are such places.
    pub(crate) fn lent(&self) -> Vec<Registration> {
        let on = |it: &&Registration| it.takes_seat() && it.place_of.is_some();
        let mut lent: Vec<_> = self.all.values().filter(on).cloned().collect();
        lent.retain(|_| self.event.rules.spill.is_some());
        lent.sort_by(|one, other| one.key.cmp(&other.key));
        lent
    }

    /// The category's counts, counted.
    pub(crate) fn tally(&self, category: &str) -> Tally {
        let of = || self.all.values().filter(|it| it.takes() == Some(category));
        Tally {
            confirmed: count(of().filter(|it| it.status == Status::Confirmed)),
            reserved: count(of().filter(|it| it.status != Status::Confirmed)),
            waiting: count(self.line(category).into_iter()),
        }
    }

    /// Writes a verdict down.
    pub(crate) fn write(&mut self, verdict: &Verdict) {
        for Step { after, .. } in &verdict.steps {
            self.next_serial = self.next_serial.max(after.serial + 1);
            self.all.insert(after.id.clone(), after.clone());
        }
        if let Some(state) = &verdict.state {
            self.state.clone_from(state);
        }
        self.letters.extend(verdict.letters.iter().cloned());
        self.tasks.extend(verdict.tasks.iter().cloned());
    }

    /// Decides one message and writes it down; decided at its arrival.
    pub(crate) fn decide(&mut self, request: &Request) -> Verdict {
        self.decide_at(request, request.arrived.arrived)
    }

    /// Decides one message later.
    pub(crate) fn decide_at(&mut self, request: &Request, now: Timestamp) -> Verdict {
        let mut board = self.board_for(std::slice::from_ref(request));
        let verdict = decide(&self.event, board.slice(&self.event, request), request, now);
        self.write(&verdict);
        verdict
    }

    /// Carries out an order.
    pub(crate) fn direct(&mut self, order: &Order) -> Result<Verdict, Refusal> {
        let mut board = self.board_for_order(order);
        let slice = board.slice_for(&self.event, order);
        let verdict = direct(&self.event, slice, order, order.key.arrived)?;
        self.write(&verdict);
        Ok(verdict)
    }

    /// Ends every reservation that is due, one after the other in the order of their ends.
    pub(crate) fn lapse(&mut self, now: Timestamp) -> Vec<Verdict> {
        let timed = |it: &&Registration| it.status == Status::Incomplete || it.offered();
        let mut due: Vec<_> = self.all.values().filter(timed).collect();
        let (event, state) = (&self.event, &self.state);
        due.retain(|it| event.kept_until(state, it).is_some_and(|until| until <= now));
        due.sort_by_key(|it| (it.hold_until, it.serial));
        let due: Vec<_> = due.into_iter().cloned().collect();
        let mut verdicts = Vec::new();
        for registration in due {
            let wants = Wants::of_lapses(std::slice::from_ref(&registration));
            let slice = self.board(&wants).select(&self.event, &wants);
            let verdict = lapse(&self.event, slice, &registration, now);
            self.write(&verdict);
            verdicts.push(verdict);
        }
        verdicts
    }

    /// The registration with the serial number.
    pub(crate) fn nth(&self, serial: u32) -> &Registration {
        self.all.values().find(|it| it.serial == serial).unwrap()
    }

    /// How all stand, in the order of their numbers: `1 confirmed`.
    pub(crate) fn standing(&self) -> Vec<(u32, Status)> {
        let mut all: Vec<_> = self.all.values().map(|it| (it.serial, it.status)).collect();
        all.sort_by_key(|(serial, _)| *serial);
        all
    }
}

pub(crate) fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap()
}

/// The open day with small quotas: 2 supervisors, 3 representatives.
pub(crate) fn event() -> Event {
    let category = |id: &str, name: &str, quota| Category {
        id: id.to_owned(),
        name: name.to_owned(),
        quota,
        words: Vec::new(),
        allow: None,
    };
    Event {
        id: "xiji-open-day".to_owned(),
        name: "西吉县审批服务管理局“政府开放日”".to_owned(),
        host: "西吉县审批服务管理局".to_owned(),
        theme: "深入推进审批服务便民化".to_owned(),
        prefix: "XJ21".to_owned(),
        announced: at("2021-09-08T00:00:00+08:00"),
        opens: at("2021-09-13T08:30:00+08:00"),
        closes: at("2021-09-24T17:30:00+08:00"),
        takes_place: at("2021-09-28T09:00:00+08:00"),
        lasts: Duration::from_hours(3),
        place: "西吉县政务服务大厅".to_owned(),
        contact: "综合办公室 0954-3018118".to_owned(),
        telephone: "0954-3018118".to_owned(),
        pledge: String::new(),
        keywords: vec!["政府开放日".to_owned()],
        categories: vec![
            category("supervisor", "政务公开义务监督员", 2),
            category("representative", "企业及群众代表", 3),
        ],
        default_category: Some("representative".to_owned()),
        required: vec![field::NAME.to_owned(), field::PHONE.to_owned()],
        field_names: std::collections::BTreeMap::new(),
        rules: Rules { sender_cap: 2, ..Rules::default() },
        zone: TimeZone::get("Asia/Shanghai").unwrap(),
        life: baoming::roster::Life::default(),
    }
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// Values of a person: `[("name", "马兰"), …]`.
pub(crate) fn person(fields: &[(&str, &str)]) -> Person {
    let value = |value: &str| Field { value: value.to_owned(), evidence: Evidence::default() };
    fields.iter().map(|(name, found)| ((*name).to_owned(), value(found))).collect()
}

/// A key in the inbox: `uid` orders within the minute of arrival.
pub(crate) fn key(arrived: Timestamp, uid: u64) -> OrderKey {
    let (mailbox, folder) = ("main".to_owned(), "INBOX".to_owned());
    OrderKey { arrived, mailbox, folder, uidvalidity: 1, uid, place: 0 }
}

/// A message from `from`, the `uid`-th: minutes after the opening by `uid`.
pub(crate) fn mail(kind: Kind, from: &str, uid: u64, people: &[Person]) -> Request {
    let arrived = at("2021-09-13T08:30:00+08:00") + Duration::from_mins(uid);
    Request {
        cause: Cause::Message(format!("m{uid}")),
        channel: Channel::Email,
        arrived: key(arrived, uid),
        sender: Sender {
            email: Email::parse(from),
            name: None,
            trust: Trust::Unknown,
            machine: None,
        },
        refers_to: Vec::new(),
        reading: Reading {
            kind,
            applicants: people.iter().map(|fields| Applicant { fields: fields.clone() }).collect(),
            doubts: Vec::new(),
            numbers: Vec::new(),
            courtesy: false,
            accepts: false,
            brief: None,
            instead: false,
            together: None,
        },
        junk: false,
    }
}

/// An order at the minute of `uid`.
pub(crate) fn order(uid: u64, kind: OrderKind) -> Order {
    let arrived = at("2021-09-13T08:30:00+08:00") + Duration::from_mins(uid);
    let key = OrderKey {
        mailbox: String::new(),
        folder: String::new(),
        uidvalidity: 0,
        ..key(arrived, uid)
    };
    Order { id: format!("c{uid}"), by: "clerk".to_owned(), key, kind }
}

/// The `n`-th invented person: a name and a telephone.
pub(crate) fn someone(n: u64) -> Person {
    person(&[("name", &format!("马{n}")), ("phone", &format!("1390954{n:04}"))])
}

/// The `n`-th person's complete registration, sent from an own address.
pub(crate) fn asks(n: u64) -> Request {
    mail(Kind::Registration, &format!("p{n}@163.com"), n, &[someone(n)])
}

/// What the letter that answers tells of each person.
pub(crate) fn outcomes(verdict: &Verdict) -> Vec<Outcome> {
    let answer = verdict.letters.iter().take(1).flat_map(|letter| &letter.items);
    answer.map(|item| item.outcome.clone()).collect()
}
