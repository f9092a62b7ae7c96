//! What goes through the pipes: frames of a version, a kind, a length and a payload.
//!
//! Both ends are the same program file, so the version only tells a frame from noise. The child is
//! not believed: a frame that does not fit, or is longer than its kind may be, ends it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Strength;
use crate::message::picture::Models;
use crate::reading::Vocabulary;

/// The first byte of every frame.
pub(super) const VERSION: u8 = 0xB1;

/// The bytes before a payload: version, kind, two of a number, four of a length; then a
/// message's number.
pub(super) const HEAD: usize = 16;

/// The longest payload that a child may send, in bytes. A reading is some 2 KB; a mail of a
/// thousand people is 1 MB.
pub(super) const LONGEST_ANSWER: usize = 16 * 1024 * 1024;

/// The longest payload that the pool sends. The mailbox cuts a message long before.
pub(super) const LONGEST_LETTER: usize = 256 * 1024 * 1024;

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// To the child, once and first: what it reads with.
    Hello = 1,
    /// To the child: a vocabulary's place and a message's bytes.
    Letter = 2,
    /// From the child, once and first: it is confined, and has read its sample.
    Ready = 3,
    /// From the child: what a message says.
    Read = 4,
    /// From the child: reading panicked, and where in the program.
    Panicked = 5,
}

impl Kind {
    fn of(byte: u8) -> Option<Self> {
        let known = [Self::Hello, Self::Letter, Self::Ready, Self::Read, Self::Panicked];
        known.into_iter().find(|kind| *kind as u8 == byte)
    }
}

/// The beginning of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) kind: Kind,
    /// Which vocabulary.
    pub(super) words: u16,
    /// The length of the payload, in bytes.
    pub(super) length: usize,
    /// Which message.
    pub(super) number: u64,
}

impl Head {
    pub(super) fn bytes(self) -> Option<[u8; HEAD]> {
        let mut bytes = [0; HEAD];
        let length = u32::try_from(self.length).ok()?;
        let parts: [&[u8]; 4] = [
            &[VERSION, self.kind as u8],
            &self.words.to_le_bytes(),
            &length.to_le_bytes(),
            &self.number.to_le_bytes(),
        ];
        for (to, from) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
            *to = *from;
        }
        Some(bytes)
    }

    /// `None` for another version or kind, or a payload that is longer than `longest`.
    pub(super) fn parse(bytes: [u8; HEAD], longest: usize) -> Option<Self> {
        let [version, kind, w0, w1, l0, l1, l2, l3, number @ ..] = bytes;
        let length = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])).ok()?;
        let head = Self {
            kind: Kind::of(kind)?,
            words: u16::from_le_bytes([w0, w1]),
            length,
            number: u64::from_le_bytes(number),
        };
        (version == VERSION && length <= longest).then_some(head)
    }
}

/// What a child is told first.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Hello {
    pub(super) words: Vec<Vocabulary>,
    /// What it recognises the text in pictures with.
    pub(super) models: Option<Models>,
}

/// What a child says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ready {
    pub(super) strength: Strength,
}

/// A frame whose payload is made by `serde`, appended to `out`.
pub(super) fn encode(
    out: &mut Vec<u8>,
    kind: Kind,
    number: u64,
    payload: &impl Serialize,
) -> Option<()> {
    let start = out.len();
    out.extend_from_slice(&[0; HEAD]);
    let mut full = postcard::to_extend(payload, std::mem::take(out)).ok()?;
    let length = full.len() - start - HEAD;
    let head = Head { kind, words: 0, length, number }.bytes()?;
    full.get_mut(start..start + HEAD)?.copy_from_slice(&head);
    *out = full;
    Some(())
}

/// `None` when the payload is not exactly one such value.
pub(super) fn decode<T: DeserializeOwned>(payload: &[u8]) -> Option<T> {
    match postcard::take_from_bytes(payload) {
        Ok((value, [])) => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Reader;

    #[test]
    fn a_head_is_what_was_written_and_noise_is_none() {
        let head = Head { kind: Kind::Letter, words: 513, length: 70_000, number: u64::MAX - 5 };
        let bytes = head.bytes().unwrap();
        assert_eq!(Head::parse(bytes, 70_000), Some(head));
        assert_eq!(Head::parse(bytes, 69_999), None, "longer than allowed");
        for (place, noise) in [(0, VERSION + 1), (1, 0), (1, 6)] {
            let mut other = bytes;
            other[place] = noise;
            assert_eq!(Head::parse(other, 70_000), None, "byte {place} is {noise}");
        }
        assert_eq!(Head { length: usize::MAX, ..head }.bytes(), None);
    }

    #[test]
    fn a_reading_comes_out_as_it_went_in_and_nothing_may_follow_it() {
        let read = Reader::default()
            .read("Subject: 报名\r\n\r\n姓名：马玉\r\n电话 13909540001\r\n".as_bytes());
        let mut out = b"before".to_vec();
        encode(&mut out, Kind::Read, 7, &read).unwrap();
        let payload = &out[6 + HEAD..];
        assert_eq!(decode(payload), Some(read));
        let mut longer = payload.to_vec();
        longer.push(0);
        assert_eq!(decode::<crate::reading::Read>(&longer), None);
        assert_eq!(decode::<crate::reading::Read>(&payload[1..]), None);
    }
}
