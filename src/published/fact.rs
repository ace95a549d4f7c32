//! A published fact with what came out when it was recomputed.

use super::printed::Printed;
use super::table::Confidence;
use crate::number::Ratio;

/// What can be said of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Recomputed, and the same.
    Agrees,
    /// What is known bounds it, and it lies inside.
    Consistent,
    /// What is known contradicts it.
    Disagrees,
    /// What is published does not say enough.
    Cannot,
}

/// What two sources print differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflicting {
    /// The score.
    Score,
    /// The rank.
    Rank,
    /// A count.
    Count,
    /// Of how many units the rank is.
    Of,
    /// The change of the score, since this year or the one before.
    Change(Option<u16>),
    /// Places gained or lost.
    Places,
    /// How far above the mean.
    AboveMean,
    /// The share of all units.
    Share,
    /// Where a band begins.
    Cut,
    /// A part of the score, by its name.
    Part(String),
}

/// A fact, the numbers it was recomputed from, and what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The parts add up to the score.
    Sum {
        /// The parts, by name.
        parts: Vec<(String, Printed)>,
        /// Their sum.
        sum: Ratio,
        /// The score.
        printed: Printed,
    },
    /// The score is the mean of elements; many are not.
    Elements {
        /// The mean of the elements.
        mean: Ratio,
        /// The score.
        printed: Printed,
    },
    /// The score as points on another scale.
    Points {
        /// The score, in per cent.
        score: Printed,
        /// The scale.
        scale: Ratio,
        /// What it makes.
        exact: Ratio,
        /// The points.
        printed: Printed,
    },
    /// A rank, against how many known scores lie above and below.
    Rank {
        /// The rank.
        printed: usize,
        /// The score, where it is known.
        score: Option<Printed>,
        /// The best that it can be.
        least: usize,
        /// The worst.
        most: Option<usize>,
    },
    /// Better ranks have better scores.
    Order {
        /// Units with both.
        units: usize,
        /// Pairs that have it the other way.
        against: Vec<(String, String)>,
    },
    /// Two units printed equal with different ranks.
    Equal {
        /// The better placed.
        first: (String, usize),
        /// The other.
        second: (String, usize),
        /// What both are printed with.
        printed: Printed,
    },
    /// A unit's band, by its score and by its rank.
    Band {
        /// As printed.
        printed: Option<String>,
        /// By the cuts.
        by_score: Option<String>,
        /// By how many are in each band.
        by_rank: Option<String>,
    },
    /// The bands hold every unit.
    Counts {
        /// Units in each band.
        counts: Vec<(String, usize)>,
        /// All of them.
        sum: usize,
        /// Units ranked.
        units: usize,
    },
    /// A share of all units.
    Share {
        /// The band.
        band: String,
        /// Units in it.
        count: usize,
        /// Units ranked.
        units: usize,
        /// The share, in per cent.
        exact: Ratio,
        /// As printed.
        printed: Printed,
    },
    /// The mean of the round, between the bounds that known scores leave.
    Mean {
        /// As printed.
        printed: Printed,
        /// Units whose score is known, and all.
        known: (usize, usize),
        /// The least it can be.
        least: Ratio,
        /// The most.
        most: Ratio,
    },
    /// Units above the mean.
    AboveCount {
        /// As printed.
        printed: usize,
        /// The fewest that it can be.
        least: usize,
        /// The most.
        most: usize,
    },
    /// How far a score is above the mean.
    AboveMean {
        /// As printed.
        printed: Printed,
        /// The score.
        score: Option<Printed>,
        /// The mean.
        mean: Option<Printed>,
        /// The score that would follow.
        follows: Option<Ratio>,
    },
    /// Places gained or lost on the year before.
    Places {
        /// As printed.
        printed: i64,
        /// The rank of the year.
        now: Option<usize>,
        /// The rank of the year before.
        before: Option<usize>,
        /// The year before.
        since: u16,
        /// The rank that would follow for the year whose rank is not known.
        follows: Option<i64>,
    },
    /// A change of the score since an earlier year.
    Change {
        /// As printed.
        printed: Printed,
        /// The score of the year.
        now: Option<Printed>,
        /// The score of the earlier year.
        before: Option<Printed>,
        /// The earlier year.
        since: u16,
        /// The score that would follow for one of the two: the year's own if the earlier one is known.
        follows: Option<Ratio>,
    },
    /// What a change says of the earlier year, in that year's own table.
    Earlier {
        /// The earlier year.
        since: u16,
        /// The score that follows for it.
        score: Printed,
        /// Its rank, printed or following from places gained.
        rank: usize,
        /// The best rank with that score.
        least: usize,
        /// The worst.
        most: Option<usize>,
    },
    /// Units that rose and fell, of all.
    Moved {
        /// Those that rose.
        rose: usize,
        /// Those that fell.
        fell: usize,
        /// All.
        units: usize,
    },
    /// The greatest or the least rise, against the rises that are known.
    Extreme {
        /// Whether it is the greatest.
        greatest: bool,
        /// As printed.
        printed: Printed,
        /// Known rises.
        known: usize,
        /// A unit whose rise is the one, or lies beyond it.
        unit: Option<String>,
    },
    /// Sources that print different values of one thing.
    Conflict {
        /// Of what.
        what: Conflicting,
        /// The values, each with its source.
        values: Vec<(Printed, String)>,
    },
}

/// A fact of a round, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The unit; nothing for the round as a whole.
    pub unit: Option<String>,
    /// The fact.
    pub fact: Fact,
    /// What came out.
    pub verdict: Verdict,
    /// Where it is printed.
    pub source: String,
    /// How far that is to be trusted.
    pub confidence: Confidence,
}
