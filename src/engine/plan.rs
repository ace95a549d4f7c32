//! The plan: a checked ruleset made ready to score.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::aggregate::{All, Totals};
use super::assess::{self, Case};
use super::block;
use super::context::Context;
use super::gates;
use super::grading::{self, Grading};
use super::outside::Outside;
use super::scorecard::{Assessed, HeadScore, Index, LeafScore, Scorecard, Total};
use crate::diagnostic::{Diagnostic, Structure};
use crate::language::tree::{RoundedLevel, Track};
use crate::number::{Points, Ratio};
use crate::ruleset::meaning::{FigureId, Guard, Meaning, Outcome, Term};
use crate::ruleset::{HeadId, Leaf, Origin, Ruleset, Scoring};
use crate::submission::{Submission, Value};

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

    /// The scorecard of a unit whose shares are known and whose leaves are not: the shares make the index.
    pub fn of_totals(&self, unit: &str, shares: &[Points]) -> Scorecard {
        let ruleset = &*self.ruleset;
        let submission = Submission { unit: unit.to_owned(), ..Submission::default() };
        let mut card = self.evaluate(&submission, &Context::default());
        let exact: Points = shares.iter().cloned().sum();
        let rounded = match ruleset.rounding {
            Some((RoundedLevel::Index, rounding)) => rounding.apply_points(&exact),
            _ => exact.clone(),
        };
        let total = Total {
            lower: exact.clone(),
            upper: exact.clone(),
            exact,
            rounded,
            maximum: ruleset.scale.clone(),
            provisional: false,
            out_of_scale: false,
        };
        // Totals are given of the scale alone: nothing is claimed outside it.
        card.index = index(ruleset, (total, None), Vec::new());
        card.index.grading = grading::grade(ruleset, &card.index, &card.heads, None);
        card
    }

    /// Scores one leaf of no unit from figures alone, evidence taken as given.
    pub fn leaf(&self, id: HeadId, values: &BTreeMap<FigureId, Value>, context: &Context) -> Option<Assessed> {
        let head = self.ruleset.head(id)?;
        let leaf = head.leaf.as_ref()?;
        Some(assess::figures(
            Case { ruleset: &self.ruleset, id, head, leaf, unit: "", block: None, context },
            values,
            false,
        ))
    }

    /// Scores a submission in what surrounds it. Pure: the same submission in the same context gives the same
    /// scorecard on every machine.
    pub fn evaluate(&self, submission: &Submission, context: &Context) -> Scorecard {
        let block = block::of(&self.ruleset, submission, context);
        let ruleset = self.ruleset.of_block(block);
        let unit = submission.unit.as_str();
        let mut leaves: Vec<LeafScore> = ruleset
            .leaves()
            .map(|(id, head, leaf)| leaf_score(Case { ruleset, id, head, leaf, unit, block, context }, submission))
            .collect();
        gates::decide((ruleset, block), &mut leaves, submission, context);
        let by_id: BTreeMap<HeadId, &LeafScore> = leaves.iter().map(|leaf| (leaf.head, leaf)).collect();
        let last = Totals { ruleset, of: |id| by_id.get(&id).map(|leaf| &leaf.last) };
        let All { heads: totals, whole, outside } = last.all();
        let mut after: Vec<(Track, Option<All>)> = Vec::new();
        for &track in ruleset.tracks.iter().filter(|&&track| track != Track::Explanation) {
            let stated = leaves.iter().any(|leaf| leaf.states(track));
            let then = Totals { ruleset, of: |id| by_id.get(&id).and_then(|leaf| leaf.after(track)) };
            after.push((track, stated.then(|| then.all())));
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
        let mut index = index(ruleset, (whole, outside), after);
        index.grading = grading::grade(ruleset, &index, &heads, None);
        Scorecard {
            path: ruleset.path.clone(),
            year: ruleset.year,
            fingerprint: ruleset.fingerprint.clone(),
            unit: submission.unit.clone(),
            block: block.map(str::to_owned),
            unranked: block::unranked(ruleset, unit, block, context),
            synthetic: submission.synthetic,
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
    // A document shown once stays shown: a later track that restates a figure need not bring it again.
    let mut shown = false;
    for (track, entry) in submission.leaves.get(&id).into_iter().flatten() {
        shown |= !entry.evidence.is_empty();
        // An explanation brings documents; it states nothing to score, so what was scored before it stands.
        if *track != Track::Explanation {
            tracks.push((*track, assess::entry(case, entry, shown)));
        }
    }
    let stated = submission.leaves.get(&id).into_iter().flatten();
    let notes = stated.filter_map(|(track, entry)| Some((*track, entry.note.clone()?))).collect();
    let last = tracks.last().map_or_else(|| assess::unclaimed(case), |(_, last)| last.clone());
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

fn index(ruleset: &Ruleset, (total, outside): (Total, Option<Outside>), after: Vec<(Track, Option<Total>)>) -> Index {
    let share = |points: &Points| points.share_of(&total.maximum).unwrap_or(Ratio::ZERO);
    let exact = share(&total.exact);
    let rounded = share(&total.rounded);
    // The index is a percentage, and rounds as one: two digits of 89,996 % are 90,00 %.
    // Where leaves or areas round, the index is what their rounded points make, and rounds no further.
    let rounded_share = match ruleset.rounding {
        Some((RoundedLevel::Index, rounding)) => {
            let percent = rounding.apply(&(&exact * &Ratio::from(100)));
            percent.checked_div(&Ratio::from(100)).unwrap_or(Ratio::ZERO)
        }
        Some(_) => rounded,
        None => exact.clone(),
    };
    Index {
        lower_share: share(&total.lower),
        upper_share: share(&total.upper),
        grading: Grading::default(),
        share: exact,
        rounded_share,
        after,
        outside,
        total,
    }
}

/// The figures that a leaf's rule reads, and those that bound them: without these a bound is not known to hold.
pub(super) fn used_figures(leaf: &Leaf) -> BTreeSet<FigureId> {
    let mut used = read_figures(leaf);
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
    used
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
