//! Text in pictures is a suggestion to the person who has to look at them, never a value. The
//! recogniser here is a stub; `tests/ocr` runs the real one.

#![expect(clippy::unwrap_used, reason = "a test stops where a fixture is broken")]

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use baoming::message::picture::Recogniser;
use baoming::reading::{Reader, Reading};

/// Recognises the same lines in every picture, and counts the pictures.
#[derive(Debug, Default)]
struct Stub {
    lines: Vec<&'static str>,
    asked: AtomicUsize,
    last: Mutex<Vec<u8>>,
}

impl Recogniser for Stub {
    fn lines(&self, picture: &[u8]) -> Vec<String> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        *self.last.lock().unwrap() = picture.to_vec();
        self.lines.iter().map(|line| (*line).to_owned()).collect()
    }
}

const JPEG: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==";
const FORM: [&str; 4] =
    ["报名表", "姓名\t马玉兰\t性别\t女", "身份证号\t642223198801011239", "联系电话\t13995000001"];

/// A mail with a text and a picture.
fn mail(text: &str, name: &str) -> Vec<u8> {
    format!(
        "From: a@example.cn\r\nTo: xjxspj@163.com\r\nSubject: baoming\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--b\r\n\
         Content-Type: image/jpeg; name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{JPEG}\r\n--b--\r\n"
    )
    .into_bytes()
}

/// The reading with the recogniser, and the reading without.
fn read(stub: &Arc<Stub>, raw: &[u8]) -> (Reading, Reading) {
    let reader = Reader::default().with_recogniser(stub.clone());
    (reader.read(raw).reading, Reader::default().read(raw).reading)
}

fn reasons(reading: &Reading) -> Vec<&str> {
    reading.doubts.iter().map(|doubt| doubt.reason.as_str()).collect()
}

#[test]
fn what_is_recognised_in_a_photo_is_told_to_the_staff_and_never_entered() {
    let stub = Arc::new(Stub { lines: FORM.to_vec(), ..Stub::default() });
    let (with, without) = read(&stub, &mail("我要报名参加开放日，报名表见附件照片。", "form.jpg"));
    assert!(with.review());
    assert_eq!((with.kind, &with.applicants), (without.kind, &without.applicants));
    let (said, before) = (reasons(&with), reasons(&without));
    assert_eq!(said[..before.len()], before[..], "the picture itself stays a reason");
    let [suggestion] = &said[before.len()..] else { panic!("{said:?}") };
    assert!(suggestion.starts_with("附件“form.jpg”由程序识别出的内容，仅供参考，请对照原件核实："));
    assert!(suggestion.contains("姓名 马玉兰，性别 女"), "{suggestion}");
    assert!(suggestion.contains("电话 13995000001"), "{suggestion}");
    assert!(with.doubts.iter().all(|doubt| doubt.concerns.is_none()));
}

#[test]
fn text_without_fields_is_quoted_and_no_text_says_nothing() {
    let raw = mail("我要报名参加开放日，报名表见附件照片。", "form.jpg");
    let stub = Arc::new(Stub { lines: vec!["西吉县", "政务服务大厅"], ..Stub::default() });
    let (with, _) = read(&stub, &raw);
    assert!(reasons(&with).last().unwrap().ends_with("核实：西吉县／政务服务大厅"));
    let (blank, without) = read(&Arc::new(Stub::default()), &raw);
    assert_eq!(blank, without);
}

#[test]
fn a_picture_that_nobody_has_to_look_at_is_not_recognised() {
    let stub = Arc::new(Stub { lines: FORM.to_vec(), ..Stub::default() });
    let text = "本人报名参加政府开放日。\r\n姓名：王建国\r\n联系电话：13995000002\r\n";
    let (with, without) = read(&stub, &mail(text, "sunset.jpg"));
    assert_eq!(with, without);
    assert!(!with.review(), "{:?}", with.doubts);
    assert_eq!(stub.asked.load(Ordering::SeqCst), 0);
}

#[test]
fn the_scan_within_a_pdf_is_recognised() {
    let stub = Arc::new(Stub { lines: FORM.to_vec(), ..Stub::default() });
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/samples/s32.eml");
    let (with, _) = read(&stub, &fs::read(sample).unwrap());
    assert!(with.applicants.is_empty());
    assert!(reasons(&with).last().unwrap().contains("姓名 马玉兰"), "{:?}", reasons(&with));
    assert!(stub.last.lock().unwrap().starts_with(b"\xff\xd8\xff"), "a JPEG file");
}

#[test]
fn a_photo_that_was_put_into_a_word_file_is_recognised() {
    let drawing = "<w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>\
                   <a:blip r:embed=\"rId1\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>\
                   </wp:inline></w:drawing>";
    let spaces = [
        ("w", "wordprocessingml/2006/main"),
        ("a", "drawingml/2006/main"),
        ("pic", "drawingml/2006/picture"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("r", "officeDocument/2006/relationships"),
    ];
    let spaces = spaces
        .map(|(name, of)| format!(" xmlns:{name}=\"http://schemas.openxmlformats.org/{of}\""));
    let text = format!(
        "<w:document{}><w:body><w:p><w:r>{drawing}</w:r></w:p></w:body></w:document>",
        spaces.concat()
    );
    let relations = |what: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"rId1\" Target=\"{target}\" Type=\"http://schemas.openxmlformats.org\
             /officeDocument/2006/relationships/{what}\"/></Relationships>"
        )
    };
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    let mut docx = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", types.as_bytes().to_vec()),
        ("_rels/.rels", relations("officeDocument", "word/document.xml").into_bytes()),
        ("word/document.xml", text.into_bytes()),
        ("word/_rels/document.xml.rels", relations("image", "media/image1.jpeg").into_bytes()),
        ("word/media/image1.jpeg", b"\xff\xd8\xff photo".to_vec()),
    ] {
        docx.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        docx.write_all(&content).unwrap();
    }
    let docx = docx.finish().unwrap().into_inner();
    let text = docx.iter().map(|byte| format!("={byte:02X}")).collect::<Vec<_>>();
    let text: Vec<_> = text.chunks(24).map(<[String]>::concat).collect();
    let raw =
        String::from_utf8(mail("我要报名参加开放日，报名表见附件照片。", "form.docx")).unwrap();
    let raw = raw.replace(JPEG, &text.join("=\r\n")).replace("base64", "quoted-printable");
    let stub = Arc::new(Stub { lines: FORM.to_vec(), ..Stub::default() });
    let (with, _) = read(&stub, raw.as_bytes());
    assert!(reasons(&with).last().unwrap().contains("姓名 马玉兰"), "{:?}", reasons(&with));
    assert_eq!(*stub.last.lock().unwrap(), b"\xff\xd8\xff photo");
}
