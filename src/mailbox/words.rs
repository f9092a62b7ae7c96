//! A server's own words, made fit for a log: decoded, cut, and without anybody's name in them.

/// Longest piece of a server's text that an error keeps, in characters: enough for a sentence and
/// a help address.
const KEPT_CHARS: usize = 200;

/// A run of so many digits can be a telephone, ID or QQ number, and is masked.
const LONG_NUMBER: usize = 8;

/// Decodes, cleans and cuts a server's text, and masks the login name, addresses and long numbers.
///
/// NetEase and Tencent answer in UTF-8 or, on older machines, in GBK.
pub(super) fn presentable(raw: &[u8], user: &str) -> String {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    let mut text = mask_addresses(&text);
    let local = user.split('@').next().unwrap_or_default();
    for name in [user, local] {
        if name.chars().count() > 2 {
            text = text.replace(name, "***");
        }
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|w| !w.is_empty())
        .collect();
    mask_numbers(&words.join(" ")).chars().take(KEPT_CHARS).collect()
}

/// `somebody@163.com` becomes `***@163.com`.
fn mask_addresses(text: &str) -> String {
    let mut pieces: Vec<String> = text.split('@').map(str::to_owned).collect();
    let last = pieces.len().saturating_sub(1);
    for piece in pieces.iter_mut().take(last) {
        let kept = piece.trim_end_matches(|c: char| c.is_alphanumeric() || "._+-%*".contains(c));
        *piece = format!("{kept}***");
    }
    pieces.join("@")
}

fn mask_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_digit() {
            run.push(c);
            continue;
        }
        out.push_str(if run.len() >= LONG_NUMBER { "***" } else { &run });
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_sense_and_lose_names() {
        let user = "maxiwen0716@163.com";
        let said = "Unsafe Login. Please contact kefu@188.com for help, maxiwen0716";
        assert_eq!(
            presentable(said.as_bytes(), user),
            "Unsafe Login. Please contact ***@188.com for help, ***"
        );
        assert_eq!(presentable("登录\r\n失败 13895401234".as_bytes(), user), "登录 失败 ***");
        assert_eq!(presentable("xj@163.com、a@qq.com".as_bytes(), "xj"), "***@163.com、***@qq.com");
    }

    #[test]
    fn gbk_is_decoded_and_long_texts_are_cut() {
        let (gbk, _, _) = encoding_rs::GBK.encode("系统繁忙，请稍后再试");
        assert_eq!(presentable(&gbk, "u"), "系统繁忙，请稍后再试");
        assert_eq!(presentable("很长".repeat(500).as_bytes(), "u").chars().count(), KEPT_CHARS);
    }
}
