//! The grade: the first cut that is reached, held down by the ceilings that hold.

use std::borrow::Cow;

use super::aggregate::lifted;
use super::plan::rounded_share;
use super::scorecard::{HeadScore, Index};
use crate::language::tree::{GradeBasis, GradeFrom};
use crate::number::Ratio;
use crate::ruleset::{Ceiling, Ruleset};

/// A ceiling that held a grade down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The ceiling, by its place in the ruleset's list.
    pub ceiling: usize,
    /// The share that its head has.
    pub share: Ratio,
    /// Others that hold it at the same grade, each with the share that its head has.
    pub also: Vec<(usize, Ratio)>,
    /// The grade that the points alone would give.
    pub without: String,
}

/// What became of the grade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grading {
    /// The grade; nothing while provisional, while the mean of the round is not known, or where the set has none.
    pub name: Option<String>,
    /// The ceiling that held it down.
    pub held: Option<Held>,
    /// It lies below every cut, and the set grades nobody there.
    pub ungraded: bool,
    /// A cut is the mean of the round, which a sheet alone does not know.
    pub awaits_mean: bool,
    /// The grade that points give, where a fall since the year before may still lower it: places are known in a ranking.
    pub awaits_places: Option<String>,
    /// The fall that took it one lower.
    pub fell: Option<Fell>,
}

/// A fall that took a grade one lower.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fell {
    /// The place of the year before.
    pub before: usize,
    /// This year's.
    pub now: usize,
    /// The grade without it.
    pub without: String,
}

impl Grading {
    /// Of a unit that takes a place, or of one that takes none: who is not ranked cannot fall, and waits for no places.
    #[must_use]
    pub fn of_ranked(self, ranked: bool) -> Self {
        match &self.awaits_places {
            Some(name) if !ranked => Self { name: Some(name.clone()), awaits_places: None, ..self },
            _ => self,
        }
    }
}

/// Decides a grade that waits for the places: one lower where the unit fell far enough. A unit that had no place the
/// year before did not fall.
pub fn lowered(ruleset: &Ruleset, grading: Grading, before: Option<usize>, now: usize) -> Grading {
    let (Some(without), Some(fall)) = (&grading.awaits_places, ruleset.grade_fall) else { return grading };
    let at = ruleset.grades.iter().position(|grade| grade.name.value == *without);
    let fell = before.filter(|before| now.saturating_sub(*before) >= fall);
    let lower = at.and_then(|at| ruleset.grades.get(at.saturating_add(1))).map(|grade| grade.name.value.clone());
    match (fell, lower) {
        (Some(before), Some(lower)) => {
            let fell = Some(Fell { before, now, without: without.clone() });
            Grading { name: Some(lower), fell, awaits_places: None, ..grading }
        }
        _ => Grading { name: Some(without.clone()), awaits_places: None, ..grading },
    }
}

/// The share that grades look at: the index, or what the scale gives before bonus and penalty where the set says so.
pub fn graded<'a>(ruleset: &Ruleset, index: &'a Index) -> Cow<'a, Ratio> {
    if let Some(before) = before_outside(ruleset, index) {
        return Cow::Owned(before);
    }
    Cow::Borrowed(match ruleset.grade_basis {
        GradeBasis::Rounded => &index.rounded_share,
        GradeBasis::Exact => &index.share,
    })
}

/// What the scale gives, no less than the floor of the index, as grades look at it; nothing where they look at the index.
pub fn before_outside(ruleset: &Ruleset, index: &Index) -> Option<Ratio> {
    let outside = index.outside.as_ref().filter(|_| ruleset.graded_before_outside)?;
    let (before, _) = lifted(ruleset, outside.before.clone());
    Some(match ruleset.grade_basis {
        GradeBasis::Rounded => rounded_share(ruleset, &before),
        GradeBasis::Exact => before.exact.share_of(&before.maximum).unwrap_or(Ratio::ZERO),
    })
}

/// Grades an index; `mean` is that of the round's ranked units, where it is known.
pub fn grade(ruleset: &Ruleset, index: &Index, heads: &[HeadScore], mean: Option<&Ratio>) -> Grading {
    if index.total.provisional || index.total.out_of_scale {
        return Grading::default();
    }
    let share = graded(ruleset, index);
    let share = share.as_ref();
    let mut reached = None;
    for (at, grade) in ruleset.grades.iter().enumerate() {
        let cut = match (&grade.from, mean) {
            (GradeFrom::Share(from), _) => Some(&from.value),
            (GradeFrom::Above(from), _) if *share > from.value => None,
            (GradeFrom::Above(_), _) => continue,
            (GradeFrom::Mean, Some(mean)) => Some(mean),
            (GradeFrom::Mean, None) => return Grading { awaits_mean: true, ..Grading::default() },
            (GradeFrom::Otherwise, _) => None,
        };
        if cut.is_none_or(|cut| share >= cut) {
            reached = Some((at, &grade.name.value));
            break;
        }
    }
    let Some((reached, without)) = reached else {
        return Grading { ungraded: !ruleset.grades.is_empty(), ..Grading::default() };
    };
    // A ceiling on points that are not known leaves the grade open.
    let unknown = |ceiling: &Ceiling| heads.get(ceiling.head.0).is_some_and(|head| head.total.provisional);
    if ruleset.ceilings.iter().any(unknown) {
        return Grading::default();
    }
    let mut at = reached;
    let mut held: Option<Held> = None;
    for (place, ceiling) in ruleset.ceilings.iter().enumerate() {
        let Some(total) = heads.get(ceiling.head.0).map(|head| &head.total).filter(|total| !total.out_of_scale) else {
            continue;
        };
        let points = match ruleset.grade_basis {
            GradeBasis::Rounded => &total.rounded,
            GradeBasis::Exact => &total.exact,
        };
        let Some(share) = points.share_of(&total.maximum).filter(|share| *share < ceiling.below) else { continue };
        if ceiling.at_most > at {
            at = ceiling.at_most;
            held = Some(Held { ceiling: place, share, also: Vec::new(), without: without.clone() });
        } else if let Some(held) = held.as_mut().filter(|_| ceiling.at_most == at) {
            held.also.push((place, share));
        }
    }
    let name = ruleset.grades.get(at).map(|grade| grade.name.value.clone());
    // Below the last grade there is none to fall to.
    if ruleset.grade_fall.is_some() && at.saturating_add(1) < ruleset.grades.len() {
        return Grading { awaits_places: name, held, ..Grading::default() };
    }
    Grading { name, held, ..Grading::default() }
}
