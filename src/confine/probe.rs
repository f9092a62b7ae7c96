//! For the tests: a process that confines itself like a reader and then tries to get out.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::process::Command;

use super::cage;

/// Confines this process, then tries what a reader must not be able to do. Writes a line for each
/// thing tried, `NAME: ` and what came of it, to standard output; `target` is a file that everybody
/// may read and `port` one at which somebody listens.
#[must_use]
pub fn probe(target: &str, port: u16) -> bool {
    let before = File::open(target);
    let parent = rustix::process::getppid();
    let Ok(strength) = cage::enter(false) else { return false };
    let said = |result: io::Result<()>| match result {
        Ok(()) => "DONE".to_owned(),
        Err(error) => error.kind().to_string(),
    };
    let signal = parent.map(|parent| {
        rustix::process::kill_process(parent, rustix::process::Signal::CONT).map_err(Into::into)
    });
    let beside = format!("{target}.made");
    let tried: Vec<(&str, io::Result<()>)> = vec![
        ("open for reading", File::open(target).map(drop)),
        ("read the program", File::open("/proc/self/exe").map(drop)),
        ("make a file", File::create(&beside).map(drop)),
        ("remove a file", fs::remove_file(target)),
        ("list a folder", fs::read_dir("/").map(drop)),
        ("ask for a file", fs::metadata(target).map(drop)),
        ("connect", TcpStream::connect(("127.0.0.1", port)).map(drop)),
        ("listen", TcpListener::bind("127.0.0.1:0").map(drop)),
        ("send a datagram", UdpSocket::bind("127.0.0.1:0").map(drop)),
        ("a socket by name", UnixStream::connect("/run/systemd/notify").map(drop)),
        ("a socket pair", UnixDatagram::pair().map(drop)),
        ("a program", Command::new("/bin/true").status().map(drop)),
        ("a signal", signal.unwrap_or(Ok(()))),
        ("a pipe", io::pipe().map(drop)),
        ("more memory for files", {
            rustix::process::setrlimit(
                rustix::process::Resource::Nofile,
                rustix::process::Rlimit { current: Some(64), maximum: Some(64) },
            )
            .map_err(Into::into)
        }),
        ("a file that was open", before.and_then(|file| file.metadata()).map(drop)),
    ];
    let mut out = io::stdout().lock();
    let mut told = writeln!(out, "strength: {strength}");
    for (what, result) in tried {
        told = told.and_then(|()| writeln!(out, "{what}: {}", said(result)));
    }
    told.is_ok()
}
