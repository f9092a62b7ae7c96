//! Reading a Maildir.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};
use tokio::time::{Instant, sleep};

use super::scan::scan;
use super::{Options, folder_path, off_thread};
use crate::clock::Clock;
use crate::fault;
use crate::mailbox::error::{Error, Step};
use crate::mailbox::{Arrival, HEAD_BYTES, Listed, MessageKey, Wake};

/// How often a waiting session looks whether the folder changed.
const LOOK_INTERVAL: Duration = Duration::from_secs(1);

/// How long an empty file may still be completed. It is a delivery that broke off; after that nothing
/// comes any more, and it is handed out as it is, so that a person looks for the mail.
const BROKEN_OFF: SignedDuration = SignedDuration::from_hours(1);

/// A Maildir that is being read.
pub(in crate::mailbox) struct Session {
    options: Options,
    clock: Clock,
    open: Option<Open>,
    /// When `new/` and `cur/` of each folder had last changed before its last listing.
    seen: HashMap<PathBuf, Option<[SystemTime; 2]>>,
}

struct Open {
    folder: String,
    path: PathBuf,
    /// Where the messages of the last listing lie.
    paths: HashMap<u64, PathBuf>,
}

impl Session {
    pub(in crate::mailbox) fn open(options: &Options, clock: &Clock) -> Result<Self, Error> {
        let path = options.path.clone();
        fs::metadata(&path).map_err(|reason| Error::Files { path, reason })?;
        let (options, clock) = (options.clone(), clock.clone());
        Ok(Self { options, clock, open: None, seen: HashMap::new() })
    }

    pub(in crate::mailbox) fn examine(&mut self, folder: &str) -> Result<(), Error> {
        self.open = None;
        let path = folder_path(&self.options.path, folder)?;
        if !path.join("new").is_dir() || !path.join("cur").is_dir() {
            let words = format!("{} has no new/ and cur/", path.display());
            return Err(Error::Folder { folder: folder.to_owned(), words });
        }
        let folder = folder.to_owned();
        self.open = Some(Open { folder, path, paths: HashMap::new() });
        Ok(())
    }

    pub(in crate::mailbox) async fn list(&mut self) -> Result<Vec<Listed>, Error> {
        let open = self.open.as_mut().ok_or_else(|| not_open(Step::List))?;
        self.seen.insert(open.path.clone(), changed_at(&open.path));
        let path = open.path.clone();
        let found = off_thread(open.path.clone(), move || scan(&path)).await?;
        open.paths = found.paths;
        Ok(found.listed)
    }

    pub(in crate::mailbox) async fn fetch(
        &mut self,
        window: &[Listed],
        into: &mut Vec<Arrival>,
    ) -> Result<Vec<u64>, Error> {
        let open = self.open.as_mut().ok_or_else(|| not_open(Step::Fetch))?;
        let asked: Vec<(Listed, Option<PathBuf>)> =
            window.iter().map(|one| (one.clone(), open.paths.get(&one.uid).cloned())).collect();
        let (folder, limit) = (open.path.clone(), self.options.largest);
        let now = self.clock.now();
        let read = off_thread(open.path.clone(), move || read_all(&folder, asked, limit, now));
        let mut missing = Vec::new();
        for (listed, body) in read.await? {
            let Some((raw, cut_from)) = body else {
                missing.push(listed.uid);
                continue;
            };
            let key = MessageKey {
                mailbox: self.options.mailbox.clone(),
                folder: open.folder.clone(),
                uidvalidity: 0,
                uid: listed.uid,
            };
            into.push(Arrival { key, arrived: listed.arrived, raw, cut_from });
        }
        Ok(missing)
    }

    pub(in crate::mailbox) async fn wait(&mut self, time: Duration) -> Wake {
        let end = Instant::now() + time;
        loop {
            let changed = self.seen.iter().any(|(path, seen)| changed_at(path) != *seen);
            if changed {
                return Wake::Hint;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Wake::Time;
            }
            sleep(left.min(LOOK_INTERVAL)).await;
        }
    }
}

fn not_open(step: Step) -> Error {
    Error::protocol(step, "no folder is open")
}

fn changed_at(folder: &Path) -> Option<[SystemTime; 2]> {
    let at = |part| fs::metadata(folder.join(part)).and_then(|meta| meta.modified()).ok();
    Some([at("new")?, at("cur")?])
}

/// The bytes of a message and, when only its head was taken, its size.
type Body = (Vec<u8>, Option<u64>);

/// Reads the files; one that has gone to another name is looked for once more.
fn read_all(
    folder: &Path,
    asked: Vec<(Listed, Option<PathBuf>)>,
    largest: u64,
    now: Timestamp,
) -> Result<Vec<(Listed, Option<Body>)>, Error> {
    let mut fresh: Option<HashMap<u64, PathBuf>> = None;
    let mut done = Vec::with_capacity(asked.len());
    for (listed, path) in asked {
        let mut body = path.map_or(Ok(None), |path| read(&path, largest, now))?;
        if body.is_none() {
            let paths = match fresh.take() {
                Some(paths) => paths,
                None => scan(folder)?.paths,
            };
            body = paths.get(&listed.uid).map_or(Ok(None), |path| read(path, largest, now))?;
            fresh = Some(paths);
        }
        done.push((listed, body));
    }
    Ok(done)
}

fn read(path: &Path, largest: u64, now: Timestamp) -> Result<Option<Body>, Error> {
    let read = || {
        fault::call("file")?;
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let take = if size > largest { HEAD_BYTES } else { largest };
        let mut raw = Vec::new();
        let written = file.metadata()?.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
        file.take(take).read_to_end(&mut raw)?;
        // An empty file may still be completed.
        let early = written.is_none_or(|written| now.duration_since(written) < BROKEN_OFF);
        if raw.is_empty() && early {
            return Ok(None);
        }
        Ok(Some((raw, (size > largest).then_some(size))))
    };
    match read() {
        Ok(body) => Ok(body),
        Err(error) if io::Error::kind(&error) == io::ErrorKind::NotFound => Ok(None),
        Err(reason) => Err(Error::Files { path: path.to_owned(), reason }),
    }
}
