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
    labels: BTreeMap<(String, u16), BTreeSet<String>>,
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

    /// Adds what the output that a result was read from carries above its numbers.
    pub fn label(&mut self, path: &str, year: u16, labels: &[String]) {
        if !labels.is_empty() {
            self.labels.entry((path.to_owned(), year)).or_default().extend(labels.iter().cloned());
        }
    }

    /// What those outputs carry, so that whatever is scored with them carries it too.
    pub fn labels(&self) -> Vec<IndexLabel> {
        let of = |((path, year), labels): (&(String, u16), &BTreeSet<String>)| {
            let one = |label: &String| IndexLabel { path: path.clone(), year: *year, label: label.clone() };
            labels.iter().map(one).collect::<Vec<_>>()
        };
        self.labels.iter().flat_map(of).collect()
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
