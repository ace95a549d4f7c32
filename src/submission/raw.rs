//! A submission as read from a file, before it meets its ruleset; every part keeps its place.

use crate::diagnostic::Span;
use crate::language::tree::Spanned;
use crate::number::DecimalMark;

/// A sheet as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw {
    /// The ruleset's path, if stated.
    pub ruleset: Option<Spanned<String>>,
    /// The year, if stated.
    pub year: Option<Spanned<String>>,
    /// The unit.
    pub unit: Option<Spanned<String>>,
    /// Its block, if stated.
    pub block: Option<Spanned<String>>,
    /// Whether a survey was held, if stated.
    pub survey_held: Option<Spanned<bool>>,
    /// When it was submitted, as written.
    pub submitted: Option<Spanned<String>>,
    /// Marked as made up.
    pub synthetic: bool,
    /// What is stated of the figures that leaves share, track by track; an empty name is the usual track.
    pub shared: Vec<(Spanned<String>, RawFigures)>,
    /// Something that it names could not be read, so it is checked and never scored.
    pub damaged: bool,
    /// What is stated, leaf by leaf.
    pub leaves: Vec<RawLeaf>,
    /// The whole sheet.
    pub span: Span,
}

impl Raw {
    /// Takes the year out of `vn/par-index/tinh 2022`, as sets are spoken of, where no other year is stated.
    pub fn part_year(&mut self) {
        let Some(named) = &mut self.ruleset else { return };
        let Some((path, year)) = named.value.trim().rsplit_once(' ') else { return };
        let digits = year.chars().take_while(char::is_ascii_digit).count();
        if digits == 4 && self.year.as_ref().is_none_or(|said| said.value.trim() == year) {
            self.year.get_or_insert_with(|| Spanned::new(year.to_owned(), named.span));
            named.value = path.trim_end().to_owned();
        }
    }
}

/// Figures by name, as written.
pub type RawFigures = Vec<(Spanned<String>, Spanned<RawValue>)>;

/// One leaf of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawLeaf {
    /// Its code.
    pub code: Spanned<String>,
    /// Its tracks, by name; an empty name (a table's column that names none) is the leaf's usual track.
    pub tracks: Vec<(Spanned<String>, RawEntry)>,
}

/// What one track states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawEntry {
    /// Figures by name.
    pub figures: Vec<(Spanned<String>, Spanned<RawValue>)>,
    /// Points.
    pub points: Option<Spanned<RawValue>>,
    /// Why these points.
    pub reason: Option<Spanned<String>>,
    /// How far the explanation has come.
    pub state: Option<Spanned<String>>,
    /// Evidence.
    pub evidence: Vec<RawEvidence>,
}

/// A value as written; numbers stay text, so that no digit is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawValue {
    /// A number of the format itself (JSON, TOML): digits, point, exponent.
    Number(String),
    /// A text.
    Text(String),
    /// A cell of a table, in which numbers carry this decimal mark; its figure decides what it is.
    Cell(String, DecimalMark),
    /// `true` or `false`.
    YesNo(bool),
    /// `null`, or an empty cell: not answered.
    Nothing,
    /// The rows of a list.
    Rows(Vec<RawRow>),
    /// The rows of a list, in a table of this name beside the sheet.
    Table(String),
}

/// A row of a list as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// Its cells by column; its name stands among them under `tên` or `name`.
    pub cells: Vec<(Spanned<String>, Spanned<RawValue>)>,
    /// The row.
    pub span: Span,
}

/// A document as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawEvidence {
    /// File name.
    pub file: Option<Spanned<String>>,
    /// SHA-256 in hexadecimal.
    pub sha256: Option<Spanned<String>>,
    /// Section.
    pub section: Option<Spanned<String>>,
    /// Page.
    pub page: Option<Spanned<String>>,
}
