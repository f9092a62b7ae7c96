//! The words by which sentences speak of people: who is introduced, recommended, spoken for.

use crate::reading::fact::Role;
use crate::reading::language::kin;
use crate::reading::language::text::{from, is_han, until};
use crate::reading::language::words::{Words, words};
use crate::reading::values::names;
use crate::reading::values::offices;
use crate::reading::values::places;
use crate::reading::values::posts;

/// What leads to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    /// 我叫, 本人.
    Writer,
    /// 替, 推荐, 我爱人.
    For,
    /// A post, 的, or the start of the clause.
    Plain,
    /// Joined to the name before.
    Joined(Role),
    /// 联系人.
    Contact,
}

impl Cue {
    /// The part that a name in this place has.
    #[must_use]
    pub(crate) fn role(self) -> Role {
        match self {
            Self::Writer => Role::Writer,
            Self::For => Role::Beneficiary,
            Self::Plain => Role::Listed,
            Self::Joined(role) => role,
            Self::Contact => Role::Contact,
        }
    }
}

words! {
    /// A label without anything between it and the name.
    LABEL = "大名 大名是 大名叫 真名是 本名是 学名是 本名 真名 全名 学名 姓名 姓名是 姓名为 姓名写 姓名你写 姓名就写 姓名填 名字写 名字你写 名字就写 名字填 名字 名字是 名字为 姓名叫";
}
words! {
    WRITER = "\
        我叫 额叫 名字叫个 我名字叫个 我的名字叫个 额名字叫个 额名字叫 我叫个 额叫个 俺叫个 我大名叫 我大名 我名叫 我的名字叫 我的名字是 本人叫 本人姓名 本人是 本人 俺叫 我是 我系 名叫 我姓名 \
        我就是 在下 鄙人 申请人 我本人 叫";
}
words! {
    /// 一个叫马军: somebody else, too.
    COUNTS = "一个 一位 另一个 另一位 有个 有位 一名 两个 两位";
    /// Whom the office may call.
    TOLD = "通知 联系 转告 告知 打给 致电 打电话给";
    FOR = "\
        所报 已报 上报的 决定派 决定由 决定让 公司派 单位派 厂里派 村里派 社里派 学校派 我们派 现派 特派 拟派 原报 原报名的 报的 登记的 推荐的 派的 名单上的 名单里的 原定 原推荐 报名的 取消 撤销 撤回 删除 删掉 划掉 去掉 退掉 替 帮 给 为 代 让 由 改让 派 推荐 选派 委派 指派 安排 推选 推举 提名 报送 改由 换成 换 改成 改为 更正 更改 修改 \
        改派 请 选 把 将 加上 还有 加 增加";
}
words! {
    /// What somebody is beside another, no relative.
    BESIDE = "学生 助理 秘书 司机 老师 帮扶责任人 网格员";
    PEOPLE = "\
        村民 居民 市民 社员 职工 家长 学生 群众 监督员 代表 人员 同志 党员 工人 农民 个体户 商户 低保户 脱贫户 贫困户 养殖户 种植户 种养户 大户 带头人 能手 状元 手艺人 传承人 老党员 老人 \
        我单位 我公司 我社 我厂 我校 我村 本单位 本公司 本村 本社 我们公司 我们单位 我们村 我们厂 \
        我们店 我店 我队 我们合作社 业主 退休教师 退休干部 退休职工 志愿者 申请人 报名人 参加人 成员 是 名单 其中 包括 分别是 有 人选 为 \
        如下";
}
words! {
    /// Verbs of looking somebody up.
    LOOKS = "有没有 有无 查一下 查下 查查 查询 核实 核对 核实一下 看看 看一下 提到 问一下 问下 问问 请问 想问 想问下 问一声 打听 打听一下 打听下 咨询一下 咨询下";
    /// Verbs of reaching somebody: who stands behind them is a contact.
    REACHES = "联系请打 联系打 请打 打给 打电话给 请联系 可联系 可以联系 联系他 联系她 请找 可找 可以找 联系找 有事找 有事打 \
        请转告 转告 致电 联系时找 接电话的是";
    CONTACT = "\
        联系人 经办人 填表人 推荐人 负责联系 请联系 联系我 找 咨询 承办人 联络人 法人";
}

words! {
    /// Greetings, where no mark divides them from what follows.
    GREETS = "你好 您好 你们好 您们好 大家好 领导好 老师好 同志好 领导你好 领导您好 老师你好 老师您好 同志你好 同志您好 在吗";
}
words! {
    /// Verbs of putting somebody down.
    PUTS_DOWN = "算上 加上 带上 添上 写上 记上 记下 登上 报上 算 给 帮 把";
}
words! {
    /// What somebody has to do with a letter who is not put down in it.
    IN_CHARGE = "分管领导 主管领导 分管负责人 分管同志 经办人 承办人 审核人 签发人 填报人";
}

/// `算上我`, `给我`: whoever writes, and may go on with their name.
#[must_use]
pub(super) fn puts_me_down(before: &str) -> bool {
    before.strip_suffix('我').is_some_and(|asks| PUTS_DOWN.end(asks).is_some())
}

/// `分管领导为副总经理石岩`: who is in charge of the letter.
fn in_charge(before: &str) -> bool {
    IN_CHARGE
        .start(before)
        .is_some_and(|word| from(before, word.len()).starts_with(['为', '是', '系', '由']))
}

/// `某某厂法人雷秀芳`: a post behind its office, not the label of a contact.
fn of_office(before: &str, word: &str) -> bool {
    posts::is_post(word) && places::ends_as_organization(until(before, before.len() - word.len()))
}

/// Judges what stands before a name in its clause: how strongly it leads to one.
#[must_use]
pub(super) fn left(before: &str) -> Option<(i32, Cue)> {
    // 1火文, 2.火武: the number of a row.
    let row = before.chars().all(|c| c.is_ascii_digit() || "①②③④⑤⑥⑦⑧⑨⑩.、)）".contains(c));
    let before = if row && before.len() <= 4 { "" } else { before };
    if before.is_empty() {
        return Some((1, Cue::Plain));
    }
    let ends = |words: &Words| words.end(before).is_some();
    if REACHES.found_in(before) && !before.contains('我') {
        return Some((3, Cue::Contact));
    }
    if in_charge(before) || CONTACT.end(before).is_some_and(|word| !of_office(before, word)) {
        return Some((3, Cue::Contact));
    }
    if ends(&WRITER) {
        let other = before.ends_with('叫') && !before.ends_with("我叫") && third_person(before);
        let counted = before.ends_with('叫') && COUNTS.found_in(before);
        return Some((3, if other || counted { Cue::For } else { Cue::Writer }));
    }
    // 她（禹秀梅）那天来不了.
    let bracketed = before.strip_suffix(['（', '(']).unwrap_or("");
    if bracketed.ends_with(['他', '她']) || kin::before(bracketed) || titled(bracketed) {
        return Some((3, Cue::For));
    }
    // 我马占虎（139…）, 你好我马彩霞
    let greeted = GREETS.start(before).map_or(before, |word| from(before, word.len()));
    if matches!(greeted, "我" | "俺" | "额") {
        return Some((2, Cue::Writer));
    }
    // 算上我马国良群众代表, 给我马文海报一个
    if puts_me_down(before) {
        return Some((1, Cue::Writer));
    }
    // 一个就是我柳成祥
    if ["一个是我", "就是我", "一位是我", "还有我", "加上我"]
        .iter()
        .any(|end| before.ends_with(end))
    {
        return Some((2, Cue::Writer));
    }
    // 我马少华，她周玲玲
    if matches!(before, "他" | "她") {
        return Some((2, Cue::For));
    }
    if ends(&LABEL) {
        return Some((3, Cue::Plain));
    }
    // 我是她儿媳妇马晓燕: the writer, by what they are to somebody.
    if (kin::before(before) || ends(&BESIDE))
        && ["我是", "我就是"].iter().any(|lead| before.starts_with(lead))
    {
        return Some((3, Cue::Writer));
    }
    // 我上礼拜给你们报过名的杨万禄
    if ["报过名的", "报了名的"].iter().any(|end| before.ends_with(end)) {
        let own = before.starts_with(['我', '本'])
            && !before.starts_with("我们")
            && !kin::spoken_of(before);
        return Some((3, if own { Cue::Writer } else { Cue::Plain }));
    }
    if kin::before(before) {
        // 请通知我女儿: who is to be told.
        return Some((3, if TOLD.found_in(before) { Cue::Contact } else { Cue::For }));
    }
    of_somebody(before)
}

/// Whether a word for what somebody is stands directly before: 社区独居老人.
#[must_use]
pub(super) fn of_people(before: &str) -> bool {
    PEOPLE.end(before).is_some_and(|word| word.chars().count() > 1)
}

/// `我们王总（王振邦）`: a family name and a title before the bracket.
fn titled(before: &str) -> bool {
    let rest =
        before.strip_suffix(['总', '工', '局', '科', '姐', '哥', '嫂', '叔', '姨']).or_else(|| {
            let (name, title) = names::split_title(before);
            (!title.is_empty()).then_some(name)
        });
    rest.and_then(|rest| rest.chars().next_back())
        .is_some_and(|c| names::surname(c.encode_utf8(&mut [0; 4])) == 1)
}

/// Words for whom a place is asked, what they do and whose they are, before their name.
fn of_somebody(before: &str) -> Option<(i32, Cue)> {
    let ends = |words: &Words| words.end(before).is_some();
    if let Some(word) = FOR.end(before) {
        // 以公开为常态: alone these lead to anything.
        let weak = matches!(word, "为" | "由" | "将" | "把" | "选" | "请" | "让" | "加" | "换");
        return Some((if weak && before != word { 1 } else { 3 }, Cue::For));
    }
    let kind = before.ends_with(['户', '手', '迷']) && before.chars().nth(1).is_some();
    if kind || ends(&PEOPLE) || posts::is_post(before) || last_is_post(before) {
        // 拟由质量监督员卢静作为代表: whoever is sent.
        let sent = ["拟由", "现由", "将由", "特由", "派", "委派", "选派"];
        let sent = sent.iter().any(|word| before.contains(word));
        let spoken_for = sent
            || FOR.iter().any(|word| {
                before.contains(word) && word.chars().count() > 1 || before.starts_with(word)
            });
        return Some((
            2 + i32::from(sent),
            whose(WRITER.start(before).is_some_and(|word| word != "叫"), spoken_for),
        ));
    }
    if before.ends_with('的') {
        let spoken_for = ["替", "帮", "给", "为"].iter().any(|word| before.contains(word));
        return Some((2, whose(WRITER.start(before).is_some(), spoken_for)));
    }
    // 我所马志刚所长, 我们村上靳有福老汉
    let unit = before.strip_suffix(['上', '里']).unwrap_or(before);
    if offices::own_unit(before) == Some(before.len())
        || offices::own_unit(unit) == Some(unit.len())
    {
        return Some((2, Cue::Plain));
    }
    // 前天我报的名里头有个虎小龙
    let counted = ["有个", "有一个", "有位", "有一位", "有"].iter().any(|word| {
        before.strip_suffix(word).is_some_and(|told| {
            let among = ["里头", "里面", "里边", "当中", "里"];
            told.contains('报')
                || told.contains("名单")
                || among.iter().any(|end| told.ends_with(end))
        })
    });
    // 来顶李明的名额
    let taken = ["来顶", "去顶", "想顶", "要顶"].iter().any(|verb| before.ends_with(verb));
    if counted || taken || LOOKS.end(before).is_some() {
        return Some((2, Cue::Plain));
    }
    places::ends_as_organization(before).then_some((1, Cue::Plain))
}

/// 她叫, 我妈叫: the sentence speaks of somebody else.
fn third_person(text: &str) -> bool {
    text.contains(['他', '她']) || kin::spoken_of(text) || kin::before(text.trim_end_matches('叫'))
}

/// The part of a name behind a post or a description.
fn whose(writer: bool, spoken_for: bool) -> Cue {
    match (writer, spoken_for) {
        (true, _) => Cue::Writer,
        (false, true) => Cue::For,
        (false, false) => Cue::Plain,
    }
}

/// Where no word leads to a name, the sentence may: `我是…的种菜户季有才，`, `…副总郝建军同志`.
#[must_use]
pub(super) fn open_left(before: &str, rest: &str) -> Option<(i32, Cue)> {
    let found = led_by_sentence(before, rest)?;
    let first = rest.chars().next().map_or(0, char::len_utf8);
    // 副主|任杨慧: the post is not over yet.
    (!last_is_post(&[before, until(rest, first)].concat())).then_some(found)
}

fn led_by_sentence(before: &str, rest: &str) -> Option<(i32, Cue)> {
    let length = rest.chars().take(8).count();
    let own = ["我是", "本人是", "我系", "本人系"].iter().any(|lead| before.starts_with(lead));
    if own && length == 3 && !before.ends_with(['的', '了', '过', '在', '是', '要', '想']) {
        return Some((2, Cue::Writer));
    }
    let tail = rest.char_indices().nth(3).map_or("", |(at, _)| from(rest, at));
    let titled = ["同志", "先生", "女士", "大姐", "大哥", "师傅", "老师"]
        .iter()
        .any(|title| tail.starts_with(title));
    titled.then(|| {
        let spoken_for = ["委派", "推荐", "选派", "派", "替", "帮", "给"]
            .iter()
            .any(|word| before.contains(word));
        (1, if spoken_for { Cue::For } else { Cue::Plain })
    })
}

/// Whether the words before say that a name follows: 我叫, 姓名.
#[must_use]
pub(super) fn calls(before: &str) -> bool {
    before.ends_with('叫') || LABEL.end(before).is_some()
}

/// Whether the sentence so far speaks of somebody other than the writer.
#[must_use]
pub(super) fn of_another(before: &str) -> bool {
    // 我公公想去看看。叫撖万福: the sentence before tells of whom.
    let before = before.trim_end_matches(['。', '！', '；']);
    let sentence = before.rsplit(['。', '！', '？', '；', '\n']).next().unwrap_or("");
    third_person(sentence) && !sentence.starts_with("我是") && !sentence.contains("我叫")
}

/// `换成马兰`: at 成 the cue is still going on.
#[must_use]
pub(super) fn cue_goes_on(folded: &str, at: usize) -> bool {
    let next = from(folded, at).chars().next().map_or(0, char::len_utf8);
    let until_next = until(folded, at + next);
    FOR.end(until_next).is_some_and(|word| {
        word.len() > next
            && FOR.end(until(folded, at)).is_some_and(|shorter| {
                word.strip_suffix(from(until_next, at))
                    .is_some_and(|start| start.ends_with(shorter))
            })
    })
}

fn last_is_post(before: &str) -> bool {
    let starts = before.char_indices().rev().take(6).skip(1);
    starts.into_iter().any(|(start, _)| posts::is_post(from(before, start)))
}

/// `座机是门房的`, `电话是我们店里的`: whose a telephone is.
#[must_use]
pub(super) fn of_telephone(clause: &str) -> bool {
    let phones = ["座机", "固话", "电话", "手机", "号码", "这个号", "那个号"];
    let rest = phones.iter().find_map(|phone| clause.split_once(phone)).map(|(_, rest)| rest);
    let told = rest.and_then(|rest| rest.split_once('是')).map(|(number, _)| number);
    told.is_some_and(|number| !number.contains(is_han)) && clause.ends_with('的')
}

words! {
    /// Recommending verbs: what stands before them is the recommending office.
    pub(super) RECOMMENDS = "推荐 选派 委派 指派 推选 推举 提名 拟派 安排 派";
}

words! {
    /// Verbs of working: the employer stands before, the post behind.
    pub(super) WORKS_AS = "\
        返聘为 聘任为 聘为 返聘 担任 当 任职 跑 开车 开班车 开大车 开货车 开出租 开公交 送货 看大门 带班 干活 打杂 务工 帮工 任 做 从事 上班 工作 打工 教书 就职 供职 的";
}

words! {
    /// By these an office speaks of its own people.
    OWN_LEADS = "\
        我们 单位的 单位里的 学生 一名 一位 另 同志 其中 包括 现有 的";
}

/// Cuts the words off the start by which an office speaks of its own people.
#[must_use]
pub(super) fn strip_own(folded: &str) -> &str {
    let mut rest = folded;
    while let Some(lead) = offices::own_unit(rest).or_else(|| Some(OWN_LEADS.start(rest)?.len())) {
        let shorter = from(rest, lead);
        if shorter.chars().nth(1).is_none() {
            break;
        }
        rest = shorter;
    }
    rest
}
