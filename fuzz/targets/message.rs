//! A whole message, from its bytes to its reading.
#![no_main]

use baoming_fuzz::READER;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let read = READER.read(input);
    assert_ne!(read.fingerprint, [0; 32]);
    for applicant in &read.reading.applicants {
        assert!(applicant.fields.values().all(|found| !found.value.trim().is_empty()));
    }
});
