//! What an event file says of the time around registering: form, reminders, erasure, topics.

use crate::message::Email;
use crate::reading::field;
use crate::roster::Life;

use super::fields::{ExtraField, KNOWN_FIELDS};
use super::rule;
use super::table::Table;

/// How long what is personal is kept when the file does not say, in days after the end.
const KEPT: u32 = 90;

/// `email` was read before; `fields` are the event's own.
pub(super) fn life(
    table: &mut Table,
    email: Option<Email>,
    fields: Option<&[ExtraField]>,
) -> Option<Life> {
    let form = form(table, fields);
    let tag = table.optional(
        "tag",
        &rule::shaped(
            "lower-case letters, digits and -, as \"kfr\"",
            r"^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$",
        ),
    );
    let remind = table.optional("remind", &rule::time_of_day());
    let kept = Some(std::time::Duration::from_hours(u64::from(KEPT) * 24));
    let erase_after = table.or("erase_after", &rule::days_or_never(7..=3650), kept);
    let topics = topics(table);
    let bureau = String::new();
    Some(Life { bureau, email, form: form?, tag, remind, erase_after: erase_after?, topics })
}

/// The fields that the form asks for besides those required.
fn form(table: &mut Table, fields: Option<&[ExtraField]>) -> Option<Vec<String>> {
    let own: Vec<_> = fields.unwrap_or_default().iter().map(|field| field.id.as_str()).collect();
    let usual = [field::ORGANIZATION, field::ADDRESS].into_iter().chain(own.iter().copied());
    let usual = usual.map(str::to_owned).collect();
    let form = table.or("form", &rule::list(rule::text()), usual)?;
    let known: Vec<_> = KNOWN_FIELDS.into_iter().chain(own).collect();
    for unknown in form.iter().filter(|field| !known.contains(&field.as_str())) {
        let what = format!("there is no field {unknown:?}");
        table.wrong("form", &what, &format!("fields: {}", known.join(", ")));
    }
    Some(form)
}

/// `[[topic]]`, in the order of the file.
fn topics(table: &mut Table) -> Vec<(String, Vec<String>)> {
    let sections = table.repeated("topic").into_iter();
    let topic = |mut section: Table| {
        let name = section.required("name", &rule::text());
        let words = section.required("words", &rule::list(rule::text()));
        Some((name?, words?))
    };
    // A wrong one is reported, and with that the whole file is refused.
    sections.filter_map(topic).collect()
}
