//! What a server answers to SMTP: never a panic, and always something that follows from it.
#![no_main]

use baoming::outbox::refusal::next;
use baoming::outbox::smtp::{Answer, Step};
use lettre::transport::smtp::response::Response;
use libfuzzer_sys::{Corpus, fuzz_target};

const STEPS: [Step; 9] = [
    Step::Connect,
    Step::Tls,
    Step::Greeting,
    Step::Login,
    Step::Sender,
    Step::Recipient,
    Step::Data,
    Step::Text,
    Step::Goodbye,
];

fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((first, rest)) = input.split_first() else { return Corpus::Reject };
    // As src/outbox/smtp/wire.rs hands it to lettre.
    let reply: String =
        rest.iter().map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect();
    let step = STEPS[usize::from(*first) % STEPS.len()];
    let answer = match reply.parse::<Response>() {
        Ok(response) => Answer::from(&response),
        Err(_) => Answer { code: u16::from(*first) * 3, text: reply },
    };
    let _ = answer.to_string();
    for attempts in [1, 2, 9] {
        let _ = next(step, &answer, attempts);
    }
    Corpus::Keep
});
