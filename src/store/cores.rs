//! Work on bytes, spread over the cores: sealing the rows of a window is most of its transaction.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread;

/// Fewer items than this are not worth a thread.
const WORTH_IT: usize = 64;

/// How many there are: asking the system means reading files.
static CORES: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

/// `make` of each item, in their order.
pub(super) fn on_all_cores<T: Sync, R: Send>(items: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = *CORES;
    if items.len() < WORTH_IT || cores < 2 {
        return items.iter().map(make).collect();
    }
    let (first, rest) = items.split_at(items.len().div_ceil(cores));
    let make = &make;
    thread::scope(|scope| {
        let start = |share| {
            let work = move || -> Vec<R> { <[T]>::iter(share).map(make).collect() };
            (share, thread::Builder::new().spawn_scoped(scope, work))
        };
        let threads: Vec<_> = rest.chunks(first.len().max(1)).map(start).collect();
        let mut all: Vec<R> = first.iter().map(make).collect();
        for (share, thread) in threads {
            match thread.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(share)) => all.extend(share),
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                // No thread is to be had: the work is done here.
                Err(_) => all.extend(share.iter().map(make)),
            }
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_the_order_is_kept() {
        for length in [0, 1, WORTH_IT - 1, WORTH_IT, 1_001] {
            let items: Vec<usize> = (0..length).collect();
            assert_eq!(on_all_cores(&items, |item| *item), items);
        }
    }
}
