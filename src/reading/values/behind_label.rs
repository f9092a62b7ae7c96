//! The value behind a label, in the form of the contract.

use super::bounds;
use super::categories;
use super::digits::{self, Number};
use super::ethnic::ethnicity;
use super::names::{self, Named};
use super::nothing::{is_none, without_choices};
use super::places;
use super::posts;
use crate::reading::language::choice::{self, Choice};
use crate::reading::language::text::{Text, from, is_han, squeeze, until};
use crate::reading::vocabulary::{Item, Vocabulary};

/// What a value says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// A value in its proper form.
    Value(Item, String),
    /// Something was written that cannot be right: why, for the staff.
    Wrong(Item, String),
}

/// Reads a value under one or several labels.
#[must_use]
pub(crate) fn read(items: &[Item], value: &Text, vocabulary: &Vocabulary) -> Vec<Said> {
    match items {
        [] => Vec::new(),
        [item] => one(*item, value, vocabulary),
        // 职务/职称: what is of no use divides nothing.
        _ => match items.iter().filter(|item| **item != Item::Ignored).collect::<Vec<_>>()[..] {
            [item] => one(*item, value, vocabulary),
            _ => super::several::several(items, value, vocabulary),
        },
    }
}

/// Reads a value under one label.
pub(super) fn one(item: Item, value: &Text, vocabulary: &Vocabulary) -> Vec<Said> {
    let enclosed = value.folded.trim();
    let pair = [('[', ']'), ('【', '】'), ('(', ')'), ('（', '）'), ('<', '>'), ('“', '”')];
    if pair.iter().any(|(open, close)| {
        enclosed
            .strip_prefix(*open)
            .and_then(|inner| inner.strip_suffix(*close))
            .is_some_and(|inner| !inner.contains([*open, *close]))
    }) {
        let start = value.folded.len() - value.folded.trim_start().len();
        let open = enclosed.chars().next().map_or(0, char::len_utf8);
        let close = enclosed.chars().next_back().map_or(0, char::len_utf8);
        return one(item, &value.part(start + open..start + enclosed.len() - close), vocabulary);
    }
    match choice::read(&value.shown) {
        Choice::Chosen(options) => plain(item, &Text::new(&options.join(" ")), vocabulary, true),
        Choice::None => plain(item, value, vocabulary, false),
    }
}

/// A value without marks; `chosen`: its options were marked.
fn plain(item: Item, value: &Text, vocabulary: &Vocabulary, chosen: bool) -> Vec<Said> {
    if is_none(&value.folded) {
        return Vec::new();
    }
    match item {
        Item::Name => name(value),
        Item::Phone => phones(value),
        Item::IdNumber => id_number(value),
        Item::Gender => {
            gender(value).map(|sex| Said::Value(item, sex.to_owned())).into_iter().collect()
        }
        Item::Ethnicity => {
            let bare = value.folded.trim_matches(['_', ' ']);
            let end = bare.find(['，', ',', '。', ' ', '(', '（']).unwrap_or(bare.len());
            let word = until(bare, end);
            // Han 汉族
            let more = bare.split_whitespace().skip(1).find_map(ethnicity);
            ethnicity(word).or(more).map(|group| Said::Value(item, group)).into_iter().collect()
        }
        Item::Category => categories(value, vocabulary, chosen),
        Item::Organization => organization(value),
        Item::Position => {
            let post = places::tidy(bounds::without_lead(value.shown.trim()));
            let none = is_none(&Text::fold(&post));
            if none || post.chars().count() > 60 {
                Vec::new()
            } else {
                vec![Said::Value(item, post)]
            }
        }
        Item::Address | Item::MailAddress => {
            let whole = &value.shown;
            let code = ["邮编", "邮政编码"].iter().filter_map(|word| whole.find(word)).min();
            let place = places::tidy(until(whole, code.unwrap_or(whole.len())));
            let fits = (2..=100).contains(&place.chars().count());
            if fits { vec![Said::Value(item, place)] } else { Vec::new() }
        }
        Item::Birth => vec![Said::Value(item, value.shown.trim().to_owned())],
        Item::Custom(_) => {
            let text = places::tidy(&value.shown);
            if text.is_empty() {
                Vec::new()
            } else {
                vec![Said::Value(item, text.chars().take(500).collect())]
            }
        }
        Item::Contact | Item::Ignored => Vec::new(),
    }
}

fn name(value: &Text) -> Vec<Said> {
    let whole = value.shown.trim();
    // 马成  签名：马成
    let signed = ["签名", "签字", "本人签"].iter().filter_map(|word| whole.find(word)).min();
    let whole = until(whole, signed.filter(|at| *at > 0).unwrap_or(whole.len())).trim();
    // 经理 景志平
    let words: Vec<&str> = whole.split_whitespace().collect();
    if let [post, name] = words.as_slice()
        && posts::is_post(&Text::fold(post))
        && names::plausible(&Text::fold(name))
    {
        return vec![
            Said::Value(Item::Position, (*post).to_owned()),
            Said::Value(Item::Name, (*name).to_owned()),
        ];
    }
    // 鲁大海  班长
    if let [name, post] = words.as_slice()
        && posts::is_post(&Text::fold(post))
        && names::plausible(&Text::fold(name))
    {
        return vec![
            Said::Value(Item::Name, (*name).to_owned()),
            Said::Value(Item::Position, (*post).to_owned()),
        ];
    }
    let pieces: Vec<&str> = whole
        .split(['、', '；', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    // A name broken over two lines is one name.
    let names = pieces
        .iter()
        .all(|part| names::labelled(part).is_some_and(|named| names::plausible(&named.name)));
    let joined = whole.replace('\n', "");
    let list: Vec<&str> = if pieces.len() > 1 && names { pieces } else { vec![joined.as_str()] };
    let mut said = Vec::new();
    for part in list {
        let Some(Named { name, gender, latin, unreadable }) = names::labelled(part) else {
            continue;
        };
        if unreadable {
            said.push(Said::Wrong(Item::Name, format!("姓名“{part}”无法辨认")));
            continue;
        }
        said.push(Said::Value(Item::Name, name.clone()));
        if latin {
            said.push(Said::Wrong(
                Item::Custom(usize::MAX),
                format!("姓名只写了字母“{name}”，请核对汉字"),
            ));
        }
        said.extend(gender.map(|sex| Said::Value(Item::Gender, sex.to_owned())));
        // `王芳，女，汉族`: what follows the name is read by the caller as free text.
    }
    said
}

fn phones(value: &Text) -> Vec<Said> {
    // A bare local number counts here: the label says that it is a telephone.
    let found = digits::find(&format!("电话{}", value.shown));
    let mut mobiles = Vec::new();
    let mut lines = Vec::new();
    let mut wrong = Vec::new();
    let mut masked = false;
    for number in found {
        match number.number {
            Number::Mobile(number) => mobiles.push(number),
            Number::Landline(number) => lines.push(number),
            Number::WrongMobile(number) | Number::WrongId(number, _) => wrong.push(number),
            Number::Masked => masked = true,
            Number::Id(_) => {}
        }
    }
    if let Some(number) = mobiles.first().or_else(|| lines.first()) {
        return vec![Said::Value(Item::Phone, number.clone())];
    }
    let count = value.shown.chars().filter(char::is_ascii_digit).count();
    if let Some(number) = wrong.first() {
        return vec![Said::Wrong(
            Item::Phone,
            format!("电话“{number}”有{}位，不是有效号码", number.len()),
        )];
    }
    if !masked && (5..=25).contains(&count) {
        return vec![Said::Wrong(Item::Phone, format!("电话“{}”不是有效号码", value.shown.trim()))];
    }
    Vec::new()
}

fn id_number(value: &Text) -> Vec<Said> {
    let found = digits::find(&value.shown);
    for number in &found {
        match &number.number {
            Number::Id(number) => return vec![Said::Value(Item::IdNumber, number.clone())],
            Number::WrongId(_, fault) => {
                return vec![Said::Wrong(Item::IdNumber, fault.describe())];
            }
            _ => {}
        }
    }
    if found.iter().any(|number| number.number == Number::Masked) {
        return Vec::new();
    }
    // Everything up to the first word: what was meant as the number.
    let meant: String = value
        .shown
        .chars()
        .take_while(|c| c.is_ascii_digit() || c.is_whitespace() || "xX-.·*×".contains(*c))
        .filter(char::is_ascii_alphanumeric)
        .collect();
    match meant.len() {
        0..=5 => Vec::new(),
        _ => match super::id_number::check(&meant) {
            Ok(number) => vec![Said::Value(Item::IdNumber, number)],
            Err(fault) => vec![Said::Wrong(Item::IdNumber, fault.describe())],
        },
    }
}

fn gender(value: &Text) -> Option<&'static str> {
    let bare = squeeze(&value.folded);
    match (
        bare.contains('男') || bare == "m" || bare == "male",
        bare.contains('女') || bare == "f" || bare == "female",
    ) {
        (true, false) => Some("男"),
        (false, true) => Some("女"),
        _ => None,
    }
}

fn categories(value: &Text, vocabulary: &Vocabulary, chosen: bool) -> Vec<Said> {
    let folded = without_choices(&squeeze(&value.folded));
    let mut ids: Vec<&str> = Vec::new();
    for category in &vocabulary.categories {
        if category.words.iter().any(|word| folded.contains(word.as_str())) {
            ids.push(&category.id);
        }
    }
    let invited =
        |word: &str| vocabulary.categories.iter().any(|one| one.loose.iter().any(|it| it == word));
    // 报名类别：记者
    if ids.is_empty() && categories::other_kind(&folded).is_some_and(|kind| !invited(kind)) {
        let reason = format!("本次活动没有“{}”这一类别", value.shown.trim());
        return vec![Said::Wrong(Item::Category, reason)];
    }
    if ids.is_empty() {
        for category in &vocabulary.categories {
            if category.loose.iter().any(|word| folded.contains(word.as_str())) {
                ids.push(&category.id);
            }
        }
    }
    if ids.is_empty() {
        ids.extend(categories::foreign(&folded, vocabulary));
    }
    match ids.as_slice() {
        // Number 2 of which list?
        [] if folded.chars().count() <= 2
            && folded.starts_with(|c: char| c.is_ascii_alphanumeric()) =>
        {
            vec![Said::Wrong(Item::Category, format!("类别只写了“{folded}”"))]
        }
        [] => Vec::new(),
        [id] => vec![Said::Value(Item::Category, (*id).to_owned())],
        // The options of a form, none of them marked.
        _ if !chosen && folded.contains('/') => Vec::new(),
        _ => vec![Said::Wrong(Item::Category, format!("类别写了不止一种“{}”", value.shown.trim()))],
    }
}

fn organization(value: &Text) -> Vec<Said> {
    if places::names_none(&value.folded) || super::several::given_up(&value.folded) {
        return Vec::new();
    }
    // Liupan PV Technology Co., Ltd.
    if !value.shown.contains(is_han) && !value.shown.starts_with('=') {
        let name = places::tidy(&value.shown);
        if (4..=100).contains(&name.len()) && name.contains(' ') {
            return vec![Said::Value(Item::Organization, name)];
        }
    }
    // `西吉天工纸箱厂，质量部主管`
    if let Some(at) = value.shown.find(['，', ',']) {
        let tail = Text::new(from(&value.shown, at)).part(0..value.shown.len() - at);
        let post = tail.folded.trim_start_matches(['，', ',', ' ']).trim_end_matches(['。', ' ']);
        let head = places::tidy(bounds::employer(until(&value.shown, at)));
        if posts::is_post(post) {
            let post = bounds::without_lead(tail.shown.trim_start_matches(['，', ',', ' ']));
            let employer = (!head.is_empty()).then_some(Said::Value(Item::Organization, head));
            let post = Said::Value(Item::Position, places::tidy(post));
            return employer.into_iter().chain([post]).collect();
        }
        if !post.is_empty() && places::is_organization(&Text::fold(&head)) {
            return vec![Said::Value(Item::Organization, head)];
        }
    }
    let name = places::tidy(bounds::employer(&value.shown));
    let post = bounds::post_behind(value.shown.trim()).map(places::tidy);
    let fits = (2..=100).contains(&name.chars().count());
    let name = fits.then_some(Said::Value(Item::Organization, name));
    name.into_iter().chain(post.map(|post| Said::Value(Item::Position, post))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(items: &[Item], value: &str) -> Vec<(Item, String)> {
        let said = read(items, &Text::new(value), &Vocabulary::default());
        said.into_iter()
            .map(|said| match said {
                Said::Value(item, value) => (item, value),
                Said::Wrong(item, reason) => (item, format!("!{reason}")),
            })
            .collect()
    }

    #[test]
    fn values_get_the_form_of_the_contract() {
        let one = |item, value: &str| vec![(item, value.to_owned())];
        assert_eq!(
            said(&[Item::Phone], "0954-302 6619(家)  133.0958.7214(手机)"),
            one(Item::Phone, "13309587214")
        );
        assert_eq!(said(&[Item::Phone], "3026417"), one(Item::Phone, "3026417"));
        assert_eq!(
            said(&[Item::Category], "☑企业代表 □群众代表 □监督员"),
            one(Item::Category, "representative")
        );
        assert_eq!(said(&[Item::Organization], "无"), []);
        assert_eq!(said(&[Item::Organization], "Huawei"), one(Item::Organization, "Huawei"));
        assert_eq!(
            said(&[Item::Organization], "Liupan PV Co., Ltd"),
            one(Item::Organization, "Liupan PV Co., Ltd")
        );
        assert_eq!(
            said(&[Item::Category], "Enterprise representative"),
            one(Item::Category, "representative")
        );
        // Found by fuzzing: an employer without a word.
        assert_eq!(said(&[Item::Organization], ",主管"), one(Item::Position, "主管"));
        assert_eq!(said(&[Item::Ethnicity], "回"), one(Item::Ethnicity, "回族"));
        assert_eq!(
            said(&[Item::Organization, Item::Position], "西吉县宏宇消防器材经销部经理"),
            [
                (Item::Organization, "西吉县宏宇消防器材经销部".to_owned()),
                (Item::Position, "经理".to_owned())
            ]
        );
        assert_eq!(said(&[Item::IdNumber], "64222319804138757").len(), 1);
        assert!(matches!(said(&[Item::Phone], "1389583165")[0].1.chars().next(), Some('!')));
    }
}
