//! A row of a register as read from a file.

use super::Assessed;
use crate::diagnostic::Span;
use crate::language::tree::Spanned;

/// A unit as a row states it; what it refers to is not looked up yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawUnit {
    /// Its code.
    pub code: Option<Spanned<String>>,
    /// Its name.
    pub name: Spanned<String>,
    /// Its level.
    pub level: Option<String>,
    /// The unit above it, by code or name.
    pub parent: Option<Spanned<String>>,
    /// Its block.
    pub block: Option<Spanned<String>>,
    /// Its first day, in days since 1970-01-01.
    pub from: Option<Spanned<i32>>,
    /// Its last day.
    pub through: Option<Spanned<i32>>,
    /// The units that it takes the place of, by code or name.
    pub succeeds: Vec<Spanned<String>>,
    /// Whether it is assessed and ranked.
    pub assessed: Assessed,
    /// Where the row comes from.
    pub source: Option<String>,
    /// The row.
    pub span: Span,
}
