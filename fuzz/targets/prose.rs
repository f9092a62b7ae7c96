//! Text in every voice: labels, names, lists, sentences, typed tables.
#![no_main]

use baoming::message::{Document, Headers, Message, Origin};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    // The first line is the subject.
    let (subject, text) = text.split_once('\n').unwrap_or(("", &text));
    let mut body = Document::of_text(Origin::Body, "正文", text);
    body.bound();
    let headers = Headers { subject: subject.to_owned(), ..Headers::default() };
    baoming_fuzz::understand(Message { headers, documents: vec![body], ..Message::default() });
});
