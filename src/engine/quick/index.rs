//! The index of a sheet: rounded by a filter, exactly where the filter cannot tell.

use super::program::Program;
use super::scores::{Outcome, Scores};
use crate::number::{Points, Ratio};

/// Steps of a point in which sums are filtered.
const STEPS: i64 = 1_000_000_000;

/// What a sheet comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuickIndex {
    share: Share,
    /// Something is unscored or failed: the share is of what is scored so far.
    pub provisional: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Share {
    /// So many units of the last digit of the per cent.
    Rounded(i128, u32),
    Exact(Ratio),
}

impl QuickIndex {
    /// The index as the ruleset rounds it.
    pub fn rounded_share(&self) -> Ratio {
        match &self.share {
            Share::Rounded(units, digits) => {
                Ratio::from(*units).checked_div(&Ratio::pow10(digits.saturating_add(2))).unwrap_or(Ratio::ZERO)
            }
            Share::Exact(share) => share.clone(),
        }
    }
}

impl Program {
    /// The index of scored leaves, rounded as the ruleset says.
    pub fn index(&self, scores: &Scores) -> QuickIndex {
        if let Some(index) = self.filtered(scores) {
            return index;
        }
        let (share, provisional) = self.share(scores);
        let hundred = Ratio::from(100);
        let rounded = match self.rounding {
            Some(rounding) => rounding.apply(&(&share * &hundred)).checked_div(&hundred).unwrap_or(Ratio::ZERO),
            None => share,
        };
        QuickIndex { share: Share::Exact(rounded), provisional }
    }

    /// The exact share of the points in scale, and whether it is provisional.
    pub fn share(&self, scores: &Scores) -> (Ratio, bool) {
        let (mut sum, mut maximum, mut provisional) = (Points::ZERO, Points::ZERO, false);
        for (at, outcome) in (0..scores.len()).filter_map(|at| Some((at, scores.outcome(at)?))) {
            match outcome {
                Outcome::Points(points) => sum = &sum + &points,
                Outcome::OutOfScale => continue,
                Outcome::Unscored | Outcome::Failed => provisional = true,
            }
            maximum = &maximum + &self.maximum(at);
        }
        (sum.share_of(&maximum).unwrap_or(Ratio::ZERO), provisional)
    }

    /// The rounded index from whole steps of a point: told only if what the steps leave out cannot change it, and only
    /// of a sheet that is scored and in scale throughout.
    fn filtered(&self, scores: &Scores) -> Option<QuickIndex> {
        let digits = self.rounding?.digits();
        let (steps, open) = scores.steps(STEPS)?;
        if steps < 0 {
            return None;
        }
        // per cent, in units of its last digit: 100 · 10^digits · points / maximum, half up
        let units = 10i128.checked_pow(digits.checked_add(2)?)?;
        let (top, bottom) = self.whole.scaled(STEPS);
        let scale = units.checked_mul(bottom)?.checked_mul(2)?;
        let under = top.checked_mul(2)?;
        let over = scale.checked_mul(i128::from(steps))?.checked_add(top)?;
        let (whole, rest) = (over.checked_div(under)?, over.checked_rem(under)?);
        // What is left over adds less than one step for each open leaf.
        if open > 0 && rest.checked_add(scale.checked_mul(i128::from(open))?)? >= under {
            return None;
        }
        Some(QuickIndex { share: Share::Rounded(whole, digits), provisional: false })
    }
}
