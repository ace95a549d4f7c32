//! Whether an expression is zero for no figures that come as far as where it stands.

use super::range::Ranges;
use super::{Expr, FigureId, Kind, Known, Term, Test, linear, range};
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// At most so many cases are looked at; a condition that makes more of them is left out.
const CASES: usize = 64;

/// At most so many conditions are looked at: the nearest.
const CONDITIONS: usize = 16;

/// What one of several cases says, piece by piece.
#[derive(Clone, Debug)]
enum Piece<'a> {
    Compared(Comparison, &'a Expr, &'a Expr),
    /// An answer or an option, which holds or does not.
    Said(&'a Test, bool),
}

/// Whether an expression is never zero where all of some conditions came out as they are said to: proved over all figures
/// at once, case by case.
pub fn never_zero(expr: &Expr, said: &[(&Test, bool)], ranges: &dyn Ranges) -> bool {
    let expr = expr.bare();
    if !range(expr, ranges).contains(&Ratio::ZERO) {
        return true;
    }
    match &expr.term {
        Term::Negate(inner) | Term::Absolute(inner) => never_zero(inner, said, ranges),
        Term::Binary(BinaryOperator::Multiply, one, other) => {
            never_zero(one, said, ranges) && never_zero(other, said, ranges)
        }
        Term::Binary(BinaryOperator::Divide, over, _) => never_zero(over, said, ranges),
        _ => {
            let zero = Expr::constant(Kind::Number, Ratio::ZERO);
            let first = vec![Piece::Compared(Comparison::Equal, expr, &zero)];
            cases(&nearest(expr, relevant(expr, said, ranges)), first, ranges).iter().all(|case| excluded(case, ranges))
        }
    }
}

/// Whether no figures whatever make all of some conditions come out as they are said to.
pub fn never_so(said: &[(&Test, bool)], ranges: &dyn Ranges) -> bool {
    cases(said, Vec::new(), ranges).iter().all(|case| excluded(case, ranges))
}

/// The conditions that speak of figures of an expression, or of figures that such a condition or a bound brings in; the
/// nearest first.
fn relevant<'a>(expr: &Expr, said: &[(&'a Test, bool)], ranges: &dyn Ranges) -> Vec<(&'a Test, bool)> {
    let mut figures: Vec<FigureId> = Vec::new();
    expr.figures(&mut |id| figures.push(id));
    let orders = ranges.orders();
    let (mut open, mut found) = (said.to_vec(), Vec::new());
    loop {
        let before = (figures.len(), found.len());
        for (lower, upper) in &orders {
            let mut both = Vec::new();
            lower.figures(&mut |id| both.push(id));
            upper.figures(&mut |id| both.push(id));
            join(&mut figures, both);
        }
        open.retain(|&(test, holds)| {
            let mut read = Vec::new();
            test.figures(&mut |id| read.push(id));
            let apart = !join(&mut figures, read);
            if !apart {
                found.push((test, holds));
            }
            apart
        });
        if before == (figures.len(), found.len()) {
            return found;
        }
    }
}

/// The conditions that speak of the fewest figures beside those of an expression, as many as are looked at. To leave others
/// out proves less, and never more.
fn nearest<'a>(expr: &Expr, mut said: Vec<(&'a Test, bool)>) -> Vec<(&'a Test, bool)> {
    if said.len() > CONDITIONS {
        let mut own: Vec<FigureId> = Vec::new();
        expr.figures(&mut |id| own.push(id));
        said.sort_by_cached_key(|(test, _)| {
            let mut others = 0_usize;
            test.figures(&mut |id| others = others.saturating_add(usize::from(!own.contains(&id))));
            others
        });
        said.truncate(CONDITIONS);
    }
    said
}

/// Adds figures to others where they have one in common.
fn join(figures: &mut Vec<FigureId>, others: Vec<FigureId>) -> bool {
    let common = others.iter().any(|id| figures.contains(id));
    if common {
        let new: Vec<FigureId> = others.into_iter().filter(|id| !figures.contains(id)).collect();
        figures.extend(new);
    }
    common
}

/// Every way in which conditions can come out as they are said to, less those that the figures' ranges leave no room for.
fn cases<'a>(said: &[(&'a Test, bool)], first: Vec<Piece<'a>>, ranges: &dyn Ranges) -> Vec<Vec<Piece<'a>>> {
    let mut cases = vec![first];
    for &(test, holds) in said {
        let ways = ways(test, holds);
        if ways.len().saturating_mul(cases.len()) > CASES {
            continue;
        }
        let joined = cases.iter().flat_map(|case| ways.iter().map(|way| [case.as_slice(), way].concat()));
        cases = joined.filter(|case| known(case, ranges).is_some()).collect();
    }
    cases
}

/// The ways in which one condition holds, or fails.
fn ways(test: &Test, holds: bool) -> Vec<Vec<Piece<'_>>> {
    match test {
        Test::Compare(comparison, left, right) => {
            let comparison = if holds { *comparison } else { comparison.negated() };
            let one = |comparison| vec![Piece::Compared(comparison, left, right)];
            match comparison {
                Comparison::Different => vec![one(Comparison::Less), one(Comparison::Greater)],
                _ => vec![one(comparison)],
            }
        }
        Test::Answer(..) | Test::Option { .. } => vec![vec![Piece::Said(test, holds)]],
        Test::All(parts) | Test::Any(parts) if matches!(test, Test::All(_)) == holds => {
            let mut all = vec![Vec::new()];
            for part in parts {
                let ways = ways(part, holds);
                // A part that would make too many cases is left out.
                if ways.len().saturating_mul(all.len()) <= CASES {
                    all = all.iter().flat_map(|case| ways.iter().map(|way| [case.as_slice(), way].concat())).collect();
                }
            }
            all
        }
        Test::All(parts) | Test::Any(parts) => parts.iter().flat_map(|part| ways(part, holds)).collect(),
    }
}

/// What is known in a case; nothing where it cannot be.
fn known<'a>(case: &[Piece<'_>], ranges: &'a dyn Ranges) -> Option<Known<'a>> {
    let mut known = Known::nothing(ranges);
    for piece in case {
        match piece {
            Piece::Compared(comparison, left, right) => {
                known.assume(&Test::Compare(*comparison, (*left).clone(), (*right).clone()), true);
            }
            Piece::Said(test, holds) => known.assume(test, *holds),
        }
    }
    (!known.is_impossible()).then_some(known)
}

/// Whether no figures make a case.
fn excluded(case: &[Piece<'_>], ranges: &dyn Ranges) -> bool {
    let Some(known) = known(case, ranges) else { return true };
    let compared = case.iter().filter_map(|piece| match piece {
        Piece::Compared(comparison, left, right) => Some((*comparison, *left, *right)),
        Piece::Said(..) => None,
    });
    linear::excluded(&compared.collect::<Vec<_>>(), &known)
}
