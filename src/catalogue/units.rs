//! Reads the register of units from disk and brings every sheet to its unit.

use std::path::PathBuf;
use std::sync::Arc;

use super::files::gather;
use super::sheets::{Sheets, open};
use crate::diagnostic::{Both, Diagnostic, Language, Sheet, Span, Units, any_error};
use crate::engine::Context;
use crate::import::{self, Format};
use crate::language::date_text;
use crate::ruleset::Ruleset;
use crate::submission::Raw;
use crate::unit::{Assessed, NotFound, Register, Roll};

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

/// A unit that is not assessed this year, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Its name.
    pub unit: String,
    /// Why, if anything says so.
    pub because: Option<String>,
}

/// Brings sheets to the units of a register: each takes its unit's name, and the context learns its block. What is of no
/// unit of the round's last day is told; a unit that is not assessed is set aside.
pub(super) fn identify(
    ruleset: &Ruleset,
    register: &Arc<Register>,
    raws: &[Raw],
    context: &mut Context,
) -> (Roll, Vec<Raw>, Vec<SetAside>, Vec<Diagnostic>) {
    let mut roll = Roll::new(Arc::clone(register), ruleset.last_day());
    let (mut brought, mut aside, mut findings) = (Vec::with_capacity(raws.len()), Vec::new(), Vec::new());
    for raw in raws {
        let mut raw = raw.clone();
        let Some(unit) = raw.unit.as_mut().filter(|unit| !unit.value.trim().is_empty()) else {
            brought.push(raw);
            continue;
        };
        match roll.enter(&unit.value) {
            Ok((name, id)) => {
                unit.value.clone_from(&name);
                let Some(known) = register.unit(id) else { continue };
                if known.assessed == Assessed::No {
                    let problem = Units::NotAssessed { unit: name.clone(), why: Both::same("") };
                    let finding = Diagnostic::new(problem, unit.span);
                    findings.push(finding.label(known.span, "sổ đơn vị nói vậy ở đây", "the register says so here"));
                    aside.push(SetAside { unit: name, because: None });
                    continue;
                }
                if let Some(block) = &known.block {
                    context.blocks.insert(name, block.clone());
                }
            }
            Err(why) => findings.push(Diagnostic::new(problem(&roll, &unit.value, why), unit.span)),
        }
        brought.push(raw);
    }
    (roll, brought, aside, findings)
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
