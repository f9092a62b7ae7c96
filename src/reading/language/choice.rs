//! Choices marked in text: `●男 ○女`, `☑企业代表 □群众代表`, `企业代表（√） 群众代表（ ）`.

use super::text::Text;

/// Marks of a chosen option.
const ON: &[char] =
    &['●', '☑', '√', '✓', '✔', '■', '◉', '⊙', '☒', '☻', '▣', '✅', '▪', '◆', '⚫', '🗹', '🗸', '✗'];
/// Marks of an option that was not chosen.
const OFF: &[char] = &['○', '□', '☐', '◯', '〇', '◇', '▢', '⬜', '❏', '⚪'];

/// Whether a character marks an option, chosen or not.
#[must_use]
pub(super) fn is_mark(c: char) -> bool {
    ON.contains(&c) || OFF.contains(&c)
}

/// `男（  ）女（ √ ）` on a line of its own, without any label: the options that are marked.
#[must_use]
pub(crate) fn line(text: &Text) -> Option<Text> {
    // Hardly any line has a mark.
    if !text.folded.contains(|c: char| OFF.contains(&c) || matches!(c, '(' | '（' | '[' | '【')) {
        return None;
    }
    let squeezed: String = text.folded.chars().filter(|c| !c.is_whitespace()).collect();
    let open = ["（）", "()", "[]", "【】"].iter().any(|empty| squeezed.contains(empty))
        || squeezed.contains(OFF);
    // 民族 □汉族 ☑回族: behind a label, boxes are its value.
    let boxes = text.folded.contains(|c| is_mark(c) && !matches!(c, '√' | '✓' | '✔'));
    let first = text.folded.trim_start().chars().next().is_some_and(is_mark);
    if !open || boxes && !first || squeezed.contains(['：', ':', '，', '。']) {
        return None;
    }
    match read(&text.shown) {
        Choice::Chosen(options) if !options.is_empty() => Some(Text::new(&options.join("，"))),
        _ => None,
    }
}

/// What a value with marks says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// There are no marks: the text is the value.
    None,
    /// The options that are marked; none of several is an empty list.
    Chosen(Vec<String>),
}

/// Reads the marks of a value.
#[must_use]
pub(crate) fn read(value: &str) -> Choice {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\u{4e00}'..='\u{9fff}');
    let may_mark = |c: char| ON.contains(&c) || OFF.contains(&c) || "[(（【〔".contains(c);
    if !value.contains(|c: char| !word(c) && may_mark(c)) {
        return Choice::None;
    }
    let value = brackets(value);
    // 监督员√ 企业代表×: against a tick a cross is none.
    let ticked = value.contains(['√', '✓', '✔', '☑', '✅', '🗸']);
    let value = if ticked {
        value.replace(['×', '✗', '✘', '╳', '☒', '❌'], "□")
    } else {
        value
    };
    let marks: Vec<(usize, char)> =
        value.char_indices().filter(|(_, c)| ON.contains(c) || OFF.contains(c)).collect();
    let on = marks.iter().any(|(_, c)| ON.contains(c));
    let off = marks.iter().any(|(_, c)| OFF.contains(c));
    let alone = value.chars().filter(|c| !c.is_whitespace()).count() == marks.len();
    if marks.is_empty() || (!off && !on) {
        return Choice::None;
    }
    if !off && on && marks.len() == 1 && !alone {
        // A single tick beside one of several words that have no box.
        return single_tick(&value, marks.first().map_or(0, |mark| mark.0));
    }
    let first = value.trim_start().chars().next();
    let before = first.is_some_and(|c| ON.contains(&c) || OFF.contains(&c));
    let mut chosen = Vec::new();
    for (order, (at, mark)) in marks.iter().enumerate() {
        let width = mark.len_utf8();
        let option = if before {
            let end = marks.get(order + 1).map_or(value.len(), |next| next.0);
            value.get(at + width..end)
        } else {
            let start = match order.checked_sub(1).and_then(|last| marks.get(last)) {
                Some((last, mark)) => last + mark.len_utf8(),
                None => 0,
            };
            value.get(start..*at)
        };
        if ON.contains(mark) {
            let option = option
                .unwrap_or("")
                .trim_matches(|c: char| c.is_whitespace() || "、，,；;/|（）()[]".contains(c));
            if !option.is_empty() {
                chosen.push(specified(option).to_owned());
            }
        }
    }
    Choice::Chosen(chosen)
}

/// `其他（东乡族）`, `其它：保安族`: what was written behind the choice that is none.
fn specified(option: &str) -> &str {
    let behind = ["其他", "其它"].iter().find_map(|other| option.strip_prefix(other));
    let told = behind
        .map(|told| told.trim_matches(|c: char| c.is_whitespace() || "：:（）()_".contains(c)));
    told.filter(|told| !told.is_empty()).unwrap_or(option)
}

/// Brackets used as boxes become marks: `[x]`, `(√)`, `（ ）`, `【√】`.
fn brackets(value: &str) -> String {
    let mut out = value.to_owned();
    for (open, close) in [("[", "]"), ("(", ")"), ("（", "）"), ("【", "】"), ("〔", "〕")] {
        for inner in ["√", "✓", "✔", "x", "X", "V", "v", "是", "●", "*", "☑"] {
            out = out.replace(&format!("{open}{inner}{close}"), "☑");
            out = out.replace(&format!("{open} {inner} {close}"), "☑");
        }
        for inner in ["", " ", "  ", "   ", "    ", "□"] {
            out = out.replace(&format!("{open}{inner}{close}"), "□");
        }
    }
    out
}

fn single_tick(value: &str, at: usize) -> Choice {
    let before = value.get(..at).unwrap_or("").trim_end();
    let after = value.get(at..).unwrap_or("").trim_start_matches(|c: char| ON.contains(&c));
    let divides = |c: char| c.is_whitespace() || "、，,；;/|".contains(c);
    let near_before = before.rsplit(divides).next().unwrap_or("");
    let near_after = after.trim_start().split(divides).next().unwrap_or("");
    // The tick belongs to the word it touches.
    // 群众代表 √　　监督员: or to the word that is nearer.
    let blanks = |text: &str| text.chars().count() - text.trim_start().chars().count();
    let before_gap =
        value.get(..at).map_or(0, |text| text.chars().count() - before.chars().count());
    // 男 √ 女: as near to the one as to the other, it chooses neither.
    let between = before_gap > 0 && before_gap == blanks(after);
    if between && !near_before.is_empty() && !near_after.is_empty() {
        return Choice::None;
    }
    let touches_before = before_gap == 0
        || before_gap < blanks(after)
        || after.trim().is_empty() && !near_before.is_empty();
    let option = if touches_before && !near_before.is_empty() { near_before } else { near_after };
    if option.is_empty() { Choice::None } else { Choice::Chosen(vec![option.to_owned()]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(value: &str) -> Option<String> {
        match read(value) {
            Choice::None => None,
            Choice::Chosen(options) => Some(options.join("|")),
        }
    }

    #[test]
    fn marks_before_and_behind_the_options_are_understood() {
        assert_eq!(chosen("●男  ○女").as_deref(), Some("男"));
        assert_eq!(chosen("□监督员 ☑企业代表 □群众代表").as_deref(), Some("企业代表"));
        assert_eq!(chosen("企业代表（√） 群众代表（ ）").as_deref(), Some("企业代表"));
        assert_eq!(chosen("[ ]监督员 [x]群众代表").as_deref(), Some("群众代表"));
        assert_eq!(chosen("监督员√ 群众代表").as_deref(), Some("监督员"));
        assert_eq!(chosen("监督员 √  企业代表 ×  群众代表 ×").as_deref(), Some("监督员"));
        assert_eq!(chosen("○男 ○女").as_deref(), Some(""));
        assert_eq!(chosen("企业代表"), None);
    }
}
