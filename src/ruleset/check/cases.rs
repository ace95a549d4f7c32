//! The cases that conditions tell apart: every answer, every option, every stretch between the numbers compared with.
//!
//! Each comparison is taken for itself, so some of the cases may never arise; what holds in none of them, or in all, is
//! proved.

use super::super::lower::LeafRanges;
use super::super::meaning::{Arm, Edge, Expr, FigureId, Guard, Interval, Kind, Term, Test, range};
use super::super::model::FigureKind;
use super::bands::{has_value, is_whole};
use super::conditions::decided;
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// At most so many cases are looked at.
const CASES: usize = 4_096;

/// Which lines are the first to hold in some case.
pub(super) struct Reach {
    /// For each line, whether it decides anything.
    pub(super) takers: Vec<Taker>,
    /// Some case is taken by no line.
    pub(super) uncovered: bool,
}

/// What becomes of the cases in which a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taker {
    /// It decides some of them itself.
    Itself,
    /// Lines above take them all; one of those, by its place.
    Above(Option<usize>),
}

/// What a condition looks at, and the values that make a difference.
enum Axis {
    Answer(FigureId),
    Option(FigureId, usize),
    Number(Expr, Vec<Interval>),
}

impl Axis {
    fn len(&self) -> usize {
        match self {
            Self::Answer(_) => 2,
            Self::Option(_, options) => *options,
            Self::Number(_, cells) => cells.len(),
        }
    }
}

/// Which lines decide something; nothing if there are too many cases to look at.
pub(super) fn reach(arms: &[Arm], ranges: &LeafRanges<'_>) -> Option<Reach> {
    let tests = || arms.iter().filter_map(|arm| if let Guard::Test(test) = &arm.guard { Some(test) } else { None });
    let axes = axes(tests(), ranges);
    let mut takers = vec![Taker::Above(None); arms.len()];
    let mut uncovered = false;
    each(&axes, |case| {
        let mut first: Option<usize> = None;
        for (at, (arm, taker)) in arms.iter().zip(&mut takers).enumerate() {
            let holds = match &arm.guard {
                Guard::Test(test) => holds(test, &axes, case),
                Guard::Otherwise => true,
                Guard::Within(_) => false,
            };
            match (holds, first) {
                (true, None) => (first, *taker) = (Some(at), Taker::Itself),
                (true, Some(above)) if *taker == Taker::Above(None) => *taker = Taker::Above(Some(above)),
                _ => {}
            }
        }
        uncovered |= first.is_none();
    })?;
    Some(Reach { takers, uncovered })
}

/// Whether a condition holds in every case, or in none.
pub(super) fn always(test: &Test, ranges: &LeafRanges<'_>) -> Option<bool> {
    let axes = axes(std::iter::once(test), ranges);
    let (mut held, mut failed) = (false, false);
    each(&axes, |case| {
        let holds = holds(test, &axes, case);
        held |= holds;
        failed |= !holds;
    })?;
    match (held, failed) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Goes through every case: a place on each axis.
fn each(axes: &[Axis], mut see: impl FnMut(&[usize])) -> Option<()> {
    let total = axes.iter().try_fold(1_usize, |product, axis| product.checked_mul(axis.len()))?;
    if total > CASES {
        return None;
    }
    let mut case = vec![0; axes.len()];
    for number in 0..total {
        let mut rest = number;
        for (place, axis) in case.iter_mut().zip(axes) {
            *place = rest % axis.len().max(1);
            rest /= axis.len().max(1);
        }
        see(&case);
    }
    Some(())
}

fn axes<'a>(tests: impl Iterator<Item = &'a Test>, ranges: &LeafRanges<'_>) -> Vec<Axis> {
    let mut axes = Vec::new();
    let mut edges: Vec<(Expr, Vec<Ratio>)> = Vec::new();
    for test in tests {
        collect(test, ranges, &mut axes, &mut edges);
    }
    axes.extend(edges.into_iter().map(|(expr, edges)| {
        let cells = cells(&expr, edges, ranges);
        Axis::Number(expr, cells)
    }));
    axes
}

fn collect(test: &Test, ranges: &LeafRanges<'_>, axes: &mut Vec<Axis>, edges: &mut Vec<(Expr, Vec<Ratio>)>) {
    match test {
        Test::Compare(comparison, left, right) => {
            let (expr, _, at) = against(*comparison, left, right);
            match edges.iter_mut().find(|(known, _)| known.term == expr.term) {
                Some((_, known)) => known.push(at),
                None => edges.push((expr, vec![at])),
            }
        }
        Test::Answer(id, _) => {
            if !axes.iter().any(|axis| matches!(axis, Axis::Answer(known) if known == id)) {
                axes.push(Axis::Answer(*id));
            }
        }
        Test::Option { figure, .. } => {
            let options = match ranges.figures.get(figure.0).map(|figure| &figure.kind) {
                Some(FigureKind::Choice(options)) => options.len(),
                _ => 0,
            };
            if !axes.iter().any(|axis| matches!(axis, Axis::Option(known, _) if known == figure)) {
                axes.push(Axis::Option(*figure, options));
            }
        }
        Test::All(parts) | Test::Any(parts) => {
            for part in parts {
                collect(part, ranges, axes, edges);
            }
        }
    }
}

/// A comparison as an expression against a number: `3 ≤ a` is `a ≥ 3`, `a < b` is `a - b < 0`.
fn against(comparison: Comparison, left: &Expr, right: &Expr) -> (Expr, Comparison, Ratio) {
    match (&left.term, &right.term) {
        (_, Term::Constant(at)) => (left.clone(), comparison, at.clone()),
        (Term::Constant(at), _) => (right.clone(), comparison.flipped(), at.clone()),
        _ => {
            let difference = Expr::binary(Kind::Number, BinaryOperator::Subtract, left.clone(), right.clone());
            (difference, comparison, Ratio::ZERO)
        }
    }
}

/// The points compared with and the stretches between them, as far as the expression gets there.
fn cells(expr: &Expr, mut edges: Vec<Ratio>, ranges: &LeafRanges<'_>) -> Vec<Interval> {
    edges.sort();
    edges.dedup();
    let domain = range(expr, ranges);
    let whole = is_whole(expr);
    let open = |at: &Ratio| Some(Edge { at: at.clone(), included: false });
    let mut cells = Vec::new();
    let mut below = None;
    for at in &edges {
        cells.push(Interval { lower: below, upper: open(at) });
        cells.push(Interval::point(at.clone()));
        below = open(at);
    }
    cells.push(Interval { lower: below, upper: None });
    cells.retain(|cell| has_value(&cell.intersect(&domain), whole));
    cells
}

fn holds(test: &Test, axes: &[Axis], case: &[usize]) -> bool {
    let place = |wanted: &dyn Fn(&Axis) -> bool| {
        axes.iter().zip(case).find(|(axis, _)| wanted(axis)).map(|(axis, place)| (axis, *place))
    };
    match test {
        Test::Compare(comparison, left, right) => {
            let (expr, comparison, at) = against(*comparison, left, right);
            let found = place(&|axis| matches!(axis, Axis::Number(known, _) if known.term == expr.term));
            match found {
                Some((Axis::Number(_, cells), place)) => {
                    cells.get(place).is_some_and(|cell| decided(comparison, cell, &Interval::point(at)) == Some(true))
                }
                _ => false,
            }
        }
        Test::Answer(id, wanted) => {
            let found = place(&|axis| matches!(axis, Axis::Answer(known) if known == id));
            found.is_some_and(|(_, place)| (place == 1) == *wanted)
        }
        Test::Option { figure, option, is } => {
            let found = place(&|axis| matches!(axis, Axis::Option(known, _) if known == figure));
            found.is_some_and(|(_, place)| (place == *option) == *is)
        }
        Test::All(parts) => parts.iter().all(|part| holds(part, axes, case)),
        Test::Any(parts) => parts.iter().any(|part| holds(part, axes, case)),
    }
}
