//! What lines can give, against the head's maximum and floor.

use super::super::lower::LeafRanges;
use super::super::meaning::{Expr, Interval, Outcome, range};
use super::super::model::Head;
use crate::diagnostic::{Budget, Diagnostic, Span};
use crate::number::{Points, Ratio};

/// What an award can be, with the subject in `subject`.
pub(super) fn given(award: &Expr, subject: &Interval, ranges: &LeafRanges<'_>) -> Interval {
    let within = LeafRanges { figures: ranges.figures, maximum: ranges.maximum, subject: subject.clone() };
    range(award, &within)
}

/// The points of an outcome, if it gives any.
pub(super) fn points(outcome: &Outcome) -> Option<&Expr> {
    match outcome {
        Outcome::Points(expr) => Some(expr),
        Outcome::OutOfScale | Outcome::Unscored => None,
    }
}

/// An award above the maximum or below the floor.
pub(super) fn in_range(head: &Head, given: &Interval, line: Span, findings: &mut Vec<Diagnostic>) -> bool {
    let (maximum, floor) = (head.maximum.ratio(), head.floor.ratio());
    if let Some(edge) = given.upper.as_ref().filter(|edge| edge.at > *maximum) {
        let problem = Budget::AwardAboveMaximum { award: Points::new(edge.at.clone()), maximum: head.maximum.clone() };
        findings.push(Diagnostic::new(problem, line));
        return false;
    }
    if let Some(edge) = given.lower.as_ref().filter(|edge| edge.at < *floor) {
        findings.push(Diagnostic::new(Budget::AwardBelowFloor { award: Points::new(edge.at.clone()) }, line));
        return false;
    }
    true
}

/// Lines that all give the same, or a maximum that none of them reaches.
pub(super) fn reachable(head: &Head, given: &[Interval], line: Span, findings: &mut Vec<Diagnostic>) {
    let same = given
        .first()
        .and_then(Interval::single)
        .filter(|first| given.iter().all(|other| other.single() == Some(first)));
    if let Some(award) = same {
        findings.push(Diagnostic::new(Budget::CannotDiscriminate { award: Points::new(award.clone()) }, line));
        return;
    }
    let upper: Option<Ratio> = given.iter().filter_map(|given| Some(given.upper.as_ref()?.at.clone())).max();
    let Some(best) = upper else { return };
    if best < *head.maximum.ratio() {
        let problem = Budget::MaximumUnreachable { best: Points::new(best), maximum: head.maximum.clone() };
        findings.push(Diagnostic::new(problem, line));
    }
}
