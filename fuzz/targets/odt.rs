//! OpenDocument's `.odt`, whole or as the XML of its content.
#![no_main]

use baoming::message::file::Format;
use libfuzzer_sys::{Corpus, fuzz_target};

fn wrap(xml: &[u8]) -> Vec<u8> {
    let kind: &[u8] = b"application/vnd.oasis.opendocument.text";
    baoming_fuzz::archive(&[("mimetype", kind), ("content.xml", xml)])
}

fuzz_target!(|input: &[u8]| -> Corpus {
    baoming_fuzz::office(Format::OpenText, "报名表.odt", input, wrap)
});
