//! One of several who were put down, singled out from among them: `其中马玉虎把脚扭了，他不来了`.

use super::clauses::Clause;
use crate::reading::language::text::{Text, cut, from, until};
use crate::reading::language::words::words;

words! {
    /// From among those who were named or counted.
    AMONG = "其中 这里头 那里头 里头 里面 里边 当中 之中";
    /// Who does not come.
    STAYS_AWAY = "不来了 不去了 来不了 去不了 来不成 去不成 走不成 不参加 参加不了 不能来 不能去 不能参加 没法来 没法去";
}

/// Directly behind such a word, or at the beginning of the clause behind `报的五个人里`, where the sentence goes on with
/// who stays away: whatever happened to them stands behind the name.
pub(super) fn singled(text: &Text, clauses: &[Clause], order: usize, at: usize) -> bool {
    let Some(here) = clauses.get(order) else { return false };
    let before = cut(&text.folded, here.range.start..here.range.start + at);
    let counted = || {
        let last = order.checked_sub(1).and_then(|order| clauses.get(order));
        last.is_some_and(|last| counts(cut(&text.folded, last.range.clone())))
    };
    let led =
        if before.is_empty() { counted() } else { AMONG.end(before).is_some() || counts(before) };
    led && {
        let rest = from(&text.folded, here.range.start + at);
        let rest = until(rest, rest.find(['。', '；', '！', '\n']).unwrap_or(rest.len()));
        STAYS_AWAY.found_in(rest)
    }
}

/// `我们厂报的五个人里`, `上次报的名单里`, `报的四个群众代表当中`.
fn counts(clause: &str) -> bool {
    let bare = AMONG.end(clause).or_else(|| clause.ends_with(['里', '中']).then_some("里"));
    bare.is_some_and(|word| {
        let told = until(clause, clause.len() - word.len());
        let several = ["人", "个", "位", "名", "名单"].iter().any(|unit| told.ends_with(unit));
        several || told.contains(['报', '派']) && told.contains(['个', '位', '名', '人'])
    })
}
