//! What a form says of how it is to be filled in: nobody's data, whatever names and numbers it shows.

use std::borrow::Cow;

use crate::reading::language::text::{Text, from, until};
use crate::reading::language::words::words;

words! {
    /// Above the rules of a form.
    HEADS = "填写说明 填表说明 填报说明 填表须知 填写须知 填写要求 填表要求 填报须知 填报要求";
    /// Before a sample.
    SHOWS = "格式如 格式为 例如： 例如: 比如： 比如: 样例： 示例：";
}

/// Whether a line is one of the rules; `before`: the line above was.
#[must_use]
pub(crate) fn explains(line: &str, before: bool) -> bool {
    heads(line) || before && goes_on(line)
}

/// `填写说明：`, and nothing more on the line.
fn heads(line: &str) -> bool {
    let bare = line.trim().trim_matches(['：', ':', '【', '】', '（', '）', '*', ' ']);
    HEADS.start(bare) == Some(bare) && !bare.is_empty()
}

/// `二、参会代表填一人，格式如：…`: a further rule, not a numbered line of the form itself.
fn goes_on(line: &str) -> bool {
    let line = line.trim_start();
    let ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十（(①②③④⑤⑥⑦⑧⑨".contains(c);
    let rest = line.trim_start_matches(ordinal);
    let head: String = line.chars().take(10).collect();
    rest.len() < line.len() && !head.contains(['：', ':']) && line.chars().nth(10).is_some()
}

/// What a line tells: no sample that it shows, no word that only leads to a postscript.
#[must_use]
pub(crate) fn told(text: &Text) -> Cow<'_, Text> {
    let bare = without_postscript(text).map_or(Cow::Borrowed(text), Cow::Owned);
    match without(&bare) {
        Some(before) => Cow::Owned(before),
        None => bare,
    }
}

/// The line before a sample that it shows; of `手机（示例：138****0000）：139…` only the bracket's sample goes.
fn without(text: &Text) -> Option<Text> {
    let at = SHOWS.first(&text.folded)?;
    let before = until(&text.folded, at);
    let open = before.rfind(['（', '(']).filter(|open| !from(before, *open).contains(['）', ')']));
    let close = open.and_then(|_| from(&text.folded, at).find(['）', ')']));
    if let Some(close) = close {
        let behind = from(&text.shown, at + close);
        return Some(Text::new(&[until(&text.shown, at), behind].concat()));
    }
    (at > 0).then(|| text.part(0..at))
}

/// `又：上面手机打错了，是…`: a postscript, without the word that leads to it.
fn without_postscript(text: &Text) -> Option<Text> {
    let leads = ["又：", "又:", "又及：", "又及:", "ps：", "ps:", "p.s.", "另注："];
    let folded = text.folded.trim_start();
    let rest = leads.iter().find_map(|lead| folded.strip_prefix(lead))?;
    Some(text.part(text.folded.len() - rest.len()..text.folded.len()))
}

/// `例 张三 138…`: how a line is to be filled in.
#[must_use]
pub(crate) fn is_one(folded: &str) -> bool {
    let rest = folded.trim_start().strip_prefix('例').unwrap_or("");
    rest.starts_with([' ', '：', ':', '、', '）', ')'])
}

/// A mobile number that whoever makes a form writes into its example.
#[must_use]
pub(crate) fn is_made_up(phone: &str) -> bool {
    matches!(
        phone,
        "13800138000"
            | "13900139000"
            | "13800000000"
            | "13900000000"
            | "13812345678"
            | "13912345678"
            | "13888888888"
            | "13999999999"
            | "12345678901"
            | "13812341234"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_a_form_are_told_from_its_lines() {
        assert!(heads("填写说明：") && !heads("填写说明：姓名须与身份证一致"));
        assert!(goes_on("一、企业全称须与营业执照一致，不得简写。"));
        assert!(!goes_on("1.姓名：张三") && !goes_on("姓名：张三"));
        let shown = without(&Text::new("参会代表填一人，格式如：李四，13912345678")).unwrap();
        assert_eq!(shown.shown, "参会代表填一人，");
        let hint = without(&Text::new("手机（畅通，示例：138****0000）：13912345678")).unwrap();
        assert_eq!(hint.shown, "手机（畅通，）：13912345678");
    }
}
