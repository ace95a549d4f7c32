//! Results of an earlier round, read from disk: what `rank --json` wrote, or a table.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::files::gather;
use super::sheets::{SHEET_EXTENSIONS, Sheets, open};
use crate::analysis::changes::Before;
use crate::diagnostic::{Diagnostic, Sheet};
use crate::import;
use crate::language::fold;
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
    let mut before = Before { year, ..Before::default() };
    for result in results.into_iter().filter(|result| result.year == year) {
        let unit = sheets.rounds.first().and_then(|round| round.roll.as_ref());
        let unit = unit.map_or_else(|| result.unit.clone(), |roll| then(roll, &result.unit));
        let was = before.units.entry(fold(&unit)).or_default();
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

/// The unit of today that a result of then is of: itself, or the one unit that took the place of it alone. Of units that
/// were merged or divided nothing is compared.
fn then(roll: &Roll, said: &str) -> String {
    let register = roll.register();
    if register.find(said, roll.day()).is_ok() {
        return roll.known_as(said);
    }
    let [old] = register.named(said) else { return said.to_owned() };
    match register.successors(*old, roll.day()).as_slice() {
        [new] if register.unit(*new).is_some_and(|unit| unit.succeeds.as_slice() == [*old]) => roll.name(*new),
        _ => said.to_owned(),
    }
}
