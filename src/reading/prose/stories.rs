//! Of whom only a story tells: somebody of the writer's people, for whom nobody wants anything.

use super::clauses::Clause;
use crate::reading::fact::Role;
use crate::reading::language::kin;
use crate::reading::language::text::{Text, cut, from, is_han, until};
use crate::reading::language::words::{contains, words};
use crate::reading::prose::Said;
use crate::reading::vocabulary::Item;

words! {
    /// By these something is wanted for whoever is named behind.
    ASKED = "替 帮 给 代 和 跟 与 同 带 把 让 加上 加 添 报 还有 另 也 都 推荐 派 换 由 叫上 拉上 取消 查 登记 名额";
    /// What is wanted for whoever is named before.
    WANTS = "报 参加 想 愿 要来 要去 也来 也去 去看 来看 登记 名额 一起 一同 一块 都 代表 监督员 名单 填的表 同去 来不了 去不了 不能 取消 改成 改为 换成 换人";
    /// Who is named before these does not come.
    AWAY = "来不了 去不了 不能来 不能去 来不成 去不成 在外地 在外打工";
    /// The writer and theirs.
    BOTH = "我们两 我们俩 我俩 我们夫妻 我们夫妇 我们一家 我们三 我们都 我们全家 我们父子 我们母女 我们姐妹 我们兄弟 我们老两口 两口子都 我们四 我们几";
    /// What is stated of whoever is put down.
    DATA = "身份证 电话 手机 号码 男 女 汉族 回族 没手机 没电话 无电话";
}

/// `三十年前我父亲刘德厚为办一张执照跑了四趟`: somebody of the writer's people of whom a story tells; nobody wants
/// anything for them.
pub(super) fn mark(text: &Text, clauses: &[Clause], found: &mut [Said]) {
    let folded = &text.folded;
    let mut told: Vec<usize> = Vec::new();
    for (at, name) in found.iter().enumerate() {
        let start = clauses.get(name.clause).map_or(0, |clause| clause.range.start);
        let before = cut(folded, start..name.range.start);
        let lead = before.trim_end_matches(['叫', '是', '名']);
        // （孩子同学家长在你们那上班，叫李芳）: a remark about somebody.
        let remark =
            until(folded, start).rfind(['（', '(']).filter(|_| lead.is_empty() && before == "叫");
        let remark =
            remark.map(|at| cut(folded, at..start)).filter(|text| !text.contains(['）', ')']));
        if remark.is_some_and(|text| kin::spoken_of(text) && !WANTS.found_in(text)) {
            told.push(at);
            continue;
        }
        if name.item != Item::Name || name.role != Role::Beneficiary || !kin::before(lead) {
            continue;
        }
        let behind = from(folded, name.range.end);
        // 孩子叫马子涵，我叫马国权，想参加: whose parent the writer is.
        let called = lead.len() < before.len();
        let goes_on = behind.trim_start_matches(['，', ',', ' ']);
        let parent = called
            && ["我叫", "我是", "本人"].iter().any(|lead| goes_on.starts_with(lead))
            && !spoken_for(folded);
        if parent {
            told.push(at);
            continue;
        }
        // Only where something is told: 我妈马秀莲 alone puts her down.
        let open = until(folded, start).trim_end().ends_with(['（', '(']);
        if !(open || behind.starts_with(is_han)) {
            continue;
        }
        let stop = ['。', '；', ';', '！', '!', '\n'];
        let sentence_start = until(folded, start).rfind(stop).unwrap_or(0);
        let sentence = until(behind, behind.find(stop).unwrap_or(behind.len()));
        // 我顾店，他看家: where somebody else becomes the subject, no more is said of them.
        let own = ["，我", "，就我", "，本人", "，俺", "，所以我"]
            .iter()
            .filter_map(|word| sentence.find(word))
            .min();
        let said = until(sentence, own.unwrap_or(sentence.len()));
        let data = behind.trim_start_matches(['，', ',', '（', '(', ' ', '：', ':']);
        let data = DATA.start(data).is_some() || data.starts_with(|c: char| c.is_ascii_digit());
        // 家里还有个弟弟王建民，这次来不了: nobody gives a place back, and he asks for none.
        let away = AWAY.found_in(said) && !given_back(folded) && !folded.contains("报了");
        let wanted = ASKED.found_in(before)
            || WANTS.found_in(said)
            || sentence.starts_with("来")
            || sentence.starts_with("去")
            || WANTS.found_in(cut(folded, sentence_start..start))
            || contains(cut(folded, sentence_start..start), &["替", "帮", "推荐"]);
        let errand = on_errand(behind) && !WANTS.found_in(said);
        let wanted = (wanted && !errand || BOTH.found_in(folded)) && !away;
        if !wanted && (!data || open) {
            told.push(at);
        }
    }
    for at in told {
        if let Some(name) = found.get_mut(at) {
            name.role = Role::Related;
        }
    }
}

/// `给老伴张怀德办备案，跑了三趟`: what was done for them once, where the sentence goes on with none of their data.
fn on_errand(behind: &str) -> bool {
    let sentence = until(behind, behind.find(['。', '\n']).unwrap_or(behind.len()));
    let mut parts = sentence.split(['，', ',', '（', '(']).skip(1);
    behind.starts_with(['办', '看', '取', '交', '领', '补', '开', '买'])
        && !parts.any(|part| DATA.start(part.trim()).is_some())
}

/// `替我妈报`, `给我儿子也报一个`: somebody of the writer's is put down.
fn spoken_for(folded: &str) -> bool {
    ["替", "帮", "给", "为", "代", "和", "跟", "带"].iter().any(|verb| {
        folded.match_indices(verb).any(|(at, _)| {
            let rest = from(folded, at + verb.len());
            kin::first(rest.trim_start_matches('我')).is_some() || rest.starts_with(['他', '她'])
        })
    })
}

/// Whose place is given back is concerned, though they are gone.
pub(super) fn given_back(folded: &str) -> bool {
    contains(folded, &["取消", "撤", "换", "名额", "删", "去掉", "划掉", "销"])
}
