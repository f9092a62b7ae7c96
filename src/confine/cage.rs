//! What a reading process gives up, for good, before it sees a byte of mail.
//!
//! Each layer stands for itself: Landlock (no file, no TCP port, no signal to others), resource
//! limits (no descriptor, no core, bounded memory and time) and a filter that leaves only the system
//! calls that computing and a pipe need. All of it is inherited, none of it can be taken back, and
//! none of it needs a right that the service lacks.

use std::fmt;

use landlock::{
    ABI, Access, AccessFs, AccessNet, Compatible, Ruleset, RulesetAttr, RulesetError,
    RulesetStatus, Scope,
};
use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};
use serde::{Deserialize, Serialize};

use super::calls;

/// How much memory a reading process may ask for, in bytes. The worst mail known takes less than
/// half of it (`tests/confine/same.rs`); the unit's `MemoryHigh` leaves room for one such process.
const MEMORY: u64 = 256 * 1024 * 1024;

/// The same of one that looks at pictures, which takes turns with nobody but itself.
const MEMORY_FOR_PICTURES: u64 = 1024 * 1024 * 1024;

/// Its whole address space, in bytes: memory, stack, and the program itself.
const ADDRESSES: u64 = 2 * 1024 * 1024 * 1024;

/// Its stack, in bytes: a debug build's HTML parser is deep.
const STACK: u64 = 16 * 1024 * 1024;

/// Its processor time, in seconds. The pool ends it much earlier (see `worker.rs`); this ends one
/// that the pool has lost.
const PROCESSOR: u64 = 300;

/// The same of one that looks at pictures: it works on all processors at once.
const PROCESSOR_FOR_PICTURES: u64 = 3_600;

/// How far Landlock was in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Landlock {
    /// Files, TCP ports, sockets by name and signals are out of reach.
    Full,
    /// An older kernel: files are out of reach, not all of the rest.
    Partial,
    /// The kernel has none, or it is switched off.
    None,
}

/// What confines the reading processes of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// The file system and the network, by Landlock.
    pub landlock: Landlock,
    /// Only the system calls that reading needs (seccomp).
    pub calls: bool,
}

impl Strength {
    /// Nothing is missing.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.landlock == Landlock::Full && self.calls
    }
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = vec!["resource limits"];
        let mut missing = Vec::new();
        match self.landlock {
            Landlock::Full => parts.push("Landlock"),
            Landlock::Partial => parts.push("Landlock of an older kernel"),
            Landlock::None => missing.push("Landlock"),
        }
        if self.calls { &mut parts } else { &mut missing }.push("system-call filter");
        write!(f, "{}", parts.join(", "))?;
        if !missing.is_empty() {
            write!(f, " only; this kernel does not offer: {}", missing.join(", "))?;
        }
        Ok(())
    }
}

/// Gives up everything. An error means that not even the limits hold: then nothing may be read.
pub(super) fn enter(pictures: bool) -> std::io::Result<Strength> {
    // The pool's thread is the parent: a service that is killed takes its readers along.
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    // How `ps` and `top` call it; it was started by another name.
    let _ = rustix::thread::set_name(c"baoming-reader");
    // A kernel that runs out of memory shall end a reader, never the service. It may not be there.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    rustix::thread::set_no_new_privs(true)?;
    let landlock = match no_files() {
        Ok(RulesetStatus::FullyEnforced) => Landlock::Full,
        Ok(RulesetStatus::PartiallyEnforced) => Landlock::Partial,
        Ok(RulesetStatus::NotEnforced) | Err(_) => Landlock::None,
    };
    let (memory, processor) =
        if pictures { (MEMORY_FOR_PICTURES, PROCESSOR_FOR_PICTURES) } else { (MEMORY, PROCESSOR) };
    limits(memory, processor)?;
    // The readers of Word files start a thread each, so processes cannot be limited by number.
    let calls = calls::leave_only_those_for_reading();
    Ok(Strength { landlock, calls })
}

/// Handles every right that Landlock knows, and allows none.
fn no_files() -> Result<RulesetStatus, RulesetError> {
    // Linux 6.12. A newer one knows more rights; they go with a call that the filter refuses.
    let abi = ABI::V6;
    let status = Ruleset::default()
        .set_compatibility(landlock::CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?
        .restrict_self()?;
    Ok(status.ruleset)
}

fn limits(memory: u64, processor: u64) -> std::io::Result<()> {
    for (what, most) in [
        (Resource::Core, 0),
        (Resource::Nofile, 0),
        (Resource::Fsize, 0),
        (Resource::Memlock, 0),
        (Resource::Msgqueue, 0),
        (Resource::Data, memory),
        (Resource::As, ADDRESSES),
        (Resource::Cpu, processor),
    ] {
        lower(what, most)?;
    }
    // The stack grows when it is used, as far as the limit of that moment.
    let old = getrlimit(Resource::Stack);
    let most = old.maximum.map_or(STACK, |hard| hard.min(STACK));
    Ok(setrlimit(Resource::Stack, Rlimit { current: Some(most), maximum: Some(most) })?)
}

/// Lowers a limit; one that is lower already stays.
fn lower(what: Resource, most: u64) -> std::io::Result<()> {
    let hard = getrlimit(what).maximum.map_or(most, |hard| hard.min(most));
    Ok(setrlimit(what, Rlimit { current: Some(hard), maximum: Some(hard) })?)
}
