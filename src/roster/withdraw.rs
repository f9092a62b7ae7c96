//! A message that gives places back. It is applied only from the registering address and when each
//! person it means is exactly one registration; anything else goes to a person.

use super::decide::{concerned, named, only};
use super::desk::Desk;
use super::identity;
use super::verdict::{Action, Item, Outcome, TaskKind};
use super::{Registration, Request, Status};
use crate::message::Trust;
use crate::reading::Applicant;

/// Decides a cancellation; gives back each person's outcome.
pub(super) fn withdraw(desk: &mut Desk, request: &Request) -> Vec<Item> {
    let objections = objections(request);
    let meant = if objections.is_empty() { meant(desk, request) } else { Err(objections) };
    match meant {
        Ok(meant) => {
            let cancel = |known: &Registration| {
                if known.active() {
                    let why = if known.offered() { "declined" } else { "by-applicant" };
                    desk.end(known, Status::Cancelled, Action::Cancelled, why, why);
                }
                Item::of(known, Outcome::Cancelled)
            };
            let items = meant.iter().map(cancel).collect();
            desk.promote_all();
            items
        }
        Err(reasons) => {
            let concerned = concerned(desk, request).cloned();
            let named = concerned.as_ref().or_else(|| named(desk, request));
            let id = named.map(|found| found.id.clone());
            desk.task(TaskKind::Cancellation, id, reasons);
            let passed = |found: Registration| Item::of(&found, Outcome::Passed);
            vec![concerned.map_or_else(|| Item::whole(Outcome::Passed), passed)]
        }
    }
}

/// What speaks against applying it without a person's eye, whomever it means.
fn objections(request: &Request) -> Vec<String> {
    let mut objections: Vec<_> =
        request.reading.doubts.iter().map(|doubt| doubt.reason.clone()).collect();
    if request.sender.trust == Trust::Failed {
        objections.push("发件人未通过邮件系统的验证，请打电话核实是否取消".to_owned());
    }
    if request.junk {
        objections.push("取消的来信在垃圾邮件文件夹中，请核实".to_owned());
    }
    if request.sender.machine.is_some() {
        objections.push("取消的来信像是程序或邮件列表发出的，请核实".to_owned());
    }
    objections
}

/// The registrations that the message means: all of them certain, or why not. One that is cancelled
/// already may be meant again.
fn meant(desk: &Desk, request: &Request) -> Result<Vec<Registration>, Vec<String>> {
    let mut own: Vec<_> = desk.matches();
    own.retain(|known| known.email.is_some() && known.email == request.sender.email);
    own.retain(|known| known.active() || known.status == Status::Cancelled);
    if own.is_empty() {
        return Err(vec![match named(desk, request) {
            Some(found) => format!("来信邮箱不是 {} 登记时所用的，请与本人核实", found.number),
            None => "来信邮箱没有登记过任何人，请核实要取消的是谁".to_owned(),
        }]);
    }
    if !request.reading.applicants.is_empty() {
        return people(&own, request);
    }
    let numbers = request.numbers();
    if let Some(foreign) =
        numbers.iter().find(|number| own.iter().all(|own| own.number != **number))
    {
        return Err(vec![format!("来信提到的 {foreign} 不是由这个邮箱登记的，请核实")]);
    }
    if !numbers.is_empty() {
        own.retain(|known| numbers.contains(known.number.as_str()));
    }
    one_of(&own).map(|found| vec![found.clone()]).ok_or_else(|| {
        let numbers: Vec<_> = own.iter().map(|known| known.number.as_str()).collect();
        vec![format!("这个邮箱登记了多人，不能确定取消哪一位：{}", numbers.join("、"))]
    })
}

/// Each person that is named must be exactly one registration of the address.
fn people(own: &[&Registration], request: &Request) -> Result<Vec<Registration>, Vec<String>> {
    let numbers = request.numbers();
    let mut meant: Vec<Registration> = Vec::new();
    let mut unclear = Vec::new();
    for (Applicant { fields }, place) in request.reading.applicants.iter().zip(1..) {
        let mut fitting = own.to_vec();
        fitting.retain(|known| identity::is_meant(fields, &known.person));
        let quoted = fitting.iter().filter(|known| numbers.contains(known.number.as_str()));
        match one_of(&fitting).or_else(|| only(quoted).copied()) {
            Some(found) if meant.iter().any(|known| known.id == found.id) => {}
            Some(found) => meant.push(found.clone()),
            None => unclear.push(format!("来信所说的第{place}人与这个邮箱的登记对不上，请核实")),
        }
    }
    if unclear.is_empty() { Ok(meant) } else { Err(unclear) }
}

/// The only active one; when none is active, the only one.
fn one_of<'a>(found: &[&'a Registration]) -> Option<&'a Registration> {
    let mut active = found.iter().filter(|known| known.active()).copied().peekable();
    match active.peek() {
        Some(_) => only(active),
        None => only(found.iter().copied()),
    }
}
