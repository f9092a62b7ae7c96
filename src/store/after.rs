//! What a mailbox wants done to its messages after the decision.

use super::bulk::{self, Value};
use super::dialect::commit;
use super::ledger::message_key;
use super::{Result, Store};
use crate::mailbox::MessageKey;

impl Store {
    /// Messages of a mailbox that are decided and whose `after` (seen, move) is still to be done.
    pub async fn pending_after(&self, mailbox: &str, limit: u32) -> Result<Vec<MessageKey>> {
        let rows = sqlx::query(
            "select mailbox, folder, uidvalidity, uid from ledger \
             where mailbox = $1 and after_state = 'pending' \
             order by folder, uidvalidity, uid limit $2",
        )
        .bind(mailbox)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(|row| message_key(row, 0)).collect()
    }

    /// The mailbox's `after` was done for these, or they are gone from it.
    pub async fn after_done(&self, keys: &[MessageKey]) -> Result<()> {
        let rows = keys
            .iter()
            .map(|key| {
                [
                    Value::from(&key.mailbox),
                    Value::from(&key.folder),
                    Value::from(key.uidvalidity),
                    Value::from(key.uid.cast_signed()),
                ]
            })
            .collect();
        let mut tx = self.exclusive().await?;
        bulk::rows(
            &mut tx,
            "update ledger set after_state = 'done' where after_state = 'pending' \
             and (mailbox, folder, uidvalidity, uid) in (values",
            rows,
            ")",
        )
        .await?;
        commit(tx).await
    }
}
