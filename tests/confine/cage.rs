//! What a reading process cannot do.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::process::Command;

use baoming::confine::ARGUMENT;

use super::{form, options, pids, pool, read};

/// What a confined process says of its attempts.
pub(crate) fn tried() -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("target");
    fs::write(&file, "for everybody").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_baoming"))
        .args([ARGUMENT, "probe"])
        .arg(&file)
        .arg(&port)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let line = |line: &str| line.split_once(": ").map(|(a, b)| (a.to_owned(), b.to_owned()));
    text.lines().filter_map(line).collect()
}

#[test]
fn it_opens_no_file_connects_nowhere_starts_nothing() {
    let mut tried = tried();
    println!("{tried:#?}");
    let strength = tried.remove("strength").unwrap();
    assert_eq!(strength, "resource limits, Landlock, system-call filter", "of this kernel");
    assert_eq!(tried.len(), 16, "each was tried");
    for (what, came) in tried {
        assert_ne!(came, "DONE", "{what}");
    }
}

/// The descriptors above 2 that this process hands on.
fn inherited() -> Vec<String> {
    const CLOSE_ON_EXEC: u32 = 0o2_000_000;
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc/self/fdinfo").unwrap().flatten() {
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        let flags = text.lines().find_map(|line| line.strip_prefix("flags:"));
        let flags = flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok());
        let name = entry.file_name().to_string_lossy().into_owned();
        let standard = ["0", "1", "2"].contains(&name.as_str());
        if !standard && flags.is_some_and(|flags| flags & CLOSE_ON_EXEC == 0) {
            found.push(name);
        }
    }
    found
}

#[test]
fn it_holds_nothing_but_its_pipes_and_none_of_our_environment() {
    let pool = pool(options());
    read(&pool, vec![form(1)]).unwrap();
    let [pid] = pids()[..] else { panic!("{:?}", pids()) };
    let proc = |name: &str| format!("/proc/{pid}/{name}");
    let mut open: Vec<_> = fs::read_dir(proc("fd"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    open.sort();
    // What whoever started the tests left open; the filter refuses to read or write it.
    open.retain(|fd| !inherited().contains(fd));
    assert_eq!(open, ["0", "1", "2"]);
    let environment = fs::read(proc("environ")).unwrap();
    assert!(environment.is_empty(), "{}", String::from_utf8_lossy(&environment));
    let status = fs::read_to_string(proc("status")).unwrap();
    for line in ["Name:\tbaoming-reader", "NoNewPrivs:\t1", "Seccomp:\t2", "Threads:\t1"] {
        assert!(status.contains(line), "{line}\n{status}");
    }
    let limits = fs::read_to_string(proc("limits")).unwrap();
    for (name, most) in
        [("Max core file size", "0"), ("Max open files", "0"), ("Max file size", "0")]
    {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        let words: Vec<_> = line.split_whitespace().take(2).collect();
        assert_eq!(words, [most, most], "{name}");
    }
    assert_eq!(fs::read_to_string(proc("oom_score_adj")).unwrap().trim(), "1000");
}
