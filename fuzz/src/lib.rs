//! What the targets share.

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use baoming::message::file::{File, Format, open, sniff};
use baoming::message::{Document, Message, Origin};
use baoming::reading::Reader;
use libfuzzer_sys::Corpus;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The reader with the notice's words, compiled once.
pub static READER: LazyLock<Reader> = LazyLock::new(Reader::default);

/// Opens an attached file and reads what it says. Input of another format is not kept.
pub fn file(format: Format, name: &str, bytes: &[u8]) -> Corpus {
    let file = File { name, media: "", bytes, depth: 0 };
    if sniff(&file) != format {
        return Corpus::Reject;
    }
    let opened = open(file);
    let mut documents = vec![Document::of_text(Origin::Body, "正文", "报名表见附件")];
    documents.extend(opened.documents);
    documents.iter_mut().for_each(Document::bound);
    understand(Message { documents, unread: opened.unread, ..Message::default() });
    Corpus::Keep
}

/// Reads a message that is taken apart already, and shows that what it says can be kept.
pub fn understand(message: Message) {
    let reading = READER.understand(&message);
    for applicant in &reading.applicants {
        for (field, found) in &applicant.fields {
            assert!(!found.value.trim().is_empty(), "{field} is empty");
        }
    }
}

/// A zip of members that are stored as they are: what is inside can be changed byte by byte.
pub fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in members {
        zip.start_file(*name, stored).expect("a short name");
        zip.write_all(bytes).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// An office file: as it is, or, when the input is no zip, made of the XML of its main part.
pub fn office(format: Format, name: &str, input: &[u8], wrap: fn(&[u8]) -> Vec<u8>) -> Corpus {
    if input.starts_with(b"PK") {
        file(format, name, input)
    } else {
        file(format, name, &wrap(input))
    }
}
