//! Deciding a window of messages in one exclusive transaction, in the order of their arrival.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures::future::join;
use jiff::Timestamp;
use tokio::task::JoinError;

use super::brake::Brake;
use super::read::Readings;
use super::threads::{Threads, came_back, thread_ids};
use super::{Intake, MailboxRules};
use crate::fault;
use crate::message::bare_subject;
use crate::reading::{Kind, Read};
use crate::roster::{
    self, Board, Cause, Channel, Event, NoLetter, OrderKey, Registration, Request, Sender, Verdict,
    Wants,
};
use crate::store::{
    self, Candidate, Decided, Facts, LedgerState, MessageFate, Pending, Result, Source, Work,
};

/// How many messages one transaction decides at most: commits dominate, and a window of some
/// hundred costs a clerk's command no noticeable wait.
const WINDOW: u32 = 512;

/// How many of them are decided while those before them are written.
const SHARE: usize = 128;

/// How far a round of deciding came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing waits for a decision, or what does is just being read.
    Idle,
    /// So many messages were decided; there may be more.
    Decided(usize),
    /// Somebody else was faster, or a message was put aside: look again.
    Again,
}

/// A message that was read and whose turn it is.
pub(super) struct Turn {
    id: String,
    pub(super) key: OrderKey,
    pub(super) read: Arc<Read>,
    /// The ledger id of the message that it repeats.
    repeats: Option<String>,
    /// The events between which its writer is asked to choose, with their beginnings.
    pub(super) which: Option<Vec<(String, Timestamp)>>,
    /// The ledger id of the message that it completes.
    pub(super) answers: Option<String>,
}

/// The messages of a window that mean one event, each with what it asks.
pub(super) struct Group {
    pub(super) event: Event,
    pub(super) turns: Vec<Turn>,
    pub(super) requests: Vec<Request>,
}

/// What is needed to decide the messages of a group one after the other, without the database.
struct Bench {
    intake: Intake,
    event: Event,
    board: Board,
    threads: Arc<Threads>,
    brake: Brake,
    now: Timestamp,
}

impl Intake {
    /// Decides everything that waits, also what must be read alone. Gives back how many messages
    /// that were.
    pub async fn decide_all(&self) -> Result<usize> {
        let mut decided = 0;
        loop {
            match self.decide_window().await? {
                Progress::Idle if self.read_aside().await? => {}
                Progress::Idle => return Ok(decided),
                Progress::Decided(more) => decided += more,
                Progress::Again => {}
            }
        }
    }

    /// Reads and decides the next window.
    pub async fn decide_window(&self) -> Result<Progress> {
        let pending = self.store.undecided_with(WINDOW, &self.ahead.back()).await?;
        if pending.is_empty() {
            self.ahead.forget_read();
            return Ok(Progress::Idle);
        }
        let Some(readings) = self.read(&pending).await? else { return Ok(Progress::Idle) };
        let decided = self.decide(&readings).await?;
        Ok(if decided == 0 { Progress::Again } else { Progress::Decided(decided) })
    }

    /// Decides those at the front of the line that have been read.
    pub(super) async fn decide(&self, readings: &Readings) -> Result<usize> {
        if readings.is_empty() {
            return Ok(0);
        }
        let threads = Arc::new(self.threads(readings).await?);
        let mut senders = self.asked(readings).await?;
        let mut work = self.store.work().await?;
        let pending = work.undecided_with(WINDOW, &self.ahead.back()).await?;
        let turns = self.turns(&mut work, &pending, readings).await?;
        let now = self.clock.now();
        let emails = turns_senders(&turns);
        let mut brakes: BTreeMap<String, Brake> = BTreeMap::new();
        self.at_home(&mut work, &turns, &mut senders).await?;
        for group in self.by_event(turns, &threads, senders) {
            let bureau = group.event.life.bureau.clone();
            let brake = match brakes.remove(&bureau) {
                Some(brake) => brake,
                None => Brake::load(&mut work, &bureau, &emails, now).await?,
            };
            let brake = self.decide_group(&mut work, group, &threads, brake, now).await?;
            brakes.insert(bureau, brake);
        }
        let decided: Vec<_> =
            pending.iter().map(|one| &one.id).take_while(|id| readings.contains_key(*id)).collect();
        fault::point("before-decision-commit");
        work.commit().await?;
        fault::point("after-decision-commit");
        self.ahead.forget(decided.iter().copied());
        Ok(decided.len())
    }

    /// The messages whose turn it is: those at the front of the line that have been read.
    async fn turns(
        &self,
        work: &mut Work,
        pending: &[Pending],
        readings: &Readings,
    ) -> Result<Vec<Turn>> {
        let front = pending.iter().map_while(|one| readings.get(&one.id).map(|read| (one, read)));
        let turn = |(one, read): (&Pending, &Arc<Read>)| Turn {
            id: one.id.clone(),
            key: one.key.clone(),
            read: read.clone(),
            repeats: None,
            which: None,
            answers: None,
        };
        let mut turns: Vec<_> = front.map(turn).collect();
        let candidates: Vec<_> = turns.iter().map(candidate).collect();
        let found = work.find_duplicates(&candidates).await?;
        for (turn, repeats) in turns.iter_mut().zip(found) {
            turn.repeats = repeats;
        }
        Ok(turns)
    }

    /// Decides share after share; while one is decided, the one before it is written.
    async fn decide_group(
        &self,
        work: &mut Work,
        group: Group,
        threads: &Arc<Threads>,
        brake: Brake,
        now: Timestamp,
    ) -> Result<Brake> {
        let Group { event, turns, requests } = group;
        let mut wants = Wants::of(&requests);
        let mut board = self.board(work, &event, &wants).await?;
        let further = Wants::further(&requests, &board);
        if further != Wants::default() {
            wants.extend(further);
            board = self.board(work, &event, &wants).await?;
        }
        let (intake, threads) = (self.clone(), threads.clone());
        let mut bench = Bench { intake, event: event.clone(), board, threads, brake, now };
        let mut left = turns.into_iter().zip(requests);
        let mut decided = Vec::new();
        loop {
            let share: Vec<_> = left.by_ref().take(SHARE).collect();
            if share.is_empty() {
                work.record(&event, &decided).await?;
                return Ok(bench.brake);
            }
            let next = tokio::task::spawn_blocking(move || {
                let decided = bench.decide(&share);
                (bench, decided)
            });
            let (next, written) = join(next, work.record(&event, &decided)).await;
            written?;
            (bench, decided) = match next.map_err(JoinError::try_into_panic) {
                Ok(next) => next,
                Err(Ok(panic)) => std::panic::resume_unwind(panic),
                Err(Err(_)) => return Err(store::Error::Unsupported("deciding was broken off")),
            };
        }
    }

    pub(super) fn request(&self, turn: &Turn, threads: &Threads) -> Request {
        let headers = &turn.read.headers;
        let numbers = thread_ids(&turn.read).filter_map(|id| threads.get(id));
        let mut refers_to: Vec<_> = numbers.flat_map(|thread| thread.numbers.clone()).collect();
        refers_to.sort();
        refers_to.dedup();
        Request {
            cause: Cause::Message(turn.id.clone()),
            channel: Channel::Email,
            arrived: turn.key.clone(),
            sender: Sender {
                email: headers.from.as_ref().map(|from| from.email.clone()),
                name: headers.from.as_ref().and_then(|from| from.name.clone()),
                trust: turn.read.trust,
                machine: headers.machine.clone(),
            },
            refers_to,
            reading: turn.read.reading.clone(),
            junk: self.rules(turn).is_some_and(|rules| rules.junk.contains(&turn.key.folder)),
        }
    }

    pub(super) fn rules(&self, turn: &Turn) -> Option<&MailboxRules> {
        self.options.mailboxes.get(&turn.key.mailbox)
    }

    /// Why a message is not even shown to the roster, when it is not.
    fn silence(&self, turn: &Turn, threads: &Threads) -> Option<NoLetter> {
        let headers = &turn.read.headers;
        let own = headers.from.as_ref().is_some_and(|from| self.options.own.contains(&from.email));
        let ours = headers.message_id.as_ref().is_some_and(|id| threads.contains_key(id));
        if own || ours {
            Some(NoLetter::Loop)
        } else if turn.repeats.is_some() {
            Some(NoLetter::Ignored)
        } else {
            None
        }
    }

    fn fate(
        &self,
        turn: &Turn,
        request: &Request,
        threads: &Threads,
        silence: Option<NoLetter>,
    ) -> MessageFate {
        let headers = &turn.read.headers;
        let reading = &turn.read.reading;
        let machine = matches!(reading.kind, Kind::Automatic | Kind::Bounce | Kind::Bulk);
        let state = match (&turn.repeats, silence) {
            (Some(_), _) => LedgerState::Duplicate,
            (None, Some(_)) => LedgerState::Ignored,
            (None, None) if machine => LedgerState::Ignored,
            (None, None) => LedgerState::Done,
        };
        MessageFate {
            id: turn.id.clone(),
            state,
            original: turn.repeats.clone(),
            kind: Some(reading.kind),
            message_id: headers.message_id.clone(),
            sender: request.sender.email.clone(),
            fingerprint: turn.read.fingerprint,
            came_back: came_back(&turn.read, threads),
            facts: Facts {
                from_name: request.sender.name.clone(),
                from: request.sender.email.clone(),
                subject: headers.subject.clone(),
                doubts: reading.doubts.iter().map(|doubt| doubt.reason.clone()).collect(),
                attachments: turn.read.attachments.clone(),
            },
            after: self.rules(turn).is_some_and(|rules| rules.after),
        }
    }
}

impl Bench {
    /// Decides messages in their order; each is on the board before the next is looked at.
    fn decide(&mut self, turns: &[(Turn, Request)]) -> Vec<Decided> {
        turns.iter().map(|(turn, request)| self.one(turn, request)).collect()
    }

    fn one(&mut self, turn: &Turn, request: &Request) -> Decided {
        let Self { intake, event, board, .. } = self;
        let silence = intake.silence(turn, &self.threads);
        let mut verdict = match (silence, &turn.which) {
            (Some(reason), _) => Verdict { no_letter: Some(reason), ..Verdict::default() },
            (None, Some(events)) => roster::ask(request, events.clone()),
            (None, None) => roster::decide(event, board.slice(event, request), request, self.now),
        };
        verdict.answers = turn.answers.clone().filter(|_| silence.is_none());
        board.apply(&verdict);
        let stranger = answers_as_a_stranger(turn, request, &self.threads, board);
        self.brake.apply(&mut verdict, request.sender.email.as_ref(), stranger, &intake.options);
        Decided {
            source: Source::Message(Box::new(intake.fate(turn, request, &self.threads, silence))),
            letters: intake.letters(event, &verdict, Some(&turn.read.headers), self.now),
            verdict,
            at: self.now,
            settings: intake.settings.clone(),
            by: "baoming".to_owned(),
        }
    }
}

/// Whether somebody answers a letter that went to another address, as a robot does that writes from
/// a new one each time: it would be answered for ever.
fn answers_as_a_stranger(turn: &Turn, request: &Request, threads: &Threads, board: &Board) -> bool {
    let sender = request.sender.email.as_ref();
    let mut answered = thread_ids(&turn.read).filter_map(|id| threads.get(id)).peekable();
    if answered.peek().is_some() {
        return answered.all(|thread| Some(&thread.to) != sender);
    }
    let subject = turn.read.headers.subject.trim();
    let numbers = request.numbers();
    let quoted = bare_subject(subject).chars().count() < subject.chars().count();
    let own = |known: &Registration| {
        numbers.contains(known.number.as_str()) && known.email.as_ref() == sender
    };
    quoted && !numbers.is_empty() && !board.known.values().any(own)
}

fn turns_senders(turns: &[Turn]) -> Vec<crate::message::Email> {
    let senders = turns.iter().filter_map(|turn| turn.read.headers.from.as_ref());
    let unique: BTreeSet<_> = senders.map(|from| from.email.clone()).collect();
    unique.into_iter().collect()
}

fn candidate(turn: &Turn) -> Candidate {
    let headers = &turn.read.headers;
    Candidate {
        id: turn.id.clone(),
        message_id: headers.message_id.clone(),
        sender: headers.from.as_ref().map(|from| from.email.clone()),
        fingerprint: turn.read.fingerprint,
    }
}
