//! A message's content as one number: equal for two deliveries of the same mail.

use sha2::{Digest, Sha256};

use super::Headers;

/// Collects what the sender wrote; trace headers do not count.
#[derive(Debug)]
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Begins with sender and subject, normalised.
    #[must_use]
    pub(super) fn new(headers: &Headers) -> Self {
        let mut this = Self(Sha256::new());
        this.add(headers.from.as_ref().map_or("", |from| from.email.as_str()).as_bytes());
        let subject: String = headers.subject.split_whitespace().collect::<Vec<_>>().join(" ");
        this.add(subject.to_lowercase().as_bytes());
        this
    }

    /// Adds text, blind to blanks and line ends (servers fold and re-encode).
    pub(super) fn add_text(&mut self, text: &str) {
        let mut words: Vec<u8> = Vec::with_capacity(text.len());
        text.split_whitespace().for_each(|word| words.extend_from_slice(word.as_bytes()));
        self.add(&words);
    }

    /// Adds bytes as they are.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    /// The SHA-256.
    #[must_use]
    pub(super) fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}
