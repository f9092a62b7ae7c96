//! The OLE2 container of Excel 97.
#![no_main]

use baoming::message::file::Format;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|input: &[u8]| -> Corpus {
    baoming_fuzz::file(Format::SheetOld, "名单.xls", input)
});
