//! Who may register, and how many of one unit or sender.

use baoming::reading::Kind;
use baoming::roster::*;

use crate::roll::*;

/// A person with more values than a name and a telephone.
fn with(n: u64, more: &[(&str, &str)]) -> Person {
    let mut person = someone(n);
    person.extend(crate::roll::person(more));
    person
}

/// The `n`-th person's registration with these values besides, from an own address.
fn asks_with(n: u64, more: &[(&str, &str)]) -> Request {
    mail(Kind::Registration, &format!("p{n}@163.com"), n, &[with(n, more)])
}

fn add(person: Person) -> OrderKind {
    OrderKind::Add { channel: Channel::Phone, person, email: None, away: false }
}

/// The only outcome, with what the letter says besides.
fn told(verdict: &Verdict) -> (Outcome, String) {
    let item = &verdict.letters[0].items[0];
    (item.outcome.clone(), item.notes.concat())
}

fn listed(name: &str, phone: Option<&str>, id_number: Option<&str>) -> Listed {
    let text = |value: Option<&str>| value.map(str::to_owned);
    Listed { name: name.to_owned(), phone: text(phone), id_number: text(id_number) }
}

/// Supervisors are 马1, 马2 with a telephone, and 马3 with an identity number.
fn appointed(otherwise: Option<&str>) -> Roll {
    let mut event = event();
    event.categories[0].allow = Some(Allow {
        people: vec![
            listed("马1", None, None),
            listed("马2", Some("139-0954-0002"), None),
            listed("马3", None, Some("64222319900102123x")),
        ],
        otherwise: otherwise.map(str::to_owned),
    });
    Roll::new(event)
}

const SUPERVISOR: (&str, &str) = ("category", "supervisor");

#[test]
fn who_is_on_the_list_may_claim_its_category() {
    for more in [&[SUPERVISOR][..], &[SUPERVISOR, ("id_number", "642223199001021234")]] {
        let mut roll = appointed(None);
        roll.decide(&asks_with(1, more));
        assert_eq!(roll.standing(), [(1, Status::Confirmed)]);
        assert_eq!(roll.nth(1).category.as_deref(), Some("supervisor"));
    }
    let mut roll = appointed(None);
    roll.decide(&asks_with(2, &[SUPERVISOR]));
    roll.decide(&asks_with(3, &[SUPERVISOR, ("id_number", "64222319900102123X")]));
    assert_eq!(roll.tally("supervisor").confirmed, 2, "telephone and number are compared as such");
}

#[test]
fn a_claim_that_is_not_on_the_list_goes_to_a_person_and_keeps_a_place_meanwhile() {
    let mut roll = appointed(None);
    let verdict = roll.decide(&asks_with(9, &[SUPERVISOR]));
    assert_eq!(roll.standing(), [(1, Status::Review)]);
    assert_eq!(roll.tally("supervisor").reserved, 1);
    assert_eq!(verdict.tasks[0].reasons, ["不在“政务公开义务监督员”名单内"]);
    let Outcome::UnderReview { advice, kept: true } = told(&verdict).0 else {
        panic!("{verdict:?}")
    };
    assert_eq!(advice, ["“政务公开义务监督员”只面向名单内的人员，需要核对名单。"]);
    // Whoever looks may still take it.
    let set = Person::new();
    roll.direct(&order(20, OrderKind::Approve { number: "XJ21-001".to_owned(), set })).unwrap();
    assert_eq!(roll.tally("supervisor").confirmed, 1);
}

#[test]
fn a_claim_that_is_not_on_the_list_counts_for_the_other_category_where_that_is_configured() {
    let mut roll = appointed(Some("representative"));
    let verdict = roll.decide(&asks_with(9, &[SUPERVISOR]));
    assert_eq!(roll.nth(1).category.as_deref(), Some("representative"));
    assert_eq!(verdict.steps[0].why, "not-listed");
    let (outcome, notes) = told(&verdict);
    assert_eq!(outcome, Outcome::Confirmed);
    assert!(notes.contains("已按“企业及群众代表”登记"), "{notes}");
    // Whom the clerk has put on the list since, gets the category that was claimed.
    let claim = || OrderKind::Change { number: "XJ21-001".into(), set: person(&[SUPERVISOR]) };
    let refused = roll.direct(&order(20, claim())).unwrap_err().to_string();
    assert!(refused.contains("名单里没有此人"), "{refused}");
    let allow = roll.event.categories[0].allow.as_mut().unwrap();
    allow.people.push(listed("马9", None, None));
    roll.direct(&order(21, claim())).unwrap();
    assert_eq!(roll.tally("supervisor").confirmed, 1);
    let mut roll = appointed(Some("representative"));
    roll.decide(&asks(9));
    // The other category is full: it waits there.
    (10..=11).for_each(|n| drop(roll.decide(&asks(n))));
    let verdict = roll.decide(&asks_with(12, &[SUPERVISOR]));
    assert_eq!(told(&verdict).0, Outcome::Waitlisted { position: 1 });
    assert_eq!(roll.tally("supervisor"), Tally::default());
}

#[test]
fn a_name_on_the_list_with_another_telephone_or_identity_number_goes_to_a_person() {
    for otherwise in [None, Some("representative")] {
        let mut roll = appointed(otherwise);
        let mut other = with(2, &[SUPERVISOR]);
        other.extend(person(&[("phone", "13909549999")]));
        let verdict = roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[other]));
        assert!(verdict.tasks[0].reasons[0].contains("与名单不一致"), "{verdict:?}");
        roll.decide(&asks_with(3, &[SUPERVISOR, ("id_number", "642223199001021234")]));
        assert_eq!(roll.standing(), [(1, Status::Review), (2, Status::Review)]);
    }
}

#[test]
fn the_list_is_asked_again_when_an_answer_brings_what_was_missing() {
    let mut roll = appointed(None);
    let name = person(&[("name", "马2"), SUPERVISOR]);
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[name]));
    let answer = person(&[("phone", "13909549999")]);
    roll.decide(&mail(Kind::Registration, "a@163.com", 2, &[answer]));
    assert_eq!(roll.standing(), [(1, Status::Review)]);
    // A name that comes later is looked for then.
    let mut roll = appointed(Some("representative"));
    let phone = person(&[("phone", "13909540009"), SUPERVISOR]);
    roll.decide(&mail(Kind::Registration, "b@163.com", 1, &[phone]));
    let verdict =
        roll.decide(&mail(Kind::Registration, "b@163.com", 2, &[person(&[("name", "马9")])]));
    assert_eq!(roll.nth(1).category.as_deref(), Some("representative"));
    assert!(told(&verdict).1.contains("没有查到您的姓名"));
}

#[test]
fn the_telephone_and_the_counter_are_held_to_the_list_too() {
    let mut roll = appointed(None);
    let verdict = roll.direct(&order(1, add(with(9, &[SUPERVISOR])))).unwrap();
    assert_eq!((verdict.steps[0].why, verdict.tasks.len()), ("in-doubt", 1));
    roll.direct(&order(2, add(with(1, &[])))).unwrap();
    let set = person(&[SUPERVISOR]);
    roll.direct(&order(3, OrderKind::Change { number: "XJ21-002".into(), set })).unwrap();
    roll.direct(&order(4, add(with(8, &[])))).unwrap();
    let set = person(&[SUPERVISOR]);
    let refused = roll.direct(&order(5, OrderKind::Change { number: "XJ21-003".into(), set }));
    assert!(refused.unwrap_err().to_string().contains("请核对名单"));
    let expected = [(1, Status::Review), (2, Status::Confirmed), (3, Status::Confirmed)];
    assert_eq!(roll.standing(), expected);
}

/// From 18 to 70 on the day of the event, 2021-09-28.
fn aged() -> Roll {
    let mut event = event();
    event.rules.who.youngest = Some(18);
    event.rules.who.oldest = Some(70);
    Roll::new(event)
}

#[test]
fn ages_count_on_the_day_of_the_event_and_an_unknown_age_is_nobodys_fault() {
    let cases = [
        ("642223200309281234", Status::Confirmed),
        ("642223200309291234", Status::Refused),
        ("642223195009291234", Status::Confirmed),
        ("642223195009281234", Status::Refused),
    ];
    for (id_number, status) in cases {
        let mut roll = aged();
        roll.decide(&asks_with(1, &[("id_number", id_number)]));
        assert_eq!(roll.nth(1).status, status, "{id_number}");
    }
    let mut roll = aged();
    roll.decide(&asks(1));
    roll.decide(&asks_with(2, &[("birth_date", "2010年1月2日")]));
    assert_eq!(roll.standing(), [(1, Status::Confirmed), (2, Status::Refused)]);
}

#[test]
fn who_is_turned_away_by_a_rule_is_told_which_and_asks_again_in_vain() {
    let mut roll = aged();
    let young = [("id_number", "642223201001021234")];
    let verdict = roll.decide(&asks_with(1, &young));
    let reason = "本次活动要求参加人在活动当天年满18周岁。".to_owned();
    assert_eq!(told(&verdict).0, Outcome::NotEligible { reason });
    assert_eq!((verdict.steps[0].why, verdict.tasks.len()), ("too-young", 0));
    assert_eq!(roll.tally("representative"), Tally::default(), "it takes no place");
    let mut again = asks_with(1, &young);
    again.cause = Cause::Message("m2".to_owned());
    let verdict = roll.decide(&again);
    assert_eq!((verdict.steps.len(), roll.all.len()), (0, 1));
    assert_eq!(verdict.letters[0].items[0].number.as_deref(), Some("XJ21-001"));
    // Somebody older with the same telephone is somebody else.
    roll.decide(&asks_with(1, &[("id_number", "642223198001021234"), ("name", "马青")]));
    assert_eq!(roll.nth(2).status, Status::Confirmed);
    let refused = roll.direct(&order(9, add(with(3, &young)))).unwrap_err().to_string();
    assert!(refused.contains("年满18周岁"), "{refused}");
}

#[test]
fn what_is_in_doubt_is_not_refused_by_a_rule() {
    let mut roll = aged();
    let mut request = asks_with(1, &[("id_number", "642223201001021234")]);
    request.junk = true;
    let verdict = roll.decide(&request);
    assert_eq!(roll.standing(), [(1, Status::Review)]);
    assert!(verdict.tasks[0].reasons.concat().contains("看来不符合条件"), "{verdict:?}");
}

#[test]
fn an_answer_that_shows_the_age_ends_the_reservation_and_the_next_gets_the_place() {
    let mut roll = aged();
    roll.event.required.push("id_number".to_owned());
    let id = |n: u64| format!("64222319800102{n:04}");
    roll.decide(&asks(1));
    for n in 2..=4 {
        roll.decide(&asks_with(n, &[("id_number", &id(n))]));
    }
    assert_eq!(roll.nth(4).status, Status::Waitlisted);
    let answer = person(&[("name", "马1"), ("id_number", "642223201001021234")]);
    roll.decide(&mail(Kind::Registration, "p1@163.com", 9, &[answer]));
    assert_eq!((roll.nth(1).status, roll.nth(4).status), (Status::Refused, Status::Confirmed));
}

/// An event once a year; somebody was at another one.
fn yearly() -> Roll {
    let mut event = event();
    event.rules.who.once_per = Some(365);
    let mut roll = Roll::new(event);
    let held = "GK21-004".to_owned();
    roll.elsewhere.id_numbers.insert("64222319900102123X".to_owned(), held.clone());
    roll.elsewhere.name_phones.insert(("马7".to_owned(), "13909540007".to_owned()), held);
    roll
}

#[test]
fn who_came_to_another_event_of_the_period_is_turned_away_by_the_identity_number() {
    let mut roll = yearly();
    let verdict = roll.decide(&asks_with(1, &[("id_number", "64222319900102123x")]));
    let (Outcome::NotEligible { reason }, _) = told(&verdict) else { panic!("{verdict:?}") };
    assert!(reason.contains("365天之内每人只安排一次"), "{reason}");
    assert!(!reason.contains("GK21-004"), "nobody is told of somebody else's registration");
    assert_eq!(verdict.steps[0].why, "came-before");
}

#[test]
fn name_and_telephone_alone_are_looked_at_by_a_person() {
    let mut roll = yearly();
    let verdict = roll.decide(&asks(7));
    assert_eq!(roll.standing(), [(1, Status::Review)]);
    assert!(verdict.tasks[0].reasons[0].contains("GK21-004"), "{verdict:?}");
    roll.decide(&asks(8));
    assert_eq!(roll.nth(2).status, Status::Confirmed);
}

#[test]
fn events_further_apart_than_the_period_do_not_count() {
    let mut now = event();
    now.rules.who.once_per = Some(365);
    let other = |id: &str, day: &str| Event {
        id: id.to_owned(),
        takes_place: at(&format!("{day}T09:00:00+08:00")),
        ..event()
    };
    assert!(now.too_soon_after(&other("spring", "2021-03-01")));
    assert!(now.too_soon_after(&other("coming", "2022-03-01")));
    assert!(!now.too_soon_after(&other("long ago", "2020-09-01")));
    assert!(!now.too_soon_after(&other(&event().id, "2021-03-01")), "itself");
    assert!(!event().too_soon_after(&other("spring", "2021-03-01")), "nobody asked");
}

/// Two of one village, three from one address.
fn limited(beyond: Beyond) -> Roll {
    let mut event = event();
    event.rules.who.per_organization = Some(2);
    event.rules.who.per_sender = Some(3);
    event.rules.who.beyond = beyond;
    event.categories[1].quota = 4;
    Roll::new(event)
}

const VILLAGE: (&str, &str) = ("organization", "震湖乡 王堡村");

#[test]
fn who_is_beyond_a_limit_stands_behind_everybody_who_registers_in_time() {
    let mut roll = limited(Beyond::Last);
    (1..=2).for_each(|n| drop(roll.decide(&asks_with(n, &[VILLAGE]))));
    let verdict = roll.decide(&asks_with(3, &[("organization", "震湖乡王堡村")]));
    let reason = "同一单位的登记已达到2人的限额".to_owned();
    assert_eq!(told(&verdict).0, Outcome::LastInLine { position: 1, reason });
    assert_eq!(verdict.steps[0].why, "organization-limit");
    // Places are free, and others get them; a place that is given back does not change that.
    (4..=5).for_each(|n| drop(roll.decide(&asks(n))));
    let verdict = roll.decide(&asks(6));
    assert_eq!(told(&verdict).0, Outcome::Waitlisted { position: 1 }, "before the one beyond");
    roll.decide(&mail(Kind::Cancellation, "p4@163.com", 7, &[]));
    assert_eq!(roll.nth(6).status, Status::Confirmed);
    roll.decide(&mail(Kind::Cancellation, "p5@163.com", 8, &[]));
    assert_eq!(roll.nth(3).status, Status::Waitlisted, "registration is still open");
}

#[test]
fn after_closing_those_beyond_a_limit_are_served_in_the_order_of_arrival() {
    let mut roll = limited(Beyond::Last);
    (1..=4).for_each(|n| drop(roll.decide(&asks_with(n, &[VILLAGE]))));
    roll.decide(&asks(5));
    assert_eq!(roll.tally("representative").waiting, 2);
    assert!(!roll.event.serves_last(&State::default(), at("2021-09-24T17:29:59+08:00")));
    assert!(roll.event.serves_last(&State::default(), roll.event.closes));
    assert!(
        !event().serves_last(&State::default(), event().closes),
        "where nothing is limited nobody waits so"
    );
    let wants = Wants::of_places(9);
    let slice = roll.board(&wants).select(&roll.event, &wants);
    let verdict = fill(&roll.event, slice, "closing", roll.event.closes);
    roll.write(&verdict);
    assert_eq!((roll.nth(3).status, roll.nth(4).status), (Status::Confirmed, Status::Waitlisted));
    assert_eq!(verdict.steps[0].why, "first-in-line");
}

#[test]
fn where_nobody_waits_who_is_beyond_a_limit_gets_nothing_whenever_the_mail_is_read() {
    let late = at("2021-09-25T09:00:00+08:00");
    for read in [None, Some(late)] {
        let mut roll = limited(Beyond::Last);
        roll.event.rules.waitlist = Some(0);
        (1..=2).for_each(|n| drop(roll.decide(&asks_with(n, &[VILLAGE]))));
        let third = asks_with(3, &[VILLAGE]);
        let verdict = roll.decide_at(&third, read.unwrap_or(third.arrived.arrived));
        assert_eq!(outcomes(&verdict), [Outcome::LineFull], "read at {read:?}");
        assert_eq!(roll.tally("representative").waiting, 0);
    }
}

#[test]
fn who_is_beyond_a_limit_stays_behind_everybody_in_another_category_too() {
    let mut roll = limited(Beyond::Last);
    (1..=3).for_each(|n| drop(roll.decide(&asks_with(n, &[VILLAGE]))));
    let wish = person(&[("name", "马3"), ("category", "supervisor")]);
    let verdict = roll.decide(&mail(Kind::Change, "p3@163.com", 4, &[wish]));
    let reason = "同一单位的登记已达到2人的限额".to_owned();
    assert_eq!(told(&verdict).0, Outcome::LastInLine { position: 1, reason });
    assert_eq!(roll.nth(3).category.as_deref(), Some("supervisor"));
    assert_eq!(roll.nth(3).status, Status::Waitlisted, "places are free, and kept for others");
}

#[test]
fn one_address_registers_so_many_and_no_more() {
    let mut roll = limited(Beyond::Last);
    let people: Vec<_> = (1..=4).map(someone).collect();
    let verdict = roll.decide(&mail(Kind::Registration, "a@163.com", 1, &people));
    let reason = "同一邮箱的登记已达到3人的限额".to_owned();
    assert_eq!(
        outcomes(&verdict)[..3],
        [Outcome::Confirmed, Outcome::Confirmed, Outcome::Confirmed]
    );
    assert_eq!(outcomes(&verdict)[3], Outcome::LastInLine { position: 1, reason });
}

#[test]
fn beyond_a_limit_a_person_decides_where_that_is_configured() {
    let mut roll = limited(Beyond::Review);
    (1..=3).for_each(|n| drop(roll.decide(&asks_with(n, &[VILLAGE]))));
    assert_eq!(roll.nth(3).status, Status::Review);
    assert!(roll.tasks[0].reasons[0].contains("已达到2人的限额"));
}

#[test]
fn a_place_that_is_given_back_lets_the_next_one_of_the_village_in() {
    let mut roll = limited(Beyond::Last);
    (1..=2).for_each(|n| drop(roll.decide(&asks_with(n, &[VILLAGE]))));
    roll.decide(&mail(Kind::Cancellation, "p1@163.com", 3, &[]));
    roll.decide(&asks_with(4, &[VILLAGE]));
    assert_eq!(roll.nth(3).status, Status::Confirmed);
}

#[test]
fn who_names_the_village_only_when_asked_again_is_counted_all_the_same() {
    let mut roll = limited(Beyond::Last);
    roll.event.required.push("organization".to_owned());
    (1..=2).for_each(|n| drop(roll.decide(&asks_with(n, &[VILLAGE]))));
    roll.decide(&asks(3));
    assert_eq!(roll.tally("representative").reserved, 1);
    let verdict = roll.decide(&mail(Kind::Registration, "p3@163.com", 4, &[person(&[VILLAGE])]));
    assert!(matches!(outcomes(&verdict)[..], [Outcome::LastInLine { .. }]), "{verdict:?}");
    assert_eq!(roll.tally("representative").reserved, 0);
    // Two who complete theirs are within the limit: nobody counts twice.
    let mut roll = limited(Beyond::Last);
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[person(&[("name", "马1"), VILLAGE])]));
    roll.decide(&asks_with(2, &[VILLAGE]));
    roll.decide(&mail(
        Kind::Registration,
        "a@163.com",
        3,
        &[person(&[("name", "马1"), ("phone", "13909540001")])],
    ));
    assert_eq!(roll.standing(), [(1, Status::Confirmed), (2, Status::Confirmed)]);
}

#[test]
fn nobody_gets_past_a_limit_or_a_rule_by_correcting_what_was_said() {
    let mut roll = limited(Beyond::Last);
    roll.event.rules.who.youngest = Some(18);
    (1..=2).for_each(|n| drop(roll.decide(&asks_with(n, &[VILLAGE]))));
    roll.decide(&asks_with(3, &[("organization", "马莲乡")]));
    let corrects = |uid, said| mail(Kind::Change, "p3@163.com", uid, &[person(&[said])]);
    for (said, why) in [(VILLAGE, "超过限额"), (("id_number", "642223200809290017"), "报名条件")]
    {
        let verdict = roll.decide(&corrects(4, said));
        assert!(verdict.steps.is_empty(), "{said:?}");
        assert!(verdict.tasks[0].reasons[0].contains(why), "{:?}", verdict.tasks);
    }
    roll.decide(&corrects(5, ("organization", "吉强镇")));
    assert_eq!(roll.nth(3).get("organization"), Some("吉强镇"));
}

#[test]
fn who_gives_up_a_seat_for_a_limit_finds_the_line_full_like_anybody_else() {
    let mut roll = limited(Beyond::Last);
    roll.event.required.push("organization".to_owned());
    roll.event.rules.waitlist = Some(1);
    (1..=2).for_each(|n| drop(roll.decide(&asks_with(n, &[VILLAGE]))));
    roll.decide(&asks(3));
    roll.decide(&asks_with(4, &[("organization", "马莲乡")]));
    roll.decide(&asks_with(5, &[VILLAGE]));
    assert_eq!(roll.tally("representative").waiting, 1, "the line is full");
    let verdict = roll.decide(&mail(Kind::Registration, "p3@163.com", 6, &[person(&[VILLAGE])]));
    assert_eq!(outcomes(&verdict), [Outcome::LineFull]);
    assert_eq!(roll.tally("representative").waiting, 1);
}
