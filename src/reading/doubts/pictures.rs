//! What a recogniser made of attached pictures: told to the person who must look at them, never
//! entered.

use std::sync::Arc;

use crate::message::picture::{self, Recogniser};
use crate::message::{Document, Message, Origin, Unread, UnreadKind};

use crate::reading::{Doubt, Reader, Reading, field};

/// Fields in the order in which a form has them; an event's own come last.
const ORDER: [(&str, &str); 9] = [
    (field::NAME, "姓名"),
    (field::GENDER, "性别"),
    (field::ETHNICITY, "民族"),
    (field::ID_NUMBER, "身份证号"),
    (field::PHONE, "电话"),
    (field::ORGANIZATION, "单位"),
    (field::POSITION, "职务"),
    (field::ADDRESS, "住址"),
    (field::CATEGORY, "类别"),
];
/// Where no field was recognised, so much of the text is told, in characters.
const LONGEST_TEXT: usize = 120;
/// What the words around the picture are taken to say.
const BODY: &str = "报名表见附件。";

/// By what pictures are read, if by anything.
pub(crate) type Sight = Option<Arc<dyn Recogniser>>;

impl Reader {
    /// The same reader, which also tells what a recogniser makes of pictures: as a suggestion among
    /// the doubts, never as a value.
    #[must_use]
    pub fn with_recogniser(mut self, recogniser: Arc<dyn Recogniser>) -> Self {
        self.sight = Some(recogniser);
        self
    }

    /// Adds what the pictures of a message say to the doubts of its reading.
    pub(crate) fn suggest(&self, raw: &[u8], message: &Message, reading: &mut Reading) {
        let Some(recogniser) = &self.sight else { return };
        for found in picture::pictures(raw) {
            // A form that could be read is no suggestion.
            if images(message).all(|image| image.name != found.name) {
                continue;
            }
            let lines = recogniser.lines(&found.bytes);
            if let Some(said) = said(self, &found.name, &lines) {
                let name = found.name;
                reading.doubts.push(Doubt {
                    reason: format!(
                        "附件“{name}”由程序识别出的内容，仅供参考，请对照原件核实：{said}"
                    ),
                    advice: None,
                    concerns: None,
                });
            }
        }
    }
}

/// A person must look at a picture of a message anyway.
pub(crate) fn must_be_seen(message: &Message, reading: &Reading) -> bool {
    let asks = |name: &str| reading.doubts.iter().any(|doubt| doubt.reason.contains(name));
    images(message).any(|image| asks(&image.name))
}

fn images(message: &Message) -> impl Iterator<Item = &Unread> {
    let pictured = [UnreadKind::Image, UnreadKind::Inline];
    message.unread.iter().filter(move |unread| pictured.contains(&unread.kind))
}

/// The fields of the people in it; the text itself where there are none.
fn said(reader: &Reader, name: &str, lines: &[String]) -> Option<String> {
    let mut form = Document::of_text(Origin::File, name, &lines.join("\n"));
    form.bound();
    let body = Document::of_text(Origin::Body, "正文", BODY);
    let message = Message { documents: vec![body, form], ..Message::default() };
    let people = reader.understand(&message).applicants;
    let told: Vec<String> = people
        .iter()
        .map(|person| {
            let known = ORDER.iter().filter_map(|(field, label)| {
                person.get(field).map(|value| format!("{label} {value}"))
            });
            known.collect::<Vec<_>>().join("，")
        })
        .filter(|told| !told.is_empty())
        .collect();
    let text = || lines.join("／").chars().take(LONGEST_TEXT).collect::<String>();
    let said = if told.is_empty() { text() } else { told.join("；") };
    (!said.trim().is_empty()).then_some(said)
}
