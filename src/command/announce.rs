//! `announce`: the call for registrations, with the form.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use super::event::chosen;
use super::failure::Failure;
use crate::settings::Settings;
use crate::{announce, form};

pub(super) fn announce(
    config: &Path,
    event: Option<&str>,
    folder: Option<&Path>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let settings = Settings::load_without_passwords(config)?;
    let events: Vec<_> = settings.days.iter().map(|day| day.event.clone()).collect();
    let event = chosen(&events, event)?;
    let stationery = settings.stationery().map_err(|error| Failure::new(error.to_string()))?;
    let call =
        announce::call(&stationery, event).map_err(|error| Failure::new(error.to_string()))?;
    let Some(folder) = folder else { return Ok(writeln!(out, "{}", call.text.trim_end())?) };
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::new(format!("{}：{error}", folder.display())))?;
    let form = form::form(event)?;
    let files: [(&str, &[u8]); 4] = [
        ("公告.txt", call.text.as_bytes()),
        ("公告.html", call.html.as_bytes()),
        ("微信.txt", call.wechat.as_bytes()),
        (form::FILE, &form),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        put(&path, bytes).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Failure::new(format!("{} 已经存在；请换一个文件夹", path.display()))
            }
            _ => Failure::new(format!("{}：{error}", path.display())),
        })?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(())
}

/// What somebody may have changed by hand is not written over.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}
