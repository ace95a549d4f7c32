//! Denominators of what is worked out before the form is: "no case arose" lines themselves, and what is told of rows.

use super::super::lower::LeafRanges;
use super::super::meaning::{Edge, Expr, FigureId, Interval, Kind, Known, Outcome, Term, Test, range};
use super::super::model::{Figure, FigureKind, Leaf, NotApplicable, PerRow, Scoring};
use super::super::origin::{Origin, OverRows, Told};
use super::readings::readings;
use super::unheld::unheld;
use super::zero::{Divisions, zeros};
use super::{rows, scored};
use crate::diagnostic::{Diagnostic, Span};
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// At most so often the lines are gone through for what they say of rows.
const PASSES: usize = 4;

/// Every line has the lines above it to guard it, and no other: the first that holds decides.
pub(super) fn lines(leaf: &Leaf, maximum: &Ratio, facts: &[(Test, bool)], findings: &mut Vec<Diagnostic>) {
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
        divisions.know(facts);
        let guards = guards(above);
        divisions.test(&rule.test, &ranges, &guards, rule.line);
        if let Some(award) = award {
            divisions.where_so(Some((&rule.test, true)), |divisions| {
                divisions.check(award, &ranges, &guards, rule.line);
            });
        }
        looked_at_later(below, "chia ở dòng này", "this line divides by it", findings.get_mut(before..));
    }
}

/// What is told of the rows of a list is worked out row by row, and what units are compared by before any line is looked
/// at: the lines above the first one that reads it keep it from what has no value, and the parts before of its condition;
/// no other line does.
pub(super) fn told(leaf: &Leaf, maximum: &Ratio, findings: &mut Vec<Diagnostic>) {
    for (at, figure) in leaf.figures.iter().enumerate() {
        let divided = match &figure.origin {
            Origin::Worked(expr) => divides(expr),
            Origin::Rows(OverRows { told, .. }) => match told {
                Told::Sum(expr) | Told::Least(expr) | Told::Greatest(expr) => divides(expr),
                Told::Count(test) => test.as_ref().is_some_and(tests),
                Told::All(test) | Told::Any(test) => tests(test),
            },
            _ => false,
        };
        if !divided {
            continue;
        }
        let readings = readings(leaf, FigureId(at));
        let by_line = readings.iter().any(|reading| reading.line.is_some());
        for reading in readings {
            let before = findings.len();
            let (below, guards) = (reading.below(leaf), guards(&reading.before));
            let free = after(leaf, reading.before.clone());
            match &figure.origin {
                Origin::Worked(expr) if by_line => {
                    let figures = scored(&free);
                    let ranges = LeafRanges { figures: &figures, maximum, subject: Interval::ALL };
                    Divisions::new(&free, &ranges, findings).check(expr, &ranges, &guards, figure.span);
                }
                Origin::Rows(over) => of_each_row(&free, (figure, over), maximum, findings),
                // What no line reads is looked at with the form.
                _ => {}
            }
            looked_at_later(below, "đọc số ấy ở dòng này", "this line reads it", findings.get_mut(before..));
            if findings.len() > before {
                break;
            }
        }
    }
}

/// What is told of rows, where all lines of a leaf have been looked at and none has held.
fn of_each_row(leaf: &Leaf, (figure, over): (&Figure, &OverRows), maximum: &Ratio, findings: &mut Vec<Diagnostic>) {
    let Some(list) = leaf.figures.get(over.list.0) else { return };
    let FigureKind::Rows(columns) = &list.kind else { return };
    let known = of_rows(leaf, over.list, maximum);
    let before = findings.len();
    let row = Leaf { figures: columns.clone(), ..after(leaf, Vec::new()) };
    let columns = LeafRanges { figures: columns, maximum, subject: Interval::ALL };
    let mut divisions = Divisions::new(&row, &columns, findings);
    divisions.know(&known);
    match &over.told {
        Told::Sum(expr) | Told::Least(expr) | Told::Greatest(expr) => {
            divisions.check(expr, &columns, &[], figure.span);
        }
        Told::Count(Some(test)) | Told::All(test) | Told::Any(test) => {
            divisions.test(test, &columns, &[], figure.span);
        }
        Told::Count(None) => {}
    }
    let taken = lines_read(leaf, over.list);
    rows::told_of_rows(&list.name, taken, findings.get_mut(before..).unwrap_or_default());
}

/// The bounds of figures: where one divides by zero there is no bound, and whatever was proved by it is void.
pub(super) fn bounds(leaf: &Leaf, maximum: &Ratio, facts: &[(Test, bool)], findings: &mut Vec<Diagnostic>) {
    of_bounds(leaf, &guards(&leaf.not_applicable), (&leaf.figures, facts), maximum, findings);
    for (at, list) in leaf.figures.iter().enumerate() {
        let FigureKind::Rows(columns) = &list.kind else { continue };
        // The columns by which rows are scored are looked at as the figures of a leaf are.
        let scored = matches!(&leaf.scoring, Scoring::PerRow(rows) if rows.list == FigureId(at));
        if scored || !columns.iter().any(|column| column.limits.iter().any(|limit| divides(&limit.bound))) {
            continue;
        }
        let known = of_rows(leaf, FigureId(at), maximum);
        let before = findings.len();
        let row = Leaf { figures: columns.clone(), ..after(leaf, Vec::new()) };
        of_bounds(&row, &[], (columns, &known), maximum, findings);
        rows::told_of_rows(&list.name, lines_read(leaf, FigureId(at)), findings.get_mut(before..).unwrap_or_default());
    }
}

fn of_bounds(
    leaf: &Leaf,
    guards: &[&Expr],
    (figures, known): (&[Figure], &[(Test, bool)]),
    maximum: &Ratio,
    findings: &mut Vec<Diagnostic>,
) {
    for (at, figure) in figures.iter().enumerate() {
        // What is stated elsewhere is looked at there, with the lines of that head.
        let own = figure.origin.stated_at().is_none();
        for limit in figure.limits.iter().filter(|limit| own && divides(&limit.bound)) {
            // A bound does not speak of what it divides by.
            let mut free = leaf.clone();
            if let Some(figure) = free.figures.get_mut(at) {
                figure.limits.clear();
            }
            let scored = scored(&free);
            let ranges = LeafRanges { figures: &scored, maximum, subject: Interval::ALL };
            let before = findings.len();
            let mut divisions = Divisions::new(&free, &ranges, findings);
            divisions.know(known);
            divisions.check(&limit.bound, &ranges, guards, figure.span);
            for finding in findings.iter_mut().skip(before) {
                let told = Diagnostic::new(finding.problem.clone(), finding.span);
                let told = told.label(figure.span, "giới hạn ở đây chia cho số ấy", "the bound here divides by it");
                finding.labels.extend(told.labels);
            }
        }
    }
}

/// Whether a line of a leaf reads what is told of a list: then it may take the lists that a row by itself speaks of.
pub(super) fn lines_read(leaf: &Leaf, list: FigureId) -> bool {
    let mut reads = false;
    for rule in &leaf.not_applicable {
        rule.test.figures(&mut |id| {
            let origin = leaf.figures.get(id.0).map(|figure| &figure.origin);
            // How many rows there are says nothing of any of them.
            reads |= matches!(origin, Some(Origin::Rows(over)) if over.list == list && over.told != Told::Count(None));
        });
    }
    reads
}

/// Points findings to the line that divides, and to those that do not guard it.
fn looked_at_later(
    lines: &[NotApplicable],
    vietnamese: &'static str,
    english: &'static str,
    findings: Option<&mut [Diagnostic]>,
) {
    let Some((own, below)) = lines.split_first() else { return };
    for finding in findings.into_iter().flatten() {
        let mut told = Diagnostic::new(finding.problem.clone(), finding.span).label(own.line, vietnamese, english);
        for later in below {
            told = told.label(later.line, "dòng này được xét sau", "this line is looked at later");
        }
        finding.labels.extend(told.labels);
    }
}

/// The weight of a row is worked out of every row that is not passed over.
pub(super) fn weight(
    per_row: &PerRow,
    (weight, facts): (&Expr, &[(Test, bool)]),
    maximum: &Ratio,
    form: Span,
    findings: &mut Vec<Diagnostic>,
) {
    if !divides(weight) {
        return;
    }
    let row = after(&per_row.row, passed_over(&per_row.row));
    let figures = scored(&row);
    let ranges = LeafRanges { figures: &figures, maximum, subject: Interval::ALL };
    let guards = guards(&row.not_applicable);
    let mut divisions = Divisions::new(&row, &ranges, findings);
    divisions.know(facts);
    divisions.check(weight, &ranges, &guards, form);
}

/// The lines that pass a row over, and stand above all that give it points: what they take needs no weight.
pub(super) fn passed_over(row: &Leaf) -> Vec<NotApplicable> {
    row.not_applicable.iter().take_while(|rule| !matches!(rule.outcome, Outcome::Points(_))).cloned().collect()
}

/// The leaf, as far as these lines have decided.
pub(super) fn after(leaf: &Leaf, lines: Vec<NotApplicable>) -> Leaf {
    Leaf { not_applicable: lines, ..leaf.clone() }
}

fn guards(lines: &[NotApplicable]) -> Vec<&Expr> {
    let mut guards = Vec::new();
    for rule in lines {
        zeros(&rule.test, &mut guards);
    }
    guards
}

/// What the lines of a leaf, none of which has held, say of every row of a list.
pub(super) fn of_rows(leaf: &Leaf, list: FigureId, maximum: &Ratio) -> Vec<(Test, bool)> {
    let ranges = &LeafRanges { figures: &leaf.figures, maximum, subject: Interval::ALL };
    let mut known = Known::nothing(ranges);
    // What a line says may leave one part alone of a line above it.
    let lines: Vec<_> = leaf.not_applicable.iter().flat_map(|rule| unheld(&rule.test, &leaf.figures)).collect();
    for _ in lines.iter().take(PASSES) {
        for (test, holds) in &lines {
            known.assume(test, *holds);
        }
    }
    // What no line has read may have no value at all.
    let mut read = Vec::new();
    leaf.not_applicable.iter().for_each(|rule| rule.test.figures(&mut |id| read.push(id)));
    let same = |(at, other): &(usize, &Figure)| {
        read.contains(&FigureId(*at)) && matches!(&other.origin, Origin::Rows(over) if over.list == list)
    };
    let others: Vec<(usize, &Figure)> = leaf.figures.iter().enumerate().filter(same).collect();
    let own = |kind, at| Expr { kind, term: Term::Figure(FigureId(at)) };
    // As many rows as there are.
    let every = |at: usize| {
        let all = others.iter().filter(|(_, figure)| of_all(figure));
        all.clone().any(|(whole, _)| {
            let (whole, part) = (own(Kind::Count, *whole), own(Kind::Count, at));
            let term = Term::Binary(BinaryOperator::Subtract, Box::new(whole), Box::new(part));
            let left = range(&Expr { kind: Kind::Count, term }, &known);
            left.upper.is_some_and(|edge| !edge.at.is_positive())
        })
    };
    let none = |possible: &Interval| possible.upper.as_ref().is_some_and(|edge| edge.at < Ratio::ONE);
    let mut said = Vec::new();
    for &(at, other) in &others {
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
        let own = own(kind, at);
        let (possible, declared) = (range(&own, &known), range(&own, ranges));
        // Its bounds alone say nothing: they hold where it has a value. A line that tells more of it has read it.
        let by_lines =
            |edge: Option<Edge>, declared: &Option<Edge>| edge.filter(|edge| Some(edge) != declared.as_ref());
        let beyond = |expr: &Expr, comparison, edge: Edge| {
            let edge = Expr::constant(expr.kind, edge.at);
            (Test::Compare(comparison, expr.clone(), edge), true)
        };
        match told {
            Told::Count(Some(test)) if none(&possible) && !none(&declared) => {
                said.push((test.clone(), false));
            }
            Told::Count(Some(test)) if every(at) => said.push((test.clone(), true)),
            Told::Least(expr) => said.extend(by_lines(possible.lower, &declared.lower).map(|edge| {
                let comparison = if edge.included { Comparison::AtLeast } else { Comparison::Greater };
                beyond(expr, comparison, edge)
            })),
            Told::Greatest(expr) => said.extend(by_lines(possible.upper, &declared.upper).map(|edge| {
                let comparison = if edge.included { Comparison::AtMost } else { Comparison::Less };
                beyond(expr, comparison, edge)
            })),
            _ => {}
        }
    }
    said
}

fn of_all(figure: &Figure) -> bool {
    matches!(&figure.origin, Origin::Rows(over) if over.told == Told::Count(None))
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
