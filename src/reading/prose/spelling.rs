//! Names that are told in pieces: family name and given name apart, or each character by a word that holds it.

use super::clauses::Clause;
use crate::reading::fact::{Force, Role};
use crate::reading::language::text::{Text, cut, from, is_han, take, until};
use crate::reading::language::words::words;
use crate::reading::prose::Said;
use crate::reading::values::names;
use crate::reading::vocabulary::Item;

words! {
    /// What leads to a given name that stands without the family name.
    GIVEN = "单名一个 单名 名叫 名字叫做 名字叫 名字是 名字为 名字 名是 名为 名 叫做 叫";
}

/// `，妥当的妥，名字是彦芳`: the given name behind the family name, and what tells how that is written between them.
fn given_apart<'t>(behind: &'t str, family: &str) -> Option<&'t str> {
    let tells = |clause: &str| {
        clause.chars().nth(8).is_none() && (clause.ends_with(family) || clause.ends_with('字'))
    };
    let clauses = behind.split(['，', ',', '。', '、', '；', ' ']).map(str::trim);
    let mut clauses = clauses.filter(|clause| !clause.is_empty()).take(4);
    let told = clauses.find(|clause| GIVEN.start(clause).is_some() || !tells(clause))?;
    let given = from(told, GIVEN.start(told)?.len()).trim_start_matches(['“', '"', '叫']);
    let end = given.find(|c: char| !is_han(c)).unwrap_or(given.len());
    let given = until(given, end).trim_end_matches('字');
    let fits = (1..=2).contains(&given.chars().count()) && !given.starts_with(family);
    (fits && !given.contains(['啥', '谁', '不', '没', '我', '你'])).then_some(given)
}

/// `本人姓牛名犇`, `姓马，名叫晓东`: family name and given name, each told by its own word.
pub(super) fn apart(text: &Text, clauses: &[Clause]) -> Vec<Said> {
    let folded = &text.folded;
    let names = folded.match_indices('姓').filter_map(|(at, word)| {
        let rest = from(folded, at + word.len());
        let family = take(rest, names::surname(rest)).filter(|family| !family.is_empty())?;
        let given = given_apart(from(rest, family.len()), family)?;
        Some((at, [family, given].concat()))
    });
    let names = names.chain(spelled_out(folded));
    let said = |(at, value): (usize, String)| Said {
        joined: false,
        item: Item::Name,
        value,
        wrong: false,
        force: Force::Prose,
        role: if until(folded, at).ends_with(['我', '人', '贵']) {
            Role::Writer
        } else {
            Role::Listed
        },
        range: at..at + '姓'.len_utf8(),
        clause: clauses.iter().position(|clause| clause.range.end > at).unwrap_or(0),
    };
    names.map(said).collect()
}

/// `我姓章立早章章玉成玉石的玉成功的成`: spoken, and each character told by a word that holds it.
fn spelled_out(folded: &str) -> Option<(usize, String)> {
    let at = folded.find("我姓")?;
    let rest = from(folded, at + "我姓".len());
    let family = take(rest, names::surname(rest)).filter(|family| !family.is_empty())?;
    let behind = from(rest, family.len());
    behind.match_indices(family).find_map(|(place, _)| {
        let given = take(from(behind, place + family.len()), 2)?;
        let told = from(behind, place + family.len() + given.len());
        let value = [family, given].concat();
        let spelled = given.chars().all(|c| told.contains(&format!("的{c}")));
        (spelled && names::possible(&value)).then_some((at + "我姓".len(), value))
    })
}

words! {
    /// What leads to a name in letters.
    LETTERS = "拼音 拼音是 拼音写 拼音为 拼音叫 先写拼音 名字是 名字叫 名字写 我叫 姓名";
}

/// `打不出来，先写拼音Ma Guiying`: a name in letters is kept as it is written, and a person is asked.
pub(super) fn in_letters(text: &Text, clauses: &[Clause]) -> Vec<Said> {
    let folded = &text.folded;
    let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | '\'');
    let found = LETTERS.spans(folded).find_map(|(_, end)| {
        let behind = from(folded, end);
        let rest = behind.trim_start_matches(['是', '：', ':', ' ', '“', '"', '（', '(']);
        let start = folded.len() - rest.len();
        let length = rest.find(|c: char| !letter(c)).unwrap_or(rest.len());
        let shown = cut(&text.shown, start..start + length).trim_end();
        let words = shown.split_whitespace().count();
        let named = shown.starts_with(|c: char| c.is_ascii_uppercase());
        ((2..=4).contains(&words) && named).then_some(start..start + shown.len())
    });
    let Some(range) = found else { return Vec::new() };
    let name = cut(&text.shown, range.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
    let asked = format!("姓名只写了字母“{name}”，请核对汉字");
    let said = |item, value, wrong| Said {
        joined: false,
        item,
        value,
        wrong,
        force: Force::Prose,
        role: Role::Writer,
        range: range.clone(),
        clause: clauses.iter().position(|clause| clause.range.end > range.start).unwrap_or(0),
    };
    vec![said(Item::Name, name, false), said(Item::Custom(usize::MAX), asked, true)]
}

/// `2、袁?，男，汉族`: a name with a character that a client could not write. A person is there, whoever it is.
pub(super) fn broken(text: &Text, clauses: &[Clause]) -> Option<Said> {
    let folded = &text.folded;
    // Hardly any line holds such a mark.
    let at = folded.find(names::LOST)?;
    let part = |c: char| is_han(c) || names::LOST.contains(&c);
    let start = until(folded, at).rfind(|c: char| !part(c));
    let start = start
        .map_or(0, |place| place + from(folded, place).chars().next().map_or(0, char::len_utf8));
    let rest = from(folded, start);
    let length = rest.find(|c: char| !part(c)).unwrap_or(rest.len());
    let name = until(rest, length);
    let ordinal = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".、)）".contains(c);
    let before = until(folded, start).trim_end_matches(ordinal);
    let begins = before.is_empty() || before.ends_with(['：', ':', '；', ';', '。']);
    let behind = from(rest, length).trim_start_matches(['，', ',', ' ', '、', '（', '(']);
    let sex = behind.strip_prefix(['男', '女']).is_some_and(|rest| !rest.starts_with(is_han));
    let fits = names::has_lost(name) && names::surname(name) > 0;
    (begins && sex && fits).then(|| Said {
        joined: false,
        item: Item::Name,
        value: format!("姓名“{name}”无法辨认"),
        wrong: true,
        force: Force::Prose,
        role: Role::Listed,
        range: start..start + length,
        clause: clauses.iter().position(|clause| clause.range.end > start).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::prose::clauses::clauses;

    #[test]
    fn a_name_is_put_together_from_its_pieces() {
        for (told, name) in [
            ("本人姓马，名叫晓东，", "马晓东"),
            ("我姓章立早章章玉成玉石的玉成功的成电话是189", "章玉成"),
        ] {
            let text = Text::new(told);
            let said = apart(&text, &clauses(&text.folded));
            assert_eq!(said.first().map(|said| said.value.as_str()), Some(name), "{told}");
        }
    }

    #[test]
    fn a_name_that_lost_a_character_is_a_person_still() {
        let broken = |line: &str| {
            let text = Text::new(line);
            super::broken(&text, &clauses(&text.folded)).map(|said| said.value)
        };
        assert_eq!(broken("2、袁?，男，汉族").as_deref(), Some("姓名“袁?”无法辨认"));
        assert_eq!(broken("马□霞 女 回族").as_deref(), Some("姓名“马□霞”无法辨认"));
        assert!(broken("能报名吗？男女都行").is_none() && broken("性别 □男 □女").is_none());
    }
}
