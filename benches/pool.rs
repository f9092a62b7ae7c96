//! What confinement costs: the messages of a folder, read by the pool of confined processes and on
//! as many threads of one process, three times in turns.
//!
//!     cargo bench --bench pool -- FOLDER

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;
use std::{env, fs, io, thread};

use baoming::confine::{self, Letter, Options, Pool};
use baoming::reading::{Reader, Vocabulary};
use tikv_jemallocator::Jemalloc;

/// As in the program.
#[global_allocator]
static MEMORY: Jemalloc = Jemalloc;

/// As many as the program hands over at once.
const WINDOW: usize = 512;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let folder = match arguments.iter().map(String::as_str).find(|one| *one != "--bench") {
        Some(confine::ARGUMENT) => return ExitCode::from(u8::from(!confine::serve(false))),
        Some(folder) => folder.to_owned(),
        None => return ExitCode::SUCCESS,
    };
    match compare(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn compare(folder: &Path) -> Result<(), Box<dyn Error>> {
    let paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let files = paths.collect::<io::Result<Vec<_>>>()?;
    let mails = files.iter().map(fs::read).collect::<io::Result<Vec<_>>>()?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let (words, size) = (Vocabulary::default(), Options::default().size);
    let reader = Reader::new(words.clone());
    for _ in 0..3 {
        told("confined", mails.len(), || {
            let pool =
                Pool::new(Options::default(), BTreeMap::from([(String::new(), words.clone())]));
            for window in mails.chunks(WINDOW) {
                let letters = window.iter().map(|raw| Letter { words: 0, raw: raw.clone() });
                runtime.block_on(pool.read(letters.collect()))?;
            }
            Ok(())
        })?;
        told("in process", mails.len(), || {
            thread::scope(|scope| {
                for share in mails.chunks(mails.len().div_ceil(size).max(1)) {
                    let read = || share.iter().for_each(|raw| drop(reader.read(raw)));
                    thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, read)?;
                }
                Ok(())
            })
        })?;
    }
    Ok(())
}

fn told(
    how: &str,
    count: usize,
    work: impl FnOnce() -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let (begun, before) = (Instant::now(), processor()?);
    work()?;
    let (seconds, used) = (begun.elapsed().as_secs_f64(), processor()? - before);
    let mut out = io::stdout();
    writeln!(out, "{how}: {count} messages in {seconds:.2} s, {used:.2} CPU seconds")?;
    Ok(())
}

/// Processor time of this process and of its children that have ended, in seconds.
fn processor() -> Result<f64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    let ticks = fields.skip(11).take(4).map(str::parse).collect::<Result<Vec<u32>, _>>()?;
    Ok(f64::from(ticks.iter().sum::<u32>()) / 100.0)
}
