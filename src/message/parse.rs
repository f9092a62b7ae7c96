//! From bytes to a [`Message`].

use std::borrow::Cow;

use super::document::{Block, Document, Origin, UnreadKind, Voice};
use super::file::{self, DEEPEST, File, Opened};
use super::fingerprint::Fingerprint;
use super::lower::is_word;
use super::mime::{self, Part};
use super::{
    Message, answers, charset, flowed, headers, html, links, machine, returned, trust, voice,
};

/// More text than this of one body is not looked at, in bytes.
const LONGEST_BODY: usize = 1 << 20;
/// A picture in the text that is smaller is a logo or a smiley, in bytes.
const LEAST_PHOTO: usize = 30_000;
/// How deep multiparts are followed.
const DEEPEST_PART: u32 = 40;
/// What evidence calls a file without a name.
pub(super) const UNNAMED: &str = "未命名附件";
/// What evidence calls the mail's own text.
const BODY: &str = "正文";

/// Takes a message apart. `servers` are the ids of Authentication-Results to believe.
#[must_use]
pub fn parse(raw: &[u8], servers: &[String]) -> Message {
    take_apart(raw, servers, 0)
}

/// Old Macs end a line with a return alone: such a mail would be one endless header.
fn with_line_ends(raw: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'\n', raw).is_some() || memchr::memchr(b'\r', raw).is_none() {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

fn take_apart(raw: &[u8], servers: &[String], depth: u32) -> Message {
    let raw = with_line_ends(raw);
    let parts = mime::cut(&raw);
    let root = parts.first().cloned().unwrap_or_default();
    let mut message = Message { headers: headers::read(&root), ..Message::default() };
    message.trust = trust::read(&root, &message.headers, servers);
    let mut harvest = Harvest { depth, ..Harvest::default() };
    harvest.gather(&parts, 0, 0);
    let mut body =
        Document { name: BODY.to_owned(), blocks: harvest.blocks, ..Document::default() };
    body.bound();
    harvest.opened.documents.iter_mut().for_each(Document::bound);
    voice::mark(&mut body.blocks, machine::is_forward(&message.headers.subject));
    answers::join(&mut body.blocks);
    let text = body.text();
    if let Some((kind, sign)) = machine::sign(&parts, &message.headers, &body, &text) {
        message.machine = Some(kind);
        if kind == machine::Machine::Bounce {
            message.returned = Some(returned::read(&parts, &message.headers.subject, &text));
        }
        message.headers.machine = Some(sign.chars().take(200).collect());
    }
    let mut fingerprint = Fingerprint::new(&message.headers);
    fingerprint.add_text(&text);
    harvest.digests.iter().for_each(|digest| fingerprint.add(digest));
    message.fingerprint = fingerprint.finish();
    message.documents.push(body);
    message.documents.extend(harvest.opened.documents);
    message.unread = harvest.opened.unread;
    message.attachments = harvest.names;
    message
}

/// Opens an attached mail.
pub(super) fn nested(file: File<'_>) -> Opened {
    let message = take_apart(file.bytes, &[], file.depth + 1);
    let mut opened = Opened { documents: Vec::new(), unread: message.unread };
    for (place, mut document) in message.documents.into_iter().enumerate() {
        if place == 0 {
            let mut whole = Document::of_text(Origin::Mail, file.name, &message.headers.subject);
            whole.blocks.append(&mut document.blocks);
            for block in &mut whole.blocks {
                hand_on(block);
            }
            opened.documents.push(whole);
        } else {
            document.name = format!("{} › {}", file.name, document.name);
            opened.documents.push(document);
        }
    }
    opened
}

fn hand_on(block: &mut Block) {
    let target = match block {
        Block::Line(line) => &mut line.voice,
        Block::Table(table) => &mut table.voice,
    };
    if *target == Voice::Own {
        *target = Voice::Forwarded;
    }
}

#[derive(Default)]
struct Harvest {
    depth: u32,
    blocks: Vec<Block>,
    opened: Opened,
    names: Vec<String>,
    digests: Vec<Vec<u8>>,
}

impl Harvest {
    fn gather(&mut self, parts: &[Part<'_>], place: usize, depth: u32) {
        let Some(part) = parts.get(place) else { return };
        if depth > DEEPEST_PART {
            return;
        }
        match part.media() {
            _ if part.children.is_empty() => self.leaf(part),
            "multipart/alternative" => self.alternative(parts, part, depth),
            "multipart/report" => self.report(parts, part, depth),
            _ => {
                for child in &part.children {
                    self.gather(parts, *child, depth + 1);
                }
            }
        }
    }

    /// One text in several forms. The page is taken where it has what the plain form cannot hold
    /// (a table) or the plain form is empty; files inside an alternative still count.
    fn alternative(&mut self, parts: &[Part<'_>], part: &Part<'_>, depth: u32) {
        let mut plain: Option<String> = None;
        let mut page: Option<&Part<'_>> = None;
        let mut others = Vec::new();
        let mut open: Vec<(usize, u32)> =
            part.children.iter().rev().map(|child| (*child, depth + 1)).collect();
        while let Some((place, depth)) = open.pop() {
            let Some(child) = parts.get(place) else { continue };
            if !child.children.is_empty() && depth <= DEEPEST_PART {
                open.extend(child.children.iter().rev().map(|inner| (*inner, depth + 1)));
            } else if child.media() == "text/plain" && !child.is_file() && plain.is_none() {
                plain = Some(text(child));
            } else if child.media() == "text/html" && !child.is_file() && page.is_none() {
                page = Some(child);
            } else {
                others.push(place);
            }
        }
        match (plain, page) {
            (None, Some(page)) => self.page(&text(page)),
            (Some(plain), Some(page)) => self.twin(&plain, page),
            (Some(plain), None) => self.plain(&plain),
            (None, None) => {}
        }
        for place in others {
            self.gather(parts, place, depth + 1);
        }
    }

    /// Plain text, and the same as a page.
    fn twin(&mut self, plain: &str, page: &Part<'_>) {
        let bytes = content(page);
        // Most pages say the same once more: that shows before their characters are decoded.
        let more = !charset::is_ascii_plain(&bytes, page.content_type.get("charset").as_deref())
            || is_poor(plain)
            || holds_more(&bytes)
            || links::may_be_in(&bytes);
        if more {
            let page = decoded(page, &bytes);
            if page_is_better(plain, &page) {
                self.page(&page);
                return;
            }
            self.link(&page);
        }
        self.plain(plain);
    }

    /// Of a report only the human part is read: the returned mail speaks for nobody.
    fn report(&mut self, parts: &[Part<'_>], part: &Part<'_>, depth: u32) {
        for child in part.children.iter().take(1) {
            self.gather(parts, *child, depth + 1);
        }
        let files = part.children.iter().skip(1).filter_map(|child| parts.get(*child));
        self.names.extend(files.filter_map(Part::name));
    }

    fn leaf(&mut self, part: &Part<'_>) {
        match part.media() {
            "text/plain" if !part.is_file() => self.plain(&text(part)),
            "text/html" if !part.is_file() => self.page(&text(part)),
            "message/delivery-status"
            | "message/disposition-notification"
            | "text/rfc822-headers"
            | "message/feedback-report" => {}
            media if media.starts_with("multipart/") && part.body.is_empty() => {}
            media => self.file(part, media),
        }
    }

    fn plain(&mut self, text: &str) {
        self.link(text);
        let document = Document::of_text(Origin::Body, BODY, text);
        self.append(document.blocks);
    }

    fn page(&mut self, page: &str) {
        self.link(page);
        self.append(html::read(page));
    }

    fn link(&mut self, source: &str) {
        if self.opened.unread.is_empty() {
            self.opened.unread.extend(links::find(source));
        }
    }

    fn append(&mut self, blocks: Vec<Block>) {
        let lines = self.blocks.iter().filter(|block| matches!(block, Block::Line(_))).count();
        let before = u32::try_from(lines).unwrap_or(u32::MAX);
        self.blocks.extend(blocks.into_iter().map(|mut block| {
            if let Block::Line(line) = &mut block {
                line.number = line.number.saturating_add(before);
            }
            block
        }));
    }

    fn file(&mut self, part: &Part<'_>, media: &str) {
        let inline_picture = media.starts_with("image/")
            && part.field("content-id").is_some()
            && part.disposition.value != "attachment";
        let nested = media.starts_with("message/");
        let given = part.name().filter(|name| !name.is_empty());
        let name = given.unwrap_or_else(|| {
            if nested { "附件邮件.eml".to_owned() } else { UNNAMED.to_owned() }
        });
        let bytes = part.content();
        self.digests.push(digest(&bytes));
        self.names.push(name.clone());
        if inline_picture {
            let file = File { name: &name, media, bytes: &bytes, depth: self.depth };
            let photo = (bytes.len() >= LEAST_PHOTO)
                .then(|| file.unread(UnreadKind::Inline, "正文里的图片，文字需由人工录入"));
            self.opened.unread.extend(photo);
            return;
        }
        if self.depth >= DEEPEST {
            return;
        }
        let opened = file::open(File { name: &name, media, bytes: &bytes, depth: self.depth });
        self.opened.documents.extend(opened.documents);
        self.opened.unread.extend(opened.unread);
    }
}

fn digest(bytes: &[u8]) -> Vec<u8> {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(bytes).to_vec()
}

/// The decoded text of a part.
fn text(part: &Part<'_>) -> String {
    let text = decoded(part, &content(part));
    if part.media() == "text/plain" { flowed::joined(text, &part.content_type) } else { text }
}

/// As much of a part's bytes as is looked at.
fn content(part: &Part<'_>) -> Vec<u8> {
    let mut bytes = part.content();
    bytes.truncate(LONGEST_BODY);
    bytes
}

fn decoded(part: &Part<'_>, bytes: &[u8]) -> String {
    let label = part.content_type.get("charset");
    let meta =
        (part.media() == "text/html" && label.is_none()).then(|| charset::meta(bytes)).flatten();
    charset::decode(bytes, label.or(meta).as_deref())
}

/// Whether the page holds more than the plain text.
fn page_is_better(plain: &str, page: &str) -> bool {
    is_poor(plain) || holds_more(page.as_bytes())
}

/// The plain text is as good as empty, or an excuse for being so.
fn is_poor(plain: &str) -> bool {
    let filled = plain.chars().filter(|c| is_word(*c)).take(80).count();
    let excuse = || {
        ["不支持html", "不支持HTML", "does not support HTML"]
            .iter()
            .any(|excuse| plain.contains(excuse))
    };
    filled < 4 || filled < 80 && excuse() || is_lost(plain)
}

/// `????????????`: a client wrote a mark for each character that its charset does not have.
fn is_lost(plain: &str) -> bool {
    let marks = plain.matches("????").count() * 4;
    let words = plain.chars().filter(|c| c.is_alphabetic()).take(marks + 1).count();
    marks >= 8 && words < marks
}

/// The source of a page holds what plain text cannot: a table, struck words.
fn holds_more(page: &[u8]) -> bool {
    let tags: [&[u8]; 7] = [b"<td", b"<TD", b"<th", b"<TH", b"<del", b"<s>", b"<strike"];
    let opens = |at: usize| page.get(at..).unwrap_or(&[]);
    memchr::memchr_iter(b'<', page).any(|at| tags.iter().any(|tag| opens(at).starts_with(tag)))
        || memchr::memmem::find(page, b"line-through").is_some()
}
