//! Who may read and write what: the service its own folder, nobody else the roster or the key.

use std::fs::{self, Metadata};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::Line;
use crate::settings::{Engine, Holder, Settings};

pub(super) fn check(settings: &Settings) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Engine::Sqlite(path) = &settings.database.engine {
        let folder = path.parent().unwrap_or(Path::new("."));
        lines.push(match fs::metadata(folder) {
            Ok(found) => state_folder(folder, &found, &private_files(settings, path)),
            Err(error) => missing(folder, &error),
        });
    }
    lines.push(match fs::metadata(&settings.daemon.runtime_dir) {
        Ok(found) if found.is_dir() => Line::right(
            "permissions",
            format!("{} is there", settings.daemon.runtime_dir.display()),
        ),
        _ => Line {
            part: "permissions".to_owned(),
            finding: super::Finding::Skipped(format!(
                "{} is not there while the service does not run",
                settings.daemon.runtime_dir.display()
            )),
        },
    });
    lines
}

/// The database with its journal files, and the key.
fn private_files(settings: &Settings, database: &Path) -> Vec<PathBuf> {
    let beside = |ending: &str| {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let mut files = vec![database.to_owned(), beside("-wal"), beside("-shm")];
    if let Holder::File(key) = &settings.database.key {
        files.push(key.clone());
    }
    files
}

fn state_folder(folder: &Path, found: &Metadata, files: &[PathBuf]) -> Line {
    for file in files {
        let Ok(metadata) = fs::metadata(file) else { continue };
        let (mode, name) = (metadata.permissions().mode() & 0o777, file.display());
        if mode & 0o077 != 0 {
            let what = format!("others may read {name} (mode {mode:o})");
            return Line::wrong("permissions", what, format!("chmod 600 {name}"));
        }
        if metadata.uid() != found.uid() {
            let what = format!("{name} belongs to another user than its folder");
            let mend = format!("chown --reference={} {name}", folder.display());
            return Line::wrong("permissions", what, mend);
        }
    }
    let mode = found.permissions().mode() & 0o777;
    if mode & 0o022 != 0 {
        let what = format!("others may write into {} (mode {mode:o})", folder.display());
        return Line::wrong("permissions", what, format!("chmod 700 {}", folder.display()));
    }
    Line::right("permissions", format!("{} and what is in it", folder.display()))
}

fn missing(folder: &Path, error: &std::io::Error) -> Line {
    let what = format!("{}: {error}", folder.display());
    let mend = "the service makes it (StateDirectory=baoming): systemctl start baoming, or run \
                this as root";
    Line::wrong("permissions", what, mend)
}
