//! From leaves to heads to the index: sums, weighted means, rounding where the ruleset says.

use super::outside::Outside;
use super::plan::round_index;
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
        if head.is_top() { self.loosened(id, self.rounded(total, RoundedLevel::Area)) } else { total }
    }

    fn rounded(&self, total: Total, level: RoundedLevel) -> Total {
        match self.ruleset.rounding {
            // The index rounds as a percentage, and so do the points of every sum like it.
            Some((RoundedLevel::Index, rounding)) if level == RoundedLevel::Index => round_index(total, rounding),
            Some((RoundedLevel::Area, rounding)) if level == RoundedLevel::Area => {
                // What is left of an area when parts leave the scale may have more digits than are kept.
                let round = |points: &Points| rounding.apply_points(points).min(total.maximum.clone());
                Total {
                    rounded: round(&total.rounded),
                    counted_lower: round(&total.counted_lower),
                    counted_upper: round(&total.counted_upper),
                    ..total
                }
            }
            _ => total,
        }
    }

    /// The bounds of an area whose open leaves may leave the scale. What remains is rounded without them, so that their
    /// points, which come to count as what remains does, move the rounded points by up to half of the last digit kept.
    fn loosened(&self, id: HeadId, total: Total) -> Total {
        let Some((RoundedLevel::Area, rounding)) = self.ruleset.rounding else { return total };
        let below = |at: HeadId| self.ruleset.lies_under(at, id) && self.is_open(at);
        let leaves = |(at, _, leaf): (HeadId, &Head, &Leaf)| below(at) && leaf.may_leave_scale();
        if !total.provisional || !self.ruleset.leaves().any(leaves) {
            return total;
        }
        let half = rounding.half();
        let upper = total.upper.clone() + Points::new(half.clone());
        let lower = match self.least_share() {
            // Nothing below zero: what remains has the same points, of less.
            least if least == Ratio::ZERO => total.counted_lower.clone(),
            _ => {
                // What remains may be as little as the least leaf, of which half a digit is the most.
                let maxima = self.ruleset.leaves().map(|(_, head, _)| head.maximum.ratio().clone());
                let smallest = maxima.filter(Ratio::is_positive).min().unwrap_or(Ratio::ONE);
                let share = half.checked_div(&smallest).unwrap_or(Ratio::ONE);
                total.lower.clone() - total.maximum.scale(&share)
            }
        };
        Total {
            counted_lower: total.counted_lower.clone().min(lower),
            counted_upper: total.counted_upper.clone().max(upper.min(total.maximum.clone())),
            ..total
        }
    }

    /// How many times what it weighs now a point outside the scale can come to weigh, once leaves that are open left it.
    pub(super) fn grows(&self, whole: &Total, totals: &[Total]) -> Ratio {
        // Of a whole that is no sum the maximum stays as it is.
        if !whole.provisional || self.ruleset.aggregation != Aggregation::Sum {
            return Ratio::ONE;
        }
        let (_, least) = self.least_maximum_of(&self.ruleset.roots, totals);
        whole.maximum.ratio().checked_div(least.ratio()).unwrap_or(Ratio::ONE)
    }

    /// The least that the maxima of heads can come to, and the least above zero.
    fn least_maximum_of(&self, heads: &[HeadId], totals: &[Total]) -> (Points, Points) {
        let in_scale = heads.iter().filter(|id| totals.get(id.0).is_some_and(|total| !total.out_of_scale));
        let parts: Vec<(Points, Points)> = in_scale.map(|&id| self.least_maximum(id, totals)).collect();
        let all: Points = parts.iter().map(|(least, _)| least.clone()).sum();
        if all > Points::ZERO {
            return (all.clone(), all);
        }
        (all, parts.into_iter().map(|(_, least)| least).min().unwrap_or_default())
    }

    fn least_maximum(&self, id: HeadId, totals: &[Total]) -> (Points, Points) {
        let (Some(head), Some(total)) = (self.ruleset.head(id), totals.get(id.0)) else { return Default::default() };
        let whole = total.maximum.clone();
        let gone = if let Some(leaf) = &head.leaf {
            leaf.may_leave_scale() && self.is_open(id)
        } else {
            let (least, above_zero) = self.least_maximum_of(&head.children, totals);
            if head.aggregation == Aggregation::Sum {
                return (least, above_zero);
            }
            least == Points::ZERO
        };
        (if gone { Points::ZERO } else { whole.clone() }, whole)
    }

    /// Whether the points of a leaf are not known, or not final.
    fn is_open(&self, id: HeadId) -> bool {
        match (self.of)(id).map(|assessed| &assessed.status) {
            Some(Status::Scored { .. } | Status::NotApplicable) => false,
            Some(Status::Awaiting { .. } | Status::Unscored | Status::Failed) => true,
            None => self.ruleset.head(id).is_some_and(|head| !head.level.is_outside()),
        }
    }

    /// Bounds of a leaf's points as rounded, where it is from `lower` to `upper`.
    fn counted(&self, lower: &Points, upper: &Points) -> (Points, Points) {
        match self.ruleset.rounding {
            // What leaves the scale is not rounded.
            Some((RoundedLevel::EachLeaf, rounding)) => {
                (rounding.apply_points(lower).min(lower.clone()), rounding.apply_points(upper).max(upper.clone()))
            }
            _ => (lower.clone(), upper.clone()),
        }
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
                lower: exact.clone(),
                upper: exact.clone(),
                counted_lower: rounded.clone(),
                counted_upper: rounded.clone(),
                maximum,
                provisional: false,
                out_of_scale: false,
            },
            Some(Status::Awaiting { exact, rounded, .. }) => {
                let (exact, rounded) = (exact.clone(), rounded.clone());
                Total { exact, rounded, ..self.open(head) }
            }
            Some(Status::NotApplicable) => Total { out_of_scale: true, ..Total::default() },
            // A bonus that nobody claimed by then, a penalty that nobody recorded.
            None if head.level.is_outside() => Total { maximum, ..Total::default() },
            Some(Status::Unscored | Status::Failed) | None => self.open(head),
        }
    }

    /// A leaf whose points are not known.
    fn open(&self, head: &Head) -> Total {
        let (lower, upper, maximum) = (self.least(head), head.maximum.clone(), head.maximum.clone());
        let (counted_lower, counted_upper) = self.counted(&lower, &upper);
        Total { lower, upper, counted_lower, counted_upper, maximum, provisional: true, ..Total::default() }
    }

    /// The least that a leaf can come to count for. One that leaves the scale counts as what remains does, and that can
    /// be less than the leaf's own floor when others go below zero.
    fn least(&self, head: &Head) -> Points {
        if !head.leaf.as_ref().is_some_and(Leaf::may_leave_scale) {
            return head.floor.clone();
        }
        head.maximum.scale(&self.least_share())
    }

    /// The least share that a leaf can have of its points.
    fn least_share(&self) -> Ratio {
        let leaves = self.ruleset.leaves();
        leaves.filter_map(|(_, head, _)| head.floor.share_of(&head.maximum)).min().unwrap_or(Ratio::ZERO)
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
                counted_lower: sum(|total| &total.counted_lower),
                counted_upper: sum(|total| &total.counted_upper),
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
                    counted_lower: mean(|total| &total.counted_lower),
                    counted_upper: mean(|total| &total.counted_upper),
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
                    counted_lower: least(|total| &total.counted_lower),
                    counted_upper: least(|total| &total.counted_upper),
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
        counted_lower: lift(whole.counted_lower),
        counted_upper: lift(whole.counted_upper),
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
