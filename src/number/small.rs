//! The fast rung: a reduced fraction of machine integers in which every step is checked.

use std::cmp::Ordering;

use num_integer::Integer;

/// A fraction that fits; an operation whose result might not is `None`, and the big rung takes over.
// Invariant: `n` and `d` have no common factor, `d > 0`, and `n` is not `i128::MIN`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Small {
    n: i128,
    d: i128,
}

impl Small {
    pub(super) const ZERO: Small = Small { n: 0, d: 1 };
    pub(super) const ONE: Small = Small { n: 1, d: 1 };
    pub(super) const HALF: Small = Small { n: 1, d: 2 };

    /// The gate of the rung: takes parts that are already reduced, with `d` other than zero.
    pub(super) fn of_reduced(n: i128, d: i128) -> Option<Small> {
        if n == i128::MIN || d == i128::MIN {
            return None;
        }
        if d < 0 {
            return Some(Small { n: n.checked_neg()?, d: d.checked_neg()? });
        }
        Some(Small { n, d })
    }

    /// Reduces; `d` is not zero.
    pub(super) fn of(n: i128, d: i128) -> Option<Small> {
        if n == i128::MIN || d == i128::MIN {
            return None;
        }
        let g = gcd(n, d);
        Small::of_reduced(over(n, g)?, over(d, g)?)
    }

    pub(super) fn numerator(self) -> i128 {
        self.n
    }

    pub(super) fn denominator(self) -> i128 {
        self.d
    }

    pub(super) fn plus(self, other: Small) -> Option<Small> {
        if self.d == other.d {
            let n = self.n.checked_add(other.n)?;
            return if self.d == 1 { Small::of_reduced(n, 1) } else { Small::of(n, self.d) };
        }
        let g = gcd(self.d, other.d);
        let (left, right) = (over(other.d, g)?, over(self.d, g)?);
        let n = product(self.n, left)?.checked_add(product(other.n, right)?)?;
        Small::of(n, product(self.d, left)?)
    }

    pub(super) fn times(self, other: Small) -> Option<Small> {
        if self.n == 0 || other.n == 0 {
            return Some(Small::ZERO);
        }
        // Reduced crosswise first, so that the products are already reduced and as small as can be.
        let (g, h) = (gcd(self.n, other.d), gcd(other.n, self.d));
        let n = product(over(self.n, g)?, over(other.n, h)?)?;
        Small::of_reduced(n, product(over(self.d, h)?, over(other.d, g)?)?)
    }

    pub(super) fn opposite(self) -> Option<Small> {
        Small::of_reduced(self.n.checked_neg()?, self.d)
    }

    /// `None` for zero.
    pub(super) fn inverse(self) -> Option<Small> {
        if self.n == 0 {
            return None;
        }
        Small::of_reduced(self.d, self.n)
    }

    pub(super) fn floor(self) -> Option<Small> {
        Small::of_reduced(self.n.checked_div_euclid(self.d)?, 1)
    }

    pub(super) fn compare(self, other: Small) -> Option<Ordering> {
        if self.d == other.d {
            return Some(self.n.cmp(&other.n));
        }
        Some(product(self.n, other.d)?.cmp(&product(other.n, self.d)?))
    }

    /// How many digits the decimal expansion has after the mark, if it ends.
    pub(super) fn decimal_places(self) -> Option<u32> {
        let twos = self.d.trailing_zeros();
        let mut rest = self.d.checked_shr(twos)?;
        let mut fives = 0u32;
        while rest % 5 == 0 {
            rest /= 5;
            fives = fives.checked_add(1)?;
        }
        (rest == 1).then_some(twos.max(fives))
    }
}

/// `a / by`, exact or not asked for; what fits a machine word is divided as one, many times faster.
fn over(a: i128, by: i128) -> Option<i128> {
    if by == 1 {
        return Some(a);
    }
    match (i64::try_from(a), i64::try_from(by)) {
        (Ok(a), Ok(by)) => a.checked_div(by).map(i128::from),
        _ => a.checked_div(by),
    }
}

/// `a · b`; two machine words always fit.
fn product(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => i128::from(a).checked_mul(i128::from(b)),
        _ => a.checked_mul(b),
    }
}

/// Neither part is `i128::MIN`, and not both are zero.
fn gcd(a: i128, b: i128) -> i128 {
    if a == 1 || b == 1 {
        return 1;
    }
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) if a != i64::MIN && b != i64::MIN => i128::from(a.gcd(&b)),
        _ => a.gcd(&b),
    }
}
