//! Several events of one bureau, told on Dovecot and Postfix: two at once on one mailbox, one of them
//! moved, the other called off; and a third after them in the same database.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::bureau::{Bureau, DESK, Mail, Service, Setup};
use crate::mails::{address, form, id, mail, mail_with, name, phone, subject, text, users};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;

/// Rewrites an event file: each key with its new value, the first time that it stands there.
fn rewritten(text: &str, keys: &[(&str, &str)]) -> String {
    let mut left: Vec<_> = keys.to_vec();
    let mut lines = Vec::new();
    for line in text.lines() {
        let key = line.trim_start_matches('#').split('=').next().unwrap_or_default().trim();
        let found = left.iter().position(|(name, _)| *name == key && line.contains(" = "));
        let new = found.map(|at| left.remove(at)).map(|(name, value)| format!("{name} = {value}"));
        lines.push(new.unwrap_or_else(|| line.to_owned()));
    }
    assert!(left.is_empty(), "{left:?}");
    lines.join("\n")
}

fn hours(from_now: i64) -> String {
    format!("\"{}\"", Timestamp::now().checked_add(from_now.hours()).unwrap())
}

/// Tomorrow at this hour by the clock of Beijing.
fn tomorrow(at: &str) -> String {
    let now = Timestamp::now().to_zoned(TimeZone::get("Asia/Shanghai").unwrap());
    format!("\"{} {at}\"", now.date().tomorrow().unwrap())
}

/// What a citizen registers with, without a word of which event.
fn data(n: usize) -> String {
    format!("本人报名参加。\n姓名：{}\n联系电话：{}\n", name(n), phone(n))
}

fn post(bureau: &Bureau, n: usize, raw: Vec<u8>) {
    bureau.post(&Mail { from: address(n), raw });
}

fn reload(service: &mut Service, bureau: &Bureau) {
    let count = |log: &str| log.matches("the settings were read again").count();
    let before = count(&bureau.log());
    service.reload();
    service.until("the settings are read again", |bureau| count(&bureau.log()) > before);
}

fn newest(server: &MailServer, n: usize) -> String {
    let letters = server.messages(&address(n), "INBOX");
    let letter = letters.last().unwrap();
    format!("{}\n{}", subject(letter), text(letter))
}

fn numbers(bureau: &Bureau, status: &str) -> Vec<String> {
    let rows = bureau.roster().into_iter().filter(|row| row["status"] == status);
    let mut numbers: Vec<_> = rows.map(|row| row["number"].as_str().unwrap().to_owned()).collect();
    numbers.sort();
    numbers
}

/// The open day, and a market day tomorrow night, both open.
fn two_open(bureau: &Bureau) {
    let first = std::fs::read_to_string(bureau.path("event.toml")).unwrap();
    let market = [
        ("name", "\"西吉县审批服务管理局“便民集市”活动\""),
        ("prefix", "\"JS21\""),
        ("keywords", "[\"便民集市\"]"),
        ("closes", &tomorrow("22:00")),
        ("takes_place", &tomorrow("23:00")),
        ("remind", "\"23:59\""),
        ("tag", "\"jishi\""),
        ("hold", "\"48h\"\nonce_per = \"60d\""),
    ];
    bureau.write("market.toml", &rewritten(&first, &market), 0o644);
    bureau.change("baoming.toml", "[\"event.toml\"]", "[\"event.toml\", \"market.toml\"]");
}

/// Words, an address tag, an answer to our question, and a number say which event is meant.
fn told_apart(server: &MailServer, bureau: &Bureau, service: &mut Service) {
    let with_id = format!("我想参加便民集市。\n{}身份证号：642223196902140015\n", data(2));
    post(bureau, 1, form(1));
    post(bureau, 2, mail(2, "报名", &with_id));
    let tagged = String::from_utf8(mail(3, "报名", &data(3))).unwrap();
    post(bureau, 3, tagged.replace("To: desk@", "To: desk+jishi@").into_bytes());
    post(bureau, 4, mail(4, "报名", &data(4)));
    service.until_quiet(4);
    assert_eq!(numbers(bureau, "confirmed"), ["JS21-001", "JS21-002", "XJ21-001"]);
    let asked = newest(server, 4);
    assert!(asked.contains("请告知参加哪一场活动") && asked.contains("便民集市"), "{asked}");
    let letters = server.messages(&address(4), "INBOX");
    let thread = format!("In-Reply-To: <{}>\r\n", id(letters.last().unwrap()));
    post(bureau, 4, mail_with(4, &thread, "回复：请告知参加哪一场活动", "我参加便民集市。\n"));
    service.until_quiet(5);
    assert!(newest(server, 4).contains("JS21-003"), "{}", newest(server, 4));
    post(bureau, 5, form(5));
    service.until_quiet(6);
    post(bureau, 5, mail(5, "便民集市报名", &data(5)));
    service.until_quiet(7);
    post(bureau, 5, mail(5, "取消报名 JS21-004", "有事来不了，请取消 JS21-004。\n"));
    service.until_quiet(8);
    assert_eq!(numbers(bureau, "cancelled"), ["JS21-004"], "the number says which of the two");
}

/// One is moved, and on the day before its people are reminded; the other is called off.
fn told_to_all(server: &MailServer, bureau: &Bureau, service: &mut Service) {
    bureau.change("market.toml", "place = \"西吉县政务服务大厅\"", "place = \"西吉县文化广场\"");
    reload(service, bureau);
    let would = bureau.well(&["event", "moved", "market"]);
    assert!(would.contains("要寄出信件 3 封") && would.contains("还没有寄出"), "{would}");
    assert_eq!(bureau.letters().len(), 8, "the staff confirm first");
    bureau.well(&["event", "moved", "market", "--yes"]);
    bureau.change("market.toml", "remind = \"23:59\"", "remind = \"00:00\"");
    reload(service, bureau);
    service.until_quiet(14);
    for n in 2..=4 {
        let letters = server.messages(&address(n), "INBOX");
        let last: Vec<_> = letters.iter().rev().take(2).map(|raw| text(raw)).collect();
        assert!(last.iter().all(|told| told.contains("西吉县文化广场")), "{last:?}");
        let both = letters.iter().rev().take(2).map(|raw| subject(raw)).collect::<String>();
        assert!(both.contains("活动提醒") && both.contains("活动安排有变"), "{both}");
    }

    // One letter after the other: the call-off is paced like all letters.
    let off = ["event", "call-off", "event", "--reason", "因道路施工，本次活动取消。"];
    let would = bureau.well(&off);
    assert!(would.contains("要寄出信件 2 封"), "{would}");
    bureau.change("baoming.toml", "gap = \"0s\"", "gap = \"2s\"");
    let begun = std::time::Instant::now();
    bureau.well(&[&off[..], &["--yes"]].concat());
    reload(service, bureau);
    service.until_quiet(16);
    assert!(begun.elapsed().as_secs() >= 2, "paced");
    for n in [1, 5] {
        assert!(newest(server, n).contains("因道路施工"), "{}", newest(server, n));
    }
    assert!(!newest(server, 2).contains("因道路施工"), "the market takes place");
}

/// The market is long over: its people are erased when the service looks. The next event is open, and
/// who was at the market is still known for as long as its file says.
fn one_after_the_other(server: &MailServer, bureau: &Bureau) {
    let market = std::fs::read_to_string(bureau.path("market.toml")).unwrap();
    let over = [
        ("announced", &*hours(-600)),
        ("opens", &hours(-590)),
        ("closes", &hours(-300)),
        ("takes_place", &hours(-200)),
        ("erase_after", "\"7d\""),
    ];
    bureau.write("market.toml", &rewritten(&market, &over), 0o644);
    let first = std::fs::read_to_string(bureau.path("event.toml")).unwrap();
    let autumn = [
        ("name", "\"西吉县审批服务管理局“政策宣讲会”活动\""),
        ("prefix", "\"QS21\""),
        ("keywords", "[\"政策宣讲会\"]"),
        ("hold", "\"48h\"\nonce_per = \"60d\""),
    ];
    bureau.write("autumn.toml", &rewritten(&first, &autumn), 0o644);
    let all = "[\"event.toml\", \"market.toml\", \"autumn.toml\"]";
    bureau.change("baoming.toml", "[\"event.toml\", \"market.toml\"]", all);
    let mut service = bureau.start();
    service.until("the market is erased", |bureau| {
        bureau.well(&["event", "list"]).contains("个人信息已清除")
    });
    let of_market = |row: &serde_json::Value| row["event"] == "market";
    let rows: Vec<_> = bureau.roster().into_iter().filter(of_market).collect();
    assert_eq!(rows.len(), 4, "the counts stay");
    assert!(rows.iter().all(|row| row.get("name").is_none()), "{rows:?}");
    let with_id = format!("我想参加政策宣讲会。\n{}身份证号：642223196902140015\n", data(2));
    post(bureau, 2, mail(2, "政策宣讲会报名", &with_id));
    post(bureau, 6, mail(6, "政策宣讲会报名", &data(6)));
    service.until_quiet(18);
    service.stop();
    assert!(newest(server, 6).contains("QS21-002"), "{}", newest(server, 6));
    assert!(newest(server, 2).contains("60天之内每人只安排一次"), "{}", newest(server, 2));
    assert_eq!(numbers(bureau, "refused"), ["QS21-001"]);
}

#[test]
fn two_events_at_once_and_a_third_after_them_live_on_one_mailbox_on_real_servers() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&users(6));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    two_open(&bureau);
    assert_eq!(server.messages(DESK, "INBOX").len(), 0);
    let mut service = bureau.start();
    told_apart(&server, &bureau, &mut service);
    told_to_all(&server, &bureau, &mut service);
    service.stop();
    one_after_the_other(&server, &bureau);
}
