//! What a careful clerk would ask about although every value could be read: names and numbers that
//! belong to nobody for certain, wishes that are only half expressed.

use crate::reading::context::case::Case;
use crate::reading::fact::{Fact, Force, Group, Role};
use crate::reading::intent;
use crate::reading::language::text::{Text, is_han, until};
use crate::reading::language::words::{contains, words};
use crate::reading::people::settle;
use crate::reading::person::{People, Person};
use crate::reading::values::digits::{self, Found, Number};
use crate::reading::values::names;
use crate::reading::vocabulary::Item;
use crate::reading::wish::polite;
use crate::reading::{Doubt, Kind, Reading};

words! {
    /// Who says these gives an opinion, thanks, or writes for an office.
    OPINIONS = "建议 希望 意见 感谢 谢谢 表扬 投诉 反映 收到 已阅 知悉 函 通知 采访 志愿者 不报名 不参加 祝";
    /// Speaks of what was sent before.
    BEFORE = "上回报名 上回报 上次报名 上回填 报名表上 登记表上 表上写 报名的 登记的 报上的 写成 填成 报成 改报 转报 前期 原定 原来 原先 原报 先前 此前 报送的 名单上 改派 更换 参会人员 回执 报的";
    /// Somebody besides.
    MORE = "另一个人 另一位 另外一人 另外一个 还有一个 还有一位 另一人 另一名 第二个人";
}

/// So many Han characters say a wish and a telephone number, and hold no name that is not seen.
const FEW_WORDS: usize = 25;

/// Goes through what was not claimed by anybody.
#[must_use]
pub(crate) fn doubts(kind: Kind, case: &Case, people: &People) -> Vec<Doubt> {
    let mut reasons = Vec::new();
    let several = people.list.len() > 1;
    if several {
        reasons.extend(unclaimed(people));
        reasons.extend(open_categories(people));
        reasons.extend(open_employers(people));
    }
    if kind == Kind::Registration {
        reasons.extend(nameless(case, people));
        reasons.extend(in_letters(case, people));
        reasons.extend(told_before(case, people));
        reasons.extend(bare_names(case, people));
        reasons.extend(somebody_else(people));
        reasons.extend(others_meant(case, people));
    }
    // Who registers in the same words may only have corrected them while writing.
    let wish = &case.wish;
    let from_before = || {
        wish.earlier
            || BEFORE.found_in(&case.own)
            || case.numbered
            || case.letter.ours
            || case.reply
    };
    if kind == Kind::Change && wish.registers && !from_before() {
        reasons.push("没有写明更正的是哪一次报名，不确定是新报名还是更正".to_owned());
    }
    if kind == Kind::Cancellation && case.wish.unsure {
        reasons.push("来信没有确定要取消".to_owned());
    }
    let wish = &case.wish;
    let fresh = wish.registers && !wish.earlier && !wish.gives_back && !case.letter.ours;
    let data = people.list.iter().filter(|person| person.has(Item::Phone)).count();
    let before = wish.earlier || case.numbered || case.letter.ours;
    if kind == Kind::Registration && wish.cancels && before && intent::only_me(&case.own)
        || kind == Kind::Cancellation
            && fresh
            && (data > 1 || several && data > 0 || wish.registers_in_body)
    {
        reasons.push("信中既有报名又有取消的意思".to_owned());
    }
    reasons.into_iter().map(plain).collect()
}

/// Nobody says that they register, or who does.
fn nameless(case: &Case, people: &People) -> Vec<String> {
    let mut reasons = Vec::new();
    let asked = people.list.iter().any(|person| person.has(Item::Category));
    let meant =
        asked || case.wish.related || case.wish.registers || case.numbered || case.letter.ours;
    if !meant && !case.files.iter().any(|file| file.relevant) && !case.unread_form {
        reasons.push("来信只有个人信息，没有写明是报名".to_owned());
    }
    // 王主任, and no more of a name.
    let titled = || {
        names::TITLES.iter().any(|title| {
            case.own.match_indices(title).any(|(at, _)| {
                let mut before = until(&case.own, at).chars().rev();
                let surname =
                    before.next().is_some_and(|c| names::surname(c.encode_utf8(&mut [0; 4])) == 1);
                // 社区老人应得水大爷: more than a family name stands there.
                surname
                    && before
                        .next()
                        .is_none_or(|c| !is_han(c) || "我是的叫找村社厂店局家".contains(c))
            })
        })
    };
    let nameless = people.list.iter().any(|person| !person.has(Item::Name));
    // In a few words no name is overlooked: it is only missing, and asked for.
    let prose = case.own_lines.lines().filter(|line| !line.contains(['：', ':']));
    let wordy = prose.flat_map(str::chars).filter(|c| is_han(*c)).nth(FEW_WORDS).is_some();
    let latin = ["名字", "姓名", "我叫"].iter().any(|word| {
        case.own.match_indices(word).any(|(at, _)| {
            let rest = case.own.get(at + word.len()..).unwrap_or("");
            rest.trim_start_matches([' ', '：', ':', '是', '叫', '，'])
                .starts_with(|c: char| c.is_ascii_alphabetic())
        })
    });
    if nameless && (latin || case.own.contains("拼音")) {
        reasons.push("姓名只写了拼音或字母，请核对汉字".to_owned());
    } else if nameless && wordy && !titled() && !case.letter.ours {
        reasons.push("没有读到报名人的姓名".to_owned());
    }
    reasons
}

/// An earlier registration is spoken of, and no new one for certain.
fn told_before(case: &Case, people: &People) -> Option<String> {
    let wish = &case.wish;
    let labelled = |person: &Person| {
        person.facts.iter().any(|fact| fact.item == Item::Name && fact.force == Force::Label)
    };
    let whole = |person: &Person| {
        person.has(Item::Name)
            && person.has(Item::Category)
            && (person.has(Item::Phone) || person.has(Item::IdNumber))
    };
    let told = people.list.iter().any(|person| labelled(person) || whole(person));
    let loose = wish.earlier && !wish.registers && !told;
    let before = (loose || wish.already) && !wish.again;
    let open = before && !case.letter.ours && !case.files.iter().any(|file| file.relevant);
    open.then(|| "信中提到此前已报名，不确定是新报名、更正还是询问".to_owned())
}

/// People of whom only the name is told. `冯天寿（无电话）`: what is missing is said, and that is more.
fn bare_names(case: &Case, people: &People) -> Vec<String> {
    let lacks = ["（没", "（无", "，没有手机", "，没手机", "，无手机", "，无电话", "，没电话"];
    let bare = people.bare.iter().filter(|name| {
        let said = Text::fold(name);
        !lacks.iter().any(|lack| case.own.contains(&[said.as_str(), lack].concat()))
    });
    bare.map(|name| format!("只写了“{name}”的名字，不确定是否也要报名")).collect()
}

/// Others are spoken of than those who were read.
fn others_meant(case: &Case, people: &People) -> Vec<String> {
    let mut reasons = Vec::new();
    let later = [
        "没想好",
        "还没想",
        "没选好",
        "没选出",
        "再说",
        "没定",
        "未定",
        "待定",
        "定了告诉",
        "定了再",
        "确定后",
        "定下来",
    ];
    if MORE.found_in(&case.own) && later.iter().any(|word| case.own.contains(word)) {
        reasons.push("信中说还有人没有定下来".to_owned());
    }
    let writers = people.list.iter().any(|person| {
        person.facts.iter().any(|fact| fact.item == Item::Name && fact.role == Role::Writer)
    });
    if writers
        && ["推荐", "介绍一位", "举荐"].iter().any(|word| case.own.contains(word))
        && !["自我推荐", "推荐自己", "自荐", "推荐我"].iter().any(|word| case.own.contains(word))
    {
        reasons.push("信中推荐了别人，读到的却是写信人，不确定谁报名".to_owned());
    }
    reasons
}

/// Somebody gives name and number, speaks of the event and asks nothing: what for?
pub(crate) fn half_heard(kind: Kind, case: &Case) -> Option<Doubt> {
    let wish = &case.wish;
    if wish.passes_down {
        return None;
    }
    let said = |fits: &dyn Fn(&Fact) -> bool| {
        case.own_groups
            .iter()
            .flat_map(Group::facts)
            .any(|fact| fact.role != Role::Contact && fits(fact))
    };
    let named = said(&|fact| fact.item == Item::Name && !fact.wrong || fact.role == Role::Alone);
    // Says something of the event and of somebody, and asks nothing: what for?
    let unheard = kind == Kind::Inquiry
        && wish.related
        && named
        && !wish.asks
        && !wish.elsewhere
        && !wish.papers
        && !wish.missed
        && !wish.undecided
        && !wish.next_time
        && !wish.keeps
        && !polite::is_courtesy(&case.own_lines)
        && !contains(&case.own, &OPINIONS);
    if unheard {
        return Some(plain("没有读懂是报名、更正、取消还是询问".to_owned()));
    }
    let open = kind == Kind::Inquiry
        && wish.related
        && !wish.asks
        && !wish.elsewhere
        && !wish.papers
        && !case.own.contains("建议")
        && !wish.cancels
        && !wish.missed
        && !wish.undecided
        && !wish.next_time
        && said(&|fact| matches!(fact.item, Item::Phone | Item::IdNumber))
        && said(&|fact| {
            matches!(fact.item, Item::Name | Item::Category) || fact.role == Role::Alone
        });
    let told = kind == Kind::Inquiry
        && !wish.asks
        && !wish.papers
        && !wish.elsewhere
        && !wish.cancels
        && case.files.is_empty()
        && !case.own.contains("建议")
        && digits::find(&case.own_lines).iter().any(|found| matches!(found.number, Number::Id(_)));
    let open = open || told;
    open.then(|| plain("写了姓名和号码，没有读懂是报名、更正还是询问".to_owned()))
}

/// A doubt that concerns nobody in particular.
#[must_use]
pub(crate) fn plain(reason: String) -> Doubt {
    Doubt { reason, advice: None, concerns: None }
}

/// A place is asked for, and nobody could be read for whom.
pub(crate) fn nobody(reading: &mut Reading) {
    if reading.kind == Kind::Registration && reading.applicants.is_empty() && !reading.review() {
        reading.doubts.push(Doubt {
            reason: "像是报名，但没有读到报名人".to_owned(),
            advice: Some("请写明报名人的姓名、电话和报名类别。".to_owned()),
            concerns: None,
        });
    }
}

/// Numbers that stand beside several people and were given to none.
fn unclaimed(people: &People) -> Vec<String> {
    let claimed = |fact: &Fact| {
        people.list.iter().any(|person| person.facts.iter().any(|own| own.value == fact.value))
    };
    let numbers = people.shared.iter().filter(|fact| {
        matches!(fact.item, Item::Phone | Item::IdNumber)
            && !fact.wrong
            && !fact.old
            && !fact.value.contains('-')
    });
    let mut values: Vec<&str> =
        numbers.filter(|fact| !claimed(fact)).map(|fact| fact.value.as_str()).collect();
    values.sort_unstable();
    values.dedup();
    values.into_iter().map(|value| format!("号码{value}没有读懂是谁的")).collect()
}

/// `wo yao baoming, wo jiao Wang Qiang`: a mail in letters that names nobody whom reading knows.
fn in_letters(case: &Case, people: &People) -> Option<String> {
    let named = people.list.iter().any(|person| person.has(Item::Name));
    let letters = !case.own_lines.contains(is_han)
        && case.own_lines.chars().filter(char::is_ascii_alphabetic).nth(FEW_WORDS).is_some();
    (letters && !named && !case.files.iter().any(|file| file.relevant))
        .then(|| "信是用字母写的，没有读懂报名人的姓名".to_owned())
}

/// Several categories for several people, without saying whose is which.
fn open_categories(people: &People) -> Option<String> {
    let said = people.shared.iter().filter(|fact| fact.item == Item::Category && !fact.old);
    let mut values: Vec<&str> = said.map(|fact| fact.value.as_str()).collect();
    values.sort_unstable();
    values.dedup();
    let lacking = people.list.iter().any(|person| !person.has(Item::Category));
    (values.len() > 1 && lacking).then(|| "写了不止一种类别，没有写明谁报哪一种".to_owned())
}

/// Several employers for several people, without saying whose is which.
fn open_employers(people: &People) -> Option<String> {
    let said = people
        .shared
        .iter()
        .filter(|fact| fact.item == Item::Organization && !fact.old && fact.role != Role::SignOff);
    let mut values: Vec<&str> = said.map(|fact| fact.value.as_str()).collect();
    values.sort_unstable();
    values.dedup();
    // 顺通驾校 and its full name are one.
    let all = values.clone();
    let longer = |short: &str, long: &str| {
        short != long && short.len() < long.len() && settle::same(Item::Organization, short, long)
    };
    values.retain(|value| !all.iter().any(|other| longer(value, other)));
    let lacking = people.list.iter().any(|person| !person.has(Item::Organization));
    (values.len() > 1 && lacking)
        .then(|| format!("提到{}，没有读懂各是谁的单位", values.join("、")))
}

/// Nobody is named as applicant, but somebody is named.
fn somebody_else(people: &People) -> Option<String> {
    let named = people.list.iter().any(|person| person.has(Item::Name));
    let other = people.others.iter().find(|fact| fact.role != Role::Contact)?;
    (!named).then(|| format!("信中提到“{}”，不确定是否就是报名人", other.value))
}

/// Numbers behind unknown labels that nobody has in the end.
pub(crate) fn still_open(unread: Vec<Doubt>, reading: &Reading) -> Vec<Doubt> {
    let fields = || reading.applicants.iter().flat_map(|one| one.fields.values());
    let taken = |reason: &str| {
        digits::find(reason).into_iter().any(|found| match found.number {
            Number::Mobile(number) | Number::Landline(number) | Number::Id(number) => {
                fields().any(|field| field.value == number)
            }
            _ => false,
        })
    };
    unread.into_iter().filter(|doubt| !taken(&doubt.reason)).collect()
}

/// Numbers behind labels that nobody knows, unless they are somebody's anyway.
pub(crate) fn unassigned(groups: &mut [Group]) -> Vec<Doubt> {
    let said = groups.iter().flat_map(Group::facts).filter(|fact| !fact.wrong);
    let said = said.filter(|fact| matches!(fact.item, Item::Phone | Item::IdNumber));
    let numbers: Vec<String> = said.map(|fact| fact.value.clone()).collect();
    // An identity number is no telephone: each kind is missed for itself.
    let same_kind = |reason: &str| {
        let read = digits::find(reason).into_iter().next();
        let id = matches!(read, Some(Found { number: Number::Id(_), .. }));
        numbers.iter().any(|number| (number.len() == 18) == id)
    };
    let mut doubts = Vec::new();
    for group in groups {
        let (Group::Stream(facts) | Group::Record(facts)) = group;
        facts.retain(|fact| {
            let unread = fact.item == Item::Ignored && fact.wrong;
            let counts = fact.force > Force::Guess || !same_kind(&fact.value);
            if unread && counts && !numbers.iter().any(|number| fact.value.contains(number)) {
                doubts.push(Doubt { reason: fact.value.clone(), advice: None, concerns: None });
            }
            !unread
        });
    }
    doubts
}
