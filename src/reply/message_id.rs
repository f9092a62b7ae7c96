//! Our own Message-IDs: the same for the same cause and recipient, and not to be guessed.
//!
//! A letter that is sent twice bears the same id, so that the recipient's
//! mail program shows it once; and only a mail that quotes an id with the right seal can speak of
//! one of our letters (a bounce, an answer).

use std::sync::Arc;

use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;

use crate::message::Email;
use crate::roster::Cause;

/// The key that seals Message-IDs: 32 bytes, redacted in `Debug`, wiped when dropped.
#[derive(Clone, Debug)]
pub struct SealKey(Arc<SecretBox<[u8; 32]>>);

/// What our own ids begin with. `message::is_desk_id` knows their form.
const PREFIX: &str = "bm.";

/// Whether an id (without angle brackets) has the look of ours; the store knows whether it is.
#[must_use]
pub fn may_be_ours(id: &str) -> bool {
    id.starts_with(PREFIX)
}

/// How many bytes of the seal the id shows: 120 bits make 24 characters.
const SEAL_BYTES: usize = 15;

impl SealKey {
    /// Takes the key's bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Arc::new(SecretBox::new(Box::new(bytes))))
    }

    /// The id, without angle brackets, of the letter that `cause` makes necessary and that goes
    /// from `from` to `to`. Its domain is the sending address's.
    #[must_use]
    pub fn message_id(&self, cause: &Cause, to: &Email, from: &Email) -> String {
        let (kind, one, two) = match cause {
            Cause::Message(id) => ("message", id.as_str(), ""),
            Cause::Command(id) => ("command", id.as_str(), ""),
            Cause::Promotion(number, freed_by) => ("promotion", number.as_str(), freed_by.as_str()),
            Cause::Lapse(number) => ("lapse", number.as_str(), ""),
            Cause::Reminder(event) => ("reminder", event.as_str(), ""),
            Cause::Digest(day) => ("digest", day.as_str(), ""),
        };
        let mut seal = self.seal();
        for part in [kind, one, two, to.as_str()] {
            // Each part with its length before it: no two lists of parts make the same text.
            seal.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            seal.update(part.as_bytes());
        }
        let seal = seal.finalize().into_bytes();
        format!("{PREFIX}{}@{}", base32(seal.iter().copied().take(SEAL_BYTES)), from.domain())
    }

    fn seal(&self) -> Hmac<Sha256> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104 §3)")]
        Hmac::new_from_slice(self.0.expose_secret()).expect("a key of any length is taken")
    }
}

/// Lower-case Crockford base 32: survives clients that change an id's case, and reads aloud.
fn base32(bytes: impl Iterator<Item = u8>) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut text = String::new();
    let (mut buffer, mut bits) = (0_u16, 0_u8);
    for byte in bytes {
        buffer = (buffer << 8) | u16::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            let digit = usize::from((buffer >> bits) & 31);
            text.push(char::from(ALPHABET.get(digit).copied().unwrap_or(b'0')));
        }
        buffer &= (1 << bits) - 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(cause: &Cause, to: &str) -> String {
        let (to, from) = (Email::parse(to).unwrap(), Email::parse("xjxspj@163.com").unwrap());
        SealKey::new([7; 32]).message_id(cause, &to, &from)
    }

    #[test]
    fn an_id_belongs_to_its_cause_and_recipient_and_to_the_key() {
        let message = Cause::Message("01J".to_owned());
        let one = id(&message, "a@qq.com");
        assert_eq!(one, id(&message, "a@qq.com"));
        assert!(one.starts_with("bm.") && one.ends_with("@163.com"), "{one}");
        assert_eq!(one.len(), "bm.".len() + 24 + "@163.com".len());
        assert_ne!(one, id(&message, "b@qq.com"));
        assert_ne!(one, id(&Cause::Command("01J".to_owned()), "a@qq.com"));
        assert_ne!(
            id(&Cause::Promotion("XJ21-001".into(), "2".into()), "a@qq.com"),
            id(&Cause::Promotion("XJ21-00".into(), "12".into()), "a@qq.com")
        );
        let (to, from) = (Email::parse("a@qq.com").unwrap(), Email::parse("x@163.com").unwrap());
        assert_ne!(one, SealKey::new([8; 32]).message_id(&message, &to, &from));
    }

    #[test]
    fn a_seal_key_does_not_print_itself() {
        assert!(!format!("{:?}", SealKey::new([77; 32])).contains("77"));
    }
}
