//! The processes that another one has started.

use std::fs;

/// The living and dead children of a process, with their state (`Z` is a zombie).
pub(crate) fn children_of(parent: u32) -> Vec<(u32, char)> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse() else { continue };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        // The name before may hold anything: PID (NAME) STATE PARENT …
        let Some((_, behind)) = stat.rsplit_once(") ") else { continue };
        let mut fields = behind.split(' ');
        let state = fields.next().and_then(|state| state.chars().next()).unwrap();
        if fields.next() == Some(&parent.to_string()) {
            found.push((pid, state));
        }
    }
    found.sort_unstable();
    found
}
