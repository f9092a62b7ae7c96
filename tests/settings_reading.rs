//! What an event file says decides how mails are read: the notice's day as it was tried, another
//! bureau's day by other words.
mod settings_support;

use std::fs;
use std::path::{Path, PathBuf};

use baoming::reading::{Kind, Reader};
use baoming::settings::Settings;
use settings_support::Folder;

#[test]
fn with_the_event_that_is_compiled_in_every_sample_is_read_as_without_settings() {
    let reader = Reader::new(Settings::compiled_in().unwrap().vocabulary());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/samples");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mails: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|end| end == "eml")).collect();
    assert!(mails.len() >= 40, "{} samples", mails.len());
    for mail in mails {
        let raw = fs::read(&mail).unwrap();
        assert_eq!(reader.read(&raw), Reader::default().read(&raw), "{}", mail.display());
    }
}

#[test]
fn another_bureau_s_categories_and_fields_are_read_by_its_own_words() {
    let folder = Folder::new();
    folder.change("baoming.toml", "\"xiji-open-day.toml\"]", "\"another-bureau.toml\"]");
    let settings = folder.sources().load().unwrap();
    let vocabulary = settings.vocabulary(&settings.mailboxes[0]);
    assert!(vocabulary.bureau_emails.contains(&"bangongshi@example.cn".to_owned()));
    let mail = "From: <wxh@example.cn>\r\nSubject: =?utf-8?B?5oql5ZCN?=\r\n\
                Content-Type: text/plain; charset=utf-8\r\n\r\n\
                我要报名。\r\n姓名：魏晓禾\r\n手机：13709580000\r\n类别：记者\r\n忌口：不吃辣\r\n";
    let reading = Reader::new(vocabulary).read(mail.as_bytes()).reading;
    assert_eq!((reading.kind, reading.applicants.len()), (Kind::Registration, 1), "{reading:?}");
    let applicant = &reading.applicants[0];
    let values = ["name", "phone", "category", "diet"].map(|field| applicant.get(field).unwrap());
    assert_eq!(values, ["魏晓禾", "13709580000", "press", "不吃辣"]);
    let missing = reading.missing(&settings.days[0].event.required);
    assert_eq!(missing, ["1.id_number"]);
}
