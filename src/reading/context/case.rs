//! What a decision is made on.

use crate::message::{Block, Document, Message, Voice, bare_subject, is_forward};

use super::below::Below;
use super::letter::Letter;
use crate::reading::fact::Group;
use crate::reading::language::dialect;
use crate::reading::language::text::{Text, from, until};
use crate::reading::language::words::contains;
use crate::reading::vocabulary::Vocabulary;
use crate::reading::wish::Wish;
use crate::reading::wish::brief::Said;

/// What a decision is made on.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent observation")]
pub(crate) struct Case {
    pub(crate) wish: Wish,
    /// The own lines, when they are no more than a word or two.
    pub(crate) brief: Option<Said>,
    /// Somebody else's mail is handed on.
    pub(crate) handed: bool,
    /// Who is said not to come.
    pub(crate) out: Vec<String>,
    /// Subject and own lines, folded.
    pub(crate) own: String,
    /// Own lines only.
    pub(crate) own_lines: String,
    pub(crate) letter: Letter,
    /// What the quotation adds to an answer.
    pub(crate) below: Below,
    pub(crate) own_groups: Vec<Group>,
    pub(crate) files: Vec<FileCase>,
    pub(crate) reply: bool,
    /// The writer names a registration number.
    pub(crate) numbered: bool,
    /// Something came along that could not be read.
    pub(crate) unread_form: bool,
}

/// An attached document.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent observation")]
pub(crate) struct FileCase {
    pub(crate) name: String,
    pub(crate) relevant: bool,
    pub(crate) people: bool,
    pub(crate) groups: Vec<Group>,
    pub(crate) remarks: Vec<String>,
    pub(crate) blank: bool,
    /// It speaks of one category, of which no candidate was made.
    pub(crate) names_category: bool,
}

/// The subject as reading sees it: without reply marks; a reply repeats an older subject.
pub(crate) fn subject(message: &Message) -> String {
    let subject = &message.headers.subject;
    let bare = bare_subject(subject);
    let length = bare.chars().count();
    let skipped = subject.chars().count().saturating_sub(length);
    subject.chars().skip(skipped).collect()
}

/// Whether the mail answers another.
pub(crate) fn is_reply(message: &Message) -> bool {
    !message.headers.in_reply_to.is_empty()
        || !message.headers.references.is_empty()
        || bare_subject(&message.headers.subject).len() < message.headers.subject.trim().len()
            && !is_forward(&message.headers.subject)
}

/// Subject and own words, folded; a reply repeats an older subject, so it does not count there.
pub(crate) fn own_words(message: &Message) -> String {
    let lines = body_text(message.documents.first(), Voice::Own);
    let replied = is_reply(message)
        && message.documents.first().is_some_and(|body| has_voice(Some(body), Voice::Quoted));
    let subject = if replied { String::new() } else { subject(message) };
    without_links(&dialect::standard(&Text::fold(&format!("{subject}\n{lines}"))))
}

/// The writer's own lines; without any, the subject, unless it is that of our letter, which asks to
/// 确认 what it offers.
pub(crate) fn spoken<'a>(own_lines: &'a str, own: &'a str) -> &'a str {
    if own_lines.trim().is_empty() && !own.contains('【') { own } else { own_lines }
}

/// The body's words of one voice.
pub(crate) fn body_text(body: Option<&Document>, voice: Voice) -> String {
    let mut text = String::new();
    for block in body.into_iter().flat_map(|body| &body.blocks) {
        match block {
            Block::Line(line) if line.voice == voice => {
                text.push_str(&line.text);
                text.push('\n');
            }
            Block::Table(table) if table.voice == voice => {
                text.push_str(&table.title);
                text.push('\n');
                for cell in &table.cells {
                    text.push_str(&cell.text);
                    text.push('\n');
                }
            }
            _ => {}
        }
    }
    text
}

/// Whether a body holds words of this voice.
pub(crate) fn has_voice(body: Option<&Document>, voice: Voice) -> bool {
    body.into_iter().flat_map(|body| &body.blocks).any(|block| match block {
        Block::Line(line) => line.voice == voice && !line.text.trim().is_empty(),
        Block::Table(table) => table.voice == voice,
    })
}

/// The forwarded text is the bureau's own notice: nobody registers in it.
pub(crate) fn letter_is_notice(letter: &Letter, vocabulary: &Vocabulary) -> bool {
    let names = vocabulary.bureau_emails.iter().any(|email| {
        letter.text.contains(&format!("发件人: {email}"))
            || letter.text.contains(&format!("发件人：{email}"))
    });
    names
        || contains(&letter.text, &["诚邀您参加", "邀请社会各界", "公告", "征集群众代表"])
            && contains(&letter.text, &["报名方式", "截止时间", "名额共", "请写明"])
}

/// Links say nothing, but their question marks would be heard as questions.
fn without_links(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("http") {
        kept.push_str(until(rest, at));
        let link = from(rest, at);
        let end = link.find(|c: char| c.is_whitespace() || !c.is_ascii()).unwrap_or(link.len());
        rest = from(link, end);
    }
    kept.push_str(rest);
    kept
}
