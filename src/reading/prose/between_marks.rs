//! Employers whose name stands between marks: brackets, quotation marks.

use std::ops::Range;

use crate::reading::language::text::{cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::values::offices;
use crate::reading::values::places;
use crate::reading::values::posts;

words! {
    /// What says that a quoted name is that of a shop.
    NAMED = "店名是 店名叫 店名 叫做 取名 名叫 名为 字号 招牌是 店叫 馆叫 厂叫 社叫 公司叫 名称是 名字叫 名字是 叫";
    /// What a journal is, behind its title.
    JOURNALS = "杂志 期刊 月刊 季刊 周刊 半月刊 双月刊 报";
    /// Somebody is named, not a place.
    PERSONS = "我 他 她 爸 妈 人 儿 女 们 网名 微信名";
}

/// `我公司（吉强镇禾田舞蹈培训中心）两人报名`: the bracket behind such a word tells the name, however it ends.
#[must_use]
pub(super) fn in_brackets(folded: &str) -> Option<Range<usize>> {
    if !folded.contains(['（', '(']) {
        return None;
    }
    offices::OWN_FIRM.spans(folded).find_map(|(_, end)| {
        let rest = from(folded, end).strip_prefix(['（', '('])?;
        let start = folded.len() - rest.len();
        let name = until(rest, rest.find(['）', ')'])?);
        let fits = (4..=30).contains(&name.chars().count())
            && name.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || c == '·')
            && name.contains(is_han)
            && !["地址", "电话", "以下简称", "统一", "人", "名单", "附"]
                .iter()
                .any(|word| name.contains(word));
        fits.then(|| start..start + name.len())
    })
}

/// `“好又多”便利店`, `店名是“启明星文具”`: a name that stands between marks.
#[must_use]
pub(super) fn quoted(folded: &str) -> Option<Range<usize>> {
    // Hardly any line has a mark of the five.
    if !folded.contains(['“', '"', '「', '《', '‘']) {
        return None;
    }
    for (open, close) in [('“', '”'), ('"', '"'), ('「', '」'), ('《', '》'), ('‘', '’')]
    {
        let mut at = 0;
        while let Some(start) = from(folded, at).find(open).map(|found| at + found) {
            let inner = start + open.len_utf8();
            let Some(length) = from(folded, inner).find(close) else { break };
            let name = cut(folded, inner..inner + length);
            let behind = inner + length + close.len_utf8();
            at = behind;
            if !(2..=12).contains(&name.chars().count())
                || !name.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric())
                || ["开放日", "报名", "监督", "代表", "服务", "一件事", "跑一次"]
                    .iter()
                    .any(|word| name.contains(word))
            {
                continue;
            }
            let tail = from(folded, behind);
            let tail = until(tail, tail.find(|c: char| !is_han(c)).unwrap_or(tail.len()));
            let ends = tail.char_indices().map(|(at, c)| at + c.len_utf8());
            let whole =
                |end: &usize| places::ends_as_organization(&[name, until(tail, *end)].concat());
            let journal =
                (open == '《').then(|| JOURNALS.start(tail).map(str::len)).flatten().filter(
                    |end| posts::is_post(from(tail, *end).trim_start_matches(['的', '当', '做'])),
                );
            // “马二哥”拉面总店|店主: where a post follows, the name is over.
            let posted = |end: &&usize| posts::is_post(from(tail, **end));
            let ends: Vec<usize> = ends.take(8).filter(whole).collect();
            let end = ends
                .iter()
                .filter(posted)
                .max()
                .or_else(|| ends.iter().max())
                .copied()
                .max(journal);
            if let Some(end) = end {
                let before = until(folded, start);
                let lead =
                    ["西吉县", "西吉", "县城", "宁夏"].iter().find(|lead| before.ends_with(**lead));
                return Some(start - lead.map_or(0, |lead| lead.len())..behind + end);
            }
            let before = until(folded, start).trim_end_matches([' ', '：', ':', '，']);
            if NAMED.end(before).is_some_and(|cue| {
                cue != "叫" || !until(before, before.len() - cue.len()).ends_with(PERSON_ENDS)
            }) && PERSONS.end(until(before, before.len().saturating_sub(3))).is_none()
            {
                return Some(inner..inner + length);
            }
        }
    }
    None
}

/// Who is called something is a person.
const PERSON_ENDS: [char; 8] = ['我', '他', '她', '名', '爸', '妈', '人', '俺'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_marks() {
        let text = "我在街上有个“好又多”便利店";
        assert_eq!(quoted(text).map(|range| cut(text, range)), Some("“好又多”便利店"));
        let text = "“马二哥”牛肉拉面总店店主";
        assert_eq!(quoted(text).map(|range| cut(text, range)), Some("“马二哥”牛肉拉面总店"));
        let text = "店名是“启明星文具”";
        assert_eq!(quoted(text).map(|range| cut(text, range)), Some("启明星文具"));
        let text = "我公司（吉强镇禾田舞蹈培训中心）两人报名";
        assert_eq!(in_brackets(text).map(|range| cut(text, range)), Some("吉强镇禾田舞蹈培训中心"));
    }
}
