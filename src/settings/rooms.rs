//! The options of rooms that need more than one section.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{Mailbox, Settings};
use crate::message::picture::Recogniser;
use crate::reading::Reader;
use crate::reply::{Office, SealKey, Stationery, TemplateError};
use crate::roster::Event;
use crate::{announce, digest, outbox};

/// Why the models for pictures cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("models: {0}; tests/ocr fetches them")]
pub struct ModelError(String);

impl Settings {
    /// Recognises the text in pictures, where the settings name models.
    pub fn recogniser(&self) -> Result<Option<Arc<dyn Recogniser>>, ModelError> {
        self.models.as_deref().map(load).transpose()
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

    /// The bureau as a correspondent; `key` seals Message-IDs.
    #[must_use]
    pub fn office(&self, key: SealKey) -> Office {
        let fields = self.days.iter().flat_map(|day| &day.fields);
        Office {
            reply_to: self.sending.reply_to.clone(),
            fields: fields.map(|field| (field.id.clone(), field.name.clone())).collect(),
            ..Office::new(self.sending.from.clone(), &self.sending.from_name, key)
        }
    }

    /// What the outbox needs.
    #[must_use]
    pub fn outbox(&self, office: Office, stationery: Arc<Stationery>) -> outbox::Options {
        outbox::Options {
            postman: self.sending.postman.clone(),
            pace: self.sending.pace,
            sent: self.sending.sent.clone(),
            office,
            stationery,
            events: self.events(),
        }
    }

    /// What the digests need.
    #[must_use]
    pub fn digests(&self, office: Office, stationery: Arc<Stationery>) -> digest::Options {
        digest::Options {
            hour: self.digest.clone(),
            staff: self.staff.addresses.clone(),
            office,
            stationery,
            events: self.days.iter().map(|day| day.event.clone()).collect(),
        }
    }
}

#[cfg(feature = "ocr")]
fn load(folder: &Path) -> Result<Arc<dyn Recogniser>, ModelError> {
    let model = |name| {
        let path = folder.join(name);
        std::fs::read(&path)
            .map_err(|error| ModelError(format!("{} cannot be read: {error}", path.display())))
    };
    crate::message::picture::Engine::new(model("det.onnx")?, model("rec.onnx")?)
        .map(|engine| Arc::new(engine) as Arc<dyn Recogniser>)
        .map_err(|error| ModelError(error.to_string()))
}

/// The settings refuse the key in such a build.
#[cfg(not(feature = "ocr"))]
fn load(folder: &Path) -> Result<Arc<dyn Recogniser>, ModelError> {
    Err(ModelError(format!("{} cannot be used without the feature `ocr`", folder.display())))
}

#[cfg(all(test, feature = "ocr"))]
mod tests {
    use super::*;

    #[test]
    fn models_that_are_missing_or_none_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let said = load(folder.path()).unwrap_err().to_string();
        assert!(said.contains("det.onnx cannot be read"), "{said}");
        assert!(said.contains("tests/ocr fetches them"), "{said}");
        for name in ["det.onnx", "rec.onnx"] {
            std::fs::write(folder.path().join(name), b"no model").unwrap();
        }
        let said = load(folder.path()).unwrap_err().to_string();
        assert!(said.contains("the model for finding lines cannot be loaded"), "{said}");
    }
}
