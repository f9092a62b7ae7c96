//! `demo`: the whole job on embedded parts, on a clock of its own.
//!
//! The mail of two weeks is compiled in. The clock begins at the event's opening, goes from hour to
//! hour, and stops at each message's arrival and each digest; after the closing day's digest it is
//! over. Everything runs through the very parts of the service: only the server, the postman and
//! the clock are others.

mod account;
mod stage;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::failure::Failure;
use account::Account;
use stage::Stage;

include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/command/demo/mail/list.rs"));

/// Shows the whole job.
pub(super) async fn demo(dir: Option<PathBuf>, out: &mut impl Write) -> Result<(), Failure> {
    let dir = stage::folder(dir)?;
    let mut stage = Stage::set(&dir).await?;
    let mut account = Account::new(&stage, out);
    account.opening()?;
    let moments = moments(&stage);
    let bar = bar(moments.len());
    for moment in moments {
        let told = stage.go_to(moment).await?;
        bar.suspend(|| account.tell(&told))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    let rows = stage.roster().await?;
    stage.end().await;
    account.closing(&rows, &dir)?;
    Ok(())
}

/// What the clock stops at.
#[derive(Clone, Debug)]
enum Moment {
    /// A message arrives.
    Mail(Timestamp, &'static str, &'static [u8]),
    /// A full hour: deadlines.
    Hour(Timestamp),
    /// The staff's digest.
    Digest(Timestamp),
}

impl Moment {
    fn at(&self) -> Timestamp {
        match self {
            Self::Mail(at, ..) | Self::Hour(at) | Self::Digest(at) => *at,
        }
    }
}

/// All moments from the opening to the closing day's digest, in order.
fn moments(stage: &Stage) -> Vec<Moment> {
    let (event, digest_at) = stage.event();
    let last_day = event.closes.to_zoned(event.zone.clone()).date();
    let mut day = event.opens.to_zoned(event.zone.clone()).date();
    let mut moments = Vec::new();
    while day <= last_day {
        if let Ok(at) = event.zone.to_timestamp(day.to_datetime(digest_at)) {
            moments.push(Moment::Digest(at));
        }
        let Ok(next) = day.checked_add(1.day()) else { break };
        day = next;
    }
    let end = moments.last().map_or(event.closes, Moment::at);
    let hour = |n: i64| event.opens.checked_add(SignedDuration::from_hours(n)).ok();
    let hours = (0..).map_while(hour).take_while(|at| *at <= end);
    moments.extend(hours.map(Moment::Hour));
    let arrived = |name: &str| name.split('.').next().and_then(|seconds| seconds.parse().ok());
    for &(name, raw) in MAIL {
        if let Some(at) = arrived(name).and_then(|seconds| Timestamp::from_second(seconds).ok())
            && at <= end
        {
            moments.push(Moment::Mail(at, name, raw));
        }
    }
    // At one moment mail comes before deadlines, and the digest tells of both.
    let rank = |moment: &Moment| match moment {
        Moment::Mail(..) => 0,
        Moment::Hour(_) => 1,
        Moment::Digest(_) => 2,
    };
    moments.sort_by_key(|moment| (moment.at(), rank(moment)));
    moments
}

fn bar(length: usize) -> ProgressBar {
    if !std::io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {percent}%");
    let bar = ProgressBar::new(u64::try_from(length).unwrap_or(0));
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
