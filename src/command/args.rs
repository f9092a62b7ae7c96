//! What the larger commands take, as `clap` sees it.

use clap::{Args, Subcommand, ValueEnum};

/// What to do about an event.
#[derive(Debug, Subcommand)]
pub enum EventCommand {
    /// All events with their dates and places
    List,
    /// One event: dates, counts, what was told to everybody
    Show {
        /// The event's id
        event: String,
    },
    /// Take no registrations any more, before the date in the event file (提前截止)
    ///
    /// What had arrived by then is still taken, whenever it is read; what arrives later is answered as
    /// after the closing. Who has a place or waits keeps it. What is still incomplete ends, as on the
    /// closing date. Without --yes it only tells what would happen. To change the date itself, change
    /// "closes" in the event file.
    Close {
        /// The event's id
        event: String,
        /// Why, for the record (no personal details); letters do not say it
        #[arg(long)]
        reason: String,
        /// Do it
        #[arg(long)]
        yes: bool,
    },
    /// Take registrations again that "close" had ended, until the date in the event file (恢复报名)
    ///
    /// What was answered meanwhile stays so: whoever still wants to come writes again. When the date
    /// in the file has come, first change "closes" there and reload the service. Without --yes it
    /// only tells what would happen.
    Reopen {
        /// The event's id
        event: String,
        /// Why, for the record (no personal details)
        #[arg(long)]
        reason: String,
        /// Do it
        #[arg(long)]
        yes: bool,
    },
    /// Tell everybody registered that the event does not take place (活动取消)
    ///
    /// Without --yes it only tells how many letters that would be. Registrations stay as they are;
    /// whoever writes later is told too.
    CallOff {
        /// The event's id
        event: String,
        /// Why, as the letters say it, in full sentences
        #[arg(long)]
        reason: String,
        /// Do it
        #[arg(long)]
        yes: bool,
    },
    /// Tell everybody registered the time and place that the event file says now (改期、改地点)
    ///
    /// First change the time or the place in the file and reload the service. Without --yes it only
    /// tells how many letters that would be.
    Moved {
        /// The event's id
        event: String,
        /// Do it
        #[arg(long)]
        yes: bool,
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
