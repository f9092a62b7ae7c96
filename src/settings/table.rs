//! A section of a file, from which keys are taken one by one; what is left over is unknown.

use std::collections::HashMap;
use std::mem;

use config::{Value, ValueKind};

use super::problem::{Problem, Report};
use super::rule::{Given, Rule};
use super::wording::{nearest, shown, tells_a_secret};

/// What the `config` crate names as the origin of an environment variable.
const ENVIRONMENT: &str = "the environment";

/// A section of the settings. Every key that a reader asks for is known; when the section goes out
/// of scope, the keys nobody asked for are reported.
pub(super) struct Table<'r> {
    report: &'r Report,
    file: String,
    path: String,
    values: HashMap<String, Value>,
    /// The values that were taken, for messages about combinations.
    taken: HashMap<String, Value>,
    known: Vec<String>,
    /// The section is written down, be it empty.
    pub(super) present: bool,
}

impl<'r> Table<'r> {
    /// The whole of a file.
    pub(super) fn root(report: &'r Report, file: &str, root: Value) -> Self {
        Self::new(report, file.to_owned(), String::new(), Some(root))
    }

    fn new(report: &'r Report, file: String, path: String, value: Option<Value>) -> Self {
        let present = value.is_some();
        let mut table = Self {
            report,
            file,
            path,
            values: HashMap::new(),
            taken: HashMap::new(),
            known: Vec::new(),
            present,
        };
        let Some(value) = value else { return table };
        let file = table.origin(&value);
        match value.kind {
            ValueKind::Table(values) => table.values = values,
            other => report.add(Problem {
                file,
                key: table.path.clone(),
                value: Some(shown(&other)),
                what: "not a section".to_owned(),
                allowed: format!("[{}] with keys of its own", table.path),
            }),
        }
        table
    }

    /// The value of `key`, or `None` when it is not written; a wrong one is reported.
    pub(super) fn optional<T: 'static>(&mut self, key: &str, rule: &Rule<T>) -> Option<T> {
        let value = self.take(key)?;
        let loose = value.origin() == Some(ENVIRONMENT);
        let read = (rule.read)(Given { kind: &value.kind, loose });
        if read.is_none() {
            self.wrong(key, "not what this key takes", &rule.allowed);
        }
        read
    }

    /// The value of `key`; a missing one is reported.
    pub(super) fn required<T: 'static>(&mut self, key: &str, rule: &Rule<T>) -> Option<T> {
        if !self.values.contains_key(key) {
            self.wrong(key, "is missing", &rule.allowed);
        }
        self.optional(key, rule)
    }

    /// The value of `key`, or `default` when it is not written.
    pub(super) fn or<T: 'static>(&mut self, key: &str, rule: &Rule<T>, default: T) -> Option<T> {
        if self.values.contains_key(key) {
            return self.optional(key, rule);
        }
        self.know(key);
        Some(default)
    }

    /// The section below `key`; an empty one when it is not written.
    pub(super) fn section(&mut self, key: &str) -> Table<'r> {
        let value = self.take(key);
        let file = value.as_ref().map_or_else(|| self.file.clone(), |value| self.origin(value));
        Table::new(self.report, file, self.at(key), value)
    }

    /// The sections below `key` by the names that the operator gave them, in the order of the
    /// names.
    pub(super) fn named(&mut self, key: &str) -> Vec<(String, Table<'r>)> {
        let mut group = self.section(key);
        let mut names: Vec<_> = mem::take(&mut group.values).into_iter().collect();
        names.sort_by(|(one, _), (other, _)| one.cmp(other));
        let section = |(name, value): (String, Value)| {
            let file = if value.origin() == Some(ENVIRONMENT) { ENVIRONMENT } else { &group.file };
            let path = group.at(&name);
            (name, Table::new(group.report, file.to_owned(), path, Some(value)))
        };
        names.into_iter().map(section).collect()
    }

    /// The sections `[[key]]`, in their order; the path counts them from 1.
    pub(super) fn repeated(&mut self, key: &str) -> Vec<Table<'r>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let file = self.origin(&value);
        let ValueKind::Array(values) = value.kind else {
            self.wrong(key, "not a list of sections", &format!("[[{key}]] with keys of its own"));
            return Vec::new();
        };
        let numbered = values.into_iter().zip(1_u32..);
        numbered
            .map(|(value, place)| {
                let path = format!("{}[{place}]", self.at(key));
                Table::new(self.report, file.clone(), path, Some(value))
            })
            .collect()
    }

    /// Reports `key` with the value that was written.
    pub(super) fn wrong(&self, key: &str, what: &str, allowed: &str) {
        let value = self.taken.get(key).or_else(|| self.values.get(key));
        self.report.add(Problem {
            file: value.map_or_else(|| self.file.clone(), |value| self.origin(value)),
            key: self.at(key),
            value: value.map(|value| shown(&value.kind)),
            what: what.to_owned(),
            allowed: allowed.to_owned(),
        });
    }

    /// Reports a line of a file beside this one, without what stands in it.
    pub(super) fn wrong_line(&self, file: &str, line: u32, what: &str, allowed: &str) {
        let beside = std::path::Path::new(&self.file).with_file_name(file);
        self.report.add(Problem {
            file: format!("{}:{line}", beside.display()),
            key: String::new(),
            value: None,
            what: what.to_owned(),
            allowed: allowed.to_owned(),
        });
    }

    /// Like [`Table::wrong`], for a value that must not be repeated in a message.
    pub(super) fn wrong_secret(&self, key: &str, what: &str, allowed: &str) {
        self.report.add(Problem {
            file: self.file.clone(),
            key: self.at(key),
            value: None,
            what: what.to_owned(),
            allowed: allowed.to_owned(),
        });
    }

    /// Nothing more can be said of this section: a mistake hides what its other keys mean.
    pub(super) fn abandon(&mut self) {
        self.values.clear();
    }

    /// Whether `key` is written.
    pub(super) fn has(&self, key: &str) -> bool {
        self.values.contains_key(key) || self.taken.contains_key(key)
    }

    /// The raw value of `key`, if it is written and was not asked for yet.
    pub(super) fn peek(&self, key: &str) -> Option<&ValueKind> {
        self.values.get(key).map(|value| &value.kind)
    }

    /// Whether the value of `key` comes from the environment, which wins over the file.
    pub(super) fn overridden(&self, key: &str) -> bool {
        let value = self.taken.get(key).or_else(|| self.values.get(key));
        value.is_some_and(|value| value.origin() == Some(ENVIRONMENT))
    }

    /// The raw value of `key`, which counts as known from now on.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.know(key);
        let value = self.values.remove(key)?;
        self.taken.insert(key.to_owned(), value.clone());
        Some(value)
    }

    fn know(&mut self, key: &str) {
        self.known.push(key.to_owned());
        self.report.asked(&self.file, self.at(key));
    }

    fn at(&self, key: &str) -> String {
        match (self.path.is_empty(), key.is_empty()) {
            (true, _) => key.to_owned(),
            (false, true) => self.path.clone(),
            (false, false) => format!("{}.{key}", self.path),
        }
    }

    fn origin(&self, value: &Value) -> String {
        match value.origin() {
            Some(ENVIRONMENT) => ENVIRONMENT.to_owned(),
            _ => self.file.clone(),
        }
    }
}

impl Drop for Table<'_> {
    fn drop(&mut self) {
        let mut unknown: Vec<_> = mem::take(&mut self.values).into_iter().collect();
        unknown.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.known.sort();
        self.known.dedup();
        for (key, value) in unknown {
            let nearest = nearest(&key, &self.known);
            let hint = nearest.map(|known| format!(", did you mean \"{known}\"?"));
            self.report.add(Problem {
                file: self.origin(&value),
                key: self.at(&key),
                value: (!tells_a_secret(&key)).then(|| shown(&value.kind)),
                what: format!("unknown key{}", hint.unwrap_or_default()),
                allowed: self.known.join(", "),
            });
        }
    }
}
