//! The clock decides who was first and when a letter is due: it must be right.

use std::path::Path;

use jiff::Timestamp;

use super::Line;
use crate::clock::Clock;

/// A dead battery or a fresh image sets a clock years back; nothing runs this program before 2024.
const EARLIEST: Timestamp = Timestamp::constant(1_704_067_200, 0);

/// Where systemd-timesyncd and chrony tell that the clock is set by the network.
const SET_BY_NETWORK: [&str; 2] = ["/run/systemd/timesync/synchronized", "/run/chrony/chronyd.pid"];

pub(super) fn check(clock: &Clock) -> Line {
    let now = clock.now();
    let mend = "set the clock and keep it right: timedatectl set-ntp true";
    if now < EARLIEST {
        return Line::wrong("clock", format!("it says {now}, which is past"), mend);
    }
    let set = SET_BY_NETWORK.iter().any(|path| Path::new(path).exists());
    let how = if set { "set by the network" } else { "nobody here tells whether it is set" };
    Line::right("clock", format!("{now}, {how}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Finding;

    #[test]
    fn a_clock_that_lost_its_time_is_wrong() {
        assert_eq!(EARLIEST.to_string(), "2024-01-01T00:00:00Z");
        let line = check(&Clock::standing_at("2021-09-13T00:30:00Z".parse().unwrap()));
        assert!(matches!(line.finding, Finding::Wrong { .. }), "{line}");
        let line = check(&Clock::standing_at("2027-01-01T00:00:00Z".parse().unwrap()));
        assert!(matches!(line.finding, Finding::Right(_)), "{line}");
    }
}
