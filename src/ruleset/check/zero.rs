//! Denominators that can be zero need their "no case arose" line; numerators that may exceed are told.

use super::super::lower::LeafRanges;
use super::super::meaning::{Arm, Expr, Guard, Kind, Meaning, Outcome, Ranges, Term, Test, range};
use super::super::model::{Leaf, Scoring};
use crate::diagnostic::{Both, Diagnostic, Expressions, Span};
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// Checks every division of a leaf.
pub(super) fn check(leaf: &Leaf, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    let Scoring::Declared(_, meaning) = &leaf.scoring else {
        return;
    };
    let mut guards: Vec<&Expr> = Vec::new();
    for rule in &leaf.not_applicable {
        zeros(&rule.test, &mut guards);
    }
    let mut divisions = Divisions { ranges, findings };
    match meaning {
        Meaning::Cases { subject, arms } => {
            if let Some(subject) = subject {
                divisions.check(subject, &guards, first_line(arms));
                divisions.exceeds(subject, arms);
            }
            for arm in arms {
                if let Guard::Test(test) = &arm.guard {
                    test.visit(&mut |expr| divisions.one(expr, &guards, arm.words));
                    // A line above that takes the zero guards the lines below.
                    zeros(test, &mut guards);
                }
                if let Outcome::Points(award) = &arm.outcome {
                    divisions.check(award, &guards, arm.line);
                }
            }
        }
        Meaning::Sum(parts) => {
            for part in parts {
                part.test.visit(&mut |expr| divisions.one(expr, &guards, part.line));
                divisions.check(&part.award, &guards, part.line);
            }
        }
        Meaning::Value { expr, .. } => {
            let place = leaf.figures.first().map_or_else(Span::default, |figure| figure.span);
            divisions.check(expr, &guards, place);
        }
    }
}

fn first_line(arms: &[Arm]) -> Span {
    arms.first().map_or_else(Span::default, |arm| arm.line)
}

/// The expressions whose being zero makes a test hold.
fn zeros<'a>(test: &'a Test, into: &mut Vec<&'a Expr>) {
    let zero = |expr: &Expr| matches!(&expr.term, Term::Constant(value) if value.is_zero());
    let one = |expr: &Expr| matches!(&expr.term, Term::Constant(value) if *value == Ratio::ONE);
    match test {
        Test::Compare(Comparison::Equal | Comparison::AtMost, left, right) if zero(right) => into.push(left),
        Test::Compare(Comparison::Equal | Comparison::AtLeast, left, right) if zero(left) => into.push(right),
        Test::Compare(Comparison::Less, left, right) if one(right) => into.push(left),
        Test::Any(parts) => parts.iter().for_each(|part| zeros(part, into)),
        _ => {}
    }
}

struct Divisions<'a, 'b> {
    ranges: &'a LeafRanges<'a>,
    findings: &'b mut Vec<Diagnostic>,
}

impl Divisions<'_, '_> {
    fn check(&mut self, expr: &Expr, guards: &[&Expr], place: Span) {
        expr.visit(&mut |inner| self.one(inner, guards, place));
    }

    fn one(&mut self, expr: &Expr, guards: &[&Expr], place: Span) {
        let Term::Binary(BinaryOperator::Divide, _, under) = &expr.term else {
            return;
        };
        let can_be_zero = range(under, self.ranges).contains(&Ratio::ZERO);
        if !can_be_zero || guards.iter().any(|guard| guard.term == under.term) {
            return;
        }
        let (name, place) = match &under.term {
            Term::Figure(id) => match self.ranges.figures.get(id.0) {
                Some(figure) => (Both::same(format!("`{}`", figure.name)), figure.span),
                None => return,
            },
            _ => (Both::new("mẫu số", "the denominator"), place),
        };
        let finding = Diagnostic::new(Expressions::ZeroDenominator { name }, place);
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// b/a with b not bounded by a, unless some line is written for ratios above 100 %.
    fn exceeds(&mut self, subject: &Expr, arms: &[Arm]) {
        let Term::Binary(BinaryOperator::Divide, over, under) = &subject.term else {
            return;
        };
        let (Term::Figure(top), Term::Figure(bottom)) = (&over.term, &under.term) else {
            return;
        };
        let above_one = arms.iter().any(|arm| match &arm.guard {
            Guard::Within(interval) => {
                let edges = [&interval.lower, &interval.upper];
                edges.into_iter().flatten().any(|edge| edge.at > Ratio::ONE)
            }
            Guard::Test(_) | Guard::Otherwise => false,
        });
        if above_one || subject.kind != Kind::Rate || self.ranges.bounded_by(*top, under) {
            return;
        }
        let figures = self.ranges.figures;
        if let (Some(numerator), Some(denominator)) = (figures.get(top.0), figures.get(bottom.0)) {
            let problem = Expressions::NumeratorExceeds {
                numerator: numerator.name.clone(),
                denominator: denominator.name.clone(),
            };
            self.findings.push(Diagnostic::new(problem, numerator.span));
        }
    }
}
