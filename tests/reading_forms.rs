//! Filled-in forms in every file format (`tests/fixtures/forms`): the facts are found in each.

#![expect(clippy::unwrap_used, reason = "a test stops where a fixture is broken")]

use std::fs;
use std::path::Path;

use baoming::message::file::{File, open};
use baoming::message::{Document, Message, Origin};
use baoming::reading::{Reader, Reading};

fn read(name: &str) -> Reading {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/forms").join(name);
    let bytes = fs::read(path).unwrap();
    let opened = open(File { name, media: "", bytes: &bytes, depth: 0 });
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
