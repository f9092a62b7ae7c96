//! A confined reading is the same reading.

use std::fs;
use std::path::{Path, PathBuf};

use baoming::confine::Options;
use baoming::reading::Reader;

use super::bombs::{bombs, peak};
use super::{form, is_form, options, pids, pool, read};

fn fixtures() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// A mail that brings a file along.
fn attached(name: &str, bytes: &[u8]) -> Vec<u8> {
    let digits = |byte: &u8| [u32::from(byte >> 4), u32::from(byte & 15)];
    let hex = |digit| char::from_digit(digit, 16).unwrap().to_ascii_uppercase();
    let lines = bytes.chunks(24).map(|line| {
        let line: String = line.iter().flat_map(digits).map(hex).collect();
        let quoted: Vec<_> = line.as_bytes().chunks(2).map(String::from_utf8_lossy).collect();
        format!("={}=\r\n", quoted.join("="))
    });
    let body: String = lines.collect();
    let head = "From: a@example.cn\r\nSubject: bm\r\nMIME-Version: 1.0\r\n\
                Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
                Content-Type: text/plain; charset=utf-8\r\n\r\n报名表见附件\r\n--b\r\n";
    format!(
        "{head}Content-Type: application/octet-stream; name=\"{name}\"\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{body}\r\n--b--\r\n"
    )
    .into_bytes()
}

#[test]
fn every_fixture_reads_the_same_confined_as_here() {
    let mut raws = Vec::new();
    let mut names = Vec::new();
    for path in fixtures() {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("eml") => raws.push(bytes),
            Some("json" | "py" | "md") => continue,
            _ => raws.push(attached(&name, &bytes)),
        }
        names.push(name);
    }
    assert!(raws.len() > 500, "{} fixtures were found", raws.len());
    let pool = pool(options());
    let outcomes = read(&pool, raws.clone()).unwrap();
    let reader = Reader::default();
    assert_eq!(outcomes.len(), raws.len());
    for ((name, raw), outcome) in names.iter().zip(&raws).zip(outcomes) {
        let confined = outcome.unwrap_or_else(|lost| panic!("{name}: {lost}"));
        assert_eq!(*confined, reader.read(raw), "{name}");
    }
    let full = pool.strength().unwrap();
    println!("confined by {full}");
}

#[test]
fn mails_of_any_size_pass_through_the_pipes_in_their_order() {
    let mut raws: Vec<_> = (0..300).map(form).collect();
    for (place, size) in [(3, 100), (7, 70_000), (50, 3_000_000), (51, 30_000_000)] {
        raws[place].extend(b"\r\nlonger ".iter().cycle().take(size));
    }
    let pool = pool(options());
    let outcomes = read(&pool, raws).unwrap();
    for (n, outcome) in outcomes.iter().enumerate() {
        assert!(is_form(outcome, n), "{n}: {outcome:?}");
    }
    assert!(read(&pool, Vec::new()).unwrap().is_empty());
}

#[test]
fn hostile_mail_that_is_bounded_here_is_within_the_limits_there() {
    // What others wait for may be too slow for them here; alone it has its time.
    let patience = options().long_patience;
    let pool = pool(Options { size: 1, retire_at: u64::MAX, patience, ..options() });
    for (what, raw) in bombs() {
        let outcome = read(&pool, vec![raw]).unwrap().remove(0);
        assert!(outcome.is_ok(), "{what}: {outcome:?}");
        let peaks: Vec<_> = pids().into_iter().map(peak).collect();
        println!("{what}: {peaks:?} MiB");
    }
}
