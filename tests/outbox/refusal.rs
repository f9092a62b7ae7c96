//! Every refusal that the providers publish, and what follows from it.

use std::time::Duration;

use baoming::outbox::refusal::{Next, Rest, next};
use baoming::outbox::smtp::{Answer, Step};

const QUARTER: Rest = Rest::For(Duration::from_mins(25));
const HOUR: Rest = Rest::For(Duration::from_mins(65));
const LOGIN: Rest = Rest::For(Duration::from_mins(35));
const SHORT: Rest = Rest::For(Duration::from_mins(10));

/// Code, text as the provider writes it, step, and what must follow at the first attempt.
/// Every row of the providers' published tables.
pub(crate) fn cases() -> Vec<(u16, &'static str, Step, Next)> {
    let pause = |rest, alarm| Next::Pause { rest, alarm };
    let alarm = pause(HOUR, true);
    let tomorrow = pause(Rest::Tomorrow, true);
    let (rcpt, text) = (Step::Recipient, Step::Text);
    vec![
        (421, "HL:REP 163 smtp1", Step::Greeting, alarm),
        (421, "HL:ICC", Step::Greeting, alarm),
        (421, "HL:IFC", Step::Greeting, alarm),
        (421, "HL:MEP", Step::Greeting, alarm),
        (450, "MI:CEL", rcpt, alarm),
        (450, "MI:CCL", rcpt, alarm),
        (450, "RP:CCL", rcpt, alarm),
        (451, "RP:CEL", rcpt, alarm),
        (451, "MI:DMC 163 gzga-smtp-mtada-g0-3,_____wA3YOj 1749689566", text, Next::Reconnect),
        (450, "MI:DMC", text, Next::Reconnect),
        (450, "RP:DRC", rcpt, Next::Reconnect),
        (450, "DT:RBL", text, alarm),
        (450, "WM:BLI", Step::Sender, alarm),
        (450, "WM:BLU", Step::Sender, alarm),
        (451, "DT:SPM 163 smtp12,EMCow", text, Next::Again),
        (554, "DT:SPM 163 smtp12,EMCow,please see http://mail.163.com/", text, Next::Refuse),
        (550, "DT:SPM", text, Next::Refuse),
        (451, "too much fail authentication", Step::Login, alarm),
        (451, "MI:SFQ", text, pause(QUARTER, false)),
        (554, "MI:SFQ", text, pause(QUARTER, false)),
        (451, "RP:QRC", rcpt, pause(HOUR, false)),
        (550, "RP:QRC", rcpt, pause(HOUR, false)),
        (451, "Requested action aborted: local error in processing", text, Next::Again),
        (500, "Error: bad syntax", Step::Sender, alarm),
        (502, "Error: command not implemented", Step::Data, alarm),
        (503, "bad sequence", Step::Data, alarm),
        (504, "not implemented", Step::Data, alarm),
        (550, "MI:NHD", Step::Greeting, alarm),
        (550, "MI:IMF", Step::Sender, alarm),
        (550, "MI:SPF", text, alarm),
        (550, "MI:DMA", text, alarm),
        (550, "MI:STC", Step::Sender, tomorrow),
        (554, "MI:STC", Step::Sender, tomorrow),
        (550, "RP:RCL", rcpt, tomorrow),
        (550, "RP:TRC", rcpt, tomorrow),
        (550, "too much recipient", rcpt, tomorrow),
        (550, "RP:FRL", rcpt, alarm),
        (550, "Invalid User: nobody@163.com", rcpt, Next::Refuse),
        (550, "User in blacklist", rcpt, Next::Refuse),
        (550, "User suspended", rcpt, Next::Refuse),
        (552, "Illegal Attachment", text, Next::Refuse),
        (552, "exceeded mailsize limit", text, Next::Refuse),
        (553, "NULL sender is not allowed", rcpt, alarm),
        (553, "Local user only, ntes53", rcpt, alarm),
        (553, "no smtp MX only", rcpt, alarm),
        (553, "authentication is required,163 smtp1", rcpt, alarm),
        (553, "Mail from must equal authorized user", Step::Sender, alarm),
        (554, "DT:SUM 163 smtp3", text, alarm),
        (554, "Ip is rejected, smtp auth error limit exceed,163", Step::Greeting, alarm),
        (554, "HL:IHU", Step::Greeting, alarm),
        (554, "HL:IPB", Step::Greeting, alarm),
        (554, "MI:SPB", Step::Sender, alarm),
        (554, "IP in blacklist", Step::Greeting, alarm),
        (550, "Connection frequency limited", Step::Greeting, pause(HOUR, false)),
        (535, "Error: authentication failed", Step::Login, pause(LOGIN, true)),
        (454, "temporary authentication failure", Step::Login, pause(LOGIN, false)),
        (421, "closing", text, pause(SHORT, false)),
        (452, "too many users", rcpt, Next::Again),
        (250, "OK", Step::Data, Next::Again),
        (555, "what nobody ever saw", text, Next::Refuse),
    ]
}

#[test]
fn every_published_refusal_has_its_consequence() {
    for (code, text, step, expected) in cases() {
        let answer = Answer { code, text: text.to_owned() };
        assert_eq!(next(step, &answer, 1), expected, "{code} {text} at {step}");
    }
}

#[test]
fn a_letter_taken_for_spam_is_tried_once_more_and_then_shown() {
    let answer = Answer { code: 451, text: "DT:SPM 163".to_owned() };
    assert_eq!(next(Step::Text, &answer, 1), Next::Again);
    assert_eq!(next(Step::Text, &answer, 2), Next::Refuse);
}

#[test]
fn a_letter_that_the_server_finds_faulty_does_not_block_the_others_for_ever() {
    let answer = Answer { code: 503, text: "bad sequence".to_owned() };
    assert_eq!(next(Step::Data, &answer, 2), Next::Refuse);
}

#[test]
fn a_token_stands_alone() {
    let follows = |text: &str| next(Step::Text, &Answer { code: 550, text: text.to_owned() }, 1);
    let tomorrow = Next::Pause { rest: Rest::Tomorrow, alarm: true };
    assert_eq!(follows("smtp12,MI:STC,x"), tomorrow);
    for text in ["AMI:STC", "mi:stc", "MI:STCX", "http://MI:STC:1"] {
        assert_eq!(follows(text), Next::Refuse, "{text}");
    }
}
