//! Scans and photos of forms: with models the staff are told what stands in them; they decide.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::bureau::{self, DESK, Done, STAFF, done};
use crate::mails::form;
use crate::{eyes, folder};

const FORM: &str = "姓名：马玉兰 身份证号：64222319880101123X 联系电话：13995000001";
/// What the staff are told of it.
const SUGGESTED: &str = "姓名 马玉兰，身份证号 642223********123X，电话 13995000001";

/// A desk on a Maildir whose settings name models.
fn desk(models: &baoming::message::picture::Models) -> TempDir {
    let dir = tempfile::Builder::new().prefix("pictures-").tempdir().unwrap();
    folder::lay_out(dir.path(), |_| bureau::event(), "");
    let settings = dir.path().join("baoming.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(settings, format!("models = \"models\"\n{text}")).unwrap();
    eyes::put(models, &dir.path().join("models"));
    dir
}

/// Lays a mail into the mailbox, as the `n`th that came just now.
fn post(dir: &Path, n: usize, raw: &[u8]) {
    let now = jiff::Timestamp::now().as_second();
    fs::write(dir.join(format!("mail/new/{now}.M{n}P1.test")), raw).unwrap();
}

/// Somebody sends nothing but a photo of the form.
fn photographed(n: usize) -> Vec<u8> {
    let parts =
        eyes::parts("您好，我报名参加政府开放日，报名表见附件照片。", &eyes::page(96, true));
    format!(
        "From: {}\r\nTo: {DESK}\r\nSubject: baoming\r\nMessage-ID: <photo.{n}@client.test>\r\n{parts}",
        crate::mails::address(n)
    )
    .into_bytes()
}

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baoming"));
    command.arg("--config").arg(dir.join("baoming.toml")).args(arguments).env("NO_COLOR", "1");
    command
}

fn run(dir: &Path, arguments: &[&str]) -> Done {
    done(command(dir, arguments))
}

fn well(dir: &Path, arguments: &[&str]) -> String {
    let said = run(dir, arguments);
    assert_eq!(said.code, 0, "{arguments:?}: {}", said.text);
    said.text
}

/// The texts of all letters to citizens.
fn letters(dir: &Path) -> String {
    let files = fs::read_dir(dir.join("letters")).unwrap();
    let raws = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let to_citizens = raws.filter(|raw| !raw.contains(&format!("To: {STAFF}")));
    to_citizens.map(|raw| crate::mails::text(raw.as_bytes())).collect()
}

#[test]
fn a_photographed_form_goes_to_the_staff_with_what_stands_in_it_and_registers_nobody_by_itself() {
    let dir = desk(&eyes::reading(FORM));
    let dir = dir.path();
    post(dir, 1, &photographed(1));
    post(dir, 2, &form(2));
    well(dir, &["once"]);
    let roster = well(dir, &["list", "--json"]);
    assert!(
        roster.contains(&crate::mails::phone(2)) && !roster.contains("13995000001"),
        "{roster}"
    );
    assert!(!roster.contains("马玉兰"), "{roster}");
    let digest = well(dir, &["digest"]);
    assert!(digest.contains(SUGGESTED), "{digest}");
    assert!(digest.contains("请对照原件核实"), "{digest}");
    let letters = letters(dir);
    assert!(letters.contains(&crate::mails::name(2)), "{letters}");
    assert!(!letters.contains("马玉兰"), "what a program made of a photo is not said: {letters}");
    let again = well(dir, &["replay"]);
    assert!(
        again.contains("读法都与当时相同"),
        "whoever reads all mail again reads the same: {again}"
    );
}

#[cfg(feature = "fault")]
#[test]
fn pictures_that_take_for_ever_hold_mail_up_for_a_moment_only_and_go_to_the_staff_as_they_are() {
    let dir = desk(&eyes::endless());
    let dir = dir.path();
    for n in [1, 2] {
        post(dir, n, &photographed(n));
    }
    post(dir, 3, &form(3));
    let mut once = command(dir, &["once"]);
    once.env("BAOMING_LONG_PATIENCE", "3000");
    let once = done(once);
    assert_eq!(once.code, 0, "{}", once.text);
    assert!(once.text.contains("the pictures of a message were not looked at"), "{}", once.text);
    let digest = well(dir, &["digest"]);
    assert_eq!(digest.matches("form.png").count(), 2, "{digest}");
    assert!(!digest.contains("仅供参考"), "{digest}");
    assert_eq!(well(dir, &["list", "--json"]).matches("confirmed").count(), 1);
}

#[test]
fn models_that_are_none_are_refused_at_the_start() {
    let dir = desk(&eyes::rubbish());
    let refused = run(dir.path(), &["once"]);
    assert_eq!(refused.code, 78, "{}", refused.text);
    assert!(refused.text.contains("models: the model for finding lines cannot be loaded"));
    fs::remove_file(dir.path().join("models/det.onnx")).unwrap();
    let refused = run(dir.path(), &["check"]);
    assert!(refused.text.contains("det.onnx cannot be read"), "{}", refused.text);
    eyes::put(&eyes::reading(FORM), &dir.path().join("models"));
    let checked = run(dir.path(), &["check"]);
    assert!(checked.text.contains("models: a confined process looks at pictures"));
}
