//! The pool as the rest of the program sees it.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{Builder, JoinHandle};

use rustix::event::{EventfdFlags, eventfd};
use tokio::sync::oneshot;

use super::keeper::{Keeper, Order};
use super::wire::{self, Hello, Kind};
use super::{Letter, Lost, Options, Outcome, PICTURES, Strength, Unavailable};
use crate::message::picture::Models;
use crate::reading::Vocabulary;

/// Reading processes, and the threads that drive them. The first is started when the first message
/// is to be read; all are ended, and waited for, when the pool is dropped.
#[derive(Debug)]
pub struct Pool {
    options: Options,
    /// By mailbox: the place of its words.
    places: BTreeMap<String, usize>,
    hello: Vec<u8>,
    strength: Arc<OnceLock<Strength>>,
    crew: Place,
    /// One child for messages that are read alone.
    alone: Place,
    /// One child for messages with pictures, where there are models to look at them.
    pictures: Option<Gallery>,
}

/// Where pictures are looked at.
#[derive(Debug)]
struct Gallery {
    hello: Vec<u8>,
    place: Place,
}

/// Where a thread is kept once there was something to read.
type Place = Mutex<Option<Thread>>;

#[derive(Debug)]
struct Thread {
    orders: Option<Sender<Order>>,
    bell: Arc<OwnedFd>,
    handle: Option<JoinHandle<()>>,
}

impl Pool {
    /// A pool that reads with one vocabulary for each mailbox.
    #[must_use]
    pub fn new(options: Options, words: BTreeMap<String, Vocabulary>) -> Self {
        Self::with_models(options, words, None)
    }

    /// A pool that looks at pictures as well, if there are models for it.
    #[must_use]
    pub fn with_models(
        options: Options,
        words: BTreeMap<String, Vocabulary>,
        models: Option<Models>,
    ) -> Self {
        let (mailboxes, words): (Vec<_>, Vec<_>) = words.into_iter().unzip();
        let pictures = models.is_some().then(|| {
            let hello = hello(&Hello { words: words.clone(), models });
            Gallery { hello, place: Mutex::new(None) }
        });
        Self {
            options,
            places: mailboxes.into_iter().zip(0..).collect(),
            hello: hello(&Hello { words, models: None }),
            strength: Arc::default(),
            crew: Mutex::new(None),
            alone: Mutex::new(None),
            pictures,
        }
    }

    /// Which vocabulary belongs to a mailbox; the first for one that is not known any more.
    #[must_use]
    pub fn words_of(&self, mailbox: &str) -> usize {
        self.places.get(mailbox).copied().unwrap_or_default()
    }

    /// What confines the children, once one was started.
    #[must_use]
    pub fn strength(&self) -> Option<Strength> {
        self.strength.get().copied()
    }

    /// Starts a child and asks it what confines it.
    pub async fn try_out(&self) -> Result<Strength, Unavailable> {
        let letter = Letter { words: 0, raw: Vec::new() };
        self.read(vec![letter]).await?;
        self.strength().ok_or_else(|| Unavailable("it did not say what confines it".to_owned()))
    }

    /// Reads messages; the outcomes stand in their order.
    pub async fn read(&self, letters: Vec<Letter>) -> Result<Vec<Outcome>, Unavailable> {
        Self::ask(&self.crew, letters, || self.start(self.options.clone(), &self.hello)).await
    }

    /// Whether it can look at pictures.
    #[must_use]
    pub fn has_models(&self) -> bool {
        self.pictures.is_some()
    }

    /// Reads a message again, in a child that looks at its pictures as well.
    pub async fn look(&self, letter: Letter) -> Result<Outcome, Unavailable> {
        let none = || Unavailable("there are no models for pictures".to_owned());
        let Gallery { hello, place } = self.pictures.as_ref().ok_or_else(none)?;
        let mut options = self.options.clone();
        options.arguments.push(PICTURES.into());
        // Its models alone make it larger than any other child.
        let patience = options.long_patience;
        let options = Options { size: 1, patience, retire_at: u64::MAX, ..options };
        let read = Self::ask(place, vec![letter], || self.start(options, hello)).await?;
        Ok(read.into_iter().next().unwrap_or(Err(Lost::Lied)))
    }

    /// Reads messages that brought a reader down before, with more patience, in a child that nobody
    /// else waits for.
    pub async fn read_alone(&self, letters: Vec<Letter>) -> Result<Vec<Outcome>, Unavailable> {
        let patience = self.options.long_patience;
        let options = Options { size: 1, patience, ..self.options.clone() };
        Self::ask(&self.alone, letters, || self.start(options, &self.hello)).await
    }

    async fn ask(
        place: &Place,
        letters: Vec<Letter>,
        start: impl FnOnce() -> io::Result<Thread>,
    ) -> Result<Vec<Outcome>, Unavailable> {
        let (reply, answer) = oneshot::channel();
        let order = Order::Read(letters, reply);
        Self::order(place, order, start).map_err(|error| Unavailable(error.to_string()))?;
        let gone = |_| Err(Unavailable("the thread of the readers has ended".to_owned()));
        answer.await.unwrap_or_else(gone)
    }

    /// So many messages will come soon: children come up while they are fetched.
    pub fn expect(&self, count: usize) {
        // Who cannot be started now is started for the messages themselves, or they are told why not.
        let start = || self.start(self.options.clone(), &self.hello);
        let _ = Self::order(&self.crew, Order::Expect(count), start);
    }

    fn order(
        place: &Place,
        order: Order,
        start: impl FnOnce() -> io::Result<Thread>,
    ) -> io::Result<()> {
        let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = |thread: &Thread| thread.handle.as_ref().is_none_or(JoinHandle::is_finished);
        if place.as_ref().is_none_or(ended) {
            *place = Some(start()?);
        }
        if let Some(Thread { orders: Some(orders), bell, .. }) = &*place {
            // When nobody takes it, the reply says so.
            let _ = orders.send(order);
            ring(bell);
        }
        Ok(())
    }

    /// The one thread that starts the children: they die with it.
    fn start(&self, options: Options, hello: &[u8]) -> io::Result<Thread> {
        let bell = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        let bell = Arc::new(bell);
        let (orders, taken) = channel();
        let keeper =
            Keeper::new(options, hello.to_vec(), self.strength.clone(), taken, bell.clone());
        let handle = Builder::new().name("readers".to_owned()).spawn(move || keeper.run())?;
        Ok(Thread { orders: Some(orders), bell, handle: Some(handle) })
    }
}

fn hello(hello: &Hello) -> Vec<u8> {
    let mut frame = Vec::new();
    // It cannot fail; if it does, the children cannot be started, and say so.
    let _ = wire::encode(&mut frame, Kind::Hello, 0, hello);
    frame
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.orders = None;
        ring(&self.bell);
        if let Some(handle) = self.handle.take() {
            let _ = handle.join();
        }
    }
}

fn ring(bell: &OwnedFd) {
    // A bell that rings already is loud enough.
    let _ = rustix::io::write(bell, &1_u64.to_ne_bytes());
}
