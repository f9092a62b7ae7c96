//! Modified UTF-7, in which IMAP writes the names of folders (RFC 3501 §5.1.3):
//! `广告邮件` is `&Xn9USpCuTvY-` on the wire.

/// Base 64 with `,` for `/` and no padding.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/// The wire form of a folder's name.
pub(super) fn encode(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut hidden: Vec<u16> = Vec::new();
    for c in name.chars() {
        if matches!(c, ' '..='~') {
            flush(&mut hidden, &mut out);
            out.push(c);
            if c == '&' {
                out.push('-');
            }
        } else {
            hidden.extend(c.encode_utf16(&mut [0; 2]).iter());
        }
    }
    flush(&mut hidden, &mut out);
    out
}

fn flush(hidden: &mut Vec<u16>, out: &mut String) {
    if hidden.is_empty() {
        return;
    }
    out.push('&');
    let (mut bits, mut count) = (0_u32, 0_u32);
    for unit in hidden.drain(..) {
        bits = (bits << 16) | u32::from(unit);
        count += 16;
        while count >= 6 {
            count -= 6;
            out.push(digit(bits >> count));
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        out.push(digit(bits << (6 - count)));
    }
    out.push('-');
}

fn digit(value: u32) -> char {
    let place = usize::try_from(value & 63).unwrap_or(0);
    char::from(ALPHABET.get(place).copied().unwrap_or(b'A'))
}

/// The name that a wire form stands for. What is not modified UTF-7 (some servers send names in
/// plain UTF-8) comes back as it is.
pub(super) fn decode(wire: &str) -> String {
    if wire.is_ascii() {
        try_decode(wire).unwrap_or_else(|| wire.to_owned())
    } else {
        wire.to_owned()
    }
}

fn try_decode(wire: &str) -> Option<String> {
    let mut out = String::with_capacity(wire.len());
    let mut rest = wire;
    while let Some((plain, behind)) = rest.split_once('&') {
        out.push_str(plain);
        let (hidden, after) = behind.split_once('-')?;
        if hidden.is_empty() {
            out.push('&');
        } else {
            out.push_str(&reveal(hidden)?);
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

fn reveal(hidden: &str) -> Option<String> {
    let (mut bits, mut count) = (0_u32, 0_u32);
    let mut units = Vec::with_capacity(hidden.len());
    for byte in hidden.bytes() {
        let value = ALPHABET.iter().position(|digit| *digit == byte)?;
        bits = (bits << 6) | u32::try_from(value).ok()?;
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push(u16::try_from((bits >> count) & 0xffff).ok()?);
        }
        bits &= (1 << count) - 1;
    }
    (count < 6 && bits == 0).then(|| String::from_utf16(&units).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Dice;

    #[test]
    fn the_folders_of_163_read_as_its_users_know_them() {
        for (wire, name) in [
            ("&g0l6P3ux-", "草稿箱"),
            ("&XfJT0ZAB-", "已发送"),
            ("&XfJSIJZk-", "已删除"),
            ("&V4NXPpCuTvY-", "垃圾邮件"),
            ("&dcVr0mWHTvZZOQ-", "病毒文件夹"),
            ("&Xn9USpCuTvY-", "广告邮件"),
            ("&i6KWBZCuTvY-", "订阅邮件"),
            ("&UXZO1mWHTvZZOQ-", "其他文件夹"),
            ("INBOX", "INBOX"),
            ("A&-B", "A&B"),
            ("&2Dze7w-/x", "\u{1f2ef}/x"),
        ] {
            assert_eq!(decode(wire), name);
            assert_eq!(encode(name), wire);
        }
    }

    #[test]
    fn what_is_not_utf7_stays_as_it_is() {
        for wire in ["R&D", "&broken", "&!!-", "垃圾邮件", "&AAA-&", "&2Dw-"] {
            assert_eq!(decode(wire), wire);
        }
    }

    #[test]
    fn every_name_comes_back() {
        let dice = Dice::seeded(3501);
        for _ in 0..2_000 {
            let name: String = (0..dice.below(12))
                .filter_map(|_| char::from_u32(u32::try_from(dice.below(0x1_1000)).ok()?))
                .collect();
            let wire = encode(&name);
            assert!(wire.is_ascii());
            assert_eq!(decode(&wire), name);
        }
    }
}
