//! Mail with its truth, as data: every `NAME.eml` under `tests/fixtures/samples` and
//! `tests/fixtures/own` is read with CRLF and with LF and compared with `NAME.json`. Adding a case
//! needs no code. `tests/measure` prints the table.

#![expect(clippy::unwrap_used, reason = "a test stops where a fixture is broken")]
#![expect(clippy::indexing_slicing, reason = "a test stops where a fixture is broken")]
#![expect(clippy::print_stdout, reason = "the table is what the measure is for")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use baoming::reading::{Read, Reader, Reading};
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
    undecidable: usize,
    /// How long reading takes, without and with attachments.
    times: [Vec<Duration>; 2],
}

/// Each message is read so often; the shortest time counts.
const READS: usize = 5;

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

fn timed(raw: &[u8], reader: &Reader, score: &mut Score) -> Read {
    let mut best = Duration::MAX;
    let mut read = None;
    for _ in 0..READS {
        let start = Instant::now();
        read = Some(reader.read(raw));
        best = best.min(start.elapsed());
    }
    let read = read.unwrap();
    score.times[usize::from(!read.attachments.is_empty())].push(best);
    read
}

/// Median and 99th percentile, in milliseconds.
fn percentiles(times: &[Duration]) -> String {
    let mut times = times.to_vec();
    times.sort();
    let at = |part: usize| times.get((times.len() * part / 100).min(times.len() - 1)).unwrap();
    if times.is_empty() {
        return "-".to_owned();
    }
    let ms = |time: &Duration| time.as_secs_f64() * 1000.0;
    format!("{:.2} / {:.2}", ms(at(50)), ms(at(99)))
}

/// The table of `tests/measure`.
fn table(folder: &str, score: &Score) {
    let part = |some: usize, of: usize| {
        let percent = 100.0 * f64::from(u32::try_from(some).unwrap())
            / f64::from(u32::try_from(of.max(1)).unwrap());
        format!("{some}/{of} ({percent:.1} %)")
    };
    let rows = [
        ("kind right", part(score.kind, score.cases)),
        ("applicants exactly right", part(score.core, score.cases)),
        ("every field right", part(score.exact, score.cases)),
        ("wrong in silence", score.silent.len().to_string()),
        ("sent to review for nothing", part(score.needless.len(), score.cases - score.undecidable)),
        (
            "undecidable and reviewed",
            part(score.undecidable - score.missed.len(), score.undecidable),
        ),
        ("ms a message, median / 99 %", percentiles(&score.times[0])),
        ("the same with attachments", percentiles(&score.times[1])),
    ];
    for (name, value) in rows {
        println!("| {folder} | {name} | {value} |");
    }
}

fn judge(file: &Path, raw: &[u8], reader: &Reader, score: &mut Score) {
    let name = file.file_stem().unwrap().to_string_lossy().into_owned();
    let expected: Value =
        serde_json::from_slice(&fs::read(file.with_extension("json")).unwrap()).unwrap();
    let reading = timed(raw, reader, score).reading;
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
    score.undecidable += usize::from(review);
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
    table(folder, &score);
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
    assert!(score.cases >= 820, "{} cases", score.cases);
    assert_eq!(score.kind, score.cases, "kinds");
    assert!(score.silent.is_empty(), "wrong in silence: {:?}", score.silent);
    assert!(score.missed.is_empty(), "should be reviewed: {:?}", score.missed);
    assert_eq!(score.exact, score.cases, "all fields");
}
