//! Rounding and showing: what is graded or ranked on rounded points is rounded, and no digit is shown that is never kept.

use super::super::build::Built;
use super::super::header::Header;
use super::super::lower::LeafRanges;
use super::super::meaning::{Expr, Interval, Meaning, Outcome, range};
use super::super::model::{Head, Leaf, Scoring};
use super::super::round::LIKELY_DIGITS;
use crate::diagnostic::{Both, Diagnostic, Structure};
use crate::language::tree::{Aggregation, GradeBasis, RoundedLevel, Spanned};
use crate::number::Ratio;

/// Holds the lines of rounding, showing, grades and ranking against each other.
pub(in super::super) fn check(header: &Header<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(rule) = header.rounding else { return };
    let ranking = header.ranking.and_then(|(ranking, _)| ranking.basis.as_ref());
    let grades = Both::new("xếp loại", "grades");
    for (what, basis) in [(Both::new("xếp hạng", "the ranking"), ranking), (grades, header.grade_basis)] {
        if let (None, Some(Spanned { value: GradeBasis::Rounded, span })) = (&rule.level, basis) {
            findings.push(Diagnostic::new(Structure::BasisNotRounded { what }, *span));
        }
    }
}

/// Digits that are shown and that nothing keeps: the index is rounded to fewer, and no leaf can have more.
pub(super) fn digits(header: &Header<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let Some(rule) = header.rounding else { return };
    let kept = rule.digits.value;
    // A mean of shares, and the weakest of them, have digits that no leaf has.
    let sum = |aggregation: Aggregation| aggregation == Aggregation::Sum;
    if !sum(header.aggregation.unwrap_or(Aggregation::Sum)) || !built.iter().all(|built| sum(built.head.aggregation)) {
        return;
    }
    if let Some(level) = &rule.level
        && level.value == RoundedLevel::Index
        && let Some(shown) = header.display
        && shown.value > rule.digits.value
        && shown.value <= LIKELY_DIGITS
        && built.iter().all(|built| built.head.leaf.as_ref().is_none_or(|leaf| keeps(&built.head, leaf, kept)))
    {
        let problem = Structure::DisplayBeyondRounding { shown: many(shown.value), rounded: many(rule.digits.value) };
        findings.push(Diagnostic::new(problem, shown.span).label(rule.digits.span, "làm tròn ở đây", "rounded here"));
    }
}

/// Whether all that a leaf can have is written, with no more than so many digits.
fn keeps(head: &Head, leaf: &Leaf, kept: u32) -> bool {
    let maximum = head.maximum.ratio();
    let ranges = LeafRanges { figures: &leaf.figures, maximum, subject: Interval::ALL };
    let short = |points: &Ratio| points.round(kept) == *points;
    let written = |award: &Expr| range(award, &ranges).single().is_some_and(short);
    let outcome = |outcome: &Outcome| match outcome {
        Outcome::Points(award) => written(award),
        Outcome::OutOfScale | Outcome::Unscored => true,
    };
    let rules = match &leaf.scoring {
        Scoring::Declared(_, Meaning::Cases { arms, .. }) => arms.iter().all(|arm| outcome(&arm.outcome)),
        Scoring::Declared(_, Meaning::Sum(sum)) => sum.parts.iter().all(|part| written(&part.award)),
        _ => false,
    };
    rules && short(maximum) && leaf.not_applicable.iter().all(|rule| outcome(&rule.outcome))
}

fn many(digits: u32) -> usize {
    usize::try_from(digits).unwrap_or(usize::MAX)
}
