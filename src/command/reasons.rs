//! The codes by which the rules say why, as sentences for the staff.

/// Every code of the roster's steps (`roster::Step::why`), with what it means. A test holds it to
/// the codes that `src/roster` uses.
const REASONS: &[(&str, &str)] = &[
    ("absent", "活动当天没有到场"),
    ("accepted", "在期限内确认参加，为其保留的名额即告确定"),
    ("after-closing", "报名截止以后由工作人员录入，有空余名额即确认，没有则候补"),
    ("all-fit", "空出的名额够同一封信报名的几位同去，按次序一并递补"),
    ("by-applicant", "本人从登记时所用的邮箱来信取消"),
    ("by-staff", "由工作人员办理"),
    ("by-request", "应本人要求清除个人信息"),
    ("came-before", "规定的期限内参加过或已有名额参加另一场活动，这次不再安排"),
    ("category-changed", "改报其他类别，在新类别中的先后以更改的时间为准"),
    ("category-wished", "本人来信改报其他类别，在新类别中的先后以这次来信为准"),
    ("chosen", "由工作人员从全部报名人中选定"),
    ("completed", "缺少的内容已经补齐，先后仍以首次来信为准"),
    ("corrected", "本人从登记时所用的邮箱来信更正"),
    ("declined", "轮到递补时本人答复不参加，名额让给下一位"),
    ("first-in-line", "有名额空出，按候补次序轮到这一位"),
    ("full", "这一类别已没有空余名额，按来信先后列入候补"),
    ("in-doubt", "有些内容不能确定，须由工作人员核实"),
    ("incomplete", "缺少必填的内容，已请本人补充，期限内保留先后次序"),
    ("kept-long-enough", "保存期限已到，清除个人信息"),
    ("lapsed", "保留期限已到，缺少的内容仍未补齐"),
    ("line-full", "名额和候补名单都已满，未能登记"),
    ("listed", "本场由工作人员从全部报名人中核定，先列入名单"),
    (
        "moved-back",
        "原来调剂使用另一类别的名额；本类别有名额空出，转到本类别，本人名额不变，调剂来的名额退还",
    ),
    ("not-chosen", "工作人员核定时选定了其他报名人"),
    ("not-chosen-yet", "公布以前，工作人员撤回了选定"),
    ("not-listed", "所报类别只面向名单内的人员，不在名单内，按配置转入其他类别"),
    ("offer-expired", "轮到递补后在期限内没有答复，名额让给下一位；再来信的重新排在末位"),
    ("offered", "有名额空出，按候补次序轮到这一位；名额先保留，等本人在期限内确认"),
    ("organization-limit", "同一单位的登记已达限额，排在最后，报名截止后仍有空余名额才递补"),
    ("other-category", "首选类别没有空余名额，按来信所说的意愿安排在另一类别"),
    ("out-of-turn", "工作人员决定不按候补次序，直接给予空余名额"),
    ("past-group", "报名截止后，前面的几位要求同去而空出的名额不够，名额给了后面第一位用得上的"),
    ("place-free", "这一类别还有空余名额，前面没有人等候"),
    ("present", "活动当天已经签到"),
    ("seat-reserved", "有名额空出，轮到这一位；报名还没有办完，名额先予保留"),
    ("sender-limit", "同一邮箱的登记已达限额，排在最后，报名截止后仍有空余名额才递补"),
    ("spilled", "按规定，另一类别没有报满且无人候补的名额给本类别使用，轮到这一位"),
    ("still-incomplete", "补来了一部分内容，仍不齐全"),
    ("substituted", "原报名人来信由此人代替参加，按本场的规定办理"),
    ("too-old", "按活动当天计算，超过规定的年龄上限"),
    ("too-young", "按活动当天计算，不到规定的年龄下限"),
    ("values-changed", "工作人员更正了登记的内容"),
    ("waits-together", "同一封信报名的几位要求同去，名额不够几位一起，按来信先后一并候补"),
];

/// The sentence for a code; an unknown one (from another version) stays as it is.
pub(super) fn sentence(code: &str) -> &str {
    let found = REASONS.iter().find(|(known, _)| *known == code);
    found.map_or(code, |(_, sentence)| sentence)
}

/// Whether a registration's reason is one of these codes, and not a clerk's own words.
pub(super) fn is_code(reason: &str) -> bool {
    REASONS.iter().any(|(known, _)| *known == reason)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;

    /// The literals of `src/roster` that look like a code: lower-case words joined by hyphens,
    /// outside of comments and attributes.
    fn codes() -> BTreeSet<String> {
        let code = regex::Regex::new(r#""([a-z]+(?:-[a-z]+)*)""#).unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/roster");
        let mut codes = BTreeSet::new();
        for entry in fs::read_dir(folder).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            let rules = text.split("#[cfg(test)]").next().unwrap();
            let lines = rules.lines().map(str::trim_start);
            for line in lines.filter(|line| !line.starts_with("//") && !line.starts_with('#')) {
                codes.extend(code.captures_iter(line).map(|found| found[1].to_owned()));
            }
        }
        codes
    }

    #[test]
    fn every_code_of_the_rules_has_a_sentence_and_every_sentence_a_code() {
        let told = REASONS.iter().map(|(code, _)| (*code).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(told, codes());
        for (code, sentence) in REASONS {
            assert!(!sentence.contains(|char: char| char.is_ascii_lowercase()), "{code}");
        }
    }
}
