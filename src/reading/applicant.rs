//! A person for whom a place is asked: fields with their evidence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The names of the fields that the program itself knows; an event may define more.
pub mod field {
    /// Full name (姓名).
    pub const NAME: &str = "name";
    /// Mobile or landline number (电话).
    pub const PHONE: &str = "phone";
    /// Citizen's identity number, 18 characters (公民身份号码, GB 11643-1999).
    pub const ID_NUMBER: &str = "id_number";
    /// Present employer (工作单位).
    pub const ORGANIZATION: &str = "organization";
    /// Present post (职务).
    pub const POSITION: &str = "position";
    /// Id of the category asked for (报名类别).
    pub const CATEGORY: &str = "category";
    /// Id of another category that would do as well, or what was said of any.
    pub const OTHER_CATEGORY: &str = "other_category";
    /// 男 or 女.
    pub const GENDER: &str = "gender";
    /// Ethnic group with 族 (民族).
    pub const ETHNICITY: &str = "ethnicity";
    /// Where the person lives (住址).
    pub const ADDRESS: &str = "address";

    /// All of them, in the order in which a form has them.
    pub const IN_ORDER: [&str; 9] =
        [NAME, GENDER, ETHNICITY, ID_NUMBER, PHONE, ORGANIZATION, POSITION, ADDRESS, CATEGORY];
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The value in the form of the contract (`parse --json`).
    pub value: String,
    /// Where it was found.
    pub evidence: Evidence,
}

/// Where a value was found, so that staff, letters and the audit can quote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The document: `主题`, `正文`, a file's name, `报名表.xlsx › Sheet1`; or `工作人员录入`.
    pub document: String,
    /// The line (`第3行`) or cell (`B4`), empty where there is none.
    pub place: String,
    /// The words themselves, shortened to at most 60 characters.
    pub quote: String,
}

/// A person for whom a place is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Applicant {
    /// By field name, see [`field`].
    pub fields: BTreeMap<String, Field>,
}

impl Applicant {
    /// A field's value.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(|found| found.value.as_str())
    }

    /// Those of the `required` fields that are not stated, in their order.
    #[must_use]
    pub fn missing(&self, required: &[String]) -> Vec<String> {
        required.iter().filter(|field| self.get(field).is_none()).cloned().collect()
    }
}
