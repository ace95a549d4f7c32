//! Points: what a criterion gives, kept apart from the shares and figures that lead to it.

use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use super::ratio::Ratio;
use super::write::DecimalMark;

/// An exact number of points.
#[must_use]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Points(Ratio);

impl Points {
    /// No points.
    pub const ZERO: Points = Points(Ratio::ZERO);

    /// So many points.
    pub fn new(ratio: Ratio) -> Points {
        Points(ratio)
    }

    /// The bare number.
    pub fn ratio(&self) -> &Ratio {
        &self.0
    }

    /// That share of these points.
    pub fn scale(&self, share: &Ratio) -> Points {
        Points(self.0.times(share))
    }

    /// Which share of `whole` these points are, or nothing when `whole` is zero.
    pub fn share_of(&self, whole: &Points) -> Option<Ratio> {
        self.0.checked_div(&whole.0)
    }

    /// Rounds to `digits` digits after the mark; a half goes away from zero.
    pub fn round(&self, digits: u32) -> Points {
        Points(self.0.round(digits))
    }

    /// Whether they are below zero.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether there are none.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Rounds half away from zero and writes exactly `digits` digits after the mark.
    pub fn fixed(&self, digits: u32, mark: DecimalMark) -> String {
        self.0.fixed(digits, mark)
    }

    /// The shortest decimal that is exactly this number, or a fraction such as `5/24`.
    pub fn exact(&self, mark: DecimalMark) -> String {
        self.0.exact(mark)
    }
}

macro_rules! operator {
    ($sign:ident, $method:ident, |$a:ident, $b:ident| $result:expr) => {
        impl $sign for &Points {
            type Output = Points;

            fn $method(self, other: &Points) -> Points {
                let ($a, $b) = (&self.0, &other.0);
                Points($result)
            }
        }

        impl $sign for Points {
            type Output = Points;

            fn $method(self, other: Points) -> Points {
                let ($a, $b) = (&self.0, &other.0);
                Points($result)
            }
        }
    };
}

operator!(Add, add, |a, b| a.plus(b));
operator!(Sub, sub, |a, b| a.plus(&b.opposite()));

impl Neg for &Points {
    type Output = Points;

    fn neg(self) -> Points {
        Points(self.0.opposite())
    }
}

impl Neg for Points {
    type Output = Points;

    fn neg(self) -> Points {
        Points(self.0.opposite())
    }
}

impl<'a> Sum<&'a Points> for Points {
    fn sum<I: Iterator<Item = &'a Points>>(terms: I) -> Points {
        Points(terms.map(Points::ratio).sum())
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(terms: I) -> Points {
        Points(terms.map(|points| points.0).sum())
    }
}
