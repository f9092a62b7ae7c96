//! Passwords: read from a systemd credential or a file of their own, never from the settings.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use config::ValueKind;
use secrecy::SecretString;

use super::rule;
use super::sources::Sources;
use super::table::Table;

const ALLOWED: &str = "{ credential = \"imap\" } or { file = \"/etc/baoming/imap.password\" }";

/// Where a secret is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// In a file of its own.
    File(PathBuf),
    /// Handed out by systemd, or where systemd takes it from.
    Credential(PathBuf),
}

impl Holder {
    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Credential(path) => path,
        }
    }
}

/// A password is one short line.
const LONGEST: u64 = 4096;

impl Sources {
    /// The password that `key` points to; a missing key is reported.
    pub(super) fn password(&self, table: &mut Table, key: &str) -> Option<SecretString> {
        if !table.has(key) {
            table.wrong(key, "is missing", ALLOWED);
        }
        self.optional_password(table, key)
    }

    /// Like [`Sources::password`], but the key may be missing.
    pub(super) fn optional_password(&self, table: &mut Table, key: &str) -> Option<SecretString> {
        let holder = self.holder(table, key)?;
        if self.passwords {
            self.held_in(table, key, &holder)
        } else {
            Some(SecretString::default())
        }
    }

    /// Who holds the secret; `None` where the key is not written or wrong.
    pub(super) fn holder(&self, table: &mut Table, key: &str) -> Option<Holder> {
        if !table.has(key) {
            let _known = table.take(key);
            return None;
        }
        if !matches!(table.peek(key), Some(ValueKind::Table(_))) {
            let _value = table.take(key);
            let what = "a password does not stand in the settings or the environment: put it into \
                        a file that only its owner can read";
            table.wrong_secret(key, what, ALLOWED);
            return None;
        }
        let mut holder = table.section(key);
        let name = rule::shaped("a name of letters, digits, - and _", r"^[A-Za-z0-9_-]+$");
        let credential = holder.optional("credential", &name);
        let file = holder.optional("file", &rule::path());
        // What comes from the environment wins over the file.
        let (one, other) = (holder.overridden("credential"), holder.overridden("file"));
        match (credential, file) {
            (Some(_), Some(_)) if one == other => {
                holder.wrong("file", "stands beside credential", "one of the two");
                None
            }
            (Some(name), file) if one || file.is_none() => {
                Some(Holder::Credential(self.credential(&name)))
            }
            (_, Some(file)) => Some(Holder::File(self.beside(&file))),
            _ => {
                if !holder.has("credential") && !holder.has("file") {
                    table.wrong(key, "names no place", ALLOWED);
                }
                None
            }
        }
    }

    /// Where systemd puts a credential; for a command typed by the operator, the file that systemd
    /// takes it from.
    fn credential(&self, name: &str) -> PathBuf {
        let folder = self.credentials.clone();
        folder.unwrap_or_else(|| self.beside(Path::new("credentials"))).join(name)
    }

    fn held_in(&self, table: &Table, key: &str, holder: &Holder) -> Option<SecretString> {
        let (Holder::File(path) | Holder::Credential(path)) = holder;
        let wrong = |what: &str, allowed: &str| {
            table.wrong(key, &format!("{}: {what}", path.display()), allowed);
            None
        };
        let metadata = match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return wrong("not a file", "a file that holds the password"),
            Err(error) => return wrong(&error.to_string(), "a file that holds the password"),
        };
        // systemd hands credentials out by an access list, which shows as a group bit.
        let of_systemd = self.credentials.as_ref().is_some_and(|folder| path.starts_with(folder));
        let mode = metadata.permissions().mode() & 0o777;
        if !of_systemd && mode & 0o077 != 0 {
            let what = format!("others may read it (mode {mode:o})");
            return wrong(&what, &format!("mode 600: chmod 600 {}", path.display()));
        }
        if metadata.len() > LONGEST {
            return wrong("too long for a password", &format!("at most {LONGEST} bytes"));
        }
        let text = match fs::read_to_string(path) {
            Ok(text) => SecretString::from(text.trim_end_matches(['\r', '\n'])),
            Err(error) => return wrong(&error.to_string(), "a file this user can read"),
        };
        if secrecy::ExposeSecret::expose_secret(&text).is_empty() {
            return wrong("empty", "a file that holds the password");
        }
        Some(text)
    }
}
