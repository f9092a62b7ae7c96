//! The command line as `clap` sees it. What each command does is in its own file.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use super::args::{EventCommand, ListArgs, StatusArg};
use super::by_hand::{AddArgs, AttendArgs, ChangeArgs, ImportArgs, field_value};
use super::examples;
use crate::settings::DEFAULT_FILE;

/// baoming (报名): a registration desk for e-mail.
///
/// It polls a mailbox, reads what citizens write, fills the places and the waiting list fairly,
/// answers by e-mail and sends the staff one digest a day.
#[derive(Debug, Parser)]
#[command(version, after_help = examples::ALL)]
pub struct Cli {
    /// The settings file; the event files that it lists lie beside it
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        default_value = DEFAULT_FILE,
        help_heading = "Everywhere"
    )]
    pub config: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, in the order in which one meets them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the whole job on made-up mail; nothing needs to be set up (演示)
    ///
    /// A Maildir of invented mail goes in; the roster, the letters and the digests come out. The
    /// clock is a virtual one that runs through the two weeks of the registration.
    Demo {
        /// Where to write mail/, letters/, digests/ and baoming.db: a new or empty folder
        /// (without it: a new temporary folder, which is printed and kept)
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Run the service: poll, decide, answer and report until told to stop (运行)
    ///
    /// This is what systemd starts. SIGTERM finishes the transaction in hand and exits within ten
    /// seconds; SIGHUP reads the settings again (when they are bad, the old ones stay).
    Run,
    /// Make one pass: fetch, decide, send what is due; then exit (收发一轮)
    ///
    /// For a first try of the settings, or from a timer instead of the service. It refuses to run
    /// beside the service.
    #[command(after_help = examples::ONCE)]
    Once {
        /// Take everything in, but leave the letters in the outbox
        #[arg(long)]
        hold_letters: bool,
    },
    /// Check settings, templates, database, logins, clock and permissions (自检)
    ///
    /// One line each: ok, or what is wrong and how to mend it. It logs in to the servers and
    /// changes no mail and sends none. A login that works again ends the rest after a refused one.
    Check,
    /// Read message files and print what they say, without any database (读信)
    ///
    /// With the words of the first event in the settings file; without a settings file with those
    /// of the compiled-in event.
    #[command(after_help = examples::PARSE)]
    Parse {
        /// One JSON object a line instead of text
        #[arg(long)]
        json: bool,
        /// Message files, or folders of *.eml
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// List the registrations (名单)
    #[command(after_help = examples::LIST)]
    List(ListArgs),
    /// Show one registration with the words it was read from (查看)
    #[command(after_help = examples::SHOW)]
    Show {
        /// The registration number, for instance XJ21-007
        number: String,
    },
    /// Explain why a registration has the place it has (说明缘由)
    #[command(after_help = examples::EXPLAIN)]
    Explain {
        /// The registration number, for instance XJ21-007
        number: String,
    },
    /// Enter a registration by telephone or at the counter (电话、现场报名)
    ///
    /// It is held to the same rules as a mail that arrives now: the same person is not entered
    /// twice, and when the category is full it joins the waiting list. With --email a letter goes
    /// out.
    #[command(after_help = examples::ADD)]
    Add(AddArgs),
    /// Enter the people on a list: a spreadsheet or a form (批量录入)
    ///
    /// A paper list typed into a table, or a filled-in form, as .xlsx, .xls, .csv, .docx and the
    /// like. Each row is held to the same rules as "add", in the order of the list. When a row
    /// cannot be entered nobody is; who is registered already is passed over.
    #[command(after_help = examples::IMPORT)]
    Import(ImportArgs),
    /// Give a registration's place back (取消); the first in line moves up
    #[command(after_help = examples::CANCEL)]
    Cancel {
        /// The registration number
        number: String,
        /// Why, for the record (no personal details)
        #[arg(long, default_value = "本人要求取消")]
        reason: String,
    },
    /// Take a registration that waits for review, with corrected values if needed (通过)
    ///
    /// On a registration that is settled already it corrects values, as "change" does; then --set is
    /// needed.
    #[command(after_help = examples::APPROVE)]
    Approve {
        /// The registration number
        number: String,
        // Not a doc comment: clap would print the quotes that rustdoc wants around a name.
        #[arg(
            long = "set",
            value_name = "FIELD=VALUE",
            value_parser = field_value,
            help = "A value to enter or correct (may be repeated): name=…, phone=…, id_number=…, category=…"
        )]
        #[expect(missing_docs, reason = "its help says it")]
        set: Vec<(String, String)>,
    },
    /// Correct a registration: what somebody says on the telephone (更正、改报类别)
    ///
    /// It also supplies what an incomplete registration lacks. Another category counts from now on,
    /// behind those who wanted it before; a place is never lost by it.
    #[command(after_help = examples::CHANGE)]
    Change(ChangeArgs),
    /// Refuse a registration that waits for review or is incomplete (不予登记)
    #[command(after_help = examples::REJECT)]
    Reject {
        /// The registration number
        number: String,
        /// What the letter to the applicant gives as the reason, in full sentences
        #[arg(long)]
        reason: String,
    },
    /// Give a free place out of turn; recorded as such (直接递补)
    Promote {
        /// The registration number
        number: String,
        /// Why, for the record
        #[arg(long)]
        reason: String,
    },
    /// Choose registrations where the staff choose who comes (选定)
    ///
    /// For events with "selection" in their file. Nobody is told before that moment, so a choice can
    /// be taken back until then; afterwards the letter goes out at once.
    #[command(after_help = examples::SELECT)]
    Select {
        /// The registration numbers
        #[arg(required = true, value_name = "NUMBER")]
        numbers: Vec<String>,
        /// Take the choice back
        #[arg(long)]
        undo: bool,
    },
    /// Note that somebody came (签到), or did not
    ///
    /// Or take in the sign-in sheet of "export --sign-in", filled in: each row is found by its number,
    /// and the name must agree. When a row is wrong nothing is noted.
    #[command(after_help = examples::ATTEND)]
    Attend(AttendArgs),
    /// Settle a task of the digest that needs nothing more (办结)
    ///
    /// For instance after a question was answered from the mailbox's web page. Tasks that a command
    /// carries out (approve, reject, cancel) settle themselves.
    Settle {
        /// The tasks' numbers in the digest
        #[arg(required = true, value_name = "TASK")]
        tasks: Vec<String>,
    },
    /// List letters: what was sent, what waits, whose fate is unknown (回信)
    #[command(after_help = examples::LETTERS)]
    Letters {
        /// Only those whose fate is unknown
        #[arg(long)]
        uncertain: bool,
        /// One JSON object a line instead of text
        #[arg(long)]
        json: bool,
    },
    /// Send a letter once more whose fate is unknown, or that was refused (重发)
    ///
    /// It keeps its Message-ID, so that a mail program which has both shows one.
    Resend {
        /// The letter's number, from "baoming letters --uncertain"
        letter: String,
        /// It did arrive (somebody asked): note it as sent instead of sending it
        #[arg(long)]
        arrived: bool,
    },
    /// Show a day's digest, or write or send it (日报)
    ///
    /// It is written from what is known now; what went out on an earlier day lies in the staff's
    /// mailbox.
    #[command(after_help = examples::DIGEST)]
    Digest {
        /// Another bureau's, by its name in the settings
        #[arg(long, value_name = "NAME")]
        bureau: Option<String>,
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
    /// Write the roster as a file: .xlsx or .csv (导出)
    ///
    /// Without an option all registrations with all that is known of them, for the staff only. The
    /// file must not exist yet, or be empty; it is readable for its owner only.
    #[command(after_help = examples::EXPORT)]
    Export {
        /// The file to write; its ending says what it becomes
        #[arg(value_name = "FILE.xlsx|.csv")]
        file: PathBuf,
        /// The masked list for publication: who has a place, as 马*龙 and 138****2345 (公示名单)
        #[arg(long)]
        public: bool,
        /// Who has a place, with room to sign (签到表)
        #[arg(long, conflicts_with = "public")]
        sign_in: bool,
        /// Which event, when there are several
        #[arg(long, value_name = "EVENT")]
        event: Option<String>,
    },
    /// Write the call for registrations, for the web site and 微信, with the form (征集公告)
    ///
    /// From the event file by which the service decides: dates, places and addresses are the same.
    /// Without --out the text is shown.
    #[command(after_help = examples::ANNOUNCE)]
    Announce {
        /// Which event, when there are several
        #[arg(long, value_name = "EVENT")]
        event: Option<String>,
        /// Write 公告.txt, 公告.html, 微信.txt and 报名表.docx into this folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Write the closing report: counts and suggestions, no names (活动总结)
    ///
    /// After the event, once the attendance is noted. The file must not exist yet.
    #[command(after_help = examples::REPORT)]
    Report {
        /// The file to write; its ending says what it becomes
        #[arg(value_name = "FILE.docx|.md|.txt|.html")]
        file: PathBuf,
        /// Which event, when there are several
        #[arg(long, value_name = "EVENT")]
        event: Option<String>,
    },
    /// Erase what is personal: of one person, or of an event that is over (清除个人信息)
    ///
    /// The mails, letters and values go, and their bytes with them; numbers, statuses, counts and the
    /// audit's codes stay. The service does it by itself some time after each event, as its file
    /// says. It cannot be undone.
    #[command(after_help = examples::ERASE)]
    Erase {
        /// A registration number: everything that is known of this person
        #[arg(required_unless_present_any = ["event", "message"])]
        number: Option<String>,
        /// Everybody of this event
        #[arg(long, value_name = "EVENT", conflicts_with = "number")]
        event: Option<String>,
        /// A message that could not be read, by its id in the digest
        #[arg(long, value_name = "ID", conflicts_with_all = ["number", "event"])]
        message: Option<String>,
        /// Only tell what would be erased
        #[arg(long)]
        dry_run: bool,
    },
    /// The events: how far each has come; call one off, or tell that it moved (活动)
    ///
    /// The calendar takes an event on, from announced to open, closed, over and erased, by the dates in
    /// its file: to open or close registration at another time, change the date there and reload the
    /// service. What everybody must be told is a command; "erase --event" erases before its time.
    #[command(subcommand, after_help = examples::EVENT)]
    Event(EventCommand),
    /// Show what the service is doing; exit 1 when it is not well (状态)
    Status {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Read every stored message again and show what would be read otherwise (重读对照)
    ///
    /// With the present program and the words of the present settings: before a changed event file
    /// or a new version is taken into service, it shows what that would change. Nothing is decided,
    /// written or sent; values that a clerk entered are not compared.
    #[command(after_help = examples::REPLAY)]
    Replay {
        /// One JSON object a line instead of text
        #[arg(long)]
        json: bool,
    },
    /// Take a message in quarantine through again (重新读取)
    Reprocess {
        /// The message's id, from the digest
        id: String,
    },
    /// Write a consistent copy of the database; the key is not in it (备份)
    #[command(after_help = examples::BACKUP)]
    Backup {
        /// The file to write, which must not exist
        file: PathBuf,
    },
}
