//! What is done to a message in the mailbox once it is safe in the store: a second, short session,
//! the only one that ever writes.

use super::link::Bounds;
use super::options::Options;
use super::session::Session;
use super::{quoted, set};
use crate::clock::Clock;
use crate::mailbox::After;
use crate::mailbox::error::{Error, Step};

/// Marks or moves messages. Doing it twice does no harm, but for a connection that breaks between
/// COPY and EXPUNGE: then the target folder has a second copy.
pub(in crate::mailbox) async fn settle(
    options: &Options,
    clock: &Clock,
    after: &After,
    (folder, uidvalidity): (&str, u32),
    uids: &[u64],
) -> Result<(), Error> {
    let mut session = Session::connect(options, clock).await?;
    let found = session.enter(Step::Select, "SELECT", folder).await?;
    if found != uidvalidity {
        session.finish().await;
        return Err(Error::Stale { folder: folder.to_owned() });
    }
    let mut uids = uids.to_vec();
    uids.sort_unstable();
    uids.dedup();
    for (set, _) in set::sets(&uids) {
        match after {
            After::Keep => {}
            After::Seen => session.mark(&set).await?,
            After::Move(target) => session.remove_to(target, &set).await?,
        }
    }
    session.finish().await;
    Ok(())
}

/// What `move` needs. Without UIDPLUS only a plain EXPUNGE would be left, which also takes what
/// somebody else has marked as deleted.
pub(super) fn can_move(session: &Session) -> Result<(), Error> {
    if session.offers("UIDPLUS") {
        return Ok(());
    }
    Err(Error::Setup(
        "after = \"move:…\" needs a server with UIDPLUS, and this one does not offer it; \
         use \"seen\" or \"keep\""
            .to_owned(),
    ))
}

impl Session {
    async fn mark(&mut self, set: &str) -> Result<(), Error> {
        self.change(Step::Mark, &format!("UID STORE {set} +FLAGS.SILENT (\\Seen)")).await
    }

    /// MOVE where it is offered; NetEase has only COPY and UID EXPUNGE (quirk A1).
    async fn remove_to(&mut self, target: &str, set: &str) -> Result<(), Error> {
        can_move(self)?;
        let name = self.wire_name(target).await?;
        let name = quoted("the folder's name", &name)?;
        let refused = |error| match error {
            Error::Refused { words, .. } => Error::Folder { folder: target.to_owned(), words },
            other => other,
        };
        if self.offers("MOVE") {
            let command = format!("UID MOVE {set} {name}");
            return self.change(Step::Move, &command).await.map_err(refused);
        }
        self.change(Step::Move, &format!("UID COPY {set} {name}")).await.map_err(refused)?;
        self.change(Step::Move, &format!("UID STORE {set} +FLAGS.SILENT (\\Deleted)")).await?;
        self.change(Step::Move, &format!("UID EXPUNGE {set}")).await
    }

    async fn change(&mut self, step: Step, command: &str) -> Result<(), Error> {
        let bounds = Bounds { time: self.limits.command * 10, ..self.link.small() };
        self.link.exec(step, command, bounds, |_| Ok(())).await
    }
}
