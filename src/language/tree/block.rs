//! Blocks: groups of units that are ranked, scored or bounded in their own way.

use super::{Effect, Number, Quoted, Spanned};

/// `khối sở "Các sở": xếp hạng riêng`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its name in other lines, in sheets and in the register.
    pub name: Spanned<String>,
    /// What it is called.
    pub title: Quoted,
    /// How its units are ranked.
    pub ranked: Ranked,
}

/// How the units of a block are ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ranked {
    /// Among those of the other blocks that say nothing.
    #[default]
    Together,
    /// Among themselves.
    Apart,
    /// Not at all.
    Not,
}

/// `đơn vị "BQL Khu CNC": không đánh giá, do "…"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessedUnit {
    /// The unit.
    pub unit: Quoted,
    /// It is not assessed; else it is assessed, and not ranked.
    pub not_assessed: bool,
    /// Why.
    pub because: Quoted,
}

/// `khối tw 3 điểm`: points that hold for a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockPoints {
    /// The block.
    pub block: Spanned<String>,
    /// Its points.
    pub points: Number,
}

/// `không áp dụng với khối tw: loại khỏi thang điểm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotBlock {
    /// The blocks.
    pub blocks: Vec<Spanned<String>>,
    /// With what effect.
    pub effect: Effect,
}
