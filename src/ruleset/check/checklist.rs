//! Checklists: lines that fit one by one, and a sum that reaches the maximum and never leaves the head's bounds.

use super::super::build::Notes;
use super::super::lower::LeafRanges;
use super::super::meaning::{Interval, Sum};
use super::super::model::Head;
use super::{awards, conditions};
use crate::diagnostic::{Budget, Diagnostic, Expressions};
use crate::number::{Points, Ratio};

/// Checks the lines, then what they come to together.
pub(super) fn check(head: &Head, notes: &Notes, sum: &Sum, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    let (mut least, mut best) = (Ratio::ZERO, Ratio::ZERO);
    let mut fits = true;
    for part in &sum.parts {
        conditions::constant(&part.test, part.line, ranges, findings);
        let given = awards::given(&part.award, &Interval::ALL, ranges);
        // What a line takes off may be more than the head has, where `thấp nhất …` stops the sum.
        let held = match (&sum.floor, &given.upper) {
            (Some(_), Some(most)) => Interval::point(std::cmp::max(&most.at, head.floor.ratio()).clone()),
            _ => given.clone(),
        };
        fits &= awards::in_range(head, &held, part.line, findings);
        if let Some(edge) = given.upper.filter(|edge| edge.at.is_positive()) {
            best = &best + &edge.at;
        }
        if let Some(edge) = given.lower.filter(|edge| edge.at.is_negative()) {
            least = &least + &edge.at;
        }
    }
    let (floor, cap) = (awards::limit(sum.floor.as_ref(), ranges), awards::limit(sum.cap.as_ref(), ranges));
    if matches!((&floor, &cap), (Some(floor), Some(cap)) if floor > cap) {
        findings.push(Diagnostic::new(Expressions::CapBelowFloor {}, notes.form));
        return;
    }
    for limit in [&floor, &cap].into_iter().flatten() {
        fits &= awards::in_range(head, &Interval::point(limit.clone()), notes.form, findings);
    }
    if !fits {
        return;
    }
    let best = Points::new(cap.into_iter().fold(best, std::cmp::min));
    let least = Points::new(floor.into_iter().fold(least, std::cmp::max));
    let maximum = head.maximum.clone();
    if best > maximum {
        findings.push(Diagnostic::new(Budget::ChecklistAboveMaximum { sum: best, maximum }, notes.form));
    } else if best < maximum {
        findings.push(Diagnostic::new(Budget::MaximumUnreachable { best, maximum }, notes.form));
    }
    if least < head.floor {
        findings.push(Diagnostic::new(Budget::ChecklistBelowFloor { sum: least }, notes.form));
    }
}
