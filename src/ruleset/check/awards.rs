//! What lines can give, against the head's maximum and floor.

use super::super::lower::LeafRanges;
use super::super::meaning::{Edge, Expr, Interval, Kind, Outcome, range};
use super::super::model::{Head, Scoring};
use super::bands::value_words;
use crate::diagnostic::{Both, Budget, Diagnostic, Expressions, Language, Problem, Say, Span};
use crate::language::tree::Level;
use crate::number::{Points, Ratio};

/// What an award can be, with the subject in `subject`.
pub(super) fn given(award: &Expr, subject: &Interval, ranges: &LeafRanges<'_>) -> Interval {
    let within = LeafRanges { figures: ranges.figures, maximum: ranges.maximum, subject: subject.clone() };
    range(award, &within)
}

/// A written floor or cap, where it is one number.
pub(super) fn limit(limit: Option<&Expr>, ranges: &LeafRanges<'_>) -> Option<Ratio> {
    range(limit?, ranges).single().cloned()
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
    let problem = match (&given.lower, &given.upper) {
        (_, Some(edge)) if edge.at > *maximum => {
            let award = Points::new(edge.at.clone());
            Budget::AwardAboveMaximum { award, maximum: head.maximum.clone() }.into()
        }
        (Some(edge), _) if edge.at < *floor => {
            let award = Points::new(edge.at.clone());
            Budget::AwardBelowFloor { mend: not_below(head, &award), award }.into()
        }
        (Some(_), Some(_)) => return true,
        _ => not_proved(head, given),
    };
    findings.push(Diagnostic::new(problem, line));
    false
}

/// What to do about points below the floor. Outside the scale a head has no floor of its own.
fn not_below(head: &Head, award: &Points) -> Both {
    match head.level {
        Level::Penalty => {
            let positive = -award.clone();
            Both::new(
                format!(
                    "điểm phạt viết số dương và luôn được trừ đi: viết `{} điểm`",
                    positive.say(Language::Vietnamese)
                ),
                format!(
                    "a penalty is written positive and always taken off: write `{} points`",
                    positive.say(Language::English)
                ),
            )
        }
        Level::Bonus => Both::new(
            "điểm thưởng không trừ: sửa số điểm, hoặc khai một mục `điểm phạt`",
            "a bonus takes nothing off: mend the points, or declare a `penalty`",
        ),
        _ => Both::new(
            "khai `thấp nhất trừ … điểm` ở dòng tiêu đề, hoặc sửa số điểm",
            "say `at least minus … points` on the head, or mend the points",
        ),
    }
}

/// Points that can be had, against those that may be.
pub(super) fn not_proved(head: &Head, given: &Interval) -> Problem {
    let words = |edge: &Option<Edge>, vietnamese: &str, english: &str| {
        edge.as_ref().map_or_else(|| Both::new(vietnamese, english), |edge| value_words(&edge.at, Kind::Number))
    };
    let problem = Expressions::NotProved {
        low: words(&given.lower, "âm vô cực", "minus infinity"),
        high: words(&given.upper, "vô cực", "infinity"),
        floor: value_words(head.floor.ratio(), Kind::Number),
        maximum: value_words(head.maximum.ratio(), Kind::Number),
        mend: Both::new(
            "khai giới hạn của số liệu; ở công thức và danh mục thì có thể thêm dòng `thấp nhất 0 điểm` và `cao nhất tối đa`",
            "bound the figures; under a formula or a checklist the lines `at least 0 points` and `at most maximum` do as well",
        ),
    };
    problem.into()
}

/// Lines that all give the same, or a maximum that none of them reaches.
pub(super) fn reachable(head: &Head, given: &[Interval], line: Span, findings: &mut Vec<Diagnostic>) {
    let same = given
        .first()
        .and_then(Interval::single)
        .filter(|first| given.iter().all(|other| other.single() == Some(first)));
    if let Some(award) = same {
        let when = where_a_case_arose(head, |given| given.single() == Some(award));
        findings.push(Diagnostic::new(Budget::CannotDiscriminate { when, award: Points::new(award.clone()) }, line));
        return;
    }
    let upper: Option<Ratio> = given.iter().filter_map(|given| Some(given.upper.as_ref()?.at.clone())).max();
    let Some(best) = upper else { return };
    if best < *head.maximum.ratio() {
        findings.push(Diagnostic::new(unreachable(head, best), line));
    }
}

/// A maximum that the lines of a form do not reach.
pub(super) fn unreachable(head: &Head, best: Ratio) -> Budget {
    let when = where_a_case_arose(head, |given| given.upper.as_ref().is_some_and(|edge| edge.at <= best));
    Budget::MaximumUnreachable { when, best: Points::new(best), maximum: head.maximum.clone() }
}

/// What is said of the lines of a form is said where a case arose, unless the points for no case are no others.
fn where_a_case_arose(head: &Head, alike: impl Fn(&Interval) -> bool) -> Both {
    let leaf = head.leaf.as_ref();
    let rows = leaf.and_then(|leaf| if let Scoring::PerRow(rows) = &leaf.scoring { Some(rows) } else { None });
    let leaves = leaf.into_iter().chain(rows.map(|rows| &rows.row));
    let mut others = leaves.flat_map(|leaf| {
        let ranges = LeafRanges { figures: &leaf.figures, maximum: head.maximum.ratio(), subject: Interval::ALL };
        let lines = leaf.not_applicable.iter().filter_map(|rule| points(&rule.outcome));
        lines.map(|award| range(award, &ranges)).collect::<Vec<_>>()
    });
    if others.all(|given| alike(&given)) {
        Both::same("")
    } else {
        Both::new("khi có phát sinh thì ", "where a case arose ")
    }
}
