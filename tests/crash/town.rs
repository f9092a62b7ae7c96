//! The citizens of a town, who write whatever happens at the bureau, and what they find in their
//! mailboxes.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use baoming::clock::{Clock, Dice};
use baoming::daemon::Vault;
use baoming::settings::{Settings, Sources};

use crate::bureau::{Bureau, DESK, STAFF};
use crate::invariants::Invariants;
use crate::support::mailserver::MailServer;

const FAMILY: [&str; 10] = ["马", "王", "李", "张", "杨", "苏", "韩", "丁", "田", "陈"];
const FIRST: [&str; 10] = ["建", "玉", "志", "淑", "彦", "永", "佳", "思", "国", "海"];
const SECOND: [&str; 10] = ["国", "梅", "强", "芳", "龙", "红", "慧", "远", "栋", "涵"];

/// The longest wait for Postfix to carry a letter.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) fn address(n: usize) -> String {
    format!("c{n}@example.test")
}

pub(crate) fn name(n: usize) -> String {
    [FAMILY[n % 10], FIRST[n / 10 % 10], SECOND[n / 100 % 10]].concat()
}

fn phone(n: usize) -> String {
    format!("139950{n:05}")
}

/// Everybody with a mailbox.
pub(crate) fn users(citizens: usize) -> Vec<String> {
    (0..citizens).map(address).chain([DESK.to_owned(), STAFF.to_owned()]).collect()
}

/// Who has written what.
pub(crate) struct Town<'a> {
    pub(crate) bureau: &'a Bureau<'a>,
    server: &'a MailServer,
    dice: Dice,
    citizens: usize,
    /// How many citizens have written.
    written: usize,
    mails: usize,
    /// Citizens who left out their telephone, and those who did not.
    incomplete: Vec<usize>,
    complete: Vec<usize>,
    last: Vec<u8>,
    /// The bureau's database, as sqlx names it.
    pub(crate) url: String,
}

impl<'a> Town<'a> {
    pub(crate) fn new(
        bureau: &'a Bureau<'a>,
        citizens: usize,
        dice: Dice,
        postgres: Option<&str>,
    ) -> Self {
        let sqlite = || format!("sqlite:{}", bureau.path("baoming.db").display());
        bureau.server.plant(DESK, []);
        Self {
            bureau,
            server: bureau.server,
            dice,
            citizens,
            written: 0,
            mails: 0,
            incomplete: Vec::new(),
            complete: Vec::new(),
            last: Vec::new(),
            url: postgres.map_or_else(sqlite, str::to_owned),
        }
    }

    fn one_of(&self, from: &[usize]) -> Option<usize> {
        let len = u64::try_from(from.len()).unwrap();
        from.get(usize::try_from(self.dice.below(len)).unwrap()).copied()
    }

    /// Somebody writes something.
    pub(crate) fn write(&mut self) {
        let n = self.written % self.citizens;
        let (from, subject, text) = match self.dice.below(12) {
            0 if !self.incomplete.is_empty() => {
                let n = self.incomplete.remove(0);
                (n, "Re: 报名", format!("我的电话是{}。\n", phone(n)))
            }
            1 if !self.complete.is_empty() => {
                let n = self.one_of(&self.complete).unwrap();
                (n, "取消报名", format!("我是{}，去不了，取消报名。\n", name(n)))
            }
            2 if !self.complete.is_empty() => {
                let n = self.one_of(&self.complete).unwrap();
                (n, "请问", "请问到政务服务大厅可以坐几路公交车？谢谢。\n".to_owned())
            }
            3 if !self.last.is_empty() => return self.deliver(&self.last.clone()),
            4 if !self.last.is_empty() => {
                // The same mail by another way: other bytes, the same content.
                let trace = format!("Received: from {} by mx.example.test\r\n", self.mails);
                return self.deliver(&[trace.as_bytes(), &self.last.clone()].concat());
            }
            5 => {
                self.written += 1;
                self.incomplete.push(n);
                (n, "政府开放日报名", format!("姓名：{}\n想做群众代表。\n", name(n)))
            }
            other => {
                self.written += 1;
                self.complete.push(n);
                let category = if other == 6 {
                    "政务公开义务监督员"
                } else {
                    "企业及群众代表"
                };
                let (name, phone) = (name(n), phone(n));
                let text = format!("姓名：{name}\n联系电话：{phone}\n报名类别：{category}\n");
                (n, "政府开放日报名", text)
            }
        };
        self.mails += 1;
        let from = address(from);
        let raw = format!(
            "From: {from}\r\nTo: {DESK}\r\nSubject: {subject}\r\nMessage-ID: <{}.{from}>\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\n{}",
            self.mails,
            text.replace('\n', "\r\n")
        );
        self.last = raw.into_bytes();
        self.deliver(&self.last.clone());
    }

    /// Lays a mail into the bureau's mailbox, as a delivery agent does: whole or not at all.
    fn deliver(&mut self, raw: &[u8]) {
        self.mails += 1;
        let maildir = self.maildir(DESK);
        let name = format!("{}.M{:06}.town", jiff::Timestamp::now().as_second(), self.mails);
        let draft = maildir.join("tmp").join(&name);
        fs::write(&draft, raw).unwrap();
        let owner = fs::metadata(&maildir).unwrap();
        chown(&draft, Some(owner.uid()), Some(owner.gid())).unwrap();
        fs::rename(&draft, maildir.join("new").join(&name)).unwrap();
    }

    fn maildir(&self, user: &str) -> PathBuf {
        self.server.path().join("mail").join(user).join("Maildir")
    }

    /// The Message-IDs of the letters that the citizens have, by address.
    fn held(&self) -> BTreeMap<String, Vec<String>> {
        let mut held = BTreeMap::new();
        for user in (0..self.citizens).map(address) {
            let mut ids = Vec::new();
            for part in ["new", "cur"] {
                let Ok(files) = fs::read_dir(self.maildir(&user).join(part)) else { continue };
                for file in files {
                    let Ok(raw) = fs::read(file.unwrap().path()) else { continue };
                    let parsed = mail_parser::MessageParser::default().parse(&raw).unwrap();
                    ids.push(parsed.message_id().unwrap().to_owned());
                }
            }
            if !ids.is_empty() {
                held.insert(user, ids);
            }
        }
        held
    }

    /// The bureau's store, opened beside the program.
    pub(crate) async fn vault(&self) -> Vault {
        let settings = self.settings();
        Vault::open(&settings.database, false, &Clock::system(), &Dice::system()).await.unwrap()
    }

    pub(crate) fn settings(&self) -> Settings {
        let sources = Sources {
            file: self.bureau.path("baoming.toml"),
            environment: std::collections::HashMap::new(),
            credentials: None,
            passwords: false,
        };
        sources.load().unwrap()
    }

    /// What must hold at any moment.
    pub(crate) async fn check(&self) -> Vec<String> {
        let vault = self.vault().await;
        let mut invariants = Invariants::open(&self.url).await;
        let broken = invariants.broken(&vault.store).await;
        invariants.close().await;
        vault.store.close().await;
        broken
    }

    /// Works off all that is left, then looks at everything: the database, the bureau's mailbox,
    /// the citizens' mailboxes.
    pub(crate) async fn settle(&self) -> Vec<String> {
        let mut invariants = Invariants::open(&self.url).await;
        let due = "select count(*) from ledger where state = 'received'";
        let wait = "select count(*) from letter where state in ('waiting', 'sending')";
        for _ in 0..10 {
            self.bureau.well(&["once"]);
            // Where several daemons share a database, dead claims run out after half an hour.
            invariants.tell("update letter set claimed_until = 0 where state = 'sending'").await;
            for id in invariants.texts("select id from ledger where state = 'quarantined'").await {
                self.bureau.well(&["reprocess", &id]);
            }
            if invariants.number(due).await + invariants.number(wait).await == 0 {
                break;
            }
        }
        let vault = self.vault().await;
        let mut broken = invariants.broken_at_rest(&vault.store).await;
        for folder in ["INBOX", "Junk"] {
            let uids: Vec<_> =
                self.server.imap(DESK).flags(folder).into_iter().map(|(uid, _)| uid).collect();
            broken.extend(invariants.missing(folder, &uids).await);
        }
        let end = Instant::now() + PATIENCE;
        let letters = loop {
            let letters = Invariants::letters(&vault.store, &self.held()).await;
            if letters.is_empty() || Instant::now() > end {
                break letters;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        broken.extend(letters);
        invariants.close().await;
        vault.store.close().await;
        broken
    }

    /// I6.
    pub(crate) async fn replay(&self) -> Vec<String> {
        let vault = self.vault().await;
        let broken =
            crate::replayed::differences(&vault.store, &self.bureau.path("baoming.toml")).await;
        vault.store.close().await;
        broken
    }

    /// A number out of the database.
    pub(crate) async fn number(&self, query: &str) -> i64 {
        let mut invariants = Invariants::open(&self.url).await;
        let number = invariants.number(query).await;
        invariants.close().await;
        number
    }

    /// Statements to the database: what only time would do.
    pub(crate) async fn tell(&self, statements: &str) {
        let mut invariants = Invariants::open(&self.url).await;
        invariants.tell(statements).await;
        invariants.close().await;
    }
}
