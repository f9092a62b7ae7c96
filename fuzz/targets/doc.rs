//! The OLE2 container of Word 97, under `.doc` or `.wps`.
#![no_main]

use baoming::message::file::Format;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|input: &[u8]| -> Corpus {
    baoming_fuzz::file(Format::WordOld, "报名表.doc", input)
});
