//! The test's own mail clients: as small as they can be, and independent of the code under test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{SmtpTransport, Transport};

use crate::support::PATIENCE;

fn connect(port: u16) -> BufReader<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_nodelay(true).unwrap();
    BufReader::new(stream)
}

/// Sends one message by SMTP submission with STARTTLS and AUTH.
pub(super) fn submit(port: u16, ca: &Path, from: &str, password: &str, to: &str, raw: &[u8]) {
    let ca = Certificate::from_pem(&std::fs::read(ca).unwrap()).unwrap();
    let tls = TlsParameters::builder("localhost".into()).add_root_certificate(ca).build().unwrap();
    let envelope = Envelope::new(Some(from.parse().unwrap()), vec![to.parse().unwrap()]).unwrap();
    SmtpTransport::builder_dangerous("localhost")
        .port(port)
        .tls(Tls::Required(tls))
        .hello_name(ClientId::Domain("client.test".into()))
        .credentials(Credentials::new(from.into(), password.into()))
        .build()
        .send_raw(&envelope, raw)
        .unwrap();
}

/// Delivers one message by LMTP.
pub(super) fn lmtp(port: u16, from: &str, to: &str, raw: &[u8]) {
    let mut stream = connect(port);
    reply(&mut stream, b"2");
    let commands = [
        ("LHLO client.test".to_owned(), b"2"),
        (format!("MAIL FROM:<{from}>"), b"2"),
        (format!("RCPT TO:<{to}>"), b"2"),
        ("DATA".to_owned(), b"3"),
    ];
    for (command, expected) in commands {
        stream.get_mut().write_all(format!("{command}\r\n").as_bytes()).unwrap();
        reply(&mut stream, expected);
    }
    let mut data = Vec::with_capacity(raw.len() + 100);
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            data.push(b'.');
        }
        data.extend_from_slice(line);
    }
    if !data.ends_with(b"\n") {
        data.extend_from_slice(b"\r\n");
    }
    data.extend_from_slice(b".\r\n");
    stream.get_mut().write_all(&data).unwrap();
    reply(&mut stream, b"2");
    stream.get_mut().write_all(b"QUIT\r\n").unwrap();
}

fn reply(stream: &mut BufReader<TcpStream>, expected: &[u8]) {
    loop {
        let mut line = Vec::new();
        stream.read_until(b'\n', &mut line).unwrap();
        assert!(line.starts_with(expected), "LMTP: {}", String::from_utf8_lossy(&line));
        if line.get(3) == Some(&b' ') {
            return;
        }
    }
}

/// One untagged response: its text with `{n}` where literals stood, and those literals.
#[derive(Debug)]
pub struct Reply {
    /// The line, literals left out.
    pub text: String,
    /// The literals in order.
    pub literals: Vec<Vec<u8>>,
}

/// A plain, blocking IMAP client.
pub struct Imap {
    stream: BufReader<TcpStream>,
    number: u32,
}

impl Imap {
    pub(super) fn login(port: u16, user: &str, password: &str) -> Self {
        let mut this = Self { stream: connect(port), number: 0 };
        this.response();
        this.command(&format!("LOGIN \"{user}\" \"{password}\""));
        this
    }

    fn response(&mut self) -> Reply {
        let (mut text, mut literals) = (String::new(), Vec::new());
        loop {
            let mut line = Vec::new();
            self.stream.read_until(b'\n', &mut line).unwrap();
            assert!(line.ends_with(b"\r\n"), "the server went away");
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            text += &line;
            let announced = line.rsplit_once('{').and_then(|(_, n)| n.strip_suffix('}'));
            let Some(length) = announced.and_then(|n| n.parse().ok()) else { break };
            let mut literal = vec![0; length];
            self.stream.read_exact(&mut literal).unwrap();
            literals.push(literal);
        }
        Reply { text, literals }
    }

    /// Runs a command and returns its untagged responses.
    ///
    /// # Panics
    ///
    /// When the server does not answer OK.
    pub fn command(&mut self, command: &str) -> Vec<Reply> {
        let tag = self.send(command);
        self.finish(&tag, command)
    }

    fn send(&mut self, command: &str) -> String {
        self.number += 1;
        let tag = format!("T{}", self.number);
        self.stream.get_mut().write_all(format!("{tag} {command}\r\n").as_bytes()).unwrap();
        tag
    }

    fn finish(&mut self, tag: &str, command: &str) -> Vec<Reply> {
        let mut replies = Vec::new();
        loop {
            let reply = self.response();
            if let Some(status) = reply.text.strip_prefix(tag) {
                assert!(status.starts_with(" OK"), "{command}: {status}");
                return replies;
            }
            replies.push(reply);
        }
    }

    /// Appends a message.
    pub fn append(&mut self, folder: &str, internaldate: &str, raw: &[u8]) {
        let command =
            format!("APPEND \"{folder}\" () \"{internaldate}\" {{{length}+}}", length = raw.len());
        let tag = self.send(&command);
        self.stream.get_mut().write_all(raw).unwrap();
        self.stream.get_mut().write_all(b"\r\n").unwrap();
        self.finish(&tag, &command);
    }

    /// The raw messages of a folder, in the order of their UIDs.
    pub fn messages(&mut self, folder: &str) -> Vec<Vec<u8>> {
        self.command(&format!("EXAMINE \"{folder}\""));
        self.command("UID FETCH 1:* (UID BODY.PEEK[])")
            .into_iter()
            .filter_map(|reply| reply.literals.into_iter().next())
            .collect()
    }

    /// UID and flags of the messages of a folder.
    pub fn flags(&mut self, folder: &str) -> Vec<(u32, String)> {
        self.command(&format!("EXAMINE \"{folder}\""));
        self.command("UID FETCH 1:* (UID FLAGS)")
            .into_iter()
            .filter_map(|reply| {
                let (_, rest) = reply.text.split_once("UID ")?;
                let (uid, rest) = rest.split_once(' ')?;
                let (_, flags) = rest.split_once("FLAGS (")?;
                Some((uid.parse().ok()?, flags.split_once(')')?.0.to_owned()))
            })
            .collect()
    }
}
