//! Filled-in forms in every file format (`tests/fixtures/forms`): the facts are found in each.

#![expect(clippy::unwrap_used, reason = "a test stops where a fixture is broken")]

use std::fs;
use std::path::Path;

use baoming::message::file::{File, open};
use baoming::message::{Document, Message, Origin};
use baoming::reading::{Reader, Reading};

fn bytes(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/forms").join(name);
    fs::read(path).unwrap()
}

fn read(name: &str) -> Reading {
    read_bytes(name, &bytes(name))
}

fn read_bytes(name: &str, bytes: &[u8]) -> Reading {
    let opened = open(File { name, media: "", bytes, depth: 0 });
    let body = Document::of_text(Origin::Body, "正文", "您好，我报名参加开放日，报名表见附件。");
    let mut documents = vec![body];
    documents.extend(opened.documents);
    let message = Message { documents, unread: opened.unread, ..Message::default() };
    Reader::default().understand(&message)
}

#[test]
fn one_persons_form_is_read_from_every_format() {
    let files = [
        "form_a_as.wps",
        "form_a_zenhei.doc",
        "form_a_zenhei.docx",
        "form_a_zenhei.odt",
        "form_a_zenhei.pdf",
        "form_a_zenhei.rtf",
        "form_a_zenhei_gbk.rtf",
        "form_b_zenhei.docx",
        "form_b_zenhei.odt",
        "form_c_zenhei.doc",
        "form_c_zenhei.docx",
        "form_c_zenhei.odt",
        "form_c_zenhei.pdf",
        "form_c_zenhei.rtf",
        "form_c_zenhei_gbk.rtf",
        "fpdf2_identityh_ttf.pdf",
        "fpdf2_ownerpw_aes128.pdf",
        "rl_stsong_unembedded.pdf",
        "rl_zenhei_ttf.pdf",
        "typst_identityh_cff.pdf",
        "typst_objstm.pdf",
        "winmail_cp936.dat",
    ];
    for name in files {
        let reading = read(name);
        let [person] = reading.applicants.as_slice() else { panic!("{name}: {reading:?}") };
        assert_eq!(person.get("name"), Some("欧阳晓雯"), "{name}");
        assert_eq!(person.get("id_number"), Some("422802198703120029"), "{name}");
        assert_eq!(person.get("phone"), Some("13907190000"), "{name}");
        assert_eq!(person.get("gender"), Some("女"), "{name}");
        assert!(!reading.review(), "{name}: {:?}", reading.doubts);
    }
}

#[test]
fn a_list_is_read_from_every_format() {
    for name in [
        "form_d_zenhei.doc",
        "form_d_zenhei.docx",
        "form_d_zenhei.odt",
        "form_d_zenhei.pdf",
        "form_d_zenhei.rtf",
    ] {
        let reading = read(name);
        let names: Vec<_> =
            reading.applicants.iter().filter_map(|person| person.get("name")).collect();
        assert_eq!(names, ["张伟", "司马青", "王芳", "阿布都热合曼·买买提"], "{name}");
        assert_eq!(reading.applicants.last().unwrap().get("phone"), Some("13800000004"), "{name}");
    }
    for name in ["roster_openpyxl.xlsx", "roster_xlwt.xls"] {
        assert_eq!(read(name).applicants.len(), 3, "{name}");
    }
    assert_eq!(read("bundle_gbk_names.zip").applicants.len(), 4);
}

/// The list with `from` in its records replaced by `to`, which is as long.
fn patched(from: &[u8], to: &[u8]) -> Reading {
    let mut file = bytes("roster_xlwt.xls");
    let at = file.windows(from.len()).position(|part| part == from).unwrap();
    file.splice(at..at + to.len(), to.iter().copied());
    read_bytes("roster_xlwt.xls", &file)
}

fn reasons(reading: &Reading) -> Vec<&str> {
    reading.doubts.iter().map(|doubt| doubt.reason.as_str()).collect()
}

#[test]
fn what_an_old_workbook_hides_is_left_out_and_told() {
    let whole = read("roster_xlwt.xls");
    let names = |reading: &Reading| -> Vec<String> {
        reading.applicants.iter().filter_map(|one| Some(one.get("name")?.to_owned())).collect()
    };
    let all = names(&whole);
    assert!(!whole.review(), "{:?}", whole.doubts);
    // The record of the list's third person's row: its last flags say that it has no height.
    let row = [0x08, 0x02, 16, 0, 4, 0, 0, 0, 7, 0, 0xff, 0, 0, 0, 0, 0];
    let flags = |low| [&row[..], &[low, 0x01, 0x0f, 0]].concat();
    let hidden = patched(&flags(0), &flags(0x20));
    assert_eq!(names(&hidden), all[..2]);
    let told = "roster_xlwt.xls：工作表“报名汇总”有隐藏的行，未读取";
    assert_eq!(reasons(&hidden), [told]);
    // The sheet's own state, in the workbook's list of sheets.
    let sheet = |state| [0x85, 0, 16, 0, 0x03, 0x05, 0, 0, state, 0];
    let hidden = patched(&sheet(0), &sheet(1));
    assert!(hidden.applicants.is_empty());
    assert_eq!(reasons(&hidden), ["roster_xlwt.xls：工作表“报名汇总”被隐藏，未读取"]);
    // The page's set-up, made a record that hides the fifth column: the telephones.
    let set_up = [0xa1, 0, 34, 0, 9, 0, 100, 0, 1, 0, 1, 0, 1, 0];
    let columns = [0x7d, 0, 34, 0, 4, 0, 4, 0, 0, 8, 15, 0, 1, 0];
    let hidden = patched(&set_up, &columns);
    assert_eq!(names(&hidden), all);
    assert!(whole.applicants.iter().all(|one| one.get("phone").is_some()));
    assert!(hidden.applicants.iter().all(|one| one.get("phone").is_none()));
    assert_eq!(reasons(&hidden), ["roster_xlwt.xls：工作表“报名汇总”有隐藏的列，未读取"]);
}
