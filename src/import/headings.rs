//! The header of a table read row by row: what stands in each column.

use super::Place;
use super::columns::{Column, Part, columns};
use super::csv::{delimiter, rows};
use crate::diagnostic::SourceId;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    /// The unit.
    Unit,
    /// Its block.
    Block,
    /// The ruleset's path.
    Ruleset,
    /// The year.
    Year,
    /// Whether the sheet is made up.
    Synthetic,
    /// A figure of a leaf; an empty track is the leaf's usual one.
    Figure {
        /// The leaf.
        code: String,
        /// The track.
        track: String,
        /// The figure.
        name: String,
    },
    /// The points of a leaf.
    Points {
        /// The leaf.
        code: String,
        /// The track.
        track: String,
    },
    /// Anything else.
    Other,
}

/// A header.
#[derive(Clone, Debug)]
pub struct Headings {
    /// One for each column.
    pub columns: Vec<Heading>,
    /// The sign between cells.
    pub delimiter: u8,
}

/// Reads a header line; what is wrong with it is told where the table is read.
pub fn headings(source: SourceId, line: &str) -> Headings {
    let mut diagnostics = Vec::new();
    let delimiter = delimiter(line);
    let header = rows(
        line,
        delimiter,
        Place { source, offset: 0, of: crate::diagnostic::Document::Submission },
        &mut diagnostics,
    )
    .into_iter()
    .next()
    .unwrap_or_default();
    let read = columns(&header, &mut diagnostics);
    let heading = |column: &Column| match column {
        Column::Unit => Heading::Unit,
        Column::Block => Heading::Block,
        Column::Ruleset => Heading::Ruleset,
        Column::Year => Heading::Year,
        Column::Synthetic => Heading::Synthetic,
        Column::Leaf { entry, part } => {
            let Some((code, track)) = read.entries.get(*entry) else { return Heading::Other };
            let (code, track) = (code.value.clone(), track.value.clone());
            match part {
                Part::Points => Heading::Points { code, track },
                Part::Figure(name) => Heading::Figure { code, track, name: name.value.clone() },
                Part::Reason => Heading::Other,
            }
        }
        Column::SurveyHeld | Column::Submitted | Column::Nameless | Column::Refused | Column::Shared { .. } => {
            Heading::Other
        }
    };
    Headings { columns: read.list.iter().map(heading).collect(), delimiter }
}
