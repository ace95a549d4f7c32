//! The block of a unit: which of a set's readings holds, and leaves that do not apply to it.

use std::collections::BTreeMap;

use super::assess::{self, Case};
use super::context::Context;
use super::reason::Reason;
use super::scorecard::{Assessed, Status};
use crate::language::tree::Ranked;
use crate::ruleset::Ruleset;
use crate::submission::Submission;

/// Why a unit that is assessed takes no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unranked {
    /// Its block is not ranked; the block's name.
    Block(String),
    /// The set says so of the unit, and why.
    Unit(String),
    /// The register says so.
    Register,
}

/// The block of a unit, by the name that the set has for it: as its sheet says, else as its surroundings do.
pub(super) fn of<'a>(ruleset: &'a Ruleset, submission: &'a Submission, context: &'a Context) -> Option<&'a str> {
    let said = submission.block.as_deref().or_else(|| context.blocks.get(&submission.unit).map(String::as_str))?;
    Some(ruleset.block(said).map_or(said, |block| block.name.as_str()))
}

/// Why a unit takes no place, if it takes none.
pub(super) fn unranked(ruleset: &Ruleset, unit: &str, block: Option<&str>, context: &Context) -> Option<Unranked> {
    if let Some(rule) = ruleset.unit(unit) {
        return Some(Unranked::Unit(rule.because.clone()));
    }
    if context.unranked.contains(unit) {
        return Some(Unranked::Register);
    }
    let block = ruleset.block(block?).filter(|block| block.ranked == Ranked::Not)?;
    Some(Unranked::Block(block.name.clone()))
}

/// What becomes of a leaf that does not apply to the unit's block; nothing of one that does.
pub(super) fn aside(case: Case<'_>) -> Option<Assessed> {
    // The set as it is for a block knows no other blocks; the set as it is written knows them all.
    let unknown = case.head.by_block && !case.ruleset.by_block.is_empty();
    if unknown {
        return Some(assess::without_points(Status::Unscored, Reason::BlockUnknown));
    }
    let aside = case.head.aside.as_ref()?;
    let block = case.block.unwrap_or_default().to_owned();
    let reason = |award| Reason::Block { block, only: aside.only, line: aside.line, award };
    Some(assess::outcome((case.ruleset, case.head), &aside.outcome, &BTreeMap::new(), reason))
}
