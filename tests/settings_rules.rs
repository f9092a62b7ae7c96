//! How places are given, as an event file says it: each key is read, and refused when it is wrong with
//! the file, the key, the value and what is allowed.

mod settings_support;

use std::time::Duration;

use baoming::roster::{Groups, Mode, Offer, Rules, Spill, Substitution};
use baoming::settings::Settings;
use jiff::civil::time;
use settings_support::Folder;

const FILE: &str = "xiji-open-day.toml";

/// The notice's event with these changes, or what is said against them.
fn under(changes: &[(&str, &str)]) -> Result<Rules, String> {
    let folder = Folder::new();
    for (from, to) in changes {
        folder.change(FILE, from, to);
    }
    match folder.sources().load() {
        Ok(mut settings) => Ok(settings.days.remove(0).event.rules),
        Err(problems) => Err(problems.to_string()),
    }
}

/// What stands in the sample, and what stands there instead.
type Change = (&'static str, &'static str);

const SPILL: Change = ("#[spill]", "[spill]");
const SPILL_FROM: Change = ("#from = ", "from = ");
const SPILL_TO: Change = ("#to = \"representative\"", "to = \"representative\"");

#[test]
fn what_the_sample_says_is_what_an_event_that_says_nothing_gets() {
    assert_eq!(under(&[]).unwrap(), Rules::default());
}

#[test]
fn every_key_of_the_rules_is_read() {
    let rules = under(&[
        ("hold = \"48h\"", "hold = \"24h\""),
        ("asks = 3", "asks = 1"),
        ("sender_cap = 5", "sender_cap = 2"),
        ("#waitlist = 20", "waitlist = 0"),
        ("promotion = \"at-once\"", "promotion = \"offer\""),
        ("offer_for = \"24h\"", "offer_for = \"36h\""),
        ("#quiet_hours = ", "quiet_hours = "),
        ("last_offer = \"0s\"", "last_offer = \"12h\""),
        ("after_last_offer = \"at-once\"", "after_last_offer = \"none\""),
        ("groups = \"fit\"", "groups = \"together\""),
        ("substitution = \"review\"", "substitution = \"nobody-waits\""),
        ("#selection = ", "selection = "),
        SPILL,
        SPILL_FROM,
        SPILL_TO,
    ])
    .unwrap();
    let hours = Duration::from_hours;
    assert_eq!((rules.hold, rules.asks, rules.sender_cap), (hours(24), 1, 2));
    assert_eq!(rules.waitlist, Some(0));
    let quiet = Some((time(22, 0, 0, 0), time(7, 0, 0, 0)));
    assert_eq!(rules.promotion.offer, Some(Offer { lasts: hours(36), quiet }));
    assert_eq!((rules.promotion.last, rules.promotion.late), (hours(12), false));
    assert_eq!((rules.groups, rules.substitution), (Groups::Together, Substitution::NobodyWaits));
    let at = |text: &str| text.parse().unwrap();
    assert_eq!(rules.mode, Mode::Selection { until: at("2021-09-26T17:00:00+08:00") });
    let from = at("2021-09-22T08:30:00+08:00");
    assert_eq!(rules.spill, Some(Spill { from, to: "representative".to_owned() }));
    let always = under(&[("substitution = \"review\"", "substitution = \"always\"")]).unwrap();
    assert_eq!(always.substitution, Substitution::Always);
}

const LENGTH: &str = "a length of time from 1h to";
const MOMENT: &str = "a date and time as \"2021-09-13 08:30\"";
const BETWEEN: &str = "is not between closes and takes_place; allowed: a moment between them";

/// What stands in the sample, what stands there instead, what is said of it, and what is allowed.
const WRONG: &[(&str, &str, &str, &str)] = &[
    ("hold = \"48h\"", "hold = \"30m\"", "hold = \"30m\": ", LENGTH),
    ("hold = \"48h\"", "hold = 48", "hold = 48: ", LENGTH),
    ("asks = 3", "asks = 0", "asks = 0: ", "a whole number from 1 to 20"),
    ("sender_cap = 5", "sender_cap = 0", "sender_cap = 0: ", "a whole number from 1 to 1000"),
    ("#waitlist = 20", "waitlist = -1", "waitlist = -1: ", "from 0 to 100000"),
    ("#waitlist = 20", "waitlist = \"20\"", "waitlist = \"20\": ", "from 0 to 100000"),
    ("#waitlist = 20", "waitlist = true", "waitlist = true: ", "from 0 to 100000"),
    (
        "promotion = \"at-once\"",
        "promotion = \"offers\"",
        "promotion = \"offers\": ",
        "\"at-once\", \"offer\"",
    ),
    ("promotion = \"at-once\"", "promotion = true", "promotion = true: ", "\"at-once\""),
    ("offer_for = \"24h\"", "offer_for = \"11d\"", "offer_for = \"11d\": ", LENGTH),
    ("offer_for = \"24h\"", "offer_for = \"30m\"", "offer_for = \"30m\": ", LENGTH),
    (
        "#quiet_hours = \"22:00-07:00\"",
        "quiet_hours = \"22:00\"",
        "quiet_hours = \"22:00\": ",
        "two different times of day as \"22:00-07:00\"",
    ),
    (
        "#quiet_hours = \"22:00-07:00\"",
        "quiet_hours = \"22:00-22:00\"",
        "quiet_hours = \"22:00-22:00\": ",
        "two different times of day",
    ),
    (
        "#quiet_hours = \"22:00-07:00\"",
        "quiet_hours = \"22:00-25:00\"",
        "quiet_hours = \"22:00-25:00\": ",
        "two different times of day",
    ),
    ("last_offer = \"0s\"", "last_offer = \"-1h\"", "last_offer = \"-1h\": ", "from 0s to 720h"),
    (
        "after_last_offer = \"at-once\"",
        "after_last_offer = \"never\"",
        "after_last_offer = \"never\": ",
        "\"at-once\", \"none\"",
    ),
    ("groups = \"fit\"", "groups = \"all\"", "groups = \"all\": ", "\"fit\", \"together\""),
    (
        "substitution = \"review\"",
        "substitution = \"no\"",
        "substitution = \"no\": ",
        "\"review\", \"nobody-waits\", \"always\"",
    ),
    (
        "#selection = \"2021-09-26 17:00\"",
        "selection = \"later\"",
        "selection = \"later\": ",
        MOMENT,
    ),
    ("#selection = \"2021-09-26 17:00\"", "selection = \"2021-09-26\"", "selection = ", MOMENT),
    (
        "#selection = \"2021-09-26 17:00\"",
        "selection = \"2021-09-24 17:29\"",
        "selection = \"2021-09-24 17:29\": ",
        BETWEEN,
    ),
    (
        "#selection = \"2021-09-26 17:00\"",
        "selection = \"2021-09-28 09:01\"",
        "selection = \"2021-09-28 09:01\": ",
        BETWEEN,
    ),
    ("#waitlist = 20", "waitlst = 20", "waitlst = 20: unknown key, did you mean \"waitlist\"?", ""),
];

#[test]
fn every_wrong_value_is_refused_with_file_key_value_and_what_is_allowed() {
    for (from, to, says, allowed) in WRONG {
        let said = under(&[(from, to)]).unwrap_err();
        let expected = format!("{FILE}: {says}");
        let (_, rest) = said.split_once(&expected).unwrap_or_else(|| panic!("{to}: {said}"));
        assert!(rest.contains("allowed: ") && rest.contains(allowed), "{said}");
    }
}

#[test]
fn unused_places_go_to_a_category_from_a_moment_on_or_the_table_is_refused() {
    let to = |line: &'static str| ("#to = \"representative\"", line);
    let from = |line: &'static str| ("#from = \"2021-09-22 08:30\"", line);
    let cases: [(&[Change], &str, &str); 5] = [
        (&[SPILL], "spill: is not complete", "allowed: from and to"),
        (&[SPILL, SPILL_FROM], "is not complete", "allowed: from and to"),
        (
            &[SPILL, SPILL_FROM, to("to = \"press\"")],
            "spill.to = \"press\": is no category of this event",
            "allowed: one of the categories: supervisor, representative",
        ),
        (
            &[SPILL, from("from = \"2021-09-22\""), SPILL_TO],
            "spill.from = \"2021-09-22\": ",
            "a date and time as",
        ),
        (
            &[SPILL, SPILL_FROM, to("to = \"representative\"\nuntil = 1")],
            "spill.until = 1: unknown key",
            "allowed: from, to",
        ),
    ];
    for (changes, says, allowed) in cases {
        let said = under(changes).unwrap_err();
        assert!(said.contains(&format!("{FILE}: ")), "{said}");
        assert!(said.contains(says) && said.contains(allowed), "{says}\n{said}");
    }
}

#[test]
fn the_rules_are_kept_with_the_settings_that_decisions_are_replayed_by() {
    let folder = Folder::new();
    for (from, to) in [
        ("promotion = \"at-once\"", "promotion = \"offer\""),
        ("#quiet_hours = ", "quiet_hours = "),
        ("groups = \"fit\"", "groups = \"together\""),
        ("#selection = ", "selection = "),
        ("#waitlist = 20", "waitlist = 7"),
        SPILL,
        SPILL_FROM,
        SPILL_TO,
    ] {
        folder.change(FILE, from, to);
    }
    let settings = folder.sources().load().unwrap();
    let kept = Settings::from_record(&settings.record()).unwrap();
    let rules = |days: &[baoming::settings::Day]| days.first().unwrap().event.rules.clone();
    assert_eq!(rules(&kept), rules(&settings.days));
    assert_ne!(rules(&kept), Rules::default());
}
