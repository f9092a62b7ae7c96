//! Wishes that no list of phrases holds: how a sentence is built tells them.

use super::phrases::{ASKS, CANCELS, CONDITIONS, GRANTED, IFS, MAYBE};
use crate::reading::language::kin;
use crate::reading::language::text::{cut, from, until};
use crate::reading::language::words::{contains, words};

words! {
    /// A place at the event.
    pub(super) SEATS = "名额 位子 位置 席位 机会 座位 资格";
    /// Verbs of giving it away.
    pub(super) HANDS = "让给 留给 转给 还给 退给 送给 给 让 腾 退 交还 收回 还回 空出";
    /// Verbs of taking somebody out.
    pub(super) TAKES_OUT = "拿掉 拿下 去掉 划掉 划了 删掉 删除 删了 剔除 勾掉 勾了 抹掉 撤下 撤掉 撤了 销掉 除名 取下 移出 清掉 退掉";
    /// What they are taken out of, or who.
    pub(super) LISTED = "我 他 她 名单 名字 名额 报名 登记 人";
    /// To the writer's own side: nothing is given away.
    pub(super) TO_US = "我 俺 咱 本人 本单位 本村 留着 出来";
    /// Verbs of coming and going.
    COMES = "来 去 赶 走 抽 脱 回 到 过 出 腾 参加 赶回 赶过 出席 动";
    /// Behind 不: that it is not possible.
    FAILS = "了 成 上 开 来 去 到 及 回来 回去 过来 过去 出空 出时间 出身 动身";
    /// What may fail without anybody staying away.
    ELSE = "上报名 上截止 上了 及报名 上车 了解 来信 到回 到人 到你 到贵 到电 到通";
    /// What was feared did not happen.
    FEARED = "怕 担心 本来 以为 本以为";
    /// What was done earlier, behind its day.
    pub(super) DONE = "发函报名 写信报名 来信报名 去信报名 发信报名 邮件报名 已发函 报名的 报的名 报的 报了名 报上了 报上的 报名 登记的 报的时候 填的 发的 寄的 填了 交的 交了 报了 报过 发了 寄了";
    /// Wanted to come.
    pub(super) WANTED = "想报 打算报 准备报 要报 想参加 打算参加 准备参加 想去 打算去 准备去 打算来";
    /// And did not.
    NEVER = "一拖就过 拖过了 过了24 过了时间 过了日子 没顾上 顾不上 没来得及 来不及 耽误 忘了 忘记 错过 没赶上 晚了 已经满 报满 满了 算了 过期 截止了 没报 没去报";
    /// Before a wish that is over.
    ONCE = "本来 原本 前几天 前两天 前段 那时 早就 一直 上周 当初 来着";
    /// That something is no longer wanted.
    pub(super) UNWANTED = "作废 不要了 不要啦 用不上了 用不着了 不用了 退还";
    /// What stands for a place.
    pub(super) PLACE = "这个号 登记号 我的号 我那个号 这号 报名 登记 报的名 报的那个名 那个名 的名";
    /// What is only replaced.
    pub(super) OLDER = "原来 原先 旧 之前 上次 上一 那份 那封 前一 第一 电话 手机 邮箱 表";
    /// Words of a question.
    QUESTIONS = "谁 啥 哪 几 怎 什么 多少 为何 咋 没有 是不是 能不能";
    /// What stands before 呢 where it tells.
    TELLS = "去 来 着 想 要 等 会 在 忙 说 行 能 好 上班 上学 带娃 干活 打工 住院";
    /// What happens to somebody is told.
    SHOWN = "叫人 让人 怕人 给人 笑话 还要 还得 盼 急用 高兴";
    /// Verbs of handing a call down.
    pub(super) HANDS_DOWN = "转到 转发 转给 发到 发在 通知 传达 宣传 贴 告诉 告知 动员";
    /// To whom.
    DOWN = "群里 微信群 的群 让大家 各村 各组 各社 下去 村民们 职工们 学生们 家长们 群众自己 自己报 各单位";
    /// That something was settled.
    SETTLED = "登的 录的 报的 给我登 给我录 名单上 定的 定成 登记的 登记成 报的是 报成 批的 算的 算是 按 归到 分到 算";
    /// Days, without their figures.
    DAYS = "昨天 昨晚 昨夜 昨儿 前晚 前儿 大前天 头天 今早 前天 昨日 前日 上周 上星期 上礼拜 前几天 前些天 前段时间 那天 上个月 刚才 早上 上午";
}

/// A sentence without what only gives it its tone: `报上了没有啊`.
#[must_use]
pub(crate) fn without_particles(sentence: &str) -> &str {
    sentence.trim_end_matches(['啊', '呀', '嘛', '哦', '噢', '呐', '哈', '。', '！', '~', ' '])
}

/// `我的报名呢`, `什么时候去呢`: but `他说去呢` and `忙着呢` tell.
#[must_use]
pub(super) fn asks_with_ne(sentence: &str) -> bool {
    sentence.split(['，', ',', '；', ';', '。']).any(|clause| {
        let clause = clause.trim_end_matches(['。', '！', '!', '~', ' ']);
        let told = clause.strip_suffix('呢');
        told.is_some_and(|told| {
            // 家里正上大梁呢
            QUESTIONS.found_in(told)
                || !told.contains('正')
                    && !TELLS.iter().any(|end| told.ends_with(end))
                    // 叫人家看见笑话呢
                    && !SHOWN.found_in(told)
        })
    })
}

/// `已转到我们村的微信群，让大家自己报`: the call was handed down, and nobody is put down.
#[must_use]
pub(super) fn passes_down(sentence: &str) -> bool {
    let verb = HANDS_DOWN.first(sentence);
    verb.is_some_and(|at| {
        let rest = from(sentence, at);
        DOWN.found_in(rest)
    })
}

/// `最后定的是监督员还是企业代表`: which of two somebody is registered for.
#[must_use]
pub(super) fn asks_which(sentence: &str, mentions: &[(usize, usize)]) -> bool {
    mentions.windows(2).any(|pair| {
        let [one, other] = pair else { return false };
        let between = from(until(sentence, other.0), one.1);
        let before = until(sentence, one.0);
        let advice = ["好", "合适", "都行", "可以", "划算"];
        between.contains("还是")
            && SETTLED.found_in(before)
            && !advice.iter().any(|word| from(sentence, other.1).starts_with(word))
    })
}

/// To what somebody does not go any more.
const WHAT_FOR: [&str; 9] =
    ["参观", "活动", "开放日", "这个活动", "这次活动", "开会", "看", "那个活动", "参加"];

/// `28号赶不回来`, `抽不开身`: somebody cannot come.
#[must_use]
pub(crate) fn cannot_come(sentence: &str) -> bool {
    if !sentence.contains('不') {
        return false;
    }
    let stays = sentence.split(['，', ',', '；', ';', '。']).any(|clause| {
        // 不去参观了, 不来开放日了
        let told = ["不去", "不来", "不参加"].iter().find_map(|verb| clause.split_once(verb));
        told.is_some_and(|(before, rest)| {
            let rest = without_particles(rest.trim_end_matches(['。', '吧', '啦', ' ']));
            rest.strip_suffix('了').is_some_and(|what| WHAT_FOR.contains(&what))
                && !FEARED.found_in(before)
        })
    });
    stays || cannot_come_at(sentence).is_some()
}

/// Where it says so.
fn cannot_come_at(sentence: &str) -> Option<usize> {
    let fails = |&(at, no): &(usize, &str)| {
        let clause = until(sentence, at).rsplit(['，', ',', '；', ';']).next().unwrap_or("");
        let rest = from(sentence, at + no.len());
        // 来不及就等下次: what may be too late is the registration.
        let late = ["及就", "上就", "及的话", "上的话"].iter().any(|word| rest.starts_with(word));
        COMES.end(until(sentence, at)).is_some()
            && FAILS.start(rest).is_some()
            && ELSE.start(rest).is_none()
            && !late
            // 还来不来得及, 去不去
            && !["来", "去"]
                .iter()
                .any(|verb| rest.starts_with(verb) && until(sentence, at).ends_with(verb))
            && !FEARED.found_in(clause)
    };
    sentence.match_indices('不').find(fails).map(|(at, _)| at)
}

/// `16号报名的`, `上周发的表`: the day of an earlier registration.
#[must_use]
pub(super) fn told_when(sentence: &str) -> bool {
    DONE.spans(sentence).any(|(at, end)| {
        if cut(sentence, at..end) == "报名" {
            return false;
        }
        let before = until(sentence, at).rsplit(['，', ',']).next().unwrap_or("");
        let near = before.char_indices().rev().nth(15).map_or(before, |(at, _)| from(before, at));
        // 开放日之前 is no day of a registration.
        let day = near.find(['号', '日']).is_some_and(|at| {
            until(near, at)
                .ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
                && !near.contains(['。', '想', '要'])
        });
        day || DAYS.found_in(near)
    })
}

/// `上礼拜四给这个信箱写过信`, `前天寄了份申请`: what was sent before, by whatever verb.
#[must_use]
pub(super) fn sent_before(sentence: &str) -> bool {
    let sent = |(at, done): (usize, &str)| {
        let before = until(sentence, at);
        let clause = before.rsplit(['，', ',']).next().unwrap_or("");
        let what = from(sentence, at + done.len())
            .trim_start_matches(['一', '两', '几', '封', '个', '份', '张', '次']);
        let day = ["天前", "周前", "日前", "礼拜", "星期", "号", "日"];
        let once = done == "过" || DAYS.found_in(clause) || contains(clause, &day);
        before.ends_with(['写', '寄', '发', '去', '投', '递', '交', '传'])
            && ["信", "邮件", "申请", "材料", "资料", "表", "报名"]
                .iter()
                .any(|it| what.starts_with(it))
            && once
            && !contains(clause, &["没", "未", "给我", "不是"])
    };
    ["过", "了"].iter().any(|done| sentence.match_indices(done).any(sent))
}

/// `前几天想报名来着，没顾上`, `本来打算报，后来就耽误了`: a wish that came to nothing.
#[must_use]
pub(super) fn came_to_nothing(sentence: &str) -> bool {
    let wanted = WANTED.first(sentence);
    let once = ONCE.found_in(sentence);
    wanted.is_some_and(|at| {
        once && (NEVER.found_in(from(sentence, at)) || from(sentence, at).contains("来着"))
    })
}

/// `看看网上怎么办事`: what somebody wants to see is no question.
#[must_use]
pub(super) fn only_looks(sentence: &str) -> bool {
    ["看看", "看一看", "瞧瞧", "见识", "学学", "看一下", "听听"].iter().any(|verb| {
        sentence.find(verb).is_some_and(|at| {
            let rest = from(sentence, at);
            ["怎么", "如何", "多少", "什么"].iter().any(|word| rest.contains(word))
        })
    }) && !sentence.contains(['?', '？', '吗', '呢'])
        && !sentence.contains("请问")
}

/// A wish that ends by asking whether that will do.
#[must_use]
pub(super) fn asks_leave(sentence: &str) -> bool {
    let bare = sentence.trim_end_matches(|c: char| !c.is_alphanumeric());
    let leave =
        ["行吗", "可以吗", "好吗", "成吗", "行不行", "可以不", "行不", "可不可以", "好不好"];
    let rest = leave.iter().find_map(|end| bare.strip_suffix(end));
    rest.is_some_and(|rest| {
        let wants = ["让", "替我", "换", "改", "把", "给我", "帮我", "请给", "由"];
        contains(rest, &wants) && !ASKS.found_in(rest)
    })
}

/// `隔壁的石红霞说要看病，来不了`, `厂长说他走不开`: who cannot come is somebody else, and the clause says so.
#[must_use]
pub(super) fn of_another(sentence: &str) -> bool {
    let at = CANCELS.first(sentence).or_else(|| sentence.find('不')).unwrap_or(0);
    let mut clauses = until(sentence, at).rsplit(['，', ',', '；']);
    let subject = clauses.find_map(|clause| {
        let clause = clause.trim_start();
        let mut people = clause.rmatch_indices(['他', '她', '我', '俺']);
        match clause.chars().next()? {
            '他' | '她' => Some(true),
            '你' => Some(kin::first(clause.trim_start_matches('你')).is_some()),
            '我' | '俺' | '本' => {
                Some(kin::first(clause.trim_start_matches('我')).is_some() || superior(clause))
            }
            _ if superior(clause) => Some(true),
            // 昨晚上她又说不来了
            _ => people.next().map(|(_, who)| matches!(who, "他" | "她")),
        }
    });
    subject.unwrap_or(false)
}

words! {
    /// Who sends people, or would have come.
    SUPERIORS = "厂长 经理 老板 老板娘 店长 书记 主任 校长 院长 站长 所长 队长 组长 领导 老总 理事长 社长 会长 师傅 负责人 同事";
    /// Whose they are.
    OURS = "我们单位 我们公司 我们村 我们厂 我们店 我们社 我们学校 我们 我 本来 原来 单位 公司 厂里 店里 村里";
}

/// `经理去外地开会`, `我们厂长有事`: the clause begins with somebody who has a say.
fn superior(clause: &str) -> bool {
    let rest = OURS.start(clause).map_or(clause, |whose| from(clause, whose.len()));
    SUPERIORS.start(rest).is_some()
}

/// `厂长说他走不开让我去`: somebody else has a reason to stay away, and sends whoever writes.
#[must_use]
pub(super) fn sends_writer(sentence: &str) -> bool {
    ["让我", "叫我", "派我", "安排我"].iter().any(|sends| {
        sentence.match_indices(sends).any(|(at, _)| {
            let rest = from(sentence, at + sends.len());
            let clause = rest.split(['，', ',', '；', ';', '。']).next().unwrap_or("");
            let goes = ["去", "来", "参加", "代表", "报"].iter().any(|verb| clause.contains(verb));
            goes && !clause.contains(['不', '别', '问', '替', '他', '她'])
        })
    })
}

/// `我爸那天去不成，我就自己来`, `老板来不了，派我来`: who stays away is somebody else, and the writer comes.
#[must_use]
pub(super) fn comes_instead(sentence: &str) -> bool {
    let Some(at) = cannot_come_at(sentence) else { return false };
    let sent = ["派我", "让我", "叫我", "由我"];
    let sends = |clause: &str| sent.iter().any(|lead| clause.starts_with(lead));
    let clauses = || from(sentence, at).split(['，', ',', '；']).skip(1).map(str::trim);
    clauses().any(|clause| {
        let own = clause.trim_start_matches(['那', '就', '只', '有', '好', '所', '以', '还', '是']);
        let told = sent.iter().chain(&["我"]).find_map(|lead| own.strip_prefix(lead));
        let told = told.map(|told| {
            told.trim_start_matches([
                '就', '自', '己', '一', '个', '人', '还', '是', '也', '想', '要', '能',
            ])
        });
        told.is_some_and(|told| told.starts_with(['来', '去', '报']) || told.starts_with("参加"))
            && !contains(clause, &["来不", "去不", "不来", "不去"])
    }) && (of_another(sentence) || clauses().any(sends))
}

/// `听说有两个人退出不去了`: others give their places back, and the writer only heard of it.
pub(super) fn hearsay(sentence: &str) -> bool {
    let told = ["听说", "听人说", "据说", "有人退", "有人不来", "有人不去", "前面的人", "前头的人"];
    sentence.split(['，', ',', '；']).any(|clause| {
        CANCELS.found_in(clause) && contains(clause, &told) && !clause.contains("我们")
            || clause.split_once('听').is_some_and(|(_, rest)| {
                rest.split_once('说').is_some_and(|(who, rest)| {
                    who.chars().count() <= 5 && CANCELS.found_in(rest) && !rest.contains('我')
                })
            })
    })
}

/// A cancelling word under a condition does not cancel: `如果来不了会提前说`.
#[must_use]
pub(super) fn conditional(sentence: &str) -> bool {
    let first = CANCELS.first(sentence).unwrap_or(0);
    let before = until(sentence, first);
    let clause = before.rsplit(['，', ',', '、']).next().unwrap_or(before);
    contains(clause, &CONDITIONS)
        || contains(before, &IFS) && !contains(sentence, &["请取消", "就取消"])
        || from(sentence, first).contains("的话") && !sentence.contains("请取消")
        // 不行的话我就劝劝他，先不报了
        || before.contains("的话") && !sentence.contains("取消")
}

/// A condition that only supposes: `如果我报名`. `要是还有空的就给我` goes on to what is wanted then.
#[must_use]
pub(super) fn supposed(clause: &str) -> bool {
    let Some((_, end)) = CONDITIONS.spans(clause).max_by_key(|(_, end)| *end) else {
        return false;
    };
    let then = ["就", "请", "麻烦"].iter().any(|word| from(clause, end).contains(word));
    !then && !contains(clause, &GRANTED)
}

/// `28号可能来不了`: nothing is decided.
#[must_use]
pub(super) fn maybe(sentence: &str) -> bool {
    CANCELS.spans(sentence).any(|(at, _)| {
        let before = until(sentence, at);
        let clause = before.rsplit(['，', ',', '；', ';']).next().unwrap_or(before);
        contains(clause, &MAYBE)
    })
}

/// `这个号报上没有，我爸让我问的`: a clause asks, whatever follows.
#[must_use]
pub(super) fn asks_inside(sentence: &str) -> bool {
    if !sentence.contains('没') {
        return false;
    }
    let mut clauses = sentence.split(['，', ',', '；']);
    clauses.any(|clause| {
        let clause = without_particles(clause);
        let bare = clause.strip_suffix("没有").or_else(|| clause.strip_suffix('没'));
        bare.is_some_and(|bare| bare.ends_with(['上', '了', '好', '成', '到', '过', '着']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_cannot_come_says_so_in_many_ways() {
        for said in ["28号赶不回来", "店里抽不开身", "那天回不来", "走不开"] {
            assert!(cannot_come(said), "{said}");
        }
        for said in ["怕赶不上报名", "不知道还来不来得及", "看不了", "对你们不了解", "收不到通知"]
        {
            assert!(!cannot_come(said), "{said}");
        }
    }

    #[test]
    fn the_day_of_an_earlier_registration_is_heard() {
        assert!(told_when("我是16号报名的陈国栋"));
        assert!(told_when("上周五发的表"));
        assert!(!told_when("我想报名28号的开放日"));
    }

    #[test]
    fn wishes_that_came_to_nothing_or_are_not_yet_made_ask_for_nothing() {
        assert!(came_to_nothing("前几天想报名来着，家里老人病了没顾上"));
        assert!(came_to_nothing("本来我也打算报名，后来忙着挖洋芋就耽误了"));
        assert!(!came_to_nothing("一直想报名，请给我登记"));
    }
}
