//! Reads the answers to questionnaires from disk and brings them to the rounds that score by them.

use std::collections::BTreeSet;
use std::path::Path;

use super::files::gather;
use super::sheets::{Sheets, open};
use super::surroundings::Beside;
use crate::diagnostic::{Diagnostic, Survey, any_error, nearest};
use crate::import;
use crate::language::fold;
use crate::survey::{RawRow, take};

/// How files of answers end.
pub const SURVEY_EXTENSIONS: &[&str] = &["csv", "json"];

/// Reads every file of answers and gives each round those to its questionnaires.
///
/// An error in them stops every unit of the set: an estimate over the rows that are left would be another one.
pub(super) fn bring(beside: &Beside, sheets: &mut Sheets) {
    let paths = &beside.surveys;
    if paths.is_empty() {
        return;
    }
    let before = sheets.findings.len();
    let (found, unreadable) = gather(paths, SURVEY_EXTENSIONS);
    let lost = !unreadable.is_empty();
    sheets.unreadable.extend(unreadable);
    let mut rows = Vec::new();
    for file in found {
        rows.extend(read(&file.file, sheets));
    }
    let known = |row: &RawRow, round: &super::sheets::Round| {
        round.plan.ruleset().questionnaires.iter().any(|one| one.name == row.questionnaire.value.trim())
    };
    for at in 0..sheets.rounds.len() {
        let Some(round) = sheets.rounds.get(at) else { continue };
        // A row to a questionnaire of no round is told by the first one.
        let own = rows
            .iter()
            .filter(|row| known(row, round) || (at == 0 && !sheets.rounds.iter().any(|other| known(row, other))));
        let own = own.cloned().map(|mut row| {
            if let Some(roll) = &round.roll {
                row.unit.value = roll.known_as(&row.unit.value);
            }
            row
        });
        let own: Vec<RawRow> = own.collect();
        let taken = take(&round.plan.ruleset().questionnaires, &own);
        sheets.findings.extend(taken.diagnostics);
        let Some(round) = sheets.rounds.get_mut(at) else { continue };
        round.context.surveys = taken.surveys;
        round.context.synthetic |= own.iter().any(|row| row.synthetic);
        let elsewhere = elsewhere(&own, round, &beside.others);
        sheets.findings.extend(elsewhere);
    }
    let broken = lost || any_error(sheets.findings.get(before..).unwrap_or_default());
    for round in sheets.rounds.iter_mut().filter(|round| broken && !round.plan.ruleset().questionnaires.is_empty()) {
        round.submissions.clear();
    }
}

fn read(path: &Path, sheets: &mut Sheets) -> Vec<RawRow> {
    let Some((source, text, format)) = open(path, sheets) else { return Vec::new() };
    let answers = import::answers(source, &text, format);
    sheets.findings.extend(answers.diagnostics);
    answers.rows
}

/// Units that were asked about under a name that no submission has, while some submission has no answers.
fn elsewhere(rows: &[RawRow], round: &super::sheets::Round, others: &BTreeSet<String>) -> Vec<Diagnostic> {
    let surveys = &round.context.surveys;
    let without: Vec<&str> = round
        .submissions
        .iter()
        .map(|submission| submission.unit.as_str())
        .filter(|unit| surveys.unit(unit).next().is_none())
        .collect();
    if without.is_empty() {
        return Vec::new();
    }
    let units = surveys.units().filter(|unit| {
        !others.contains(*unit) && !round.submissions.iter().any(|submission| submission.unit == **unit)
    });
    units
        .filter_map(|unit| {
            let row = rows.iter().find(|row| row.unit.value.trim() == unit)?;
            let near = nearest(unit, without.iter().copied(), fold);
            // Of a unit that nobody submits for, answers alone are no mistake.
            near.0
                .is_some()
                .then(|| Diagnostic::new(Survey::UnitElsewhere { unit: unit.to_owned(), nearest: near }, row.unit.span))
        })
        .collect()
}
