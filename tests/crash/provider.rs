//! A provider that takes letters until it shall not: plain SMTP on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// The connection ends before the command is looked at.
    HangUp,
    /// The command is obeyed, and the connection ends before its answer.
    TakeAndHangUp,
    /// This is the answer.
    Say(&'static str),
}

#[derive(Default)]
struct State {
    commands: u64,
    nth: Option<(u64, Act)>,
    taken: Vec<Vec<u8>>,
}

/// A running provider. The greeting counts as a command, and so does each letter's text.
#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) port: u16,
    state: Arc<Mutex<State>>,
}

impl Provider {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let this = Self { port: listener.local_addr().unwrap().port(), state: Arc::default() };
        let provider = this.clone();
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let provider = provider.clone();
                // How a session ends is the client's business.
                std::thread::spawn(move || provider.serve(BufReader::new(client.unwrap())));
            }
        });
        this
    }

    /// The `nth` command from now goes wrong; what was counted and taken is forgotten.
    pub(crate) fn strike(&self, nth: Option<(u64, Act)>) {
        *self.state.lock().unwrap() = State { nth, ..State::default() };
    }

    /// How many commands have come.
    pub(crate) fn commands(&self) -> u64 {
        self.state.lock().unwrap().commands
    }

    /// The letters for which it is responsible.
    pub(crate) fn taken(&self) -> Vec<Vec<u8>> {
        self.state.lock().unwrap().taken.clone()
    }

    fn serve(&self, mut client: BufReader<TcpStream>) -> Option<()> {
        self.answer(&mut client, "220 163.com ready", None)?;
        loop {
            let command = line(&mut client)?;
            let text = String::from_utf8_lossy(&command).trim_end().to_ascii_lowercase();
            let verb = text.split([' ', ':']).next().unwrap_or_default();
            match verb {
                "ehlo" => self.answer(&mut client, "250-mail\r\n250 AUTH LOGIN PLAIN", None)?,
                "auth" => self.answer(&mut client, "235 OK", None)?,
                "data" if self.answer(&mut client, "354 go on", None)? => {
                    let mut letter = Vec::new();
                    loop {
                        let line = line(&mut client)?;
                        if line == b".\r\n" {
                            break;
                        }
                        letter.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
                    }
                    self.answer(&mut client, "250 Mail OK queued", Some(letter))?
                }
                "data" => true,
                "quit" => {
                    self.answer(&mut client, "221 Bye", None)?;
                    return None;
                }
                _ => self.answer(&mut client, "250 OK", None)?,
            };
        }
    }

    /// Whether the answer was the good one; nothing when the session is over.
    fn answer(
        &self,
        client: &mut BufReader<TcpStream>,
        good: &str,
        letter: Option<Vec<u8>>,
    ) -> Option<bool> {
        let act = {
            let mut state = self.state.lock().unwrap();
            state.commands += 1;
            let commands = state.commands;
            let act = state.nth.filter(|(nth, _)| *nth == commands).map(|(_, act)| act);
            if !matches!(act, Some(Act::HangUp | Act::Say(_))) {
                state.taken.extend(letter);
            }
            act
        };
        match act {
            Some(Act::HangUp | Act::TakeAndHangUp) => return None,
            Some(Act::Say(words)) => {
                client.get_mut().write_all(format!("{words}\r\n").as_bytes()).ok()?;
            }
            None => client.get_mut().write_all(format!("{good}\r\n").as_bytes()).ok()?,
        }
        Some(act.is_none())
    }
}

fn line(client: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    (client.read_until(b'\n', &mut line).ok()? > 0).then_some(line)
}
