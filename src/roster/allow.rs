//! A category that only listed people may claim: appointed supervisors (义务监督员).

use std::fmt;

use super::identity::{self, name_key};
use super::{Category, Event, Person};
use crate::reading::field;

/// The people who may claim a category, and what becomes of everybody else.
#[derive(Clone, PartialEq, Eq)]
pub struct Allow {
    /// Who they are; never empty.
    pub people: Vec<Listed>,
    /// The category that others count for; without one a person decides.
    pub otherwise: Option<String>,
}

/// Somebody on the list.
#[derive(Clone, PartialEq, Eq)]
pub struct Listed {
    /// Full name.
    pub name: String,
    /// Telephone number, where the list has one.
    pub phone: Option<String>,
    /// Identity number, where the list has one.
    pub id_number: Option<String>,
}

/// Personal: only how many they are is printed.
impl fmt::Debug for Allow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Allow({} listed, otherwise {:?})", self.people.len(), self.otherwise)
    }
}

/// What the list says of somebody's claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Claim<'a> {
    /// On the list, or there is none, or no name to look for yet.
    Granted,
    /// Not on it: counts for this category.
    Moved(&'a Category),
    /// A person must look: why.
    Unsure(String),
}

/// How a person compares with an entry of the same name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Telephone or identity number differ.
    Differs,
    /// Nothing differs.
    Fits,
}

impl Category {
    /// Whether the person may claim this category.
    pub(super) fn claim<'a>(&self, event: &'a Event, person: &Person) -> Claim<'a> {
        let (Some(allow), Some(name)) = (&self.allow, person.get(field::NAME)) else {
            return Claim::Granted;
        };
        let named = allow.people.iter().filter(|one| name_key(&one.name) == name_key(&name.value));
        match named.map(|one| one.fit(person)).max() {
            Some(Fit::Fits) => Claim::Granted,
            Some(Fit::Differs) => {
                Claim::Unsure(format!("姓名在“{}”名单内，但电话或身份证号与名单不一致", self.name))
            }
            None => match allow.otherwise.as_deref().and_then(|id| event.category(id)) {
                Some(other) => Claim::Moved(other),
                None => Claim::Unsure(format!("不在“{}”名单内", self.name)),
            },
        }
    }
}

impl Listed {
    fn fit(&self, person: &Person) -> Fit {
        let said = |name: &str| person.get(name).map(|found| found.value.as_str());
        let differ = |listed: &Option<String>, name, key: fn(&str) -> String| {
            listed.as_deref().zip(said(name)).is_some_and(|(one, other)| key(one) != key(other))
        };
        let phones = differ(&self.phone, field::PHONE, identity::phone_key);
        let ids = differ(&self.id_number, field::ID_NUMBER, str::to_uppercase);
        if phones || ids { Fit::Differs } else { Fit::Fits }
    }
}
