//! The bureau's own letter below an answer: who it speaks to, what it asks.

use crate::message::{Block, Message, Voice};

use super::case::is_reply;
use crate::reading::language::text::{Text, from, squeeze, until};
use crate::reading::language::words::{contains, words};
use crate::reading::values::names;
use crate::reading::vocabulary::Vocabulary;

words! {
    ASKS_FOR_MORE = "\
        逐条答复 直接答复 请答复 请在每 请逐 还缺 缺少 缺： 请补 补充 请提供 补齐 完善 没有写 未填 没有填 未写明 未提供 还需要 还差 \
        请告知您的 请回复您的 请核对 请核实 尚缺 不完整 看不清 有误";
    OFFERS = "\
        递补 候补为 可候补 候补名额 候补成功 已候补 转为正式 空出 是否愿意 是否参加 能否参加 请确认 回复确认 请回复 是否能 是否仍 请您确认 \
        愿意参加请 名额为您 让给下一位";
}

/// What the Message-IDs of our own letters begin with (`reply::may_be_ours`).
const OWN_IDS: &str = "bm.";

/// What the quoted letter says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letter {
    /// The letter is the bureau's.
    pub ours: bool,
    /// The names it addresses or lists.
    pub names: Vec<String>,
    /// It asks for something that was missing or unclear.
    pub asks_for_more: bool,
    /// It offers a place or asks whether the person comes.
    pub offers: bool,
    /// Its words, folded.
    pub text: String,
}

/// Reads what is quoted in a message.
#[must_use]
pub(crate) fn read(message: &Message, vocabulary: &Vocabulary) -> Letter {
    let mut letter = Letter::default();
    let mut lines: Vec<Text> = Vec::new();
    // An answer whose client leaves the quotation out still has our subject or our thread.
    let subject = Text::new(&message.headers.subject);
    let thread = message.headers.in_reply_to.iter().chain(&message.headers.references);
    let in_thread = thread.into_iter().any(|id| id.starts_with(OWN_IDS));
    let ours = in_thread || !numbers(&subject.folded, vocabulary).is_empty();
    if is_reply(message) && ours {
        lines.push(subject);
    }
    for block in message.documents.first().into_iter().flat_map(|body| &body.blocks) {
        match block {
            Block::Line(line) if matches!(line.voice, Voice::Quoted | Voice::Forwarded) => {
                lines.push(Text::new(&line.text));
            }
            Block::Table(table) if matches!(table.voice, Voice::Quoted | Voice::Forwarded) => {
                lines.extend(table.cells.iter().map(|cell| Text::new(&cell.text)));
                // 姓名 | 马希文
                let pairs = table.cells.windows(2).filter_map(|pair| match pair {
                    [label, value] if label.row == value.row => Some((label, value)),
                    _ => None,
                });
                let named = pairs.filter(|(label, _)| squeeze(&label.text) == "姓名");
                lines.extend(named.map(|(_, value)| Text::new(&format!("姓名：{}", value.text))));
            }
            _ => {}
        }
    }
    for line in &lines {
        letter.text.push_str(&line.folded);
        letter.text.push('\n');
        if let Some(name) = listed(line).or_else(|| addressed(line))
            && !letter.names.contains(&name)
            && !vocabulary.staff.contains(&name)
        {
            letter.names.push(name);
        }
    }
    let text = &letter.text;
    let names_us = |line: &Text| {
        let email = |email: &String| line.folded.contains(email.as_str());
        let name = |name: &String| line.folded.contains(name.as_str());
        !to_whom(&line.folded)
            && (vocabulary.bureau_emails.iter().any(email)
                || vocabulary.bureau_names.iter().take(2).any(name))
    };
    letter.ours = in_thread || lines.iter().any(names_us) || !numbers(text, vocabulary).is_empty();
    letter.asks_for_more = contains(text, &ASKS_FOR_MORE);
    letter.offers = contains(text, &OFFERS);
    letter
}

/// `收件人：xjxspj@163.com`: whoever is written to did not write it.
fn to_whom(line: &str) -> bool {
    let line = squeeze(line);
    let line = line.trim_start_matches(['>', '|', '*', '-']);
    line.split_once(['：', ':']).is_some_and(|(label, _)| {
        matches!(label, "收件人" | "抄送" | "抄送人" | "发送至" | "发给" | "to" | "cc")
    })
}

/// `姓　　名：马希文`: the name behind the letter's own label.
fn listed(line: &Text) -> Option<String> {
    let colon = line.folded.find(['：', ':'])?;
    let label = squeeze(until(&line.folded, colon));
    if !matches!(label.as_str(), "姓名" | "报名人" | "申请人") {
        return None;
    }
    let value = from(&line.shown, colon).trim_start_matches(['：', ':']);
    names::labelled(value).filter(|named| !named.latin && !named.unreadable).map(|named| named.name)
}

/// `马希文，您好：`, `尊敬的马希文女士：`, `姓名马希文`.
fn addressed(line: &Text) -> Option<String> {
    let folded = line.folded.trim_start();
    let lead = ["尊敬的", "敬爱的", "姓名"]
        .iter()
        .find(|lead| folded.starts_with(**lead))
        .map_or(0, |lead| lead.len());
    let start = line.folded.len() - folded.len() + lead;
    let rest = from(&line.folded, start).trim_start();
    let start = line.folded.len() - rest.len();
    for count in [3usize, 2, 4] {
        let Some(end) = rest
            .char_indices()
            .nth(count)
            .map(|(at, _)| at)
            .or((rest.chars().count() == count).then_some(rest.len()))
        else {
            continue;
        };
        let word = until(rest, end);
        if !names::plausible(word) {
            continue;
        }
        let tail = from(rest, end).trim_start();
        // 丁海燕老师：
        let title = names::TITLES.iter().filter_map(|title| tail.strip_prefix(title));
        let greeted = title.map(str::trim_start).find(|rest| {
            rest.is_empty()
                || rest.starts_with(['，', ',', '：', ':'])
                || rest.starts_with("您好")
                || rest.starts_with("你好")
        });
        let greets = greeted.is_some()
            || tail.starts_with("您好")
            || tail.starts_with("你好")
            || tail.starts_with("同志")
            || tail.starts_with("先生")
            || tail.starts_with("女士")
            || tail.starts_with(['，', ',', '：', ':'])
                && (contains(tail, &["您好", "你好"]) || tail.trim_end().chars().count() <= 1);
        let listed =
            lead > 0 && (tail.is_empty() || tail.starts_with(|c: char| !c.is_alphanumeric()));
        if greets || listed {
            return line.shown.get(start..start + end).map(str::to_owned);
        }
    }
    None
}

/// Registration numbers: prefix, digits, in upper case.
#[must_use]
pub(crate) fn numbers(text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let upper = text.to_ascii_uppercase();
    let mut found = Vec::new();
    for prefix in &vocabulary.prefixes {
        let prefix = prefix.to_ascii_uppercase();
        for (at, _) in upper.match_indices(&prefix) {
            let inside = until(&upper, at).ends_with(|c: char| c.is_ascii_alphanumeric());
            let rest = from(&upper, at + prefix.len());
            let rest = rest.trim_start_matches(['-', '—', '–', '_', ' ', '－', '―']);
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let number = format!("{prefix}-{digits}");
            if !inside && (3..=6).contains(&digits.len()) && !found.contains(&number) {
                found.push(number);
            }
        }
    }
    found
}
