//! An exact ratio of whole numbers, of any size.

use std::cmp::Ordering;
use std::fmt;

use super::big::Big;
use super::small::Small;

/// An exact rational number; no operation on it overflows or rounds unless it says so.
#[must_use]
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Ratio(Rung);

// Invariant: a value that fits the small rung is on it, so equal values have equal representations.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Rung {
    Small(Small),
    Big(Big),
}

impl Ratio {
    /// Nothing at all.
    pub const ZERO: Ratio = Ratio(Rung::Small(Small::ZERO));
    /// The whole.
    pub const ONE: Ratio = Ratio(Rung::Small(Small::ONE));
    pub(super) const HALF: Ratio = Ratio(Rung::Small(Small::HALF));

    /// The ratio `n / d`, or nothing when `d` is zero.
    pub fn new(n: i128, d: i128) -> Option<Ratio> {
        if d == 0 {
            return None;
        }
        let small = Small::of(n, d);
        Some(Ratio::on_small_or(small, || Big::of(n, d)))
    }

    /// Ten to the power of `exponent`.
    pub fn pow10(exponent: u32) -> Ratio {
        Ratio::on_small_or(small_pow10(exponent), || Big::pow10(exponent))
    }

    /// One over ten to the power of `exponent`.
    pub(super) fn inverse_pow10(exponent: u32) -> Ratio {
        let small = small_pow10(exponent).and_then(Small::inverse);
        Ratio::on_small_or(small, || Big::inverse_pow10(exponent))
    }

    /// The whole number that these digits write; nothing if they are not digits.
    pub(super) fn read_digits(digits: &str) -> Option<Ratio> {
        match digits.parse::<i128>() {
            Ok(n) => Some(Ratio::from(n)),
            Err(_) => Big::read_digits(digits).map(Ratio::settle),
        }
    }

    /// The quotient, or nothing when `divisor` is zero.
    pub fn checked_div(&self, divisor: &Ratio) -> Option<Ratio> {
        Some(self.times(&divisor.inverse()?))
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        *self == Ratio::ZERO
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Rung::Small(small) => small.numerator() < 0,
            Rung::Big(big) => big.is_negative(),
        }
    }

    /// Whether it is above zero.
    pub fn is_positive(&self) -> bool {
        !self.is_negative() && !self.is_zero()
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Rung::Small(small) => small.denominator() == 1,
            Rung::Big(big) => big.is_integer(),
        }
    }

    /// Whether its decimal expansion ends.
    pub fn is_terminating(&self) -> bool {
        self.decimal_places().is_some()
    }

    /// How many digits the decimal expansion has after the mark, if it ends.
    pub(super) fn decimal_places(&self) -> Option<u32> {
        match &self.0 {
            Rung::Small(small) => small.decimal_places(),
            Rung::Big(big) => big.decimal_places(),
        }
    }

    /// Its distance from zero.
    pub fn abs(&self) -> Ratio {
        if self.is_negative() { self.opposite() } else { self.clone() }
    }

    /// The greatest whole number that is not above it.
    pub fn floor(&self) -> Ratio {
        match &self.0 {
            Rung::Small(small) => Ratio::on_small_or(small.floor(), || Big::lift(*small).floor()),
            Rung::Big(big) => Ratio::settle(big.floor()),
        }
    }

    /// The least whole number that is not below it.
    pub fn ceil(&self) -> Ratio {
        self.opposite().floor().opposite()
    }

    /// The same number as an `i64`, if it is whole and fits.
    pub fn to_i64(&self) -> Option<i64> {
        i64::try_from(self.to_i128()?).ok()
    }

    /// The same number as an `i128`, if it is whole and fits the small rung.
    pub(super) fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Rung::Small(small) if small.denominator() == 1 => Some(small.numerator()),
            _ => None,
        }
    }

    /// The parts of the reduced ratio, the lower one above zero; nothing off the small rung.
    pub(super) fn parts(&self) -> Option<(i128, i128)> {
        match &self.0 {
            Rung::Small(small) => Some((small.numerator(), small.denominator())),
            Rung::Big(_) => None,
        }
    }

    /// The digits of the numerator of the reduced ratio, with its sign.
    pub fn numerator_text(&self) -> String {
        match &self.0 {
            Rung::Small(small) => small.numerator().to_string(),
            Rung::Big(big) => big.numerator_text(),
        }
    }

    /// The digits of the denominator of the reduced ratio, which is positive.
    pub fn denominator_text(&self) -> String {
        match &self.0 {
            Rung::Small(small) => small.denominator().to_string(),
            Rung::Big(big) => big.denominator_text(),
        }
    }

    pub(super) fn plus(&self, other: &Ratio) -> Ratio {
        self.plus_small(other).unwrap_or_else(|| Ratio::settle(self.lift().plus(&other.lift())))
    }

    /// The sum, where the terms and it are on the small rung.
    pub(super) fn plus_small(&self, other: &Ratio) -> Option<Ratio> {
        match (&self.0, &other.0) {
            (Rung::Small(a), Rung::Small(b)) => a.plus(*b).map(|sum| Ratio(Rung::Small(sum))),
            _ => None,
        }
    }

    pub(super) fn times(&self, other: &Ratio) -> Ratio {
        if let (Rung::Small(a), Rung::Small(b)) = (&self.0, &other.0)
            && let Some(product) = a.times(*b)
        {
            return Ratio(Rung::Small(product));
        }
        Ratio::settle(self.lift().times(&other.lift()))
    }

    pub(super) fn opposite(&self) -> Ratio {
        match &self.0 {
            Rung::Small(small) => Ratio::on_small_or(small.opposite(), || Big::lift(*small).opposite()),
            Rung::Big(big) => Ratio::settle(big.opposite()),
        }
    }

    fn inverse(&self) -> Option<Ratio> {
        match &self.0 {
            Rung::Small(small) => small.inverse().map(|small| Ratio(Rung::Small(small))),
            Rung::Big(big) => big.inverse().map(Ratio::settle),
        }
    }

    fn on_small_or(small: Option<Small>, big: impl FnOnce() -> Big) -> Ratio {
        match small {
            Some(small) => Ratio(Rung::Small(small)),
            None => Ratio::settle(big()),
        }
    }

    fn settle(big: Big) -> Ratio {
        match big.lower() {
            Some(small) => Ratio(Rung::Small(small)),
            None => Ratio(Rung::Big(big)),
        }
    }

    fn lift(&self) -> Big {
        match &self.0 {
            Rung::Small(small) => Big::lift(*small),
            Rung::Big(big) => big.clone(),
        }
    }
}

fn small_pow10(exponent: u32) -> Option<Small> {
    Small::of_reduced(10i128.checked_pow(exponent)?, 1)
}

impl Default for Ratio {
    fn default() -> Ratio {
        Ratio::ZERO
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        if let (Rung::Small(a), Rung::Small(b)) = (&self.0, &other.0)
            && let Some(order) = a.compare(*b)
        {
            return order;
        }
        self.lift().compare(&other.lift())
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fraction())
    }
}

impl From<i128> for Ratio {
    fn from(n: i128) -> Ratio {
        Ratio::on_small_or(Small::of_reduced(n, 1), || Big::of(n, 1))
    }
}
