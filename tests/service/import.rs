//! `import`, `attend --from` and `settle` of several tasks: lists that a clerk hands in.

use std::fs;

use rust_xlsxwriter::Workbook;

use crate::mails;
use crate::stage::{Stage, at, run, well};

/// Writes a sheet called 现场登记.
fn sheet(stage: &Stage, file: &str, rows: &[&[&str]]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("现场登记").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    book.save(stage.path(file)).unwrap();
}

/// The line of the output that begins with this place; empty when there is none.
fn line<'a>(said: &'a str, place: &str) -> &'a str {
    let mut lines = said.lines().map(str::trim);
    lines.find(|line| line.starts_with(place)).unwrap_or_default()
}

const HEAD: [&[&str]; 2] =
    [&["县政务大厅现场报名表"], &["序号", "姓名", "联系电话", "身份证号", "工作单位", "报名类别"]];

async fn stage() -> Stage {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    stage.post(1, &mails::form(1));
    stage.round().await;
    stage
}

#[tokio::test]
async fn a_list_is_shown_row_by_row_and_entered_whole_or_not_at_all() {
    let stage = stage().await;
    let (name, phone) = (mails::name(1), mails::phone(1));
    let rows: [&[&str]; 8] = [
        &["1", "李秀兰", "13895001201", "", "=1+1", "群众"],
        &["2", &name, &phone, "", "", ""],
        &["3", "王文学", "138950012", "", "", ""],
        &["4", "", "13895001204", "", "", ""],
        &["5", "李秀兰", "13895001201", "", "", ""],
        &["6", "田桂英", "13895001206", "642223198603141261", "", ""],
        &["7", "陈淑芳", "13895001207", "", "", "记者"],
        &["8", "苏玉梅", "13895001208", "", "", "监督员"],
    ];
    sheet(&stage, "名单.xlsx", &[&HEAD[..], &rows].concat());
    let dry = well(&stage, &["import", "名单.xlsx", "--dry-run"]);
    let place = |cell: &str| format!("名单.xlsx › 现场登记 {cell} ");
    let expected = [
        ("B3", "李秀兰", "XJ21-002  已确认  企业及群众代表"),
        ("B4", &*name, "已登记过，编号 XJ21-001"),
        ("B5", "王文学", "未登记：电话“138950012”有9位，不是有效号码（名单.xlsx › 现场登记C5）"),
        ("C6", "没有姓名", "未登记：还缺姓名"),
        ("A7", "李秀兰", "与名单中前面的一行重复"),
        ("B8", "田桂英", "现场登记D8"),
        ("B9", "陈淑芳", "未登记：F9 的“记者”不是本次活动的类别"),
        ("B10", "苏玉梅", "XJ21-003  已确认  政务公开义务监督员"),
    ];
    for (cell, who, what) in expected {
        let line = line(&dry, &place(cell));
        assert!(line.contains(who) && line.contains(what), "{cell}: {line} in\n{dry}");
    }
    assert!(
        dry.ends_with("可登记 2 人，已登记过 2 人，不能登记 4 人。这是试运行，没有登记任何人。\n")
    );
    let refused = run(&stage, &["import", "名单.xlsx"]);
    assert_eq!(refused.code, 1, "{}", refused.text);
    assert!(refused.text.contains("都没有登记；请改正后重试，或加 --partly"), "{}", refused.text);
    assert_eq!(stage.roster().await.len(), 1, "neither has written anything");
    let partly = well(&stage, &["import", "名单.xlsx", "--partly", "--onsite"]);
    assert!(partly.contains("登记了 2 人，已登记过 2 人，不能登记 4 人。"), "{partly}");
    let roster = stage.roster().await;
    assert_eq!(roster.len(), 3);
    let formula = roster[1].registration.get("organization");
    assert!(formula.is_none_or(|text| text == "=1+1"), "a formula is text: {formula:?}");
    let again = well(&stage, &["import", "名单.xlsx", "--partly"]);
    assert!(again.contains("登记了 0 人，已登记过 4 人"), "{again}");
    // Whoever is on the list was not there to be told: the digest has them called.
    let digest = well(&stage, &["digest"]);
    let (_, calls) = digest.split_once("【需要打电话】").unwrap();
    for words in ["请电话告知 XJ21-002 李秀兰 电话 13895001201", "报名成功，名额已经确认"]
    {
        assert!(calls.contains(words), "{words}: {calls}");
    }
    let said = well(&stage, &["settle", "1", "2"]);
    assert_eq!(said, "已办结 1。\n已办结 2。\n");
    assert!(!well(&stage, &["digest"]).contains("【需要打电话】"));
}

#[tokio::test]
async fn a_gbk_list_a_form_and_a_file_with_nobody_in_it() {
    let stage = stage().await;
    let list = "姓名,电话,工作单位\r\n周玉兰,13895001301,=HYPERLINK(1)\r\n杨彦龙,13895001302,\r\n";
    let gbk = encoding_rs::GBK.encode(list).0;
    fs::write(stage.path("名单.csv"), gbk).unwrap();
    let said = well(&stage, &["import", "名单.csv"]);
    assert!(line(&said, "名单.csv A3 ").contains("杨彦龙"), "{said}");
    assert!(said.contains("登记了 2 人"), "{said}");
    let form = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/forms/form_a_zenhei.docx");
    if fs::exists(form).unwrap() {
        assert!(well(&stage, &["import", form, "--dry-run"]).contains("可登记 1 人"));
    }
    fs::write(stage.path("空.csv"), "今天天气很好\r\n").unwrap();
    let nobody = run(&stage, &["import", "空.csv"]);
    assert_eq!(nobody.code, 1, "{}", nobody.text);
    assert!(nobody.text.contains("空.csv"), "{}", nobody.text);
    let missing = run(&stage, &["import", "没有.xlsx"]);
    assert!(missing.text.contains("没有.xlsx 读不出来"), "{}", missing.text);
    assert_eq!(stage.roster().await.len(), 3);
}

#[tokio::test]
async fn the_sign_in_sheet_comes_back_filled_in() {
    let stage = stage().await;
    for (name, phone) in [("周玉兰", "13895001301"), ("杨彦龙", "13895001302")] {
        well(&stage, &["add", "--name", name, "--phone", phone]);
    }
    well(&stage, &["export", "签到.csv", "--sign-in"]);
    let text = fs::read_to_string(stage.path("签到.csv")).unwrap();
    let fill = |marks: [&str; 3]| {
        let mut marks = marks.into_iter();
        let lines = text.lines().map(|line| match line.strip_suffix(",,") {
            Some(row) => format!("{row},{},\r\n", marks.next().unwrap()),
            None => format!("{line}\r\n"),
        });
        lines.collect::<String>()
    };
    let attended = async || {
        let roster = stage.roster().await;
        roster.iter().map(|one| one.registration.attended).collect::<Vec<_>>()
    };
    fs::write(stage.path("错.csv"), fill(["√", "也许", "否"])).unwrap();
    let wrong = run(&stage, &["attend", "--from", "错.csv"]);
    assert_eq!(wrong.code, 1, "{}", wrong.text);
    assert!(line(&wrong.text, "G3 ").contains("签到一栏看不明白"), "{}", wrong.text);
    let other = fill(["√", "√", "√"]).replace("杨彦龙", "杨彦虎");
    fs::write(stage.path("错.csv"), other).unwrap();
    let wrong = run(&stage, &["attend", "--from", "错.csv"]);
    assert!(line(&wrong.text, "G4 ").contains("编号与姓名对不上"), "{}", wrong.text);
    assert_eq!(attended().await, [None, None, None], "all or nothing");
    fs::write(stage.path("签到.csv"), fill(["√", "", "未到"])).unwrap();
    let dry = well(&stage, &["attend", "--from", "签到.csv", "--dry-run"]);
    assert!(dry.contains("到场 1 人，未到 1 人，未填或已记录过 1 人。这是试运行"), "{dry}");
    assert_eq!(attended().await, [None, None, None]);
    well(&stage, &["attend", "--from", "签到.csv"]);
    assert_eq!(attended().await, [Some(true), None, Some(false)]);
    let again = well(&stage, &["attend", "--from", "签到.csv"]);
    assert!(again.contains("到场 0 人，未到 0 人，未填或已记录过 3 人"), "{again}");
    let none = run(&stage, &["attend", "--from", "baoming.toml"]);
    assert!(
        none.text.contains("baoming.toml 里没有找到有“编号”“姓名”“签到”表头的表"),
        "{}",
        none.text
    );
}
