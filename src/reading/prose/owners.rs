//! The numbers of a sentence, and whose they are.

use std::ops::Range;

use super::alone;
use super::clauses::Clause;
use crate::reading::fact::{Force, Role};
use crate::reading::language::dialect;
use crate::reading::language::kin;
use crate::reading::language::number_words;
use crate::reading::language::text::{Text, cut, from, until};
use crate::reading::language::words::words;
use crate::reading::prose::Said;
use crate::reading::values::digits::{self, Number};
use crate::reading::values::names;
use crate::reading::vocabulary::Item;

words! {
    /// What is done where a number is not answered.
    UNREACHED = "就 打 请 可 找 联系 再 换 拨 发 麻烦";
    /// By these a number is taken back.
    TAKEN_BACK = "啊 哦 呀 哎 哎呀 唉 诶 噢 不 对 不对 错 错了 写错了 打错了 说错了 记错了 输错了 填错了 按错了";
    /// Words that speak of a number, before what is said of it.
    OF_NUMBERS = "那个 这个 那张 这张 那 这 该 此 手机号 号码 手机 电话 号 卡 现在 现已 已经 已 早就 早 都 就 的 我";
}

/// Numbers cross blanks and hyphens, so they are sought in the whole text at once.
pub(super) fn numbers(text: &Text, clauses: &[Clause]) -> Vec<Said> {
    let mut said = Vec::new();
    for found in digits::find(&text.shown) {
        let before: String =
            until(&text.folded, found.range.start).chars().rev().take(10).collect();
        let before: String = before.chars().rev().collect();
        let last = before
            .rsplit(['，', ',', '。', '；', ';', ' ', '、'])
            .find(|part| !part.trim().is_empty())
            .unwrap_or("");
        let after =
            from(&text.folded, found.range.end).trim_start_matches(['的', '已', '经', '号']);
        // 不是门头上那个186…，那是店长的; 139…好像是她电话.
        let theirs = number_words::THEIRS.start(after.trim_start_matches(['，', ',', ' ']));
        // 微信手机一个号，182…
        let both = last.contains("微信") && (last.contains("手机") || last.contains("电话"));
        let denied = number_words::NO_PHONES.found_in(last) && !both
            || last.trim_start().starts_with("不是")
                && !last.contains(['?', '？', '没'])
                && last.chars().nth(16).is_none();
        if denied || theirs.is_some() || out_of_use(after) {
            continue;
        }
        let (item, value, wrong) = match found.number {
            Number::Mobile(number) | Number::Landline(number) => (Item::Phone, number, false),
            Number::Id(number) => (Item::IdNumber, number, false),
            Number::WrongId(_, fault) => (Item::IdNumber, fault.describe(), true),
            Number::WrongMobile(number) => {
                let named =
                    ["电话", "手机", "号码", "联系"].iter().any(|word| before.contains(word));
                if !named {
                    continue;
                }
                (Item::Phone, format!("电话“{number}”有{}位，不是有效号码", number.len()), true)
            }
            Number::Masked => continue,
        };
        // 千万别打错字 speaks of typing.
        let told = ["别打", "不要打", "勿打", "不用打"]
            .iter()
            .any(|word| before.split_once(word).is_some_and(|(_, rest)| !rest.starts_with('错')));
        let other = number_words::OTHERS_PHONES.found_in(&before)
            || told
            || of_family(last, until(&text.folded, found.range.start))
            || second_best(until(&text.folded, found.range.start))
            || of_kin(after)
            || forbidden(from(&text.folded, found.range.end))
            || in_reserve(&text.folded, found.range.clone())
            || of_post(last)
            || of_duty_room(last)
            || of_service(&before)
            || alone::by_nickname(last, &before)
            || through_another(&text.folded, found.range.start);
        let bare = last.trim_end_matches([':', '：', '是', '号', ' ', '（', '(']);
        let role =
            if other { Role::Contact } else { whose(&text.folded, found.range.start, bare, after) };
        let end = found.range.end;
        said.push(Said {
            joined: false,
            item,
            value,
            wrong,
            force: Force::Prose,
            role,
            range: found.range,
            clause: clauses.iter().position(|clause| clause.range.end >= end).unwrap_or(0),
        });
    }
    said
}

/// `公司值班室 0954-3016600`: where somebody can be reached, and nobody in particular.
fn of_duty_room(last: &str) -> bool {
    let rooms = ["值班室", "传达室", "门卫室", "值班电话", "值班"];
    rooms.iter().any(|room| last.trim().ends_with(room)) && !last.contains('是')
}

/// `请联系专员138…`, `客服电话：400…`: whom everybody may call. `人事专员，电话139…` tells somebody's post.
fn of_service(before: &str) -> bool {
    ["专员", "客服"].iter().any(|word| {
        before.rsplit_once(word).is_some_and(|(_, rest)| {
            let rest = rest.trim_start_matches(['：', ':', ' ']);
            rest.is_empty()
                || ["电话", "热线", "手机", "号码"].iter().any(|word| rest.starts_with(word))
        })
    })
}

/// `电话155…啊不对这是我老公的号`, `哎写错了这是老婆子的`: taken back, and whose it is.
fn of_kin(after: &str) -> bool {
    let mut told = after.trim_start_matches(['，', ',', ' ', '（', '(']);
    while let Some(word) = TAKEN_BACK.start(told) {
        told = from(told, word.len()).trim_start_matches(['，', ',', ' ', '。', '！', '…', '—']);
    }
    let said =
        ["这个是", "那个是", "这是", "那是", "是"].iter().find_map(|is| told.strip_prefix(is));
    let whose = said.map(|rest| rest.trim_start_matches(['我', '俺']));
    let kin = whose.and_then(|rest| kin::first(rest).map(|word| from(rest, word.len())));
    kin.is_some_and(|rest| rest.starts_with(['的', '号']) || rest.starts_with("电话"))
}

/// `店长电话139…`: the number of somebody who is only called by their post.
fn of_post(last: &str) -> bool {
    let bare = last.trim().trim_end_matches([':', '：', '是']);
    let labels = ["的电话", "的手机", "电话", "手机", "号码"];
    let post = labels.iter().find_map(|word| bare.strip_suffix(word));
    post.is_some_and(|post| {
        matches!(
            post,
            "店长"
                | "老板"
                | "经理"
                | "村长"
                | "主任"
                | "书记"
                | "厂长"
                | "校长"
                | "队长"
                | "领导"
                | "负责人"
        )
    })
}

/// `，那个卡丢了不用了`: what is said behind a number makes it one that is no longer in use.
pub(crate) fn out_of_use(after: &str) -> bool {
    let end = after.char_indices().nth(20).map_or(after.len(), |(at, _)| at);
    let after = dialect::standard(until(after, end));
    let mut rest = after.trim_start_matches(['，', ',', ' ', '（', '(']);
    while let Some(word) = OF_NUMBERS.start(rest) {
        rest = from(rest, word.len());
    }
    number_words::OUT_OF_USE.start(rest).is_some_and(|word| {
        // 打不通就打我媳妇的: nothing is wrong with it yet.
        let then = from(rest, word.len()).trim_start_matches(['，', ',', ' ', '时', '的', '话']);
        word != "打不通" || UNREACHED.start(then).is_none()
    })
}

/// `手机139…，家属电话138…`: beside one's own number that of the family.
fn of_family(last: &str, before: &str) -> bool {
    let bare = last.trim().trim_end_matches(['：', ':', '是', '号']);
    let bare = ["电话", "手机", "号码"].iter().find_map(|word| bare.strip_suffix(word));
    let kin = bare
        .is_some_and(|who| matches!(who.trim_end_matches('的'), "家属" | "家人" | "家里" | "亲属"));
    kin && digits::find(before).iter().any(|found| matches!(found.number, Number::Mobile(_)))
}

/// `打不通打139…`: another number under which the same person is reached at need.
fn second_best(before: &str) -> bool {
    let bare = before.trim_end_matches([
        '打', '拨', '联', '系', '请', '就', '可', '以', '这', '个', '，', ',', '：', ':',
    ]);
    bare.len() < before.len() && number_words::UNHEARD.end(bare).is_some()
}

/// `儿子固小龙的电话是151…，他在福建打工，不要打给他`: a number that nobody is to call.
fn forbidden(behind: &str) -> bool {
    let sentence =
        until(behind, behind.find(['。', '；', ';', '！', '\n']).unwrap_or(behind.len()));
    let words = [
        "不要打给他",
        "不要打给她",
        "别打给他",
        "别打给她",
        "不要给他打",
        "不要给她打",
        "别给他打",
        "别给她打",
    ];
    words.iter().any(|word| sentence.contains(word)) && digits::find(sentence).is_empty()
}

/// `座机是0954-…，登记就登记这个。我手机177…，留着备用`: beside the number that holds.
fn in_reserve(folded: &str, number: Range<usize>) -> bool {
    let rest = from(folded, number.end);
    let sentence = until(rest, rest.find(['。', '；', ';', '！', '\n']).unwrap_or(rest.len()));
    let before = until(folded, number.start).trim_end_matches([':', '：', ' ', '是', '号']);
    let named =
        ["备用电话", "备用手机", "备用号码", "备用"].iter().any(|word| before.ends_with(word));
    let reserve = named || ["备用", "以备", "备着"].iter().any(|word| sentence.contains(word));
    // 家里座机0954-…，我手机177…备用: beside one's own landline the mobile counts.
    let for_another = folded.contains(['他', '她']) || kin::spoken_of(folded);
    reserve
        && digits::find(sentence).is_empty()
        && digits::find(until(folded, number.start)).iter().any(|found| match found.number {
            Number::Mobile(_) => true,
            Number::Landline(_) => for_another,
            _ => false,
        })
}

/// `留的是139…，那个卡丢了，以后打188…`: a number that was given is out of use, and another takes its place.
pub(crate) fn renewed(folded: &str) -> bool {
    let found = digits::find(folded);
    let mobiles = found.iter().filter(|found| matches!(found.number, Number::Mobile(_)));
    let (dead, live): (Vec<_>, Vec<_>) =
        mobiles.partition(|found| out_of_use(from(folded, found.range.end)));
    dead.iter().any(|dead| live.iter().any(|live| live.number != dead.number))
}

/// The part of a number's owner, by the words before and behind it.
fn whose(folded: &str, at: usize, bare: &str, after: &str) -> Role {
    // 联系电话就填我的139…: put down for whom the mail is about.
    let reached = ["电话打我的", "手机打我的", "电话是我的", "电话用我的", "号码是我的"];
    if reached.iter().any(|words| bare.ends_with(words)) && !folded.contains("联系我") {
        return Role::Listed;
    }
    if ["填我的", "写我的", "留我的", "用我的", "登我的"].iter().any(|words| bare.ends_with(words))
    {
        return Role::Listed;
    }
    let reach = bare.trim_end_matches(['也', '行', '可', '以', '就', '好', '都']);
    if unnamed_writer(folded, at) || number_words::REACH_ME.end(reach).is_some() {
        return Role::Unnamed;
    }
    if number_words::HIS.end(bare).is_some() {
        return Role::Third;
    }
    if in_writers_sentence(until(folded, at), bare) {
        return Role::Writer;
    }
    let behind = after.trim_start_matches(['，', ',', ' ']);
    let mine =
        number_words::MY_PHONE.end(bare).is_some() || number_words::FIND_ME.start(behind).is_some();
    if mine { Role::Writer } else { Role::Listed }
}

/// `她名字叫靳桂香，…。我在银川打工，电话187…`: after another was spoken of, a sentence of the writer about themselves.
fn in_writers_sentence(before: &str, bare: &str) -> bool {
    let at = before.rfind(['。', '；', ';', '！', '\n']).map_or(0, |at| at + '。'.len_utf8());
    let (told, sentence) = (until(before, at), from(before, at).trim_start());
    let own = ["我在", "我是", "我现在", "我叫", "我这边", "我家在"]
        .iter()
        .any(|lead| sentence.starts_with(lead));
    own && matches!(
        bare.trim_end_matches([':', '：', '是']),
        "电话" | "手机" | "手机号" | "号码" | "联系电话" | ""
    ) && ["她叫", "他叫", "她名字", "他名字", "她的名字", "他的名字"]
        .iter()
        .any(|word| told.contains(word))
        && !kin::spoken_of(sentence)
        && !sentence.contains(['他', '她'])
}

/// `他的电话139…，身份证642…`: the second number is of whom the first is.
pub(super) fn go_on(text: &Text, names: &[Said], said: &mut [Said]) {
    let numbers: Vec<usize> = (0..said.len())
        .filter(|at| {
            said.get(*at).is_some_and(|one| matches!(one.item, Item::Phone | Item::IdNumber))
        })
        .collect();
    for pair in numbers.windows(2) {
        let [first, second] = pair else { continue };
        let (Some(a), Some(b)) = (said.get(*first), said.get(*second)) else { continue };
        let between = cut(&text.folded, a.range.end..b.range.start);
        let goes_on = matches!(a.role, Role::Third | Role::Writer)
            && b.role == Role::Listed
            && b.item != a.item
            && !between.contains(['。', '；', ';', '！', '\n', '的', '他', '她', '我'])
            && !names
                .iter()
                .any(|name| a.range.end <= name.range.start && name.range.end <= b.range.start);
        let role = a.role;
        if let Some(second) = said.get_mut(*second).filter(|_| goes_on) {
            second.role = role;
        }
    }
}

/// `我是社里会计小丁，182…`, `我是某某服务部的马会计，受托代他报名`: the number of a writer who gives no name.
fn unnamed_writer(folded: &str, at: usize) -> bool {
    let sentence = until(folded, at).rsplit(['。', '；', ';', '！', '？']).next().unwrap_or("");
    let Some(start) = sentence.rfind("我是").or_else(|| sentence.rfind("我系")) else {
        return false;
    };
    let told = from(sentence, start + "我是".len());
    let clause = told.split(['，', ',', '、', ' ', '（', '(', ':', '：']).next().unwrap_or("");
    alone::nickname(clause)
        && !alone::is_name(clause)
        && from(told, clause.len()).chars().count() <= 12
}

/// `听不见的话打我媳妇139…`, `打不通请联系我妻子马娟，139…`: a number by which another is reached.
fn through_another(folded: &str, at: usize) -> bool {
    let before = until(folded, at);
    let sentence = before.rsplit(['。', '；', ';', '！', '？', '（', '(']).next().unwrap_or("");
    let bare = sentence.trim_end_matches(['，', ',', '：', ':', ' ']);
    let bare = ["的电话是", "的手机是", "电话是", "的电话", "的手机", "电话", "手机"]
        .iter()
        .find_map(|word| bare.strip_suffix(word))
        .unwrap_or(bare);
    number_words::REACH.spans(bare).any(|(_, end)| {
        let whom = from(bare, end).trim_start_matches(['给', '我', '他', '她', '的']);
        // A relative, and at most their name; 我家张国栋.
        kin::first(whom).is_some_and(|word| from(whom, word.len()).chars().count() <= 4)
            || whom.strip_prefix('家').is_some_and(|whom| {
                names::plausible(whom.trim_end_matches('的')) || kin::first(whom).is_some()
            })
    })
}
