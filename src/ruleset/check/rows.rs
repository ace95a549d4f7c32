//! Rows: a list that may be empty, weights that may be zero, rows that may all be passed over.

use super::super::lower::LeafRanges;
use super::super::meaning::{Edge, Expr, FigureId, Interval, Test, never_so, range};
use super::super::model::{Figure, Head, Leaf, PerRow, Take};
use super::super::origin::{Origin, Told};
use super::readings::{Reading, readings};
use super::unheld::unheld;
use super::{awards, no_case, scored, zero_first};
use crate::diagnostic::{Both, Diagnostic, Expressions, Missing, Problem, Span};
use crate::language::tree::Comparison;
use crate::number::Ratio;

/// What has no value over no rows asks for a row, or for a line that takes the empty list before any line reads it.
pub(super) fn over_rows(leaf: &Leaf, findings: &mut Vec<Diagnostic>) {
    for (at, figure) in leaf.figures.iter().enumerate() {
        let Origin::Rows(over) = &figure.origin else { continue };
        if !matches!(over.told, Told::Least(_) | Told::Greatest(_) | Told::All(_)) {
            continue;
        }
        let empty =
            |reading: &Reading| may_be_empty(&scored(&zero_first::after(leaf, reading.before.clone())), over.list);
        let Some(reading) = readings(leaf, FigureId(at)).into_iter().find(empty) else { continue };
        let list = leaf.figures.get(over.list.0).map(|list| list.name.clone()).unwrap_or_default();
        let problem = Missing::RowsMayBeEmpty { list, what: figure.name.clone() };
        let mut finding = Diagnostic::new(problem, figure.span);
        // The list may be taken by a line, and too late.
        if !may_be_empty(&scored(leaf), over.list)
            && let Some(line) = reading.below(leaf).first()
        {
            let (vietnamese, english) = (
                "dòng này đọc số ấy trước: danh sách trống phải được nhận ở một dòng trên, hay ở phần đứng trước của điều kiện",
                "this line reads it first: the empty list is taken by a line above, or by what stands before in the condition",
            );
            finding = finding.label(line.line, vietnamese, english);
        }
        findings.push(finding);
    }
}

/// Whether figures leave room for a list without rows.
fn may_be_empty(figures: &[Figure], list: FigureId) -> bool {
    let counted = figures.iter().filter(|other| match &other.origin {
        // Where some rows are counted, there are some.
        Origin::Rows(counted) => counted.list == list && matches!(counted.told, Told::Count(_)),
        _ => false,
    });
    let mut ranges = counted.chain(figures.get(list.0)).map(|figure| &figure.range);
    ranges.all(|range| range.contains(&Ratio::ZERO))
}

/// What is told of a row names the line that a row takes.
///
/// A line of the leaf that reads the list may take it before: then a row that is found says nothing yet.
pub(super) fn of_a_row(list: &str, taken: bool, findings: &mut [Diagnostic]) {
    let line = |sign: &str| {
        Both::new(
            format!("không phát sinh từng {list} khi … {sign} 0: bỏ qua dòng"),
            format!("no case per {list} when … {sign} 0: skip row"),
        )
    };
    by_rows(line, taken, findings);
    for finding in findings {
        if let Problem::Bands(problem) = &mut finding.problem {
            no_case::of_a_row(list, problem);
        }
    }
}

/// What is told of all rows names the line that takes the list before.
pub(super) fn told_of_rows(list: &str, taken: bool, findings: &mut [Diagnostic]) {
    let line = |sign: &str| {
        Both::new(
            format!("không phát sinh khi bất kỳ({list}; … {sign} 0): …"),
            format!("no case when any({list}; … {sign} 0): …"),
        )
    };
    by_rows(line, taken, findings);
}

fn by_rows(line: impl Fn(&str) -> Both, taken: bool, findings: &mut [Diagnostic]) {
    for finding in findings {
        let Problem::Expressions(problem) = &mut finding.problem else { continue };
        match problem {
            Expressions::ZeroDenominator { name, .. } if taken => {
                *problem = Expressions::ZeroNotProved { name: name.clone(), line: line("=") };
            }
            Expressions::ZeroDenominator { name, when, .. } => {
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
pub(super) fn per_row(
    head: &Head,
    leaf: &Leaf,
    (rows, facts): (&PerRow, &[(Test, bool)]),
    form: Span,
    findings: &mut Vec<Diagnostic>,
) {
    if let Take::Weighted(weight) = &rows.take {
        let before = findings.len();
        zero_first::weight(rows, (weight, facts), head.maximum.ratio(), form, findings);
        // A row that a line gives points counts with its weight; one that is passed over does not.
        let counted = zero_first::after(&rows.row, zero_first::passed_over(&rows.row));
        if !is_positive(weight, (&counted, facts), head.maximum.ratio()) {
            let name = Both::new("trọng số của một dòng", "the weight of a row");
            let problem = Expressions::ZeroDenominator { name, when: Both::same(""), or: Both::same("") };
            findings.push(Diagnostic::new(problem, form));
        }
        let name = leaf.figures.get(rows.list.0).map(|list| list.name.as_str()).unwrap_or_default();
        let taken = zero_first::lines_read(leaf, rows.list);
        of_a_row(name, taken, findings.get_mut(before..).unwrap_or_default());
    }
    let list = leaf.figures.get(rows.list.0);
    let skips = rows.row.may_leave_scale();
    let empty = may_be_empty(&scored(leaf), rows.list);
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

/// Whether a weight is above zero in every row that no line of the row's passes over.
fn is_positive(weight: &Expr, (row, facts): (&Leaf, &[(Test, bool)]), maximum: &Ratio) -> bool {
    let figures = scored(row);
    let ranges = LeafRanges { figures: &figures, maximum, subject: Interval::ALL };
    let possible = range(weight, &ranges);
    let not_above = |edge: &Edge| edge.at.is_negative() || (edge.at.is_zero() && edge.included);
    if !possible.lower.as_ref().is_none_or(not_above) {
        return true;
    }
    // The second proof costs more, and is asked only where the first does not do.
    let none = Test::Compare(Comparison::AtMost, weight.clone(), Expr::constant(weight.kind, Ratio::ZERO));
    let lines = row.not_applicable.iter().flat_map(|rule| unheld(&rule.test, &row.figures));
    let facts = facts.iter().map(|(test, holds)| (test, *holds));
    never_so(&[(&none, true)].into_iter().chain(lines).chain(facts).collect::<Vec<_>>(), &ranges)
}
