//! Only the crash tests' builds have kill points: an ordinary build holds no trace of them.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable that arms a kill point; its name is part of every build that has one. In two
/// parts, so that this test does not find itself.
fn holds_trace(file: &Path) -> bool {
    let trace = ["BAOMING_", "FAULT"].concat();
    let bytes = std::fs::read(file).unwrap();
    bytes.windows(trace.len()).any(|window| window == trace.as_bytes())
}

#[test]
fn an_ordinary_build_has_no_kill_points() {
    // The unit tests' program: unlike the library alone it needs what all other tests need, so
    // that there is one crate to compile.
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["test", "--lib", "--no-run", "--locked", "--offline", "--message-format=json"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).unwrap();
    let program = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message.get("executable")?.as_str().map(PathBuf::from)
    });
    let program = program.expect("cargo names the program it made");
    assert!(!holds_trace(&program), "no default feature may switch them on");
}

#[cfg(feature = "fault")]
#[test]
fn a_build_for_the_crash_tests_would_be_recognised() {
    baoming::fault::point("nowhere");
    assert!(holds_trace(&std::env::current_exe().unwrap()));
}
