//! Sealing: one key, two uses. What is personal is encrypted, what must be found again is hashed.

use std::fmt;
use std::path::Path;

use secrecy::SecretBox;

use super::Result;
use crate::clock::Dice;

/// The database's key: 32 bytes that never leave this room. Everything else is derived from it.
pub struct Key(SecretBox<[u8; 32]>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A key from its bytes: a systemd credential's content (32 raw bytes, or 64 hexadecimal
    /// digits with white space around).
    pub fn from_credential(content: &[u8]) -> Result<Self> {
        super::pending()
    }

    /// Reads the key file, or makes a new one (mode 0600) when there is none. One that others may
    /// read is refused.
    pub fn load_or_create(path: &Path, dice: &Dice) -> Result<Self> {
        super::pending()
    }

    /// Reads the key file; see [`Key::load_or_create`].
    pub fn load(path: &Path) -> Result<Self> {
        super::pending()
    }
}
