//! The templates: compiled in from `config/letters/`, each overridable by a file of the same name.
//!
//! They are checked when they are loaded, all of them, with samples of everything that can be said:
//! a template with a mistake is refused at start with file and line, and never met first by a
//! citizen. Rendering is strict: an unknown variable is an error, and so is printing one that may
//! be missing without asking first.

use std::path::{Path, PathBuf};

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, syntax::SyntaxConfig};
use serde::Serialize;

use super::samples;

/// The compiled-in templates, by file name. Those in `.html` escape what they print.
const BUILT_IN: &[(&str, &str)] = &[
    ("already.txt", include_str!("../../config/letters/already.txt")),
    ("announcement.html", include_str!("../../config/letters/announcement.html")),
    ("announcement.txt", include_str!("../../config/letters/announcement.txt")),
    ("announcement_rules.txt", include_str!("../../config/letters/announcement_rules.txt")),
    ("announcement_who.txt", include_str!("../../config/letters/announcement_who.txt")),
    ("announcement_wechat.txt", include_str!("../../config/letters/announcement_wechat.txt")),
    ("called_off.txt", include_str!("../../config/letters/called_off.txt")),
    ("cancelled.txt", include_str!("../../config/letters/cancelled.txt")),
    ("closed.txt", include_str!("../../config/letters/closed.txt")),
    ("confirmed.txt", include_str!("../../config/letters/confirmed.txt")),
    ("corrected.txt", include_str!("../../config/letters/corrected.txt")),
    ("digest.html", include_str!("../../config/letters/digest.html")),
    ("digest.txt", include_str!("../../config/letters/digest.txt")),
    ("incomplete.txt", include_str!("../../config/letters/incomplete.txt")),
    ("lapsed.txt", include_str!("../../config/letters/lapsed.txt")),
    ("last_in_line.txt", include_str!("../../config/letters/last_in_line.txt")),
    ("letter.html", include_str!("../../config/letters/letter.html")),
    ("letter.txt", include_str!("../../config/letters/letter.txt")),
    ("moved.txt", include_str!("../../config/letters/moved.txt")),
    ("not_eligible.txt", include_str!("../../config/letters/not_eligible.txt")),
    ("line_full.txt", include_str!("../../config/letters/line_full.txt")),
    ("listed.txt", include_str!("../../config/letters/listed.txt")),
    ("not_chosen.txt", include_str!("../../config/letters/not_chosen.txt")),
    ("not_yet_open.txt", include_str!("../../config/letters/not_yet_open.txt")),
    ("offer_expired.txt", include_str!("../../config/letters/offer_expired.txt")),
    ("offered.txt", include_str!("../../config/letters/offered.txt")),
    ("passed.txt", include_str!("../../config/letters/passed.txt")),
    ("promoted.txt", include_str!("../../config/letters/promoted.txt")),
    ("rejected.txt", include_str!("../../config/letters/rejected.txt")),
    ("reminder.txt", include_str!("../../config/letters/reminder.txt")),
    ("remarks.txt", include_str!("../../config/letters/remarks.txt")),
    ("review.txt", include_str!("../../config/letters/review.txt")),
    ("standing.txt", include_str!("../../config/letters/standing.txt")),
    ("subject.txt", include_str!("../../config/letters/subject.txt")),
    ("too_late.txt", include_str!("../../config/letters/too_late.txt")),
    ("waitlisted.txt", include_str!("../../config/letters/waitlisted.txt")),
    ("which_event.txt", include_str!("../../config/letters/which_event.txt")),
];

/// A template that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The directory or a file in it cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The directory or file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file has a name that no template has.
    #[error("{}: not a template of this program; it knows {known}", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// All names.
        known: String,
    },
    /// It does not parse, or fails on a sample.
    #[error("{place}: {problem}")]
    Faulty {
        /// File and line.
        place: String,
        /// What is wrong.
        problem: String,
    },
}

/// The loaded templates.
#[derive(Debug)]
pub struct Stationery {
    templates: Environment<'static>,
    /// The overriding directory, for messages.
    directory: Option<PathBuf>,
    overridden: Vec<&'static str>,
}

impl Stationery {
    /// Loads the built-in templates and those that override them in `directory`, and checks all of
    /// them (the digest's are checked by `digest::check_templates`, which knows what they print).
    pub fn load(directory: Option<&Path>) -> Result<Self, TemplateError> {
        let mut stationery = Self::built_in()?;
        if let Some(directory) = directory {
            stationery.override_from(directory)?;
        }
        samples::check(&stationery)?;
        Ok(stationery)
    }

    fn built_in() -> Result<Self, TemplateError> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        templates.set_syntax(syntax.unwrap_or_default());
        templates.set_auto_escape_callback(|name| match Path::new(name).extension() {
            Some(end) if end == "html" => AutoEscape::Html,
            _ => AutoEscape::None,
        });
        templates.set_formatter(|out, state, value| {
            if value.is_none() {
                let problem = "prints a value that is missing here; ask for it with {% if %} first";
                return Err(minijinja::Error::new(ErrorKind::UndefinedError, problem));
            }
            minijinja::escape_formatter(out, state, value)
        });
        let mut stationery = Self { templates, directory: None, overridden: Vec::new() };
        for (name, source) in BUILT_IN {
            stationery.add(name, (*source).to_owned())?;
        }
        Ok(stationery)
    }

    fn override_from(&mut self, directory: &Path) -> Result<(), TemplateError> {
        self.directory = Some(directory.to_owned());
        let unreadable =
            |path: &Path, source| TemplateError::Unreadable { path: path.to_owned(), source };
        let entries = std::fs::read_dir(directory).map_err(|error| unreadable(directory, error))?;
        for entry in entries {
            let path = entry.map_err(|error| unreadable(directory, error))?.path();
            let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            // Editors' leavings and notes lie about in such directories; a misspelt template name
            // does no harm only when it is noticed.
            if ![Some("txt"), Some("html")].contains(&path.extension().and_then(|end| end.to_str()))
            {
                continue;
            }
            let Some((name, _)) = BUILT_IN.iter().find(|(name, _)| *name == file) else {
                let known = BUILT_IN.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
                return Err(TemplateError::Unknown { path, known });
            };
            let source =
                std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
            self.overridden.push(name);
            self.add(name, source)?;
        }
        Ok(())
    }

    fn add(&mut self, name: &'static str, source: String) -> Result<(), TemplateError> {
        let added = self.templates.add_template_owned(name, source);
        added.map_err(|error| self.faulty(name, &error))
    }

    /// Renders the template `name` with `context`, which must be a struct or a map.
    pub fn render<C: Serialize>(&self, name: &str, context: C) -> Result<String, TemplateError> {
        let rendered = self.templates.get_template(name);
        let rendered = rendered.and_then(|template| template.render(Serde(context)));
        rendered.map_err(|error| self.faulty(name, &error))
    }

    /// Refuses a template that names a variable which `context` does not have, even in a branch that
    /// this context does not take.
    pub fn check_names<C: Serialize>(&self, name: &str, context: C) -> Result<(), TemplateError> {
        let template = self.templates.get_template(name);
        let template = template.map_err(|error| self.faulty(name, &error))?;
        let context = minijinja::Value::from(Serde(context));
        let known = |path: &str| {
            let parts = path.split('.').map(minijinja::Value::from);
            let found = parts.into_iter().try_fold(context.clone(), |value, part| {
                value.get_item(&part).ok().filter(|found| !found.is_undefined())
            });
            found.is_some() || self.templates.globals().any(|(global, _)| global == path)
        };
        let mut used = template.undeclared_variables(true).into_iter().collect::<Vec<_>>();
        used.sort();
        let Some(path) = used.into_iter().find(|path| !known(path)) else { return Ok(()) };
        let line = template.source().lines().position(|line| line.contains(&path));
        Err(TemplateError::Faulty {
            place: self.place(name, line.map(|line| line + 1)),
            problem: format!("unknown variable `{path}`"),
        })
    }

    fn faulty(&self, name: &str, error: &minijinja::Error) -> TemplateError {
        let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
        TemplateError::Faulty {
            place: self.place(error.name().unwrap_or(name), error.line()),
            problem: format!("{}{detail}", error.kind()),
        }
    }

    /// `/etc/baoming/letters/confirmed.txt:3`.
    fn place(&self, name: &str, line: Option<usize>) -> String {
        let path = match &self.directory {
            Some(directory) if self.overridden.contains(&name) => directory.join(name),
            _ => Path::new("(built in) config/letters").join(name),
        };
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}", path.display())
    }
}
