//! A desk without servers, as a folder: a Maildir for mail, letters as files, one SQLite file, the
//! notice's event. Whoever includes this file has `bureau` at its root.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use baoming::settings::{Settings, Sources};

use crate::bureau::{DESK, STAFF};

/// The mailbox's name in the settings.
pub(crate) const MAILBOX: &str = "bureau";

/// Lays the folder out. `event` may rewrite the event file; `sending` are further lines of that
/// table.
pub(crate) fn lay_out(dir: &Path, event: impl FnOnce(String) -> String, sending: &str) {
    for part in ["new", "cur", "tmp", ".Junk/new", ".Junk/cur", ".Junk/tmp"] {
        fs::create_dir_all(dir.join("mail").join(part)).unwrap();
    }
    fs::create_dir(dir.join("letters")).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/xiji-open-day.toml");
    fs::write(dir.join("event.toml"), event(fs::read_to_string(sample).unwrap())).unwrap();
    let settings = format!(
        r#"
events = ["event.toml"]
[mailbox.{MAILBOX}]
kind = "maildir"
path = "mail"
folders = ["INBOX", "Junk"]
[database]
url = "sqlite:baoming.db"
[staff]
addresses = ["{STAFF}"]
[sending]
kind = "folder"
path = "letters"
from = "{DESK}"
from_name = "西吉县审批服务管理局"
gap = "0s"
per_quarter = 10000
per_day = 10000
{sending}
[daemon]
runtime_dir = "."
"#
    );
    fs::write(dir.join("baoming.toml"), settings).unwrap();
}

/// What its settings file says now.
pub(crate) fn load(dir: &Path) -> Settings {
    let sources = Sources {
        file: dir.join("baoming.toml"),
        environment: HashMap::new(),
        credentials: None,
        passwords: true,
    };
    sources.load().unwrap()
}
