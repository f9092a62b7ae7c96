//! The categories that a sentence names, and whether it means them.

use crate::message::Index;
use crate::reading::language::text::{from, is_han, until};
use crate::reading::language::words::{contains, words};
use crate::reading::vocabulary::{CategoryWords, Vocabulary};

words! {
    WHOM = "\
        企业 公司 单位 村里 群众 我们厂 我们店 我们村 村民 厂里 店里 合作社 商户 社区 厂 老百姓 \
        居民 本村 我村 我厂 个体工商户 个体户 工商户 个体";
    /// What leads to what somebody wants to be.
    AS_WHAT = "以 当 做 作为 用 凭 按 担任 报 占 留";
    JOINS = "\
        参加 去 来 报名 出席 参会";
    /// What is said about a category in general.
    TOPICS = "\
        我怕 我干不 我当不 我做不 就算了 我不 
        责任 任务 要求 太 怕 比较 需要 要懂 的职责 的工作 的责任 压力 不适合 干不 当不 做不 不行 是什么 \
        是干 是做什么 都做什么 要做什么 门槛 名额已 名额没 名额还 的名额 和群众代表有 和企业代表有";
    /// What leads to the place that somebody asks for.
    SEAT_WANTED = "给我 给俺 给咱 给他 给她 帮我 留一个 留个 占一个 占个 申请 要一个 要个 想要 争取 报一个 报个";
    DENIED = "\
        不是报 不是当 不是要报 不是要当 不是想当 \
        不再 不想再 无法再 不能再 不是 不报 不当 不做 不想当 不愿当 不要 而不是 并非 非";
    /// Between a verb and a category.
    OF_WHICH = "你们的 你们 您们的 贵局的 贵局 局里的 这个 那个 这 那 什么 啥 一个 一名 个 名 的 什么的";
    /// What others supervise.
    OTHER_FIELDS = "质量 安全 生产 食品 药品 卫生 价格 物价 工程 施工 环保 环境 劳动 消费 市场 交通 廉政 纪检 村务 厂务 校务 行风 警风 民主 消防 动物 林业 草原 水政 安监 质检 资金 财务 党风";
    TOLD_FORMER = "\
        当时报 原来报 原报 之前报 上次报 以前报 先前报 原先报 原来是 原为 之前是 误报 错报 报成了 \
        写成了 填成了 选成了 填的是 写的是 报的是 原来的";
    /// What the office says it is.
    OFFICE_SAYS = "信上写的 信里写的 信上写成 信里写成 回信写的 短信写的 短信上写的 通知写的 通知上写的 上面写的 登记的是 显示的是 显示 信上是 信里是 你们写的 给我登的 给我登记的";
    FALLS_BACK = "满了 满额 报满 没名额 没有名额 没位 报不上 选不上 轮不上 排不上 名额不够 超员 超额";
    MISTAKEN = "登记成 录成 弄成 搞成 记成 登成 登记成了 录入成";
    MOVED = "\
        改成 改为 换成 变更为 调整为 改报 转为 更正为 改到 转成 变为 更改为";
    RENEWED = "\
        改成 改为 换成 变更为 调整为 改报 转为 更正为 应为 应该是 现在 想改";
    SHARED = "就一部 只有一部 一部手机 一部电话 一个电话 一个手机 一个号 都留 都写 都填 都打 都是我的 留我的 都用 都一样 通用 合用 共用 一块用 一起用 两个人的电话 两人的电话 统一 共同 都是 均为 均用 大家 几位 就一个 只有一个 就这一个 同一个";
    /// As many values as people, each for its own.
    pub(crate) IN_ORDER = "分别 依次 先后是 先后为 按顺序 按先后 顺序是 对应";
    OF_ALL = "\
        都 均 全部 一律 统一 以上 三人 两人 二人 四人 五人 等2 等3 等4 等5 等6 等两 等二 等三 等四 等五 等六 全是 共同 几位 几个人 两位 大家";
}

/// `enterprise representative`, `qun zhong dai biao`: the category that words in letters mean, by its Chinese word.
#[must_use]
pub(super) fn foreign<'v>(folded: &str, vocabulary: &'v Vocabulary) -> Option<&'v str> {
    if folded.contains(is_han) {
        return None;
    }
    let joined: String = folded.split_whitespace().collect();
    let supervisor = folded.contains("supervisor") || joined.contains("jianduyuan");
    let representative = folded.contains("representative") || joined.contains("daibiao");
    // 监督员代表 is a supervisor, too.
    let means = |word: &String| {
        if supervisor { word.contains("监督") } else { word.ends_with("群众代表") }
    };
    let named = |one: &&CategoryWords| one.words.iter().any(means);
    let category = vocabulary.categories.iter().find(named);
    category.filter(|_| supervisor || representative).map(|one| one.id.as_str())
}

/// What people put between a word and its 代表.
const BETWEEN: [&str; 8] = ["方", "界", "方面", "的", "类", "方的", "界的", "一方"];

/// Behind the word that stands for a category.
const PARAPHRASES: [&str; 3] = ["身份", "的人", "名额"];

words! {
    /// Those, and 代表.
    CUES = "身份 的人 名额 代表";
}

/// Where a text names a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention<'c> {
    /// In bytes.
    pub(crate) start: usize,
    /// In bytes.
    pub(crate) end: usize,
    /// The category's id.
    pub(crate) id: &'c str,
}

/// A word of a category.
#[derive(Debug)]
struct Word {
    text: String,
    /// What stands before 代表, where something may stand between: `企业方代表`, `企业界的代表`.
    whose: Option<String>,
    /// The category's id.
    id: String,
}

impl Word {
    fn new(word: &str, id: &str) -> Self {
        let whose = word.strip_suffix("代表").filter(|whose| whose.chars().nth(1).is_some());
        Self { text: word.to_owned(), whose: whose.map(str::to_owned), id: id.to_owned() }
    }

    /// As how many bytes a text begins with the word.
    fn at_start(&self, text: &str) -> Option<usize> {
        if text.starts_with(&self.text) {
            return Some(self.text.len());
        }
        let behind = text.strip_prefix(self.whose.as_deref()?)?;
        let rest = BETWEEN.iter().find_map(|word| behind.strip_prefix(word)?.strip_prefix("代表"));
        rest.map(|rest| text.len() - rest.len())
    }
}

/// The words of the event's categories, compiled.
#[derive(Debug)]
pub(crate) struct Categories {
    words: Index<Word>,
    /// The category that 代表我们企业参加 means.
    represents: Option<String>,
    /// Words that mean a category only where something says that one follows.
    loose: Vec<(String, String)>,
}

impl Categories {
    /// Compiles the words of a vocabulary.
    #[must_use]
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        let words = vocabulary.categories.iter().flat_map(|category| {
            let word = |word: &String| Some((word.chars().next()?, Word::new(word, &category.id)));
            category.words.iter().filter_map(word)
        });
        let represents = vocabulary.categories.iter().find(|category| {
            category.words.iter().any(|word| word.ends_with("代表") && word.contains("企业"))
        });
        Self {
            words: Index::new(words),
            represents: represents.map(|category| category.id.clone()),
            loose: vocabulary
                .categories
                .iter()
                .flat_map(|category| {
                    category.loose.iter().map(|word| (word.clone(), category.id.clone()))
                })
                .collect(),
        }
    }

    /// Where a text names categories. Longer words win over those inside them.
    #[must_use]
    pub(crate) fn mentions(&self, folded: &str) -> Vec<Mention<'_>> {
        let mut found: Vec<Mention<'_>> = Vec::new();
        for (start, rest, words) in self.words.places(folded) {
            let here = words.iter().filter_map(|word| Some((word, start + word.at_start(rest)?)));
            let here = here.filter(|(word, end)| {
                word.text != "监督员" || !of_another_kind(until(folded, *end))
            });
            found.extend(here.map(|(word, end)| Mention { start, end, id: &word.id }));
        }
        // Hardly any text holds a cue: all of them are sought in one pass before each by itself.
        let cued = CUES.found_in(folded);
        // 代表我们企业参加: a plain paraphrase of representing.
        if let Some(id) = self.represents.as_ref().filter(|_| cued) {
            for (start, cue) in folded.match_indices("代表") {
                let rest = from(folded, start + cue.len());
                let near = rest.char_indices().nth(14).map_or(rest, |(end, _)| until(rest, end));
                let clause = near.split(['。', '，', '\n', '；']).next().unwrap_or(near);
                // 想参加贵局活动，代表个体工商户。
                let whole = WHOM.end(clause).is_some() && clause.chars().count() <= 8;
                if WHOM.found_in(near) && (JOINS.found_in(near) || whole) {
                    found.push(Mention { start, end: start + cue.len(), id });
                }
            }
        }
        if cued {
            self.paraphrases(folded, &mut found);
        }
        found.sort_by_key(|mention| (mention.start, std::cmp::Reverse(mention.end)));
        let mut kept: Vec<Mention<'_>> = Vec::new();
        for mention in found {
            if kept.last().is_none_or(|last| mention.start >= last.end) {
                kept.push(mention);
            }
        }
        kept
    }

    /// `以商户的身份`, `当个监督的人`: the word that stands for a category behind a label, told as what
    /// somebody wants to be.
    fn paraphrases<'c>(&'c self, folded: &str, found: &mut Vec<Mention<'c>>) {
        // 身份算群众
        for (at, cue) in folded.match_indices("身份") {
            let rest = from(folded, at + cue.len());
            let bare = ["就算", "算是", "算", "是", "为", "就是", "按", "写", "填", "就写"]
                .iter()
                .filter_map(|verb| rest.strip_prefix(verb))
                .min_by_key(|rest| rest.len());
            let Some(bare) = bare else { continue };
            let start = folded.len() - bare.len();
            let told = self.loose.iter().find(|(word, _)| bare.starts_with(word.as_str()));
            if let Some((word, id)) = told
                && !from(bare, word.len()).starts_with(is_han_but_particle)
            {
                found.push(Mention { start, end: start + word.len(), id });
            }
        }
        for cue in PARAPHRASES {
            for (end, _) in folded.match_indices(cue) {
                let before = until(folded, end).trim_end_matches(['的', '这', '那', '个']);
                let word = self.loose.iter().find(|(word, _)| before.ends_with(word.as_str()));
                let Some((word, id)) = word else { continue };
                let start = before.len() - word.len();
                let lead = until(folded, start);
                let lead = lead.rsplit(['，', ',', '。', '；', '！', '\n']).next().unwrap_or("");
                let near = lead.char_indices().rev().nth(6).map_or(lead, |(at, _)| from(lead, at));
                let kept = || {
                    let behind = from(folded, end).split(['。', '！', '\n']).next().unwrap_or("");
                    cue == "名额" && contains(behind, &["留一个", "给我", "留给我", "占一个"])
                };
                if AS_WHAT.found_in(near) || kept() {
                    found.push(Mention { start, end: start + word.len(), id });
                }
            }
        }
    }
}

/// What goes on with a word, particles aside.
fn is_han_but_particle(c: char) -> bool {
    is_han(c) && !matches!(c, '吧' | '呗' | '了' | '啊' | '就' | '嘛')
}

/// A kind of people whom some event invites, though not this one.
pub(super) fn other_kind(folded: &str) -> Option<&'static str> {
    let bare = folded.trim_matches(|c: char| !is_han(c));
    let kinds = [
        "记者",
        "媒体",
        "嘉宾",
        "志愿者",
        "观察员",
        "评议员",
        "专家",
        "学者",
        "人大代表",
        "党代表",
        "委员",
        "其他",
        "其它",
        "媒体代表",
        "媒体人",
    ];
    let short = bare.chars().nth(10).is_none();
    kinds.into_iter().find(|kind| short && bare.ends_with(kind))
}

/// `质量监督员`, `食品安全监督员`: a post of that name elsewhere.
pub(super) fn of_another_kind(folded: &str) -> bool {
    folded.strip_suffix("监督员").is_some_and(|before| OTHER_FIELDS.end(before).is_some())
}

/// The category is named to be refused.
pub(crate) fn denied(before: &str) -> bool {
    // 不当你们的监督员: whose, how many and which of them matter nothing.
    let mut bare = before;
    while let Some(word) = OF_WHICH.end(bare) {
        bare = until(bare, bare.len() - word.len());
    }
    DENIED.end(bare).is_some()
}

/// `监督员责任重，我怕干不好`: spoken about, not asked for.
pub(crate) fn is_topic(after: &str) -> bool {
    let answer = after.trim_start_matches([':', '：', ' ', '(', '（', '[', '【']);
    let no = ["否", "不", "×", "✗", "○", "□", "无", "没"];
    if answer.len() < after.len() && no.iter().any(|word| answer.starts_with(word)) {
        return true;
    }
    TOPICS.start(after).is_some()
}

/// `给我一个义务监督员的名额`: a place is asked for, and as what.
pub(crate) fn is_seat(before: &str, after: &str) -> bool {
    let marks = ['，', ',', '。', '；', ';', '\n', '！', '？', '?'];
    let Some(rest) = after.trim_start_matches('的').strip_prefix("名额") else { return false };
    let lead = before.rsplit(marks).next().unwrap_or("");
    let end = rest.find(marks).unwrap_or(rest.len());
    let goes_on = until(rest, end);
    let asked = from(rest, end).starts_with(['？', '?'])
        || goes_on.contains(['吗', '没', '还', '不', '有', '多', '几']);
    SEAT_WANTED.found_in(lead)
        && !asked
        && !contains(lead, &["取消", "退", "放弃", "让", "不要", "没有", "不占"])
}

/// A category that no longer holds: `从群众代表改成`, `当时报的是群众代表`.
pub(crate) fn former(before: &str, after: &str) -> bool {
    let clause_before = before.rsplit(['，', ',', '。', '；', ';', '\n']).next().unwrap_or("");
    let clause_after = after.split(['，', ',', '。', '；', ';', '\n']).next().unwrap_or("");
    let told = TOLD_FORMER.found_in(clause_before);
    // 我报的是监督员，怎么登记成群众代表了: the office's mistake is what does not hold.
    if MISTAKEN.end(before).is_some() {
        return true;
    }
    let told = told && !MISTAKEN.found_in(after) && !OFFICE_SAYS.found_in(after);
    if OFFICE_SAYS.found_in(clause_before) {
        return true;
    }
    // 前天报的监督员，…，改成群众代表吧
    let goes_on = MOVED.spans(after).any(|(_, end)| {
        let rest = from(after, end);
        ["群众", "企业", "监督", "政务", "义务", "市民", "村民"]
            .iter()
            .any(|word| rest.starts_with(word))
    });
    if falls_back(after) {
        return false;
    }
    if goes_on && !RENEWED.found_in(clause_before) && !after.contains(['；', '\n']) {
        return true;
    }
    // 监督员和群众代表里头我选监督员
    let of_two = ["里头", "里面", "当中", "之中", "中间", "两个里", "两样里"].iter();
    if of_two
        .filter_map(|word| clause_after.split_once(word))
        .any(|(_, rest)| rest.contains(['选', '报', '挑', '当']))
    {
        return true;
    }
    let moved = MOVED.found_in(clause_after) && !clause_after.starts_with('由');
    let renewed = RENEWED.found_in(clause_before);
    (told || moved) && !renewed
        || ["写错了", "报错了", "填错了", "选错了"]
            .iter()
            .any(|word| clause_after.starts_with(word))
}

/// `想当监督员，要是满了就换成群众代表`: what shall be done only where the first wish cannot be granted.
#[must_use]
pub(crate) fn falls_back(text: &str) -> bool {
    let sentence = text.split(['。', '；', '\n']).next().unwrap_or("");
    MOVED.spans(sentence).any(|(at, _)| FALLS_BACK.found_in(until(sentence, at)))
}

/// Whether the clause says it of all.
pub(crate) fn said_of_all(folded: &str, at: usize, number: bool) -> bool {
    let sentence =
        until(folded, at).rsplit(['。', '；', ';', '\n', '，', ',']).next().unwrap_or("");
    if IN_ORDER.found_in(sentence) {
        return true;
    }
    // 前两人报监督员: of those two.
    let mut chars = sentence.trim_start().chars();
    if matches!(chars.next(), Some('前' | '后' | '第'))
        && chars.next().is_some_and(|c| "一二两三四五六12345".contains(c))
    {
        return false;
    }
    // 报名两人：苗占东（…）: the number is not that of both.
    if number { SHARED.found_in(sentence) } else { OF_ALL.found_in(sentence) }
}
