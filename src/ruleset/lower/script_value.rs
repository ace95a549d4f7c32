//! What a script works out, as an expression over the leaf's figures: proved, explained and exact like any form.

use std::ops::Range;

use super::super::meaning::{Branch, Expr, FigureId, Interval, Kind, Term, Test, never_above, range};
use super::super::model::FigureKind;
use super::{LeafRanges, Scope};
use crate::diagnostic::Span;
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;
use crate::script::{Condition, Value};

/// The points that a script gives; nothing where only Rhai can work them out.
pub(super) fn points(value: &Value, block: Span, scope: &mut Scope<'_>) -> Option<Expr> {
    let mut lowering = Lowering { block, scope };
    Some(as_points(lowering.number(value)?))
}

/// A result is points, however it came about.
fn as_points(expr: Expr) -> Expr {
    let term = match expr.term {
        Term::Named(name, inner) => Term::Named(name, Box::new(as_points(*inner))),
        Term::If(branch) => {
            let Branch { then, otherwise, .. } = *branch.clone();
            Term::If(Box::new(Branch { then: as_points(then), otherwise: as_points(otherwise), ..*branch }))
        }
        term => term,
    };
    Expr { kind: Kind::Points, term }
}

struct Lowering<'a, 'b> {
    block: Span,
    scope: &'a mut Scope<'b>,
}

impl Lowering<'_, '_> {
    fn place(&self, at: &Range<usize>) -> Span {
        self.block.part(at.start, at.end.saturating_sub(at.start))
    }

    fn figure(&mut self, name: &str) -> Option<(FigureId, &FigureKind)> {
        let id = self.scope.named(name)?;
        self.scope.figures.get(id.0).map(|figure| (id, &figure.kind))
    }

    fn number(&mut self, value: &Value) -> Option<Expr> {
        Some(match value {
            Value::Number(number) => Expr::constant(Kind::Number, number.clone()),
            Value::Maximum => Expr::maximum(),
            Value::Figure(name) => match self.figure(name)? {
                (id, FigureKind::Number(kind)) => Expr { kind: *kind, term: Term::Figure(id) },
                _ => return None,
            },
            Value::Named(name, inner) => {
                let inner = self.number(inner)?;
                Expr { kind: inner.kind, term: Term::Named(name.clone(), Box::new(inner)) }
            }
            Value::Negate(inner) => {
                let inner = self.number(inner)?;
                match inner.term {
                    Term::Constant(value) => Expr::constant(inner.kind, -&value),
                    _ => Expr { kind: inner.kind, term: Term::Negate(Box::new(inner)) },
                }
            }
            Value::Binary(operator, left, right) => {
                let (left, right) = (self.number(left)?, self.number(right)?);
                let (left, right) = match operator {
                    BinaryOperator::Add | BinaryOperator::Subtract => alike(left, right),
                    BinaryOperator::Multiply | BinaryOperator::Divide => (left, right),
                };
                Expr::binary(kind(*operator, left.kind, right.kind), *operator, left, right)
            }
            Value::Least(parts) => {
                let parts = self.several(parts)?;
                Expr { kind: joined(&parts), term: Term::Least(parts) }
            }
            Value::Greatest(parts) => {
                let parts = self.several(parts)?;
                Expr { kind: joined(&parts), term: Term::Greatest(parts) }
            }
            Value::Clamp(parts) => {
                let [value, low, high] = &**parts;
                let (value, low, high) = (self.number(value)?, self.number(low)?, self.number(high)?);
                // Rhai stops where the floor lies above the cap; so it must be known never to.
                if !self.in_order(&low, &high) {
                    return None;
                }
                let (value, low) = alike(value, low);
                let raised = Expr { kind: value.kind, term: Term::Greatest(vec![value, low]) };
                let (raised, high) = alike(raised, high);
                Expr { kind: raised.kind, term: Term::Least(vec![raised, high]) }
            }
            Value::Round(inner, digits) => {
                let inner = self.number(inner)?;
                Expr { kind: inner.kind, term: Term::Round(Box::new(inner), *digits) }
            }
            Value::Absolute(inner) => {
                let inner = self.number(inner)?;
                Expr { kind: inner.kind, term: Term::Absolute(Box::new(inner)) }
            }
            Value::If(branch) => {
                let test = self.test(&branch.test, true)?;
                let (then, otherwise) = alike(self.number(&branch.then)?, self.number(&branch.otherwise)?);
                let kind = if then.kind == otherwise.kind { then.kind } else { Kind::Number };
                let (asked, then_at) = (self.place(&branch.asked), self.place(&branch.then_at));
                let otherwise_at = self.place(&branch.otherwise_at);
                let branch = Branch { test, asked, then, then_at, otherwise, otherwise_at };
                Expr { kind, term: Term::If(Box::new(branch)) }
            }
        })
    }

    fn several(&mut self, parts: &[Value]) -> Option<Vec<Expr>> {
        let mut parts = parts.iter().map(|part| self.number(part)).collect::<Option<Vec<_>>>()?;
        // A bare number among rates is a rate.
        if parts.iter().any(|part| part.kind == Kind::Rate) {
            parts.iter_mut().for_each(rate);
        }
        Some(parts)
    }

    fn in_order(&self, low: &Expr, high: &Expr) -> bool {
        let ranges =
            LeafRanges { figures: self.scope.figures.as_slice(), maximum: self.scope.maximum, subject: Interval::ALL };
        let apart = match (range(low, &ranges).upper, range(high, &ranges).lower) {
            (Some(low), Some(high)) => low.at <= high.at,
            _ => false,
        };
        apart || never_above(low, high, &ranges)
    }

    /// A condition, or its opposite.
    fn test(&mut self, condition: &Condition, holds: bool) -> Option<Test> {
        Some(match condition {
            Condition::Always(answer) => {
                if *answer == holds {
                    Test::All(Vec::new())
                } else {
                    Test::Any(Vec::new())
                }
            }
            Condition::Compare(comparison, left, right) => {
                let (left, right) = alike(self.number(left)?, self.number(right)?);
                let comparison: Comparison = if holds { *comparison } else { comparison.negated() };
                Test::Compare(comparison, left, right)
            }
            Condition::Answer(name) => match self.figure(name)? {
                (id, FigureKind::YesNo) => Test::Answer(id, holds),
                _ => return None,
            },
            Condition::Option { figure, option, at } => {
                let (id, FigureKind::Choice(_)) = self.figure(figure)? else {
                    return None;
                };
                let place = self.place(at);
                self.scope.option(id, option, holds, place)?
            }
            Condition::Not(inner) => self.test(inner, !holds)?,
            Condition::All(parts) => self.parts(parts, holds, holds)?,
            Condition::Any(parts) => self.parts(parts, holds, !holds)?,
        })
    }

    /// Several conditions joined; what always holds is left out of `all`, what never holds out of `any`.
    fn parts(&mut self, parts: &[Condition], holds: bool, all: bool) -> Option<Test> {
        let mut tests = Vec::new();
        for part in parts {
            match (self.test(part, holds)?, all) {
                (Test::All(inner), true) | (Test::Any(inner), false) => tests.extend(inner),
                (test, _) => tests.push(test),
            }
        }
        let settled = |test: &Test| match test {
            Test::All(inner) | Test::Any(inner) => inner.is_empty(),
            _ => false,
        };
        if let Some(at) = tests.iter().position(settled) {
            return Some(tests.swap_remove(at));
        }
        Some(match (tests.len(), all) {
            (1, _) => tests.swap_remove(0),
            (_, true) => Test::All(tests),
            (_, false) => Test::Any(tests),
        })
    }
}

/// Two sides, a bare number beside a rate read as one.
fn alike(mut left: Expr, mut right: Expr) -> (Expr, Expr) {
    if left.kind == Kind::Rate {
        rate(&mut right);
    } else if right.kind == Kind::Rate {
        rate(&mut left);
    }
    (left, right)
}

fn rate(expr: &mut Expr) {
    match &mut expr.term {
        Term::Constant(_) => expr.kind = Kind::Rate,
        Term::Named(_, inner) if matches!(inner.term, Term::Constant(_)) => {
            inner.kind = Kind::Rate;
            expr.kind = Kind::Rate;
        }
        _ => {}
    }
}

fn joined(parts: &[Expr]) -> Kind {
    let mut kinds = parts.iter().map(|part| part.kind).filter(|kind| *kind != Kind::Number);
    let Some(first) = kinds.next() else { return Kind::Number };
    if kinds.all(|kind| kind == first) { first } else { Kind::Number }
}

/// What an operation gives, as far as it matters for how it reads.
fn kind(operator: BinaryOperator, left: Kind, right: Kind) -> Kind {
    match operator {
        BinaryOperator::Add | BinaryOperator::Subtract => match (left, right) {
            (Kind::Date, Kind::Date) => Kind::Number,
            (one, other) if one == other => one,
            (Kind::Number, other) | (other, Kind::Number) => other,
            _ => Kind::Number,
        },
        BinaryOperator::Multiply => left.times(right),
        BinaryOperator::Divide => left.over(right),
    }
}

/// The form that could say the same as a script, if one could.
pub(super) fn form_would_do(points: &Expr) -> Option<crate::diagnostic::Both> {
    use crate::diagnostic::Both;
    let mut branches = false;
    let mut names = false;
    points.visit(&mut |inner| {
        branches |= matches!(inner.term, Term::If(_));
        names |= matches!(inner.term, Term::Named(..));
    });
    if !branches {
        return (!names).then(|| Both::new("`chấm theo công thức`", "`score by formula`"));
    }
    let mut ladder = Ladder { subject: None, one: true, flat: true, proportional: true };
    if !ladder.read(points) {
        return None;
    }
    match &ladder.subject {
        Some(subject) if ladder.one && ladder.proportional => match &subject.term {
            Term::Binary(BinaryOperator::Divide, over, under)
                if matches!(over.bare().term, Term::Figure(_)) && matches!(under.bare().term, Term::Figure(_)) =>
            {
                Some(Both::new("`chấm theo tỷ lệ`", "`score by rate`"))
            }
            Term::Figure(_) if ladder.flat => Some(Both::new("`chấm theo số lượng`", "`score by count`")),
            _ => ladder.conditions(),
        },
        _ => ladder.conditions(),
    }
}

/// A chain of conditions, and what stands at its ends.
struct Ladder {
    /// What is compared with a number, while it is always the same.
    subject: Option<Expr>,
    one: bool,
    /// Every end is a written award.
    flat: bool,
    /// Every end is a written award, or the maximum times the subject.
    proportional: bool,
}

impl Ladder {
    fn conditions(&self) -> Option<crate::diagnostic::Both> {
        let words = || crate::diagnostic::Both::new("`chấm theo điều kiện`", "`score by condition`");
        self.flat.then(words)
    }

    fn read(&mut self, expr: &Expr) -> bool {
        let Term::If(branch) = &expr.bare().term else {
            self.end(expr.bare());
            return self.flat || self.proportional;
        };
        self.test(&branch.test);
        self.read(&branch.then) && self.read(&branch.otherwise)
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Compare(_, left, right) => {
                let subject = match (&left.bare().term, &right.bare().term) {
                    (_, Term::Constant(_)) => left.bare(),
                    (Term::Constant(_), _) => right.bare(),
                    _ => {
                        self.one = false;
                        return;
                    }
                };
                match &self.subject {
                    Some(known) => self.one &= known.term == subject.term,
                    None => self.subject = Some(subject.clone()),
                }
            }
            Test::All(parts) => parts.iter().for_each(|part| self.test(part)),
            Test::Answer(..) | Test::Option { .. } | Test::Any(_) => self.one = false,
        }
    }

    fn end(&mut self, end: &Expr) {
        let written = |expr: &Expr| matches!(expr.bare().term, Term::Constant(_));
        let maximum = |expr: &Expr| expr.bare().term == Term::Maximum;
        let flat = written(end)
            || maximum(end)
            || match &end.term {
                Term::Binary(BinaryOperator::Multiply | BinaryOperator::Divide, one, other) => {
                    (maximum(one) && written(other)) || (written(one) && maximum(other))
                }
                _ => false,
            };
        let subject = |expr: &Expr| self.subject.as_ref().is_some_and(|known| known.term == expr.bare().term);
        let proportional = match &end.term {
            Term::Binary(BinaryOperator::Multiply, one, other) => {
                (maximum(one) && subject(other)) || (subject(one) && maximum(other))
            }
            _ => false,
        };
        self.flat &= flat;
        self.proportional &= flat || proportional;
    }
}

/// What the points can be at most is told by ratios; a limit of the script must be one number.
pub(super) fn limit(expr: &Expr, scope: &Scope<'_>) -> Option<Ratio> {
    let ranges = LeafRanges { figures: scope.figures.as_slice(), maximum: scope.maximum, subject: Interval::ALL };
    range(expr, &ranges).single().cloned()
}
