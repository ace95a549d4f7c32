//! The meaning of a leaf in big rationals and nothing else: written for reading, not for speed.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed as _;
use tieuchi::language::tree::BinaryOperator;
use tieuchi::number::Ratio;
use tieuchi::ruleset::meaning::{Expr, FigureId, Guard, Interval, Meaning, Outcome, Term, Test};
use tieuchi::ruleset::{Figure, Leaf, Origin, PerRow, Scoring, Take, Told};
use tieuchi::submission::{Row, Value};

pub(crate) fn big(ratio: &Ratio) -> BigRational {
    let part = |text: String| text.parse::<BigInt>().unwrap();
    BigRational::new(part(ratio.numerator_text()), part(ratio.denominator_text()))
}

/// To so many digits, half away from zero.
pub(crate) fn rounded(value: &BigRational, digits: u32) -> BigRational {
    let power = BigRational::from(BigInt::from(10).pow(digits));
    let half = BigRational::new(1.into(), 2.into());
    let size = (value.abs() * &power + half).floor() / power;
    if value.is_negative() { -size } else { size }
}

/// What a leaf comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Came {
    Points(BigRational),
    Out,
    Unscored,
}

/// A leaf, or a row of it, with all values that it reads.
pub(crate) struct Naive<'a> {
    pub(crate) values: &'a BTreeMap<FigureId, Value>,
    pub(crate) figures: &'a [Figure],
    pub(crate) maximum: BigRational,
    subject: Option<BigRational>,
}

impl<'a> Naive<'a> {
    pub(crate) fn new(leaf: &'a Leaf, values: &'a BTreeMap<FigureId, Value>, maximum: BigRational) -> Self {
        Self { values, figures: &leaf.figures, maximum, subject: None }
    }

    /// What the leaf comes to, other heads left aside.
    pub(crate) fn leaf(&mut self, leaf: &Leaf) -> Came {
        if let Some(rule) = leaf.not_applicable.iter().find(|rule| self.holds(&rule.test)) {
            return self.line(&rule.outcome);
        }
        match &leaf.scoring {
            Scoring::Declared(_, meaning) => self.meaning(meaning),
            Scoring::PerRow(rule) => self.rows(rule),
            other => panic!("{other:?} has no meaning of its own"),
        }
    }

    /// A figure as it is stated, or as it follows from what is.
    fn value(&self, id: FigureId) -> Value {
        if let Some(value) = self.values.get(&id) {
            return value.clone();
        }
        match &self.figures[id.0].origin {
            Origin::Worked(expr) => number(&self.work(expr)),
            Origin::Rows(over) => self.told(&over.told, self.list(over.list)),
            other => panic!("{other:?} is not stated"),
        }
    }

    fn list(&self, id: FigureId) -> &'a [Row] {
        let Value::Rows(rows) = &self.values[&id] else { panic!("rows") };
        rows
    }

    fn told(&self, told: &Told, rows: &'a [Row]) -> Value {
        let of =
            |row: &'a Row| Naive { values: &row.cells, figures: &[], maximum: self.maximum.clone(), subject: None };
        let worked = |expr: &Expr| rows.iter().map(|row| of(row).work(expr)).collect::<Vec<_>>();
        let held = |test: &Test| rows.iter().filter(|row| of(row).holds(test)).count();
        match told {
            Told::Sum(expr) => number(&worked(expr).into_iter().sum()),
            Told::Least(expr) => number(worked(expr).iter().min().unwrap()),
            Told::Greatest(expr) => number(worked(expr).iter().max().unwrap()),
            Told::Count(None) => number(&BigRational::from(BigInt::from(rows.len()))),
            Told::Count(Some(test)) => number(&BigRational::from(BigInt::from(held(test)))),
            Told::All(test) => Value::YesNo(held(test) == rows.len()),
            Told::Any(test) => Value::YesNo(held(test) > 0),
        }
    }

    fn rows(&self, rule: &PerRow) -> Came {
        let mut counted = Vec::new();
        for row in self.list(rule.list) {
            let mut one = Naive::new(&rule.row, &row.cells, self.maximum.clone());
            if let Came::Points(points) = one.leaf(&rule.row) {
                let weight = match &rule.take {
                    Take::Weighted(weight) => one.work(weight),
                    Take::Lowest | Take::Mean => BigRational::from(BigInt::from(1)),
                };
                counted.push((points, weight));
            }
        }
        if counted.is_empty() {
            return self.line(&rule.none_left.as_ref().unwrap().0);
        }
        Came::Points(match rule.take {
            Take::Lowest => counted.into_iter().map(|(points, _)| points).min().unwrap(),
            Take::Mean | Take::Weighted(_) => {
                let all: BigRational = counted.iter().map(|(_, weight)| weight).sum();
                counted.iter().map(|(points, weight)| points * weight).sum::<BigRational>() / all
            }
        })
    }

    pub(crate) fn work(&self, expr: &Expr) -> BigRational {
        match &expr.term {
            Term::Constant(value) => big(value),
            Term::Figure(id) => match self.value(*id) {
                Value::Number(value) => big(&value),
                other => panic!("{other:?} is no number"),
            },
            Term::Maximum => self.maximum.clone(),
            Term::Subject => self.subject.clone().unwrap(),
            Term::Negate(inner) => -self.work(inner),
            Term::Binary(operator, left, right) => {
                let (left, right) = (self.work(left), self.work(right));
                match operator {
                    BinaryOperator::Add => left + right,
                    BinaryOperator::Subtract => left - right,
                    BinaryOperator::Multiply => left * right,
                    BinaryOperator::Divide => left / right,
                }
            }
            Term::Least(parts) => parts.iter().map(|part| self.work(part)).min().unwrap(),
            Term::Greatest(parts) => parts.iter().map(|part| self.work(part)).max().unwrap(),
            Term::Round(inner, digits) => rounded(&self.work(inner), *digits),
            Term::Floor(inner) => self.work(inner).floor(),
            Term::Absolute(inner) => self.work(inner).abs(),
            Term::Named(_, inner) => self.work(inner),
            Term::If(branch) => self.work(if self.holds(&branch.test) { &branch.then } else { &branch.otherwise }),
        }
    }

    pub(crate) fn holds(&self, test: &Test) -> bool {
        match test {
            Test::Compare(comparison, left, right) => comparison.holds(self.work(left).cmp(&self.work(right))),
            // A date says that it was done.
            Test::Answer(id, wanted) => match self.value(*id) {
                Value::Number(_) => *wanted,
                answer => answer == Value::YesNo(*wanted),
            },
            Test::Option { figure, option, is } => (self.value(*figure) == Value::Option(*option)) == *is,
            Test::All(parts) => parts.iter().all(|part| self.holds(part)),
            Test::Any(parts) => parts.iter().any(|part| self.holds(part)),
        }
    }

    fn within(&self, interval: &Interval) -> bool {
        let subject = self.subject.as_ref().unwrap();
        let above = interval
            .lower
            .as_ref()
            .is_none_or(|edge| *subject > big(&edge.at) || (edge.included && *subject == big(&edge.at)));
        let below = interval
            .upper
            .as_ref()
            .is_none_or(|edge| *subject < big(&edge.at) || (edge.included && *subject == big(&edge.at)));
        above && below
    }

    pub(crate) fn line(&self, line: &Outcome) -> Came {
        match line {
            Outcome::Points(expr) => Came::Points(self.work(expr)),
            Outcome::OutOfScale => Came::Out,
            Outcome::Unscored => Came::Unscored,
        }
    }

    fn meaning(&mut self, meaning: &Meaning) -> Came {
        match meaning {
            Meaning::Cases { subject, arms } => {
                // What a line beside the bands decides is decided before there is anything to look at.
                let first = arms.iter().find(|arm| matches!(&arm.guard, Guard::Test(test) if self.holds(test)));
                if let (Some(arm), true) = (first, subject.is_some()) {
                    return self.line(&arm.outcome);
                }
                self.subject = subject.as_ref().map(|subject| self.work(subject));
                let arm = arms.iter().find(|arm| match &arm.guard {
                    Guard::Test(test) => self.holds(test),
                    Guard::Within(interval) => self.within(interval),
                    Guard::Otherwise => true,
                });
                self.line(&arm.unwrap().outcome)
            }
            Meaning::Sum(sum) => {
                let held = sum.parts.iter().filter(|part| self.holds(&part.test));
                let sum_of: BigRational = held.map(|part| self.work(&part.award)).sum();
                Came::Points(self.limited(sum_of, sum.floor.as_ref(), sum.cap.as_ref()))
            }
            Meaning::Value { expr, floor, cap, .. } => {
                Came::Points(self.limited(self.work(expr), floor.as_ref(), cap.as_ref()))
            }
        }
    }

    fn limited(&self, value: BigRational, floor: Option<&Expr>, cap: Option<&Expr>) -> BigRational {
        let capped = cap.map_or(value.clone(), |cap| value.min(self.work(cap)));
        floor.map_or(capped.clone(), |floor| capped.max(self.work(floor)))
    }
}

fn number(value: &BigRational) -> Value {
    let part = |part: &BigInt| part.to_string().parse::<i128>().unwrap();
    Value::Number(Ratio::new(part(value.numer()), part(value.denom())).unwrap())
}
