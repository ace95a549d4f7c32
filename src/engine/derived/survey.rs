//! What people answered about the unit: an exact estimate over the tallies.

use super::{Absent, Source, Surroundings};
use crate::ruleset::SurveyRule;
use crate::submission::Value;
use crate::survey::{Answers, estimate};

/// The result of the rule's questionnaire.
pub(super) fn resolve(around: Surroundings<'_>, rule: &SurveyRule) -> Result<(Value, Source), Absent> {
    let Some(questionnaire) = around.ruleset.questionnaires.get(rule.questionnaire) else {
        return Err(Absent::NotSurveyed);
    };
    let none = Answers::default();
    let answers = around.context.surveys.answers(around.unit, rule.questionnaire);
    let estimate = estimate(questionnaire, rule, answers.unwrap_or(&none));
    match &estimate.result {
        Ok(result) => Ok((Value::Number(result.clone()), Source::Survey(Box::new(estimate)))),
        Err(crate::survey::Lacking::Answers) => Err(Absent::NotSurveyed),
        Err(_) => Err(Absent::Survey(Box::new(estimate))),
    }
}
