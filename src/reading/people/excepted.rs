//! What is said of all but one: `除了李淑琴是汉族女同志，其余三个都是男的、回族`.

use super::signed;
use super::whose;
use crate::reading::Evidence;
use crate::reading::fact::{Fact, Force};
use crate::reading::language::text::{Text, from, quote, until};
use crate::reading::person::People;
use crate::reading::vocabulary::{ETHNIC, Item};

/// What leads from the one to the others.
const OTHERS: [&str; 10] =
    ["其余", "其他", "其它", "剩下", "余下", "另外两", "另外三", "另外几", "另一个", "另一位"];

/// What is told of one.
type Told = fn(&str) -> Option<String>;

/// Takes what is said of all from those of whom it is not said.
pub(crate) fn apply(people: &mut People, own: &str) {
    signed::leave_outsiders(people, own);
    but_one(people, own);
    whose::apply(people, own);
}

/// Gives the one and the others what a sentence says of each.
fn but_one(people: &mut People, own: &str) {
    // Hardly any mail makes an exception.
    if people.list.len() < 2 || !OTHERS.iter().any(|word| own.contains(word)) {
        return;
    }
    for sentence in own.split(['。', '！', '；', '\n']) {
        let Some((of_one, of_others)) = told_apart(people, sentence) else { continue };
        let named = |name: &str| of_one.contains(&Text::fold(name));
        if !people.list.iter().any(|person| person.name().is_some_and(named)) {
            continue;
        }
        let items: [(Item, Told); 2] = [(Item::Ethnicity, ethnicity), (Item::Gender, gender)];
        for (item, told) in items {
            let Some(common) = told(of_others) else { continue };
            let theirs = told(of_one);
            for person in &mut people.list {
                let one = person.name().is_some_and(named);
                // What the others are was given to all before.
                let not_theirs = if one { Some(&common) } else { theirs.as_ref() };
                person.facts.retain(|fact| {
                    fact.item != item
                        || fact.force >= Force::Label
                        || Some(&fact.value) != not_theirs
                });
                let value = if one { theirs.as_ref() } else { Some(&common) };
                if let Some(value) = value.filter(|_| !person.has(item)) {
                    let evidence = Evidence {
                        document: "正文".to_owned(),
                        place: String::new(),
                        quote: quote(sentence),
                    };
                    person.facts.push(Fact::apart(item, value.clone(), Force::Prose, evidence));
                }
            }
        }
    }
}

/// What a sentence says of the one and of the others: `除了甲…，其余…`, `甲是东乡族，另外两个都是回族`.
fn told_apart<'s>(people: &People, sentence: &'s str) -> Option<(&'s str, &'s str)> {
    let (excepted, behind) = match sentence.split_once('除') {
        Some((_, behind)) => (true, behind),
        None => (false, sentence),
    };
    let at = OTHERS.iter().filter_map(|word| behind.find(word)).min()?;
    let (of_one, of_others) = (until(behind, at), from(behind, at));
    if excepted {
        return Some((of_one, of_others));
    }
    // Of the one who was named last, and nobody else.
    let names = people.list.iter().filter_map(|person| person.name()).map(Text::fold);
    let last = names.filter_map(|name| of_one.rfind(&name)).max()?;
    let clause = of_others.split(['，', ',']).next().unwrap_or("");
    Some((from(of_one, last), clause))
}

/// The ethnic group that a text names.
fn ethnicity(text: &str) -> Option<String> {
    let groups = ETHNIC.split(' ').map(|group| format!("{group}族"));
    let found = groups.filter(|group| text.contains(group.as_str()));
    // A longer name goes before one inside it.
    found.max_by_key(String::len)
}

/// The only sex that a text names.
fn gender(text: &str) -> Option<String> {
    match (text.contains('男'), text.contains('女')) {
        (true, false) => Some("男".to_owned()),
        (false, true) => Some("女".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::reader::read_letter as read;

    #[test]
    fn all_but_one_are_told_apart() {
        let body = "我们报名三人，都报群众代表：\r\n马学军 13469540711\r\n何长青 15909546382\r\n\
                    李淑琴 17795045263\r\n除了李淑琴是汉族女同志，其余两个都是男的、回族。";
        let reading = read(body);
        let told = |place: usize, key: &str| reading.applicants[place].get(key);
        assert_eq!((told(0, "ethnicity"), told(0, "gender")), (Some("回族"), Some("男")));
        assert_eq!((told(2, "ethnicity"), told(2, "gender")), (Some("汉族"), Some("女")));
    }
}
