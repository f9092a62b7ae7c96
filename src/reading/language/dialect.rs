//! Words of the north-west as the standard has them: `额来不成咧` is `我来不成了`. Only what is heard as a wish is put so;
//! names and data stay as they are written. Every character stands for one of the same length, so places stay the same.

/// What 额 is a part of.
const NOT_ME_BEFORE: &str = "名金数限余总面差税份定超足";
const NOT_ME_BEHIND: &str = "度外头定尔济敏";

/// The same words in the standard.
#[must_use]
pub(crate) fn standard(text: &str) -> String {
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    let mut plain = String::with_capacity(text.len());
    while let Some(c) = rest.next() {
        let behind = rest.peek().copied();
        let ends = behind.is_none_or(|next| !next.is_alphanumeric());
        plain.push(match c {
            '咧' | '嘞' | '喽' | '咯' => '了',
            '撒' | '唦' if ends => '吧',
            '儿' if "昨今前明后".contains(before) => '天',
            '额' if !NOT_ME_BEFORE.contains(before)
                && !behind.is_some_and(|next| NOT_ME_BEHIND.contains(next)) =>
            {
                '我'
            }
            other => other,
        });
        before = c;
    }
    in_letters(plain)
}

/// `wo xiang bao ming can jia kai fang ri`: words written in letters, their syllables apart.
fn in_letters(plain: String) -> String {
    let apart = [("bao ming", "baoming"), ("kai fang ri", "kaifangri")];
    apart.into_iter().fold(plain, |plain, (apart, word)| {
        if plain.contains(apart) { plain.replace(apart, word) } else { plain }
    })
}

#[cfg(test)]
mod tests {
    use super::standard;

    #[test]
    fn speech_of_the_north_west_is_put_in_the_standard() {
        assert_eq!(
            standard("额28号来不成咧，把额的名字划掉撒，"),
            "我28号来不成了，把我的名字划掉吧，"
        );
        assert_eq!(standard("昨儿报的"), "昨天报的");
        assert_eq!(standard("名额给别人，撒海军，额尔敦"), "名额给别人，撒海军，额尔敦");
    }
}
