//! The thread of the pool: it starts children, hands out messages, takes answers, and ends those
//! that are late.

use std::collections::VecDeque;
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tokio::sync::oneshot;

use super::worker::{Brought, End, Task, Worker};
use super::{Letter, Lost, Options, Outcome, Strength, Unavailable};

/// How many messages a child has in hand at most: enough that it never waits for us.
const AHEAD: usize = 64;

/// How many at least, while there are any.
const NEXT: usize = 4;

/// With so many messages in each child's hands, answers may wait for each other …
const PLENTY: usize = 16;

/// … for so long: less than a child needs for that many.
const NAP: Duration = Duration::from_micros(500);

/// After so long without work the children end; the next mail starts new ones.
const IDLE: Duration = Duration::from_secs(30);

/// How often a child that does not come up is started for the same messages.
const STARTS: u32 = 3;

/// How long after a failed start none is tried.
const AGAIN: Duration = Duration::from_millis(200);

/// How an order is answered.
pub(super) type Reply = Result<Vec<Outcome>, Unavailable>;

/// What the pool is told.
pub(super) enum Order {
    /// Messages to be read for somebody who waits.
    Read(Vec<Letter>, oneshot::Sender<Reply>),
    /// So many messages are on their way.
    Expect(usize),
}

struct Job {
    number: u64,
    outcomes: Vec<Option<Outcome>>,
    open: usize,
    reply: oneshot::Sender<Reply>,
}

pub(super) struct Keeper {
    options: Options,
    hello: Vec<u8>,
    strength: Arc<OnceLock<Strength>>,
    orders: Receiver<Order>,
    bell: Arc<OwnedFd>,
    jobs: Vec<Job>,
    waiting: VecDeque<Task>,
    /// How many messages are announced and have not come.
    expected: usize,
    crew: Vec<Worker>,
    next_job: u64,
    failed_starts: u32,
    not_before: Option<Instant>,
}

impl Keeper {
    pub(super) fn new(
        options: Options,
        hello: Vec<u8>,
        strength: Arc<OnceLock<Strength>>,
        orders: Receiver<Order>,
        bell: Arc<OwnedFd>,
    ) -> Self {
        let (jobs, waiting, crew) = (Vec::new(), VecDeque::new(), Vec::new());
        let (next_job, failed_starts) = (0, 0);
        Self {
            options,
            hello,
            strength,
            orders,
            bell,
            jobs,
            waiting,
            expected: 0,
            crew,
            next_job,
            failed_starts,
            not_before: None,
        }
    }

    /// Works until the pool is dropped; then nobody waits for an answer, and the children end.
    pub(super) fn run(mut self) {
        while self.take_orders() {
            self.hand_out();
            self.wait();
            self.look_at_the_clock();
        }
        for worker in self.crew {
            worker.end(&End::Gone);
        }
    }

    /// `false` when the pool is gone.
    fn take_orders(&mut self) -> bool {
        loop {
            match self.orders.try_recv() {
                Ok(Order::Read(letters, reply)) => self.take(letters, reply),
                Ok(Order::Expect(count)) => self.expected = count,
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    fn take(&mut self, letters: Vec<Letter>, reply: oneshot::Sender<Reply>) {
        let open = letters.len();
        if open == 0 {
            let _ = reply.send(Ok(Vec::new()));
            return;
        }
        let job = self.next_job;
        self.next_job += 1;
        let outcomes = std::iter::repeat_with(|| None).take(open).collect();
        self.jobs.push(Job { number: job, outcomes, open, reply });
        for (place, letter) in letters.into_iter().enumerate() {
            let words = u16::try_from(letter.words).unwrap_or(u16::MAX);
            self.waiting.push_back(Task { job, place, words, raw: letter.raw });
        }
    }

    /// Keeps the children's hands full, and starts as many as there is work for.
    fn hand_out(&mut self) {
        self.forget_abandoned();
        let share = (self.waiting.len() / (2 * self.options.size.max(1))).clamp(NEXT, AHEAD);
        for worker in &mut self.crew {
            while worker.is_ready() && !worker.retires() && worker.in_hand() < share {
                let Some(task) = self.waiting.pop_front() else { break };
                if let Err(task) = worker.give(task) {
                    // No frame can hold it, so no reader can live through it.
                    settle(&mut self.jobs, &task, Err(Lost::Lied));
                }
            }
            worker.write();
        }
        let starting = self.crew.iter().filter(|worker| !worker.is_ready()).count();
        // Who is announced is not waited for longer than this once.
        let coming = std::mem::take(&mut self.expected).max(self.waiting.len());
        let wanted = coming.div_ceil(NEXT).saturating_sub(starting);
        for _ in 0..wanted.min(self.options.size.saturating_sub(self.crew.len())) {
            self.start();
        }
    }

    fn start(&mut self) {
        if self.not_before.is_some_and(|moment| Instant::now() < moment) {
            return;
        }
        match Worker::start(&self.options, &self.hello) {
            Ok(worker) => self.crew.push(worker),
            Err(error) => self.could_not_start(&error.to_string()),
        }
    }

    /// While other children live, they read all there is; else those who wait are told, after some
    /// tries.
    fn could_not_start(&mut self, why: &str) {
        self.failed_starts += 1;
        self.not_before = Some(Instant::now() + AGAIN);
        tracing::warn!(why, "a process that reads mail could not be started");
        if !self.crew.is_empty() || self.failed_starts < STARTS {
            return;
        }
        self.failed_starts = 0;
        self.waiting.clear();
        for job in self.jobs.drain(..) {
            let _ = job.reply.send(Err(Unavailable(why.to_owned())));
        }
    }

    /// Waits until a child or the bell has something for us, or somebody is late.
    fn wait(&mut self) {
        // Woken for every answer, this thread would take the processor from those who read.
        if !self.crew.is_empty() && self.crew.iter().all(|worker| worker.in_hand() >= PLENTY) {
            std::thread::sleep(NAP);
        }
        let now = Instant::now();
        let due = self.crew.iter().filter_map(|worker| {
            worker.due(self.options.patience).or_else(|| Some(worker.idle_since()? + IDLE))
        });
        // A start that failed is tried again as long as somebody waits for it.
        let again = self.not_before.filter(|_| self.crew.is_empty() && !self.waiting.is_empty());
        let left = due.chain(again).min().map(|due| due.saturating_duration_since(now));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        let watch = PollFd::from_borrowed_fd;
        let mut fds = vec![watch(self.bell.as_fd(), PollFlags::IN)];
        let pipes = self.crew.iter().map(Worker::pipes);
        fds.extend(pipes.map(|(_, from)| watch(from.as_fd(), PollFlags::IN)));
        let behind = self.crew.iter().filter(|worker| worker.has_to_write());
        fds.extend(behind.map(|worker| watch(worker.pipes().0.as_fd(), PollFlags::OUT)));
        if poll(&mut fds, left.as_ref()).is_err() {
            return;
        }
        let mut speaks = fds.iter().map(|fd| !fd.revents().is_empty());
        let rung = speaks.next().unwrap_or_default();
        let speaks: Vec<_> = speaks.take(self.crew.len()).collect();
        if rung {
            let _ = rustix::io::read(&self.bell, &mut [0; 8]);
        }
        self.listen(&speaks);
    }

    fn listen(&mut self, speaks: &[bool]) {
        let mut ended = Vec::new();
        let mut brought = Vec::new();
        for (at, worker) in self.crew.iter_mut().enumerate() {
            if speaks.get(at) != Some(&true) {
                continue;
            }
            if let Err(end) = worker.read(&mut brought) {
                ended.push((at, end));
            }
            worker.review(&self.options);
        }
        for one in brought {
            match one {
                Brought::Ready(ready) => {
                    self.failed_starts = 0;
                    announce(&self.strength, ready.strength);
                }
                Brought::Answer(task, outcome) => settle(&mut self.jobs, &task, outcome),
            }
        }
        self.end(ended);
        self.reply();
    }

    /// Ends children. What one was at is lost; what it had not begun goes to the next one.
    fn end(&mut self, mut ended: Vec<(usize, End)>) {
        ended.sort_by_key(|(at, _)| *at);
        for (at, why) in ended.into_iter().rev() {
            let worker = self.crew.swap_remove(at);
            let came_up = worker.is_ready();
            let (guilty, tasks) = worker.end(&why);
            for task in tasks.into_iter().rev() {
                self.waiting.push_front(task);
            }
            if let Some((task, outcome)) = guilty {
                settle(&mut self.jobs, &task, outcome);
            } else if !came_up {
                self.could_not_start("it did not confine itself and read its sample");
            }
        }
        self.reply();
    }

    fn look_at_the_clock(&mut self) {
        let now = Instant::now();
        let patience = self.options.patience;
        let end = |worker: &Worker| {
            if worker.due(patience).is_some_and(|due| due <= now) {
                return Some(End::Late);
            }
            let idle = worker.idle_since()?;
            let over = worker.retires() || idle + IDLE <= now;
            over.then_some(End::Gone)
        };
        let ended = self.crew.iter().enumerate();
        let ended = ended.filter_map(|(at, worker)| Some((at, end(worker)?))).collect();
        self.end(ended);
    }

    /// Tells those whose messages are all done.
    fn reply(&mut self) {
        for job in self.jobs.extract_if(.., |job| job.open == 0) {
            let outcomes = job.outcomes.into_iter().flatten().collect();
            let _ = job.reply.send(Ok(outcomes));
        }
    }

    /// Drops what nobody waits for any more: the service stops, or reads with other words.
    fn forget_abandoned(&mut self) {
        let before = self.jobs.len();
        self.jobs.retain(|job| !job.reply.is_closed());
        if self.jobs.len() < before {
            let jobs = &self.jobs;
            self.waiting.retain(|task| jobs.iter().any(|job| job.number == task.job));
        }
    }
}

fn settle(jobs: &mut [Job], task: &Task, outcome: Outcome) {
    let Some(job) = jobs.iter_mut().find(|job| job.number == task.job) else { return };
    if let Some(place @ None) = job.outcomes.get_mut(task.place) {
        *place = Some(outcome);
        job.open -= 1;
    }
}

fn announce(known: &OnceLock<Strength>, strength: Strength) {
    if known.set(strength).is_err() {
        return;
    }
    if strength.is_full() {
        tracing::info!("mail is read in confined processes: {strength}");
    } else {
        tracing::warn!("the processes that read mail are not fully confined: {strength}");
    }
}
