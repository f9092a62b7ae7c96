//! Mail with its truth, as data: every `NAME.eml` under `tests/fixtures/samples` and
//! `tests/fixtures/own` is read with CRLF and with LF and compared with `NAME.json`. Adding a case
//! needs no code. `cargo test --test reading_corpus -- --nocapture` prints the table.

#![expect(clippy::unwrap_used, reason = "a test stops where a fixture is broken")]
#![expect(clippy::indexing_slicing, reason = "a test stops where a fixture is broken")]
#![expect(clippy::print_stdout, reason = "the table is what the measure is for")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use baoming::reading::{Reader, Reading};
use serde_json::Value;

/// The fields that decide whether an applicant was read right.
const CORE: [&str; 5] = ["name", "phone", "id_number", "organization", "category"];

#[derive(Default)]
struct Score {
    cases: usize,
    kind: usize,
    core: usize,
    exact: usize,
    silent: Vec<String>,
    needless: Vec<String>,
    missed: Vec<String>,
    wrong: Vec<String>,
}

fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
        .collect();
    files.sort();
    files
}

/// Blanks and a closing mark do not matter in free text; widths are equal.
fn plain(key: &str, value: &str) -> String {
    if !["organization", "position", "address"].contains(&key) {
        return value.to_owned();
    }
    let bare: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_end_matches(['。', '.', '，', ',', '；', ';']);
    bare.chars()
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '：' => ':',
            c => c,
        })
        .collect()
}

fn truth(value: &Value) -> Vec<BTreeMap<String, String>> {
    let people = value["applicants"].as_array().unwrap().iter();
    people
        .map(|person| {
            let fields = person.as_object().unwrap().iter();
            fields.map(|(key, value)| (key.clone(), plain(key, value.as_str().unwrap()))).collect()
        })
        .collect()
}

fn read(reading: &Reading) -> Vec<BTreeMap<String, String>> {
    let people = reading.applicants.iter();
    people
        .map(|person| {
            person
                .fields
                .iter()
                .map(|(key, field)| (key.clone(), plain(key, &field.value)))
                .collect()
        })
        .collect()
}

fn core(people: &[BTreeMap<String, String>]) -> Vec<BTreeMap<&str, &str>> {
    people
        .iter()
        .map(|person| {
            CORE.iter()
                .filter_map(|key| person.get_key_value(*key))
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .collect()
        })
        .collect()
}

fn judge(file: &Path, raw: &[u8], reader: &Reader, score: &mut Score) {
    let name = file.file_stem().unwrap().to_string_lossy().into_owned();
    let expected: Value =
        serde_json::from_slice(&fs::read(file.with_extension("json")).unwrap()).unwrap();
    let reading = reader.read(raw).reading;
    let (people, wanted) = (read(&reading), truth(&expected));
    let kind = serde_json::to_value(reading.kind).unwrap() == expected["kind"];
    let review = expected["review"].as_bool().unwrap();
    let right = core(&people) == core(&wanted);
    score.cases += 1;
    score.kind += usize::from(kind);
    score.core += usize::from(kind && right);
    score.exact += usize::from(kind && people == wanted && reading.review() == review);
    if !(kind && people == wanted && reading.review() == review) {
        score.wrong.push(format!(
            "{name}: {:?} {people:?}\n  wanted {} {wanted:?} {:?}",
            reading.kind, expected["kind"], reading.doubts
        ));
    }
    let silent = !reading.review();
    if silent && !(kind && right) {
        score.silent.push(name.clone());
    }
    if reading.review() && !review {
        score.needless.push(name.clone());
    }
    if review && !reading.review() {
        score.missed.push(name);
    }
}

fn line_feeds(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    for (at, byte) in raw.iter().enumerate() {
        if !(*byte == b'\r' && raw.get(at + 1) == Some(&b'\n')) {
            out.push(*byte);
        }
    }
    out
}

fn measure(folder: &str) -> Score {
    let reader = Reader::default();
    let mut score = Score::default();
    for file in cases(folder) {
        let raw = fs::read(&file).unwrap();
        judge(&file, &raw, &reader, &mut score);
        let unix = line_feeds(&raw);
        assert_eq!(
            reader.read(&raw).reading,
            reader.read(&unix).reading,
            "{} reads the same with LF",
            file.display()
        );
    }
    println!(
        "{folder:<8} {:>4} cases | kind {:>4} | core right {:>4} | all right {:>4} | wrong in silence {} | needless review {} | review missed {}",
        score.cases,
        score.kind,
        score.core,
        score.exact,
        score.silent.len(),
        score.needless.len(),
        score.missed.len()
    );
    for wrong in &score.wrong {
        println!("{wrong}");
    }
    score
}

#[test]
fn every_sample_is_read_as_its_truth_says() {
    let score = measure("samples");
    assert_eq!(score.kind, score.cases, "kinds");
    assert!(score.silent.is_empty(), "wrong in silence: {:?}", score.silent);
    assert!(score.missed.is_empty(), "should be reviewed: {:?}", score.missed);
    assert!(score.exact >= 48, "{} of {} right", score.exact, score.cases);
}

#[test]
fn every_case_of_our_own_is_read_as_its_truth_says() {
    let score = measure("own");
    assert!(score.cases >= 100, "{} cases", score.cases);
    assert_eq!(score.kind, score.cases, "kinds");
    assert!(score.silent.is_empty(), "wrong in silence: {:?}", score.silent);
    assert!(score.missed.is_empty(), "should be reviewed: {:?}", score.missed);
    assert_eq!(score.exact, score.cases, "all fields");
}
