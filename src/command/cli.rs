//! The command line as `clap` sees it. What each command does is in its own file.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// baoming (报名): a registration desk for e-mail.
///
/// It polls a mailbox, reads what citizens write, fills the places and the waiting list fairly,
/// answers by e-mail and sends the staff one digest a day.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    after_help = "First steps:\n  baoming demo               the whole job on made-up mail, nothing else needed\n  \
                  baoming check              is everything set up? what is wrong, and how to mend it\n  \
                  baoming status             what the running service is doing\n\n\
                  Exit codes: 0 done, 1 failed, 2 wrong usage, 78 bad configuration."
)]
pub struct Cli {
    /// The settings file; the event files that it lists lie beside it.
    #[arg(long, global = true, value_name = "FILE", default_value = "/etc/baoming/baoming.toml")]
    pub config: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, in the order in which one meets them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the whole job on made-up mail: nothing needs to be installed or configured
    ///
    /// A Maildir of invented mail goes in; the roster, the letters and the digests come out. The
    /// clock is a virtual one that runs through the two weeks of the registration.
    Demo {
        /// Where to write mail/, letters/, digests/ and baoming.db: a new or empty folder
        /// (without it: a new temporary folder, which is printed and kept)
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Run the service: poll, decide, answer and report until told to stop
    ///
    /// This is what systemd starts. SIGTERM finishes the transaction in hand and exits within ten
    /// seconds; SIGHUP reads the settings again (when they are bad, the old ones stay).
    Run,
    /// Make one pass: fetch, decide, send what is due; then exit
    Once {
        /// Take everything in, but leave the letters in the outbox
        #[arg(long)]
        hold_letters: bool,
    },
    /// Check settings, templates, database, logins, clock and permissions, one line each
    Check,
    /// Read message files and print what they say, without any database
    Parse {
        /// One JSON object a line instead of text
        #[arg(long)]
        json: bool,
        /// Message files, or folders of *.eml
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// List the registrations (名单)
    List(ListArgs),
    /// Show one registration with the words it was read from
    Show {
        /// The registration number, for instance XJ21-007
        number: String,
    },
    /// Explain why a registration has the place it has
    Explain {
        /// The registration number
        number: String,
    },
    /// Enter a registration by telephone or at the counter (电话、现场报名)
    Add(AddArgs),
    /// Give a registration's place back (取消); the first in line moves up
    Cancel {
        /// The registration number
        number: String,
        /// Why, for the record (no personal details)
        #[arg(long, default_value = "applicant's wish")]
        reason: String,
    },
    /// Take a registration that waits for review, with corrected values if needed (通过)
    Approve {
        /// The registration number
        number: String,
        /// A value to set: name=…, phone=…, `id_number`=…, category=… (may be repeated)
        #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = field_value)]
        set: Vec<(String, String)>,
    },
    /// Refuse a registration that waits for review (不予通过)
    Reject {
        /// The registration number
        number: String,
        /// What the letter gives as the reason
        #[arg(long)]
        reason: String,
    },
    /// Give a free place out of turn; recorded as such
    Promote {
        /// The registration number
        number: String,
        /// Why, for the record
        #[arg(long)]
        reason: String,
    },
    /// Note that somebody came (签到), or did not
    Attend {
        /// The registration number
        number: String,
        /// The person did not come
        #[arg(long)]
        absent: bool,
    },
    /// Settle a task of the digest that needs nothing more (办结)
    Settle {
        /// The task's number in the digest
        task: String,
    },
    /// List letters: what was sent, what waits, whose fate is unknown
    Letters {
        /// Only those whose fate is unknown
        #[arg(long)]
        uncertain: bool,
        /// One JSON object a line instead of text
        #[arg(long)]
        json: bool,
    },
    /// Send a letter once more, with the same Message-ID; only where its fate is unknown
    Resend {
        /// The letter's id, from `baoming letters`
        letter: String,
        /// It did arrive (somebody asked): note it as sent instead of sending it
        #[arg(long)]
        arrived: bool,
    },
    /// Show a day's digest (日报), or write or send it
    Digest {
        /// The day, as 2021-09-13 (default: today)
        #[arg(long, value_name = "DATE")]
        date: Option<jiff::civil::Date>,
        /// Write DATE.html and DATE.txt into this folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Put it into the outbox, once a day
        #[arg(long)]
        send: bool,
    },
    /// Show what the service is doing; exit 1 when it is not well
    Status {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Take a quarantined or unsettled message through again
    Reprocess {
        /// The message's id, from the digest
        id: String,
    },
    /// Write a consistent copy of the database; the key is not in it
    Backup {
        /// The file to write, which must not exist
        file: PathBuf,
    },
}

/// What to list.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// One JSON object a line instead of a table
    #[arg(long)]
    pub json: bool,
    /// Only this event
    #[arg(long, value_name = "EVENT")]
    pub event: Option<String>,
    /// Only this status
    #[arg(long, value_name = "STATUS")]
    pub status: Option<StatusArg>,
    /// Only this category
    #[arg(long, value_name = "CATEGORY")]
    pub category: Option<String>,
}

/// The statuses by their names in the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "they are roster::Status, documented there")]
pub enum StatusArg {
    Confirmed,
    Waitlisted,
    Incomplete,
    Review,
    Cancelled,
    Refused,
}

/// A registration by telephone or at the counter.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Full name
    #[arg(long)]
    pub name: String,
    /// Telephone number
    #[arg(long)]
    pub phone: Option<String>,
    /// Identity number; its check character is checked
    #[arg(long)]
    pub id_number: Option<String>,
    /// Employer
    #[arg(long)]
    pub organization: Option<String>,
    /// The category's id; without it the event's default
    #[arg(long)]
    pub category: Option<String>,
    /// Where a letter may go
    #[arg(long)]
    pub email: Option<String>,
    /// Any other field of the event (may be repeated)
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = field_value)]
    pub set: Vec<(String, String)>,
    /// At the counter instead of by telephone
    #[arg(long)]
    pub onsite: bool,
    /// Which event, when there are several
    #[arg(long, value_name = "EVENT")]
    pub event: Option<String>,
}

fn field_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.is_empty() && !value.is_empty() => {
            Ok((field.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write it as FIELD=VALUE, for instance phone=13700000000".to_owned()),
    }
}
