//! The form: made of what the event asks for, and read back as it was filled in.
use std::io::{Cursor, Read as _, Write as _};

use baoming::form::{self, Entry};
use baoming::reading::{Kind, Reader, Reading};
use baoming::roster::Event;
use baoming::settings::{Day, Settings};

fn xiji() -> Day {
    Settings::compiled_in().unwrap()
}

/// The event of the other sample, which asks for other things.
fn another() -> Day {
    let text = include_str!("../../config/another-bureau.toml");
    let record = serde_json::json!({ "another-bureau": text }).to_string();
    Settings::from_record(&record).unwrap().remove(0)
}

fn document(docx: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The form with these values written into the cells behind their labels, ticks made.
fn filled(event: &Event, values: &[(&str, &str)]) -> Vec<u8> {
    let blank = form::form(event).unwrap();
    let mut text = document(&blank);
    for (field, value) in values {
        let entry = form::entries(event).into_iter().find(|one| one.field == *field).unwrap();
        if entry.choices.is_empty() {
            let label = format!("{}{}</w:t>", entry.label, if entry.required { "*" } else { "" });
            let behind = text.find(&label).unwrap() + label.len();
            let (before, after) = text.split_at(behind);
            let empty = r#"<w:t xml:space="preserve"></w:t>"#;
            assert_eq!(after.find("<w:t "), after.find(empty), "the cell behind {label} is empty");
            let written = format!(r#"<w:t xml:space="preserve">{value}</w:t>"#);
            text = format!("{before}{}", after.replacen(empty, &written, 1));
        } else {
            text = text.replace(&format!("□{value}"), &format!("☑{value}"));
        }
    }
    let mut from = zip::ZipArchive::new(Cursor::new(&blank)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..from.len() {
        let part = from.by_index(place).unwrap();
        if part.name().unwrap() == "word/document.xml" {
            to.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
            to.write_all(text.as_bytes()).unwrap();
        } else {
            to.raw_copy_file(part).unwrap();
        }
    }
    to.finish().unwrap().into_inner()
}

/// A mail with the form attached, or with a text.
fn read(day: &Day, attached: Option<&[u8]>, text: &str) -> Reading {
    let base64 = |bytes: &[u8]| {
        const SET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut coded = String::new();
        for chunk in bytes.chunks(3) {
            let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
                << (8 * (3 - chunk.len()));
            for place in 0..4 {
                let letter = SET.get((bits >> (18 - 6 * place) & 63) as usize).unwrap();
                coded.push(if place <= chunk.len() { char::from(*letter) } else { '=' });
            }
        }
        coded
            .as_bytes()
            .chunks(76)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect::<Vec<_>>()
            .join("\r\n")
    };
    let head = "From: =?utf-8?B?6ams5biM5paH?= <maxiwen@qq.com>\r\nTo: xjxspj@163.com\r\nSubject: =?utf-8?B?5oql5ZCN?=\r\nMIME-Version: 1.0\r\n";
    let body = format!(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        base64(text.as_bytes())
    );
    let mail = match attached {
        None => format!("{head}{body}"),
        Some(bytes) => format!(
            "{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n{body}--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=utf-8''%E6%8A%A5%E5%90%8D%E8%A1%A8.docx\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
            base64(bytes)
        ),
    };
    Reader::new(day.vocabulary()).read(mail.as_bytes()).reading
}

fn values(reading: &Reading) -> Vec<Vec<(&str, &str)>> {
    reading
        .applicants
        .iter()
        .map(|one| {
            one.fields.iter().map(|(name, field)| (name.as_str(), field.value.as_str())).collect()
        })
        .collect()
}

#[test]
fn a_filled_in_form_is_read_exactly_as_it_was_filled_in() {
    let day = xiji();
    let written = [
        ("address", "西吉县吉强镇团结村三组"),
        ("category", "政务公开义务监督员"),
        ("name", "马希文"),
        ("organization", "西吉县为民农机合作社"),
        ("phone", "13895012345"),
        ("suggestions", "希望办事窗口中午不断岗，少跑一趟"),
    ];
    let reading = read(&day, Some(&filled(&day.event, &written)), "报名表见附件。\n");
    assert_eq!((reading.kind, reading.doubts.as_slice()), (Kind::Registration, [].as_slice()));
    let mut expected = written;
    expected[1].1 = "supervisor";
    assert_eq!(values(&reading), [expected]);
}

#[test]
fn the_form_of_another_event_asks_for_what_that_event_needs_and_is_read_too() {
    let day = another();
    let labels: Vec<_> = form::entries(&day.event)
        .into_iter()
        .filter(|one| one.required)
        .map(|one| one.label)
        .collect();
    assert_eq!(labels, ["姓名", "身份证号码", "联系电话", "报名类别", "饮食禁忌"]);
    let written = [
        ("category", "食品经营者代表"),
        ("diet", "清真"),
        ("id_number", "642223198603141260"),
        ("name", "王秀英"),
        ("phone", "13900000021"),
    ];
    let reading = read(&day, Some(&filled(&day.event, &written)), "报名\n");
    assert_eq!((reading.kind, reading.doubts.as_slice()), (Kind::Registration, [].as_slice()));
    let mut expected = written;
    expected[0].1 = "business";
    assert_eq!(values(&reading), [expected]);
}

#[test]
fn a_form_that_nobody_filled_in_registers_nobody() {
    let day = xiji();
    let reading = read(&day, Some(&form::form(&day.event).unwrap()), "");
    assert!(reading.applicants.iter().all(|one| one.fields.is_empty()), "{:?}", values(&reading));
}

#[test]
fn the_lines_of_the_letter_are_read_when_somebody_completes_them() {
    let day = another();
    let fields = ["name", "phone", "category", "diet"].map(str::to_owned);
    let answers = ["王秀英", "13900000021", "媒体代表", "不吃猪肉"];
    let lines = form::lines(&day.event, &fields);
    let completed: Vec<_> =
        lines.iter().zip(answers).map(|(line, answer)| format!("{line}{answer}")).collect();
    let text = completed.join("\n");
    let reading = read(&day, None, &text);
    assert_eq!(
        values(&reading),
        [[
            ("category", "press"),
            ("diet", "不吃猪肉"),
            ("name", "王秀英"),
            ("phone", "13900000021")
        ]],
        "{text}"
    );
}

#[test]
fn the_shipped_form_is_the_one_that_the_sample_event_makes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/config/forms/报名表.docx");
    let made = form::form(&xiji().event).unwrap();
    let shipped = std::fs::read(path).unwrap_or_default();
    if document_or_nothing(&shipped) != document(&made) {
        let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/报名表.docx");
        std::fs::write(folder, &made).unwrap();
        panic!("config/forms/报名表.docx is another one: copy {folder}");
    }
}

fn document_or_nothing(docx: &[u8]) -> String {
    if docx.is_empty() { String::new() } else { document(docx) }
}

#[test]
fn what_is_asked_for_follows_the_event_file() {
    let mut event = xiji().event;
    let fields = |event: &Event| {
        form::entries(event).into_iter().map(|Entry { field, .. }| field).collect::<Vec<_>>()
    };
    assert_eq!(
        fields(&event),
        ["name", "phone", "organization", "address", "category", "suggestions"]
    );
    event.life.form.clear();
    event.required.push("id_number".to_owned());
    assert_eq!(fields(&event), ["name", "id_number", "phone", "category"]);
}
