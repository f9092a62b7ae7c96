//! The same mail from another client, in another hand, of other people: what it says stays the same.
//! The mails are our own cases whose body is plain text; each is first put into a plain envelope, and
//! those that are read there as before are varied. `BAOMING_SEED` chooses other people.

#![expect(clippy::unwrap_used, reason = "a test stops where a fixture is broken")]
#![expect(clippy::disallowed_methods, reason = "BAOMING_SEED is the tester's, not the program's")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use baoming::clock::Dice;
use baoming::reading::{Kind, Reader, Reading};
use mail_parser::{MessageParser, MimeHeaders};

/// A mail of one plain text.
struct Mail {
    name: String,
    from: String,
    subject: String,
    /// The headers of an answer.
    thread: String,
    text: String,
    reading: Reading,
}

impl Mail {
    fn raw(&self, subject: &str, kind: &str, text: &str) -> Vec<u8> {
        let text = text.replace('\n', "\r\n");
        format!(
            "From: {}\r\nTo: xjxspj@163.com\r\nSubject: {subject}\r\n{}Date: Mon, 16 Nov 2026 10:00:00 +0800\r\n\
             MIME-Version: 1.0\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}",
            self.from, self.thread
        )
        .into_bytes()
    }
}

/// What a reading says, without where it stands.
fn said(reading: &Reading) -> (Kind, bool, Vec<BTreeMap<&str, String>>) {
    let people = reading.applicants.iter().map(|one| {
        let bare = |value: &str| value.chars().filter(|c| !c.is_whitespace()).collect();
        one.fields.iter().map(|(key, field)| (key.as_str(), bare(&field.value))).collect()
    });
    (reading.kind, reading.review(), people.collect())
}

/// The cases that are one plain text, read in a plain envelope as in their own.
fn mails(reader: &Reader) -> Vec<Mail> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/own");
    let files: BTreeSet<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mails = files.iter().filter(|path| path.extension().is_some_and(|end| end == "eml"));
    let mails = mails.filter_map(|path| {
        let raw = fs::read(path).unwrap();
        let message = MessageParser::default().parse(&raw)?;
        let plain = message.parts.len() == 1
            && message.content_type().is_some_and(|kind| kind.subtype() == Some("plain"));
        let machine =
            ["Auto-Submitted", "List-Id", "Precedence", "X-Autoreply", "X-AutoReply-From"];
        if !plain || machine.iter().any(|header| message.header(*header).is_some()) {
            return None;
        }
        let address =
            message.from().and_then(|from| from.first()?.address()).unwrap_or("a@163.com");
        let reading = reader.read(&raw).reading;
        let mut mail = Mail {
            name: path.file_stem()?.to_string_lossy().into_owned(),
            from: address.to_owned(),
            subject: message.subject().unwrap_or("").to_owned(),
            thread: message
                .in_reply_to()
                .as_text()
                .map_or(String::new(), |id| format!("In-Reply-To: <{id}>\r\n")),
            text: message.body_text(0)?.replace("\r\n", "\n").trim_end().to_owned(),
            reading,
        };
        let again = reader.read(&mail.raw(&mail.subject, "text/plain", &mail.text)).reading;
        let same = said(&again) == said(&mail.reading);
        mail.reading = again;
        (same && !mail.text.contains('\u{fffd}')).then_some(mail)
    });
    mails.collect()
}

#[test]
fn another_client_changes_nothing() {
    let reader = Reader::default();
    let mails = mails(&reader);
    assert!(mails.len() > 700, "{} mails", mails.len());
    let mut wrong = Vec::new();
    for mail in &mails {
        let page = |line: &str| {
            let line = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            if line.is_empty() {
                "<div><br></div>".to_owned()
            } else {
                format!("<div>{line}</div>")
            }
        };
        let html: String = mail.text.split('\n').map(page).collect();
        let read = reader.read(&mail.raw(&mail.subject, "text/html", &html)).reading;
        // Blanks in a row are one on a page.
        let blanks =
            mail.text.contains("  ") || mail.text.contains('\t') || mail.text.contains("\n ");
        if !blanks && said(&read) != said(&mail.reading) {
            wrong.push(format!("{} as a page", mail.name));
        }
        let signed = ["发自", "来自", "写道", "发件人", "---", "——", "\n>"]
            .iter()
            .any(|word| mail.text.contains(word));
        for tail in [
            "\n\n发自我的iPhone",
            "\n\n\n发自我的华为手机",
            "\n\n来自网易手机号码邮箱",
            "\n\n发自 网易邮箱大师",
        ] {
            let text = format!("{}{tail}", mail.text);
            let read = reader.read(&mail.raw(&mail.subject, "text/plain", &text)).reading;
            if !signed && said(&read) != said(&mail.reading) {
                wrong.push(format!("{} with {:?}", mail.name, tail.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

const SURNAMES: &str =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡";
const GIVEN: [&str; 22] = [
    "向阳", "在福", "日升", "会军", "来有", "若兰", "建国", "志强", "晓梅", "秀兰", "海燕", "淑芬",
    "文博", "雪琴", "永福", "彦虎", "生华", "桂英", "正明", "宏伟", "占林", "守义",
];
const FIRMS: [&str; 12] = [
    "恒丰商贸有限公司",
    "鑫源五金店",
    "同心牛羊肉店",
    "天成家具厂",
    "惠民大药房",
    "六盘红农机服务部",
    "小燕子理发店",
    "众诚物流有限责任公司",
    "禾田种植专业合作社",
    "紫荆幼儿园",
    "云上广告部",
    "老马家面馆",
];

/// So many in a hundred may be asked about or missed when other people write.
const ODD: usize = 1;

#[test]
fn other_people_are_read_as_well() {
    let seed = std::env::var("BAOMING_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let dice = Dice::seeded(seed);
    let pick = |count: usize| usize::try_from(dice.below(u64::try_from(count).unwrap())).unwrap();
    let reader = Reader::default();
    let (mut cases, mut odd) = (0, Vec::new());
    for mail in mails(&reader) {
        let whole = format!("{}\n{}", mail.subject, mail.text);
        let mut others: BTreeMap<String, String> = BTreeMap::new();
        for one in &mail.reading.applicants {
            let long = |value: &&str| value.chars().count() == 3 && whole.contains(*value);
            if let Some(name) = one.get("name").filter(long) {
                let surname = SURNAMES.chars().nth(pick(SURNAMES.chars().count())).unwrap();
                let other = format!("{surname}{}", GIVEN.get(pick(GIVEN.len())).unwrap());
                others.entry(name.to_owned()).or_insert(other);
            }
            let firm = |value: &&str| {
                let ends = ["公司", "店", "厂", "部", "社"].iter().any(|end| value.ends_with(end));
                ends && value.starts_with("西吉县")
                    && value.chars().count() > 6
                    && whole.contains(*value)
            };
            if let Some(firm) = one.get("organization").filter(firm) {
                let other = format!("西吉县{}", FIRMS.get(pick(FIRMS.len())).unwrap());
                others.entry(firm.to_owned()).or_insert(other);
            }
        }
        let distinct: BTreeSet<_> = others.values().collect();
        // Who is called by half a name elsewhere would keep the old one there.
        let rest = others.keys().fold(whole.clone(), |text, key| text.replace(key, " "));
        let halves = others.keys().any(|key| {
            key.chars().count() == 3 && {
                let given: String = key.chars().skip(1).collect();
                let called = ["姐", "哥", "总", "老师", "师傅"]
                    .map(|title| format!("{}{title}", key.chars().next().unwrap()));
                rest.contains(&given) || called.iter().any(|word| rest.contains(word))
            }
        });
        if others.is_empty() || distinct.len() < others.len() || halves {
            continue;
        }
        let swap = |text: &str| {
            others.iter().fold(text.to_owned(), |text, (key, other)| text.replace(key, other))
        };
        let read =
            reader.read(&mail.raw(&swap(&mail.subject), "text/plain", &swap(&mail.text))).reading;
        let (kind, review, mut people) = said(&mail.reading);
        for value in people.iter_mut().flat_map(BTreeMap::values_mut) {
            *value = swap(value);
        }
        cases += 1;
        if said(&read) != (kind, review, people) {
            odd.push(mail.name);
        }
    }
    println!(
        "BAOMING_SEED={seed}: {cases} mails of other people, {} read otherwise: {odd:?}",
        odd.len()
    );
    assert!(cases > 400, "{cases} mails");
    assert!(odd.len() * 100 <= cases * ODD, "{} of {cases}: {odd:?}", odd.len());
}
