//! Sample letters: every outcome, with and without what may be missing. Templates are checked with
//! them when they are loaded, so that a mistake shows at start and not in a citizen's letter.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::compose::{Page, Saying, template};
use super::page::{PageView, PersonView};
use super::stationery::{Stationery, TemplateError};
use super::view::{EventView, ItemView};
use super::{Letter, Office, SealKey, Thread};
use crate::message::Email;
use crate::reading::field;
use crate::roster::{
    Beyond, Category, Cause, Event, Groups, Item, Life, Mode, Note, Offer, Outcome, Owed,
    Promotion, Rules, Spill, Status, Substitution, Who,
};

/// Renders every letter template with every sample.
pub(super) fn check(stationery: &Stationery) -> Result<(), TemplateError> {
    let Some(office) = office() else { return Ok(()) };
    let mut bare = event("");
    let [_, _, choice] = sample_rules(&bare);
    bare.rules = choice;
    for event in &[event("theme"), bare] {
        for letter in letters(event, &office) {
            check_names(stationery, &letter, event, &office)?;
            stationery.compose(&letter, event, &office)?;
        }
    }
    Ok(())
}

fn check_names(
    stationery: &Stationery,
    letter: &Letter,
    event: &Event,
    office: &Office,
) -> Result<(), TemplateError> {
    let shown = EventView::new(event, letter);
    for item in &letter.owed.items {
        let item_view = ItemView::new(item, event, office);
        let saying = Saying { event: &shown, item: item_view };
        stationery.check_names(template(&item.outcome), &saying)?;
        stationery.check_names("remarks.txt", &saying)?;
    }
    let people = letter.owed.items.iter();
    let people = people.map(|item| PersonView::new(item, event, "headline\nparagraph")).collect();
    let page = PageView::new(letter, event, people);
    for name in ["subject.txt", "letter.txt", "letter.html"] {
        stationery.check_names(name, Page { event: &shown, page: &page })?;
    }
    Ok(())
}

/// An invented event that has all it can have.
#[must_use]
pub(crate) fn sample_event() -> Event {
    event("示例主题")
}

/// Rules of every kind that letters and the call speak of.
#[must_use]
pub(crate) fn sample_rules(event: &Event) -> [Rules; 3] {
    let quiet = Some((jiff::civil::time(22, 0, 0, 0), jiff::civil::time(7, 0, 0, 0)));
    let offer = Some(Offer { lasts: Duration::from_hours(24), quiet });
    let last = Duration::from_hours(12);
    let who = Who {
        youngest: Some(18),
        oldest: Some(75),
        once_per: Some(365),
        per_organization: Some(3),
        per_sender: Some(5),
        beyond: Beyond::Last,
    };
    let offers = Rules {
        waitlist: Some(20),
        promotion: Promotion { offer, last, late: false },
        groups: Groups::Together,
        spill: Some(Spill { from: event.opens, to: "sample".to_owned() }),
        substitution: Substitution::Always,
        who,
        ..Rules::default()
    };
    let selection = Rules { mode: Mode::Selection { until: event.closes }, ..offers.clone() };
    [Rules::default(), offers, selection]
}

/// An event that has all it can have; an empty `theme` leaves out what may be left out.
fn event(theme: &str) -> Event {
    let at = |seconds: i64| Timestamp::from_second(1_631_493_000 + seconds).unwrap_or_default();
    Event {
        id: "sample".to_owned(),
        name: "示例局“政府开放日”".to_owned(),
        host: "示例局".to_owned(),
        theme: theme.to_owned(),
        prefix: "SL21".to_owned(),
        announced: at(-86_400),
        opens: at(0),
        closes: at(864_000),
        takes_place: at(1_209_600),
        lasts: Duration::from_hours(3),
        place: "示例大厅".to_owned(),
        contact: "综合办公室".to_owned(),
        telephone: "0954-0000000".to_owned(),
        pledge: theme.to_owned(),
        keywords: Vec::new(),
        categories: vec![Category {
            id: "sample".to_owned(),
            name: "示例代表".to_owned(),
            quota: 1,
            words: Vec::new(),
            allow: None,
        }],
        default_category: None,
        required: vec![field::NAME.to_owned(), field::PHONE.to_owned()],
        field_names: std::collections::BTreeMap::new(),
        rules: Rules::default(),
        zone: TimeZone::fixed(jiff::tz::offset(8)),
        life: Life {
            bureau: String::new(),
            email: Email::parse("office@example.org"),
            form: vec![field::ORGANIZATION.to_owned()],
            erase_after: Some(Duration::from_hours(90 * 24)),
            ..Life::default()
        },
    }
}

fn office() -> Option<Office> {
    let email = Email::parse("office@example.org")?;
    Some(Office::new(email, "示例局", SealKey::new([0; 32])))
}

/// One letter for each outcome, complete and bare, one with all of them, one with nobody.
fn letters(event: &Event, office: &Office) -> Vec<Letter> {
    let items = outcomes(event).into_iter().flat_map(|outcome| {
        let full = Item {
            number: Some(event.number(7)),
            name: Some("马希文".to_owned()),
            category: Some("sample".to_owned()),
            outcome: outcome.clone(),
            notes: vec!["另有说明。".to_owned()],
            remarks: remarks(event),
        };
        [full, Item::whole(outcome)]
    });
    let items = items.collect::<Vec<_>>();
    let singles = items.iter().map(|item| vec![item.clone()]);
    let lists = singles.chain([items.clone(), Vec::new()]);
    let messages = lists.zip(0..).filter_map(|(items, turn)| {
        let cause = if turn % 2 == 0 {
            Cause::Message("sample".to_owned())
        } else {
            Cause::Lapse(event.number(7))
        };
        let owed =
            Owed { cause, to: Email::parse("somebody@example.org")?, items, not_before: None };
        // The last letters are written after the closing: what they say of it changes.
        let written = if turn < 3 { event.opens } else { event.closes };
        let letter = Letter::new(office, &event.id, owed, written);
        let subject = (turn % 2 == 0).then(|| "报名".to_owned());
        let thread = Thread { subject, in_reply_to: None, references: Vec::new() };
        Some(letter.answering(thread, Some("马希文".to_owned())))
    });
    messages.collect()
}

/// Everything that can be added to an outcome.
fn remarks(event: &Event) -> Vec<Note> {
    let category = "sample".to_owned();
    vec![
        Note::Kept { position: Some(2) },
        Note::Kept { position: None },
        Note::Offer { until: event.closes },
        Note::Listed { told: event.closes },
        Note::Anew,
        Note::Spilled { category: category.clone() },
        Note::OtherWish { category: category.clone() },
        Note::BothLines { category: category.clone(), position: 1 },
        Note::Together,
        Note::Lacks { fields: vec![field::PHONE.to_owned()] },
        Note::Replaced,
        Note::Changed { fields: vec![field::PHONE.to_owned()] },
        Note::Stays { category },
    ]
}

/// Every outcome, those with parts that may be missing both ways.
fn outcomes(event: &Event) -> Vec<Outcome> {
    let missing = || vec![field::NAME.to_owned(), field::PHONE.to_owned()];
    let already = |status, position| Outcome::Already { status, position };
    let before = || (event.takes_place, event.place.clone());
    let moved = |status| Outcome::Moved { status, before: before() };
    let standing = |status, position| Outcome::Standing { status, position };
    let mut all = vec![
        Outcome::Lapsed { missing: missing() },
        Outcome::Confirmed,
        Outcome::Waitlisted { position: 1 },
        Outcome::LastInLine { position: 3, reason: "示例".to_owned() },
        Outcome::NotEligible { reason: "示例。".to_owned() },
        Outcome::Incomplete { missing: missing(), until: Some(event.closes) },
        Outcome::Incomplete { missing: missing(), until: None },
        Outcome::UnderReview { advice: vec!["请寄来报名表。".to_owned()], kept: true },
        Outcome::UnderReview { advice: Vec::new(), kept: false },
        already(Status::Confirmed, None),
        already(Status::Waitlisted, Some(2)),
        already(Status::Waitlisted, None),
        already(Status::Incomplete, None),
        already(Status::Review, None),
        already(Status::Cancelled, None),
        already(Status::Refused, None),
        standing(Status::Confirmed, None),
        standing(Status::Waitlisted, Some(2)),
        standing(Status::Waitlisted, None),
        standing(Status::Incomplete, None),
        standing(Status::Review, None),
        standing(Status::Cancelled, None),
        standing(Status::Refused, None),
        Outcome::Cancelled,
        Outcome::Promoted,
        Outcome::Offered { until: event.closes },
        Outcome::OfferExpired,
        Outcome::Listed { told: event.closes },
        Outcome::NotChosen,
        Outcome::LineFull,
        Outcome::TooLate { missing: missing() },
        Outcome::Corrected { status: Status::Confirmed, position: None },
        Outcome::Corrected { status: Status::Waitlisted, position: Some(2) },
        Outcome::CalledOff { reason: "示例".to_owned() },
        Outcome::CalledOff { reason: String::new() },
        moved(Status::Confirmed),
        moved(Status::Waitlisted),
        moved(Status::Review),
        Outcome::Reminder,
        Outcome::WhichEvent { events: vec![(event.name.clone(), event.takes_place)] },
        Outcome::NotYetOpen,
        Outcome::Closed { early: None },
        Outcome::Closed { early: Some(event.opens) },
        Outcome::Rejected { reason: "示例".to_owned() },
        Outcome::Rejected { reason: String::new() },
        Outcome::Passed,
    ];
    // Once more at the end: the first one is written while registration is open, this one after.
    all.push(Outcome::Lapsed { missing: missing() });
    all
}
