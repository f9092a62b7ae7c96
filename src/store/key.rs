//! The database's key: where it lies and who may read it.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretBox};

use super::hex::{from_hex, to_hex};
use super::seal::hash;
use super::{Error, Result};
use crate::clock::Dice;

/// Bytes of the key.
pub(super) const KEY: usize = 32;

/// The database's key: 32 bytes that never leave this room. Everything else is derived from it.
pub struct Key(SecretBox<[u8; KEY]>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A key from its bytes: a systemd credential's content (32 raw bytes, or 64 hexadecimal
    /// digits with white space around).
    pub fn from_credential(content: &[u8]) -> Result<Self> {
        Self::from_content(content, Path::new("(credential)"))
    }

    /// Reads the key file, or makes a new one (mode 0600) when there is none. One that others may
    /// read is refused.
    pub fn load_or_create(path: &Path, dice: &Dice) -> Result<Self> {
        match Self::load(path) {
            Err(Error::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => {}
            other => return other,
        }
        create(path, dice).map_err(|source| Error::File {
            path: path.into(),
            what: "the key file cannot be made: create its folder, writable for the service's user",
            source,
        })?;
        Self::load(path)
    }

    /// Reads the key file; see [`Key::load_or_create`].
    pub fn load(path: &Path) -> Result<Self> {
        let unreadable = |source: io::Error| Error::File {
            path: path.into(),
            what: match source.kind() {
                io::ErrorKind::NotFound => {
                    "the key file is missing: put back the copy that was kept of it, no other key \
                     opens this database"
                }
                _ => "the key file cannot be read: it must belong to the service's user",
            },
            source,
        };
        let mut file = File::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.permissions().mode() & 0o077 != 0 {
            return Err(Error::KeyFile {
                path: path.into(),
                what: "can be read by others: `chmod 600` it, and think of who has seen it",
            });
        }
        let mut content = Zeroizing::new(Vec::with_capacity(KEY * 4));
        file.read_to_end(&mut content).map_err(unreadable)?;
        Self::from_content(&content, path)
    }

    fn from_content(content: &[u8], path: &Path) -> Result<Self> {
        let bytes = <[u8; KEY]>::try_from(content).ok().or_else(|| {
            let digits = std::str::from_utf8(content).ok()?.trim();
            <[u8; KEY]>::try_from(Zeroizing::new(from_hex(digits)?).as_slice()).ok()
        });
        bytes.map(|bytes| Self(SecretBox::new(Box::new(bytes)))).ok_or(Error::KeyFile {
            path: path.into(),
            what: "does not hold a key: 64 hexadecimal digits or 32 bytes are expected",
        })
    }

    /// A key for one use, named by `label`; knowing it tells nothing of the database's key.
    #[must_use]
    pub fn derive(&self, label: &str) -> SecretBox<[u8; KEY]> {
        let derived = hash(self.0.expose_secret(), label.as_bytes());
        SecretBox::new(Box::new(derived))
    }
}

/// Makes the key file: complete and on the disk before it has its name, never over another one.
fn create(path: &Path, dice: &Dice) -> io::Result<()> {
    let mut bytes = Zeroizing::new([0; KEY]);
    dice.fill(&mut *bytes);
    let text = Zeroizing::new(to_hex(&*bytes));
    let draft = path.with_extension(format!("new-{:016x}", dice.below(u64::MAX)));
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)
        .and_then(|mut file| writeln!(file, "{}", *text).and_then(|()| file.sync_all()))
        .and_then(|()| match fs::hard_link(&draft, path) {
            // Another process was faster: its key is the key.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other,
        });
    let removed = fs::remove_file(&draft);
    written.and(removed)?;
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => File::open(".")?.sync_all(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_bytes_or_digits_and_never_printed() {
        let digits = format!("{}\n", to_hex(&[7; 32]));
        let (raw, text) = (Key::from_credential(&[7; 32]), Key::from_credential(digits.as_bytes()));
        assert_eq!(raw.unwrap().0.expose_secret(), text.unwrap().0.expose_secret());
        assert!(Key::from_credential(b"secret").is_err());
        assert_eq!(format!("{:?}", Key::from_credential(&[7; 32]).unwrap()), "Key(…)");
    }
}
