//! One order of the two causes: first the rules change, then the sheets.

use std::collections::{BTreeMap, BTreeSet};

use super::contribution::{Contributions, contributions};
use super::kin::Matches;
use super::{LeafSplit, Parts, Why};
use crate::engine::{Assessed, Plan, Scorecard, Status, Total};
use crate::number::{Points, Ratio};
use crate::ruleset::{Earlier, HeadId, Pairs, Ruleset};

/// A year of a unit: the set, and what the unit got by it.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) plan: &'a Plan,
    pub(super) card: &'a Scorecard,
}

/// The other year's sheet under this year's rules.
pub(super) struct Across<'a> {
    pub(super) card: Scorecard,
    pub(super) not: &'a BTreeMap<HeadId, Why>,
}

/// A change taken apart in one order.
pub(super) struct Way {
    pub(super) leaves: Vec<LeafSplit>,
    pub(super) rounding: Ratio,
}

/// From `old` to `new`, by way of the old sheet under the new rules. Leaves that it cannot score stand there as they
/// stand in `new`, so that nothing is made up of them.
pub(super) fn way(new: Side<'_>, old: Side<'_>, across: &Across<'_>, kin: &Matches, back: &Matches) -> Way {
    let why = |id: HeadId| match kin.get(&id) {
        Some(Err(why)) => Some(why.clone()),
        None => Some(Why::Unknown),
        Some(Ok(_)) => across.not.get(&id).cloned().or_else(|| {
            let settled = across.card.leaf(id).is_some_and(|leaf| settled(&leaf.last));
            (!settled).then_some(Why::Unscored)
        }),
    };
    let set = new.plan.ruleset();
    let apart: BTreeMap<HeadId, Why> = set.leaves().filter_map(|(id, ..)| Some((id, why(id)?))).collect();
    let assessed = |id: HeadId| {
        let card = if apart.contains_key(&id) { new.card } else { &across.card };
        card.leaf(id).map(|leaf| &leaf.last)
    };
    let block = new.card.block.as_deref();
    let (totals, index) = new.plan.joined((block, new.card.no_survey), assessed);
    let between = contributions(set.of_block(block), &totals.iter().collect::<Vec<_>>(), &index);
    let (after, before) = (own(new), own(old));
    let old_set = old.plan.ruleset();
    let code = |set: &Ruleset, id: HeadId| set.head(id).map(|head| head.code.clone());
    let (mut leaves, mut met) = (Vec::new(), BTreeSet::new());
    for (id, head, _) in set.leaves() {
        let then = kin.get(&id).and_then(|then| then.as_ref().ok()).copied();
        met.extend(then);
        let was = then.map_or(Ratio::ZERO, |then| before.of(then));
        let entered = &between.of(id) - &was;
        let comparable = !apart.contains_key(&id);
        let parts = Parts {
            performance: &after.of(id) - &between.of(id),
            rules: if comparable { entered.clone() } else { Ratio::ZERO },
            apart: if comparable { Ratio::ZERO } else { entered },
            rounding: Ratio::ZERO,
        };
        leaves.push(LeafSplit {
            code: Some(head.code.clone()),
            was: then.and_then(|then| code(old_set, then)),
            area: String::new(),
            then: then.and_then(|then| points(old.card, then)),
            crossed: if comparable { points(&across.card, id) } else { None },
            now: points(new.card, id),
            parts,
            why: apart.get(&id).cloned(),
        });
    }
    for (id, head, _) in old_set.leaves().filter(|(id, ..)| !met.contains(id)) {
        leaves.push(LeafSplit {
            code: None,
            was: Some(head.code.clone()),
            area: String::new(),
            then: points(old.card, id),
            crossed: None,
            now: None,
            parts: Parts { apart: -before.of(id), ..Parts::default() },
            why: Some(back.get(&id).and_then(|came| came.as_ref().err().cloned()).unwrap_or(Why::Gone)),
        });
    }
    Way { leaves, rounding: &after.rest - &before.rest }
}

/// A unit's own index, taken apart.
fn own(side: Side<'_>) -> Contributions {
    let totals: Vec<&Total> = side.card.heads.iter().map(|head| &head.total).collect();
    contributions(side.plan.ruleset().of_block(side.card.block.as_deref()), &totals, &side.card.index)
}

fn settled(assessed: &Assessed) -> bool {
    matches!(assessed.status, Status::Scored { .. } | Status::NotApplicable)
}

fn points(card: &Scorecard, id: HeadId) -> Option<Points> {
    match &card.leaf(id)?.last.status {
        Status::Scored { exact, .. } | Status::Awaiting { exact, .. } => Some(exact.clone()),
        Status::Unscored | Status::NotApplicable | Status::Failed => None,
    }
}

/// Gives every leaf its top head: that of now; of a leaf that is gone the one that its top head of then has become, else
/// that of then.
pub(super) fn name_areas(leaves: &mut [LeafSplit], set: &Ruleset, then: &Ruleset) {
    let pairs = Pairs::of_set(set, then, &[]);
    for leaf in leaves {
        leaf.area = match (&leaf.code, &leaf.was) {
            (Some(code), _) => top(set, code),
            (None, Some(was)) => {
                let old = top(then, was);
                let heirs = set
                    .heads
                    .iter()
                    .filter(|head| head.parent.is_none())
                    .filter(|head| matches!(pairs.told(&head.code), Earlier::Codes(codes) if codes.contains(&old)));
                let mut heirs = heirs.map(|head| head.code.clone());
                match (heirs.next(), heirs.next()) {
                    (Some(one), None) => one,
                    _ => format!("{old} ({})", then.year),
                }
            }
            (None, None) => String::new(),
        };
    }
}

/// The code of the head above all others.
fn top(set: &Ruleset, code: &str) -> String {
    let mut head = set.by_code(code).map(|(_, head)| head);
    while let Some(above) = head.and_then(|head| head.parent).and_then(|id| set.head(id)) {
        head = Some(above);
    }
    head.map_or_else(|| code.to_owned(), |head| head.code.clone())
}
