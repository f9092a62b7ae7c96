//! From settings to a desk that can work: every room gets its own options.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use secrecy::ExposeSecret;

use super::{Desk, Post};
use crate::clock::{Clock, Dice};
use crate::confine;
use crate::digest::Digests;
use crate::intake::{self, Intake, MailboxRules};
use crate::mailbox::{After, Source};
use crate::message::Email;
use crate::outbox::Outbox;
use crate::reply::{Office, SealKey, TemplateError};
use crate::roster::Event;
use crate::settings::{self, ModelsLacking, Settings};
use crate::store::{self, Store};

/// What the key that seals Message-IDs is derived for.
const MESSAGE_IDS: &str = "message-id";

/// Why a desk cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum AssemblyError {
    /// A letter template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The models for pictures.
    #[error(transparent)]
    Models(#[from] ModelsLacking),
    /// The store, or what it knows (a quota that is smaller than what is confirmed).
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl AssemblyError {
    /// The settings are at fault, not the surroundings: exit code 78.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        match self {
            Self::Template(_) | Self::Models(_) => true,
            Self::Store(error) => {
                matches!(error, store::Error::QuotaTooSmall { .. } | store::Error::Address(_))
            }
        }
    }
}

/// The open store with what is derived from its key.
#[derive(Clone, Debug)]
pub struct Vault {
    /// The store.
    pub store: Store,
    /// Seals Message-IDs.
    pub seal: SealKey,
}

impl Vault {
    /// Opens the database. `create`: it and its key are made when they are missing.
    pub async fn open(
        settings: &settings::Database,
        create: bool,
        clock: &Clock,
        dice: &Dice,
    ) -> store::Result<Self> {
        let options = settings.options(create, dice)?;
        let seal = SealKey::new(*options.key.derive(MESSAGE_IDS).expose_secret());
        let store = Store::open(options, clock.clone(), dice.clone()).await?;
        Ok(Self { store, seal })
    }
}

/// Sets a desk up. With `readers`, mail is read in confined processes, else in this one. It gives no place away: the service fills those of a raised quota when it takes
/// the settings over, and until then a clerk may give one out of turn.
pub async fn assemble(
    settings: &Settings,
    vault: &Vault,
    clock: &Clock,
    dice: &Dice,
    readers: Option<confine::Options>,
) -> Result<Desk, AssemblyError> {
    let stationery = settings.stationery()?;
    let office = settings.office(vault.seal.clone());
    let store = vault.store.clone();
    let intake = Intake::open(
        store.clone(),
        office.clone(),
        intake_options(settings, vault, readers)?,
        clock.clone(),
        dice.clone(),
    )
    .await?;
    let counter = |office: Office| {
        let outbox = settings.outbox(office.clone(), stationery.clone());
        let outbox = Outbox::new(store.clone(), clock.clone(), outbox);
        let digests = settings.digests(office, stationery.clone());
        let digests = Digests::new(store.clone(), clock.clone(), digests);
        (Arc::new(outbox), Arc::new(digests))
    };
    let (outbox, digests) = counter(office);
    let others = settings.others.iter();
    let others =
        others.map(|other| counter(settings.office_of(&other.name, vault.seal.clone()))).collect();
    let stop_within = settings.daemon.stop_within;
    Ok(Desk { posts: posts(settings), intake, outbox, digests, others, stop_within })
}

fn intake_options(
    settings: &Settings,
    vault: &Vault,
    readers: Option<confine::Options>,
) -> Result<intake::Options, ModelsLacking> {
    // Tried here as well, so that a broken file is told at the start.
    let recogniser = settings.recogniser()?;
    let models = settings.models()?;
    let eyes = recogniser.as_ref().filter(|_| readers.is_none());
    let events: Vec<Event> = settings.days.iter().map(|day| day.event.clone()).collect();
    let rules = |mailbox: &settings::Mailbox| {
        let here = |event: &&Event| mailbox.events.contains(&event.id);
        let rules = MailboxRules {
            reader: Arc::new(settings.reader(mailbox, eyes)),
            events: events.iter().filter(here).cloned().collect(),
            since: mailbox.since,
            folders: mailbox.folders.iter().cloned().collect(),
            junk: mailbox.folders.iter().filter(|folder| is_junk(folder)).cloned().collect(),
            after: mailbox.after != After::Keep,
        };
        (mailbox.name.clone(), rules)
    };
    let mailboxes: BTreeMap<_, _> = settings.mailboxes.iter().map(rules).collect();
    let own: BTreeSet<_> =
        settings.mailboxes.iter().filter_map(address).chain(own_senders(settings)).collect();
    let words = settings.mailboxes.iter().map(|one| (one.name.clone(), settings.vocabulary(one)));
    let pool = readers
        .map(|options| Arc::new(confine::Pool::with_models(options, words.collect(), models)));
    Ok(intake::Options {
        pool,
        recorded: settings.record(),
        events: events.clone(),
        own,
        mailboxes,
        staff: settings.staff.addresses.iter().cloned().collect(),
        answers_per_day: settings.sending.per_address,
        // A flood of questions must leave room for what was decided.
        courtesies_per_day: courtesies(&settings.sending),
        others: settings.others.iter().map(|other| another(settings, vault, other)).collect(),
    })
}

fn courtesies(sending: &settings::Sending) -> u32 {
    (sending.pace.per_day / 2).max(1)
}

fn another(
    settings: &Settings,
    vault: &Vault,
    other: &settings::Bureau,
) -> (String, intake::Bureau) {
    let own = intake::Bureau {
        office: settings.office_of(&other.name, vault.seal.clone()),
        staff: other.staff.addresses.iter().cloned().collect(),
        answers_per_day: other.sending.per_address,
        courtesies_per_day: courtesies(&other.sending),
    };
    (other.name.clone(), own)
}

/// The addresses that letters come from, and those where answers shall go.
fn own_senders(settings: &Settings) -> impl Iterator<Item = Email> {
    let others = settings.others.iter().map(|other| &other.sending);
    let all = others.chain([&settings.sending]);
    all.flat_map(|sending| [Some(sending.from.clone()), sending.reply_to.clone()]).flatten()
}

/// What providers call the folder for what they take for spam, in lower case. Advertisement and
/// subscription folders (广告邮件, 订阅邮件) are none: registrations do land there.
const JUNK: [&str; 6] = ["junk", "spam", "junk email", "junk e-mail", "bulk mail", "垃圾邮件"];

fn is_junk(folder: &str) -> bool {
    JUNK.contains(&folder.to_lowercase().as_str())
}

/// The account's own address, where its name is one.
fn address(mailbox: &settings::Mailbox) -> Option<Email> {
    match &mailbox.source {
        Source::Imap(options) => Email::parse(&options.user),
        Source::Maildir(_) => None,
    }
}

fn posts(settings: &Settings) -> Vec<Post> {
    let post = |mailbox: &settings::Mailbox| Post {
        source: mailbox.source.clone(),
        folders: mailbox.folders.clone(),
        after: mailbox.after.clone(),
        poll: mailbox.poll,
        listing: mailbox.listing,
    };
    settings.mailboxes.iter().map(post).collect()
}
