//! `export`: what each list holds, and what it must not.

use std::fs;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;

use crate::mails;
use crate::stage::{Stage, at, run, well};

/// A desk with one who came by mail, one who did by telephone and whose employer looks like a formula, and one who
/// withdrew.
async fn desk() -> Stage {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    stage.post(1, &mails::form(1));
    stage.round().await;
    let employer = "=HYPERLINK(\"http://example.test\",\"x\")";
    let by_phone =
        ["add", "--name", "欧阳小龙", "--phone", "13812342345", "--organization", employer];
    well(&stage, &by_phone);
    well(&stage, &["add", "--name", "张三丰", "--phone", "0954-3012345"]);
    well(&stage, &["cancel", "XJ21-003"]);
    stage
}

fn csv(stage: &Stage, name: &str) -> Vec<String> {
    let text = fs::read_to_string(stage.path(name)).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    text.split("\r\n").filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[tokio::test]
async fn the_roll_tells_everything_for_the_staff_alone() {
    let stage = desk().await;
    let said = well(&stage, &["export", "名单.csv"]);
    assert!(said.contains("3 行"), "{said}");
    let lines = csv(&stage, "名单.csv");
    assert!(lines[0].starts_with("编号,状态,候补位次,类别,姓名,"), "{}", lines[0]);
    assert!(lines[1].starts_with("XJ21-001,已确认,,"), "{}", lines[1]);
    assert!(
        lines[1].contains(&mails::phone(1)) && lines[1].contains(&mails::address(1)),
        "{}",
        lines[1]
    );
    assert!(lines[2].contains("欧阳小龙") && lines[2].contains("13812342345"), "{}", lines[2]);
    assert!(lines[2].contains("\"'=HYPERLINK("), "a formula: {}", lines[2]);
    assert!(lines[3].starts_with("XJ21-003,已取消,"), "{}", lines[3]);
    let mode = fs::metadata(stage.path("名单.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn the_public_list_has_only_who_has_a_place_and_masks_them() {
    let stage = desk().await;
    well(&stage, &["export", "公示.csv", "--public"]);
    let lines = csv(&stage, "公示.csv");
    assert_eq!(lines[0], "序号,编号,类别,姓名,联系电话");
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[2].ends_with(",欧**龙,138****2345"), "{}", lines[2]);
    let all = lines.join("\n");
    for hidden in
        [&mails::name(1), &mails::phone(1), &mails::address(1), "欧阳小龙", "张三丰", "HYPERLINK"]
    {
        assert!(!all.contains(hidden), "{hidden} is told: {all}");
    }
}

#[tokio::test]
async fn a_workbook_holds_texts_only_and_has_room_to_sign() {
    let stage = desk().await;
    for (name, option, heading) in [
        ("名单.xlsx", None, "报名名单"),
        ("签到.xlsx", Some("--sign-in"), "签到"),
        ("公示.XLSX", Some("--public"), "公示"),
    ] {
        let mut arguments = vec!["export", name];
        arguments.extend(option);
        well(&stage, &arguments);
        let mut book = zip::ZipArchive::new(fs::File::open(stage.path(name)).unwrap()).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let (sheet, texts) = (part("xl/worksheets/sheet1.xml"), part("xl/sharedStrings.xml"));
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{name} has a formula");
        assert!(texts.contains(heading), "{name}: {texts}");
        assert_eq!(texts.contains("HYPERLINK"), option != Some("--public"), "{name}: {texts}");
        assert_eq!(texts.contains("13812342345"), option.is_none(), "{name}: {texts}");
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_refused_with_the_reason_and_nothing_is_overwritten() {
    let stage = desk().await;
    fs::write(stage.path("notes.csv"), "mine").unwrap();
    fs::write(stage.path("empty.csv"), "").unwrap();
    let cases = [
        (&["export", "notes.csv"][..], 1, "已经存在"),
        (&["export", "名单.pdf"], 2, ".xlsx"),
        (&["export", "nowhere/名单.csv"], 1, "nowhere"),
        (&["export", "a.csv", "--public", "--sign-in"], 2, "--sign-in"),
        (&["export", "a.csv", "--event", "other"], 2, "event"),
    ];
    for (arguments, code, words) in cases {
        let said = run(&stage, arguments);
        assert_eq!(said.code, code, "{arguments:?}: {}", said.text);
        assert!(said.text.contains(words), "{arguments:?}: {}", said.text);
    }
    assert_eq!(fs::read_to_string(stage.path("notes.csv")).unwrap(), "mine");
    assert!(!stage.path("a.csv").exists());
    well(&stage, &["export", "empty.csv"]);
}
