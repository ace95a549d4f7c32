//! The signs `+`, `-` and `*` for ratios, sums, and whole numbers as ratios.

use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

use super::ratio::Ratio;
use super::sum::Terms;

macro_rules! operator {
    ($sign:ident, $method:ident, |$a:ident, $b:ident| $result:expr) => {
        impl $sign for &Ratio {
            type Output = Ratio;

            fn $method(self, other: &Ratio) -> Ratio {
                let ($a, $b) = (self, other);
                $result
            }
        }

        impl $sign for Ratio {
            type Output = Ratio;

            fn $method(self, other: Ratio) -> Ratio {
                let ($a, $b) = (&self, &other);
                $result
            }
        }
    };
}

operator!(Add, add, |a, b| a.plus(b));
operator!(Sub, sub, |a, b| a.plus(&b.opposite()));
operator!(Mul, mul, |a, b| a.times(b));

impl Neg for &Ratio {
    type Output = Ratio;

    fn neg(self) -> Ratio {
        self.opposite()
    }
}

impl Neg for Ratio {
    type Output = Ratio;

    fn neg(self) -> Ratio {
        self.opposite()
    }
}

impl<'a> Sum<&'a Ratio> for Ratio {
    fn sum<I: Iterator<Item = &'a Ratio>>(terms: I) -> Ratio {
        terms.fold(Terms::default(), Terms::and).sum()
    }
}

impl Sum for Ratio {
    fn sum<I: Iterator<Item = Ratio>>(terms: I) -> Ratio {
        terms.fold(Terms::default(), |terms, term| terms.and(&term)).sum()
    }
}

macro_rules! whole {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Ratio {
            fn from(n: $integer) -> Ratio {
                Ratio::from(i128::from(n))
            }
        }
    )*};
}

whole!(i32, u32, i64, u64);

impl From<usize> for Ratio {
    fn from(n: usize) -> Ratio {
        // Widens: no machine has addresses of 128 bits.
        Ratio::from(n as i128)
    }
}
