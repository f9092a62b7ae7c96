//! A name whose characters are set apart by blanks, behind the words that lead to it: `本人张  涛，男`.

use crate::reading::language::kin;
use crate::reading::language::text::{Text, cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::values::names;

words! {
    /// What leads to a name.
    LEADS = "本人 我叫 我是 本人叫 本人是 本人姓名 名叫 名字是 名字叫 叫 我 申请人 报名人 推荐 选派 派 替 帮 教师 老师 职工 员工 村民 居民 经理 主任 书记 会计 店主 老板 店长";
}

/// The text with such names closed up; `None` where there is none.
#[must_use]
pub(crate) fn closed(text: &Text) -> Option<Text> {
    // Hardly any line has a blank behind such a word.
    let gaps = text.folded.char_indices().filter(|(_, c)| *c == ' ');
    let (start, end) = gaps.into_iter().find_map(|(at, _)| name_at(&text.folded, at))?;
    let name: String = cut(&text.shown, start..end).split_whitespace().collect();
    let closed = [until(&text.shown, start), &name, from(&text.shown, end)].concat();
    let closed = Text::new(&closed);
    Some(self::closed(&closed).unwrap_or(closed))
}

/// Where a name stands whose first gap begins here.
fn name_at(folded: &str, gap: usize) -> Option<(usize, usize)> {
    let first = until(folded, gap).chars().next_back().filter(|c| is_han(*c))?;
    let start = gap - first.len_utf8();
    let before = until(folded, start);
    if LEADS.end(before).is_none() && !kin::relative_before(before) {
        return None;
    }
    let mut end = gap;
    let mut name = first.to_string();
    while let Some((c, behind)) = alone(from(folded, end)) {
        if name.chars().count() > 1 && "男女汉回满".contains(c) {
            break;
        }
        name.push(c);
        end = folded.len() - behind.len();
    }
    let length = name.chars().count();
    let whole = !from(folded, end).starts_with(is_han);
    (whole && (2..=3).contains(&length) && names::plausible(&name)).then_some((start, end))
}

/// One Han character behind blanks, with no other behind it.
fn alone(text: &str) -> Option<(char, &str)> {
    let told = text.trim_start_matches(' ');
    let c = told.chars().next().filter(|c| told.len() < text.len() && is_han(*c))?;
    let behind = from(told, c.len_utf8());
    (!behind.starts_with(is_han)).then_some((c, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_set_apart_by_blanks_are_closed_up() {
        let closed = |line: &str| super::closed(&Text::new(line)).map(|text| text.shown);
        assert_eq!(closed("本人张  涛，男").as_deref(), Some("本人张涛，男"));
        assert_eq!(closed("我叫王 欢 女 汉族").as_deref(), Some("我叫王欢 女 汉族"));
        assert_eq!(closed("我爱人马 小 军，回族").as_deref(), Some("我爱人马小军，回族"));
        assert!(closed("本人 张涛 男").is_none() && closed("我叫王欢 女 汉族").is_none());
    }
}
