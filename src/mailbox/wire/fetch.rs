//! A FETCH response's own words, between its literals.

use super::fault::Fault;
use super::text::{number, word_is};

/// Appends the cleaned line: single spaces and none inside brackets, flags left out (nobody asks
/// for them, and keywords can be in any charset), no 8-bit bytes outside strings, no NIL where the
/// parser would panic. Notes the UID on the way.
pub(super) fn clean(line: &[u8], out: &mut Vec<u8>, uid: &mut Option<u64>) -> Result<(), Fault> {
    let mut rest = line;
    let mut space = false;
    let mut last: &[u8] = b"";
    while let Some((first, behind)) = rest.split_first() {
        let token;
        (token, rest) = match first {
            b' ' => {
                space = true;
                rest = behind;
                continue;
            }
            b'(' | b')' => rest.split_at_checked(1),
            b'"' => rest.split_at_checked(quoted_length(rest).ok_or(Fault::Garbage)?),
            _ => rest.split_at_checked(atom_length(rest)),
        }
        .ok_or(Fault::Garbage)?;
        if space && token != b")" && !out.ends_with(b"(") && !out.ends_with(b" ") {
            out.push(b' ');
        }
        space = false;
        if word_is(last, "UID") {
            *uid = number(token).map(u64::from);
        }
        write(token, last, out);
        if word_is(token, "FLAGS") && rest.trim_ascii_start().starts_with(b"(") {
            let close = rest.iter().position(|byte| *byte == b')').ok_or(Fault::Garbage)?;
            rest = rest.split_at_checked(close + 1).ok_or(Fault::Garbage)?.1;
            out.extend_from_slice(b" ()");
        }
        last = token;
    }
    if space && !out.ends_with(b" ") && !out.ends_with(b"(") {
        out.push(b' ');
    }
    Ok(())
}

fn write(token: &[u8], last: &[u8], out: &mut Vec<u8>) {
    // The parser takes the first three letters of `NILX` for NIL.
    let nil = token.get(..3).is_some_and(|head| word_is(head, "NIL"));
    if nil && word_is(last, "INTERNALDATE") {
        out.extend_from_slice(b"\"\"");
    } else if token.first() == Some(&b'"') {
        let mut escaped = false;
        for (at, byte) in token.iter().enumerate() {
            let inner = at > 0 && at + 1 < token.len();
            // A backslash before anything but `"` and `\` stands for itself.
            if escaped && !matches!(byte, b'"' | b'\\') {
                out.push(b'\\');
            }
            escaped = inner && *byte == b'\\' && !escaped;
            out.push(if *byte == 0 { b'?' } else { *byte });
        }
    } else {
        out.extend(token.iter().map(|byte| if byte.is_ascii_graphic() { *byte } else { b'_' }));
    }
}

/// The length of a quoted string with both its quotes.
fn quoted_length(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Up to the next space, bracket or quote; what stands in square brackets belongs to the word.
fn atom_length(text: &[u8]) -> usize {
    let mut square = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'[' => square = true,
            b']' => square = false,
            b' ' | b'(' | b')' | b'"' if !square && at > 0 => return at,
            _ => {}
        }
    }
    text.len()
}
