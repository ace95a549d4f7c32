//! The program: a plan whose leaves were compiled, and what it makes of a sheet.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::compile::{self, Aside, Compiled};
use super::rule::{Came, Note, Words};
use super::scores::{Scores, Trace};
use super::sheet::{Sheet, Slot, scale, value, word};
use crate::engine::assess::{self, Case};
use crate::engine::block;
use crate::engine::context::Context;
use crate::engine::plan::{Plan, leaf_score};
use crate::engine::scorecard::Assessed;
use crate::language::tree::{Aggregation, RoundedLevel, Track};
use crate::number::{Points, Quick, Rounding};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{FigureKind, HeadId};
use crate::submission::{Entry, Stated, Submission, Value};

/// A plan made ready for many sheets.
#[derive(Clone, Debug)]
pub struct Program {
    plan: Plan,
    places: Vec<Place>,
    /// By the leaf's place: its rule on machine words, if it has one.
    compiled: Vec<Option<Compiled>>,
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
}

impl Program {
    /// Compiles a plan; nothing for a set whose heads depend on the block, or that does not simply add up to an index rounded at the end, if at all.
    pub fn compile(plan: &Plan) -> Option<Self> {
        let ruleset = plan.ruleset();
        let sums = ruleset.aggregation == Aggregation::Sum
            && ruleset.heads.iter().all(|head| head.aggregation == Aggregation::Sum);
        let rounding = match ruleset.rounding {
            None => None,
            Some((RoundedLevel::Index, rounding)) => Some(rounding),
            Some(_) => return None,
        };
        if !sums || !ruleset.gated.is_empty() || !ruleset.by_block.is_empty() || ruleset.has_outside() {
            return None;
        }
        let (mut places, mut compiled, mut slots, mut whole) = (Vec::new(), Vec::new(), 0usize, Quick::ZERO);
        for (id, head, leaf) in ruleset.leaves() {
            whole = whole.plus(Quick::of(head.maximum.ratio())?)?;
            compiled.push(if leaf.has_derived() { None } else { compile::leaf(head, leaf, slots) });
            places.push(Place { id, first: slots, maximum: head.maximum.clone() });
            slots = slots.checked_add(leaf.figures.len())?;
        }
        Some(Self { plan: plan.clone(), places, compiled, slots, rounding, whole })
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

    /// Lays a submission out for this program; leaves that it cannot carry are settled here, exactly.
    pub fn sheet(&self, submission: &Submission, context: &Context) -> Sheet {
        let mut sheet = Sheet::default();
        for at in 0..self.places.len() {
            self.lay(&mut sheet, at, submission, context);
        }
        sheet
    }

    /// Lays one leaf out again, by its place, after its unit changed what it states of it.
    pub fn lay(&self, sheet: &mut Sheet, at: usize, submission: &Submission, context: &Context) {
        sheet.words.resize(self.slots, 0);
        sheet.unshown.resize(self.places.len(), false);
        sheet.settled.resize(self.places.len(), None);
        let Some(place) = self.places.get(at) else { return };
        let Some(case) = self.case(place, submission, context) else { return };
        let unshown = !case.head.evidence.is_empty() && !shown(case, submission);
        let carried = self
            .compiled
            .get(at)
            .and_then(Option::as_ref)
            .and_then(|compiled| carried(compiled, case, submission, unshown));
        let settled = match carried {
            Some(words) => {
                for (slot, word) in (place.first..).zip(words) {
                    if let Some(cell) = sheet.words.get_mut(slot) {
                        *cell = word;
                    }
                }
                None
            }
            None => Some(Box::new(leaf_score(case, submission).last)),
        };
        if let (Some(at_unshown), Some(at_settled)) = (sheet.unshown.get_mut(at), sheet.settled.get_mut(at)) {
            *at_unshown = unshown;
            *at_settled = settled;
        }
    }

    fn case<'a>(&'a self, place: &Place, submission: &'a Submission, context: &'a Context) -> Option<Case<'a>> {
        let ruleset = self.plan.ruleset();
        let head = ruleset.head(place.id)?;
        let leaf = head.leaf.as_ref()?;
        let block = block::of(ruleset, submission, context);
        Some(Case { ruleset, id: place.id, head, leaf, unit: &submission.unit, block, context })
    }

    /// The points of every leaf of a sheet, without a word of why.
    pub fn score(&self, sheet: &Sheet, scores: &mut Scores) {
        scores.clear();
        for (at, (compiled, settled)) in self.compiled.iter().zip(&sheet.settled).enumerate() {
            match quick(compiled.as_ref(), settled.is_some(), &sheet.words, &mut ()) {
                above if above.is_above() => scores.exact(self.explained(at, sheet)),
                came => scores.quick(came),
            }
        }
    }

    /// The points of every leaf of a sheet, and which line decided over what.
    pub fn trace(&self, sheet: &Sheet, scores: &mut Scores, traces: &mut Vec<Trace>) {
        scores.clear();
        traces.clear();
        for (at, (compiled, settled)) in self.compiled.iter().zip(&sheet.settled).enumerate() {
            let mut trace = Trace::ELSEWHERE;
            match quick(compiled.as_ref(), settled.is_some(), &sheet.words, &mut trace) {
                above if above.is_above() => {
                    trace = Trace::ELSEWHERE;
                    scores.exact(self.explained(at, sheet));
                }
                came => scores.quick(came),
            }
            traces.push(trace);
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

    /// The maximum of a leaf, by its place.
    pub(super) fn maximum(&self, at: usize) -> Points {
        self.places.get(at).map_or(Points::ZERO, |place| place.maximum.clone())
    }
}

/// A leaf's figures as words, where nothing but its rule decides over them and all of them are there.
fn carried(compiled: &Compiled, case: Case<'_>, submission: &Submission, unshown: bool) -> Option<Vec<i64>> {
    let entries = submission.leaves.get(&case.id)?.iter();
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

/// A leaf on machine words, unless a rung above must say, or has.
#[inline]
fn quick(compiled: Option<&Compiled>, settled: bool, words: &[i64], note: &mut impl Note) -> Came {
    match compiled {
        Some(compiled) if !settled => rule(compiled, words, note).unwrap_or(Came::ABOVE),
        _ => Came::ABOVE,
    }
}

/// A leaf by its "no case arose" lines, then its rule; points outside floor and maximum are for a rung above to word.
#[inline]
fn rule(compiled: &Compiled, words: &[i64], note: &mut impl Note) -> Option<Came> {
    if compiled.bounded {
        return compiled.rule.decide(words, note);
    }
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
