//! What a digest tells, as facts, and where they come from.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Options;
use super::sheet::MOST_ROWS;
use crate::reading::Kind;
use crate::roster::{Cause, Event, Registration, State, Status, Tally, TaskKind, Wants};
use crate::store::{
    Health, LedgerCount, LedgerState, LetterFilter, LetterRow, LetterState, News,
    RegistrationFilter, Result, Standing, Store, TaskRow, bureau_of,
};

/// Everything that a digest tells.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Its day key.
    pub day: String,
    /// The moment that it describes.
    pub at: Timestamp,
    /// What came after this is new; `None` for the first digest.
    pub since: Option<Timestamp>,
    /// One part an event.
    pub events: Vec<EventFacts>,
    /// What a person must look at, the oldest first.
    pub tasks: Vec<TaskFacts>,
    /// Messages decided since, by state and kind.
    pub decided: Vec<(LedgerState, Option<Kind>, u64)>,
    /// All messages, by mailbox, folder and state.
    pub ledger: Vec<LedgerCount>,
    /// How the service is.
    pub health: Health,
}

/// One event's places and news.
#[derive(Clone, Debug)]
pub struct EventFacts {
    /// The event.
    pub event: Event,
    /// Confirmed, reserved, waiting, by category id.
    pub tallies: BTreeMap<String, Tally>,
    /// The first of the registrations that were made or changed since, in order.
    pub changed: Vec<Standing>,
    /// How many more there are.
    pub further: usize,
    /// How many of those were made since, not only changed.
    pub further_fresh: usize,
    /// What has happened to it as a whole.
    pub state: State,
    /// Who has a place and no address, while the reminders are out: they are to be telephoned.
    pub to_call: Vec<Registration>,
}

/// A task with what it concerns.
#[derive(Clone, Debug)]
pub struct TaskFacts {
    /// The task.
    pub task: TaskRow,
    /// The registration.
    pub registration: Option<Registration>,
    /// The letter that did not arrive.
    pub letter: Option<LetterRow>,
}

/// What a pause of sending begins with in the store, see `outbox`.
pub(super) const SENDING: &str = "smtp";

/// Most letters that are looked through for those that did not arrive.
const MOST_LETTERS: u32 = 1000;

impl Facts {
    /// Collects the facts for the digest `day`.
    pub async fn collect(
        store: &Store,
        of: &Options,
        day: &str,
        at: Timestamp,
        since: Option<Timestamp>,
    ) -> Result<Self> {
        let from = since.unwrap_or(Timestamp::UNIX_EPOCH);
        let mut parts = Vec::new();
        for event in &of.events {
            parts.push(EventFacts::collect(store, event, from, at).await?);
        }
        Ok(Self {
            day: day.to_owned(),
            at,
            since,
            events: parts,
            tasks: tasks(store, of).await?,
            decided: {
                let mut rows = store.decided_between(from, at).await?;
                rows.retain(|(mailbox, ..)| tells_of(of, mailbox));
                rows.into_iter().map(|(_, state, kind, count)| (state, kind, count)).collect()
            },
            ledger: {
                let mut counts = store.ledger_counts().await?;
                counts.retain(|count| tells_of(of, &count.mailbox));
                counts
            },
            health: health(store, of, at).await?,
        })
    }
}

impl EventFacts {
    async fn collect(
        store: &Store,
        event: &Event,
        since: Timestamp,
        at: Timestamp,
    ) -> Result<Self> {
        // The board is the one place that counts without reading the whole roster.
        let mut work = store.work().await?;
        work.event(event).await?;
        let board = work.board(event, &Wants::default()).await?;
        drop(work);
        let News { first: changed, further, further_fresh } =
            store.news(&event.id, since, MOST_ROWS).await?;
        let state = board.state;
        let near = state.reminded == Some(event.takes_place) && at < event.takes_place;
        let filter = RegistrationFilter {
            event: Some(event.id.clone()),
            status: Some(Status::Confirmed),
            ..RegistrationFilter::default()
        };
        let confirmed = if near { store.registrations(&filter).await? } else { Vec::new() };
        let to_call = confirmed.into_iter().map(|one| one.registration);
        let to_call = to_call.filter(|one| one.email.is_none()).collect();
        let (event, tallies) = (event.clone(), board.tallies);
        Ok(Self { event, tallies, changed, further, further_fresh, state, to_call })
    }
}

/// Whether the digest tells of a mailbox.
fn tells_of(of: &Options, mailbox: &str) -> bool {
    of.mailboxes.as_ref().is_none_or(|own| own.contains(mailbox))
}

/// The service's health, as far as it is this bureau's.
pub(super) async fn health(store: &Store, of: &Options, at: Timestamp) -> Result<Health> {
    let Some(own) = &of.mailboxes else { return store.health(at).await };
    let bureau = of.office.bureau.as_str();
    let mut health = store.health_of(at, bureau, own).await?;
    health.pauses.retain(|pause| match pause.what.split_once(':') {
        Some((SENDING, other)) => other == bureau,
        Some((_, mailbox)) => own.contains(mailbox),
        None => bureau.is_empty(),
    });
    health.open_tasks = tasks(store, of).await?.len().try_into().unwrap_or(u64::MAX);
    Ok(health)
}

/// Whether a task is of one of the events that are told of; of a task without an event its mailbox
/// decides, or the digest that did not arrive.
fn concerns(of: &Options, task: &TaskRow, letter: Option<&LetterRow>) -> bool {
    if of.mailboxes.is_none() {
        return true;
    }
    match (&task.event, &task.message, letter.map(|letter| &letter.cause)) {
        (Some(event), ..) => of.events.iter().any(|own| own.id == *event),
        (None, Some(message), _) => tells_of(of, &message.key.mailbox),
        (None, None, Some(Cause::Digest(day))) => bureau_of(day) == of.office.bureau,
        (None, None, _) => of.office.bureau.is_empty(),
    }
}

async fn tasks(store: &Store, of: &Options) -> Result<Vec<TaskFacts>> {
    let tasks = store.open_tasks().await?;
    let mut letters = BTreeMap::new();
    if tasks.iter().any(|task| task.kind == TaskKind::Undelivered) {
        for state in [LetterState::Refused, LetterState::Uncertain, LetterState::Sent] {
            let limit = Some(MOST_LETTERS);
            let filter = LetterFilter { state: Some(state), limit, ..LetterFilter::default() };
            let rows = store.letters(&filter).await?;
            letters.extend(rows.into_iter().map(|letter| (letter.id.clone(), letter)));
        }
    }
    let mut facts = Vec::new();
    for task in tasks {
        let letter = task.letter.as_ref().and_then(|id| letters.get(id)).cloned();
        if !concerns(of, &task, letter.as_ref()) {
            continue;
        }
        let spoken_of = letter.as_ref().and_then(|letter| letter.numbers.first());
        let registration = match task.registration.as_ref().or(spoken_of) {
            Some(number) => store.registration(number).await?.map(|standing| standing.registration),
            None => None,
        };
        facts.push(TaskFacts { task, registration, letter });
    }
    Ok(facts)
}
