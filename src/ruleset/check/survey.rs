//! Questionnaires against the leaves that score by them: method, points for too few answers, what nobody reads.

use std::collections::BTreeSet;

use super::super::build::Built;
use super::super::draft::Draft;
use super::super::lower::LeafRanges;
use super::super::meaning::{Interval, range};
use super::super::model::{Head, Leaf};
use super::super::questionnaire::{Choice, Measure, Questionnaire, SurveyRule};
use super::awards;
use super::degrees::are_degrees;
use crate::diagnostic::{Both, Diagnostic, Language, Span, Survey};
use crate::language::tree::Method;
use crate::language::{Keyword, quote};

/// Checks every leaf that scores by a questionnaire, and every questionnaire.
pub(super) fn check(
    language: Language,
    questionnaires: &[Questionnaire],
    draft: &Draft<'_>,
    built: &[Built],
    findings: &mut Vec<Diagnostic>,
) {
    let mut rules: Vec<(&SurveyRule, Span)> = Vec::new();
    for built in built {
        let rule = built.head.leaf.as_ref().and_then(|leaf| Some((leaf, leaf.survey()?.1)));
        if let Some((leaf, rule)) = rule {
            rules.push((rule, built.notes.form));
            method(language, built, draft, findings);
            too_few(&built.head, leaf, rule, findings);
        }
    }
    // A head that could not be read may use any of them.
    let read = !draft.incomplete && built.iter().all(|built| !built.notes.damaged);
    if read {
        let read: Vec<&SurveyRule> = rules.iter().map(|(rule, _)| *rule).collect();
        unused(questionnaires, &read, findings);
        passed_over(questionnaires, &rules, findings);
    }
}

/// The method of the head says in which share of the scale its points count.
fn method(language: Language, built: &Built, draft: &Draft<'_>, findings: &mut Vec<Diagnostic>) {
    let head = &built.head;
    if head.method == Method::Survey {
        return;
    }
    let problem = Survey::NotBySurvey { code: head.code.clone() };
    let finding = Diagnostic::new(problem, built.notes.form);
    let word = Keyword::Survey.canonical(language);
    let stated = draft.heads.iter().find(|draft| draft.span == head.span).and_then(|draft| draft.head.method.as_ref());
    let finding = match (stated, head.method) {
        (Some(stated), _) => finding.fix(stated.span, word),
        (None, Method::Appraised) => finding.fix(Span { start: head.span.end, ..head.span }, format!(", {word}")),
        // The head above says another method.
        (None, _) => finding,
    };
    findings.push(finding.label(head.span, "mục này", "this head"));
}

/// Points for too few answers fit every head that they may be given to.
fn too_few(head: &Head, leaf: &Leaf, rule: &SurveyRule, findings: &mut Vec<Diagnostic>) {
    let ranges = LeafRanges { figures: &leaf.figures, maximum: head.maximum.ratio(), subject: Interval::ALL };
    if let Some(award) = awards::points(&rule.too_few) {
        awards::in_range(head, &range(award, &ranges), rule.too_few_line, findings);
    }
}

fn unused(questionnaires: &[Questionnaire], rules: &[&SurveyRule], findings: &mut Vec<Diagnostic>) {
    for (at, questionnaire) in questionnaires.iter().enumerate().filter(|(_, other)| !other.damaged) {
        let reads = || rules.iter().filter(|rule| rule.questionnaire == at);
        if reads().next().is_none() {
            let name = &questionnaire.name;
            let what = Both::new(format!("phiếu `{name}`"), format!("the questionnaire `{name}`"));
            findings.push(Diagnostic::new(Survey::Unused { what }, questionnaire.span));
            continue;
        }
        for (place, question) in questionnaire.questions.iter().enumerate() {
            if !reads().any(|rule| rule.questions.contains(&place)) {
                let name = &question.name;
                let what = Both::new(format!("câu `{name}`"), format!("the question `{name}`"));
                findings.push(Diagnostic::new(Survey::Unused { what }, question.span));
            }
        }
    }
}

/// An option between two that a criterion chooses, and that none chooses: `tỷ lệ chọn "Rất tốt"; "Khá"` of a scale with
/// `"Tốt"` between them. Only degrees lie between others. Options that stand beyond those chosen are the others, as they should be.
fn passed_over(questionnaires: &[Questionnaire], rules: &[(&SurveyRule, Span)], findings: &mut Vec<Diagnostic>) {
    let mut told: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
    for (rule, line) in rules {
        let Measure::Choosing(chosen) = &rule.measure else { continue };
        let Some(questionnaire) = questionnaires.get(rule.questionnaire).filter(|other| other.sound) else { continue };
        for &place in &rule.questions {
            let question = questionnaire.questions.get(place).filter(|question| are_degrees(&question.options));
            let Some(question) = question else { continue };
            let anywhere = |text: &String| {
                let mut others = rules
                    .iter()
                    .filter(|(other, _)| other.questionnaire == rule.questionnaire && other.questions.contains(&place));
                others.any(|(other, _)| match &other.measure {
                    Measure::Mean => true,
                    Measure::Choosing(chosen) => chosen.contains(text),
                })
            };
            let taken = |option: &&Choice| chosen.contains(&option.text);
            for (at, option) in question.options.iter().enumerate().filter(|(_, option)| option.counted) {
                let (above, below) = question.options.split_at(at);
                if anywhere(&option.text) {
                    continue;
                }
                if let (Some(before), Some(after)) = (above.iter().rfind(taken), below.iter().find(taken))
                    && told.insert((rule.questionnaire, place, at))
                {
                    let (option, question_name) = (quote(&option.text), question.name.clone());
                    let (before, after) = (quote(&before.text), quote(&after.text));
                    let problem = Survey::NeverChosen { option, question: question_name, before, after };
                    let finding = Diagnostic::new(problem, *line);
                    findings.push(finding.label(
                        question.options_line,
                        "các phương án ở đây",
                        "the options stand here",
                    ));
                }
            }
        }
    }
}
