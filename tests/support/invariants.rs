//! The promises I1 to I7, looked for in the database past the program: what must hold after every
//! crash and every fault. Whoever includes this file has `support` at its root.
#![expect(dead_code, reason = "each test program uses its own part of this")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly; it looks at what it has just asked for"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use baoming::store::{LetterFilter, LetterState, Store};
use sqlx::any::{AnyConnectOptions, AnyRow};
use sqlx::{AnyConnection, AssertSqlSafe, ConnectOptions, Connection, Row};

/// What must never be found, whatever was killed a moment ago: each query gives back what breaks
/// the promise beside it.
const NEVER: [(&str, &str); 22] = [
    (
        "I1: a message in no state",
        "select id from ledger where state not in ('received', 'done', 'duplicate', 'ignored', \
         'quarantined', 'alias', 'preexisting')",
    ),
    (
        "I1: a message without its bytes",
        "select ledger.id from ledger left join raw on raw.id = ledger.id \
         where raw.id is null and state not in ('alias', 'preexisting') \
         and (state = 'received' or facts is not null)",
    ),
    (
        "I1: bytes of a message that keeps none",
        "select raw.id from raw join ledger on raw.id = ledger.id \
         where state in ('alias', 'preexisting')",
    ),
    (
        "I1: an alias of nothing",
        "select one.id from ledger one left join ledger other on other.id = one.original \
         where one.state = 'alias' and (other.id is null or other.sha256 <> one.sha256 \
         or other.state in ('alias', 'preexisting'))",
    ),
    (
        "I1: a duplicate of nothing",
        "select one.id from ledger one left join ledger other on other.id = one.original \
         where one.state = 'duplicate' and (other.id is null or other.state not in ('done', 'ignored'))",
    ),
    (
        "I1: the same bytes twice",
        "select min(id) from ledger where state not in ('alias', 'preexisting') \
         group by sha256 having count(*) > 1",
    ),
    (
        "I2: more places than there are",
        "select category from quota where quota < (select count(*) from registration \
         where registration.event = quota.event \
         and coalesce(registration.place_of, registration.category) = quota.category \
         and stands in ('confirmed', 'reserved'))",
    ),
    (
        "I2: a registration that counts as something else than it is",
        "select number from registration where stands <> case \
         when status = 'confirmed' then 'confirmed' \
         when status in ('incomplete', 'review', 'waitlisted') and seat = 1 then 'reserved' \
         when status = 'waitlisted' then 'line' \
         when status in ('incomplete', 'review') and category is not null then 'line' \
         else 'out' end",
    ),
    (
        "a number that is not used up",
        "select number from registration join event on event.id = registration.event \
         where serial > last_serial",
    ),
    (
        "I3: one Message-ID for two letters",
        "select message_id from letter group by message_id having count(*) > 1",
    ),
    (
        "I3: a letter that was tried without being kept",
        "select letter.id from letter left join mail on mail.letter = letter.id \
         where mail.letter is null and attempts > 0 and message_id not like 'erased.%'",
    ),
    (
        "I3: a sender without a claim",
        "select id from letter where state = 'sending' and (claimed_until is null or attempts = 0)",
    ),
    (
        "I4: a decision that owes nothing and does not say why",
        "select source from decision where letters = 0 and no_letter is null",
    ),
    (
        "I4: a decided message without its one decision",
        "select id from ledger where state in ('done', 'ignored', 'duplicate') and \
         (select count(*) from decision where source = 'message:' || ledger.id) <> 1",
    ),
    (
        "I4: a decision about a message that waits",
        "select source from decision where source like 'message:%' and not exists \
         (select 1 from ledger where 'message:' || ledger.id = source \
         and state in ('done', 'ignored', 'duplicate'))",
    ),
    (
        "I4: a letter without its decision",
        "select cause from letter where (cause like 'message:%' or cause like 'command:%') \
         and not exists (select 1 from decision where source = cause)",
    ),
    (
        "I4: an order without its decision",
        "select id from command where not exists \
         (select 1 from decision where source = 'command:' || command.id)",
    ),
    (
        "I4: not as many letters as the decisions owe",
        "select owed.n from (select coalesce(sum(letters), 0) as n from decision) owed, \
         (select count(*) as n from letter where cause not like 'digest:%') kept \
         where owed.n <> kept.n",
    ),
    (
        // A later decision about its only person says it better.
        "a letter that did not arrive, and nobody is told",
        "select id from letter where state in ('uncertain', 'refused') and not exists \
         (select 1 from task where task.letter = letter.id and (closed is null \
         or (letter.numbers <> '' and letter.numbers not like '% %')))",
    ),
    (
        "a message in quarantine, and nobody is told",
        "select id from ledger where state = 'quarantined' and not exists \
         (select 1 from task where task.message = ledger.id and closed is null)",
    ),
    (
        // An erased person's salt is gone, whatever else remains.
        "I7: a registration that is gone",
        "select distinct registration from audit where not exists (select 1 from registration \
         where registration.id = audit.registration) and exists (select 1 from audit_salt \
         where audit_salt.registration = audit.registration)",
    ),
    (
        "I7: a registration that the audit does not know as it is",
        "select number from registration where not exists (select 1 from audit \
         where audit.registration = registration.id and audit.status = registration.status \
         and audit.seat = registration.seat \
         and coalesce(audit.category, '') = coalesce(registration.category, '') \
         and audit.seq = (select max(seq) from audit last where last.registration = registration.id))",
    ),
];

/// What must not be found either once nothing is left to do.
const AT_REST: [(&str, &str); 3] = [
    ("a message that waits for ever", "select id from ledger where state = 'received'"),
    ("a letter that waits for ever", "select id from letter where state in ('waiting', 'sending')"),
    (
        "I1: the server lists what the ledger does not have",
        "select folder from pass where listed <> held",
    ),
];

/// The names of all promises that are asked of the database.
pub(crate) fn promises() -> impl Iterator<Item = &'static str> {
    NEVER.iter().chain(&AT_REST).map(|(promise, _)| *promise)
}

/// A database that is looked at.
pub(crate) struct Invariants {
    conn: AnyConnection,
    sqlite: bool,
}

impl Invariants {
    /// `sqlite:PATH` or `postgres://…`.
    pub(crate) async fn open(url: &str) -> Self {
        sqlx::any::install_default_drivers();
        let conn = AnyConnectOptions::from_str(url).unwrap().connect().await.unwrap();
        Self { conn, sqlite: url.starts_with("sqlite:") }
    }

    /// What breaks a promise at any moment, in words; nothing when all is well.
    pub(crate) async fn broken(&mut self, store: &Store) -> Vec<String> {
        let mut broken = Vec::new();
        if self.sqlite {
            let told = self.texts("pragma integrity_check").await;
            broken.extend(told.into_iter().filter(|told| told != "ok"));
            let strays = self.rows("pragma foreign_key_check").await;
            broken.extend(strays.iter().map(|row| format!("a stray row: {:?}", row.columns())));
        }
        for (promise, query) in NEVER {
            broken.extend(self.found(promise, query).await);
        }
        broken.extend(self.overtaken().await);
        let audit = store.verify_audit().await.unwrap();
        broken.extend(audit.broken_at.map(|at| format!("I7: the chain breaks at row {at}")));
        broken
    }

    /// What is left over although everything should be done; each promise besides.
    pub(crate) async fn broken_at_rest(&mut self, store: &Store) -> Vec<String> {
        let mut broken = self.broken(store).await;
        for (promise, query) in AT_REST {
            broken.extend(self.found(promise, query).await);
        }
        broken
    }

    /// I1: what of a folder's real listing stands not exactly once in the ledger.
    pub(crate) async fn missing(&mut self, folder: &str, uids: &[u32]) -> Vec<String> {
        let rows = self
            .rows(&format!(
                "select uid from ledger where folder = '{folder}' and uidvalidity = \
                 (select max(uidvalidity) from ledger where folder = '{folder}')"
            ))
            .await;
        let held: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
        let count = |uid: u32| held.iter().filter(|held| **held == i64::from(uid)).count();
        let lost = uids.iter().filter(|uid| count(**uid) != 1);
        lost.map(|uid| format!("I1: message {uid} of {folder} is not in the ledger once")).collect()
    }

    /// I3: what the recipients have, by address the Message-IDs in their mailboxes, against what
    /// the store says of its letters.
    pub(crate) async fn letters(
        store: &Store,
        held: &BTreeMap<String, Vec<String>>,
    ) -> Vec<String> {
        let mut broken = Vec::new();
        let letters = store.letters(&LetterFilter::default()).await.unwrap();
        let mut known = BTreeSet::new();
        for letter in &letters {
            let to = letter.to.as_str();
            let copies = held
                .get(to)
                .map_or(0, |ids| ids.iter().filter(|id| **id == letter.message_id).count());
            known.insert((to.to_owned(), letter.message_id.clone()));
            let right = match letter.state {
                LetterState::Sent => copies == 1,
                LetterState::Uncertain => copies <= 1,
                _ => copies == 0,
            };
            if !right {
                let (number, state) = (letter.number, letter.state);
                broken.push(format!("I3: letter {number} is {state} and arrived {copies} times"));
            }
        }
        for (to, ids) in held {
            let strange = ids.iter().filter(|id| !known.contains(&(to.clone(), (*id).clone())));
            broken
                .extend(strange.map(|id| format!("I3: {to} has a letter {id} that nobody wrote")));
        }
        broken
    }

    /// I5: the audit from its beginning: nobody gets a place while somebody of the same line
    /// stands before, and the program never takes a place away.
    async fn overtaken(&mut self) -> Vec<String> {
        let rows = self
            .rows(
                "select audit.registration, audit.status, coalesce(audit.category, ''), audit.seat, \
                 why, source, rank, number from audit \
                 join registration on registration.id = audit.registration order by seq",
            )
            .await;
        let mut broken = Vec::new();
        // By registration: category, whether it has a place, whether it stands in line, rank.
        let mut standing: BTreeMap<String, (String, bool, bool, String)> = BTreeMap::new();
        let mut moved: BTreeSet<String> = BTreeSet::new();
        for row in &rows {
            let text = |at: usize| row.get::<String, _>(at);
            let (id, status, category, rank) = (text(0), text(1), text(2), text(6));
            let unfinished = matches!(status.as_str(), "incomplete" | "review");
            let waits = unfinished || status == "waitlisted";
            let seated = status == "confirmed" || (waits && row.get::<i64, _>(3) == 1);
            let in_line = waits && !seated && !category.is_empty();
            let before = standing.get(&id);
            // Its rank is told as it is now: not what it was before it went to another line.
            if before.is_some_and(|before| before.0 != category) {
                moved.insert(id.clone());
            }
            let newly = seated && !before.is_some_and(|before| before.1);
            // A written reason to pass others: a clerk's, a group that does not fit, a second wish.
            let reasoned = ["out-of-turn", "past-group", "other-category", "substituted", "chosen"];
            if newly && !reasoned.contains(&&*text(4)) && !moved.contains(&id) {
                let first = standing.iter().find(|(other, (line, _, waits, other_rank))| {
                    let same = *waits && *line == category && **other != id;
                    same && *other_rank < rank && !moved.contains(*other)
                });
                broken.extend(first.map(|_| format!("I5: {} overtakes", text(7))));
            }
            let lost = before.is_some_and(|before| before.1) && status == "cancelled";
            if lost && text(5) == "clock" && !["lapsed", "offer-expired"].contains(&&*text(4)) {
                broken.push(format!("I5: the place of {} is taken back: {}", text(7), text(4)));
            }
            standing.insert(id, (category, seated, in_line, rank));
        }
        broken
    }

    async fn found(&mut self, promise: &str, query: &str) -> Option<String> {
        let rows = self.rows(query).await;
        (!rows.is_empty()).then(|| {
            let first: Vec<_> = rows.iter().take(5).map(text).collect();
            format!("{promise}: {} ({})", first.join(", "), rows.len())
        })
    }

    /// The first column of all rows, as text.
    pub(crate) async fn texts(&mut self, query: &str) -> Vec<String> {
        self.rows(query).await.iter().map(text).collect()
    }

    /// The first number that a query gives back.
    pub(crate) async fn number(&mut self, query: &str) -> i64 {
        self.rows(query).await[0].get(0)
    }

    async fn rows(&mut self, query: &str) -> Vec<AnyRow> {
        let asked = sqlx::query(AssertSqlSafe(query.to_owned())).fetch_all(&mut self.conn).await;
        asked.unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    /// A statement without an answer.
    pub(crate) async fn tell(&mut self, statement: &str) {
        sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut self.conn).await.unwrap();
    }

    /// Ends the connection.
    pub(crate) async fn close(self) {
        self.conn.close().await.unwrap();
    }
}

fn text(row: &AnyRow) -> String {
    let text = row.try_get::<String, _>(0);
    text.unwrap_or_else(|_| row.try_get::<i64, _>(0).unwrap().to_string())
}

/// Used by no test, so that the expectation of dead code above always holds.
struct NobodyNeedsThis;
