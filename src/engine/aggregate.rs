//! From leaves to heads to the index: sums, weighted means, rounding where the ruleset says.

use super::outside::Outside;
use super::plan::{rounded_points, rounded_share};
use super::scorecard::{Assessed, Status, Total};
use crate::language::tree::{Aggregation, RoundedLevel};
use crate::number::{Points, Ratio};
use crate::ruleset::{Head, HeadId, Leaf, Ruleset};

/// Every head's total in the ruleset's order, and the whole's.
#[derive(Clone, Debug)]
pub(super) struct All {
    pub(super) heads: Vec<Total>,
    pub(super) whole: Total,
    pub(super) outside: Option<Outside>,
    /// What the whole would be without the floor of the index, where that lifts it.
    pub(super) without_floor: Option<Points>,
}

/// Totals of every head and of the index; `of` says what counts for a leaf.
pub(super) struct Totals<'a, F: Fn(HeadId) -> Option<&'a Assessed>> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) of: F,
}

impl<'a, F: Fn(HeadId) -> Option<&'a Assessed>> Totals<'a, F> {
    /// Every head's total in the ruleset's order, and the whole's after bonus and penalty.
    pub(super) fn all(&self, no_survey: bool) -> All {
        let totals = self.heads();
        let whole = self.join(self.ruleset.aggregation, &self.ruleset.roots, &self.ruleset.transcribed(), &totals);
        let outside = self.outside(&whole, &totals, no_survey);
        let whole = outside.as_ref().map_or(whole, |outside| outside.after.clone());
        let (whole, without_floor) = lifted(self.ruleset, whole);
        let whole = self.rounded(whole, RoundedLevel::Index);
        All { heads: totals, whole, outside, without_floor }
    }

    /// What the scale alone gives, without bonus, penalty and floor.
    pub(super) fn scale(&self) -> Total {
        let totals = self.heads();
        let whole = self.join(self.ruleset.aggregation, &self.ruleset.roots, &self.ruleset.transcribed(), &totals);
        self.rounded(whole, RoundedLevel::Index)
    }

    fn heads(&self) -> Vec<Total> {
        let mut totals = vec![Total::default(); self.ruleset.heads.len()];
        // Children stand after their parents, so going backwards meets them first.
        for at in (0..self.ruleset.heads.len()).rev() {
            let total = self.head(HeadId(at), &totals);
            if let Some(place) = totals.get_mut(at) {
                *place = total;
            }
        }
        totals
    }

    /// One head's total.
    pub(super) fn one(&self, id: HeadId) -> Total {
        if self.ruleset.head(id).is_some_and(|head| head.children.is_empty()) {
            return self.head(id, &[]);
        }
        let mut totals = vec![Total::default(); self.ruleset.heads.len()];
        for at in (id.0..self.ruleset.heads.len()).rev().filter(|&at| self.ruleset.lies_under(HeadId(at), id)) {
            let total = self.head(HeadId(at), &totals);
            if let Some(place) = totals.get_mut(at) {
                *place = total;
            }
        }
        totals.get(id.0).cloned().unwrap_or_default()
    }

    fn head(&self, id: HeadId, totals: &[Total]) -> Total {
        let Some(head) = self.ruleset.head(id) else {
            return Total::default();
        };
        let total = if head.children.is_empty() {
            self.leaf(id)
        } else {
            self.join(head.aggregation, &head.children, &head.maximum, totals)
        };
        if head.is_top() { self.rounded(total, RoundedLevel::Area) } else { total }
    }

    fn rounded(&self, mut total: Total, level: RoundedLevel) -> Total {
        if let Some((at, rounding)) = self.ruleset.rounding
            && at == level
        {
            total.rounded = match level {
                // The index rounds as a percentage, and so do the points of every sum like it.
                RoundedLevel::Index => rounded_points(&total, &rounded_share(self.ruleset, &total)),
                RoundedLevel::EachLeaf | RoundedLevel::Area => rounding.apply_points(&total.rounded),
            };
            if level == RoundedLevel::Area {
                // What is left of an area when parts leave the scale may have more digits than are kept.
                total.rounded = total.rounded.min(total.maximum.clone());
            }
            if level == RoundedLevel::Area {
                let (lower, upper) = self.widened(&total.lower, &total.upper, level);
                (total.lower, total.upper) = (lower, upper.min(total.maximum.clone().max(total.upper)));
            }
        }
        total
    }

    /// Bounds that hold of exact points and of points rounded at a level.
    fn widened(&self, lower: &Points, upper: &Points, level: RoundedLevel) -> (Points, Points) {
        let (mut least, mut most) = (lower.clone(), upper.clone());
        if let Some((at, rounding)) = self.ruleset.rounding
            && at == level
        {
            least = least.min(rounding.apply_points(lower));
            most = most.max(rounding.apply_points(upper));
        }
        (least, most)
    }

    fn leaf(&self, id: HeadId) -> Total {
        let Some(head) = self.ruleset.head(id) else {
            return Total::default();
        };
        let maximum = head.maximum.clone();
        match (self.of)(id).map(|assessed| &assessed.status) {
            Some(Status::Scored { exact, rounded }) => Total {
                exact: exact.clone(),
                rounded: rounded.clone(),
                lower: exact.clone().min(rounded.clone()),
                upper: exact.clone().max(rounded.clone()),
                maximum,
                provisional: false,
                out_of_scale: false,
            },
            Some(Status::Awaiting { exact, rounded, .. }) => {
                let (lower, upper) = self.widened(&self.least(head), &maximum, RoundedLevel::EachLeaf);
                let (exact, rounded) = (exact.clone(), rounded.clone());
                Total { exact, rounded, lower, upper, maximum, provisional: true, out_of_scale: false }
            }
            Some(Status::NotApplicable) => Total { out_of_scale: true, ..Total::default() },
            // A bonus that nobody claimed by then, a penalty that nobody recorded.
            None if head.level.is_outside() => Total { maximum, ..Total::default() },
            Some(Status::Unscored | Status::Failed) | None => {
                let (lower, upper) = self.widened(&self.least(head), &maximum, RoundedLevel::EachLeaf);
                Total { lower, upper, maximum, provisional: true, ..Total::default() }
            }
        }
    }

    /// The least that a leaf can come to count for. One that leaves the scale counts as what remains does, and that can
    /// be less than the leaf's own floor when others go below zero.
    fn least(&self, head: &Head) -> Points {
        if !head.leaf.as_ref().is_some_and(Leaf::may_leave_scale) {
            return head.floor.clone();
        }
        let leaves = self.ruleset.heads.iter().filter(|other| other.leaf.is_some());
        let shares = leaves.filter_map(|other| other.floor.share_of(&other.maximum));
        shares.min().map_or_else(|| head.floor.clone(), |least| head.maximum.scale(&least))
    }

    fn join(&self, aggregation: Aggregation, children: &[HeadId], maximum: &Points, totals: &[Total]) -> Total {
        let parts: Vec<(&Total, Ratio)> = children
            .iter()
            .filter_map(|&id| Some((totals.get(id.0)?, self.ruleset.head(id)?)))
            .filter(|(total, _)| !total.out_of_scale)
            .map(|(total, head)| (total, head.weight.clone().unwrap_or(Ratio::ONE)))
            .collect();
        if parts.is_empty() && !children.is_empty() {
            return Total { out_of_scale: true, ..Total::default() };
        }
        let provisional = parts.iter().any(|(total, _)| total.provisional);
        let sum = |of: fn(&Total) -> &Points| -> Points { parts.iter().map(|(total, _)| of(total).clone()).sum() };
        match aggregation {
            Aggregation::Sum => Total {
                exact: sum(|total| &total.exact),
                rounded: sum(|total| &total.rounded),
                maximum: sum(|total| &total.maximum),
                lower: sum(|total| &total.lower),
                upper: sum(|total| &total.upper),
                provisional,
                out_of_scale: false,
            },
            Aggregation::WeightedMean => {
                let mean = |of: fn(&Total) -> &Points| weighted(&parts, of, maximum);
                Total {
                    exact: mean(|total| &total.exact),
                    rounded: mean(|total| &total.rounded),
                    maximum: maximum.clone(),
                    lower: mean(|total| &total.lower),
                    upper: mean(|total| &total.upper),
                    provisional,
                    out_of_scale: false,
                }
            }
            Aggregation::Weakest => {
                let least = |of: fn(&Total) -> &Points| weakest(&parts, of, maximum);
                Total {
                    exact: least(|total| &total.exact),
                    rounded: least(|total| &total.rounded),
                    maximum: maximum.clone(),
                    lower: least(|total| &total.lower),
                    upper: least(|total| &total.upper),
                    provisional,
                    out_of_scale: false,
                }
            }
        }
    }
}

/// The whole, no less than the floor of the index; with the points that it would have without, where that is less.
pub(super) fn lifted(ruleset: &Ruleset, whole: Total) -> (Total, Option<Points>) {
    let Some(floor) = ruleset.index_floor.as_ref().filter(|_| !whole.out_of_scale) else { return (whole, None) };
    let least = whole.maximum.scale(floor);
    let without = (whole.exact < least).then(|| whole.exact.clone());
    let lift = |points: Points| points.max(least.clone());
    let lifted = Total {
        exact: lift(whole.exact),
        rounded: lift(whole.rounded),
        lower: lift(whole.lower),
        upper: lift(whole.upper),
        ..whole
    };
    (lifted, without)
}

/// The least of the parts' shares of their maxima, as points of `maximum`.
fn weakest(parts: &[(&Total, Ratio)], of: fn(&Total) -> &Points, maximum: &Points) -> Points {
    let shares = parts.iter().map(|(total, _)| of(total).share_of(&total.maximum).unwrap_or(Ratio::ZERO));
    maximum.scale(&shares.min().unwrap_or(Ratio::ZERO))
}

/// The weighted mean of the parts' shares of their maxima, as points of `maximum`; weights of what is in scale only.
fn weighted(parts: &[(&Total, Ratio)], of: fn(&Total) -> &Points, maximum: &Points) -> Points {
    let weights: Ratio = parts.iter().map(|(_, weight)| weight.clone()).sum();
    let shares: Ratio = parts
        .iter()
        .map(|(total, weight)| {
            let share = of(total).share_of(&total.maximum).unwrap_or(Ratio::ZERO);
            &share * weight
        })
        .sum();
    let mean = shares.checked_div(&weights).unwrap_or(Ratio::ZERO);
    maximum.scale(&mean)
}
