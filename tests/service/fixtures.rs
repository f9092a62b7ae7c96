//! Every sample mail goes the whole way while everything is logged that can be: nothing personal is
//! in the log, and nothing lies readable in the database, its journal or a backup.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use regex::bytes::{Regex, RegexBuilder};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::stage::{Stage, at};

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The mails of a folder of samples, with what their truth says of people.
fn samples() -> (Vec<Vec<u8>>, BTreeSet<String>) {
    let (mut mails, mut secrets) = (Vec::new(), BTreeSet::new());
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for folder in ["samples", "own"] {
        for entry in std::fs::read_dir(fixtures.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "eml") {
                mails.push(std::fs::read(&path).unwrap());
            } else if path.extension().is_some_and(|end| end == "json") {
                let truth: serde_json::Value =
                    serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
                for applicant in truth["applicants"].as_array().into_iter().flatten() {
                    for field in ["name", "phone", "id_number", "address"] {
                        secrets.extend(applicant[field].as_str().map(str::to_owned));
                    }
                }
            }
        }
    }
    // A name of two characters may be part of any word.
    secrets.retain(|secret| secret.chars().count() > 2);
    (mails, secrets)
}

fn found(bytes: &[u8], secrets: &Regex) -> Vec<String> {
    let found = secrets.find_iter(bytes).take(9);
    found.map(|one| String::from_utf8_lossy(one.as_bytes()).into_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sample_mail_leaves_anything_personal_in_the_log_or_readable_on_the_disk() {
    let kept = Kept::default();
    let log = kept.clone();
    let lines = tracing_subscriber::fmt::layer().with_writer(move || log.clone()).with_ansi(false);
    // The service mutes the crates that print statements, too.
    let levels =
        Targets::new().with_default(LevelFilter::TRACE).with_target("sqlx", LevelFilter::OFF);
    tracing_subscriber::registry().with(levels).with(lines).init();
    let (mails, secrets) = samples();
    assert!(mails.len() > 500 && secrets.len() > 500, "{} {}", mails.len(), secrets.len());
    let any = secrets.iter().map(|secret| regex::escape(secret)).collect::<Vec<_>>().join("|");
    let secrets = RegexBuilder::new(&any).size_limit(1 << 28).build().unwrap();
    let stage = Stage::set(17, at("2021-09-15T09:00:00")).await;
    for (n, mail) in mails.iter().enumerate() {
        stage.post(u32::try_from(n).unwrap(), mail);
    }
    stage.round().await;
    let roster = stage.roster().await;
    assert!(roster.len() > 300, "{}", roster.len());
    stage.desk.digests.post_if_due().await.unwrap();
    stage.vault.store.backup(&stage.path("copy.db")).await.unwrap();

    let log = kept.0.lock().unwrap().clone();
    assert!(log.len() > 10_000, "only {} bytes were logged", log.len());
    assert_eq!(found(&log, &secrets), [""; 0], "in the log");
    let mut searched = 0;
    for name in ["baoming.db", "baoming.db-wal", "baoming.db-shm", "copy.db"] {
        let Ok(bytes) = std::fs::read(stage.path(name)) else { continue };
        searched += bytes.len();
        assert_eq!(found(&bytes, &secrets), [""; 0], "in {name}");
    }
    assert!(searched > 1_000_000, "only {searched} bytes were searched");
}
