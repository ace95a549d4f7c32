//! Rounding and showing: what is graded or ranked on rounded points is rounded, and no digit is shown that is never kept.

use super::super::header::Header;
use crate::diagnostic::{Both, Diagnostic, Span, Structure};
use crate::language::tree::{GradeBasis, RoundedLevel, Spanned};

/// More digits than this after the mark is taken for a slip.
const LIKELY_DIGITS: u32 = 6;

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
    if let Some(level) = &rule.level {
        let rounded = rule.digits.value;
        likely(rounded, rule.digits.span, findings);
        if let Some(shown) = header.display
            && level.value == RoundedLevel::Index
            && shown.value > rounded
            && rounded <= LIKELY_DIGITS
        {
            let problem = Structure::DisplayBeyondRounding { shown: many(shown.value), rounded: many(rounded) };
            findings.push(Diagnostic::new(problem, shown.span).label(
                rule.digits.span,
                "làm tròn ở đây",
                "rounded here",
            ));
            return;
        }
    }
    if let Some(shown) = header.display {
        likely(shown.value, shown.span, findings);
    }
}

fn likely(digits: u32, span: Span, findings: &mut Vec<Diagnostic>) {
    if digits > LIKELY_DIGITS {
        findings.push(Diagnostic::new(Structure::ManyDigits { digits: many(digits) }, span));
    }
}

fn many(digits: u32) -> usize {
    usize::try_from(digits).unwrap_or(usize::MAX)
}
