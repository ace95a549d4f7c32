//! Questionnaires: who answers, what each option is worth, how many answers are needed.

use super::draft::{Draft, QuestionnaireDraft};
use super::meaning::Outcome;
use crate::diagnostic::{Both, Budget, Diagnostic, Names, Span, Structure, Survey, any_error};
use crate::language::tree::{Effect, GroupMissing, Provenance, Respondents, Spanned, Statement, Weighed, Worth};
use crate::language::{fold, is_reserved, quote, reserved_name};
use crate::number::{DecimalMark, Ratio};

/// A questionnaire of the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Questionnaire {
    /// Its name.
    pub name: String,
    /// Its title.
    pub label: String,
    /// How many answers the plan of the survey counts on, over all groups.
    pub planned: Option<u64>,
    /// How many counted answers every question that is read needs, over all groups.
    pub minimum: Option<u64>,
    /// Who answers; none where all respondents are one.
    pub groups: Vec<Group>,
    /// What follows when nobody of a group answered.
    pub group_missing: Option<Spanned<GroupMissing>>,
    /// The questions.
    pub questions: Vec<Question>,
    /// Where its groups, questions and numbers come from, where that is not the set's own source.
    pub provenance: Vec<Provenance>,
    /// What follows when the answers are too few, and its line.
    pub too_few: Option<(Effect, Span)>,
    /// Some line of it could not be read, so what is not known of it is no news.
    pub damaged: bool,
    /// Nothing of it is a mistake; what it would come to is not judged otherwise.
    pub sound: bool,
    /// Its line.
    pub span: Span,
}

/// A group of respondents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Who they are.
    pub label: String,
    /// Its part in the result; those of all groups add up to 1.
    pub weight: Ratio,
    /// How many of its answers the plan counts on.
    pub planned: Option<u64>,
    /// How many of its answers are needed.
    pub minimum: Option<u64>,
    /// Where it comes from, where that is not where its questionnaire does.
    pub sources: Vec<Provenance>,
    /// Where it is declared.
    pub span: Span,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// Its options, in the order written.
    pub options: Vec<Choice>,
    /// The line that they are written in: its own, or that of the questionnaire's options.
    pub options_line: Span,
    /// Where it comes from, where that is not where its questionnaire does.
    pub sources: Vec<Provenance>,
    /// Where it is declared.
    pub span: Span,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its words.
    pub text: String,
    /// Whether who chooses it has answered.
    pub counted: bool,
    /// What choosing it is worth, if that is said.
    pub worth: Option<Ratio>,
}

/// How a leaf scores by a questionnaire: what its result is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyRule {
    /// The questionnaire, by its place in the set.
    pub questionnaire: usize,
    /// The questions that are read, by their places in the questionnaire.
    pub questions: Vec<usize>,
    /// What is made of the answers.
    pub measure: Measure,
    /// What follows when they are too few.
    pub too_few: Outcome,
    /// The line that says so.
    pub too_few_line: Span,
}

/// What is made of the answers to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The mean worth of the options chosen.
    Mean,
    /// The share of those who chose one of these options.
    Choosing(Vec<String>),
}

impl Measure {
    /// What choosing an option counts for.
    pub fn worth(&self, option: &Choice) -> Ratio {
        match self {
            Self::Mean => option.worth.clone().unwrap_or(Ratio::ZERO),
            Self::Choosing(chosen) if chosen.contains(&option.text) => Ratio::ONE,
            Self::Choosing(_) => Ratio::ZERO,
        }
    }
}

impl Questionnaire {
    /// The questionnaire as a message names it.
    pub(crate) fn named(&self) -> Both {
        Both::same(format!("`{}`", self.name))
    }

    /// A question of it as a message names it.
    pub(crate) fn asking(&self, question: &str) -> Both {
        let name = &self.name;
        Both::new(format!("`{name}`, câu `{question}`,"), format!("`{name}`, question `{question}`,"))
    }

    /// The question of a name.
    pub fn question(&self, name: &str) -> Option<usize> {
        self.questions.iter().position(|question| question.name == name)
    }

    /// The group of a name.
    pub fn group(&self, name: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.name == name)
    }
}

/// The questionnaires of a file.
pub(super) fn read(draft: &Draft<'_>, findings: &mut Vec<Diagnostic>) -> Vec<Questionnaire> {
    let mut read: Vec<Questionnaire> = Vec::new();
    for written in &draft.questionnaires {
        let name = &written.questionnaire.name;
        let known = read.iter().map(|other| (other.name.as_str(), other.span));
        if is_new(&name.value, name.span, known, findings) {
            read.push(questionnaire(written, findings));
        }
    }
    read
}

/// Whether a name is free among those that stand above it.
fn is_new<'a>(
    name: &str,
    span: Span,
    mut known: impl Iterator<Item = (&'a str, Span)>,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    if is_reserved(name) {
        findings.push(Diagnostic::new(reserved_name(name), span));
        return false;
    }
    let Some((other, place)) = known.find(|(other, _)| fold(other) == fold(name)) else { return true };
    let finding = if other == name {
        Diagnostic::new(Survey::NameTwice { name: name.to_owned() }, span)
    } else {
        Diagnostic::new(Names::FoldAlike { name: name.to_owned(), other: other.to_owned() }, span)
    };
    findings.push(finding.label(place, "tên kia ở đây", "the other name is here"));
    false
}

fn questionnaire(draft: &QuestionnaireDraft<'_>, findings: &mut Vec<Diagnostic>) -> Questionnaire {
    let written = draft.questionnaire;
    let mut made = Questionnaire {
        name: written.name.value.clone(),
        label: written.label.value.clone(),
        planned: count(written.planned.as_ref()),
        minimum: count(written.at_least.as_ref()),
        groups: Vec::new(),
        group_missing: None,
        questions: Vec::new(),
        provenance: Vec::new(),
        too_few: None,
        damaged: draft.damaged,
        sound: true,
        span: written.name.span,
    };
    let before = findings.len();
    let mut defaults: Option<(Vec<Choice>, Span)> = None;
    let mut weights: Vec<Option<Ratio>> = Vec::new();
    let mut own = false;
    let mut seen = Vec::new();
    for &(statement, line) in &draft.lines {
        super::header::once(statement, line, &mut seen, findings);
        match statement {
            Statement::Respondents(group) => {
                let known = made.groups.iter().map(|other| (other.name.as_str(), other.span));
                if is_new(&group.name.value, group.name.span, known, findings) {
                    weights.push(group.weight.as_ref().map(|weight| weight.value.clone()));
                    made.groups.push(self::group(group, findings));
                }
            }
            Statement::Provenance(source) => {
                super::header::clause(source, findings);
                made.provenance.push(source.clone());
            }
            Statement::GroupMissing(follows) => made.group_missing = Some(follows.clone()),
            Statement::TooFew(effect) => made.too_few = Some((effect.clone(), line)),
            Statement::Options(options) => defaults = Some((choices(options, line, findings), line)),
            Statement::Question(question) => {
                let known = made.questions.iter().map(|other| (other.name.as_str(), other.span));
                if is_new(&question.name.value, question.name.span, known, findings) {
                    let span = question.name.span;
                    let options = choices(&question.options, span, findings);
                    own |= !options.is_empty();
                    let (name, label) = (question.name.value.clone(), question.label.value.clone());
                    if let Some(other) = made.questions.iter().find(|other| other.label == label) {
                        let problem = Survey::SameQuestion { name: name.clone(), other: other.name.clone() };
                        let finding = Diagnostic::new(problem, question.label.span);
                        findings.push(finding.label(other.span, "câu kia ở đây", "the other one is here"));
                    }
                    let sources = question.sources.clone();
                    made.questions.push(Question { name, label, options, options_line: line, sources, span });
                }
            }
            _ => {}
        }
    }
    let mut used = false;
    for question in made.questions.iter_mut().filter(|question| question.options.is_empty()) {
        match &defaults {
            Some((options, line)) => {
                question.options.clone_from(options);
                question.options_line = *line;
                used = true;
            }
            None if !draft.damaged => {
                findings.push(Diagnostic::new(Survey::NoOptions { question: question.name.clone() }, question.span));
            }
            None => {}
        }
    }
    if let Some((_, line)) = defaults.filter(|_| own && !used && !draft.damaged) {
        let what = Both::new(
            "các phương án chung này (câu nào cũng có phương án riêng)",
            "these options (every question has its own)",
        );
        findings.push(Diagnostic::new(Survey::Unused { what }, line));
    }
    if !draft.damaged {
        whole(&made, &weights, &draft.lines, nought(draft), findings);
        plan(&made, findings);
    }
    made.sound = !(draft.damaged || any_error(findings.get(before..).unwrap_or_default()));
    made
}

/// Where a questionnaire or a group of it needs no answer at all.
fn nought(draft: &QuestionnaireDraft<'_>) -> Option<Span> {
    let groups = draft.lines.iter().filter_map(|(line, _)| match line {
        Statement::Respondents(group) => group.at_least.as_ref(),
        _ => None,
    });
    draft.questionnaire.at_least.iter().chain(groups).find(|least| least.value == 0).map(|least| least.span)
}

fn group(group: &Respondents, findings: &mut Vec<Diagnostic>) -> Group {
    if let Some(weight) = group.weight.as_ref().filter(|weight| !weight.value.is_positive()) {
        let name = &group.name.value;
        let what = Both::new(format!("trọng số của `{name}`"), format!("the weight of `{name}`"));
        findings.push(Diagnostic::new(Structure::NotPositive { what }, weight.span));
    }
    Group {
        name: group.name.value.clone(),
        label: group.label.value.clone(),
        weight: group.weight.as_ref().map_or(Ratio::ZERO, |weight| weight.value.clone()),
        planned: count(group.planned.as_ref()),
        minimum: count(group.at_least.as_ref()),
        sources: group.sources.clone(),
        span: group.name.span,
    }
}

fn count(written: Option<&Spanned<i64>>) -> Option<u64> {
    written.map(|count| u64::try_from(count.value).unwrap_or(0))
}

/// What a plan counts on, against its parts and against what is needed.
fn plan(made: &Questionnaire, findings: &mut Vec<Diagnostic>) {
    let all = std::iter::once((&made.name, made.planned, made.minimum, made.span));
    let groups = made.groups.iter().map(|group| (&group.name, group.planned, group.minimum, group.span));
    for (name, planned, needed, span) in all.chain(groups) {
        if let (Some(planned), Some(needed)) = (planned, needed)
            && planned < needed
        {
            findings.push(Diagnostic::new(Survey::PlannedBelowNeeded { name: name.clone(), planned, needed }, span));
        }
    }
    let parts: Option<Vec<u64>> = made.groups.iter().map(|group| group.planned).collect();
    let sum = parts.filter(|parts| !parts.is_empty()).map(|parts| parts.into_iter().sum());
    if let (Some(stated), Some(sum)) = (made.planned, sum)
        && stated != sum
    {
        findings.push(Diagnostic::new(Survey::PlannedDoNotAddUp { name: made.name.clone(), sum, stated }, made.span));
    }
}

/// The options of a line, and whether they make a scale.
fn choices(options: &[Weighed], line: Span, findings: &mut Vec<Diagnostic>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    let mut twice = false;
    for written in options {
        let text = &written.option.value;
        if choices.iter().any(|known| known.text == *text) {
            twice = true;
            findings.push(Diagnostic::new(Survey::OptionTwice { option: quote(text) }, written.option.span));
            continue;
        }
        let worth = match &written.worth {
            Worth::Weight(weight) => Some(weight.value.clone()),
            Worth::Unsaid | Worth::NotCounted => None,
        };
        choices.push(Choice { text: text.clone(), counted: written.worth != Worth::NotCounted, worth });
    }
    let worths = || choices.iter().filter_map(|choice| choice.worth.as_ref());
    if twice {
        return choices;
    }
    if let (Some(low), Some(high)) = (worths().min(), worths().max())
        && (*high != Ratio::ONE || low == high)
    {
        let words = |worth: &Ratio| Both::new(worth.percent(DecimalMark::Comma), worth.percent(DecimalMark::Point));
        findings.push(Diagnostic::new(Survey::ScaleEnds { low: words(low), high: words(high) }, line));
        return choices;
    }
    if let Some((before, after)) = turn(&choices) {
        findings.push(Diagnostic::new(Survey::ScaleTurns { better: quote(after), worse: quote(before) }, line));
    }
    choices
}

/// Two neighbours of the scale whose weights run against its direction, from the best option to the worst or back.
///
/// What stands behind the end of the scale is outside it: "no opinion" may be worth 40%.
fn turn(choices: &[Choice]) -> Option<(&str, &str)> {
    let scale: Vec<(&str, &Ratio)> =
        choices.iter().filter_map(|choice| Some((choice.text.as_str(), choice.worth.as_ref()?))).collect();
    let place = |wanted: &Ratio| scale.iter().position(|(_, worth)| *worth == wanted);
    let worths = || scale.iter().map(|(_, worth)| *worth);
    let (best, worst) = (place(worths().max()?)?, place(worths().min()?)?);
    scale.iter().zip(scale.iter().skip(1)).take(best.max(worst)).find_map(|((before, high), (after, low))| {
        let against = if best < worst { low > high } else { low < high };
        against.then_some((*before, *after))
    })
}

/// What a questionnaire must say.
fn whole(
    made: &Questionnaire,
    weights: &[Option<Ratio>],
    lines: &[super::draft::Placed<'_>],
    nought: Option<Span>,
    findings: &mut Vec<Diagnostic>,
) {
    let (name, span) = (&made.name, made.span);
    if made.questions.is_empty() {
        let form = Both::new(format!("phiếu {name}"), format!("questionnaire {name}"));
        let example = Both::new("câu c1 \"…\"", "question c1 \"…\"");
        findings.push(Diagnostic::new(Structure::FormWithoutLines { form, example }, span));
    }
    let needs = |least: Option<u64>| least.is_some_and(|least| least > 0);
    let grouped = !made.groups.is_empty() && made.groups.iter().all(|group| needs(group.minimum));
    let zero = made.minimum == Some(0) || made.groups.iter().any(|group| group.minimum == Some(0));
    if zero || !(needs(made.minimum) || grouped) {
        let finding = Diagnostic::new(Survey::NoMinimum { name: name.clone() }, span);
        findings.push(match nought {
            Some(place) => finding.label(place, "0 là không cần phiếu nào", "0 is to need no answer at all"),
            None => finding,
        });
    } else if made.too_few.is_none() {
        let when = Both::new("không đủ phiếu", "the answers are too few");
        let line = Both::new("không đủ phiếu: chưa chấm", "too few answers: unscored");
        findings.push(Diagnostic::new(Survey::ConsequenceUnsaid { name: name.clone(), when, line }, span));
    }
    if made.groups.len() > 1 && made.group_missing.is_none() {
        let when = Both::new("một nhóm không ai trả lời", "nobody of a group answers");
        let line = Both::new("thiếu nhóm: chia lại trọng số", "group missing: share weights");
        findings.push(Diagnostic::new(Survey::ConsequenceUnsaid { name: name.clone(), when, line }, span));
    }
    let missing_line = lines.iter().find(|(statement, _)| matches!(statement, Statement::GroupMissing(_)));
    if let (Some(&(statement, line)), true) = (missing_line, made.groups.len() < 2) {
        let place = Both::new("dưới một phiếu có từ hai nhóm trả lời", "under a questionnaire with two groups or more");
        let problem = Structure::MisplacedLine { line: super::draft::name(statement), place };
        findings.push(Diagnostic::new(problem, line));
    }
    let mut told = false;
    for (group, _) in made.groups.iter().zip(weights).filter(|(_, weight)| weight.is_none()) {
        told = true;
        findings.push(Diagnostic::new(Survey::GroupWithoutWeight { group: group.name.clone() }, group.span));
    }
    let sum: Ratio = made.groups.iter().map(|group| group.weight.clone()).sum();
    if !told && !made.groups.is_empty() && sum != Ratio::ONE {
        let parent = Both::new(format!("các nhóm trả lời của phiếu `{name}`"), format!("the groups of `{name}`"));
        let sum = Both::new(sum.percent(DecimalMark::Comma), sum.percent(DecimalMark::Point));
        let weights = lines.iter().filter_map(|(statement, _)| match statement {
            Statement::Respondents(group) => group.weight.as_ref().map(|weight| weight.span),
            _ => None,
        });
        let finding = Diagnostic::new(Budget::WeightsDoNotAddUp { parent, sum }, span);
        findings.push(weights.fold(finding, |finding, weight| finding.label(weight, "một trọng số", "a weight")));
    }
}
