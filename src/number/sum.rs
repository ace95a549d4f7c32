//! The sum of many small fractions, over one denominator for as long as it fits.

use num_integer::Integer;

use super::quick::Quick;
use super::ratio::Ratio;

/// A sum in the making; exact always.
// Invariant: `d > 0`.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    n: i128,
    d: i128,
    /// What did not fit.
    above: Ratio,
}

impl Sum {
    pub(crate) const ZERO: Sum = Sum { n: 0, d: 1, above: Ratio::ZERO };

    /// Adds a fraction.
    pub(crate) fn add(&mut self, part: Quick) {
        let (n, d) = (i128::from(part.numerator()), i128::from(part.denominator()));
        if d == self.d
            && let Some(sum) = self.n.checked_add(n)
        {
            self.n = sum;
            return;
        }
        if let Some((sum, common)) = self.joined(n, d) {
            (self.n, self.d) = (sum, common);
            return;
        }
        self.above = self.above.plus(&Ratio::new(self.n, self.d).unwrap_or(Ratio::ZERO));
        (self.n, self.d) = (n, d);
    }

    fn joined(&self, n: i128, d: i128) -> Option<(i128, i128)> {
        // The remainder is no larger than the small denominator, so this is a division and a step or two of words.
        let common = match self.d.checked_rem(d)? {
            0 => d,
            rest => i128::from(i64::try_from(rest).ok()?.gcd(&i64::try_from(d).ok()?)),
        };
        let (times, under) = (d.checked_div(common)?, self.d.checked_div(common)?);
        let sum = self.n.checked_mul(times)?.checked_add(n.checked_mul(under)?)?;
        Some((sum, self.d.checked_mul(times)?))
    }

    /// The sum.
    pub(crate) fn ratio(&self) -> Ratio {
        let last = Ratio::new(self.n, self.d).unwrap_or(Ratio::ZERO);
        if self.above.is_zero() { last } else { self.above.plus(&last) }
    }
}
