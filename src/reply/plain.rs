//! Strangers' text, made fit to be printed: on one line, without tricks, masked where it is private.

/// Longest name that is printed, in characters: the longest of 户籍 names has 30-odd.
pub const NAME_CHARS: usize = 40;

/// Longest quotation of a stranger's text, in characters.
pub const QUOTE_CHARS: usize = 60;

/// A stranger's text on one line, without control and direction-changing characters, cut to
/// `limit` characters with an ellipsis.
#[must_use]
pub fn tidy(text: &str, limit: usize) -> String {
    let printable = |c: char| !c.is_control() && !is_format(c);
    let line =
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| printable(*c));
    let line = line.collect::<String>();
    let line = line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if line.chars().count() <= limit {
        return line;
    }
    line.chars().take(limit.saturating_sub(1)).chain(['…']).collect()
}

/// Characters that show nothing but change how their neighbours are shown (Unicode `Cf`, the ones
/// in use), line separators, and the replacement for what could not be decoded.
fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e007f}')
}

/// A stranger's text for quoting in a letter: as [`tidy`], and nothing at all when it holds an
/// address or a link, so that nobody can send advertisements to others through our answers.
#[must_use]
pub fn quotable(text: &str) -> Option<String> {
    let line = tidy(text, QUOTE_CHARS);
    let low = line.to_lowercase();
    let signs = ["://", "www.", "http", "@", ".com", ".cn", ".net"];
    (!line.is_empty() && !signs.iter().any(|sign| low.contains(sign))).then_some(line)
}

/// 马希文 → 马*文, 张三 → 张*, 欧阳晓雯 → 欧**雯: enough for the staff to recognise.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let all = name.chars().collect::<Vec<_>>();
    match all.as_slice() {
        [] => String::new(),
        [first] | [first, _] => format!("{first}*"),
        [first, middle @ .., last] => {
            format!("{first}{}{last}", "*".repeat(middle.len().min(4)))
        }
    }
}

/// 13895012345 → 138****2345; shorter numbers keep their last three digits.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    let all = phone.chars().collect::<Vec<_>>();
    let (head, tail) = if all.len() >= 11 { (3, 4) } else { (0, 3.min(all.len())) };
    let hidden = all.len().saturating_sub(head + tail).min(4);
    let start = all.iter().take(head).collect::<String>();
    let end = all.iter().skip(all.len().saturating_sub(tail)).collect::<String>();
    format!("{start}{}{end}", "*".repeat(hidden))
}

/// The ID numbers in a text keep their ends: 642223198801011239 → 642223********1239.
#[must_use]
pub fn mask_id_numbers(text: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|one: char| one.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let number = |one: char| one.is_ascii_digit() || matches!(one, 'X' | 'x');
        let (found, after) = from.split_at(from.find(|one| !number(one)).unwrap_or(from.len()));
        masked.push_str(before);
        match found.len() {
            15 | 18 => {
                let hidden = found.chars().zip(1..).map(|(one, place)| {
                    if place > 6 && place + 4 <= found.len() { '*' } else { one }
                });
                masked.extend(hidden);
            }
            _ => masked.push_str(found),
        }
        rest = after;
    }
    masked + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_text_is_one_harmless_line() {
        assert_eq!(tidy(" 张\r\n三\u{202e}\0 ", 40), "张 三");
        assert_eq!(tidy("一二三四五", 4), "一二三…");
        assert_eq!(quotable("报名\r\nBcc: x"), Some("报名 Bcc: x".to_owned()));
        for bait in ["看 http://x", "加 QQ a@qq.com", "到 Example.COM 领取", " \t"] {
            assert_eq!(quotable(bait), None, "{bait}");
        }
    }

    #[test]
    fn id_numbers_within_a_text_keep_their_ends_and_nothing_else_is_changed() {
        let text = "身份证号 64222319880101123X，电话 13995000001；旧号642223880101123。";
        let masked = "身份证号 642223********123X，电话 13995000001；旧号642223*****1123。";
        assert_eq!(mask_id_numbers(text), masked);
        assert_eq!(mask_id_numbers("1234567890123456"), "1234567890123456");
        assert_eq!(mask_id_numbers(""), "");
    }

    #[test]
    fn masked_names_and_numbers_keep_their_ends() {
        assert_eq!(mask_name("马希文"), "马*文");
        assert_eq!(mask_name("张三"), "张*");
        assert_eq!(mask_name("欧阳晓雯"), "欧**雯");
        assert_eq!(mask_name(""), "");
        assert_eq!(mask_phone("13895012345"), "138****2345");
        assert_eq!(mask_phone("3018118"), "****118");
        assert_eq!(mask_phone("11"), "11");
    }
}
