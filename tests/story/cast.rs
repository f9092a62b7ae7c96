//! The cast and what they write. All of them are invented.

use crate::bureau::{DESK, Mail, STAFF};
use crate::letters;
use crate::support::mailserver::MailServer;

const NAMES: [&str; 44] = [
    "马建国",
    "王玉梅",
    "李志强",
    "张淑芳",
    "杨彦龙",
    "苏小花",
    "韩博文",
    "丁学义",
    "田桂英",
    "陈春生",
    "赵秀琴",
    "刘成林",
    "穆永红",
    "金佳慧",
    "海子涵",
    "买思远",
    "单国栋",
    "冶金花",
    "兰天明",
    "白雪梅",
    "黄河清",
    "周志远",
    "吴海燕",
    "徐国庆",
    "孙丽华",
    "朱明亮",
    "高建军",
    "林晓东",
    "何秀英",
    "郭文斌",
    "罗玉兰",
    "马晓红",
    "王建平",
    "李春花",
    "张志明",
    "杨丽娟",
    "苏国强",
    "韩玉珍",
    "丁海龙",
    "田小军",
    "陈桂兰",
    "赵建华",
    "刘雪琴",
    "穆晓燕",
];

/// How a mail is put into bytes.
#[derive(Clone, Copy)]
enum Style {
    Gbk,
    Utf8,
    Html,
}

/// All users of the server.
pub(crate) fn citizens() -> Vec<String> {
    let citizens = (1..=40).map(address);
    citizens.chain([DESK.to_owned(), STAFF.to_owned()]).collect()
}

pub(crate) fn address(n: usize) -> String {
    format!("c{n:02}@example.test")
}

/// The name of the n-th citizen.
pub(crate) fn name(n: usize) -> &'static str {
    NAMES[n - 1]
}

fn phone(n: usize) -> String {
    format!("139950{n:05}")
}

/// The mails that lie in the mailbox when the service starts, in the order of their arrival.
pub(crate) fn first_mails() -> Vec<Mail> {
    let mut mails = Vec::new();
    for n in 1..=9 {
        mails.push(form(
            n,
            "政务公开义务监督员",
            if n % 2 == 0 { Style::Utf8 } else { Style::Gbk },
        ));
    }
    for n in 10..=25 {
        mails.push(form(n, "企业及群众代表", if n % 3 == 0 { Style::Utf8 } else { Style::Gbk }));
    }
    mails.push(mail(
        26,
        "报名",
        &format!("您好，我想报名参加政府开放日，做群众代表。\n姓名：{}\n", name(26)),
        Style::Gbk,
        "",
    ));
    mails.push(form(27, "群众代表", Style::Html));
    mails.push(form(28, "企业代表", Style::Utf8));
    mails.push(automatic(29));
    mails.push(bounce(30));
    mails.push(newsletter(31));
    mails.push(mail(32, "请问", "请问到政务服务大厅可以坐几路公交车？谢谢。\n", Style::Gbk, ""));
    mails.push(mail(
        33,
        "查询报名",
        &format!("请问{}报上名了吗？谢谢。\n", name(20)),
        Style::Utf8,
        "",
    ));
    let again =
        format!("再报一次，怕没有收到。姓名：{}，电话：{}，义务监督员。\n", name(3), phone(3));
    mails.push(mail(3, "报名", &again, Style::Utf8, ""));
    let people: String =
        [41, 42, 43].map(|n| format!("{}，{}，企业代表\n", name(n), phone(n))).concat();
    mails.push(mail(
        34,
        "三人报名",
        &format!("我公司三人报名参加政府开放日：\n{people}谢谢。\n"),
        Style::Gbk,
        "",
    ));
    mails.push(form(35, "政务公开义务监督员", Style::Html));
    let two = format!(
        "报名参加政府开放日\n姓名：{}\n电话：{}\n身份证号：642223198801011237\n身份证号：642223199101011235\n报名类别：群众代表\n",
        name(36),
        phone(36)
    );
    mails.push(mail(36, "报名", &two, Style::Utf8, ""));
    // The same mail once more, as a second delivery puts it there.
    mails.push(form(10, "企业及群众代表", Style::Gbk));
    mails.push(form(37, "群众代表", Style::Gbk));
    let quoted = format!(
        "姓名：{}，电话：{}，报名群众代表。\n\n------------------ 原始邮件 ------------------\n发件人: \"西吉县审批服务管理局\"<{DESK}>;\n主题: 关于公开征集“政府开放日”参加人员的公告\n\n姓名：\n联系电话：\n联系人：综合办公室    联系电话：0954-3018118\n",
        name(38),
        phone(38)
    );
    mails.push(mail(38, "回复：关于公开征集“政府开放日”参加人员的公告", &quoted, Style::Utf8, ""));
    mails.push(form(39, "企业代表", Style::Gbk));
    mails.push(form(40, "群众代表", Style::Utf8));
    mails
}

/// What some of them write back after the first answers.
pub(crate) fn answers(server: &MailServer) -> Vec<Mail> {
    let thread = |n: usize| {
        let id = letters::message_id(server, n);
        format!("In-Reply-To: <{id}>\r\nReferences: <{id}>\r\n")
    };
    vec![
        mail(
            5,
            "Re: 报名",
            &format!("因家中有事，我不能参加了，请取消我的报名。\n{}\n", name(5)),
            Style::Gbk,
            &thread(5),
        ),
        mail(
            26,
            "回复：请补充资料",
            &format!("我的电话是{}。\n", phone(26)),
            Style::Gbk,
            &thread(26),
        ),
        mail(
            12,
            "取消报名",
            &format!("{}（编号XJ21-012）因出差不能参加，请取消报名。\n", name(12)),
            Style::Utf8,
            &thread(12),
        ),
        mail(
            13,
            "更正",
            &format!("{}的联系电话写错了，应为18995400013，请更正。\n", name(13)),
            Style::Utf8,
            &thread(13),
        ),
        mail(
            28,
            "取消",
            &format!("我是{}，临时有事去不了，取消报名，谢谢。\n", name(28)),
            Style::Gbk,
            "",
        ),
    ]
}

/// How the roster must stand at the end: number, status, category, position, name.
pub(crate) fn expected_roster() -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = |number: usize, status: &str, category: &str, position: &str, n: usize| {
        rows.push(format!("XJ21-{number:03} {status} {category} {position} {}", name(n)));
    };
    for n in 1..=28 {
        let category = if n <= 9 { "sup" } else { "rep" };
        let cancelled = [5, 12, 28].contains(&n);
        row(n, if cancelled { "cancelled" } else { "confirmed" }, category, "-", n);
    }
    row(29, "waitlisted", "rep", "1", 41);
    row(30, "waitlisted", "rep", "2", 42);
    row(31, "waitlisted", "rep", "3", 43);
    row(32, "waitlisted", "sup", "1", 35);
    row(33, "review", "rep", "-", 36);
    row(34, "waitlisted", "rep", "5", 37);
    row(35, "waitlisted", "rep", "6", 38);
    row(36, "waitlisted", "rep", "7", 39);
    row(37, "waitlisted", "rep", "8", 40);
    rows
}

/// A registration in labelled lines.
fn form(n: usize, category: &str, style: Style) -> Mail {
    let text = format!(
        "本人自愿报名参加“政府开放日”活动。\n姓名：{}\n联系电话：{}\n工作单位：西吉县{}商贸有限公司\n报名类别：{category}\n",
        name(n),
        phone(n),
        name(n).chars().skip(1).collect::<String>(),
    );
    mail(n, &format!("{}报名", name(n)), &text, style, "")
}

fn mail(n: usize, subject: &str, text: &str, style: Style, more: &str) -> Mail {
    let crlf = text.replace('\n', "\r\n");
    let (charset, kind, body) = match style {
        Style::Gbk => ("GBK", "plain", encoding_rs::GBK.encode(&crlf).0.into_owned()),
        Style::Utf8 => ("utf-8", "plain", crlf.into_bytes()),
        Style::Html => {
            let lines = text.lines().map(|line| format!("<div>{line}</div>"));
            let lines = lines.collect::<Vec<_>>().concat();
            ("utf-8", "html", lines.into_bytes())
        }
    };
    let subject = match style {
        Style::Gbk => base64_lines(&encoding_rs::GBK.encode(subject).0).trim_end().to_owned(),
        Style::Utf8 | Style::Html => base64_lines(subject.as_bytes()).trim_end().to_owned(),
    };
    let subject = subject.replace("\r\n", "");
    let id = message_id(&crlf_free(text), n);
    let raw = format!(
        "From: {from}\r\nTo: {DESK}\r\nSubject: =?{charset}?B?{subject}?=\r\nMessage-ID: <{id}>\r\n\
         {more}MIME-Version: 1.0\r\nContent-Type: text/{kind}; charset={charset}\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}",
        base64_lines(&body),
        from = address(n),
    );
    Mail { from: address(n), raw: raw.into_bytes() }
}

fn crlf_free(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The same text of the same sender has the same Message-ID; any other text another one.
fn message_id(text: &str, n: usize) -> String {
    let sum = text.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    format!("{sum:016x}.{n}@example.test")
}

fn automatic(n: usize) -> Mail {
    let mut mail = mail(
        n,
        "自动回复：您好",
        "您好，我正在休假，稍后回复。\n",
        Style::Utf8,
        "Auto-Submitted: auto-replied\r\n",
    );
    mail.from = address(n);
    mail
}

fn newsletter(n: usize) -> Mail {
    let more = "List-Id: <news.example.test>\r\nList-Unsubscribe: <mailto:off@example.test>\r\nPrecedence: bulk\r\n";
    mail(
        n,
        "招标信息日报：报名截止提醒",
        "今日招标项目12个，报名截止时间见附件。\n",
        Style::Utf8,
        more,
    )
}

/// A bounce as 163 writes it, of a letter that was not ours.
fn bounce(n: usize) -> Mail {
    let text = base64_lines(
        "抱歉，您的邮件被退回来了……\r\n收件人：nobody@163.com\r\n退信原因：用户不存在\r\n"
            .as_bytes(),
    );
    let raw = format!(
        "From: Postmaster@163.com\r\nTo: {DESK}\r\nSubject: =?utf-8?B?{subject}?=\r\n\
         Message-ID: <600C21C1.92BF04.01244@163mx3.163.com>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{text}\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; nobody@163.com\r\n\
         Action: failed\r\nStatus: 5.0.0\r\n\r\n--b--\r\n",
        subject = base64_lines("系统退信".as_bytes()).trim_end(),
    );
    Mail { from: address(n), raw: raw.into_bytes() }
}

/// Base64 in lines of 76 characters (RFC 2045 §6.8).
fn base64_lines(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (line, chunk) in bytes.chunks(57).enumerate() {
        if line > 0 {
            text += "\r\n";
        }
        for three in chunk.chunks(3) {
            let bits = three.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte));
            let bits = bits << (8 * (3 - three.len()));
            for place in 0..4 {
                let digit = (bits >> (18 - 6 * place)) & 63;
                let used = place <= three.len();
                text.push(if used { char::from(ALPHABET[digit as usize]) } else { '=' });
            }
        }
    }
    text + "\r\n"
}
