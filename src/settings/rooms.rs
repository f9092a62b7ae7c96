//! The options of rooms that need more than one section.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{Bureau, Mailbox, Sending, Settings, Staff};
use crate::message::picture::{Models, Recogniser};
use crate::reading::Reader;
use crate::reply::{Office, SealKey, Stationery, TemplateError};
use crate::roster::Event;
use crate::{announce, digest, outbox};

/// Why the models for pictures cannot be had.
#[derive(Debug, thiserror::Error)]
#[error("models: {0}; tests/ocr fetches them")]
pub struct ModelsLacking(String);

impl Settings {
    /// What recognises the text in pictures, where the settings name models.
    pub fn models(&self) -> Result<Option<Models>, ModelsLacking> {
        self.models.as_deref().map(models_in).transpose()
    }

    /// Recognises the text in pictures in this process, where the settings name models.
    pub fn recogniser(&self) -> Result<Option<Arc<dyn Recogniser>>, ModelsLacking> {
        self.models()?.map(load).transpose()
    }

    /// Reads the mail of a mailbox, or, without one, of any.
    #[must_use]
    pub fn reader(&self, mailbox: &Mailbox, recogniser: Option<&Arc<dyn Recogniser>>) -> Reader {
        let reader = Reader::new(self.vocabulary(mailbox));
        match recogniser {
            Some(recogniser) => reader.with_recogniser(recogniser.clone()),
            None => reader,
        }
    }

    /// The events by id.
    #[must_use]
    pub fn events(&self) -> BTreeMap<String, Event> {
        let events = self.days.iter().map(|day| day.event.clone());
        events.map(|event| (event.id.clone(), event)).collect()
    }

    /// The templates, all rendered with samples once.
    pub fn stationery(&self) -> Result<Arc<Stationery>, TemplateError> {
        let stationery = Stationery::load(self.letters.as_deref())?;
        digest::check_templates(&stationery)?;
        announce::check_templates(&stationery)?;
        Ok(Arc::new(stationery))
    }

    /// The first bureau as a correspondent; `key` seals Message-IDs.
    #[must_use]
    pub fn office(&self, key: SealKey) -> Office {
        self.office_of("", key)
    }

    /// A bureau as a correspondent.
    #[must_use]
    pub fn office_of(&self, bureau: &str, key: SealKey) -> Office {
        let fields = self.days.iter().flat_map(|day| &day.fields);
        let sending = self.sending_of(bureau);
        Office {
            bureau: bureau.to_owned(),
            reply_to: sending.reply_to.clone(),
            fields: fields.map(|field| (field.id.clone(), field.name.clone())).collect(),
            ..Office::new(sending.from.clone(), &sending.from_name, key)
        }
    }

    /// How a bureau's letters leave; the empty name is the first's.
    #[must_use]
    pub fn sending_of(&self, bureau: &str) -> &Sending {
        self.other(bureau).map_or(&self.sending, |own| &own.sending)
    }

    /// Who runs a bureau's days.
    #[must_use]
    pub fn staff_of(&self, bureau: &str) -> &Staff {
        self.other(bureau).map_or(&self.staff, |own| &own.staff)
    }

    /// The bureau for whose events a mailbox is read.
    #[must_use]
    pub fn bureau_of(&self, mailbox: &Mailbox) -> &str {
        let day = self.days.iter().find(|day| mailbox.events.contains(&day.event.id));
        day.map_or("", |day| &day.event.life.bureau)
    }

    fn other(&self, bureau: &str) -> Option<&Bureau> {
        self.others.iter().find(|other| other.name == bureau)
    }

    /// What a bureau's outbox needs.
    #[must_use]
    pub fn outbox(&self, office: Office, stationery: Arc<Stationery>) -> outbox::Options {
        let sending = self.sending_of(&office.bureau);
        outbox::Options {
            postman: sending.postman.clone(),
            pace: sending.pace,
            sent: sending.sent.clone(),
            office,
            stationery,
            events: self.events(),
        }
    }

    /// What a bureau's digests need.
    #[must_use]
    pub fn digests(&self, office: Office, stationery: Arc<Stationery>) -> digest::Options {
        let bureau = office.bureau.as_str();
        let own = self.days.iter().filter(|day| day.event.life.bureau == bureau);
        let mailboxes = self.mailboxes.iter().filter(|one| self.bureau_of(one) == bureau);
        let mailboxes = mailboxes.map(|mailbox| mailbox.name.clone()).collect();
        digest::Options {
            hour: self.other(bureau).map_or(&self.digest, |other| &other.digest).clone(),
            staff: self.staff_of(bureau).addresses.clone(),
            events: own.map(|day| day.event.clone()).collect(),
            mailboxes: (!self.others.is_empty()).then_some(mailboxes),
            office,
            stationery,
        }
    }
}

fn models_in(folder: &Path) -> Result<Models, ModelsLacking> {
    let model = |name| {
        let path = folder.join(name);
        let unreadable = |error| format!("{} cannot be read: {error}", path.display());
        std::fs::read(&path).map_err(|error| ModelsLacking(unreadable(error)))
    };
    Ok(Models { finding: model("det.onnx")?, reading: model("rec.onnx")? })
}

fn load(models: Models) -> Result<Arc<dyn Recogniser>, ModelsLacking> {
    models.recogniser().map_err(|error| ModelsLacking(error.to_string()))
}

#[cfg(all(test, feature = "ocr"))]
mod tests {
    use super::*;

    #[test]
    fn models_that_are_missing_or_none_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let said = models_in(folder.path()).unwrap_err().to_string();
        assert!(said.contains("det.onnx cannot be read"), "{said}");
        assert!(said.contains("tests/ocr fetches them"), "{said}");
        for name in ["det.onnx", "rec.onnx"] {
            std::fs::write(folder.path().join(name), b"no model").unwrap();
        }
        let said = load(models_in(folder.path()).unwrap()).unwrap_err().to_string();
        assert!(said.contains("the model for finding lines cannot be loaded"), "{said}");
    }
}
