//! A crash leaves no core file: it would hold the key, passwords and citizens' mail.

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// Switches core files off for this process and those that it starts. The unit does it too; this is
/// for whoever runs the program by hand. Where the system refuses, the program runs all the same.
pub(super) fn leave_no_core() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let _ = setrlimit(Resource::Core, none);
    // A handler that core files are piped to (systemd-coredump) does not go by the limit.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}
