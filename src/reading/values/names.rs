//! What can be a person's name.

pub(crate) use super::name_words::TITLES;
use super::name_words::{FIELD_WORDS, FOLLOWS, GIVEN, LEADS, LONG_GIVEN, RARE, SAID, WORDS};
use crate::reading::language::kin;
use crate::reading::language::text::{CharSet, from, is_han, squeeze, until};

/// Single surnames, the common ones and those of Ningxia's Hui families.
const SURNAMES: &str = "折喇靖虢仵檀羌杞兀原巨赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温庄晏柴瞿阎充慕连茹习宦艾鱼容古易慎戈廖庾终暨居衡步耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠丰巢关蒯查荆红游竺权逯盖益桓公岳帅亢况郈琴归海晋楚闫法汝鄢涂钦商牟佘佴伯赏墨哈谯笪阳佟肖苟付覃岩仝妥拓剡虎撒摆锁买冶纳者铁黑喜丑回底脱朵鲜杲敏勉舍闪赛洒拜麦木速苦仁战火罕仓么蹇呼雒母丛展迟鹿矫芦仉宾院扎旦尼斯腊普多兰向隋植缑皋亓郇郄卯逮邸揭敬邝栗练朴漆丘渠粟眭冼郅豆保位代卿腾";

/// Compound surnames.
const COMPOUND: &[&str] = &[
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛",
    "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容",
    "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马",
    "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐",
    "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "左丘", "东门", "西门", "纳兰", "第五",
];

/// Characters that belong to sentences, not to given names.
const NOT_GIVEN: &str = "口都户总的了是在我你他她您们这那不没请吗呢吧啊就也还又再很会能要想去说把被让给对向与及但而则所以个号电话机身份证报参监督族县镇乡村街楼室日点分局厂店部处院校站社两位名和岁住叫办帮替为等此者些什么怎已曾将需用做当任第各每并或因到从由于至跟咱哪谁呀哦嗯无非";

struct Tables {
    compound: CharSet,
    single: CharSet,
    words: std::collections::HashSet<&'static str>,
    field_words: std::collections::HashSet<&'static str>,
    not_given: CharSet,
    leads: CharSet,
    follows: CharSet,
}

static TABLES: std::sync::LazyLock<Tables> = std::sync::LazyLock::new(|| Tables {
    compound: COMPOUND.iter().filter_map(|name| name.chars().next()).collect(),
    single: SURNAMES.chars().collect(),
    words: WORDS.split_whitespace().collect(),
    field_words: FIELD_WORDS.split_whitespace().collect(),
    not_given: NOT_GIVEN.chars().collect(),
    leads: LEADS.chars().collect(),
    follows: FOLLOWS.chars().collect(),
});

/// How many characters the surname at the start has; 0 when there is none.
#[must_use]
pub(crate) fn surname(folded: &str) -> usize {
    let Some(first) = folded.chars().next() else { return 0 };
    if TABLES.compound.has(first) && COMPOUND.iter().any(|name| folded.starts_with(name)) {
        return 2;
    }
    usize::from(TABLES.single.has(first))
}

/// Whether a word looks like a Han name without anything around it saying so.
#[must_use]
pub(crate) fn plausible(folded: &str) -> bool {
    possible(folded) && (has_dot(folded) || !is_word(folded))
}

/// Parts of a name stand beside a middle dot.
#[must_use]
pub(crate) fn has_dot(text: &str) -> bool {
    // Words are short: a search by bytes would be longer in preparing than in looking.
    text.chars().any(|c| c == '·')
}

/// `班里`, `边上`, `门口`: a place that begins like a family name.
fn is_somewhere(folded: &str) -> bool {
    let mut chars = folded.chars().rev();
    matches!(chars.next(), Some('里' | '上' | '下' | '内' | '外' | '边' | '口' | '头'))
        && chars.nth(1).is_none()
}

/// Whether a word can be a Han name where the words before it say that it is one (我叫高兴).
#[must_use]
pub(crate) fn possible(folded: &str) -> bool {
    if has_dot(folded) {
        return dotted(folded);
    }
    let surname = surname(folded);
    // What is cheap to know first: hardly any word comes to the list.
    surname > 0
        && ((1..=2).contains(&folded.chars().count().saturating_sub(surname)) || long_given(folded))
        && folded.chars().all(is_han)
        && !folded.ends_with(['啦', '哈', '哦', '呀', '员'])
        && !is_somewhere(folded)
        && ![
            "上有", "里有", "中有", "内有", "共有", "还有", "只有", "现有", "一下", "半天", "一天",
            "两天", "几天", "毕业", "上班", "上学", "下岗", "退休", "打工",
        ]
        .iter()
        .any(|end| folded.ends_with(end))
        && (!folded.chars().skip(surname).any(|c| TABLES.not_given.has(c))
            || GIVEN.iter().any(|given| folded.chars().skip(surname).eq(given.chars()))
            || begins_with_function_word(folded, surname))
        && !TABLES.field_words.contains(folded)
}

/// `马伊斯麻`: a family name and a given name of three characters.
#[must_use]
pub(crate) fn long_given(folded: &str) -> bool {
    surname(folded) == 1 && LONG_GIVEN.iter().any(|given| folded.chars().skip(1).eq(given.chars()))
}

/// `马会民`, `李向阳`, `丁在福`: a given name of two characters whose first is a function word elsewhere.
fn begins_with_function_word(folded: &str, surname: usize) -> bool {
    let mut given = folded.chars().skip(surname);
    let (Some(first), Some(last), None) = (given.next(), given.next(), given.next()) else {
        return false;
    };
    if matches!(first, '会' | '为') {
        return !TABLES.not_given.has(last) && last != '来';
    }
    TABLES.leads.has(first) && TABLES.follows.has(last)
}

/// Whether a word begins with no surname and holds what no name holds: 填表人, 与户主关系.
#[must_use]
pub(super) fn no_name(folded: &str) -> bool {
    let given = folded.strip_prefix(|c| SAID.contains(c)).unwrap_or(folded);
    surname(folded) == 0
        && !has_dot(folded)
        && !foreign(folded)
        && given.chars().any(|c| TABLES.not_given.has(c))
}

/// Whether a word that is called a name and ends with its clause is one, whatever it means elsewhere.
#[must_use]
pub(crate) fn called(folded: &str) -> bool {
    let surname = surname(folded);
    surname > 0
        && folded.chars().count() == surname + 2
        && folded.chars().all(is_han)
        && !folded.chars().any(|c| "的了吗呢么啥谁".contains(c))
        && !TABLES.field_words.contains(folded)
}

/// Whether a word could be a name that begins with no known surname: 我叫罕见, and nothing behind.
#[must_use]
pub(crate) fn any_han(folded: &str) -> bool {
    (2..=3).contains(&folded.chars().count())
        && folded.chars().all(|c| is_han(c) && !TABLES.not_given.has(c))
        && !TABLES.field_words.contains(folded)
        && !TABLES.words.contains(folded)
}

/// Syllables by which names of other peoples are written: 古丽娜尔, 阿依努尔.
#[must_use]
pub(crate) fn foreign(folded: &str) -> bool {
    let sounds = "古丽娜尔阿依努买提布拉穆罕默德麦苏莱曼哈吉孜姆热伊卜赫木江别克扎汗巴特格日勒其木乌兰图雅那仁达瓦卓玛次仁央金多杰才让帕提孜亚力迪玛依拜合塔妮萨莎卡里";
    folded.chars().filter(|c| sounds.contains(*c)).count() * 4 >= folded.chars().count() * 3
}

/// What counts behind 那: 那件事, 那张表.
const COUNTED: &str =
    "儿一类个边种天张份封位次些回么里样时条年会号几件事场趟段笔桩栋辆部句项套批届期轮阵";

/// A common word, or one with a character behind it.
fn is_word(folded: &str) -> bool {
    let mut chars = folded.chars();
    let rare = chars.next().is_some_and(|c| RARE.contains(c)) && chars.nth(1).is_none();
    let two = folded.char_indices().nth(2).and_then(|(at, _)| folded.get(..at));
    let longer = folded.chars().nth(3).is_none() && surname(folded) == 1;
    let titled = folded.char_indices().nth(1).is_some_and(|(at, _)| {
        let given = from(folded, at);
        longer
            && given.chars().count() == 2
            && given != "文书"
            && (super::posts::is_post(given)
                || TITLES.contains(&given)
                || TABLES.field_words.contains(given)
                || kin::first(given) == Some(given))
    });
    // 秋收节, 杏花节: a day, not a person.
    let day = folded.ends_with('节')
        && longer
        && folded
            .chars()
            .nth(1)
            .is_some_and(|c| "收庆宵午阳秋春夏冬食艺花灯桃杏梅购化乐游泉羊牛菜".contains(c));
    // 查查, 看看: a verb or a pet name.
    let mut chars = folded.chars();
    let doubled = chars.next() == chars.next() && chars.next().is_none();
    // 沈姐，我想报名: spoken to.
    let called = folded.chars().nth(2).is_none()
        && folded.ends_with(['姐', '哥', '总', '叔', '姨', '嫂', '婶', '爷', '伯']);
    // 单家集, 马家沟: a village.
    let mut parts = folded.chars().skip(1);
    let village = longer
        && parts.next() == Some('家')
        && parts.next().is_some_and(|c| "集庄堡沟湾村寨坪岔河塬梁洼渠坡台坝川滩".contains(c));
    let mut parts = folded.chars();
    let shown = parts.next() == Some('那') && parts.next().is_some_and(|c| COUNTED.contains(c));
    titled
        || shown
        || village
        || called
        || day
        || doubled
        || rare
        || kin::first(folded) == Some(folded)
        || TABLES.words.contains(folded)
        || longer && two.is_some_and(|two| TABLES.words.contains(two))
}

/// A name with a middle dot: `叶尔兰·哈力`.
fn dotted(name: &str) -> bool {
    let parts: Vec<&str> = name.split('·').collect();
    parts.len() >= 2
        && parts
            .iter()
            .all(|part| (1..=8).contains(&part.chars().count()) && part.chars().all(is_han))
}

/// What a name field's value says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// The name as written.
    pub name: String,
    /// The sex that a title states.
    pub gender: Option<&'static str>,
    /// Only Latin letters: a person must ask for the characters.
    pub latin: bool,
    /// Characters that cannot be read.
    pub unreadable: bool,
}

/// Reads the value of a name field, where the label already says that it is one.
#[must_use]
pub(crate) fn labelled(value: &str) -> Option<Named> {
    let value = value.trim().trim_matches(|c: char| " .。，,;；:：*_\"“”'".contains(c));
    let value =
        value.trim_start_matches(|c: char| c.is_ascii_digit() || " .、)）:：①②③④⑤⑥⑦⑧⑨".contains(c));
    if has_lost(value) {
        return Some(Named { unreadable: true, ..Named::default() });
    }
    let (bare, remark) = split_remark(value);
    let mut named = Named { gender: gender_of(&remark), ..Named::default() };
    let bare = bare.trim();
    if bare.contains('\u{fffd}') || !bare.is_empty() && bare.chars().all(|c| "?？□■*＊".contains(c))
    {
        named.unreadable = true;
        return Some(named);
    }
    let bare = bare.strip_prefix("is ").unwrap_or(bare);
    let letters = bare.chars().filter(char::is_ascii_alphabetic).count();
    let han = bare.chars().filter(|c| is_han(*c)).count();
    if han == 0 {
        let fits =
            letters >= 3 && bare.chars().all(|c| c.is_ascii_alphabetic() || " .-'·".contains(c));
        named.latin = true;
        named.name = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        return (fits && named.name.len() <= 40).then_some(named);
    }
    let squeezed = squeeze(bare);
    // A person's characters with the letters of the same name behind them: keep the characters.
    let squeezed: String = squeezed.chars().take_while(|c| is_han(*c) || *c == '·').collect();
    let (name, title) = untitled(&squeezed);
    named.gender = named.gender.or_else(|| gender_of(title));
    let length = name.chars().count();
    let fits = if name.contains('·') { dotted(&name) } else { (2..=5).contains(&length) };
    if !fits
        || TABLES.field_words.contains(name.as_str())
        || length == 5 && surname(&name) != 2 && !name.contains('·') && !title.is_empty()
    {
        return None;
    }
    if name.chars().any(|c| "的了吗呢请您们".contains(c)) || kin::is_one(&name) {
        return None;
    }
    named.name = name;
    Some(named)
}

/// What clients write for a character that they do not have.
pub(crate) const LOST: [char; 5] = ['?', '？', '□', '\u{fffd}', '■'];

/// `袁?`, `马□霞`: a name that lost a character on its way.
#[must_use]
pub(crate) fn has_lost(name: &str) -> bool {
    name.starts_with(is_han)
        && name.contains(LOST)
        && (2..=4).contains(&name.chars().count())
        && name.chars().all(|c| is_han(c) || LOST.contains(&c))
}

/// Splits `王芳（女）` into name and remark.
fn split_remark(value: &str) -> (String, String) {
    match value.find(['(', '（', '[', '【', '/', '，', ',']) {
        Some(at) if at > 0 => (until(value, at).to_owned(), from(value, at).to_owned()),
        _ => (value.to_owned(), String::new()),
    }
}

/// Cuts a title off the end, if enough of a name is left.
#[must_use]
pub(super) fn untitled(name: &str) -> (String, &'static str) {
    let fits = TITLES
        .iter()
        .filter(|title| name.strip_suffix(**title).is_some_and(|bare| bare.chars().count() >= 2));
    match fits.max_by_key(|title| title.len()) {
        Some(title) => (name.strip_suffix(title).unwrap_or(name).to_owned(), title),
        None => (name.to_owned(), ""),
    }
}

/// Splits the title off the end, however little is left before it.
#[must_use]
pub(crate) fn split_title(name: &str) -> (&str, &'static str) {
    let titles = TITLES.iter().filter_map(|title| Some((name.strip_suffix(*title)?, *title)));
    titles.max_by_key(|(_, title)| title.len()).unwrap_or((name, ""))
}

/// The sex that a form of address states; kinship and pronouns do not.
#[must_use]
pub(super) fn gender_of(words: &str) -> Option<&'static str> {
    let words = words.trim_matches(|c: char| "()（）[]【】,，/ ".contains(c));
    // 女儿何静陪同 speaks of somebody else.
    let sex = |word: char| {
        words.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with(['性', '同', '士', '汉', '回', '生']) || !rest.starts_with(is_han)
        })
    };
    if words.starts_with("小姐") || sex('女') {
        Some("女")
    } else if words.starts_with("先生") || sex('男') {
        Some("男")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_kinds_are_plausible_and_common_words_are_not() {
        for name in
            ["马希文", "欧阳晓雯", "妥万里", "虎雪莲", "剡国栋", "叶尔兰·哈力", "史佳", "党旭升"]
        {
            assert!(plausible(name), "{name}");
        }
        for word in ["单位", "关于", "谢谢", "周一", "时间", "西吉", "方便", "高兴的", "安全员"]
        {
            assert!(!plausible(word), "{word}");
        }
    }

    #[test]
    fn a_labelled_name_loses_blanks_titles_and_remarks() {
        assert_eq!(labelled("张 三").unwrap().name, "张三");
        let named = labelled("宋巧玲女士").unwrap();
        assert_eq!((named.name.as_str(), named.gender), ("宋巧玲", Some("女")));
        assert_eq!(labelled("王芳（女）").unwrap().gender, Some("女"));
        assert!(labelled("Ma Xiwen").unwrap().latin);
        assert!(
            labelled("张\u{fffd}").unwrap().unreadable && labelled("马?花").unwrap().unreadable
        );
        assert_eq!(labelled("无"), None);
    }
}
