//! What an expression can be, whatever the figures are: exact interval arithmetic.

use std::cmp::Ordering;

use super::known::{Known, decides};
use super::{Edge, Expr, FigureId, Interval, Term, linear};
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
    /// What a figure never exceeds.
    fn limits(&self, id: FigureId) -> Vec<Expr>;

    /// What an expression never exceeds, whatever its shape tells.
    fn above(&self, expr: &Expr) -> Vec<Expr> {
        if let Term::Figure(id) = expr.bare().term { self.limits(id) } else { Vec::new() }
    }

    /// Every order that is known: the first is never above the second.
    fn orders(&self) -> Vec<(Expr, Expr)> {
        Vec::new()
    }

    /// What is left of a range after all that is known of this very expression.
    fn narrow(&self, _: &Expr, range: Interval) -> Interval {
        range
    }

    /// What a yes/no figure is known to say.
    fn answer(&self, _: FigureId) -> Option<bool> {
        None
    }

    /// What a choice is known to be.
    fn option(&self, _: FigureId) -> Option<usize> {
        None
    }

    /// How many options a choice has.
    fn options(&self, _: FigureId) -> Option<usize> {
        None
    }

    /// Whether a choice is known not to be an option.
    fn is_not(&self, id: FigureId, option: usize) -> bool {
        self.option(id).is_some_and(|chosen| chosen != option)
    }
}

/// The range of an expression.
pub fn range(expr: &Expr, ranges: &dyn Ranges) -> Interval {
    let shape = shape(expr, ranges);
    let shape = match &expr.term {
        // Figures that a sum or a quotient shares, or that bound each other, leave less than each alone would.
        Term::Binary(..) => linear::narrow(expr, shape, ranges),
        _ => shape,
    };
    ranges.narrow(expr, shape)
}

/// The range as the parts tell, each taken for itself.
fn shape(expr: &Expr, ranges: &dyn Ranges) -> Interval {
    match &expr.term {
        Term::Constant(value) => Interval::point(value.clone()),
        Term::Figure(id) => ranges.figure(*id),
        Term::Maximum => Interval::point(ranges.maximum().clone()),
        Term::Subject => ranges.subject(),
        Term::Negate(inner) => negate(&range(inner, ranges)),
        Term::Binary(BinaryOperator::Divide, left, right) => quotient(left, right, ranges),
        Term::Binary(operator, left, right) => {
            let (one, other) = (range(left, ranges), range(right, ranges));
            match operator {
                BinaryOperator::Add => add(&one, &other),
                BinaryOperator::Multiply => product(&one, &other),
                BinaryOperator::Subtract | BinaryOperator::Divide => {
                    let mut difference = add(&one, &negate(&other));
                    if never_above(right, left, ranges) {
                        difference = difference.intersect(&Interval::closed(Some(Ratio::ZERO), None));
                    }
                    if never_above(left, right, ranges) {
                        difference = difference.intersect(&Interval::closed(None, Some(Ratio::ZERO)));
                    }
                    difference
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
        Term::Floor(inner) => floor(&range(inner, ranges)),
        Term::Absolute(inner) => {
            let inner = range(inner, ranges);
            let (above, below) = (inner.intersect(&at_least_zero()), negate(&inner).intersect(&at_least_zero()));
            above.hull(&below)
        }
        Term::Named(_, inner) => range(inner, ranges),
        Term::If(branch) => {
            let side = |holds: bool| {
                let known = Known::new(ranges, &branch.test, holds);
                let value = if holds { &branch.then } else { &branch.otherwise };
                if known.is_impossible() { Interval::none() } else { range(value, &known) }
            };
            match decides(&branch.test, ranges) {
                Some(holds) => side(holds),
                None => side(true).hull(&side(false)),
            }
        }
    }
}

fn at_least_zero() -> Interval {
    Interval::closed(Some(Ratio::ZERO), None)
}

/// The whole numbers below what lies in an interval.
fn floor(inner: &Interval) -> Interval {
    let whole = |at: Ratio| Edge { at, included: true };
    let below = |edge: &Edge| {
        let at = edge.at.floor();
        // An edge that is never reached leaves the whole number before it.
        if at == edge.at && !edge.included { &at - &Ratio::ONE } else { at }
    };
    Interval {
        lower: inner.lower.as_ref().map(|edge| whole(edge.at.floor())),
        upper: inner.upper.as_ref().map(|edge| whole(below(edge))),
    }
}

/// How many steps a proof that one expression is never above another may take.
const STEPS: usize = 6;

/// A quotient; a written factor of the numerator is taken out first, so that `2 * b / a` is as sharp as `b / a`.
fn quotient(left: &Expr, right: &Expr, ranges: &dyn Ranges) -> Interval {
    let mut factor = Interval::point(Ratio::ONE);
    let mut over = left.bare();
    while let Term::Binary(BinaryOperator::Multiply, one, other) = &over.term {
        let (written, rest) = match (&one.bare().term, &other.bare().term) {
            (Term::Constant(_) | Term::Maximum, _) => (one, other),
            (_, Term::Constant(_) | Term::Maximum) => (other, one),
            _ => break,
        };
        factor = product(&factor, &range(written, ranges));
        over = rest.bare();
    }
    let under = range(right, ranges);
    let mut quotient = product(&range(over, ranges), &reciprocal(&under));
    if let Term::Binary(BinaryOperator::Subtract, one, other) = &over.term {
        // Growth over its own base: (x − b)/b is x/b − 1, and (b − x)/b is 1 − x/b.
        let whole = Interval::point(Ratio::ONE);
        if other.term == right.term {
            let growth = add(&self::quotient(one, right, ranges), &negate(&whole));
            quotient = quotient.intersect(&growth);
        } else if one.term == right.term {
            let growth = add(&whole, &negate(&self::quotient(other, right, ranges)));
            quotient = quotient.intersect(&growth);
        }
    }
    if under.lower.as_ref().is_some_and(|edge| !edge.at.is_negative()) {
        // b/a with b at most a: at most 1, whatever the two are.
        if never_above(over, right, ranges) {
            quotient = quotient.intersect(&Interval::closed(None, Some(Ratio::ONE)));
        }
        if never_above(right, over, ranges) {
            quotient = quotient.intersect(&Interval::closed(Some(Ratio::ONE), None));
        }
    }
    product(&factor, &quotient)
}

/// Whether the first expression is never above the second, as far as their shape and the figures' limits tell.
pub fn never_above(left: &Expr, right: &Expr, ranges: &dyn Ranges) -> bool {
    Orders { ranges, failed: Vec::new() }.stays_below(left, right, STEPS)
}

/// What has been tried in vain in the course of one proof: figures that many bounds lead to are not tried anew.
struct Orders<'a> {
    ranges: &'a dyn Ranges,
    /// Two expressions and the steps that did not suffice.
    failed: Vec<(Term, Term, usize)>,
}

/// A proof that takes more tries than this is given up: what is not proved is told, never let through.
const TRIES: usize = 2_000;

impl Orders<'_> {
    fn stays_below(&mut self, left: &Expr, right: &Expr, steps: usize) -> bool {
        let (left, right) = (left.bare(), right.bare());
        if left.term == right.term {
            return true;
        }
        let Some(fewer) = steps.checked_sub(1) else {
            return false;
        };
        let tried = |(one, other, of): &(Term, Term, usize)| *of >= steps && *one == left.term && *other == right.term;
        if self.failed.len() >= TRIES || self.failed.iter().any(tried) {
            return false;
        }
        let holds = self.common(left, right, fewer)
            || self.by_right(left, right, fewer)
            || self.by_left(left, right, fewer)
            || self.ranges.above(left).iter().any(|limit| self.stays_below(limit, right, fewer));
        if !holds {
            self.failed.push((left.term.clone(), right.term.clone(), steps));
        }
        holds
    }

    /// What is taken from both, or what both are taken from, makes no difference.
    fn common(&mut self, left: &Expr, right: &Expr, steps: usize) -> bool {
        match (&left.term, &right.term) {
            (
                Term::Binary(BinaryOperator::Subtract, one, less),
                Term::Binary(BinaryOperator::Subtract, other, least),
            ) => {
                (less.term == least.term && self.stays_below(one, other, steps))
                    || (one.term == other.term && self.stays_below(least, less, steps))
            }
            _ => false,
        }
    }

    fn by_right(&mut self, left: &Expr, right: &Expr, steps: usize) -> bool {
        match &right.term {
            Term::Binary(BinaryOperator::Add, one, other) => {
                (self.stays_below(left, one, steps) && never_negative(other, self.ranges))
                    || (self.stays_below(left, other, steps) && never_negative(one, self.ranges))
            }
            Term::Greatest(parts) => parts.iter().any(|part| self.stays_below(left, part, steps)),
            _ => false,
        }
    }

    fn by_left(&mut self, left: &Expr, right: &Expr, steps: usize) -> bool {
        match &left.term {
            Term::Binary(BinaryOperator::Subtract, one, other) => {
                never_negative(other, self.ranges) && self.stays_below(one, right, steps)
            }
            Term::Least(parts) => parts.iter().any(|part| self.stays_below(part, right, steps)),
            _ => false,
        }
    }
}

fn never_negative(expr: &Expr, ranges: &dyn Ranges) -> bool {
    let at_least_zero = |interval: &Interval| interval.lower.as_ref().is_some_and(|edge| !edge.at.is_negative());
    match &expr.term {
        Term::Constant(value) => !value.is_negative(),
        Term::Figure(id) => at_least_zero(&ranges.figure(*id)),
        Term::Subject => at_least_zero(&ranges.subject()),
        Term::Maximum | Term::Absolute(_) => true,
        Term::Binary(BinaryOperator::Subtract, ..) | Term::Negate(_) => false,
        Term::Binary(_, one, other) => never_negative(one, ranges) && never_negative(other, ranges),
        Term::Least(parts) => parts.iter().all(|part| never_negative(part, ranges)),
        Term::Greatest(parts) => parts.iter().any(|part| never_negative(part, ranges)),
        Term::Round(inner, _) | Term::Floor(inner) | Term::Named(_, inner) => never_negative(inner, ranges),
        Term::If(branch) => never_negative(&branch.then, ranges) && never_negative(&branch.otherwise, ranges),
    }
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
        // Zero times whatever large number is zero, and reached only where the zero itself is.
        (End::Finite(zero, reached), End::Infinite(_)) | (End::Infinite(_), End::Finite(zero, reached))
            if zero.is_zero() =>
        {
            End::Finite(Ratio::ZERO, *reached)
        }
        _ if sign(left) == sign(right) => End::Infinite(Ordering::Greater),
        _ => End::Infinite(Ordering::Less),
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

/// What a product of two can be.
pub fn product(left: &Interval, right: &Interval) -> Interval {
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

/// The least (or the greatest) of several.
fn extreme(parts: &[Expr], ranges: &dyn Ranges, wanted: Ordering) -> Interval {
    // Of equal edges, the outer one is reached where any is, the inner one only where both are.
    let pick = |mine: End, theirs: End, outer: bool| match (order(&mine, &theirs), mine, theirs) {
        (Ordering::Equal, End::Finite(at, one), End::Finite(_, other)) => {
            End::Finite(at, if outer { one || other } else { one && other })
        }
        (found, mine, theirs) => {
            if found == wanted || found == Ordering::Equal {
                mine
            } else {
                theirs
            }
        }
    };
    parts
        .iter()
        .map(|part| range(part, ranges))
        .reduce(|one, other| {
            let ((a, b), (c, d)) = (ends(&one), ends(&other));
            let least = wanted == Ordering::Less;
            Interval { lower: edge(pick(a, c, least)), upper: edge(pick(b, d, !least)) }
        })
        .unwrap_or(Interval::ALL)
}
