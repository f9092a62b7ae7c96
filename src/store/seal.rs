//! Sealing: one key, three uses. What is personal is encrypted; what must be found again stands
//! beside it as a keyed hash; the audit's traces of persons have a key of their own.

use std::fmt;

use chacha20poly1305::aead::AeadInPlace;
use chacha20poly1305::{KeyInit, Tag, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

use super::key::{KEY, Key};
use super::{Error, Result};
use crate::clock::Dice;

/// Bytes of the cipher's nonce: so many that random ones never meet.
const NONCE: usize = 24;
/// Bytes of Poly1305's tag.
const TAG: usize = 16;
/// Bytes kept of a look-up hash: short indexes, and still no two values meet by chance.
const FINDER: usize = 16;

/// A sealed column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(pub(super) &'static str, pub(super) &'static str);

/// The key at work.
pub(super) struct Seals {
    cipher: XChaCha20Poly1305,
    /// Keyed once: keying anew would be half the work of a short hash.
    finder: Hmac<Sha256>,
    tracer: Hmac<Sha256>,
    dice: Dice,
}

impl fmt::Debug for Seals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seals(…)")
    }
}

impl Seals {
    pub(super) fn new(key: &Key, dice: Dice) -> Self {
        let sealing = key.derive("baoming: seal, version 1");
        Self {
            cipher: XChaCha20Poly1305::new(sealing.expose_secret().into()),
            finder: keyed(key.derive("baoming: find, version 1").expose_secret()),
            tracer: keyed(key.derive("baoming: trace, version 1").expose_secret()),
            dice,
        }
    }

    /// Nonce, ciphertext, tag. Bound to its table, column and row.
    pub(super) fn seal(&self, place: Place, id: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE];
        self.dice.fill(&mut nonce);
        let mut sealed = Vec::with_capacity(NONCE + plain.len() + TAG);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let (_, body) = sealed.split_at_mut(NONCE);
        let tag = self
            .cipher
            .encrypt_in_place_detached(XNonce::from_slice(&nonce), &bound_to(place, id), body)
            .map_err(|_| Error::Unsupported("a content of 256 GiB cannot be sealed"))?;
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// What was sealed at this place.
    pub(super) fn open(&self, place: Place, id: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let damaged = || Error::Unsealed { table: place.0, id: id.into() };
        let (nonce, rest) = sealed.split_at_checked(NONCE).ok_or_else(damaged)?;
        let (body, tag) =
            rest.split_at_checked(rest.len().saturating_sub(TAG)).ok_or_else(damaged)?;
        let tag = <[u8; TAG]>::try_from(tag).map_err(|_| damaged())?;
        let mut plain = body.to_vec();
        self.cipher
            .decrypt_in_place_detached(
                XNonce::from_slice(nonce),
                &bound_to(place, id),
                &mut plain,
                Tag::from_slice(&tag),
            )
            .map_err(|_| damaged())?;
        Ok(plain)
    }

    /// A value as sealed JSON.
    pub(super) fn seal_json(&self, at: Place, id: &str, value: &impl Serialize) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(value).map_err(|error| unfit(at, id, &error))?;
        self.seal(at, id, &plain)
    }

    /// A value out of sealed JSON.
    pub(super) fn open_json<T: DeserializeOwned>(
        &self,
        at: Place,
        id: &str,
        sealed: &[u8],
    ) -> Result<T> {
        let plain = self.open(at, id, sealed)?;
        serde_json::from_slice(&plain).map_err(|error| unfit(at, id, &error))
    }

    /// The hash by which a value is found again; `what` keeps kinds of value apart.
    pub(super) fn find(&self, what: &str, parts: &[&str]) -> Vec<u8> {
        let parts = parts.iter().map(|part| part.as_bytes());
        let found = finish(self.finder.clone(), what.as_bytes(), parts);
        found.iter().copied().take(FINDER).collect()
    }

    /// The audit's trace of a person: it shows a change as long as the salt exists.
    pub(super) fn trace(&self, salt: &[u8], content: &[u8]) -> Vec<u8> {
        finish(self.tracer.clone(), salt, std::iter::once(content)).to_vec()
    }
}

/// serde's own words may quote the content: only its kind and place are told.
pub(super) fn unfit(at: Place, id: &str, error: &serde_json::Error) -> Error {
    let what = format!("{:?} at byte {} of the sealed JSON", error.classify(), error.column());
    Error::Row { table: at.0, column: at.1, id: id.into(), what }
}

fn bound_to(place: Place, id: &str) -> Vec<u8> {
    format!("{}.{}:{id}", place.0, place.1).into_bytes()
}

/// HMAC-SHA-256 over the label, with its length before it.
pub(super) fn hash(key: &[u8; KEY], label: &[u8]) -> [u8; 32] {
    finish(keyed(key), label, std::iter::empty())
}

fn keyed(key: &[u8; KEY]) -> Hmac<Sha256> {
    // HMAC fills a short key up with zeros to the block of its hash; with a whole block at hand
    // there is no error to handle.
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(byte, of_key)| *byte = *of_key);
    <Hmac<Sha256> as KeyInit>::new((&*block).into())
}

/// The hash over the parts, each with its length before it.
fn finish<'a>(
    mut mac: Hmac<Sha256>,
    label: &'a [u8],
    parts: impl Iterator<Item = &'a [u8]>,
) -> [u8; 32] {
    for part in std::iter::once(label).chain(parts) {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Place = Place("letter", "facts");

    fn seals() -> Seals {
        Seals::new(&Key::from_credential(&[7; 32]).unwrap(), Dice::seeded(1))
    }

    #[test]
    fn what_was_sealed_opens_only_at_its_place() {
        let sealed = seals().seal(AT, "A", "马熙雯".as_bytes()).unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains('马'));
        assert_eq!(seals().open(AT, "A", &sealed).unwrap(), "马熙雯".as_bytes());
        assert!(seals().open(AT, "B", &sealed).is_err());
        assert!(seals().open(Place("letter", "outcome"), "A", &sealed).is_err());
        let mut damaged = sealed;
        damaged[30] ^= 1;
        assert!(seals().open(AT, "A", &damaged).is_err());
        assert!(seals().open(AT, "A", &[1; 10]).is_err());
    }

    #[test]
    fn a_look_up_hash_keeps_parts_and_kinds_apart() {
        let seals = seals();
        assert_eq!(seals.find("a", &["x", "y"]), seals.find("a", &["x", "y"]));
        assert_ne!(seals.find("a", &["x", "y"]), seals.find("a", &["xy", ""]));
        assert_ne!(seals.find("a", &["x"]), seals.find("b", &["x"]));
    }
}
