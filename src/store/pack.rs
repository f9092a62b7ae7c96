//! Deflating what is kept whole: raw mail and rendered letters.

use std::io::Read;

use flate2::read::DeflateDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};

use super::{Error, Result};

/// Deflates many contents one after the other with one set of tables.
pub(super) struct Packer(Compress);

impl Packer {
    pub(super) fn new() -> Self {
        Self(Compress::new(Compression::fast(), false))
    }

    pub(super) fn pack(&mut self, plain: &[u8]) -> Result<Vec<u8>> {
        self.0.reset();
        let mut packed = Vec::with_capacity(plain.len() + 64);
        loop {
            let taken = usize::try_from(self.0.total_in()).unwrap_or(usize::MAX);
            let left = plain.get(taken..).unwrap_or_default();
            match self.0.compress_vec(left, &mut packed, FlushCompress::Finish) {
                Ok(Status::StreamEnd) => return Ok(packed),
                // What does not deflate grows instead.
                Ok(Status::Ok | Status::BufError) if packed.len() == packed.capacity() => {
                    packed.reserve(plain.len() / 4 + 64);
                }
                _ => return Err(Error::Unsupported("a content could not be deflated")),
            }
        }
    }
}

/// The reverse of [`Packer::pack`].
pub(super) fn unpack(packed: &[u8], table: &'static str, id: &str) -> Result<Vec<u8>> {
    let mut plain = Vec::with_capacity(packed.len() * 3);
    DeflateDecoder::new(packed)
        .read_to_end(&mut plain)
        .map_err(|_| Error::Unsealed { table, id: id.into() })?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Dice;

    #[test]
    fn what_was_packed_comes_back_whatever_its_size() {
        let mut packer = Packer::new();
        for size in [0, 1, 100, 65_535, 1_000_000] {
            let mut noise = vec![0; size];
            Dice::seeded(1).fill(&mut noise);
            let deflated = packer.pack(&noise).unwrap();
            assert_eq!(unpack(&deflated, "raw", "A").unwrap(), noise);
        }
    }
}
