//! The slow rung: a fraction of any size, for the values that machine integers cannot hold.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "big integers grow instead of overflowing, and no divisor here is zero"
)]

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

use super::small::Small;

/// A reduced fraction of any size.
#[derive(Clone)]
pub(super) struct Big(Box<BigRational>);

impl Big {
    /// Reduces; `d` is not zero.
    pub(super) fn of(n: i128, d: i128) -> Big {
        Big::wrap(BigRational::new(n.into(), d.into()))
    }

    pub(super) fn lift(small: Small) -> Big {
        let (n, d) = (small.numerator().into(), small.denominator().into());
        Big::wrap(BigRational::new_raw(n, d))
    }

    /// The same value on the fast rung, if it fits there.
    pub(super) fn lower(&self) -> Option<Small> {
        Small::of_reduced(self.0.numer().to_i128()?, self.0.denom().to_i128()?)
    }

    /// `None` unless the text is a whole number.
    pub(super) fn read_digits(digits: &str) -> Option<Big> {
        let whole = BigInt::parse_bytes(digits.as_bytes(), 10)?;
        Some(Big::wrap(BigRational::from_integer(whole)))
    }

    pub(super) fn pow10(exponent: u32) -> Big {
        let power = Pow::pow(BigInt::from(10), exponent);
        Big::wrap(BigRational::from_integer(power))
    }

    pub(super) fn inverse_pow10(exponent: u32) -> Big {
        let power = Pow::pow(BigInt::from(10), exponent);
        Big::wrap(BigRational::new_raw(BigInt::one(), power))
    }

    pub(super) fn plus(&self, other: &Big) -> Big {
        Big::wrap(&*self.0 + &*other.0)
    }

    pub(super) fn times(&self, other: &Big) -> Big {
        Big::wrap(&*self.0 * &*other.0)
    }

    pub(super) fn opposite(&self) -> Big {
        Big::wrap(-&*self.0)
    }

    /// `None` for zero.
    pub(super) fn inverse(&self) -> Option<Big> {
        (!self.0.is_zero()).then(|| Big::wrap(self.0.recip()))
    }

    pub(super) fn floor(&self) -> Big {
        Big::wrap(self.0.floor())
    }

    pub(super) fn compare(&self, other: &Big) -> Ordering {
        // By cross-multiplication: the denominators are positive.
        let left = self.0.numer() * other.0.denom();
        left.cmp(&(other.0.numer() * self.0.denom()))
    }

    pub(super) fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    pub(super) fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    pub(super) fn numerator_text(&self) -> String {
        self.0.numer().to_string()
    }

    pub(super) fn denominator_text(&self) -> String {
        self.0.denom().to_string()
    }

    /// How many digits the decimal expansion has after the mark, if it ends.
    pub(super) fn decimal_places(&self) -> Option<u32> {
        let twos = self.0.denom().trailing_zeros()?;
        let mut rest = self.0.denom() >> twos;
        let mut fives = 0u64;
        while (&rest % 5u32).is_zero() {
            rest /= 5u32;
            fives += 1;
        }
        if !rest.is_one() {
            return None;
        }
        u32::try_from(twos.max(fives)).ok()
    }

    fn wrap(value: BigRational) -> Big {
        Big(Box::new(value))
    }
}

// By parts, which are reduced: `BigRational` itself compares and hashes by a recursion as deep as
// the continued fraction.
impl PartialEq for Big {
    fn eq(&self, other: &Big) -> bool {
        self.0.numer() == other.0.numer() && self.0.denom() == other.0.denom()
    }
}

impl Eq for Big {}

impl Hash for Big {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.numer().hash(state);
        self.0.denom().hash(state);
    }
}
