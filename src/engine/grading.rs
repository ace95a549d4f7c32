//! The grade: the first cut that is reached, held down by the ceilings that hold.

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
}

/// The share that grades look at.
pub fn graded<'a>(ruleset: &Ruleset, index: &'a Index) -> &'a Ratio {
    match ruleset.grade_basis {
        GradeBasis::Rounded => &index.rounded_share,
        GradeBasis::Exact => &index.share,
    }
}

/// Grades an index; `mean` is that of the round's ranked units, where it is known.
pub fn grade(ruleset: &Ruleset, index: &Index, heads: &[HeadScore], mean: Option<&Ratio>) -> Grading {
    if index.total.provisional || index.total.out_of_scale {
        return Grading::default();
    }
    let share = graded(ruleset, index);
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
    let mut held = None;
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
            held = Some(Held { ceiling: place, share, without: without.clone() });
        }
    }
    Grading { name: ruleset.grades.get(at).map(|grade| grade.name.value.clone()), held, ..Grading::default() }
}
