//! A mailbox of the test's own, behind as much IMAP as the service speaks, on loopback: what no
//! real server does on demand (another UIDVALIDITY, late visibility, a connection that breaks at a
//! chosen command, time that passes while it answers) is one call here.
#![expect(dead_code, reason = "each test program uses its own part of this")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex};

use baoming::clock::Clock;
use baoming::mailbox::{Identity, ImapOptions, Limits, Security, Source};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How a command goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mishap {
    /// The connection ends before the answer.
    Eof,
    /// It ends in the middle of the answer.
    Half,
    /// `* BYE` and the end.
    Bye,
    /// The command is refused.
    No,
}

struct Message {
    uid: u32,
    arrived: Timestamp,
    /// Not listed before this moment.
    visible: Timestamp,
    raw: Vec<u8>,
}

struct Folder {
    uidvalidity: u32,
    next: u32,
    messages: Vec<Message>,
}

struct State {
    clock: Clock,
    /// The service's clock, and how far it is ahead of the server's.
    service: (Clock, SignedDuration),
    folders: BTreeMap<&'static str, Folder>,
    /// The command, counted from now, that goes wrong.
    fuse: Option<(u64, Mishap)>,
    /// How long each command takes on the clock.
    slowness: SignedDuration,
    port: u16,
}

impl State {
    fn pass(&self, time: SignedDuration) {
        let now = self.clock.now() + time;
        self.clock.set(now);
        self.service.0.set(now + self.service.1);
    }
}

/// A running account. Clones share it; it serves as long as its runtime runs.
#[derive(Clone)]
pub(crate) struct Account(Arc<Mutex<State>>);

impl Account {
    /// An empty account with an inbox and a folder for spam.
    pub(crate) async fn open(clock: &Clock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let folder = || Folder { uidvalidity: 1, next: 1, messages: Vec::new() };
        let this = Self(Arc::new(Mutex::new(State {
            clock: clock.clone(),
            service: (clock.clone(), SignedDuration::ZERO),
            folders: [("INBOX", folder()), ("Junk", folder())].into(),
            fuse: None,
            slowness: SignedDuration::ZERO,
            port,
        })));
        let account = this.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let account = account.clone();
                // How a connection ends is the client's business.
                tokio::spawn(async move { drop(account.serve(client).await) });
            }
        });
        this
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.lock().unwrap().port
    }

    /// The true time.
    pub(crate) fn now(&self) -> Timestamp {
        self.0.lock().unwrap().clock.now()
    }

    /// A message comes in now (INTERNALDATE has whole seconds) and is shown after `late`.
    pub(crate) fn deliver(&self, folder: &'static str, raw: Vec<u8>, late: SignedDuration) -> u32 {
        let mut state = self.0.lock().unwrap();
        let now = state.clock.now();
        let arrived = Timestamp::from_second(now.as_second()).unwrap();
        let folder = state.folders.get_mut(folder).unwrap();
        let uid = folder.next;
        folder.next += 1;
        folder.messages.push(Message { uid, arrived, visible: now + late, raw });
        uid
    }

    /// The folder is made anew: other UIDs under another UIDVALIDITY.
    pub(crate) fn renumber(&self, folder: &'static str, first: u32) {
        let mut state = self.0.lock().unwrap();
        let folder = state.folders.get_mut(folder).unwrap();
        folder.uidvalidity += 1;
        for (uid, message) in (first..).zip(&mut folder.messages) {
            message.uid = uid;
        }
        folder.next = first + u32::try_from(folder.messages.len()).unwrap();
    }

    /// The `nth` command from now goes wrong.
    pub(crate) fn fuse(&self, fuse: Option<(u64, Mishap)>) {
        self.0.lock().unwrap().fuse = fuse;
    }

    /// The service has a clock of its own, which is so much ahead (from now on).
    pub(crate) fn service_clock(&self, clock: &Clock, ahead: SignedDuration) {
        let mut state = self.0.lock().unwrap();
        state.service = (clock.clone(), ahead);
        clock.step(state.clock.now() + ahead);
    }

    /// Time goes by, here and there.
    pub(crate) fn pass(&self, time: SignedDuration) {
        self.0.lock().unwrap().pass(time);
    }

    /// From now on each command takes so long on the clock.
    pub(crate) fn slow(&self, slowness: SignedDuration) {
        self.0.lock().unwrap().slowness = slowness;
    }

    async fn serve(&self, client: TcpStream) -> io::Result<()> {
        client.set_nodelay(true)?;
        let mut client = BufReader::new(client);
        client.get_mut().write_all(b"* OK ready\r\n").await?;
        let (mut open, mut line) = (None, String::new());
        loop {
            line.clear();
            if client.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let Some((tag, command)) = line.trim_end().split_once(' ') else { return Ok(()) };
            let (mishap, mut answer) = self.answer(&mut open, command);
            match mishap {
                Some(Mishap::Eof) => return Ok(()),
                Some(Mishap::Bye) => answer = b"* BYE the server is going down\r\n".to_vec(),
                Some(Mishap::Half) => answer.truncate(answer.len() / 2),
                Some(Mishap::No) => answer = format!("{tag} NO not now\r\n").into_bytes(),
                None => answer.extend(format!("{tag} OK done\r\n").bytes()),
            }
            client.get_mut().write_all(&answer).await?;
            if matches!(mishap, Some(Mishap::Bye | Mishap::Half)) || command == "LOGOUT" {
                return Ok(());
            }
        }
    }

    fn answer(&self, open: &mut Option<String>, command: &str) -> (Option<Mishap>, Vec<u8>) {
        let mut state = self.0.lock().unwrap();
        if !state.slowness.is_zero() {
            state.pass(state.slowness);
        }
        let now = state.clock.now();
        let mut mishap = None;
        if let Some((left, what)) = &mut state.fuse {
            *left -= 1;
            mishap = (*left == 0).then_some(*what);
            if mishap.is_some() {
                state.fuse = None;
            }
        }
        let mut answer = Vec::new();
        let folder = open.as_deref().and_then(|open| state.folders.get(open));
        if let Some(name) = command.strip_prefix("EXAMINE ") {
            let name = name.trim_matches('"');
            let Some(folder) = state.folders.get(name) else { return (Some(Mishap::No), answer) };
            let (count, uidvalidity) = (folder.messages.len(), folder.uidvalidity);
            answer = format!("* {count} EXISTS\r\n* OK [UIDVALIDITY {uidvalidity}] x\r\n").into();
            *open = Some(name.to_owned());
        } else if command == "CAPABILITY" {
            answer = b"* CAPABILITY IMAP4rev1\r\n".to_vec();
        } else if command.starts_with("LIST") {
            answer = b"* LIST () \"/\" INBOX\r\n* LIST () \"/\" Junk\r\n".to_vec();
        } else if let (Some(fetch), Some(folder)) = (command.strip_prefix("UID FETCH "), folder) {
            let (set, items) = fetch.split_once(' ').unwrap();
            let listing = items.contains("INTERNALDATE");
            let shown = folder.messages.iter().filter(|one| one.visible <= now);
            for (number, one) in (1..).zip(shown).filter(|(_, one)| holds(set, one.uid)) {
                answer.extend(if listing { listed(number, one) } else { body(number, one) });
            }
        }
        (mishap, answer)
    }
}

/// How the code under test reaches it.
pub(crate) fn source(port: u16) -> Source {
    Source::Imap(Box::new(ImapOptions {
        mailbox: "bureau".into(),
        host: "localhost".into(),
        port,
        security: Security::None,
        extra_ca: None,
        user: "desk@example.test".into(),
        password: "secret".into(),
        identity: Identity::default(),
        limits: Limits::default(),
    }))
}

fn holds(set: &str, uid: u32) -> bool {
    set.split(',').any(|part| {
        let (first, last) = part.split_once(':').unwrap_or((part, part));
        let bound = |text: &str| text.parse().unwrap_or(u32::MAX);
        (bound(first)..=bound(last)).contains(&uid)
    })
}

fn listed(number: u32, message: &Message) -> Vec<u8> {
    let arrived = message.arrived.to_zoned(TimeZone::UTC).strftime("%d-%b-%Y %H:%M:%S +0000");
    let mut line = format!("* {number} FETCH (UID {} FLAGS ()", message.uid);
    write!(line, " INTERNALDATE \"{arrived}\" RFC822.SIZE {})\r\n", message.raw.len()).unwrap();
    line.into_bytes()
}

fn body(number: u32, message: &Message) -> Vec<u8> {
    let head =
        format!("* {number} FETCH (UID {} BODY[] {{{}}}\r\n", message.uid, message.raw.len());
    [head.as_bytes(), &message.raw, b")\r\n"].concat()
}

/// Used by no test, so that the expectation of dead code above always holds.
struct NobodyNeedsThis;
