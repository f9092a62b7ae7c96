//! Rich text and its code pages.
#![no_main]

use baoming::message::file::Format;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|input: &[u8]| -> Corpus { baoming_fuzz::file(Format::Rtf, "报名表.rtf", input) });
