//! The shape of the house (ARCHITECTURE.md, "Code map"): who may use whom, and how large a file or a
//! function may be. It reads `src/` as text, with comments and strings blanked out.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A screen: what can be read without losing the beginning.
const LINES_OF_A_FUNCTION: usize = 70;
/// No file is longer; most should be half of it.
const LINES_OF_A_FILE: usize = 400;

/// The rooms in the order in which a message passes them, each with those it may use. `*`: all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("fault", &[]),
    ("clock", &[]),
    ("mailbox", &["clock"]),
    ("message", &[]),
    ("reading", &["message"]),
    ("confine", &["message", "reading"]),
    ("roster", &["message", "reading"]),
    ("form", &["reading", "roster"]),
    ("reply", &["message", "reading", "roster", "form"]),
    // The types of the rooms above, and `clock` for its identifiers.
    ("store", &["clock", "mailbox", "message", "reading", "roster"]),
    // What reply and the store hand out is made of the types of `message` and `roster`; `mailbox`
    // looks for copies of what was sent.
    ("outbox", &["clock", "mailbox", "message", "roster", "reply", "store"]),
    ("intake", &["clock", "mailbox", "message", "reading", "confine", "roster", "reply", "store"]),
    // Likewise.
    ("digest", &["clock", "mailbox", "message", "reading", "roster", "reply", "store"]),
    ("export", &["message", "reading", "roster", "reply", "store"]),
    ("announce", &["message", "roster", "form", "reply"]),
    ("report", &["reading", "roster", "form", "reply", "store"]),
    // It fills each room's own options.
    (
        "settings",
        &[
            "clock", "mailbox", "message", "reading", "roster", "reply", "store", "outbox",
            "intake", "digest", "announce",
        ],
    ),
    ("check", &["*"]),
    ("daemon", &["*"]),
    ("command", &["*"]),
];

/// The parts of `reading`, each built on those before it and on nothing behind it.
const PARTS_OF_READING: &[&str] = &[
    // What is found, and of whom.
    "vocabulary",
    "applicant",
    "fact",
    "person",
    // From characters to sentences and forms.
    "language",
    "values",
    "forms",
    "prose",
    "scan",
    // From what is said to what is meant.
    "wish",
    "context",
    "people",
    "intent",
    "doubts",
    // The whole.
    "reader",
    "gathering",
    "by_file",
];

/// Everybody may stand on a kill point: without the Cargo feature there is none.
const EVERYBODYS: &str = "fault";

#[test]
fn each_room_uses_only_what_the_table_allows() {
    let mut wrong = Vec::new();
    for file in files() {
        let allowed = allowed(&file.room);
        for used in used_rooms(&file) {
            let may = allowed.contains("*") || allowed.contains(used.as_str());
            if !may && used != file.room && used != EVERYBODYS {
                wrong.push(format!(
                    "{}: `{}` may not use `{used}`",
                    file.path.display(),
                    file.room
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_room_stands_in_the_table() {
    let rooms: BTreeSet<_> = files().into_iter().map(|file| file.room).collect();
    let table: BTreeSet<_> = MAY_USE.iter().map(|(room, _)| (*room).to_owned()).collect();
    let unknown: Vec<_> = rooms.difference(&table).collect();
    assert!(unknown.is_empty(), "not in the table of tests/architecture.rs: {unknown:?}");
}

#[test]
fn no_room_uses_itself_through_others() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files() {
        let used = used_rooms(&file).into_iter().filter(|used| *used != file.room);
        edges.entry(file.room.clone()).or_default().extend(used);
    }
    for room in edges.keys() {
        let mut reached = BTreeSet::new();
        let mut ahead: Vec<&String> = edges.get(room).into_iter().flatten().collect();
        while let Some(next) = ahead.pop() {
            if reached.insert(next) {
                ahead.extend(edges.get(next).into_iter().flatten());
            }
        }
        assert!(!reached.contains(room), "`{room}` comes back to itself by way of {reached:?}");
    }
}

#[test]
fn each_part_of_reading_uses_only_those_before_it() {
    let rank = |part: &str| PARTS_OF_READING.iter().position(|name| *name == part);
    let mut wrong = Vec::new();
    for file in files() {
        let mut inner = file.path.iter().map(|part| part.to_str().unwrap());
        let (Some("reading"), Some(part)) = (inner.next(), inner.next()) else { continue };
        if part == "mod" {
            continue;
        }
        let own = rank(part).unwrap_or_else(|| panic!("reading/{part} stands in no order"));
        let code = file.code.split("#[cfg(test)]").next().unwrap();
        for used in named_behind(code, "crate::reading::", file.depth - 1) {
            if rank(&used).is_some_and(|used| used > own) {
                wrong.push(format!("{} may not use `{used}`", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// `NAME = "…";`: a list of words, as `words!` and constants hold it.
const LIST: &str = r#"\b([A-Z][A-Z_]+)(?:: &str)? = "([^"]*?)";"#;

#[test]
fn a_word_stands_once_in_its_list() {
    let list = Regex::new(LIST).unwrap();
    let (mut twice, mut counted) = (Vec::new(), 0);
    for file in files().iter().filter(|file| file.room == "reading") {
        let source = fs::read_to_string(src().join(&file.path).with_extension("rs")).unwrap();
        for found in list.captures_iter(&source) {
            counted += 1;
            let words = found[2].replace("\\\n", " ");
            let mut seen = BTreeSet::new();
            let again = words.split_whitespace().filter(|word| !seen.insert(*word));
            twice.extend(
                again.map(|word| format!("{}: {word} in {}", file.path.display(), &found[1])),
            );
        }
    }
    assert!(counted > 300, "{counted} lists were found");
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn the_crate_root_names_the_rooms_and_re_exports_nothing() {
    let root = blanked(&fs::read_to_string(src().join("lib.rs")).unwrap());
    for line in root.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let plain = line.starts_with("pub mod ") && line.ends_with(';');
        let attribute = line.starts_with('#');
        assert!(plain || attribute, "lib.rs: {line:?} is neither a room nor an attribute");
    }
}

#[test]
fn functions_fit_on_a_screen_and_files_in_a_sitting() {
    let mut wrong = Vec::new();
    for file in files() {
        let lines = file.code.lines().count();
        if lines > LINES_OF_A_FILE {
            wrong.push(format!("{}: {lines} lines", file.path.display()));
        }
        for (name, lines) in functions(&file.code) {
            if lines > LINES_OF_A_FUNCTION {
                wrong.push(format!("{}: `{name}` has {lines} lines", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_code_sees_what_it_must() {
    let code = blanked(
        "use crate::{clock::Clock, store::{Work, Error}};\n// crate::daemon\nfn a() { \"crate::check\"; \
         b(super::super::reply::Letter, 'x', b'\"', r#\"crate::intake\"#) }",
    );
    let file = File { path: PathBuf::new(), room: "outbox".into(), depth: 2, code: code.clone() };
    let used: Vec<_> = used_rooms(&file).into_iter().collect();
    assert_eq!(used, ["clock", "reply", "store"]);
    assert_eq!(functions(&code), [("a".to_owned(), 1)]);
}

#[test]
fn every_test_that_the_threat_model_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/threat-model.md")).unwrap();
    let (mut place, mut named) = ("", 0);
    for quoted in page.split('`').skip(1).step_by(2) {
        let Some((at, test)) = quoted.split_once('›') else { continue };
        if !at.trim().is_empty() {
            place = at.trim();
        }
        let test = format!("fn {}", test.trim().trim_end_matches('…'));
        let files = [format!("tests/{place}.rs"), format!("src/{place}.rs")];
        let found = files.iter().filter_map(|file| fs::read_to_string(root.join(file)).ok());
        assert!(found.into_iter().any(|code| code.contains(&test)), "{place} has no `{test}…`");
        named += 1;
    }
    assert!(named > 20, "{named} tests were found on the page");
}

struct File {
    path: PathBuf,
    room: String,
    /// How many modules lie between the file's own and the crate's root.
    depth: usize,
    /// The text without comments and strings.
    code: String,
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All files of the rooms: `lib.rs` and `main.rs` are none.
fn files() -> Vec<File> {
    let mut found = Vec::new();
    let mut folders = vec![src()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.extend(file(&path));
            }
        }
    }
    assert!(found.len() > 20, "src/ was not found");
    found
}

fn file(path: &Path) -> Option<File> {
    let inner = path.strip_prefix(src()).unwrap().with_extension("");
    let mut modules: Vec<_> = inner.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if modules.last().is_some_and(|last| last == "mod") {
        modules.pop();
    }
    let room = modules.first()?.clone();
    if ["lib", "main"].contains(&room.as_str()) {
        return None;
    }
    let code = blanked(&fs::read_to_string(path).unwrap());
    Some(File { path: inner, room, depth: modules.len(), code })
}

fn allowed(room: &str) -> BTreeSet<&'static str> {
    let row = MAY_USE.iter().find(|(name, _)| *name == room);
    row.map(|(_, allowed)| allowed.iter().copied().collect()).unwrap_or_default()
}

/// The rooms that a file names.
fn used_rooms(file: &File) -> BTreeSet<String> {
    let mut used = named_behind(&file.code, "crate::", file.depth);
    used.retain(|name| MAY_USE.iter().any(|(room, _)| room == name));
    used
}

/// What code names behind a path, or behind as many `super::` as lead to it.
fn named_behind(code: &str, path: &str, above: usize) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    for root in [path, &"super::".repeat(above)] {
        let mut rest = code.as_str();
        while let Some((_, behind)) = rest.split_once(root) {
            used.extend(heads(behind));
            rest = behind;
        }
    }
    used
}

/// The first names of a path or of a braced list of paths.
fn heads(path: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let Some(list) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut found, mut at_head) = (0_u32, Vec::new(), true);
    for (at, c) in list.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => at_head = true,
            _ if at_head => {
                found.push(name(list.get(at..).unwrap()));
                at_head = false;
            }
            _ => {}
        }
    }
    found
}

/// Each function with its number of lines, from `fn` to the closing brace.
fn functions(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let before = code.get(..at).unwrap().chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let text = code.get(at..).unwrap();
        let name: String =
            text.chars().skip(3).take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let (mut braces, mut brackets, mut lines) = (0_i32, 0_i32, 1);
        for c in text.chars() {
            match c {
                '\n' => lines += 1,
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets -= 1,
                '{' => braces += 1,
                // A declaration without a body, or a pointer type.
                ';' | ',' if braces == 0 && brackets <= 0 => break,
                '}' => {
                    braces -= 1;
                    if braces == 0 {
                        found.push((name, lines));
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// The text with the insides of comments, strings and character literals replaced by blanks.
fn blanked(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let length = skipped(&chars, at);
        if length == 0 {
            out.push(chars.get(at).copied().unwrap());
            at += 1;
        } else {
            let lost = chars.get(at..at + length).unwrap();
            out.extend(lost.iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at += length;
        }
    }
    out
}

/// How many characters from here on are a comment or a literal; 0 when this is code.
fn skipped(chars: &[char], at: usize) -> usize {
    let rest = chars.get(at..).unwrap();
    let starts = |with: &str| with.chars().enumerate().all(|(i, c)| rest.get(i) == Some(&c));
    let until = |end: &str, from: usize| {
        let end: Vec<char> = end.chars().collect();
        let found = rest.get(from..).unwrap().windows(end.len()).position(|some| some == end);
        found.map_or(rest.len(), |found| from + found + end.len())
    };
    let named = at > 0 && chars.get(at - 1).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    if starts("//") {
        return rest.iter().position(|c| *c == '\n').unwrap_or(rest.len());
    }
    if starts("/*") {
        return until("*/", 2);
    }
    let hashes = rest.iter().skip(1).take_while(|c| **c == '#').count();
    if !named && starts("r") && rest.get(1 + hashes) == Some(&'"') {
        return until(&format!("\"{}", "#".repeat(hashes)), 2 + hashes);
    }
    if starts("\"") {
        return quoted(rest, '"');
    }
    let letter = starts("'") && (rest.get(2) == Some(&'\'') || rest.get(1) == Some(&'\\'));
    if letter { quoted(rest, '\'') } else { 0 }
}

/// The length of a literal that begins here, with its escapes.
fn quoted(rest: &[char], end: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.iter().enumerate().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if *c == end => return at + 1,
            _ => {}
        }
    }
    rest.len()
}
