//! Questionnaires, the form that scores by one, and tallies.

use super::super::keyword::Keyword;
use super::super::tree::{
    GivenTally, GroupMissing, Measure, Question, Questionnaire, Respondents, Spanned, SurveyForm, Weighed, Worth,
};
use super::pen::Pen;

impl Pen<'_> {
    pub(super) fn questionnaire(&mut self, questionnaire: &Questionnaire) {
        self.keyword(Keyword::Questionnaire).word(&questionnaire.name.value).string(&questionnaire.label.value);
        self.how_many(":", questionnaire.planned.as_ref(), questionnaire.at_least.as_ref());
    }

    /// How many answers are planned, and how many needed.
    fn how_many(&mut self, mut mark: &'static str, planned: Option<&Spanned<i64>>, needed: Option<&Spanned<i64>>) {
        for (keyword, count) in [(Keyword::Planned, planned), (Keyword::AtLeast, needed)] {
            let Some(count) = count else { continue };
            self.mark(mark).keyword(keyword).word(&count.value.to_string());
            self.counted(Keyword::Answers, count.value == 1);
            mark = ",";
        }
    }

    pub(super) fn respondents(&mut self, group: &Respondents) {
        self.keyword(Keyword::Respondents).word(&group.name.value).string(&group.label.value);
        let mut mark = ":";
        if let Some(weight) = &group.weight {
            self.mark(mark).keyword(Keyword::Weight).number(weight);
            mark = ",";
        }
        self.how_many(mark, group.planned.as_ref(), group.at_least.as_ref());
        self.own_sources(&group.sources);
    }

    pub(super) fn group_missing(&mut self, follows: GroupMissing) {
        self.property(Keyword::GroupMissing).keyword(match follows {
            GroupMissing::ShareWeights => Keyword::ShareWeights,
            GroupMissing::Unscored => Keyword::Unscored,
        });
    }

    pub(super) fn weighed(&mut self, options: &[Weighed]) -> &mut Self {
        self.items(options, |pen, option| {
            pen.string(&option.option.value);
            match &option.worth {
                Worth::Unsaid => {}
                Worth::Weight(weight) => drop(pen.number(weight)),
                Worth::NotCounted => drop(pen.keyword(Keyword::NotCounted)),
            }
        })
    }

    pub(super) fn question(&mut self, question: &Question) {
        self.keyword(Keyword::Question).word(&question.name.value).string(&question.label.value);
        if !question.options.is_empty() {
            self.mark(":").weighed(&question.options);
        }
        self.own_sources(&question.sources);
    }

    pub(super) fn survey(&mut self, form: &SurveyForm) -> &mut Self {
        self.keyword(Keyword::SurveyForm).word(&form.questionnaire.value).mark(",");
        self.counted(Keyword::InQuestions, form.questions.len() == 1).items(&form.questions, |pen, question| {
            pen.word(&question.value);
        });
        match &form.measure {
            Measure::Mean => self.mark(":").keyword(Keyword::Mean),
            Measure::Choosing(options) => self.mark(":").keyword(Keyword::ShareChoosing).strings(options),
        }
    }

    pub(super) fn given_tally(&mut self, tally: &GivenTally) {
        self.keyword(Keyword::Given).keyword(Keyword::SurveyForm).word(&tally.questionnaire.value).mark(",");
        if let Some(group) = &tally.group {
            self.keyword(Keyword::InRespondents).word(&group.value).mark(",");
        }
        self.counted(Keyword::InQuestions, true).word(&tally.question.value).mark(":");
        self.items(&tally.counts, |pen, (option, count)| {
            pen.string(&option.value).word(&count.value.to_string());
        });
    }
}
