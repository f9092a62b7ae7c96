//! `backup` and `reprocess`: what an operator does with what is kept.

use std::io::Write;
use std::path::Path;

use super::context::Context;
use super::failure::Failure;

pub(super) async fn backup(
    config: &Path,
    file: &Path,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    context.vault.store.backup(file).await?;
    let key = context.settings.database.key.path().display();
    Ok(writeln!(out, "{} — the key {key} is not in it: keep a copy elsewhere", file.display())?)
}

pub(super) async fn reprocess(
    config: &Path,
    id: &str,
    by: &str,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    if !context.vault.store.reprocess(id, by).await? {
        return Err(Failure::new(format!(
            "{id} 不是无法读取的来信；日报“需要人工办理”里写着它们的编号"
        )));
    }
    Ok(writeln!(out, "已放回待处理，服务会在一分钟内重新读取。")?)
}
