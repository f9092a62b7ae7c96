//! Random sequences of messages, orders and deadlines against the promises I2 to I5, under the
//! notice's rules and under random ones, with the boards' bookkeeping checked against a recount after
//! every decision.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use baoming::clock::Dice;
use baoming::message::Trust;
use baoming::reading::{Brief, Doubt, Kind};
use baoming::roster::*;
use jiff::Timestamp;
use jiff::civil::Time;

use crate::roll::*;

/// Sequences under any rules, and half as many under the notice's own (`tests/histories`).
const SEEDS: u64 = 2000;
const STEPS: u64 = 20;

/// A number that the environment sets for the long run.
#[expect(clippy::disallowed_methods, reason = "the long run is asked for in the environment")]
fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn seeds() -> u64 {
    from_environment("BAOMING_HISTORIES").unwrap_or(SEEDS)
}

fn play(seeds: u64, story: impl Fn(u64) -> Story + Sync) {
    if let Some(seed) = from_environment("BAOMING_SEED") {
        let mut story = story(seed);
        story.aloud = true;
        return story.run();
    }
    let breaks = |seed: &u64| {
        let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| story(*seed).run()));
        run.inspect_err(|_| eprintln!("seed {seed} breaks a promise: see above")).is_err()
    };
    let (first, second) = std::thread::scope(|scope| {
        let first = scope.spawn(|| (0..seeds / 2).filter(breaks).collect::<Vec<_>>());
        let second = (seeds / 2..seeds).filter(breaks).collect::<Vec<_>>();
        (first.join().unwrap(), second)
    });
    assert_eq!([first, second].concat(), Vec::<u64>::new(), "seeds that break a promise");
}

#[test]
fn every_sequence_keeps_the_promises() {
    play(seeds() / 2, Story::new);
}

/// Offers, full lines, groups, second wishes, unused places, substitutes, the staff's choice.
#[test]
fn every_sequence_keeps_the_promises_under_any_rules() {
    play(seeds(), Story::under_random_rules);
}

#[test]
fn the_same_history_gives_the_same_roster() {
    for seed in 0..seeds() / 10 {
        let [one, two] = [(); 2].map(|()| {
            let mut story = Story::under_random_rules(seed);
            story.run();
            story.roll
        });
        assert_eq!(one.all, two.all, "seed {seed}");
        assert_eq!(one.letters, two.letters, "seed {seed}");
    }
}

/// One seeded sequence.
struct Story {
    roll: Roll,
    dice: Dice,
    now: Timestamp,
    sent: HashSet<(Cause, String)>,
    uid: u64,
    /// Those beyond a limit have had their turn.
    served: bool,
    /// Numbers that a clerk decided on.
    by_clerk: HashSet<String>,
    /// From when until when the staff had closed registration; the last one may go on.
    shut: Vec<(Timestamp, Option<Timestamp>)>,
    /// One history alone is told step by step.
    aloud: bool,
}

impl Story {
    fn new(seed: u64) -> Self {
        let mut roll = Roll::new(event());
        roll.event.rules.sender_cap = 3;
        if seed % 2 == 1 {
            limit(&mut roll.event);
        }
        let now = roll.event.opens;
        Self {
            roll,
            dice: Dice::seeded(seed),
            now,
            sent: HashSet::new(),
            uid: 0,
            served: false,
            by_clerk: HashSet::new(),
            shut: Vec::new(),
            aloud: false,
        }
    }

    fn under_random_rules(seed: u64) -> Self {
        let mut story = Self::new(seed);
        let dice = Dice::seeded(seed + SEEDS);
        let one_in = |odds| dice.below(odds) == 0;
        let hours = |most| Duration::from_hours(1 + dice.below(most));
        let event = &mut story.roll.event;
        let offer = one_in(2).then(|| Offer {
            lasts: hours(48),
            quiet: one_in(2).then(|| (Time::constant(22, 0, 0, 0), Time::constant(7, 0, 0, 0))),
        });
        event.rules.promotion = Promotion { offer, last: hours(96), late: !one_in(4) };
        event.rules.waitlist = one_in(3).then(|| u32::try_from(dice.below(6)).unwrap());
        event.rules.groups = if one_in(3) { Groups::Together } else { Groups::Fit };
        event.rules.asks = 1 + u32::try_from(dice.below(3)).unwrap();
        event.rules.spill = one_in(3)
            .then(|| Spill { from: event.opens + hours(100), to: "representative".to_owned() });
        let substitution = [Substitution::Review, Substitution::NobodyWaits, Substitution::Always];
        event.rules.substitution = substitution[usize::try_from(dice.below(3)).unwrap()];
        if one_in(8) {
            event.rules.mode = Mode::Selection { until: event.closes + hours(24) };
        }
        story
    }

    fn run(&mut self) {
        for _ in 0..STEPS {
            self.now += Duration::from_mins(self.dice.below(8 * 60));
            match self.dice.below(10) {
                0..=5 => self.window(),
                6 => {
                    self.lapses();
                    self.turns();
                }
                7 if self.dice.below(4) == 0 => self.raise(),
                8 if self.dice.below(4) == 0 => self.shut_or_open(),
                _ => self.order(),
            }
        }
        self.now = self.now.max(self.roll.event.closes);
        self.lapses();
        self.turns();
        let open = self.roll.all.values().filter(|it| it.status == Status::Incomplete);
        assert_eq!(count(open), 0, "nothing is incomplete after closing");
        let wants = Wants::of_places(99);
        let slice = self.roll.board(&wants).select(&self.roll.event, &wants);
        self.check(&fill(&self.roll.event, slice, "closing", self.now), None);
        self.served = true;
        self.whole();
        self.now = self.roll.event.takes_place - Duration::from_hours(1);
        self.lapses();
        self.turns();
    }

    /// Decides up to five messages on one board, some of them seen late.
    fn window(&mut self) {
        let requests: Vec<_> = (0..=self.dice.below(5)).map(|_| self.request()).collect();
        let wants = Wants::of(&requests);
        let mut board = self.roll.board_for(&requests);
        for request in &requests {
            self.tell(&(&request.reading, &request.sender.email, &request.refers_to));
            let slice = board.slice(&self.roll.event, request);
            let verdict = decide(&self.roll.event, slice, request, self.now);
            let answers = verdict.letters.iter().filter(|letter| letter.cause == request.cause);
            assert_eq!(count(answers) + u32::from(verdict.no_letter.is_some()), 1, "I4");
            self.only_while_open(&verdict, request);
            self.check(&verdict, Some(request));
            board.apply(&verdict);
            self.compare(&board, &wants);
        }
    }

    fn tell(&self, what: &dyn std::fmt::Debug) {
        if self.aloud {
            eprintln!("{} {what:?}", self.now);
        }
    }

    fn request(&mut self) -> Request {
        use Kind::{Cancellation, Change, Inquiry, Registration, Status};
        let kinds =
            [Registration, Registration, Registration, Cancellation, Change, Status, Inquiry];
        let kind = self.one_of(&kinds);
        let people: Vec<_> = (0..self.dice.below(4)).map(|_| self.person()).collect();
        let from = format!("p{}@163.com", self.dice.below(7));
        self.uid += 1;
        let mut request = mail(kind, &from, self.uid, &people);
        let late = Duration::from_mins(self.dice.below(4) * self.dice.below(500));
        request.arrived = key(self.now - late, self.uid);
        request.junk = self.dice.below(20) == 0;
        request.sender.trust = self.one_of(&[Trust::Unknown, Trust::Verified, Trust::Failed]);
        if self.dice.below(15) == 0 {
            request.sender.machine = Some("List-Id".to_owned());
        }
        if self.dice.below(15) == 0 {
            request.sender.email = None;
        }
        if self.dice.below(4) == 0 {
            request.refers_to = vec![self.number()];
        }
        if self.dice.below(8) == 0 {
            let whose = usize::try_from(self.dice.below(3)).unwrap();
            let concerns = (self.dice.below(2) == 0).then(|| (whose, "category".to_owned()));
            let doubt = Doubt { reason: "不清楚".to_owned(), advice: None, concerns };
            request.reading.doubts = vec![doubt];
        }
        request.reading.accepts = kind == Registration && self.dice.below(3) == 0;
        request.reading.brief =
            self.one_of(&[None, None, None, None, Some(Brief::Yes), Some(Brief::No)]);
        request.reading.instead = kind == Change && self.dice.below(2) == 0;
        request.reading.together = self.one_of(&[None, None, Some(true), Some(false)]);
        request
    }

    /// One of few people, so that they meet again; any of the values may be left out.
    fn person(&mut self) -> Person {
        let n = self.dice.below(14);
        let mut person = Person::new();
        let mut say = |dice: &Dice, field: &str, value: String, odds: u64| {
            if dice.below(odds) > 0 {
                person.extend(roll_person(field, &value));
            }
        };
        say(&self.dice, "name", format!("马{n}"), 8);
        say(&self.dice, "phone", format!("1390954000{}", n / 2), 4);
        if n.is_multiple_of(3) {
            say(&self.dice, "id_number", format!("64222319690214{n:04}"), 2);
        }
        if self.dice.below(3) == 0 {
            say(
                &self.dice,
                "category",
                self.one_of(&["supervisor", "representative"]).to_owned(),
                9,
            );
        }
        if self.roll.event.rules.who.per_organization.is_some() {
            let organization = format!("第{}村", self.dice.below(4));
            say(&self.dice, "organization", organization, 3);
        }
        if self.dice.below(6) == 0 {
            say(&self.dice, "other_category", "supervisor".to_owned(), 9);
        }
        person
    }

    fn number(&self) -> String {
        self.roll.event.number(u32::try_from(self.dice.below(12)).unwrap() + 1)
    }

    fn order(&mut self) {
        let number = self.number();
        let reason = "按规定".to_owned();
        let kind = match self.dice.below(8) {
            0 => OrderKind::Add {
                channel: Channel::Phone,
                person: self.person(),
                email: None,
                away: false,
            },
            1 => OrderKind::Cancel { number, reason },
            2 => OrderKind::Reject { number, reason },
            3 => OrderKind::Promote { number, reason },
            4 => OrderKind::Attend { number, present: true },
            5 => OrderKind::Select { number, chosen: self.dice.below(4) > 0 },
            which => {
                self.by_clerk.insert(number.clone());
                let mut set = self.person();
                // Whom a clerk moves to another employer is the clerk's business.
                set.remove("organization");
                match which {
                    6 => OrderKind::Change { number, set },
                    _ => OrderKind::Approve { number, set },
                }
            }
        };
        self.uid += 1;
        let mut order = order(self.uid, kind);
        order.key.arrived = self.now;
        self.tell(&order.kind);
        let mut board = self.roll.board_for_order(&order);
        let slice = board.slice_for(&self.roll.event, &order);
        if let Ok(verdict) = direct(&self.roll.event, slice, &order, self.now) {
            let cause = Cause::Command(order.id.clone());
            let answers = verdict.letters.iter().filter(|letter| letter.cause == cause);
            assert_eq!(count(answers) + u32::from(verdict.no_letter.is_some()), 1, "I4");
            if self.is_shut(self.now) {
                // Whom a clerk enters now is the clerk's business.
                let entered = verdict.steps.iter().filter(|it| it.action == Action::Registered);
                self.by_clerk.extend(entered.map(|it| it.after.number.clone()));
            }
            self.check(&verdict, None);
        }
    }

    /// The staff close registration before its date, or open it again; the wrong one of the two is
    /// refused.
    fn shut_or_open(&mut self) {
        let reason = "按规定".to_owned();
        let shut = self.is_shut(self.now);
        let close = self.dice.below(5) < if shut { 1 } else { 4 };
        let kind = if close { OrderKind::Close { reason } } else { OrderKind::Reopen { reason } };
        self.uid += 1;
        let mut order = order(self.uid, kind);
        order.key.arrived = self.now;
        self.tell(&order.kind);
        let slice = self.roll.board_for_order(&order).slice_for(&self.roll.event, &order);
        let done = direct(&self.roll.event, slice, &order, self.now);
        assert_eq!(done.is_ok(), close != shut, "{done:?}");
        let Ok(verdict) = done else { return };
        match self.shut.last_mut().filter(|_| shut) {
            Some((_, until)) => *until = Some(self.now),
            None => self.shut.push((self.now, None)),
        }
        assert!(verdict.steps.is_empty() && verdict.letters.is_empty(), "nobody is told");
        self.roll.write(&verdict);
        if close {
            self.lapses();
            let open = self.roll.all.values().filter(|it| it.status == Status::Incomplete);
            assert_eq!(count(open), 0, "nothing is incomplete after an early close");
            self.turns();
        }
    }

    fn is_shut(&self, at: Timestamp) -> bool {
        self.shut.iter().any(|(from, until)| *from <= at && until.is_none_or(|until| at < until))
    }

    /// Nobody gets a place or a line by a mail that arrived while registration was closed, but a
    /// substitute; and nobody who wrote before or after that hears that it was.
    fn only_while_open(&self, verdict: &Verdict, request: &Request) {
        let closed = |letter: &Owed| {
            letter.items.iter().any(|it| matches!(it.outcome, Outcome::Closed { .. }))
        };
        if !self.is_shut(request.arrived.arrived) {
            assert!(!verdict.letters.iter().any(closed), "it was open when the mail arrived");
            return;
        }
        for step in &verdict.steps {
            let by_mail = OrderKey { place: 0, ..step.after.key.clone() } == request.arrived;
            let enters = by_mail || [Action::Registered, Action::Completed].contains(&step.action);
            let late = enters && step.after.active() && step.why != "substituted";
            assert!(!late, "{} came in while registration was closed", step.after.number);
        }
    }

    /// A larger quota is filled from the line at once.
    fn raise(&mut self) {
        let which = usize::try_from(self.dice.below(2)).unwrap();
        self.roll.event.categories[which].quota += 1;
        let wants = Wants::of_places(1);
        let slice = self.roll.board(&wants).select(&self.roll.event, &wants);
        self.uid += 1;
        let journal = format!("settings-{}", self.uid);
        self.check(&fill(&self.roll.event, slice, &journal, self.now), None);
    }

    /// What the calendar alone brings.
    fn turns(&mut self) {
        let all: Vec<_> = self.roll.all.values().cloned().collect();
        let wants = Wants::of_lapses(&all);
        self.uid += 1;
        let journal = format!("turn-{}", self.uid);
        let slice = self.roll.board(&wants).select(&self.roll.event, &wants);
        self.check(&announce(&self.roll.event, slice, &journal, self.now), None);
        let turns = self.roll.event.turns(&self.roll.state);
        if turns.into_iter().any(|turn| turn <= self.now) {
            let wants = Wants::of_places(9);
            let slice = self.roll.board(&wants).select(&self.roll.event, &wants);
            self.check(&fill(&self.roll.event, slice, &journal, self.now), None);
        }
    }

    fn lapses(&mut self) {
        let timed = |it: &&Registration| it.status == Status::Incomplete || it.offered();
        let timed: Vec<_> = self.roll.all.values().filter(timed).cloned().collect();
        for registration in timed {
            let wants = Wants::of_lapses(std::slice::from_ref(&registration));
            let slice = self.roll.board(&wants).select(&self.roll.event, &wants);
            let verdict = lapse(&self.roll.event, slice, &registration, self.now);
            self.check(&verdict, None);
        }
    }

    /// Writes a verdict down step by step and checks what must hold after each.
    fn check(&mut self, verdict: &Verdict, request: Option<&Request>) {
        for letter in &verdict.letters {
            let once = self.sent.insert((letter.cause.clone(), letter.to.as_str().to_owned()));
            assert!(once, "I3: a second letter for {:?}", letter.cause);
            assert!(!letter.items.is_empty(), "an empty letter");
        }
        for step in &verdict.steps {
            self.tell(step);
            let before = self.roll.all.get(&step.after.id).cloned();
            self.serves_in_order(before.as_ref(), step);
            if let Some(before) = before.filter(Registration::takes_seat) {
                self.taken_back_by_right(&before, step, request);
            }
            self.not_to_whom_it_was_freed(verdict, step);
            let one = Verdict { steps: vec![step.clone()], ..Verdict::default() };
            self.roll.write(&one);
        }
        self.whole();
        let tasked = |it: &&Registration| {
            verdict.tasks.iter().any(|task| task.registration.as_ref() == Some(&it.id))
        };
        let put_there =
            |step: &&Step| step.after.status == Status::Review && step.action != Action::Promoted;
        let reviewed = verdict.steps.iter().filter(put_there).map(|step| &step.after);
        let untold = reviewed.filter(|it| !tasked(it));
        assert_eq!(count(untold), 0, "a new review without a task");
        self.nobody_is_elsewhere_without_need();
    }

    /// Nobody is on another category's place while one of their own is free, nor while the place
    /// could be given back to somebody who waits for it.
    fn nobody_is_elsewhere_without_need(&self) {
        if self.now >= self.roll.event.takes_place {
            return;
        }
        for one in self.roll.lent() {
            let own = one.category.as_deref().unwrap();
            let quota = self.roll.event.category(own).unwrap().quota;
            let Tally { confirmed, reserved, .. } = self.roll.tally(own);
            assert_eq!(confirmed + reserved, quota, "{} is on another's place", one.number);
        }
    }

    /// I5: nobody gets a seat while somebody stands before in the same line, save for a written
    /// reason; nor an unused one of another category while somebody waits for it.
    fn serves_in_order(&self, before: Option<&Registration>, step: &Step) {
        let seated = step.after.takes_seat() && !before.is_some_and(Registration::takes_seat);
        let Some(category) = step.after.category.as_deref().filter(|_| seated) else { return };
        if ["out-of-turn", "chosen", "substituted"].contains(&step.why) {
            return;
        }
        let after = |it: &&&Registration| it.id != step.after.id && it.key < step.after.key;
        let line = self.roll.line(category);
        // From closing on a group that needs more places than there are may be passed.
        let passed = |it: &&&Registration| {
            (self.now >= self.roll.event.closes || self.is_shut(self.now))
                && it.waits_together()
                && (step.why == "past-group" || step.after.reason == "past-group")
        };
        let first = line.iter().filter(after).find(|it| !passed(it));
        assert_eq!(first.map(|it| &it.number), None, "I5: {} overtakes", step.after.number);
        if let Some(of) = &step.after.place_of {
            let waits = count(self.roll.line(of).into_iter().filter(|it| it.id != step.after.id));
            assert_eq!(waits, 0, "I5: {} takes a place that is waited for", step.after.number);
        }
        let left = self.roll.all.values().filter(|it| {
            let letter = |one: &Registration| OrderKey { place: 0, ..one.key.clone() };
            let with = before.is_some_and(|one| it.lines().any(|id| one.together.contains(id)));
            it.id != step.after.id
                && with
                && it.waits_together()
                && letter(it) == letter(&step.after)
        });
        assert!(step.why != "first-in-line" || count(left) == 0, "a group is torn apart");
    }

    fn taken_back_by_right(&self, before: &Registration, step: &Step, request: Option<&Request>) {
        if step.after.takes_seat() || before.chosen() {
            return;
        }
        if before.offered() && step.action == Action::Lapsed {
            let asked = request.map_or(self.now, |request| request.arrived.arrived);
            assert!(before.hold_until.unwrap() <= asked, "an offer ends before its time");
            return;
        }
        if before.status != Status::Confirmed {
            return;
        }
        assert_eq!(step.action, Action::Cancelled, "I5: a seat is taken back");
        if let Some(request) = request {
            let substitutes = request.reading.kind == Kind::Change && request.reading.instead;
            assert!(request.reading.kind == Kind::Cancellation || substitutes);
            assert_eq!(request.sender.email, before.email, "§9.5");
        }
    }

    /// A place that somebody gives back is not theirs again with the same breath.
    fn not_to_whom_it_was_freed(&self, verdict: &Verdict, step: &Step) {
        let given = matches!(step.action, Action::Promoted | Action::Offered);
        // Whoever only moves to a place of the own category gets none.
        let given = given && step.why != "moved-back";
        let ended = verdict
            .steps
            .iter()
            .any(|other| !other.after.active() && other.after.id == step.after.id);
        assert!(!(given && ended), "{} gets back what it gave", step.after.number);
        assert!(step.after.asked <= self.roll.event.rules.asks, "asked too often");
    }

    /// What holds of the whole roster at any time.
    fn whole(&self) {
        let numbers: BTreeSet<_> = self.roll.all.values().map(|it| &it.number).collect();
        assert_eq!(numbers.len(), self.roll.all.len(), "a number was used twice");
        for category in &self.roll.event.categories {
            let tally = self.roll.tally(&category.id);
            let taken = tally.confirmed + tally.reserved;
            assert!(taken <= category.quota, "I2: {tally:?} of {}", category.quota);
            let line = self.roll.line(&category.id);
            let last = |it: &&&Registration| it.key.arrived >= self.roll.event.closes;
            let early = !self.served && line.first().is_some_and(|first| last(&first));
            let rules = &self.roll.event.rules;
            assert!(
                rules.waitlist.is_none_or(|most| tally.waiting <= most),
                "a line too long in {}: {tally:?} {rules:?}",
                category.id
            );
            let idle = taken < category.quota && tally.waiting > 0 && !early;
            let group = line.first().is_some_and(|first| first.waits_together());
            let kept = group || rules.selection().is_some() || !rules.promotion.late;
            let over = self.now >= self.roll.event.takes_place;
            assert!(
                !idle || kept || over,
                "a seat is idle in {}: {tally:?} {:?}",
                category.id,
                rules
            );
        }
        self.limits();
        let settled = self.roll.all.values();
        let settled =
            settled.filter(|it| matches!(it.status, Status::Confirmed | Status::Waitlisted));
        let mut people = HashSet::new();
        for one in settled {
            let by_number =
                one.id_number().map(|id| (id, one.get("name").unwrap_or("").to_owned()));
            let by_phone = one.name_phone().filter(|_| one.id_number().is_none());
            for person in [by_number, by_phone].into_iter().flatten() {
                assert!(people.insert(person), "{} is there twice", one.number);
            }
        }
    }

    /// Nobody is beyond a limit but those who stand last, and only listed people are supervisors, save
    /// by a clerk's decision.
    fn limits(&self) {
        let event = &self.roll.event;
        // Who is under review, or was, is a person's business.
        let in_turn = || {
            let all = self.roll.all.values().filter(|it| it.key.arrived < event.closes);
            all.filter(|it| it.active() && it.status != Status::Review)
                .filter(|it| !self.by_clerk.contains(&it.number))
        };
        let mut counts: HashMap<String, u32> = HashMap::new();
        for one in in_turn() {
            let sender = one.email.as_ref().map(|email| email.as_str().to_owned());
            let limits = [
                (one.organization(), event.rules.who.per_organization),
                (sender, event.rules.who.per_sender),
            ];
            for (key, limit) in limits {
                let (Some(key), Some(limit)) = (key, limit) else { continue };
                let counted = counts.entry(key).or_default();
                *counted += 1;
                assert!(*counted <= limit, "{} is beyond a limit: {}", one.number, one.reason);
            }
        }
        let Some(allow) = &event.categories[0].allow else { return };
        let settled =
            in_turn().filter(|it| matches!(it.status, Status::Confirmed | Status::Waitlisted));
        for one in settled.filter(|it| it.category.as_deref() == Some("supervisor")) {
            let name = one.get("name").unwrap_or_default();
            let listed = allow.people.iter().any(|it| it.name == name);
            assert!(listed, "{} is not listed", one.number);
        }
    }

    /// The board's bookkeeping against a board that is filled anew.
    fn compare(&self, board: &Board, wants: &Wants) {
        let anew = self.roll.board(wants);
        assert_eq!(board.next_serial, anew.next_serial);
        if self.roll.event.rules.spill.is_some() {
            assert_eq!(board.lent, anew.lent, "on another category's place");
        }
        for email in &wants.emails {
            assert_eq!(board.sender_reserved[email], anew.sender_reserved[email], "reserved");
        }
        for organization in &wants.organizations {
            let (kept, counted) = (&board.organizations, &anew.organizations);
            assert_eq!(kept[organization], counted[organization], "organizations");
        }
        for (id, known) in &anew.known {
            assert_eq!(board.known.get(id), Some(known), "known");
        }
        for category in &self.roll.event.categories {
            assert_eq!(board.tally(&category.id), anew.tally(&category.id), "{}", category.id);
            let line = self.roll.line(&category.id);
            let heads: Vec<_> = board.heads[&category.id].iter().map(|it| &it.number).collect();
            let first: Vec<_> = line.iter().take(heads.len()).map(|it| &it.number).collect();
            assert_eq!(heads, first, "the heads are the beginning of the line");
            for key in &wants.keys {
                let (kept, counted) =
                    (board.ahead(&category.id, key), anew.ahead(&category.id, key));
                assert_eq!(kept, counted, "ahead in {}", category.id);
            }
        }
    }

    fn one_of<T: Copy>(&self, items: &[T]) -> T {
        let len = u64::try_from(items.len()).unwrap();
        items[usize::try_from(self.dice.below(len)).unwrap()]
    }
}

/// What an event may ask besides.
fn limit(event: &mut Event) {
    event.rules.who.per_organization = Some(2);
    event.rules.who.per_sender = Some(3);
    let listed = |n: u64| Listed { name: format!("马{n}"), phone: None, id_number: None };
    event.categories[0].allow = Some(Allow {
        people: (0..7).map(listed).collect(),
        otherwise: Some("representative".to_owned()),
    });
}

fn roll_person(field: &str, value: &str) -> Person {
    person(&[(field, value)])
}
