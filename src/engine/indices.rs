//! Results of other indices, which some leaves are scored by.

use std::collections::{BTreeMap, BTreeSet};

use crate::number::Ratio;

/// Whose result it is: the index's path, the year, and the code of the part, if it is not the whole.
type Of = (String, u16, Option<String>);

/// A result as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexResult {
    /// In per cent; the value is the ratio.
    Share(Ratio),
    /// In points of a scale.
    Points(Ratio),
    /// In points, with the most that there are: either way of reading it is known.
    Scored {
        /// The points.
        points: Ratio,
        /// Over the most.
        share: Ratio,
    },
}

/// Results of other indices by unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indices {
    results: BTreeMap<Of, BTreeMap<String, IndexResult>>,
    /// Of each label, the units whose results stand below it.
    labels: BTreeMap<IndexLabel, BTreeSet<String>>,
}

/// What a reader of an index's results must know before any number: it is an invented set's, or reconstructed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexLabel {
    /// The index's path.
    pub path: String,
    /// Its year.
    pub year: u16,
    /// The label, as its own output words it.
    pub label: String,
}

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoResult {
    /// Nothing of that index, year and part is at hand.
    Index,
    /// The unit is not among its results.
    Unit,
    /// It is published in points, and the set names no scale.
    InPoints,
    /// It is published in per cent alone, and the set asks for points.
    InPercent,
}

impl Indices {
    /// Adds the result of a unit.
    pub fn put(&mut self, path: &str, year: u16, part: Option<&str>, unit: &str, result: IndexResult) {
        let of = (path.to_owned(), year, part.map(str::to_owned));
        self.results.entry(of).or_default().insert(unit.to_owned(), result);
    }

    /// Adds what the output that a unit's result was read from carries above its numbers.
    pub fn label(&mut self, path: &str, year: u16, unit: &str, labels: &[String]) {
        for label in labels {
            let label = IndexLabel { path: path.to_owned(), year, label: label.clone() };
            self.labels.entry(label).or_default().insert(unit.to_owned());
        }
    }

    /// What is carried by whatever is scored with the results of some units, of which this tells.
    pub fn labels(&self, is: impl Fn(&str) -> bool) -> Vec<IndexLabel> {
        let some = |(_, units): &(&IndexLabel, &BTreeSet<String>)| units.iter().any(|unit| is(unit));
        self.labels.iter().filter(some).map(|(label, _)| label.clone()).collect()
    }

    /// What is carried by whatever is scored with the results of one unit.
    pub fn labels_of(&self, unit: &str) -> Vec<IndexLabel> {
        self.labels.iter().filter(|(_, units)| units.contains(unit)).map(|(label, _)| label.clone()).collect()
    }

    /// Whether any result stands below a label.
    pub fn is_labelled(&self) -> bool {
        !self.labels.is_empty()
    }

    /// The result of a unit: a rate, or points where the set names their scale.
    ///
    /// # Errors
    /// What is lacking.
    pub fn result(
        &self,
        (path, year, part): (&str, u16, Option<&str>),
        unit: &str,
        in_points: bool,
    ) -> Result<Ratio, NoResult> {
        let of = (path.to_owned(), year, part.map(str::to_owned));
        let units = self.results.get(&of).ok_or(NoResult::Index)?;
        match (units.get(unit).ok_or(NoResult::Unit)?, in_points) {
            (IndexResult::Share(share) | IndexResult::Scored { share, .. }, false) => Ok(share.clone()),
            (IndexResult::Points(points) | IndexResult::Scored { points, .. }, true) => Ok(points.clone()),
            (IndexResult::Points(_), false) => Err(NoResult::InPoints),
            (IndexResult::Share(_), true) => Err(NoResult::InPercent),
        }
    }

    /// Whether anything of an index, year and part is there.
    pub fn holds(&self, path: &str, year: u16, part: Option<&str>) -> bool {
        self.results.contains_key(&(path.to_owned(), year, part.map(str::to_owned)))
    }
}
