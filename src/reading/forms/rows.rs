//! People typed in rows without a heading: `马丽，保健医生，女，回族，642…，139…`, one line a person.

use crate::message::{Cell, Line, Table};
use crate::reading::language::kin;

use super::labels::Labels;
use crate::reading::language::text::{Text, cut, from, is_han, squeeze, until};
use crate::reading::values::digits::{self, Number};
use crate::reading::values::ethnic::ethnicity;
use crate::reading::values::names;
use crate::reading::values::places;
use crate::reading::values::posts;

/// The columns of the table that rows become, by what a token is.
const COLUMNS: [&str; 9] =
    ["姓名", "联系电话", "身份证号码", "性别", "民族", "职务", "工作单位", "住址", "报名类别"];

/// Where the employer stands.
const EMPLOYER: usize = 6;

/// What a row needs at least: a name, a number and something more.
const FEWEST: usize = 3;

/// Rows of people that stand below each other: first and last line number, and the table they make. A line with an
/// employer's name alone stands over the rows below it.
pub(crate) fn tables(lines: &[&Line], labels: &Labels) -> Vec<(u32, u32, Table)> {
    // Hardly any mail has rows: they are looked for before what may stand over them.
    let found: Vec<Option<Row>> = lines.iter().map(|line| row(&line.text, labels)).collect();
    if found.iter().flatten().nth(1).is_none() {
        return Vec::new();
    }
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let rest = lines.get(at..).unwrap_or(&[]);
        let (rows, used) = block(rest, found.get(at..).unwrap_or(&[]));
        if rows.len() >= 2
            && let (Some(first), Some(last)) = (rest.first(), rest.get(used - 1))
        {
            // The first row is that of the labels, which nobody typed.
            let typed = rows.iter().map(|(line, _)| *line);
            let lines = std::iter::once(first.number).chain(typed).collect();
            let table =
                Table { cells: cells(&rows), voice: first.voice, lines, ..Table::default() };
            tables.push((first.number, last.number, table));
        }
        at += used.max(1);
    }
    tables
}

/// The rows at the beginning, and how many lines they take.
fn block(lines: &[&Line], found: &[Option<Row>]) -> (Vec<(u32, Row)>, usize) {
    let (mut rows, mut used) = (Vec::new(), 0);
    let mut employer: Option<String> = None;
    for (place, (line, row)) in lines.iter().zip(found).enumerate() {
        if let Some(mut row) = row.clone() {
            // 镇党政办 刘思敏 0954-3861002: below rows that are numbered somebody signs.
            let signs = place > 0
                && !numbered(&line.text)
                && lines.iter().take(place).all(|line| numbered(&line.text));
            if signs {
                break;
            }
            if let Some(slot) = row.get_mut(EMPLOYER).filter(|slot| slot.is_none()) {
                slot.clone_from(&employer);
            }
            rows.push((line.number, row));
            used = place + 1;
        } else if let Some(name) = heading(&line.text).filter(|_| place == used) {
            employer = Some(name);
        } else {
            break;
        }
    }
    (rows, used)
}

/// `2. 丁忠…`
fn numbered(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..=2).contains(&(line.len() - rest.len())) && rest.starts_with(['.', '、', '．', ')', '）'])
}

/// An employer's name that stands alone on its line.
fn heading(line: &str) -> Option<String> {
    let shown = Text::show(line);
    let name = without_place(shown.trim()).trim_end_matches([':', '：']).trim();
    places::is_organization(&Text::fold(name)).then(|| name.to_owned())
}

/// A person's values, by column.
type Row = [Option<String>; COLUMNS.len()];

fn cells(rows: &[(u32, Row)]) -> Vec<Cell> {
    let used: Vec<usize> = (0..COLUMNS.len())
        .filter(|at| rows.iter().any(|(_, row)| row.get(*at).is_some_and(Option::is_some)))
        .collect();
    let cell = |row, column, text| Cell { row, column, rows: 1, columns: 1, text };
    let mut cells = Vec::new();
    for (column, at) in (0..).zip(&used) {
        cells.push(cell(0, column, COLUMNS.get(*at).copied().unwrap_or_default().to_owned()));
    }
    for (place, (_, row)) in (1..).zip(rows) {
        for (column, at) in (0..).zip(&used) {
            let text = row.get(*at).cloned().flatten().unwrap_or_default();
            cells.push(cell(place, column, text));
        }
    }
    cells
}

/// A line that is a name and the person's data, and nothing else.
fn row(line: &str, labels: &Labels) -> Option<Row> {
    // Hardly any line has a number: it is looked for before all else.
    if line.chars().filter(char::is_ascii_digit).nth(6).is_none() || line.chars().nth(160).is_some()
    {
        return None;
    }
    let shown = Text::show(line);
    let plain = without_remark(without_place(shown.trim()));
    let plain = plain.trim_end_matches(['。', '.', '；', ';', '，', ',']);
    let tokens: Vec<&str> = plain
        .split(|c: char| c.is_whitespace() || "，,、/|；;".contains(c))
        .filter(|token| !token.is_empty())
        .collect();
    // 赵 敏: a name of two characters, spread over its column.
    let spread = match tokens.as_slice() {
        [one, two, ..] if one.chars().nth(1).is_none() && two.chars().nth(1).is_none() => {
            Some([*one, *two].concat()).filter(|name| names::plausible(&Text::fold(name)))
        }
        _ => None,
    };
    let rest = tokens.get(if spread.is_some() { 2 } else { 1 }..)?;
    let (name, data) = (spread.as_deref().or(tokens.first().copied())?, rest);
    // 顺达汽贸 罗建军 139…: what stands before the name is their firm or their post.
    let led = tokens.get(1).filter(|name| spread.is_none() && names::plausible(&Text::fold(name)));
    if let Some(name) = led
        && let Some(lead) = leads(tokens.first()?)
    {
        let mut row = values(name, tokens.get(2..)?, labels)?;
        let slot = row.get_mut(lead)?;
        if slot.is_none() {
            *slot = tokens.first().map(|lead| (*lead).to_owned());
        }
        return Some(row);
    }
    if data.len() + 1 < FEWEST || !names::plausible(&squeeze(&Text::fold(name))) {
        return None;
    }
    values(name, data, labels)
}

/// The values of a row behind the name.
fn values(name: &str, data: &[&str], labels: &Labels) -> Option<Row> {
    let mut row = Row::default();
    *row.first_mut()? = Some(name.to_owned());
    for token in data {
        let (column, value) = column(token, labels)?;
        let slot = row.get_mut(column)?;
        if slot.is_some() {
            return None;
        }
        *slot = Some(value);
    }
    row.iter().skip(1).take(2).any(Option::is_some).then_some(row)
}

/// What a word before a name is: a post, or a firm by its own name; none, when it can be a name or says something else.
fn leads(word: &str) -> Option<usize> {
    let folded = Text::fold(word);
    let post = posts::is_post(&folded) && folded.chars().all(is_han);
    let firm = (3..=16).contains(&folded.chars().count())
        && folded.chars().all(is_han)
        && !names::plausible(&folded)
        && !places::says(&folded)
        && kin::first(&folded).is_none()
        && !folded.ends_with(['：', '人', '员', '表', '组', '类', '族', '乡', '镇', '县', '村'])
        && !folded.contains("代表");
    let at = |name: &str| COLUMNS.iter().position(|column| *column == name);
    if post {
        at("职务")
    } else if firm {
        at("工作单位")
    } else {
        None
    }
}

/// `1.`, `（二）`, `③`, `第一人：`.
fn without_place(line: &str) -> &str {
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十（(".contains(c);
    let rest = line.trim_start_matches(|c: char| ('①'..='⑳').contains(&c));
    let behind = rest.trim_start_matches(digit);
    let counted = rest.len() > behind.len() && rest.len() - behind.len() <= 9;
    let marked = behind.trim_start_matches(['.', '、', ')', '）', '．', ':', '：', ' ']);
    if counted && marked.len() < behind.len() { marked } else { rest }
}

/// A remark in brackets at the end is none of the data.
fn without_remark(line: &str) -> &str {
    let Some(open) = line.rfind(['（', '(']).filter(|_| line.ends_with(['）', ')'])) else {
        return line;
    };
    until(line, open).trim_end()
}

/// What one token is, and its value without a label.
fn column(token: &str, labels: &Labels) -> Option<(usize, String)> {
    let at = |name: &str| COLUMNS.iter().position(|column| *column == name);
    let folded = Text::fold(token);
    match digits::find(token).as_slice() {
        [] => {}
        [only] => {
            let before = until(token, only.range.start).trim_end_matches([':', '：']);
            let after = from(token, only.range.end);
            let lone = after.is_empty()
                && (before.is_empty() || labels.whole(&Text::fold(before)).is_some());
            let name = match only.number {
                Number::Mobile(_) | Number::Landline(_) | Number::WrongMobile(_) => "联系电话",
                Number::Id(_) | Number::WrongId(..) => "身份证号码",
                Number::Masked => return None,
            };
            let value = cut(token, only.range.clone()).to_owned();
            return if lone { Some((at(name)?, value)) } else { None };
        }
        _ => return None,
    }
    let name = match folded.as_str() {
        "男" | "女" => "性别",
        "汉" | "回" => "民族",
        word if ethnicity(word).is_some() => "民族",
        word if labels.categories.iter().any(|category| category == word) => "报名类别",
        // 某某站站长: employer and post in one; a sentence reads them apart.
        word if places::split(word).is_some_and(|(_, post)| post.is_some()) => return None,
        word if posts::is_post(word) => "职务",
        word if places::is_organization(word) => "工作单位",
        word if places::is_bare_address(word) => "住址",
        _ => return None,
    };
    Some((at(name)?, token.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Voice;
    use crate::reading::Vocabulary;

    fn read(lines: &[&str]) -> Vec<(u32, u32, Vec<String>)> {
        let line = |(number, text): (u32, &&str)| Line {
            text: (*text).to_owned(),
            voice: Voice::Own,
            number,
        };
        let lines: Vec<Line> = (1..).zip(lines).map(line).collect();
        let labels = Labels::new(&Vocabulary::default());
        let tables = tables(&lines.iter().collect::<Vec<_>>(), &labels);
        let texts = |table: Table| table.cells.into_iter().map(|cell| cell.text).collect();
        tables.into_iter().map(|(first, last, table)| (first, last, texts(table))).collect()
    }

    #[test]
    fn rows_of_people_become_a_table_and_sentences_do_not() {
        let found = read(&[
            "各位好，报两位教练员：",
            "1. 王耀武，男，汉族，642223197806072993，15009546617",
            "2. 何彦龙，男，回族，身份证号642223198301202777，15009546671（没写错）",
            "单位都是西吉县顺通驾校",
        ]);
        assert_eq!(found.len(), 1);
        let (first, last, cells) = &found[0];
        assert_eq!((*first, *last), (2, 3));
        let row = ["何彦龙", "15009546671", "642223198301202777", "男", "回族"];
        assert_eq!(cells[10..], row);
        let found = read(&[
            "西吉县聚源淀粉公司",
            "马登科 15809540105 车间主任",
            "二、西吉县鑫达彩印厂：",
            "袁志高 15809540107 厂长",
        ]);
        let cells = &found[0].2;
        assert_eq!(cells[7], "西吉县聚源淀粉公司", "{cells:?}");
        assert_eq!(cells[11], "西吉县鑫达彩印厂");
        assert!(read(&["我叫王耀武，电话15009546617", "麻烦回电15009546671，谢谢"]).is_empty());
    }
}
