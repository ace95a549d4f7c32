//! What a unit scored itself, over what it may score itself.

use std::collections::BTreeMap;

use super::aggregate::Totals;
use super::plan::rounded_share;
use super::scorecard::{Assessed, LeafScore, Status, Total};
use crate::language::tree::{Method, Track};
use crate::number::Ratio;
use crate::ruleset::{Head, HeadId, Ruleset, Scoring};

/// The unit's own score: of the heads that it scores itself alone, without surveys and what only others measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnScore {
    /// What the unit gave itself.
    pub total: Total,
    /// Points over the maximum of those heads, exact.
    pub share: Ratio,
    /// The same as the ruleset rounds the index.
    pub rounded_share: Ratio,
    /// The leaves that it left empty, or that its figures do not score.
    pub missing: Vec<HeadId>,
    /// What the same heads count for in the end, where a later track said anything.
    pub counted: Option<Total>,
}

/// The own score of a unit; nothing where the set has none, where the unit stated none, and where it says no more than
/// the index does.
pub(super) fn own(ruleset: &Ruleset, leaves: &BTreeMap<HeadId, &LeafScore>) -> Option<OwnScore> {
    let stated = leaves.values().any(|leaf| leaf.states(Track::SelfScore));
    let later = leaves.values().any(|leaf| leaf.tracks.iter().any(|(track, _)| *track > Track::SelfScore));
    // Points that an authority enters are the unit's to state only where units of this sheet's kind do state some.
    let entered = |head: &Head| head.leaf.as_ref().is_some_and(|leaf| matches!(leaf.scoring, Scoring::Entered { .. }));
    let inside = |id: HeadId| ruleset.head(id).filter(|head| !head.level.is_outside());
    let states_entered =
        leaves.iter().any(|(&id, leaf)| inside(id).is_some_and(entered) && leaf.states(Track::SelfScore));
    let own = |id: HeadId| {
        ruleset.head(id).is_some_and(|head| head.method == Method::Appraised && (states_entered || !entered(head)))
    };
    let all = ruleset.leaves().all(|(id, ..)| own(id));
    if !stated || !ruleset.tracks.contains(&Track::SelfScore) || (all && !later) {
        return None;
    }
    let aside = leaves.values().next().map(|leaf| Assessed { status: Status::NotApplicable, ..leaf.last.clone() })?;
    let first = |id: HeadId| if own(id) { leaves.get(&id)?.after(Track::SelfScore) } else { Some(&aside) };
    let last = |id: HeadId| if own(id) { leaves.get(&id).map(|leaf| &leaf.last) } else { Some(&aside) };
    let total = Totals { ruleset, of: first }.scale();
    if total.out_of_scale {
        return None;
    }
    let asked = ruleset.leaves().filter(|(id, ..)| own(*id) && inside(*id).is_some());
    let empty = |id: HeadId| first(id).is_none_or(|own| matches!(own.status, Status::Unscored | Status::Failed));
    let missing = asked.map(|(id, ..)| id).filter(|&id| empty(id)).collect();
    let share = total.exact.share_of(&total.maximum).unwrap_or(Ratio::ZERO);
    Some(OwnScore {
        rounded_share: rounded_share(ruleset, &total),
        share,
        missing,
        counted: later.then(|| Totals { ruleset, of: last }.scale()),
        total,
    })
}
