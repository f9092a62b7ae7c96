//! A cable to PostgreSQL that breaks: at the N-th thing that is said to the server, before it hears
//! it, or after, so that its answer is lost. What was committed then, only the database knows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::kills::{number, seed};
use crate::nth::{Story, alone, roster_of};
use crate::postgres::Database;

/// Cuts when nobody asks for more: each needs a database of its own.
const CUTS: u64 = 10;

/// A cable that is cut once, all connections at that moment with it.
struct Cable {
    port: u16,
    said: Arc<AtomicU64>,
    /// At which word it is cut; 0: never.
    cut_at: Arc<AtomicU64>,
}

impl Cable {
    async fn lay(server: u16, nth: u64, heard: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (said, cut_at) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(nth)));
        let (count, at) = (said.clone(), cut_at.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (count, at) = (count.clone(), at.clone());
                tokio::spawn(async move {
                    let server = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
                    // The connection ends with whichever side ends first.
                    drop(carry(client, server, &count, &at, heard).await);
                });
            }
        });
        Self { port, said, cut_at }
    }
}

async fn carry(
    mut client: TcpStream,
    mut server: TcpStream,
    said: &AtomicU64,
    cut_at: &AtomicU64,
    heard: bool,
) -> std::io::Result<()> {
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut question, mut answer) = (vec![0; 65_536], vec![0; 65_536]);
    loop {
        tokio::select! {
            read = client.read(&mut question) => {
                let read = read?;
                let word = said.fetch_add(1, Ordering::SeqCst) + 1;
                let cut = word == cut_at.load(Ordering::SeqCst);
                if read == 0 || (cut && !heard) {
                    return Ok(());
                }
                server.write_all(&question[..read]).await?;
                if cut {
                    // It is heard and done before the line is dead.
                    return server.read(&mut answer).await.map(drop);
                }
            }
            read = server.read(&mut answer) => {
                let read = read?;
                if read == 0 {
                    return Ok(());
                }
                client.write_all(&answer[..read]).await?;
            }
        }
    }
}

/// The address with another port.
fn through(url: &str, port: u16) -> String {
    let (before, rest) = url.rsplit_once(':').unwrap();
    let (_, name) = rest.split_once('/').unwrap();
    format!("{before}:{port}/{name}")
}

fn port_of(url: &str) -> u16 {
    url.rsplit_once(':').unwrap().1.split('/').next().unwrap().parse().unwrap()
}

/// The story over a cable, and how often something was said in it.
async fn told_over(nth: u64, heard: bool) -> Option<(u64, Vec<String>, Vec<String>)> {
    let database = Database::create().await?;
    let cable = Cable::lay(port_of(database.url()), nth, heard).await;
    let story = Story::begin(Some(&through(database.url(), cable.port)), false).await;
    story.tell(None).await;
    // What the test itself asks now is no part of the story.
    let words = cable.said.load(Ordering::SeqCst);
    cable.cut_at.store(0, Ordering::SeqCst);
    let broken = story.broken().await;
    let vault = story.world.store().await.unwrap();
    let roster = roster_of(&vault).await;
    vault.close().await;
    Some((words, broken, roster))
}

#[tokio::test]
async fn the_connection_to_postgresql_breaks_at_the_nth_word() {
    let _alone = alone().await;
    let begun = Instant::now();
    let Some((words, broken, expected)) = told_over(0, false).await else { return };
    assert!(broken.is_empty(), "{broken:#?}");
    let (seed, cuts) = (seed(), number("BAOMING_CUTS").unwrap_or(CUTS));
    println!("BAOMING_SEED={seed}: {cuts} cuts in {words} words");
    let dice = baoming::clock::Dice::seeded(seed);
    for cut in 0..cuts {
        let (nth, heard) = (1 + dice.below(words), cut % 2 == 0);
        let (_, broken, roster) = told_over(nth, heard).await.unwrap();
        assert!(broken.is_empty(), "word {nth}, heard {heard}: {broken:#?}");
        assert_eq!(roster, expected, "word {nth}, heard {heard}");
    }
    println!("{cuts} cuts, {:.0?}", begun.elapsed());
}
