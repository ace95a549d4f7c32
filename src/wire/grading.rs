//! What became of a grade, as published.

use serde::Serialize;

use super::number::exact;
use crate::engine;
use crate::number::Ratio;
use crate::ruleset::Ruleset;

/// The ceiling that held a grade down.
#[derive(Clone, Debug, Serialize)]
struct Held {
    head: String,
    percent: String,
    below_percent: String,
    grade_without: String,
    /// Others that hold it at the same grade.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Ceiling>,
}

#[derive(Clone, Debug, Serialize)]
struct Ceiling {
    head: String,
    percent: String,
    below_percent: String,
}

/// Why a grade is what it is; what there is nothing to say of is left out.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Grading {
    #[serde(skip_serializing_if = "Option::is_none")]
    held_down: Option<Held>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    grade_awaits_mean: bool,
    /// The grade that points give, where a fall may still lower it.
    #[serde(skip_serializing_if = "Option::is_none")]
    grade_awaits_places: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fell: Option<Fell>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    below_every_grade: bool,
}

/// The fall that took a grade one lower.
#[derive(Clone, Debug, Serialize)]
struct Fell {
    place_before: usize,
    place: usize,
    grade_without: String,
}

impl Grading {
    pub(super) fn new(ruleset: &Ruleset, grading: &engine::Grading) -> Self {
        let percent = |share: &Ratio| exact(&(share * &Ratio::from(100)));
        let one = |(at, share): (usize, &Ratio)| {
            let ceiling = ruleset.ceilings.get(at)?;
            let head = ruleset.head(ceiling.head)?.code.clone();
            Some(Ceiling { head, percent: percent(share), below_percent: percent(&ceiling.below) })
        };
        let held_down = grading.held.as_ref().and_then(|held| {
            let Ceiling { head, percent, below_percent } = one((held.ceiling, &held.share))?;
            let also = held.also.iter().filter_map(|(at, share)| one((*at, share))).collect();
            Some(Held { head, percent, below_percent, grade_without: held.without.clone(), also })
        });
        let fell = grading.fell.as_ref().map(|fell| Fell {
            place_before: fell.before,
            place: fell.now,
            grade_without: fell.without.clone(),
        });
        Self {
            held_down,
            grade_awaits_mean: grading.awaits_mean,
            grade_awaits_places: grading.awaits_places.clone(),
            fell,
            below_every_grade: grading.ungraded,
        }
    }
}
