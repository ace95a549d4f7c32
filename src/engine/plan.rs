//! The plan: a checked ruleset made ready to score.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::aggregate::{All, Totals, lifted};
use super::assess::{self, Case};
use super::awaiting::{awaits, held_open};
use super::block::{self, Unranked};
use super::context::Context;
use super::derived::Sheet;
use super::gates;
use super::grading::{self, Grading};
use super::indices::IndexLabel;
use super::outside::Outside;
use super::own::own;
use super::scorecard::{Assessed, HeadScore, Index, LeafScore, Scorecard, Total};
use crate::diagnostic::{Diagnostic, Structure};
use crate::language::tree::{GradeFrom, RoundedLevel, Track};
use crate::number::{Points, Ratio, Rounding};
use crate::ruleset::meaning::{FigureId, Guard, Meaning, Outcome, Term};
use crate::ruleset::{HeadId, Leaf, Origin, Ruleset, Scoring};
use crate::submission::{Submission, Value};

/// What is known of a unit whose leaves are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// The points that are known.
    pub exact: Points,
    /// At most what is not known yet.
    pub open: Points,
    /// What they are points of.
    pub whole: Points,
    /// No survey was held.
    pub no_survey: bool,
}

/// A ruleset that can score.
#[derive(Clone, Debug)]
pub struct Plan {
    ruleset: Arc<Ruleset>,
}

impl Plan {
    /// Makes a checked ruleset ready; a frame has nothing to score by.
    ///
    /// # Errors
    /// The finding that says so, when the set is a frame.
    pub fn compile(ruleset: Ruleset) -> Result<Self, Box<Diagnostic>> {
        if ruleset.frame.is_some() {
            let problem = Structure::FrameUsed { name: ruleset.name() };
            return Err(Box::new(Diagnostic::new(problem, ruleset.span)));
        }
        Ok(Self { ruleset: Arc::new(ruleset) })
    }

    /// The ruleset.
    pub fn ruleset(&self) -> &Ruleset {
        &self.ruleset
    }

    /// The plan as it is for a block, where scores depend on it.
    pub fn of_block(&self, block: &str) -> Option<Self> {
        Some(Self { ruleset: Arc::clone(self.ruleset.by_block.get(block)?) })
    }

    /// The block of a unit, by the set's name for it: as its sheet says, else as its surroundings do.
    pub fn block<'a>(&'a self, submission: &'a Submission, context: &'a Context) -> Option<&'a str> {
        block::of(&self.ruleset, submission, context)
    }

    /// Why a unit that is assessed takes no place, if it takes none.
    pub fn unranked(&self, unit: &str, block: Option<&str>, context: &Context) -> Option<Unranked> {
        block::unranked(&self.ruleset, unit, block, context)
    }

    /// The scorecard of a unit whose shares are known and whose leaves are not: the shares make the index, provisional
    /// while a share is not known.
    pub fn of_totals(&self, unit: &str, block: Option<&str>, shares: Shares) -> Scorecard {
        let Shares { exact, open, whole, no_survey } = shares;
        let ruleset = self.ruleset.of_block(block);
        let (unit, block) = (unit.to_owned(), block.map(str::to_owned));
        let submission = Submission { unit, block, no_survey, ..Submission::default() };
        let mut card = self.evaluate(&submission, &Context::default());
        let rounded = match ruleset.rounding {
            Some((RoundedLevel::Index, rounding)) => rounding.apply_points(&exact),
            _ => exact.clone(),
        };
        let most: Points = [exact.clone(), open.clone()].into_iter().sum();
        let (total, without_floor) = lifted(
            ruleset,
            Total {
                lower: exact.clone(),
                upper: most.clone(),
                counted_lower: exact.clone(),
                counted_upper: most,
                exact,
                rounded,
                maximum: whole,
                provisional: open > Points::ZERO,
                out_of_scale: false,
            },
        );
        // Totals are given of the scale alone: nothing is claimed outside it.
        card.index = Index { without_floor, ..index(ruleset, (total, None), Vec::new()) };
        card.index.grading = grading::grade(ruleset, &card.index, &card.heads, None);
        card
    }

    /// Scores one leaf of no unit from figures alone, evidence taken as given: for a unit of a block, or by what is
    /// written first.
    pub fn leaf(
        &self,
        id: HeadId,
        block: Option<&str>,
        values: &BTreeMap<FigureId, Value>,
        context: &Context,
    ) -> Option<Assessed> {
        let ruleset = self.ruleset.of_block(block);
        let head = ruleset.head(id)?;
        let leaf = head.leaf.as_ref()?;
        let case = Case { ruleset, id, head, leaf, unit: "", block, context, sheet: None };
        let aside = block.and_then(|_| block::aside(case));
        Some(aside.unwrap_or_else(|| assess::figures(case, values, false)))
    }

    /// What leaves make of a unit's heads and index, whichever sheets they were assessed by; in a block, and in a year with
    /// or without a survey.
    pub fn joined<'a>(
        &'a self,
        (block, no_survey): (Option<&str>, bool),
        of: impl Fn(HeadId) -> Option<&'a Assessed>,
    ) -> (Vec<Total>, Index) {
        let ruleset = self.ruleset.of_block(block);
        let All { heads, whole, outside, without_floor } = Totals { ruleset, of }.all(no_survey);
        let index = Index { without_floor, ..index(ruleset, (whole, outside), Vec::new()) };
        (heads, index)
    }

    /// The labels of the results of other indices that decide what a unit gets: its own, and those of all where it is
    /// scored or graded by what others have.
    fn borrowed(&self, unit: &str, context: &Context) -> Vec<IndexLabel> {
        let labelled = context.indices.is_labelled();
        if labelled && self.reads_others() { context.indices.labels(|_| true) } else { context.indices.labels_of(unit) }
    }

    /// Whether what a unit gets may hang on what others have: some leaf compares units, a grade begins at their mean, or
    /// goes by the place.
    pub fn reads_others(&self) -> bool {
        let by_mean = || self.ruleset.grades.iter().any(|grade| grade.from == GradeFrom::Mean);
        self.compares_units() || by_mean() || self.ruleset.grade_fall.is_some()
    }

    /// Scores a submission in what surrounds it. Pure: the same submission in the same context gives the same
    /// scorecard on every machine.
    pub fn evaluate(&self, submission: &Submission, context: &Context) -> Scorecard {
        let block = block::of(&self.ruleset, submission, context);
        let ruleset = self.ruleset.of_block(block);
        let unit = submission.unit.as_str();
        let mut leaves: Vec<LeafScore> = ruleset
            .leaves()
            .map(|(id, head, leaf)| {
                let sheet = Some(Sheet::whole(submission));
                leaf_score(Case { ruleset, id, head, leaf, unit, block, context, sheet }, submission)
            })
            .collect();
        gates::decide((ruleset, block), &mut leaves, submission, context);
        let by_id: BTreeMap<HeadId, &LeafScore> = leaves.iter().map(|leaf| (leaf.head, leaf)).collect();
        let last = Totals { ruleset, of: |id| by_id.get(&id).map(|leaf| &leaf.last) };
        let All { heads: totals, whole, outside, without_floor } = last.all(submission.no_survey);
        let mut after: Vec<(Track, Option<All>)> = Vec::new();
        for &track in ruleset.tracks.iter().filter(|&&track| track != Track::Explanation) {
            let stated = leaves.iter().any(|leaf| leaf.states(track));
            let then = Totals { ruleset, of: |id| by_id.get(&id).and_then(|leaf| leaf.after(track)) };
            after.push((track, stated.then(|| then.all(submission.no_survey))));
        }
        let heads: Vec<HeadScore> = totals
            .into_iter()
            .enumerate()
            .map(|(at, total)| HeadScore {
                head: HeadId(at),
                total,
                after: after
                    .iter()
                    .map(|(track, totals)| {
                        let total = totals.as_ref().and_then(|all| all.heads.get(at).cloned());
                        (*track, total.filter(|_| stated_below(ruleset, HeadId(at), &by_id, *track)))
                    })
                    .collect(),
            })
            .collect();
        let after = after.into_iter().map(|(track, totals)| (track, totals.map(|all| all.whole))).collect();
        let own = own(ruleset, &by_id);
        let mut index = Index { without_floor, own, ..index(ruleset, (whole, outside), after) };
        let unranked = block::unranked(ruleset, unit, block, context);
        index.grading = grading::grade(ruleset, &index, &heads, None).of_ranked(unranked.is_none());
        Scorecard {
            path: ruleset.path.clone(),
            year: ruleset.year,
            fingerprint: ruleset.fingerprint.clone(),
            unit: submission.unit.clone(),
            block: block.map(str::to_owned),
            unranked,
            synthetic: submission.synthetic || context.synthetic,
            borrowed: self.borrowed(unit, context),
            no_survey: submission.no_survey,
            submitted: submission.submitted,
            index,
            leaves,
            heads,
        }
    }
}

pub(super) fn leaf_score(case: Case<'_>, submission: &Submission) -> LeafScore {
    let id = case.id;
    if let Some(last) = block::aside(case) {
        return LeafScore { head: id, tracks: Vec::new(), last, notes: Vec::new() };
    }
    if let Some(last) = submission.no_survey.then(|| assess::no_survey(case)).flatten() {
        return LeafScore { head: id, tracks: Vec::new(), last, notes: Vec::new() };
    }
    let mut tracks: Vec<(Track, Assessed)> = Vec::new();
    let stated = submission.leaves.get(&id);
    let reads_elsewhere = case.leaf.reads_elsewhere();
    // A document shown once stays shown: a later track that restates a figure need not bring it again.
    let mut shown = false;
    let (mut own, mut read) = (None, BTreeMap::new());
    let mut steps: BTreeSet<Track> = stated.into_iter().flat_map(BTreeMap::keys).copied().collect();
    steps.extend(case.ruleset.tracks.iter().filter(|_| reads_elsewhere));
    for track in steps {
        let entry = stated.and_then(|tracks| tracks.get(&track));
        shown |= entry.is_some_and(|entry| !entry.evidence.is_empty());
        // An explanation brings documents; it states nothing to score, so what was scored before it stands.
        if track == Track::Explanation {
            continue;
        }
        own = entry.or(own);
        let sheet = Sheet { submission, upto: track };
        let now = if reads_elsewhere { submission.read_elsewhere(case.leaf, track) } else { BTreeMap::new() };
        let before = std::mem::replace(&mut read, now);
        // What a track corrects elsewhere is scored anew here, though it said nothing of this leaf.
        if entry.is_none() && before == read {
            continue;
        }
        let case = Case { sheet: Some(sheet), ..case };
        tracks.push((track, own.map_or_else(|| assess::unclaimed(case), |entry| assess::entry(case, entry, shown))));
    }
    let notes = stated.into_iter().flatten().filter_map(|(track, entry)| Some((*track, entry.note.clone()?))).collect();
    let last = tracks.last().map_or_else(|| assess::unclaimed(case), |(_, last)| last.clone());
    let awaits = stated.and_then(|entries| awaits(case.ruleset, entries));
    let last = match awaits {
        Some(awaits) => held_open(last, awaits),
        None => last,
    };
    LeafScore { head: id, tracks, last, notes }
}

fn stated_below(ruleset: &Ruleset, id: HeadId, leaves: &BTreeMap<HeadId, &LeafScore>, track: Track) -> bool {
    match ruleset.head(id) {
        Some(head) if !head.children.is_empty() => {
            head.children.iter().any(|&child| stated_below(ruleset, child, leaves, track))
        }
        _ => leaves.get(&id).is_some_and(|leaf| leaf.states(track)),
    }
}

fn index(
    ruleset: &Ruleset,
    (mut total, outside): (Total, Option<Outside>),
    after: Vec<(Track, Option<Total>)>,
) -> Index {
    let share = |points: &Points| points.share_of(&total.maximum).unwrap_or(Ratio::ZERO);
    let exact = share(&total.exact);
    let rounded_share = rounded_share(ruleset, &total);
    let (lower_share, upper_share) = (share(&total.lower), share(&total.upper));
    let (counted_lower_share, counted_upper_share) = match ruleset.rounding {
        Some((RoundedLevel::Index, rounding)) => {
            total = round_index(total, rounding);
            (rounding.apply_share(&lower_share), rounding.apply_share(&upper_share))
        }
        _ => (share(&total.counted_lower), share(&total.counted_upper)),
    };
    Index {
        lower_share,
        upper_share,
        counted_lower_share,
        counted_upper_share,
        grading: Grading::default(),
        without_floor: None,
        own: None,
        share: exact,
        rounded_share,
        after,
        outside,
        total,
    }
}

/// A total whose points are those of an index that is rounded as a percentage: of a hundred they are that percentage; of
/// another scale they stay as they are, since points rounded by themselves would tell of another percentage.
pub(super) fn round_index(total: Total, rounding: Rounding) -> Total {
    let hundred = Points::new(Ratio::from(100));
    let rounded = |points: &Points| match points.share_of(&total.maximum) {
        Some(share) if total.maximum == hundred => hundred.scale(&rounding.apply_share(&share)),
        _ => points.clone(),
    };
    Total {
        rounded: rounded(&total.exact),
        counted_lower: rounded(&total.lower),
        counted_upper: rounded(&total.upper),
        ..total
    }
}

/// The share of a total as the ruleset rounds the index.
pub(super) fn rounded_share(ruleset: &Ruleset, total: &Total) -> Ratio {
    let share = |points: &Points| points.share_of(&total.maximum).unwrap_or(Ratio::ZERO);
    // The index is a percentage, and rounds as one: two digits of 89,996 % are 90,00 %.
    // Where leaves or areas round, the index is what their rounded points make, and rounds no further.
    match ruleset.rounding {
        Some((RoundedLevel::Index, rounding)) => rounding.apply_share(&share(&total.exact)),
        Some(_) => share(&total.rounded),
        None => share(&total.exact),
    }
}

/// The figures that a leaf's rule reads, and those that bound them: without these a bound is not known to hold.
pub fn used_figures(leaf: &Leaf) -> BTreeSet<FigureId> {
    let mut read = read_figures(leaf);
    // What is told of rows reads their list.
    let lists = read.iter().filter_map(|id| match &leaf.figures.get(id.0)?.origin {
        Origin::Rows(over) => Some(over.list),
        _ => None,
    });
    read.extend(lists.collect::<Vec<_>>());
    let mut used = read.clone();
    let mut open: Vec<FigureId> = used.iter().copied().collect();
    while let Some(id) = open.pop() {
        if let Some(Origin::Rows(over)) = leaf.figures.get(id.0).map(|figure| &figure.origin)
            && used.insert(over.list)
        {
            open.push(over.list);
        }
        for limit in leaf.figures.get(id.0).into_iter().flat_map(|figure| &figure.limits) {
            limit.bound.visit(&mut |expr| {
                if let Term::Figure(bounding) = expr.term
                    && used.insert(bounding)
                {
                    open.push(bounding);
                }
            });
        }
    }
    if leaf.reads_elsewhere() {
        without_ends(leaf, &read, &mut used);
    }
    used
}

/// Takes out what bounds only figures of elsewhere, plainly, and is bounded by none: that bound is kept where it
/// stands, and all that it says here is what those figures can be.
fn without_ends(leaf: &Leaf, read: &BTreeSet<FigureId>, used: &mut BTreeSet<FigureId>) {
    let elsewhere = |id: FigureId| leaf.figures.get(id.0).is_some_and(|figure| figure.origin.stated_at().is_some());
    loop {
        let end = used.iter().copied().find(|&id| {
            let bounded = |figure: &crate::ruleset::Figure| {
                let mut by_used = false;
                figure.limits.iter().for_each(|limit| limit.bound.figures(&mut |by| by_used |= used.contains(&by)));
                by_used
            };
            let needed = used.iter().any(|&other| {
                let limits = leaf.figures.get(other.0).map_or(&[][..], |figure| figure.limits.as_slice());
                limits.iter().any(|limit| {
                    let mut names = false;
                    limit.bound.figures(&mut |by| names |= by == id);
                    names && !(elsewhere(other) && matches!(limit.bound.term, Term::Figure(_)))
                })
            });
            elsewhere(id) && !read.contains(&id) && !needed && !leaf.figures.get(id.0).is_some_and(bounded)
        });
        match end {
            Some(end) => used.remove(&end),
            None => return,
        };
    }
}

/// The figures that a leaf's rule and its "no case arose" lines read.
fn read_figures(leaf: &Leaf) -> BTreeSet<FigureId> {
    let mut used = BTreeSet::new();
    for rule in &leaf.not_applicable {
        rule.test.figures(&mut |id| {
            used.insert(id);
        });
    }
    let mut see = |expr: &crate::ruleset::meaning::Expr| {
        if let Term::Figure(id) = expr.term {
            used.insert(id);
        }
    };
    match &leaf.scoring {
        Scoring::Declared(_, meaning) => match meaning {
            Meaning::Cases { subject, arms } => {
                if let Some(subject) = subject {
                    subject.visit(&mut see);
                }
                let mut tested = Vec::new();
                for arm in arms {
                    if let Outcome::Points(award) = &arm.outcome {
                        award.visit(&mut see);
                    }
                    if let Guard::Test(test) = &arm.guard {
                        test.figures(&mut |id| tested.push(id));
                    }
                }
                used.extend(tested);
            }
            Meaning::Sum(sum) => {
                for part in &sum.parts {
                    part.award.visit(&mut see);
                }
                for part in &sum.parts {
                    part.test.figures(&mut |id| {
                        used.insert(id);
                    });
                }
            }
            Meaning::Value { expr, .. } => expr.figures(&mut |id| {
                used.insert(id);
            }),
        },
        Scoring::Script { script, .. } => {
            let read = leaf.figures.iter().enumerate().filter(|(_, figure)| script.reads().contains(&figure.name));
            used.extend(read.map(|(at, _)| FigureId(at)));
        }
        Scoring::PerRow(per_row) => {
            used.insert(per_row.list);
        }
        Scoring::Entered { .. } => {}
    }
    used
}
