//! A published table: a line a unit or a fact of the whole round, each with its source.

use std::collections::{BTreeMap, BTreeSet};

use super::printed::Printed;
use crate::diagnostic::Span;
use crate::number::Ratio;

/// What a line speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// A unit, by its name.
    Unit(String),
    /// The round as a whole.
    Whole(Whole),
}

/// A fact of the whole round.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whole {
    /// How many units are ranked.
    Units,
    /// The mean of their scores.
    Mean,
    /// A band: how many are in it, and from which score on.
    Band(String),
    /// How many scored higher than the year before.
    Rose,
    /// How many scored lower.
    Fell,
    /// How many are above the mean.
    AboveMean,
    /// The greatest rise.
    MostRise,
    /// The least rise.
    LeastRise,
}

/// How far a source is to be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// An authority's page, or an agency that prints its figures.
    High,
    /// A newspaper or another page that names no document.
    #[default]
    Medium,
    /// A page that contradicts itself, a copy without origin.
    Low,
}

/// A change of the score: by how much, and since which year; the year before if none is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// By how much.
    pub by: Printed,
    /// Since when.
    pub since: Option<u16>,
}

/// Where a band begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The score.
    pub from: Printed,
    /// Whether that score itself is in the band.
    pub inclusive: bool,
}

impl Cut {
    /// Whether a score lies at or above the cut.
    pub fn holds(&self, score: &Ratio) -> bool {
        score > self.from.value() || (self.inclusive && score == self.from.value())
    }
}

/// A line of a published table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it speaks of.
    pub who: Who,
    /// The block that is ranked by itself, where the round has blocks.
    pub block: Option<String>,
    /// The score; on the line of the mean, the mean.
    pub score: Option<Printed>,
    /// The rank.
    pub rank: Option<usize>,
    /// Of how many.
    pub of: Option<usize>,
    /// The band.
    pub band: Option<String>,
    /// Places gained on the year before; negative when lost.
    pub places: Option<i64>,
    /// Changes of the score.
    pub changes: Vec<Change>,
    /// How far above the mean.
    pub above_mean: Option<Printed>,
    /// Parts that add up to the score.
    pub parts: Vec<(String, Printed)>,
    /// Elements that a reader may take the score for the mean of.
    pub elements: Vec<(String, Printed)>,
    /// The score as points on other scales.
    pub points: Vec<(Ratio, Printed)>,
    /// How many units, on a line of the whole.
    pub count: Option<usize>,
    /// Their share of all, in per cent.
    pub share: Option<Printed>,
    /// Where a band begins.
    pub cut: Option<Cut>,
    /// Where it is printed.
    pub source: String,
    /// How far that is to be trusted.
    pub confidence: Confidence,
    /// What else a reader should know.
    pub note: Option<String>,
    /// The row.
    pub span: Span,
}

/// What was published of one year of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The year.
    pub year: u16,
    /// Its lines, in the order of the file.
    pub lines: Vec<Line>,
}

impl Table {
    /// The blocks that are ranked by themselves, in the order met; nothing stands for a round without blocks.
    pub fn blocks(&self) -> Vec<Option<&str>> {
        let mut seen = BTreeSet::new();
        self.lines.iter().map(|line| line.block.as_deref()).filter(|block| seen.insert(*block)).collect()
    }
}

/// What was published of an index, year by year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// The index: its path among the rulesets.
    pub index: String,
    /// Its tables.
    pub tables: BTreeMap<u16, Table>,
}
