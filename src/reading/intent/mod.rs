//! Decides what the writer wants, and what follows from it for the candidates.

pub(super) mod answer;
mod between_lines;
pub(super) mod elsewhere;
mod whole;

use crate::reading::Kind;
use crate::reading::context::below::Below;
use crate::reading::context::case::Case;
use crate::reading::fact::{Group, Role};
use crate::reading::language::words::{contains, words};
use crate::reading::people::older;
use crate::reading::people::stated::Data;
use crate::reading::people::staying;
use crate::reading::vocabulary::Item;
use crate::reading::wish::brief::Said;
use crate::reading::wish::grammar::without_particles;
use crate::reading::wish::phrases::{CHANGES, FORGOT, UNCHANGED};
use crate::reading::wish::{Wish, company, polite};
use answer::accepts;
use between_lines::{asks_between_the_lines, asks_of_form};
use elsewhere::{of_another_office, other_business, seeks_employment};

words! {
    /// Words that put something right, whatever was sent.
    CORRECTS = "更正 订正 改报 改成 改为 写错 填错 报错 打错 输错 弄错 写成 填成 报成 应为 应该是 正确的 有误 以此为准 为准 重新 原报 原来报 补正 换成 换人 顶替 替换 接替 改由 改派 让给 替我 代我 转让 转给";
    /// One of several stays.
    ONLY_ME = "就报我一个 只报我一个 就报我 只报我 就给我报 只给我报 就我一个 就我自己";
    /// Who of a list is put down all the same.
    THE_REST = "登记其余 登记其他 登记剩下 登记另外 报其余 报其他 报剩下 只报其余 其余照表 其余几位照 其余按表 剩下的照 剩下的按 其余的照 其他人照 其他几位照";
    ASKS_AFTER = "\
        审核是否 是否通过 审核通过了吗 审核通过没 审核结果 报名结果 有没有通过 通过了没 通过了吗 是否报名成功 报名成功了吗 报名成功没 \
        还在审核 没有登记号 登记号是多少 没有编号 是否已经登记 是否登记 是否已登记 告知登记号 审核过了 登记上了没 登记上没 入选与否 录取与否 是否入选 是否录取";
    /// Asks the office to look, without a question mark.
    TO_LOOK = "查询 请查 帮查 查一下 查一查 查查 告知 告诉我 核实一下 看一下";
    /// Which of several files that come along holds.
    VERSIONS = "第二个 第二份 后一个 后一份 后面那个 后面那份 （改） (改) 改过的 新的那 两个附件 两份附件 两个表 两张表 发了两份";
    SUGGESTS = "建议 希望以后 以后放 放到周末 放在周末 改到周末 能不能改";
}

/// `就光记我一个`, `名单上只写我`: nobody comes but the writer.
#[must_use]
pub(super) fn only_me(own: &str) -> bool {
    let alone = |clause: &str| {
        clause.split_once('我').is_some_and(|(before, behind)| {
            let only = before.contains(['只', '光', '单', '就']);
            let one = ["一个", "自己", "一人", "本人"].iter().any(|word| behind.starts_with(word));
            let verb = ["记", "报", "写", "登", "登记", "算", "留"];
            let put_down = verb.iter().any(|verb| before.ends_with(verb));
            only && (one || put_down && without_particles(behind).is_empty())
        })
    };
    ONLY_ME.found_in(own) || own.split(['，', ',', '。', '；', '！', '\n']).any(alone)
}

/// The kind of a message that a human wrote.
#[must_use]
pub(super) fn decide(case: &Case) -> Kind {
    let kind = weigh(case);
    if whole::puts_down(case, kind) { Kind::Registration } else { kind }
}

/// What the words of the mail want, weighed against each other.
fn weigh(case: &Case) -> Kind {
    let wish = &case.wish;
    let data = Data::of(&case.own_groups);
    let forms = case.files.iter().any(|file| file.relevant && file.people);
    let letter = case.letter.ours && case.reply;
    let told = adds(wish, data) || mends(wish, data) || outright(wish, data);
    let related = told || wish.related || letter || case.numbered;
    if let Some(kind) = plainly(case, data, letter) {
        return kind;
    }
    let first_time = first_time(case, data, letter);
    if !first_time && (related || wish.earlier) && replaced(case, data) {
        return Kind::Change;
    }
    // The notice speaks to nobody in particular.
    let personal = letter && (case.numbered || !case.letter.names.is_empty());
    if let Some(kind) = stays_away(case, data, letter, personal) {
        return kind;
    }
    if asks_after(case, data) {
        return Kind::Status;
    }
    if numbered_back(case) {
        return Kind::Cancellation;
    }
    if let Some(kind) = no_cancellation(case, data, letter, personal) {
        return kind;
    }
    if gives_place_back(case, data, related) {
        return Kind::Cancellation;
    }
    let papers_only = tells_what_form_lacks(case, forms, letter)
        || revised(case, forms, letter)
        || wish.papers && !wish.earlier && !case.numbered && !letter;
    if let Some(kind) = beside_earlier(case, data, related) {
        return kind;
    }
    if (wish.changes || letter && wish.finds_wrong)
        && !first_time
        && !papers_only
        && (letter || !corrected(case, data))
        && related
        && (wish.earlier || letter || data.any() || wish.first_person || forms)
    {
        return Kind::Change;
    }
    let fresh = data.labelled >= 3 || forms;
    if asks_how_things_stand(wish, data, related, fresh) {
        return Kind::Status;
    }
    if asks_for_nothing_yet(wish, data, fresh) {
        return Kind::Inquiry;
    }
    if wish.registers && related {
        if of_another_office(case, data) {
            return Kind::Inquiry;
        }
        // 表拍了照片发来，看得清不？
        let sent = case.unread_form && asks_of_form(case);
        let unrelated = case.files.iter().all(|file| !file.relevant) && !sent;
        if wish.asks && !data.any() && !forms && unrelated && !(letter && accepts(case)) {
            return Kind::Inquiry;
        }
        return Kind::Registration;
    }
    if asks_between_the_lines(case, data, letter, forms, related) {
        return Kind::Registration;
    }
    Kind::Inquiry
}

/// Another time, not decided yet, or only to keep what there is.
fn asks_for_nothing_yet(wish: &Wish, data: Data, fresh: bool) -> bool {
    (wish.missed || wish.next_time) && !wish.registers
        || wish.undecided
            && (data.numbers == 0 || wish.asks && (data.names == 0 || data.labelled == 0))
        || wish.keeps && (wish.earlier || data.names == 0) && !fresh
}

/// `昨天我报了我自己，给我爸也加上`: this box is for the event.
fn adds(wish: &Wish, data: Data) -> bool {
    wish.again && wish.registers && wish.earlier && data.names > 0 && data.numbers > 0
}

/// `算我一个，妥小军，133…`: this box is for the event, and so is a wish with a name and a number.
fn outright(wish: &Wish, data: Data) -> bool {
    wish.registers_in_body
        && data.names > 0
        && data.numbers > 0
        && !wish.papers
        && !wish.elsewhere
        && !wish.earlier
        && !wish.cancels
}

/// Puts somebody down for the first time; what changed in their life is told beside it.
fn first_time(case: &Case, data: Data, letter: bool) -> bool {
    let wish = &case.wish;
    wish.registers
        && !wish.earlier
        && !letter
        && !case.reply
        && !case.numbered
        && data.names > 0
        && data.numbers > 1
        && data.category
        && !contains(&case.own, &CORRECTS)
}

/// `XJ21-007 取消`: a number, a word of giving back, and hardly more.
fn numbered_back(case: &Case) -> bool {
    let gives_back = contains(&case.own, &["取消", "退出", "放弃", "撤了", "撤掉", "撤下"])
        && !contains(&case.own, &["不取消", "别取消", "不要取消", "没取消", "勿取消", "消吗"]);
    case.numbered && gives_back && !case.wish.asks && brief(&case.own) && !case.wish.keeps
}

/// 名单中第3位不能参加，请不要登记，其余三人照表登记: a list comes along, for the first time.
fn list_is_put_down(case: &Case, letter: bool) -> bool {
    let files = case.files.iter().filter(|file| file.relevant && file.people);
    let rows = files.flat_map(|file| &file.groups);
    let list = rows.filter(|group| matches!(group, Group::Record(_))).nth(1).is_some();
    let rest = THE_REST.found_in(&case.own);
    let back = contains(&case.own, &["取消", "退出", "放弃", "撤"]);
    list && !case.wish.earlier && !letter && (rest || case.wish.registers && !back)
}

/// Somebody who has a place, or speaks of one, gives it back.
fn gives_place_back(case: &Case, data: Data, related: bool) -> bool {
    let wish = &case.wish;
    // 之前说可能去不了，现在能去，请保留我的名额.
    let own = case.own.replace("不是取消", "").replace("不取消", "");
    let stays = wish.keeps && !contains(&own, &["取消", "退出", "放弃"]);
    // 没有合适人选，这次就不报了: nobody was put down.
    let none = ["没有合适", "没有人选", "无合适", "没人愿意", "无人报名", "没有人报"];
    let before = wish.earlier || case.numbered || case.letter.ours || data.any();
    let nobody = !before && contains(&case.own, &none);
    wish.cancels
        && !stays
        && !nobody
        && (related || wish.earlier || data.names > 0 || brief(&case.own))
}

/// Asks after a registration, and does not only ask beside a new one.
fn asks_how_things_stand(wish: &Wish, data: Data, related: bool, fresh: bool) -> bool {
    wish.asks_status
        && (!wish.papers || wish.earlier)
        && (wish.earlier || related)
        && !(wish.again && (fresh || !wish.asks && data.names > 0 && data.numbers > 0))
        // 报名人员核对: a subject says what the mail is about, and those it asks after were put down before.
        && !(fresh && (wish.registers_apart || wish.registers && !wish.earlier))
        && !(wish.registers_in_body && data.names > 0 && data.numbers > 0)
}

/// What needs no weighing: other business, what the office asked for, a mere thank-you.
fn plainly(case: &Case, data: Data, letter: bool) -> Option<Kind> {
    // The bureau's own form, filled in below: 填好了，你看行不行.
    let wish = &case.wish;
    let only_filled = !wish.cancels && !wish.changes && !wish.asks_status && !wish.earlier;
    if matches!(case.below, Below::Filled(_)) && only_filled {
        return Some(Kind::Registration);
    }
    if other_business(case, letter) || seeks_employment(case) {
        return Some(Kind::Inquiry);
    }
    let answered = data.supplies() && corrects_nothing(case) || data.any() && only_forgot(case);
    if letter && case.letter.asks_for_more && answered {
        return Some(Kind::Registration);
    }
    if case.brief == Some(Said::StaysAway) {
        return Some(Kind::Cancellation);
    }
    // 我来不了了，谢谢 thanks, but that is not all.
    let said_no = case.wish.cancels;
    let courtesy = (letter || case.reply) && !said_no && polite::is_courtesy(&signed_off(case));
    courtesy.then(|| if accepts(case) { Kind::Registration } else { Kind::Inquiry })
}

/// The writer's lines without the card below them.
fn signed_off(case: &Case) -> String {
    let mut text = case.own_lines.clone();
    let facts = case.own_groups.iter().flat_map(Group::facts);
    for fact in facts.filter(|fact| fact.role == Role::SignOff || fact.item == Item::Organization) {
        text = text.replace(&fact.value, "");
    }
    text
}

/// Cannot come, but that is not what the mail is about.
fn stays_away(case: &Case, data: Data, letter: bool, personal: bool) -> Option<Kind> {
    let wish = &case.wish;
    if wish.cancels && !wish.gives_back && !wish.earlier && !personal {
        // Cannot come, and sends somebody else: 我要去银川，公司派阎小玲参加.
        let others = data.for_others > 0 || data.names > 1 || data.labelled >= 3;
        if wish.registers && data.numbers > 0 && others {
            return Some(Kind::Registration);
        }
        // Cannot come on such a day at all, and says what would be better.
        if contains(&case.own, &SUGGESTS) {
            return Some(Kind::Inquiry);
        }
    }
    // Speaks of the day and asks for nothing of their own: 建议周末也办一次，这回就不报名了.
    if wish.cancels && !data.any() && !case.numbered && !letter && contains(&case.own, &["建议"])
    {
        return Some(Kind::Inquiry);
    }
    None
}

/// Words of staying away that give no place back.
fn no_cancellation(case: &Case, data: Data, letter: bool, personal: bool) -> Option<Kind> {
    let wish = &case.wish;
    // 他不来了，就报我一个: one stays, and says so with their data.
    if wish.cancels && wish.registers && only_me(&case.own) && data.numbers > 0 {
        return Some(Kind::Registration);
    }
    // 让我替他报一下，我不报，走不开: who does not come was never put down.
    let kin_go = data.names > 0 && company::kin_go(&case.own);
    if wish.cancels
        && (wish.registers || kin_go && data.category)
        && !wish.earlier
        && !wish.returns
        && !case.numbered
        && (data.for_others > 0 || kin_go)
        && data.numbers > 0
        && staying::writer_out(&case.own)
    {
        return Some(Kind::Registration);
    }
    // 本来想报名的，还是不报了: nothing was registered.
    let never = wish.missed && !wish.already && !personal && !case.numbered;
    let nothing = wish.cancels && !wish.gives_back && !wish.registers;
    if never && (data.numbers == 0 || nothing) {
        return Some(Kind::Inquiry);
    }
    (wish.cancels && list_is_put_down(case, letter)).then_some(Kind::Registration)
}

/// 请问审核是否通过: what is asked after is a registration, whatever is told beside.
fn asks_after(case: &Case, data: Data) -> bool {
    let asks = case.wish.asks || TO_LOOK.found_in(&case.own);
    let plain = asks && !case.wish.cancels && !case.wish.changes && data.labelled < 3;
    plain && ASKS_AFTER.found_in(&case.own)
}

/// What is asked or asked for beside an earlier registration, which stays as it is.
fn beside_earlier(case: &Case, data: Data, related: bool) -> Option<Kind> {
    let wish = &case.wish;
    if related && asks_after_trouble(wish, case, data) {
        return Some(Kind::Status);
    }
    // 我母亲也想去，再给她报一个。我的报名不变
    let keeps = !wish.replaces && !wish.mends && !wish.asks_status && !wish.cancels;
    (adds(wish, data) && keeps).then_some(Kind::Registration)
}

/// `说我身份证填错，报名被取消了，请问名单上还有没有我？`: what went wrong is told, and nothing is put right.
fn asks_after_trouble(wish: &Wish, case: &Case, data: Data) -> bool {
    let mended = ["改", "应为", "应该是", "正确", "更正", "换成", "重新发", "重发", "补上", "补充"];
    wish.asks_status
        && wish.asks
        && wish.earlier
        && !wish.again
        && data.numbers < 2
        && !contains(&case.own, &mended)
}

/// 上次忘写了，别的都没变: nothing that was told otherwise.
fn corrects_nothing(case: &Case) -> bool {
    let said = FORGOT.spans(&case.own).chain(UNCHANGED.spans(&case.own));
    let idle: Vec<_> = said.collect();
    let corrects = CHANGES
        .spans(&case.own)
        .any(|(at, end)| !idle.iter().any(|(start, stop)| *start <= at && end <= *stop));
    !corrects
        && !case.wish.finds_wrong
        && !case.wish.cancels
        && !case.wish.replaces
        && !case.wish.asks_status
}

/// 上次忘写了: what was missing, and nothing that was told otherwise.
fn only_forgot(case: &Case) -> bool {
    FORGOT.found_in(&case.own) && corrects_nothing(case)
}

/// `表上忘了填电话，他的手机是…`: the first mail, and it is whole.
fn tells_what_form_lacks(case: &Case, forms: bool, letter: bool) -> bool {
    let wish = &case.wish;
    forms && wish.registers && !wish.earlier && !letter && only_forgot(case)
}

/// `报名表用修订方式改过`: a file was revised before it was ever sent, nothing that was registered.
fn revised(case: &Case, forms: bool, letter: bool) -> bool {
    // 第一个打错了，按第二个来
    let named = |group: &Group| group.facts().iter().any(|fact| fact.item == Item::Name);
    let several = case.files.iter().filter(|file| file.groups.iter().any(named)).count() > 1;
    let anew = several && VERSIONS.found_in(&case.own);
    let tracked = ["修订方式", "修订模式", "修订状态", "修订痕迹", "修订标记", "保留痕迹", "留痕"];
    let first = !letter && !case.reply && (anew || !case.wish.earlier);
    forms && first && (anew || contains(&case.own, &tracked))
}

/// This box is for the event: who mends a telephone here means the one that they registered.
fn mends(wish: &Wish, data: Data) -> bool {
    let here = wish.changes && !wish.papers && !wish.elsewhere && data.names > 0;
    here && (wish.mends && data.names + data.numbers > 1 || wish.replaces && data.names > 1)
}

/// 电话…，哦不对，写错了，是…: corrected while it was written.
fn corrected(case: &Case, data: Data) -> bool {
    let wish = &case.wish;
    let fresh = wish.registers && !wish.earlier && !case.numbered && !wish.replaces;
    // Whoever hands a registration on mends what it says, and nothing that was registered.
    let asked = wish.registers && data.numbers > 1 || data.labelled + data.numbers > 3;
    if case.handed && !wish.earlier && data.names > 0 && asked {
        return true;
    }
    fresh && data.names > 0 && data.numbers > 0 && older::slips(&case.own)
}

/// Somebody comes in another's place.
fn replaced(case: &Case, data: Data) -> bool {
    let wish = &case.wish;
    let gives_way = wish.replaces && (wish.cancels || wish.changes) && data.names > 0;
    gives_way && !corrected(case, data)
}

/// Hardly anything but the wish itself, greetings and thanks aside.
fn brief(own: &str) -> bool {
    let polite = ["尊敬", "您好", "你好", "打扰", "谢谢", "感谢", "祝", "此致", "敬礼", "领导"];
    let parts = own.split(['。', '！', '\n', '!']).filter(|part| !contains(part, &polite));
    parts.map(|part| part.chars().count()).sum::<usize>() < 40
}
