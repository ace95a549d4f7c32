//! The result: every leaf with its reasons per track, every head with its sums, the index.

use super::awaiting::Awaits;
use super::block::Unranked;
use super::derived::Derived;
use super::grading::Grading;
use super::outside::Outside;
use super::own::OwnScore;
use super::reason::{Gated, Reason};
use crate::language::tree::{Aggregation, Track};
use crate::number::{Points, Ratio};
use crate::ruleset::{HeadId, Ruleset};

/// What became of a leaf under one track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It has points: exact, and as the ruleset rounds them.
    Scored {
        /// Exact points.
        exact: Points,
        /// Points as rounded where leaves are rounded; else the same.
        rounded: Points,
    },
    /// It has points for now, and waits for more before they are final.
    Awaiting {
        /// Exact points.
        exact: Points,
        /// Points as rounded where leaves are rounded; else the same.
        rounded: Points,
        /// What it waits for.
        awaits: Awaits,
    },
    /// Nothing to score by yet; the reason says why.
    Unscored,
    /// It left the scale.
    NotApplicable,
    /// Its rule could not be carried out.
    Failed,
}

/// A leaf under one track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessed {
    /// What became of it.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// The ruleset asks for an explanation: figures or evidence are missing.
    pub explain: bool,
    /// Points of other heads that it waited for, and that let it be scored.
    pub gates: Vec<Gated>,
    /// Values that the unit does not state of itself: each with where it came from, or why it is missing.
    pub derived: Vec<Derived>,
}

/// A leaf: its tracks side by side, and the final one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafScore {
    /// The leaf.
    pub head: HeadId,
    /// Each track that states something, in order.
    pub tracks: Vec<(Track, Assessed)>,
    /// What counts: the last track, or the reason why there is none.
    pub last: Assessed,
    /// What was said beside figures, track by track.
    pub notes: Vec<(Track, String)>,
}

impl LeafScore {
    /// Whether a track states something of the leaf.
    pub fn states(&self, track: Track) -> bool {
        self.tracks.iter().any(|(at, _)| *at == track)
    }

    /// The leaf as it stood after a track.
    pub fn after(&self, track: Track) -> Option<&Assessed> {
        let stated = self.tracks.iter().rev().find(|(at, _)| *at <= track).map(|(_, assessed)| assessed);
        // What no track states and the surroundings give stands from the first track on.
        let no_survey = matches!(self.last.reason, Reason::NoSurvey { .. } | Reason::Block { .. });
        let found = |last: &&Assessed| no_survey || last.derived.iter().any(|derived| derived.found.is_ok());
        let given = || Some(&self.last).filter(found);
        stated.or_else(|| if self.tracks.is_empty() { given() } else { None })
    }
}

/// A total of points over what is in the scale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Exact points of what is scored.
    pub exact: Points,
    /// Points as rounded on the way up.
    pub rounded: Points,
    /// The maximum of what is in the scale.
    pub maximum: Points,
    /// The least that the exact points can become once everything is scored.
    pub lower: Points,
    /// The most that they can become.
    pub upper: Points,
    /// The least that the points as rounded on the way up can become.
    pub counted_lower: Points,
    /// The most that these can become.
    pub counted_upper: Points,
    /// Something below is unscored or failed.
    pub provisional: bool,
    /// Nothing below is in the scale.
    pub out_of_scale: bool,
}

/// A head's total, and its total after each track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadScore {
    /// The head.
    pub head: HeadId,
    /// What counts.
    pub total: Total,
    /// After each scoring track of the ruleset; nothing where the track states nothing below.
    pub after: Vec<(Track, Option<Total>)>,
}

/// The index of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Points.
    pub total: Total,
    /// Points over the maximum in scale, exact.
    pub share: Ratio,
    /// The same as the ruleset rounds it.
    pub rounded_share: Ratio,
    /// The least that the exact share can become.
    pub lower_share: Ratio,
    /// The most that it can become.
    pub upper_share: Ratio,
    /// The least that the share as the ruleset rounds it can become.
    pub counted_lower_share: Ratio,
    /// The most that this can become.
    pub counted_upper_share: Ratio,
    /// What bonus and penalty made of it, where the set has them.
    pub outside: Option<Outside>,
    /// The exact points that it would have without the floor of the index, where that lifts it.
    pub without_floor: Option<Points>,
    /// What the unit scored itself, where that says more than the index.
    pub own: Option<OwnScore>,
    /// The grade, and what held it down or keeps it open.
    pub grading: Grading,
    /// The index after each scoring track.
    pub after: Vec<(Track, Option<Total>)>,
}

/// A unit's result under a ruleset; names what it was made of, and is never rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scorecard {
    /// The ruleset's path.
    pub path: String,
    /// Its year.
    pub year: u16,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The unit.
    pub unit: String,
    /// Its block, if it is known.
    pub block: Option<String>,
    /// Why it takes no place, if it takes none.
    pub unranked: Option<Unranked>,
    /// The submission was made up.
    pub synthetic: bool,
    /// What the results of other indices that it reads are labelled with.
    pub borrowed: Vec<super::IndexLabel>,
    /// No survey was held.
    pub no_survey: bool,
    /// When it was submitted, in seconds since 1970-01-01 00:00 of the local official time.
    pub submitted: Option<i64>,
    /// Every leaf, in the order of the text.
    pub leaves: Vec<LeafScore>,
    /// Every head, in the order of the text.
    pub heads: Vec<HeadScore>,
    /// The index.
    pub index: Index,
}

impl Scorecard {
    /// A leaf's score.
    pub fn leaf(&self, head: HeadId) -> Option<&LeafScore> {
        self.leaves.iter().find(|leaf| leaf.head == head)
    }

    /// The part that decides a head (or the whole) whose weakest part counts; the first of several alike. Nothing where
    /// points come about otherwise, or while some part is not scored.
    pub fn weakest(&self, ruleset: &Ruleset, of: Option<HeadId>) -> Option<HeadId> {
        let (aggregation, parts) = match of {
            Some(id) => ruleset.head(id).map(|head| (head.aggregation, &head.children))?,
            None => (ruleset.aggregation, &ruleset.roots),
        };
        let totals = || parts.iter().filter_map(|&id| Some((id, &self.head(id)?.total)));
        let known = totals().all(|(_, total)| !total.provisional);
        if aggregation != Aggregation::Weakest || !known {
            return None;
        }
        let shares = totals().filter_map(|(id, total)| Some((total.rounded.share_of(&total.maximum)?, id)));
        shares.min().map(|(_, id)| id)
    }

    /// A head's totals.
    pub fn head(&self, head: HeadId) -> Option<&HeadScore> {
        self.heads.get(head.0)
    }
}
