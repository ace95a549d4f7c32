//! What a leaf still waits for once it is appraised: the unit's explanation, or the appraisal that follows it.

use std::collections::BTreeMap;

use super::scorecard::{Assessed, Status};
use crate::language::tree::Track;
use crate::ruleset::Ruleset;
use crate::submission::{Entry, Explained};

/// What must come before points are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaits {
    /// The explanation that the unit was asked for.
    Explanation,
    /// The second appraisal: the unit explained.
    Appraisal2,
}

/// What a leaf waits for, by what the sheet says of its explanation. The second appraisal settles it; so does the end of
/// the time for explaining.
pub(super) fn awaits(ruleset: &Ruleset, entries: &BTreeMap<Track, Entry>) -> Option<Awaits> {
    let settled = entries.contains_key(&Track::Appraisal2);
    match entries.get(&Track::Explanation)?.explained? {
        Explained::Asked if !settled => Some(Awaits::Explanation),
        Explained::Given if !settled && ruleset.tracks.contains(&Track::Appraisal2) => Some(Awaits::Appraisal2),
        Explained::NotAsked | Explained::Asked | Explained::Given | Explained::Lapsed => None,
    }
}

/// A leaf whose points stand for now only; what has none anyway stays as it is.
pub(super) fn held_open(assessed: Assessed, awaits: Awaits) -> Assessed {
    match assessed.status {
        Status::Scored { exact, rounded } => {
            Assessed { status: Status::Awaiting { exact, rounded, awaits }, ..assessed }
        }
        _ => assessed,
    }
}
