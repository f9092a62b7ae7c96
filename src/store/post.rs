//! Posting: letters become rows, one for each cause and recipient for ever (I3).

use std::collections::HashSet;

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::bulk::{self, Value};
use super::cells::{Cells, cause_text};
use super::letters::{FACTS, MAIL, personal};
use super::pack::Packer;
use super::seal::Seals;
use super::{NewLetter, Result, Store};
use crate::message::Email;

/// Writes a bureau's letters down, each with the moment of its decision and whether a newer one may overtake it,
/// inside an exclusive transaction:
/// they are numbered through. One that its cause and recipient have already is left out (I3).
pub(super) async fn keep_letters(
    store: &Store,
    conn: &mut AnyConnection,
    bureau: &str,
    letters: &[(Timestamp, &NewLetter, bool)],
) -> Result<()> {
    if letters.is_empty() {
        return Ok(());
    }
    let seals = &store.0.seals;
    let last =
        sqlx::query("select coalesce(max(number), 0) from letter").fetch_all(&mut *conn).await?;
    let mut number = last.first().map_or(Ok(0), |row| row.int(0))?;
    let (mut named, mut mails) = (Vec::with_capacity(letters.len()), Vec::new());
    for (created, letter, standing) in letters {
        let id = store.id();
        number += 1;
        if let Some(mail) = &letter.mail {
            mails.push((id.clone(), mail));
        }
        named.push((id, number, (created, *standing), *letter));
    }
    let rows = named.iter().map(|(id, number, (created, standing), letter)| {
        let personal = personal(&letter.to, &letter.facts);
        Ok([
            Value::from(id),
            Value::from(*number),
            Value::from(cause_text(&letter.cause)),
            Value::from(recipient(seals, &letter.to)),
            Value::from(letter.due),
            Value::from(**created),
            Value::from(&letter.message_id),
            Value::from(letter.numbers.join(" ")),
            Value::from(*standing),
            Value::from(seals.seal(FACTS, id, personal.as_bytes())?),
            Value::from(bureau),
        ])
    });
    let kept = bulk::rows(
        conn,
        "insert into letter (id, number, cause, recipient_mac, due, created, message_id, \
         numbers, standing, facts, bureau) values",
        rows.collect::<Result<_>>()?,
        // Which of them are new matters only where rendered mails go with them.
        if mails.is_empty() {
            "on conflict (cause, recipient_mac) do nothing"
        } else {
            "on conflict (cause, recipient_mac) do nothing returning id"
        },
    )
    .await?;
    let kept = kept.iter().map(|row| row.text(0)).collect::<Result<HashSet<_>>>()?;
    let mut contents = Vec::new();
    for (id, mail) in mails {
        if kept.contains(&id) {
            let content = seal_mail(seals, &id, mail)?;
            contents.push([Value::from(id), Value::from(content)]);
        }
    }
    bulk::rows(conn, "insert into mail (letter, content) values", contents, "").await.map(drop)
}

/// A rendered mail as it is kept.
pub(super) fn seal_mail(seals: &Seals, id: &str, mail: &[u8]) -> Result<Vec<u8>> {
    seals.seal(MAIL, id, &Packer::new().pack(mail)?)
}

/// By what letters to an address, and registrations from it, are found again.
pub(super) fn recipient(seals: &Seals, email: &Email) -> Vec<u8> {
    seals.find("email", &[email.as_str()])
}
