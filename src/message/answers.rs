//! Answers that stand between the lines of a quotation: what was asked belongs to the answer.

use super::document::{Block, Line, Voice};

/// A question is no longer than so many characters; what is longer tells something.
const QUESTION: usize = 16;

/// `> 姓名：` and below it `慕晓春`, `> 1. 手机号码` and `补：139…`: the question is read with the answer.
pub(super) fn join(blocks: &mut [Block]) {
    for place in 1..blocks.len() {
        let (above, below) = blocks.split_at_mut(place);
        let (Some(Block::Line(asked)), Some(Block::Line(answer))) =
            (above.last_mut(), below.first_mut())
        else {
            continue;
        };
        if asked.voice != Voice::Quoted || answer.voice != Voice::Own {
            continue;
        }
        let Some(question) = question(&asked.text) else { continue };
        let said = answered(&answer.text);
        // （不填可以吧）: a remark is no answer.
        if said.is_empty() || said.starts_with(['（', '(']) && said.ends_with(['）', ')']) {
            continue;
        }
        // A label of its own needs no other.
        let labelled = said.contains(['：', ':']);
        answer.text = if labelled { said.to_owned() } else { format!("{question}：{said}") };
        *asked = Line { text: String::new(), ..asked.clone() };
    }
}

/// What a quoted line asks for: a label without a value, a numbered item.
fn question(line: &str) -> Option<&str> {
    let line = line.trim();
    let number =
        line.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let item = number.trim_start_matches(['.', '、', '．', ')', '）', ' ']);
    let numbered = number.len() < line.len() && item.len() < number.len();
    // 4. 家庭住址？: asked, and the words before the mark are the label.
    let label = item.trim_end_matches(['：', ':', ' ', '_', '＿', '？', '?']);
    let blank = label.len() < item.len() && item.contains(['：', ':']);
    let short = !label.is_empty() && label.chars().nth(QUESTION).is_none();
    let tells = label.contains(['。', '，', ',', '！', '：', ':', '；']);
    ((blank || numbered) && short && !tells).then_some(label)
}

/// The answer without the words that only say that it is one: `补：139…`, `答：…`.
fn answered(line: &str) -> &str {
    let line = line.trim();
    let leads = ["补充", "补", "答", "回复", "答复"];
    let rest = leads
        .iter()
        .find_map(|lead| line.strip_prefix(lead).and_then(|rest| rest.strip_prefix(['：', ':'])));
    rest.unwrap_or(line).trim()
}

#[cfg(test)]
mod tests {
    use super::super::document::{Document, Origin};
    use super::*;

    #[test]
    fn what_was_asked_is_read_with_the_answer_below_it() {
        let mut document = Document::of_text(
            Origin::Body,
            "",
            "姓名：\n慕晓春\n1. 手机号码？\n补：139\n您已登记。\n我不去了\n职务：会计\n好",
        );
        for (place, block) in document.blocks.iter_mut().enumerate() {
            if let Block::Line(line) = block
                && place % 2 == 0
            {
                line.voice = Voice::Quoted;
            }
        }
        join(&mut document.blocks);
        assert_eq!(
            document.text().trim(),
            "姓名：慕晓春\n\n手机号码：139\n您已登记。\n我不去了\n职务：会计\n好"
        );
    }
}
