//! Grades: they fall from line to line, and a ceiling names a grade, names a head, and can hold one down.

use super::super::build::Built;
use super::super::draft::Draft;
use super::super::header::Header;
use super::super::meaning::Kind;
use super::super::model::{Ceiling, HeadId};
use super::bands::value_words;
use super::outside::{best_index, may_shrink};
use crate::diagnostic::{Both, Budget, Diagnostic, Names, Span, Structure, nearest};
use crate::language::tree::{Aggregation, Grade, GradeBasis, GradeFrom, RoundedLevel};
use crate::language::{fold, quote};
use crate::number::{Ratio, Rounding};

/// Grades fall from line to line, end with `còn lại`, and have a name each.
pub(in super::super) fn in_order(grades: &[Grade], ungraded: bool, span: Span, findings: &mut Vec<Diagnostic>) {
    let before = |at: usize, grade: &Grade| grades.iter().take(at).find(|other| other.name.value == grade.name.value);
    // That a name is said twice is told at it, and not that its second cut stands wrong too.
    let named = grades.iter().enumerate().filter(|(at, grade)| before(*at, grade).is_none());
    let once: Vec<&Grade> = named.map(|(_, grade)| grade).collect();
    let ends = grades.split_last().is_some_and(|(last, others)| before(others.len(), last).is_none());
    findings.extend(turn(&once).or_else(|| if ends { open_end(grades, ungraded, span) } else { None }));
    for (at, grade) in grades.iter().enumerate() {
        if let Some(first) = before(at, grade) {
            let problem = Structure::SaidTwice { line: Both::same(quote(&grade.name.value)) };
            let finding = Diagnostic::new(problem, grade.name.span);
            findings.push(finding.label(first.name.span, "lần đầu ở đây", "first said here"));
        }
    }
}

/// Every cut lies where an index can be: from 0 % to 100 %, or as far above as a bonus takes it.
pub(in super::super) fn in_range(
    header: &Header<'_>,
    draft: &Draft<'_>,
    built: &[Built],
    findings: &mut Vec<Diagnostic>,
) {
    if header.grades.is_empty() {
        return;
    }
    let outside = || !header.outside.is_empty() || built.iter().any(|built| built.head.level.is_outside());
    if header.graded_before_outside
        && !outside()
        && !draft.incomplete
        && header.extracts.is_empty()
        && let Some(basis) = &header.grade_basis
    {
        findings.push(Diagnostic::new(Budget::BeforeOutsideIdle {}, basis.span));
    }
    let caps = header.outside.iter().filter_map(|(said, _)| said.index.as_ref().map(|cap| cap.value.clone()));
    // Rounded up, the best may reach a cut that lies above it.
    let graded = |most: Ratio| match index_rounding(header) {
        Some(rounding) => rounding.apply_share(&most).max(most),
        None => most,
    };
    let best = if header.graded_before_outside { Some(Ratio::ONE) } else { best_index(header, draft, built) };
    let most = best.into_iter().chain(caps).min().map(graded);
    for grade in &header.grades {
        let (GradeFrom::Share(from) | GradeFrom::Above(from)) = &grade.from else { continue };
        let reached = most.as_ref().is_none_or(|most| from.value <= *most);
        if from.value.is_negative() || !reached {
            let most = value_words(most.as_ref().unwrap_or(&Ratio::ONE), Kind::Rate);
            findings.push(Diagnostic::new(Structure::GradeOutOfRange { most }, from.span));
        }
    }
}

/// How the index is rounded, where grades look at it rounded.
fn index_rounding(header: &Header<'_>) -> Option<Rounding> {
    let rule =
        header.rounding.filter(|_| header.grade_basis.is_some_and(|basis| basis.value == GradeBasis::Rounded))?;
    let of_index = rule.level.as_ref()?.value == RoundedLevel::Index;
    Rounding::new(rule.digits.value).filter(|_| of_index)
}

/// The first grade that does not lie below the one before it.
fn turn(grades: &[&Grade]) -> Option<Diagnostic> {
    // The last cut, and the grade that it is of.
    let mut least: Option<(&Ratio, &Grade)> = None;
    for (at, grade) in grades.iter().copied().enumerate() {
        let before = || grades.iter().copied().take(at);
        match &grade.from {
            GradeFrom::Share(from) | GradeFrom::Above(from) => {
                if let Some((cut, above)) = least {
                    // From a share on is below above the share.
                    let opened = matches!((&above.from, &grade.from), (GradeFrom::Above(_), GradeFrom::Share(_)));
                    if *cut < from.value || (*cut == from.value && !opened) {
                        return Some(out_of_order(above, grade));
                    }
                }
                least = Some((&from.value, grade));
            }
            // The mean lies nobody knows where, so it may stand between any two; twice it would be one grade too many.
            GradeFrom::Mean => {
                if let Some(first) = before().find(|other| other.from == GradeFrom::Mean) {
                    return Some(out_of_order(first, grade));
                }
            }
            GradeFrom::Otherwise => {
                if let Some(behind) = grades.get(at + 1) {
                    return Some(out_of_order(grade, behind));
                }
            }
        }
    }
    None
}

/// Two grades of which the second could never be given.
fn out_of_order(first: &Grade, second: &Grade) -> Diagnostic {
    let [(above, above_en), (below, below_en)] = [first, second].map(said);
    let found = Both::new(format!("{below} đứng sau {above}"), format!("{below_en} stands after {above_en}"));
    let (one, other) = (quote(&first.name.value), quote(&second.name.value));
    let mend = if alike(&first.from, &second.from) {
        // To change their places would change nothing.
        Both::new("bỏ một trong hai, hoặc sửa một mức", "drop one of the two, or mend one cut")
    } else {
        Both::new(
            format!("đổi chỗ {one} và {other}, hoặc sửa một trong hai mức"),
            format!("let {one} and {other} change places, or mend one of the two"),
        )
    };
    let problem = Structure::GradesOutOfOrder { found, mend };
    let place = |grade: &Grade| match &grade.from {
        GradeFrom::Share(from) | GradeFrom::Above(from) => grade.name.span.to(from.span),
        GradeFrom::Mean | GradeFrom::Otherwise => grade.name.span,
    };
    Diagnostic::new(problem, place(second)).label(place(first), "mức đứng trước", "the one before it")
}

/// Whether two grades begin at the same place.
fn alike(one: &GradeFrom, other: &GradeFrom) -> bool {
    match (one, other) {
        (GradeFrom::Share(one), GradeFrom::Share(other)) | (GradeFrom::Above(one), GradeFrom::Above(other)) => {
            one.value == other.value
        }
        (GradeFrom::Mean, GradeFrom::Mean) | (GradeFrom::Otherwise, GradeFrom::Otherwise) => true,
        _ => false,
    }
}

/// A grade as it is written.
fn said(grade: &Grade) -> (String, String) {
    let name = quote(&grade.name.value);
    let (vietnamese, english) = match &grade.from {
        GradeFrom::Share(from) => {
            let Both(vietnamese, english) = value_words(&from.value, Kind::Rate);
            (format!("từ {vietnamese}"), format!("from {english}"))
        }
        GradeFrom::Above(from) => {
            let Both(vietnamese, english) = value_words(&from.value, Kind::Rate);
            (format!("trên {vietnamese}"), format!("above {english}"))
        }
        GradeFrom::Mean => ("từ trung bình chung".to_owned(), "from overall mean".to_owned()),
        GradeFrom::Otherwise => ("còn lại".to_owned(), "otherwise".to_owned()),
    };
    (format!("{name} {vietnamese}"), format!("{name} {english}"))
}

/// The last takes what is left, once.
fn open_end(grades: &[Grade], ungraded: bool, span: Span) -> Option<Diagnostic> {
    let last = grades.last()?;
    let rest = last.from == GradeFrom::Otherwise;
    if rest != ungraded {
        return None;
    }
    let (vietnamese, english) = said(last);
    let name = quote(&last.name.value);
    let (found, mend) = if rest {
        (
            Both::new(format!("sau {vietnamese} không còn ai"), format!("nobody is left after {english}")),
            Both::new("bỏ `còn lại không xếp loại`", "drop `otherwise no grade`"),
        )
    } else {
        (
            Both::new(format!("{vietnamese} là mức cuối"), format!("{english} is the last")),
            Both::new(
                format!("thêm `; còn lại không xếp loại`, hoặc viết `{name} còn lại`"),
                format!("add `; otherwise no grade`, or write `{name} otherwise`"),
            ),
        )
    };
    Some(Diagnostic::new(Structure::GradesOutOfOrder { found, mend }, span))
}

/// The ceilings that name a grade and a head of the set.
pub(in super::super) fn ceilings(
    header: &Header<'_>,
    draft: &Draft<'_>,
    built: &[Built],
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
        if head.is_none() && !draft.incomplete {
            let near = nearest(&code.value, built.iter().map(|built| built.head.code.as_str()), str::to_owned);
            findings.push(Diagnostic::new(Names::UnknownCode { code: code.value.clone(), nearest: near }, code.span));
        }
        if !(Ratio::ZERO..=Ratio::ONE).contains(&written.below.value) {
            findings.push(Diagnostic::new(Structure::GradeOutOfRange { most: Both::same("100%") }, written.below.span));
            continue;
        }
        let (Some(at_most), Some(head)) = (at_most, head) else { continue };
        let ceiling = Ceiling { at_most, head: HeadId(head), below: written.below.value.clone(), line };
        if !draft.incomplete && !may_hold(header, draft, built, &ceiling) {
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
fn may_hold(header: &Header<'_>, draft: &Draft<'_>, built: &[Built], ceiling: &Ceiling) -> bool {
    let Some(head) = built.get(ceiling.head.0).map(|built| &built.head) else { return true };
    // Where points depend on the block, what holds of those that are written first need not hold of the others.
    if draft.heads.iter().any(|head| !head.head.block_points.is_empty()) {
        return true;
    }
    let least = if head.children.is_empty() { head.floor.share_of(&head.maximum) } else { None };
    if ceiling.below <= least.unwrap_or(Ratio::ZERO) && !below_zero(built) {
        return false;
    }
    // What is lost outside the scale the scale does not lose.
    let outside = std::iter::successors(Some(head), |head| Some(&built.get(head.parent?.0)?.head));
    if outside.into_iter().any(|head| head.level.is_outside()) {
        return true;
    }
    // The best index that such a unit can have; known where points add up and none leaves the scale.
    let sums = |aggregation: Aggregation| aggregation == Aggregation::Sum;
    let known = sums(header.aggregation.unwrap_or(Aggregation::Sum))
        && built.iter().all(|built| sums(built.head.aggregation))
        && !may_shrink(header, draft, built);
    // A bonus may make up for what the head lost.
    let bonus = !header.graded_before_outside && built.iter().any(|built| built.head.level.is_outside());
    let known = known && !bonus;
    let Some(above) = ceiling.at_most.checked_sub(1).and_then(|above| header.grades.get(above)) else { return false };
    let GradeFrom::Share(cut) = &above.from else { return true };
    let roots = built.iter().filter(|built| built.head.is_top());
    let all: Ratio = roots.map(|built| built.head.maximum.ratio().clone()).sum();
    let lost = head.maximum.ratio() * &(&Ratio::ONE - &ceiling.below);
    let (true, Some(lost)) = (known, lost.checked_div(&all)) else { return true };
    let best = &Ratio::ONE - &lost;
    let rounding =
        header.rounding.filter(|_| header.grade_basis.is_some_and(|basis| basis.value == GradeBasis::Rounded));
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
