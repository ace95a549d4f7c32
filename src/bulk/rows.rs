//! One row of a table straight into a sheet, where every cell is written as most are; else nothing, and it is read at length.

use csv::ByteRecord;

use super::whose::{Taken, Whose};
use crate::engine::quick::{ByBlock, Filling, Intake, Written};
use crate::import::{Heading, Headings};

/// What to do with each cell of a row.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    unit: usize,
    block: Option<usize>,
    /// For each reading of the set.
    readings: ByBlock<Reading>,
    /// The sign of decimals.
    mark: u8,
}

#[derive(Clone, Debug)]
struct Reading {
    cells: Vec<Cell>,
    /// The leaves that rows state, once for each track that a column names.
    leaves: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Cell {
    /// The unit, and its block.
    Name,
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
    pub(super) fn below(headings: &Headings, intakes: &ByBlock<Intake>) -> Option<Self> {
        let place = |of: &Heading| headings.columns.iter().position(|heading| heading == of);
        Some(Self {
            unit: place(&Heading::Unit)?,
            block: place(&Heading::Block),
            readings: intakes.map(|intake| Reading::below(headings, intake)),
            mark: if headings.delimiter == b';' { b',' } else { b'.' },
        })
    }

    /// Takes a row; whose it is, if all of it was taken.
    pub(super) fn take<'a>(
        &self,
        row: &ByteRecord,
        whose: &Whose<'a>,
        fillings: &mut Vec<Filling>,
    ) -> Option<Taken<'a>> {
        let text = std::str::from_utf8(row.as_slice()).ok()?;
        let cell = |at: usize| text.get(row.range(at)?);
        let mut taken = whose.of(cell(self.unit)?, self.block.and_then(cell))?;
        let (_, reading) = self.readings.of(taken.who.block.as_deref())?;
        let filling = taken.filling(fillings)?;
        let (intake, ruleset) = (taken.intake, whose.ruleset());
        if row.len() != reading.cells.len() {
            return None;
        }
        for &leaf in &reading.leaves {
            intake.open(filling, leaf)?;
            intake.close(leaf, false)?;
        }
        for (at, kind) in reading.cells.iter().enumerate() {
            let text = cell(at)?;
            // Spaces around are told at length.
            if text.starts_with(' ') || text.ends_with(' ') {
                return None;
            }
            match *kind {
                Cell::Name => {}
                Cell::Ruleset => (text.is_empty() || text == ruleset.path).then_some(())?,
                Cell::Year => (text.is_empty() || text.parse() == Ok(ruleset.year)).then_some(())?,
                Cell::Synthetic => {
                    taken.who.synthetic |= match text {
                        "true" | "có" | "yes" => true,
                        "" | "false" | "không" | "no" => false,
                        _ => return None,
                    };
                }
                Cell::Figure(leaf, figure) => intake.state(filling, leaf, figure, Written::Text(text, self.mark))?,
                Cell::Points(leaf) => intake.points(filling, leaf, Written::Text(text, self.mark))?,
                Cell::Empty => text.is_empty().then_some(())?,
            }
        }
        intake.end(filling)?;
        Some(taken)
    }
}

impl Reading {
    fn below<'h>(headings: &'h Headings, intake: &Intake) -> Option<Self> {
        let mut leaves: Vec<(usize, &str)> = Vec::new();
        // Of a leaf that does not apply to the block nothing is stated.
        let mut leaf = |code: &str, track: &'h str| {
            let leaf = intake.leaf(0, code)?;
            if intake.is_aside(leaf) {
                return Some(None);
            }
            if !leaves.contains(&(leaf, track)) {
                leaves.push((leaf, track));
            }
            intake.may_state(leaf, track).then_some(Some(leaf))
        };
        let cell = |heading: &'h Heading| {
            Some(match heading {
                Heading::Unit | Heading::Block => Cell::Name,
                Heading::Ruleset => Cell::Ruleset,
                Heading::Year => Cell::Year,
                Heading::Synthetic => Cell::Synthetic,
                Heading::Figure { code, track, name } => match leaf(code, track)? {
                    Some(leaf) => Cell::Figure(leaf, intake.figure(leaf, 0, name)?),
                    None => Cell::Empty,
                },
                Heading::Points { code, track } => leaf(code, track)?.map_or(Cell::Empty, Cell::Points),
                Heading::Other => Cell::Empty,
            })
        };
        let cells = headings.columns.iter().map(cell).collect::<Option<_>>()?;
        Some(Self { cells, leaves: leaves.into_iter().map(|(leaf, _)| leaf).collect() })
    }
}
