//! I6: the journal, replayed into an empty database, gives the same roster.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use baoming::clock::{Clock, Dice};
use baoming::daemon::{Desk, Vault, assemble};
use baoming::settings::{Settings, Sources};
use baoming::store::{DecisionRow, FolderPass, RegistrationFilter, Store};

/// What a store's roster says of everybody.
pub(crate) async fn told(store: &Store) -> Vec<String> {
    let rows = store.registrations(&RegistrationFilter::default()).await.unwrap();
    let one = |one: &baoming::store::Standing| {
        let it = &one.registration;
        let values: BTreeMap<_, _> =
            it.person.iter().map(|(field, found)| (field, &found.value)).collect();
        format!(
            "{} {:?} {:?} seat {} place {:?} {:?} {:?} {} {:?} {:?}",
            it.number,
            it.status,
            it.category,
            it.seat,
            one.position,
            it.key.arrived,
            it.channel,
            it.reason,
            it.hold_until,
            values
        )
    };
    rows.iter().map(one).collect()
}

/// Replays a store's journal under the settings of `config` (but an own database) and compares.
/// Gives back what differs.
pub(crate) async fn differences(store: &Store, config: &Path) -> Vec<String> {
    let folder = tempfile::Builder::new().prefix("replay-").tempdir().unwrap();
    let sources = Sources {
        file: config.to_owned(),
        environment: HashMap::new(),
        credentials: None,
        passwords: false,
    };
    let settings = sources.load().unwrap();
    let mut replay = Replay::open(settings, folder.path()).await;
    let rows = store.decisions(0, u32::MAX).await.unwrap();
    for group in rows.chunk_by(|one, next| {
        let together = one.source.starts_with("message:") && next.source.starts_with("message:");
        together && one.at == next.at && one.settings == next.settings
    }) {
        replay.apply(store, group).await;
    }
    let (first, second) = (told(store).await, told(&replay.vault.store).await);
    let mut broken = Vec::new();
    if first.len() != second.len() {
        broken.push(format!("I6: {} registrations, replayed {}", first.len(), second.len()));
    }
    let differ = first.iter().zip(&second).filter(|(one, other)| one != other).take(3);
    broken.extend(differ.map(|(one, other)| format!("I6: {one}\n replayed {other}")));
    let audit = replay.vault.store.verify_audit().await.unwrap();
    broken.extend(audit.broken_at.map(|at| format!("I7: the replayed chain breaks at {at}")));
    replay.vault.store.close().await;
    broken
}

struct Replay {
    settings: Settings,
    in_force: String,
    clock: Clock,
    dice: Dice,
    vault: Vault,
    desk: Desk,
}

impl Replay {
    async fn open(settings: Settings, folder: &Path) -> Self {
        let (clock, dice) = (Clock::standing_at(jiff::Timestamp::UNIX_EPOCH), Dice::seeded(7));
        let options = baoming::store::Options {
            url: format!("sqlite:{}", folder.join("replay.db").display()),
            key: baoming::store::Key::from_credential(&[7; 32]).unwrap(),
            create: true,
            patience: std::time::Duration::from_secs(5),
        };
        let seal = baoming::reply::SealKey::new([7; 32]);
        let store = Store::open(options, clock.clone(), dice.clone()).await.unwrap();
        let vault = Vault { store, seal };
        let desk = assemble(&settings, &vault, &clock, &dice, None).await.unwrap();
        Self { settings, in_force: String::new(), clock, dice, vault, desk }
    }

    /// Makes decisions again that were made together.
    async fn apply(&mut self, from: &Store, group: &[DecisionRow]) {
        let Some(first) = group.first() else { return };
        self.clock.set(first.at);
        if self.in_force != first.settings {
            let record = from.settings(&first.settings).await.unwrap().unwrap();
            self.settings.days = Settings::from_record(&record).unwrap();
            let (vault, clock, dice) = (&self.vault, &self.clock, &self.dice);
            self.desk = assemble(&self.settings, vault, clock, dice, None).await.unwrap();
            self.desk.intake.fill().await.unwrap();
            self.in_force.clone_from(&first.settings);
        }
        let intake = &self.desk.intake;
        match first.source.split_once(':') {
            Some(("message", _)) => {
                let id =
                    |row: &DecisionRow| row.source.strip_prefix("message:").unwrap().to_owned();
                let raw = from.raw(&group.iter().map(id).collect::<Vec<_>>()).await.unwrap();
                let arrivals: Vec<_> = raw.into_iter().map(|(_, arrival)| arrival).collect();
                assert_eq!(arrivals.len(), group.len(), "the bytes of all messages are kept");
                intake.store().receive(&arrivals, jiff::Timestamp::MIN).await.unwrap();
                intake.decide_all().await.unwrap();
            }
            Some(("command", id)) => {
                let order = from.command(id).await.unwrap().unwrap().order;
                intake.order(&order.by, Some(&first.event), order.kind).await.unwrap();
            }
            _ => {
                self.look(first.at).await;
                intake.lapse().await.unwrap();
                intake.fill().await.unwrap();
            }
        }
    }

    /// As a full look into every folder leaves it.
    async fn look(&self, at: jiff::Timestamp) {
        for mailbox in &self.settings.mailboxes {
            let seen = mailbox.folders.iter().map(|folder| FolderPass {
                folder: folder.clone(),
                uidvalidity: 0,
                listed: 0,
                held: 0,
            });
            let seen: Vec<_> = seen.collect();
            self.vault.store.note_pass(&mailbox.name, at, &seen).await.unwrap();
        }
    }
}
