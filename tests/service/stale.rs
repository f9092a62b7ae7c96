//! Letters that wait while what they say changes: one truthful letter takes their place.

use baoming::store::LetterState;
use baoming::store::LetterState::{Sending, Superseded, Waiting};

use crate::mails::{self, form, mail};
use crate::stage::{Stage, at};

impl Stage {
    /// Looks and decides; nothing is sent.
    async fn decide(&self) {
        self.look().await;
        self.desk.intake.decide_all().await.unwrap();
    }

    /// To whom, about what, and where it stands, the oldest first.
    async fn told(&self) -> Vec<(String, String, LetterState)> {
        let mut letters = self.letters().await;
        letters.sort_by_key(|letter| letter.number);
        let one = |letter: baoming::store::LetterRow| {
            (letter.to.as_str().to_owned(), letter.numbers.join(" "), letter.state)
        };
        letters.into_iter().map(one).collect()
    }

    /// The subjects of what was sent, sorted.
    fn sent(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path("letters")).unwrap();
        let subject =
            |file: std::fs::DirEntry| mails::subject(&std::fs::read(file.path()).unwrap());
        let mut subjects: Vec<_> = entries.map(|entry| subject(entry.unwrap())).collect();
        subjects.sort();
        subjects
    }
}

fn cancels(n: usize) -> Vec<u8> {
    mail(n, "取消报名", &format!("您好，我是{}，有事不能来了，请取消我的报名。\n", mails::name(n)))
}

fn row(n: usize, numbers: &str, state: LetterState) -> (String, String, LetterState) {
    (mails::address(n), numbers.to_owned(), state)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_waits_is_overtaken_by_what_was_decided_later() {
    let stage = Stage::set(1, at("2021-09-13T09:00:00")).await;
    stage.post(1, &form(1));
    stage.post(2, &form(2));
    stage.decide().await;
    assert_eq!(stage.statuses().await, ["Confirmed", "Waitlisted"]);
    stage.clock.set(at("2021-09-13T12:00:00"));
    stage.post(3, &cancels(1));
    stage.decide().await;
    assert_eq!(stage.statuses().await, ["Cancelled", "Confirmed"]);
    let (one, two) = ("XJ21-001", "XJ21-002");
    let expected = [
        row(1, one, Superseded),
        row(2, two, Superseded),
        row(1, one, Waiting),
        row(2, two, Waiting),
    ];
    assert_eq!(stage.told().await, expected);
    stage.desk.outbox.pass().await.unwrap();
    let sent = stage.sent();
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert!(sent[0].contains("候补成功") && sent[1].contains("报名已取消"), "{sent:?}");
    // The first letter that leaves follows none that nobody got.
    let files = std::fs::read_dir(stage.path("letters")).unwrap();
    for file in files {
        let letter = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let never_sent = stage.letters().await;
        for gone in never_sent.iter().filter(|letter| letter.state == Superseded) {
            assert!(!letter.contains(&gone.message_id), "{letter}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn within_one_window_only_the_last_word_is_sent() {
    let stage = Stage::set(1, at("2021-09-13T09:00:00")).await;
    stage.post(1, &form(1));
    stage.post(2, &form(2));
    stage.post(3, &cancels(1));
    stage.round().await;
    assert_eq!(stage.sent().len(), 2, "{:?}", stage.sent());
    assert_eq!(stage.statuses().await, ["Cancelled", "Confirmed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_was_claimed_or_sent_is_left_alone() {
    let stage = Stage::set(1, at("2021-09-13T09:00:00")).await;
    stage.post(1, &form(1));
    stage.post(2, &form(2));
    stage.decide().await;
    let store = &stage.vault.store;
    let due = store.due_letters("", stage.clock.now(), 9).await.unwrap();
    let until = at("2021-09-13T23:00:00");
    assert!(store.claim_letter(&due[0].id, b"x", stage.clock.now(), until).await.unwrap());
    stage.post(3, &cancels(1));
    stage.decide().await;
    let states: Vec<_> = stage.told().await.into_iter().map(|(_, _, state)| state).collect();
    assert_eq!(states, [Sending, Superseded, Waiting, Waiting]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_about_others_too_or_about_a_question_stays() {
    let stage = Stage::set(5, at("2021-09-13T09:00:00")).await;
    let both = format!(
        "我们两人报名。\n姓名：{}\n联系电话：{}\n\n姓名：{}\n联系电话：{}\n",
        mails::name(1),
        mails::phone(1),
        mails::name(2),
        mails::phone(2)
    );
    stage.post(1, &mail(1, "政府开放日报名", &both));
    stage.post(2, &mail(1, "请问", "请问可以坐几路公交车？谢谢。\n"));
    stage.decide().await;
    assert_eq!(stage.statuses().await, ["Confirmed", "Confirmed"]);
    let text = String::from_utf8(cancels(2)).unwrap();
    let from_first = text.replacen(&mails::address(2), &mails::address(1), 1);
    stage.post(4, from_first.as_bytes());
    stage.decide().await;
    assert_eq!(stage.statuses().await, ["Confirmed", "Cancelled"]);
    let superseded = stage.told().await.into_iter().filter(|one| one.2 == Superseded);
    assert_eq!(superseded.count(), 0, "{:?}", stage.told().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_writes_again_gets_both_letters() {
    let stage = Stage::set(5, at("2021-09-13T09:00:00")).await;
    stage.post(1, &form(1));
    stage.post(2, &form(1));
    stage.decide().await;
    assert_eq!(stage.statuses().await, ["Confirmed"]);
    let states: Vec<_> = stage.told().await.into_iter().map(|(_, _, state)| state).collect();
    assert_eq!(states, [Waiting; 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerks_correction_and_an_answer_that_completes_overtake_too() {
    let stage = Stage::set(5, at("2021-09-13T09:00:00")).await;
    stage.post(1, &mail(1, "政府开放日报名", &format!("姓名：{}\n", mails::name(1))));
    stage.decide().await;
    assert_eq!(stage.statuses().await, ["Incomplete"]);
    stage.post(2, &mail(1, "Re: 报名", &format!("我的电话是{}。\n", mails::phone(1))));
    stage.decide().await;
    assert_eq!(stage.statuses().await, ["Confirmed"]);
    let kind = baoming::roster::OrderKind::Cancel { number: "XJ21-001".into(), reason: "x".into() };
    stage.desk.intake.order("clerk", None, kind).await.unwrap();
    let states: Vec<_> = stage.told().await.into_iter().map(|(_, _, state)| state).collect();
    assert_eq!(states, [Superseded, Superseded, Waiting]);
}
