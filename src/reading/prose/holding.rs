//! `在一品斋当掌柜`, `我是游船码头的救生员`: how the sentence is built tells an employer and a post,
//! whatever the two are called.

use std::ops::Range;

use super::employer;
use super::post;
use crate::reading::language::kin;
use crate::reading::language::text::{cut, from};
use crate::reading::language::words::words;
use crate::reading::values::names;
use crate::reading::values::posts;

words! {
    /// What leads to whose post somebody holds.
    LEADS = "我是 我就是 我现在是 我目前是 我如今是 现在是 目前是 如今是 本人是 本人系 本人现为 我系 是 系";
    /// What begins as no name of an employer does, but a word for how somebody is or what they do.
    DESCRIBES = "\
        开 跑 送 教 卖 管 做 干 搞 修 种 养 带 搬 拉 看 打 守 学 靠 给 从 被 由 为 对 负责 经营 主持 专门 专管 专 刚 普通 普普通通 一 有 没 当 退 临 \
        最 很 自 土生土长 地道 地地道道 名副其实 合格 光荣 优秀 资深 热心 心地 心目 认真 勤快 勤劳 老实 厉害 出色 年轻 新来 \
        基层 乡村 农村 本地 本村 本县 当地 隔壁 楼下 楼上 远近 大家 群众 全县 全镇 全村 全乡 附近 家里 娃 孩子 儿子 女儿 单位 分管 主管";
    /// What the like holds anywhere.
    COUNTED = "年级 岁 多年 十年 几年 届 眼里 眼中 心中 口中 经验 上班 毕业 退休 出身 聘请 聘用 雇 请来 推荐 报名";
}

/// Where an employer and a post stand.
pub(super) type Held = (Range<usize>, Range<usize>);

/// Employer and post in a clause; `bare` tells whether the words before it say whose post follows.
#[must_use]
pub(super) fn held(clause: &str, bare: impl FnOnce() -> bool) -> Option<Held> {
    serving(clause).or_else(|| of_employer(clause, bare()))
}

/// `在西吉县鑫源电力安装队当电工`: what somebody is at a place.
fn serving(clause: &str) -> Option<Held> {
    let start = clause.find('在')? + '在'.len_utf8();
    ["当", "担任", "做", "任"].iter().find_map(|verb| {
        let at = clause.rfind(verb).filter(|at| !posts::is_part(clause, *at))?;
        let post = post::one(post::held(from(clause, at + verb.len())));
        let post_at = clause.rfind(post)?;
        let fits = posts::is_post(post) || *verb != "做" && post::taken_up(post);
        let place = cut(clause, start..at).trim_end_matches(['里', '内']);
        let name = employer::without_place(place);
        let end = start + place.len();
        (start < at && fits && is_employer(name))
            .then(|| (end - name.len()..end, post_at..post_at + post.len()))
    })
}

/// `在胖嫂麻辣烫当收银员`: inside the employer's name stands no person's.
#[must_use]
pub(super) fn covers(clause: &str, at: usize) -> bool {
    serving(clause).is_some_and(|(name, _)| name.contains(&at))
}

/// `我是党家岔堰塞湖游船码头的救生员`: whose post somebody holds. Where the words before already say so
/// (`bare`), nothing needs to lead to it.
fn of_employer(clause: &str, bare: bool) -> Option<Held> {
    let lead = LEADS.start(clause).map_or(0, str::len);
    let at = clause.rfind('的')?;
    let post = post::one(from(clause, at + '的'.len_utf8()));
    let name = employer::without_place(cut(clause, lead..at));
    let fits = (bare || lead > 0)
        && posts::is_post(post)
        && name.chars().nth(3).is_some()
        && is_employer(name)
        && DESCRIBES.start(name).is_none()
        && !COUNTED.found_in(name);
    fits.then(|| (at - name.len()..at, clause.len() - post.len()..clause.len()))
}

/// Whether the words between can be an employer's name.
fn is_employer(name: &str) -> bool {
    let classes = name.strip_suffix('班').is_some_and(|class| {
        class.ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    });
    // 在丈母娘家当厨师
    let of_kin = name.strip_suffix('家').is_some_and(|whose| kin::first(whose) == Some(whose));
    employer::named(name) && !names::plausible(name) && !classes && !of_kin && !posts::is_post(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_tells_employer_and_post() {
        let told =
            |(name, post): Held, clause: &'static str| (cut(clause, name), cut(clause, post));
        let serves = |clause: &'static str| serving(clause).map(|held| told(held, clause));
        assert_eq!(serves("在北街老戏台旁边的一品斋当掌柜"), Some(("一品斋", "掌柜")));
        assert_eq!(serves("在秀英刺绣当绣娘"), Some(("秀英刺绣", "绣娘")));
        assert_eq!(serves("在县城当保安"), None);
        assert_eq!(serves("想在活动上当代表"), None);
    }

    #[test]
    fn whose_post_it_is() {
        let of = |clause: &'static str| {
            of_employer(clause, false).map(|(name, post)| (cut(clause, name), cut(clause, post)))
        };
        assert_eq!(of("我是震湖游船码头的救生员"), Some(("震湖游船码头", "救生员")));
        assert_eq!(of("我是土生土长的医生"), None);
        assert_eq!(of("我是干了二十年的电工"), None);
        assert_eq!(of("我是马小军的班主任"), None);
    }
}
