//! How much a mail states of people.

use crate::reading::fact::{Force, Group, Role};
use crate::reading::vocabulary::Item;

/// How much a mail states.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Data {
    pub(crate) names: usize,
    pub(crate) numbers: usize,
    pub(crate) labelled: usize,
    pub(crate) category: bool,
    /// Names of whom the writer speaks.
    pub(crate) for_others: usize,
}

impl Data {
    /// Counts what the candidates hold.
    #[must_use]
    pub(crate) fn of(groups: &[Group]) -> Self {
        let mut data = Self::default();
        for group in groups {
            let facts = match group {
                Group::Stream(facts) | Group::Record(facts) => facts,
            };
            for fact in facts {
                let named =
                    fact.item == Item::Name && !matches!(fact.role, Role::Contact | Role::SignOff);
                data.names += usize::from(named);
                data.for_others +=
                    usize::from(fact.item == Item::Name && fact.role == Role::Beneficiary);
                data.numbers += usize::from(
                    matches!(fact.item, Item::Phone | Item::IdNumber) && fact.role != Role::Contact,
                );
                data.labelled +=
                    usize::from(fact.force == Force::Label && fact.role != Role::Contact);
                data.category |= fact.item == Item::Category;
            }
        }
        data
    }

    /// Whether it states more than who somebody is.
    #[must_use]
    pub(crate) fn supplies(self) -> bool {
        self.numbers > 0 || self.labelled > 0 || self.category
    }

    /// Whether it states anything of anybody.
    #[must_use]
    pub(crate) fn any(self) -> bool {
        self.names > 0 || self.numbers > 0 || self.labelled > 0
    }
}
