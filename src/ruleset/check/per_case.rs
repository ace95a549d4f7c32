//! Scores per case: a beginning within the points of the head, never a negative number of cases, no line that never counts, no case above the maximum.

use super::super::lower::LeafRanges;
use super::super::meaning::{Expr, PerCase, range};
use super::super::model::Head;
use crate::diagnostic::{Budget, Diagnostic, Expressions};
use crate::number::{Points, Ratio};

/// Checks every line; whether the whole can be judged further.
pub(super) fn check(head: &Head, per_case: &PerCase, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) -> bool {
    let before = findings.len();
    let width = head.maximum.ratio() - head.floor.ratio();
    if let Some((start, span)) = &per_case.start
        && let Some(start) = range(start, ranges).single().filter(|start| *start > head.maximum.ratio())
    {
        let (award, maximum) = (Points::new(start.clone()), head.maximum.clone());
        findings.push(Diagnostic::new(Budget::AwardAboveMaximum { award, maximum }, *span));
    }
    for each in &per_case.lines {
        let what = || name(&each.what, ranges);
        let times = range(&each.times, ranges);
        if times.lower.as_ref().is_none_or(|edge| edge.at.is_negative()) {
            findings.push(Diagnostic::new(Expressions::CasesNegative { what: what() }, each.line));
        } else if times.single().is_some_and(Ratio::is_zero) {
            findings.push(Diagnostic::new(Expressions::NeverCounts { what: what() }, each.line));
        }
        // What is cut is the sum of cases; one case alone fits.
        if each.points.abs() > width {
            let (award, maximum) = (Points::new(each.points.abs()), head.maximum.clone());
            findings.push(Diagnostic::new(Budget::AwardAboveMaximum { award, maximum }, each.line));
        }
    }
    findings.len() == before
}

/// A figure's name; what stands in for a longer expression.
fn name(what: &Expr, ranges: &LeafRanges<'_>) -> String {
    match what.term {
        super::super::meaning::Term::Figure(id) => {
            ranges.figures.get(id.0).map_or_else(String::new, |figure| figure.name.clone())
        }
        _ => String::from("…"),
    }
}
