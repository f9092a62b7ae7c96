//! Mails that are made to cost as much as possible.

use std::fs;

/// Each with what it is.
pub(crate) fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let head = "Subject: x\r\nMIME-Version: 1.0\r\n";
    let plain =
        |body: String| format!("{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}");
    let html = |body: String| format!("{head}Content-Type: text/html\r\n\r\n{body}");
    let parts = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(100_000);
    [
        ("digits", plain("1".repeat(10_000_000))),
        ("names", plain("张".repeat(3_000_000))),
        ("labels", plain("姓名：".repeat(1_000_000))),
        ("list", plain("马玉、".repeat(1_000_000))),
        ("quotes", plain("> ".repeat(5_000_000))),
        (
            "nested messages",
            format!("{head}{}", "Content-Type: message/rfc822\r\n\r\n".repeat(100_000)),
        ),
        ("many parts", format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}")),
        ("nested tables", html("<table><tr><td>".repeat(50_000))),
        (
            "wide table",
            html(format!(
                "<table><tr>{}</table>",
                "<td colspan=200 rowspan=200>姓名</td>".repeat(20_000)
            )),
        ),
        ("many headers", format!("{head}{}\r\n\r\nx", "X-A: b\r\n".repeat(200_000))),
        ("long subject", format!("Subject: {}\r\n\r\nx", "=?utf-8?B?5oql?= ".repeat(200_000))),
    ]
    .map(|(what, raw)| (what, raw.into_bytes()))
    .into()
}

/// How much memory a process has taken at most, in MiB; 0 when it has ended.
pub(crate) fn peak(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}
