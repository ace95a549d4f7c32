//! The program: a plan whose leaves were compiled, and what it makes of a sheet.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::compile::{self, Compiled};
use super::rule::{Cells, Decided, Gave, Slot};
use super::sheet::Sheet;
use crate::engine::assess::{self, Case};
use crate::engine::context::Context;
use crate::engine::plan::{Plan, leaf_score};
use crate::engine::scorecard::{Assessed, Status};
use crate::language::tree::{Aggregation, RoundedLevel, Track};
use crate::number::{Points, Quick, Ratio, Rounding};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Figure, FigureKind, HeadId, Leaf};
use crate::submission::{Entry, Stated, Submission, Value};

/// A plan made ready for many sheets.
#[derive(Clone, Debug)]
pub struct Program {
    plan: Plan,
    places: Vec<Place>,
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
    compiled: Option<Compiled>,
}

/// What a leaf came to, and by which line.
#[derive(Clone, Debug)]
pub struct Trace<'a>(pub(super) Came<'a>);

#[derive(Clone, Debug)]
pub(super) enum Came<'a> {
    /// On machine words.
    Quick(Decided),
    /// Settled when the sheet was laid out.
    Settled(&'a Assessed),
    /// Worked out exactly, because some step did not fit.
    Exact(Box<Assessed>),
}

/// The status of a leaf, with its exact points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Points.
    Points(Points),
    /// Out of the scale.
    OutOfScale,
    /// Unscored.
    Unscored,
    /// The rule could not be carried out.
    Failed,
}

impl Program {
    /// Compiles a plan; nothing for a set that does not simply add up to an index rounded at the end, if at all.
    pub fn compile(plan: &Plan) -> Option<Self> {
        let ruleset = plan.ruleset();
        let sums = ruleset.aggregation == Aggregation::Sum
            && ruleset.heads.iter().all(|head| head.aggregation == Aggregation::Sum);
        let rounding = match ruleset.rounding {
            None => None,
            Some((RoundedLevel::Index, rounding)) => Some(rounding),
            Some(_) => return None,
        };
        if !sums || !ruleset.gated.is_empty() {
            return None;
        }
        let (mut places, mut slots, mut whole) = (Vec::new(), 0usize, Quick::ZERO);
        for (id, head, leaf) in ruleset.leaves() {
            whole = whole.plus(Quick::of(head.maximum.ratio())?)?;
            let compiled = if leaf.has_derived() { None } else { compile::leaf(head, leaf, slots) };
            places.push(Place { id, first: slots, maximum: head.maximum.clone(), compiled });
            slots = slots.checked_add(leaf.figures.len())?;
        }
        Some(Self { plan: plan.clone(), places, slots, rounding, whole })
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The leaves, in the order of the traces.
    pub fn leaves(&self) -> impl Iterator<Item = HeadId> {
        self.places.iter().map(|place| place.id)
    }

    /// How many leaves are worked out on machine words.
    pub fn compiled(&self) -> usize {
        self.places.iter().filter(|place| place.compiled.is_some()).count()
    }

    /// Lays a submission out for this program; leaves that it cannot carry are settled here, exactly.
    pub fn sheet(&self, submission: &Submission, context: &Context) -> Sheet {
        let mut sheet = Sheet { cells: vec![None; self.slots], ..Sheet::default() };
        for place in &self.places {
            let settled = self.case(place, submission, context).and_then(|case| {
                let unshown = !case.head.evidence.is_empty() && !shown(case, submission);
                sheet.unshown.push(unshown);
                let fits = place.compiled.is_some() && carried(&mut sheet, place.first, case, submission, unshown);
                (!fits).then(|| Box::new(leaf_score(case, submission).last))
            });
            sheet.settled.push(settled);
        }
        sheet
    }

    fn case<'a>(&'a self, place: &Place, submission: &'a Submission, context: &'a Context) -> Option<Case<'a>> {
        let ruleset = self.plan.ruleset();
        let head = ruleset.head(place.id)?;
        let leaf = head.leaf.as_ref()?;
        Some(Case { ruleset, id: place.id, head, leaf, unit: &submission.unit, context })
    }

    /// Scores every leaf of a sheet into `traces`, which are cleared first.
    pub fn score<'a>(&self, sheet: &'a Sheet, traces: &mut Vec<Trace<'a>>) {
        traces.clear();
        traces.extend(self.places.iter().enumerate().map(|(at, place)| self.trace(place, at, sheet)));
    }

    /// Scores one leaf, by its place, again.
    pub fn rescore<'a>(&self, at: usize, sheet: &'a Sheet) -> Option<Trace<'a>> {
        Some(self.trace(self.places.get(at)?, at, sheet))
    }

    fn trace<'a>(&self, place: &Place, at: usize, sheet: &'a Sheet) -> Trace<'a> {
        if let Some(settled) = sheet.settled.get(at).and_then(Option::as_deref) {
            return Trace(Came::Settled(settled));
        }
        match place.compiled.as_ref().and_then(|compiled| quick(compiled, &sheet.cells)) {
            Some(decided) => Trace(Came::Quick(decided)),
            None => Trace(Came::Exact(Box::new(self.exact(place, at, sheet)))),
        }
    }

    /// The whole reason of a leaf, by its place: the same that [`Plan::evaluate`] gives.
    pub fn explain(&self, at: usize, sheet: &Sheet) -> Option<Assessed> {
        let place = self.places.get(at)?;
        match sheet.settled.get(at).and_then(Option::as_deref) {
            Some(settled) => Some(settled.clone()),
            None => Some(self.exact(place, at, sheet)),
        }
    }

    /// A leaf from the cells of a sheet, on the exact rungs.
    fn exact(&self, place: &Place, at: usize, sheet: &Sheet) -> Assessed {
        let ruleset = self.plan.ruleset();
        let empty = Submission::default();
        let context = Context::default();
        let case = self.case(place, &empty, &context);
        let (Some(case), Some(leaf)) = (case, ruleset.head(place.id).and_then(|head| head.leaf.as_ref())) else {
            return assess::unstated();
        };
        let values: BTreeMap<FigureId, Value> = leaf
            .figures
            .iter()
            .enumerate()
            .filter_map(|(at, figure)| Some((FigureId(at), value(figure, sheet, place.first.checked_add(at)?)?)))
            .collect();
        assess::figures(case, &values, sheet.unshown.get(at).copied().unwrap_or(false))
    }

    /// The maximum of a leaf, by its place.
    pub(super) fn maximum(&self, at: usize) -> Points {
        self.places.get(at).map_or(Points::ZERO, |place| place.maximum.clone())
    }
}

/// Puts a leaf's figures into their cells, where nothing but its rule decides over them.
fn carried(sheet: &mut Sheet, first: Slot, case: Case<'_>, submission: &Submission, unshown: bool) -> bool {
    let entries = submission.leaves.get(&case.id).into_iter().flatten();
    let scoring = entries.rev().find(|(track, _)| **track != Track::Explanation);
    let Some((_, Entry { stated: Stated::Figures(values), .. })) = scoring else { return false };
    let rule = &case.leaf.evidence_missing;
    if unshown && (rule.points.is_some() || rule.unscored) {
        return false;
    }
    values.iter().all(|(id, value)| {
        let text = matches!(case.leaf.figures.get(id.0).map(|figure| &figure.kind), Some(FigureKind::Text));
        let never = matches!(value, Value::YesNo(_)) && !is_yes_no(case.leaf, *id);
        text || (!never && first.checked_add(id.0).is_some_and(|slot| sheet.put(slot, value)))
    })
}

/// Whether a track up to the scored one brought evidence: what a later one brings comes too late for it.
fn shown(case: Case<'_>, submission: &Submission) -> bool {
    let entries: Vec<_> = submission.leaves.get(&case.id).into_iter().flatten().collect();
    let last = entries.iter().rposition(|(track, _)| **track != Track::Explanation);
    last.is_some_and(|last| entries.iter().take(last.saturating_add(1)).any(|(_, entry)| !entry.evidence.is_empty()))
}

fn is_yes_no(leaf: &Leaf, id: FigureId) -> bool {
    leaf.figures.get(id.0).is_some_and(|figure| figure.kind == FigureKind::YesNo)
}

fn value(figure: &Figure, sheet: &Sheet, slot: Slot) -> Option<Value> {
    let number = sheet.number(slot)?;
    match figure.kind {
        FigureKind::YesNo => Some(Value::YesNo(!number.is_zero())),
        FigureKind::Number(_) => Some(Value::Number(number)),
        FigureKind::Choice(_) => Some(Value::Option(usize::try_from(number.to_i64()?).ok()?)),
        FigureKind::Text => None,
    }
}

/// A leaf on machine words; nothing when a rung above must say.
fn quick(compiled: &Compiled, cells: &[Option<Quick>]) -> Option<Decided> {
    if !compiled.reads.iter().all(|&slot| cells.get(slot).is_some_and(Option::is_some)) {
        return None;
    }
    let bare = Cells { cells, subject: Quick::ZERO };
    for arm in &compiled.not_applicable {
        if bare.holds(&arm.guard)? {
            return within(compiled, Decided { line: 0, subject: Quick::ZERO, gave: bare.award(&arm.award)? });
        }
    }
    within(compiled, compiled.rule.decide(cells)?)
}

/// Points within the head's floor and maximum; what is not, a rung above words.
fn within(compiled: &Compiled, decided: Decided) -> Option<Decided> {
    match decided.gave {
        Gave::Points(points)
            if points.compare(compiled.maximum) == Ordering::Greater
                || points.compare(compiled.floor) == Ordering::Less =>
        {
            None
        }
        _ => Some(decided),
    }
}

impl Trace<'_> {
    /// What the leaf came to.
    pub fn outcome(&self) -> Outcome {
        match &self.0 {
            Came::Quick(decided) => match decided.gave {
                Gave::Points(points) => Outcome::Points(Points::new(points.ratio())),
                Gave::OutOfScale => Outcome::OutOfScale,
                Gave::Unscored => Outcome::Unscored,
            },
            Came::Settled(assessed) => of(assessed),
            Came::Exact(assessed) => of(assessed),
        }
    }

    /// The line that decided, by its place from 0 (of a checklist, a bit for each line that holds), and the value that
    /// its bands looked at; nothing where the leaf was not worked out on machine words.
    pub fn decided(&self) -> Option<(u64, Ratio)> {
        match &self.0 {
            Came::Quick(decided) => Some((decided.line, decided.subject.ratio())),
            Came::Settled(_) | Came::Exact(_) => None,
        }
    }
}

fn of(assessed: &Assessed) -> Outcome {
    match &assessed.status {
        Status::Scored { exact, .. } => Outcome::Points(exact.clone()),
        Status::NotApplicable => Outcome::OutOfScale,
        Status::Unscored => Outcome::Unscored,
        Status::Failed => Outcome::Failed,
    }
}
