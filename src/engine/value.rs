//! The evaluator: expression trees to exact values, keeping every step.

use std::collections::BTreeMap;

use super::derived;
use super::reason::{Chosen, Failure, LackingCell, Step, Tested, Working};
use crate::language::tree::BinaryOperator;
use crate::number::Ratio;
use crate::ruleset::Leaf;
use crate::ruleset::meaning::{Expr, FigureId, Term, Test};
use crate::submission::Value;

/// What an expression may read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    pub(super) values: &'a BTreeMap<FigureId, Value>,
    pub(super) maximum: &'a Ratio,
    pub(super) subject: Option<&'a Ratio>,
    /// The leaf that they are of, where some of them are worked out before anything is asked.
    pub(super) leaf: Option<&'a Leaf>,
}

/// Why an expression has no value: a figure is missing, or the rule fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoValue {
    Missing(FigureId),
    /// Cells of a list are empty.
    Cells(FigureId, Vec<LackingCell>),
    Failed(Failure),
}

impl Given<'_> {
    /// The exact value of an expression, with its steps.
    pub(super) fn work(&self, expr: &Expr) -> Result<Working, NoValue> {
        let (value, step) = match &expr.term {
            Term::Constant(value) => (value.clone(), Step::Constant),
            Term::Figure(id) => match self.values.get(id) {
                Some(Value::Number(value)) => (value.clone(), Step::Figure(*id)),
                _ => return Err(NoValue::Missing(*id)),
            },
            Term::Maximum => (self.maximum.clone(), Step::Maximum),
            Term::Subject => {
                let subject = self.subject.ok_or(NoValue::Failed(Failure::NoLine))?;
                (subject.clone(), Step::Subject)
            }
            Term::Negate(inner) => {
                let inner = self.work(inner)?;
                (-&inner.value, Step::Negate(Box::new(inner)))
            }
            Term::Binary(operator, left, right) => {
                let (left, right) = (self.work(left)?, self.work(right)?);
                let value = apply(*operator, &left.value, &right.value)?;
                (value, Step::Binary(*operator, Box::new(left), Box::new(right)))
            }
            Term::Least(parts) => {
                let parts = self.all(parts)?;
                (extreme(&parts, Iterator::min)?, Step::Least(parts))
            }
            Term::Greatest(parts) => {
                let parts = self.all(parts)?;
                (extreme(&parts, Iterator::max)?, Step::Greatest(parts))
            }
            Term::Round(inner, digits) => {
                let inner = self.work(inner)?;
                (inner.value.round(*digits), Step::Round(Box::new(inner), *digits))
            }
            Term::Floor(inner) => {
                let inner = self.work(inner)?;
                (inner.value.floor(), Step::Floor(Box::new(inner)))
            }
            Term::Absolute(inner) => {
                let inner = self.work(inner)?;
                (inner.value.abs(), Step::Absolute(Box::new(inner)))
            }
            Term::Named(name, inner) => {
                let inner = self.work(inner)?;
                (inner.value.clone(), Step::Named(name.clone(), Box::new(inner)))
            }
            Term::If(branch) => {
                let (held, test) = self.test(&branch.test)?;
                let (value, line) =
                    if held { (&branch.then, branch.then_at) } else { (&branch.otherwise, branch.otherwise_at) };
                let gives = self.work(value)?;
                (gives.value.clone(), Step::If(Box::new(Chosen { held, test, gives, asked: branch.asked, line })))
            }
        };
        Ok(Working { kind: expr.kind, value, step })
    }

    fn all(&self, parts: &[Expr]) -> Result<Vec<Working>, NoValue> {
        parts.iter().map(|part| self.work(part)).collect()
    }

    /// Whether a condition holds, with the values that decided it.
    pub(super) fn test(&self, test: &Test) -> Result<(bool, Tested), NoValue> {
        Ok(match test {
            Test::Compare(comparison, left, right) => {
                let (left, right) = (self.work(left)?, self.work(right)?);
                let holds = comparison.holds(left.value.cmp(&right.value));
                (holds, Tested::Compare(*comparison, left, right))
            }
            Test::Answer(id, wanted) => match self.values.get(id) {
                Some(Value::YesNo(stated)) => {
                    (stated == wanted, Tested::Answer { figure: *id, wanted: *wanted, stated: *stated })
                }
                // A date says that it was done.
                Some(Value::Number(_)) => (*wanted, Tested::Answer { figure: *id, wanted: *wanted, stated: true }),
                _ => return Err(NoValue::Missing(*id)),
            },
            Test::Option { figure, option, is } => match self.values.get(figure) {
                Some(Value::Option(stated)) => {
                    let tested = Tested::Option { figure: *figure, wanted: *option, is: *is, stated: *stated };
                    ((stated == option) == *is, tested)
                }
                _ => return Err(NoValue::Missing(*figure)),
            },
            Test::All(parts) => {
                let parts = self.tests(parts, false, |part| self.test(part))?;
                (parts.iter().all(|(holds, _)| *holds), Tested::All(only(parts)))
            }
            Test::Any(parts) => {
                let parts = self.tests(parts, true, |part| self.test(part))?;
                let holds = parts.iter().any(|(holds, _)| *holds);
                (holds, Tested::Any(only(deciding(parts, holds))))
            }
        })
    }

    /// What makes a condition of a line `không phát sinh` hold, or nothing. A comparison with a day that is stated to be
    /// none does not hold, and the lines below are looked at.
    pub(super) fn case(&self, test: &Test) -> Result<Option<Tested>, NoValue> {
        self.came(test).map(|(holds, tested)| tested.filter(|_| holds))
    }

    /// Whether such a condition holds; nothing is told of a comparison with a day that never came.
    fn came(&self, test: &Test) -> Result<(bool, Option<Tested>), NoValue> {
        let never = |day: &FigureId| matches!(self.values.get(day), Some(Value::YesNo(false)));
        let told = |parts: Vec<(bool, Option<Tested>)>| parts.into_iter().filter_map(|(_, tested)| tested).collect();
        match test {
            Test::All(parts) => {
                let parts = self.tests(parts, false, |part| self.came(part))?;
                Ok((parts.iter().all(|(holds, _)| *holds), Some(Tested::All(told(parts)))))
            }
            Test::Any(parts) => {
                let parts = self.tests(parts, true, |part| self.came(part))?;
                let holds = parts.iter().any(|(holds, _)| *holds);
                Ok((holds, Some(Tested::Any(told(deciding(parts, holds))))))
            }
            Test::Compare(..) | Test::Answer(..) | Test::Option { .. } => match self.test(test) {
                Ok((holds, tested)) => Ok((holds, Some(tested))),
                Err(NoValue::Missing(day)) if never(&day) => Ok((false, None)),
                Err(none) => Err(none),
            },
        }
    }

    /// Whether nothing is missing: there is no such value, as of no rows.
    pub(super) fn never_has(&self, none: &NoValue) -> bool {
        match none {
            NoValue::Failed(_) => true,
            NoValue::Missing(figure) => self.leaf.is_some_and(|leaf| derived::never_has(leaf, *figure, self.values)),
            NoValue::Cells(..) => false,
        }
    }

    /// The parts of a condition; one that comes out as `settles` settles the whole, and what cannot be worked out after it
    /// is not needed: `b > 0 và a / b > 2` is false for b = 0. What is missing is asked for all the same.
    fn tests<T>(
        &self,
        parts: &[Test],
        settles: bool,
        work: impl Fn(&Test) -> Result<(bool, T), NoValue>,
    ) -> Result<Vec<(bool, T)>, NoValue> {
        let mut tested: Vec<(bool, T)> = Vec::with_capacity(parts.len());
        for part in parts {
            match work(part) {
                Ok(part) => tested.push(part),
                Err(none) if tested.iter().any(|(holds, _)| *holds == settles) && self.never_has(&none) => {}
                Err(no_value) => return Err(no_value),
            }
        }
        Ok(tested)
    }
}

/// Of parts of which one is enough those that hold, where one does: only they decided.
fn deciding<T>(mut parts: Vec<(bool, T)>, holds: bool) -> Vec<(bool, T)> {
    parts.retain(|(part, _)| *part == holds);
    parts
}

fn only(parts: Vec<(bool, Tested)>) -> Vec<Tested> {
    parts.into_iter().map(|(_, tested)| tested).collect()
}

fn apply(operator: BinaryOperator, left: &Ratio, right: &Ratio) -> Result<Ratio, NoValue> {
    match operator {
        BinaryOperator::Add => Ok(left + right),
        BinaryOperator::Subtract => Ok(left - right),
        BinaryOperator::Multiply => Ok(left * right),
        BinaryOperator::Divide => left.checked_div(right).ok_or(NoValue::Failed(Failure::DivisionByZero)),
    }
}

fn extreme<'a>(
    parts: &'a [Working],
    pick: impl FnOnce(std::iter::Map<std::slice::Iter<'a, Working>, fn(&'a Working) -> &'a Ratio>) -> Option<&'a Ratio>,
) -> Result<Ratio, NoValue> {
    let value: fn(&Working) -> &Ratio = |part| &part.value;
    pick(parts.iter().map(value)).cloned().ok_or(NoValue::Failed(Failure::NoLine))
}
