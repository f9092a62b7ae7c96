//! Erasing: what names a person goes, and its bytes with it. Counts, codes and the audit's chain
//! stay.
//!
//! The registrations themselves are written by [`Work::record`] like every change, so that the audit
//! says who erased what and when. Here goes all that lies around them: mails, letters, tasks,
//! clerks' entries, and the salts without which the audit's traces say nothing about anybody (I7). A
//! mail or a letter that speaks of others too stays for them, until the whole event is erased.
//!
//! A deleted row leaves its bytes in the file until something else is written there. So the file is
//! written anew after the commit ([`Store::tidy`]); that this is owed is committed with the rest.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::bulk::{self, Value};
use super::cells::Cells;
use super::dialect::Dialect;
use super::letters::{FACTS, personal};
use super::post::recipient;
use super::tasks::{About, REASONS, settle_tasks};
use super::{Result, Said, Store, Work};
use crate::message::Email;
use crate::roster::{Event, Registration};

/// How much was erased, and how much stays because it speaks of others too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// People's registrations.
    pub registrations: u64,
    /// Mails: their bytes, senders and subjects.
    pub messages: u64,
    /// Letters to them.
    pub letters: u64,
    /// What clerks had entered.
    pub orders: u64,
    /// Mails that speak of others too.
    pub shared: u64,
    /// People of whom a keyed trace is kept because of `once_per`.
    pub traces: u64,
}

/// All that lies around some registrations.
#[derive(Debug, Default)]
struct Around {
    messages: BTreeSet<String>,
    letters: BTreeSet<String>,
    orders: BTreeSet<String>,
    registrations: Vec<String>,
    shared: u64,
}

/// Messages whose writer was asked which event they meant and said it in a later one.
macro_rules! answered {
    () => {
        "select asked.id from ledger as asked join decision \
         on decision.source = 'message:' || asked.answered_by where asked.answered_by is not null"
    };
}

/// The tables that what is erased lay in.
const TABLES: [&str; 9] =
    ["raw", "mail", "registration", "ledger", "letter", "task", "command", "audit_salt", "trace"];

impl Work {
    /// Erases what lies around everybody of an event, but the order that says so (`own`). To be called
    /// behind [`Work::record`].
    pub async fn erase_event(
        &mut self,
        event: &Event,
        (at, by): (Timestamp, &str),
        own: Option<&str>,
    ) -> Result<Erased> {
        let sources =
            self.texts("select distinct source from decision where event = $1", &event.id).await?;
        let of = |kind: &str| {
            let ids = sources.iter().filter_map(|source| source.strip_prefix(kind));
            ids.map(str::to_owned).collect::<BTreeSet<_>>()
        };
        let (mut messages, mut orders) = (of("message:"), of("command:"));
        // A message whose writer said later which event it meant belongs to that one.
        messages.extend(self.texts(concat!(answered!(), " and event = $1"), &event.id).await?);
        for elsewhere in self.texts(concat!(answered!(), " and event <> $1"), &event.id).await? {
            messages.remove(&elsewhere);
        }
        // The order that says so is nobody's secret, and an auditor may ask for it.
        orders.retain(|id| Some(id.as_str()) != own);
        let numbers = format!("{}-%", event.prefix);
        let letters = self.texts("select id from letter where numbers like $1", &numbers).await?;
        let registrations =
            self.texts("select id from registration where event = $1", &event.id).await?;
        let mut around = Around {
            letters: letters.into_iter().collect(),
            messages,
            orders,
            registrations,
            shared: 0,
        };
        around.letters.extend(self.letters_of(&around.messages).await?);
        self.erase(&around, at, by).await
    }

    /// Erases what lies around one person's registration, unless it speaks of others too. To be
    /// called behind [`Work::record`], with how the registration stood before.
    pub async fn erase_person(
        &mut self,
        event: &Event,
        known: &Registration,
        (at, by): (Timestamp, &str),
        own: Option<&str>,
    ) -> Result<Erased> {
        let mut around = Around { registrations: vec![known.id.clone()], ..Around::default() };
        let sources = self
            .texts("select distinct source from audit where registration = $1", &known.id)
            .await?;
        for source in sources {
            // Who moved up because of it is not spoken of in it.
            let others = "select distinct registration from audit where source = $1 and action in \
                          ('registered', 'completed', 'accepted', 'cancelled', 'changed', 'approved', \
                          'rejected')";
            let alone = self.texts(others, &source).await?.iter().all(|id| *id == known.id);
            match source.split_once(':') {
                Some(("message", id)) if alone => drop(around.messages.insert(id.to_owned())),
                Some(("message", _)) => around.shared += 1,
                Some(("command", id)) if alone => drop(around.orders.insert(id.to_owned())),
                _ => {}
            }
        }
        around.orders.retain(|id| Some(id.as_str()) != own);
        let answers = around.messages.iter().map(Value::from).collect();
        let asked = "select id from ledger where answered_by in";
        for row in &bulk::within(&mut self.tx, asked, &[], answers, "").await? {
            around.messages.insert(row.text(0)?);
        }
        if let Some(email) = &known.email {
            around.messages.extend(self.further_mail(event, email, known).await?);
        }
        sqlx::query("delete from trace where number = $1")
            .bind(&known.number)
            .execute(&mut *self.tx)
            .await?;
        let numbers = &known.number;
        let letters = self.texts("select id from letter where numbers = $1", numbers).await?;
        around.letters.extend(letters);
        around.letters.extend(self.letters_of(&around.messages).await?);
        self.erase(&around, at, by).await
    }

    /// Erases a message that nobody could read, once it was [recorded](Work::record) as left unread.
    pub async fn erase_unread(&mut self, id: &str, at: Timestamp, by: &str) -> Result<Erased> {
        let mut around = Around { messages: [id.to_owned()].into(), ..Around::default() };
        around.letters.extend(self.letters_of(&around.messages).await?);
        self.erase(&around, at, by).await
    }

    /// Mail from an address that changed nobody's registration: questions, thanks. Where others are
    /// registered from there, it cannot be told whose it is.
    async fn further_mail(
        &mut self,
        event: &Event,
        email: &Email,
        known: &Registration,
    ) -> Result<Vec<String>> {
        let seals = &self.store.0.seals;
        let home = super::roster::email_mac(seals, &event.id, email);
        let sender = recipient(seals, email);
        let rows = sqlx::query("select id from registration where email_mac = $1 and id <> $2")
            .bind(home)
            .bind(&known.id)
            .fetch_all(&mut *self.tx)
            .await?;
        if !rows.is_empty() {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(
            "select ledger.id from ledger join decision on decision.source = 'message:' || ledger.id \
             where sender_mac = $1 and event = $2 and not exists (select 1 from audit \
             where audit.source = decision.source)",
        )
        .bind(sender)
        .bind(&event.id)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    async fn letters_of(&mut self, messages: &BTreeSet<String>) -> Result<Vec<String>> {
        let causes = messages.iter().map(|id| Value::from(format!("message:{id}"))).collect();
        let head = "select id from letter where cause in";
        let rows = bulk::within(&mut self.tx, head, &[], causes, "").await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    async fn erase(&mut self, around: &Around, at: Timestamp, by: &str) -> Result<Erased> {
        let messages = || around.messages.iter().map(Value::from).collect::<Vec<_>>();
        let gone = bulk::within(
            &mut self.tx,
            "delete from raw where id in",
            &[],
            messages(),
            "returning id",
        )
        .await?;
        bulk::within(
            &mut self.tx,
            "update ledger set facts = null, message_mac = null, sender_mac = null, \
             content_mac = null where id in",
            &[],
            messages(),
            "",
        )
        .await?;
        let letters = self.erase_letters(&around.letters, at).await?;
        let orders = around.orders.iter().map(Value::from).collect();
        let blank = [Value::from(Vec::<u8>::new())];
        let head = "update command set content = $1 where id in";
        let blanked = bulk::within(&mut self.tx, head, &blank, orders, "returning id").await?;
        self.erase_tasks(around, at, by).await?;
        let salts = around.registrations.iter().map(Value::from).collect();
        let head = "delete from audit_salt where registration in";
        bulk::within(&mut self.tx, head, &[], salts, "").await?;
        // Digests name people; the staff have theirs in their mailbox.
        sqlx::query(
            "delete from mail where letter in (select id from letter where cause like 'digest:%' \
             and state not in ('waiting', 'sending'))",
        )
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "update letter set message_id = 'erased.' || id where cause like 'digest:%' \
             and state not in ('waiting', 'sending')",
        )
        .execute(&mut *self.tx)
        .await?;
        owe_tidying(&mut self.tx).await?;
        Ok(Erased {
            registrations: u64::try_from(around.registrations.len()).unwrap_or(u64::MAX),
            messages: count(&gone),
            letters,
            orders: count(&blanked),
            shared: around.shared,
            traces: 0,
        })
    }

    /// What a letter says and where it went; one that waits is not sent any more.
    async fn erase_letters(&mut self, ids: &BTreeSet<String>, at: Timestamp) -> Result<u64> {
        let Some(nobody) = Email::parse("erased@erased.invalid") else { return Ok(0) };
        let facts = Said::of(&serde_json::Value::Null);
        let seals = &self.store.0.seals;
        let row = |id: &String| {
            let said = personal(&nobody, &facts);
            Ok([
                Value::from(id),
                Value::from(seals.seal(FACTS, id, said.as_bytes())?),
                Value::from(seals.find("erased letter", &[id])),
                Value::from(format!("erased.{id}")),
            ])
        };
        let rows = ids.iter().map(row).collect::<Result<Vec<_>>>()?;
        let done = bulk::rows(
            &mut self.tx,
            "update letter set facts = column2, recipient_mac = column3, message_id = column4, \
             outcome = null, sent_mark = null from (values",
            rows,
            ") as gone where letter.id = column1 and letter.message_id <> column4 \
             returning letter.id",
        )
        .await?;
        let values = || ids.iter().map(Value::from).collect::<Vec<_>>();
        bulk::within(
            &mut self.tx,
            "update letter set state = 'superseded', settled = $1 where state = 'waiting' and id in",
            &[at.into()],
            values(),
            "",
        )
        .await?;
        let head = "delete from mail where letter in";
        bulk::within(&mut self.tx, head, &[], values(), "").await?;
        Ok(count(&done))
    }

    /// Tasks about them are settled, and say nothing any more.
    async fn erase_tasks(&mut self, around: &Around, at: Timestamp, by: &str) -> Result<()> {
        let vec = |ids: &BTreeSet<String>| ids.iter().cloned().collect::<Vec<_>>();
        let about = [
            (About::Registrations, around.registrations.clone()),
            (About::Messages, vec(&around.messages)),
            (About::Letters, vec(&around.letters)),
        ];
        for (about, ids) in about {
            settle_tasks(&mut self.tx, about, &ids, at, by).await?;
            let head = match about {
                About::Registrations => "select id from task where registration in",
                About::Messages => "select id from task where message in",
                About::Letters => "select id from task where letter in",
            };
            let values = ids.iter().map(Value::from).collect();
            let rows = bulk::within(&mut self.tx, head, &[], values, "").await?;
            let seals = &self.store.0.seals;
            let blank = rows.iter().map(|row| {
                let id = row.text(0)?;
                let reasons = seals.seal_json(REASONS, &id, &Vec::<String>::new())?;
                Ok([Value::from(id), Value::from(reasons)])
            });
            let blank = blank.collect::<Result<Vec<_>>>()?;
            bulk::rows(
                &mut self.tx,
                "update task set reasons = column2 from (values",
                blank,
                ") as gone where task.id = column1",
            )
            .await?;
        }
        Ok(())
    }

    async fn texts(&mut self, query: &'static str, value: impl Into<Value>) -> Result<Vec<String>> {
        let rows = bulk::asked(&mut self.tx, query, value.into()).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }
}

impl Store {
    /// Writes the database's file anew when something was erased from it: then no page of it, and no
    /// page of the log beside it, holds the old bytes. `false` when nothing was owed.
    ///
    /// On PostgreSQL the tables are written anew; what its own log and its backups hold is the
    /// administrator's.
    pub async fn tidy(&self) -> Result<bool> {
        let owed = "select name from meta where name = 'untidy'";
        if sqlx::query(owed).fetch_all(&mut *self.reader().await?).await?.is_empty() {
            return Ok(false);
        }
        let mut conn = self.writer().await?;
        if self.0.dialect == Dialect::Postgres {
            for table in TABLES {
                let anew = AssertSqlSafe(format!("vacuum full {table}"));
                sqlx::raw_sql(anew).execute(&mut *conn).await?;
            }
        } else {
            // A large database must not be held in memory; its copy is as sealed as itself.
            sqlx::raw_sql("pragma temp_store = file").execute(&mut *conn).await?;
            let anew = sqlx::raw_sql("vacuum").execute(&mut *conn).await;
            sqlx::raw_sql("pragma temp_store = memory").execute(&mut *conn).await?;
            anew?;
        }
        sqlx::query("delete from meta where name = 'untidy'").execute(&mut *conn).await?;
        if self.0.dialect != Dialect::Postgres {
            let rows = sqlx::query("pragma wal_checkpoint(truncate)").fetch_all(&mut *conn).await?;
            let busy = rows.first().map_or(Ok(0), |row| row.int(0))?;
            if busy != 0 {
                // Somebody reads: the old log stays until the next look.
                owe_tidying(&mut conn).await?;
            }
        }
        Ok(true)
    }
}

/// Notes that the file holds bytes that are erased, see [`Store::tidy`].
pub(super) async fn owe_tidying(conn: &mut AnyConnection) -> Result<()> {
    sqlx::query("insert into meta (name, value) values ('untidy', '') on conflict do nothing")
        .execute(conn)
        .await?;
    Ok(())
}

fn count(rows: &[sqlx::any::AnyRow]) -> u64 {
    u64::try_from(rows.len()).unwrap_or(u64::MAX)
}
