//! A composed letter becomes the bytes that go over the wire.
//!
//! smtp.163.com offers neither SMTPUTF8 nor a promise about raw 8-bit text, so a mail is pure ASCII:
//! bodies in base64, header words encoded. Its boundaries are made of the Message-ID: the same
//! letter gives the same bytes.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lettre::message::header::{
    ContentDisposition, ContentTransferEncoding, ContentType, ContentTypeErr, HeaderName,
    HeaderValue,
};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};

use super::Composed;
use crate::form;
use crate::message::Email;

/// A letter that cannot be made into a mail: a fault of the program or of a template.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address that lettre does not take.
    #[error("an address cannot be written into a mail: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The message as a whole.
    #[error("the mail cannot be built: {0}")]
    Build(#[from] lettre::error::Error),
    /// A content type.
    #[error("the mail's content type is wrong: {0}")]
    Type(#[from] ContentTypeErr),
    /// Something is not ASCII after all.
    #[error("the mail is not pure ASCII")]
    NotAscii,
}

impl Composed {
    /// The mail, dated `date`.
    pub fn to_mail(&self, date: Timestamp, zone: &TimeZone) -> Result<Vec<u8>, MailError> {
        let mut builder = Message::builder()
            .from(mailbox(Some(&self.from.0), &self.from.1)?)
            .to(mailbox(self.to.0.as_deref(), &self.to.1)?)
            .subject(self.subject.clone())
            .message_id(Some(format!("<{}>", self.message_id)));
        if let Some(email) = &self.reply_to {
            builder = builder.reply_to(mailbox(None, email)?);
        }
        if let Some(id) = &self.in_reply_to {
            builder = builder.in_reply_to(format!("<{id}>"));
        }
        if !self.references.is_empty() {
            let ids = self.references.iter().map(|id| format!("<{id}>")).collect::<Vec<_>>();
            builder = builder.references(ids.join(" "));
        }
        for (name, value) in &self.headers {
            builder = builder.raw_header(raw(name, value));
        }
        let mut mail = builder.multipart(self.body()?)?;
        let date = date.to_zoned(zone.clone()).strftime("%a, %d %b %Y %H:%M:%S %z").to_string();
        mail.headers_mut().insert_raw(raw("Date", &date));
        let bytes = mail.formatted();
        if bytes.is_ascii() { Ok(bytes) } else { Err(MailError::NotAscii) }
    }

    fn body(&self) -> Result<MultiPart, MailError> {
        let seal = self.message_id.split('@').next().unwrap_or_default();
        let texts = MultiPart::alternative()
            .boundary(format!("=_{seal}.text"))
            .singlepart(part("text/plain; charset=utf-8", &self.text)?)
            .singlepart(part("text/html; charset=utf-8", &self.html)?);
        if self.calendar.is_none() && self.form.is_none() {
            return Ok(texts);
        }
        let mut whole = MultiPart::mixed().boundary(format!("=_{seal}.all")).multipart(texts);
        // Old Foxmail and Outlook read a name only from Content-Type, and only in ASCII.
        if let Some(calendar) = &self.calendar {
            let kind = "text/calendar; charset=utf-8; method=PUBLISH; name=\"baoming.ics\"";
            let disposition = ContentDisposition::attachment("baoming.ics");
            whole = whole.singlepart(attached(kind, disposition, base64(calendar))?);
        }
        if let Some(form) = &self.form {
            // RFC 2231 §4 for the others.
            let disposition = ContentDisposition::attachment(form::FILE);
            let body = Body::new_with_encoding(form.clone(), ContentTransferEncoding::Base64);
            let body = body.map_err(|_| MailError::NotAscii)?;
            whole = whole.singlepart(attached(FORM, disposition, body)?);
        }
        Ok(whole)
    }
}

/// The type of a Word file, with a name for those who cannot read the real one.
const FORM: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document; \
                    name=\"baoming.docx\"";

fn attached(
    kind: &str,
    disposition: ContentDisposition,
    body: Body,
) -> Result<SinglePart, MailError> {
    let part = SinglePart::builder().header(ContentType::parse(kind)?).header(disposition);
    Ok(part.body(body))
}

fn part(kind: &str, text: &str) -> Result<SinglePart, MailError> {
    Ok(SinglePart::builder().header(ContentType::parse(kind)?).body(base64(text)))
}

/// Always base64: the bytes of an ASCII-only text would otherwise go as they are, and lines that
/// begin with `From ` or a dot would be at the mercy of every server on the way.
fn base64(text: &str) -> Body {
    let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
    Body::new_with_encoding(crlf.clone(), ContentTransferEncoding::Base64)
        .unwrap_or_else(|_| Body::new(crlf))
}

fn raw(name: &str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii(name.to_owned());
    HeaderValue::new(name.unwrap_or(HeaderName::new_from_ascii_str("X-Misnamed")), value.to_owned())
}

fn mailbox(name: Option<&str>, email: &Email) -> Result<Mailbox, MailError> {
    Ok(Mailbox::new(name.map(str::to_owned), email.as_str().parse()?))
}
