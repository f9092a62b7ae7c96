//! Once a day, one letter tells the staff everything: so that nobody reads the mailbox to find out
//! what happened.
//!
//! [`Digests::post_if_due`] writes the digest of a day key once, over restarts and downtime: the key
//! and its letters, one a recipient, are committed together, and the outbox sends them like any
//! other. It is written even when nothing happened, because its coming is also the sign that the
//! service lives. Names and numbers are masked, except where somebody must telephone.

mod day;
mod facts;
mod folders;
mod pulse;
mod samples;
mod sheet;
mod todo;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::clock::Clock;
use crate::message::Email;
use crate::reply::{Composed, MailError, Office, Stationery, TemplateError};
use crate::roster::{Cause, Event};
use crate::store::{Health, NewLetter, Said, Store};

pub use day::Hour;
pub use facts::{EventFacts, Facts, TaskFacts};
pub use samples::check_templates;
use sheet::Sheet;

/// What digests need beside the store and the clock.
#[derive(Clone, Debug)]
pub struct Options {
    /// When.
    pub hour: Hour,
    /// To whom, one letter each.
    pub staff: Vec<Email>,
    /// From whom.
    pub office: Office,
    /// The templates.
    pub stationery: Arc<Stationery>,
    /// The events that are told of, in the order of the settings.
    pub events: Vec<Event>,
    /// The mailboxes that are told of; `None`, where there is one bureau: every one.
    pub mailboxes: Option<BTreeSet<String>>,
}

/// A digest that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store.
    #[error(transparent)]
    Store(#[from] crate::store::Error),
    /// A template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The mail.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// A file that shall hold it.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: std::path::PathBuf,
        /// Why not.
        source: std::io::Error,
    },
}

/// A digest in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The subject of its letters.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
}

/// Writes digests.
#[derive(Debug)]
pub struct Digests {
    store: Store,
    clock: Clock,
    options: Options,
}

#[derive(Serialize)]
struct Context<'a> {
    sheet: &'a Sheet,
}

impl Digests {
    /// The digests of `store`.
    #[must_use]
    pub fn new(store: Store, clock: Clock, options: Options) -> Self {
        Self { store, clock, options }
    }

    /// When the next digest is due.
    #[must_use]
    pub fn next(&self) -> Timestamp {
        self.options.hour.next(self.clock.now())
    }

    /// Posts the digest that is due, if one is, and gives back its day key.
    pub async fn post_if_due(&self) -> Result<Option<String>, Error> {
        let now = self.clock.now();
        let last = self.store.last_digest(&self.options.office.bureau).await?;
        let Some(day) = self.options.hour.due(now, last.as_ref()) else { return Ok(None) };
        Ok(self.post(&day).await?.then_some(day))
    }

    /// Posts the digest of a day, unless that day has its digest.
    pub async fn post(&self, day: &str) -> Result<bool, Error> {
        let key = match self.options.office.bureau.as_str() {
            "" => day.to_owned(),
            bureau => format!("{day}/{bureau}"),
        };
        if self.store.digest_done(&key).await? {
            return Ok(false);
        }
        let now = self.clock.now();
        let page = self.page(day).await?;
        let cause = Cause::Digest(key.clone());
        let mut letters = Vec::new();
        for to in &self.options.staff {
            let texts = (page.text.clone(), page.html.clone());
            let composed = Composed::report(&self.options.office, to, &cause, &page.subject, texts);
            letters.push(NewLetter {
                cause: cause.clone(),
                to: to.clone(),
                message_id: composed.message_id.clone(),
                facts: Said::of(&serde_json::json!({ "digest": day })),
                mail: Some(composed.to_mail(now, &self.options.hour.zone)?),
                // Before every letter that waits: the heartbeat is not held up by a long queue.
                due: Timestamp::UNIX_EPOCH,
                numbers: Vec::new(),
            });
        }
        let mut work = self.store.work().await?;
        let posted = work.post_digest(&key, now, &letters).await?;
        work.commit().await?;
        Ok(posted)
    }

    /// How the service is, as far as it is this bureau's.
    pub async fn health(&self) -> Result<Health, Error> {
        Ok(facts::health(&self.store, &self.options, self.clock.now()).await?)
    }

    /// The digest of a day key as it would be written now: what is new since the last one.
    pub async fn page(&self, day: &str) -> Result<Page, Error> {
        let last = self.store.last_digest(&self.options.office.bureau).await?;
        let (now, since) = (self.clock.now(), last.map(|last| last.at));
        let facts = Facts::collect(&self.store, &self.options, day, now, since).await?;
        let host =
            self.options.events.first().map_or(&self.options.office.name, |event| &event.host);
        Ok(write(&self.options.stationery, &facts, host, &self.options.hour.zone)?)
    }

    /// Writes the digest of a day key as `DAY.txt` and `DAY.html` into a folder.
    pub async fn write_files(&self, day: &str, folder: &Path) -> Result<(), Error> {
        let page = self.page(day).await?;
        let put = |name: String, text: &str| {
            let path = folder.join(name);
            std::fs::write(&path, text).map_err(|source| Error::File { path, source })
        };
        let made = std::fs::create_dir_all(folder);
        made.map_err(|source| Error::File { path: folder.to_owned(), source })?;
        put(format!("{day}.txt"), &page.text)?;
        put(format!("{day}.html"), &page.html)
    }
}

/// Facts become words.
pub fn write(
    stationery: &Stationery,
    facts: &Facts,
    host: &str,
    zone: &jiff::tz::TimeZone,
) -> Result<Page, TemplateError> {
    let sheet = Sheet::new(facts, host, zone);
    let context = Context { sheet: &sheet };
    Ok(Page {
        subject: sheet.subject(),
        text: stationery.render("digest.txt", &context)?,
        html: stationery.render("digest.html", &context)?,
    })
}
