//! What an expression can be, whatever the figures are: exact interval arithmetic.

use std::cmp::Ordering;

use super::{Edge, Expr, FigureId, Interval, Term};
use crate::language::tree::BinaryOperator;
use crate::number::Ratio;

/// What figures, the maximum and the subject can be.
pub trait Ranges {
    /// The range of a figure.
    fn figure(&self, id: FigureId) -> Interval;
    /// The maximum of the leaf.
    fn maximum(&self) -> &Ratio;
    /// The range of the subject.
    fn subject(&self) -> Interval;
    /// Whether the first figure can never exceed the second.
    fn bounded_by(&self, figure: FigureId, bound: &Expr) -> bool;
}

/// The range of an expression.
pub fn range(expr: &Expr, ranges: &dyn Ranges) -> Interval {
    match &expr.term {
        Term::Constant(value) => Interval::point(value.clone()),
        Term::Figure(id) => ranges.figure(*id),
        Term::Maximum => Interval::point(ranges.maximum().clone()),
        Term::Subject => ranges.subject(),
        Term::Negate(inner) => negate(&range(inner, ranges)),
        Term::Binary(operator, left, right) => {
            let (over, under) = (range(left, ranges), range(right, ranges));
            match operator {
                BinaryOperator::Add => add(&over, &under),
                BinaryOperator::Subtract => add(&over, &negate(&under)),
                BinaryOperator::Multiply => multiply(&over, &under),
                BinaryOperator::Divide => {
                    let quotient = multiply(&over, &reciprocal(&under));
                    // b/a with b at most a: at most 1, whatever the two are.
                    match left.term {
                        Term::Figure(id) if ranges.bounded_by(id, right) && !below_zero(&under) => {
                            quotient.intersect(&Interval::closed(None, Some(Ratio::ONE)))
                        }
                        _ => quotient,
                    }
                }
            }
        }
        Term::Least(parts) => extreme(parts, ranges, Ordering::Less),
        Term::Greatest(parts) => extreme(parts, ranges, Ordering::Greater),
        Term::Round(inner, digits) => {
            let inner = range(inner, ranges);
            let round = |edge: Option<Edge>| edge.map(|edge| Edge { at: edge.at.round(*digits), included: true });
            Interval { lower: round(inner.lower), upper: round(inner.upper) }
        }
    }
}

fn below_zero(interval: &Interval) -> bool {
    interval.lower.as_ref().is_none_or(|edge| edge.at.is_negative())
}

/// An edge or an infinity, with its sign.
#[derive(Clone, Debug)]
enum End {
    Finite(Ratio, bool),
    Infinite(Ordering),
}

fn ends(interval: &Interval) -> (End, End) {
    let end = |edge: &Option<Edge>, infinity| match edge {
        Some(edge) => End::Finite(edge.at.clone(), edge.included),
        None => End::Infinite(infinity),
    };
    (end(&interval.lower, Ordering::Less), end(&interval.upper, Ordering::Greater))
}

fn edge(end: End) -> Option<Edge> {
    match end {
        End::Finite(at, included) => Some(Edge { at, included }),
        End::Infinite(_) => None,
    }
}

fn negate(interval: &Interval) -> Interval {
    let flip = |edge: &Option<Edge>| edge.as_ref().map(|edge| Edge { at: -&edge.at, included: edge.included });
    Interval { lower: flip(&interval.upper), upper: flip(&interval.lower) }
}

fn add(left: &Interval, right: &Interval) -> Interval {
    let sum = |one: &Option<Edge>, other: &Option<Edge>| match (one, other) {
        (Some(one), Some(other)) => Some(Edge { at: &one.at + &other.at, included: one.included && other.included }),
        _ => None,
    };
    Interval { lower: sum(&left.lower, &right.lower), upper: sum(&left.upper, &right.upper) }
}

fn times(left: &End, right: &End) -> End {
    let sign = |end: &End| match end {
        End::Finite(value, _) => value.cmp(&Ratio::ZERO),
        End::Infinite(sign) => *sign,
    };
    match (left, right) {
        (End::Finite(one, one_in), End::Finite(other, other_in)) => {
            // Zero times anything is reached whenever the zero itself is.
            let zero = (one.is_zero() && *one_in) || (other.is_zero() && *other_in);
            let included = zero || (*one_in && *other_in);
            End::Finite(one * other, included)
        }
        _ => match (sign(left), sign(right)) {
            (Ordering::Equal, _) | (_, Ordering::Equal) => End::Finite(Ratio::ZERO, true),
            (one, other) if one == other => End::Infinite(Ordering::Greater),
            _ => End::Infinite(Ordering::Less),
        },
    }
}

fn order(one: &End, other: &End) -> Ordering {
    match (one, other) {
        (End::Finite(one, _), End::Finite(other, _)) => one.cmp(other),
        (End::Infinite(one), End::Infinite(other)) => one.cmp(other),
        (End::Infinite(sign), _) => *sign,
        (_, End::Infinite(sign)) => sign.reverse(),
    }
}

/// The outermost of several ends; of equal ones, the included.
fn outermost(all: Vec<End>, wanted: Ordering) -> Option<End> {
    all.into_iter().reduce(|best, end| match order(&end, &best) {
        Ordering::Equal => match (best, end) {
            (End::Finite(at, one), End::Finite(_, other)) => End::Finite(at, one || other),
            (best, _) => best,
        },
        found if found == wanted => end,
        _ => best,
    })
}

fn multiply(left: &Interval, right: &Interval) -> Interval {
    let ((a, b), (c, d)) = (ends(left), ends(right));
    let products = || vec![times(&a, &c), times(&a, &d), times(&b, &c), times(&b, &d)];
    Interval {
        lower: outermost(products(), Ordering::Less).and_then(edge),
        upper: outermost(products(), Ordering::Greater).and_then(edge),
    }
}

/// 1/x over the interval without zero.
fn reciprocal(interval: &Interval) -> Interval {
    let invert = |edge: &Option<Edge>| match edge {
        Some(edge) => Ratio::ONE.checked_div(&edge.at).map(|at| Edge { at, included: edge.included }),
        None => Some(Edge { at: Ratio::ZERO, included: false }),
    };
    let positive = interval.lower.as_ref().is_some_and(|edge| !edge.at.is_negative());
    let negative = interval.upper.as_ref().is_some_and(|edge| !edge.at.is_positive());
    if positive || negative {
        Interval { lower: invert(&interval.upper), upper: invert(&interval.lower) }
    } else {
        Interval::ALL
    }
}

fn extreme(parts: &[Expr], ranges: &dyn Ranges, wanted: Ordering) -> Interval {
    parts
        .iter()
        .map(|part| range(part, ranges))
        .reduce(|one, other| {
            let pick = |mine: End, theirs: End| {
                let order = order(&mine, &theirs);
                if order == wanted || order == Ordering::Equal { mine } else { theirs }
            };
            let ((a, b), (c, d)) = (ends(&one), ends(&other));
            Interval { lower: edge(pick(a, c)), upper: edge(pick(b, d)) }
        })
        .unwrap_or(Interval::ALL)
}
