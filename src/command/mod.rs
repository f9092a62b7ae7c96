//! The command line: one file a command.

mod announce;
mod args;
pub mod by_hand;
pub mod cli;
mod attendance;
mod closing;
mod context;
mod demo;
mod desk;
mod digest;
mod erase;
mod event;
mod examples;
mod export;
mod failure;
mod handed;
mod import;
mod left_out;
mod letters;
mod list;
pub mod log;
mod parse;
mod places;
mod reasons;
mod replay;
mod report;
mod roster;
mod service;
mod show;
mod status;
mod store;
mod table;
mod undumped;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};
use failure::Failure;

use crate::clock::Clock;
use crate::confine;
use crate::reading::Reader;
use crate::roster::OrderKind;
use crate::settings::{Settings, Sources};

/// What the process was started with, besides its arguments.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The login name of whoever gives an order, for the audit.
    pub user: Option<String>,
    /// Standard error goes to systemd's journal, which has time and unit itself.
    pub to_journal: bool,
}

/// Runs the command line and gives back the exit code.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>, around: &Surroundings) -> ExitCode {
    undumped::leave_no_core();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(failure::USAGE));
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => {
            let done = runtime.block_on(run(cli, around));
            // A look-up of a name or a message that is being read cannot be broken off; nobody
            // waits for it.
            runtime.shutdown_background();
            done
        }
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.message.is_empty() {
                let _ = writeln!(io::stderr(), "baoming: {}", failure.message);
            }
            ExitCode::from(failure.code)
        }
    }
}

async fn run(cli: Cli, around: &Surroundings) -> Result<(), Failure> {
    let config = cli.config.as_path();
    let by = around.user.as_deref().unwrap_or("staff");
    let out = &mut io::stdout().lock();
    match cli.command {
        Command::Demo { dir } => demo::demo(dir, out).await,
        Command::Run => service::run(config, around.to_journal).await,
        Command::Once { hold_letters } => {
            service::once(config, hold_letters, around.to_journal, out).await
        }
        Command::Check => check(config, out).await,
        Command::Parse { json, paths } => parse(config, &paths, json, out),
        Command::List(args) => roster::list(config, &args, out).await,
        Command::Show { number } => roster::show(config, &number, out).await,
        Command::Explain { number } => roster::explain(config, &number, out).await,
        Command::Add(args) => {
            let kind = desk::add(config, &args)?;
            desk::order(config, by, args.event.as_deref(), kind, out).await
        }
        Command::Import(args) => import::import(config, by, &args, out).await,
        Command::Cancel { number, reason } => {
            desk::order(config, by, None, OrderKind::Cancel { number, reason }, out).await
        }
        Command::Approve { number, set } => {
            let set = desk::values(config, &set)?;
            desk::order(config, by, None, OrderKind::Approve { number, set }, out).await
        }
        Command::Change(args) => {
            let kind = desk::change(config, &args)?;
            desk::order(config, by, None, kind, out).await
        }
        Command::Reject { number, reason } => {
            desk::order(config, by, None, OrderKind::Reject { number, reason }, out).await
        }
        Command::Promote { number, reason } => {
            desk::order(config, by, None, OrderKind::Promote { number, reason }, out).await
        }
        Command::Select { numbers, undo } => desk::select(config, by, numbers, !undo, out).await,
        Command::Attend(args) => attendance::attend(config, by, args, out).await,
        Command::Settle { tasks } => desk::settle(config, &tasks, by, out).await,
        Command::Letters { uncertain, json } => {
            letters::letters(config, uncertain, json, out).await
        }
        Command::Resend { letter, arrived } => {
            letters::resend(config, &letter, arrived, by, out).await
        }
        Command::Digest { bureau, date, out: folder, send } => {
            digest::digest(config, bureau.as_deref(), date, folder.as_deref(), send, out).await
        }
        Command::Export { file, public, sign_in, event } => {
            let which = export::Which::asked(public, sign_in);
            export::export(config, &file, which, event.as_deref(), out).await
        }
        Command::Announce { event, out: folder } => {
            announce::announce(config, event.as_deref(), folder.as_deref(), out)
        }
        Command::Report { file, event } => {
            report::report(config, event.as_deref(), &file, out).await
        }
        Command::Erase { number, event, message, dry_run } => {
            let what = (number.as_deref(), event.as_deref(), message.as_deref());
            erase::erase(config, by, what, dry_run, out).await
        }
        Command::Event(what) => event::event(config, by, what, out).await,
        Command::Status { json } => status::status(config, json, out).await,
        Command::Replay { json } => replay::replay(config, json, out).await,
        Command::Reprocess { id } => store::reprocess(config, &id, by, out).await,
        Command::Backup { file } => store::backup(config, &file, out).await,
    }
}

async fn check(config: &Path, out: &mut impl Write) -> Result<(), Failure> {
    let (sources, readers) = (Sources::of_process(config), confine::Options::default());
    let verdict = crate::check::run(&sources, &Clock::system(), readers).await;
    for line in &verdict.lines {
        writeln!(out, "{line}")?;
    }
    match verdict.exit_code() {
        0 => Ok(()),
        code => Err(Failure { code, message: String::new() }),
    }
}

/// `parse` works without a settings file: then by the event that is compiled in.
fn parse(
    config: &Path,
    paths: &[PathBuf],
    json: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let (reader, required) = if config.exists() {
        let settings = Settings::load_without_passwords(config)?;
        let required = settings.days.first().map(|day| day.event.required.clone());
        (reader(&settings)?, required.unwrap_or_default())
    } else {
        let day = Settings::compiled_in()?;
        let required = day.event.required.clone();
        (Reader::new(day.vocabulary()), required)
    };
    let all_read = parse::run(paths, json, &reader, &required, out)?;
    if all_read { Ok(()) } else { Err(Failure::new(String::new())) }
}

/// What mails are read with where no mailbox is named: the first mailbox's words.
fn reader(settings: &Settings) -> Result<Reader, Failure> {
    let recogniser = settings.recogniser()?;
    let first = settings.mailboxes.first();
    Ok(first.map_or_else(Reader::default, |mailbox| settings.reader(mailbox, recogniser.as_ref())))
}
