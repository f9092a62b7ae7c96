//! The list of those who may claim a category: a CSV file beside the event file, one person a line.

use std::collections::BTreeMap;
use std::io;

use crate::message::Block;
use crate::message::file::{File, open};
use crate::reading::{Vocabulary, entered, field};
use crate::roster::{Allow, Listed};

use super::rule;
use super::table::Table;

/// Where lists come from, by their names: files, or a record of settings.
pub(super) type Lists<'a> = dyn Fn(&str) -> io::Result<Vec<u8>> + 'a;

/// What `otherwise` says when a person shall decide.
const REVIEW: &str = "review";

/// What a list must be.
const ALLOWED: &str = "a CSV file (UTF-8 or GBK) beside this one, with the headings 姓名 and, if you like, 电话, 身份证号";

/// A list as its file says it, and as it is kept with decisions.
pub(super) struct Read {
    pub(super) allow: Allow,
    /// The file's name.
    pub(super) file: String,
    /// What it says, in one form whatever the file's.
    pub(super) text: String,
}

/// `allow` and `otherwise` of a category; `None` where it has no list, or a wrong one, which is
/// reported. `open_to_all` are the other categories without a list.
pub(super) fn allow(section: &mut Table, lists: &Lists, open_to_all: &[String]) -> Option<Read> {
    let otherwise = section.optional("otherwise", &rule::text());
    let shape = rule::shaped(
        "the name of a CSV file beside this one, as \"supervisors.csv\"",
        r"^[^/\\]+\.csv$",
    );
    let Some(file) = section.optional("allow", &shape) else {
        if otherwise.is_some() && !section.has("allow") {
            section.wrong("otherwise", "says nothing without `allow`", "no such key");
        }
        return None;
    };
    let otherwise = otherwise.filter(|otherwise| otherwise != REVIEW);
    if otherwise.as_ref().is_some_and(|id| !open_to_all.contains(id)) {
        let allowed = format!("\"{REVIEW}\", or another category without a list: ");
        let allowed = allowed + &open_to_all.join(", ");
        section.wrong("otherwise", "is no category that everybody may claim", &allowed);
    }
    let bytes = match lists(&file) {
        Ok(bytes) => bytes,
        Err(error) => {
            section.wrong("allow", &format!("cannot be read: {error}"), ALLOWED);
            return None;
        }
    };
    let people = people(section, &file, &bytes);
    if people.is_empty() {
        section.wrong("allow", "lists nobody", ALLOWED);
        return None;
    }
    let text = written(&people);
    Some(Read { allow: Allow { people, otherwise }, file, text })
}

/// A column of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Phone,
    IdNumber,
    Other,
}

/// The people on the list. What is wrong with a line is reported by its number; the values are
/// nobody's business.
fn people(section: &Table, file: &str, bytes: &[u8]) -> Vec<Listed> {
    let opened = open(File { name: file, media: "text/csv", bytes, depth: 0 });
    let mut rows: BTreeMap<u32, BTreeMap<u32, &str>> = BTreeMap::new();
    for block in opened.documents.iter().flat_map(|document| &document.blocks) {
        let Block::Table(table) = block else { continue };
        for cell in table.cells.iter().filter(|cell| !cell.text.trim().is_empty()) {
            rows.entry(cell.row).or_default().insert(cell.column, cell.text.trim());
        }
    }
    let Some((first, headings)) = rows.first_key_value() else { return Vec::new() };
    let columns: BTreeMap<u32, Column> =
        headings.iter().map(|(at, heading)| (*at, column(heading))).collect();
    if !columns.values().any(|column| *column == Column::Name) {
        section.wrong_line(file, first + 1, "no heading says 姓名", ALLOWED);
        return Vec::new();
    }
    let words = Vocabulary::default();
    let mut people = Vec::new();
    for (row, cells) in rows.iter().skip(1) {
        let value = |wanted, name| {
            let mut texts = cells.iter().filter(|(at, _)| columns.get(at) == Some(&wanted));
            let read = texts.next().and_then(|(_, text)| entered(name, text, &words));
            read.map(|read| read.map_err(|_| ()))
        };
        let name = value(Column::Name, field::NAME);
        let phone = value(Column::Phone, field::PHONE).transpose();
        let id_number = value(Column::IdNumber, field::ID_NUMBER).transpose();
        let wrong = |what| section.wrong_line(file, row + 1, what, ALLOWED);
        match (name, phone, id_number) {
            (Some(Ok(name)), Ok(phone), Ok(id_number)) => {
                people.push(Listed { name, phone, id_number });
            }
            (None | Some(Err(())), ..) => wrong("the name is missing, or is not one"),
            (_, Err(()), _) => wrong("the telephone number is not one"),
            (_, _, Err(())) => wrong("the identity number is not one: a digit may be wrong"),
        }
    }
    people
}

fn column(heading: &str) -> Column {
    let heading = heading.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    if says(&["姓名", "名字"]) || heading == "name" {
        Column::Name
    } else if says(&["电话", "手机", "联系方式", "phone"]) {
        Column::Phone
    } else if says(&["身份证", "证件号", "id_number"]) {
        Column::IdNumber
    } else {
        Column::Other
    }
}

/// The list in the form in which it is kept; it reads back as the same list.
fn written(people: &[Listed]) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let lines = people.iter().map(|one| {
        let name = one.name.replace('"', "\"\"");
        format!("\"{name}\",{},{}\n", text(&one.phone), text(&one.id_number))
    });
    std::iter::once("姓名,电话,身份证号\n".to_owned()).chain(lines).collect()
}
