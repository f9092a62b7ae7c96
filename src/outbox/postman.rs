//! Who carries letters away: the provider's server, a folder, or a list in memory.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::Delivery;
use super::smtp::{Answer, Fault, Server, Session, Step, Trouble};
use crate::fault;
use crate::message::Email;

/// A way for letters to leave.
#[derive(Clone, Debug)]
pub enum Postman {
    /// By SMTP.
    Smtp(Box<Server>),
    /// As `.eml` files in a folder: the demo, and bureaus that look before they send.
    Folder(PathBuf),
    /// Into a list: tests.
    Memory(Sent),
}

/// The letters that a [`Postman::Memory`] has carried. Clones share the list.
#[derive(Clone, Debug, Default)]
pub struct Sent(Arc<Mutex<Vec<Carried>>>);

/// A letter that a [`Postman::Memory`] has carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The recipient of the envelope.
    pub to: Email,
    /// The mail's bytes.
    pub mail: Vec<u8>,
}

impl Sent {
    /// The letters, in the order of sending.
    #[must_use]
    pub fn all(&self) -> Vec<Carried> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A letter on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parcel<'a> {
    pub(super) to: &'a Email,
    pub(super) mail: &'a [u8],
    pub(super) message_id: &'a str,
    /// When it was written: orders the files of a folder.
    pub(super) written: Timestamp,
}

/// An open way: one login at a server.
pub(super) enum Round {
    Smtp(Box<Session>),
    Folder(PathBuf),
    Memory(Sent),
}

impl Postman {
    pub(super) async fn set_out(&self) -> Result<Round, Trouble> {
        Ok(match self {
            Self::Smtp(server) => Round::Smtp(Box::new(Session::open(server, |_| ()).await?)),
            Self::Folder(folder) => Round::Folder(folder.clone()),
            Self::Memory(sent) => Round::Memory(sent.clone()),
        })
    }
}

impl Round {
    pub(super) async fn deliver(&mut self, parcel: Parcel<'_>) -> Delivery {
        match self {
            Self::Smtp(session) => session.send(parcel.to, parcel.mail).await,
            Self::Folder(folder) => match put(folder, parcel) {
                Ok(name) => Delivery::Sent { answer: Answer { code: 250, text: name } },
                Err(error) => Delivery::NotSent {
                    trouble: Trouble {
                        step: Step::Text,
                        fault: Fault::Broken(format!("{}: {error}", folder.display())),
                    },
                },
            },
            Self::Memory(Sent(sent)) => {
                let mut sent = sent.lock().unwrap_or_else(PoisonError::into_inner);
                sent.push(Carried { to: parcel.to.clone(), mail: parcel.mail.to_vec() });
                Delivery::Sent { answer: Answer { code: 250, text: "kept in memory".to_owned() } }
            }
        }
    }

    /// Whether another letter can go the same way.
    pub(super) fn usable(&self) -> bool {
        match self {
            Self::Smtp(session) => session.usable(),
            Self::Folder(_) | Self::Memory(_) => true,
        }
    }

    pub(super) async fn finish(self) {
        if let Self::Smtp(session) = self
            && session.usable()
        {
            // Every letter has its answer already: a lost goodbye changes nothing.
            drop(session.quit().await);
        }
    }
}

/// Writes the mail as a file of its own. The name is the same for the same letter, and the file
/// appears whole or not at all: a second attempt makes no second letter.
fn put(folder: &Path, parcel: Parcel<'_>) -> std::io::Result<String> {
    fault::call("file")?;
    std::fs::create_dir_all(folder)?;
    let seal = parcel.message_id.split('@').next().unwrap_or_default();
    let seal = seal.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let zone = TimeZone::fixed(Offset::constant(8));
    let written = parcel.written.to_zoned(zone).strftime("%Y%m%d-%H%M%S%.3f").to_string();
    let name = format!("{written}-{seal}.eml");
    let draft = folder.join(format!(".{name}"));
    let mut file = std::fs::File::create(&draft)?;
    file.write_all(parcel.mail)?;
    fault::call("file")?;
    file.sync_all()?;
    fault::point("before-rename");
    fault::call("file")?;
    std::fs::rename(&draft, folder.join(&name))?;
    Ok(name)
}
