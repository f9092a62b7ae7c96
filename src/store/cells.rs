//! Reading rows: columns by their place, words and times as the types they are.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Error, Result};
use crate::roster::{Cause, OrderKey};

/// A row whose columns are taken by their place in the select list.
pub(super) trait Cells {
    /// Borrowed, for what is parsed.
    fn str(&self, at: usize) -> Result<&str>;
    fn text(&self, at: usize) -> Result<String>;
    fn maybe_text(&self, at: usize) -> Result<Option<String>>;
    fn int(&self, at: usize) -> Result<i64>;
    fn maybe_int(&self, at: usize) -> Result<Option<i64>>;
    fn bytes(&self, at: usize) -> Result<&[u8]>;
    fn maybe_bytes(&self, at: usize) -> Result<Option<&[u8]>>;

    fn count(&self, at: usize) -> Result<u64> {
        Ok(u64::try_from(self.int(at)?).unwrap_or(0))
    }

    fn small(&self, at: usize) -> Result<u32> {
        Ok(u32::try_from(self.int(at)?).unwrap_or(0))
    }

    fn time(&self, at: usize) -> Result<Timestamp> {
        Ok(time(self.int(at)?))
    }

    fn maybe_time(&self, at: usize) -> Result<Option<Timestamp>> {
        Ok(self.maybe_int(at)?.map(time))
    }
}

impl Cells for AnyRow {
    fn str(&self, at: usize) -> Result<&str> {
        Ok(self.try_get(at)?)
    }

    fn text(&self, at: usize) -> Result<String> {
        Ok(self.try_get(at)?)
    }

    fn maybe_text(&self, at: usize) -> Result<Option<String>> {
        Ok(self.try_get(at)?)
    }

    fn int(&self, at: usize) -> Result<i64> {
        Ok(self.try_get(at)?)
    }

    fn maybe_int(&self, at: usize) -> Result<Option<i64>> {
        Ok(self.try_get(at)?)
    }

    fn bytes(&self, at: usize) -> Result<&[u8]> {
        Ok(self.try_get(at)?)
    }

    fn maybe_bytes(&self, at: usize) -> Result<Option<&[u8]>> {
        Ok(self.try_get(at)?)
    }
}

/// A moment out of its milliseconds; what lies beyond all calendars is their end.
pub(super) fn time(millis: i64) -> Timestamp {
    let end = if millis < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(millis).unwrap_or(end)
}

/// The word by which an enum's value goes in the contracts (its serde name).
pub(super) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => other.map(|value| value.to_string()).unwrap_or_default(),
    }
}

/// The reverse of [`word`].
pub(super) fn of_word<T: DeserializeOwned>(
    table: &'static str,
    column: &'static str,
    id: &str,
    word: &str,
) -> Result<T> {
    let words: StrDeserializer<'_, WordError> = word.into_deserializer();
    T::deserialize(words).map_err(|_| unfit(table, column, id, word))
}

/// A value as JSON text.
pub(super) fn json(
    table: &'static str,
    column: &'static str,
    id: &str,
    value: &impl Serialize,
) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Row {
        table,
        column,
        id: id.into(),
        what: error.to_string(),
    })
}

/// The reverse of [`json`].
pub(super) fn of_json<T: DeserializeOwned>(
    table: &'static str,
    column: &'static str,
    id: &str,
    text: &str,
) -> Result<T> {
    serde_json::from_str(text).map_err(|_| unfit(table, column, id, text))
}

/// A cause as one text: `message:ID`, `promotion:XJ21-026:ID`.
pub(super) fn cause_text(cause: &Cause) -> String {
    match cause {
        Cause::Message(id) => format!("message:{id}"),
        Cause::Command(id) => format!("command:{id}"),
        Cause::Promotion(number, freed) => format!("promotion:{number}:{freed}"),
        Cause::Lapse(number) => format!("lapse:{number}"),
        Cause::Reminder(event) => format!("reminder:{event}"),
        Cause::Digest(day) => format!("digest:{day}"),
    }
}

/// The reverse of [`cause_text`].
pub(super) fn cause_of(id: &str, text: &str) -> Result<Cause> {
    let cause = text.split_once(':').and_then(|(kind, rest)| match kind {
        "message" => Some(Cause::Message(rest.into())),
        "command" => Some(Cause::Command(rest.into())),
        "lapse" => Some(Cause::Lapse(rest.into())),
        "reminder" => Some(Cause::Reminder(rest.into())),
        "digest" => Some(Cause::Digest(rest.into())),
        "promotion" => rest
            .split_once(':')
            .map(|(number, freed)| Cause::Promotion(number.into(), freed.into())),
        _ => None,
    });
    cause.ok_or_else(|| unfit("letter", "cause", id, text))
}

/// The key behind [`OrderKey::rank`].
pub(super) fn key_of(table: &'static str, id: &str, rank: &str) -> Result<OrderKey> {
    let parts: Vec<&str> = rank.split('\u{1f}').collect();
    let key = match parts.as_slice() {
        [arrived, mailbox, folder, uidvalidity, uid, place] => (|| {
            Some(OrderKey {
                arrived: time(arrived.parse().ok()?),
                mailbox: (*mailbox).into(),
                folder: (*folder).into(),
                uidvalidity: uidvalidity.parse().ok()?,
                uid: uid.parse().ok()?,
                place: place.parse().ok()?,
            })
        })(),
        _ => None,
    };
    key.ok_or_else(|| unfit(table, "rank", id, rank))
}

fn unfit(table: &'static str, column: &'static str, id: &str, found: &str) -> Error {
    let what = format!("`{}` is not understood", found.escape_default());
    Error::Row { table, column, id: id.into(), what }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::Status;

    #[test]
    fn keys_causes_and_words_come_back() {
        let key = OrderKey {
            arrived: "2021-09-13T00:30:00.123Z".parse().unwrap(),
            mailbox: "bureau".into(),
            folder: "广告邮件".into(),
            uidvalidity: 1_631_000_000,
            uid: u64::MAX,
            place: 3,
        };
        assert_eq!(key_of("ledger", "A", &key.rank()).unwrap(), key);
        for cause in [
            Cause::Message("A".into()),
            Cause::Command("B".into()),
            Cause::Promotion("XJ21-026".into(), "C".into()),
            Cause::Lapse("XJ21-004".into()),
            Cause::Reminder("xiji-open-day:1632790800".into()),
            Cause::Digest("2021-09-13".into()),
        ] {
            assert_eq!(cause_of("A", &cause_text(&cause)).unwrap(), cause);
        }
        assert_eq!(word(&Status::Waitlisted), "waitlisted");
        let status: Status = of_word("registration", "status", "A", "waitlisted").unwrap();
        assert_eq!(status, Status::Waitlisted);
        assert!(of_word::<Status>("registration", "status", "A", "lost").is_err());
    }
}
