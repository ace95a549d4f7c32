//! What growth and decrease are measured against is above zero: against less than nothing a rise would be a fall.

use super::super::lower::LeafRanges;
use super::super::meaning::{Meaning, Term, range};
use super::super::model::{Form, Leaf, Scoring};
use crate::diagnostic::{Both, Diagnostic, Expressions, Span};
use crate::language::tree::BinaryOperator;

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
    let (vietnamese, english) = if bounded {
        (", hoặc khai số liệu `ít nhất 1`", ", or declare the figure `at least 1`")
    } else {
        ("", "")
    };
    let mend = Both::new(
        format!("thêm `không phát sinh khi … <= 0: …`{vietnamese}"),
        format!("add `no case when … <= 0: …`{english}"),
    );
    findings.push(Diagnostic::new(Expressions::NegativeBase { name, mend }, figure.map_or(form, |figure| figure.span)));
}
