//! What each leaf brings to an index: its points times what a point of it is worth there.

use std::collections::BTreeMap;

use crate::engine::{Index, Total};
use crate::language::tree::{Aggregation, Level};
use crate::number::{Points, Ratio};
use crate::ruleset::{HeadId, Ruleset};

/// An index taken apart: shares of the scale that add up to the index as it counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Contributions {
    leaves: BTreeMap<HeadId, Ratio>,
    /// What no leaf brings: rounding, caps of bonus and penalty, floors.
    pub(super) rest: Ratio,
}

impl Contributions {
    /// What a leaf brings.
    pub(super) fn of(&self, leaf: HeadId) -> Ratio {
        self.leaves.get(&leaf).cloned().unwrap_or(Ratio::ZERO)
    }
}

/// Takes an index apart. Where the weakest part counts, that part brings all of it.
pub(super) fn contributions(ruleset: &Ruleset, totals: &[&Total], index: &Index) -> Contributions {
    let spread = Spread { ruleset, totals };
    let scale = &index.total.maximum;
    // In a year without a survey a point of what is left of the scale may be worth more than one of a bonus.
    let left = index.outside.as_ref().and_then(|outside| outside.scored.as_ref());
    let left = left.map_or(scale, |scored| &scored.maximum);
    let mut leaves = BTreeMap::new();
    if let Some(worth) = Ratio::ONE.checked_div(left.ratio()) {
        spread.parts((ruleset.aggregation, &ruleset.roots), left, &worth, &mut leaves);
    }
    if let Some(worth) = Ratio::ONE.checked_div(scale.ratio()) {
        for (level, sign) in [(Level::Bonus, Ratio::ONE), (Level::Penalty, -Ratio::ONE)] {
            for (id, _) in ruleset.outside(level) {
                spread.head(id, &(&worth * &sign), &mut leaves);
            }
        }
    }
    let brought: Ratio = leaves.values().cloned().sum();
    Contributions { leaves, rest: &index.rounded_share - &brought }
}

struct Spread<'a> {
    ruleset: &'a Ruleset,
    totals: &'a [&'a Total],
}

impl Spread<'_> {
    fn total(&self, id: HeadId) -> Option<&Total> {
        self.totals.get(id.0).copied().filter(|total| !total.out_of_scale)
    }

    /// A head of which a point is worth so much.
    fn head(&self, id: HeadId, worth: &Ratio, leaves: &mut BTreeMap<HeadId, Ratio>) {
        let (Some(head), Some(total)) = (self.ruleset.head(id), self.total(id)) else { return };
        if head.children.is_empty() {
            leaves.insert(id, total.exact.ratio() * worth);
        } else {
            self.parts((head.aggregation, &head.children), &total.maximum, worth, leaves);
        }
    }

    /// The parts of a head with this maximum, of which a point is worth so much.
    fn parts(
        &self,
        (aggregation, parts): (Aggregation, &[HeadId]),
        maximum: &Points,
        worth: &Ratio,
        leaves: &mut BTreeMap<HeadId, Ratio>,
    ) {
        let there = || parts.iter().copied().filter(|&id| self.total(id).is_some());
        let share = |id: HeadId| self.total(id).and_then(|total| total.exact.share_of(&total.maximum));
        let weight = |id: HeadId| self.ruleset.head(id).and_then(|head| head.weight.clone()).unwrap_or(Ratio::ONE);
        // What a point of a part is worth that makes so much of the whole.
        let of = |id: HeadId, part: &Ratio| {
            let own = self.total(id)?.maximum.ratio();
            (&(maximum.ratio() * part) * worth).checked_div(own)
        };
        match aggregation {
            Aggregation::Sum => there().for_each(|id| self.head(id, worth, leaves)),
            Aggregation::WeightedMean => {
                let weights: Ratio = there().map(weight).sum();
                for id in there() {
                    let part = weight(id).checked_div(&weights).and_then(|part| of(id, &part));
                    if let Some(worth) = part {
                        self.head(id, &worth, leaves);
                    }
                }
            }
            Aggregation::Weakest => {
                let weakest = there().filter_map(|id| Some((share(id)?, id))).min();
                if let Some((id, worth)) = weakest.and_then(|(_, id)| Some((id, of(id, &Ratio::ONE)?))) {
                    self.head(id, &worth, leaves);
                }
            }
        }
    }
}
