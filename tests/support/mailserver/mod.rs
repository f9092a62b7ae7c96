//! A throw-away mail server: Dovecot (IMAP, LMTP, SASL) and, as root, Postfix (submission, SMTPS).
//!
//! Everything lives below one temporary directory and listens on random loopback ports; nothing of
//! `/etc/dovecot` or `/etc/postfix` is read. Several run side by side. Three settings cost hours
//! when they are missing, and stand here or in the templates:
//! Postfix sleeps until its files are two seconds old (their times are set back), Dovecot makes
//! every login wait after one wrong password (`anvil-auth-penalty`), and every look-up of a name is
//! a time-out where there is no DNS (`smtpd_peername_lookup`).

mod client;
mod layout;
mod process;
mod tls;

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

pub use client::Imap;
use layout::{Ports, mail_owner, write_dovecot, write_postfix};
use process::Process;

const DOVECOT: &str = "/usr/sbin/dovecot";
const DOVEADM: &str = "/usr/bin/doveadm";
const POSTFIX: &str = "/usr/lib/postfix/sbin/master";
const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";

/// A running mail server. Dropping it (or the end of the test's process) ends its processes.
pub struct MailServer {
    /// IMAP with STARTTLS; from loopback a plain login is taken, too.
    pub imap_port: u16,
    /// IMAP over TLS.
    pub imaps_port: u16,
    /// LMTP, straight into the mailboxes.
    pub lmtp_port: u16,
    /// SMTP submission with STARTTLS and AUTH; `None` when not run as root.
    pub submission_port: Option<u16>,
    /// SMTP submission over TLS; `None` when not run as root.
    pub smtps_port: Option<u16>,
    ports: Ports,
    dovecot: Option<Process>,
    postfix: Option<Process>,
    dir: TempDir,
}

/// Whether Postfix can run: its master must be root.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().permissions().mode() > 0
        && std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) == 0
}

impl MailServer {
    /// Starts a server that has these users, each with a mailbox of its own.
    ///
    /// # Panics
    ///
    /// When Dovecot or Postfix is missing or does not start; the message holds their logs.
    pub fn start(users: &[impl AsRef<str>]) -> Self {
        for _ in 0..4 {
            if let Ok(server) = Self::try_start(users) {
                return server;
            }
            // Another test took one of the ports between the choice and the start.
        }
        Self::try_start(users).unwrap_or_else(|log| panic!("the mail server does not start: {log}"))
    }

    fn try_start(users: &[impl AsRef<str>]) -> Result<Self, String> {
        assert!(Path::new(DOVECOT).exists(), "apt-get install dovecot-imapd dovecot-lmtpd postfix");
        let dir = tempfile::Builder::new().prefix("mail-").tempdir().unwrap();
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let ports = Ports::pick();
        let [imap, imaps, lmtp, _, submission, smtps] = ports.0;
        let root = is_root();
        tls::make(&dir.path().join("tls"));
        write_dovecot(dir.path(), ports, root, users);
        let mut server = Self {
            imap_port: imap,
            imaps_port: imaps,
            lmtp_port: lmtp,
            submission_port: root.then_some(submission),
            smtps_port: root.then_some(smtps),
            ports,
            dovecot: None,
            postfix: None,
            dir,
        };
        server.start_dovecot()?;
        if root {
            write_postfix(server.path(), ports, users);
            let conf = server.path().join("postfix/conf");
            let mut postfix = Process::start(
                &[POSTFIX, "-c", conf.to_str().unwrap(), "-d"],
                &[("MAIL_CONFIG", conf.to_str().unwrap()), ("MAIL_LOGTAG", "rig"), ("PATH", PATH)],
                &server.path().join("postfix.out"),
            );
            postfix.await_port(submission, b"220")?;
            server.postfix = Some(postfix);
        }
        Ok(server)
    }

    /// Where everything of this server lies.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The certificate of the authority that signed the server's certificate (`localhost`,
    /// `mail.example.test`, 127.0.0.1).
    pub fn ca_pem(&self) -> PathBuf {
        self.path().join("tls/ca.pem")
    }

    /// The server's certificate chain and key, to stand in front of it.
    pub fn cert_and_key(&self) -> (PathBuf, PathBuf) {
        (self.path().join("tls/server.pem"), self.path().join("tls/server.key"))
    }

    /// The password of a user.
    pub fn password(user: &str) -> String {
        password(user)
    }

    /// Ends Dovecot (an outage): connections break, ports refuse.
    pub fn stop_dovecot(&mut self) {
        self.dovecot = None;
    }

    /// Starts Dovecot again, on the same ports and mailboxes.
    pub fn start_dovecot(&mut self) -> Result<(), String> {
        let conf = self.path().join("dovecot.conf");
        // A killed master leaves it behind, and the next one would believe it.
        drop(fs::remove_file(self.path().join("run/master.pid")));
        let mut dovecot = Process::start(
            &[DOVECOT, "-F", "-c", conf.to_str().unwrap()],
            &[("PATH", PATH)],
            &self.path().join("dovecot.log"),
        );
        dovecot.await_port(self.imap_port, b"* OK")?;
        dovecot.await_port(self.lmtp_port, b"220")?;
        self.dovecot = Some(dovecot);
        Ok(())
    }

    /// Puts bytes into a mailbox as they are, by LMTP (Dovecot adds its trace headers on top).
    pub fn deliver(&self, to: &str, raw: &[u8]) {
        client::lmtp(self.lmtp_port, "sender@example.test", to, raw);
    }

    /// Sends bytes by SMTP submission with STARTTLS and AUTH, as `from`.
    ///
    /// # Panics
    ///
    /// When the server refuses, and when it was started without Postfix.
    pub fn submit(&self, from: &str, to: &str, raw: &[u8]) {
        let port = self.submission_port.expect("Postfix needs root");
        client::submit(port, &self.ca_pem(), from, &password(from), to, raw);
    }

    /// A plain IMAP client of the test's own, logged in as `user`.
    pub fn imap(&self, user: &str) -> Imap {
        Imap::login(self.imap_port, user, &password(user))
    }

    /// Appends a message to a folder (in the name's wire form) with an INTERNALDATE like
    /// `13-Sep-2021 08:31:00 +0800`; returns nothing, panics on a refusal.
    pub fn append(&self, user: &str, folder: &str, internaldate: &str, raw: &[u8]) {
        self.imap(user).append(folder, internaldate, raw);
    }

    /// The raw messages of a folder, in the order of their UIDs.
    pub fn messages(&self, user: &str, folder: &str) -> Vec<Vec<u8>> {
        self.imap(user).messages(folder)
    }

    /// Creates a folder (name in its wire form).
    pub fn create_folder(&self, user: &str, folder: &str) {
        self.imap(user).command(&format!("CREATE \"{folder}\""));
    }

    /// Gives a folder another UIDVALIDITY, and its messages new UIDs from `next_uid` on.
    pub fn set_uidvalidity(&self, user: &str, folder: &str, uidvalidity: u32, next_uid: u32) {
        let (uidvalidity, next_uid) = (uidvalidity.to_string(), next_uid.to_string());
        let numbers = ["--uid-validity", &uidvalidity, "--min-next-uid", &next_uid];
        self.doveadm(&[&["mailbox", "update", "-u", user], &numbers[..], &[folder]].concat());
        // Dovecot shows one message only, at first, when it gives out new UIDs.
        self.doveadm(&["force-resync", "-u", user, folder]);
    }

    fn doveadm(&self, arguments: &[&str]) {
        let conf = self.path().join("dovecot.conf");
        let done = std::process::Command::new(DOVEADM).arg("-c").arg(conf).args(arguments).output();
        let done = done.unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Lays messages straight into the INBOX's Maildir: the quick way to fill a mailbox. Each comes
    /// with its INTERNALDATE in Unix seconds.
    pub fn plant(&self, user: &str, messages: impl IntoIterator<Item = (Vec<u8>, u64)>) {
        let owner = mail_owner(self.path());
        let maildir = self.path().join("mail").join(user).join("Maildir");
        for folder in ["cur", "new", "tmp"] {
            fs::create_dir_all(maildir.join(folder)).unwrap();
        }
        for part in [maildir.parent().unwrap(), &maildir] {
            chown(part, Some(owner.0), Some(owner.1)).unwrap();
        }
        for folder in ["cur", "new", "tmp"] {
            chown(maildir.join(folder), Some(owner.0), Some(owner.1)).unwrap();
        }
        for (number, (raw, seconds)) in messages.into_iter().enumerate() {
            let path = maildir.join(format!("new/{seconds}.P{number:06}.rig"));
            fs::write(&path, raw).unwrap();
            chown(&path, Some(owner.0), Some(owner.1)).unwrap();
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
        }
    }

    /// What Dovecot and Postfix wrote, to be printed when a test fails.
    pub fn log(&self) -> String {
        ["dovecot.log", "postfix.log", "postfix.out"]
            .map(|name| fs::read_to_string(self.path().join(name)).unwrap_or_default())
            .concat()
    }
}

/// The password of a user: made from its name, so that every process can know it.
fn password(user: &str) -> String {
    format!("pass-{}", user.replace('@', "-at-"))
}
