//! A sheet of one year, stated to the set of another: figure by figure, by name. What was not asked then is said, never
//! made up.

use std::collections::{BTreeMap, BTreeSet};

use super::Why;
use super::alike::{self, Shift};
use super::kin::Matches;
use crate::engine::{Scorecard, used_figures};
use crate::language::tree::Track;
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Figure, FigureKind, Head, HeadId, Leaf, Origin, Ruleset, Scoring};
use crate::submission::{Entry, Stated, Submission, Value, within_bounds};

/// A sheet for another set, and the leaves of that set that it says too little of.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    pub(super) submission: Submission,
    pub(super) not: BTreeMap<HeadId, Why>,
}

/// The sheet as it was made, scored by its own set.
#[derive(Clone, Copy)]
pub(super) struct Own<'a> {
    /// Its set, as it is for the unit's block.
    pub(super) ruleset: &'a Ruleset,
    pub(super) submission: &'a Submission,
    pub(super) card: &'a Scorecard,
}

/// States a sheet to another set, as it is for a block there.
pub(super) fn carry(own: Own<'_>, whole: &Ruleset, block: Option<&str>, kin: &Matches, unit: &str) -> Carried {
    let to = whole.of_block(block);
    let mut submission = Submission {
        unit: unit.to_owned(),
        block: block.map(str::to_owned),
        no_survey: own.submission.no_survey && to.no_survey.is_some(),
        synthetic: own.submission.synthetic,
        ..Submission::default()
    };
    let mut not = BTreeMap::new();
    let track = to.tracks.iter().copied().find(|track| *track != Track::Explanation).unwrap_or(Track::SelfScore);
    for (id, head, leaf) in to.leaves() {
        let Some(Ok(then)) = kin.get(&id) else { continue };
        let Some((there, asked)) = own.ruleset.head(*then).and_then(|head| Some((head, head.leaf.as_ref()?))) else {
            continue;
        };
        let shift = alike::shift((to, leaf), (own.ruleset, asked));
        let crossing = Crossing { own, to, kin, shift, id: *then, there, asked };
        let (entry, why) = crossing.leaf(head, leaf);
        if let Some(entry) = entry {
            submission.leaves.entry(id).or_default().insert(track, entry);
        }
        if let Some(why) = why {
            not.insert(id, why);
        }
    }
    Carried { submission, not }
}

/// A leaf of the sheet on its way to another set.
struct Crossing<'a> {
    own: Own<'a>,
    to: &'a Ruleset,
    kin: &'a Matches,
    shift: Shift<'a>,
    id: HeadId,
    there: &'a Head,
    asked: &'a Leaf,
}

impl Crossing<'_> {
    /// What the sheet states of a leaf of the other set, and what stands in the way of scoring it.
    fn leaf(&self, head: &Head, leaf: &Leaf) -> (Option<Entry>, Option<Why>) {
        if head.aside.is_some() {
            return (None, None);
        }
        if self.there.aside.is_some() {
            return (None, Some(Why::OtherBlock));
        }
        let entered = |leaf: &Leaf| matches!(leaf.scoring, Scoring::Entered { .. });
        if entered(leaf) != entered(self.asked) {
            return (None, Some(Why::Entered));
        }
        let tracks = self.own.submission.leaves.get(&self.id);
        let mut scoring = tracks.into_iter().flatten().filter(|(track, _)| **track != Track::Explanation);
        let last = scoring.next_back().map(|(_, entry)| entry);
        let evidence = tracks.into_iter().flat_map(BTreeMap::values).flat_map(|entry| entry.evidence.clone()).collect();
        let note = last.and_then(|entry| entry.note.clone());
        let make = |stated| Entry { stated, evidence, note, explained: None };
        if let Some(Stated::Points { points, reason }) = last.map(|entry| &entry.stated) {
            let alike = (&head.maximum, &head.floor) == (&self.there.maximum, &self.there.floor);
            let stated = Stated::Points { points: points.clone(), reason: reason.clone() };
            return (alike.then(|| make(stated)), (!alike).then_some(Why::OtherMaximum));
        }
        let rule = &leaf.evidence_missing;
        let decides = (rule.points.is_some() || rule.unscored) && !head.evidence.is_empty();
        let why = (decides && self.there.evidence.is_empty()).then_some(Why::NoEvidence);
        let (values, lacking) = self.values(leaf, last);
        let broken = || {
            let broken = within_bounds(leaf, &head.maximum, &values);
            let figure = broken.first().and_then(|broken| leaf.figures.get(broken.figure.0));
            figure.map(|figure| Why::OutOfBounds(figure.name.clone()))
        };
        let why = why.or(lacking).or_else(broken);
        let stated = last.is_some() || !values.is_empty();
        (stated.then(|| make(Stated::Figures(values))), why)
    }

    /// The figures of a leaf of the other set, as far as the sheet knows them.
    fn values(&self, leaf: &Leaf, last: Option<&Entry>) -> (BTreeMap<FigureId, Value>, Option<Why>) {
        let mut values = BTreeMap::new();
        let (mut not_asked, mut why) = (Vec::new(), None);
        let needed: BTreeSet<FigureId> = used_figures(leaf);
        for (at, figure) in leaf.figures.iter().enumerate() {
            let id = FigureId(at);
            match self.found(leaf, figure, last) {
                Found::Value(value) => {
                    values.insert(id, value);
                }
                Found::NotAsked if needed.contains(&id) => not_asked.push(figure.name.clone()),
                Found::Otherwise(otherwise) if needed.contains(&id) => why = why.or(Some(otherwise)),
                Found::Unanswered | Found::NotAsked | Found::Otherwise(_) => {}
            }
        }
        (values, why.or_else(|| (!not_asked.is_empty()).then_some(Why::NotAsked(not_asked))))
    }

    /// A figure of the other set, in this sheet.
    fn found(&self, leaf: &Leaf, figure: &Figure, last: Option<&Entry>) -> Found {
        match &figure.origin {
            // Worked out anew there.
            Origin::Worked(_) | Origin::Rows(_) => return Found::Unanswered,
            _ if figure.origin.peers().is_some() => {
                let years = figure.origin.peers().is_some_and(|peers| peers.years.is_some());
                return if years { Found::Otherwise(Why::SeveralYears) } else { Found::Unanswered };
            }
            Origin::Far { head, figure: there } => {
                let Some(Ok(then)) = self.kin.get(head) else { return Found::NotAsked };
                let named = self.to.head(*head).and_then(|head| head.leaf.as_ref()?.figures.get(there.0));
                let asked = self.own.ruleset.head(*then).and_then(|head| head.leaf.as_ref());
                let known = named.and_then(|named| asked?.figure(&named.name));
                let Some((id, declared)) = known.filter(|(_, declared)| declared.origin == Origin::Stated) else {
                    return Found::NotAsked;
                };
                return self.turned(figure, declared, self.stated(Some(*then), id));
            }
            Origin::Shared(there) => {
                let named = self.to.shared.figures.get(there.0);
                let shared = &self.own.ruleset.shared.figures;
                let known = named.and_then(|named| shared.iter().position(|known| known.name == named.name));
                if let Some((at, declared)) = known.and_then(|at| Some((at, shared.get(at)?))) {
                    return self.turned(figure, declared, self.stated(None, FigureId(at)));
                }
            }
            _ => {}
        }
        let alike =
            |declared: &Figure| alike::origin((self.to, leaf, figure), (self.own.ruleset, self.asked, declared));
        let mut known = self.asked.figures.iter().enumerate();
        let Some((at, declared)) = known.find(|(_, declared)| alike(declared)) else { return Found::NotAsked };
        let value = match (&declared.origin, declared.origin.stated_at()) {
            (Origin::Stated, _) => last.and_then(|entry| match &entry.stated {
                Stated::Figures(values) => values.get(&FigureId(at)).cloned(),
                Stated::Points { .. } => None,
            }),
            (_, Some((home, there))) => self.stated(home, there),
            _ => self.own.card.leaf(self.id).and_then(|score| {
                let mut derived = score.last.derived.iter();
                let found = derived.find(|derived| derived.figure == FigureId(at))?.found.as_ref().ok()?;
                Some(found.value.clone())
            }),
        };
        self.turned(figure, declared, value)
    }

    fn stated(&self, home: Option<HeadId>, figure: FigureId) -> Option<Value> {
        self.own.submission.value_at(home, figure, Track::Appraisal2).map(|(value, _)| value.clone())
    }

    /// A value as the other set's figure would have it.
    fn turned(&self, figure: &Figure, declared: &Figure, value: Option<Value>) -> Found {
        if !alike::kind(figure, declared) {
            return Found::Otherwise(Why::OtherKind(figure.name.clone()));
        }
        // A column that is new is not asked, whatever the rows.
        if let (FigureKind::Rows(columns), FigureKind::Rows(then)) = (&figure.kind, &declared.kind) {
            let new = columns.iter().find(|column| !then.iter().any(|known| known.name == column.name));
            if let Some(column) = new {
                return Found::Otherwise(Why::NotAsked(vec![format!("{}.{}", figure.name, column.name)]));
            }
        }
        let Some(value) = value else { return Found::Unanswered };
        match alike::value(figure, declared, value, self.shift) {
            Some(value) => Found::Value(value),
            None => Found::Otherwise(Why::OtherKind(figure.name.clone())),
        }
    }
}

/// What a sheet knows of a figure of another set.
enum Found {
    Value(Value),
    /// It was asked, or is made of what was.
    Unanswered,
    NotAsked,
    Otherwise(Why),
}
