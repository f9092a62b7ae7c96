//! What the demo reads, decides and answers, against `src/command/demo/mail/truth.csv`.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{DEMO, baoming, files};

const MAIL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/command/demo/mail");

/// What a command prints about what the demo left, one JSON object a line.
fn told(command: &[&str]) -> Vec<Value> {
    let settings = DEMO.dir.path().join("baoming.toml");
    let mut arguments = vec!["--config", settings.to_str().unwrap()];
    arguments.extend(command);
    let done = baoming(&arguments);
    let lines = String::from_utf8(done.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A line of the truth: one person of one message. The columns by their names.
type Line = BTreeMap<&'static str, &'static str>;

fn truth() -> Vec<Line> {
    let mut lines = include_str!("../../src/command/demo/mail/truth.csv").lines();
    let names: Vec<_> = lines.next().unwrap().split(',').collect();
    lines.map(|line| names.iter().copied().zip(line.split(',')).collect()).collect()
}

/// The truth of each message, in the order of arrival.
fn messages() -> BTreeMap<&'static str, Vec<Line>> {
    let mut messages = BTreeMap::<_, Vec<_>>::new();
    for line in truth() {
        messages.entry(line["message"]).or_default().push(line);
    }
    messages
}

/// Every difference is collected, so that one run tells all of them.
#[test]
fn every_mail_is_read_as_its_truth_says() {
    let lines = told(&["parse", "--json", MAIL]);
    let stem = |file: &Value| {
        let name = Path::new(file.as_str().unwrap()).file_name().unwrap().to_str().unwrap();
        name.trim_end_matches(".eml").to_owned()
    };
    let read: BTreeMap<_, _> = lines.iter().map(|line| (stem(&line["file"]), line)).collect();
    let mut wrong = Vec::new();
    for (message, truth) in messages() {
        let line = read[message];
        if line["kind"] != truth[0]["kind"] {
            wrong.push(format!("{message}: kind {} for {}", line["kind"], truth[0]["kind"]));
        }
        let doubted = truth.iter().any(|line| !line["doubt"].is_empty());
        if line["review"] != doubted {
            wrong.push(format!("{message}: review {} ({})", line["review"], line["reasons"]));
        }
        let columns = ["name", "phone", "id_number", "category"];
        let stated = |line: &Line| {
            let stated = columns.iter().map(|name| (*name, line[name].to_owned()));
            stated.filter(|(_, value)| !value.is_empty()).collect::<BTreeMap<_, _>>()
        };
        let expected: Vec<_> =
            truth.iter().map(stated).filter(|person| !person.is_empty()).collect();
        let found = |person: &Value| {
            let value = |name: &str| Some(person[name].as_str()?.to_owned());
            columns.iter().filter_map(|name| Some((*name, value(name)?))).collect()
        };
        let got: Vec<BTreeMap<_, _>> =
            line["applicants"].as_array().unwrap().iter().map(found).collect();
        if got != expected {
            wrong.push(format!("{message}: {got:?}\n    for {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn in_the_end_everybody_stands_as_the_truth_says() {
    let rows = told(&["list", "--json"]);
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let got: BTreeSet<_> = rows
        .iter()
        .map(|row| [text(row, "number"), text(row, "name"), text(row, "status")])
        .collect();
    let numbered = truth().into_iter().filter(|line| !line["number"].is_empty());
    let expected: BTreeSet<_> = numbered
        .map(|line| [line["number"], line["name"], line["finally"]].map(str::to_owned))
        .collect();
    let (extra, lacking) = (got.difference(&expected), expected.difference(&got));
    let (extra, lacking): (Vec<_>, Vec<_>) = (extra.collect(), lacking.collect());
    assert!(extra.is_empty() && lacking.is_empty(), "extra {extra:?}\nlacking {lacking:?}");
}

#[test]
fn every_mail_is_answered_with_the_headline_that_its_truth_says() {
    // The moment in a letter's file name is that of the mail which it answers.
    let mut got = BTreeSet::new();
    for file in files("letters") {
        let raw = fs::read(&file).unwrap();
        let mail = mail_parser::MessageParser::default().parse(&raw).unwrap();
        let to = mail.to().unwrap().first().unwrap().address().unwrap().to_lowercase();
        let headline = mail.subject().unwrap().split_inclusive('】').next().unwrap().to_owned();
        let name = file.file_name().unwrap().to_str().unwrap();
        let at = name.split('.').next().unwrap().to_owned();
        got.insert((at, to, headline));
    }
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
    let opens: i64 = 1_631_493_000;
    let mut lacking = Vec::new();
    for (message, lines) in messages() {
        let answers: BTreeSet<_> =
            lines.iter().map(|line| line["answer"].split(':').next().unwrap()).collect();
        let headline = match answers.iter().copied().collect::<Vec<_>>()[..] {
            ["none"] => continue,
            [answer] => headline(answer),
            _ => "【办理结果】",
        };
        let seconds: i64 = message.split('.').next().unwrap().parse().unwrap();
        let at = jiff::Timestamp::from_second(seconds.max(opens)).unwrap().to_zoned(zone.clone());
        let at = at.strftime("%Y%m%d-%H%M%S").to_string();
        let letter = (at, lines[0]["from"].to_owned(), headline.to_owned());
        if !got.remove(&letter) {
            lacking.push(letter);
        }
    }
    // What is left are digests, and letters that no mail asked for.
    got.retain(|(_, _, headline)| {
        !matches!(headline.as_str(), "【报名日报】" | "【候补成功】" | "【登记已失效】")
    });
    assert!(lacking.is_empty() && got.is_empty(), "lacking {lacking:?}\nextra {got:?}");
}

fn headline(answer: &str) -> &'static str {
    match answer {
        "confirmed" => "【报名成功】",
        "waitlisted" => "【已列入候补】",
        "incomplete" => "【请补充资料】",
        "review" => "【正在核实】",
        "already" => "【此前已经报名】",
        "cancelled" => "【报名已取消】",
        "not_yet_open" => "【报名尚未开始】",
        "closed" => "【报名已截止】",
        "passed" => "【来信已转工作人员】",
        "corrected" => "【登记内容已更正】",
        other => panic!("the truth has an answer that is unknown here: {other}"),
    }
}
