//! The bureau: its settings, and the real program run with them.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan as _};
use tempfile::TempDir;

use crate::cast::{DESK, Mail, STAFF};
use crate::support::mailserver::MailServer;

/// Longest wait for the service: a server without IDLE is looked into every ten seconds.
const PATIENCE: Duration = Duration::from_secs(90);

/// On what the story is told.
pub(crate) enum Setup {
    Sqlite,
    Postgres(String),
    /// SQLite, before a server like that of 163.
    Coremail,
}

/// A bureau with its folder.
pub(crate) struct Bureau<'a> {
    pub(crate) server: &'a MailServer,
    dir: TempDir,
}

/// How a command ended.
pub(crate) struct Done {
    pub(crate) code: i32,
    /// Both outputs.
    pub(crate) text: String,
}

impl<'a> Bureau<'a> {
    /// Settings for the server; `imap` is the proxy's port when there is one.
    pub(crate) fn new(server: &'a MailServer, setup: &Setup, imap: Option<u16>) -> Self {
        let dir = tempfile::Builder::new().prefix("bureau-").tempdir().unwrap();
        let this = Self { server, dir };
        this.write("password", &MailServer::password(DESK), 0o600);
        this.write("event.toml", &event(), 0o644);
        std::fs::create_dir(this.path("run")).unwrap();
        let database = match setup {
            Setup::Postgres(url) => {
                format!("url = \"{url}\"\nkey = {{ file = \"{}\" }}", this.path("key").display())
            }
            Setup::Sqlite | Setup::Coremail => {
                format!("url = \"sqlite:{}\"", this.path("baoming.db").display())
            }
        };
        let imap = imap.unwrap_or(server.imaps_port);
        let settings = format!(
            r#"
events = ["event.toml"]
[mailbox.bureau]
host = "localhost"
port = {imap}
ca_file = "{ca}"
user = "{DESK}"
password = {{ file = "password" }}
folders = ["INBOX", "Junk"]
poll = "10s"
listing = "1m"
[database]
{database}
[staff]
addresses = ["{STAFF}"]
[sending]
host = "localhost"
port = {smtps}
ca_file = "{ca}"
user = "{DESK}"
password = {{ file = "password" }}
from = "{DESK}"
from_name = "西吉县审批服务管理局"
gap = "0s"
per_session = 20
per_quarter = 10000
per_day = 10000
[digest]
at = "23:59"
[daemon]
runtime_dir = "{run}"
log = "debug"
"#,
            ca = server.ca_pem().display(),
            smtps = server.smtps_port.unwrap(),
            run = this.path("run").display(),
        );
        this.write("baoming.toml", &settings, 0o644);
        this
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        std::fs::write(self.path(name), text).unwrap();
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(self.path(name), mode).unwrap();
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baoming"));
        command.arg("--config").arg(self.path("baoming.toml")).args(arguments);
        command.env("NO_COLOR", "1");
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        done(self.command(arguments))
    }

    /// Sends a mail through Postfix and waits until it lies in the bureau's mailbox: so mails
    /// arrive in the order of the story.
    pub(crate) fn post(&self, mail: &Mail) {
        let before = self.server.messages(DESK, "INBOX").len();
        self.server.submit(&mail.from, DESK, &mail.raw);
        crate::support::wait_until("a mail has arrived", || {
            (self.server.messages(DESK, "INBOX").len() > before).then_some(())
        });
    }

    /// Starts the service.
    pub(crate) fn start(&self) -> Service<'_> {
        let mut child = self.command(&["run"]).stderr(Stdio::piped()).spawn().unwrap();
        let errors = BufReader::new(child.stderr.take().unwrap());
        let log = self.path("log");
        let reader = std::thread::spawn(move || {
            let mut text = String::new();
            for line in errors.lines().map_while(Result::ok) {
                text += &line;
                text.push('\n');
                std::fs::write(&log, &text).unwrap();
            }
        });
        Service { bureau: self, child, _reader: reader }
    }

    /// `list --json`.
    pub(crate) fn roster(&self) -> Vec<serde_json::Value> {
        self.json(&["list", "--json"])
    }

    /// `letters --json`.
    pub(crate) fn letters(&self) -> Vec<serde_json::Value> {
        self.json(&["letters", "--json"])
    }

    fn json(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        let output = self.command(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.path("log")).unwrap_or_default()
    }
}

/// The running service. Dropping it kills it.
pub(crate) struct Service<'a> {
    bureau: &'a Bureau<'a>,
    child: Child,
    _reader: std::thread::JoinHandle<()>,
}

impl Service<'_> {
    /// Waits until so many letters have left and nothing waits.
    pub(crate) fn until_quiet(&mut self, letters: usize) {
        let end = Instant::now() + PATIENCE;
        loop {
            let all = self.bureau.letters();
            let sent = all.iter().filter(|letter| letter["state"] == "sent").count();
            if sent == letters && all.len() == letters {
                return;
            }
            let ended = self.child.try_wait().unwrap();
            assert!(
                ended.is_none() && Instant::now() < end,
                "{sent} of {} letters were sent, {letters} are expected; ended: {ended:?}\n{}\n{}",
                all.len(),
                all.iter().map(|letter| letter["to"].to_string()).collect::<String>(),
                self.bureau.log(),
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Tells it to stop, as systemd does: it must end by itself, well, within ten seconds.
    pub(crate) fn stop(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert!(status.success(), "{status}\n{}", self.bureau.log());
                break;
            }
            let waited = begun.elapsed();
            assert!(waited < Duration::from_secs(10), "it does not stop\n{}", self.bureau.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Service<'_> {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub(crate) fn done(mut command: Command) -> Done {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Done { code: output.status.code().unwrap_or(-1), text: text.concat() }
}

/// The notice's event, moved to the present: registration opened yesterday.
fn event() -> String {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/xiji-open-day.toml");
    let sample = std::fs::read_to_string(sample).unwrap();
    let now = Timestamp::now();
    let day = |hours: i64| now.checked_add(hours.hours()).unwrap().to_string();
    let moved = [
        ("announced", day(-72)),
        ("opens", day(-24)),
        ("closes", day(240)),
        ("takes_place", day(340)),
    ];
    let mut lines = Vec::new();
    for line in sample.lines() {
        let key = line.split('=').next().unwrap_or_default().trim();
        match moved.iter().find(|(name, _)| *name == key) {
            Some((name, at)) => lines.push(format!("{name} = \"{at}\"")),
            None => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}
