//! Answers as published: every group, question and option with its count, and what they come to.

use serde::Serialize;

use super::number::exact;
use crate::ruleset::{self, Leaf, SurveyRule};
use crate::survey::{self, Cell, GroupMean, Lacking};

/// What a questionnaire's result was made of.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Estimate {
    questionnaire: String,
    groups: Vec<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lacking: Option<Lack>,
}

/// A questionnaire of a set, as declared.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Questionnaire {
    name: String,
    label: String,
    /// What the plan of the survey counts on.
    #[serde(skip_serializing_if = "Option::is_none")]
    planned: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<Respondents>,
    questions: Vec<Asked>,
}

/// A group of respondents, as declared.
#[derive(Clone, Debug, Serialize)]
struct Respondents {
    name: String,
    label: String,
    weight: String,
    /// What the plan of the survey counts on.
    #[serde(skip_serializing_if = "Option::is_none")]
    planned: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<u64>,
}

/// A question, as declared.
#[derive(Clone, Debug, Serialize)]
struct Asked {
    name: String,
    label: String,
    options: Vec<Choice>,
}

/// An option, as declared.
#[derive(Clone, Debug, Serialize)]
struct Choice {
    option: String,
    counted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    worth: Option<String>,
}

impl Questionnaire {
    /// A questionnaire of the model.
    pub(super) fn new(questionnaire: &ruleset::Questionnaire) -> Self {
        let group = |group: &ruleset::Group| Respondents {
            name: group.name.clone(),
            label: group.label.clone(),
            weight: exact(&group.weight),
            planned: group.planned,
            at_least: group.minimum,
        };
        let option = |option: &ruleset::Choice| Choice {
            option: option.text.clone(),
            counted: option.counted,
            worth: option.worth.as_ref().map(exact),
        };
        Self {
            name: questionnaire.name.clone(),
            label: questionnaire.label.clone(),
            planned: questionnaire.planned,
            at_least: questionnaire.minimum,
            groups: questionnaire.groups.iter().map(group).collect(),
            questions: questionnaire
                .questions
                .iter()
                .map(|question| Asked {
                    name: question.name.clone(),
                    label: question.label.clone(),
                    options: question.options.iter().map(option).collect(),
                })
                .collect(),
        }
    }
}

/// A group of respondents; without a name where the questionnaire has no groups.
#[derive(Clone, Debug, Serialize)]
struct Part {
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    /// The weight declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<String>,
    /// The weight that it had, missing groups shared out.
    counts_for: String,
    mean: Option<String>,
    questions: Vec<Outcome>,
}

/// A question as a group answered it.
#[derive(Clone, Debug, Serialize)]
struct Outcome {
    question: String,
    answers: u64,
    mean: Option<String>,
    options: Vec<Answered>,
}

/// An option and how many chose it.
#[derive(Clone, Debug, Serialize)]
struct Answered {
    option: String,
    count: u64,
    /// What choosing it counts for; nothing where it is not counted.
    worth: Option<String>,
}

/// What lacks for a result.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "lacking", rename_all = "kebab-case")]
enum Lack {
    Answers,
    Group {
        group: Option<String>,
    },
    TooFew {
        #[serde(skip_serializing_if = "Option::is_none")]
        group: Option<String>,
        question: String,
        answers: u64,
        needed: u64,
    },
}

impl Estimate {
    /// The estimate of a leaf; nothing if the leaf has no questionnaire.
    pub(super) fn new(
        questionnaires: &[ruleset::Questionnaire],
        leaf: &Leaf,
        estimate: &survey::Estimate,
    ) -> Option<Self> {
        let (_, rule) = leaf.survey()?;
        let questionnaire = questionnaires.get(rule.questionnaire)?;
        Some(Self {
            questionnaire: questionnaire.name.clone(),
            groups: estimate.groups.iter().map(|group| self::group(questionnaire, rule, group)).collect(),
            lacking: estimate.result.as_ref().err().map(|lacking| lack(questionnaire, lacking)),
        })
    }
}

fn group(questionnaire: &ruleset::Questionnaire, rule: &SurveyRule, group: &GroupMean) -> Part {
    let declared = questionnaire.groups.get(group.group);
    Part {
        group: declared.map(|group| group.name.clone()),
        weight: declared.map(|group| exact(&group.weight)),
        counts_for: exact(&group.weight),
        mean: group.mean.as_ref().map(exact),
        questions: group.cells.iter().map(|cell| question(questionnaire, rule, cell)).collect(),
    }
}

fn question(questionnaire: &ruleset::Questionnaire, rule: &SurveyRule, cell: &Cell) -> Outcome {
    let asked = questionnaire.questions.get(cell.question);
    let options = asked.map_or(&[][..], |question| question.options.as_slice());
    Outcome {
        question: question_name(questionnaire, cell.question),
        answers: cell.counted,
        mean: cell.mean.as_ref().map(exact),
        options: options
            .iter()
            .zip(&cell.counts)
            .map(|(option, &count)| Answered {
                option: option.text.clone(),
                count,
                worth: option.counted.then(|| exact(&rule.measure.worth(option))),
            })
            .collect(),
    }
}

fn question_name(questionnaire: &ruleset::Questionnaire, at: usize) -> String {
    questionnaire.questions.get(at).map(|question| question.name.clone()).unwrap_or_default()
}

fn lack(questionnaire: &ruleset::Questionnaire, lacking: &Lacking) -> Lack {
    let name = |at: usize| questionnaire.groups.get(at).map(|group| group.name.clone());
    match lacking {
        Lacking::Answers => Lack::Answers,
        Lacking::Group(at) => Lack::Group { group: name(*at) },
        Lacking::TooFew { group, question, counted, needed } => Lack::TooFew {
            group: group.and_then(name),
            question: question_name(questionnaire, *question),
            answers: *counted,
            needed: *needed,
        },
    }
}
