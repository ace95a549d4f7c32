//! Units of the register that are in the round and have no sheet.

use std::collections::BTreeSet;

use crate::language::{fold, is_meant};
use crate::ruleset::Ruleset;
use crate::unit::{Assessed, Roll, Unit};

/// The units that could have a sheet in this round and have none, by the names that results would show them under, in
/// the order of the register.
///
/// A register may hold more than one round's units: of a level that the set is not meant for, or of no block of the
/// set, they are none of it. Where the set names no level that is known, it is for the levels of the units that have
/// sheets.
pub(super) fn not_submitted(ruleset: &Ruleset, roll: &Roll) -> Vec<String> {
    let level = |unit: &Unit| unit.level.as_deref().map(fold);
    let seen: BTreeSet<Option<String>> = roll.members().map(|(_, unit)| level(unit)).collect();
    let meant = |unit: &Unit| {
        let said = ruleset.applies_to.as_deref().zip(unit.level.as_deref());
        said.and_then(|(set, own)| is_meant(set, own)).unwrap_or_else(|| seen.contains(&level(unit)))
    };
    let in_block = |unit: &Unit| {
        ruleset.blocks.is_empty() || unit.block.as_deref().is_some_and(|block| ruleset.block(block).is_some())
    };
    let set_aside = |unit: &Unit| ruleset.unit(&unit.name).is_some_and(|rule| rule.not_assessed);
    let there = roll.register().units().filter(|(_, unit)| unit.valid(roll.day()) && unit.assessed != Assessed::No);
    let asked = there.filter(|(_, unit)| meant(unit) && in_block(unit) && !set_aside(unit));
    asked.map(|(id, _)| roll.name(id)).filter(|name| roll.member(name).is_none()).collect()
}
