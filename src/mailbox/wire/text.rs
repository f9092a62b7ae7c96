//! Small readers of a line's bytes.

/// The first word and what stands behind the spaces after it.
pub(super) fn split_word(line: &[u8]) -> (&[u8], &[u8]) {
    let end = line.iter().position(|byte| *byte == b' ').unwrap_or(line.len());
    let (word, rest) = line.split_at_checked(end).unwrap_or((line, b""));
    (word, rest.trim_ascii_start())
}

/// Whether a word is this one, in whatever case.
pub(super) fn word_is(word: &[u8], name: &str) -> bool {
    word.eq_ignore_ascii_case(name.as_bytes())
}

/// A number that fits the protocol's 32 bits.
pub(super) fn number(word: &[u8]) -> Option<u32> {
    std::str::from_utf8(word.trim_ascii()).ok().filter(|text| all_digits(text))?.parse().ok()
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words between spaces.
pub(super) fn fields(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b' ').filter(|word| !word.is_empty())
}

/// Takes an announced literal (`{12}`, `{12+}`, `~{12}`) off the end of a line. A number too large
/// for 64 bits becomes the largest one.
pub(super) fn literal_at_end(line: &[u8]) -> (&[u8], Option<u64>) {
    let split = || {
        let inner = line.strip_suffix(b"}")?;
        let open = inner.iter().rposition(|byte| *byte == b'{')?;
        let (head, digits) = inner.split_at_checked(open)?;
        let digits = digits.strip_prefix(b"{")?;
        let digits = std::str::from_utf8(digits.strip_suffix(b"+").unwrap_or(digits)).ok()?;
        let length = all_digits(digits).then(|| digits.parse().unwrap_or(u64::MAX))?;
        Some((head.strip_suffix(b"~").unwrap_or(head), length))
    };
    split().map_or((line, None), |(head, length)| (head, Some(length)))
}
