//! The value of one field: telephone and identity numbers, Chinese numerals, names, categories.
#![no_main]

use std::sync::LazyLock;

use baoming::reading::{Vocabulary, entered, field};
use baoming::settings::KNOWN_FIELDS;
use libfuzzer_sys::{Corpus, fuzz_target};

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::default);

fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((first, rest)) = input.split_first() else { return Corpus::Reject };
    let value = String::from_utf8_lossy(rest);
    let field = KNOWN_FIELDS[usize::from(*first) % KNOWN_FIELDS.len()];
    let Some(Ok(once)) = entered(field, &value, &VOCABULARY) else { return Corpus::Keep };
    assert!(!once.trim().is_empty(), "{field}: nothing was made of {value:?}");
    // What has its proper form keeps it.
    if matches!(field, field::ID_NUMBER | field::GENDER | field::ETHNICITY) {
        let again = entered(field, &once, &VOCABULARY);
        assert_eq!(again, Some(Ok(once.clone())), "{field} of {value:?}");
    }
    Corpus::Keep
});
