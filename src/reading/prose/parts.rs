//! What part the people named in a sentence have: who stays, who is spoken to, who is praised, whose name is told twice.

use super::behind_name::{DECLINES, GONE, MEANT, PRAISED, STAYS, WRITES};
use super::clauses::Clause;
use crate::reading::fact::{Force, Role};
use crate::reading::language::kin;
use crate::reading::language::number_words::FIND_ME;
use crate::reading::language::text::{Text, cut, from, is_han, until};
use crate::reading::language::words::{contains, words};
use crate::reading::prose::Said;
use crate::reading::values::names;
use crate::reading::vocabulary::Item;

words! {
    /// By these something is wanted for whoever is named behind.
    ASKED = "替 帮 给 代 和 跟 与 同 带 把 让 加上 加 添 报 还有 另 也 都 推荐 派 换 由 叫上 拉上 取消 查 登记 名额";
    /// What is wanted for whoever is named before.
    WANTS = "报 参加 想 愿 要来 要去 也来 也去 去看 来看 登记 名额 一起 一同 一块 都 代表 监督员 名单 填的表 同去 来不了 去不了 不能 取消 改成 改为 换成 换人";
    /// Who is named before these does not come.
    AWAY = "来不了 去不了 不能来 不能去 来不成 去不成 在外地 在外打工";
    /// What somebody does for the writer who asks for themselves.
    ON_WRITER = "同意我 批准我 支持我 派我 安排我 允许我 推荐我 介绍我 叫我 让我 喊我 告诉我 跟我说 给我说 鼓励我 动员我 建议我 劝我 带我 发给我 转给我 转发给我 通知我 帮我填 帮我弄 帮我写 \
        教我 推荐的我 介绍给我 拉我";
    /// What somebody does who vouches for another.
    VOUCHES = "可以证明 能证明 可证明 可以作证 可作证 能作证 了解我 认识我 熟悉我 可以担保 可以核实 可核实";
    /// The writer and theirs.
    BOTH = "我们两 我们俩 我俩 我们夫妻 我们夫妇 我们一家 我们三 我们都 我们全家 我们父子 我们母女 我们姐妹 我们兄弟 我们老两口 两口子都 我们四 我们几";
    /// What is stated of whoever is put down.
    DATA = "身份证 电话 手机 号码 男 女 汉族 回族 没手机 没电话 无电话";
}

/// Where a name stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub text: &'a Text,
    pub clauses: &'a [Clause],
    /// Which clause.
    pub order: usize,
    /// Where in the clause it begins, in bytes.
    pub at: usize,
    /// Where in the clause it ends.
    pub end: usize,
}

impl<'a> Place<'a> {
    fn clause(&self) -> &'a str {
        let clause = self.clauses.get(self.order);
        clause.map_or("", |clause| cut(&self.text.folded, clause.range.clone()))
    }

    /// What follows the name in the text.
    fn behind(&self) -> &'a str {
        let start = self.clauses.get(self.order).map_or(0, |clause| clause.range.start);
        from(&self.text.folded, start + self.end).trim_start()
    }

    /// `我管加工，他管销售`: no name without a bracket or a number behind it, where the writer is named already.
    pub(crate) fn no_name(&self, found: &[Said]) -> bool {
        let before = until(self.clause(), self.at);
        if before.ends_with("不是") && !before.ends_with("是不是") {
            return true;
        }
        matches!(until(self.clause(), self.at), "我" | "俺" | "额")
            && self.behind().starts_with(['，', ',', '。', '；'])
            && found.iter().any(|said| said.role == Role::Writer)
    }

    /// The part of the name, after all that stands around it. `before`: the word before the clause.
    pub(crate) fn part(&self, role: Role, before: &str) -> Role {
        // 女儿马晓晨（139…）: more is told of her.
        let told = self
            .behind()
            .trim_start_matches(['（', '(', '，', ','])
            .starts_with(|c: char| c.is_ascii_digit() || "电手身男女没无".contains(c));
        // 女儿 杨丽: a younger relative signs. 侄女 蒙佳欣 女 193…: one of a list.
        if kin::signs(before) && role == Role::Listed && !told {
            return Role::Related;
        }
        if role == Role::Related && told && kin::before(until(self.clause(), self.at)) {
            return Role::Beneficiary;
        }
        let start = self.clauses.get(self.order).map_or(0, |clause| clause.range.start) + self.at;
        if super::alone::byname(until(&self.text.folded, start)) {
            return Role::Contact;
        }
        let signs = ["签字）", "签名）", "签章）", "盖章）", "签字)", "签名)", "签章)", "盖章)"];
        let signs =
            signs.iter().any(|end| self.behind().trim_start_matches(['（', '(']).starts_with(end));
        if role == Role::Listed && (self.behind_dash(before) || signs) {
            return Role::SignOff;
        }
        let me = ["（我）", "(我)", "（本人）", "(本人)"]
            .iter()
            .any(|mark| self.behind().starts_with(mark));
        if role == Role::Listed && (me || self.me() || self.introduced()) {
            Role::Writer
        } else {
            role
        }
    }

    /// `—— 姑姑 杨秀兰`: signed, whatever they are to the person.
    fn behind_dash(&self, before: &str) -> bool {
        let start = self.clauses.get(self.order).map_or(0, |clause| clause.range.start) + self.at;
        let ahead = until(&self.text.folded, start).trim_end();
        let ahead = ahead.strip_suffix(before).unwrap_or(ahead).trim_end();
        self.behind().is_empty() && (ahead.ends_with("——") || ahead.ends_with("--"))
    }

    /// `我是某小学四（2）班班主任李亚楠（139…）`: the bracket does not end who introduces themselves.
    fn introduced(&self) -> bool {
        let start = self.clauses.get(self.order).map_or(0, |clause| clause.range.start) + self.at;
        let before = until(&self.text.folded, start);
        let sentence = before.rsplit(['。', '！', '；', '，', ',', '!', '\n']).next().unwrap_or("");
        sentence.starts_with("我是")
            && sentence.contains(['（', '('])
            && !sentence.contains(['、', '：'])
            && self.at > 0
    }

    /// `一个是我本人，社长马众兴`.
    fn me(&self) -> bool {
        let (Some(last), Some(this)) = (
            self.order.checked_sub(1).and_then(|order| self.clauses.get(order)),
            self.clauses.get(self.order),
        ) else {
            return false;
        };
        let words = cut(&self.text.folded, last.range.clone());
        let apart = cut(&self.text.folded, last.range.end..this.range.start);
        // 我（柳文斌）和同事
        let named = matches!(words, "我" | "本人") && apart.trim_start().starts_with(['（', '(']);
        (named || ["我本人", "是我", "是本人"].iter().any(|end| words.ends_with(end)))
            && !apart.contains(['。', '；', '！'])
    }
}

/// `杨六十（名字就叫六十）`: the same person.
#[must_use]
pub(super) fn is_again(found: &[Said], value: &str) -> bool {
    let mut names = found.iter().filter(|one| one.item == Item::Name);
    names.any(|one| one.value != value && one.value.ends_with(value))
}

/// Gives those who are only spoken to, praised or left as they are their part.
pub(super) fn settle(text: &Text, clauses: &[Clause], found: &mut Vec<Said>) {
    titles(text, found);
    for name in found.iter_mut().filter(|said| said.item == Item::Name) {
        let after = from(&text.folded, name.range.end);
        let before = until(&text.folded, name.range.start).trim_end_matches([' ', '：', ':']);
        if name.role == Role::Listed && FIND_ME.end(before).is_some() {
            name.role = Role::Writer;
        }
        let signs = name.role == Role::Listed && WRITES.start(after.trim_start()).is_some();
        if signs
            || name.role != Role::Writer && acts_on_writer(behind_bracket(text, name))
            || addressed(after)
            || praised(until(&text.folded, name.range.start), after, name.role)
        {
            name.role = Role::Contact;
        }
    }
    told_of(text, clauses, found);
    stay(text, clauses, found);
    single_out(text, found);
}

/// `三十年前我父亲刘德厚为办一张执照跑了四趟`: somebody of the writer's people of whom a story tells; nobody wants
/// anything for them.
fn told_of(text: &Text, clauses: &[Clause], found: &mut [Said]) {
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
        // 给老伴张怀德办备案，跑了三趟: what was done for them once.
        let errand = behind.starts_with(['办', '看', '取', '交', '领', '补', '开', '买'])
            && !WANTS.found_in(said)
            && !data_near(behind);
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

/// Whether the sentence goes on with somebody's own data.
fn data_near(behind: &str) -> bool {
    let sentence = until(behind, behind.find(['。', '\n']).unwrap_or(behind.len()));
    sentence.split(['，', ',', '（', '(']).skip(1).any(|part| DATA.start(part.trim()).is_some())
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

/// `报了四人（甲、乙、丙、丁），请查丁是否登记`: who is named once more with what is wanted is meant, not the others of
/// the list.
fn single_out(text: &Text, found: &mut [Said]) {
    let name = |said: &Said| said.item == Item::Name && said.role != Role::Contact;
    let again: Vec<String> = found
        .iter()
        .enumerate()
        .filter(|(at, one)| {
            let rest = from(&text.folded, one.range.end);
            let clause =
                until(rest, rest.find(['，', '。', '；', '？', '！']).unwrap_or(rest.len()));
            let listed =
                found.iter().take(*at).any(|other| name(other) && other.value == one.value);
            name(one) && !one.joined && listed && MEANT.found_in(clause)
        })
        .map(|(_, one)| one.value.clone())
        .collect();
    if again.is_empty() {
        return;
    }
    let joined: Vec<bool> = found.iter().map(|one| one.joined).collect();
    for at in 0..found.len() {
        let row = joined.get(at).copied().unwrap_or(false)
            || joined.get(at + 1).copied().unwrap_or(false);
        if let Some(one) = found.get_mut(at).filter(|one| name(one) && row)
            && !again.contains(&one.value)
            && one.role == Role::Listed
        {
            one.role = Role::Beside;
        }
    }
}

/// What is said behind a name, a bracket that tells of them left out.
fn behind_bracket<'t>(text: &'t Text, name: &Said) -> &'t str {
    let behind = from(&text.folded, name.range.end);
    let open = behind.starts_with(['（', '(']).then(|| behind.find(['）', ')'])).flatten();
    let rest = from(behind, open.unwrap_or(0)).trim_start_matches(['）', ')']);
    until(rest, rest.find(['，', ',', '。', '；', '！', '\n']).unwrap_or(rest.len()))
}

/// `刘慧老师也推荐我来看看`, `村支书李宏亮（139…）可以证明`: who does something for the writer, who asks for themselves.
fn acts_on_writer(said: &str) -> bool {
    let others = [
        "替他",
        "替她",
        "代他",
        "代她",
        "帮他",
        "帮她",
        "给他",
        "给她",
        "一起",
        "和我",
        "跟我一",
        "我们",
        "也报",
        "也想",
    ];
    (ON_WRITER.found_in(said) || VOUCHES.found_in(said)) && !contains(said, &others)
}

/// `窗口上的马玉兰同志特别耐心`: somebody at the counter is thanked.
fn praised(before: &str, after: &str, role: Role) -> bool {
    let bare = before.trim_end_matches(['的', '上', '里']);
    let counter = ["窗口", "大厅", "工作人员", "感谢", "谢谢", "表扬"];
    let clause = until(after, after.find(['，', '。', '；', '！']).unwrap_or(after.len()));
    role != Role::Writer && counter.iter().any(|word| bare.ends_with(word))
        || role == Role::Listed && PRAISED.found_in(clause)
}

/// `钮军不能参加，贝红和闵强照常参加`: of those who come all the same nothing is wanted.
fn stay(text: &Text, clauses: &[Clause], found: &mut [Said]) {
    let mut joined = false;
    let mut next = text.folded.len();
    let mut staying: Vec<String> = Vec::new();
    for name in found.iter_mut().rev().filter(|said| said.item == Item::Name) {
        // What is said behind the next name is not said of this one.
        let rest = cut(&text.folded, name.range.end..next.max(name.range.end));
        next = name.range.start;
        let sentence = rest.find(['。', '；', ';', '！', '\n']).unwrap_or(rest.len());
        let declines = rest.get(..sentence).is_some_and(|rest| {
            DECLINES.found_in(rest) || GONE.start(rest).is_some() && !given_back(&text.folded)
        });
        let stays = joined || declines || STAYS.found_in(said_of(text, clauses, name));
        if stays {
            name.role = Role::Contact;
            staying.push(name.value.clone());
        }
        joined = stays && name.joined;
    }
    // 李国军、马小明中，…，李国军不变.
    for name in found.iter_mut().filter(|name| staying.contains(&name.value)) {
        name.role = Role::Contact;
    }
}

/// Whose place is given back is concerned, though they are gone.
fn given_back(folded: &str) -> bool {
    contains(folded, &["取消", "撤", "换", "名额", "删", "去掉", "划掉", "销"])
}

/// What a clause says behind a name; behind a bracket, what is said of those in it.
fn said_of<'t>(text: &'t Text, clauses: &[Clause], name: &Said) -> &'t str {
    let end = clauses.get(name.clause).map_or(name.range.end, |clause| clause.range.end);
    let behind = from(&text.folded, end);
    let more = if behind.starts_with(['）', ')']) {
        behind.find(['，', ',', '。', '；']).unwrap_or(behind.len())
    } else {
        0
    };
    cut(&text.folded, name.range.end..end + more)
}

/// `马晓红同志，你好！`, `马主任：`: who is spoken to.
fn addressed(after: &str) -> bool {
    let title =
        names::TITLES.iter().filter(|title| after.starts_with(**title)).max_by_key(|t| t.len());
    let rest = from(after, title.map_or(0, |title| title.len())).trim_start();
    let marks = rest.trim_start_matches(['：', ':', '，', ',', '、', ' ']);
    title.is_some() && ["收", "亲启", "启", "钧鉴"].contains(&rest)
        || marks.starts_with("您好")
        || marks.starts_with("你好")
        || title.is_some() && marks.is_empty() && rest.starts_with(['：', ':'])
}

/// 女士 and 先生 behind a name state the sex.
fn titles(text: &Text, found: &mut Vec<Said>) {
    let mut more = Vec::new();
    for name in found.iter() {
        let after = from(&text.folded, name.range.end).trim_start();
        let sex = if after.starts_with("女士") || after.starts_with("小姐") {
            "女"
        } else if after.starts_with("先生") {
            "男"
        } else {
            continue;
        };
        let range = name.range.end..name.range.end + 6;
        more.push(Said {
            joined: false,
            item: Item::Gender,
            value: sex.to_owned(),
            wrong: false,
            force: Force::Prose,
            role: Role::Listed,
            range,
            clause: name.clause,
        });
    }
    found.extend(more);
}
