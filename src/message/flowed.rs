//! Paragraphs that a mail program broke into lines (RFC 3676, `format=flowed`; Thunderbird does so
//! by default): a line that ends in a blank goes on in the next one of the same quotation.

use super::params::Parameters;

/// The text with its paragraphs whole again, where the type says that they were broken.
#[must_use]
pub(super) fn joined(text: String, content_type: &Parameters) -> String {
    let says = |name: &str, value: &str| {
        content_type.get(name).is_some_and(|found| found.eq_ignore_ascii_case(value))
    };
    if !says("format", "flowed") {
        return text;
    }
    let blank_is_added = says("delsp", "yes");
    let mut whole = String::with_capacity(text.len());
    // The quotation that the line before it was in, when it goes on.
    let mut open: Option<&str> = None;
    for (place, line) in text.split('\n').enumerate() {
        let line = line.trim_end_matches('\r');
        let (marks, rest) = line.split_at(line.len() - line.trim_start_matches('>').len());
        // A blank at the start is stuffed before what would else look like a quotation.
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        if open.take() == Some(marks) && rest != "-- " {
            go_on(&mut whole, rest, blank_is_added);
        } else {
            if place > 0 {
                whole.push('\n');
            }
            whole.push_str(marks);
            if !marks.is_empty() {
                whole.push(' ');
            }
            whole.push_str(rest);
        }
        if rest.ends_with(' ') && rest != "-- " {
            open = Some(marks);
        }
    }
    whole
}

/// Chinese is written without blanks: the one that the program left or put in goes.
fn go_on(whole: &mut String, rest: &str, blank_is_added: bool) {
    let text = whole.trim_end_matches(' ').len();
    let wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}');
    let before = whole.get(..text).and_then(|text| text.chars().last());
    if blank_is_added || wide(before) || wide(rest.chars().next()) {
        whole.truncate(text);
    }
    whole.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, raw_type: &str) -> String {
        joined(text.to_owned(), &Parameters::parse(raw_type.as_bytes()))
    }

    #[test]
    fn broken_paragraphs_are_whole_again_and_chinese_has_no_blanks_inside() {
        let flowed = "text/plain; charset=utf-8; format=flowed";
        let text = "现任毛坪村养蜂专业合作 \r\n社理事长，电话 \r\n13895836637 \r\nok then \r\ngo\r\n谢谢\r\n";
        assert_eq!(
            read(text, flowed),
            "现任毛坪村养蜂专业合作社理事长，电话13895836637 ok then go\n谢谢\n"
        );
        let quoted = "> 您的报名 \r\n> 已收到\r\n收到 \r\n> 另一段\r\n-- \r\n马";
        assert_eq!(read(quoted, flowed), "> 您的报名已收到\n收到 \n> 另一段\n-- \n马");
        assert_eq!(read("a \r\nb", "text/plain"), "a \r\nb");
        assert_eq!(read(" >no \r\nquote", "text/plain; format=flowed; delsp=yes"), ">noquote");
    }
}
