//! Sums and quotients of figures that bound each other, taken together: `(a - b) / a` lies between 0 and 1.
//!
//! Interval arithmetic takes each figure for itself and forgets that both stand above and below the line. Here an
//! expression is a quotient of two sums over figures, and its range is found over all figures at once, exactly.

use std::collections::BTreeMap;

use super::range::{Ranges, range};
use super::simplex::{Best, Corner, greatest};
use super::{Edge, Expr, Interval, Term};
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// At most so many figures (and other parts) are taken together.
const ATOMS: usize = 12;

/// A sum of multiples and a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sum {
    parts: BTreeMap<usize, Ratio>,
    number: Option<Ratio>,
}

/// One sum over another.
#[derive(Clone, Debug)]
struct Quotient {
    over: Sum,
    under: Sum,
}

impl Sum {
    fn number(value: Ratio) -> Self {
        Self { parts: BTreeMap::new(), number: Some(value) }
    }

    fn part(at: usize) -> Self {
        Self { parts: BTreeMap::from([(at, Ratio::ONE)]), number: None }
    }

    fn constant(&self) -> Ratio {
        self.number.clone().unwrap_or(Ratio::ZERO)
    }

    /// The number, if there is nothing else.
    fn alone(&self) -> Option<Ratio> {
        self.parts.is_empty().then(|| self.constant())
    }

    fn times(&self, factor: &Ratio) -> Self {
        let parts = self.parts.iter().map(|(at, part)| (*at, part * factor)).filter(|(_, part)| !part.is_zero());
        Self { parts: parts.collect(), number: Some(&self.constant() * factor) }
    }

    fn plus(&self, other: &Self) -> Self {
        let mut parts = self.parts.clone();
        for (at, part) in &other.parts {
            let sum = parts.get(at).map_or_else(|| part.clone(), |known| known + part);
            if sum.is_zero() {
                parts.remove(at);
            } else {
                parts.insert(*at, sum);
            }
        }
        Self { parts, number: Some(&self.constant() + &other.constant()) }
    }
}

/// What is left of a range once figures that are shared or bound each other are taken together.
pub(super) fn narrow(expr: &Expr, shape: Interval, ranges: &dyn Ranges) -> Interval {
    if shape.single().is_some() || shape.is_empty() || !connected(expr, ranges) {
        return shape;
    }
    let mut system = System { ranges, atoms: Vec::new(), closed: false };
    let Some(quotient) = system.quotient(expr) else {
        return shape;
    };
    if system.atoms.iter().any(|atom| atom.term == expr.bare().term) {
        return shape;
    }
    let found = system.extent(&quotient);
    match found {
        Some(found) => shape.intersect(&found),
        None => shape,
    }
}

/// Whether no figures whatever make all of some comparisons hold. What cannot be read as a sum is left out, so that no is
/// not known.
pub(super) fn excluded(compared: &[(Comparison, &Expr, &Expr)], ranges: &dyn Ranges) -> bool {
    let mut system = System { ranges, atoms: Vec::new(), closed: false };
    // Sums that are never above 0, and whether they are always below it.
    let mut rows = Vec::new();
    for (comparison, left, right) in compared {
        let (forth, back, strict) = match comparison {
            Comparison::Less => (true, false, true),
            Comparison::AtMost => (true, false, false),
            Comparison::Greater => (false, true, true),
            Comparison::AtLeast => (false, true, false),
            Comparison::Equal => (true, true, false),
            Comparison::Different => (false, false, false),
        };
        if forth {
            rows.extend(system.limit(left, right).map(|sum| (sum, strict)));
        }
        if back {
            rows.extend(system.limit(right, left).map(|sum| (sum, strict)));
        }
    }
    system.closed = true;
    rows.extend(system.limits().into_iter().map(|sum| (sum, false)));
    for (at, atom) in system.atoms.iter().enumerate() {
        let range = range(atom, ranges);
        let open = |edge: Option<Edge>| edge.filter(|edge| !edge.included);
        rows.extend(
            open(range.lower).map(|edge| (Sum::part(at).times(&-Ratio::ONE).plus(&Sum::number(edge.at)), true)),
        );
        rows.extend(open(range.upper).map(|edge| (Sum::part(at).plus(&Sum::number(-&edge.at)), true)));
    }
    let columns = Columns::new(&system.atoms, ranges);
    rows.extend(columns.limits.iter().map(|sum| (sum.clone(), false)));
    // One more column: the room, up to 1, that every comparison without its edge has left.
    let with_room = |sum: &Sum, room: Ratio| columns.row(sum).into_iter().chain(std::iter::once(room)).collect();
    let one = Sum::number(Ratio::ONE);
    let mut limits: Vec<Vec<Ratio>> =
        rows.iter().map(|(sum, strict)| with_room(sum, if *strict { Ratio::ONE } else { Ratio::ZERO })).collect();
    limits.push(with_room(&one.times(&-Ratio::ONE), Ratio::ONE));
    let (goal, unit) = (with_room(&Sum::default(), Ratio::ONE), with_room(&one, Ratio::ZERO));
    match greatest(&goal, &limits, &unit) {
        Best::At(room) => !room.is_positive(),
        Best::Nowhere => true,
        Best::Endless | Best::Unknown => false,
    }
}

/// Whether figures stand in an expression more than once, or are known to bound each other.
fn connected(expr: &Expr, ranges: &dyn Ranges) -> bool {
    let mut seen = Vec::new();
    let mut twice = false;
    expr.visit(&mut |inner| {
        if let Term::Figure(id) = inner.term {
            twice |= seen.contains(&id);
            seen.push(id);
        }
    });
    twice || (seen.len() > 1 && !ranges.orders().is_empty())
}

struct System<'a> {
    ranges: &'a dyn Ranges,
    atoms: Vec<Expr>,
    /// No parts but figures may be added any more: what is not known by now is of no use.
    closed: bool,
}

impl System<'_> {
    fn atom(&mut self, expr: &Expr) -> Option<Sum> {
        let expr = expr.bare();
        if let Some(at) = self.atoms.iter().position(|known| known.term == expr.term) {
            return Some(Sum::part(at));
        }
        if self.atoms.len() >= ATOMS || (self.closed && !matches!(expr.term, Term::Figure(_))) {
            return None;
        }
        self.atoms.push(expr.clone());
        Some(Sum::part(self.atoms.len().saturating_sub(1)))
    }

    fn whole(&mut self, expr: &Expr) -> Option<Quotient> {
        Some(Quotient { over: self.atom(expr)?, under: Sum::number(Ratio::ONE) })
    }

    fn quotient(&mut self, expr: &Expr) -> Option<Quotient> {
        let expr = expr.bare();
        match &expr.term {
            Term::Constant(value) => {
                Some(Quotient { over: Sum::number(value.clone()), under: Sum::number(Ratio::ONE) })
            }
            Term::Maximum => {
                let maximum = self.ranges.maximum().clone();
                Some(Quotient { over: Sum::number(maximum), under: Sum::number(Ratio::ONE) })
            }
            Term::Negate(inner) => {
                let inner = self.quotient(inner)?;
                Some(Quotient { over: inner.over.times(&-Ratio::ONE), under: inner.under })
            }
            Term::Binary(operator, left, right) => {
                let (one, other) = (self.quotient(left)?, self.quotient(right)?);
                match joined(*operator, &one, &other) {
                    Some(quotient) => Some(quotient),
                    // A sum of unlike quotients is a sum of parts.
                    None if matches!(operator, BinaryOperator::Add | BinaryOperator::Subtract) => {
                        let (one, other) = (self.whole(left)?, self.whole(right)?);
                        joined(*operator, &one, &other)
                    }
                    None => self.whole(expr),
                }
            }
            _ => self.whole(expr),
        }
    }

    /// All that a quotient can be.
    fn extent(&mut self, quotient: &Quotient) -> Option<Interval> {
        self.closed = true;
        let limits = self.limits();
        let one = Sum::number(Ratio::ONE);
        let columns = Columns::new(&self.atoms, self.ranges);
        let rows: Vec<Vec<Ratio>> = limits.iter().chain(&columns.limits).map(|limit| columns.row(limit)).collect();
        // The least, negated, and the greatest.
        let solve = |over: &Sum, under: &Sum| match Corner::new(&rows, &columns.row(under)) {
            Ok(corner) => {
                let (most, least) = corner.both_ways(&columns.row(over));
                (least, most)
            }
            Err(none) => (none.clone(), none),
        };
        let mut quotient = quotient.clone();
        if let Some(under) = quotient.under.alone() {
            quotient.over = quotient.over.times(&Ratio::ONE.checked_div(&under)?);
            quotient.under = one;
        } else if !self.never_negative(&quotient.under) {
            let (below, above) = solve(&quotient.under, &one);
            let positive = matches!(&below, Best::At(least) if !least.is_positive());
            let negative = matches!(&above, Best::At(most) if !most.is_positive());
            if negative && !positive {
                quotient =
                    Quotient { over: quotient.over.times(&-Ratio::ONE), under: quotient.under.times(&-Ratio::ONE) };
            } else if !positive {
                return None;
            }
        }
        let (below, above) = solve(&quotient.over, &quotient.under);
        let end = |best: Best| if let Best::At(value) = best { Some(value) } else { None };
        Some(Interval::closed(end(below).map(|least| -&least), end(above)))
    }

    /// The known orders that touch the parts, each as a sum that is never above 0.
    fn limits(&mut self) -> Vec<Sum> {
        let mut limits = Vec::new();
        let mut open = self.ranges.orders();
        // An order may bring in a figure that another order speaks of.
        loop {
            let (touching, apart): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|(lower, upper)| self.touches(lower) || self.touches(upper));
            if touching.is_empty() {
                return limits;
            }
            limits.extend(touching.iter().filter_map(|(lower, upper)| self.limit(lower, upper)));
            open = apart;
        }
    }

    fn touches(&self, expr: &Expr) -> bool {
        let mut found = false;
        expr.visit(&mut |inner| found |= self.atoms.iter().any(|atom| atom.term == inner.term));
        found
    }

    fn limit(&mut self, lower: &Expr, upper: &Expr) -> Option<Sum> {
        let before = self.atoms.len();
        let (Some(lower), Some(upper)) = (self.quotient(lower), self.quotient(upper)) else {
            self.atoms.truncate(before);
            return None;
        };
        match (lower.under.alone(), upper.under.alone()) {
            (Some(one), Some(other)) if one.is_positive() && other.is_positive() => {
                Some(lower.over.times(&other).plus(&upper.over.times(&-&one)))
            }
            // b/a at most 0,8 says that b is at most 0,8 × a, where a is never negative.
            (None, Some(other)) if other.is_positive() && self.never_negative(&lower.under) => {
                let limit = upper.over.alone()?.checked_div(&other)?;
                Some(lower.over.plus(&lower.under.times(&-&limit)))
            }
            (Some(one), None) if one.is_positive() && self.never_negative(&upper.under) => {
                let limit = lower.over.alone()?.checked_div(&one)?;
                Some(upper.under.times(&limit).plus(&upper.over.times(&-Ratio::ONE)))
            }
            _ => None,
        }
    }

    /// A sum of parts that are never negative, none taken away.
    fn never_negative(&self, sum: &Sum) -> bool {
        !sum.constant().is_negative()
            && sum.parts.iter().all(|(at, part)| {
                let least = self.atoms.get(*at).and_then(|atom| range(atom, self.ranges).lower);
                !part.is_negative() && least.is_some_and(|edge| !edge.at.is_negative())
            })
    }
}

/// The operation on two quotients, where the result is one again.
fn joined(operator: BinaryOperator, one: &Quotient, other: &Quotient) -> Option<Quotient> {
    match operator {
        BinaryOperator::Add | BinaryOperator::Subtract => {
            let sign = if operator == BinaryOperator::Add { Ratio::ONE } else { -Ratio::ONE };
            let right = other.over.times(&sign);
            if one.under == other.under {
                return Some(Quotient { over: one.over.plus(&right), under: one.under.clone() });
            }
            match (one.under.alone(), other.under.alone()) {
                (Some(a), Some(b)) => {
                    Some(Quotient { over: one.over.times(&b).plus(&right.times(&a)), under: Sum::number(&a * &b) })
                }
                // A number beside a quotient goes above its line.
                (Some(a), None) => {
                    let number = one.over.alone()?.checked_div(&a)?;
                    Some(Quotient { over: other.under.times(&number).plus(&right), under: other.under.clone() })
                }
                (None, Some(b)) => {
                    let number = right.alone()?.checked_div(&b)?;
                    Some(Quotient { over: one.over.plus(&one.under.times(&number)), under: one.under.clone() })
                }
                (None, None) => None,
            }
        }
        BinaryOperator::Multiply => {
            let (factor, rest) = match (number(one), number(other)) {
                (Some(factor), _) => (factor, other),
                (_, Some(factor)) => (factor, one),
                _ => return None,
            };
            Some(Quotient { over: rest.over.times(&factor), under: rest.under.clone() })
        }
        BinaryOperator::Divide => match (one.under.alone(), other.under.alone()) {
            (Some(a), Some(b)) => Some(Quotient { over: one.over.times(&b), under: other.over.times(&a) }),
            _ if one.under == other.under => Some(Quotient { over: one.over.clone(), under: other.over.clone() }),
            (None, Some(_)) => {
                let factor = Ratio::ONE.checked_div(&number(other)?)?;
                Some(Quotient { over: one.over.times(&factor), under: one.under.clone() })
            }
            _ => None,
        },
    }
}

fn number(quotient: &Quotient) -> Option<Ratio> {
    quotient.over.alone()?.checked_div(&quotient.under.alone()?)
}

/// How parts become variables that are never negative: each measured from an edge of its range, times a scale that the
/// denominator sets.
struct Columns {
    /// Of each part: its edge, the sign with which its column counts, and whether a second column goes the other way.
    edges: Vec<(Ratio, Ratio, bool)>,
    /// Upper edges of parts that are measured from their lower one.
    limits: Vec<Sum>,
}

impl Columns {
    fn new(atoms: &[Expr], ranges: &dyn Ranges) -> Self {
        let mut columns = Self { edges: Vec::new(), limits: Vec::new() };
        for (at, atom) in atoms.iter().enumerate() {
            let range = range(atom, ranges);
            let edge = match (range.lower, range.upper) {
                (Some(lower), upper) => {
                    if let Some(upper) = upper {
                        columns.limits.push(Sum::part(at).plus(&Sum::number(-&upper.at)));
                    }
                    (lower.at, Ratio::ONE, false)
                }
                (None, Some(upper)) => (upper.at, -Ratio::ONE, false),
                (None, None) => (Ratio::ZERO, Ratio::ONE, true),
            };
            columns.edges.push(edge);
        }
        columns
    }

    /// A sum over the columns: the scale first.
    fn row(&self, sum: &Sum) -> Vec<Ratio> {
        let mut scale = sum.constant();
        let mut row = vec![Ratio::ZERO];
        for (at, (edge, sign, both)) in self.edges.iter().enumerate() {
            let part = sum.parts.get(&at).cloned().unwrap_or(Ratio::ZERO);
            scale = &scale + &(&part * edge);
            let column = &part * sign;
            if *both {
                row.push(-&column);
            }
            row.push(column);
        }
        if let Some(first) = row.first_mut() {
            *first = scale;
        }
        row
    }
}
