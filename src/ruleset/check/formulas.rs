//! Formulas: no figures within their bounds score outside the head's floor and maximum.

use super::super::build::Notes;
use super::super::lower::LeafRanges;
use super::super::meaning::{Edge, Interval, Meaning, range};
use super::super::model::{Form, Head};
use super::awards;
use crate::diagnostic::{Diagnostic, Expressions};
use crate::number::Ratio;

/// Checks the one expression of a formula.
pub(super) fn check(
    head: &Head,
    notes: &Notes,
    _: Form,
    meaning: &Meaning,
    ranges: &LeafRanges<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let Meaning::Value { expr, floor, cap, .. } = meaning else {
        return;
    };
    let limit = |limit: &Option<super::super::meaning::Expr>| {
        limit.as_ref().and_then(|limit| range(limit, ranges).single().cloned())
    };
    let (low, high) = (limit(floor), limit(cap));
    if let (Some(low), Some(high)) = (&low, &high)
        && low > high
    {
        findings.push(Diagnostic::new(Expressions::CapBelowFloor {}, notes.form));
        return;
    }
    let free = range(expr, ranges);
    let cut = Interval { lower: raise(free.lower, low), upper: lower(free.upper, high) };
    let (bottom, top) = (head.floor.ratio(), head.maximum.ratio());
    let inside = cut.lower.as_ref().is_some_and(|edge| edge.at >= *bottom)
        && cut.upper.as_ref().is_some_and(|edge| edge.at <= *top);
    if inside {
        awards::reachable(head, &[cut], notes.form, findings);
        return;
    }
    findings.push(Diagnostic::new(awards::not_proved(head, &cut), notes.form));
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
