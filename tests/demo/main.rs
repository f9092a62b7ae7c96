//! `baoming demo` as a newcomer meets it, and everything in it against the truth of its mail.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod truth;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;

use tempfile::TempDir;

/// One run of the demo, which every test looks at.
struct Demo {
    dir: TempDir,
    out: String,
    errors: String,
}

static DEMO: LazyLock<Demo> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let done = baoming(&["demo", "--dir", dir.path().to_str().unwrap()]);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
    Demo { dir, out: text(&done.stdout), errors: text(&done.stderr) }
});

fn baoming(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_baoming")).args(arguments).output().unwrap()
}

/// The files in a folder of the demo, in the order of their names.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = DEMO.dir.path().join(folder);
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn named(files: &[PathBuf], ending: &str) -> Vec<String> {
    let names = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap());
    names.filter(|name| name.ends_with(ending)).map(str::to_owned).collect()
}

#[test]
fn it_leaves_the_mail_the_letters_a_digest_a_day_and_the_database() {
    let dir = DEMO.dir.path();
    assert_eq!(named(&files("mail/new"), "").len(), 52);
    assert!(named(&files("letters"), ".eml").len() >= 20);
    let days: Vec<_> = (13..=24).map(|day| format!("2021-09-{day}.html")).collect();
    assert_eq!(named(&files("digests"), ".html"), days);
    assert!(dir.join("baoming.db").is_file());
    assert!(!dir.join("baoming.db-wal").exists(), "the database was not closed");
}

#[test]
fn a_folder_that_is_not_empty_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("mine"), "text").unwrap();
    let done = baoming(&["demo", "--dir", dir.path().to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.contains("is not empty") && said.contains("new or empty folder"), "{said}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn in_a_pipe_it_prints_neither_colours_nor_a_progress_bar() {
    for said in [&DEMO.out, &DEMO.errors] {
        assert!(!said.contains(['\u{1b}', '\r', '█', '░']), "{said}");
    }
    assert_eq!(DEMO.errors, "");
}

#[test]
fn the_account_has_a_chapter_for_each_day_and_says_where_to_look() {
    for day in 13..=24 {
        assert_eq!(DEMO.out.matches(&format!("\n2021年9月{day}日（")).count(), 1, "{day}");
    }
    let dir = DEMO.dir.path().display();
    assert!(DEMO.out.contains(&format!("都在 {dir}\n")), "{}", DEMO.out);
    for part in ["letters/", "digests/", "mail/", "baoming.db", "合计", "来信 52 封"] {
        assert!(DEMO.out.contains(part), "{part}");
    }
}

#[test]
fn what_it_left_can_be_looked_at_with_the_other_commands() {
    let settings = DEMO.dir.path().join("baoming.toml");
    let config = ["--config", settings.to_str().unwrap()];
    for command in [&["list"][..], &["show", "XJ21-001"], &["explain", "XJ21-001"], &["letters"]] {
        let done = baoming(&[&config, command].concat());
        let text = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success() && text.contains("XJ21-001"), "{command:?}\n{text}");
    }
}
