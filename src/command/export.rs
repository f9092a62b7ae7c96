//! `export`: the roster as a file.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::context::Context;
use super::failure::Failure;
use super::roster::events;
use crate::export::{csv, public, roll, sign_in, xlsx};
use crate::intake::meant;
use crate::store::RegistrationFilter;

/// Which of the lists.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which {
    /// All registrations, with all that is known.
    Roll,
    /// Who has a place, masked.
    Public,
    /// Who has a place, with room to sign.
    SignIn,
}

impl Which {
    /// By the command's flags.
    #[must_use]
    pub(super) fn asked(public: bool, sign_in: bool) -> Self {
        match (public, sign_in) {
            (true, _) => Self::Public,
            (_, true) => Self::SignIn,
            _ => Self::Roll,
        }
    }
}

pub(super) async fn export(
    config: &Path,
    file: &Path,
    which: Which,
    event: Option<&str>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    let write = match ending.to_str() {
        Some("xlsx") => xlsx,
        Some("csv") => csv,
        _ => {
            let name = file.display();
            return Err(Failure::usage(format!("{name}：文件名须以 .xlsx 或 .csv 结尾")));
        }
    };
    let context = Context::for_clerk(config).await?;
    let events = events(&context);
    let event = meant(&events, event).map_err(|error| Failure::usage(error.to_string()))?;
    let filter =
        RegistrationFilter { event: Some(event.id.clone()), ..RegistrationFilter::default() };
    let rows = context.vault.store.registrations(&filter).await?;
    let list = match which {
        Which::Roll => roll(event, &rows),
        Which::Public => public(event, &rows),
        Which::SignIn => sign_in(event, &rows),
    };
    let bytes = write(&list).map_err(|error| Failure::new(error.to_string()))?;
    keep(file, &bytes)?;
    Ok(writeln!(out, "{}：{}，{} 行", file.display(), list.sheet, list.rows.len())?)
}

/// Writes a file that only its owner reads. One with something in it stays as it is.
pub(super) fn keep(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write(file, bytes).map_err(|error| {
        let name = file.display();
        Failure::new(if error.kind() == io::ErrorKind::AlreadyExists {
            format!("{name} 已经存在，没有改动；请换一个文件名，或先移走它")
        } else {
            format!("{name} 写不进去：{error}")
        })
    })
}

fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::metadata(file).is_ok_and(|found| found.len() > 0) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut opened =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
    let written = opened.write_all(bytes).and_then(|()| opened.sync_all());
    if written.is_err() {
        // Half a list is no list; that it cannot be removed is not the news.
        let _ = fs::remove_file(file);
    }
    written
}
