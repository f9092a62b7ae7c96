//! Archives, and whatever their members are.
#![no_main]

use baoming::message::file::Format;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|input: &[u8]| -> Corpus { baoming_fuzz::file(Format::Zip, "资料.zip", input) });
