//! Where settings come from: one file, the event files beside it, the environment, credentials.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use config::{Config, Environment, File, FileFormat, Value};

use super::problem::{Problem, Report};

/// Everything that settings are read from, as values, so that a test can hand in its own.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The settings file.
    pub file: PathBuf,
    /// Environment variables; those that begin with `BAOMING__` override the file.
    pub environment: HashMap<String, String>,
    /// The folder into which systemd puts credentials.
    pub credentials: Option<PathBuf>,
    /// Passwords are wanted. Clerks' commands need none and may not be allowed to read them.
    pub passwords: bool,
}

impl Sources {
    /// The file at `path` with the environment of this process.
    #[must_use]
    pub fn of_process(path: &Path) -> Self {
        #[expect(clippy::disallowed_methods, reason = "settings are where it is looked at")]
        let (variables, credentials) =
            (std::env::vars_os(), std::env::var_os("CREDENTIALS_DIRECTORY"));
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self {
            file: path.to_owned(),
            environment: variables.filter_map(text).collect(),
            credentials: credentials.map(PathBuf::from),
            passwords: true,
        }
    }

    /// The settings file with the environment laid over it.
    pub(super) fn main_file(&self, report: &Report) -> Option<Value> {
        let variables = Environment::with_prefix("BAOMING")
            .prefix_separator("__")
            .separator("__")
            .source(Some(self.environment.clone().into_iter().collect()));
        let text = text_of(&self.file, report)?;
        let file = File::from_str(&text, FileFormat::Toml);
        let name = self.file.display().to_string();
        parsed(&name, Config::builder().add_source(file).add_source(variables), report)
    }

    /// The text of an event file, which the environment leaves alone.
    pub(super) fn event_text(&self, name: &Path, report: &Report) -> Option<String> {
        text_of(&self.beside(name), report)
    }

    /// A path as the settings file means it: from its own folder.
    pub(super) fn beside(&self, path: &Path) -> PathBuf {
        self.file.parent().unwrap_or(Path::new("")).join(path)
    }
}

/// A text without the environment: an event file.
pub(super) fn parse(name: &str, text: &str, report: &Report) -> Option<Value> {
    parsed(name, Config::builder().add_source(File::from_str(text, FileFormat::Toml)), report)
}

/// What a settings or event file must be.
const ALLOWED: &str = "a TOML file that this user can read (--config names another one; \
                       config/baoming.toml is the commented sample)";

fn text_of(path: &Path, report: &Report) -> Option<String> {
    match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) => {
            let what = format!("cannot be read: {error}");
            let name = path.display().to_string();
            whole_file(&name, what, ALLOWED, report);
            None
        }
    }
}

type Builder = config::ConfigBuilder<config::builder::DefaultState>;

fn parsed(name: &str, builder: Builder, report: &Report) -> Option<Value> {
    match builder.build() {
        Ok(config) => Some(config.cache),
        Err(error) => {
            whole_file(name, error.to_string().trim_end().to_owned(), "TOML", report);
            None
        }
    }
}

fn whole_file(name: &str, what: String, allowed: &str, report: &Report) {
    report.add(Problem {
        file: name.to_owned(),
        key: String::new(),
        value: None,
        what,
        allowed: allowed.to_owned(),
    });
}
