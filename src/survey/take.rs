//! From rows of answers as read, and from tallies as tests state them, to tallies by place; nothing is passed over.

use std::collections::BTreeSet;

use super::answers::{Answers, Surveys};
use crate::diagnostic::{Both, Diagnostic, Nearest, Span, Survey, nearest};
use crate::language::tree::{GivenTally, Spanned};
use crate::language::{compose, fold, quote};
use crate::ruleset::{Question, Questionnaire};

/// A row of answers as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// Whom it is about.
    pub unit: Spanned<String>,
    /// The questionnaire.
    pub questionnaire: Spanned<String>,
    /// The group of who answered, if one is named.
    pub group: Option<Spanned<String>>,
    /// Who answered, if that is told.
    pub respondent: Option<Spanned<String>>,
    /// The answers.
    pub answers: Vec<RawAnswer>,
    /// It is made up.
    pub synthetic: bool,
    /// The row.
    pub span: Span,
}

/// An answer, or a number of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawAnswer {
    /// The question.
    pub question: Spanned<String>,
    /// The option.
    pub option: Spanned<String>,
    /// How many chose it; nothing for the one respondent of the row.
    pub count: Option<Spanned<String>>,
}

/// What rows gave.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// The answers.
    pub surveys: Surveys,
    /// What was found in the rows.
    pub diagnostics: Vec<Diagnostic>,
}

/// Takes rows in against the questionnaires of a set.
pub fn take(questionnaires: &[Questionnaire], rows: &[RawRow]) -> Taken {
    let mut taken = Taken::default();
    let mut seen = Seen::default();
    for row in rows {
        let mut reader = Reader { questionnaires, one_text: false, findings: &mut taken.diagnostics };
        let Some(at) = reader.questionnaire(&row.questionnaire) else { continue };
        let Some(questionnaire) = questionnaires.get(at) else { continue };
        let Some(group) = reader.group(questionnaire, row.group.as_ref(), row.questionnaire.span) else { continue };
        let unit = tidy(&row.unit.value);
        if let Some(who) = row.respondent.as_ref().filter(|who| !who.value.trim().is_empty())
            && !seen.respondents.insert((unit.clone(), at, group, tidy(&who.value)))
        {
            let who_words = quote(who.value.trim());
            let what = Both::new(format!("người trả lời {who_words}"), format!("the respondent {who_words}"));
            reader.findings.push(Diagnostic::new(Survey::TallyTwice { what }, who.span));
            continue;
        }
        for answer in &row.answers {
            let Some((question, option)) = reader.answer(questionnaire, &answer.question, &answer.option) else {
                continue;
            };
            let count = match &answer.count {
                None => 1,
                Some(written) => {
                    let Some(count) = reader.count(written) else { continue };
                    if !seen.tallies.insert((unit.clone(), at, group, question, option)) {
                        let finding = twice(&answer.option.value, &answer.question.value, answer.option.span);
                        reader.findings.push(finding);
                        continue;
                    }
                    count
                }
            };
            taken.surveys.of(&unit, at).add(group, question, option, count);
        }
        // A row without answers still says that the unit was asked about.
        taken.surveys.of(&unit, at);
    }
    once_each(&mut taken.diagnostics);
    taken
}

/// Adds what a test states to the answers of its unit; tells which questionnaire it is of.
pub fn tally(
    questionnaires: &[Questionnaire],
    given: &GivenTally,
    surveys: &mut Surveys,
    unit: &str,
) -> Result<(), Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut reader = Reader { questionnaires, one_text: true, findings: &mut findings };
    if let Some(at) = reader.questionnaire(&given.questionnaire)
        && let Some(questionnaire) = questionnaires.get(at)
        && let Some(group) = reader.group(questionnaire, given.group.as_ref(), given.questionnaire.span)
    {
        for (option, count) in &given.counts {
            let Some((question, place)) = reader.answer(questionnaire, &given.question, option) else { continue };
            let answers: &mut Answers = surveys.of(unit, at);
            if answers.count(group, question, place) > 0 {
                reader.findings.push(twice(&option.value, &given.question.value, option.span));
            } else {
                answers.add(group, question, place, u64::try_from(count.value).unwrap_or(0));
            }
        }
    }
    once_each(&mut findings);
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// What stood in rows above: tallies by unit, questionnaire, group, question and option, and who answered.
#[derive(Default)]
struct Seen {
    tallies: BTreeSet<(String, usize, usize, usize, usize)>,
    respondents: BTreeSet<(String, usize, usize, String)>,
}

struct Reader<'a> {
    questionnaires: &'a [Questionnaire],
    /// The answers stand in the text of the set itself, so that a finding can show both.
    one_text: bool,
    findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn questionnaire(&mut self, name: &Spanned<String>) -> Option<usize> {
        let wanted = tidy(&name.value);
        let found = self.questionnaires.iter().position(|other| other.name == wanted);
        if found.is_none() {
            let near = nearest(&wanted, self.questionnaires.iter().map(|other| other.name.as_str()), fold);
            self.findings
                .push(Diagnostic::new(Survey::UnknownQuestionnaire { name: wanted, nearest: near }, name.span));
        }
        found
    }

    /// The group of a row; 0 where the questionnaire has none.
    fn group(&mut self, of: &Questionnaire, name: Option<&Spanned<String>>, place: Span) -> Option<usize> {
        let name = name.filter(|name| !name.value.trim().is_empty());
        match name {
            None if of.groups.is_empty() => Some(0),
            None => {
                let problem = Survey::GroupExpected { questionnaire: of.name.clone() };
                self.findings.push(Diagnostic::new(problem, place));
                None
            }
            Some(name) => {
                let wanted = tidy(&name.value);
                let found = of.group(&wanted);
                if found.is_none() {
                    let near = nearest(&wanted, of.groups.iter().map(|group| group.name.as_str()), fold);
                    let what = Both::new("nhóm trả lời", "group of respondents");
                    self.findings.push(unknown(what, wanted, of.named(), near, name.span));
                }
                found
            }
        }
    }

    fn answer(
        &mut self,
        of: &Questionnaire,
        question: &Spanned<String>,
        option: &Spanned<String>,
    ) -> Option<(usize, usize)> {
        let wanted = tidy(&question.value);
        let Some(at) = of.question(&wanted) else {
            let near = nearest(&wanted, of.questions.iter().map(|question| question.name.as_str()), fold);
            self.findings.push(unknown(Both::new("câu", "question"), wanted, of.named(), near, question.span));
            return None;
        };
        let options = of.questions.get(at).map(|question: &Question| question.options.as_slice()).unwrap_or_default();
        let wanted = tidy(&option.value);
        let found = options.iter().position(|option| tidy(&option.text) == wanted);
        if found.is_none() {
            let near = nearest(&wanted, options.iter().map(|option| option.text.as_str()), fold);
            let what = Both::new("phương án", "option");
            let finding = unknown(what, wanted, of.asking(&question.value), near, option.span);
            let line = of.questions.get(at).map_or(of.span, |question| question.options_line);
            self.findings.push(if self.one_text {
                finding.label(line, "các phương án ở đây", "the options are here")
            } else {
                finding
            });
        }
        found.map(|option| (at, option))
    }

    /// A whole number from 0; more than a billion is no count of answers.
    fn count(&mut self, written: &Spanned<String>) -> Option<u64> {
        let count = written.value.trim().parse::<u64>().ok().filter(|count| *count <= 1_000_000_000);
        if count.is_none() {
            let found = written.value.trim().chars().take(40).collect();
            self.findings.push(Diagnostic::new(Survey::BadTally { found }, written.span));
        }
        count
    }
}

fn unknown(what: Both, name: String, place: Both, nearest: Nearest, span: Span) -> Diagnostic {
    Diagnostic::new(Survey::Unknown { what, name, place, nearest }, span)
}

fn twice(option: &str, question: &str, span: Span) -> Diagnostic {
    let option = quote(option);
    let what = Both::new(
        format!("phương án {option} của câu `{question}`"),
        format!("the option {option} of the question `{question}`"),
    );
    Diagnostic::new(Survey::TallyTwice { what }, span)
}

/// A name in a table stands in many rows: what is wrong with it is told once.
fn once_each(findings: &mut Vec<Diagnostic>) {
    let mut told: Vec<Diagnostic> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let repeats = matches!(
            &finding.problem,
            crate::diagnostic::Problem::Survey(
                Survey::UnknownQuestionnaire { .. } | Survey::Unknown { .. } | Survey::GroupExpected { .. }
            )
        );
        if !(repeats && told.iter().any(|known| known.problem == finding.problem)) {
            told.push(finding);
        }
    }
    *findings = told;
}

/// A name or an option as it is compared: composed, without space around it.
pub(super) fn tidy(text: &str) -> String {
    compose(text.trim())
}
