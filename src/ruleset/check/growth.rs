//! What growth and decrease are measured against is above zero: against less than nothing a rise would be a fall.

use super::super::lower::LeafRanges;
use super::super::meaning::{Expr, Meaning, Term, Test, never_so, range};
use super::super::model::{Form, Leaf, Scoring};
use super::unheld::unheld;
use crate::diagnostic::{Both, Diagnostic, Expressions, Span};
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// What keeps a figure that the unit states above zero.
pub(super) fn or_declared() -> Both {
    Both::new(", hoặc khai số liệu `ít nhất 1`", ", or declare the figure `at least 1`")
}

/// Checks the base of a growth or a decrease; that it is not zero is looked at with all other denominators.
pub(super) fn check(leaf: &Leaf, form: Span, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    let Scoring::Declared(Form::Growth | Form::Decrease, Meaning::Cases { subject: Some(subject), .. }) = &leaf.scoring
    else {
        return;
    };
    let Term::Binary(BinaryOperator::Divide, _, base) = &subject.term else { return };
    if range(base, ranges).lower.is_some_and(|edge| !edge.at.is_negative()) {
        return;
    }
    let zero = Expr::constant(base.kind, Ratio::ZERO);
    let negative = Test::Compare(Comparison::Less, base.as_ref().clone(), zero);
    let no_case = leaf.not_applicable.iter().flat_map(|rule| unheld(&rule.test, &leaf.figures));
    if never_so(&no_case.chain([(&negative, true)]).collect::<Vec<_>>(), ranges) {
        return;
    }
    let figure = match &base.bare().term {
        Term::Figure(id) => ranges.figures.get(id.0),
        _ => None,
    };
    let name = match figure {
        Some(figure) => Both::new(format!("`{}`", figure.name), format!("`{}`", figure.name)),
        None => Both::new("số được so sánh", "what is compared with"),
    };
    // What was, or what others are, has the bounds of its kind alone: no line of the set bounds it.
    let bounded = figure.is_some_and(|figure| figure.origin.is_own());
    let or = if bounded { or_declared() } else { Both::same("") };
    let line = Both::new("không phát sinh khi … <= 0: …", "no case when … <= 0: …");
    let problem = Expressions::NegativeBase { name, line, or };
    findings.push(Diagnostic::new(problem, figure.map_or(form, |figure| figure.span)));
}
