//! A provider that follows a script: what it answers in each phase, when it falls silent, when it
//! hangs up. It speaks plain SMTP on loopback.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Work on the bytes of a text.
pub(crate) type WithText = Arc<dyn Fn(&[u8]) + Send + Sync>;

/// What the provider does instead of being nice.
#[derive(Clone)]
pub(crate) enum Act {
    /// Answers with these bytes and a line end.
    Say(&'static [u8]),
    /// Says nothing until the client goes away.
    Stall,
    /// Hangs up.
    HangUp,
    /// Says this line again and again, with so long between.
    Babble(&'static [u8], Duration),
    /// Does something, then is nice.
    First(Arc<dyn Fn() + Send + Sync>),
    /// Does something with the text that came last, then hangs up.
    Lost(WithText),
    /// Does something with the text that came last, then is nice.
    Took(WithText),
}

/// What the provider saw.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// The commands of each session, without the texts.
    pub(crate) sessions: Vec<Vec<String>>,
    /// The texts, dots unstuffed, whatever was answered to them.
    pub(crate) texts: Vec<Vec<u8>>,
}

/// A running provider.
pub(crate) struct Provider {
    pub(crate) port: u16,
    seen: Arc<Mutex<Seen>>,
    script: Arc<Mutex<Script>>,
}

type Script = BTreeMap<&'static str, VecDeque<Act>>;

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Say(words) => write!(f, "says {:?}", String::from_utf8_lossy(words)),
            Self::Stall => f.write_str("stalls"),
            Self::HangUp => f.write_str("hangs up"),
            Self::Babble(words, _) => write!(f, "babbles {:?}", String::from_utf8_lossy(words)),
            Self::First(_) | Self::Took(_) => f.write_str("is slow"),
            Self::Lost(_) => f.write_str("hangs up after work"),
        }
    }
}

impl Provider {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (seen, script) = (Arc::<Mutex<Seen>>::default(), Arc::<Mutex<Script>>::default());
        let (noted, followed) = (Arc::clone(&seen), Arc::clone(&script));
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (noted, followed) = (Arc::clone(&noted), Arc::clone(&followed));
                std::thread::spawn(move || {
                    let number = {
                        let mut seen = noted.lock().unwrap();
                        seen.sessions.push(Vec::new());
                        seen.sessions.len() - 1
                    };
                    let client = BufReader::new(client.unwrap());
                    let session = Session { client, number, seen: noted, script: followed };
                    // The client may go away at any moment.
                    drop(session.serve());
                });
            }
        });
        Self { port, seen, script }
    }

    /// In this phase (`banner`, `ehlo`, `auth`, `mail`, `rcpt`, `data`, `text`, `rset`, `quit`) the
    /// next answers are these; when they are used up it is nice.
    pub(crate) fn on(self, phase: &'static str, acts: impl IntoIterator<Item = Act>) -> Self {
        self.script.lock().unwrap().entry(phase).or_default().extend(acts);
        self
    }

    pub(crate) fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }
}

struct Session {
    client: BufReader<TcpStream>,
    number: usize,
    seen: Arc<Mutex<Seen>>,
    script: Arc<Mutex<Script>>,
}

/// The session is over.
struct Over;

impl From<std::io::Error> for Over {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

impl Session {
    fn serve(mut self) -> Result<(), Over> {
        self.answer("banner", b"220 163.com Anti-spam GT for Coremail System")?;
        loop {
            let line = self.line()?;
            let command = String::from_utf8(line).map_err(|_| Over)?.trim_end().to_owned();
            let verb = command.split([' ', ':']).next().unwrap_or_default().to_ascii_lowercase();
            self.seen.lock().unwrap().sessions[self.number].push(command);
            match verb.as_str() {
                "ehlo" => {
                    self.answer("ehlo", b"250-mail\r\n250-AUTH LOGIN PLAIN\r\n250 8BITMIME")?
                }
                "auth" => self.answer("auth", b"235 Authentication successful")?,
                "mail" => self.answer("mail", b"250 Mail OK")?,
                "rcpt" => self.answer("rcpt", b"250 Mail OK")?,
                "starttls" => self.answer("starttls", b"220 ready")?,
                "rset" => self.answer("rset", b"250 OK")?,
                "quit" => {
                    self.answer("quit", b"221 Bye")?;
                    return Ok(());
                }
                "data" if self.answer("data", b"354 End data with <CR><LF>.<CR><LF>")? => {
                    self.text()?;
                    self.answer("text", b"250 Mail OK queued as smtp11,D8CowABX--.43886S2")?
                }
                _ => true,
            };
        }
    }

    /// Follows the script, or is nice. Whether it was nice.
    fn answer(&mut self, phase: &str, nice: &[u8]) -> Result<bool, Over> {
        let act = self.script.lock().unwrap().get_mut(phase).and_then(VecDeque::pop_front);
        let (words, was_nice) = match act {
            None => (nice, true),
            Some(Act::Say(words)) => (words, false),
            Some(Act::First(work)) => {
                work();
                (nice, true)
            }
            Some(Act::Took(work)) => {
                self.with_text(&*work);
                (nice, true)
            }
            Some(Act::Lost(work)) => {
                self.with_text(&*work);
                return Err(Over);
            }
            Some(Act::HangUp) => return Err(Over),
            Some(Act::Babble(line, pause)) => loop {
                self.client.get_mut().write_all(&[line, b"\r\n"].concat())?;
                std::thread::sleep(pause);
            },
            Some(Act::Stall) => {
                self.client.read_to_end(&mut Vec::new())?;
                return Err(Over);
            }
        };
        self.client.get_mut().write_all(&[words, b"\r\n"].concat())?;
        Ok(was_nice)
    }

    fn with_text(&self, work: &dyn Fn(&[u8])) {
        let text = self.seen.lock().unwrap().texts.last().cloned();
        work(&text.unwrap_or_default());
    }

    fn line(&mut self) -> Result<Vec<u8>, Over> {
        let mut line = Vec::new();
        if self.client.read_until(b'\n', &mut line)? == 0 {
            return Err(Over);
        }
        Ok(line)
    }

    fn text(&mut self) -> Result<(), Over> {
        let mut text = Vec::new();
        loop {
            let line = self.line()?;
            if line == b".\r\n" {
                self.seen.lock().unwrap().texts.push(text);
                return Ok(());
            }
            text.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }
}
