//! What follows from a message.

use jiff::Timestamp;

use super::desk::Desk;
use super::verdict::{Item, NoLetter, Outcome, TaskKind, Verdict};
use super::{Event, Registration, Request, Slice, change, identity, offer, register, withdraw};
use crate::reading::{Brief, Kind, field};

/// Decides a message: the only entrance for what citizens write. `slice` comes from
/// [`super::Board::slice`] for the same request; `arrived` decides window and order, `now` serves
/// deadlines and stamps only.
#[must_use]
pub fn decide(event: &Event, slice: Slice, request: &Request, now: Timestamp) -> Verdict {
    let mut desk = Desk::new(event, slice, request.cause.clone(), now);
    if let Some(items) = for_another(&mut desk, request).or_else(|| answered(&mut desk, request)) {
        desk.promote_all();
        reply(&mut desk, request, items);
        return desk.verdict;
    }
    match request.reading.kind {
        Kind::Registration if request.reading.brief == Some(Brief::No) => {
            inquire(&mut desk, request);
        }
        Kind::Automatic | Kind::Bounce | Kind::Bulk => {
            desk.verdict.no_letter = Some(NoLetter::Ignored);
        }
        Kind::Registration => {
            let items = register::register(&mut desk, request);
            desk.promote_all();
            reply(&mut desk, request, items);
        }
        Kind::Cancellation => {
            let items = withdraw::withdraw(&mut desk, request);
            reply(&mut desk, request, items);
        }
        Kind::Change => match change::change(&mut desk, request) {
            Ok(items) => {
                desk.promote_all();
                reply(&mut desk, request, items);
            }
            Err(why) => pass(&mut desk, request, TaskKind::Change, why),
        },
        Kind::Status => match standing(&desk, request) {
            Some(items) => reply(&mut desk, request, items),
            None => pass(&mut desk, request, TaskKind::Status, "来信询问报名情况"),
        },
        Kind::Inquiry => inquire(&mut desk, request),
    }
    desk.verdict
}

/// A word or two from somebody to whom we did not write: who answers a letter that went to another
/// address is for a person to find out.
fn for_another(desk: &mut Desk, request: &Request) -> Option<Vec<Item>> {
    let asks = matches!(request.reading.kind, Kind::Registration | Kind::Inquiry);
    request.reading.brief.filter(|_| asks && request.sender.machine.is_none())?;
    let sender = &request.sender.email;
    let own = |known: &&Registration| known.email.is_some() && known.email == *sender;
    if desk.matches().iter().any(own) {
        return None;
    }
    let meant = named(desk, request)?.clone();
    let kind = if meant.offered() { TaskKind::Offer } else { TaskKind::Inquiry };
    let reason = format!("来信答复 {} 的事，但不是登记时所用的邮箱，请与本人核实", meant.number);
    desk.task(kind, Some(meant.id), vec![reason]);
    Some(vec![Item::whole(Outcome::Passed)])
}

/// What a short answer to a letter of ours does: it takes or declines an offered place; a yes to
/// those who are asked nothing tells them how they stand. `None`: the message says something else.
fn answered(desk: &mut Desk, request: &Request) -> Option<Vec<Item>> {
    let reading = &request.reading;
    let asks = matches!(reading.kind, Kind::Registration | Kind::Inquiry);
    let gives_back = reading.kind == Kind::Cancellation && reading.brief == Some(Brief::No);
    if !asks && !gives_back {
        return None;
    }
    let items = offer::answer(desk, request);
    let yes = asks && reading.brief == Some(Brief::Yes) && !reading.courtesy;
    items.or_else(|| if yes { standing(desk, request) } else { None })
}

/// A question, a courtesy, or something that only a person understands. Whoever is offered a place is
/// told so again, and asked by the staff.
fn inquire(desk: &mut Desk, request: &Request) {
    let offered = offer::open(desk, request);
    if let (Some(first), None) = (offered.first(), &request.sender.machine) {
        let unanswered = "名额正在等本人确认，回信没有说清是否参加，请打电话征询";
        let (kind, why) = match (request.reading.courtesy, request.reading.brief) {
            (false, None) => (TaskKind::Inquiry, "来信咨询，请答复；名额正在等本人确认"),
            _ => (TaskKind::Offer, unanswered),
        };
        desk.task(kind, Some(first.id.clone()), vec![why.to_owned()]);
        let items = offered.iter().map(|known| desk.item(known, Outcome::Passed)).collect();
        return reply(desk, request, items);
    }
    if request.reading.brief == Some(Brief::No) {
        let why = "来信只说“不要了”之类的话，请与本人核实是否取消";
        return pass(desk, request, TaskKind::Cancellation, why);
    }
    pass(desk, request, TaskKind::Inquiry, "来信咨询，请答复");
}

/// Answers a message with what became of each person: machines and lists get no answer.
fn reply(desk: &mut Desk, request: &Request, items: Vec<Item>) {
    if request.sender.machine.is_some() {
        desk.verdict.no_letter = Some(NoLetter::Ignored);
        return;
    }
    desk.answer(request.sender.email.as_ref(), items);
    let changed = desk.verdict.steps.first().map(|step| step.after.id.clone());
    if request.sender.email.is_none() && changed.is_some() {
        let reason = "来信没有可以回信的地址，请打电话告知办理结果".to_owned();
        desk.task(TaskKind::Undelivered, changed, vec![reason]);
    }
}

/// How those stand whom somebody asks after from the registering address: the people or numbers that
/// the message names, else all of the address. `None`: the staff answer.
fn standing(desk: &Desk, request: &Request) -> Option<Vec<Item>> {
    let mut own = desk.matches();
    own.retain(|known| known.email.is_some() && known.email == request.sender.email);
    let numbers = request.numbers();
    let people = &request.reading.applicants;
    if !request.reading.doubts.is_empty() || request.sender.machine.is_some() {
        return None;
    }
    if !people.is_empty() {
        let meant = |known: &&Registration| {
            people.iter().any(|one| identity::is_meant(&one.fields, &known.person))
        };
        let each = people
            .iter()
            .all(|one| own.iter().any(|known| identity::is_meant(&one.fields, &known.person)));
        own.retain(meant);
        own.retain(|_| each);
    } else if own.iter().any(|known| numbers.contains(known.number.as_str())) {
        own.retain(|known| numbers.contains(known.number.as_str()));
    } else if !numbers.is_empty() {
        return None;
    }
    // Of somebody who registered again, the last one counts.
    if own.iter().any(|known| known.active()) {
        own.retain(|known| known.active());
    }
    (!own.is_empty()).then(|| own.into_iter().map(|known| desk.standing(known)).collect())
}

/// Hands a message to the staff and tells the writer so.
fn pass(desk: &mut Desk, request: &Request, kind: TaskKind, why: &str) {
    if request.reading.courtesy {
        desk.verdict.no_letter = Some(NoLetter::Ignored);
        return;
    }
    let concerned = concerned(desk, request).cloned();
    let doubts = request.reading.doubts.iter().map(|doubt| doubt.reason.clone());
    let reasons = std::iter::once(why.to_owned()).chain(doubts).collect();
    let about = match kind {
        TaskKind::Change => concerned.as_ref().or_else(|| named(desk, request)),
        _ => concerned.as_ref(),
    };
    let about = about.map(|found| found.id.clone());
    desk.task(kind, about, reasons);
    // What the provider took for spam and asks nothing of the roster is not written to unseen.
    if request.junk && kind == TaskKind::Inquiry {
        desk.verdict.no_letter = Some(NoLetter::Ignored);
        return;
    }
    let item = concerned.map_or_else(
        || Item::whole(Outcome::Passed),
        |registration| Item::of(&registration, Outcome::Passed),
    );
    reply(desk, request, vec![item]);
}

/// The one registration that a message is about, as far as its sender may know of it: by the person
/// or the number that it names, else the only one of its address. A change may state other values
/// than the registration, so the name decides.
pub(super) fn concerned<'a>(desk: &'a Desk, request: &Request) -> Option<&'a Registration> {
    let sender = request.sender.email.as_ref()?;
    let mut own = desk.matches();
    own.retain(|known| known.active() && known.email.as_ref() == Some(sender));
    let numbers = request.numbers();
    let quoted = |known: &&&Registration| numbers.contains(known.number.as_str());
    match request.reading.applicants.as_slice() {
        [] if numbers.is_empty() => only(own.into_iter()),
        [] => only(own.iter().filter(quoted)).copied(),
        [person] => {
            own.retain(|known| {
                identity::may_be(&person.fields, &known.person)
                    || !person.fields.contains_key(field::NAME)
            });
            only(own.iter().filter(quoted)).or_else(|| only(own.iter())).copied()
        }
        _ => None,
    }
}

/// The one registration that a message names, whoever sent it: for the staff's eyes only.
pub(super) fn named<'a>(desk: &'a Desk, request: &Request) -> Option<&'a Registration> {
    let numbers = request.numbers();
    let people = &request.reading.applicants;
    let mut known = desk.matches();
    known.retain(|known| {
        let meant = || people.iter().any(|one| identity::is_meant(&one.fields, &known.person));
        known.active() && (numbers.contains(known.number.as_str()) || meant())
    });
    only(known.into_iter())
}

/// The only element, when there is exactly one.
pub(super) fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    found.next().filter(|_| found.next().is_none())
}
