//! Rows: a list that may be empty, weights that may be zero, rows that may all be passed over.

use super::super::lower::LeafRanges;
use super::super::meaning::{Interval, range};
use super::super::model::{Figure, Head, Leaf, PerRow, Take};
use super::super::origin::{Origin, Told};
use super::{awards, scored, zero_first};
use crate::diagnostic::{Both, Diagnostic, Expressions, Missing, Problem, Span};
use crate::number::Ratio;

/// What has no value over no rows asks for a row, or for a line that takes the empty list.
pub(super) fn over_rows(figures: &[Figure], findings: &mut Vec<Diagnostic>) {
    for figure in figures {
        let Origin::Rows(over) = &figure.origin else { continue };
        if !matches!(over.told, Told::Least(_) | Told::Greatest(_) | Told::All(_)) {
            continue;
        }
        let counted = figures.iter().filter(|other| match &other.origin {
            Origin::Rows(counted) => counted.list == over.list && counted.told == Told::Count(None),
            _ => false,
        });
        let list = figures.get(over.list.0);
        let mut ranges = counted.chain(list).map(|figure| &figure.range);
        if ranges.all(|range| range.contains(&Ratio::ZERO)) {
            let list = list.map(|list| list.name.clone()).unwrap_or_default();
            findings.push(Diagnostic::new(Missing::RowsMayBeEmpty { list, what: figure.name.clone() }, figure.span));
        }
    }
}

/// What is told of a row names the line that a row takes.
pub(super) fn of_a_row(list: &str, findings: &mut [Diagnostic]) {
    let line = |sign: &str| {
        Both::new(
            format!("không phát sinh từng {list} khi … {sign} 0: bỏ qua dòng"),
            format!("no case per {list} when … {sign} 0: skip row"),
        )
    };
    by_rows(line, findings);
}

/// What is told of all rows names the line that takes the list before.
pub(super) fn told_of_rows(list: &str, findings: &mut [Diagnostic]) {
    let line = |sign: &str| {
        Both::new(
            format!("không phát sinh khi bất kỳ({list}; … {sign} 0): …"),
            format!("no case when any({list}; … {sign} 0): …"),
        )
    };
    by_rows(line, findings);
}

fn by_rows(line: impl Fn(&str) -> Both, findings: &mut [Diagnostic]) {
    for finding in findings {
        let Problem::Expressions(problem) = &mut finding.problem else { continue };
        match problem {
            Expressions::ZeroDenominator { name, when } => {
                *problem = Expressions::ZeroInRow { name: name.clone(), when: when.clone(), line: line("=") };
            }
            Expressions::ZeroNotProved { line: own, .. } => *own = line("="),
            Expressions::NegativeBase { line: own, or, .. } => {
                *own = line("<=");
                if !or.0.is_empty() {
                    *or = Both::new(", hoặc khai cột `ít nhất 1`", ", or declare the column `at least 1`");
                }
            }
            _ => {}
        }
    }
}

/// Checks how the points of rows are combined; how a row is scored is checked as a leaf is.
pub(super) fn per_row(head: &Head, leaf: &Leaf, rows: &PerRow, form: Span, findings: &mut Vec<Diagnostic>) {
    if let Take::Weighted(weight) = &rows.take {
        let before = findings.len();
        zero_first::weight(rows, weight, head.maximum.ratio(), form, findings);
        let name = leaf.figures.get(rows.list.0).map(|list| list.name.as_str()).unwrap_or_default();
        of_a_row(name, findings.get_mut(before..).unwrap_or_default());
        // A row that a line gives points counts with its weight; one that is passed over does not.
        let counted = Leaf { not_applicable: zero_first::passed_over(&rows.row), ..rows.row.clone() };
        let figures = scored(&counted);
        let ranges = LeafRanges { figures: &figures, maximum: head.maximum.ratio(), subject: Interval::ALL };
        let possible = range(weight, &ranges);
        if possible.lower.as_ref().is_none_or(|edge| edge.at.is_negative() || (edge.at.is_zero() && edge.included)) {
            let name = Both::new("trọng số của một dòng", "the weight of a row");
            findings.push(Diagnostic::new(Expressions::ZeroDenominator { name, when: Both::same("") }, form));
        }
    }
    let list = leaf.figures.get(rows.list.0);
    let skips = rows.row.may_leave_scale();
    let empty = list.is_none_or(|list| list.range.contains(&Ratio::ZERO));
    let name = || list.map(|list| list.name.clone()).unwrap_or_default();
    match &rows.none_left {
        None if skips || empty => {
            findings.push(Diagnostic::new(Missing::NoRowsConsequence { list: name() }, form));
        }
        Some((_, line)) if !skips && !empty => {
            findings.push(Diagnostic::new(crate::diagnostic::Bands::UnreachableLine {}, *line));
        }
        Some((outcome, line)) => {
            if let Some(award) = awards::points(outcome) {
                let ranges =
                    LeafRanges { figures: &leaf.figures, maximum: head.maximum.ratio(), subject: Interval::ALL };
                awards::in_range(head, &awards::given(award, &Interval::ALL, &ranges), *line, findings);
            }
        }
        None => {}
    }
}
