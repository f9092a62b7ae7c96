//! The system calls that reading needs: memory, threads, a pipe at each end, an orderly or a violent
//! end.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen as Length, SeccompCmpOp as Is,
    SeccompCondition, SeccompFilter, SeccompRule,
};

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Allowed whatever their arguments are. What is not here is refused with EPERM.
const FREE: [i64; 23] = [
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_nanosleep,
    libc::SYS_restart_syscall,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    libc::SYS_sigaltstack,
];

/// Installs the filter; `false` where the kernel or the processor has none.
pub(super) fn leave_only_those_for_reading() -> bool {
    let install = |rules, hit, other| {
        let target = std::env::consts::ARCH.try_into().ok()?;
        let filter = SeccompFilter::new(rules, other, hit, target).ok()?;
        let program: BpfProgram = filter.try_into().ok()?;
        seccompiler::apply_filter(&program).ok()
    };
    let refused = |error: i32| SeccompAction::Errno(error.unsigned_abs());
    // What `clone3` is to start stands in memory, where a filter cannot look. Told that there is no
    // such call, the C library takes `clone`.
    let clone3 = Rules::from([(libc::SYS_clone3, Vec::new())]);
    let older = install(clone3, refused(libc::ENOSYS), SeccompAction::Allow);
    let only = |rules| install(rules, SeccompAction::Allow, refused(libc::EPERM));
    older.is_some() && rules().ok().and_then(only).is_some()
}

fn rules() -> Result<Rules, BackendError> {
    let mut rules: Rules = FREE.into_iter().map(|call| (call, Vec::new())).collect();
    let is = |argument, op, value: u64| SeccompCondition::new(argument, Length::Dword, op, value);
    let bits = |argument, bits: i32, value: i32| {
        let (bits, value) = (u64::from(bits.unsigned_abs()), u64::from(value.unsigned_abs()));
        is(argument, Is::MaskedEq(bits), value)
    };
    for call in [libc::SYS_read, libc::SYS_readv] {
        rules.insert(call, vec![SeccompRule::new(vec![is(0, Is::Eq, 0)?])?]);
    }
    for call in [libc::SYS_write, libc::SYS_writev] {
        let to = |pipe| SeccompRule::new(vec![is(0, Is::Eq, pipe)?]);
        rules.insert(call, vec![to(1)?, to(2)?]);
    }
    // Memory, but none that can be executed, and none that is a file.
    let data = bits(2, libc::PROT_EXEC, 0)?;
    let nameless = bits(3, libc::MAP_ANONYMOUS, libc::MAP_ANONYMOUS)?;
    rules.insert(libc::SYS_mprotect, vec![SeccompRule::new(vec![data.clone()])?]);
    rules.insert(libc::SYS_mmap, vec![SeccompRule::new(vec![data, nameless])?]);
    // Threads, but no process. The other filter answers `clone3`.
    let thread = bits(0, libc::CLONE_THREAD, libc::CLONE_THREAD)?;
    rules.insert(libc::SYS_clone, vec![SeccompRule::new(vec![thread])?]);
    rules.insert(libc::SYS_clone3, Vec::new());
    // `abort` sends itself a signal; nobody else gets one.
    let own = is(0, Is::Eq, u64::from(std::process::id()))?;
    rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(vec![own])?]);
    Ok(rules)
}
