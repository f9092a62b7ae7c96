//! A session that is logged in: folders are opened for reading, listed, and their messages fetched.

use async_imap::imap_proto::{AttributeValue, Response, ResponseCode, Status};

use super::folders::{self, Folder};
use super::link::{Bounds, LISTING, Link};
use super::options::{Limits, Options};
use super::{connect, quoted, set};
use crate::clock::Clock;
use crate::mailbox::error::{Error, Step};
use crate::mailbox::{Listed, Range};

/// A logged-in connection. After an error it is used no more (see [`Session::is_usable`]).
pub(in crate::mailbox) struct Session {
    pub(super) link: Link,
    pub(super) mailbox: String,
    pub(super) limits: Limits,
    pub(super) capabilities: Vec<String>,
    pub(super) open: Option<Open>,
    /// IDLE was refused although it is offered.
    pub(super) idle_refused: bool,
    clock: Clock,
    folders: Option<Vec<Folder>>,
}

/// The folder that is open.
#[derive(Clone, Debug)]
pub(super) struct Open {
    /// As the settings write it.
    pub(super) folder: String,
    pub(super) uidvalidity: u32,
}

impl Session {
    pub(super) fn new(
        link: Link,
        options: &Options,
        clock: Clock,
        capabilities: Vec<String>,
    ) -> Self {
        Self {
            link,
            mailbox: options.mailbox.clone(),
            limits: options.limits,
            capabilities,
            open: None,
            idle_refused: false,
            clock,
            folders: None,
        }
    }

    pub(in crate::mailbox) async fn connect(
        options: &Options,
        clock: &Clock,
    ) -> Result<Self, Error> {
        connect::connect(options, clock, &mut |_, _| {}).await
    }

    pub(in crate::mailbox) fn is_usable(&self) -> bool {
        self.link.is_usable()
    }

    pub(super) fn offers(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|name| name == capability)
    }

    /// Opens a folder for reading only and returns its UIDVALIDITY.
    pub(in crate::mailbox) async fn examine(&mut self, folder: &str) -> Result<u32, Error> {
        self.enter(Step::Examine, "EXAMINE", folder).await
    }

    /// Opens a folder by EXAMINE or SELECT. Without a UIDVALIDITY it counts as failed: a SELECT
    /// that broke off looks like that (quirk B6), and no UID would mean anything.
    pub(super) async fn enter(
        &mut self,
        step: Step,
        verb: &str,
        folder: &str,
    ) -> Result<u32, Error> {
        self.open = None;
        let name = self.wire_name(folder).await?;
        let command = format!("{verb} {}", quoted("the folder's name", &name)?);
        self.link.forget_count();
        let mut uidvalidity = None;
        let bounds = self.link.small();
        let done = self.link.exec(step, &command, bounds, |response| {
            if let Response::Data { status: Status::Ok, outcome } = response
                && let Some(ResponseCode::UidValidity(value)) = outcome.code
            {
                uidvalidity = Some(value);
            }
            Ok(())
        });
        match done.await {
            Err(Error::Refused { words, .. }) => {
                return Err(Error::Folder { folder: folder.to_owned(), words });
            }
            other => other?,
        }
        let uidvalidity =
            uidvalidity.ok_or_else(|| Error::protocol(step, "the folder has no UIDVALIDITY"))?;
        self.open = Some(Open { folder: folder.to_owned(), uidvalidity });
        Ok(uidvalidity)
    }

    /// The name that the server knows a folder by.
    pub(super) async fn wire_name(&mut self, folder: &str) -> Result<String, Error> {
        if folder.eq_ignore_ascii_case("INBOX") {
            return Ok("INBOX".to_owned());
        }
        if self.folders.is_none() {
            self.folders = Some(folders::list(&mut self.link).await?);
        }
        Ok(folders::resolve(folder, self.folders.as_deref().unwrap_or_default()))
    }

    /// The messages of the open folder, ascending by UID.
    ///
    /// `n:*` always brings the last message, even below n (quirk A5): what is below is left out
    /// here.
    pub(in crate::mailbox) async fn list(&mut self, range: Range) -> Result<Vec<Listed>, Error> {
        if self.open.is_none() {
            return Err(Error::protocol(Step::List, "no folder is open"));
        }
        let first = match range {
            Range::All => 1,
            Range::After(uid) => uid.saturating_add(1),
        };
        if first > u64::from(u32::MAX) {
            return Ok(Vec::new());
        }
        let command = format!("UID FETCH {first}:* (UID FLAGS INTERNALDATE RFC822.SIZE)");
        let mut listed: Vec<Listed> = Vec::new();
        let clock = &self.clock;
        self.link.changed = false;
        let bounds = Bounds { time: self.limits.command * 10, bytes: LISTING, ..self.link.small() };
        self.link
            .exec(Step::List, &command, bounds, |response| {
                if let Response::Fetch(_, attributes) = response {
                    listed.extend(line(attributes, clock).filter(|one| one.uid >= first));
                }
                Ok(())
            })
            .await?;
        listed.sort_unstable_by_key(|one| one.uid);
        listed.dedup_by_key(|one| one.uid);
        Ok(listed)
    }

    /// Says good-bye, in a few seconds at most; how it goes does not matter.
    pub(in crate::mailbox) async fn finish(mut self) {
        let _ = self.link.logout().await;
    }
}

/// One line of the listing. A FETCH that brings neither date nor size was not asked for (the
/// flags of some message changed). A date that cannot be read becomes the present: the message is
/// there, and its place in line is when we first saw it.
fn line(attributes: &[AttributeValue<'_>], clock: &Clock) -> Option<Listed> {
    let (mut uid, mut date, mut size) = (None, None, None);
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(value) => uid = Some(u64::from(*value)),
            AttributeValue::InternalDate(text) => date = Some(set::internal_date(text)),
            AttributeValue::Rfc822Size(value) => size = Some(u64::from(*value)),
            _ => {}
        }
    }
    if date.is_none() && size.is_none() {
        return None;
    }
    let arrived = date.flatten().unwrap_or_else(|| clock.now());
    Some(Listed { uid: uid.filter(|uid| *uid > 0)?, arrived, size: size.unwrap_or(0) })
}
