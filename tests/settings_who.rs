//! Who may come, as an event file and its lists say it: read, refused when wrong, and kept with the
//! decisions that were taken by it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod settings_support;

use std::fs;

use baoming::roster::Beyond;
use baoming::settings::Settings;
use settings_support::Folder;

/// A folder whose supervisors are listed in a file.
fn listed(list: &[u8], otherwise: &str) -> Folder {
    let folder = Folder::new();
    fs::write(folder.path("supervisors.csv"), list).unwrap();
    folder.change("xiji-open-day.toml", "#allow = ", "allow = ");
    let line = "#otherwise = \"representative\"";
    folder.change("xiji-open-day.toml", line, otherwise);
    folder
}

/// The names, telephones and identity numbers of the list of a settings' first category.
fn people(days: &[baoming::settings::Day]) -> Vec<String> {
    let allow = days[0].event.categories[0].allow.as_ref().unwrap();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let line = |one: &baoming::roster::Listed| {
        format!("{} {} {}", one.name, text(&one.phone), text(&one.id_number)).trim_end().to_owned()
    };
    allow.people.iter().map(line).collect()
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

#[test]
fn a_list_is_read_as_excel_writes_it_in_utf_8_or_gbk() {
    let text = "序号,姓名,手机号码,身份证号码,单位\r\n1,马 志强,139-9540-0001,,县医院\r\n\
                2,买买提·艾力,,64222319880101123x,\r\n\r\n3,\"苏玉梅\",,,\r\n";
    let bom = format!("\u{feff}{text}");
    for bytes in [text.as_bytes().to_vec(), bom.into_bytes(), gbk(text)] {
        let settings = listed(&bytes, "").sources().load().unwrap();
        let expected = ["马志强 13995400001", "买买提·艾力  64222319880101123X", "苏玉梅"];
        assert_eq!(people(&settings.days), expected);
    }
}

#[test]
fn the_list_is_kept_with_the_settings_that_decisions_are_replayed_by() {
    let folder = listed(&gbk("姓名,电话\n马志强,13995400001\n"), "otherwise = \"representative\"");
    let settings = folder.sources().load().unwrap();
    let record = settings.record();
    fs::remove_file(folder.path("supervisors.csv")).unwrap();
    let days = Settings::from_record(&record).unwrap();
    assert_eq!(days[0].event, settings.days[0].event);
    assert_eq!(people(&days), ["马志强 13995400001"]);
    // Another list is another record.
    let other = listed("姓名\n苏玉梅\n".as_bytes(), "otherwise = \"representative\"");
    assert_ne!(other.sources().load().unwrap().record(), record);
    // A record of before there were lists still reads.
    let before = Folder::new().sources().load().unwrap().record();
    assert!(Settings::from_record(&before).unwrap()[0].event.categories[0].allow.is_none());
}

#[test]
fn a_wrong_list_is_refused_with_file_and_line_and_without_anybodys_data() {
    let cases: [(&str, &str); 6] = [
        (
            "姓名,电话\n马志强,13995400001\n苏玉梅,1399540\n",
            "supervisors.csv:3: the telephone number",
        ),
        ("姓名,身份证号\n马志强,642223199001021211\n", "supervisors.csv:2: the identity number"),
        ("姓名,电话\n,13995400001\n", "supervisors.csv:2: the name is missing"),
        ("名单\n马志强\n", "supervisors.csv:1: no heading says 姓名"),
        ("", "category[1].allow = \"supervisors.csv\": lists nobody"),
        ("姓名\n", "category[1].allow = \"supervisors.csv\": lists nobody"),
    ];
    for (list, expected) in cases {
        let said = listed(list.as_bytes(), "").sources().load().unwrap_err().to_string();
        assert!(said.contains(expected), "{list:?}: {said}");
        assert!(said.contains("allowed: a CSV file (UTF-8 or GBK) beside this one"), "{said}");
        for data in ["马志强", "1399540", "642223199001021211"] {
            assert!(!said.contains(data), "{said}");
        }
    }
    let folder = listed(b"", "");
    fs::remove_file(folder.path("supervisors.csv")).unwrap();
    let said = folder.sources().load().unwrap_err().to_string();
    assert!(said.contains("allow = \"supervisors.csv\": cannot be read"), "{said}");
}

#[test]
fn whoever_is_not_listed_counts_for_a_category_that_everybody_may_claim() {
    let list = "姓名\n马志强\n".as_bytes();
    let review = listed(list, "otherwise = \"review\"").sources().load().unwrap();
    assert_eq!(review.days[0].event.categories[0].allow.as_ref().unwrap().otherwise, None);
    for otherwise in ["supervisor", "reporter"] {
        let folder = listed(list, &format!("otherwise = \"{otherwise}\""));
        let said = folder.sources().load().unwrap_err().to_string();
        let expected = format!("category[1].otherwise = \"{otherwise}\": is no category that");
        assert!(said.contains(&expected), "{said}");
        assert!(said.contains("another category without a list: representative"), "{said}");
    }
    let folder = Folder::new();
    folder.change("xiji-open-day.toml", "#otherwise", "otherwise");
    let said = folder.sources().load().unwrap_err().to_string();
    assert!(
        said.contains("otherwise = \"representative\": says nothing without `allow`"),
        "{said}"
    );
}

#[test]
fn the_other_limits_are_read_and_refused_when_they_make_no_sense() {
    let folder = Folder::new();
    folder.change("baoming.toml", "\"xiji-open-day.toml\"]", "\"another-bureau.toml\"]");
    let who = folder.sources().load().unwrap().days.remove(0).event.rules.who;
    assert_eq!((who.youngest, who.oldest, who.once_per), (Some(18), Some(75), Some(365)));
    let limits = (who.per_organization, who.per_sender, who.beyond);
    assert_eq!(limits, (Some(3), Some(5), Beyond::Last));
    let cases = [
        ("youngest = 18", "youngest = 0", "youngest = 0: "),
        ("oldest = 75", "oldest = 17", "oldest = 17: is below youngest"),
        ("once_per = \"365d\"", "once_per = \"1 year\"", "a number of days from 1 to 3650"),
        ("once_per = \"365d\"", "once_per = 365", "once_per = 365: "),
        ("per_organization = 3", "per_organization = \"3\"", "per_organization = \"3\": "),
        ("beyond = \"last\"", "beyond = \"refuse\"", "allowed: \"last\", \"review\""),
        ("per_organization = 3\nper_sender = 5\n", "", "beyond = \"last\": says nothing without"),
    ];
    for (from, to, expected) in cases {
        let folder = Folder::new();
        folder.change("baoming.toml", "\"xiji-open-day.toml\"]", "\"another-bureau.toml\"]");
        folder.change("another-bureau.toml", from, to);
        let said = folder.sources().load().unwrap_err().to_string();
        assert!(said.contains("another-bureau.toml: "), "{said}");
        assert!(said.contains(expected), "{to}: {said}");
    }
}

#[test]
fn nobody_of_a_list_is_in_what_the_program_prints_of_its_settings() {
    let settings =
        listed("姓名,电话\n马志强,13995400001\n".as_bytes(), "").sources().load().unwrap();
    let printed = format!("{:?}", settings.days[0].event.categories[0]);
    assert!(printed.contains("Allow(1 listed"), "{printed}");
    assert!(!printed.contains("马志强") && !printed.contains("13995400001"), "{printed}");
}
