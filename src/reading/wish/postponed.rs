//! Wishes that are put off: until something is settled, until somebody has asked, until later.

use crate::reading::language::text::{from, is_han, until};
use crate::reading::language::words::words;

words! {
    /// What is waited for before anything is done.
    WAITS = "定 好 下来 后 商量 考虑 了解 清楚 看看 问";
    /// Somebody else is not put down, or not yet.
    SPARED = "不用给他报 不用给她报 先不给他报 先不给她报 不用报他 不用报她 先不报他 先不报她 先别报他 先别报她 先别给他报 先别给她报 别给他报 别给她报 再给他报 再给她报 再替他报 再替她报 再报他 再报她";
    /// What is done only then.
    THEN = "报 统一 发 填 定 决定 答复 回复 告诉 说 联系 登记 申请";
}

/// `确定后我们再统一报`, `商量好了再告诉你们`: nothing is asked for yet.
#[must_use]
pub(super) fn decides_later(sentence: &str) -> bool {
    sentence.match_indices('再').any(|(at, again)| {
        let clause = until(sentence, at).rsplit(['，', ',', '；']).next().unwrap_or("");
        let near = clause.char_indices().rev().nth(9).map_or(clause, |(at, _)| from(clause, at));
        // 要是允许，我们再正式报.
        let all = until(sentence, at);
        let supposed = ["要是", "如果", "若", "假如", "能的话", "可以的话", "行的话", "成的话"]
            .iter()
            .any(|word| all.contains(word));
        let rest = from(sentence, at + again.len());
        let rest = ["给你们", "给您", "给你", "向你们", "跟你们", "来"]
            .iter()
            .find_map(|whom| rest.strip_prefix(whom))
            .unwrap_or(rest);
        let later = ["正式报", "报名", "填表", "填报", "发报名", "交表"];
        // 能行的话我回头再给您报.
        let puts_off = ["回头", "过后", "过两天", "过几天", "到时", "以后", "之后", "改天"]
            .iter()
            .any(|word| near.contains(word));
        let bare = rest
            .strip_prefix('报')
            .is_some_and(|rest| !rest.starts_with(is_han) || rest.starts_with('名'));
        if (supposed || puts_off) && bare {
            return true;
        }
        // 如果可以，我再把他的材料填好发过来.
        // 行的话我再发她的信息, 要是可以，我再把他的身份证和电话发给你们.
        let papers = sends_later(rest);
        // 行的话我们再照规矩报名: the writer will, and asks nobody to do it.
        let tail = rest.split(['，', ',', '；', '。', '！', '？']).next().unwrap_or("");
        let own = near.contains('我')
            && tail.ends_with("报名")
            && tail.chars().nth(8).is_none()
            && !tail.contains(['给', '帮', '把', '替', '让']);
        if supposed && (papers || own || later.iter().any(|word| rest.starts_with(word))) {
            return true;
        }
        let waits =
            ["定", "商量", "考虑", "想好", "了解", "问清", "弄清", "问明白", "弄明白", "问好"];
        THEN.start(rest).is_some()
            && WAITS.found_in(near)
            && waits.iter().any(|word| near.contains(word))
            && !near.contains(['请', '您', '你'])
    })
}

words! {
    /// What tells of somebody in a registration.
    PAPERS = "材料 资料 信息 身份证 电话 号码 情况 表";
    /// Verbs of handing it in.
    SENDS = "发 报 填 寄 交 传 补 提供 告诉 给你 给您";
}

/// `把他的身份证和电话发给你们`, `发她的信息`: the data of somebody are to follow.
fn sends_later(rest: &str) -> bool {
    let tail = rest.split(['，', ',', '；', '。', '！', '？']).next().unwrap_or("");
    let begins = tail.starts_with('把') && SENDS.found_in(tail) || SENDS.start(tail).is_some();
    begins && PAPERS.found_in(tail)
}

/// `老周也想来，他说等你们定下来再看`: somebody else has not made up their mind.
#[must_use]
pub(super) fn others_waver(sentence: &str) -> bool {
    let clauses = sentence.split(['，', ',', '；', '：', ':']);
    let mut subject =
        clauses.rev().filter_map(|clause| match clause.trim_start().chars().next()? {
            '他' | '她' => Some(true),
            '我' | '俺' | '本' | '咱' => Some(false),
            _ => None,
        });
    subject.next().unwrap_or(false) || spares_other(sentence)
}

/// `先不用给她报，问清楚再说`, `行的话我再给他报`: what waits is the wish for somebody else.
#[must_use]
pub(crate) fn spares_other(sentence: &str) -> bool {
    SPARED.spans(sentence).any(|(_, end)| {
        !from(sentence, end).starts_with(['一', '个', '群', '监', '企', '上', '登'])
    }) && (!sentence.contains('再')
        || decides_later(sentence)
        || sentence.contains(['先', '别', '不']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_for_something_asks_for_nothing_yet() {
        for said in [
            "确定后我们再统一报",
            "如果可以的话我和他商量以后再给你们报名",
            "能行的话我回头再给您报",
            "要是允许，我们再正式报",
            "如果这个年纪可以，我再把他的材料填好发过来",
            "您先给个说法，行的话我们再照规矩报名",
            "问明白了我再定报不报",
            "要是可以，我再把他的身份证和电话发给你们",
            "可以的话我再发她的信息",
        ] {
            assert!(decides_later(said), "{said}");
        }
        for said in ["我再报一个人", "如果还有名额，再给我父亲报一个"] {
            assert!(!decides_later(said), "{said}");
        }
        assert!(others_waver("隔壁的老周也想来，他说等你们定下来再看"));
        assert!(!others_waver("他让我问问，我还没想好"));
    }
}
