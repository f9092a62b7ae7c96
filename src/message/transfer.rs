//! Content-Transfer-Encoding, forgivingly: what can be decoded is.

/// Decodes base64 and tells whether bytes that do not belong there were met. Blanks and line ends
/// are skipped; padding in the middle (two encodings joined) starts a new group.
#[must_use]
pub(super) fn base64(bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let (mut word, mut count, mut damaged) = (0u32, 0u32, false);
    let sextets: &Sextets = &SEXTETS;
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        if count == 0
            && let Some((three, tail)) = whole_group(sextets, rest)
        {
            out.extend_from_slice(&three);
            rest = tail;
            continue;
        }
        rest = tail;
        let value = sextet(sextets, byte);
        if value < NO_DIGIT {
            word = (word << 6) | u32::from(value);
            count += 1;
            if count == 4 {
                let [_, first, second, third] = word.to_be_bytes();
                out.extend_from_slice(&[first, second, third]);
                (word, count) = (0, 0);
            }
        } else if byte == b'=' {
            flush(word, count, &mut out);
            (word, count) = (0, 0);
        } else if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
            damaged = true;
        }
    }
    flush(word, count, &mut out);
    (out, damaged)
}

/// Not a digit of base64.
const NO_DIGIT: u8 = 64;

/// The value of each byte as a digit.
type Sextets = [u8; 256];

static SEXTETS: std::sync::LazyLock<Sextets> = std::sync::LazyLock::new(|| {
    std::array::from_fn(|byte| match u8::try_from(byte).unwrap_or(0) {
        byte @ b'A'..=b'Z' => byte - b'A',
        byte @ b'a'..=b'z' => byte - b'a' + 26,
        byte @ b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => NO_DIGIT,
    })
});

#[inline]
fn sextet(sextets: &Sextets, byte: u8) -> u8 {
    sextets.get(usize::from(byte)).copied().unwrap_or(NO_DIGIT)
}

/// Inside a line four digits stand together: their three bytes, and what follows.
#[inline]
fn whole_group<'a>(sextets: &Sextets, bytes: &'a [u8]) -> Option<([u8; 3], &'a [u8])> {
    let ([a, b, c, d], rest) = bytes.split_first_chunk::<4>()?;
    let digit = |byte: &u8| u32::from(sextet(sextets, *byte));
    let (a, b, c, d) = (digit(a), digit(b), digit(c), digit(d));
    if (a | b | c | d) >= u32::from(NO_DIGIT) {
        return None;
    }
    let [_, first, second, third] = ((a << 18) | (b << 12) | (c << 6) | d).to_be_bytes();
    Some(([first, second, third], rest))
}

fn flush(word: u32, count: u32, out: &mut Vec<u8>) {
    match count {
        2 => out.extend_from_slice(word.wrapping_shl(12).to_be_bytes().get(1..2).unwrap_or(&[])),
        3 => out.extend_from_slice(word.wrapping_shl(6).to_be_bytes().get(1..3).unwrap_or(&[])),
        _ => {}
    }
}

/// Decodes quoted-printable; a wrong escape stays as it is. In a header word `_` is a blank.
#[must_use]
pub(super) fn quoted_printable(bytes: &[u8], header: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'_' if header => out.push(b' '),
            b'=' => match tail {
                [high, low, after @ ..] if hex(*high).is_some() && hex(*low).is_some() => {
                    out.push((hex(*high).unwrap_or(0) << 4) | hex(*low).unwrap_or(0));
                    rest = after;
                }
                _ => match soft_break(tail) {
                    Some(after) => rest = after,
                    None => out.push(b'='),
                },
            },
            _ => out.push(byte),
        }
    }
    out
}

/// What follows a soft line break, if there is one.
fn soft_break(tail: &[u8]) -> Option<&[u8]> {
    let blanks = tail.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match tail.get(blanks..)? {
        [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => Some(after),
        [] => Some(&[]),
        _ => None,
    }
}

/// The value of a hexadecimal digit.
#[must_use]
pub(super) fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Decodes `%XX` (RFC 2231).
#[must_use]
pub(super) fn percent(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, tail) {
            (b'%', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                out.push((hex(*high).unwrap_or(0) << 4) | hex(*low).unwrap_or(0));
                rest = after;
            }
            _ => out.push(byte),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_survives_padding_in_the_middle_missing_padding_and_strange_bytes() {
        assert_eq!(base64(b"5byg\r\n5LiJ"), ("张三".into(), false));
        assert_eq!(base64(b"YQ==Yg=="), (b"ab".to_vec(), false));
        assert_eq!(base64(b"YWI"), (b"ab".to_vec(), false));
        assert_eq!(base64(b"YW!!!I="), (b"ab".to_vec(), true));
    }

    #[test]
    fn quoted_printable_joins_soft_breaks_and_keeps_wrong_escapes() {
        assert_eq!(quoted_printable(b"a=3D=\r\nb=ZZ=", false), b"a=b=ZZ");
        assert_eq!(quoted_printable(b"a_b", true), b"a b");
    }
}
