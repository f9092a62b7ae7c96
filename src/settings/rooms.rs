//! The options of rooms that need more than one section.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Settings;
use crate::reply::{Office, SealKey, Stationery, TemplateError};
use crate::roster::Event;
use crate::{digest, outbox};

impl Settings {
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
