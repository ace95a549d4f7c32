//! Where the value of a figure comes from.

use super::meaning::{Expr, FigureId, Test};
use super::questionnaire::SurveyRule;
use super::{Figure, HeadId};
use crate::language::tree::{Better, Within};
use crate::number::Ratio;

/// Where the value of a figure comes from.
///
/// Whatever it is, an example, a test or a sheet may state the value under the figure's name; where none does, the
/// engine looks for it in what surrounds the submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The unit states it.
    Stated,
    /// A figure that leaves share, by its place among those of the set.
    Shared(FigureId),
    /// A figure that the unit states of another leaf.
    Far {
        /// The leaf.
        head: HeadId,
        /// The figure there.
        figure: FigureId,
    },
    /// What another figure of the leaf was in an earlier year.
    Prior {
        /// The figure.
        figure: FigureId,
        /// The year.
        year: u16,
        /// Whether the sheet is asked for it too (`kèm năm trước`), or only the archive.
        asked: bool,
    },
    /// What people answered about the unit.
    Survey(Box<SurveyRule>),
    /// What the unit got in another index.
    Index {
        /// The index's path.
        path: String,
        /// Its year.
        year: u16,
        /// The code of the part of it that is meant; else the whole.
        part: Option<String>,
        /// Its published scale in points; else it is a rate.
        scale: Option<Ratio>,
    },
    /// Worked out of the leaf's other figures, so that units can be compared by it.
    Worked(Expr),
    /// The unit's place among those it is compared with, best first; equal ones share it.
    Rank(Peers),
    /// The share of them, itself among them, that are not better.
    Percentile(Peers),
    /// The lowest of them, itself among them.
    Lowest(Peers),
    /// The highest of them.
    Highest(Peers),
    /// Their mean.
    Mean(Peers),
    /// Told of the rows of a list.
    Rows(OverRows),
}

/// What is told of all rows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverRows {
    /// The list.
    pub list: FigureId,
    /// What is told; its expressions and conditions read the list's columns.
    pub told: Told,
}

/// What is told of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// `tổng(xã; đúng)`.
    Sum(Expr),
    /// `đếm(xã)`, `đếm(xã; vtvl = có)`.
    Count(Option<Test>),
    /// `nhỏ_nhất(xã; đúng)`.
    Least(Expr),
    /// `lớn_nhất(xã; đúng)`.
    Greatest(Expr),
    /// `tất cả(xã; vtvl = có)`.
    All(Test),
    /// `bất kỳ(xã; vtvl = có)`.
    Any(Test),
}

/// Whom a unit is compared with, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peers {
    /// The figure that is compared.
    pub of: FigureId,
    /// Among which units.
    pub within: Within,
    /// Which way is better; for a mean it does not matter.
    pub better: Better,
    /// The first and the last year whose values count; else this round's alone.
    pub years: Option<(u16, u16)>,
}

impl Origin {
    /// Whether the value comes from elsewhere than the unit's own statement.
    pub fn is_derived(&self) -> bool {
        *self != Self::Stated
    }

    /// Whether the unit states it, here or elsewhere in its sheet: what it could do more or less of.
    pub fn is_own(&self) -> bool {
        matches!(self, Self::Stated | Self::Shared(_) | Self::Far { .. })
    }

    /// Whether nothing that the unit does this year decides it alone: what was, and what others are.
    pub fn is_given(&self) -> bool {
        matches!(self, Self::Prior { .. } | Self::Lowest(_) | Self::Highest(_) | Self::Mean(_))
    }

    /// Whether nothing but the unit's sheet and what surrounds it alone says it: no other figure, and no other unit.
    pub fn is_looked_up(&self) -> bool {
        matches!(self, Self::Prior { .. } | Self::Survey(_) | Self::Index { .. })
    }

    /// Where else in the sheet the value is stated, if it is: at a leaf, or with what leaves share.
    pub fn stated_at(&self) -> Option<(Option<HeadId>, FigureId)> {
        match self {
            Self::Shared(figure) => Some((None, *figure)),
            Self::Far { head, figure } => Some((Some(*head), *figure)),
            _ => None,
        }
    }

    /// Whom the value compares the unit with, if it does.
    pub fn peers(&self) -> Option<&Peers> {
        match self {
            Self::Rank(peers)
            | Self::Percentile(peers)
            | Self::Lowest(peers)
            | Self::Highest(peers)
            | Self::Mean(peers) => Some(peers),
            Self::Stated
            | Self::Shared(_)
            | Self::Far { .. }
            | Self::Prior { .. }
            | Self::Survey(_)
            | Self::Index { .. }
            | Self::Worked(_)
            | Self::Rows(_) => None,
        }
    }
}

/// Figures that a sheet states once and that many leaves read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// The figures; bounds among them are over this list.
    pub figures: Vec<Figure>,
    /// The head under which each stands and below which it is seen; those of the header are seen by every leaf.
    pub homes: Vec<Option<HeadId>>,
}
