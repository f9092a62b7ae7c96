//! Answers of a word or two to our letters, as people write them on the telephone: with the letter below
//! or without it, with a signature, and when the provider gave our letter another Message-ID.

use baoming::roster::TaskKind;

use crate::mails::{address, form, mail_with, name, phone};
use crate::stage::{Stage, at};

/// How the answer looks around the words.
#[derive(Clone, Copy, Debug)]
enum Around {
    /// The letter below, as QQ quotes.
    Quoted,
    /// The letter below, each line marked, and a signature between.
    Signed,
    /// Nothing but the thread.
    Thread,
    /// Nothing but the number in the subject: the provider named the letter otherwise.
    Number,
    /// Nothing but the address.
    Address,
}

const ALL: [Around; 5] =
    [Around::Quoted, Around::Signed, Around::Thread, Around::Number, Around::Address];

/// The newest letter to a citizen: id, subject, text.
async fn newest(stage: &Stage, n: usize) -> (String, String, String) {
    let letters = stage.letters().await;
    let mine = letters.iter().filter(|one| one.to.as_str() == address(n));
    let id = mine.max_by_key(|one| one.number).unwrap().message_id.clone();
    let files = std::fs::read_dir(stage.path("letters")).unwrap();
    let raws = files.map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    let raw = raws.into_iter().find(|raw| crate::mails::id(raw) == id).unwrap();
    (id, crate::mails::subject(&raw), crate::mails::text(&raw))
}

/// Citizen `from` answers the newest letter to citizen `n`.
async fn answer(stage: &Stage, (n, from): (usize, usize), words: &str, around: Around) {
    let (id, subject, text) = newest(stage, n).await;
    let renamed = "In-Reply-To: <tencent_0A1B2C3D4E5F@qq.com>\r\n".to_owned();
    let ours = format!("In-Reply-To: <{id}>\r\nReferences: <{id}>\r\n");
    let marked = format!("> {}", text.replace('\n', "\n> "));
    let (thread, subject, body) = match around {
        Around::Quoted => (
            ours,
            format!("回复：{subject}"),
            format!("{words}\n\n------------------ 原始邮件 ------------------\n{text}"),
        ),
        Around::Signed => (
            ours,
            format!("Re: {subject}"),
            format!("{words}\n\n--\n{}\n{}\n发自我的iPhone\n\n{marked}", name(from), phone(from)),
        ),
        Around::Thread => (ours, "回复".to_owned(), format!("{words}\n")),
        Around::Number => (renamed, format!("Re: {subject}"), format!("{words}\n")),
        Around::Address => (renamed, "回复：".to_owned(), format!("{words}\n")),
    };
    stage.post(u32::try_from(n).unwrap(), &mail_with(from, &thread, &subject, &body));
}

/// So many people with a place, and as many behind them to whom their places are offered.
async fn offered(people: usize) -> Stage {
    let mut stage = Stage::set(u32::try_from(people).unwrap(), at("2021-09-13T09:00:00")).await;
    stage.change("event.toml", "promotion = \"at-once\"", "promotion = \"offer\"");
    stage.restart().await;
    for n in 1..=2 * people {
        stage.post(u32::try_from(n).unwrap(), &form(n));
    }
    stage.round().await;
    stage.clock.set(at("2021-09-13T09:10:00"));
    for n in 1..=people {
        answer(&stage, (n, n), "取消报名", Around::Quoted).await;
    }
    stage.round().await;
    stage.clock.set(at("2021-09-13T09:20:00"));
    stage
}

/// Status and open tasks of the registration with this serial.
async fn stands(stage: &Stage, serial: usize) -> (String, Vec<TaskKind>) {
    let roster = stage.roster().await;
    let one = &roster[serial - 1].registration;
    let tasks = stage.vault.store.open_tasks().await.unwrap();
    let mine = tasks.iter().filter(|task| task.registration.as_deref() == Some(&*one.number));
    let kinds = mine.map(|task| task.kind).collect();
    (if one.offered() { "Offered".to_owned() } else { format!("{:?}", one.status) }, kinds)
}

const YES: [&str; 18] = [
    "要",
    "好的,我来",
    "去",
    "我去",
    "要的",
    "来",
    "可以",
    "行",
    "确认参加",
    "参加",
    "能去",
    "好",
    "愿意",
    "同意",
    "没问题",
    "OK",
    "我要参加，谢谢",
    "嗯，我来",
];

const NO: [&str; 16] = [
    "不要了",
    "去不成了",
    "不去了",
    "不去",
    "不要",
    "不用了",
    "算了",
    "放弃",
    "不参加了",
    "来不了",
    "让给别人吧",
    "不来了",
    "不需要了",
    "不",
    "取消吧",
    "有事去不了，谢谢",
];

const UNCLEAR: [&str; 7] =
    ["收到", "可能去不了", "看情况吧", "再说吧", "知道了，谢谢", "能带孩子吗？", "我考虑一下"];

#[tokio::test(flavor = "multi_thread")]
async fn a_word_or_two_takes_or_declines_an_offer_and_what_is_unclear_goes_to_a_clerk() {
    let all = YES.iter().chain(&NO).chain(&UNCLEAR).copied().collect::<Vec<_>>();
    let some: Vec<_> = YES[..3].iter().chain(&NO[..3]).chain(&UNCLEAR[..3]).copied().collect();
    let mut wrong = Vec::new();
    for around in ALL {
        // The letter's text, and its subject alone, could each be taken for what the writer says.
        let whole = matches!(around, Around::Quoted | Around::Number);
        let words = if whole { &all } else { &some };
        for words in words.chunks(20) {
            let stage = offered(words.len()).await;
            for (said, n) in words.iter().zip(words.len() + 1..) {
                answer(&stage, (n, n), said, around).await;
            }
            stage.round().await;
            for (said, n) in words.iter().zip(words.len() + 1..) {
                let (status, tasks) = stands(&stage, n).await;
                let expected = if YES.contains(said) {
                    status == "Confirmed" && tasks.is_empty()
                } else if NO.contains(said) {
                    status == "Cancelled" && tasks.is_empty()
                } else {
                    status == "Offered" && tasks.len() == 1
                };
                if !expected {
                    wrong.push(format!("{around:?} {said}: {status} {tasks:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// People with a place who have our confirmation, and nothing else.
async fn confirmed(people: usize) -> Stage {
    let stage = Stage::set(u32::try_from(people).unwrap(), at("2021-09-13T09:00:00")).await;
    for n in 1..=people {
        stage.post(u32::try_from(n).unwrap(), &form(n));
    }
    stage.round().await;
    assert!(newest(&stage, people).await.1.contains("报名成功"));
    stage.clock.set(at("2021-09-13T09:10:00"));
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_or_two_to_the_confirmation_itself_leaves_the_place_unless_it_gives_it_back() {
    let thanks = ["收到", "好的", "好的，收到，谢谢！", "谢谢", "OK", "知道了", "好的，到时候见"];
    let stays = ["确认", "准时参加", "要", "去", "好的,我来"];
    let away = ["去不成了", "不去了", "来不了", "不参加了", "取消吧", "有事去不了，谢谢"];
    let unclear = ["", "可能去不了"];
    let words: Vec<_> = [&thanks[..], &stays, &away, &unclear].concat();
    let mut wrong = Vec::new();
    for around in ALL {
        let stage = confirmed(words.len()).await;
        for (said, n) in words.iter().zip(1..) {
            answer(&stage, (n, n), said, around).await;
        }
        stage.round().await;
        for (said, n) in words.iter().zip(1..) {
            let (status, tasks) = stands(&stage, n).await;
            let expected = if away.contains(said) { "Cancelled" } else { "Confirmed" };
            if status != expected || tasks.is_empty() == unclear.contains(said) {
                wrong.push(format!("{around:?} {said}: {status} {tasks:?}"));
            }
        }
        let letters = stage.letters().await;
        let thanked: Vec<_> = (1..=thanks.len()).map(address).collect();
        let to_them = letters.iter().filter(|one| thanked.contains(&one.to.as_str().to_owned()));
        assert_eq!(to_them.count(), thanks.len(), "{around:?}: thanks are not answered");
        assert_eq!(stage.roster().await.len(), words.len(), "{around:?}: nobody new");
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// People with a place who have been reminded, the day before.
async fn reminded(people: usize) -> Stage {
    let stage = Stage::set(u32::try_from(people).unwrap(), at("2021-09-13T09:00:00")).await;
    for n in 1..=people {
        stage.post(u32::try_from(n).unwrap(), &form(n));
    }
    stage.round().await;
    stage.clock.set(at("2021-09-27T10:00:00"));
    stage.round().await;
    assert!(newest(&stage, people).await.1.contains("活动提醒"));
    stage.clock.set(at("2021-09-27T11:00:00"));
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_or_two_to_a_reminder_gives_a_place_back_only_when_it_is_about_coming() {
    let stays = ["要", "去", "好的,我来", "好的", "收到，谢谢", "准时参加", "OK"];
    let away =
        ["算了吧", "去不成了", "不去了", "来不了", "不参加了", "取消吧", "不好意思，有事去不了"];
    let unclear = ["不要了", "不用了", "可能去不了"];
    let words = stays.iter().chain(&away).chain(&unclear).copied().collect::<Vec<_>>();
    let mut wrong = Vec::new();
    for around in ALL {
        let stage = reminded(words.len()).await;
        for (said, n) in words.iter().zip(1..) {
            answer(&stage, (n, n), said, around).await;
        }
        stage.round().await;
        for (said, n) in words.iter().zip(1..) {
            let (status, tasks) = stands(&stage, n).await;
            let expected = if away.contains(said) { "Cancelled" } else { "Confirmed" };
            let open: &[TaskKind] =
                if unclear.contains(said) { &[TaskKind::Cancellation] } else { &[] };
            if status != expected || tasks != open {
                wrong.push(format!("{around:?} {said}: {status} {tasks:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_from_another_address_changes_nothing_and_goes_to_a_clerk() {
    let words = ["要", "好的,我来", "去不成了", "不要了", "去"];
    for around in [Around::Quoted, Around::Thread, Around::Number] {
        let stage = offered(words.len()).await;
        let before = stage.roster().await.len();
        for (said, n) in words.iter().zip(words.len() + 1..) {
            answer(&stage, (n, 30 + n), said, around).await;
        }
        stage.round().await;
        for (said, n) in words.iter().zip(words.len() + 1..) {
            assert_eq!(stands(&stage, n).await.0, "Offered", "{around:?} {said}");
        }
        assert_eq!(stage.roster().await.len(), before, "{around:?}: nobody new");
        let tasks = stage.vault.store.open_tasks().await.unwrap();
        assert_eq!(tasks.len(), words.len(), "{around:?} {tasks:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_to_an_offer_to_several_speaks_for_all_of_them() {
    for (said, expected) in
        [("要", "Confirmed"), ("不要了", "Cancelled"), ("都去不了", "Cancelled")]
    {
        for around in ALL {
            let mut stage = Stage::set(2, at("2021-09-13T09:00:00")).await;
            stage.change("event.toml", "promotion = \"at-once\"", "promotion = \"offer\"");
            stage.restart().await;
            let two = |n: usize| {
                let line = |n: usize| format!("{}，{}", name(n), phone(n));
                let both = "我们两人报名群众代表，要么都去要么都不去。";
                let text = format!("{both}\n{}\n{}\n", line(n), line(n + 1));
                crate::mails::mail(n, "政府开放日报名", &text)
            };
            stage.post(1, &two(1));
            stage.post(2, &two(3));
            stage.round().await;
            stage.clock.set(at("2021-09-13T09:10:00"));
            let both = format!("{}、{}都去不了了，请取消报名。\n", name(1), name(2));
            stage.post(1, &crate::mails::mail(1, "取消报名", &both));
            stage.round().await;
            assert!(stage.roster().await[3].registration.offered(), "{:?}", stage.statuses().await);
            stage.clock.set(at("2021-09-13T09:20:00"));
            answer(&stage, (3, 3), said, around).await;
            stage.round().await;
            assert_eq!(stage.statuses().await[2..], [expected; 2], "{around:?} {said}");
        }
    }
}
