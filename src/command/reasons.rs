//! The codes by which the rules say why, as sentences for the staff.

/// Every code of the roster's steps (`roster::Step::why`), with what it means. A test holds it to
/// the codes that `src/roster` uses.
const REASONS: &[(&str, &str)] = &[
    ("absent", "活动当天没有到场"),
    ("after-closing", "报名截止以后由工作人员录入，有空余名额即确认，没有则候补"),
    ("by-applicant", "本人从登记时所用的邮箱来信取消"),
    ("by-staff", "由工作人员办理"),
    ("by-request", "应本人要求清除个人信息"),
    ("came-before", "规定的期限内参加过或已有名额参加另一场活动，这次不再安排"),
    ("category-changed", "改报其他类别，在新类别中的先后以更改的时间为准"),
    ("completed", "缺少的内容已经补齐，先后仍以首次来信为准"),
    ("first-in-line", "有名额空出，按候补次序轮到这一位"),
    ("full", "这一类别已没有空余名额，按来信先后列入候补"),
    ("in-doubt", "有些内容不能确定，须由工作人员核实"),
    ("incomplete", "缺少必填的内容，已请本人补充，期限内保留先后次序"),
    ("kept-long-enough", "保存期限已到，清除个人信息"),
    ("lapsed", "保留期限已到，缺少的内容仍未补齐"),
    ("not-listed", "所报类别只面向名单内的人员，不在名单内，按配置转入其他类别"),
    ("organization-limit", "同一单位的登记已达限额，排在最后，报名截止后仍有空余名额才递补"),
    ("out-of-turn", "工作人员决定不按候补次序，直接给予空余名额"),
    ("place-free", "这一类别还有空余名额，前面没有人等候"),
    ("present", "活动当天已经签到"),
    ("seat-reserved", "有名额空出，轮到这一位；报名还没有办完，名额先予保留"),
    ("sender-limit", "同一邮箱的登记已达限额，排在最后，报名截止后仍有空余名额才递补"),
    ("still-incomplete", "补来了一部分内容，仍不齐全"),
    ("too-old", "按活动当天计算，超过规定的年龄上限"),
    ("too-young", "按活动当天计算，不到规定的年龄下限"),
    ("values-changed", "工作人员更正了登记的内容"),
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
