//! Reads the register of units from disk and brings every sheet to its unit.

use std::path::PathBuf;
use std::sync::Arc;

use super::files::gather;
use super::sheets::{Sheets, open};
use crate::analysis::ranking::NotAssessed;
use crate::diagnostic::{Both, Diagnostic, Language, Sheet, Span, Units, any_error};
use crate::engine::Context;
use crate::import::{self, Format};
use crate::language::tree::Spanned;
use crate::language::{date_text, fold};
use crate::ruleset::Ruleset;
use crate::submission::Raw;
use crate::unit::{Assessed, NotFound, Register, Roll, is_meant};

/// How files of a register end.
pub const UNIT_EXTENSIONS: &[&str] = &["csv"];

/// A register as asked for.
#[derive(Clone, Debug, Default)]
pub(super) enum Registered {
    /// None was asked for.
    #[default]
    Not,
    /// It has an error, so that no sheet can be brought to its unit.
    Broken,
    /// Sound.
    Sound(Arc<Register>),
}

/// Reads the register from all its files: units of one may lie below units of another.
pub(super) fn register(paths: &[PathBuf], sheets: &mut Sheets) -> Registered {
    if paths.is_empty() {
        return Registered::Not;
    }
    let before = sheets.findings.len();
    let (found, unreadable) = gather(paths, UNIT_EXTENSIONS);
    let lost = !unreadable.is_empty();
    sheets.unreadable.extend(unreadable);
    let mut rows = Vec::new();
    for file in found {
        let Some((source, text, format)) = open(&file.file, sheets) else { continue };
        if format != Format::Csv {
            let problem = Sheet::UnknownFormat { name: format.name().to_owned() };
            sheets.findings.push(Diagnostic::new(problem, Span::new(source, 0, 0)));
            continue;
        }
        let (units, findings) = import::units(source, &text);
        rows.extend(units);
        sheets.findings.extend(findings);
    }
    let (register, findings) = Register::new(&rows);
    // A row that could not be read is missed by others: that is told with the row alone.
    let unread = any_error(sheets.findings.get(before..).unwrap_or_default());
    if !unread {
        sheets.findings.extend(findings);
    }
    let broken = lost || any_error(sheets.findings.get(before..).unwrap_or_default());
    if broken { Registered::Broken } else { Registered::Sound(Arc::new(register)) }
}

/// What of the sheets of a round is scored.
#[derive(Default)]
pub(super) struct Brought {
    pub(super) roll: Option<Roll>,
    pub(super) raws: Vec<Raw>,
    pub(super) aside: Vec<NotAssessed>,
    pub(super) findings: Vec<Diagnostic>,
}

/// Sets the sheets of units aside that the set says are not assessed.
pub(super) fn set_aside(ruleset: &Ruleset, brought: &mut Brought) {
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
pub(super) fn identify(ruleset: &Ruleset, register: &Arc<Register>, raws: &[Raw], context: &mut Context) -> Brought {
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
                if known.assessed == Assessed::NotRanked {
                    context.unranked.insert(name.clone());
                }
                if let Some(block) = &known.block {
                    findings.extend(in_block(ruleset, &mut raw, block));
                    let block = ruleset.block(block).map_or(block, |known| &known.name);
                    context.blocks.insert(name, block.clone());
                }
            }
            Err(why) => findings.push(Diagnostic::new(problem(&roll, &unit.value, why), unit.span)),
        }
        brought.push(raw);
    }
    Brought { roll: Some(roll), raws: brought, aside, findings }
}

/// Gives a sheet the block that the register has for its unit; a sheet that says another is told.
fn in_block(ruleset: &Ruleset, raw: &mut Raw, registered: &str) -> Option<Diagnostic> {
    let unit = raw.unit.as_ref()?;
    let name = |block: &str| ruleset.block(block).map_or_else(|| fold(block), |block| block.name.clone());
    match &raw.block {
        Some(said) if !said.value.trim().is_empty() && name(said.value.trim()) != name(registered) => {
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
