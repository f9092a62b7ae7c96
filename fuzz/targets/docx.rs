//! Word's `.docx`, whole or as the XML of its document.
#![no_main]

use baoming::message::file::Format;
use libfuzzer_sys::{Corpus, fuzz_target};

const TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn wrap(xml: &[u8]) -> Vec<u8> {
    let members =
        [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", xml)];
    baoming_fuzz::archive(&members)
}

fuzz_target!(|input: &[u8]| -> Corpus {
    baoming_fuzz::office(Format::Word, "报名表.docx", input, wrap)
});
