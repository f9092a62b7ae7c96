//! `[database]`: where everything is kept.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::rule;
use super::sources::Sources;
use super::table::Table;

/// Where everything is kept.
#[derive(Clone, Debug)]
pub struct Database {
    /// Which database.
    pub kind: Engine,
    /// The file with the key that seals mail and personal values; made at the first start.
    pub key_file: PathBuf,
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
        let kind = url.and_then(|url| engine(table, sources, &url));
        if kind.is_none() {
            table.abandon();
        }
        let written = sources.secret_file(table, "key");
        let beside_database = match &kind {
            Some(Engine::Sqlite(path)) => path.parent().map(|folder| folder.join("baoming.key")),
            _ => None,
        };
        let key_file = written.or(beside_database);
        if key_file.is_none() && kind.is_some() && !table.has("key") {
            let what = "is missing: with PostgreSQL the key that seals personal data has no place \
                        of its own";
            table.wrong("key", what, "{ credential = \"key\" } or { file = \"…\" }");
        }
        Some(Self { kind: kind?, key_file: key_file? })
    }
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
