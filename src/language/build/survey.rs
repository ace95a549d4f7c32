//! Questionnaires, the form that scores by one, and tallies from pairs.

use super::super::grammar::Rule;
use super::super::tree::{
    FormKind, GivenTally, GroupMissing, Measure, Question, Questionnaire, Respondents, Spanned, Statement, SurveyForm,
    Weighed, Worth,
};
use super::{Builder, Counted, P, children, has};

/// More answers than people can give.
const ANSWERS: i64 = 1_000_000_000;

impl Builder<'_> {
    pub(super) fn questionnaire(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let name = self.spanned(&parts.next()?);
        let label = self.quoted(&parts.next()?);
        let mut made = Questionnaire { name, label, planned: None, at_least: None };
        for quality in parts {
            let part = quality.into_inner().next()?;
            let place = if part.as_rule() == Rule::planned_answers { &mut made.planned } else { &mut made.at_least };
            self.once(place.is_some(), &part);
            *place = Some(self.answers(part)?);
        }
        Some(Statement::Questionnaire(made))
    }

    /// `ít nhất 30 phiếu`, `dự kiến 50 phiếu`.
    fn answers(&mut self, pair: P<'_>) -> Option<Spanned<i64>> {
        self.whole(children(pair).next()?, (Counted::Answers, ANSWERS))
    }

    pub(super) fn respondents(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let name = self.spanned(&parts.next()?);
        let label = self.quoted(&parts.next()?);
        let mut group = Respondents { name, label, weight: None, planned: None, at_least: None, sources: Vec::new() };
        for quality in parts {
            if quality.as_rule() == Rule::own_source {
                group.sources.push(self.source(quality)?);
                continue;
            }
            let part = quality.into_inner().next()?;
            if part.as_rule() == Rule::weight {
                self.once(group.weight.is_some(), &part);
                group.weight = Some(self.number(children(part).next()?)?);
            } else {
                let planned = part.as_rule() == Rule::planned_answers;
                let place = if planned { &mut group.planned } else { &mut group.at_least };
                self.once(place.is_some(), &part);
                *place = Some(self.answers(part)?);
            }
        }
        Some(Statement::Respondents(group))
    }

    pub(super) fn group_missing(&self, pair: &P<'_>) -> Statement {
        let share = has(pair, Rule::kw_share_weights);
        let value = if share { GroupMissing::ShareWeights } else { GroupMissing::Unscored };
        Statement::GroupMissing(Spanned::new(value, self.span(pair)))
    }

    pub(super) fn default_options(&mut self, pair: P<'_>) -> Option<Statement> {
        children(pair).map(|part| self.weighed(part)).collect::<Option<_>>().map(Statement::Options)
    }

    fn weighed(&mut self, pair: P<'_>) -> Option<Weighed> {
        let not_counted = has(&pair, Rule::kw_not_counted);
        let mut parts = children(pair);
        let option = self.quoted(&parts.next()?);
        let worth = match parts.next() {
            Some(percent) => Worth::Weight(self.number(percent)?),
            None if not_counted => Worth::NotCounted,
            None => Worth::Unsaid,
        };
        Some(Weighed { option, worth })
    }

    pub(super) fn question(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let name = self.spanned(&parts.next()?);
        let label = self.quoted(&parts.next()?);
        let (mut options, mut sources) = (Vec::new(), Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::own_source => sources.push(self.source(part)?),
                _ => options.push(self.weighed(part)?),
            }
        }
        Some(Statement::Question(Question { name, label, options, sources }))
    }

    /// The form `phiếu …`.
    pub(super) fn survey(&mut self, pair: P<'_>) -> Option<FormKind> {
        let mut parts = children(pair);
        let questionnaire = self.spanned(&parts.next()?);
        let mut questions = Vec::new();
        let mut measure = Measure::Mean;
        for part in parts {
            if part.as_rule() == Rule::name {
                questions.push(self.spanned(&part));
            } else if let Some(chosen) = children(part).next() {
                measure = Measure::Choosing(children(chosen).map(|option| self.quoted(&option)).collect());
            }
        }
        Some(FormKind::Survey(SurveyForm { questionnaire, questions, measure }))
    }

    pub(super) fn given_tally(&mut self, pair: P<'_>) -> Option<Statement> {
        let span = self.span(&pair);
        let grouped = has(&pair, Rule::kw_in_respondents);
        let mut parts = children(pair);
        let questionnaire = self.spanned(&parts.next()?);
        let group = if grouped { Some(self.spanned(&parts.next()?)) } else { None };
        let question = self.spanned(&parts.next()?);
        let mut counts = Vec::new();
        for part in parts {
            let mut sides = children(part);
            let option = self.quoted(&sides.next()?);
            counts.push((option, self.whole(sides.next()?, (Counted::Answers, ANSWERS))?));
        }
        Some(Statement::GivenTally(GivenTally { questionnaire, group, question, counts, span }))
    }
}
