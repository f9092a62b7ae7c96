//! Writes down what was decided: roster, letters, tasks, audit, journal and ledger together.

use std::collections::{BTreeSet, HashMap};

use super::bulk::{self, Value};
use super::cells::word;
use super::chain::{self, Change};
use super::ledger::FACTS;
use super::post::{keep_letters, recipient};
use super::registrations::person_json;
use super::seal::Seals;
use super::tasks::{About, NewTask, open_tasks, settle_tasks};
use super::work::traces;
use super::{Decided, MessageFate, NewLetter, Result, Source, Work, journal, roster, supersede};
use crate::roster::{Event, Registration, Step};

impl Work {
    /// Writes a window of decisions in the order given. Refused, with everything undone by the
    /// drop of the work, when a category would have more confirmed than its quota (I2).
    pub async fn record(&mut self, event: &Event, decided: &[Decided]) -> Result<()> {
        if decided.is_empty() {
            return Ok(());
        }
        let written = self.write(event, decided).await;
        self.spoilt |= written.is_err();
        written
    }

    async fn write(&mut self, event: &Event, decided: &[Decided]) -> Result<()> {
        let sources: Vec<String> = decided.iter().map(|one| one.source.text()).collect();
        let steps: Vec<&Step> = decided.iter().flat_map(|one| &one.verdict.steps).collect();
        let persons = steps.iter().map(|step| person_json(&step.after));
        let persons: Vec<Vec<u8>> = persons.collect::<Result<_>>()?;
        self.write_roster(event, &steps, &persons).await?;
        let changes: Vec<Change<'_>> = decided
            .iter()
            .zip(&sources)
            .flat_map(|(one, source)| one.verdict.steps.iter().map(move |step| (one, source, step)))
            .zip(&persons)
            .map(|((Decided { at, by, .. }, source, step), person)| Change {
                at: *at,
                by,
                source,
                step,
                person,
            })
            .collect();
        chain::append(&self.store, &mut self.tx, &changes).await?;
        let letters: Vec<_> = decided
            .iter()
            .flat_map(|one| one.letters.iter().map(|letter| (one.at, letter, stands(one, letter))))
            .collect();
        keep_letters(&self.store, &mut self.tx, &event.life.bureau, &letters).await?;
        self.supersede(decided).await?;
        self.write_tasks(event, decided).await?;
        self.write_state(event, decided).await?;
        self.write_came_back(decided).await?;
        self.write_fates(decided).await?;
        journal::append(&mut self.tx, event, decided, &sources).await
    }

    /// Each registration once, as its last step leaves it.
    async fn write_roster(
        &mut self,
        event: &Event,
        steps: &[&Step],
        persons: &[Vec<u8>],
    ) -> Result<()> {
        let mut last: Vec<(&Registration, &[u8])> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (step, person) in steps.iter().zip(persons) {
            let place = *places.entry(&step.after.id).or_insert(last.len());
            match last.get_mut(place) {
                Some(slot) => *slot = (&step.after, person),
                None => last.push((&step.after, person)),
            }
        }
        if last.is_empty() {
            return Ok(());
        }
        roster::write(&mut self.tx, &self.store.0.seals, event, &last).await?;
        roster::guard_quotas(&mut self.tx, event).await
    }

    /// A decision settles what was open before it, then opens its own.
    async fn write_tasks(&mut self, event: &Event, decided: &[Decided]) -> Result<()> {
        let mut tasks: Vec<NewTask> = Vec::new();
        for one in decided {
            let message = match &one.source {
                Source::Message(fate) => Some(fate.id.clone()),
                Source::Command(_) | Source::Clock => None,
            };
            let settled: BTreeSet<&String> = one.verdict.settles.iter().collect();
            let settled: Vec<String> = settled.into_iter().cloned().collect();
            if !settled.is_empty() {
                let about = About::Registrations;
                settle_tasks(&mut self.tx, about, &settled, one.at, &one.by).await?;
                for task in &mut tasks {
                    let about = task.registration.as_ref();
                    if task.closed.is_none() && about.is_some_and(|id| settled.contains(id)) {
                        task.closed = Some((one.at, one.by.clone()));
                    }
                }
            }
            if let Some(answered) = &one.verdict.answers {
                let ids = std::slice::from_ref(answered);
                settle_tasks(&mut self.tx, About::Messages, ids, one.at, &one.by).await?;
                sqlx::query("update ledger set answered_by = $2 where id = $1")
                    .bind(answered)
                    .bind(message.as_deref())
                    .execute(&mut *self.tx)
                    .await?;
            }
            tasks.extend(one.verdict.tasks.iter().map(|task| NewTask {
                event: Some(event.id.clone()),
                registration: task.registration.clone(),
                message: message.clone(),
                ..NewTask::new(task.kind, one.at, task.reasons.clone())
            }));
        }
        open_tasks(&self.store, &mut self.tx, tasks).await
    }

    /// Letters that came back, each one once.
    async fn write_came_back(&mut self, decided: &[Decided]) -> Result<()> {
        for (one, fate) in fates(decided) {
            let Some(back) = &fate.came_back else { continue };
            let open = sqlx::query("select id from task where closed is null and letter = $1")
                .bind(&back.letter)
                .fetch_all(&mut *self.tx)
                .await?;
            if open.is_empty() {
                let numbers = back.numbers.join(" ");
                let told =
                    self.store.undelivered(&mut self.tx, &back.letter, &numbers, &back.why).await?;
                let task = NewTask { message: Some(fate.id.clone()), opened: one.at, ..told };
                open_tasks(&self.store, &mut self.tx, vec![task]).await?;
            }
        }
        Ok(())
    }

    /// What became of the messages.
    async fn write_fates(&mut self, decided: &[Decided]) -> Result<()> {
        let seals = &self.store.0.seals;
        let rows = fates(decided).map(|(one, fate)| fate_row(seals, one, fate));
        bulk::rows(
            &mut self.tx,
            "update ledger set state = column2, original = column3, decided = column4, \
             kind = column5, message_mac = column6, sender_mac = column7, content_mac = column8, \
             facts = column9, after_state = column10 from (values",
            rows.collect::<Result<_>>()?,
            ") as fate where ledger.id = column1",
        )
        .await
        .map(drop)
    }
}

/// Whether a letter says nothing but how registrations stand.
fn stands(one: &Decided, letter: &NewLetter) -> bool {
    let mut owed = one.verdict.letters.iter();
    let same = owed.find(|owed| owed.cause == letter.cause && owed.to == letter.to);
    same.is_some_and(supersede::stands)
}

fn fates(decided: &[Decided]) -> impl Iterator<Item = (&Decided, &MessageFate)> {
    decided.iter().filter_map(|one| match &one.source {
        Source::Message(fate) => Some((one, fate.as_ref())),
        Source::Command(_) | Source::Clock => None,
    })
}

fn fate_row(seals: &Seals, one: &Decided, fate: &MessageFate) -> Result<[Value; 10]> {
    let MessageFate { id, message_id, sender, fingerprint, .. } = fate;
    let traces = message_id
        .as_deref()
        .map(|message_id| traces(seals, message_id, sender.as_ref(), fingerprint));
    let (message, content) = traces.map(|traces| (traces.message, traces.content)).unzip();
    Ok([
        Value::from(id),
        Value::from(fate.state.word()),
        Value::from(fate.original.clone()),
        Value::from(one.at),
        Value::from(fate.kind.map(|kind| word(&kind))),
        Value::from(message),
        Value::from(sender.as_ref().map(|email| recipient(seals, email))),
        Value::from(content),
        Value::from(seals.seal_json(FACTS, id, &fate.facts)?),
        Value::from(if fate.after { "pending" } else { "none" }),
    ])
}
