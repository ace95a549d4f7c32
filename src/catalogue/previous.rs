//! Results of an earlier round, read from disk: what `rank --json` wrote, or a table.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::files::gather;
use super::sheets::{SHEET_EXTENSIONS, Sheets, open};
use crate::analysis::changes::{Before, past_name};
use crate::diagnostic::{Diagnostic, Sheet};
use crate::import;
use crate::language::{compose, days};
use crate::unit::Roll;

/// The results of the latest year before the round's own; nothing where no file has any. What cannot be used is told
/// among the findings.
pub fn previous(paths: &[PathBuf], sheets: &mut Sheets) -> Option<Before> {
    if paths.is_empty() {
        return None;
    }
    let (found, unreadable) = gather(paths, SHEET_EXTENSIONS);
    sheets.unreadable.extend(unreadable);
    let mut results = Vec::new();
    for file in &found {
        let Some((source, text, format)) = open(&file.file, sheets) else { continue };
        let (read, findings) = import::results(source, &text, format);
        sheets.findings.extend(findings);
        results.extend(read);
    }
    let round = sheets.rounds.first()?;
    let (path, own) = (round.plan.ruleset().path.clone(), round.plan.ruleset().year);
    let mut told = BTreeSet::new();
    for result in results.iter().filter(|result| result.index != path || result.year >= own) {
        if !told.insert((result.index.clone(), result.year)) {
            continue;
        }
        let problem = if result.index == path {
            Sheet::ArchiveNotEarlier { year: usize::from(result.year), own: usize::from(own) }
        } else {
            Sheet::WrongRuleset { found: result.index.clone(), expected: path.clone() }
        };
        sheets.findings.push(Diagnostic::new(problem, result.span));
    }
    results.retain(|result| result.index == path && result.year < own);
    let year = results.iter().map(|result| result.year).max()?;
    let mut before = Before { year, published: true, ..Before::default() };
    for result in results.into_iter().filter(|result| result.year == year) {
        let unit = sheets.rounds.first().and_then(|round| round.roll.as_ref());
        let day = days(i16::try_from(year).unwrap_or(i16::MAX), 12, 31).unwrap_or(i32::MAX);
        let unit = unit.map_or_else(|| Some(result.unit.clone()), |roll| called(roll, &result.unit, day));
        let unit = unit.unwrap_or_else(|| past_name(&result.unit, year));
        let was = before.units.entry(compose(&unit)).or_default();
        before.synthetic |= result.synthetic;
        before.authorities = before.authorities.take().or(result.authorities);
        let share = result.shown.or(result.share);
        match (result.part, share) {
            (Some(code), Some(share)) => {
                was.parts.insert(code, share);
            }
            (None, share) => (was.share, was.place) = (share, result.place),
            (Some(_), None) => {}
        }
    }
    Some(before)
}

/// What the unit is called today that a unit of an earlier day is: itself, or the one unit that took the place of it
/// alone. Nothing for one that was merged with others or divided, and for one of which nothing says what came of it: the
/// unit that has its name today is another one. A unit that the register does not know is as it is said.
pub fn called(roll: &Roll, said: &str, day: i32) -> Option<String> {
    let register = roll.register();
    let old = match (register.find(said, day), register.named(said)) {
        (Ok(id), _) => id,
        (Err(_), []) => return Some(said.to_owned()),
        (Err(_), [one]) if register.unit(*one).is_some_and(|unit| unit.from.is_none_or(|from| from <= day)) => *one,
        (Err(_), _) => return None,
    };
    if register.unit(old).is_some_and(|unit| unit.valid(roll.day())) {
        return Some(roll.name(old));
    }
    let [new] = register.successors(old, roll.day()).try_into().ok()?;
    let mut at = new;
    while at != old {
        let [before] = <[_; 1]>::try_from(register.unit(at)?.succeeds.clone()).ok()?;
        at = before;
    }
    Some(roll.name(new))
}
