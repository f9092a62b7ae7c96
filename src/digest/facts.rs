//! What a digest tells, as facts, and where they come from.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::reading::Kind;
use crate::roster::{Event, Registration, State, Status, Tally, TaskKind, Wants};
use crate::store::{
    Health, LedgerCount, LedgerState, LetterFilter, LetterRow, LetterState, RegistrationFilter,
    Result, Standing, Store, TaskRow,
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
    /// Registrations that were made or changed since, in order.
    pub changed: Vec<Standing>,
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

/// Most letters that are looked through for those that did not arrive.
const MOST_LETTERS: u32 = 1000;

impl Facts {
    /// Collects the facts for the digest `day`.
    pub async fn collect(
        store: &Store,
        events: &[Event],
        day: &str,
        at: Timestamp,
        since: Option<Timestamp>,
    ) -> Result<Self> {
        let from = since.unwrap_or(Timestamp::UNIX_EPOCH);
        let mut parts = Vec::new();
        for event in events {
            parts.push(EventFacts::collect(store, event, from, at).await?);
        }
        Ok(Self {
            day: day.to_owned(),
            at,
            since,
            events: parts,
            tasks: tasks(store).await?,
            decided: store.decided_between(from, at).await?,
            ledger: store.ledger_counts().await?,
            health: store.health(at).await?,
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
        let filter = RegistrationFilter {
            event: Some(event.id.clone()),
            changed_since: Some(since),
            ..RegistrationFilter::default()
        };
        let mut changed = store.registrations(&filter).await?;
        // Of somebody who was erased there is nothing to tell.
        changed.retain(|one| !one.registration.person.is_empty());
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
        Ok(Self { event: event.clone(), tallies: board.tallies, changed, state, to_call })
    }
}

async fn tasks(store: &Store) -> Result<Vec<TaskFacts>> {
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
        let spoken_of = letter.as_ref().and_then(|letter| letter.numbers.first());
        let registration = match task.registration.as_ref().or(spoken_of) {
            Some(number) => store.registration(number).await?.map(|standing| standing.registration),
            None => None,
        };
        facts.push(TaskFacts { task, registration, letter });
    }
    Ok(facts)
}
