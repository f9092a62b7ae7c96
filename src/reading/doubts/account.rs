//! What of the writer's own words is accounted for: a number, an employer, a signer or a wish that nobody took and no
//! known part explains is asked about, and so is a value that cannot be what it stands for. The last look at a reading,
//! whatever led to it.

use std::ops::Range;

use crate::message::{Block, Message, Voice};
use crate::reading::context::case::Case;
use crate::reading::fact::{Fact, Group, Role};
use crate::reading::intent;
use crate::reading::language::kin;
use crate::reading::language::text::{Text, cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::people::staying;
use crate::reading::person::People;
use crate::reading::prose::owners;
use crate::reading::values::digits::{self, Number};
use crate::reading::values::plausible;
use crate::reading::vocabulary::{Item, Vocabulary};
use crate::reading::{Applicant, Doubt, Kind, Reading, field};

words! {
    /// Words near a number by which it is that of somebody or something else.
    OTHERS = "\
        推荐人 介绍人 证明人 监护人 联系人 联系我 找我 打给 打我 给我 我的 经办 紧急 备用 店长 老板 门头 店里 单位电话 办公室 办公 前台 总机 传真 客服 专员 联络 代报 转告 转达 \
        通知 捎话 书记 主任 会计 文书 社长 网格员 志愿者 微信 qq 邮编 车牌 好像 骗子 举报 贷款 不用了 停机 原来的 旧 换了 写错的 打错的 不是 \
        示例 例 填写 同号 或 备 另 也行 也可 妻子 丈夫 儿子 女儿";
    /// Who takes no part, said behind a name.
    STAYS_OUT = "不参会 不参加 不去 不来 不报 不到场 不出席 只负责 只是联系 仅负责 负责联络 不进场 不用登记 来不了 去不了";
    /// Words of taking something back that no wish was heard in.
    TAKES_BACK = "撤了 撤掉 撤下 撤回 撤销 销了 销掉 划了 划掉 去掉 取消 退出 放弃 退掉 不去了 不来了 不参加了 不报了 让给别人 让给其他";
    /// Where they take nothing back.
    NOT_BACK = "不取消 没取消 别取消 不会 如果 要是 万一 若 不退 不放弃 取消了 不是取消 我自己 我就不 我本人 随时 提前 的话 办 手续 许可 的是旧 的不算 的不要 的不要看 的不用看 证 费 执照 补贴 重新 自动取消 备案 注销 退件 撤回申请";
}

/// Goes through what is left of the mail when everything is read.
pub(crate) fn look(
    case: &Case,
    message: &Message,
    groups: &[Group],
    people: &People,
    reading: &Reading,
    words: &Vocabulary,
) -> Vec<Doubt> {
    let mut reasons = plausible::doubts(reading);
    if matches!(reading.kind, Kind::Registration | Kind::Change) {
        reasons.extend(numbers(case, message, groups, people, reading, words));
    }
    if reading.kind == Kind::Registration {
        reasons.extend(stays_out(case, reading));
        reasons.extend(taken_back(case));
        reasons.extend(signer(case, people, reading));
        reasons.extend(somebody_of_theirs(case, reading));
        reasons.extend(asked_about(case, reading));
    }
    reasons
}

/// Numbers of the writer's lines that nobody has.
fn numbers(
    case: &Case,
    message: &Message,
    groups: &[Group],
    people: &People,
    reading: &Reading,
    words: &Vocabulary,
) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut before = "";
    for block in message.documents.first().into_iter().flat_map(|body| &body.blocks) {
        let Block::Line(line) = block else { continue };
        let line = line.text.as_str();
        let own = matches!(block, Block::Line(line) if line.voice == Voice::Own);
        // Hardly any line has a number: the others are not looked at any closer.
        if own && line.chars().filter(|c| is_figure(*c)).nth(10).is_some() {
            let text = Text::new(line);
            for found in digits::find(&text.shown) {
                let (Number::Mobile(value) | Number::Id(value)) = found.number else { continue };
                let mut held = reading.applicants.iter().flat_map(|one| one.fields.values());
                let plain: String = value.chars().filter(char::is_ascii_digit).collect();
                let dead = owners::out_of_use(from(&text.folded, found.range.end));
                let taken = dead
                    || of_absent(case, until(&text.folded, found.range.start))
                    || held.any(|field| field.value.contains(&value))
                    || words.bureau_phones.contains(&plain)
                    || doubted(reading, &value)
                    || known(groups, people, &value);
                let lacking = lacks(reading, &value);
                // 马文的应该是153…，杨小娟的应该是181…: whose number is put right must be known.
                let open = reading.kind == Kind::Change
                    && reading.applicants.iter().all(|one| one.get(field::NAME).is_none());
                let mine = lacking && beside_others(&case.own) && is_mine(&text, &found.range);
                let explained = || explained(&text, found.range.clone(), before, people, lacking);
                if !taken && (open || mine || !explained()) {
                    doubts.push(plain_doubt(format!("信里的号码{value}没有读懂是谁的")));
                }
            }
        }
        if !line.trim().is_empty() {
            before = line;
        }
    }
    doubts
}

/// `司机马文魁（137…）在外面等候，不参加`: the number of somebody who does not come.
fn of_absent(case: &Case, before: &str) -> bool {
    let bare = before.trim_end_matches(['（', '(', '，', ',', ' ', '：', ':']);
    let bare = ["电话", "手机"].iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
    case.out.iter().any(|name| bare.ends_with(Text::fold(name).as_str()))
}

/// The writer is one of those who come: `杨富贤（我）`.
fn beside_others(own: &str) -> bool {
    ["（我）", "(我)", "我和", "我跟", "我与", "和我", "跟我"].iter().any(|word| own.contains(word))
}

/// `我的电话177…`
fn is_mine(text: &Text, range: &Range<usize>) -> bool {
    let before = until(&text.folded, range.start);
    let clause = before.rsplit(['，', ',', '。', '；', '、']).next().unwrap_or(before);
    clause.contains("我的") && !kin::spoken_of(clause)
}

/// Whether somebody who was read has no number of this kind.
fn lacks(reading: &Reading, value: &str) -> bool {
    let key = if value.len() == 11 { field::PHONE } else { field::ID_NUMBER };
    reading.applicants.iter().any(|one| !one.fields.contains_key(key))
}

/// A digit in either writing.
fn is_figure(c: char) -> bool {
    // Every character of a mail is asked: a comparison each is sooner done than a search.
    matches!(
        c,
        '0'..='9' | '０'..='９' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九'
            | '幺' | '〇' | '壹' | '贰' | '叁' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖'
    )
}

/// A question about this very number is asked already.
fn doubted(reading: &Reading, value: &str) -> bool {
    reading.doubts.iter().any(|doubt| {
        doubt.reason.contains(value)
            || doubt.concerns.as_ref().is_some_and(|(_, key)| {
                key == if value.len() == 11 { field::PHONE } else { field::ID_NUMBER }
            })
    })
}

/// The number has a known part: it no longer holds, or is that of a contact.
fn known(groups: &[Group], people: &People, value: &str) -> bool {
    let facts = groups.iter().flat_map(Group::facts).chain(&people.others);
    let part = |fact: &Fact| {
        fact.value.contains(value)
            && (fact.old || matches!(fact.role, Role::Contact | Role::SignOff | Role::Writer))
    };
    facts.into_iter().any(part) || people.theirs.iter().any(|fact| fact.value.contains(value))
}

/// The words around a number say whose it is, or that it is none.
fn explained(
    text: &Text,
    range: Range<usize>,
    before: &str,
    people: &People,
    lacking: bool,
) -> bool {
    let ends = ['。', '；', ';', '！', '!', '？'];
    let start = until(&text.folded, range.start).rfind(ends).unwrap_or(0);
    let end = from(&text.folded, range.end).find(ends);
    let end = end.map_or(text.folded.len(), |at| range.end + at);
    let sentence = cut(&text.folded, start..end);
    // Who has no number lacks perhaps this one: only what stands next to it explains it.
    let sentence = if lacking {
        let before = until(sentence, range.start - start);
        let at = before.rfind(['，', ',', '（', '(', '、']).unwrap_or(0);
        let behind = from(sentence, range.end - start);
        let near = behind.find(['，', ',', '）', ')', '、']).unwrap_or(behind.len());
        cut(sentence, at..range.end - start + near)
    } else {
        sentence
    };
    // M: 186…, on the card below.
    let card = ["t:", "m:", "p:", "tel:", "mobile:", "mob:"];
    let near = until(&text.folded, range.start).trim_end().trim_end_matches("+86").trim_end();
    if !lacking && card.iter().any(|label| near.ends_with(label)) {
        return true;
    }
    // 139…打错了, and the right one behind it.
    let wrong = ["写错", "打错", "输错", "不对"];
    let behind = from(&text.folded, range.end);
    let behind = until(behind, behind.find(ends).unwrap_or(behind.len()));
    if wrong.iter().any(|word| behind.contains(word)) {
        return true;
    }
    let theirs = |words: &str| {
        OTHERS.found_in(words)
            || kin::spoken_of(words)
            || people.others.iter().any(|fact| words.contains(&Text::fold(&fact.value)))
    };
    // A number alone on its line belongs to the line above.
    let alone = sentence.chars().filter(|c| is_han(*c)).count() <= 4;
    theirs(sentence) || alone && theirs(&Text::fold(before))
}

/// `张慧，不参会，只负责联络`: somebody who was listed takes no part.
fn stays_out(case: &Case, reading: &Reading) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for one in &reading.applicants {
        let Some(name) = one.get(field::NAME) else { continue };
        let folded = Text::fold(name);
        let said = case.own.match_indices(&folded).any(|(at, found)| {
            let behind = from(&case.own, at + found.len());
            let end = behind.find(['。', '；', '！', '\n', '？', ';']).unwrap_or(behind.len());
            let behind = until(behind, end);
            let out = STAYS_OUT.spans(behind).map(|(at, _)| until(behind, at));
            // Nobody else is spoken of in between.
            out.into_iter().any(|between| {
                between.chars().count() <= 12
                    && !kin::spoken_of(between)
                    && !between.contains(['如', '若'])
            })
        });
        if said {
            doubts.push(plain_doubt(format!("信中说“{name}”不参加，不确定是否报名")));
        }
    }
    doubts
}

/// A registration in which something is taken back.
fn taken_back(case: &Case) -> Option<Doubt> {
    // Who was left out is who was spoken of.
    let another = case.wish.others_away && intent::only_me(&case.own);
    if !TAKES_BACK.found_in(&case.own) || !case.out.is_empty() || another {
        return None;
    }
    let writer_out = staying::writer_out(&case.own);
    // 支书本来也说要去，县上叫他开会就不去了: who never was put down.
    let thought = |sentence: &&str| {
        ["本来也", "原本也", "本来说", "本来想"].iter().any(|word| sentence.contains(word))
            && !sentence.contains("本来我")
            && sentence.contains(['他', '她'])
    };
    let sentences = case.own.split(['。', '；', '！', '\n', '？', ';']);
    let clauses = sentences.filter(|it| !thought(it)).flat_map(|it| it.split(['，', ',']));
    let mut said = clauses.filter(|clause| {
        let short = clause.chars().count() <= 6;
        TAKES_BACK.found_in(clause)
            && !NOT_BACK.found_in(clause)
            && !(short && writer_out || staying::writer_out(clause))
            && (short || clause.contains(['名', '我', '他', '她', '人']))
    });
    said.next().map(|clause| plain_doubt(format!("“{}”没有读懂是报名还是取消", clause.trim())))
}

/// `孩子马浩想参观，能不能让他也来？`: whether somebody may come is asked, beside the wish of another.
fn asked_about(case: &Case, reading: &Reading) -> Vec<Doubt> {
    let asks = ["能不能", "可不可以", "可以吗", "行吗", "行不行", "能否", "是否可以", "可否"];
    let numbered =
        |one: &&Applicant| one.get(field::PHONE).is_some() || one.get(field::ID_NUMBER).is_some();
    if !reading.applicants.iter().any(|one| numbered(&one)) {
        return Vec::new();
    }
    let bare = reading.applicants.iter().filter(|one| !numbered(one));
    let asked = bare.filter_map(|one| one.get(field::NAME)).filter(|name| {
        let mut sentences = case.own.split_inclusive(['。', '！', '？', '?', '\n', '；']);
        sentences.any(|said| {
            said.contains(&Text::fold(name)) && asks.iter().any(|word| said.contains(word))
        })
    });
    asked.map(|name| plain_doubt(format!("信中问“{name}”能不能来，不确定是否报名"))).collect()
}

/// The mail speaks in the first person and is signed by somebody else than who was read.
fn signer(case: &Case, people: &People, reading: &Reading) -> Option<Doubt> {
    let [one] = reading.applicants.as_slice() else { return None };
    let name = one.get(field::NAME)?;
    let signed = people.others.iter().find(|fact: &&Fact| {
        fact.item == Item::Name
            && matches!(fact.role, Role::SignOff | Role::Writer)
            && fact.value != name
    })?;
    let own = case.wish.first_person
        && !kin::spoken_of(&case.own)
        && !case.own.replace("代表", "").contains(['他', '她', '替', '代'])
        && people
            .list
            .iter()
            .flat_map(|person| &person.facts)
            .all(|fact| fact.item != Item::Name || !matches!(fact.role, Role::Beneficiary));
    own.then(|| {
        plain_doubt(format!("署名是“{}”，读到的报名人是“{name}”，不确定谁报名", signed.value))
    })
}

/// `马强想报监督员，我是他同事李有才`: who is read only writes, as it seems.
fn somebody_of_theirs(case: &Case, reading: &Reading) -> Option<Doubt> {
    let [one] = reading.applicants.as_slice() else { return None };
    let name = one.get(field::NAME)?;
    let at = case.own.find(&Text::fold(name))?;
    let clause = until(&case.own, at).rsplit(['，', ',', '。', '；', '\n']).next()?;
    let theirs = ["我是他", "我是她"].iter().any(|is| clause.trim().starts_with(is));
    let own = ["也想", "也报", "也要", "也来", "我想", "我报", "我要", "我也", "我来", "我自己"];
    let comes = own.iter().any(|wish| case.own.contains(wish));
    (theirs && !comes && kin::spoken_of(clause))
        .then(|| plain_doubt(format!("“{name}”像是替别人写信，不确定谁报名")))
}

fn plain_doubt(reason: String) -> Doubt {
    Doubt { reason, advice: None, concerns: None }
}
