//! A category that is refused behind its name: `监督员咱当不了`.

use super::categories::Mention;
use crate::reading::language::text::{cut, from, until};
use crate::reading::language::words::words;

words! {
    /// Behind it: it is not asked for.
    NO_MORE = "就算了 要求高 怕不行 怕不够 不够格 不合适 不适合 不敢当 轮不到 免了 就不 当不 干不 做不 报不 担不 胜任不 不报 不当 不干 不做 不考虑 不选 不要";
}

/// `监督员咱当不了`, `监督员太忙了就不报了`, and not `监督员能不能报`.
#[must_use]
pub(crate) fn refused(own: &str, mention: &Mention<'_>, all: &[Mention<'_>]) -> bool {
    let marks = ['，', ',', '。', '；', ';', '！', '\n'];
    let next = all.iter().map(|one| one.start).filter(|start| *start >= mention.end).min();
    let after = cut(own, mention.end..next.unwrap_or(own.len()));
    let after = after.trim_start_matches(['，', ',', ' ', '吧', '呢', '嘛']);
    let clause = after.split(marks).next().unwrap_or("");
    let asks = clause.ends_with(['?', '？', '吗']) || asks_whether(clause);
    // 先报监督员，报不上就群众代表: what is asked for first.
    let gets_none = |end: usize| from(clause, end).starts_with('上');
    !asks
        && NO_MORE
            .spans(clause)
            .any(|(at, end)| !gets_none(end) && until(clause, at).chars().count() <= REASON)
}

/// `能不能`, `要不要`.
fn asks_whether(clause: &str) -> bool {
    clause.match_indices('不').any(|(at, no)| {
        let last = until(clause, at).chars().next_back();
        last.is_some() && last == from(clause, at + no.len()).chars().next()
    })
}

/// Why it is refused takes no more characters: `监督员责任大我就不当了`.
const REASON: usize = 6;
