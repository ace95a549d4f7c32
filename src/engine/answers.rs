//! A leaf whose questionnaire has too few answers: what its questionnaire says follows.

use std::collections::BTreeMap;

use super::assess::{self, Case};
use super::derived::{Absent, Derived};
use super::reason::Reason;
use super::scorecard::Assessed;
use crate::language::tree::GroupMissing;
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Head, Ruleset, SurveyRule, WhenMissing};
use crate::submission::Value;
use crate::survey::Lacking;

/// What follows when the answers are too few, or a group that nobody stands in for is missing; nothing where the
/// leaf's rule can go on.
pub(super) fn lacking(case: Case<'_>, values: &BTreeMap<FigureId, Value>, derived: &[Derived]) -> Option<Assessed> {
    let Case { ruleset, head, leaf, .. } = case;
    let (figure, rule) = leaf.survey()?;
    let came = derived.iter().find(|derived| derived.figure == figure)?;
    let Err(Absent::Survey(estimate)) = &came.found else { return None };
    // Whether a case arose is asked first, as of every leaf.
    if let Some(assessed) = assess::not_applicable(case, values) {
        return Some(assessed);
    }
    match estimate.result.as_ref().err()? {
        Lacking::TooFew { .. } => Some(too_few(ruleset, head, figure, rule, values)),
        Lacking::Group(_) => {
            let follows = ruleset.questionnaires.get(rule.questionnaire)?.group_missing.as_ref()?;
            let unscored = follows.value == GroupMissing::Unscored;
            let rule = WhenMissing { unscored, line: follows.span, ..WhenMissing::default() };
            let reason = Reason::Missing { figures: vec![figure], rule: rule.clone() };
            unscored.then(|| assess::lacking(ruleset, head, &rule, reason))
        }
        Lacking::Answers => None,
    }
}

fn too_few(
    ruleset: &Ruleset,
    head: &Head,
    figure: FigureId,
    rule: &SurveyRule,
    values: &BTreeMap<FigureId, Value>,
) -> Assessed {
    let line = rule.too_few_line;
    assess::outcome((ruleset, head), &rule.too_few, values, |award| Reason::TooFew { figure, line, award })
}
