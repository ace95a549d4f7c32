//! Formulas: no figures within their bounds score outside the head's floor and maximum.

use super::super::build::Notes;
use super::super::lower::LeafRanges;
use super::super::meaning::{Edge, Interval, Kind, Known, Meaning, range};
use super::super::model::{Head, Leaf};
use super::bands::value_words;
use super::unheld::unheld;
use super::{awards, branches, witness};
use crate::diagnostic::{Diagnostic, Expressions};
use crate::number::Ratio;

/// Checks the one expression of a formula, or of a script that lowers: proved, refuted by figures, or not proved.
pub(super) fn check(
    head: &Head,
    leaf: &Leaf,
    notes: &Notes,
    meaning: &Meaning,
    ranges: &LeafRanges<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let Meaning::Value { expr, floor, cap, .. } = meaning else {
        return;
    };
    let (low, high) = (awards::limit(floor.as_ref(), ranges), awards::limit(cap.as_ref(), ranges));
    if let (Some(low), Some(high)) = (&low, &high)
        && low > high
    {
        findings.push(Diagnostic::new(Expressions::CapBelowFloor {}, notes.form));
        return;
    }
    // Where a "no case arose" line decides, the expression is not asked.
    let mut scored = Known::nothing(ranges);
    let lines = leaf.not_applicable.iter().flat_map(|rule| unheld(&rule.test, &leaf.figures));
    lines.for_each(|(test, holds)| scored.assume(test, holds));
    branches::check(expr, ranges, &scored, findings);
    let free = range(expr, &scored);
    let cut = Interval { lower: raise(free.lower, low.clone()), upper: lower(free.upper, high.clone()) };
    let (bottom, top) = (head.floor.ratio(), head.maximum.ratio());
    let inside = cut.lower.as_ref().is_some_and(|edge| edge.at >= *bottom)
        && cut.upper.as_ref().is_some_and(|edge| edge.at <= *top);
    if inside {
        awards::reachable(head, &[cut], notes.form, findings);
        return;
    }
    let after = |value: &Ratio| {
        let raised = low.as_ref().filter(|low| value < low).unwrap_or(value);
        high.as_ref().filter(|high| raised > high).unwrap_or(raised).clone()
    };
    let kept = |value: &Ratio| (bottom..=top).contains(&&after(value));
    let problem = match witness::outside(leaf, expr, ranges, kept) {
        Some((sample, points)) => Expressions::OutOfBounds {
            sample,
            points: value_words(&after(&points), Kind::Number),
            floor: value_words(bottom, Kind::Number),
            maximum: value_words(top, Kind::Number),
        }
        .into(),
        None => awards::not_proved(head, &cut),
    };
    findings.push(Diagnostic::new(problem, notes.form));
}

fn raise(edge: Option<Edge>, floor: Option<Ratio>) -> Option<Edge> {
    match (edge, floor) {
        (Some(edge), Some(floor)) if edge.at >= floor => Some(edge),
        (_, Some(floor)) => Some(Edge { at: floor, included: true }),
        (edge, None) => edge,
    }
}

fn lower(edge: Option<Edge>, cap: Option<Ratio>) -> Option<Edge> {
    match (edge, cap) {
        (Some(edge), Some(cap)) if edge.at <= cap => Some(edge),
        (_, Some(cap)) => Some(Edge { at: cap, included: true }),
        (edge, None) => edge,
    }
}
