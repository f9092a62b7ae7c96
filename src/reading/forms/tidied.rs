//! Bodies whose form hides what they say, put into the form of others: marks that a telephone wrote out as words, answers
//! that stand under or between the bureau's own labels, tables drawn with bars, labels that a page's layout set apart.

use crate::message::{Block, Cell, Document, Line, Message, Table, Voice};

use super::labels::Labels;
use super::talk;
use crate::reading::language::marks;
use crate::reading::language::text::{Text, from, until};
use crate::reading::vocabulary::Item;

/// Marks as voice input writes them out.
const SPOKEN: [(&str, &str); 9] = [
    ("逗号", "，"),
    ("句号", "。"),
    ("冒号", "："),
    ("顿号", "、"),
    ("分号", "；"),
    ("感叹号", "！"),
    ("叹号", "！"),
    ("问号", "？"),
    ("换行", "\n"),
];
/// So many of them are no accident.
const MANY: usize = 3;

/// The message with its body in plain form; `None` when it is that already.
#[must_use]
pub(crate) fn message(message: &Message, labels: &Labels) -> Option<Message> {
    body(message, labels).or_else(|| with_whole_pages(message))
}

/// `…西吉县马建乡台子村⏎文书，手机…`: the lines of a page that go on in the next one.
fn with_whole_pages(message: &Message) -> Option<Message> {
    let whole = |document: &Document| {
        let pdf = document.name.to_lowercase().ends_with(".pdf");
        pdf.then(|| talk::unwrapped(&document.blocks, talk::PAGE)).flatten()
    };
    let mut tidied: Option<Message> = None;
    for (place, document) in message.documents.iter().enumerate().skip(1) {
        let Some(blocks) = whole(document) else { continue };
        let tidied = tidied.get_or_insert_with(|| message.clone());
        if let Some(document) = tidied.documents.get_mut(place) {
            document.blocks = blocks;
        }
    }
    tidied
}

/// The message with another body.
fn body(message: &Message, labels: &Labels) -> Option<Message> {
    let body = message.documents.first()?;
    let said = talk::without_disclaimer(&body.blocks);
    let said = said.as_deref().unwrap_or(&body.blocks);
    let whole = talk::hard_cut(said).or_else(|| talk::unwrapped(said, talk::WINDOW));
    let whole = whole.or_else(|| (said.len() < body.blocks.len()).then(|| said.to_vec()));
    let blocks = whole.as_deref().unwrap_or(&body.blocks);
    let blocks = written_out(blocks)
        .or_else(|| answered(blocks, labels))
        .or_else(|| drawn(blocks))
        .or_else(|| run_together(blocks, labels))
        .or_else(|| talk::answered_questions(blocks))
        .or_else(|| talk::without_heads(blocks))
        .or_else(|| talk::names_in_a_row(blocks))
        .or_else(|| talk::values_in_order(blocks))
        .or_else(|| talk::ticked(blocks))
        .or_else(|| talk::people_apart(blocks))
        .or_else(|| whole.clone())?;
    let mut message = with_whole_pages(message).unwrap_or_else(|| message.clone());
    if let Some(body) = message.documents.first_mut() {
        *body = Document { blocks, ..body.clone() };
    }
    Some(message)
}

/// `您好逗号我要报名句号`.
fn written_out(blocks: &[Block]) -> Option<Vec<Block>> {
    let count = |text: &str| SPOKEN.iter().map(|(word, _)| text.matches(word).count()).sum();
    let all: usize = blocks
        .iter()
        .map(|block| match block {
            // Hardly any line speaks of marks.
            Block::Line(line) if line.text.contains('号') => count(&line.text),
            _ => 0,
        })
        .sum();
    (all >= MANY).then(|| {
        let plain = |block: &Block| match block {
            Block::Line(line) => {
                let mut text = line.text.clone();
                for (word, mark) in SPOKEN {
                    text = text.replace(word, mark);
                }
                Block::Line(Line { text, ..line.clone() })
            }
            Block::Table(_) => block.clone(),
        };
        blocks.iter().map(plain).collect()
    })
}

/// Answers without their labels, which stand in the quotation: by the number of the question, or on the line below it.
fn answered(blocks: &[Block], labels: &Labels) -> Option<Vec<Block>> {
    let lines = |voice: Voice| {
        blocks.iter().filter_map(move |block| match block {
            Block::Line(line) if line.voice == voice => Some(line.text.as_str()),
            _ => None,
        })
    };
    lines(Voice::Quoted).next()?;
    let asked: Vec<(usize, String)> =
        lines(Voice::Quoted).filter_map(|line| question(line, labels)).collect();
    let numbers: Vec<usize> = asked.iter().map(|(number, _)| *number).filter(|n| *n > 0).collect();
    let mut changed = false;
    let mut above: Option<String> = None;
    let mut answered = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Block::Line(line) = block else {
            answered.push(block.clone());
            continue;
        };
        let mut block = block.clone();
        if line.voice == Voice::Quoted {
            above = question(&line.text, labels).map(|(_, label)| label);
        } else if line.voice == Voice::Own && !line.text.trim().is_empty() {
            let (number, value) = marks::ordinal(&line.text);
            let by_number = (numbers.len() >= MANY && number > 0)
                .then(|| asked.iter().find(|(asked, _)| *asked == number))
                .flatten();
            let plain = !value.contains(['：', ':']);
            let (label, value) = match (by_number, above.take()) {
                (Some((_, label)), _) => (label.clone(), value),
                (None, Some(label)) => (label, line.text.trim()),
                (None, None) => (String::new(), value),
            };
            if plain && !label.is_empty() {
                changed = true;
                let text = format!("{label}：{value}");
                block = Block::Line(Line { text, ..line.clone() });
            }
        }
        answered.push(block);
    }
    changed.then_some(answered)
}

/// A line that asks for one thing and holds no answer: its number and its label.
fn question(line: &str, labels: &Labels) -> Option<(usize, String)> {
    let (number, rest) = marks::ordinal(line);
    let bare = rest.trim().trim_end_matches(['：', ':', '_', ' ']);
    let asks = number > 0 || rest.trim_end().ends_with(['：', ':']);
    let label = until(bare, bare.find(['（', '(']).unwrap_or(bare.len())).trim();
    let known = labels.whole(&Text::fold(label)).is_some();
    let (_, behind) = marks::remark(from(bare, label.len()));
    (asks && known && behind.trim().is_empty()).then(|| (number, label.to_owned()))
}

/// Columns of a drawn table.
const BARS: [char; 4] = ['│', '┃', '║', '｜'];

/// The cells of a line between bars; of plain bars both ends must be closed.
fn cells_between_bars(line: &str) -> Option<Vec<String>> {
    let text = line.trim();
    let plain = text.len() > 2 && text.starts_with('|') && text.ends_with('|');
    let bar = |c: char| BARS.contains(&c) || plain && c == '|';
    if text.matches(bar).count() < 2 {
        return None;
    }
    // Marks for bold and code are none of the value.
    let cell = |cell: &str| cell.trim().trim_matches(['*', '`']).trim().to_owned();
    Some(text.trim_matches(bar).split(bar).map(cell).collect())
}

/// Tables that are drawn: lines of cells between bars, and lines of nothing but rules.
fn drawn(blocks: &[Block]) -> Option<Vec<Block>> {
    let rule = |block: &Block| {
        matches!(block, Block::Line(line) if !line.text.trim().is_empty()
            && line.text.chars().all(|c| ('─'..='╿').contains(&c) || "|:-+= ".contains(c) || c.is_whitespace()))
    };
    let cells_of = |block: &Block| match block {
        Block::Line(line) if !rule(block) => cells_between_bars(&line.text),
        _ => None,
    };
    if blocks.iter().filter(|block| cells_of(block).is_some()).count() < 2 {
        return None;
    }
    let mut tidied: Vec<Block> = Vec::new();
    let mut table: Option<Table> = None;
    let mut ruled = true;
    for block in blocks {
        let below_rule = std::mem::replace(&mut ruled, rule(block));
        if let (Some(table), Some(texts)) = (&mut table, cells_of(block))
            && !below_rule
            && goes_on(table, &texts)
        {
            continue;
        }
        if let (Block::Line(line), Some(texts)) = (block, cells_of(block)) {
            let table =
                table.get_or_insert_with(|| Table { voice: line.voice, ..Table::default() });
            let row = u32::try_from(table.lines.len()).unwrap_or(u32::MAX);
            table.lines.push(line.number);
            let cell = |(column, text)| Cell { row, column, rows: 1, columns: 1, text };
            table.cells.extend((0..).zip(texts).map(cell));
        } else if !rule(block) {
            tidied.extend(table.take().map(Block::Table));
            tidied.push(block.clone());
        }
    }
    tidied.extend(table.take().map(Block::Table));
    Some(tidied)
}

/// `│      │    │员会主任│` without a rule above it: the cells of the row above go on in this line.
fn goes_on(table: &mut Table, texts: &[String]) -> bool {
    let filled = texts.iter().filter(|text| !text.is_empty()).count();
    let first = texts.first().is_some_and(String::is_empty);
    let Some(row) = table.lines.len().checked_sub(1).and_then(|row| u32::try_from(row).ok()) else {
        return false;
    };
    if !first || filled == 0 || filled * 2 > texts.len() {
        return false;
    }
    for (column, text) in (0u32..).zip(texts) {
        let above = table.cells.iter_mut().find(|cell| cell.row == row && cell.column == column);
        if let Some(cell) = above {
            cell.text.push_str(text);
        }
    }
    true
}

/// So many lines that begin with a label make a form.
const LABELLED: usize = 5;

/// `参与人焦月娥`, `常用电话173-9541-2068`: a label and its value a line, with nothing between them.
fn run_together(blocks: &[Block], labels: &Labels) -> Option<Vec<Block>> {
    let line = |block: &Block| match block {
        Block::Line(line) if line.voice == Voice::Own => glued(&line.text, labels),
        _ => None,
    };
    let found: Vec<Option<(String, Vec<Item>)>> = blocks.iter().map(line).collect();
    let known: Vec<&Vec<Item>> = found.iter().flatten().map(|(_, items)| items).collect();
    let named = known.iter().any(|items| items.contains(&Item::Name));
    let mut items: Vec<&Item> = known.into_iter().flatten().collect();
    items.sort_unstable();
    items.dedup();
    (named && items.len() >= LABELLED).then(|| {
        let divided = |(block, found): (&Block, &Option<(String, Vec<Item>)>)| match (block, found)
        {
            (Block::Line(line), Some((text, _))) => {
                Block::Line(Line { text: text.clone(), ..line.clone() })
            }
            _ => block.clone(),
        };
        blocks.iter().zip(&found).map(divided).collect()
    })
}

/// The line with a colon behind its label, and what the label names.
fn glued(line: &str, labels: &Labels) -> Option<(String, Vec<Item>)> {
    let shown = Text::show(line);
    let text = shown.trim();
    if text.chars().nth(40).is_some() || text.contains(['：', ':', '，', '。', '？', '、', '='])
    {
        return None;
    }
    let folded = Text::fold(text);
    if labels.whole(&folded).is_some() || labels.categories.contains(&folded) {
        return None;
    }
    let ends = folded.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_LABEL);
    let blank = folded.find(char::is_whitespace).unwrap_or(folded.len());
    let mut ends: Vec<usize> = ends.filter(|end| *end < folded.len() && *end <= blank).collect();
    ends.reverse();
    // 姓名可冬梅: a label that is known as it stands goes before one that is only understood.
    let exact = ends.iter().copied().find(|end| labels.known.contains_key(until(&folded, *end)));
    let understood =
        || ends.iter().copied().find(|end| labels.whole(until(&folded, *end)).is_some());
    let end = exact.or_else(understood)?;
    let items = labels.whole(until(&folded, end))?;
    if items.iter().all(|item| *item == Item::Ignored) {
        return None;
    }
    let value = from(text, end);
    value
        .starts_with(char::is_alphanumeric)
        .then(|| (format!("{}：{value}", until(text, end)), items))
}

/// No label that is glued to its value is longer, in characters.
const LONGEST_LABEL: usize = 9;
