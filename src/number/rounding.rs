//! The project's one rounding step: to so many digits after the mark, half away from zero.

use super::points::Points;
use super::ratio::Ratio;

impl Ratio {
    /// Rounds to `digits` digits after the mark; a half goes away from zero.
    pub fn round(&self, digits: u32) -> Ratio {
        let scaled = self.times(&Ratio::pow10(digits));
        if scaled.is_integer() {
            return self.clone();
        }
        let size = scaled.abs().plus(&Ratio::HALF).floor();
        let rounded = size.times(&Ratio::inverse_pow10(digits));
        if self.is_negative() { rounded.opposite() } else { rounded }
    }
}

/// How a ruleset rounds: to so many digits, half away from zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Rounding {
    digits: u32,
}

impl Rounding {
    /// The most digits that a ruleset may ask for.
    pub const MOST_DIGITS: u32 = 12;

    /// Rounding to `digits` digits, or nothing beyond [`Rounding::MOST_DIGITS`].
    pub fn new(digits: u32) -> Option<Rounding> {
        (digits <= Rounding::MOST_DIGITS).then_some(Rounding { digits })
    }

    /// How many digits stay after the mark.
    pub fn digits(self) -> u32 {
        self.digits
    }

    /// The ratio, rounded.
    pub fn apply(self, ratio: &Ratio) -> Ratio {
        ratio.round(self.digits)
    }

    /// A share, rounded as the percentage that it is shown as: two digits of 0.89996 are those of 90.00 %.
    pub fn apply_share(self, share: &Ratio) -> Ratio {
        share.round(self.digits.saturating_add(2))
    }

    /// The most by which rounding moves a number: half of the last digit that it keeps.
    pub fn half(self) -> Ratio {
        Ratio::inverse_pow10(self.digits).times(&Ratio::inverse_pow10(1)).times(&Ratio::from(5))
    }

    /// The points, rounded.
    pub fn apply_points(self, points: &Points) -> Points {
        points.round(self.digits)
    }
}
