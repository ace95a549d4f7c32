//! Denominators of what is worked out before the form is: "no case arose" lines themselves, and what is told of rows.

use super::super::lower::LeafRanges;
use super::super::meaning::{Edge, Expr, FigureId, Interval, Known, Outcome, Term, Test, range};
use super::super::model::{Figure, FigureKind, Leaf, NotApplicable, PerRow};
use super::super::origin::{Origin, OverRows, Told};
use super::zero::{Divisions, zeros};
use super::{rows, scored};
use crate::diagnostic::{Diagnostic, Span};
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// Every line has the lines above it to guard it, and no other: the first that holds decides.
pub(super) fn lines(leaf: &Leaf, maximum: &Ratio, findings: &mut Vec<Diagnostic>) {
    for (at, rule) in leaf.not_applicable.iter().enumerate() {
        let award = if let Outcome::Points(award) = &rule.outcome { Some(award) } else { None };
        if !tests(&rule.test) && !award.is_some_and(divides) {
            continue;
        }
        let (above, below) = leaf.not_applicable.split_at(at);
        let before = findings.len();
        let leaf = after(leaf, above.to_vec());
        let figures = scored(&leaf);
        let ranges = LeafRanges { figures: &figures, maximum, subject: Interval::ALL };
        let mut divisions = Divisions::new(&leaf, &ranges, findings);
        let guards = guards(above);
        divisions.test(&rule.test, &ranges, &guards, rule.line);
        if let Some(award) = award {
            divisions.where_so(Some((&rule.test, true)), |divisions| {
                divisions.check(award, &ranges, &guards, rule.line);
            });
        }
        for finding in findings.iter_mut().skip(before) {
            let mut told = Diagnostic::new(finding.problem.clone(), finding.span);
            told = told.label(rule.line, "chia ở dòng này", "this line divides by it");
            for later in below.iter().skip(1) {
                told = told.label(later.line, "dòng này được xét sau", "this line is looked at later");
            }
            finding.labels.extend(told.labels);
        }
    }
}

/// What is told of the rows of a list is worked out row by row, where no line of the leaf takes the whole list before.
pub(super) fn told(leaf: &Leaf, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    for (at, figure) in leaf.figures.iter().enumerate() {
        let Origin::Rows(over) = &figure.origin else { continue };
        let (expr, test) = match &over.told {
            Told::Sum(expr) | Told::Least(expr) | Told::Greatest(expr) => (Some(expr), None),
            Told::Count(test) => (None, test.as_ref()),
            Told::All(test) | Told::Any(test) => (None, Some(test)),
        };
        let Some(list) = leaf.figures.get(over.list.0) else { continue };
        let FigureKind::Rows(columns) = &list.kind else { continue };
        if !expr.is_some_and(divides) && !test.is_some_and(tests) {
            continue;
        }
        let known = of_rows(leaf, FigureId(at), over.list, ranges);
        let before = findings.len();
        let row = Leaf { figures: columns.clone(), ..after(leaf, Vec::new()) };
        let columns = LeafRanges { figures: columns, maximum: ranges.maximum, subject: Interval::ALL };
        let mut divisions = Divisions::new(&row, &columns, findings);
        divisions.said.extend(known.iter().map(|(test, holds)| (test, *holds)));
        if let Some(expr) = expr {
            divisions.check(expr, &columns, &[], figure.span);
        }
        if let Some(test) = test {
            divisions.test(test, &columns, &[], figure.span);
        }
        rows::told_of_rows(&list.name, findings.get_mut(before..).unwrap_or_default());
    }
}

/// The weight of a row is worked out of every row that is not passed over.
pub(super) fn weight(per_row: &PerRow, weight: &Expr, maximum: &Ratio, form: Span, findings: &mut Vec<Diagnostic>) {
    if !divides(weight) {
        return;
    }
    let row = after(&per_row.row, passed_over(&per_row.row));
    let figures = scored(&row);
    let ranges = LeafRanges { figures: &figures, maximum, subject: Interval::ALL };
    let guards = guards(&row.not_applicable);
    Divisions::new(&row, &ranges, findings).check(weight, &ranges, &guards, form);
}

/// The lines that pass a row over, and stand above all that give it points: what they take needs no weight.
pub(super) fn passed_over(row: &Leaf) -> Vec<NotApplicable> {
    row.not_applicable.iter().take_while(|rule| !matches!(rule.outcome, Outcome::Points(_))).cloned().collect()
}

/// The leaf, as far as these lines have decided.
fn after(leaf: &Leaf, lines: Vec<NotApplicable>) -> Leaf {
    Leaf { not_applicable: lines, ..leaf.clone() }
}

fn guards(lines: &[NotApplicable]) -> Vec<&Expr> {
    let mut guards = Vec::new();
    for rule in lines {
        zeros(&rule.test, &mut guards);
    }
    guards
}

/// What the lines that are looked at before a figure is read say of every row of a list.
fn of_rows(leaf: &Leaf, figure: FigureId, list: FigureId, ranges: &LeafRanges<'_>) -> Vec<(Test, bool)> {
    let mut known = Known::nothing(ranges);
    for rule in &leaf.not_applicable {
        let mut reads = false;
        rule.test.figures(&mut |id| reads |= id == figure);
        if reads {
            // It has no value there, so that this line and those below do not decide.
            break;
        }
        known.assume(&rule.test, false);
    }
    let same = |other: &&(usize, &Figure)| matches!(&other.1.origin, Origin::Rows(over) if over.list == list);
    let others: Vec<(usize, &Figure)> = leaf.figures.iter().enumerate().filter(|other| same(&other)).collect();
    let mut said = Vec::new();
    for (at, other) in others {
        let Origin::Rows(OverRows { told, .. }) = &other.origin else { continue };
        let answer = || super::super::meaning::Ranges::answer(&known, FigureId(at));
        let FigureKind::Number(kind) = other.kind else {
            match told {
                Told::Any(test) if answer() == Some(false) => said.push((test.clone(), false)),
                Told::All(test) if answer() == Some(true) => said.push((test.clone(), true)),
                _ => {}
            }
            continue;
        };
        let possible = range(&Expr { kind, term: Term::Figure(FigureId(at)) }, &known);
        let beyond = |expr: &Expr, comparison, edge: Edge| {
            let edge = Expr::constant(expr.kind, edge.at);
            (Test::Compare(comparison, expr.clone(), edge), true)
        };
        match told {
            Told::Count(Some(test)) if possible.upper.as_ref().is_some_and(|edge| edge.at < Ratio::ONE) => {
                said.push((test.clone(), false));
            }
            Told::Least(expr) => said.extend(possible.lower.map(|edge| {
                let comparison = if edge.included { Comparison::AtLeast } else { Comparison::Greater };
                beyond(expr, comparison, edge)
            })),
            Told::Greatest(expr) => said.extend(possible.upper.map(|edge| {
                let comparison = if edge.included { Comparison::AtMost } else { Comparison::Less };
                beyond(expr, comparison, edge)
            })),
            _ => {}
        }
    }
    said
}

/// Whether an expression divides by what is no written number.
fn divides(expr: &Expr) -> bool {
    let mut found = false;
    expr.visit(&mut |inner| {
        if let Term::Binary(BinaryOperator::Divide, _, under) = &inner.term {
            found |= !matches!(under.term, Term::Constant(_));
        }
    });
    found
}

fn tests(test: &Test) -> bool {
    let mut found = false;
    test.sides(&mut |side| found |= divides(side));
    found
}
