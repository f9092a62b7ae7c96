//! What part the people named in a sentence have: who stays, who is spoken to, who is praised, whose name is told twice.

use super::behind_name::{DECLINES, GONE, MEANT, PRAISED, STAYS, WRITES, alone_puts_down};
use super::clauses::Clause;
use super::stories;
use crate::reading::fact::{Force, Role};
use crate::reading::language::kin;
use crate::reading::language::number_words::FIND_ME;
use crate::reading::language::text::{Text, cut, from, until};
use crate::reading::language::words::{contains, words};
use crate::reading::prose::Said;
use crate::reading::values::names;
use crate::reading::values::posts;
use crate::reading::vocabulary::Item;

words! {
    /// What somebody does for the writer who asks for themselves.
    ON_WRITER = "同意我 批准我 支持我 派我 安排我 允许我 推荐我 介绍我 叫我 让我 喊我 告诉我 跟我说 给我说 鼓励我 动员我 建议我 劝我 带我 发给我 转给我 转发给我 通知我 帮我填 帮我弄 帮我写 \
        教我 推荐的我 介绍给我 拉我";
    /// What somebody does who vouches for another.
    VOUCHES = "可以证明 能证明 可证明 可以作证 可作证 能作证 了解我 认识我 熟悉我 可以担保 可以核实 可核实";
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
    /// The text is a heading.
    pub heading: bool,
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
        if numbers_letter(self.behind()) {
            return true;
        }
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

    /// `—— 姑姑 杨秀兰`: signed, whatever they are to the person; nobody signs in a subject (`报名--杨树林`).
    fn behind_dash(&self, before: &str) -> bool {
        let start = self.clauses.get(self.order).map_or(0, |clause| clause.range.start) + self.at;
        let ahead = until(&self.text.folded, start).trim_end();
        let ahead = ahead.strip_suffix(before).unwrap_or(ahead).trim_end();
        !self.heading
            && self.behind().is_empty()
            && (ahead.ends_with("——") || ahead.ends_with("--"))
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

/// `马中函〔2021〕9号`: behind the word by which an office counts its letters.
fn numbers_letter(behind: &str) -> bool {
    let Some(rest) = behind.strip_prefix(['〔', '［', '[', '【', '（', '(']) else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = rest.strip_prefix(['〕', '］', ']', '】', '）', ')']).unwrap_or("").trim_start();
    let number = number.strip_prefix('第').unwrap_or(number);
    number.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('号')
        && number.starts_with(|c: char| c.is_ascii_digit())
}

/// `杨六十（名字就叫六十）`: the same person.
#[must_use]
pub(super) fn is_again(found: &[Said], value: &str) -> bool {
    let mut names = found.iter().filter(|one| one.item == Item::Name);
    names.any(|one| one.value != value && one.value.ends_with(value))
}

/// `我是副主任，主任是杨志刚`: who holds the post that the writer does not hold is only named.
fn holds_other_post(text: &Text, clauses: &[Clause], name: &Said) -> bool {
    let said = |clause: &Clause| cut(&text.folded, clause.range.clone());
    let Some(here) = clauses.get(name.clause) else { return false };
    let before = cut(&text.folded, here.range.start..name.range.start);
    let before = kin::last(before).and_then(|kin| before.strip_suffix(kin)).unwrap_or(before);
    let before = before.trim_end_matches('我');
    let Some(post) = before.strip_suffix(['是', '叫']) else { return false };
    let own = ["我是", "我叫", "我不是", "本人是", "我就是"];
    let speaks = clauses.iter().map(said).any(|clause| {
        own.iter().any(|lead| clause.starts_with(lead)) && !clause.contains(&name.value)
    });
    let next = from(&text.folded, here.range.end).trim_start_matches(['，', ',', '（', '(', ' ']);
    let told = next.starts_with(|c: char| c.is_ascii_digit() || "电手身男女他她".contains(c));
    speaks
        && posts::is_post(post)
        && !contains(post, &["的", "派", "推荐", "本人", "我是"])
        && name.range.end == here.range.end
        && !told
        && !contains(&text.folded, &["替", "帮我们", "帮他", "帮她", "推荐", "派", "给我们"])
}

/// Gives those who are only spoken to, praised or left as they are their part.
pub(super) fn settle(text: &Text, clauses: &[Clause], found: &mut Vec<Said>) {
    found.retain(|name| name.role == Role::Writer || !holds_other_post(text, clauses, name));
    titles(text, found);
    let speaks = found.iter().any(|one| one.item == Item::Name && one.role == Role::Writer);
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
            || name.role == Role::Listed && speaks && asked_to_help(after)
            || praised(until(&text.folded, name.range.start), after, name.role)
        {
            name.role = Role::Contact;
        }
    }
    stories::mark(text, clauses, found);
    stay(text, clauses, found);
    single_out(text, found);
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
    until(rest, rest.find(['，', ',', '。', '；', '！', '？', '?', '\n']).unwrap_or(rest.len()))
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
            DECLINES.found_in(rest)
                || alone_puts_down(rest)
                || GONE.start(rest).is_some() && !stories::given_back(&text.folded)
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
        || title.is_some() && asked_to_help(rest)
        || title.is_some() && marks.is_empty() && rest.starts_with(['：', ':'])
}

/// `海军，你帮我把名报上，我叫…`: who is asked to help whoever writes.
pub(super) fn asked_to_help(after: &str) -> bool {
    let rest = after.trim_start_matches(['，', ',', '：', ':', '！', ' ']);
    let asks = ["麻烦你", "麻烦您", "劳烦你", "劳烦您", "请你", "请您", "烦你", "你", "您"];
    let said = asks.iter().find_map(|lead| rest.strip_prefix(lead));
    rest.len() < after.len()
        && said.is_some_and(|said| {
            let verbs = ["帮", "给", "替", "把", "跟", "转", "代", "看", "说"];
            verbs.iter().any(|verb| said.starts_with(verb))
        })
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
