//! Tables typed as text.

use std::borrow::Cow;

use crate::message::{Block, Cell, Line, Table};

use super::labels::Labels;
use crate::reading::language::text::{Text, from, squeeze};
use crate::reading::values::names;
use crate::reading::vocabulary::Item;

/// Lists typed as text: a line of labels, then lines of as many values. First and last line number,
/// and the table they make.
pub(crate) fn tables(lines: &[&Line], labels: &Labels) -> Vec<(u32, u32, Table)> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(line) = lines.get(at) else { break };
        let Some((divider, header)) = header_line(&line.text, labels) else {
            match turned(lines.get(at..).unwrap_or(&[]), labels) {
                Some(table) => {
                    let last = at + table.lines.len() - 1;
                    let number = |index: usize| lines.get(index).map_or(0, |line| line.number);
                    tables.push((number(at), number(last), table));
                    at = last + 1;
                }
                None => at += 1,
            }
            continue;
        };
        let mut rows: Vec<Vec<String>> = vec![header.clone()];
        let mut next = at + 1;
        while let Some(row) = lines.get(next).map(|line| cells(&line.text, divider)) {
            let close = row.len() == header.len()
                || divider == '\t' && row.len() > 1 && row.len() < header.len();
            if !close || rows.len() > 500 {
                break;
            }
            rows.push(row);
            next += 1;
        }
        if rows.len() > 1 {
            let number = |index: usize| lines.get(index).map_or(0, |line| line.number);
            let mut list = Vec::new();
            for (row, texts) in (0u32..).zip(rows) {
                for (column, text) in (0u32..).zip(texts) {
                    list.push(Cell { row, column, rows: 1, columns: 1, text });
                }
            }
            let lines = (at..next).map(number).collect();
            let table = Table { cells: list, voice: line.voice, lines, ..Default::default() };
            tables.push((number(at), number(next - 1), table));
        }
        at = next.max(at + 1);
    }
    tables
}

/// `姓名 ⇥ 张三 ⇥ 李四`, and below it the other labels: a list turned on its side, a column a person.
fn turned(lines: &[&Line], labels: &Labels) -> Option<Table> {
    let row = |line: &&Line| {
        // Hardly any line has a tab.
        let cells = line.text.contains('\t').then(|| cells(&line.text, '\t'))?;
        let label = cells.first().and_then(|cell| labels.whole(&Text::fold(cell)));
        (cells.len() >= 3 && label.is_some()).then_some(cells)
    };
    let rows: Vec<Vec<String>> = lines.iter().map_while(row).collect();
    let named = rows.iter().any(|row| {
        row.first()
            .and_then(|cell| labels.whole(&Text::fold(cell)))
            .is_some_and(|items| items.contains(&Item::Name))
    });
    // 姓名 ⇥ 张三 ⇥ 性别 ⇥ 女: pairs side by side.
    let paired = |row: &&Vec<String>| {
        row.get(2).is_some_and(|cell| labels.whole(&Text::fold(cell)).is_some())
    };
    if rows.len() < 3 || !named || rows.iter().filter(paired).count() * 2 >= rows.len() {
        return None;
    }
    let numbers = lines.iter().take(rows.len()).map(|line| line.number).collect();
    let mut cells = Vec::new();
    for (row, texts) in (0u32..).zip(rows) {
        for (column, text) in (0u32..).zip(texts) {
            cells.push(Cell { row, column, rows: 1, columns: 1, text });
        }
    }
    let voice = lines.first().map(|line| line.voice)?;
    Some(Table { cells, voice, lines: numbers, ..Table::default() })
}

/// Lines of one value each, without any label: name, sex, employer, telephone, category. First and
/// last line number, and the sentence that they make.
pub(crate) fn cards(lines: &[&Line], labels: &Labels) -> Vec<(u32, u32, String)> {
    let mut cards = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let values: Vec<Text> = lines
            .get(at..)
            .unwrap_or(&[])
            .iter()
            // Hardly any line is a value: that shows before it is normalised.
            .take_while(|line| !line.text.contains(MARKS))
            .map(|line| Text::new(&line.text))
            .take_while(|text| is_value(&text.folded))
            .collect();
        let count = values.len();
        if count >= 4 && is_card(&values, labels) {
            let number = |index: usize| lines.get(index).map_or(0, |line| line.number);
            let shown: Vec<&str> = values.iter().map(|value| value.shown.trim()).collect();
            cards.push((number(at), number(at + count - 1), shown.join("，")));
        }
        at += count.max(1);
    }
    cards
}

/// A line that can hold one value and no sentence.
fn is_value(folded: &str) -> bool {
    let folded = folded.trim();
    !folded.is_empty() && folded.chars().take(26).count() <= 25 && !folded.contains(MARKS)
}

/// No single value holds one of these.
const MARKS: [char; 14] =
    ['，', '。', '：', '；', '！', '？', ':', ',', ';', '、', '!', '?', '|', '\t'];

/// One name, one telephone, and a sex, an ethnic group or a category.
fn is_card(values: &[Text], labels: &Labels) -> bool {
    let folded = || values.iter().map(|value| value.folded.trim());
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let mobiles = folded().filter(|text| digits(text) == 11 && text.starts_with('1')).count();
    let names = folded().filter(|text| names::plausible(&squeeze(text))).count();
    let trait_ = |text: &str| {
        matches!(text, "男" | "女" | "汉" | "回")
            || labels.categories.iter().any(|word| word == text)
            || text.ends_with('族') && text.chars().count() <= 4
    };
    mobiles == 1
        && names == 1
        && folded().any(trait_)
        && !folded().any(|text| labels.whole(text).is_some())
}

/// `机：139…`: a short word, what divides it from its value, and the value.
pub(crate) fn is_entry(line: &str) -> bool {
    let line = line.trim();
    line.char_indices()
        .take(14)
        .find(|(_, c)| matches!(c, '：' | ':' | '→' | '=' | '＝'))
        .is_some_and(|(at, c)| at > 0 && !from(line, at + c.len_utf8()).trim().is_empty())
}

/// What stands between the cells of a typed line.
const DIVIDERS: [char; 8] = ['\t', '|', ',', '，', '、', '/', '；', ' '];

fn header_line(text: &str, labels: &Labels) -> Option<(char, Vec<String>)> {
    let shown = Text::show(text);
    // Hardly any line has three cells: they are counted before they are looked at.
    let mut counts = [1; DIVIDERS.len()];
    for c in shown.chars() {
        if let Some(place) = DIVIDERS.iter().position(|divider| *divider == c)
            && let Some(count) = counts.get_mut(place)
        {
            *count += 1;
        }
    }
    for (divider, count) in DIVIDERS.into_iter().zip(counts) {
        if count < 3 && divider != ' '
            || divider == ' ' && shown.split_whitespace().nth(2).is_none()
        {
            continue;
        }
        let header = cells_of(&shown, divider);
        if header.len() < 3 {
            continue;
        }
        // A fifth of them at most: prose fails at its first words. Between tabs nobody writes prose.
        let most = header.len() / if divider == '\t' { 3 } else { 5 };
        let (mut unknown, mut name) = (0, false);
        for cell in &header {
            match labels.whole(&Text::fold(cell)) {
                Some(items) => name |= items.contains(&Item::Name),
                None => unknown += 1,
            }
            if unknown > most {
                break;
            }
        }
        if unknown <= most && name {
            return Some((divider, header));
        }
    }
    None
}

fn cells(text: &str, divider: char) -> Vec<String> {
    cells_of(&Text::show(text), divider)
}

fn cells_of(text: &str, divider: char) -> Vec<String> {
    let text = text.trim().trim_matches(['（', '）', '(', ')']);
    let text = text.strip_prefix("依次为").unwrap_or(text);
    if divider == ' ' {
        let mut cells: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let one = |word: &str| word.chars().nth(1).is_none();
            // 150 0954 1901: a number told in groups.
            let group = |word: &str| word.len() <= 8 && word.bytes().all(|c| c.is_ascii_digit());
            let grouped = |last: &str| last.len() <= 14 && last.split(' ').all(group);
            if group(word)
                && let Some(last) = cells.last_mut().filter(|last| last.len() > 2 && grouped(last))
            {
                last.push_str(word);
                continue;
            }
            // 马  兰: a name of two characters, spread over its column.
            match cells.last_mut().filter(|last| one(last) && one(word)) {
                Some(last) if is_spread(&[last.as_str(), word].concat()) => {
                    last.push_str(word);
                }
                _ => cells.push(word.to_owned()),
            }
        }
        return cells;
    }
    let text = if divider == '|' { text.trim_matches('|') } else { text };
    text.split(divider).map(|cell| cell.trim().to_owned()).collect()
}

/// `马  兰`, `姓  名`: a name or a heading of two characters, spread over its column.
fn is_spread(word: &str) -> bool {
    let headings =
        ["姓名", "性别", "民族", "手机", "电话", "单位", "职务", "住址", "类别", "备注", "序号"];
    names::plausible(word) || headings.contains(&word)
}

/// A line without what only adorns it: `@姓名 …`, `- 139…`.
pub(crate) fn undecorated(block: &Block) -> Cow<'_, Block> {
    let Block::Line(line) = block else { return Cow::Borrowed(block) };
    let text = line.text.trim_start();
    let bare = text.strip_prefix("- ").unwrap_or(text);
    let bare = bare.trim_start_matches(|c: char| "@#*•※★☆▪◆●▶➤".contains(c)).trim_start();
    // ①马占福
    let bare = bare.trim_start_matches(|c: char| ('①'..='⑳').contains(&c)).trim_start();
    if bare.is_empty() || bare.len() == text.len() {
        return Cow::Borrowed(block);
    }
    Cow::Owned(Block::Line(Line { text: bare.to_owned(), ..line.clone() }))
}
