//! What reading must know of the events and the bureau, gathered from the settings.

use super::{Day, Mailbox, Settings};
use crate::mailbox::Source;
use crate::message::Email;
use crate::outbox::Postman;
use crate::reading::{CategoryWords, Item, OwnField, Vocabulary, field};

/// Servers whose word about the sender is believed when no mailbox says otherwise.
pub(super) const PROVIDERS: &str = "mx*";

impl Day {
    /// What this event's mails are read with, without a mailbox: `parse` and the demo.
    #[must_use]
    pub fn vocabulary(&self) -> Vocabulary {
        let mut words = nothing();
        words.servers.push(PROVIDERS.to_owned());
        self.add_to(&mut words);
        words
    }

    fn add_to(&self, words: &mut Vocabulary) {
        let event = &self.event;
        let labels = self.labels.iter().filter_map(|(id, labels)| Some((item(id)?, labels)));
        for (item, labels) in labels {
            words.labels.extend(labels.iter().map(|label| (item, label.clone())));
        }
        for extra in &self.fields {
            add(&mut words.fields, OwnField { id: extra.id.clone(), labels: extra.labels.clone() });
        }
        for category in &event.categories {
            let loose = self.loose.get(&category.id).cloned().unwrap_or_default();
            let (id, own) = (category.id.clone(), category.words.clone());
            match words.categories.iter_mut().find(|known| known.id == id) {
                Some(known) => {
                    add_all(&mut known.words, own);
                    add_all(&mut known.loose, loose);
                }
                None => words.categories.push(CategoryWords { id, words: own, loose }),
            }
        }
        add_all(&mut words.keywords, event.keywords.iter().cloned());
        add_all(&mut words.bureau_names, self.bureau_names.iter().cloned());
        add(&mut words.bureau_names, event.host.clone());
        add_all(&mut words.bureau_phones, telephones(&event.telephone));
        add(&mut words.prefixes, event.prefix.clone());
        if let Some(email) = &self.email {
            add(&mut words.bureau_emails, email.as_str().to_owned());
        }
    }
}

impl Settings {
    /// What a mailbox's mails are read with.
    #[must_use]
    pub fn vocabulary(&self, mailbox: &Mailbox) -> Vocabulary {
        let mut words = nothing();
        let own = |day: &&Day| mailbox.events.contains(&day.event.id);
        self.days.iter().filter(own).for_each(|day| day.add_to(&mut words));
        words.servers.clone_from(&mailbox.trusted_servers);
        words.staff.clone_from(&self.staff_of(self.bureau_of(mailbox)).names);
        let addresses = self.addresses().into_iter().map(|email| email.as_str().to_owned());
        add_all(&mut words.bureau_emails, addresses);
        words
    }

    /// The bureau's own addresses: mail from them comes from ourselves or from the staff.
    #[must_use]
    pub fn addresses(&self) -> Vec<Email> {
        let mut addresses = Vec::new();
        let others = self.others.iter().map(|other| (&other.sending, &other.staff));
        for (sending, staff) in others.chain([(&self.sending, &self.staff)]) {
            addresses.push(sending.from.clone());
            addresses.extend(sending.reply_to.clone());
            if let Postman::Smtp(server) = &sending.postman {
                addresses.extend(server.login.as_ref().and_then(|login| Email::parse(&login.user)));
            }
            addresses.extend(staff.addresses.iter().cloned());
        }
        for mailbox in &self.mailboxes {
            if let Source::Imap(options) = &mailbox.source {
                addresses.extend(Email::parse(&options.user));
            }
        }
        addresses.extend(self.days.iter().filter_map(|day| day.email.clone()));
        addresses.sort();
        addresses.dedup();
        addresses
    }
}

/// The default vocabulary is an event's already: begin with none.
fn nothing() -> Vocabulary {
    Vocabulary {
        labels: Vec::new(),
        fields: Vec::new(),
        categories: Vec::new(),
        keywords: Vec::new(),
        bureau_names: Vec::new(),
        bureau_emails: Vec::new(),
        bureau_phones: Vec::new(),
        staff: Vec::new(),
        prefixes: Vec::new(),
        servers: Vec::new(),
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

fn add_all<T: PartialEq>(list: &mut Vec<T>, values: impl IntoIterator<Item = T>) {
    for value in values {
        add(list, value);
    }
}

/// A number's digits, with the area code and without: mails write both.
fn telephones(number: &str) -> impl Iterator<Item = String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let local = number.split_once('-').map(|(_, local)| digits(local));
    [digits(number)].into_iter().chain(local)
}

fn item(id: &str) -> Option<Item> {
    Some(match id {
        field::NAME => Item::Name,
        field::PHONE => Item::Phone,
        field::ID_NUMBER => Item::IdNumber,
        field::ORGANIZATION => Item::Organization,
        field::POSITION => Item::Position,
        field::CATEGORY => Item::Category,
        field::GENDER => Item::Gender,
        field::ETHNICITY => Item::Ethnicity,
        field::ADDRESS => Item::Address,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn set(list: &[String]) -> BTreeSet<&str> {
        list.iter().map(String::as_str).collect()
    }

    #[test]
    fn the_event_that_is_compiled_in_is_read_with_the_words_that_reading_was_tried_with() {
        let (own, tried) = (Settings::compiled_in().unwrap().vocabulary(), Vocabulary::default());
        for (own, tried) in own.categories.iter().zip(&tried.categories) {
            assert_eq!((&own.id, set(&own.loose)), (&tried.id, set(&tried.loose)));
            assert!(set(&own.words).is_superset(&set(&tried.words)), "{:?}", own.words);
        }
        assert_eq!(own.categories.len(), tried.categories.len());
        assert_eq!(set(&own.keywords), set(&tried.keywords));
        assert_eq!(set(&own.bureau_names), set(&tried.bureau_names));
        assert_eq!(set(&own.bureau_emails), set(&tried.bureau_emails));
        assert_eq!(set(&own.bureau_phones), set(&tried.bureau_phones));
        assert_eq!((own.prefixes, own.servers), (tried.prefixes, tried.servers));
    }

    #[test]
    fn every_known_field_can_have_labels_of_an_event_s_own() {
        for field in super::super::KNOWN_FIELDS {
            assert!(item(field).is_some(), "{field}");
        }
    }
}
