//! What the calendar asks for: reminders on the day before, and forgetting in the end.

use std::time::Duration;

use super::{Intake, OrderError};
use crate::fault;
use crate::roster::{self, Wants, same_person};
use crate::store::{self, Erased};

/// How long something that came in after an event was erased is kept: its answer must get out.
const LATECOMERS: Duration = Duration::from_hours(7 * 24);

impl Intake {
    /// Writes the reminders that are due, one an address. Gives back how many letters that were.
    pub async fn remind(&self) -> store::Result<usize> {
        let mut letters = 0;
        for event in &self.options.events {
            let now = self.clock.now();
            let due = event.reminder().is_some_and(|at| at <= now) && now < event.takes_place;
            let state = self.store.event_state(&event.id).await?;
            if !due || state.called_off.is_some() || state.reminded == Some(event.takes_place) {
                continue;
            }
            let mut work = self.store.work().await?;
            let wants = Wants::everybody();
            let mut board = work.board(event, &wants).await?;
            let verdict = roster::remind(event, board.select(event, &wants), now);
            if verdict.state.is_none() {
                continue;
            }
            letters += verdict.letters.len();
            work.record(event, &[self.by_clock(event, verdict, now)]).await?;
            work.commit().await?;
        }
        Ok(letters)
    }

    /// Erases what is personal of events that were over long enough ago, and of what came in about
    /// them since. Gives back the events.
    pub async fn forget(&self) -> store::Result<Vec<String>> {
        let mut forgotten = Vec::new();
        for event in &self.options.events {
            let now = self.clock.now();
            if event.forgotten().is_none_or(|at| now < at) {
                continue;
            }
            let erased = self.store.event_state(&event.id).await?.erased;
            if let Some(erased) = erased {
                let last = self.store.last_decision(&event.id).await?;
                let last = last.max(self.last_unread(event).await?);
                let late = last.filter(|last| *last > erased);
                let rested = late.and_then(|late| late.checked_add(LATECOMERS).ok());
                if rested.is_none_or(|rested| now < rested) {
                    continue;
                }
            }
            let mut work = self.store.work().await?;
            let wants = Wants::everybody();
            let mut board = work.board(event, &wants).await?;
            let verdict = roster::forget(event, board.select(event, &wants), now);
            let traces = self.before_forgetting(&mut work, event, "baoming").await?;
            work.record(event, &[self.by_clock(event, verdict, now)]).await?;
            let erased = work.erase_event(event, (now, "baoming"), None).await?;
            let erased = Erased { traces, ..erased };
            fault::point("before-forgetting-commit");
            work.commit().await?;
            tracing::info!(event = event.id, ?erased, "what was personal is erased");
            forgotten.push(event.id.clone());
        }
        self.store.forget_traces(self.clock.now()).await?;
        self.store.tidy().await?;
        Ok(forgotten)
    }

    /// The numbers of all registrations of the person who has this one, in every event.
    pub async fn same_person(&self, number: &str) -> Result<Vec<String>, OrderError> {
        let number = number.trim().to_uppercase();
        let found = self.store.registration(&number).await?;
        let Some(found) = found else { return Err(OrderError::NoSuchNumber(number)) };
        let person = &found.registration.person;
        let mut numbers = vec![number];
        for event in &self.options.events {
            let mut work = self.store.work().await?;
            let board = work.board(event, &Wants::of_person(person)).await?;
            let same = board.known.into_values().filter(|one| same_person(&one.person, person));
            let further: Vec<_> =
                same.map(|one| one.number).filter(|one| !numbers.contains(one)).collect();
            numbers.extend(further);
        }
        Ok(numbers)
    }
}
