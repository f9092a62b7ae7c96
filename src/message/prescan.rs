//! Makes a message harmless before the MIME parser sees it.
//!
//! Everything is done in place on a copy, so that offsets stay true and the content itself is
//! always taken from the untouched bytes:
//!
//! * a parameter folded after its `=` would be lost, and with a `boundary` the whole mail
//!   (mail-parser 0.11.9; Outlook folds long file names so): the fold becomes blanks;
//! * a `boundary` on a line that is not indented would be lost as well: the line end becomes blanks;
//! * a nested `message/rfc822` would be parsed recursively, 30,000 of them overflow the stack and
//!   abort the process: its type is made unknown, we open nested mail ourselves, to a bounded depth;
//! * the type `text` is hidden, or the parser would decode what is decoded here;
//! * the transfer encoding is hidden, so that a broken one cannot move a part's end.

/// What a continuation line without its blank begins with.
const BOUNDARY: &[u8] = b"boundary=";

/// The copy to cut into parts.
#[must_use]
pub(super) fn harmless(raw: &[u8]) -> Vec<u8> {
    let mut copy = raw.to_vec();
    let mut start = 0;
    while start < raw.len() {
        let end = line_end(raw, start);
        // All of the fields sought begin so, and hardly any line of a body does.
        if !matches!(raw.get(start), Some(b'c' | b'C')) {
            start = end;
            continue;
        }
        let line = raw.get(start..end).unwrap_or(&[]);
        if is_field(line, b"content-transfer-encoding") {
            if let Some(byte) = copy.get_mut(start) {
                *byte = b'x';
            }
        } else if is_field(line, b"content-type") || is_field(line, b"content-disposition") {
            let end = field_end(raw, loose_boundary(raw, &mut copy, end));
            if let Some(field) = copy.get_mut(start..end) {
                join_folds(field);
                rename(field, b"message/rfc822", b"message/rfc-82");
                rename(field, b"message/global", b"message/gl-bal");
                rename(field, b"multipart/digest", b"multipart/mixed;");
                hide_text(field);
            }
            start = end;
            continue;
        }
        start = end;
    }
    copy
}

fn line_end(raw: &[u8], start: usize) -> usize {
    let rest = raw.get(start..).unwrap_or(&[]);
    memchr::memchr(b'\n', rest).map_or(raw.len(), |at| start + at + 1)
}

/// The end of a header field whose first line ends at `end`: continuation lines start with a blank.
fn field_end(raw: &[u8], mut end: usize) -> usize {
    while matches!(raw.get(end), Some(b' ' | b'\t')) {
        end = line_end(raw, end);
    }
    end
}

/// Some programs do not indent the `boundary` that continues a field: the line end before it becomes
/// blanks. Gives the new end of the field's first line.
fn loose_boundary(raw: &[u8], copy: &mut [u8], end: usize) -> usize {
    let before = raw.get(..end).unwrap_or(&[]).trim_ascii_end();
    let next = raw.get(end..end + BOUNDARY.len()).unwrap_or(&[]);
    if !before.ends_with(b";") || !next.eq_ignore_ascii_case(BOUNDARY) {
        return end;
    }
    if let Some(gap) = copy.get_mut(before.len()..end) {
        gap.fill(b' ');
    }
    line_end(raw, end)
}

fn is_field(line: &[u8], name: &[u8]) -> bool {
    let Some(rest) = line.get(name.len()..) else { return false };
    line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && rest.iter().find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b':')
}

/// Turns the line end and the blanks that follow a `=` into blanks.
fn join_folds(field: &mut [u8]) {
    let mut after_equals = false;
    for byte in field.iter_mut() {
        match *byte {
            b'=' => after_equals = true,
            b' ' | b'\t' => {}
            b'\r' | b'\n' if after_equals => *byte = b' ',
            _ => after_equals = false,
        }
    }
    // The last line end closes the field and stays.
    if after_equals && field.len() > 1 {
        let last = field.len() - 1;
        if let Some(byte) = field.get_mut(last) {
            *byte = b'\n';
        }
    }
}

/// Only directly behind the colon: a boundary may hold the same letters.
fn hide_text(field: &mut [u8]) {
    let Some(colon) = memchr::memchr(b':', field) else { return };
    let value = field.get(colon + 1..).unwrap_or(&[]).trim_ascii_start();
    let text = value.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"text/"));
    let at = field.len() - value.len();
    if let Some(byte) = field.get_mut(at).filter(|_| text) {
        *byte = b'x';
    }
}

fn rename(field: &mut [u8], from: &[u8], to: &[u8]) {
    let found = field.windows(from.len()).position(|word| word.eq_ignore_ascii_case(from));
    if let Some(target) = found.and_then(|at| field.get_mut(at..at + from.len())) {
        target.copy_from_slice(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_after_an_equals_sign_are_closed_and_nothing_moves() {
        let raw = b"Content-Type: multipart/mixed;\r\n boundary=\r\n\t\"x\"\r\n\r\nname=\r\n two";
        let copy = harmless(raw);
        assert_eq!(copy.len(), raw.len());
        assert!(copy.windows(12).any(|w| w == b"boundary=  \t"));
        assert!(copy.ends_with(b"name=\r\n two"), "the body is left alone");
    }

    #[test]
    fn nested_messages_lose_their_type() {
        let copy = harmless(b"CONTENT-TYPE : Message/RFC822\n\n");
        assert!(copy.starts_with(b"CONTENT-TYPE : message/rfc-82"));
    }

    #[test]
    fn a_boundary_that_was_not_indented_belongs_to_its_field() {
        let copy = harmless(b"Content-Type: multipart/mixed; \r\nBoundary=\"x\"\r\n\r\nbody");
        assert!(copy.starts_with(b"Content-Type: multipart/mixed;   Boundary=\"x\"\r\n"));
        let closed = b"Content-Type: image/png\r\nboundary=1\r\n";
        assert_eq!(harmless(closed), closed, "no field was left open");
    }
}
