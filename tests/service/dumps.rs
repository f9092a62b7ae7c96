//! Nobody gets the service's memory: it holds the key, passwords and citizens' mail. A crash leaves
//! no core file, and another process of the same user may not look into it.

use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::Command;

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;

/// Somebody without any right.
const USER: u32 = 65_534;

/// A program that crashes in a folder, run as that user with leave to write a core of any size.
/// Gives back whether the kernel says that one was written.
fn dumps(folder: &Path, program: &str) -> bool {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -c unlimited; exec {program}")]);
    let status = shell.current_dir(folder).uid(USER).gid(USER).status().unwrap();
    assert!(status.signal().is_some(), "{program} did not crash: {status}");
    status.core_dumped()
}

fn give_away(path: &Path) {
    chown(path, Some(USER), Some(USER)).unwrap();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            give_away(&entry.unwrap().path());
        }
    }
}

/// What that user's own processes can read of a process.
fn seen_by_the_same_user(pid: u32) -> Vec<String> {
    let files = ["mem", "maps", "environ", "fd", "root", "auxv"];
    let read = |file: &&str| {
        let look = if *file == "fd" || *file == "root" { "ls" } else { "head -c 1" };
        // The first page of memory is nobody's; being let in is what counts.
        let look = if *file == "mem" { "exec 3<".to_owned() } else { format!("{look} ") };
        let look = format!("{look}/proc/{pid}/{file}");
        let done = Command::new("sh").args(["-c", &look]).uid(USER).gid(USER).output().unwrap();
        done.status.success()
    };
    files.iter().filter(|file| read(file)).map(|file| (*file).to_owned()).collect()
}

#[test]
fn a_crash_leaves_no_core_file_and_the_same_user_cannot_look_into_the_service() {
    if !is_root() {
        return skip::left_out("the tests must be able to become another user");
    }
    let server = MailServer::start(&mails::users(2));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    server.deliver(DESK, &form(1));
    let folder = bureau.path("");
    give_away(&folder);
    // What the checks would find if there were anything to be found.
    let other = Command::new("sleep").arg("600").uid(USER).gid(USER).spawn();
    let mut other = other.unwrap();
    assert!(seen_by_the_same_user(other.id()).contains(&"mem".to_owned()));
    other.kill().unwrap();
    other.wait().unwrap();
    if !dumps(&folder, "sh -c 'kill -ABRT $$'") {
        return skip::left_out("this machine lets no program write a core file");
    }

    let program = format!(
        "{} --config {}",
        env!("CARGO_BIN_EXE_baoming"),
        folder.join("baoming.toml").display()
    );
    let mut run = Command::new("sh");
    run.args(["-c", &format!("ulimit -c unlimited; exec {program} run")]);
    run.current_dir(&folder).uid(USER).gid(USER);
    let mut service = bureau.launch(run);
    service.until("the mail is decided", |bureau| !bureau.roster().is_empty());
    assert_eq!(seen_by_the_same_user(service.id()), [""; 0]);
    let status = service.crash();
    assert!(!status.core_dumped(), "{status}");
    let cores = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
    let cores: Vec<_> = cores.filter(|name| name.to_string_lossy().starts_with("core")).collect();
    assert!(cores.len() <= 1, "only the shell's own: {cores:?}");
}
