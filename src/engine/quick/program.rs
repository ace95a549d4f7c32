//! The program: a plan whose leaves were compiled, and what it makes of a sheet.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::compile::{self, Aside, Compiled};
use super::lane::{Lane, Source, lane};
use super::lanes::{Kind, Lanes, Notes};
use super::rule::{Came, Note, Words};
use super::scores::{Scores, Traces};
use super::sheet::{Sheet, Slot, scale, value, word};
use crate::engine::assess::{self, Case};
use crate::engine::awaiting::awaits;
use crate::engine::block;
use crate::engine::context::Context;
use crate::engine::derived::Sheet as Derivable;
use crate::engine::plan::{Plan, leaf_score};
use crate::engine::scorecard::{Assessed, Status};
use crate::language::tree::{Aggregation, RoundedLevel, Track};
use crate::number::{Points, Quick, Rounding};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Figure, FigureKind, HeadId, Leaf};
use crate::submission::{Entry, Stated, Submission, Value};

/// A plan made ready for many sheets.
#[derive(Clone, Debug)]
pub struct Program {
    plan: Plan,
    places: Vec<Place>,
    /// By the leaf's place: its rule on machine words, if it has one.
    compiled: Vec<Option<Compiled>>,
    /// By the leaf's place: the leaves that read its figures.
    readers: Vec<Vec<usize>>,
    lanes: Lanes,
    /// By the leaf's place: its lane. Those that have none of their own come last.
    order: Arc<[u32]>,
    /// The leaf's place by its lane.
    at: Vec<usize>,
    /// How many leaves have a lane of their own.
    laned: usize,
    slots: usize,
    pub(super) rounding: Option<Rounding>,
    /// The maxima of all leaves together.
    pub(super) whole: Quick,
}

/// A leaf of a program.
#[derive(Clone, Debug)]
struct Place {
    id: HeadId,
    first: Slot,
    maximum: Points,
    /// Where its lane's operands come from, and where they lie in a sheet.
    source: Option<(Source, usize)>,
}

impl Program {
    /// Compiles a plan; nothing for a set whose heads depend on the block (each of its readings has a program, see
    /// [`ByBlock`](super::ByBlock)), or that does not simply add up to an index rounded at the end, if at all.
    pub fn compile(plan: &Plan) -> Option<Self> {
        let ruleset = plan.ruleset();
        let sums = ruleset.aggregation == Aggregation::Sum
            && ruleset.heads.iter().all(|head| head.aggregation == Aggregation::Sum);
        let rounding = match ruleset.rounding {
            None => None,
            Some((RoundedLevel::Index, rounding)) => Some(rounding),
            Some(_) => return None,
        };
        let floored = ruleset.index_floor.is_some();
        if !sums || floored || !ruleset.gated.is_empty() || !ruleset.by_block.is_empty() || ruleset.has_outside() {
            return None;
        }
        let (mut places, mut compiled, mut slots, mut whole) = (Vec::new(), Vec::new(), 0usize, Quick::ZERO);
        for (id, head, leaf) in ruleset.leaves() {
            whole = whole.plus(Quick::of(head.maximum.ratio())?)?;
            let known = |figure: &Figure| !figure.origin.is_derived() || figure.origin.is_looked_up();
            let by_rule = leaf.figures.iter().all(known) && head.aside.is_none();
            compiled.push(if by_rule { compile::leaf(head, leaf, slots) } else { None });
            places.push(Place { id, first: slots, maximum: head.maximum.clone(), source: None });
            slots = slots.checked_add(leaf.figures.len())?;
        }
        let readers = readers(plan);
        let (lanes, at, laned) = side_by_side(&mut places, &compiled);
        let mut order = vec![0u32; places.len()];
        for (lane, &at) in (0u32..).zip(&at) {
            *order.get_mut(at)? = lane;
        }
        Some(Self {
            plan: plan.clone(),
            places,
            compiled,
            readers,
            lanes,
            order: order.into(),
            at,
            laned,
            slots,
            rounding,
            whole,
        })
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The leaves, in the order of scores and traces.
    pub fn leaves(&self) -> impl Iterator<Item = HeadId> {
        self.places.iter().map(|place| place.id)
    }

    /// How many leaves are worked out on machine words.
    pub fn compiled(&self) -> usize {
        self.compiled.iter().flatten().count()
    }

    /// How many of them stand side by side with others of their form.
    pub fn side_by_side(&self) -> usize {
        self.laned
    }

    /// Lays a submission out for this program; leaves that it cannot carry are settled here, exactly.
    pub fn sheet(&self, submission: &Submission, context: &Context) -> Sheet {
        let mut sheet = Sheet::default();
        self.lay_all(&mut sheet, submission, context);
        sheet
    }

    /// The same in the room of another sheet.
    pub fn lay_all(&self, sheet: &mut Sheet, submission: &Submission, context: &Context) {
        self.room(sheet);
        for at in 0..self.places.len() {
            self.lay_alone(sheet, at, submission, context);
        }
    }

    /// Makes room for another submission's words.
    pub(super) fn room(&self, sheet: &mut Sheet) {
        sheet.words.resize(self.slots, 0);
        sheet.unshown.resize(self.places.len(), false);
        sheet.settled.resize(self.places.len(), None);
        self.lanes.room(&mut sheet.operands);
        sheet.aside.clear();
    }

    /// How many words a sheet has.
    pub(super) fn slots(&self) -> usize {
        self.slots
    }

    /// Whether a leaf is worked out on machine words.
    pub(super) fn is_compiled(&self, at: usize) -> bool {
        self.compiled.get(at).is_some_and(Option::is_some)
    }

    /// Sets a leaf's points, by its place.
    pub(super) fn enter(&self, sheet: &mut Sheet, at: usize, came: Came) {
        if let Some(&lane) = self.order.get(at) {
            sheet.put_aside(lane, Some(came));
        }
    }

    /// What a leaf comes to that no sheet of this reading may state: one that does not apply to its block.
    pub(super) fn aside(&self, at: usize) -> Option<Came> {
        let (empty, context) = (Submission::default(), Context::default());
        let assessed = block::aside(self.case(self.places.get(at)?, &empty, &context)?)?;
        Some(came(&assessed.status)).filter(|came| !came.is_above())
    }

    /// Whether a leaf's points were set.
    pub(super) fn is_entered(&self, sheet: &Sheet, at: usize) -> bool {
        self.order.get(at).is_some_and(|lane| sheet.aside.binary_search_by_key(lane, |(lane, _)| *lane).is_ok())
    }

    /// Lays one leaf out again, by its place, after its unit changed what it states of it; and those that read it. The
    /// sheet is one of this program's.
    pub fn lay(&self, sheet: &mut Sheet, at: usize, submission: &Submission, context: &Context) {
        self.lay_alone(sheet, at, submission, context);
        for &reader in self.readers.get(at).into_iter().flatten() {
            self.lay_alone(sheet, reader, submission, context);
        }
    }

    fn lay_alone(&self, sheet: &mut Sheet, at: usize, submission: &Submission, context: &Context) {
        let (Some(place), Some(&lane)) = (self.places.get(at), self.order.get(at)) else { return };
        let Some(case) = self.case(place, submission, context) else { return };
        let unshown = !case.head.evidence.is_empty() && !shown(case, submission);
        let compiled = self.compiled.get(at).and_then(Option::as_ref);
        let carried = compiled.and_then(|compiled| Some((compiled, carried(compiled, case, submission, unshown)?)));
        let (settled, came) = if let Some((compiled, words)) = carried {
            for (slot, word) in (place.first..).zip(words) {
                if let Some(cell) = sheet.words.get_mut(slot) {
                    *cell = word;
                }
            }
            let off_lane = place.source.as_ref().is_some_and(|source| !on_lane(source, compiled, sheet));
            // A leaf without a lane of its own is asked by its rule anyhow.
            (None, off_lane.then_some(Came::ABOVE))
        } else {
            let settled = leaf_score(case, submission).last;
            let came = came(&settled.status);
            (Some(Box::new(settled)), Some(came))
        };
        sheet.put_aside(lane, came);
        if let (Some(at_unshown), Some(at_settled)) = (sheet.unshown.get_mut(at), sheet.settled.get_mut(at)) {
            *at_unshown = unshown;
            *at_settled = settled;
        }
    }

    /// The leaves, by their place, that differ from those of another program; nothing where the two ask other figures, or
    /// know other tracks. Told by all that they hold: one that only moved in its text counts as different, and comes to the
    /// same; and so does one that reads what surrounds its unit, by rules of the header too.
    pub fn differing(&self, before: &Program) -> Option<Vec<bool>> {
        let shown = |program: &Program| -> Vec<(bool, String)> {
            let head = |place: &Place| {
                let head = program.plan.ruleset().head(place.id);
                let derived = head.and_then(|head| head.leaf.as_ref()).is_some_and(Leaf::has_derived);
                (derived, format!("{head:?}"))
            };
            program.places.iter().map(head).collect()
        };
        let tracks = |program: &Program| program.plan.ruleset().tracks.clone();
        let places = self.places.len() == before.places.len();
        let alike = self.slots == before.slots && places && tracks(self) == tracks(before);
        let differs = |(one, other): (&(bool, String), &(bool, String))| one.0 || one != other;
        alike.then(|| shown(self).iter().zip(&shown(before)).map(differs).collect())
    }

    /// Takes over a sheet that another program laid out of the same submission: only leaves that differ are laid out anew.
    pub fn adopt(&self, differing: &[bool], sheet: &mut Sheet, submission: &Submission, context: &Context) {
        self.lanes.room(&mut sheet.operands);
        sheet.aside.clear();
        for (at, differs) in differing.iter().enumerate() {
            if !differs {
                self.put_back(sheet, at);
            }
        }
        for (at, differs) in differing.iter().enumerate() {
            if *differs {
                self.lay(sheet, at, submission, context);
            }
        }
    }

    /// Lays a leaf's operands out again from the words that are there.
    pub(super) fn put_back(&self, sheet: &mut Sheet, at: usize) {
        let (Some(place), Some(&lane)) = (self.places.get(at), self.order.get(at)) else { return };
        let settled = sheet.settled.get(at).and_then(Option::as_deref).map(|settled| came(&settled.status));
        let compiled = self.compiled.get(at).and_then(Option::as_ref);
        let off_lane = match (&place.source, compiled) {
            (Some(source), Some(compiled)) => !on_lane(source, compiled, sheet),
            _ => false,
        };
        sheet.put_aside(lane, settled.or_else(|| off_lane.then_some(Came::ABOVE)));
    }

    fn case<'a>(&'a self, place: &Place, submission: &'a Submission, context: &'a Context) -> Option<Case<'a>> {
        let ruleset = self.plan.ruleset();
        let head = ruleset.head(place.id)?;
        let leaf = head.leaf.as_ref()?;
        let block = block::of(ruleset, submission, context);
        let sheet = Some(Derivable::whole(submission));
        Some(Case { ruleset, id: place.id, head, leaf, unit: &submission.unit, block, context, sheet })
    }

    /// The points of every leaf of a sheet, without a word of why.
    pub fn score(&self, sheet: &Sheet, scores: &mut Scores) {
        scores.begin(&self.order);
        self.lanes.run(&sheet.operands, &mut scores.cames, ());
        self.rest(sheet, scores, ());
    }

    /// The points of every leaf of a sheet, and which line decided over what.
    pub fn trace(&self, sheet: &Sheet, scores: &mut Scores, traces: &mut Traces) {
        scores.begin(&self.order);
        traces.begin(&self.order);
        self.lanes.run(&sheet.operands, &mut scores.cames, traces.list.as_mut_slice());
        self.rest(sheet, scores, traces.list.as_mut_slice());
    }

    /// The leaves without a lane of their own, then those that this sheet keeps off theirs.
    fn rest(&self, sheet: &Sheet, scores: &mut Scores, mut notes: impl Notes) {
        for (lane, &at) in self.at.iter().enumerate().skip(self.laned) {
            // A leaf without a rule on machine words was settled, or its points were set.
            if self.is_compiled(at) && !sheet.is_settled(at) {
                let came = self.by_rule(at, sheet, notes.at(lane));
                self.give(lane, at, came, sheet, scores);
            }
        }
        for &(lane, came) in &sheet.aside {
            let Some(lane) = usize::try_from(lane).ok() else { continue };
            let Some(&at) = self.at.get(lane) else { continue };
            let came = if came.is_above() && !sheet.is_settled(at) {
                self.by_rule(at, sheet, notes.at(lane))
            } else {
                notes.at(lane).lane(0, Came::ABOVE);
                came
            };
            self.give(lane, at, came, sheet, scores);
        }
    }

    /// A leaf by its rule on machine words; above, where a rung above must say.
    fn by_rule(&self, at: usize, sheet: &Sheet, mut note: impl Note) -> Came {
        let compiled = self.compiled.get(at).and_then(Option::as_ref);
        compiled.and_then(|compiled| rule(compiled, &sheet.words, &mut note)).unwrap_or_else(|| {
            note.lane(0, Came::ABOVE);
            Came::ABOVE
        })
    }

    fn give(&self, lane: usize, at: usize, came: Came, sheet: &Sheet, scores: &mut Scores) {
        let came = if came.is_above() { scores.exact(self.explained(at, sheet)) } else { came };
        if let Some(place) = scores.cames.get_mut(lane) {
            *place = came;
        }
    }

    /// The whole reason of a leaf, by its place: the same that [`Plan::evaluate`] gives.
    pub fn explain(&self, at: usize, sheet: &Sheet) -> Option<Assessed> {
        (at < self.places.len()).then(|| self.explained(at, sheet))
    }

    /// A leaf as it was settled, or from the words of a sheet on the exact rungs.
    fn explained(&self, at: usize, sheet: &Sheet) -> Assessed {
        if let Some(settled) = sheet.settled.get(at).and_then(Option::as_deref) {
            return settled.clone();
        }
        let empty = Submission::default();
        let context = Context::default();
        let Some(place) = self.places.get(at) else { return assess::unstated() };
        let Some(case) = self.case(place, &empty, &context) else { return assess::unstated() };
        let stated = |(at, figure)| {
            let word = sheet.words.get(place.first.checked_add(at)?)?;
            Some((FigureId(at), value(figure, *word, scale(figure)?)?))
        };
        let values: BTreeMap<FigureId, Value> = case.leaf.figures.iter().enumerate().filter_map(stated).collect();
        assess::figures(case, &values, sheet.unshown.get(at).copied().unwrap_or(false))
    }

    /// The maximum of a leaf that is compiled, as a fraction of words.
    pub(super) fn maximum_word(&self, at: usize) -> Option<Quick> {
        self.compiled.get(at)?.as_ref().map(|compiled| compiled.aside.maximum)
    }

    /// The maximum of a leaf, by its place.
    pub(super) fn maximum(&self, at: usize) -> Points {
        self.places.get(at).map_or(Points::ZERO, |place| place.maximum.clone())
    }
}

/// By the place of each leaf: the places of the leaves that read its figures.
fn readers(plan: &Plan) -> Vec<Vec<usize>> {
    let places: BTreeMap<HeadId, usize> = plan.ruleset().leaves().enumerate().map(|(at, (id, ..))| (id, at)).collect();
    let mut readers = vec![Vec::new(); places.len()];
    for (at, (_, _, leaf)) in plan.ruleset().leaves().enumerate() {
        let far = leaf.figures.iter().filter_map(|figure| places.get(&figure.origin.stated_at()?.0?));
        let read: BTreeSet<usize> = far.copied().collect();
        for place in read {
            if let Some(readers) = readers.get_mut(place) {
                readers.push(at);
            }
        }
    }
    readers
}

/// A leaf's figures as words, where nothing but its rule decides over them and all of them are there.
fn carried(compiled: &Compiled, case: Case<'_>, submission: &Submission, unshown: bool) -> Option<Vec<i64>> {
    // A word does not say where a value came from, and an explanation does.
    if case.leaf.has_derived() {
        return None;
    }
    let entries = submission.leaves.get(&case.id)?.iter();
    if awaits(case.ruleset, submission.leaves.get(&case.id)?).is_some() {
        return None;
    }
    let (_, scored) = entries.rev().find(|(track, _)| **track != Track::Explanation)?;
    let Entry { stated: Stated::Figures(values), .. } = scored else { return None };
    let rule = &case.leaf.evidence_missing;
    if unshown && (rule.points.is_some() || rule.unscored) {
        return None;
    }
    let words = case.leaf.figures.iter().enumerate().map(|(at, figure)| {
        let id = FigureId(at);
        let value = match (&figure.kind, values.get(&id)) {
            (FigureKind::Text, _) => return Some(0),
            // What is missing, and a deadline that says it was never done, have no word.
            (_, None) | (FigureKind::Number(_), Some(Value::YesNo(_))) => return None,
            (_, Some(value)) => value,
        };
        word(value, scale(figure)?)
    });
    let words = words.collect::<Option<Vec<i64>>>()?;
    compiled.aside.reads.iter().all(|id| values.contains_key(id)).then_some(words)
}

/// Whether a track up to the scored one brought evidence: what a later one brings comes too late for it.
fn shown(case: Case<'_>, submission: &Submission) -> bool {
    let entries: Vec<_> = submission.leaves.get(&case.id).into_iter().flatten().collect();
    let last = entries.iter().rposition(|(track, _)| **track != Track::Explanation);
    last.is_some_and(|last| entries.iter().take(last.saturating_add(1)).any(|(_, entry)| !entry.evidence.is_empty()))
}

/// Brings the lanes of one form together; the leaves by their lanes, and how many have one of their own.
fn side_by_side(places: &mut [Place], compiled: &[Option<Compiled>]) -> (Lanes, Vec<usize>, usize) {
    let of = |compiled: &Compiled| lane(&compiled.rule, compiled.aside.floor, compiled.aside.maximum);
    let made: Vec<Option<Lane>> = compiled.iter().map(|compiled| compiled.as_ref().and_then(of)).collect();
    let mut at: Vec<usize> = (0..places.len()).collect();
    // No lane ranks last; a stable sort keeps the order of the text within a form.
    let rank = |at: usize| made.get(at).and_then(Option::as_ref).map(Lane::rank);
    at.sort_by_key(|&at| (rank(at).is_none(), rank(at)));
    let (mut lanes, mut laned) = (Lanes::default(), 0usize);
    let (mut pairs, mut forms, mut answers) = (0usize, 0usize, 0usize);
    for &at in &at {
        let (Some(Some(lane)), Some(place)) = (made.get(at), places.get_mut(at)) else { break };
        let operand = match lane.kind {
            Kind::Pair { .. } => &mut pairs,
            Kind::Forms { .. } => &mut forms,
            Kind::Checks => &mut answers,
        };
        match &lane.checks {
            Some((checks, tables)) => lanes.push_checks(*checks, tables),
            None => lanes.push_bands(lane.kind, &lane.bands, lane.form),
        }
        place.source = Some((lane.source.clone(), *operand));
        *operand = operand.saturating_add(1);
        laned = laned.saturating_add(1);
    }
    (lanes, at, laned)
}

/// Lays a leaf's operands out on its lane, where its case arose and they fit.
fn on_lane((source, operand): &(Source, usize), compiled: &Compiled, sheet: &mut Sheet) -> bool {
    let bare = Words { words: &sheet.words, subject: Quick::ZERO };
    let arose = compiled.aside.not_applicable.iter().all(|arm| bare.holds(&arm.guard) == Some(false));
    arose && source.lay(*operand, &sheet.words, &mut sheet.operands)
}

/// What was settled, as it is counted; above where its points need a rung above.
fn came(status: &Status) -> Came {
    match status {
        Status::Scored { exact, .. } => Quick::of(exact.ratio()).map_or(Came::ABOVE, Came::points),
        // Points for now are told by the exact rung alone.
        Status::Awaiting { .. } => Came::ABOVE,
        Status::NotApplicable => Came::OUT_OF_SCALE,
        Status::Unscored => Came::UNSCORED,
        Status::Failed => Came::FAILED,
    }
}

/// A leaf by its "no case arose" lines, then its rule; points outside floor and maximum are for a rung above to word.
#[inline]
fn rule(compiled: &Compiled, words: &[i64], note: &mut impl Note) -> Option<Came> {
    for arm in &compiled.aside.not_applicable {
        let bare = Words { words, subject: Quick::ZERO };
        if bare.holds(&arm.guard)? {
            note.note(u64::MAX, Quick::ZERO);
            return within(&compiled.aside, bare.award(&arm.award)?);
        }
    }
    within(&compiled.aside, compiled.rule.decide(words, note)?)
}

#[inline]
fn within(aside: &Aside, came: Came) -> Option<Came> {
    let outside = came.quick().is_some_and(|points| {
        points.compare(aside.maximum) == Ordering::Greater || points.compare(aside.floor) == Ordering::Less
    });
    (!outside).then_some(came)
}
