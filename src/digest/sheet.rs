//! What the digest's templates see: strings ready to be printed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::facts::{EventFacts, Facts};
use super::folders::{FolderRow, MailRow, folders, mail};
use super::pulse::{Pulse, pulse};
use super::todo::{Group, Todo, todo};
use crate::reply::{plain, words};
use crate::roster::{Event, Registration, Status, Tally};
use crate::store::Standing;

/// Most rows of one list; the rest is counted.
pub(super) const MOST_ROWS: usize = 60;

/// The whole sheet.
#[derive(Debug, Serialize)]
pub(super) struct Sheet {
    host: String,
    /// `2021年9月13日（星期一）`.
    day: String,
    /// `09-12 17:40 至 09-13 17:40`.
    span: String,
    /// Confirmed of quota, waiting, new, to do: over all events.
    total: Total,
    events: Vec<EventSheet>,
    /// Registrations to decide.
    reviews: Vec<Todo>,
    /// Questions and wishes to answer.
    questions: Vec<Todo>,
    /// Letters that did not arrive: somebody must telephone.
    undelivered: Vec<Todo>,
    /// How many more there are of each of these three.
    more: [usize; 3],
    mail: Vec<MailRow>,
    folders: Vec<FolderRow>,
    pulse: Pulse,
}

#[derive(Debug, Default, Serialize)]
struct Total {
    confirmed: u32,
    quota: u32,
    waiting: u32,
    fresh: usize,
    todo: usize,
}

#[derive(Debug, Serialize)]
struct EventSheet {
    name: String,
    /// `2021年9月28日（星期二）9:00`.
    when: String,
    categories: Vec<Places>,
    /// Only where there are several categories.
    sum: Option<Places>,
    /// What the staff should know of the event as a whole.
    notes: Vec<String>,
    /// Who has a place and cannot be reminded by a letter.
    to_call: Vec<CallRow>,
    /// What the staff still have to choose, where they do.
    choice: Option<String>,
    news: Vec<NewsRow>,
    /// How many more there are.
    more: usize,
}

/// Somebody to telephone: not masked.
#[derive(Debug, Serialize)]
struct CallRow {
    number: String,
    name: String,
    phone: String,
}

#[derive(Clone, Debug, Default, Serialize)]
struct Places {
    name: String,
    quota: u32,
    confirmed: u32,
    reserved: u32,
    free: u32,
    waiting: u32,
}

#[derive(Debug, Serialize)]
struct NewsRow {
    number: String,
    name: String,
    category: String,
    status: String,
    /// `good`, `wait`, `act` or `done`: a colour.
    tone: &'static str,
    channel: &'static str,
    at: String,
    /// Made since the last digest, not only changed.
    fresh: bool,
}

impl Sheet {
    pub(super) fn new(facts: &Facts, host: &str, zone: &TimeZone) -> Self {
        let list = |group| facts.tasks.iter().filter_map(move |task| todo(task, group, zone));
        let [reviews, questions, undelivered] =
            [Group::Review, Group::Question, Group::Undelivered].map(|group| {
                let all: Vec<_> = list(group).collect();
                (all.len().saturating_sub(MOST_ROWS), all.into_iter().take(MOST_ROWS).collect())
            });
        let span = match facts.since {
            Some(since) => format!("{} 至 ", words::stamp(since, zone)),
            None => "截至 ".to_owned(),
        };
        let events = facts.events.iter();
        let events = events.map(|part| EventSheet::new(part, facts, zone)).collect::<Vec<_>>();
        let mut total = Total { todo: facts.tasks.len(), ..Total::default() };
        for places in events.iter().flat_map(|event| &event.categories) {
            total.confirmed += places.confirmed;
            total.quota += places.quota;
            total.waiting += places.waiting;
        }
        let fresh = |part: &EventFacts| {
            let shown = part.changed.iter().filter(|standing| is_fresh(standing, facts));
            shown.count() + part.further_fresh
        };
        total.fresh = facts.events.iter().map(fresh).sum();
        let day = facts.day.parse::<jiff::civil::Date>();
        let day = day.and_then(|day| day.to_zoned(zone.clone()));
        Self {
            host: host.to_owned(),
            day: day.map_or_else(|_| facts.day.clone(), |day| words::day(day.timestamp(), zone)),
            span: span + &words::stamp(facts.at, zone),
            total,
            events,
            more: [reviews.0, questions.0, undelivered.0],
            reviews: reviews.1,
            questions: questions.1,
            undelivered: undelivered.1,
            mail: mail(facts),
            folders: folders(facts),
            pulse: pulse(facts, zone),
        }
    }

    /// `【日报】9月13日 已确认18/25 待办3件 西吉县审批服务管理局`.
    pub(super) fn subject(&self) -> String {
        let day = self.day.split('（').next().unwrap_or_default();
        let day = day.split_once('年').map_or(day, |(_, day)| day);
        let Total { confirmed, quota, todo, .. } = self.total;
        let state = if self.pulse.well { "" } else { " 系统需检查" };
        format!("【报名日报】{day} 已确认{confirmed}/{quota} 待办{todo}件{state} {}", self.host)
    }
}

impl EventSheet {
    fn new(part: &EventFacts, facts: &Facts, zone: &TimeZone) -> Self {
        let event = &part.event;
        let categories = event.categories.iter().map(|category| {
            let tally = part.tallies.get(&category.id).copied().unwrap_or_default();
            Places::new(category.name.clone(), category.quota, tally)
        });
        let categories = categories.collect::<Vec<_>>();
        let row = |standing| NewsRow::new(standing, event, facts, zone);
        Self {
            name: event.name.clone(),
            when: words::moment(event.takes_place, &event.zone),
            sum: (categories.len() > 1).then(|| Places::sum(&categories)),
            choice: choice(event, &part.tallies, facts.at),
            categories,
            notes: notes(part),
            to_call: part.to_call.iter().map(CallRow::new).collect(),
            news: part.changed.iter().take(MOST_ROWS).map(row).collect(),
            more: part.changed.len().saturating_sub(MOST_ROWS) + part.further,
        }
    }
}

impl CallRow {
    fn new(registration: &Registration) -> Self {
        let value = |name| {
            let value = registration.get(name).unwrap_or("—");
            plain::tidy(value, plain::NAME_CHARS)
        };
        Self { number: registration.number.clone(), name: value("name"), phone: value("phone") }
    }
}

/// What has happened to an event as a whole.
fn notes(part: &EventFacts) -> Vec<String> {
    let (event, state) = (&part.event, &part.state);
    let mut notes = Vec::new();
    if let Some(at) = state.called_off {
        notes.push(format!("活动已于{}取消。", words::moment(at, &event.zone)));
    }
    if let Some(early) = state.closed_early()
        && state.called_off.is_none()
        && state.erased.is_none()
    {
        let (zone, own) = (&event.zone, words::moment(event.closes, &event.zone));
        notes.push(format!("报名已于{}提前截止（原定{own}）。", words::moment(early.from, zone)));
    }
    if let Some((at, place)) = &state.told
        && (*at != event.takes_place || *place != event.place)
        && state.called_off.is_none()
        && state.erased.is_none()
    {
        notes.push(format!(
            "活动文件中的安排已改，但大家收到的仍是{}，{place}。核对后告知大家：baoming event moved {}",
            words::moment(*at, &event.zone),
            event.id
        ));
    }
    if let Some(at) = state.erased {
        notes.push(format!("报名人的个人信息已于{}清除。", words::moment(at, &event.zone)));
    }
    notes
}

/// Where the staff choose: until when, and how many they have chosen.
fn choice(event: &Event, tallies: &BTreeMap<String, Tally>, at: Timestamp) -> Option<String> {
    let told = event.rules.selection()?;
    let until = words::moment(told, &event.zone);
    let sum = |of: fn(&Tally) -> u32| tallies.values().map(of).sum::<u32>();
    let (chosen, listed) = (sum(|tally| tally.reserved), sum(|tally| tally.waiting));
    Some(if at < told {
        format!(
            "本场由工作人员核定：请在{until}前用 baoming select 编号 选定，届时统一告知；已选定{chosen}人，未选定{listed}人。"
        )
    } else if chosen == 0 && listed > 0 {
        format!(
            "核定时间（{until}）已过，还没有选定任何人，{listed}位报名人在等结果：请用 baoming select 编号 选定，随后统一告知。"
        )
    } else {
        format!("核定结果已在{until}以后告知。")
    })
}

impl Places {
    fn new(name: String, quota: u32, tally: Tally) -> Self {
        let Tally { confirmed, reserved, waiting } = tally;
        let free = quota.saturating_sub(confirmed).saturating_sub(reserved);
        Self { name, quota, confirmed, reserved, free, waiting }
    }

    fn sum(all: &[Self]) -> Self {
        all.iter().fold(Self { name: "合计".to_owned(), ..Self::default() }, |sum, one| Self {
            name: sum.name,
            quota: sum.quota + one.quota,
            confirmed: sum.confirmed + one.confirmed,
            reserved: sum.reserved + one.reserved,
            free: sum.free + one.free,
            waiting: sum.waiting + one.waiting,
        })
    }
}

impl NewsRow {
    fn new(standing: &Standing, event: &Event, facts: &Facts, zone: &TimeZone) -> Self {
        let registration = &standing.registration;
        let category = registration.category.as_deref().and_then(|id| event.category(id));
        let status = words::status(registration.status);
        Self {
            number: registration.number.clone(),
            name: registration.get("name").map_or_else(|| "—".to_owned(), plain::mask_name),
            category: category.map_or_else(|| "未定".to_owned(), |found| found.name.clone()),
            status: match standing.position {
                Some(position)
                    if registration.status == Status::Waitlisted
                        && event.rules.selection().is_none() =>
                {
                    format!("{status}第{position}位")
                }
                None if registration.offered() => format!("{status}（待确认）"),
                None if registration.chosen() => format!("{status}（已选定）"),
                _ => status.to_owned(),
            },
            tone: match registration.status {
                Status::Confirmed => "good",
                Status::Waitlisted => "wait",
                Status::Incomplete | Status::Review => "act",
                Status::Cancelled | Status::Refused => "done",
            },
            channel: words::channel(registration.channel),
            at: words::stamp(registration.changed, zone),
            fresh: is_fresh(standing, facts),
        }
    }
}

fn is_fresh(standing: &Standing, facts: &Facts) -> bool {
    facts.since.is_none_or(|since| standing.registration.created >= since)
}
