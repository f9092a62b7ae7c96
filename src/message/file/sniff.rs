//! What a file is, by its first bytes and, for containers, by what they hold.

use super::File;

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// No bytes.
    Empty,
    /// Text.
    Plain,
    /// Comma- or tab-separated text.
    Csv,
    /// An HTML page, also under `.doc` or `.xls`.
    Html,
    /// A mail.
    Mail,
    /// A picture.
    Image,
    /// `.docx`.
    Word,
    /// `.doc`, `.wps`: the OLE2 container of Word 97.
    WordOld,
    /// `.xlsx`.
    Sheet,
    /// `.xls`, `.et`.
    SheetOld,
    /// `.odt`.
    OpenText,
    /// `.ods`.
    OpenSheet,
    /// `.pdf`.
    Pdf,
    /// `.rtf`.
    Rtf,
    /// `winmail.dat`.
    Tnef,
    /// `.zip`.
    Zip,
    /// `.rar`, `.7z`, `.gz`.
    Packed,
    /// Sound, film, a calendar entry, a visiting card, a signature.
    Harmless,
    /// None of these.
    Unknown,
}

/// Recognises a file.
#[must_use]
pub fn sniff(file: &File<'_>) -> Format {
    let bytes = file.bytes;
    let ending = file.ending();
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if bytes.is_empty() {
        return Format::Empty;
    }
    if starts(b"%PDF") || within(bytes, 1024, b"%PDF-") {
        return Format::Pdf;
    }
    if starts(b"{\\rtf") {
        return Format::Rtf;
    }
    if starts(b"\x78\x9f\x3e\x22") {
        return Format::Tnef;
    }
    if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return ole(bytes);
    }
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return packed(bytes);
    }
    if starts(b"Rar!") || starts(b"7z\xbc\xaf\x27\x1c") || starts(b"\x1f\x8b") || starts(b"BZh") {
        return Format::Packed;
    }
    if image(bytes) {
        return Format::Image;
    }
    if sound(bytes) || matches!(file.media, "text/calendar" | "text/vcard" | "text/x-vcard") {
        return Format::Harmless;
    }
    if matches!(
        ending.as_str(),
        "ics" | "vcf" | "p7s" | "asc" | "sig" | "mp3" | "mp4" | "mov" | "exe" | "apk"
    ) {
        return Format::Harmless;
    }
    if !is_text(bytes) {
        return Format::Unknown;
    }
    if file.media == "message/rfc822" || ending == "eml" {
        return Format::Mail;
    }
    let head: Vec<u8> = bytes.iter().take(1024).map(u8::to_ascii_lowercase).collect();
    let holds = |word: &[u8]| head.windows(word.len()).any(|part| part == word);
    if holds(b"<html")
        || holds(b"<table")
        || holds(b"<!doctype html")
        || ending == "html"
        || ending == "htm"
    {
        return Format::Html;
    }
    if ending == "csv" || ending == "tsv" || file.media == "text/csv" {
        return Format::Csv;
    }
    if ending == "txt" || ending == "md" || file.media.starts_with("text/") {
        return Format::Plain;
    }
    if mail(&head) {
        Format::Mail
    } else if utf16(bytes) || bytes.len() < 1 << 20 {
        Format::Plain
    } else {
        Format::Unknown
    }
}

fn within(bytes: &[u8], most: usize, word: &[u8]) -> bool {
    bytes
        .get(..bytes.len().min(most))
        .is_some_and(|head| head.windows(word.len()).any(|part| part == word))
}

/// Which program's streams an OLE2 container holds, by the UTF-16 names of its directory.
fn ole(bytes: &[u8]) -> Format {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).step_by(1).any(|part| part == wide)
    };
    if holds("WordDocument") {
        Format::WordOld
    } else if holds("Workbook") || holds("Book\0") {
        Format::SheetOld
    } else {
        Format::Unknown
    }
}

/// Which program's members a zip holds.
fn packed(bytes: &[u8]) -> Format {
    // A name directly behind a member's head or its entry in the list: what an archive holds unpacked is no member.
    let holds = |name: &[u8]| {
        bytes.windows(name.len()).enumerate().any(|(at, part)| {
            part == name
                && [(30, &b"PK\x03\x04"[..]), (46, &b"PK\x01\x02"[..])].iter().any(
                    |(head, magic)| {
                        at.checked_sub(*head)
                            .and_then(|at| bytes.get(at..))
                            .is_some_and(|rest| rest.starts_with(magic))
                    },
                )
        })
    };
    // Only a file that begins as one: a stored member of an archive has its own heads further down.
    let first = bytes.get(30..).unwrap_or(&[]);
    let office =
        ["[Content_Types].xml", "_rels/", "word/", "xl/", "docProps/", "mimetype", "customXml/"];
    if !office.iter().any(|name| first.starts_with(name.as_bytes())) {
        return Format::Zip;
    }
    if holds(b"word/document.xml") {
        Format::Word
    } else if holds(b"xl/workbook.xml") {
        Format::Sheet
    } else if within(bytes, 200, b"application/vnd.oasis.opendocument.text") {
        Format::OpenText
    } else if within(bytes, 200, b"application/vnd.oasis.opendocument.spreadsheet") {
        Format::OpenSheet
    } else {
        Format::Zip
    }
}

fn image(bytes: &[u8]) -> bool {
    let magics: [&[u8]; 8] = [
        b"\xff\xd8\xff",
        b"\x89PNG",
        b"GIF8",
        b"BM",
        b"II*\0",
        b"MM\0*",
        b"\x00\x00\x01\x00",
        b"\xd7\xcd\xc6\x9a",
    ];
    let heif = bytes.get(4..12).is_some_and(|brand| {
        [&b"ftypheic"[..], b"ftypheix", b"ftypmif1", b"ftypavif", b"ftypmsf1"].contains(&brand)
    });
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let bitmap = bytes.starts_with(b"BM") && bytes.len() < 26;
    magics.iter().any(|magic| bytes.starts_with(magic)) && !bitmap || heif || webp
}

fn sound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"ID3")
        || bytes.starts_with(b"#!AMR")
        || bytes.get(4..8) == Some(b"ftyp")
        || bytes.starts_with(b"RIFF")
        || bytes.starts_with(b"MZ")
}

fn utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

/// Text has no control bytes but line ends, tabs and form feeds.
fn is_text(bytes: &[u8]) -> bool {
    let sample = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    let odd = sample.iter().filter(|byte| **byte < 9 || (14..27).contains(*byte)).count();
    utf16(bytes) || odd == 0
}

fn mail(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let fields = ["from:", "to:", "subject:", "date:", "message-id:", "received:", "mime-version:"];
    fields.iter().filter(|field| text.lines().any(|line| line.starts_with(**field))).count() >= 3
}
