//! A settings folder made of the project's own sample files, to be changed by a test.
#![expect(unreachable_pub, dead_code, reason = "each test program uses its own part of this")]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use baoming::settings::Sources;
use tempfile::TempDir;

const SAMPLES: [(&str, &str); 3] = [
    ("baoming.toml", include_str!("../../config/baoming.toml")),
    ("xiji-open-day.toml", include_str!("../../config/xiji-open-day.toml")),
    ("another-bureau.toml", include_str!("../../config/another-bureau.toml")),
];

/// `/etc/baoming` in a temporary directory, with the sample files and the two passwords.
pub struct Folder {
    directory: TempDir,
}

impl Folder {
    pub fn new() -> Self {
        let folder = Self { directory: TempDir::new().unwrap() };
        for (name, text) in SAMPLES {
            fs::write(folder.path(name), text).unwrap();
        }
        fs::copy(folder.path("xiji-open-day.toml"), folder.path("same-prefix.toml")).unwrap();
        fs::create_dir(folder.path("credentials")).unwrap();
        folder.secret("credentials/imap", "AUTHCODEIMAP\n", 0o600);
        folder.secret("credentials/smtp", "AUTHCODESMTP\n", 0o600);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Writes a file with this mode.
    pub fn secret(&self, name: &str, text: &str, mode: u32) {
        fs::write(self.path(name), text).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Replaces the first `from`, which must be there, by `to`.
    pub fn change(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        fs::write(self.path(file), text.replacen(from, to, 1)).unwrap();
    }

    /// Puts other lines into a section of the settings file.
    pub fn replace_section(&self, section: &str, lines: &str) {
        let text = fs::read_to_string(self.path("baoming.toml")).unwrap();
        let header = format!("\n[{section}]\n");
        let (before, rest) = text.split_once(&header).unwrap();
        let after = rest.split_once("\n[").map_or("", |(_, after)| after);
        let after = if after.is_empty() { String::new() } else { format!("[{after}") };
        fs::write(self.path("baoming.toml"), format!("{before}{header}{lines}\n{after}")).unwrap();
    }

    /// The folder's file, with an empty environment.
    pub fn sources(&self) -> Sources {
        Sources {
            file: self.path("baoming.toml"),
            environment: HashMap::new(),
            credentials: None,
            passwords: true,
        }
    }

    /// The same with these variables.
    pub fn with(&self, variables: &[(&str, &str)]) -> Sources {
        let pairs = variables.iter();
        let environment = pairs.map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        Sources { environment, ..self.sources() }
    }

    /// The same with systemd's folder of credentials.
    pub fn of_systemd(&self, credentials: &Path) -> Sources {
        Sources { credentials: Some(credentials.to_owned()), ..self.sources() }
    }
}

/// Used by no test, so that the expectation of dead code above always holds.
struct NobodyNeedsThis;
