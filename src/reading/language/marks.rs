//! The marks around labels.

use super::choice;
use super::text::{from, is_han, until};

/// What divides a label from its value.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Divider {
    pub(crate) length: usize,
    pub(crate) colon: bool,
    pub(crate) weak: bool,
}

/// A picture, an arrow or a bar that adorns or divides and says nothing; marks of a choice are none.
pub(crate) fn adorns(c: char) -> bool {
    let sign = matches!(
        c,
        '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}'
            | '\u{2500}'..='\u{27bf}'
            | '\u{2900}'..='\u{2bff}'
            | '\u{1f000}'..='\u{1faff}'
            | '｜'
            | '～'
            | '»'
    );
    sign && !choice::is_mark(c)
}

/// `①`, `⑵`: the number of an item in a list.
pub(crate) fn numbers_item(c: char) -> bool {
    matches!(c, '①'..='⒛' | '⓪'..='⓿' | '❶'..='➓' | '㈠'..='㈩' | '㊀'..='㊉')
}

/// A mark behind which a label can begin.
pub(crate) fn is_boundary(c: char) -> bool {
    c.is_whitespace()
        || numbers_item(c)
        || !c.is_ascii() && (adorns(c) || c == '✅')
        || matches!(
            c,
            '；' | ';'
                | '，'
                | ','
                | '、'
                | '。'
                | '|'
                | '（'
                | '('
                | '【'
                | '['
                | '「'
                | '『'
                | '〔'
                | '［'
                | '<'
                | ')'
                | '）'
                | '】'
                | ']'
                | '」'
                | '』'
                | '·'
                | '•'
                | '●'
                | '○'
                | '◆'
                | '◇'
                | '■'
                | '□'
                | '★'
                | '☆'
                | '▪'
                | '➢'
                | '-'
                | '—'
                | '*'
                | '#'
                | '>'
                | '/'
                | '!'
                | '！'
                | '?'
                | '？'
                | '"'
                | '“'
                | '”'
        )
}

/// A run of label characters: Han and letters, blanks inside, the joints of composites. Tells its
/// length in bytes and whether there were blanks.
pub(crate) fn run(text: &str, longest: usize) -> (usize, bool) {
    let (mut length, mut end, mut gap, mut blanks) = (0, 0, false, false);
    for (at, c) in text.char_indices() {
        let joint = matches!(c, '/' | '、' | '&' | '+' | ' ' | '\t' | '\n') && length > 0;
        if !(is_han(c) || c.is_ascii_alphanumeric() || joint) || length > longest {
            break;
        }
        if c.is_whitespace() {
            gap = true;
        } else {
            blanks |= gap;
            end = at + c.len_utf8();
            length += 1;
        }
    }
    (end, blanks)
}

/// A remark in brackets behind a label: `（必填）`. Gives its length and what follows.
pub(crate) fn remark(text: &str) -> (usize, &str) {
    let trimmed = text.trim_start_matches([' ', '\t']);
    let blanks = text.len() - trimmed.len();
    let close = match trimmed.chars().next() {
        Some('(' | '（') => [')', '）'],
        Some('[' | '【') => [']', '】'],
        _ => return (0, text),
    };
    match trimmed.find(close) {
        Some(end) if trimmed.get(..end).is_some_and(|inner| inner.chars().count() <= 40) => {
            let width =
                trimmed.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            (blanks + end + width, from(trimmed, end + width))
        }
        _ => (0, text),
    }
}

/// What divides a label from its value.
pub(crate) fn divider(text: &str) -> Divider {
    let trimmed = text.trim_start_matches([' ', '\t']);
    let blanks = text.len() - trimmed.len();
    let marks: &[char] = &[':', '：', '=', '＝', '→', '∶', '﹕', '︰'];
    let colons = trimmed.len() - trimmed.trim_start_matches(marks).len();
    if colons > 0 {
        return Divider { length: blanks + colons, colon: true, weak: false };
    }
    let dash = |c: char| {
        matches!(c, '-' | '—' | '–' | '─' | '_' | '|' | '~' | '…' | '.' | '．') || adorns(c)
    };
    let dashes = trimmed.len() - trimmed.trim_start_matches(dash).len();
    if dashes > 0 {
        return Divider { length: blanks + dashes, colon: false, weak: false };
    }
    // 姓名 / 李燕飞
    if blanks > 0 && (trimmed.starts_with("/ ") || trimmed.starts_with("/\u{3000}")) {
        return Divider { length: blanks + 2, colon: false, weak: false };
    }
    Divider { length: blanks, colon: false, weak: blanks > 0 }
}

/// `3、汉族`: the number at the beginning of a line, 0 when there is none, and what follows.
pub(crate) fn ordinal(line: &str) -> (usize, &str) {
    let line = line.trim();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = until(line, line.len() - rest.len());
    let behind = rest.trim_start_matches(['、', '.', '．', ')', '）', ' ', '\u{a0}']);
    match digits.parse() {
        Ok(number) if digits.len() <= 2 && behind.len() < rest.len() => (number, behind.trim()),
        _ => (0, line),
    }
}

/// Without the number or the bracket that belongs to the next label: `裁缝店  5、`.
pub(crate) fn without_number(value: &str) -> &str {
    let bare = value.trim_end_matches([' ', '\t', '【', '[', '「', '（', '(']);
    let marked = bare.trim_end_matches(['、', '.', '．', ')', '）']);
    let digits = marked.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = marked.len() < bare.len() && (1..=2).contains(&(marked.len() - digits.len()));
    // 东乡④民族：…
    let circled = bare.trim_end_matches(numbers_item);
    if circled.len() < bare.len() {
        return circled.trim_end();
    }
    if numbered && !digits.is_empty() { digits } else { bare }
}

/// `汉族/`: without the slash that divides it from the next label, unless it is the value itself.
pub(crate) fn without_slash(value: &str) -> &str {
    let bare = value.trim_end().trim_end_matches('/');
    if bare.trim().is_empty() { value } else { bare }
}

/// A run that is a sentence, not a label.
pub(crate) fn sentence(run: &str) -> bool {
    run.chars().any(|c| "我你您他她们了吗请是把给让".contains(c))
}

/// Somebody is addressed, not a field named.
pub(crate) fn greets(run: &str) -> bool {
    [
        "局",
        "办",
        "领导",
        "同志",
        "老师",
        "您好",
        "你好",
        "好",
        "办公室",
        "中心",
        "大厅",
        "们",
        "单位",
    ]
    .iter()
    .any(|end| run.ends_with(end))
}

/// `姓名name`: what stands before the letters.
pub(crate) fn latin_tail(run: &str) -> Option<&str> {
    let han = run.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (!han.is_empty() && han.len() < run.len()).then_some(han)
}
