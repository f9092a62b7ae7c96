//! What each list holds, as texts.

use std::collections::BTreeSet;

use crate::message::Email;
use crate::reading::field;
use crate::reply::{plain, words};
use crate::roster::{Event, Registration, Status};
use crate::store::Standing;

/// A list: a title with notes, columns and rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The sheet's name, at most 31 characters.
    pub sheet: &'static str,
    /// What stands over it.
    pub title: String,
    /// Time, place and the like, below the title.
    pub notes: Vec<String>,
    /// The headings.
    pub columns: Vec<String>,
    /// The cells, as many in each row as there are columns.
    pub rows: Vec<Vec<String>>,
    /// There is something to be written by hand: the rows are high.
    pub by_hand: bool,
}

/// Everybody who ever registered, with all that is known: for the staff only.
#[must_use]
pub fn roll(event: &Event, rows: &[Standing]) -> List {
    let known = rows.iter().flat_map(|row| row.registration.person.keys()).map(String::as_str);
    let known: BTreeSet<&str> = known.collect();
    let own = known.iter().copied().filter(|name| !field::IN_ORDER.contains(name));
    let fields: Vec<&str> = field::IN_ORDER
        .into_iter()
        // The category has a column of its own.
        .filter(|name| *name != field::CATEGORY)
        .filter(|name| known.contains(name) || [field::NAME, field::PHONE].contains(name))
        .chain(own)
        .collect();
    let labels = fields.iter().map(|name| event.label(name).to_owned());
    let columns = ["编号", "状态", "候补位次", "类别"].map(str::to_owned).into_iter();
    let after = ["邮箱", "报名方式", "收到时间", "签到"].map(str::to_owned);
    let row = |Standing { registration, position, received }: &Standing| {
        let position = position.filter(|_| registration.status == Status::Waitlisted);
        let mut cells = vec![
            registration.number.clone(),
            words::status(registration.status).to_owned(),
            position.map(|place| place.to_string()).unwrap_or_default(),
            category(event, registration),
        ];
        cells.extend(fields.iter().map(|name| text(registration, name)));
        let arrived = received.to_zoned(event.zone.clone());
        cells.extend([
            registration.email.as_ref().map(Email::as_str).unwrap_or_default().to_owned(),
            words::channel(registration.channel).to_owned(),
            arrived.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            registration.attended.map_or("", |came| if came { "到场" } else { "未到" }).to_owned(),
        ]);
        cells
    };
    List {
        sheet: "报名名单",
        title: format!("{}报名名单", event.name),
        notes: vec![format!("内部资料，含个人信息，请勿外传。共 {} 人", rows.len())],
        columns: columns.chain(labels).chain(after).collect(),
        rows: rows.iter().map(row).collect(),
        by_hand: false,
    }
}

/// Those who have a place, masked: what may be published.
#[must_use]
pub fn public(event: &Event, rows: &[Standing]) -> List {
    let row = |(place, registration): (usize, &Registration)| {
        vec![
            place.to_string(),
            registration.number.clone(),
            category(event, registration),
            plain::mask_name(&text(registration, field::NAME)),
            plain::mask_phone(&text(registration, field::PHONE)),
        ]
    };
    List {
        sheet: "公示名单",
        title: format!("{}参加人员名单公示", event.name),
        notes: vec![when(event), format!("如有疑问，请联系{} {}", event.contact, event.telephone)],
        columns: ["序号", "编号", "类别", "姓名", "联系电话"].map(str::to_owned).to_vec(),
        rows: (1..).zip(seated(event, rows)).map(row).collect(),
        by_hand: false,
    }
}

/// Those who have a place, to sign at the door. Telephones are masked: everybody sees the sheet.
#[must_use]
pub fn sign_in(event: &Event, rows: &[Standing]) -> List {
    let row = |(place, registration): (usize, &Registration)| {
        vec![
            place.to_string(),
            registration.number.clone(),
            category(event, registration),
            text(registration, field::NAME),
            text(registration, field::ORGANIZATION),
            plain::mask_phone(&text(registration, field::PHONE)),
            String::new(),
            String::new(),
        ]
    };
    let columns = ["序号", "编号", "类别", "姓名", "工作单位", "联系电话", "签到", "备注"];
    List {
        sheet: "签到表",
        title: format!("{}签到表", event.name),
        notes: vec![when(event)],
        columns: columns.map(str::to_owned).to_vec(),
        rows: (1..).zip(seated(event, rows)).map(row).collect(),
        by_hand: true,
    }
}

/// The confirmed ones, category after category, each in the order of the numbers.
fn seated<'a>(event: &Event, rows: &'a [Standing]) -> Vec<&'a Registration> {
    let confirmed = rows.iter().map(|row| &row.registration);
    let mut seated: Vec<_> = confirmed.filter(|one| one.status == Status::Confirmed).collect();
    let place = |one: &Registration| {
        let id = one.category.as_deref();
        event.categories.iter().position(|category| Some(category.id.as_str()) == id)
    };
    seated.sort_by_key(|one| (place(one).unwrap_or(usize::MAX), one.serial));
    seated
}

fn category(event: &Event, registration: &Registration) -> String {
    let id = registration.category.as_deref().unwrap_or_default();
    event.category(id).map_or_else(|| id.to_owned(), |category| category.name.clone())
}

fn text(registration: &Registration, name: &str) -> String {
    registration.get(name).unwrap_or_default().to_owned()
}

fn when(event: &Event) -> String {
    format!("时间：{}　地点：{}", words::moment(event.takes_place, &event.zone), event.place)
}
