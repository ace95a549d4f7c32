//! The sum of many fractions.

use num_integer::Integer;

use super::quick::Quick;
use super::ratio::Ratio;

/// The sum of many small fractions in the making, over one denominator for as long as it fits; exact always.
// Invariant: `d > 0`.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    n: i128,
    d: i128,
    /// What did not fit.
    above: Terms,
}

impl Sum {
    pub(crate) const ZERO: Sum = Sum { n: 0, d: 1, above: Terms { last: Ratio::ZERO, full: Vec::new() } };

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
        self.above.add(&Ratio::new(self.n, self.d).unwrap_or(Ratio::ZERO));
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
    pub(crate) fn ratio(self) -> Ratio {
        self.above.and(&Ratio::new(self.n, self.d).unwrap_or(Ratio::ZERO)).sum()
    }
}

/// The terms of a sum of fractions of any size.
///
/// What fits the small rung is added at once. The rest is added two and two at the end: added one after another, each
/// term would be reduced against the long denominator of all before it, and a sum of ten thousand unlike fractions would
/// take seconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    last: Ratio,
    full: Vec<Ratio>,
}

impl Terms {
    fn add(&mut self, term: &Ratio) {
        match self.last.plus_small(term) {
            Some(sum) => self.last = sum,
            None => self.full.push(std::mem::replace(&mut self.last, term.clone())),
        }
    }

    /// These and one more.
    pub(super) fn and(mut self, term: &Ratio) -> Self {
        self.add(term);
        self
    }

    /// Their sum.
    pub(super) fn sum(mut self) -> Ratio {
        while !self.full.is_empty() {
            self.full.push(self.last);
            let mut halves: Vec<Ratio> = self.full.chunks(2).map(two).collect();
            self.last = halves.pop().unwrap_or(Ratio::ZERO);
            self.full = halves;
        }
        self.last
    }
}

fn two(terms: &[Ratio]) -> Ratio {
    match terms {
        [one, other] => one.plus(other),
        _ => terms.first().cloned().unwrap_or(Ratio::ZERO),
    }
}
