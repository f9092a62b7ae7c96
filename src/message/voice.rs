//! Tells the sender's own words from what is quoted, handed on, or stands under every mail.

use std::borrow::Cow;

use super::document::{Block, Voice};
use super::lower::{is_word, lower};
use super::signature;

/// How many lines below `发件人` the rest of a quoted header may stand.
const HEADER_LINES: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Own,
    /// Everything below is of this voice.
    Below(Voice),
    /// A line said "so-and-so wrote": what is marked as quoted below belongs to it.
    Announced,
}

/// Gives every block of a body its voice. `forwarding`: the subject says that the mail is handed on.
pub(super) fn mark(blocks: &mut [Block], forwarding: bool) {
    let old = if forwarding { Voice::Forwarded } else { Voice::Quoted };
    let (voices, handed_on) = divided(blocks, old);
    for (block, voice) in blocks.iter_mut().zip(voices) {
        match voice {
            Some(voice) => set(block, voice),
            None => quoted_line(block, old),
        }
    }
    let old = if handed_on { Voice::Forwarded } else { old };
    restore_contained(blocks, old);
    signature::sign(blocks);
}

/// What dividers and headers of older mails say of each block; `None` where only its own beginning
/// can tell. And whether something is handed on.
fn divided(blocks: &[Block], old: Voice) -> (Vec<Option<Voice>>, bool) {
    let texts: Vec<Cow<'_, str>> = blocks.iter().map(text_of).collect();
    let mut mode = Mode::Own;
    let mut handed_on = false;
    let mut voices = Vec::with_capacity(blocks.len());
    for (place, (block, text)) in blocks.iter().zip(&texts).enumerate() {
        let below = texts.get(place + 1..).unwrap_or(&[]);
        if mode == Mode::Own || mode == Mode::Announced {
            if let Some(voice) = divider(text) {
                handed_on |= voice == Voice::Forwarded || says_so(texts.get(..place));
                mode = Mode::Below(if handed_on { Voice::Forwarded } else { old });
            } else if header_block(text, below) {
                handed_on |= says_so(texts.get(..place));
                mode = Mode::Below(if handed_on { Voice::Forwarded } else { old });
            } else if wrote(text) && voice_of(block) == Voice::Own {
                let contained = blocks.iter().skip(place + 1).take(10).map(voice_of);
                let marked = below.iter().take(40).any(|line| line.starts_with(['>', '＞']))
                    || contained.into_iter().any(|voice| voice != Voice::Own);
                mode = if marked { Mode::Announced } else { Mode::Below(old) };
                voices.push(Some(old));
                continue;
            }
        }
        voices.push(match mode {
            Mode::Below(voice) => Some(voice),
            Mode::Own | Mode::Announced => None,
        });
    }
    (voices, handed_on)
}

/// The words above say that somebody else's mail is handed on: `他发错到我邮箱了，转给您`.
fn says_so(above: Option<&[Cow<'_, str>]>) -> bool {
    let words = [
        "转给您",
        "转给你们",
        "转给贵",
        "转发给",
        "代转",
        "转一下",
        "转过来",
        "转过去",
        "转去",
        "转来",
        "转呈",
        "转报",
        "转交",
        "转上",
        "帮他转",
        "帮她转",
        "转发如下",
    ];
    // 转我店员工的邮件。
    let named = |line: &str| {
        let sentence = line.split(['。', '，', '！']).next().unwrap_or("");
        sentence.starts_with('转')
            && ["邮件", "来信", "的信", "报名"].iter().any(|word| sentence.contains(word))
    };
    let says = |line: &str| words.iter().any(|word| line.contains(word)) || named(line);
    above.unwrap_or(&[]).iter().any(|line| says(line))
}

/// Lines that a container marked as quoted are handed on when the subject says so.
fn restore_contained(blocks: &mut [Block], old: Voice) {
    if old == Voice::Forwarded {
        for block in blocks {
            if voice_of(block) == Voice::Quoted {
                set(block, old);
            }
        }
    }
}

/// A block's words, without the blanks of web pages.
pub(super) fn text_of(block: &Block) -> Cow<'_, str> {
    match block {
        // QQ writes the entity into its plain text, too.
        Block::Line(line) if line.text.contains('\u{a0}') || line.text.contains("&nbsp;") => {
            Cow::Owned(line.text.replace("&nbsp;", " ").replace('\u{a0}', " ").trim().to_owned())
        }
        Block::Line(line) => Cow::Borrowed(line.text.trim()),
        Block::Table(_) => Cow::Borrowed(""),
    }
}

/// Whose words a block holds.
pub(super) fn voice_of(block: &Block) -> Voice {
    match block {
        Block::Line(line) => line.voice,
        Block::Table(table) => table.voice,
    }
}

/// The writer's own lines, above those of the program; nothing where there are none of it.
pub(super) fn own_above(blocks: &[Block]) -> String {
    let quoted = |block| matches!(voice_of(block), Voice::Quoted | Voice::Forwarded);
    if !blocks.iter().any(quoted) {
        return String::new();
    }
    let lines = blocks.iter().filter(|block| voice_of(block) == Voice::Own);
    lines.map(text_of).collect::<Vec<_>>().join("\n")
}

/// Gives a block its voice.
pub(super) fn set(block: &mut Block, voice: Voice) {
    let target = match block {
        Block::Line(line) => &mut line.voice,
        Block::Table(table) => &mut table.voice,
    };
    *target = voice;
}

/// `> ` before a line: quoted; the mark itself is removed.
fn quoted_line(block: &mut Block, old: Voice) {
    if let Block::Line(line) = block
        && line.text.trim_start().starts_with(['>', '＞'])
    {
        let bare = line.text.trim_start_matches(['>', '＞', ' ']).to_owned();
        line.text = bare;
        line.voice = old;
    }
}

/// A line that divides the mail from an older one.
fn divider(text: &str) -> Option<Voice> {
    let dashes =
        text.chars().filter(|c| matches!(c, '-' | '—' | '－' | '_' | '=' | '*' | '─')).count();
    let colon = text.ends_with([':', '：']);
    if dashes < 2 && !colon || text.chars().count() > 60 + dashes {
        return None;
    }
    let words = lower(&text.chars().filter(|c| c.is_alphabetic()).collect::<String>());
    let forwarded = ["forwardedmessage", "forwardmessage", "beginforwardedmessage"];
    let original = ["originalmessage", "original", "原文", "原信"];
    // 转发邮件信息, 转发的原邮件, 邮件原文, 回复的邮件: every client has words of its own.
    let mail =
        ["邮件", "郵件"].iter().any(|word| words.contains(word)) && words.chars().nth(12).is_none();
    let handed_on =
        mail && ["转发", "轉發", "转寄", "轉寄"].iter().any(|word| words.contains(word));
    if (forwarded.contains(&words.as_str()) || handed_on) && (dashes >= 2 || colon) {
        return Some(Voice::Forwarded);
    }
    let older = mail && words.contains(['原', '回', '历', '复']);
    ((original.contains(&words.as_str()) || older) && dashes >= 2).then_some(Voice::Quoted)
}

/// `在 2021/9/13 16:08, 某某 写道:`, `At …, a@b wrote:`.
fn wrote(text: &str) -> bool {
    let end = text.trim_end_matches([':', '：', ' ', '>']);
    (end.ends_with("写道")
        || end.ends_with("寫道")
        || end.ends_with(" wrote")
        || end.ends_with("编写"))
        && (text.contains('@')
            || text.chars().any(|c| c.is_ascii_digit())
            || text.starts_with('在'))
        && text.chars().count() < 200
}

/// Outlook and others repeat the header of the older mail: 发件人, then 发送时间, 收件人, 主题.
fn header_block(text: &str, below: &[Cow<'_, str>]) -> bool {
    if !field(text, &["发件人", "寄件者", "寄件人", "发信人", "from"]) {
        return false;
    }
    let near = || below.iter().filter(|line| !line.is_empty()).take(HEADER_LINES);
    let date = near().any(|line| {
        field(
            line,
            &[
                "发送时间",
                "发送日期",
                "日期",
                "時間",
                "时间",
                "传送时间",
                "寄件日期",
                "date",
                "sent",
            ],
        )
    });
    let to = near()
        .any(|line| field(line, &["收件人", "收件者", "收信人", "to", "主题", "主旨", "subject"]));
    date && to
}

fn field(line: &str, names: &[&str]) -> bool {
    let Some((name, _)) = line.split_once([':', '：']) else { return false };
    let letters = name.chars().filter(|c| is_word(*c)).flat_map(char::to_lowercase);
    names.iter().any(|known| letters.clone().eq(known.chars()))
}

/// Whether a line belongs to the header of a repeated mail.
#[must_use]
pub fn is_header_line(line: &str) -> bool {
    field(
        line,
        &[
            "发件人",
            "寄件者",
            "发信人",
            "from",
            "发送时间",
            "发送日期",
            "传送时间",
            "date",
            "sent",
            "收件人",
            "收件者",
            "收信人",
            "to",
            "抄送",
            "cc",
            "主题",
            "主旨",
            "subject",
            "回复",
            "replyto",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::super::document::{Document, Origin};
    use super::*;

    fn voices(text: &str, forwarding: bool) -> String {
        let mut document = Document::of_text(Origin::Body, "", text);
        mark(&mut document.blocks, forwarding);
        let letter = |block: &Block| match voice_of(block) {
            Voice::Own => 'o',
            Voice::Quoted => 'q',
            Voice::Forwarded => 'f',
            Voice::Signature => 's',
        };
        document.blocks.iter().map(letter).collect()
    }

    #[test]
    fn words_above_below_and_around_a_quotation_are_the_senders() {
        assert_eq!(voices("在 2021/9/13 16:08, 局 写道:\n> 姓名：\n>\n我报名", false), "qqqo");
        assert_eq!(
            voices("好\n------------------ 原始邮件 ------------------\n发件人: x\n公告", false),
            "oqqq"
        );
        assert_eq!(
            voices("好\n发件人: 局\n发送时间: 2021年\n收件人: 我\n主题: 公告\n\n公告", false),
            "oqqqqqq"
        );
        assert_eq!(voices("At 2021-06-12 15:38:09, x@163.com wrote:\n旧", false), "qq");
    }

    #[test]
    fn what_is_handed_on_is_told_from_what_is_quoted() {
        assert_eq!(
            voices("转给你们\n-------- 转发邮件信息 --------\n发件人：a\n报名", false),
            "offf"
        );
        assert_eq!(voices("发件人: 局\nSent: 2021\nTo: 我\n报名", true), "ffff");
    }

    #[test]
    fn cards_and_disclaimers_are_signatures_but_a_form_below_a_rule_is_not() {
        assert_eq!(voices("好\n--------\n赵倩 | 人力资源部\n手机：1", false), "osss");
        assert_eq!(voices("报名\n--------\n姓名：张三\n手机：1", false), "oooo");
        assert_eq!(voices("报名\n发自我的iPhone", false), "os");
        assert_eq!(voices("报名\n________\n【保密提示】本邮件及其附件含有", false), "oss");
    }
}
