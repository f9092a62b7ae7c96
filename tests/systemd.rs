//! The unit is accepted by systemd and leaves the service little that it could harm.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::fs;
use std::path::Path;
use std::process::Command;

const UNIT: &str = include_str!("../systemd/baoming.service");

/// The highest exposure that `systemd-analyze security` may find, of 10.
const MOST_EXPOSED: f64 = 1.5;

/// Runs systemd-analyze (Debian: package systemd) on the unit, with the built binary in the place
/// of the installed one; gives success and what was printed.
fn analyze(arguments: &[&str]) -> (bool, String) {
    analyze_with(arguments, "")
}

/// The same with a drop-in.
fn analyze_with(arguments: &[&str], more: &str) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("baoming.service.d")).unwrap();
    fs::write(folder.path().join("baoming.service.d/ocr.conf"), more).unwrap();
    let unit = folder.path().join("baoming.service");
    let built = env!("CARGO_BIN_EXE_baoming");
    let text = UNIT.replace("/usr/bin/baoming", built);
    assert!(text.contains(built), "the unit starts /usr/bin/baoming");
    fs::write(&unit, text).unwrap();
    let output = Command::new("systemd-analyze").args(arguments).arg(&unit).output();
    let output = output.expect("systemd-analyze runs: apt-get install systemd");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

fn lines(key: &str) -> Vec<&'static str> {
    let lines = UNIT.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    lines.collect()
}

#[test]
fn systemd_accepts_the_unit_without_a_word() {
    let (passed, said) = analyze(&["verify", "--man=no"]);
    assert!(passed && !said.contains("baoming"), "{said}");
}

#[test]
fn the_service_is_hardly_exposed() {
    let (_, said) = analyze(&["security", "--offline=true", "--no-pager"]);
    let overall = said.lines().find(|line| line.contains("Overall exposure level"));
    let level = overall.and_then(|line| line.rsplit(": ").next()?.split(' ').next()?.parse().ok());
    let level: f64 = level.unwrap_or_else(|| f64::from(u8::MAX));
    assert!(level <= MOST_EXPOSED, "exposure {level}, allowed {MOST_EXPOSED}\n{said}");
}

#[test]
fn the_unit_keeps_what_the_program_and_its_sandbox_count_on() {
    assert_eq!(lines("Type"), ["notify"]);
    assert_eq!(lines("StateDirectory"), ["baoming"]);
    assert_eq!(lines("RuntimeDirectory"), ["baoming"]);
    assert_eq!(lines("RestartPreventExitStatus"), ["2 78"], "a mistake does not heal by itself");
    assert!(!lines("WatchdogSec").is_empty());
    assert_eq!(lines("KillMode"), ["mixed"], "a reader that is told to stop would cost an attempt");
    assert_eq!(lines("OOMPolicy"), ["continue"], "so would it be to stop for a reader's memory");
    let calls = lines("SystemCallFilter").join(" ");
    for call in ["landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"] {
        assert!(calls.contains(call), "{call}: no group of systemd 252 holds it");
    }
    let credentials = lines("LoadCredential");
    let sample = include_str!("../config/baoming.toml");
    for name in ["imap", "smtp"] {
        let credential = format!("{name}:/etc/baoming/credentials/{name}");
        assert!(credentials.contains(&credential.as_str()), "{credential}");
        assert!(sample.contains(&format!("\npassword = {{ credential = \"{name}\" }}")));
    }
}

#[test]
fn where_pictures_are_looked_at_the_unit_leaves_room_for_that_as_well() {
    let more = include_str!("../systemd/baoming.service.d/ocr.conf");
    let megabytes = |unit: &str, key: &str| -> u32 {
        let line = unit.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        line.unwrap().strip_suffix('M').unwrap().parse().unwrap()
    };
    for key in ["MemoryHigh", "MemoryMax"] {
        let (before, after) = (megabytes(UNIT, key), megabytes(more, key));
        assert!(after >= before + 1024, "{key}: a child of `confine/cage.rs` may take 1 GiB");
    }
    let (passed, said) = analyze_with(&["verify", "--man=no"], more);
    assert!(passed && !said.contains("ocr.conf"), "{said}");
}

#[test]
fn account_and_folders_are_declared_where_the_unit_expects_them() {
    let accounts = include_str!("../systemd/sysusers.d/baoming.conf");
    let folders = include_str!("../systemd/tmpfiles.d/baoming.conf");
    assert!(accounts.contains("\nu baoming - ") && accounts.contains(" /var/lib/baoming "));
    assert!(folders.contains("\nd /etc/baoming/credentials 0700 root root"));
    let sysusers = ["/usr/bin/systemd-sysusers", "/bin/systemd-sysusers"];
    let Some(sysusers) = sysusers.into_iter().find(|path| Path::new(path).exists()) else {
        panic!("systemd-sysusers is missing: apt-get install systemd");
    };
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("etc")).unwrap();
    let made = Command::new(sysusers)
        .arg(format!("--root={}", root.path().display()))
        .arg("--inline")
        .args(accounts.lines().filter(|line| !line.starts_with('#')))
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let passwd = fs::read_to_string(root.path().join("etc/passwd")).unwrap();
    assert!(passwd.contains("baoming:") && passwd.contains(":/usr/sbin/nologin"), "{passwd}");
}
