//! Header text: encoded words (RFC 2047) and raw bytes in any mixture.
//!
//! Many clients cut an encoded word inside a two-byte character. So the bytes of neighbouring words
//! of one charset are joined before they are decoded.

use super::{charset, transfer};

/// Decodes a header's value to one line of text.
#[must_use]
pub(super) fn decode(value: &[u8]) -> String {
    let mut text = String::new();
    let mut run: Option<(String, Vec<u8>)> = None;
    let mut rest = value;
    while !rest.is_empty() {
        if let Some((label, bytes, tail)) = word(rest) {
            match &mut run {
                Some((open, joined)) if open.eq_ignore_ascii_case(&label) => joined.extend(bytes),
                _ => {
                    close(&mut run, &mut text);
                    run = Some((label, bytes));
                }
            }
            rest = tail;
            continue;
        }
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let (gap, tail) = rest.split_at(blanks);
        if run.is_some() && word(tail).is_some() {
            rest = tail;
            continue;
        }
        close(&mut run, &mut text);
        if !gap.is_empty() {
            text.push(' ');
            rest = tail;
            continue;
        }
        let plain = plain_run(tail);
        let (raw, tail) = tail.split_at(plain);
        text.push_str(&charset::decode(raw, None));
        rest = tail;
    }
    close(&mut run, &mut text);
    text.retain(|c| !c.is_control());
    text.trim().to_owned()
}

fn close(run: &mut Option<(String, Vec<u8>)>, text: &mut String) {
    if let Some((label, bytes)) = run.take() {
        text.push_str(&charset::decode(&bytes, Some(&label)));
    }
}

/// How many bytes are plain: up to the blanks before the next encoded word, or a line end.
fn plain_run(bytes: &[u8]) -> usize {
    let ends = (1..bytes.len()).find(|at| {
        bytes.get(*at..).is_some_and(|rest| {
            rest.starts_with(b"\r") || rest.starts_with(b"\n") || rest.starts_with(b"=?")
        })
    });
    let end = ends.unwrap_or(bytes.len());
    let run = bytes.get(..end).unwrap_or(&[]);
    let kept = run.trim_ascii_end().len();
    if kept == 0 { end } else { kept }
}

/// An encoded word at the start: charset, decoded bytes, what follows.
fn word(bytes: &[u8]) -> Option<(String, Vec<u8>, &[u8])> {
    let rest = bytes.strip_prefix(b"=?")?;
    let (label, rest) = split(rest, b"?", 64)?;
    let (encoding, rest) = split(rest, b"?", 2)?;
    let (data, rest) = split(rest, b"?=", 8192).filter(|(data, _)| !data.contains(&b'?'))?;
    let label = String::from_utf8_lossy(label.split(|byte| *byte == b'*').next()?).into_owned();
    let decoded = match encoding {
        b"B" | b"b" => transfer::base64(data).0,
        b"Q" | b"q" => transfer::quoted_printable(data, true),
        _ => return None,
    };
    Some((label, decoded, rest))
}

fn split<'a>(bytes: &'a [u8], mark: &[u8], most: usize) -> Option<(&'a [u8], &'a [u8])> {
    let window = bytes.get(..bytes.len().min(most + mark.len()))?;
    let at = window.windows(mark.len()).position(|part| part == mark)?;
    Some((bytes.get(..at)?, bytes.get(at + mark.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cut_inside_a_character_are_joined() {
        let gbk = encoding_rs::GBK.encode("盛源农机").0.into_owned();
        let word = |bytes: &[u8]| {
            let hex: Vec<String> = bytes.iter().map(|byte| format!("={byte:02X}")).collect();
            let hex = hex.concat();
            format!("=?gb2312?Q?{hex}?=")
        };
        let value = format!("{}\r\n {}", word(&gbk[..3]), word(&gbk[3..]));
        assert_eq!(decode(value.as_bytes()), "盛源农机");
    }

    #[test]
    fn raw_bytes_and_words_mix() {
        let mut value = encoding_rs::GBK.encode("发信方已撤回邮件：").0.into_owned();
        value.extend_from_slice(b"=?utf-8?B?5oql5ZCN?= (1)");
        assert_eq!(decode(&value), "发信方已撤回邮件：报名 (1)");
        assert_eq!(decode(b"Re: =?utf-8?B?5oql5ZCN?="), "Re: 报名");
        assert_eq!(decode(b"=?x?b?"), "=?x?b?");
    }
}
