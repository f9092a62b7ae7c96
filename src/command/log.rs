//! Where log lines go, and which never do.

use std::io::IsTerminal;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::FilterExt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, filter};

/// Crates that print passwords, whole messages or statements at some level: never shown, whatever
/// `RUST_LOG` asks for (lettre prints the AUTH line, sqlx the statements). Records of the `log`
/// crate, in which async-imap prints the LOGIN line and bodies at trace, go nowhere: no bridge from
/// `log` to `tracing` is installed.
const MUTED: [&str; 5] = ["async_imap", "imap_proto", "lettre", "sqlx", "rustls"];

/// Starts logging to standard error: one line an event, with its fields. `wanted` is a filter such
/// as `info` or `baoming=debug`; under systemd the journal adds time and unit itself.
pub fn start(wanted: &str, to_journal: bool, json: bool) {
    let asked =
        EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).parse_lossy(wanted);
    let spoken = filter::filter_fn(|meta| {
        let root = meta.target().split("::").next().unwrap_or_default();
        !MUTED.contains(&root)
    });
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal() && !to_journal)
        .with_target(false);
    let layer = match (json, to_journal) {
        (true, _) => lines.json().boxed(),
        (false, true) => lines.without_time().boxed(),
        (false, false) => lines.boxed(),
    };
    // A second start (in a test) keeps the first one.
    let _ = tracing_subscriber::registry().with(layer.with_filter(asked.and(spoken))).try_init();
}

/// The words of a panic can hold what a citizen wrote: only its place is told.
pub(super) fn tell_where_it_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line()));
        let place = place.unwrap_or_default();
        tracing::error!(place, "a mistake in the program: please report this");
    }));
}
