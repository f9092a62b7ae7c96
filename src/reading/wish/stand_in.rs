//! The writer comes in the place of one of whom the mail says that they are registered.

use crate::reading::language::kin;
use crate::reading::language::text::{from, until};
use crate::reading::language::words::words;

words! {
    /// What is said of somebody who is registered.
    REGISTERED = "报了名 报过名 报名了 报的名 报上了 报上名 报好了 登记了 登记过 登记上 报过了";
    /// Standing in for them.
    IN_THEIR_PLACE = "替他 替她 代他 代她 顶他 顶她 替我爸 替我妈 顶上 顶替 顶一下 接替";
    /// What whoever does so does.
    GOES = "去 来 参加 出席 到场 跑一趟 吧 行 一下";
    /// Nothing is settled.
    OPEN = "如果 要是 万一 若 假如 能不能 可不可以 能否 可否 不用 不让 没法 不能";
}

/// `我丈夫上周报了名，刚接到活，让我替他去`, `我媳妇何雪琴报的名，她要照看孩子，由我顶上`.
#[must_use]
pub(super) fn takes_their_place(text: &str) -> bool {
    let clauses = || text.split(['，', ',', '。', '；', ';', '！', '!', '\n']).map(str::trim);
    let Some(told) = clauses().position(of_another) else { return false };
    clauses().skip(told + 1).any(stands_in)
}

/// `我们店长刘芳上周报了名`: somebody else than the writer is registered.
fn of_another(clause: &str) -> bool {
    REGISTERED.first(clause).is_some_and(|at| {
        let who = until(clause, at);
        let own = who.starts_with(['我', '俺']) && !who.starts_with("我们");
        let theirs = who.contains(['他', '她', '替', '给', '帮']) || kin::spoken_of(who);
        !OPEN.found_in(clause) && (theirs || !own && who.chars().nth(2).is_some())
    })
}

/// `让我替他去`, `由我顶上`, `我替他去`.
fn stands_in(clause: &str) -> bool {
    IN_THEIR_PLACE.spans(clause).any(|(at, end)| {
        let rest = from(clause, end);
        until(clause, at).contains(['我', '俺'])
            && !OPEN.found_in(clause)
            && (rest.is_empty()
                || GOES.start(rest).is_some_and(|goes| !errand(from(rest, goes.len()))))
    })
}

/// `我替他去问一下`: what somebody goes for, who takes nobody's place.
fn errand(rest: &str) -> bool {
    rest.starts_with(['问', '查', '说', '取', '交', '领', '填', '拿', '办', '报', '送', '信', '打'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_stands_in_for_somebody_registered_takes_their_place() {
        assert!(takes_their_place(
            "我丈夫李文军上周报了名，刚接到活，让我替他去，行的话就不用回信了"
        ));
        assert!(takes_their_place("我们店长刘芳上周报了名，那天要盘点，派我代她去，可以吗"));
        assert!(takes_their_place("我儿子王涛报上了，厂里不准假，我替他去。"));
        assert!(!takes_their_place("我丈夫想报名，让我替他报"));
        assert!(!takes_their_place("我丈夫报了名，他听不清，我替他来问一下几点开始"));
        assert!(!takes_their_place("我丈夫报了名，要是他去不了，能不能我替他去"));
        assert!(!takes_their_place("我上周报了名，我爸那份也由我替他填"));
    }
}
