//! The bureau: its settings, and the real program run with them. Whoever includes this file has
//! `support` at its root.
#![expect(dead_code, reason = "each test program uses its own part of this")]

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan as _};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::mailserver::MailServer;

/// The bureau's mailbox.
pub(crate) const DESK: &str = "desk@example.test";
/// The staff's mailbox.
pub(crate) const STAFF: &str = "staff@example.test";

/// Longest wait for the service: a server without IDLE is looked into every ten seconds, and a
/// database that was locked is left alone for fifteen.
const PATIENCE: Duration = Duration::from_secs(90);

/// The longest time from SIGTERM to the end.
const FAREWELL: Duration = Duration::from_secs(10);

/// A mail on its way to the bureau.
pub(crate) struct Mail {
    pub(crate) from: String,
    pub(crate) raw: Vec<u8>,
}

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
        for folder in ["run", "letters"] {
            fs::create_dir(this.path(folder)).unwrap();
        }
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

    pub(crate) fn write(&self, name: &str, text: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        fs::write(self.path(name), text).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Replaces the first occurrence of a text in one of the files, which must be there.
    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} has no {from}:\n{text}");
        fs::write(self.path(name), text.replacen(from, to, 1)).unwrap();
    }

    /// Letters are written into the folder `letters` instead of being sent.
    pub(crate) fn letters_to_folder(&self) {
        let text = fs::read_to_string(self.path("baoming.toml")).unwrap();
        let (before, rest) = text.split_once("[sending]").unwrap();
        let (sending, after) = rest.split_once("[digest]").unwrap();
        let kept = |line: &&str| {
            let key = line.split(' ').next().unwrap_or_default();
            !["host", "port", "ca_file", "user", "password"].contains(&key)
        };
        let sending = sending.lines().filter(kept).collect::<Vec<_>>().join("\n");
        let sending = format!("{sending}\nkind = \"folder\"\npath = \"letters\"\n");
        let text = format!("{before}[sending]{sending}[digest]{after}");
        fs::write(self.path("baoming.toml"), text).unwrap();
    }

    /// The quotas of the two categories: supervisors, representatives.
    pub(crate) fn quotas(&self, supervisors: u32, representatives: u32) {
        let text = fs::read_to_string(self.path("event.toml")).unwrap();
        let mut quotas = [supervisors, representatives].into_iter();
        let line = |line: &str| {
            if line.starts_with("quota = ") {
                format!("quota = {}", quotas.next().unwrap())
            } else {
                line.to_owned()
            }
        };
        let lines: Vec<_> = text.lines().map(line).collect();
        fs::write(self.path("event.toml"), lines.join("\n")).unwrap();
    }

    /// Registration has closed, and the event has begun.
    pub(crate) fn the_day_has_come(&self) {
        let text = fs::read_to_string(self.path("event.toml")).unwrap();
        let begun = moved(&text, &[("closes", -2), ("takes_place", -1)]);
        fs::write(self.path("event.toml"), begun).unwrap();
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

    /// Runs a command that must succeed, and gives back what it says.
    pub(crate) fn well(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!(done.code, 0, "{arguments:?}: {}\n{}", done.text, self.log());
        done.text
    }

    /// Starts the service.
    pub(crate) fn start(&self) -> Service<'_> {
        self.launch(self.command(&["run"]))
    }

    /// Starts the service by a command of the test's own making; its log is added to the log of
    /// those before.
    pub(crate) fn launch(&self, mut command: Command) -> Service<'_> {
        let log = self.path("log");
        let log: File = OpenOptions::new().create(true).append(true).open(log).unwrap();
        let child = command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        Service { bureau: self, child }
    }

    /// `list --json`.
    pub(crate) fn roster(&self) -> Vec<Value> {
        self.json(&["list", "--json"])
    }

    /// `letters --json`.
    pub(crate) fn letters(&self) -> Vec<Value> {
        self.json(&["letters", "--json"])
    }

    /// `status --json`, whatever the exit code, which comes first.
    pub(crate) fn status(&self) -> (i32, Value) {
        let output = self.command(&["status", "--json"]).output().unwrap();
        let value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code().unwrap_or(-1), value)
    }

    /// What `status` names as wrong while the service runs, in one text.
    pub(crate) fn troubles(&self) -> String {
        let (_, status) = self.status();
        if status["running"] != true {
            return String::new();
        }
        let troubles = status["troubles"].as_array().cloned().unwrap_or_default();
        troubles.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
    }

    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.command(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// What the service has logged so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }
}

/// The running service. Dropping it kills it.
pub(crate) struct Service<'a> {
    bureau: &'a Bureau<'a>,
    child: Child,
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

    /// Waits for a state of the bureau while the service runs.
    pub(crate) fn until(&mut self, what: &str, mut state: impl FnMut(&Bureau) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !state(self.bureau) {
            let ended = self.child.try_wait().unwrap();
            assert!(
                ended.is_none() && Instant::now() < end,
                "waited in vain until {what}; ended: {ended:?}; {}\n{}",
                self.bureau.troubles(),
                self.bureau.log(),
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until every part reports that it is well.
    pub(crate) fn until_well(&mut self) {
        self.until("the service is well", |bureau| {
            let (code, status) = bureau.status();
            let parts = status["parts"]["parts"].as_object().map_or(0, serde_json::Map::len);
            code == 0 && parts >= 5
        });
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Tells it to read its settings again (SIGHUP).
    pub(crate) fn reload(&self) {
        self.signal("-HUP");
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// Makes it crash, as a mistake in the program does.
    pub(crate) fn crash(mut self) -> ExitStatus {
        self.signal("-ABRT");
        self.child.wait().unwrap()
    }

    /// Tells it to stop, as systemd does: it must end by itself, well, within ten seconds.
    pub(crate) fn stop(mut self) {
        self.signal("-TERM");
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert!(status.success(), "{status}\n{}", self.bureau.log());
                break;
            }
            assert!(begun.elapsed() < FAREWELL, "it does not stop\n{}", self.bureau.log());
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
pub(crate) fn event() -> String {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/xiji-open-day.toml");
    let sample = fs::read_to_string(sample).unwrap();
    let days = [("announced", -72), ("opens", -24), ("closes", 240), ("takes_place", 340)];
    moved(&sample, &days.map(|(name, hours)| (name, hours * 60)))
}

/// An event file with these of its moments so many minutes from now.
fn moved(text: &str, moments: &[(&str, i64)]) -> String {
    let now = Timestamp::now();
    let line = |line: &str| {
        let key = line.split('=').next().unwrap_or_default().trim();
        let moment = moments.iter().find(|(name, _)| *name == key);
        let moment = moment.map(|(_, minutes)| now.checked_add(minutes.minutes()).unwrap());
        moment.map_or_else(|| line.to_owned(), |at| format!("{key} = \"{at}\""))
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Used by no test, so that the expectation of dead code above always holds.
struct NobodyNeedsThis;
