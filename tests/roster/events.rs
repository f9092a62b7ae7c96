//! Which of several events a message means.

use std::collections::BTreeMap;

use baoming::roster::*;

use crate::roll::*;

fn spring() -> Event {
    Event {
        id: "spring".to_owned(),
        name: "营商环境座谈会".to_owned(),
        prefix: "YS21".to_owned(),
        keywords: vec!["座谈会".to_owned()],
        ..event()
    }
}

fn over() -> Event {
    let (opens, closes) = (at("2021-03-01T08:00:00+08:00"), at("2021-03-10T08:00:00+08:00"));
    Event { announced: opens, opens, closes, takes_place: closes, ..spring() }
}

fn chosen(events: &[Event], time: &str, numbers: &[&str], words: &str) -> (String, bool) {
    let numbers: Vec<_> = numbers.iter().map(|number| (*number).to_owned()).collect();
    let states = &BTreeMap::new();
    let (arrived, tags, home) = (at(time), &[][..], None);
    let facts = Facts { arrived, numbers: &numbers, tags, home, states, words };
    let picked = pick(events, &facts).unwrap();
    (picked.event.id.clone(), picked.doubt.is_none())
}

#[test]
fn the_number_decides_then_the_words_then_which_one_is_open() {
    let now = "2021-09-14T08:00:00+08:00";
    let open = "xiji-open-day".to_owned();
    let both = [event(), spring()];
    assert_eq!(chosen(&both, now, &["YS21-003"], "政府开放日"), ("spring".to_owned(), true));
    assert_eq!(chosen(&[over(), event()], now, &[], "座谈会"), (open.clone(), true));
    assert_eq!(chosen(&both, now, &[], "我想参加座谈会"), ("spring".to_owned(), true));
    assert_eq!(chosen(&both, now, &[], "我要报名"), (open.clone(), false));
    assert_eq!(chosen(&[event()], "2020-01-01T00:00:00Z", &[], ""), (open, true));
    let (arrived, states) = (at(now), &BTreeMap::new());
    let nothing = Facts { arrived, numbers: &[], tags: &[], home: None, states, words: "" };
    assert_eq!(pick(&[], &nothing), None);
}

#[test]
fn whoever_names_an_event_means_that_one_and_not_another_that_happens_to_be_open() {
    let now = "2021-09-14T08:00:00+08:00";
    let (earlier, later) = ("2021-09-13T09:00:00+08:00", "2021-09-20T09:00:00+08:00");
    let closed = Event { closes: at(earlier), ..spring() };
    let announced = Event { opens: at(later), ..spring() };
    for other in [closed, announced] {
        let both = [event(), other];
        assert_eq!(chosen(&both, now, &[], "我想参加座谈会"), ("spring".to_owned(), true));
        assert_eq!(chosen(&both, now, &[], "我要报名"), ("xiji-open-day".to_owned(), true));
        let two = "座谈会没赶上，报名参加政府开放日";
        assert_eq!(chosen(&both, now, &[], two), ("xiji-open-day".to_owned(), true));
        let (numbers, tags, home) = (&[][..], &[][..], Some("xiji-open-day"));
        let words = "取消座谈会的报名";
        let states = &BTreeMap::new();
        let facts = Facts { arrived: at(now), numbers, tags, home, states, words };
        let picked = pick(&both, &facts).unwrap();
        assert_eq!(
            picked.event.id, "spring",
            "nobody loses a place at an event that was not meant"
        );
    }
}

#[test]
fn between_events_the_one_that_is_announced_or_not_yet_over_is_meant() {
    let after_closing = "2021-09-26T08:00:00+08:00";
    assert_eq!(
        chosen(&[over(), event()], after_closing, &[], ""),
        ("xiji-open-day".to_owned(), true)
    );
}

#[test]
fn an_event_that_the_staff_closed_early_is_not_meant_by_a_mail_that_names_none() {
    let closed = |from, until| Closure { from: at(from), until, order: "c1".to_owned() };
    let early = closed("2021-09-13T12:00:00+08:00", Some(at("2021-09-15T08:00:00+08:00")));
    let state = State { closures: vec![early], ..State::default() };
    let states = &BTreeMap::from([("spring".to_owned(), state)]);
    let both = [event(), spring()];
    let sure = |time: &str| {
        let (arrived, words) = (at(time), "我要报名");
        let facts = Facts { arrived, numbers: &[], tags: &[], home: None, states, words };
        pick(&both, &facts).unwrap().doubt.is_none()
    };
    assert!(sure("2021-09-14T08:00:00+08:00"), "only the other one is open");
    assert!(!sure("2021-09-13T11:59:59+08:00") && !sure("2021-09-15T08:00:00+08:00"));
}
