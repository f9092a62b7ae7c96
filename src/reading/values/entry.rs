//! A value that a clerk types in: held to the same rules as one that is read.

use super::behind_label::{self, Said};
use crate::reading::field;
use crate::reading::language::text::Text;
use crate::reading::vocabulary::{Item, Vocabulary};

/// The value in the form of the contract, or why it cannot be right. `None`: nothing was entered.
#[must_use]
pub fn entered(
    field: &str,
    value: &str,
    vocabulary: &Vocabulary,
) -> Option<Result<String, String>> {
    let item = match field {
        field::NAME => Item::Name,
        field::PHONE => Item::Phone,
        field::ID_NUMBER => Item::IdNumber,
        field::GENDER => Item::Gender,
        field::ETHNICITY => Item::Ethnicity,
        // An id is entered, or the words for it.
        field::CATEGORY if vocabulary.categories.iter().any(|one| one.id == value) => {
            return Some(Ok(value.to_owned()));
        }
        field::CATEGORY => Item::Category,
        field::ORGANIZATION => Item::Organization,
        field::POSITION => Item::Position,
        field::ADDRESS => Item::Address,
        _ => Item::Custom(0),
    };
    let said = behind_label::read(&[item], &Text::new(value), vocabulary);
    let own = |said: &&Said| matches!(said, Said::Value(found, _) if *found == item);
    if said.iter().filter(own).count() > 1 {
        return Some(Err("写了不止一个".to_owned()));
    }
    match said.into_iter().next() {
        Some(Said::Value(_, value)) => Some(Ok(value)),
        Some(Said::Wrong(_, why)) => Some(Err(why)),
        None if value.trim().is_empty() => None,
        None => Some(Err(format!("“{}”不像是这一项的内容", value.trim()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_clerk_types_is_held_to_the_rules() {
        let vocabulary = Vocabulary::default();
        let enter = |field: &str, value: &str| entered(field, value, &vocabulary);
        assert_eq!(enter("phone", "+86 139-9500-0001"), Some(Ok("13995000001".to_owned())));
        assert_eq!(enter("name", " 张 三 "), Some(Ok("张三".to_owned())));
        assert_eq!(enter("category", "supervisor"), Some(Ok("supervisor".to_owned())));
        assert_eq!(enter("category", "企业代表"), Some(Ok("representative".to_owned())));
        assert!(matches!(enter("id_number", "642223197607166138"), Some(Err(_))));
        assert!(matches!(enter("phone", "12"), Some(Err(_))));
        assert_eq!(enter("phone", "3018118-6"), Some(Ok("3018118-6".to_owned())));
        assert!(matches!(enter("phone", "0000-0000000"), Some(Err(_))));
        assert_eq!(enter("phone", " "), None);
        // Neither of two people is taken in silence.
        assert!(matches!(enter("name", "张三、李四"), Some(Err(_))));
    }
}
