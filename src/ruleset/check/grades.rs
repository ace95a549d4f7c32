//! Grades: they fall from line to line, and a ceiling names a grade, names a head, and can hold one down.

use super::super::build::Built;
use super::super::header::Header;
use super::super::model::{Ceiling, HeadId, Leaf};
use crate::diagnostic::{Both, Diagnostic, Names, Span, Structure, nearest};
use crate::language::tree::{Aggregation, Grade, GradeBasis, GradeFrom, RoundedLevel};
use crate::language::{fold, quote};
use crate::number::{Ratio, Rounding};

/// Grades fall from line to line, end with `còn lại`, and have a name each.
pub(in super::super) fn in_order(grades: &[Grade], ungraded: bool, span: Span, findings: &mut Vec<Diagnostic>) {
    // The last cut, and whether the cut itself lies below it.
    let mut least: Option<(&Ratio, bool)> = None;
    let mut falls = matches!(grades.last(), Some(Grade { from: GradeFrom::Otherwise, .. })) != ungraded;
    for (at, grade) in grades.iter().enumerate() {
        match &grade.from {
            GradeFrom::Share(from) => {
                falls &= least.is_none_or(|(least, open)| *least > from.value || (open && *least == from.value));
                least = Some((&from.value, false));
            }
            GradeFrom::Above(from) => {
                falls &= least.is_none_or(|(least, _)| *least > from.value);
                least = Some((&from.value, true));
            }
            // The mean lies nobody knows where, so it may stand between any two; twice it would be one grade too many.
            GradeFrom::Mean => falls &= !grades.iter().take(at).any(|other| other.from == GradeFrom::Mean),
            GradeFrom::Otherwise => falls &= at + 1 == grades.len(),
        }
    }
    if !falls {
        findings.push(Diagnostic::new(Structure::GradesOutOfOrder {}, span));
    }
    for (at, grade) in grades.iter().enumerate() {
        if let Some(first) = grades.iter().take(at).find(|other| other.name.value == grade.name.value) {
            let problem = Structure::SaidTwice { line: Both::same(quote(&grade.name.value)) };
            let finding = Diagnostic::new(problem, grade.name.span);
            findings.push(finding.label(first.name.span, "lần đầu ở đây", "first said here"));
        }
        if let GradeFrom::Share(from) | GradeFrom::Above(from) = &grade.from
            && !(Ratio::ZERO..=Ratio::ONE).contains(&from.value)
        {
            findings.push(Diagnostic::new(Structure::GradeOutOfRange {}, from.span));
        }
    }
}

/// The ceilings that name a grade and a head of the set.
pub(in super::super) fn ceilings(
    header: &Header<'_>,
    built: &[Built],
    complete: bool,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Ceiling> {
    let mut ceilings = Vec::new();
    for &(written, line) in &header.ceilings {
        let names = header.grades.iter().map(|grade| grade.name.value.as_str());
        let at_most = header.grades.iter().position(|grade| grade.name.value == written.at_most.value);
        if at_most.is_none() {
            let near = nearest(&written.at_most.value, names, fold);
            let problem = Structure::UnknownGrade { name: written.at_most.value.clone(), nearest: near };
            findings.push(Diagnostic::new(problem, written.at_most.span));
        }
        let code = &written.head.code;
        let head = built.iter().position(|built| built.head.code == code.value);
        if head.is_none() && complete {
            let near = nearest(&code.value, built.iter().map(|built| built.head.code.as_str()), str::to_owned);
            findings.push(Diagnostic::new(Names::UnknownCode { code: code.value.clone(), nearest: near }, code.span));
        }
        if !(Ratio::ZERO..=Ratio::ONE).contains(&written.below.value) {
            findings.push(Diagnostic::new(Structure::GradeOutOfRange {}, written.below.span));
            continue;
        }
        let (Some(at_most), Some(head)) = (at_most, head) else { continue };
        let ceiling = Ceiling { at_most, head: HeadId(head), below: written.below.value.clone(), line };
        if complete && !may_hold(header, built, &ceiling) {
            findings.push(Diagnostic::new(Structure::CeilingNeverHolds {}, line));
        }
        ceilings.push(ceiling);
    }
    ceilings
}

/// A fall takes some grade lower: it is of a place at least, and there are two grades.
pub(in super::super) fn fall(header: &Header<'_>, findings: &mut Vec<Diagnostic>) {
    let Some((places, line)) = header.grade_fall else { return };
    if places.value == 0 {
        let what = Both::new("số bậc tụt", "the places down");
        findings.push(Diagnostic::new(Structure::NotPositive { what }, places.span));
    } else if header.grades.len() < 2 {
        findings.push(Diagnostic::new(Structure::FallNeverLowers {}, line));
    }
}

/// Whether some unit could have a better grade while its head lies below the line.
fn may_hold(header: &Header<'_>, built: &[Built], ceiling: &Ceiling) -> bool {
    let Some(head) = built.get(ceiling.head.0).map(|built| &built.head) else { return true };
    let least = if head.children.is_empty() { head.floor.share_of(&head.maximum) } else { None };
    if ceiling.below <= least.unwrap_or(Ratio::ZERO) && !below_zero(built) {
        return false;
    }
    // The best index that such a unit can have; known where points add up and none leaves the scale.
    let sums = |aggregation: Aggregation| aggregation == Aggregation::Sum;
    let known = sums(header.aggregation.unwrap_or(Aggregation::Sum))
        && built.iter().all(|built| sums(built.head.aggregation))
        && !built.iter().any(|built| built.head.leaf.as_ref().is_some_and(Leaf::may_leave_scale));
    // A bonus may make up for what the head lost.
    let known = known && !built.iter().any(|built| built.head.level.is_outside());
    let Some(above) = ceiling.at_most.checked_sub(1).and_then(|above| header.grades.get(above)) else { return false };
    let GradeFrom::Share(cut) = &above.from else { return true };
    let roots = built.iter().filter(|built| built.head.is_top());
    let all: Ratio = roots.map(|built| built.head.maximum.ratio().clone()).sum();
    let lost = head.maximum.ratio() * &(&Ratio::ONE - &ceiling.below);
    let (true, Some(lost)) = (known, lost.checked_div(&all)) else { return true };
    let best = &Ratio::ONE - &lost;
    let rounding = header.rounding.filter(|_| header.grade_basis == Some(GradeBasis::Rounded));
    match rounding.and_then(|rule| Some((rule.level.as_ref()?.value, Rounding::new(rule.digits.value)?))) {
        // Rounded up, what lies just below the best reaches it.
        Some((RoundedLevel::Index, rounding)) => {
            let hundred = Ratio::from(100);
            rounding.apply(&(&best * &hundred)) >= &cut.value * &hundred
        }
        Some(_) => true,
        None => best > cut.value,
    }
}

/// Whether some points go below zero.
fn below_zero(built: &[Built]) -> bool {
    built.iter().any(|built| built.head.floor.ratio().is_negative())
}
