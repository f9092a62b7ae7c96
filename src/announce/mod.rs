//! The call for registrations (征集公告), from the same event file that the desk decides by: dates,
//! place, places, address, telephone and rules cannot differ from what the service does.
//!
//! Templates of the letters' folder make it (`announcement.txt`, `announcement.html` for the web
//! site, `announcement_wechat.txt` for 微信), so that a bureau may word it otherwise; who may come and how
//! places are given are templates of their own, a sentence a line, which the first two number. The form
//! goes with it ([`crate::form`]).

mod rules;
mod view;

use crate::reply::{Stationery, TemplateError, sample_event, sample_rules};
use crate::roster::Event;
use view::{CallView, Context};

/// The call in all its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Plain text, for the web site and the newspaper.
    pub text: String,
    /// A page for the web site.
    pub html: String,
    /// Short, for 微信.
    pub wechat: String,
}

/// The numbers of sentences under one heading.
const NUMBERS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// Writes an event's call.
pub fn call(stationery: &Stationery, event: &Event) -> Result<Call, TemplateError> {
    let mut call = CallView::new(event);
    let who = stationery.render("announcement_who.txt", Context { call: &call })?;
    let order = stationery.render("announcement_rules.txt", Context { call: &call })?;
    (call.who, call.order) = (numbered(&who), numbered(&order));
    let text = |name| stationery.render(name, Context { call: &call });
    Ok(Call {
        text: text("announcement.txt")?,
        html: text("announcement.html")?,
        wechat: text("announcement_wechat.txt")?,
    })
}

/// The lines of a text, numbered when there are several.
fn numbered(text: &str) -> Vec<String> {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if let [only] = lines.as_slice() {
        return vec![(*only).to_owned()];
    }
    let numbers = NUMBERS.iter().map(|number| format!("（{number}）"));
    let numbers = numbers.chain(std::iter::repeat(String::new()));
    lines.into_iter().zip(numbers).map(|(line, number)| number + line).collect()
}

/// Renders the templates with samples: a mistake is refused with file and line.
pub fn check_templates(stationery: &Stationery) -> Result<(), TemplateError> {
    let names = ["announcement.txt", "announcement.html", "announcement_wechat.txt"];
    let mut event = sample_event();
    let [plain, full, choice] = sample_rules(&event);
    event.rules = full;
    for name in names.into_iter().chain(["announcement_who.txt", "announcement_rules.txt"]) {
        stationery.check_names(name, Context { call: &CallView::new(&event) })?;
    }
    call(stationery, &event)?;
    for rules in [choice, plain] {
        event.rules = rules;
        call(stationery, &event)?;
    }
    event.theme.clear();
    event.pledge.clear();
    event.life.email = None;
    call(stationery, &event).map(drop)
}
