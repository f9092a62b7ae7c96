//! `baoming check` says in one line each what is wrong and how to mend it.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod settings_support;

use baoming::check;
use baoming::clock::Clock;
use settings_support::Folder;

fn now() -> Clock {
    Clock::standing_at("2027-01-01T00:00:00Z".parse().unwrap())
}

/// The sample, with its database and its runtime folder in the temporary directory.
fn folder() -> Folder {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("state")).unwrap();
    folder.change("baoming.toml", "#url = \"sqlite:/var/lib/baoming/", "url = \"sqlite:state/");
    folder.change("baoming.toml", "#runtime_dir = \"/run/baoming\"", "runtime_dir = \"state\"");
    folder
}

fn said(folder: &Folder) -> (u8, String) {
    let verdict = check::run(&folder.sources(), &now());
    let lines: Vec<_> = verdict.lines.iter().map(ToString::to_string).collect();
    (verdict.exit_code(), lines.join("\n"))
}

#[test]
fn wrong_settings_end_the_check_with_a_line_for_each_mistake_and_exit_78() {
    let folder = folder();
    folder.change("baoming.toml", "#per_day = 40", "per_day = 0");
    folder.change("xiji-open-day.toml", "quota = 8", "quota = 0");
    let (code, said) = said(&folder);
    assert_eq!((code, said.lines().count()), (78, 2), "{said}");
    assert!(said.contains("WRONG    settings: ") && said.contains("sending.per_day = 0: "));
}

#[test]
fn what_is_right_is_told_too() {
    let folder = folder();
    folder.secret("state/baoming.db", "", 0o600);
    let (code, said) = said(&folder);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("baoming.toml; events xiji-open-day; mailboxes bureau"), "{said}");
    assert!(said.contains("ok       permissions: ") && said.contains("ok       clock: "), "{said}");
}

#[test]
fn a_database_or_key_that_others_may_read_is_told_with_the_command_that_mends_it() {
    for name in ["baoming.db", "baoming.db-wal", "baoming.key"] {
        let folder = folder();
        folder.secret(&format!("state/{name}"), "", 0o644);
        let (code, said) = said(&folder);
        assert_eq!(code, 1, "{said}");
        let path = folder.path("state").join(name);
        let expected = format!(
            "WRONG    permissions: others may read {0} (mode 644); chmod 600 {0}",
            path.display()
        );
        assert!(said.contains(&expected), "{said}");
    }
}

#[test]
fn a_state_folder_that_is_missing_is_told() {
    let folder = folder();
    folder.change("baoming.toml", "sqlite:state/", "sqlite:nowhere/");
    let (code, said) = said(&folder);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("nowhere: No such file") && said.contains("systemctl start"), "{said}");
}
