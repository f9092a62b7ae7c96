//! The digest's day keys: each day's digest exists once, over restarts and downtime.

use jiff::Timestamp;

use super::{NewLetter, Result, Store, Work};

/// The newest digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastDigest {
    /// Its day key (`2021-09-13`).
    pub day: String,
    /// When it was posted: the next one tells what came after.
    pub at: Timestamp,
}

impl Store {
    /// Whether that day's digest was posted.
    pub async fn digest_done(&self, day: &str) -> Result<bool> {
        super::pending()
    }

    /// The digest with the latest day key.
    pub async fn last_digest(&self) -> Result<Option<LastDigest>> {
        super::pending()
    }
}

impl Work {
    /// Posts a day's digest: the day key and its letters (one a recipient), or nothing and `false`
    /// when the day has its digest.
    pub async fn post_digest(
        &mut self,
        day: &str,
        at: Timestamp,
        letters: &[NewLetter],
    ) -> Result<bool> {
        super::pending()
    }
}
