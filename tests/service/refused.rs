//! Commands that cannot be carried out: each is refused with the reason and changes nothing, not in the
//! roster, not in the journal, not in what is owed to anybody.

use std::fs;
use std::process::Command;

use baoming::roster::OrderKind;

use crate::bureau::{Done, done};
use crate::mails::{form, mail, name, phone};
use crate::stage::{Stage, at};
use crate::table::Table;

fn run(stage: &Stage, arguments: &[&str]) -> Done {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baoming"));
    command.current_dir(stage.path("")).arg("--config").arg(stage.path("baoming.toml"));
    command.args(arguments).env("NO_COLOR", "1");
    done(command)
}

/// One with a place, one in line, one who gave the place back, one who forgot the telephone, one in
/// doubt.
async fn stage() -> Stage {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    stage.post(1, &form(1));
    stage.post(2, &form(2));
    stage.round().await;
    stage.clock.set(at("2021-09-13T10:00:00"));
    stage.post(1, &mail(2, "取消报名", "我不能参加了，请取消我的报名。\n"));
    stage.post(2, &mail(3, "政府开放日报名", &format!("姓名：{}\n", name(3))));
    let two = format!(
        "报名参加\n姓名：{}\n电话：{}\n身份证号：64222319880101123X\n身份证号：642223199101011233\n",
        name(4),
        phone(4)
    );
    stage.post(3, &mail(4, "政府开放日报名", &two));
    stage.post(4, &form(5));
    stage.round().await;
    let expected = ["Confirmed", "Cancelled", "Incomplete", "Review", "Waitlisted"];
    assert_eq!(stage.statuses().await, expected);
    stage
}

/// All that a command could have changed.
fn all(stage: &Stage) -> Vec<i64> {
    let sums = [
        "select count(*) from registration",
        "select count(*) from command",
        "select count(*) from decision",
        "select count(*) from audit",
        "select count(*) from letter",
        "select count(*) from task where closed is null",
        "select coalesce(sum(changed), 0) from registration",
    ];
    let path = stage.path("baoming.db");
    let counted = std::thread::spawn(move || {
        let mut table = Table::at(&path);
        sums.map(|sum| table.number(sum)).to_vec()
    });
    counted.join().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_impossible_is_refused_with_the_reason_and_changes_nothing() {
    let stage = stage().await;
    let why = ["--reason", "x"];
    let one = |command: &'static str, number: &'static str| vec![command, number];
    let reasoned = |command, number| [one(command, number), why.to_vec()].concat();
    let (name, phone) = (name(1), phone(1));
    let again = vec!["add", "--name", &name, "--phone", &phone];
    let cases: Vec<(Vec<&str>, &str)> = vec![
        // Beyond the quota, twice, or from where there is nothing to promote.
        (reasoned("promote", "XJ21-005"), "名额已满；有人取消后，系统会按先后顺序自动递补"),
        (reasoned("promote", "XJ21-001"), "已有名额"),
        (reasoned("promote", "XJ21-002"), "此登记已经结束"),
        (reasoned("promote", "XJ21-004"), "请先用 baoming approve 批准"),
        (one("cancel", "XJ21-002"), "此登记已经结束，无需取消"),
        (one("approve", "XJ21-002"), "用 baoming add 重新录入"),
        (one("approve", "XJ21-001"), "无需批准"),
        (vec!["change", "XJ21-002", "--phone", "13995400099"], "此登记已经结束"),
        (vec!["change", "XJ21-004", "--phone", "13995400099"], "请先核实"),
        (vec!["change", "XJ21-001", "--phone", &phone], "没有需要更正的"),
        (reasoned("reject", "XJ21-001"), "只有待核实、待补充的登记可以不予通过"),
        (reasoned("reject", "XJ21-002"), "只有待核实、待补充的登记可以不予通过"),
        (one("attend", "XJ21-002"), "只有已确认的登记可以签到"),
        (one("attend", "XJ21-005"), "只有已确认的登记可以签到"),
        (one("select", "XJ21-005"), "本次活动按报名顺序核定，不用选定"),
        (again, "此人已登记，编号 XJ21-001"),
        (one("attend", "XJ21-099"), "没有编号为 XJ21-099 的报名"),
        (one("cancel", "XJ22-001"), "XJ22-001"),
        (one("settle", "99"), "99"),
        (vec!["select", "XJ21-005", "XJ21-099"], "所以都没有办理"),
        (one("resend", "99"), "99"),
    ];
    let before = all(&stage);
    for (command, reason) in cases {
        let refused = run(&stage, &command);
        assert_eq!(refused.code, 1, "{command:?}: {}", refused.text);
        assert!(refused.text.contains(reason), "{command:?}: {}", refused.text);
        assert_eq!(all(&stage), before, "{command:?} changed something: {}", refused.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partly_good_file_is_taken_whole_or_not_at_all_unless_asked_otherwise() {
    let stage = stage().await;
    let rows =
        format!("姓名,联系电话\n韩博文,13995400031\n{},{}\n田桂英,1399540\n", name(1), phone(1));
    fs::write(stage.path("list.csv"), rows).unwrap();
    let sheet = |mark: &str| {
        let head = "编号,姓名,签到\n";
        format!("{head}XJ21-001,{},是\nXJ21-002,{},{mark}\n", name(1), name(2))
    };
    fs::write(stage.path("sign-in.csv"), sheet("是")).unwrap();
    let before = all(&stage);
    for (command, reason) in [
        (vec!["import", "list.csv"], "都没有登记；请改正后重试，或加 --partly"),
        (vec!["attend", "--from", "sign-in.csv"], "只有已确认的登记可以签到"),
    ] {
        let refused = run(&stage, &command);
        assert_eq!(refused.code, 1, "{command:?}: {}", refused.text);
        assert!(refused.text.contains(reason), "{command:?}: {}", refused.text);
        assert_eq!(all(&stage), before, "{command:?} changed something: {}", refused.text);
    }
    let partly = run(&stage, &["import", "list.csv", "--partly"]);
    assert_eq!(partly.code, 0, "{}", partly.text);
    assert!(partly.text.contains("登记了 1 人，已登记过 1 人，不能登记 1 人"), "{}", partly.text);
    fs::write(stage.path("sign-in.csv"), sheet("")).unwrap();
    assert_eq!(run(&stage, &["attend", "--from", "sign-in.csv"]).code, 0);
    assert_eq!(stage.roster().await[0].registration.attended, Some(true));
}

/// What a clerk tells somebody who asks why.
#[tokio::test(flavor = "multi_thread")]
async fn explain_tells_why_somebody_is_promoted_refused_reviewed_or_asked() {
    let stage = stage().await;
    let explains = |number: &str, words: &[&str]| {
        let said = run(&stage, &["explain", number]);
        assert_eq!(said.code, 0, "{}", said.text);
        for word in words {
            assert!(said.text.contains(word), "{word} is missing: {}", said.text);
        }
    };
    explains("XJ21-003", &["还缺联系电话；名额或候补次序保留至2021年9月15日（星期三）10:00"]);
    explains("XJ21-004", &["有些内容不能确定，须由工作人员核实", "报名待核实", "身份证"]);
    explains("XJ21-005", &["排在候补第一位，下一个空出的名额就是这一位的"]);
    stage.clock.set(at("2021-09-13T11:00:00"));
    stage.post(1, &mail(1, "取消报名", "我不能参加了，请取消我的报名。\n"));
    stage.round().await;
    explains("XJ21-001", &["本人从登记时所用的邮箱来信取消"]);
    explains("XJ21-005", &["按来信先后列入候补", "有名额空出，按候补次序轮到这一位", "已确认"]);
    assert_eq!(run(&stage, &["reject", "XJ21-004", "--reason", "电话无法接通"]).code, 0);
    explains("XJ21-004", &["未予登记", "审核不通过", "工作人员注明：电话无法接通", "staff"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_report_of_an_event_that_was_called_off_and_none_is_overwritten() {
    let stage = stage().await;
    let written = run(&stage, &["report", "report.txt"]);
    assert_eq!(written.code, 0, "{}", written.text);
    let again = run(&stage, &["report", "report.txt"]);
    assert_eq!(again.code, 1, "{}", again.text);
    assert!(again.text.contains("已经存在，没有改动"), "{}", again.text);
    let reason = "因降雪，本次活动取消。".to_owned();
    stage.desk.intake.order("office", None, OrderKind::CallOff { reason }).await.unwrap();
    let refused = run(&stage, &["report", "other.txt"]);
    assert_eq!(refused.code, 1, "{}", refused.text);
    assert!(refused.text.contains("已经取消，没有活动总结"), "{}", refused.text);
    assert!(!stage.path("other.txt").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_tasks_all_are_settled_or_none() {
    let stage = stage().await;
    stage.clock.set(at("2021-09-13T11:00:00"));
    stage.post(1, &mail(6, "政府开放日咨询", "请问开放日那天可以带孩子一起来吗？\n"));
    stage.round().await;
    let open = async || stage.vault.store.open_tasks().await.unwrap();
    let question = open().await.iter().find(|task| task.registration.is_none()).unwrap().number;
    let (question, before) = (question.to_string(), open().await.len());
    let refused = run(&stage, &["settle", &question, "99"]);
    assert_eq!((refused.code, open().await.len()), (1, before), "{}", refused.text);
    assert!(refused.text.contains("没有编号为 99 的未办事项"), "{}", refused.text);
    assert_eq!(run(&stage, &["settle", &question]).code, 0);
    assert_eq!(open().await.len(), before - 1);
}
