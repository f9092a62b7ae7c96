//! A page as an attachment, the same reader as for HTML bodies.
#![no_main]

use baoming::message::file::Format;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|input: &[u8]| -> Corpus {
    baoming_fuzz::file(Format::Html, "报名表.html", input)
});
