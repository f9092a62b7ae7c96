//! A reader confines itself under the filter that the unit of systemd lays on the service as well.

use std::collections::BTreeSet;
use std::process::Command;

use seccompiler::{BpfProgram, apply_filter, compile_from_json};

use super::cage::tried;
use super::{form, is_form, options, pool, read};

const UNIT: &str = include_str!("../../systemd/baoming.service");

/// The calls of a group, with those of the groups in it.
fn expanded(name: &str) -> BTreeSet<String> {
    let Some(group) = name.strip_prefix('@') else { return [name.to_owned()].into() };
    let output = Command::new("systemd-analyze")
        .args(["syscall-filter", "--no-pager", &format!("@{group}")])
        .output()
        .expect("systemd-analyze runs: apt-get install systemd");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().skip(1).map(str::trim);
    let named = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    named.flat_map(expanded).collect()
}

/// What the unit allows, as systemd adds its lines up: a list without `~` allows, one with it takes
/// away, and `@default` is always allowed.
fn allowed() -> BTreeSet<String> {
    let mut allowed = expanded("@default");
    for line in UNIT.lines().filter_map(|line| line.strip_prefix("SystemCallFilter=")) {
        match line.strip_prefix('~') {
            Some(line) => {
                for call in line.split(' ').flat_map(expanded) {
                    allowed.remove(&call);
                }
            }
            None => allowed.extend(line.split(' ').flat_map(expanded)),
        }
    }
    allowed
}

/// A filter that allows these calls only.
fn only<'a>(calls: impl Iterator<Item = &'a String>) -> Option<BpfProgram> {
    compiled(calls, "{\"errno\":1}", "\"allow\"")
}

/// A filter under which the kernel has none of these calls.
fn without(calls: &[&str]) -> BpfProgram {
    let calls: Vec<_> = calls.iter().map(|call| (*call).to_owned()).collect();
    compiled(calls.iter(), "\"allow\"", "{\"errno\":38}").unwrap()
}

fn compiled<'a>(
    calls: impl Iterator<Item = &'a String>,
    others: &str,
    these: &str,
) -> Option<BpfProgram> {
    let calls: Vec<_> = calls.map(|call| format!("{{\"syscall\":\"{call}\"}}")).collect();
    let json = format!(
        "{{\"unit\":{{\"mismatch_action\":{others},\"match_action\":{these},\"filter\":[{}]}}}}",
        calls.join(",")
    );
    let target = std::env::consts::ARCH.try_into().unwrap();
    compile_from_json(json.as_bytes(), target).ok()?.remove("unit")
}

#[test]
fn a_reader_confines_itself_fully_under_the_filter_of_the_unit() {
    let allowed = allowed();
    assert!(allowed.len() > 200, "{allowed:?}");
    for call in ["landlock_create_ruleset", "landlock_restrict_self", "seccomp", "prlimit64"] {
        assert!(allowed.contains(call), "{call}");
    }
    for call in ["setrlimit", "setuid", "mount", "ptrace", "reboot"] {
        assert!(!allowed.contains(call), "{call}");
    }
    // Names that this machine's processor does not have are left out.
    let known: Vec<_> =
        allowed.iter().filter(|call| only(std::iter::once(*call)).is_some()).collect();
    assert!(known.len() > 200, "{known:?}");
    let program = only(known.into_iter()).unwrap();
    // A filter holds for its thread and for what that starts.
    let strength = std::thread::spawn(move || {
        apply_filter(&program).unwrap();
        assert!(Command::new("/usr/bin/nice").status().is_ok(), "programs start");
        let refused = rustix::process::setpriority_process(None, 5);
        assert!(refused.is_err(), "the filter is in force");
        let pool = pool(options());
        let outcomes = read(&pool, (0..20).map(form).collect()).unwrap();
        assert!(outcomes.iter().enumerate().all(|(n, outcome)| is_form(outcome, n)));
        pool.strength().unwrap()
    });
    assert!(strength.join().unwrap().is_full());
}

#[test]
fn on_a_kernel_without_them_the_limits_stay_and_it_is_said() {
    for (missing, expected) in [
        (
            vec!["landlock_create_ruleset"],
            "resource limits, system-call filter only; this kernel does not offer: Landlock",
        ),
        (
            vec!["seccomp"],
            "resource limits, Landlock only; this kernel does not offer: system-call filter",
        ),
        (
            vec!["landlock_create_ruleset", "seccomp"],
            "resource limits only; this kernel does not offer: Landlock, system-call filter",
        ),
    ] {
        let program = without(&missing);
        let probed = std::thread::spawn(move || {
            apply_filter(&program).unwrap();
            let pool = pool(options());
            assert!(is_form(&read(&pool, vec![form(1)]).unwrap()[0], 1));
            assert!(!pool.strength().unwrap().is_full());
            tried()
        });
        let mut tried = probed.join().unwrap();
        assert_eq!(tried.remove("strength").unwrap(), expected);
        println!("{missing:?}: {tried:#?}");
        // No descriptor is left, whatever the kernel offers; so nothing is opened or connected.
        for what in
            ["open for reading", "make a file", "list a folder", "connect", "listen", "a pipe"]
        {
            assert_ne!(tried[what], "DONE", "{what} without {missing:?}");
        }
    }
}
