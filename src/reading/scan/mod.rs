//! Goes through a document and collects candidates.

mod carry;
mod listing;
mod pieces;
mod sentences;
mod side_by_side;
pub(super) mod signature;
mod tables;
mod unknown;

use std::rc::Rc;

use crate::message::{Block, Document, Line, Voice, is_header_line};

use crate::reading::Evidence;
use crate::reading::fact::{Fact, Force, Group, Role};
use crate::reading::forms::examples;
use crate::reading::forms::glued;
use crate::reading::forms::heads;
use crate::reading::forms::labels::{Labels, Piece};
use crate::reading::forms::rows;
use crate::reading::forms::sections::Section;
use crate::reading::forms::spaced;
use crate::reading::forms::typed;
use crate::reading::language::text::{Text, is_han, quote};
use crate::reading::prose::Around;
use crate::reading::values::behind_label;
use crate::reading::values::categories::Categories;
use crate::reading::values::posts;
use crate::reading::vocabulary::{Item, Vocabulary};
use pieces::InLine;

/// Collects candidates over the documents of a mail.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    pub(super) labels: &'a Labels,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) categories: &'a Categories,
    pub(super) groups: Vec<Group>,
    pub(super) stream: Vec<Fact>,
    pub(super) line: usize,
    pub(super) clause: usize,
    pub(super) block: usize,
    /// A label whose value stands on the next line.
    pub(super) pending: Option<Vec<Item>>,
    /// How many names the last label of names had.
    pub(super) names_abreast: usize,
    /// The line that heads a list of people.
    pub(super) list_from: Option<usize>,
    /// The part of a list that the lines are in.
    pub(super) section: Option<Section>,
    /// Lines that are nothing but somebody's card.
    pub(super) cards: Vec<usize>,
    /// What was said last was said of all who were named.
    pub(super) common: bool,
    /// The last line that ended with a comma.
    pub(super) open: usize,
    /// The writer puts themselves before the line's colon.
    pub(super) writer_line: bool,
    /// The document is a form: most of its lines are a label and a value.
    pub(super) form: bool,
    /// The last line that told of relatives, or of times that are over.
    pub(super) family: Option<usize>,
}

impl<'a> Scanner<'a> {
    /// An empty collection.
    #[must_use]
    pub(super) fn new(
        labels: &'a Labels,
        vocabulary: &'a Vocabulary,
        categories: &'a Categories,
    ) -> Self {
        Self {
            labels,
            vocabulary,
            categories,
            groups: Vec::new(),
            stream: Vec::new(),
            line: 0,
            clause: 0,
            block: 0,
            pending: None,
            names_abreast: 0,
            list_from: None,
            cards: Vec::new(),
            section: None,
            common: false,
            open: 0,
            writer_line: false,
            form: false,
            family: None,
        }
    }

    /// The candidates, in order.
    #[must_use]
    pub(super) fn finish(mut self) -> Vec<Group> {
        self.end_stream();
        self.groups
    }

    pub(super) fn end_stream(&mut self) {
        self.pending = None;
        signature::mark(&mut self.stream, &self.groups, &std::mem::take(&mut self.cards));
        // An office above people is no letterhead, however near the end it stands.
        let last_name = self.stream.iter().rev().find(|fact| {
            fact.item == Item::Name && fact.role == Role::Listed && fact.force > Force::Guess
        });
        if let Some(line) = last_name.map(|fact| fact.line) {
            for fact in &mut self.stream {
                if fact.role == Role::SignOff && fact.item == Item::Organization && fact.line < line
                {
                    fact.role = Role::Listed;
                }
            }
        }
        if !self.stream.is_empty() {
            self.groups.push(Group::Stream(std::mem::take(&mut self.stream)));
        }
    }

    /// Reads the subject.
    pub(super) fn subject(&mut self, subject: &str) {
        let text = Text::new(subject);
        self.line(&text, "主题", String::new(), Around { heading: true, ..Around::default() });
        self.end_stream();
    }

    /// Reads those blocks of a document that have one of the voices.
    pub(super) fn document(&mut self, document: &Document, voices: &[Voice]) {
        let blocks: Vec<_> = document.blocks.iter().map(typed::undecorated).collect();
        let spoken = |line: &&Line| voices.contains(&line.voice) && !line.text.trim().is_empty();
        let lines = blocks.iter().filter_map(|block| match block.as_ref() {
            Block::Line(line) => Some(line).filter(spoken),
            Block::Table(_) => None,
        });
        let lines: Vec<&Line> = lines.collect();
        let closing = signature::closing(&lines, voices);
        let mut order = 0;
        let mut texts = typed::tables(&lines, self.labels);
        if texts.is_empty() {
            texts = rows::tables(&lines, self.labels);
        }
        let cards = typed::cards(&lines, self.labels);
        self.form = lines.iter().filter(|line| typed::is_entry(&line.text)).count() >= FORM_LINES;
        let mut explained = false;
        for block in &blocks {
            match block.as_ref() {
                Block::Line(line) => {
                    if !voices.contains(&line.voice) || line.text.trim().is_empty() {
                        continue;
                    }
                    order += 1;
                    explained = examples::explains(&line.text, explained);
                    if explained {
                        continue;
                    }
                    if line.voice != Voice::Own && is_header_line(&line.text) {
                        continue;
                    }
                    if let Some(table) = texts.iter().find(|table| table.0 == line.number) {
                        self.end_stream();
                        self.table(&document.name, &table.2);
                    }
                    if texts.iter().any(|table| (table.0..=table.1).contains(&line.number)) {
                        continue;
                    }
                    let place = format!("第{}行", line.number);
                    let card = cards.iter().find(|card| (card.0..=card.1).contains(&line.number));
                    if let Some(card) = card {
                        if card.0 == line.number {
                            self.line(
                                &Text::new(&card.2),
                                &document.name,
                                place,
                                Around::default(),
                            );
                        }
                        continue;
                    }
                    let last = order > closing;
                    let closing = last && lines.len() > 1;
                    let around = Around { closing, last, ..Around::default() };
                    self.line(&signature::plain(line), &document.name, place, around);
                }
                Block::Table(table) if voices.contains(&table.voice) => {
                    if self.side_by_side(&document.name, table) {
                        continue;
                    }
                    self.end_stream();
                    self.table(&document.name, table);
                }
                Block::Table(_) => {}
            }
        }
        self.end_stream();
    }

    pub(super) fn fact(&self, said: behind_label::Said, evidence: Rc<Evidence>) -> Fact {
        let (item, value, wrong) = match said {
            behind_label::Said::Value(item, value) => (item, value, false),
            behind_label::Said::Wrong(item, reason) => (item, reason, true),
        };
        Fact {
            item,
            value,
            wrong,
            force: Force::Label,
            role: Role::Listed,
            joined: false,
            old: false,
            all: false,
            clause: self.clause,
            line: self.line,
            block: self.block,
            evidence,
        }
    }

    pub(super) fn line(&mut self, text: &Text, document: &str, place: String, around: Around) {
        self.line += 1;
        let evidence = Evidence { document: document.to_owned(), place, quote: quote(&text.shown) };
        let (told, now) = carry::told(text);
        let text = told.as_ref();
        let family = self.of_family(text, now);
        self.writer_line = heads::of_writer(&text.folded);
        let plain = glued::plain(text);
        let text = plain.as_ref().unwrap_or(text);
        let closed = spaced::closed(text);
        let text = closed.as_ref().unwrap_or(text);
        let pieces = self.labels.split(text);
        let known = |piece: &Piece| matches!(piece, Piece::Pair { items, .. } if items.iter().any(|item| *item != Item::Ignored));
        let labelled = pieces.iter().any(known);
        if family || self.continues_number(text) || !labelled && self.continues_name(text) {
            return;
        }
        let evidence = Rc::new(evidence);
        self.heads_list(text);
        if self.below_label(text, labelled, &evidence) || examples::is_one(&text.folded) {
            return;
        }
        if let Some(section) = Section::of_line(&text.folded, self.categories, &evidence) {
            self.section = Some(section);
            return;
        }
        if labelled
            && self.stream.last().is_none_or(|last| last.block == 0 || last.line + 3 < self.line)
        {
            self.block += 1;
        }
        let count = pieces.len();
        let ends = around.last;
        let known = self.stream.len();
        let around = Around { last: around.last && !labelled, ..around };
        for (order, piece) in pieces.into_iter().enumerate() {
            let (last, alone) = (order + 1 == count, count == 1);
            let here = InLine { text, evidence: &evidence, around, last, alone, ends };
            self.piece(piece, here);
        }
        self.after(text, known, ends);
    }

    /// The value of a label that stands on the line above.
    fn below_label(&mut self, text: &Text, labelled: bool, evidence: &Rc<Evidence>) -> bool {
        // `参加人员：`, and below it rows with more than names.
        let row = text.folded.contains(['，', ',', '、', '；', '/']);
        // 职务, and below it 经营者: a post, though others write it as a label of somebody else.
        let post = |items: &[Item]| items == [Item::Position] && posts::is_post(&text.folded);
        if let Some(items) = self.pending.take()
            && (!labelled || post(&items))
            && !(row
                && items
                    .iter()
                    .all(|item| matches!(item, Item::Name | Item::Ignored | Item::Contact)))
        {
            self.clause += 1;
            let said = behind_label::read(&items, text, self.vocabulary);
            let fits = !said.is_empty() && text.shown.chars().count() <= 60;
            let atomic = matches!(
                items.as_slice(),
                [Item::Phone | Item::IdNumber | Item::Name | Item::Gender]
            );
            if fits && atomic {
                self.pair(&items, text, true, evidence, Around::default());
                return true;
            }
            if fits {
                for said in said {
                    let fact = self.fact(said, Rc::clone(evidence));
                    self.stream.push(fact);
                }
                return true;
            }
        }
        false
    }

    /// A value behind a label; what follows a comma may be further things.
    pub(super) fn pair(
        &mut self,
        items: &[Item],
        value: &Text,
        firm: bool,
        evidence: &Rc<Evidence>,
        around: Around,
    ) {
        self.clause += 1;
        let end = value.folded.trim_end_matches(['，', ',', '；', ';', '、', ' ']).len();
        let value = &value.part(0..end);
        if self.abreast(items, value, evidence) || self.ditto(items, value, evidence) {
            return;
        }
        let atomic = matches!(items, [item] if is_atomic(*item));
        let stops: &[char] = match items {
            [Item::Organization] => &['，', ',', '。', '|'],
            // A place can be told in several parts.
            [Item::Address] => &['。', '！', '|'],
            _ => &['，', ',', '。', '！'],
        };
        let cut_at = atomic.then(|| value.folded.find(stops)).flatten();
        let cut_at = cut_at.into_iter().chain(listing::value_end(items, value)).min();
        let tail = cut_at.map(|at| value.part(at..value.folded.len())).unwrap_or_default();
        let whole = items == [Item::Organization] && !tail.is_blank();
        let mut said = match cut_at.filter(|_| !whole) {
            Some(at) => behind_label::read(items, &value.part(0..at), self.vocabulary),
            None => behind_label::read(items, value, self.vocabulary),
        };
        if !firm {
            // Divided by blanks only: the value must look like one.
            said.retain(|said| match said {
                behind_label::Said::Wrong(Item::Name, _) => false,
                // the company this week
                behind_label::Said::Value(Item::Organization | Item::Position, value) => {
                    value.contains(is_han)
                }
                _ => true,
            });
        }
        let post =
            said.iter().any(|said| matches!(said, behind_label::Said::Value(Item::Position, _)));
        if items == [Item::Name] {
            let names = |said: &&behind_label::Said| {
                matches!(said, behind_label::Said::Value(Item::Name, _))
            };
            self.names_abreast = said.iter().filter(names).count();
        }
        for (order, said) in said.into_iter().enumerate() {
            let mut fact = self.fact(said, Rc::clone(evidence));
            fact.joined = order > 0 && fact.item == Item::Name;
            self.stream.push(fact);
        }
        let taken = whole && post;
        if !tail.is_blank() && !taken {
            self.free_in_block(&tail, evidence, around);
        }
    }
}

/// A comma ends such a value.
fn is_atomic(item: Item) -> bool {
    matches!(
        item,
        Item::Name
            | Item::Phone
            | Item::IdNumber
            | Item::Gender
            | Item::Ethnicity
            | Item::Category
            | Item::Organization
            | Item::Position
            | Item::Address
    )
}

/// So many labelled lines make a form.
const FORM_LINES: usize = 4;
