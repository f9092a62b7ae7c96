//! `[database]`: where everything is kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::rule;
use super::secret::Holder;
use super::sources::Sources;
use super::table::Table;
use crate::clock::Dice;
use crate::store::{self, Key};

/// How long a statement waits for somebody else's lock: a backup or a large decision is over by
/// then.
const PATIENCE: Duration = Duration::from_secs(15);

/// Where everything is kept.
#[derive(Clone, Debug)]
pub struct Database {
    /// Which database.
    pub engine: Engine,
    /// Where the key is that seals mail and personal values.
    pub key: Holder,
}

/// The two databases.
#[derive(Clone, Debug)]
pub enum Engine {
    /// One file on this machine.
    Sqlite(PathBuf),
    /// A PostgreSQL server, for several daemons on one roster.
    Postgres {
        /// `postgres://user@host:port/database`, without a password.
        url: String,
        /// The user's password; none where the server needs none (a local socket).
        password: Option<SecretString>,
    },
}

const ALLOWED: &str = "\"sqlite:/var/lib/baoming/baoming.db\" or \"postgres://user@host/database\"";

impl Database {
    pub(super) fn read(mut table: Table, sources: &Sources) -> Option<Self> {
        let table = &mut table;
        let default = "sqlite:/var/lib/baoming/baoming.db".to_owned();
        let url = table.or("url", &rule::text(), default);
        let engine = url.and_then(|url| engine(table, sources, &url));
        if engine.is_none() {
            table.abandon();
        }
        let written = sources.holder(table, "key");
        let beside = match &engine {
            Some(Engine::Sqlite(path)) => Some(Holder::File(path.with_file_name("baoming.key"))),
            _ => None,
        };
        let key = written.or(beside);
        if key.is_none() && engine.is_some() && !table.has("key") {
            let what = "is missing: with PostgreSQL the key that seals personal data has no place \
                        of its own";
            table.wrong("key", what, "{ credential = \"key\" } or { file = \"…\" }");
        }
        Some(Self { engine: engine?, key: key? })
    }

    /// What the store is opened with. With `create` the SQLite file and the key are made when they
    /// are missing, but no key for a database that is there; the key is read now.
    pub fn options(&self, create: bool, dice: &Dice) -> store::Result<store::Options> {
        let made = match &self.engine {
            Engine::Sqlite(path) => fs::metadata(path).is_ok_and(|file| file.len() > 0),
            Engine::Postgres { .. } => false,
        };
        if let Engine::Sqlite(path) = &self.engine
            && !create
            && fs::metadata(path).is_err()
        {
            return Err(store::Error::Missing(path.clone()));
        }
        let key = match &self.key {
            Holder::File(path) if create && !made => Key::load_or_create(path, dice)?,
            Holder::File(path) => Key::load(path)?,
            Holder::Credential(path) => Key::from_credential(&fs::read(path).unwrap_or_default())?,
        };
        Ok(store::Options { url: self.url(), key, create, patience: PATIENCE })
    }

    fn url(&self) -> String {
        match &self.engine {
            Engine::Sqlite(path) => format!("sqlite:{}", path.display()),
            Engine::Postgres { url, password } => {
                let password = password.as_ref().map(ExposeSecret::expose_secret);
                match (url.split_once('@'), password.filter(|password| !password.is_empty())) {
                    (Some((account, place)), Some(password)) => {
                        format!("{account}:{}@{place}", percent_encoded(password))
                    }
                    _ => url.clone(),
                }
            }
        }
    }
}

/// A password as a URL holds it (RFC 3986 §2.1).
fn percent_encoded(text: &str) -> String {
    let encoded = text.bytes().map(|byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

fn engine(table: &mut Table, sources: &Sources, url: &str) -> Option<Engine> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let path = path.trim_start_matches("//");
        if path.is_empty() || path.contains('?') {
            table.wrong("url", "names no file", ALLOWED);
            return None;
        }
        return Some(Engine::Sqlite(sources.beside(Path::new(path))));
    }
    let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"));
    let Some(rest) = rest else {
        table.wrong("url", "is no address of a database", ALLOWED);
        return None;
    };
    let account = rest.rsplit_once('@').map_or("", |(account, _)| account);
    if account.contains(':') || rest.contains("password=") {
        let what = "holds a password, which does not belong into the settings";
        table.wrong_secret("url", what, "postgres://user@host/database, and password = { … }");
        return None;
    }
    let password = sources.optional_password(table, "password");
    Some(Engine::Postgres { url: url.to_owned(), password })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_with_any_characters_gets_into_the_address_and_not_into_debug() {
        let engine = Engine::Postgres {
            url: "postgres://baoming@db/roster".to_owned(),
            password: Some(SecretString::from("p@ss:/wörd")),
        };
        let database = Database { engine, key: Holder::File(PathBuf::from("k")) };
        assert_eq!(database.url(), "postgres://baoming:p%40ss%3A%2Fw%C3%B6rd@db/roster");
        assert!(!format!("{database:?}").contains("p@ss"), "{database:?}");
    }
}
