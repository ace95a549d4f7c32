//! Means and shares of a round as published.

use serde::Serialize;

use super::number::Number;
use super::scorecard::percent_digits;
use crate::analysis::aggregates::{self, By};
use crate::ruleset::Ruleset;

/// How many units have a grade.
#[derive(Clone, Debug, Serialize)]
struct Grade {
    #[serde(rename = "grade")]
    name: String,
    units: usize,
    share_percent: Option<Number>,
}

/// A group of ranked units.
#[derive(Clone, Debug, Serialize)]
struct Group {
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    units: usize,
    mean_percent: Option<Number>,
    grades: Vec<Grade>,
    /// How many lie below the last cut, where the set grades nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    below_every_grade: Option<usize>,
}

/// Groups of one kind.
#[derive(Clone, Debug, Serialize)]
struct Grouping {
    by: &'static str,
    /// Of units above: how many steps up.
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    groups: Vec<Group>,
    /// Each group counts once.
    mean_of_means_percent: Option<Number>,
}

/// A round in numbers: the ranked units alone count.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Aggregates {
    all: Group,
    groupings: Vec<Grouping>,
}

impl Aggregates {
    pub(super) fn new(ruleset: &Ruleset, whole: &aggregates::Aggregates) -> Self {
        let digits = percent_digits(ruleset);
        let grouping = |grouping: &aggregates::Grouping| {
            let (by, steps, level) = match &grouping.by {
                By::Block => ("block", None, None),
                By::Level => ("level", None, None),
                By::Above(step, level) => ("above", Some(step + 1), level.clone()),
            };
            let mean = grouping.mean_of_means.as_ref();
            Grouping {
                by,
                steps,
                level,
                groups: grouping.groups.iter().map(|one| group(ruleset, one, digits)).collect(),
                mean_of_means_percent: mean.map(|mean| Number::percent(mean, mean, digits)),
            }
        };
        Self { all: group(ruleset, &whole.all, digits), groupings: whole.groupings.iter().map(grouping).collect() }
    }
}

fn group(ruleset: &Ruleset, group: &aggregates::Group, digits: u32) -> Group {
    let grades = ruleset.grades.iter().enumerate().zip(&group.grades).map(|((at, grade), units)| {
        let share = group.share(at);
        Grade {
            name: grade.name.value.clone(),
            units: *units,
            share_percent: share.map(|share| Number::percent(&share, &share, digits)),
        }
    });
    Group {
        name: group.name.clone(),
        units: group.units,
        mean_percent: group.mean.as_ref().map(|mean| Number::percent(mean, mean, digits)),
        grades: grades.collect(),
        below_every_grade: ruleset.leaves_ungraded().then_some(group.ungraded),
    }
}
