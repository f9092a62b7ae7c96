//! What is not a message: a clerk's order, and a deadline.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use super::Intake;
use crate::fault;
use crate::roster::{
    self, Board, Event, Order, OrderKey, OrderKind, Refusal, Registration, Status, Step, Verdict,
    Wants,
};
use crate::store::{self, Decided, Erased, Source, Work};

/// An order that was carried out.
#[derive(Clone, Debug)]
pub struct Ordered {
    /// The event that it concerned.
    pub event: Event,
    /// What followed from it.
    pub verdict: Verdict,
    /// Where those whom it changed stand in line, from 1, by the registration's id.
    pub positions: BTreeMap<String, u32>,
    /// What was erased, by an order to erase.
    pub erased: Option<Erased>,
}

/// Why an order was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// The rules do not allow it.
    #[error("{0}")]
    Refused(Refusal),
    /// No registration has this number.
    #[error("没有编号为 {0} 的报名；用 baoming list 查看全部编号")]
    NoSuchNumber(String),
    /// No message that could not be read has this id.
    #[error("{0} 不是无法读取的来信；编号写在日报的待办中")]
    NoSuchMessage(String),
    /// It must be said which event is meant.
    #[error("有几场活动，请用 --event 写明是哪一场：{0}")]
    WhichEvent(String),
    /// The event that is named, or that the registration belongs to, is not in the settings.
    #[error("配置中没有活动 {0}；请用 --event 写明其中一场（{1}），或把它的文件列入 events")]
    NoSuchEvent(String, String),
    /// The store.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The event that is named, or the only one.
pub fn meant<'a>(events: &'a [Event], named: Option<&str>) -> Result<&'a Event, OrderError> {
    let found = match (named, events) {
        (Some(id), _) => events.iter().find(|event| event.id == id),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let ids = || events.iter().map(|event| event.id.as_str()).collect::<Vec<_>>().join("、");
    found.ok_or_else(|| match named {
        Some(id) => OrderError::NoSuchEvent(id.to_owned(), ids()),
        None => OrderError::WhichEvent(ids()),
    })
}

impl Intake {
    /// Carries out what a member of staff orders: journalled and applied in one transaction. An
    /// order that the rules refuse leaves no trace.
    pub async fn order(
        &self,
        by: &str,
        event: Option<&str>,
        kind: OrderKind,
    ) -> Result<Ordered, OrderError> {
        let mut work = self.store.work().await?;
        let done = self.carry_out(&mut work, by, event, kind).await?;
        fault::point("before-order-commit");
        work.commit().await?;
        Ok(done)
    }

    /// What would follow from an order: nothing is changed.
    pub async fn rehearse(
        &self,
        by: &str,
        event: Option<&str>,
        kind: OrderKind,
    ) -> Result<Ordered, OrderError> {
        let mut work = self.store.work().await?;
        self.carry_out(&mut work, by, event, kind).await
    }

    /// Carries out orders one after the other in one transaction, each on the roster as those
    /// before it leave it. `keep` sees what became of all of them and says whether it stays; else
    /// nothing does.
    pub async fn orders(
        &self,
        by: &str,
        event: Option<&str>,
        kinds: Vec<OrderKind>,
        keep: impl FnOnce(&[Result<Ordered, OrderError>]) -> bool,
    ) -> Result<Vec<Result<Ordered, OrderError>>, OrderError> {
        let mut work = self.store.work().await?;
        let mut all = Vec::with_capacity(kinds.len());
        for kind in kinds {
            match self.carry_out(&mut work, by, event, kind).await {
                Err(OrderError::Store(error)) => return Err(error.into()),
                done => all.push(done),
            }
        }
        if keep(&all) {
            fault::point("before-order-commit");
            work.commit().await?;
        }
        Ok(all)
    }

    /// Decides first and writes then: what is refused has written nothing.
    async fn carry_out(
        &self,
        work: &mut Work,
        by: &str,
        event: Option<&str>,
        kind: OrderKind,
    ) -> Result<Ordered, OrderError> {
        let event = self.event_of(work, event, &kind).await?;
        let now = self.clock.now();
        let kind = match kind {
            // A replay tells the same, whatever its settings had begun with.
            OrderKind::Moved { before: None } => {
                OrderKind::Moved { before: work.event_state(event).await?.told }
            }
            other => other,
        };
        let key = OrderKey {
            arrived: now,
            mailbox: String::new(),
            folder: String::new(),
            uidvalidity: 0,
            uid: work.next_order().await?,
            place: 0,
        };
        let order = Order { id: self.dice.id(now), by: by.to_owned(), key, kind };
        let orders = std::slice::from_ref(&order);
        let mut wants = Wants::of_orders(orders);
        let board = work.board(event, &wants).await?;
        wants.extend(Wants::further_orders(orders, &board));
        let mut board = self.board(work, event, &wants).await?;
        let known = board.known.clone();
        let slice = board.slice_for(event, &order);
        let verdict = roster::direct(event, slice, &order, now).map_err(OrderError::Refused)?;
        let decided = Decided {
            source: Source::Command(order.id.clone()),
            letters: self.letters(event, &verdict, None, now),
            verdict: verdict.clone(),
            at: now,
            settings: self.settings.clone(),
            by: by.to_owned(),
        };
        work.journal(&order).await?;
        let traces = match order.kind {
            OrderKind::EraseAll => self.before_forgetting(work, event, by).await?,
            _ => 0,
        };
        work.record(event, &[decided]).await?;
        let erased = erase(work, event, &order, &verdict, &known).await?;
        let erased = erased.map(|erased| Erased { traces, ..erased });
        board.apply(&verdict);
        let positions = positions(&board, &verdict);
        Ok(Ordered { event: event.clone(), verdict, positions, erased })
    }

    /// The board, with what the event asks of other events.
    pub(super) async fn board(
        &self,
        work: &mut Work,
        event: &Event,
        wants: &Wants,
    ) -> store::Result<Board> {
        let mut board = work.board(event, wants).await?;
        let others = self.options.events.iter();
        let others: Vec<_> = others.filter(|other| event.too_soon_after(other)).collect();
        if !others.is_empty() {
            board.elsewhere = work.elsewhere(&others, wants).await?;
        }
        Ok(board)
    }

    async fn event_of(
        &self,
        work: &mut Work,
        wanted: Option<&str>,
        kind: &OrderKind,
    ) -> Result<&Event, OrderError> {
        let named = match kind.number() {
            Some(number) => match work.registration(number).await? {
                Some(registration) => Some(registration.event),
                None => return Err(OrderError::NoSuchNumber(number.to_owned())),
            },
            None => wanted.map(str::to_owned),
        };
        meant(&self.options.events, named.as_deref())
    }

    /// Ends the reservations and offers whose time ran out, and promotes those who are next; at an
    /// event's turns ([`Event::turns`]) places that stand free are given. Only what ended before the
    /// last full look into every mailbox is ended, and only when nothing waits for a decision: an
    /// answer that arrived in time is never overtaken by its deadline. Time that the clock left out
    /// when it was set forward does not count.
    pub async fn lapse(&self) -> store::Result<usize> {
        let Some(looked) = self.last_full_look().await? else { return Ok(0) };
        let skipped = self.store.look_at_clock(&self.clock).await?;
        let mut lapsed = 0;
        for event in &self.options.events {
            let mut work = self.store.work().await?;
            if work.waits().await? {
                return Ok(lapsed);
            }
            let now = self.clock.now();
            let state = work.event_state(event).await?;
            if state.called_off.is_some() {
                continue;
            }
            let until = now.min(looked);
            let closed = state.closed_early().is_some_and(|early| early.from <= until);
            let mut ended = work.lapsed_holds(event, until, closed).await?;
            ended.retain(|held| {
                let never_passed = skipped.between(held.created, now);
                let passed = held.hold_until.is_some_and(|until| until <= now - never_passed);
                passed || closed && held.status == Status::Incomplete
            });
            let mut board = work.board(event, &Wants::of_lapses(&ended)).await?;
            let mut decided = Vec::new();
            for registration in &ended {
                let wants = Wants::of_lapses(std::slice::from_ref(registration));
                let slice = board.select(event, &wants);
                let verdict = roster::lapse(event, slice, registration, now);
                board.apply(&verdict);
                decided.push(self.by_clock(event, verdict, now));
            }
            if decided.is_empty() {
                drop(work);
            } else {
                work.record(event, &decided).await?;
                fault::point("before-lapse-commit");
                work.commit().await?;
                lapsed += decided.len();
            }
            if event.serves_last(&state, looked) {
                self.fill_event(event).await?;
            }
        }
        self.turn(looked).await?;
        Ok(lapsed)
    }

    /// What the calendar alone brings: the end of the staff's choice, and the days from which places
    /// go to others than before.
    async fn turn(&self, looked: jiff::Timestamp) -> store::Result<()> {
        for event in &self.options.events {
            if event.rules.selection().is_some_and(|told| told <= looked) {
                self.announce(event).await?;
            }
            let state = self.store.event_state(&event.id).await?;
            let turns = event.turns(&state);
            let passed = turns.into_iter().filter(|turn| *turn <= looked).max();
            let done = self.turned().get(&event.id).copied();
            if let Some(passed) = passed.filter(|passed| done.is_none_or(|done| done < *passed)) {
                self.fill_event(event).await?;
                self.turned().insert(event.id.clone(), passed);
            }
        }
        Ok(())
    }

    fn turned(&self) -> MutexGuard<'_, BTreeMap<String, jiff::Timestamp>> {
        self.turned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells all whom the staff chose, once somebody is chosen.
    async fn announce(&self, event: &Event) -> store::Result<()> {
        let mut work = self.store.work().await?;
        let listed = work.waitlisted(event).await?;
        if !listed.iter().any(roster::Registration::chosen) {
            return Ok(());
        }
        let wants = Wants::of_lapses(&listed);
        let mut board = work.board(event, &wants).await?;
        let now = self.clock.now();
        let verdict = roster::announce(event, board.select(event, &wants), &self.dice.id(now), now);
        self.record_by_clock(work, event, verdict, now).await
    }

    /// Gives places that stand free to the first in line: a quota was raised in the settings, and
    /// newcomers never overtake those who wait.
    pub async fn fill(&self) -> store::Result<()> {
        for event in &self.options.events {
            self.fill_event(event).await?;
        }
        Ok(())
    }

    async fn fill_event(&self, event: &Event) -> store::Result<()> {
        let quotas = event.categories.iter().map(|category| category.quota);
        let most = usize::try_from(quotas.max().unwrap_or(0)).unwrap_or(usize::MAX);
        let wants = Wants::of_places(most);
        let mut work = self.store.work().await?;
        let mut board = work.board(event, &wants).await?;
        let now = self.clock.now();
        let slice = board.select(event, &wants);
        let verdict = roster::fill(event, slice, &self.dice.id(now), now);
        self.record_by_clock(work, event, verdict, now).await
    }

    async fn record_by_clock(
        &self,
        mut work: Work,
        event: &Event,
        verdict: Verdict,
        now: jiff::Timestamp,
    ) -> store::Result<()> {
        if verdict.steps.is_empty() {
            return Ok(());
        }
        work.record(event, &[self.by_clock(event, verdict, now)]).await?;
        work.commit().await
    }

    /// What follows from time alone, as it is written down.
    pub(super) fn by_clock(
        &self,
        event: &Event,
        verdict: Verdict,
        now: jiff::Timestamp,
    ) -> Decided {
        Decided {
            source: Source::Clock,
            letters: self.letters(event, &verdict, None, now),
            verdict,
            at: now,
            settings: self.settings.clone(),
            by: "baoming".to_owned(),
        }
    }

    /// When the last whole listing of every folder that is read had begun; `None` while one never
    /// was listed. Folders that were read once and are not any more do not count.
    async fn last_full_look(&self) -> store::Result<Option<jiff::Timestamp>> {
        let passes = self.store.passes().await?;
        let looks = self.options.mailboxes.iter().flat_map(|(mailbox, rules)| {
            rules.folders.iter().map(|folder| {
                let of =
                    |pass: &&store::Pass| pass.mailbox == *mailbox && pass.seen.folder == *folder;
                passes.iter().find(of).map(|pass| pass.at)
            })
        });
        Ok(looks.min().flatten())
    }
}

/// Where those who were changed stand in line now.
fn positions(board: &Board, verdict: &Verdict) -> BTreeMap<String, u32> {
    let place = |step: &Step| {
        let category = step.after.category.as_ref().filter(|_| step.after.in_line())?;
        let ahead = board.ahead(category, &step.after.key);
        Some((step.after.id.clone(), ahead.saturating_add(1)))
    };
    verdict.steps.iter().filter_map(place).collect()
}

/// An order to erase takes with it what lies around the registrations that it erased.
async fn erase(
    work: &mut Work,
    event: &Event,
    order: &Order,
    verdict: &Verdict,
    known: &BTreeMap<String, Registration>,
) -> store::Result<Option<Erased>> {
    let (at, by, own) = (order.key.arrived, order.by.as_str(), Some(order.id.as_str()));
    match &order.kind {
        OrderKind::EraseAll => work.erase_event(event, (at, by), own).await.map(Some),
        OrderKind::Erase { .. } => {
            let step = verdict.steps.first();
            let Some(before) = step.and_then(|step| known.get(&step.after.id)) else {
                return Ok(None);
            };
            work.erase_person(event, before, (at, by), own).await.map(Some)
        }
        _ => Ok(None),
    }
}
