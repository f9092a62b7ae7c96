//! How many people a mail announces.

use crate::reading::language::text::{from, until};
use crate::reading::language::words::{contains, words};
use crate::reading::{Doubt, Kind, Reading};

words! {
    /// What is said of those who are counted.
    COUNTED = "\
        报名 参加 推荐 选派 登记 名单 人员 代表 派 想来 想去 登上 要来 要去 一起去 一起来";
}

/// More people announced than named: those named are listed, and a person is asked.
pub(crate) fn count(most: usize, reading: &mut Reading) {
    if reading.kind != Kind::Registration || reading.applicants.is_empty() {
        return;
    }
    let named = reading.applicants.len();
    if most > named && most <= 60 {
        let reason = format!("邮件说有{most}人，只读到{named}人的信息");
        reading.doubts.push(Doubt {
            reason,
            advice: Some("请把其余人员的信息补发给我们。".to_owned()),
            concerns: None,
        });
    }
}

/// How many people a mail announces; 0 when it doesn't.
#[must_use]
pub(super) fn announced(own: &str) -> usize {
    let mut most = 0;
    for sentence in own.split(['。', '\n', '；', ';', '！', '？']) {
        // 得知邀请监督员8人、企业及群众代表17人: what the notice says.
        if contains(sentence, &["邀请", "招募", "公告"]) {
            continue;
        }
        let mut sent = false;
        let counts = sentence.char_indices().filter_map(|(at, c)| {
            let behind = from(sentence, at + c.len_utf8());
            let counted = match c {
                '人' => true,
                // 中间八位19820417
                '位' => !behind.starts_with(|c: char| c.is_ascii_digit()),
                '名' => !behind.starts_with(['额', '单', '字', '称', '，']),
                // 两个企业代表.
                '个' => [
                    "司机",
                    "师傅",
                    "工人",
                    "教师",
                    "老师",
                    "店员",
                    "朋友",
                    "邻居",
                    "姐妹",
                    "兄弟",
                    "老汉",
                    "老人",
                    "村民",
                    "家长",
                    "学生",
                    "党员",
                    "同学",
                    "企业代表",
                    "群众代表",
                    "监督员",
                    "义务监督员",
                    "职工",
                    "员工",
                    "代表",
                ]
                .iter()
                .any(|word| from(sentence, at + c.len_utf8()).starts_with(word)),
                '口' => household(sentence, at),
                _ => false,
            };
            let before = || until(sentence, at).trim_end_matches('个').trim_end();
            // 后两位按反了, 前两位报监督员: a part of what there is, not how many there are.
            let part = || numberless(before()).ends_with(['前', '后', '末', '尾']);
            let count = counted.then(|| count_before(before())).flatten().filter(|_| !part());
            // 来四个人
            sent |= count.is_some() && {
                numberless(before()).ends_with(['来', '去', '派', '出', '报'])
            };
            count
        });
        let count = counts.max().unwrap_or(0);
        if count > most
            && (sent || contains(sentence, &COUNTED))
            && !contains(sentence, &["共25", "名额共", "记者"])
        {
            most = count;
        }
    }
    most
}

/// `一家三口都想去`; `家里五口人` tells of those at home.
fn household(sentence: &str, at: usize) -> bool {
    let clause = from(sentence, at).split(['，', ',']).next().unwrap_or("");
    until(sentence, at).contains('家') && clause.contains(['去', '来', '想', '要', '参', '报'])
}

/// What stands before a count: `来四` is 来.
fn numberless(before: &str) -> &str {
    before.trim_end_matches(|c: char| c.is_ascii_digit() || "一二两俩三四五六七八九十".contains(c))
}

fn count_before(before: &str) -> Option<usize> {
    let digits: String = before
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    if !digits.is_empty() {
        return (digits.len() <= 2).then(|| digits.parse().ok()).flatten();
    }
    let last = before.chars().last()?;
    let previous = before.chars().rev().nth(1);
    let value = match last {
        '一' => 1,
        '二' | '两' | '俩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    };
    if matches!(previous, Some('第' | '十' | '期')) { None } else { Some(value) }
}
