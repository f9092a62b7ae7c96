//! What a person must look at: of whom, why, and what to type.

use jiff::tz::TimeZone;
use serde::Serialize;

use super::facts::TaskFacts;
use crate::reply::{plain, words};
use crate::roster::TaskKind;
use crate::store::LetterState;

/// Longest reason that is printed, in characters: what was recognised in the photo of a whole form.
const REASON_CHARS: usize = 200;

/// The digest's three lists of things to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Registrations to decide, messages that cannot be read.
    Review,
    /// Questions to answer.
    Question,
    /// Letters that did not arrive.
    Undelivered,
}

/// One thing to do.
#[derive(Debug, Serialize)]
pub(super) struct Todo {
    /// The kind of task.
    what: &'static str,
    number: Option<String>,
    /// The person: masked, but in full where somebody must telephone.
    name: Option<String>,
    phone: Option<String>,
    /// Who wrote, masked, and the subject: how to find the mail in the mailbox.
    from: Option<String>,
    subject: Option<String>,
    folder: Option<String>,
    at: String,
    reasons: Vec<String>,
    ways: Vec<Way>,
}

/// One way to settle it.
#[derive(Debug, Serialize)]
struct Way {
    /// When, in words.
    how: &'static str,
    /// What to type.
    command: String,
}

/// The task's line, when it belongs to `group`.
pub(super) fn todo(facts: &TaskFacts, group: Group, zone: &TimeZone) -> Option<Todo> {
    if group_of(facts.task.kind) != group {
        return None;
    }
    let task = &facts.task;
    let person = facts.registration.as_ref();
    let call = group == Group::Undelivered;
    let shown = |value: &str, mask: fn(&str) -> String| {
        if call { plain::tidy(value, plain::NAME_CHARS) } else { mask(value) }
    };
    let number = person.map(|person| person.number.clone()).or_else(|| task.registration.clone());
    let message = task.message.as_ref();
    let said = message.and_then(|message| message.facts.as_ref());
    let subject = said.map(|said| plain::tidy(&said.subject, plain::QUOTE_CHARS));
    Some(Todo {
        what: what(facts),
        name: person
            .and_then(|person| person.get("name"))
            .map(|name| shown(name, plain::mask_name)),
        phone: person
            .and_then(|person| person.get("phone"))
            .map(|phone| shown(phone, plain::mask_phone)),
        from: said.and_then(|said| said.from.as_ref()).map(ToString::to_string),
        subject: subject.filter(|subject| !subject.is_empty()),
        folder: message.map(|message| message.key.folder.clone()),
        at: words::stamp(message.map_or(task.opened, |message| message.arrived), zone),
        reasons: reasons(facts),
        ways: ways(facts, number.as_deref()),
        number,
    })
}

fn group_of(kind: TaskKind) -> Group {
    match kind {
        TaskKind::Review
        | TaskKind::Change
        | TaskKind::Cancellation
        | TaskKind::Offer
        | TaskKind::Unreadable => Group::Review,
        TaskKind::Status | TaskKind::Inquiry | TaskKind::Which => Group::Question,
        TaskKind::Undelivered => Group::Undelivered,
    }
}

fn what(facts: &TaskFacts) -> &'static str {
    match facts.letter.as_ref().map(|letter| letter.state) {
        Some(LetterState::Uncertain) => "回信去向不明",
        Some(LetterState::Refused) => "回信被拒收",
        None if facts.task.kind == TaskKind::Undelivered && facts.task.letter.is_none() => {
            "请电话告知"
        }
        _ => words::task(facts.task.kind),
    }
}

fn reasons(facts: &TaskFacts) -> Vec<String> {
    let mut reasons = facts.task.reasons.clone();
    // Of a letter that was taken and came back later, the first answer says nothing.
    let letter = facts.letter.as_ref().filter(|letter| letter.state != LetterState::Sent);
    let answer = letter.and_then(|letter| {
        let said = letter.outcome.clone()?;
        let by_server = letter.state == LetterState::Refused;
        Some(if by_server { format!("对方邮箱的答复：{said}") } else { said })
    });
    if let Some(answer) = answer.filter(|answer| !reasons.contains(answer)) {
        reasons.push(answer);
    }
    let line = |reason: &String| plain::tidy(&plain::mask_id_numbers(reason), REASON_CHARS);
    reasons.iter().map(line).collect()
}

/// How the staff settle a task: the program's only list of commands for tasks.
fn ways(facts: &TaskFacts, number: Option<&str>) -> Vec<Way> {
    let way =
        |how, command: &str, of: &str| Way { how, command: format!("baoming {command} {of}") };
    let task = facts.task.number.to_string();
    let done = |how| way(how, "settle", &task);
    match (facts.task.kind, number, &facts.letter) {
        (TaskKind::Undelivered, _, Some(letter)) if letter.state != LetterState::Sent => {
            let number = letter.number.to_string();
            let arrived = format!("{number} --arrived");
            let known = way("已问明，对方收到了", "resend", &arrived);
            let known = Some(known).filter(|_| letter.state == LetterState::Uncertain);
            let told = [done("已电话告知本人"), way("重新发送", "resend", &number)];
            told.into_iter().chain(known).collect()
        }
        (TaskKind::Undelivered, ..) => vec![done("已电话告知本人")],
        (TaskKind::Review, Some(number), _) => {
            let refused = format!("{number} --reason 原因");
            vec![way("核实无误，予以登记", "approve", number), way("不予登记", "reject", &refused)]
        }
        (TaskKind::Change, Some(number), _) => {
            let changed = format!("{number} --set 项目=内容");
            vec![way("核实后更正", "change", &changed), done("无需更正")]
        }
        (TaskKind::Cancellation, Some(number), _) => {
            vec![way("与本人核实后取消", "cancel", number), done("不取消")]
        }
        (TaskKind::Offer, Some(number), _) => {
            vec![way("本人同意参加", "approve", number), way("本人不参加", "cancel", number)]
        }
        (TaskKind::Unreadable, ..) => {
            let again =
                facts.task.message.as_ref().map(|mail| way("重新读取", "reprocess", &mail.id));
            std::iter::once(done("已在邮箱中查看原件并办理")).chain(again).collect()
        }
        (TaskKind::Status | TaskKind::Inquiry, ..) => vec![done("已在邮箱中答复")],
        (TaskKind::Which, ..) => vec![done("已电话问明并办理")],
        (
            TaskKind::Review | TaskKind::Change | TaskKind::Cancellation | TaskKind::Offer,
            None,
            _,
        ) => {
            vec![done("已在邮箱中查看并办理")]
        }
    }
}
