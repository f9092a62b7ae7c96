//! The bodies: many small messages with one command, of a large one only the head.

use std::collections::BTreeMap;
use std::time::Duration;

use async_imap::imap_proto::{AttributeValue, Response};

use super::link::Bounds;
use super::session::{Open, Session};
use super::set;
use crate::mailbox::error::{Error, Step};
use crate::mailbox::{Arrival, HEAD_BYTES, Listed, MessageKey};

/// What a body may be longer than its RFC822.SIZE said, which is only a hint (quirk A8).
const SLACK: u64 = 64 * 1024;

/// Bytes of a FETCH answer around one body.
const WRAPPING: u64 = 1024;

/// The slowest line that a session is expected to live on, in bytes a second.
const SLOWEST: u64 = 32 * 1024;

impl Session {
    /// Fetches the messages of a window of the listing into `into`, and returns the UIDs that the
    /// server did not hand out this time (expunged meanwhile, left out, or with an empty body:
    /// Exchange does that for a while). They are asked for again at the next pass.
    ///
    /// When it fails, what had come in full until then stands in `into` all the same.
    pub(in crate::mailbox) async fn fetch(
        &mut self,
        window: &[Listed],
        into: &mut Vec<Arrival>,
    ) -> Result<Vec<u64>, Error> {
        let Some(open) = self.open.clone() else {
            return Err(Error::protocol(Step::Fetch, "no folder is open"));
        };
        let mut wanted: BTreeMap<u64, &Listed> = window.iter().map(|one| (one.uid, one)).collect();
        let largest = self.limits.message;
        let small: Vec<u64> =
            wanted.values().filter(|one| one.size <= largest).map(|one| one.uid).collect();
        let large: Vec<u64> =
            wanted.values().filter(|one| one.size > largest).map(|one| one.uid).collect();
        let mut rest = small.as_slice();
        for (set, count) in set::sets(&small) {
            let (batch, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            rest = after;
            let bytes: u64 =
                batch.iter().filter_map(|uid| wanted.get(uid)).map(|one| one.size + WRAPPING).sum();
            let command = format!("UID FETCH {set} (UID BODY.PEEK[])");
            let bounds = self.bounds(bytes * 2 + largest + SLACK, largest + SLACK);
            self.fetch_set(&command, bounds, &open, &mut wanted, into).await?;
        }
        for uid in large {
            let command = format!("UID FETCH {uid} (UID BODY.PEEK[]<0.{HEAD_BYTES}>)");
            let bounds = self.bounds(HEAD_BYTES + SLACK, HEAD_BYTES);
            self.fetch_set(&command, bounds, &open, &mut wanted, into).await?;
        }
        Ok(wanted.into_keys().collect())
    }

    fn bounds(&self, bytes: u64, literal: u64) -> Bounds {
        let time = (self.limits.command * 10).max(Duration::from_secs(bytes / SLOWEST));
        Bounds { time, bytes, literal }
    }

    async fn fetch_set(
        &mut self,
        command: &str,
        bounds: Bounds,
        open: &Open,
        wanted: &mut BTreeMap<u64, &Listed>,
        into: &mut Vec<Arrival>,
    ) -> Result<(), Error> {
        let (mailbox, largest) = (&self.mailbox, self.limits.message);
        self.link
            .exec(Step::Fetch, command, bounds, |response| {
                let Response::Fetch(_, attributes) = response else { return Ok(()) };
                let Some((uid, raw)) = body(attributes) else { return Ok(()) };
                // A second answer for the same message, or one that nobody asked for, is dropped.
                let Some(listed) = wanted.remove(&uid) else { return Ok(()) };
                into.push(Arrival {
                    key: MessageKey {
                        mailbox: mailbox.clone(),
                        folder: open.folder.clone(),
                        uidvalidity: open.uidvalidity,
                        uid,
                    },
                    arrived: listed.arrived,
                    raw: raw.to_vec(),
                    cut_from: (listed.size > largest).then_some(listed.size),
                });
                Ok(())
            })
            .await
    }
}

/// The UID and the body of a FETCH answer, when it has both and the body is not empty.
fn body<'a>(attributes: &'a [AttributeValue<'_>]) -> Option<(u64, &'a [u8])> {
    let (mut uid, mut body) = (None, None);
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(value) => uid = Some(u64::from(*value)),
            AttributeValue::BodySection { section: None, data: Some(data), .. } => {
                body = Some(data.as_ref());
            }
            _ => {}
        }
    }
    Some((uid?, body.filter(|body| !body.is_empty())?))
}
