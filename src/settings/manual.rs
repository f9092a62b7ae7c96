//! The sample files are the manual: they are right as they stand, and explain every key.

use std::collections::BTreeSet;

use super::problem::Report;
use super::{KNOWN_FIELDS, Settings, Sources};

const SAMPLE: &str = include_str!("../../config/baoming.toml");
const EVENTS: [&str; 2] = [
    include_str!("../../config/xiji-open-day.toml"),
    include_str!("../../config/another-bureau.toml"),
];

/// The keys of the settings file and of the event file that a reader asks for when the sample is
/// read with these changes, and what was wrong.
fn asked(change: &[(&str, &str)]) -> (BTreeSet<String>, BTreeSet<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut text = SAMPLE.to_owned();
    for (from, to) in change {
        assert!(text.contains(from), "the sample has no {from:?}");
        text = text.replacen(from, to, 1);
    }
    let file = folder.path().join("baoming.toml");
    std::fs::write(&file, text).unwrap();
    for (name, text) in ["xiji-open-day.toml", "another-bureau.toml"].into_iter().zip(EVENTS) {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    for name in ["cur", "new"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let sources = Sources {
        file,
        environment: std::collections::HashMap::new(),
        credentials: None,
        passwords: false,
    };
    let report = Report::default();
    let settings = sources.read(&report);
    let keys = report.keys().into_iter();
    let (main, event): (Vec<_>, Vec<_>) =
        keys.partition(|(file, _)| file.ends_with("baoming.toml"));
    let said = report.into_result(settings).err().map(|problems| problems.to_string());
    // Categories and fields are told once, and so is where a password may be.
    let plain = |keys: Vec<(String, String)>| {
        let place = |c: char| c.is_ascii_digit() || "[]".contains(c);
        let once = keys.into_iter().map(|(_, key)| key.replace(place, ""));
        let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
        once.filter(|key| !["credential", "file"].contains(&last(key).as_str())).collect()
    };
    (plain(main), plain(event), said.unwrap_or_default())
}

/// `section.key` of every line that sets a key, commented out or not.
fn explained(text: &str) -> BTreeSet<String> {
    let mut section = String::new();
    let mut keys = BTreeSet::new();
    for line in text.lines() {
        let line = line.strip_prefix('#').unwrap_or(line);
        if let Some(header) = line.strip_prefix('[') {
            header.trim_matches(['[', ']']).clone_into(&mut section);
            keys.insert(section.clone());
        } else if let Some((key, _)) = line.split_once(" = ")
            && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        {
            keys.insert(if section.is_empty() { key.into() } else { format!("{section}.{key}") });
        }
    }
    keys
}

#[test]
fn the_sample_is_right_as_it_stands_and_explains_every_key_that_the_program_knows() {
    let (mut known, _, said) = asked(&[]);
    assert_eq!(said, "");
    let variants = [
        ("host = \"imap.163.com\"", "kind = \"maildir\"\npath = \".\""),
        ("host = \"smtp.163.com\"", "kind = \"folder\"\npath = \".\""),
        ("#[bureau.yunshui]", "[bureau.yunshui]\nevents = [\"xiji-open-day\"]"),
        ("#url = \"sqlite:/var/lib/baoming/baoming.db\"", "url = \"postgres://u@h/d\""),
    ];
    for variant in variants {
        known.extend(asked(&[variant]).0);
    }
    // Another bureau's sections have the keys of the first's.
    known.retain(|key| key == "bureau.yunshui.events" || !key.starts_with("bureau."));
    known.remove("bureau");
    known.remove("mailbox");
    let mut explained = explained(SAMPLE);
    explained.remove("mailbox.bureau");
    explained.retain(|key| key == "bureau.yunshui.events" || !key.starts_with("bureau."));
    assert_eq!(known, explained, "left: what the program knows; right: what the sample explains");
}

#[test]
fn the_sample_events_explain_every_key_of_an_event_file() {
    let another = ("events = [\"xiji-open-day.toml\"]", "events = [\"another-bureau.toml\"]");
    let (_, mut known, said) = asked(&[another]);
    assert_eq!(said, "");
    known.extend(asked(&[]).1);
    let labels: BTreeSet<_> = KNOWN_FIELDS.iter().map(|field| format!("labels.{field}")).collect();
    let explained: BTreeSet<_> = EVENTS.into_iter().flat_map(explained).collect();
    let missing: Vec<_> =
        known.difference(&explained).filter(|key| !labels.contains(*key)).collect();
    assert!(missing.is_empty(), "not explained: {missing:?}");
}

#[test]
fn the_event_that_is_compiled_in_is_the_notice_s() {
    let day = Settings::compiled_in().unwrap();
    let event = &day.event;
    assert_eq!((event.id.as_str(), event.number(7).as_str()), ("xiji-open-day", "XJ21-007"));
    let quotas: Vec<_> = event.categories.iter().map(|one| (one.id.as_str(), one.quota)).collect();
    assert_eq!(quotas, [("supervisor", 8), ("representative", 17)]);
    assert_eq!(event.announced, "2021-09-08T00:00:00+08:00".parse().unwrap());
    assert_eq!(event.opens, "2021-09-13T08:30:00+08:00".parse().unwrap());
    assert_eq!(event.closes, "2021-09-24T17:30:00+08:00".parse().unwrap());
    assert_eq!(event.takes_place, "2021-09-28T09:00:00+08:00".parse().unwrap());
    assert_eq!(event.required, ["name", "phone"]);
    assert_eq!(event.default_category.as_deref(), Some("representative"));
    assert_eq!((event.contact.as_str(), event.telephone.as_str()), ("综合办公室", "0954-3018118"));
    assert_eq!(day.digest_at.to_string(), "17:40:00");
    assert_eq!(event.rules.hold.as_secs(), 48 * 3600);
}
