//! Heads: areas, criteria and sub-criteria.

use super::{BlockPoints, Number, Quoted, Spanned};

/// The level that a head names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Lĩnh vực.
    #[default]
    Area,
    /// Tiêu chí.
    Criterion,
    /// Tiêu chí thành phần, at any depth.
    SubCriterion,
    /// Khoản điểm thưởng: outside the scale, added to what the scale gives.
    Bonus,
    /// Khoản điểm phạt: outside the scale, written positive and taken off.
    Penalty,
}

impl Level {
    /// Whether it stands outside the scale: in no sum, no count and no share of it.
    pub fn is_outside(self) -> bool {
        matches!(self, Self::Bonus | Self::Penalty)
    }
}

/// How the points of a head come about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Scored by the unit first, then appraised.
    #[default]
    Appraised,
    /// Scored by the appraiser alone.
    AppraiserOnly,
    /// From a survey.
    Survey,
    /// From figures of another authority.
    External,
}

/// `tiêu chí 1.1 "…": 1,5 điểm, thấp nhất trừ 0,25 điểm`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The level.
    pub level: Level,
    /// Its code as the decision writes it.
    pub code: Spanned<String>,
    /// Its name.
    pub title: Quoted,
    /// Maximum points.
    pub points: Option<Number>,
    /// `; khối tw 3 điểm`: maximum points of blocks that have their own.
    pub block_points: Vec<BlockPoints>,
    /// Weight among its siblings.
    pub weight: Option<Number>,
    /// `thấp nhất trừ x điểm`: how far below zero it may go; the number is positive as written.
    pub floor: Option<Number>,
    /// The method, if written here.
    pub method: Option<Spanned<Method>>,
}
