//! What is known where a condition holds: the figures and expressions it compares are narrower there.

use super::range::{Ranges, range};
use super::{Edge, Expr, FigureId, Interval, Kind, Term, Test};
use crate::language::tree::Comparison;
use crate::number::Ratio;

/// The ranges of a leaf where a condition holds (or does not).
pub struct Known<'a> {
    base: &'a dyn Ranges,
    within: Vec<(Expr, Interval)>,
    orders: Vec<(Expr, Expr)>,
    answers: Vec<(FigureId, bool)>,
    options: Vec<(FigureId, usize)>,
    not_options: Vec<(FigureId, usize)>,
    impossible: bool,
}

impl<'a> Known<'a> {
    /// Nothing more than the ranges below.
    pub fn nothing(base: &'a dyn Ranges) -> Self {
        let (within, orders, answers) = (Vec::new(), Vec::new(), Vec::new());
        let (options, not_options) = (Vec::new(), Vec::new());
        Self { base, within, orders, answers, options, not_options, impossible: false }
    }

    /// Where a condition holds, or where it does not.
    pub fn new(base: &'a dyn Ranges, test: &Test, holds: bool) -> Self {
        let mut known = Self::nothing(base);
        known.assume(test, holds);
        known
    }

    /// Whether no figures whatever are left.
    pub fn is_impossible(&self) -> bool {
        self.impossible
    }

    /// Takes a condition to hold, or not to hold.
    pub fn assume(&mut self, test: &Test, holds: bool) {
        match test {
            Test::Compare(comparison, left, right) => {
                let comparison = if holds { *comparison } else { comparison.negated() };
                self.compared(comparison, left, right);
                self.compared(comparison.flipped(), right, left);
            }
            Test::Answer(id, wanted) => {
                let says = *wanted == holds;
                self.impossible |= self.answer(*id) == Some(!says);
                self.answers.push((*id, says));
            }
            Test::Option { figure, option, is } => {
                if *is == holds {
                    self.impossible |= self.is_not(*figure, *option);
                    self.options.push((*figure, *option));
                } else {
                    self.impossible |= self.option(*figure) == Some(*option);
                    self.not_options.push((*figure, *option));
                }
            }
            Test::All(parts) if holds => parts.iter().for_each(|part| self.assume(part, true)),
            Test::Any(parts) if !holds => parts.iter().for_each(|part| self.assume(part, false)),
            // One of several: known only where the others cannot be.
            Test::All(parts) | Test::Any(parts) => {
                let open: Vec<&Test> = parts.iter().filter(|part| decides(part, self) != Some(!holds)).collect();
                match open.as_slice() {
                    [] => self.impossible = true,
                    [one] => self.assume(one, holds),
                    _ => {}
                }
            }
        }
    }

    /// Whether an option was said not to be chosen.
    fn excludes(&self, id: FigureId, option: usize) -> bool {
        self.not_options.contains(&(id, option)) || self.base.is_not(id, option)
    }

    /// What the left side can be, beside the right one.
    fn compared(&mut self, comparison: Comparison, left: &Expr, right: &Expr) {
        let other = range(right, self);
        let open = |edge: &Option<Edge>| edge.clone().map(|edge| Edge { included: false, ..edge });
        let within = match comparison {
            Comparison::Equal => other,
            Comparison::Less => Interval { lower: None, upper: open(&other.upper) },
            Comparison::AtMost => Interval { lower: None, upper: other.upper },
            Comparison::Greater => Interval { lower: open(&other.lower), upper: None },
            Comparison::AtLeast => Interval { lower: other.lower, upper: None },
            Comparison::Different => {
                // All but one number is told only where that one lies at an edge.
                let all = range(left, self);
                if other.single().is_some() { all.without(&other) } else { all }
            }
        };
        let left = left.bare();
        if matches!(comparison, Comparison::Equal | Comparison::Less | Comparison::AtMost) {
            self.orders.push((left.clone(), right.bare().clone()));
        }
        if matches!(left.term, Term::Constant(_) | Term::Maximum) {
            self.impossible |= range(left, self).intersect(&within).is_empty();
            return;
        }
        self.within.push((left.clone(), within));
        self.impossible |= range(left, self).is_empty();
    }
}

impl Ranges for Known<'_> {
    fn figure(&self, id: FigureId) -> Interval {
        self.base.figure(id)
    }

    fn maximum(&self) -> &Ratio {
        self.base.maximum()
    }

    fn subject(&self) -> Interval {
        self.base.subject()
    }

    fn limits(&self, id: FigureId) -> Vec<Expr> {
        self.base.limits(id)
    }

    fn above(&self, expr: &Expr) -> Vec<Expr> {
        let mut above = self.base.above(expr);
        let known = self.orders.iter().filter(|(lower, _)| lower.term == expr.term);
        above.extend(known.map(|(_, upper)| upper.clone()));
        above
    }

    fn orders(&self) -> Vec<(Expr, Expr)> {
        let mut orders = self.base.orders();
        orders.extend(self.orders.iter().cloned());
        orders
    }

    fn narrow(&self, expr: &Expr, all: Interval) -> Interval {
        let expr = expr.bare();
        let mut left = self.base.narrow(expr, all);
        for (known, within) in &self.within {
            if known.term == expr.term {
                left = left.intersect(within);
            }
        }
        let whole = matches!(expr.term, Term::Figure(_)) && matches!(expr.kind, Kind::Count | Kind::Date);
        if whole { left.whole() } else { left }
    }

    fn answer(&self, id: FigureId) -> Option<bool> {
        let own = self.answers.iter().find(|(known, _)| *known == id).map(|(_, answer)| *answer);
        own.or_else(|| self.base.answer(id))
    }

    fn option(&self, id: FigureId) -> Option<usize> {
        let own = self.options.iter().find(|(known, _)| *known == id).map(|(_, option)| *option);
        own.or_else(|| self.base.option(id)).or_else(|| {
            // The only one that is left.
            let mut left = (0..self.options(id)?).filter(|option| !self.excludes(id, *option));
            left.next().filter(|_| left.next().is_none())
        })
    }

    fn options(&self, id: FigureId) -> Option<usize> {
        self.base.options(id)
    }

    fn is_not(&self, id: FigureId, option: usize) -> bool {
        self.excludes(id, option) || self.option(id).is_some_and(|chosen| chosen != option)
    }
}

/// Whether a condition holds for all figures within their ranges, for none, or for some.
pub fn decides(test: &Test, ranges: &dyn Ranges) -> Option<bool> {
    match test {
        Test::Compare(comparison, left, right) => decided(*comparison, &range(left, ranges), &range(right, ranges)),
        Test::Answer(id, wanted) => ranges.answer(*id).map(|answer| answer == *wanted),
        Test::Option { figure, option, is } => match ranges.option(*figure) {
            Some(chosen) => Some((chosen == *option) == *is),
            None => ranges.is_not(*figure, *option).then_some(!*is),
        },
        Test::All(parts) => all(parts.iter().map(|part| decides(part, ranges))),
        Test::Any(parts) => all(parts.iter().map(|part| decides(part, ranges).map(|holds| !holds))).map(|none| !none),
    }
}

/// Whether all hold: one that does not is enough to say no.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut sure = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => sure = None,
        }
    }
    sure
}

/// Whether a comparison holds for all values of its sides, for none, or for some.
pub fn decided(comparison: Comparison, left: &Interval, right: &Interval) -> Option<bool> {
    let below = |one: &Interval, other: &Interval, strict: bool| match (&one.upper, &other.lower) {
        (Some(upper), Some(lower)) => {
            upper.at < lower.at || (upper.at == lower.at && !(strict && upper.included && lower.included))
        }
        _ => false,
    };
    let (holds, fails) = match comparison {
        Comparison::Less => (below(left, right, true), below(right, left, false)),
        Comparison::AtMost => (below(left, right, false), below(right, left, true)),
        Comparison::Greater => (below(right, left, true), below(left, right, false)),
        Comparison::AtLeast => (below(right, left, false), below(left, right, true)),
        Comparison::Equal | Comparison::Different => {
            let equal = left.single().is_some() && left.single() == right.single();
            let apart = left.intersect(right).is_empty();
            if comparison == Comparison::Equal { (equal, apart) } else { (apart, equal) }
        }
    };
    match (holds, fails) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}
