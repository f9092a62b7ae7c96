//! Outlook's `winmail.dat`.
#![no_main]

use baoming::message::file::Format;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|input: &[u8]| -> Corpus { baoming_fuzz::file(Format::Tnef, "winmail.dat", input) });
