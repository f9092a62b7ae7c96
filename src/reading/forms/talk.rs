//! Bodies that are a talk: questions with their answers, a chat that was pasted with the hour of each line, a paragraph
//! that an old client broke at the edge of its window.

use std::ops::RangeInclusive;

use crate::message::{Block, Line, Voice};

use crate::reading::language::marks;
use crate::reading::language::text::{Text, cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::values::names;

words! {
    /// What asks for a name.
    ASKS_NAME = "叫什么 叫啥 姓名 名字 尊姓 贵姓 怎么称呼";
    /// What ends a sentence, or leads to a list.
    ENDS = "。 ！ ？ ； ： . ! ? ; : ， , 、 — - ~ ） )";
}

/// Columns of a window in which old clients break lines: that many at least, and at most.
pub(super) const WINDOW: RangeInclusive<usize> = 62..=80;

/// The same of a page.
pub(super) const PAGE: RangeInclusive<usize> = 56..=100;

/// The columns that a line takes: two for each Han character.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn own(block: &Block) -> Option<&Line> {
    match block {
        Block::Line(line) if line.voice == Voice::Own => Some(line),
        _ => None,
    }
}

/// With these a new sentence begins.
const POLITE: [&str; 9] = ["麻烦", "谢谢", "感谢", "盼复", "望", "请", "此致", "祝", "敬礼"];

/// Begins with a label or the number of a row: nothing goes on here.
fn begins_anew(line: &str) -> bool {
    let head: String = line.trim_start().chars().take(10).collect();
    let numbered =
        head.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    head.is_empty()
        || head.contains(['：', ':'])
        || numbered.len() < head.len() && numbered.starts_with(['.', '、', '．', ')', '）'])
        || line.starts_with([' ', '\u{3000}', '\t'])
        || POLITE.iter().any(|word| head.starts_with(word))
}

/// `…调到西吉县山⏎水缘酒店，现任…`: lines that fill the window and go on in the next one.
pub(super) fn unwrapped(blocks: &[Block], window: RangeInclusive<usize>) -> Option<Vec<Block>> {
    let widest = blocks.iter().filter_map(own).map(|line| columns(line.text.trim_end())).max()?;
    if !window.contains(&widest) {
        return None;
    }
    let mut whole: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut open = false;
    for block in blocks {
        let line = own(block);
        let text = line.map_or("", |line| line.text.trim_end());
        let goes_on = open
            && !begins_anew(text)
            && text.contains(['，', '。', '、', '；', ','])
            && !text.contains(['\t', '|'])
            && text.starts_with(|c: char| is_han(c) || c.is_ascii_digit());
        match whole.last_mut() {
            Some(Block::Line(last)) if goes_on => last.text.push_str(text),
            _ => whole.push(block.clone()),
        }
        open = line.is_some()
            && columns(text) + 3 >= widest
            && columns(text) >= *window.start()
            && !text.ends_with(|c: char| c.is_ascii_alphanumeric())
            && ENDS.end(text).is_none();
    }
    (whole.len() < blocks.len()).then_some(whole)
}

/// So many lines of one width were cut by a client.
const CUT: usize = 3;

/// `…我的名字是赵⏎万银，…身份证号64222319680504⏎7193`: every line of a paragraph cut at one column, wherever
/// that is in a word. That is so where a number goes on in the next line, or a line begins with a comma.
pub(super) fn hard_cut(blocks: &[Block]) -> Option<Vec<Block>> {
    let texts = || blocks.iter().filter_map(own).map(|line| line.text.as_str());
    let widest = texts().map(columns).max().filter(|widest| NARROWEST <= *widest)?;
    let full = |line: &str| columns(line) + 1 >= widest;
    if texts().filter(|line| full(line)).count() < CUT {
        return None;
    }
    let goes_on = |above: &str, line: &str| full(above) && !line.trim().is_empty();
    let shows = |pair: &[&str]| match pair {
        [above, line] if goes_on(above, line) => {
            in_number(above, line)
                || line.starts_with(['，', '。', '、', '；', '：', '）', '！', '？'])
        }
        _ => false,
    };
    let lines: Vec<&str> = texts().collect();
    let cut = lines.windows(2).any(shows);
    // A form's lines are of many lengths: here hardly one is short but the last.
    let short = lines.windows(2).filter(|pair| match pair {
        [above, line] => !above.trim().is_empty() && !line.trim().is_empty() && !full(above),
        _ => false,
    });
    if !cut || short.count() > 1 {
        return None;
    }
    let mut whole: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut above = "";
    for block in blocks {
        let text = own(block).map_or("", |line| line.text.as_str());
        match whole.last_mut() {
            Some(Block::Line(last)) if goes_on(above, text) => last.text.push_str(text),
            _ => whole.push(block.clone()),
        }
        above = text;
    }
    Some(whole)
}

/// `…64222319680504⏎7193，…`: the end of one line and the beginning of the next are one number.
fn in_number(above: &str, line: &str) -> bool {
    let figure = |c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X');
    let end = above.len() - above.trim_end_matches(figure).len();
    let start = line.len() - line.trim_start_matches(figure).len();
    end > 0 && start > 0 && matches!(end + start, 11 | 18)
}

/// No client cuts lines shorter than this, in columns.
const NARROWEST: usize = 24;

/// `【声明】本邮件内容仅供收件人使用。如误收，请立即删除…`: what a firm's server adds, with numbers of its own.
pub(super) fn without_disclaimer(blocks: &[Block]) -> Option<Vec<Block>> {
    let adds = |block: &Block| {
        own(block).is_some_and(|line| {
            let mail =
                ["本邮件", "此邮件", "本电子邮件"].iter().any(|word| line.text.contains(word));
            mail && ["仅供", "误收", "保密", "机密", "保留权利"]
                .iter()
                .any(|word| line.text.contains(word))
        })
    };
    blocks.iter().any(adds).then(|| blocks.iter().filter(|block| !adds(block)).cloned().collect())
}

/// `一、王启明`, `二、李雪琴`: names alone, a numbered line each, are put in one row.
pub(super) fn names_in_a_row(blocks: &[Block]) -> Option<Vec<Block>> {
    let name = |block: &Block| {
        let text = own(block)?.text.trim();
        let ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十（）()".contains(c);
        let rest = text.trim_start_matches(ordinal);
        let name = rest.trim_start_matches(['、', '.', '．', ' ', ')', '）']).trim();
        let fits = rest.len() < text.len() && names::plausible(&Text::fold(name));
        (fits && name.chars().all(is_han)).then(|| name.to_owned())
    };
    let mut rows: Vec<Block> = Vec::new();
    let mut joined = false;
    let mut before = false;
    for block in blocks {
        let named = name(block);
        match (&named, rows.last_mut()) {
            (Some(name), Some(Block::Line(last))) if before => {
                last.text = format!("{}、{name}", last.text);
                joined = true;
            }
            (Some(name), _) => {
                let line = own(block).cloned().unwrap_or_default();
                rows.push(Block::Line(Line { text: name.clone(), ..line }));
            }
            (None, _) => rows.push(block.clone()),
        }
        before = named.is_some();
    }
    joined.then_some(rows)
}

/// `√ 毕成功，男，…` beside `× 毕建仁，男，…`: only the people that are ticked are put down.
pub(super) fn ticked(blocks: &[Block]) -> Option<Vec<Block>> {
    let begins = |block: &Block, marks: &[char]| {
        own(block).is_some_and(|line| {
            let text = line.text.trim_start();
            text.starts_with(marks) && text.chars().nth(4).is_some()
        })
    };
    let (ticks, crosses) = (['√', '✓', '✔', '☑'], ['×', '✗', '✘', '╳', '☒']);
    let both = blocks.iter().filter(|block| begins(block, &ticks)).nth(1).is_some()
        && blocks.iter().any(|block| begins(block, &crosses));
    both.then(|| blocks.iter().filter(|block| !begins(block, &crosses)).cloned().collect())
}

/// `1.王进宝`, `2.男`, `3.汉族`: what the notice asks for, in its order and without its labels, is put into one sentence.
pub(super) fn values_in_order(blocks: &[Block]) -> Option<Vec<Block>> {
    let numbered = |block: &Block| {
        let (number, value) = marks::ordinal(&own(block)?.text);
        let short =
            value.chars().nth(MOST_OF_A_VALUE).is_none() && !value.contains(['：', ':', '。']);
        (short && number > 0).then(|| (number, value.to_owned()))
    };
    let start = blocks.iter().position(|block| {
        numbered(block)
            .is_some_and(|(number, value)| number == 1 && names::plausible(&Text::fold(&value)))
    })?;
    let found = blocks.iter().skip(start).zip(1..).map_while(|(block, place)| {
        numbered(block).filter(|(number, _)| *number == place).map(|(_, value)| value)
    });
    let values: Vec<String> = found.collect();
    let one = values.iter().skip(1).all(|value| !names::plausible(&Text::fold(value)));
    let traits = ["男", "女", "回族", "汉族", "回", "汉"];
    let data = |value: &String| {
        traits.contains(&value.as_str())
            || value.chars().filter(char::is_ascii_digit).nth(10).is_some()
    };
    if values.len() < MANY_VALUES || !one || values.iter().filter(|value| data(value)).count() < 2 {
        return None;
    }
    let mut plain = blocks.to_vec();
    let line = own(blocks.get(start)?)?.clone();
    plain.splice(
        start..start + values.len(),
        [Block::Line(Line { text: format!("{}。", values.join("，")), ..line })],
    );
    Some(plain)
}

/// So many values in order are no list of anything else.
const MANY_VALUES: usize = 4;
/// No value is longer, in characters.
const MOST_OF_A_VALUE: usize = 40;

/// `①马成 男 152…②王丽 女 135…`: people in one line, each behind a number, are put a line each; bare names in one row.
pub(super) fn people_apart(blocks: &[Block]) -> Option<Vec<Block>> {
    let mut changed = false;
    let mut apart = Vec::with_capacity(blocks.len());
    for block in blocks {
        match own(block).and_then(|line| Some((line, numbered_people(&line.text)?))) {
            Some((line, texts)) => {
                changed = true;
                let lines = texts.into_iter().filter(|text| !text.trim().is_empty());
                apart.extend(lines.map(|text| Block::Line(Line { text, ..line.clone() })));
            }
            None => apart.push(block.clone()),
        }
    }
    changed.then_some(apart)
}

/// What leads to the people of a line, and each of them; all in one text where they are nothing but names.
fn numbered_people(line: &str) -> Option<Vec<String>> {
    // Hardly any line has such numbers.
    let marks: Vec<usize> = line.match_indices(marks::numbers_item).map(|(at, _)| at).collect();
    if marks.len() < 2 {
        return None;
    }
    let ends = marks.iter().skip(1).copied().chain([line.len()]);
    let items: Vec<&str> = marks
        .iter()
        .zip(ends)
        .map(|(start, end)| cut(line, *start..end).trim_start_matches(marks::numbers_item).trim())
        .collect();
    let head =
        |item: &str| until(item, item.find(|c: char| !is_han(c)).unwrap_or(item.len())).to_owned();
    if !items.iter().all(|item| names::plausible(&Text::fold(&head(item)))) {
        return None;
    }
    let before = until(line, marks.first().copied().unwrap_or(0));
    let bare = items.iter().rev().skip(1).all(|item| head(item) == *item);
    if bare {
        return Some(vec![format!("{before}{}", items.join("、"))]);
    }
    Some([before].into_iter().chain(items).map(str::to_owned).collect())
}

/// `问：您叫什么？答：杜鹏程。`: the name stands behind a question.
pub(super) fn answered_questions(blocks: &[Block]) -> Option<Vec<Block>> {
    let mut changed = false;
    let labelled = |block: &Block| {
        let line = own(block)?;
        let shown = Text::show(&line.text);
        let question =
            shown.trim_start().strip_prefix(['问', 'Q', 'q'])?.trim_start_matches(['：', ':', ' ']);
        let (asked, answer) = question.split_once("答：").or_else(|| question.split_once("答:"))?;
        let name =
            ASKS_NAME.found_in(asked).then(|| answer.trim().trim_end_matches(['。', '，', ' ']))?;
        Some(Block::Line(Line { text: format!("姓名：{name}"), ..line.clone() }))
    };
    let blocks = blocks.iter().map(|block| {
        let line = labelled(block);
        changed |= line.is_some();
        line.unwrap_or_else(|| block.clone())
    });
    let blocks: Vec<Block> = blocks.collect();
    changed.then_some(blocks)
}

/// `四姑父 18:02`: who said the next line of a chat, and when. So many make a chat.
const HEADS: usize = 2;

/// A chat without the lines that only say who speaks.
pub(super) fn without_heads(blocks: &[Block]) -> Option<Vec<Block>> {
    let head = |block: &Block| own(block).is_some_and(|line| is_head(line.text.trim()));
    (blocks.iter().filter(|block| head(block)).count() >= HEADS)
        .then(|| blocks.iter().filter(|block| !head(block)).cloned().collect())
}

fn is_head(line: &str) -> bool {
    let Some(at) = line.rfind([' ', '\u{3000}']) else { return false };
    let (who, hour) = (until(line, at).trim(), from(line, at).trim());
    let mut parts = hour.split(':');
    let figures = |part: Option<&str>| {
        part.is_some_and(|part| {
            (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit())
        })
    };
    let timed = figures(parts.next())
        && figures(parts.next())
        && parts.next().is_none_or(|rest| figures(Some(rest)));
    let plain = !who.contains(['，', '。', '：', ':', '、', ',']);
    timed && plain && (1..=24).contains(&who.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, number: u32) -> Block {
        Block::Line(Line { text: text.to_owned(), voice: Voice::Own, number })
    }

    fn texts(blocks: &[Block]) -> Vec<String> {
        blocks.iter().filter_map(own).map(|line| line.text.clone()).collect()
    }

    #[test]
    fn a_paragraph_that_a_client_broke_is_whole_again() {
        let first = "蔺雪梅，女，汉族，原在西吉县供销宾馆任前厅经理，今年3月调到西吉县山";
        let broken = [line(first, 1), line("水缘酒店，现任副总经理。", 2), line("谢谢", 3)];
        let whole = texts(&unwrapped(&broken, WINDOW).unwrap());
        assert_eq!(whole, [format!("{first}水缘酒店，现任副总经理。"), "谢谢".to_owned()]);
        let narrow = [
            "你好，我的名字是赵万银，身份证号64222319",
            "680504719，电话13895847952，在西吉县偏城",
            "乡阳光砖瓦厂当会计，家在下堡村给我报企业",
            "。谢谢",
        ];
        let narrow: Vec<Block> = narrow.iter().zip(1..).map(|(text, at)| line(text, at)).collect();
        assert_eq!(hard_cut(&narrow).unwrap().len(), 1);
        let rows = [
            "1、马成，男，回族，15296954190",
            "2、王丽，女，汉族，13519549036",
            "3、李明，男，汉族，13995463307",
        ];
        let rows: Vec<Block> = rows.iter().zip(1..).map(|(text, at)| line(text, at)).collect();
        assert!(hard_cut(&rows).is_none());
        let form = "她在西吉县幸福里家政服务公司做保洁组长，家在吉强镇廉租房小区5号楼3单元";
        assert!(unwrapped(&[line(form, 1), line("群众代表", 2)], WINDOW).is_none());
    }

    #[test]
    fn people_behind_numbers_are_put_apart() {
        let apart = |text: &str| people_apart(&[line(text, 1)]).map(|blocks| texts(&blocks));
        let rows = apart("报两人：①马成，男，152②王丽，女，135").unwrap();
        assert_eq!(rows, ["报两人：", "马成，男，152", "王丽，女，135"]);
        assert_eq!(apart("报①马成②王丽，都是代表").unwrap(), ["报马成、王丽，都是代表"]);
        assert!(apart("①姓名：马成②性别：男").is_none() && apart("①带证件②早到").is_none());
    }

    #[test]
    fn a_name_behind_a_question_is_a_name() {
        let asked = [line("问：您叫什么？答：杜鹏程。", 1), line("问：住哪里？答：石山村。", 2)];
        assert_eq!(texts(&answered_questions(&asked).unwrap())[0], "姓名：杜鹏程");
    }

    #[test]
    fn lines_of_a_chat_are_told_from_sentences() {
        assert!(is_head("四姑父 18:02") && is_head("小马 2021/9/20 9:05:11"));
        assert!(
            !is_head("我上午到，大概 9:30") && !is_head("18:02") && !is_head("电话 13895001234")
        );
    }
}
