//! Scoring a leaf: one file per way its meaning is built.

mod cases;
mod rows;
mod script;
mod sum;
mod value;

use std::collections::BTreeMap;

use super::reason::{Cut, Failure, Reason};
use super::value::{Given, NoValue};
use crate::number::Ratio;
use crate::ruleset::meaning::{FigureId, Meaning};
use crate::ruleset::{Head, Leaf, Scoring};
use crate::submission::Value;

/// What a rule gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    /// Points.
    Points(Ratio),
    /// The leaf leaves the scale.
    OutOfScale,
    /// The leaf stays unscored.
    Unscored,
}

/// What a rule gives, and why.
pub(super) type Scored = Result<(Gives, Reason), NoValue>;

/// Scores a leaf by its rule over the figures stated.
pub(super) fn score(head: &Head, leaf: &Leaf, values: &BTreeMap<FigureId, Value>) -> Scored {
    let given = Given { values, maximum: head.maximum.ratio(), subject: None, leaf: Some(leaf) };
    match &leaf.scoring {
        Scoring::Declared(_, meaning) => match meaning {
            Meaning::Cases { subject, arms } => cases::score(leaf, subject.as_ref(), arms, given),
            Meaning::Sum(sum) => sum::score(sum, given),
            Meaning::Value { expr, floor, cap, per_case } => {
                let limited = value::Limited { expr, floor: floor.as_ref(), cap: cap.as_ref() };
                value::score(leaf, limited, per_case.as_ref(), given)
            }
        },
        Scoring::Script { script, floor, cap, span } => script::score(leaf, script, (floor, cap), *span, given),
        Scoring::PerRow(per_row) => rows::score(head, per_row, values),
        // Entered points never come by figures.
        Scoring::Entered { .. } => Err(NoValue::Failed(Failure::NoLine)),
    }
}

/// A result cut to a floor and a cap.
fn cut(result: &Ratio, floor: Option<&Ratio>, cap: Option<&Ratio>) -> (Ratio, Option<Cut>) {
    if let Some(floor) = floor.filter(|floor| result < *floor) {
        return (floor.clone(), Some(Cut::ToFloor(floor.clone())));
    }
    if let Some(cap) = cap.filter(|cap| result > *cap) {
        return (cap.clone(), Some(Cut::ToCap(cap.clone())));
    }
    (result.clone(), None)
}
