//! The folder in which the provider keeps copies of what was sent: it is asked whether a letter of
//! unknown fate went out. Each look is a short session of its own that changes nothing.
//!
//! Never SEARCH and never HEADER.FIELDS: the first finds nothing at NetEase, the second brings
//! something else there (provider quirks A6, A8). Whole headers are fetched, and compared here.

use async_imap::imap_proto::{AttributeValue, MessageSection, Response, SectionPath};

use super::link::Bounds;
use super::options::Options;
use super::session::Session;
use super::set;
use crate::clock::Clock;
use crate::mailbox::error::{Error, Step};
use crate::mailbox::{Copies, Mark, Range};

/// The most copies that one look reads: far more than a bureau sends between mark and look.
const MOST_COPIES: usize = 500;

/// Copies whose headers are asked for with one command.
const AT_ONCE: usize = 50;

/// The largest header that is read: our own have two thousand bytes.
const LARGEST_HEADER: u64 = 256 * 1024;

/// Where the folder stands now. What `known` says of an earlier moment saves the full listing.
pub(in crate::mailbox) async fn mark(
    options: &Options,
    clock: &Clock,
    folder: &str,
    known: Option<Mark>,
) -> Result<Mark, Error> {
    let mut session = Session::connect(options, clock).await?;
    let uidvalidity = session.examine(folder).await?;
    let known = known.filter(|known| known.uidvalidity == uidvalidity).map_or(0, |known| known.uid);
    let listed = session.list(Range::After(known)).await?;
    session.finish().await;
    Ok(Mark { uidvalidity, uid: listed.last().map_or(known, |last| last.uid) })
}

/// The ids of the copies that came after the mark; without one, of the newest.
pub(in crate::mailbox) async fn copies(
    options: &Options,
    clock: &Clock,
    folder: &str,
    above: Option<Mark>,
) -> Result<Copies, Error> {
    let mut session = Session::connect(options, clock).await?;
    let uidvalidity = session.examine(folder).await?;
    let above = above.filter(|mark| mark.uidvalidity == uidvalidity);
    let listed = session.list(Range::After(above.map_or(0, |mark| mark.uid))).await?;
    let uids: Vec<u64> = listed.iter().map(|one| one.uid).collect();
    // A copy lies right above its mark; without one it is among the newest.
    let skipped = if above.is_some() { 0 } else { uids.len().saturating_sub(MOST_COPIES) };
    let wanted = uids.iter().copied().skip(skipped).take(MOST_COPIES).collect::<Vec<_>>();
    let mut found =
        Copies { whole: above.is_some() && wanted.len() == uids.len(), ids: Vec::new() };
    for uids in wanted.chunks(AT_ONCE) {
        found.whole &= session.ids(uids, &mut found.ids).await? == uids.len();
    }
    session.finish().await;
    Ok(found)
}

impl Session {
    /// Fetches headers, and says how many came.
    async fn ids(&mut self, uids: &[u64], into: &mut Vec<String>) -> Result<usize, Error> {
        let mut came = 0;
        for (set, count) in set::sets(uids) {
            let command = format!("UID FETCH {set} (UID BODY.PEEK[HEADER])");
            let bytes = LARGEST_HEADER.saturating_mul(count as u64);
            let bounds = Bounds { time: self.limits.command * 10, bytes, literal: LARGEST_HEADER };
            self.link
                .exec(Step::Fetch, &command, bounds, |response| {
                    if let Response::Fetch(_, attributes) = response
                        && let Some(header) = header(attributes)
                    {
                        came += 1;
                        into.extend(own_ids(header));
                    }
                    Ok(())
                })
                .await?;
        }
        Ok(came)
    }
}

fn header<'a>(attributes: &'a [AttributeValue<'_>]) -> Option<&'a [u8]> {
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::BodySection {
            section: Some(SectionPath::Full(MessageSection::Header)),
            data: Some(data),
            ..
        } => Some(data.as_ref()).filter(|header| !header.is_empty()),
        _ => None,
    })
}

/// The ids that a header gives its own message, without angle brackets: `Message-ID`, and where QQ
/// puts the one that it replaces. Those of other messages (`In-Reply-To`, `References`) are none.
fn own_ids(header: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(header);
    let mut fields: Vec<String> = Vec::new();
    for line in text.lines() {
        match fields.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => last.push_str(line),
            _ => fields.push(line.to_owned()),
        }
    }
    let value = |field: &String| {
        let (name, value) = field.split_once(':')?;
        let ours = ["message-id", "x-oq-msgid"].contains(&name.trim().to_lowercase().as_str());
        ours.then(|| value.trim().trim_matches(['<', '>']).to_owned())
    };
    fields.iter().filter_map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_copys_own_id_counts_however_it_is_written() {
        let header =
            b"Subject: x\r\nMESSAGE-ID:\r\n <bm.1@163.com>\r\nX-OQ-MSGID:<bm.2@163.com>\r\n\
            In-Reply-To: <bm.3@163.com>\r\nReferences: <bm.4@163.com>\r\n\t<bm.5@163.com>\r\n\r\n";
        assert_eq!(own_ids(header), ["bm.1@163.com", "bm.2@163.com"]);
        assert_eq!(own_ids(b"Message-ID: <bm.1@163.com>"), ["bm.1@163.com"]);
        assert_eq!(own_ids(b"\xff\xfe no header\n\n"), [""; 0]);
    }
}
