//! Labels with a slip of the pen, or of an input method that offers characters of the same sound.

use crate::reading::language::text::from;

/// What is written, and what stands in a label.
const SLIPS: [(char, char); 24] = [
    ('性', '姓'),
    ('星', '姓'),
    ('明', '名'),
    ('各', '名'),
    ('名', '民'),
    ('簇', '族'),
    ('旅', '族'),
    ('分', '份'),
    ('正', '证'),
    ('征', '证'),
    ('活', '话'),
    ('化', '话'),
    ('物', '务'),
    ('误', '务'),
    ('止', '址'),
    ('扯', '址'),
    ('做', '作'),
    ('座', '作'),
    ('吗', '码'),
    ('玛', '码'),
    ('为', '位'),
    ('识', '职'),
    ('点', '电'),
    ('祝', '住'),
];

/// What a label that nobody knows may have been meant to say: `性名`, `身分正号码`, `名族`.
pub(super) fn meant(label: &str) -> Vec<String> {
    let slips = |c: char| SLIPS.iter().any(|(wrong, _)| *wrong == c);
    if label.chars().nth(8).is_some() || !label.contains(slips) {
        return Vec::new();
    }
    let mut meant = vec![String::new()];
    for (at, c) in label.char_indices() {
        let slip = SLIPS.iter().find(|(wrong, _)| *wrong == c).map(|(_, right)| *right);
        let right: Vec<String> = slip
            .map(|right| meant.iter().map(|start| format!("{start}{right}")).collect())
            .unwrap_or_default();
        let rest = from(label, at);
        for start in &mut meant {
            start.extend(rest.chars().take(1));
        }
        meant.extend(right);
    }
    meant.retain(|word| word != label);
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_what_was_meant() {
        for (written, right) in
            [("性名", "姓名"), ("身分正号码", "身份证号码"), ("名族", "民族"), ("电活", "电话")]
        {
            assert!(meant(written).iter().any(|word| word == right), "{written}");
        }
        assert!(meant("备注").is_empty());
    }
}
