//! Leaves that wait for points of other heads: decided after those, track by track.

use std::collections::BTreeMap;

use super::aggregate::Totals;
use super::assess::{self, Case};
use super::awaiting::{awaits, held_open};
use super::context::Context;
use super::derived::Sheet;
use super::reason::{Awaited, Gated, Reason};
use super::scorecard::{Assessed, LeafScore, Status, Total};
use crate::language::tree::Track;
use crate::ruleset::{Gate, HeadId, Ruleset};
use crate::submission::Submission;

/// Decides every leaf that waits, each after those that it waits for.
pub(super) fn decide(
    (ruleset, block): (&Ruleset, Option<&str>),
    leaves: &mut [LeafScore],
    submission: &Submission,
    context: &Context,
) {
    if ruleset.gated.is_empty() {
        return;
    }
    let places: BTreeMap<HeadId, usize> = leaves.iter().enumerate().map(|(at, leaf)| (leaf.head, at)).collect();
    for &id in &ruleset.gated {
        let Some(&at) = places.get(&id) else { continue };
        let head = ruleset.head(id);
        let Some((head, leaf)) = head.and_then(|head| Some((head, head.leaf.as_ref()?))) else { continue };
        let sheet = Some(Sheet::whole(submission));
        let case = Case { ruleset, id, head, leaf, unit: &submission.unit, block, context, sheet };
        let round = Round { ruleset, leaves, places: &places };
        let Some(decided) = leaves.get(at).map(|score| round.leaf(case, score)) else { continue };
        if let Some(place) = leaves.get_mut(at) {
            *place = decided;
        }
    }
}

/// What is decided so far.
struct Round<'a> {
    ruleset: &'a Ruleset,
    leaves: &'a [LeafScore],
    places: &'a BTreeMap<HeadId, usize>,
}

impl Round<'_> {
    fn score(&self, id: HeadId) -> Option<&LeafScore> {
        self.leaves.get(*self.places.get(&id)?)
    }

    /// A head after a track, or as it counts in the end.
    fn total(&self, id: HeadId, track: Option<Track>) -> Total {
        let of = |id: HeadId| {
            let score = self.score(id)?;
            track.map_or(Some(&score.last), |track| score.after(track))
        };
        Totals { ruleset: self.ruleset, of }.one(id)
    }

    /// A leaf as its gates leave it. What another head comes to in a later track may change it there too.
    fn leaf(&self, case: Case<'_>, score: &LeafScore) -> LeafScore {
        let mut tracks: Vec<(Track, Assessed)> = Vec::new();
        for &track in self.ruleset.tracks.iter().filter(|&&track| track != Track::Explanation) {
            let Some(own) = score.after(track) else { continue };
            let decided = self.assessed(case, own, Some(track));
            let changed = tracks.last().is_some_and(|(_, before)| before.status != decided.status);
            if score.states(track) || changed {
                tracks.push((track, decided));
            }
        }
        let last = self.assessed(case, &score.last, None);
        // An appraiser may yet set points in its place: what is waited for is so behind a closed gate too.
        let entries = case.sheet.and_then(|sheet| sheet.submission.leaves.get(&case.id));
        let last = match entries.and_then(|entries| awaits(case.ruleset, entries)) {
            Some(awaits) => held_open(last, awaits),
            None => last,
        };
        LeafScore { tracks, last, ..score.clone() }
    }

    fn assessed(&self, case: Case<'_>, own: &Assessed, track: Option<Track>) -> Assessed {
        // Points set by a person stand in place of the rule, and of what it waits for.
        if matches!(own.reason, Reason::Set { .. }) || !assess::arose(case.leaf, own) {
            return own.clone();
        }
        let mut passed = Vec::new();
        for gate in &case.leaf.gates {
            let total = self.total(gate.of, track);
            let gated = self.gated(gate, &total);
            match self.holds(&gated, track) {
                Some(true) => passed.push(gated),
                Some(false) => return closed(case, gate, gated),
                None => {
                    let reason = Reason::Gate { gated: Box::new(gated), waits: true, award: None };
                    return assess::without_points(Status::Unscored, reason);
                }
            }
        }
        Assessed { gates: passed, ..own.clone() }
    }

    /// Whether a condition holds; nothing while that depends on what is not scored yet.
    fn holds(&self, gated: &Gated, track: Option<Track>) -> Option<bool> {
        match &gated.points {
            Awaited::OutOfScale => Some(true),
            Awaited::Known(points) => Some(gated.comparison.holds(points.cmp(&gated.limit))),
            Awaited::Between(lower, upper) => {
                let holds = gated.comparison.holds_between(lower.ratio(), upper.ratio(), gated.limit.ratio());
                // What may still leave the scale takes its points, its maximum, or the whole head with it.
                holds.filter(|_| !self.may_leave(gated.of, track))
            }
        }
    }

    fn gated(&self, gate: &Gate, total: &Total) -> Gated {
        let points = if total.out_of_scale {
            Awaited::OutOfScale
        } else if total.provisional {
            Awaited::Between(total.counted_lower.clone(), total.counted_upper.clone())
        } else {
            Awaited::Known(total.rounded.clone())
        };
        let limit = gate.limit.clone().unwrap_or_else(|| total.maximum.clone());
        let code = self.ruleset.head(gate.of).map_or_else(String::new, |head| head.code.clone());
        Gated { line: gate.line, of: gate.of, code, comparison: gate.comparison, limit, points }
    }

    /// Whether something of a head is open after a track, or in the end, and may leave the scale.
    fn may_leave(&self, id: HeadId, track: Option<Track>) -> bool {
        let Some(head) = self.ruleset.head(id) else { return false };
        let Some(leaf) = &head.leaf else { return head.children.iter().any(|&id| self.may_leave(id, track)) };
        let then = self.score(id).and_then(|score| track.map_or(Some(&score.last), |track| score.after(track)));
        leaf.may_leave_scale() && then.map_or(!head.level.is_outside(), open)
    }
}

fn open(assessed: &Assessed) -> bool {
    matches!(assessed.status, Status::Unscored | Status::Awaiting { .. } | Status::Failed)
}

/// What follows where a gate is closed.
fn closed(case: Case<'_>, gate: &Gate, gated: Gated) -> Assessed {
    let reason = |award| Reason::Gate { gated: Box::new(gated), waits: false, award };
    assess::outcome((case.ruleset, case.head), &gate.outcome, &BTreeMap::new(), reason)
}
