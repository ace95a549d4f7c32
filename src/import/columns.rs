//! What the columns of a table hold, told by its header.

use std::collections::{BTreeMap, BTreeSet};

use super::csv::Cell;
use crate::diagnostic::{Diagnostic, Document, Sheet};
use crate::language::fold;
use crate::language::tree::Spanned;

/// A column of a table of submissions.
#[derive(Clone, Debug)]
pub(super) enum Column {
    /// The unit.
    Unit,
    /// The unit's block.
    Block,
    /// The ruleset's path.
    Ruleset,
    /// The year.
    Year,
    /// Whether a survey was held.
    SurveyHeld,
    /// When it was submitted.
    Submitted,
    /// Whether the sheet is made up.
    Synthetic,
    /// A figure that leaves share, and the track as named (perhaps not at all).
    Shared {
        /// The track.
        track: Spanned<String>,
        /// The figure.
        figure: Spanned<String>,
    },
    /// Something of a leaf.
    Leaf {
        /// The leaf, and the track as named (perhaps not at all).
        entry: usize,
        /// What of it.
        part: Part,
    },
    /// No name, so that nothing may stand under it.
    Nameless,
    /// Refused already.
    Refused,
}

/// What a column states of a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Its points.
    Points,
    /// Why these points.
    Reason,
    /// A figure.
    Figure(Spanned<String>),
}

/// The columns of a table.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// One for each cell of the header.
    pub(super) list: Vec<Column>,
    /// The entries that columns speak of: code and track.
    pub(super) entries: Vec<(Spanned<String>, Spanned<String>)>,
    known: BTreeMap<(String, String), usize>,
}

/// Reads a header.
pub(super) fn columns(header: &[Cell], findings: &mut Vec<Diagnostic>) -> Columns {
    let mut columns = Columns::default();
    let mut seen = BTreeSet::new();
    for cell in header {
        let (column, key) = columns.column(cell);
        if matches!(column, Column::Nameless) {
            columns.list.push(column);
            continue;
        }
        if !seen.insert(key) {
            let problem = Sheet::RepeatedKey { of: Document::Submission, key: cell.text.trim().to_owned() };
            findings.push(Diagnostic::new(problem, cell.span));
            columns.list.push(Column::Refused);
            continue;
        }
        columns.list.push(column);
    }
    columns
}

impl Columns {
    /// A column, and what tells it from the others.
    fn column(&mut self, cell: &Cell) -> (Column, (Option<usize>, String)) {
        let name = cell.text.trim();
        match fold(name).as_str() {
            "" => return (Column::Nameless, (None, String::new())),
            "unit" | "don vi" => return (Column::Unit, (None, "unit".to_owned())),
            "block" | "khoi" => return (Column::Block, (None, "block".to_owned())),
            "ruleset" | "bo tieu chi" => return (Column::Ruleset, (None, "ruleset".to_owned())),
            "year" | "nam" => return (Column::Year, (None, "year".to_owned())),
            "survey held" | "co dieu tra" => return (Column::SurveyHeld, (None, "survey held".to_owned())),
            "submitted" | "nop luc" => return (Column::Submitted, (None, "submitted".to_owned())),
            "synthetic" | "gia dinh" => return (Column::Synthetic, (None, "synthetic".to_owned())),
            _ => {}
        }
        let (name, track) = match name.rsplit_once('@') {
            Some((name, track)) => (name.trim(), track.trim()),
            None => (name, ""),
        };
        let (code, part) = match name.split_once(':') {
            Some((word, code)) if matches!(fold(word.trim()).as_str(), "reason" | "ly do") => {
                (code.trim(), Part::Reason)
            }
            Some((code, figure)) => (code.trim(), Part::Figure(Spanned::new(figure.trim().to_owned(), cell.span))),
            None => (name, Part::Points),
        };
        if let Part::Figure(figure) = &part
            && matches!(fold(code).as_str(), "shared" | "chung")
        {
            let key = (None, format!("shared:{}@{track}", figure.value));
            let track = Spanned::new(track.to_owned(), cell.span);
            return (Column::Shared { track, figure: figure.clone() }, key);
        }
        let entry = *self.known.entry((code.to_owned(), track.to_owned())).or_insert_with(|| {
            let spanned = |text: &str| Spanned::new(text.to_owned(), cell.span);
            self.entries.push((spanned(code), spanned(track)));
            self.entries.len().saturating_sub(1)
        });
        let key = match &part {
            Part::Points => "points".to_owned(),
            Part::Reason => "reason".to_owned(),
            Part::Figure(figure) => format!(":{}", figure.value),
        };
        (Column::Leaf { entry, part }, (Some(entry), key))
    }
}
