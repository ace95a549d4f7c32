//! The greatest value of a linear expression under linear limits, exactly: the simplex method over ratios.

use crate::number::Ratio;

/// What the search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Best {
    /// The greatest value.
    At(Ratio),
    /// There is none: it grows without end.
    Endless,
    /// No point keeps the limits.
    Nowhere,
    /// The search was given up.
    Unknown,
}

/// So many exchanges are enough for what a rule holds; more are given up.
const EXCHANGES: usize = 300;

/// Basic variables as what is left of their limits: `basic = rest - Σ factor × free`.
struct Table {
    free: Vec<usize>,
    basic: Vec<usize>,
    rows: Vec<Vec<Ratio>>,
    rest: Vec<Ratio>,
}

/// The greatest `goal · x` with `x ≥ 0`, every `row · x ≤ 0`, and `unit · x = 1`.
pub(super) fn greatest(goal: &[Ratio], rows: &[Vec<Ratio>], unit: &[Ratio]) -> Best {
    match Corner::new(rows, unit) {
        Ok(corner) => corner.greatest(goal),
        Err(none) => none,
    }
}

/// A point that keeps the limits, from where any goal can be climbed to.
pub(super) struct Corner {
    table: Table,
    /// The slack of `unit · x = 1`, which stays at nothing.
    slack: usize,
}

impl Corner {
    /// A point with `x ≥ 0`, every `row · x ≤ 0`, and `unit · x = 1`; or why none is known.
    pub(super) fn new(rows: &[Vec<Ratio>], unit: &[Ratio]) -> Result<Self, Best> {
        let width = unit.len();
        let mut table = Table {
            free: (0..width).collect(),
            basic: (width..width.saturating_add(rows.len()).saturating_add(1)).collect(),
            rows: rows.iter().cloned().chain(std::iter::once(unit.to_vec())).collect(),
            rest: rows.iter().map(|_| Ratio::ZERO).chain(std::iter::once(Ratio::ONE)).collect(),
        };
        // As far towards `unit · x = 1` as can be; its slack is then left at nothing.
        let slack = width.saturating_add(rows.len());
        match table.climb(unit, None) {
            Best::At(reached) if reached == Ratio::ONE => {}
            Best::At(_) => return Err(Best::Nowhere),
            _ => return Err(Best::Unknown),
        }
        if let Some(row) = table.basic.iter().position(|basic| *basic == slack) {
            let column = table.rows.get(row).and_then(|row| row.iter().position(|factor| !factor.is_zero()));
            if let Some(column) = column {
                table.exchange(row, column);
            }
        }
        Ok(Self { table, slack })
    }

    /// The greatest `goal · x` from here.
    pub(super) fn greatest(mut self, goal: &[Ratio]) -> Best {
        self.table.climb(goal, Some(self.slack))
    }

    /// The greatest `goal · x`, and the greatest `-goal · x`.
    pub(super) fn both_ways(mut self, goal: &[Ratio]) -> (Best, Best) {
        let most = self.table.climb(goal, Some(self.slack));
        // Any corner will do to start from; what was given up, or has no end, leaves one, too.
        let opposite: Vec<Ratio> = goal.iter().map(|part| -part).collect();
        (most, self.table.climb(&opposite, Some(self.slack)))
    }
}

impl Table {
    /// Climbs from where the table stands; the barred variable stays free.
    fn climb(&mut self, goal: &[Ratio], barred: Option<usize>) -> Best {
        for _ in 0..EXCHANGES {
            let (value, slopes) = self.slopes(goal);
            // The lowest variable that still gains, against going in circles.
            let rising = self
                .free
                .iter()
                .zip(&slopes)
                .enumerate()
                .filter(|(_, (free, slope))| slope.is_positive() && Some(**free) != barred)
                .min_by_key(|(_, (free, _))| **free);
            let Some((column, _)) = rising else {
                return Best::At(value);
            };
            let Some(row) = self.leaving(column) else {
                return Best::Endless;
            };
            self.exchange(row, column);
        }
        Best::Unknown
    }

    /// The goal here, and how it changes with each free variable.
    fn slopes(&self, goal: &[Ratio]) -> (Ratio, Vec<Ratio>) {
        let mut value = Ratio::ZERO;
        let mut slopes: Vec<Ratio> =
            self.free.iter().map(|free| goal.get(*free).cloned().unwrap_or(Ratio::ZERO)).collect();
        for ((basic, row), rest) in self.basic.iter().zip(&self.rows).zip(&self.rest) {
            let Some(weight) = goal.get(*basic).filter(|weight| !weight.is_zero()) else {
                continue;
            };
            value = &value + &(weight * rest);
            for (slope, factor) in slopes.iter_mut().zip(row) {
                *slope = &*slope - &(weight * factor);
            }
        }
        (value, slopes)
    }

    /// The row that is used up first when a free variable grows.
    fn leaving(&self, column: usize) -> Option<usize> {
        let mut first: Option<(usize, Ratio, usize)> = None;
        for (at, ((basic, row), rest)) in self.basic.iter().zip(&self.rows).zip(&self.rest).enumerate() {
            let Some(factor) = row.get(column).filter(|factor| factor.is_positive()) else {
                continue;
            };
            let room = rest.checked_div(factor)?;
            let sooner = first.as_ref().is_none_or(|(_, least, known)| (&room, basic) < (least, known));
            if sooner {
                first = Some((at, room, *basic));
            }
        }
        first.map(|(at, ..)| at)
    }

    /// Frees a basic variable and makes a free one basic.
    fn exchange(&mut self, row: usize, column: usize) {
        let Some(pivot) = self.rows.get(row).and_then(|row| row.get(column)).cloned() else {
            return;
        };
        let Some(inverse) = Ratio::ONE.checked_div(&pivot) else {
            return;
        };
        let (Some(own), Some(own_rest)) = (self.rows.get_mut(row), self.rest.get_mut(row)) else {
            return;
        };
        for (at, factor) in own.iter_mut().enumerate() {
            *factor = if at == column { inverse.clone() } else { &*factor * &inverse };
        }
        *own_rest = &*own_rest * &inverse;
        let (own, own_rest) = (own.clone(), own_rest.clone());
        for (at, (other, rest)) in self.rows.iter_mut().zip(&mut self.rest).enumerate() {
            let Some(factor) = other.get(column).filter(|factor| at != row && !factor.is_zero()).cloned() else {
                continue;
            };
            for (place, (value, own)) in other.iter_mut().zip(&own).enumerate() {
                let taken = &factor * own;
                *value = if place == column { -&taken } else { &*value - &taken };
            }
            *rest = &*rest - &(&factor * &own_rest);
        }
        if let (Some(basic), Some(free)) = (self.basic.get_mut(row), self.free.get_mut(column)) {
            std::mem::swap(basic, free);
        }
    }
}
