//! Bytes become text: the label first, then the evidence.
//!
//! Chinese clients mislabel often: GBK bytes under `gb2312`, `us-ascii` or no label at all, UTF-8
//! under `gb2312`, a charset that only an HTML meta tag tells. GB18030 is a superset of GB2312 and
//! GBK, so it stands for all three.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Decodes text whose charset is claimed to be `label`. U+FFFD stands where no charset fits.
#[must_use]
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> String {
    let label = label.map(|label| label.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    let claimed = label.and_then(family);
    if claimed == Some(Family::Hz) || (claimed.is_none() && looks_hz(bytes)) {
        return hz(bytes);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or(&[]);
        return encoding.decode_without_bom_handling(rest).0.into_owned();
    }
    if let Some(encoding) = wide(bytes, claimed) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    if bytes.is_ascii() {
        return UTF_8.decode_without_bom_handling(bytes).0.into_owned();
    }
    let candidates = match claimed {
        Some(Family::Encoding(encoding)) if encoding == GB18030 => gb_order(bytes),
        Some(Family::Encoding(encoding)) => [UTF_8, encoding, GB18030],
        _ => guess_order(bytes),
    };
    for encoding in candidates {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return text.into_owned();
        }
    }
    least_damaged(bytes, &candidates)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Encoding(&'static Encoding),
    Hz,
}

/// What a label stands for; nothing for labels that are used without knowing (us-ascii, latin-1).
fn family(label: &str) -> Option<Family> {
    let label = label.to_ascii_lowercase();
    match label.as_str() {
        "hz-gb-2312" | "hz" | "hzgb2312" => return Some(Family::Hz),
        "cp936" | "ms936" | "windows-936" | "936" | "gb_2312-80" | "gb-2312" | "gb_2312"
        | "gb-18030" | "gb18030-2000" | "euc-cn" | "euccn" | "x-gbk" | "chinese" => {
            return Some(Family::Encoding(GB18030));
        }
        "cp950" | "ms950" => return Some(Family::Encoding(BIG5)),
        "us-ascii" | "ascii" | "iso-8859-1" | "latin1" | "iso8859-1" | "windows-1252"
        | "cp1252" => {
            return None;
        }
        _ => {}
    }
    let encoding = Encoding::for_label(label.as_bytes())?;
    let chinese = encoding == encoding_rs::GBK;
    Some(Family::Encoding(if chinese { GB18030 } else { encoding }))
}

/// Under a GB label: UTF-8 only when the bytes hold a three-byte character of it. Two-byte ones
/// alone are more likely GBK (the famous 联通).
fn gb_order(bytes: &[u8]) -> [&'static Encoding; 3] {
    let utf8 = std::str::from_utf8(bytes).is_ok_and(|text| text.chars().any(|c| c.len_utf8() > 2));
    if utf8 { [UTF_8, GB18030, BIG5] } else { [GB18030, UTF_8, BIG5] }
}

fn guess_order(bytes: &[u8]) -> [&'static Encoding; 3] {
    if std::str::from_utf8(bytes).is_ok() {
        return [UTF_8, GB18030, BIG5];
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // With a hint "cn" every Big5 text would be called GBK, so there is none.
    let guess = detector.guess(None, Utf8Detection::Allow);
    if guess == BIG5 { [BIG5, GB18030, UTF_8] } else { [GB18030, BIG5, UTF_8] }
}

/// UTF-16 without a mark: labelled so, or every other byte of the ASCII part is zero.
fn wide(bytes: &[u8], claimed: Option<Family>) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(512))?;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let labelled = match claimed {
        Some(Family::Encoding(encoding)) => encoding == UTF_16LE || encoding == UTF_16BE,
        _ => false,
    };
    let many = sample.len() / 16;
    if even + odd == 0 {
        return match claimed {
            Some(Family::Encoding(encoding)) if labelled && std::str::from_utf8(bytes).is_err() => {
                Some(encoding)
            }
            _ => None,
        };
    }
    if sample.len() < 4 || even + odd < many.max(1) {
        return None;
    }
    if odd > even * 4 {
        Some(UTF_16LE)
    } else if even > odd * 4 {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn looks_hz(bytes: &[u8]) -> bool {
    bytes.is_ascii()
        && bytes.windows(2).any(|pair| pair == b"~{")
        && bytes.windows(2).any(|pair| pair == b"~}")
}

/// HZ (RFC 1843): between `~{` and `~}` stand GB2312 characters with the high bits cleared.
fn hz(bytes: &[u8]) -> String {
    let mut gb = Vec::with_capacity(bytes.len());
    let mut chinese = false;
    let mut rest = bytes;
    loop {
        rest = match rest {
            [b'~', b'{', tail @ ..] => {
                chinese = true;
                tail
            }
            [b'~', b'}', tail @ ..] => {
                chinese = false;
                tail
            }
            [b'~', b'~', tail @ ..] => {
                gb.push(b'~');
                tail
            }
            [b'~', b'\n', tail @ ..] | [b'~', b'\r', b'\n', tail @ ..] => tail,
            [b'\n', tail @ ..] => {
                chinese = false;
                gb.push(b'\n');
                tail
            }
            [high, low, tail @ ..] if chinese && *low > b' ' => {
                gb.extend_from_slice(&[high | 0x80, low | 0x80]);
                tail
            }
            [byte, tail @ ..] => {
                gb.push(*byte);
                tail
            }
            [] => break,
        };
    }
    GB18030.decode_without_bom_handling(&gb).0.into_owned()
}

fn least_damaged(bytes: &[u8], candidates: &[&'static Encoding]) -> String {
    let decoded = candidates.iter().map(|encoding| encoding.decode_without_bom_handling(bytes).0);
    decoded
        .min_by_key(|text| text.chars().filter(|c| *c == '\u{fffd}').count())
        .map(std::borrow::Cow::into_owned)
        .unwrap_or_default()
}

/// Whether decoding leaves ASCII characters as they are and makes no others into such: then tags and
/// links can be sought in the bytes.
#[must_use]
pub(super) fn is_ascii_plain(bytes: &[u8], label: Option<&str>) -> bool {
    let label = label.map(|label| label.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    let shifts = match label.and_then(family) {
        Some(Family::Encoding(encoding)) => !encoding.is_ascii_compatible(),
        Some(Family::Hz) => true,
        None => looks_hz(bytes),
    };
    // UTF-16 shows by its zeros and marks.
    !shifts && memchr::memchr(0, bytes).is_none() && Encoding::for_bom(bytes).is_none()
}

/// The charset that an HTML page names in a meta tag.
#[must_use]
pub(super) fn meta(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(2048))?;
    let at = head.windows(8).position(|word| word.eq_ignore_ascii_case(b"charset="))?;
    let value = head.get(at + 8..)?.iter().copied();
    let value = value.skip_while(|byte| matches!(byte, b'"' | b'\'' | b' ')).take(20);
    let name: Vec<u8> = value
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .collect();
    (!name.is_empty()).then(|| String::from_utf8_lossy(&name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn a_wrong_or_missing_label_does_not_garble_chinese() {
        let text = "姓名：马希文，电话 13709583176";
        for label in [Some("gb2312"), Some("GBK"), Some("us-ascii"), Some("iso-8859-1"), None] {
            assert_eq!(decode(&gbk(text), label), text, "{label:?} over GBK");
            assert_eq!(decode(text.as_bytes(), label), text, "{label:?} over UTF-8");
        }
        assert_eq!(decode(&gbk(text), Some("utf-8")), text);
        assert_eq!(decode(text.as_bytes(), Some("x-nonsense")), text);
        assert_eq!(decode(&gbk("朱镕基 喆 䶮 𠮷"), Some("gb2312 ")), "朱镕基 喆 䶮 𠮷");
        assert_eq!(decode(&gbk("联通"), Some("gb2312")), "联通");
    }

    #[test]
    fn rarer_charsets_are_known_too() {
        let text = "報名參加開放日，我叫劉繼業";
        assert_eq!(decode(&BIG5.encode(text).0, None), text);
        assert_eq!(decode(&BIG5.encode(text).0, Some("big5")), text);
        assert_eq!(decode(b"~{<:Ky2;S{~}", Some("hz-gb-2312")), "己所不欲");
        let wide: Vec<u8> = "报名 A1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, Some("utf-16le")), "报名 A1\n");
        assert_eq!(decode(&wide, None), "报名 A1\n");
    }
}
