//! Scoring by a questionnaire: its result is a derived figure, which bands read as they read a rate.

use super::super::meaning::{Expr, FigureId, Interval, Kind, Meaning, Outcome, Term};
use super::super::model::{Figure, FigureKind, Form as ModelForm, Scoring};
use super::super::origin::Origin;
use super::super::questionnaire::{Choice, Measure, Question, Questionnaire, SurveyRule};
use super::Scope;
use super::derived::names;
use super::figures::made;
use super::forms::{Written, arms, stray};
use crate::diagnostic::{Both, Diagnostic, Names, Nearest, Span, Structure, Survey, nearest};
use crate::language::tree::{
    Award, AwardKind, Derived, Form, Measure as WrittenMeasure, Spanned, Statement, SurveyForm,
};
use crate::language::{fold, quote};
use crate::number::Ratio;

/// Lowers `chấm theo phiếu …`.
pub(super) fn survey(
    written: &Written<'_>,
    form: &SurveyForm,
    scope: &mut Scope<'_>,
    damaged: &mut bool,
) -> Option<Scoring> {
    stray(written.lines, &["từ"], scope);
    let id = figure(form, written.form.span, scope).map(|figure| scope.join(figure));
    // What a questionnaire comes to is proportional unless bands say otherwise.
    let own = Award { kind: AwardKind::Proportional, span: written.form.span };
    let banded = written.lines.iter().any(|(statement, _)| matches!(statement, Statement::Band(_)));
    let whole = Form { award: (!banded).then_some(own), ..written.form.clone() };
    // What is wrong with the questionnaire is told there or above; the bands are still read.
    let arms = arms(&Written { form: &whole, ..*written }, Some(Kind::Rate), scope, damaged);
    let subject = Expr { kind: Kind::Rate, term: Term::Figure(id?) };
    Some(Scoring::Declared(ModelForm::Survey, Meaning::Cases { subject: Some(subject), arms }))
}

/// The result of the questionnaire, as a figure of the leaf.
fn figure(form: &SurveyForm, line: Span, scope: &mut Scope<'_>) -> Option<Figure> {
    let questionnaires = scope.set.questionnaires;
    let wanted = &form.questionnaire;
    let Some(at) = questionnaires.list.iter().position(|other| other.name == wanted.value) else {
        if !questionnaires.lost {
            let near = nearest(&wanted.value, questionnaires.list.iter().map(|other| other.name.as_str()), fold);
            let problem = |nearest| Survey::UnknownQuestionnaire { name: wanted.value.clone(), nearest };
            told(problem, near, wanted.span, scope);
        }
        return None;
    };
    let of = questionnaires.list.get(at)?;
    let questions = questions(of, &form.questions, scope);
    let measure = measure(of, &form.measure, questions.as_deref().unwrap_or_default(), scope);
    let (questions, measure) = (questions?, measure?);
    // A minimum without consequence was told at the questionnaire.
    let (too_few, too_few_line) = match &of.too_few {
        Some((effect, span)) => (scope.outcome(effect)?, *span),
        None => (Outcome::Unscored, of.span),
    };
    if !of.sound {
        return None;
    }
    let range = range(of, &questions, &measure)?;
    let label = Both::new(
        format!("Kết quả của phiếu \"{}\"", of.label),
        format!("Result of the questionnaire \"{}\"", of.label),
    );
    let kind = FigureKind::Number(Kind::Rate);
    let mut figure = made(names(&Derived::Survey), label, kind, scope.set.language, line);
    figure.range = range;
    let rule = SurveyRule { questionnaire: at, questions, measure, too_few, too_few_line };
    figure.origin = Origin::Survey(Box::new(rule));
    Some(figure)
}

/// An unknown name, with the nearest one as its mend.
fn told(problem: impl FnOnce(Nearest) -> Survey, near: Nearest, span: Span, scope: &mut Scope<'_>) {
    let meant = near.0.clone();
    let finding = Diagnostic::new(problem(near), span);
    scope.findings.push(match meant {
        Some(meant) => finding.fix(span, meant),
        None => finding,
    });
}

/// The places of the questions named; nothing if one of them is not there.
fn questions(of: &Questionnaire, named: &[Spanned<String>], scope: &mut Scope<'_>) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    let mut sound = true;
    for name in named {
        match of.question(&name.value) {
            Some(at) if places.contains(&at) => {
                let line = Both::new(format!("câu {}", name.value), format!("question {}", name.value));
                scope.find(Structure::SaidTwice { line }, name.span);
                sound = false;
            }
            Some(at) => places.push(at),
            None => {
                sound = false;
                if !of.damaged {
                    let near = nearest(&name.value, of.questions.iter().map(|question| question.name.as_str()), fold);
                    let (place, what) = (of.named(), Both::new("câu", "question"));
                    let name_ = name.value.clone();
                    let problem = |nearest| Survey::Unknown { what, name: name_, place, nearest };
                    told(problem, near, name.span, scope);
                }
            }
        }
    }
    sound.then_some(places)
}

fn asked<'q>(of: &'q Questionnaire, places: &[usize]) -> Vec<&'q Question> {
    places.iter().filter_map(|&at| of.questions.get(at)).collect()
}

/// What is made of the answers, with every option found and worth something.
fn measure(of: &Questionnaire, written: &WrittenMeasure, places: &[usize], scope: &mut Scope<'_>) -> Option<Measure> {
    let mut sound = true;
    match written {
        WrittenMeasure::Mean => {
            for question in asked(of, places) {
                let unsaid = |choice: &&Choice| choice.counted && choice.worth.is_none();
                if let Some(choice) = question.options.iter().find(unsaid) {
                    sound = false;
                    let option = quote(&choice.text);
                    scope.find(Survey::NoWorth { option, question: question.name.clone() }, question.span);
                }
            }
            sound.then_some(Measure::Mean)
        }
        WrittenMeasure::Choosing(options) => {
            let mut chosen: Vec<String> = Vec::new();
            for option in options {
                let text = &option.value;
                if chosen.contains(text) {
                    sound = false;
                    scope.find(Survey::OptionTwice { option: quote(text) }, option.span);
                    continue;
                }
                chosen.push(text.clone());
                for question in asked(of, places) {
                    match question.options.iter().find(|choice| choice.text == *text) {
                        Some(choice) if choice.counted => continue,
                        Some(_) => scope.find(Survey::ChosenNotCounted { option: quote(text) }, option.span),
                        None if question.options.is_empty() => {}
                        None => {
                            let near = nearest(text, question.options.iter().map(|choice| choice.text.as_str()), fold);
                            let what = Both::new("phương án", "option");
                            let meant = near.0.as_deref().map(quote);
                            let (place, name) = (of.asking(&question.name), text.clone());
                            let problem = Survey::Unknown { what, name, place, nearest: near };
                            let finding = Diagnostic::new(problem, option.span);
                            scope.findings.push(match meant {
                                Some(meant) => finding.fix(option.span, meant),
                                None => finding,
                            });
                        }
                    }
                    sound = false;
                    break;
                }
            }
            sound.then_some(Measure::Choosing(chosen))
        }
    }
}

/// From the mean of the least that each question can come to, to the mean of the most; nothing where a question has
/// no option that counts, which was told.
fn range(of: &Questionnaire, places: &[usize], measure: &Measure) -> Option<Interval> {
    let (mut low, mut high) = (Ratio::ZERO, Ratio::ZERO);
    for question in asked(of, places) {
        let worths = || question.options.iter().filter(|choice| choice.counted).map(|choice| measure.worth(choice));
        low = &low + &worths().min()?;
        high = &high + &worths().max()?;
    }
    let count = Ratio::from(places.len());
    Some(Interval::closed(Some(low.checked_div(&count)?), Some(high.checked_div(&count)?)))
}

impl Scope<'_> {
    /// `kết quả phiếu`, in a leaf that scores by one.
    pub(super) fn survey_result(&mut self, span: Span) -> Option<FigureId> {
        let at = self.figures.iter().position(|figure| matches!(figure.origin, Origin::Survey(_)));
        match at {
            Some(at) => {
                if let Some(used) = self.used.get_mut(at) {
                    *used = true;
                }
            }
            None if self.forgiving => {}
            None => {
                let name = Derived::Survey.text(self.set.language);
                self.find(Names::UnknownFigure { name, nearest: Nearest(None) }, span);
            }
        }
        at.map(FigureId)
    }
}
