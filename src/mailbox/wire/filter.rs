//! Writes every line of the server anew in the form that the parser takes.
//!
//! imap-proto 0.17 stops at, or panics on, things that servers of this country send: `* ID ()`,
//! Chinese text behind a response code (it slices inside a character), `INTERNALDATE NIL` (it
//! unwraps), keywords in GBK, a bare LF. So nothing passes as it came: what our few commands need
//! is taken apart and written again, everything else is left out. Literals are never touched.

use super::fault::Fault;
use super::fetch;
use super::text::{fields, literal_at_end, number, split_word, word_is};

/// What follows a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// Another line.
    Line,
    /// A literal of so many bytes that belongs to the output.
    Literal(u64),
    /// A literal of so many bytes that belongs to something left out.
    Skip(u64),
}

/// Which response the last literal belongs to.
#[derive(Debug, Default)]
enum Within {
    #[default]
    Nothing,
    Fetch,
    List,
    LeftOut,
}

/// The state between two lines.
#[derive(Debug)]
pub(super) struct Filter {
    within: Within,
    /// The UID that the current FETCH response has named so far.
    uid: Option<u64>,
    /// The largest literal that is let through.
    pub(super) literal_limit: u64,
    /// The text of the last NO, BAD or BYE, as it came.
    pub(super) words: Vec<u8>,
}

impl Filter {
    pub(super) fn new(literal_limit: u64) -> Self {
        Self { within: Within::Nothing, uid: None, literal_limit, words: Vec::new() }
    }

    /// Whether the next line begins a response.
    pub(super) fn between_responses(&self) -> bool {
        matches!(self.within, Within::Nothing)
    }

    /// Takes one line without its end and appends what the parser may see.
    pub(super) fn line(&mut self, line: &[u8], out: &mut Vec<u8>) -> Result<Then, Fault> {
        match std::mem::take(&mut self.within) {
            Within::Nothing => self.first_line(line, out),
            Within::Fetch => self.fetch(line, out),
            Within::List => {
                out.extend_from_slice(b"\r\n");
                Ok(Then::Line)
            }
            Within::LeftOut => self.leave_out(line),
        }
    }

    fn first_line(&mut self, line: &[u8], out: &mut Vec<u8>) -> Result<Then, Fault> {
        if line.is_empty() {
            return Ok(Then::Line);
        }
        if line.first() == Some(&b'+') {
            out.extend_from_slice(b"+ go\r\n");
            return Ok(Then::Line);
        }
        let (tag, rest) = split_word(line);
        if tag != b"*" {
            let (status, text) = split_word(rest);
            let known = tag.iter().all(u8::is_ascii_alphanumeric).then(|| status_name(status));
            return match known.flatten() {
                Some(name) => Ok(self.status(tag, name, text, out)),
                None => Err(Fault::Garbage),
            };
        }
        let (kind, text) = split_word(rest);
        if let Some(name) = status_name(kind) {
            return Ok(self.status(b"*", name, text, out));
        }
        if word_is(kind, "CAPABILITY") {
            out.extend_from_slice(b"* ");
            capabilities(text, out);
            out.extend_from_slice(b"\r\n");
            return Ok(Then::Line);
        }
        if word_is(kind, "LIST") {
            return self.list(text, out);
        }
        if let Some(count) = number(kind) {
            return self.numbered(count, text, out);
        }
        self.leave_out(line)
    }

    /// `* OK [UIDVALIDITY 1] UIDs valid` and `A1 NO …`: the codes that we use stay, the text is
    /// put aside for the error.
    fn status(&mut self, tag: &[u8], name: &str, text: &[u8], out: &mut Vec<u8>) -> Then {
        if name != "OK" {
            text.clone_into(&mut self.words);
        }
        out.extend_from_slice(tag);
        out.push(b' ');
        out.extend_from_slice(name.as_bytes());
        out.push(b' ');
        let code = text.strip_prefix(b"[").and_then(|rest| rest.split(|byte| *byte == b']').next());
        let (code, value) = split_word(code.unwrap_or_default());
        if word_is(code, "CAPABILITY") {
            out.push(b'[');
            capabilities(value, out);
            out.extend_from_slice(b"] ");
        } else if word_is(code, "UIDVALIDITY")
            && let Some(value) = number(value).filter(|value| *value > 0)
        {
            out.extend_from_slice(format!("[UIDVALIDITY {value}] ").as_bytes());
        }
        out.extend_from_slice(b"x\r\n");
        Then::Line
    }

    /// `* 5 EXISTS`, `* 5 EXPUNGE`, `* 5 FETCH (…`.
    fn numbered(&mut self, count: u32, text: &[u8], out: &mut Vec<u8>) -> Result<Then, Fault> {
        let (kind, rest) = split_word(text);
        if word_is(kind, "FETCH") {
            out.extend_from_slice(format!("* {count} FETCH ").as_bytes());
            self.uid = None;
            return self.fetch(rest, out);
        }
        for name in ["EXISTS", "EXPUNGE"] {
            if word_is(kind, name) {
                out.extend_from_slice(format!("* {count} {name}\r\n").as_bytes());
                return Ok(Then::Line);
            }
        }
        self.leave_out(text)
    }

    fn fetch(&mut self, line: &[u8], out: &mut Vec<u8>) -> Result<Then, Fault> {
        let (head, literal) = literal_at_end(line);
        fetch::clean(head, out, &mut self.uid)?;
        let Some(length) = literal else {
            out.extend_from_slice(b"\r\n");
            return Ok(Then::Line);
        };
        // Glued to a word it is none to the parser, which would read on in the middle of it.
        if !out.ends_with(b" ") && !out.ends_with(b"(") {
            out.push(b' ');
        }
        self.within = Within::Fetch;
        self.admit(length, out)
    }

    fn admit(&self, announced: u64, out: &mut Vec<u8>) -> Result<Then, Fault> {
        if announced > self.literal_limit {
            return Err(Fault::Literal { uid: self.uid, announced, limit: self.literal_limit });
        }
        out.extend_from_slice(format!("{{{announced}}}\r\n").as_bytes());
        Ok(Then::Literal(announced))
    }

    /// `* LIST (\HasNoChildren \Junk) "/" "&V4NXPpCuTvY-"`; the name may be an atom with spaces or
    /// 8-bit bytes in it, or a literal. A line in another shape is left out: that folder has no
    /// name that we could use.
    fn list(&mut self, text: &[u8], out: &mut Vec<u8>) -> Result<Then, Fault> {
        let (head, literal) = literal_at_end(text);
        let Some((attributes, delimiter, name)) = list_parts(head) else {
            return self.leave_out(text);
        };
        let start = out.len();
        out.extend_from_slice(b"* LIST (");
        let plain = |flag: &&[u8]| {
            flag.strip_prefix(b"\\").is_some_and(|name| name.iter().all(u8::is_ascii_alphanumeric))
        };
        out.extend_from_slice(&fields(attributes).filter(plain).collect::<Vec<_>>().join(&b' '));
        out.extend_from_slice(b") ");
        out.extend_from_slice(delimiter);
        out.push(b' ');
        if let Some(length) = literal {
            if length > super::MAX_LINE as u64 {
                out.truncate(start);
                return self.leave_out(text);
            }
            self.within = Within::List;
            return self.admit(length, out);
        }
        quote(&unquote(name), out);
        out.extend_from_slice(b"\r\n");
        Ok(Then::Line)
    }

    fn leave_out(&mut self, line: &[u8]) -> Result<Then, Fault> {
        let Some(announced) = literal_at_end(line).1 else { return Ok(Then::Line) };
        if announced > self.literal_limit {
            return Err(Fault::Literal { uid: None, announced, limit: self.literal_limit });
        }
        self.within = Within::LeftOut;
        Ok(Then::Skip(announced))
    }
}

fn status_name(word: &[u8]) -> Option<&'static str> {
    ["OK", "NO", "BAD", "BYE", "PREAUTH"].into_iter().find(|name| word_is(word, name))
}

/// Upper-cased, and only those that are atoms. The parser wants `IMAP4rev1` in every list.
fn capabilities(text: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"CAPABILITY IMAP4rev1");
    for word in fields(text) {
        let atom = |byte: &u8| byte.is_ascii_alphanumeric() || b"-=+_./:".contains(byte);
        let upper = word.to_ascii_uppercase();
        if word.iter().all(atom) && !upper.starts_with(b"IMAP4REV1") {
            out.push(b' ');
            out.extend_from_slice(&upper);
        }
    }
}

/// The attributes, the delimiter as it will be written, and the name.
fn list_parts(text: &[u8]) -> Option<(&[u8], &'static [u8], &[u8])> {
    let inner = text.strip_prefix(b"(")?;
    let close = inner.iter().position(|byte| *byte == b')')?;
    let (attributes, rest) = inner.split_at_checked(close)?;
    let (delimiter, name) = split_word(rest.strip_prefix(b")")?.trim_ascii_start());
    let delimiter: &'static [u8] = match delimiter {
        b"\"/\"" => b"\"/\"",
        b"\".\"" => b"\".\"",
        b"\"\\\\\"" => b"\"\\\\\"",
        _ => b"NIL",
    };
    Some((attributes, delimiter, name))
}

/// The content of a quoted string, or the bytes themselves.
fn unquote(name: &[u8]) -> Vec<u8> {
    let Some(quoted) = name.strip_prefix(b"\"") else { return name.trim_ascii_end().to_vec() };
    let mut out = Vec::with_capacity(quoted.len());
    let mut bytes = quoted.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => out.extend(bytes.next()),
            _ => out.push(*byte),
        }
    }
    out
}

fn quote(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in name {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(if *byte == 0 { b'?' } else { *byte });
    }
    out.push(b'"');
}
