//! The call for registrations (征集公告), from the same event file that the desk decides by: dates,
//! place, places, address and telephone cannot differ from what the service does.
//!
//! Three templates of the letters' folder make it (`announcement.txt`, `announcement.html` for the
//! web site, `announcement_wechat.txt` for 微信), so that a bureau may word it otherwise; the form goes with
//! it ([`crate::form`]).

mod view;

use crate::reply::{Stationery, TemplateError, sample_event};
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

/// Writes an event's call.
pub fn call(stationery: &Stationery, event: &Event) -> Result<Call, TemplateError> {
    let call = &CallView::new(event);
    let text = |name| stationery.render(name, Context { call });
    Ok(Call {
        text: text("announcement.txt")?,
        html: text("announcement.html")?,
        wechat: text("announcement_wechat.txt")?,
    })
}

/// Renders the templates with samples: a mistake is refused with file and line.
pub fn check_templates(stationery: &Stationery) -> Result<(), TemplateError> {
    let mut event = sample_event();
    for name in ["announcement.txt", "announcement.html", "announcement_wechat.txt"] {
        stationery.check_names(name, Context { call: &CallView::new(&event) })?;
    }
    call(stationery, &event)?;
    event.theme.clear();
    event.pledge.clear();
    call(stationery, &event).map(drop)
}
