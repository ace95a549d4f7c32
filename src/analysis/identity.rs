//! Brings sheets to the units of a register, and sets aside those of units that are not assessed.

use std::sync::Arc;

use super::ranking::NotAssessed;
use crate::diagnostic::{Both, Diagnostic, Language, Units};
use crate::engine::Context;
use crate::language::tree::Spanned;
use crate::language::{date_text, fold, is_meant};
use crate::ruleset::Ruleset;
use crate::submission::Raw;
use crate::unit::{Assessed, NotFound, Register, Roll, UnitId};

/// What of the sheets of a round is scored.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// The units of the register that they are of, where one was given.
    pub roll: Option<Roll>,
    /// The sheets that are scored, under the names of their units.
    pub raws: Vec<Raw>,
    /// Units that are not assessed, although they sent a sheet.
    pub aside: Vec<NotAssessed>,
    /// What was found.
    pub findings: Vec<Diagnostic>,
}

/// Sets the sheets of units aside that the set says are not assessed.
pub fn set_aside(ruleset: &Ruleset, brought: &mut Brought) {
    let raws = std::mem::take(&mut brought.raws);
    for raw in raws {
        let rule = raw.unit.as_ref().and_then(|unit| Some((ruleset.unit(unit.value.trim())?, unit.span)));
        match rule.filter(|(rule, _)| rule.not_assessed) {
            Some((rule, span)) => {
                let why = Both::same(format!(", {}", rule.because));
                brought.findings.push(Diagnostic::new(Units::NotAssessed { unit: rule.unit.clone(), why }, span));
            }
            None => brought.raws.push(raw),
        }
    }
}

/// Brings sheets to the units of a register: each takes its unit's name and block. What is of no unit of the round's last
/// day is told; a unit that is not assessed is set aside.
pub fn identify(ruleset: &Ruleset, register: &Arc<Register>, raws: &[Raw], context: &mut Context) -> Brought {
    let mut roll = Roll::new(Arc::clone(register), ruleset.last_day());
    let (mut brought, mut aside, mut findings) = (Vec::with_capacity(raws.len()), Vec::new(), Vec::new());
    for raw in raws {
        let mut raw = raw.clone();
        let Some(unit) = raw.unit.as_mut().filter(|unit| !unit.value.trim().is_empty()) else {
            brought.push(raw);
            continue;
        };
        let span = unit.span;
        match roll.enter(&unit.value) {
            Ok((name, id)) => {
                unit.value.clone_from(&name);
                let Some(known) = register.unit(id) else { continue };
                if known.assessed == Assessed::No {
                    let problem = Units::NotAssessed { unit: name.clone(), why: Both::same("") };
                    let finding = Diagnostic::new(problem, span);
                    findings.push(finding.label(known.span, "sổ đơn vị nói vậy ở đây", "the register says so here"));
                    aside.push(NotAssessed { unit: name, because: None });
                    continue;
                }
                if let (Some(level), Some(meant)) = (&known.level, &ruleset.applies_to)
                    && is_meant(meant, level) == Some(false)
                {
                    let problem = Units::OtherLevel { unit: name.clone(), level: level.clone(), meant: meant.clone() };
                    let finding = Diagnostic::new(problem, span);
                    findings.push(finding.label(known.span, "sổ đơn vị ghi ở đây", "the register has it here"));
                }
                if let Some(block) = &known.block {
                    findings.extend(in_block(ruleset, &mut raw, block));
                }
                know(ruleset, &roll, id, context);
            }
            Err(why) => findings.push(Diagnostic::new(problem(&roll, &unit.value, why), unit.span)),
        }
        brought.push(raw);
    }
    Brought { roll: Some(roll), raws: brought, aside, findings }
}

/// Every unit of a register, as its sheet would find it. A unit that ended before the round's last day keeps its block:
/// values of the years that it was there in are still compared with.
pub fn everyone(ruleset: &Ruleset, roll: &Roll, context: &mut Context) {
    let register = roll.register();
    let ended = register.units().filter(|(_, unit)| unit.through.is_some_and(|through| through < roll.day()));
    let there = register.units().filter(|(_, unit)| unit.valid(roll.day()));
    // Where one that ended is called as one that is there, the latter is meant.
    for (id, _) in ended.chain(there) {
        know(ruleset, roll, id, context);
    }
}

/// What the register says of a unit of the round.
fn know(ruleset: &Ruleset, roll: &Roll, id: UnitId, context: &mut Context) {
    let Some(known) = roll.register().unit(id) else { return };
    let name = roll.name(id);
    if known.assessed == Assessed::NotRanked {
        context.unranked.insert(name.clone());
    }
    if let Some(block) = &known.block {
        let block = ruleset.block(block).map_or(block, |known| &known.name);
        context.blocks.insert(name, block.clone());
    }
}

/// Whether two names are of one block.
pub fn same_block(ruleset: &Ruleset, one: &str, other: &str) -> bool {
    let name = |block: &str| ruleset.block(block).map_or_else(|| fold(block), |block| block.name.clone());
    name(one) == name(other)
}

/// Gives a sheet the block that the register has for its unit; a sheet that says another is told.
fn in_block(ruleset: &Ruleset, raw: &mut Raw, registered: &str) -> Option<Diagnostic> {
    let unit = raw.unit.as_ref()?;
    match &raw.block {
        Some(said) if !said.value.trim().is_empty() && !same_block(ruleset, said.value.trim(), registered) => {
            let (unit, block) = (unit.value.clone(), said.value.trim().to_owned());
            let problem = Units::BlockDiffers { unit, block, registered: registered.to_owned() };
            Some(Diagnostic::new(problem, said.span))
        }
        _ => {
            raw.block = Some(Spanned::new(registered.to_owned(), unit.span));
            None
        }
    }
}

/// Why a sheet is of no unit, as a finding.
fn problem(roll: &Roll, said: &str, why: NotFound) -> Units {
    let register = roll.register();
    let name = |id| register.unit(id).map_or_else(|| said.to_owned(), |unit| unit.name.clone());
    let listed = |language: Language, vietnamese: &str, english: &str, units: &[_]| {
        if units.is_empty() {
            String::new()
        } else {
            format!("; {} {}", language.pick(vietnamese, english), register.list(units))
        }
    };
    let both = |vietnamese: &str, english: &str, units: &[_]| {
        let words = |language| listed(language, vietnamese, english, units);
        Both::new(words(Language::Vietnamese), words(Language::English))
    };
    let day = date_text(roll.day());
    let date = |day: Option<i32>| day.map(date_text).unwrap_or_default();
    match why {
        NotFound::Unknown(nearest) => Units::NotRegistered { unit: said.to_owned(), nearest },
        NotFound::Several(units) => Units::SeveralRegistered { unit: said.to_owned(), units: register.list(&units) },
        NotFound::Ended(id, successors) => {
            let successors = both("đơn vị kế tục là", "its successor is", &successors);
            let through = date(register.unit(id).and_then(|unit| unit.through));
            Units::Ended { unit: name(id), through, day, successors }
        }
        NotFound::NotBegun(id, before) => {
            let predecessors = both("trước đó là", "before it there was", &before);
            let from = date(register.unit(id).and_then(|unit| unit.from));
            Units::NotBegun { unit: name(id), from, day, predecessors }
        }
    }
}
