//! `baoming parse`: reads message files and says what is in them. Needs no mailbox, no database and
//! no network.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::reading::{Kind, Read, Reader, Reading};

/// Larger files are no mail, in bytes.
const LARGEST_MAIL: u64 = 200 << 20;

/// Reads each path (a directory: its `*.eml` by name) and prints one JSON object a line, or a readable
/// account. Gives `false` when a path could not be read; every path still gets its line.
///
/// # Errors
///
/// When nothing can be written to `out`.
pub(super) fn run(
    paths: &[PathBuf],
    json: bool,
    reader: &Reader,
    required: &[String],
    out: &mut impl Write,
) -> io::Result<bool> {
    let mut all_read = true;
    for path in paths {
        for (file, raw) in open(path) {
            let shown = file.to_string_lossy();
            match raw {
                Ok(raw) if json => {
                    writeln!(out, "{}", line(&shown, &reader.read(&raw).reading, required))?;
                }
                Ok(raw) => account(&shown, &reader.read(&raw), required, out)?,
                Err(error) => {
                    all_read = false;
                    if json {
                        let reason = format!("文件无法读取：{error}");
                        writeln!(out, "{}", object(&shown, Kind::Inquiry, &[], &[reason], &[]))?;
                    } else {
                        writeln!(out, "{shown}\n  文件无法读取：{error}\n")?;
                    }
                }
            }
        }
    }
    out.flush()?;
    Ok(all_read)
}

/// The files that a path stands for, with their bytes.
fn open(path: &Path) -> Vec<(PathBuf, io::Result<Vec<u8>>)> {
    if !path.is_dir() {
        return vec![(path.to_owned(), bytes(path))];
    }
    let mut files: Vec<PathBuf> = match fs::read_dir(path) {
        Ok(entries) => entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect(),
        Err(error) => return vec![(path.to_owned(), Err(error))],
    };
    files.retain(|file| file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("eml")));
    files.sort();
    files.into_iter().map(|file| (file.clone(), bytes(&file))).collect()
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.len() > LARGEST_MAIL {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "文件过大，不是邮件"));
    }
    fs::read(path)
}

/// The contract's line for a reading.
fn line(file: &str, reading: &Reading, required: &[String]) -> String {
    let applicants: Vec<Value> = reading
        .applicants
        .iter()
        .map(|applicant| {
            let fields =
                applicant.fields.iter().map(|(key, field)| (key.clone(), json!(field.value)));
            Value::Object(fields.collect::<Map<_, _>>())
        })
        .collect();
    let reasons: Vec<String> = reading.doubts.iter().map(|doubt| doubt.reason.clone()).collect();
    object(file, reading.kind, &applicants, &reasons, &reading.missing(required))
}

fn object(
    file: &str,
    kind: Kind,
    applicants: &[Value],
    reasons: &[String],
    missing: &[String],
) -> String {
    let part = |value: Value| value.to_string();
    format!(
        "{{\"file\": {}, \"kind\": {}, \"applicants\": {}, \"review\": {}, \"reasons\": {}, \"missing\": {}}}",
        part(json!(file)),
        part(json!(kind)),
        part(json!(applicants)),
        !reasons.is_empty(),
        part(json!(reasons)),
        part(json!(missing)),
    )
}

/// A kind as staff call it.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Registration => "报名",
        Kind::Change => "更正",
        Kind::Cancellation => "取消",
        Kind::Status => "查询报名情况",
        Kind::Inquiry => "咨询或其他",
        Kind::Automatic => "自动回复",
        Kind::Bounce => "退信",
        Kind::Bulk => "群发或通知",
    }
}

/// The readable account: every field with the place it was found.
fn account(file: &str, read: &Read, required: &[String], out: &mut impl Write) -> io::Result<()> {
    let reading = &read.reading;
    writeln!(out, "{file}")?;
    writeln!(out, "  主题  {}", read.headers.subject)?;
    writeln!(out, "  类型  {}", kind_name(reading.kind))?;
    for (applicant, place) in reading.applicants.iter().zip(1..) {
        writeln!(out, "  第{place}人")?;
        for (key, field) in &applicant.fields {
            let evidence = &field.evidence;
            writeln!(
                out,
                "    {key:<13} {}  ←  {}{}：{}",
                field.value, evidence.document, evidence.place, evidence.quote
            )?;
        }
    }
    for number in &reading.numbers {
        writeln!(out, "  提到  {number}")?;
    }
    for doubt in &reading.doubts {
        writeln!(out, "  待核  {}", doubt.reason)?;
        if let Some(advice) = &doubt.advice {
            writeln!(out, "        可请对方：{advice}")?;
        }
    }
    let missing = reading.missing(required);
    if !missing.is_empty() {
        writeln!(out, "  缺少  {}", missing.join("、"))?;
    }
    if !read.attachments.is_empty() {
        writeln!(out, "  附件  {}", read.attachments.join("、"))?;
    }
    writeln!(out)
}
