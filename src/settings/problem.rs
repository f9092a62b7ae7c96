//! What is wrong with the settings, told so that the operator can mend it without asking.

use std::cell::RefCell;
use std::fmt;

/// One thing that is wrong: where it stands, what it says, and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, or `the environment`.
    pub file: String,
    /// The key's path (`mailbox.bureau.port`), empty when the file as a whole is meant.
    pub key: String,
    /// The value as written; `None` when there is none or when it must not be shown.
    pub value: Option<String>,
    /// What is wrong with it.
    pub what: String,
    /// What would be right.
    pub allowed: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if !self.key.is_empty() {
            f.write_str(&self.key)?;
            if let Some(value) = &self.value {
                write!(f, " = {value}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.what)?;
        if !self.allowed.is_empty() {
            write!(f, "; allowed: {}", self.allowed)?;
        }
        Ok(())
    }
}

/// All that is wrong, one line each; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.0))]
pub struct Problems(pub Vec<Problem>);

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

/// Where problems are collected while the settings are read, and which keys were asked for: the
/// sample file is tested against them.
#[derive(Debug, Default)]
pub(super) struct Report {
    problems: RefCell<Vec<Problem>>,
    asked: RefCell<Vec<(String, String)>>,
}

impl Report {
    pub(super) fn add(&self, problem: Problem) {
        let mut problems = self.problems.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    pub(super) fn asked(&self, file: &str, path: String) {
        self.asked.borrow_mut().push((file.to_owned(), path));
    }

    /// File and path of every key that was asked for.
    #[cfg(test)]
    pub(super) fn keys(&self) -> Vec<(String, String)> {
        self.asked.borrow().clone()
    }

    /// `value`, if nothing was wrong on the way to it.
    pub(super) fn into_result<T>(self, value: Option<T>) -> Result<T, Problems> {
        let problems = self.problems.into_inner();
        match value {
            Some(value) if problems.is_empty() => Ok(value),
            _ => Err(Problems(problems)),
        }
    }
}
