//! A server process that cannot outlive the test.

use std::fs::File;
use std::io::Read;
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::PATIENCE;

/// The shell starts the server in a process group of its own and waits for the end of its input;
/// that end comes when this value is dropped and also when the test's process is killed. Then the
/// whole group goes.
const KEEPER: &str = r#""$@" & cat >/dev/null; kill -KILL 0"#;

/// A process group that ends with this value.
pub(super) struct Process {
    child: Child,
    input: Option<ChildStdin>,
    log: PathBuf,
    /// Where this process's lines begin in the log.
    log_from: usize,
}

impl Process {
    pub(super) fn start(command: &[&str], env: &[(&str, &str)], log: &Path) -> Self {
        let out = File::options().create(true).append(true).open(log).unwrap();
        let log_from = usize::try_from(out.metadata().unwrap().len()).unwrap();
        let mut child = Command::new("/bin/sh")
            .args(["-c", KEEPER, "keeper"])
            .args(command)
            .env_clear()
            .envs(env.iter().copied())
            .stdin(Stdio::piped())
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .process_group(0)
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        Self { child, input, log: log.to_owned(), log_from }
    }

    /// Waits until the port answers with the greeting.
    pub(super) fn await_port(&mut self, port: u16, greeting: &[u8]) -> Result<(), String> {
        let end = Instant::now() + PATIENCE.min(Duration::from_secs(10));
        while Instant::now() < end {
            if greets(port, greeting) {
                return Ok(());
            }
            let log = self.log();
            if log.contains("Address already in use") || log.contains("Fatal:") {
                break;
            }
            std::thread::sleep(Duration::from_millis(3));
        }
        Err(format!("port {port} does not answer; its log says: {}", self.log()))
    }

    fn log(&self) -> String {
        let log = std::fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(log.get(self.log_from..).unwrap_or_default()).into_owned()
    }
}

fn greets(port: u16, greeting: &[u8]) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    let mut buffer = [0; 256];
    stream.read(&mut buffer).is_ok_and(|read| buffer[..read].starts_with(greeting))
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.input.take());
        drop(self.child.wait());
    }
}
