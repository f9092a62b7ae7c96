//! Who has no employer, and says so.

use crate::message::{Block, Message, Table};
use crate::reading::fact::Fact;
use crate::reading::language::text::{Text, squeeze};
use crate::reading::language::words::words;
use crate::reading::person::Person;
use crate::reading::values::places;

words! {
    /// Somebody has no employer, or it is left out on purpose.
    pub(crate) NO_EMPLOYER = "\
        没有单位 没单位 无单位 无工作单位 没工作单位 没有工作 没工作 单位没有 单位无 单位空 单位就不写 单位不写 单位就空 无业 待业 \
        务农 种地 自由职业 家庭妇女 家庭主妇 没上班 不上班 下岗 失业 灵活就业 单位:无 单位：无 单位一栏 单位那栏 单位栏";
}

/// Whoever says on a line of their own that they have no employer.
pub(super) fn says_so(person: &Person, all: &[Person]) -> bool {
    let said = |fact: &Fact| NO_EMPLOYER.found_in(&Text::fold(&fact.evidence.quote));
    let own = |fact: &Fact| {
        let quoted = |one: &Fact| one.evidence.quote == fact.evidence.quote;
        all.iter().filter(|other| other.facts.iter().any(quoted)).count() <= 1
    };
    person.facts.iter().any(|fact| said(fact) && own(fact))
}

/// A form in which the employer's field says that there is none.
pub(crate) fn in_form(message: &Message) -> bool {
    // Nobody wrote anything into an empty one.
    let none = |text: &str| {
        let text = squeeze(&Text::fold(text));
        !text.is_empty() && places::names_none(&text)
    };
    let denied = |table: &Table| {
        table.cells.windows(2).any(|pair| match pair {
            [label, value] => {
                label.row == value.row
                    && squeeze(&label.text).ends_with("单位")
                    && none(&value.text)
            }
            _ => false,
        })
    };
    let blocks = message.documents.iter().flat_map(|document| &document.blocks);
    blocks.into_iter().any(|block| matches!(block, Block::Table(table) if denied(table)))
}
