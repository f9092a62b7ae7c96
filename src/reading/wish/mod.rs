//! What the writer wants, heard sentence by sentence: negation, condition, question and tense decide,
//! not the words that happen to occur.

mod among;
pub(super) mod asking;
pub(super) mod brief;
mod changes;
pub(super) mod company;
pub(super) mod polite;
pub(super) mod postponed;
mod seats;
mod stand_in;
pub(super) mod grammar;
mod mistakes;
pub(super) mod phrases;

use std::sync::LazyLock;

use crate::reading::language::text::{cut, from, until};
use crate::reading::language::words::{Chorus, Heard, contains};
use crate::reading::prose::owners;
use crate::reading::values::categories::Categories;
use crate::reading::vocabulary::Vocabulary;
use among::{asks_among, asks_for_name};
use changes::{change, clause_at, found_wrong, of_things};
use company::{with_kin, with_others};
use grammar::{
    DONE, HANDS_DOWN, SEATS, TAKES_OUT, UNWANTED, WANTED, came_to_nothing, cannot_come,
    comes_instead, conditional, hearsay, maybe, of_another, passes_down, sends_writer, sent_before,
    told_when,
};
use mistakes::{former_of_two, just_slipped, told_as_reason};
use phrases::{
    ABREAST, ALREADY, ALSO, ANYBODY, ASKS, CANCELS, CHANGES, CONDITIONS, EARLIER, ELSEWHERE,
    FIRM_CANCELS, FIRST_PERSON, GIVES_BACK, IN_MY_PLACE, KEEPS, MAY_I, MISSED, MOVED, NEXT_TIME,
    NO_QUESTION, NO_STATUS, NOT_CANCELS, NOT_CHANGES, NOT_REGISTERS, PAPERS, PERFORMS, POLITE,
    REGISTERED, REGISTERS, REGISTRATION, RELATED, REPLACES, STATUS, TOGETHER, TOLD, UNDECIDED,
};
use polite::told_with_praise;
use postponed::{decides_later, others_waver};
use seats::{gives_away, hands_to, passes_on, steps_in, takes_out, voids, voids_older};

/// What is heard in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent observation")]
pub(super) struct Wish {
    /// Gives a place back.
    pub cancels: bool,
    /// Says so in words of giving back, not only that they cannot come.
    pub gives_back: bool,
    /// And in words that only somebody says who has one: `取消`, not `我就不报了`.
    pub returns: bool,
    /// May have to give it back.
    pub unsure: bool,
    /// Whoever cannot come is always somebody else than the writer.
    pub others_away: bool,
    /// And sends the writer.
    pub sent: bool,
    /// Corrects something.
    pub changes: bool,
    /// What it corrects is something that a registration holds.
    pub mends: bool,
    /// Business with papers of the hall, not with the event.
    pub papers: bool,
    /// Tells that something of theirs stands wrong.
    pub finds_wrong: bool,
    /// Puts somebody in another's place.
    pub replaces: bool,
    /// Somebody comes in the writer's own place.
    pub in_my_place: bool,
    /// Asks how things stand.
    pub asks_status: bool,
    /// Asks for a place, in so many words.
    pub registers: bool,
    /// The same, elsewhere than in the subject, which hardly says more than what the mail is about.
    pub registers_in_body: bool,
    /// The same, in a sentence that gives nothing back.
    pub registers_apart: bool,
    /// Asks for which category somebody is registered.
    pub asks_which: bool,
    /// Asks something.
    pub asks: bool,
    /// The same, and not only when and where to come.
    pub asks_else: bool,
    /// Speaks of an earlier registration.
    pub earlier: bool,
    /// Says that they are registered already.
    pub already: bool,
    /// Puts somebody down besides.
    pub again: bool,
    /// Speaks of the event, a category or a registration at all.
    pub related: bool,
    /// Wanted to, and never did.
    pub missed: bool,
    /// Speaks of another time.
    pub next_time: bool,
    /// Has not made up their mind.
    pub undecided: bool,
    /// Has handed the call down to others, who may write themselves.
    pub passes_down: bool,
    /// Wants to keep a place that they have.
    pub keeps: bool,
    /// Speaks of themselves as the one concerned.
    pub first_person: bool,
    /// The writer and others.
    pub together: bool,
    /// Another matter of the press or another office.
    pub elsewhere: bool,
}

impl Wish {
    /// Speaks of what was sent before: asks after it, mends it or takes it back.
    pub(super) fn of_earlier(self) -> bool {
        self.earlier || self.asks_status || self.cancels || self.changes
    }

    /// What is wanted in a mail that is handed on is wanted, too; who wants it speaks there.
    #[must_use]
    pub(super) fn handing_on(self, other: Self) -> Self {
        Self {
            registers: self.registers || other.registers,
            cancels: self.cancels || other.cancels,
            changes: self.changes || other.changes,
            asks_status: self.asks_status || other.asks_status,
            related: self.related || other.related,
            earlier: self.earlier || other.earlier,
            first_person: other.first_person,
            together: other.together,
            asks: other.asks,
            asks_else: other.asks_else,
            // 误投到我们信访局的报名: what another office hands on is none of its own matters.
            elsewhere: self.elsewhere && (other.elsewhere || !other.registers),
            ..self
        }
    }
}

/// What is sought in every sentence.
static IN_A_SENTENCE: LazyLock<Chorus> = LazyLock::new(|| {
    Chorus::new(&[
        &ASKS,
        &POLITE,
        &CONDITIONS,
        &NO_QUESTION,
        &CANCELS,
        &REGISTRATION,
        &NOT_CANCELS,
        &FIRM_CANCELS,
        &CHANGES,
        &MOVED,
        &NOT_CHANGES,
        &REPLACES,
        &TOLD,
        &STATUS,
        &NO_STATUS,
        &MISSED,
        &REGISTERS,
        &PERFORMS,
        &MAY_I,
        &NOT_REGISTERS,
        &ALSO,
        &GIVES_BACK,
        &ANYBODY,
        &NEXT_TIME,
        &UNDECIDED,
        &KEEPS,
        &ALREADY,
        &SEATS,
        &ABREAST,
        &IN_MY_PLACE,
        &TAKES_OUT,
        &UNWANTED,
        &WANTED,
        &HANDS_DOWN,
        &DONE,
    ])
});

/// What is sought in the whole text.
static IN_ALL: LazyLock<Chorus> = LazyLock::new(|| {
    Chorus::new(&[&ELSEWHERE, &EARLIER, &RELATED, &FIRST_PERSON, &TOGETHER, &PAPERS])
});

/// Listens to a text: the lines of the subject and the writer's own words, folded.
#[must_use]
pub(super) fn hear(text: &str, vocabulary: &Vocabulary, categories: &Categories) -> Wish {
    let all = IN_ALL.hear(text);
    let mut wish = Wish { elsewhere: all.has(&ELSEWHERE), ..Wish::default() };
    let subject = text.find('\n').unwrap_or(0);
    let mut at = 0;
    for sentence in text.split_inclusive(ends_sentence) {
        let before = std::mem::take(&mut wish.registers);
        one(sentence.trim(), categories, &mut wish);
        let apart = !CANCELS.found_in(sentence) || comes_instead(sentence);
        wish.registers_apart |= wish.registers && at > subject && apart;
        wish.registers_in_body |= wish.registers && (at > subject || PERFORMS.found_in(sentence));
        wish.registers |= before;
        at += sentence.len();
    }
    // 他的不报了: nothing was done.
    let done = |(at, end): (usize, usize)| {
        let before = until(text, at);
        let range = clause_at(text, at);
        let clause = cut(text, range.clone());
        let sentence = until(text, range.start).rsplit(ends_sentence).next().unwrap_or("");
        // 上次办社保卡就给我写错了
        let elsewhere = PAPERS.found_in(clause) && !REGISTRATION.found_in(clause);
        !elsewhere
            && !told_as_reason(sentence, clause)
            && !talked(clause)
            && !before.ends_with(['不', '没', '未', '别'])
            && !just_slipped(before, cut(text, at..end), from(text, end))
            && !former_of_two(before, cut(text, at..end))
    };
    wish.earlier |= all.has(&EARLIER) && EARLIER.spans(text).any(done);
    wish.related |= all.has(&RELATED)
        || vocabulary.keywords.iter().any(|word| text.contains(word.as_str()))
        || !categories.mentions(text).is_empty();
    // 她说28号要看病，来不了，就我一个人: somebody who was never put down stays away.
    let comes = wish.registers_apart || wish.sent;
    if wish.others_away && comes && !wish.earlier && !wish.gives_back {
        wish.cancels = false;
    }
    if stand_in::takes_their_place(text) {
        (wish.replaces, wish.cancels, wish.earlier, wish.related) = (true, true, true, true);
    }
    if wish.earlier && owners::renewed(text) {
        (wish.changes, wish.mends) = (true, true);
    }
    wish.papers = all.has(&PAPERS) && PAPERS.spans(text).any(|(at, _)| !told_with_praise(text, at));
    wish.first_person = all.has(&FIRST_PERSON) || company::of_oneself(text);
    // 我（柳文斌）和同事都去不了
    let named = text.split(['我']).skip(1).filter_map(|rest| rest.strip_prefix(['（', '(']));
    wish.together |= named.filter_map(|rest| rest.split_once(['）', ')'])).any(|(name, rest)| {
        name.chars().count() <= 4 && rest.starts_with(['和', '跟', '与', '同'])
    });
    // 她在家带我和妹妹: whom she looks after.
    let cared =
        |(at, _)| until(text, at).ends_with(['带', '看', '管', '养', '供', '接', '送', '教', '顾']);
    wish.together |= all.has(&TOGETHER)
        && !TOGETHER.spans(text).all(cared)
        && !contains(text, &["我和他说", "和我联系", "我跟你们", "我和你们"]);
    wish
}

/// `昨天电话里说的那件事`, `昨天碰头商量了`: what was talked about, and sent to nobody.
fn talked(clause: &str) -> bool {
    let talk =
        ["说的", "说好", "说过", "说了", "讲的", "商量", "碰头", "开会", "看到", "看见", "听"];
    contains(clause, &talk)
        && !REGISTRATION.found_in(clause)
        && !clause.contains(['报', '填', '发', '交', '登', '寄', '写'])
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '!' | '？' | '?' | '；' | ';' | '\n')
}

fn one(sentence: &str, categories: &Categories, wish: &mut Wish) {
    if !sentence.contains(char::is_alphanumeric) {
        return;
    }
    let heard = IN_A_SENTENCE.hear(sentence);
    let asks = asking::puts_question(sentence, heard);
    let wonders = asks && !heard.has(&NO_QUESTION);
    wish.asks |= wonders;
    wish.asks_else |= wonders && !asking::of_the_day(sentence);
    wish.already |= heard.has(&ALREADY) && !asks || heard.has(&DONE) && told_when(sentence);
    wish.earlier |= wish.already || heard.has(&UNWANTED) && voids_older(sentence);
    wish.earlier |= sent_before(sentence);
    if !declines_category(sentence, categories) {
        cancellation(sentence, heard, asks, wish);
    }
    let which = asking::which(sentence, categories);
    if !which {
        change(sentence, heard, asks, wish);
        wish.finds_wrong |= !asks && found_wrong(sentence);
    }
    // 群众代表 is no 群众.
    let anybody = heard.has(&ANYBODY) && ANYBODY.found_in(&sentence.replace("群众代表", ""));
    wish.replaces |= heard.has(&SEATS) && hands_to(sentence) || steps_in(sentence);
    // 替他报一下: for him, not in his place.
    let replaces = || {
        REPLACES.spans(sentence).any(|(at, end)| {
            // 没有合适的人顶替: nobody comes.
            let clause = until(sentence, at).rsplit(['，', ',', '。']).next().unwrap_or("");
            !from(sentence, end).starts_with(['报', '登', '填', '写', '问', '发', '说'])
                && !of_things(from(sentence, at))
                && !contains(clause, &["没有", "没人", "无人", "找不到", "派不出", "不再"])
        })
    };
    wish.replaces |= heard.has(&REPLACES) && !heard.has(&CONDITIONS) && !anybody && replaces();
    // This box is for the event: whoever asks for a name means its list.
    let for_name = asks_for_name(sentence) || asks_among(sentence);
    wish.asks_status |= for_name;
    wish.related |= for_name;
    let chosen = asking::asks_if_chosen(sentence);
    if (heard.has(&STATUS) || chosen)
        && (asks && asking::asked_after(sentence) || heard.has(&TOLD))
        && !heard.has(&NO_STATUS)
    {
        wish.asks_status = true;
        wish.related |= chosen || REGISTERED.found_in(sentence);
    }
    if which {
        (wish.asks_status, wish.related, wish.earlier) = (true, true, true);
        wish.asks_which = true;
    }
    wish.passes_down |= heard.has(&HANDS_DOWN) && passes_down(sentence);
    wish.again |= heard.has(&ALSO);
    wish.together |= with_others(sentence) || heard.has(&ABREAST) && with_kin(sentence);
    wish.in_my_place |= heard.has(&IN_MY_PLACE);
    wish.missed |= heard.has(&MISSED) || heard.has(&WANTED) && came_to_nothing(sentence);
    wish.next_time |= heard.has(&NEXT_TIME);
    wish.undecided |= (heard.has(&UNDECIDED) || decides_later(sentence)) && !others_waver(sentence);
    // 不能来了
    let keeps = |(at, _)| !until(sentence, at).ends_with(['不', '没', '未', '难']);
    wish.keeps |= heard.has(&KEEPS) && KEEPS.spans(sentence).any(keeps);
    wish.registers |= asking::registers(sentence, heard, asks, categories)
        || wish.sent && !asks
        || comes_instead(sentence);
}

/// `报群众代表，监督员太忙了就不报了`: one of two categories, where the other is asked for.
fn declines_category(sentence: &str, categories: &Categories) -> bool {
    let mentions = categories.mentions(sentence);
    let refused = |place: usize| {
        let clause = mentions.get(place).map_or("", |one| from(sentence, one.end));
        let clause = clause.split(['，', ',']).next().unwrap_or("").trim_end_matches(ends_sentence);
        ["不报了", "不当了", "不参加了"].iter().any(|end| clause.ends_with(end))
    };
    let others = |place: usize| {
        let id = mentions.get(place).map(|one| one.id);
        (0..mentions.len())
            .any(|other| mentions.get(other).map(|one| one.id) != id && !refused(other))
    };
    (0..mentions.len()).any(|place| refused(place) && others(place))
        && !contains(sentence, &["取消", "退出", "之前", "上次", "已经", "名额"])
}

/// A place that is given back.
fn cancellation(sentence: &str, heard: Heard<'_>, asks: bool, wish: &mut Wish) {
    if hearsay(sentence) {
        return;
    }
    let away = heard.has(&SEATS) && gives_away(sentence)
        || passes_on(sentence)
        || heard.has(&TAKES_OUT) && takes_out(sentence)
        || heard.has(&UNWANTED) && voids(sentence);
    let cancels = heard.has(&CANCELS)
        || heard.has(&REGISTRATION) && sentence.contains("取消")
        || away
        || cannot_come(sentence);
    if cancels
        && !heard.has(&NOT_CANCELS)
        && !conditional(sentence)
        // A cancellation that ends with a question about something else.
        && (!asks || heard.has(&POLITE) || heard.has(&FIRM_CANCELS))
    {
        let of_another = of_another(sentence) || comes_instead(sentence);
        wish.others_away = (wish.others_away || !wish.cancels) && of_another;
        wish.cancels = true;
        wish.sent |= sends_writer(sentence);
        // 你二哥就不报了: who was never put down.
        let never =
            sentence.contains("不报") && !GIVES_BACK.found_in(&sentence.replace("不报", ""));
        wish.gives_back |= away || heard.has(&GIVES_BACK) && !(never && of_another);
        wish.returns |= away || heard.has(&GIVES_BACK) && !never;
        // This box is for the event: whoever is taken off a list is taken off its list.
        wish.related |= away;
        wish.unsure |= maybe(sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::polite::is_courtesy;
    use super::*;

    fn wish(text: &str) -> Wish {
        let vocabulary = Vocabulary::default();
        hear(text, &vocabulary, &Categories::new(&vocabulary))
    }

    #[test]
    fn wishes_are_heard_through_negation_condition_and_question() {
        assert!(wish("我28号去不了了，名额请给别人吧").cancels);
        assert!(!wish("我不是取消报名，只是问一下时间").cancels);
        assert!(!wish("我报名参加，如果到时来不了会提前说").cancels);
        assert!(wish("我报名参加，如果到时来不了会提前说").registers);
        assert!(wish("请问我上周报的名审核通过了没有？").asks_status);
        assert!(!wish("请问现在还能报名吗？").registers);
        assert!(wish("如果还有名额，请给我报个名").registers);
        assert!(wish("麻烦把类别从群众代表改成政务公开义务监督员").changes);
        assert!(!wish("信息如有错误请告知，我报名").changes);
        assert!(is_courtesy("收到，谢谢！"));
        assert!(!is_courtesy("收到，请问几点开始"));
    }
}
