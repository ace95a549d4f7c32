//! Bonus and penalty: what stands outside the scale, capped by kind, and what it makes of the index.

use super::aggregate::Totals;
use super::scorecard::{Assessed, Total};
use crate::language::tree::Level;
use crate::number::{Points, Ratio};
use crate::ruleset::{HeadId, OutsideRule, Ruleset};

/// The heads of one kind together: what they came to, and what of it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// What they came to.
    pub sum: Total,
    /// As the cap cuts it.
    pub counted: Total,
}

/// Bonus and penalty of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    /// What the scale alone gives; in a year without a survey on the scale that the set rebases to, of which bonus and
    /// penalty are points.
    pub before: Total,
    /// What is left of the scale in such a year gives, before it is rebased.
    pub scored: Option<Total>,
    /// What is added.
    pub bonus: Counted,
    /// What is taken off; positive.
    pub penalty: Counted,
    /// What counts: the scale's points after bonus and penalty.
    pub after: Total,
    /// The index would be above the most that the set allows.
    pub held_at_most: bool,
    /// The penalty would have gone below zero.
    pub held_at_zero: bool,
}

impl<'a, F: Fn(HeadId) -> Option<&'a Assessed>> Totals<'a, F> {
    /// Bonus and penalty over what the scale gives; nothing in a set that has neither.
    pub(super) fn outside(&self, before: &Total, totals: &[Total], no_survey: bool) -> Option<Outside> {
        let ruleset = self.ruleset;
        if !ruleset.has_outside() {
            return None;
        }
        let bonus = counted(ruleset, Level::Bonus, ruleset.bonus.as_ref(), totals);
        let penalty = counted(ruleset, Level::Penalty, ruleset.penalty.as_ref(), totals);
        let scale = ruleset.no_survey.as_ref().filter(|_| no_survey).and_then(|rule| rule.rebase.as_ref());
        let (before, scored, grows) = match scale.filter(|_| !before.out_of_scale) {
            Some(scale) => (rebased(before, scale), Some(before.clone()), Ratio::ONE),
            None => (before.clone(), None, self.grows(before, totals)),
        };
        let mut outside = Outside { before, scored, bonus, penalty, ..Outside::default() };
        outside.close(ruleset, &grows);
        Some(outside)
    }
}

/// A total on another scale.
fn rebased(total: &Total, scale: &Points) -> Total {
    let on = |points: &Points| scale.scale(&points.share_of(&total.maximum).unwrap_or(Ratio::ZERO));
    Total {
        exact: on(&total.exact),
        rounded: on(&total.rounded),
        maximum: scale.clone(),
        lower: on(&total.lower),
        upper: on(&total.upper),
        counted_lower: on(&total.counted_lower),
        counted_upper: on(&total.counted_upper),
        ..total.clone()
    }
}

fn counted(ruleset: &Ruleset, level: Level, rule: Option<&OutsideRule>, totals: &[Total]) -> Counted {
    let of = || ruleset.outside(level).filter_map(|(id, _)| totals.get(id.0));
    let sum = |pick: fn(&Total) -> &Points| -> Points { of().map(|total| pick(total).clone()).sum() };
    let sum = Total {
        exact: sum(|total| &total.exact),
        rounded: sum(|total| &total.rounded),
        maximum: sum(|total| &total.maximum),
        lower: sum(|total| &total.lower),
        upper: sum(|total| &total.upper),
        counted_lower: sum(|total| &total.counted_lower),
        counted_upper: sum(|total| &total.counted_upper),
        provisional: of().any(|total| total.provisional),
        out_of_scale: false,
    };
    let cut = |points: &Points| rule.map_or_else(|| points.clone(), |rule| points.clone().min(rule.most.clone()));
    let counted = Total {
        exact: cut(&sum.exact),
        rounded: cut(&sum.rounded),
        maximum: cut(&sum.maximum),
        lower: cut(&sum.lower),
        upper: cut(&sum.upper),
        counted_lower: cut(&sum.counted_lower),
        counted_upper: cut(&sum.counted_upper),
        ..sum.clone()
    };
    Counted { sum, counted }
}

impl Outside {
    /// Adds the bonus, takes the penalty off down to zero, and cuts at the most that the index may be.
    ///
    /// What the scale gives may itself lie below zero; then the penalty takes nothing more off. Where leaves may leave the
    /// scale yet, a point of bonus or penalty can come to weigh up to `grows` times what it does now.
    fn close(&mut self, ruleset: &Ruleset, grows: &Ratio) {
        if self.before.out_of_scale {
            self.after = self.before.clone();
            return;
        }
        let most = ruleset.index_most().map(|share| self.before.maximum.scale(share));
        let apply = |before: &Points, bonus: &Points, penalty: &Points| {
            let raised = before.clone() + bonus.clone();
            let taken = raised.clone() - penalty.clone();
            let zero = Points::default();
            let kept = taken.clone().max(raised.min(zero));
            let at_zero = kept != taken;
            let cut = most.clone().map_or_else(|| kept.clone(), |most| kept.clone().min(most));
            let at_most = cut != kept;
            (cut, at_zero, at_most)
        };
        let (bonus, penalty) = (&self.bonus.counted, &self.penalty.counted);
        let (exact, at_zero, at_most) = apply(&self.before.exact, &bonus.exact, &penalty.exact);
        let (rounded, ..) = apply(&self.before.rounded, &bonus.rounded, &penalty.rounded);
        // A penalty that is not known yet may still come to its most, and a bonus to nothing.
        let at_both = |before: &Points, bonus: &Points, penalty: &Points| {
            let (now, ..) = apply(before, bonus, penalty);
            let (then, ..) = apply(before, &bonus.scale(grows), &penalty.scale(grows));
            (now.clone().min(then.clone()), now.max(then))
        };
        let (lower, _) = at_both(&self.before.lower, &bonus.lower, &penalty.upper);
        let (_, upper) = at_both(&self.before.upper, &bonus.upper, &penalty.lower);
        let (counted_lower, _) = at_both(&self.before.counted_lower, &bonus.counted_lower, &penalty.counted_upper);
        let (_, counted_upper) = at_both(&self.before.counted_upper, &bonus.counted_upper, &penalty.counted_lower);
        self.after = Total {
            exact,
            rounded,
            maximum: self.before.maximum.clone(),
            lower,
            upper,
            counted_lower,
            counted_upper,
            provisional: self.before.provisional || bonus.provisional || penalty.provisional,
            out_of_scale: false,
        };
        (self.held_at_zero, self.held_at_most) = (at_zero, at_most);
    }
}
