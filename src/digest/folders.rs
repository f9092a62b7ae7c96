//! The mail in numbers: what became of it, and that nothing is missing (I1).

use serde::Serialize;

use super::facts::Facts;
use crate::reading::Kind;
use crate::store::LedgerState;

/// How much mail of one kind was decided since the last digest.
#[derive(Debug, Serialize)]
pub(super) struct MailRow {
    name: &'static str,
    count: u64,
}

/// A folder of a mailbox: what the server listed, and where each message is in the ledger.
#[derive(Debug, Serialize)]
pub(super) struct FolderRow {
    mailbox: String,
    folder: String,
    /// What the server listed when it was last looked through.
    listed: u64,
    done: u64,
    ignored: u64,
    duplicate: u64,
    quarantined: u64,
    received: u64,
    /// The same bytes again, and mail from before the announcement.
    other: u64,
    /// In the ledger, but no longer in the mailbox: somebody deleted or moved it.
    gone: u64,
    /// Listed, but not in the ledger: this must not be.
    lacking: u64,
}

/// What was decided since the last digest, by what the staff call it; nothing is left out.
pub(super) fn mail(facts: &Facts) -> Vec<MailRow> {
    let mut rows = Vec::<MailRow>::new();
    for (state, kind, count) in &facts.decided {
        let name = mail_name(*state, *kind);
        match rows.iter_mut().find(|row| row.name == name) {
            Some(row) => row.count += count,
            None => rows.push(MailRow { name, count: *count }),
        }
    }
    rows
}

fn mail_name(state: LedgerState, kind: Option<Kind>) -> &'static str {
    match (state, kind) {
        (LedgerState::Duplicate, _) => "重复来信",
        (LedgerState::Quarantined, _) => "无法读取",
        (LedgerState::Alias, _) => "同一邮件的副本",
        (LedgerState::Preexisting, _) => "报名公告前的邮件",
        (_, Some(Kind::Registration)) => "报名",
        (_, Some(Kind::Change)) => "更正",
        (_, Some(Kind::Cancellation)) => "取消",
        (_, Some(Kind::Status)) => "查询",
        (_, Some(Kind::Automatic)) => "自动回复（不作处理）",
        (_, Some(Kind::Bounce)) => "退信",
        (_, Some(Kind::Bulk)) => "群发和广告（不作处理）",
        (LedgerState::Ignored, _) => "其他不需办理的邮件",
        (_, Some(Kind::Inquiry) | None) => "咨询和其他",
    }
}

/// Each folder that was ever listed, with the ledger's sums beside it.
pub(super) fn folders(facts: &Facts) -> Vec<FolderRow> {
    let mut rows = facts.health.passes.iter().fold(Vec::<FolderRow>::new(), |mut rows, pass| {
        let row = row_of(&mut rows, &pass.mailbox, &pass.seen.folder);
        row.listed += pass.seen.listed;
        row.lacking += pass.seen.listed.saturating_sub(pass.seen.held);
        rows
    });
    for count in &facts.ledger {
        let row = row_of(&mut rows, &count.mailbox, &count.folder);
        let sum = match count.state {
            LedgerState::Done => &mut row.done,
            LedgerState::Ignored => &mut row.ignored,
            LedgerState::Duplicate => &mut row.duplicate,
            LedgerState::Quarantined => &mut row.quarantined,
            LedgerState::Received => &mut row.received,
            LedgerState::Alias | LedgerState::Preexisting => &mut row.other,
        };
        *sum += count.count;
    }
    for row in &mut rows {
        let held =
            row.done + row.ignored + row.duplicate + row.quarantined + row.received + row.other;
        row.gone = (held + row.lacking).saturating_sub(row.listed);
    }
    rows
}

fn row_of<'a>(rows: &'a mut Vec<FolderRow>, mailbox: &str, folder: &str) -> &'a mut FolderRow {
    let known = rows.iter().position(|row| row.mailbox == mailbox && row.folder == folder);
    let place = known.unwrap_or(rows.len());
    if known.is_none() {
        rows.push(FolderRow {
            mailbox: mailbox.to_owned(),
            folder: folder.to_owned(),
            listed: 0,
            done: 0,
            ignored: 0,
            duplicate: 0,
            quarantined: 0,
            received: 0,
            other: 0,
            gone: 0,
            lacking: 0,
        });
    }
    #[expect(clippy::indexing_slicing, reason = "the row was found or pushed above")]
    &mut rows[place]
}
