//! `report`: the closing report.

use std::io::Write;
use std::path::Path;

use super::context::Context;
use super::event::chosen;
use super::export::keep;
use super::failure::Failure;
use super::roster::events;
use crate::report::report as closing;
use crate::roster::{Event, Phase};
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
    let (store, now) = (&context.vault.store, context.clock.now());
    let state = store.event_state(&event.id).await?;
    if state.called_off.is_some() {
        return Err(Failure::new(format!("{}已经取消，没有活动总结", event.name)));
    }
    let filter = RegistrationFilter { event: Some(event.id.clone()), ..Default::default() };
    let rows = store.registrations(&filter).await?;
    // The report tells when registration closed, not when it was to close.
    let told = Event { closes: event.closing(&state), ..event.clone() };
    let paper = closing(&told, &rows, now);
    let bytes = match ending {
        "docx" => paper.docx()?,
        "md" => paper.markdown().into_bytes(),
        "html" => paper.html().into_bytes(),
        _ => paper.text().into_bytes(),
    };
    keep(file, &bytes)?;
    writeln!(out, "{}", file.display())?;
    if event.phase(now) < Phase::Over {
        writeln!(out, "活动还没有结束，这只是草稿；结束并录入签到以后，请重新生成。")?;
    }
    Ok(())
}
