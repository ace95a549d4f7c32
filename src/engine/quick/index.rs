//! The index of a sheet: rounded by a filter, exactly where the filter cannot tell.

use super::program::Program;
use super::scores::Scores;
use crate::engine::scorecard::Status;
use crate::number::{Ratio, Sum};
use crate::ruleset::HeadId;

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
        let rounded = self.rounding.map_or_else(|| share.clone(), |rounding| rounding.apply_share(&share));
        QuickIndex { share: Share::Exact(rounded), provisional }
    }

    /// The exact share of the points in scale, and whether it is provisional.
    pub fn share(&self, scores: &Scores) -> (Ratio, bool) {
        let (points, maximum, provisional) = self.total(scores, |_| true);
        (points.checked_div(&maximum).unwrap_or(Ratio::ZERO), provisional)
    }

    /// The exact share of a head, or nothing where nothing below it is in scale.
    pub fn share_of(&self, scores: &Scores, head: HeadId) -> Option<Ratio> {
        let (points, maximum, _) = self.total(scores, |leaf| self.plan().ruleset().lies_under(leaf, head));
        points.checked_div(&maximum)
    }

    /// The exact share where every leaf in scale is scored and there is one.
    pub fn complete_share(&self, scores: &Scores) -> Option<Ratio> {
        let (points, maximum, provisional) = self.total(scores, |_| true);
        if provisional { None } else { points.checked_div(&maximum) }
    }

    /// Points and maximum of the leaves in scale, and whether some of them are not scored.
    fn total(&self, scores: &Scores, counts: impl Fn(HeadId) -> bool) -> (Ratio, Ratio, bool) {
        let (mut sum, mut more, mut provisional) = (Sum::ZERO, Ratio::ZERO, false);
        let (mut maximum, mut left_out) = (Sum::ZERO, Ratio::ZERO);
        for (at, _) in self.leaves().enumerate().filter(|(_, id)| counts(*id)) {
            let (came, exact) = scores.came(at);
            match (came.quick(), exact) {
                (Some(points), _) => sum.add(points),
                (None, Some(Status::Scored { exact, .. })) => more = &more + exact.ratio(),
                (None, Some(Status::Awaiting { exact, .. })) => {
                    more = &more + exact.ratio();
                    provisional = true;
                }
                (None, Some(Status::NotApplicable)) => continue,
                (None, None) if came.is_out_of_scale() => continue,
                (None, _) => provisional = true,
            }
            match self.maximum_word(at) {
                Some(word) => maximum.add(word),
                None => left_out = &left_out + self.maximum(at).ratio(),
            }
        }
        (&sum.ratio() + &more, &maximum.ratio() + &left_out, provisional)
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
