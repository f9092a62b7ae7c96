//! Any bytes give a reading, in bounded time: damaged samples, bombs, endless lines.

#![expect(clippy::unwrap_used, reason = "a test stops where a fixture is broken")]
#![expect(clippy::indexing_slicing, reason = "places are drawn below the length")]
#![expect(clippy::print_stdout, reason = "a random test prints its seed")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use baoming::reading::{Kind, Reader};

/// No message may take longer, in an unoptimised build on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// `SplitMix64`: repeats exactly for a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 1).unwrap_or(0) % bound.max(1)
    }
}

fn samples() -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for folder in ["samples", "own"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "eml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.into_iter().map(|file| fs::read(file).unwrap()).collect()
}

fn damage(raw: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = raw.to_vec();
    for _ in 0..=chance.below(8) {
        if bytes.is_empty() {
            break;
        }
        let at = chance.below(bytes.len());
        match chance.below(6) {
            0 => bytes.truncate(at),
            1 => bytes[at] = u8::try_from(chance.below(256)).unwrap(),
            2 => {
                let end = (at + chance.below(200)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let end = (at + chance.below(400)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            4 => bytes.splice(at..at, *b"\r\n\r\n").for_each(drop),
            _ => bytes[at] ^= 1 << chance.below(8),
        }
    }
    bytes
}

fn timed(reader: &Reader, raw: &[u8], what: &str) {
    let start = Instant::now();
    let read = reader.read(raw);
    let took = start.elapsed();
    if took > Duration::from_secs(1) {
        println!("{what} took {took:?}");
    }
    assert!(took < LONGEST, "{what} took {took:?}");
    assert_ne!(read.fingerprint, [0; 32], "{what}");
}

#[test]
fn damaged_mail_is_read_without_a_panic() {
    let seed = 20_210_928;
    println!("seed {seed}");
    let reader = Reader::default();
    let mut chance = Chance(seed);
    for (place, raw) in samples().into_iter().enumerate() {
        let rounds = if raw.len() > 20_000 { 6 } else { 12 };
        for round in 0..rounds {
            timed(&reader, &damage(&raw, &mut chance), &format!("sample {place}, round {round}"));
        }
    }
}

#[test]
fn random_bytes_are_an_inquiry() {
    let reader = Reader::default();
    let mut chance = Chance(7);
    for length in [0, 1, 2, 3, 10, 100, 5_000] {
        let raw: Vec<u8> = (0..length).map(|_| u8::try_from(chance.below(256)).unwrap()).collect();
        assert_eq!(reader.read(&raw).reading.kind, Kind::Inquiry, "{length} bytes");
    }
}

#[test]
fn bombs_and_endless_lines_are_bounded() {
    let reader = Reader::default();
    let head = "Subject: x\r\nMIME-Version: 1.0\r\n";
    let rfc822 = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    timed(&reader, format!("{head}{rfc822}").as_bytes(), "nested messages");
    let mut parts = String::new();
    for n in 0..100_000 {
        let _ = write!(parts, "Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
    }
    timed(&reader, format!("{head}{parts}").as_bytes(), "nested multiparts");
    let flat = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(100_000);
    timed(
        &reader,
        format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{flat}").as_bytes(),
        "many parts",
    );
    for (what, unit) in [
        ("digits", "1"),
        ("blanks", " "),
        ("names", "张"),
        ("labels", "姓名："),
        ("numerals", "一"),
        ("list", "马玉、"),
        ("quotes", "> "),
        ("marks", "☑"),
        ("brackets", "（"),
    ] {
        let line = unit.repeat(10_000_000 / unit.len());
        timed(
            &reader,
            format!("{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{line}").as_bytes(),
            what,
        );
    }
    let table =
        format!("{head}Content-Type: text/html\r\n\r\n{}", "<table><tr><td>".repeat(50_000));
    timed(&reader, table.as_bytes(), "nested tables");
    let wide = format!(
        "{head}Content-Type: text/html\r\n\r\n<table><tr>{}</table>",
        "<td colspan=200 rowspan=200>姓名</td>".repeat(20_000)
    );
    timed(&reader, wide.as_bytes(), "wide table");
    timed(
        &reader,
        format!("{head}{}\r\n\r\nx", "X-A: b\r\n".repeat(200_000)).as_bytes(),
        "many headers",
    );
    timed(
        &reader,
        format!("Subject: {}\r\n\r\nx", "=?utf-8?B?5oql?= ".repeat(200_000)).as_bytes(),
        "long subject",
    );
}
