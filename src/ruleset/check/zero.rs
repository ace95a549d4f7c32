//! Denominators that can be zero need their "no case arose" line; numerators that may exceed are told.

use super::super::lower::LeafRanges;
use super::super::meaning::{Arm, Expr, Guard, Interval, Kind, Meaning, Outcome, Term, Test, range};
use super::super::model::{Leaf, Scoring};
use super::super::origin::Origin;
use crate::diagnostic::{Both, Diagnostic, Expressions, Span};
use crate::language::tree::BinaryOperator;
use crate::number::Ratio;

/// Checks every division of a leaf.
pub(super) fn check(leaf: &Leaf, form: Span, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    let Scoring::Declared(_, meaning) = &leaf.scoring else {
        return;
    };
    let mut guards: Vec<&Expr> = Vec::new();
    for rule in &leaf.not_applicable {
        zeros(&rule.test, &mut guards);
    }
    let mut divisions = Divisions { ranges, findings };
    for figure in &leaf.figures {
        if let Origin::Worked(expr) = &figure.origin {
            divisions.check(expr, &guards, figure.span);
        }
    }
    match meaning {
        Meaning::Cases { subject, arms } => {
            if let Some(subject) = subject {
                // Conditions beside bands are looked at before the subject is.
                let mut before = guards.clone();
                for arm in arms {
                    if let Guard::Test(test) = &arm.guard {
                        zeros(test, &mut before);
                    }
                }
                divisions.check(subject, &before, form);
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
            divisions.check(expr, &guards, form);
        }
    }
}

/// The expressions whose being zero makes a test hold.
fn zeros<'a>(test: &'a Test, into: &mut Vec<&'a Expr>) {
    match test {
        Test::Compare(comparison, left, right) => match (&left.term, &right.term) {
            (_, Term::Constant(at)) if comparison.holds(Ratio::ZERO.cmp(at)) => into.push(left),
            (Term::Constant(at), _) if comparison.holds(at.cmp(&Ratio::ZERO)) => into.push(right),
            _ => {}
        },
        Test::Any(parts) => parts.iter().for_each(|part| zeros(part, into)),
        Test::Answer(..) | Test::Option { .. } | Test::All(_) => {}
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
        if self.never_zero(under, guards) {
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

    /// Whether an expression is zero nowhere, or only where a line above has decided.
    fn never_zero(&self, expr: &Expr, guards: &[&Expr]) -> bool {
        let possible = range(expr, self.ranges);
        if !possible.contains(&Ratio::ZERO) || guards.iter().any(|guard| guard.term == expr.term) {
            return true;
        }
        let negative = |part: &Expr| range(part, self.ranges).lower.is_none_or(|edge| edge.at.is_negative());
        match &expr.term {
            // A sum of what is never negative is zero only where all of it is.
            Term::Binary(BinaryOperator::Add, one, other) if !negative(one) && !negative(other) => {
                self.never_zero(one, guards) || self.never_zero(other, guards)
            }
            Term::Binary(BinaryOperator::Multiply, one, other) => {
                self.never_zero(one, guards) && self.never_zero(other, guards)
            }
            _ => false,
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
        let above = |possible: &Interval| possible.upper.as_ref().is_none_or(|edge| edge.at > Ratio::ONE);
        if above_one || subject.kind != Kind::Rate || !above(&range(subject, self.ranges)) {
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
