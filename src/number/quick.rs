//! The quickest rung: fractions of machine words, not reduced, in which every step is checked.

use std::cmp::Ordering;

use num_integer::Integer;

use super::ratio::Ratio;

/// A fraction of two machine words; a step whose result does not fit is `None`, and an exact rung above takes over.
// Invariant: `d > 0`, and `n` is not `i64::MIN`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quick {
    n: i64,
    d: i64,
}

impl Quick {
    pub(crate) const ZERO: Quick = Quick { n: 0, d: 1 };
    pub(crate) const ONE: Quick = Quick { n: 1, d: 1 };

    /// A fraction whose lower part is above zero.
    #[inline]
    pub(crate) fn parts(n: i64, d: i64) -> Option<Quick> {
        (n != i64::MIN && d > 0).then_some(Quick { n, d })
    }

    /// A whole number.
    pub(crate) fn whole(n: i64) -> Option<Quick> {
        (n != i64::MIN).then_some(Quick { n, d: 1 })
    }

    /// The same number, if its reduced parts are machine words.
    pub(crate) fn of(ratio: &Ratio) -> Option<Quick> {
        let (n, d) = ratio.parts()?;
        Quick::settle(n, d)
    }

    /// The same number on the rungs above.
    pub(crate) fn ratio(self) -> Ratio {
        Ratio::new(i128::from(self.n), i128::from(self.d)).unwrap_or(Ratio::ZERO)
    }

    /// The numerator, of a whole number its value.
    #[inline]
    pub(crate) fn numerator(self) -> i64 {
        self.n
    }

    /// The denominator.
    #[inline]
    pub(crate) fn denominator(self) -> i64 {
        self.d
    }

    #[inline]
    pub(crate) fn plus(self, other: Quick) -> Option<Quick> {
        if self.d == other.d
            && let Some(n) = self.n.checked_add(other.n)
        {
            return Quick::parts(n, self.d);
        }
        let n = product(self.n, other.d).checked_add(product(other.n, self.d))?;
        Quick::settle(n, product(self.d, other.d))
    }

    pub(crate) fn minus(self, other: Quick) -> Option<Quick> {
        self.plus(other.opposite())
    }

    #[inline]
    pub(crate) fn opposite(self) -> Quick {
        // `n` is not `i64::MIN`, so nothing wraps.
        Quick { n: self.n.wrapping_neg(), d: self.d }
    }

    #[inline]
    pub(crate) fn times(self, other: Quick) -> Option<Quick> {
        if let (Some(n), Some(d)) = (self.n.checked_mul(other.n), self.d.checked_mul(other.d)) {
            return Quick::parts(n, d);
        }
        Quick::settle(product(self.n, other.n), product(self.d, other.d))
    }

    /// The quotient; `None` also when `divisor` is zero, which the rungs above tell apart.
    #[inline]
    pub(crate) fn over(self, divisor: Quick) -> Option<Quick> {
        match divisor.n.cmp(&0) {
            // The divisor is above zero, and so is its numerator.
            Ordering::Greater => self.times(Quick { n: divisor.d, d: divisor.n }),
            Ordering::Less => self.opposite().over(divisor.opposite()),
            Ordering::Equal => None,
        }
    }

    /// The greatest whole number that is not above it.
    pub(crate) fn floor(self) -> Option<Quick> {
        Quick::whole(self.n.checked_div_euclid(self.d)?)
    }

    /// The same number with the least parts.
    pub(crate) fn reduced(self) -> Quick {
        let g = self.n.gcd(&self.d);
        match (self.n.checked_div(g), self.d.checked_div(g)) {
            (Some(n), Some(d)) => Quick { n, d },
            // Only nothing divides by nothing, and `d` is above zero.
            _ => self,
        }
    }

    /// The order of two fractions, exact always.
    #[inline]
    pub(crate) fn compare(self, other: Quick) -> Ordering {
        if self.d == other.d {
            return self.n.cmp(&other.n);
        }
        if let (Some(left), Some(right)) = (self.n.checked_mul(other.d), other.n.checked_mul(self.d)) {
            return left.cmp(&right);
        }
        product(self.n, other.d).cmp(&product(other.n, self.d))
    }

    /// How many whole `1 / scale` lie in it, and whether nothing is left over.
    pub(crate) fn steps(self, scale: i64) -> Option<(i64, bool)> {
        if let Some(n) = self.n.checked_mul(scale) {
            return Some((n.checked_div_euclid(self.d)?, n.checked_rem_euclid(self.d)? == 0));
        }
        let (n, d) = (product(self.n, scale), i128::from(self.d));
        Some((i64::try_from(n.checked_div_euclid(d)?).ok()?, n.checked_rem_euclid(d)? == 0))
    }

    /// The number times a scale, as parts that are not reduced.
    pub(crate) fn scaled(self, scale: i64) -> (i128, i128) {
        (product(self.n, scale), i128::from(self.d))
    }

    /// The gate of the rung: reduces only what would not fit otherwise. `d` is above zero.
    fn settle(n: i128, d: i128) -> Option<Quick> {
        let fit = |n: i128, d: i128| match (i64::try_from(n), i64::try_from(d)) {
            (Ok(n), Ok(d)) if n != i64::MIN => Some(Quick { n, d }),
            _ => None,
        };
        fit(n, d).or_else(|| {
            let g = n.gcd(&d);
            fit(n.checked_div(g)?, d.checked_div(g)?)
        })
    }
}

/// Two machine words never leave the double word.
fn product(a: i64, b: i64) -> i128 {
    i128::from(a).wrapping_mul(i128::from(b))
}

/// The least denominator that all of them can be written over.
pub(crate) fn common_denominator(of: impl Iterator<Item = Quick>) -> Option<i64> {
    let mut of = of;
    of.try_fold(1i64, |common, value| value.d.checked_div(common.gcd(&value.d))?.checked_mul(common))
}
