//! The event of the notice and its office, for tests of letters and digests.
use std::time::Duration;

use baoming::message::Email;
use baoming::reply::{Office, SealKey};
use baoming::roster::{Category, Event, Item, Outcome, Rules};
use jiff::tz::TimeZone;

pub(crate) fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

pub(crate) fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

pub(crate) fn event() -> Event {
    let category = |id: &str, name: &str, quota| Category {
        id: id.to_owned(),
        name: name.to_owned(),
        quota,
        words: Vec::new(),
        allow: None,
    };
    Event {
        id: "xiji-open-day".to_owned(),
        name: "西吉县审批服务管理局“政府开放日”活动".to_owned(),
        host: "西吉县审批服务管理局".to_owned(),
        theme: "深入推进审批服务便民化".to_owned(),
        prefix: "XJ21".to_owned(),
        announced: at("2021-09-08T00:00:00+08:00"),
        opens: at("2021-09-13T08:30:00+08:00"),
        closes: at("2021-09-24T17:30:00+08:00"),
        takes_place: at("2021-09-28T09:00:00+08:00"),
        lasts: Duration::from_hours(3),
        place: "西吉县政务服务大厅".to_owned(),
        contact: "综合办公室".to_owned(),
        telephone: "0954-3018118".to_owned(),
        pledge: "本人郑重承诺，此表内所有信息全部属实，如有任何不实，愿承担相应责任。".to_owned(),
        keywords: vec!["政府开放日".to_owned()],
        categories: vec![
            category("supervisor", "政务公开义务监督员", 8),
            category("representative", "企业及群众代表", 17),
        ],
        default_category: Some("representative".to_owned()),
        required: vec!["name".to_owned(), "phone".to_owned()],
        field_names: std::collections::BTreeMap::new(),
        rules: Rules::default(),
        zone: TimeZone::get("Asia/Shanghai").unwrap(),
        life: baoming::roster::Life::default(),
    }
}

pub(crate) fn office() -> Office {
    Office::new(email("xjxspj@163.com"), "西吉县审批服务管理局", SealKey::new([7; 32]))
}

pub(crate) fn item(number: &str, name: &str, outcome: Outcome) -> Item {
    Item {
        number: (!number.is_empty()).then(|| number.to_owned()),
        name: (!name.is_empty()).then(|| name.to_owned()),
        category: Some("representative".to_owned()),
        outcome,
        notes: Vec::new(),
        remarks: Vec::new(),
    }
}
