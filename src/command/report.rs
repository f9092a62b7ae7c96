//! `report`: the closing report.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use super::context::Context;
use super::event::chosen;
use super::failure::Failure;
use super::roster::events;
use crate::report::report as closing;
use crate::store::RegistrationFilter;

pub(super) async fn report(
    config: &Path,
    event: Option<&str>,
    file: &Path,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    let ending = ending.to_str().unwrap_or_default();
    if !["docx", "md", "txt", "html"].contains(&ending) {
        let name = file.display();
        return Err(Failure::usage(format!("{name}：文件名须以 .docx、.md、.txt 或 .html 结尾")));
    }
    let context = Context::for_clerk(config).await?;
    let events = events(&context);
    let event = chosen(&events, event)?;
    let filter = RegistrationFilter { event: Some(event.id.clone()), ..Default::default() };
    let rows = context.vault.store.registrations(&filter).await?;
    let paper = closing(event, &rows, context.clock.now());
    let bytes = match ending {
        "docx" => paper.docx()?,
        "md" => paper.markdown().into_bytes(),
        "html" => paper.html().into_bytes(),
        _ => paper.text().into_bytes(),
    };
    let opened = OpenOptions::new().write(true).create_new(true).open(file);
    let written = opened.and_then(|mut opened| opened.write_all(&bytes));
    written.map_err(|error| Failure::new(format!("{}：{error}", file.display())))?;
    Ok(writeln!(out, "{}", file.display())?)
}
