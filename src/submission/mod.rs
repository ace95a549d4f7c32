//! What a unit states: figures, or points with a reason, per leaf and track, with evidence.

mod alike;
mod archive;
mod bounds;
mod days;
mod evidence;
mod number;
mod raw;
mod rows;
mod sample;
mod track;
mod together;
mod validate;
mod value;

pub(crate) use number::{near, published};

pub use alike::names_alike;
pub use archive::{Archive, NotThere, Then, year_of, years_read};
pub use bounds::{Broken, within_bounds, within_bounds_of};
pub use sample::{Gaps, sample, without_survey_results};
pub use together::{ValidatedAll, validate_all, validate_round};
pub use track::{explained_name, track_name, usual_track};
pub use validate::{Validated, validate};
pub use value::{example_value, value};

pub use raw::{Raw, RawEntry, RawEvidence, RawFigures, RawLeaf, RawRow, RawValue};
pub use rows::{example_rows, rows};

use std::collections::BTreeMap;

use crate::language::tree::Track;
use crate::number::{Points, Ratio};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{HeadId, Leaf};

/// A unit's sheet, checked against its ruleset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// The unit.
    pub unit: String,
    /// Its block, where the sheet names it.
    pub block: Option<String>,
    /// No survey was held this year, where the set allows that.
    pub no_survey: bool,
    /// When it was submitted, in seconds since 1970-01-01 00:00 of the local official time.
    pub submitted: Option<i64>,
    /// Made up for tests or teaching; every output says so.
    pub synthetic: bool,
    /// What is stated of the figures that leaves share, by track; of each figure the last track counts.
    pub shared: BTreeMap<Track, BTreeMap<FigureId, Value>>,
    /// What is stated, by leaf and track.
    pub leaves: BTreeMap<HeadId, BTreeMap<Track, Entry>>,
}

impl Submission {
    /// The value of a figure of a leaf, or of a shared one, as it stands after a track; with the track that states it.
    pub fn value_at(&self, home: Option<HeadId>, figure: FigureId, upto: Track) -> Option<(&Value, Track)> {
        let Some(head) = home else {
            let mut tracks = self.shared.range(..=upto).rev();
            return tracks.find_map(|(track, values)| Some((values.get(&figure)?, *track)));
        };
        let (values, track) = self.figures_at(head, upto)?;
        // Of what does not apply there, nothing is known here.
        let value = values.get(&figure).filter(|value| **value != Value::NotApplicable)?;
        Some((value, track))
    }

    /// Whether the unit says at a leaf, as it stands after a track, that a figure does not apply.
    pub fn chosen_at(&self, head: HeadId, figure: FigureId, upto: Track) -> bool {
        let stated = self.figures_at(head, upto);
        stated.is_some_and(|(values, _)| values.get(&figure) == Some(&Value::NotApplicable))
    }

    fn figures_at(&self, head: HeadId, upto: Track) -> Option<(&BTreeMap<FigureId, Value>, Track)> {
        let mut entries = self.leaves.get(&head)?.range(..=upto).rev();
        // A later track states all figures of its leaf anew; points set in place of the rule leave them as they were.
        entries.find_map(|(track, entry)| match &entry.stated {
            Stated::Figures(values) if *track != Track::Explanation => Some((values, *track)),
            Stated::Figures(_) | Stated::Points { .. } => None,
        })
    }

    /// What a leaf reads of figures that are stated elsewhere, as it stands after a track.
    pub fn read_elsewhere(&self, leaf: &Leaf, upto: Track) -> BTreeMap<FigureId, Value> {
        let figures = leaf.figures.iter().enumerate();
        let read = figures.filter_map(|(at, figure)| {
            let (home, id) = figure.origin.stated_at()?;
            Some((FigureId(at), self.value_at(home, id, upto)?.0.clone()))
        });
        read.collect()
    }
}

/// What one track states of one leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Figures or points.
    pub stated: Stated,
    /// Evidence.
    pub evidence: Vec<Evidence>,
    /// What is said beside figures: why an appraiser corrected them, what an explanation explains.
    pub note: Option<String>,
    /// How far the explanation of the leaf has come, where this is the step of explaining and the sheet says so.
    pub explained: Option<Explained>,
}

/// How far the explanation of a leaf has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explained {
    /// None is asked for.
    NotAsked,
    /// It is asked for, and not there yet.
    Asked,
    /// The unit explained.
    Given,
    /// The time for it is over: what was appraised before stands.
    Lapsed,
}

/// Figures to score by the rule, or points set by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    /// Figures; one that is not there is not answered.
    Figures(BTreeMap<FigureId, Value>),
    /// Points: entered by an authority, or set by an appraiser in place of the rule.
    Points {
        /// How many.
        points: Points,
        /// Why; required where the leaf has a rule.
        reason: String,
    },
}

/// The value of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number; of a rate, the ratio (80 % is 4/5); of a date, days since 1970-01-01.
    Number(Ratio),
    /// Yes or no.
    YesNo(bool),
    /// An option, by its place among the figure's options.
    Option(usize),
    /// Free text.
    Text(String),
    /// The rows of a list.
    Rows(Vec<Row>),
    /// The unit says that it does not apply, where the figure lets it.
    NotApplicable,
}

/// A row of a list: a sub-unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name, once in a list.
    pub name: String,
    /// What stands in its columns; one that is not there is not answered.
    pub cells: BTreeMap<FigureId, Value>,
}

/// A document that shows what is stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// File name.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: Option<String>,
    /// Section.
    pub section: Option<String>,
    /// Page.
    pub page: Option<u32>,
}
