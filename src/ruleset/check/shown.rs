//! Rounding and showing: what is graded or ranked on rounded points is rounded, and no digit is shown that is never kept.

use super::super::header::Header;
use super::super::round::LIKELY_DIGITS;
use crate::diagnostic::{Both, Diagnostic, Structure};
use crate::language::tree::{GradeBasis, RoundedLevel, Spanned};

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
    if let Some(level) = &rule.level
        && level.value == RoundedLevel::Index
        && let Some(shown) = header.display
        && shown.value > rule.digits.value
        && shown.value <= LIKELY_DIGITS
    {
        let problem = Structure::DisplayBeyondRounding { shown: many(shown.value), rounded: many(rule.digits.value) };
        findings.push(Diagnostic::new(problem, shown.span).label(rule.digits.span, "làm tròn ở đây", "rounded here"));
    }
}

fn many(digits: u32) -> usize {
    usize::try_from(digits).unwrap_or(usize::MAX)
}
