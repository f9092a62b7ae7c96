//! A letter that waits is overtaken when a later decision changes what it says: the newer letter
//! takes its place, so that nobody is told first what is true no more. One that was claimed is left
//! alone: it may be out already.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::bulk::{self, Value};
use super::cells::{Cells, cause_text};
use super::post::recipient;
use super::{Decided, Result, Work};
use crate::roster::{Action, Cause, Item, Outcome, Owed, Verdict};

/// Whether a letter says nothing but how registrations stand: only such a one may be overtaken.
pub(super) fn stands(owed: &Owed) -> bool {
    // Nothing takes the place of a word about the event itself.
    let of_event =
        |item: &Item| matches!(item.outcome, Outcome::Moved { .. } | Outcome::CalledOff { .. });
    let about_one =
        |item: &Item| item.number.is_some() && item.outcome != Outcome::Passed && !of_event(item);
    !owed.items.is_empty() && owed.items.iter().all(about_one)
}

/// A letter that tells of changed registrations.
struct Newer<'a> {
    cause: &'a Cause,
    to: Vec<u8>,
    numbers: BTreeSet<&'a str>,
    at: Timestamp,
}

/// A letter that waits.
struct Waiting {
    id: String,
    number: i64,
    to: Vec<u8>,
    cause: String,
    numbers: Vec<String>,
}

impl Work {
    /// Overtakes the letters that these decisions made stale.
    pub(super) async fn supersede(&mut self, decided: &[Decided]) -> Result<()> {
        let seals = &self.store.0.seals;
        let mut newer: Vec<Newer<'_>> = Vec::new();
        for one in decided {
            let told =
                one.verdict.letters.iter().filter(|owed| tells_of_changes(&one.verdict, owed));
            newer.extend(told.map(|owed| Newer {
                cause: &owed.cause,
                to: recipient(seals, &owed.to),
                numbers: owed.items.iter().filter_map(|item| item.number.as_deref()).collect(),
                at: one.at,
            }));
        }
        if newer.is_empty() {
            return Ok(());
        }
        let waiting = self.waiting(&newer).await?;
        let places: HashMap<(&[u8], &str), i64> =
            waiting.iter().map(|one| ((&*one.to, &*one.cause), one.number)).collect();
        for newer in &newer {
            let cause = cause_text(newer.cause);
            let place = places.get(&(&*newer.to, &*cause)).copied();
            let stale = waiting.iter().filter(|old| {
                let overtaken = place.is_some_and(|place| old.number < place);
                let covered = || old.numbers.iter().all(|one| newer.numbers.contains(&**one));
                overtaken && old.to == newer.to && covered()
            });
            let ids: Vec<_> = stale.map(|old| Value::from(&old.id)).collect();
            bulk::within(
                &mut self.tx,
                "update letter set state = 'superseded', settled = $1 \
                 where state = 'waiting' and id in",
                &[newer.at.into()],
                ids,
                "",
            )
            .await?;
        }
        Ok(())
    }

    /// The letters to the same people that wait and say nothing but how registrations stand.
    async fn waiting(&mut self, newer: &[Newer<'_>]) -> Result<Vec<Waiting>> {
        let people: BTreeSet<&Vec<u8>> = newer.iter().map(|newer| &newer.to).collect();
        let rows = bulk::within(
            &mut self.tx,
            "select id, number, recipient_mac, cause, numbers from letter \
             where state = 'waiting' and standing = 1 and recipient_mac in",
            &[],
            people.into_iter().cloned().map(Value::from).collect(),
            "order by number",
        )
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Waiting {
                    id: row.text(0)?,
                    number: row.int(1)?,
                    to: row.bytes(2)?.to_vec(),
                    cause: row.text(3)?,
                    numbers: row.str(4)?.split_whitespace().map(str::to_owned).collect(),
                })
            })
            .collect()
    }
}

/// Whether a letter says how registrations stand that its decision changed, all of them. New ones
/// have no earlier letter.
fn tells_of_changes(verdict: &Verdict, owed: &Owed) -> bool {
    let changed = |item: &Item| {
        let steps = verdict.steps.iter();
        let mut own = steps.filter(|step| item.number.as_ref() == Some(&step.after.number));
        own.any(|step| step.action != Action::Registered)
    };
    stands(owed) && owed.items.iter().all(changed)
}
