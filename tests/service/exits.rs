//! Exit codes, and what is said with them.

use std::fs;

use crate::bureau::{Bureau, Setup};
use crate::mails;
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;

#[test]
fn bad_settings_end_with_78_and_name_file_key_value_and_what_is_allowed() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.change("baoming.toml", "poll = \"10s\"", "poll = \"3s\"");
    for command in ["run", "once", "check", "list", "status"] {
        let done = bureau.run(&[command]);
        assert_eq!(done.code, 78, "{command}: {}", done.text);
        for words in ["baoming.toml", "mailbox.bureau.poll", "3s", "10s"] {
            assert!(done.text.contains(words), "{command}: {words} is missing: {}", done.text);
        }
    }
    bureau.change("baoming.toml", "poll = \"3s\"", "poll = \"10s\"");
    bureau.quotas(0, 17);
    let done = bureau.run(&["run"]);
    assert_eq!(done.code, 78, "{}", done.text);
    for words in ["event.toml", "quota", "0"] {
        assert!(done.text.contains(words), "{words} is missing: {}", done.text);
    }
}

#[test]
fn a_quota_below_what_is_confirmed_ends_a_start_with_78() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    bureau.well(&["once"]);
    for (name, phone) in [("马建国", "13995000001"), ("王玉梅", "13995000002")] {
        bureau.well(&["add", "--name", name, "--phone", phone]);
    }
    bureau.quotas(8, 1);
    for command in ["run", "once"] {
        let done = bureau.run(&[command]);
        assert_eq!(done.code, 78, "{}", done.text);
        assert!(done.text.contains("2 places are confirmed already"), "{}", done.text);
    }
}

#[test]
fn a_template_with_an_unknown_variable_is_refused_at_the_start_with_file_and_line() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    fs::create_dir(bureau.path("templates")).unwrap();
    bureau.write("templates/digest.txt", "日报\n\n{{ sheet.nobody_knows_this }}\n", 0o644);
    bureau.change("baoming.toml", "[mailbox.bureau]", "letters = \"templates\"\n[mailbox.bureau]");
    for command in ["run", "once"] {
        let done = bureau.run(&[command]);
        assert_eq!(done.code, 78, "{}", done.text);
        assert!(done.text.contains("digest.txt"), "{}", done.text);
        assert!(done.text.contains("line 3") || done.text.contains(":3"), "{}", done.text);
        assert!(done.text.contains("nobody_knows_this"), "{}", done.text);
    }
    let check = bureau.run(&["check"]);
    assert_eq!(check.code, 1, "{}", check.text);
    assert!(check.text.contains("WRONG    templates"), "{}", check.text);
}

#[test]
fn wrong_usage_ends_with_2_and_an_unreadable_path_of_parse_with_1_after_all_lines() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    for wrong in [&["nonsense"][..], &["parse"], &["list", "--status", "happy"], &["cancel"]] {
        assert_eq!(bureau.run(wrong).code, 2, "{wrong:?}");
    }
    bureau.well(&["once"]);
    for wrong in [&["list", "--category", "minister"][..], &["list", "--event", "none"]] {
        let done = bureau.run(wrong);
        assert_eq!(done.code, 2, "{}", done.text);
        assert!(done.text.contains("可选："), "{}", done.text);
    }
    fs::write(bureau.path("good.eml"), mails::form(1)).unwrap();
    let (missing, good) = (bureau.path("missing.eml"), bureau.path("good.eml"));
    let paths = [missing.to_str().unwrap(), good.to_str().unwrap()];
    let output = bureau.command(&["parse", "--json", paths[0], paths[1]]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    let unread = (&lines[0]["kind"], &lines[0]["applicants"], &lines[0]["review"]);
    assert_eq!(unread, (&"inquiry".into(), &serde_json::json!([]), &true.into()));
    assert_eq!(lines[1]["applicants"][0]["phone"], mails::phone(1).as_str());
}
