//! The sheets of one round: each of them, and what none shows alone.

use std::collections::{BTreeMap, BTreeSet};

use super::value::compose;
use super::{Raw, Submission, validate};
use crate::diagnostic::{Both, Diagnostic, Language, Problem, Sheet, Span};
use crate::ruleset::Ruleset;

/// What validating many sheets gives.
#[derive(Clone, Debug, Default)]
pub struct ValidatedAll {
    /// The sound submissions, in the order given.
    pub submissions: Vec<Submission>,
    /// Findings; one that many rows of a table share is told once.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks the sheets of one round: each of them, and that no unit has two.
pub fn validate_all(ruleset: &Ruleset, raws: &[Raw]) -> ValidatedAll {
    validate_round(ruleset, raws, &|_| false)
}

/// The same where some sheets are damaged: those are checked and give no submission, and that they lack what could not
/// be read is no news.
///
/// A sheet that names a unit takes the name, sound or not: nobody can tell which of two holds. Whether a survey was held
/// is told by the first sound one.
pub fn validate_round(ruleset: &Ruleset, raws: &[Raw], damaged: &dyn Fn(&Raw) -> bool) -> ValidatedAll {
    let mut all = ValidatedAll::default();
    let mut units: BTreeMap<String, Span> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    // The first sound sheet, and whether it has a survey.
    let mut first: Option<(bool, Span)> = None;
    // Where the set knows no year without a survey, that alone is told.
    let optional = ruleset.no_survey.is_some();
    for raw in raws {
        let mut validated = validate(ruleset, raw);
        if damaged(raw) {
            validated.submission = None;
            validated.diagnostics.retain(|found| !matches!(found.problem, Problem::Sheet(Sheet::MissingKey { .. })));
        }
        if let Some(submission) = validated.submission.as_ref().filter(|_| optional) {
            // One round has a survey or has none: totals over different scales are never ranked together.
            let span = raw.survey_held.as_ref().map_or(raw.span, |held| held.span);
            let (without, place) = *first.get_or_insert((submission.no_survey, span));
            if without != submission.no_survey {
                let why = Both::new(
                    "các hồ sơ của đợt không thống nhất có điều tra hay không",
                    "the submissions of the round do not agree on whether a survey was held",
                );
                let finding = Diagnostic::new(Sheet::SurveyHeld { why }, span);
                all.diagnostics.push(finding.label(place, "hồ sơ kia ở đây", "the other one is here"));
                validated.submission = None;
            }
        }
        if let Some(unit) = &raw.unit {
            let name = compose(&unit.value);
            if let Some(&first) = units.get(&name) {
                let finding = Diagnostic::new(Sheet::DuplicateUnit { unit: name }, unit.span);
                all.diagnostics.push(finding.label(first, "hồ sơ kia ở đây", "the other one is here"));
                validated.submission = None;
            } else if !name.is_empty() {
                units.insert(name, unit.span);
            }
        }
        all.submissions.extend(validated.submission);
        for finding in validated.diagnostics {
            let told = (finding.span, finding.code(), finding.problem.words(Language::English).message);
            if seen.insert(told) {
                all.diagnostics.push(finding);
            }
        }
    }
    all
}
