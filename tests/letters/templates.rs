//! Templates: a mistake is refused when they are loaded, with file and line.
use crate::answer;
use crate::desk::{event, item, office};
use baoming::reply::Stationery;
use baoming::roster::Outcome;

/// What loading a directory with this one file says.
fn refusal(name: &str, source: &str) -> String {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join(name), source).unwrap();
    let error = Stationery::load(Some(directory.path())).unwrap_err().to_string();
    error.replace(&format!("{}/", directory.path().display()), "DIR/")
}

#[test]
fn a_file_of_the_same_name_overrides_a_built_in_template() {
    let directory = tempfile::tempdir().unwrap();
    let ours = "欢迎\n{% if item.number %}{{ item.number }}{% endif %}来吧。\n";
    std::fs::write(directory.path().join("confirmed.txt"), ours).unwrap();
    std::fs::write(directory.path().join("confirmed.txt~"), "{{").unwrap();
    let stationery = Stationery::load(Some(directory.path())).unwrap();
    let letter = answer(vec![item("XJ21-007", "马希文", Outcome::Confirmed)]);
    let composed = stationery.compose(&letter, &event(), &office()).unwrap();
    assert!(composed.subject.starts_with("【欢迎】XJ21-007 "), "{}", composed.subject);
    assert!(composed.html.contains("XJ21-007来吧。"), "{}", composed.html);
}

#[test]
fn an_unknown_variable_is_refused_with_file_and_line() {
    let said = refusal("waitlisted.txt", "候补\n\n排在第{{ item.postion }}位。\n");
    assert!(said.starts_with("DIR/waitlisted.txt:3: unknown variable `item.postion`"), "{said}");
}

#[test]
fn an_unknown_variable_is_found_in_a_branch_that_is_never_taken() {
    let said = refusal("closed.txt", "截止\n{% if false %}\n{{ event.closed }}\n{% endif %}\n");
    assert!(said.starts_with("DIR/closed.txt:3: unknown variable `event.closed`"), "{said}");
}

#[test]
fn an_unknown_variable_of_a_loop_is_refused() {
    let said = refusal("letter.txt", "{% for who in page.people %}\n{{ who.nmae }}\n{% endfor %}");
    assert!(said.starts_with("DIR/letter.txt:2: undefined value"), "{said}");
}

#[test]
fn printing_what_may_be_missing_is_refused() {
    let said = refusal("confirmed.txt", "成功\n{{ item.number }}号\n");
    assert!(said.starts_with("DIR/confirmed.txt:2: ") && said.contains("missing here"), "{said}");
}

#[test]
fn a_template_that_does_not_parse_is_refused_with_its_line() {
    let said = refusal("subject.txt", "【{{ page.headline }】\n");
    assert!(said.starts_with("DIR/subject.txt:1: syntax error"), "{said}");
}

#[test]
fn a_misspelt_template_name_is_refused_with_the_names_that_exist() {
    let said = refusal("confirm.txt", "成功");
    assert!(said.starts_with("DIR/confirm.txt: not a template of this program"), "{said}");
    assert!(said.contains("confirmed.txt"), "{said}");
}

#[test]
fn a_directory_that_is_not_there_is_named() {
    let missing = std::path::Path::new("/nowhere/letters");
    let said = Stationery::load(Some(missing)).unwrap_err().to_string();
    assert!(said.starts_with("/nowhere/letters: cannot be read: "), "{said}");
}
