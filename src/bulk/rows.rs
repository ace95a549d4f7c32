//! One row of a table straight into a sheet, where every cell is written as most are; else nothing, and it is read at length.

use crate::engine::quick::{Filling, Intake, Written};
use crate::import::{Heading, Headings};

/// What to do with each cell of a row.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    cells: Vec<Cell>,
    /// The leaves that rows state, each with its track.
    leaves: Vec<(usize, String)>,
    delimiter: u8,
}

#[derive(Clone, Copy, Debug)]
enum Cell {
    Unit,
    Ruleset,
    Year,
    Synthetic,
    Figure(usize, usize),
    Points(usize),
    /// Must be empty.
    Empty,
}

impl Rows {
    /// The rows below a header.
    pub(super) fn below(headings: &Headings, intake: &Intake) -> Option<Self> {
        let mut leaves: Vec<(usize, String)> = Vec::new();
        let mut leaf = |code: &str, track: &str| {
            let leaf = intake.leaf(0, code)?;
            if !leaves.iter().any(|(known, named)| *known == leaf && named == track) {
                leaves.push((leaf, track.to_owned()));
            }
            Some(leaf)
        };
        let cell = |heading: &Heading| {
            Some(match heading {
                Heading::Unit => Cell::Unit,
                Heading::Ruleset => Cell::Ruleset,
                Heading::Year => Cell::Year,
                Heading::Synthetic => Cell::Synthetic,
                Heading::Figure { code, track, name } => {
                    let leaf = leaf(code, track)?;
                    Cell::Figure(leaf, intake.figure(leaf, 0, name)?)
                }
                Heading::Points { code, track } => Cell::Points(leaf(code, track)?),
                Heading::Other => Cell::Empty,
            })
        };
        let cells = headings.columns.iter().map(cell).collect::<Option<_>>()?;
        Some(Self { cells, leaves, delimiter: headings.delimiter })
    }

    /// Walks a row; the unit's name, if all of it was taken.
    pub(super) fn walk<'a>(&self, row: &'a str, intake: &Intake, filling: &mut Filling) -> Option<&'a str> {
        let ruleset = intake.program().plan().ruleset();
        let mark = if self.delimiter == b';' { b',' } else { b'.' };
        intake.begin(filling);
        for (leaf, track) in &self.leaves {
            intake.open(filling, *leaf, track)?;
            intake.close(*leaf, false)?;
        }
        let (mut unit, mut cells) = (None, row.split(char::from(self.delimiter)));
        for cell in &self.cells {
            let text = cells.next()?;
            // Quotes and spaces around are told at length.
            if text.contains('"') || text.starts_with(' ') || text.ends_with(' ') {
                return None;
            }
            match *cell {
                Cell::Unit => unit = Some(text),
                Cell::Ruleset => (text.is_empty() || text == ruleset.path).then_some(())?,
                Cell::Year => (text.is_empty() || text.parse() == Ok(ruleset.year)).then_some(())?,
                Cell::Synthetic => {
                    let answered = matches!(text, "" | "true" | "false" | "có" | "không" | "yes" | "no");
                    answered.then_some(())?;
                }
                Cell::Figure(leaf, figure) => intake.state(filling, leaf, figure, Written::Text(text, mark))?,
                Cell::Points(leaf) => intake.points(filling, leaf, Written::Text(text, mark))?,
                Cell::Empty => text.is_empty().then_some(())?,
            }
        }
        if cells.next().is_some() {
            return None;
        }
        intake.end(filling)?;
        unit.filter(|unit| !unit.is_empty())
    }
}
