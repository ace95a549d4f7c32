//! Figures, templates and examples.

use super::super::keyword::Keyword;
use super::super::tree::{
    Bound, Example, ExampleOutcome, ExampleRow, ExampleValue, Expect, Figure, FigureType, Given, GivenPlaces,
    GivenStated, GivenTotals, GivenValues, List, PriorYear, Template, ValueName,
};
use super::expression::Strength;
use super::pen::Pen;

impl Pen<'_> {
    /// A figure, or a column under its own keyword.
    pub(super) fn figure(&mut self, keyword: Keyword, figure: &Figure) {
        self.keyword(keyword).word(&figure.name.value).string(&figure.label.value).mark(":");
        match &figure.kind.value {
            FigureType::YesNo => self.keyword(Keyword::YesNoType),
            FigureType::Count => self.keyword(Keyword::CountType),
            FigureType::Number => self.keyword(Keyword::NumberType),
            FigureType::Rate => self.keyword(Keyword::RateType),
            FigureType::Money => self.keyword(Keyword::MoneyType),
            FigureType::DateTime => self.keyword(Keyword::DateTimeType),
            FigureType::Date => self.keyword(Keyword::DateType),
            FigureType::Choice(options) => self.keyword(Keyword::ChoiceType).strings(options),
            FigureType::Text => self.keyword(Keyword::TextType),
        };
        if let Some(measure) = &figure.measure {
            self.mark(",").keyword(Keyword::Measured).string(&measure.value);
        }
        if figure.may_not_apply {
            self.mark(",").keyword(Keyword::MayNotApply);
        }
        if figure.beyond_period {
            self.mark(",").keyword(Keyword::BeyondPeriod);
        }
        if let Some(digits) = &figure.digits {
            self.mark(",").digits(digits.value);
        }
        for year in &figure.with_years {
            self.mark(",");
            match year.value {
                PriorYear::Before => self.keyword(Keyword::WithYearBefore),
                PriorYear::Year(year) => self.keyword(Keyword::WithYear).full_year(year),
            };
        }
        for bound in &figure.bounds {
            self.mark(",").bound(bound);
        }
        self.own_sources(&figure.sources);
    }

    fn bound(&mut self, bound: &Bound) {
        match bound {
            Bound::AtLeast(least) => self.keyword(Keyword::AtLeast).expression(least, Strength::Sum),
            Bound::AtMost(most) => self.keyword(Keyword::AtMost).expression(most, Strength::Sum),
            Bound::Between(least, most) => self
                .keyword(Keyword::From)
                .expression(least, Strength::Sum)
                .keyword(Keyword::Through)
                .expression(most, Strength::Sum),
        };
    }

    pub(super) fn list(&mut self, list: &List) {
        self.keyword(Keyword::List).word(&list.name.value).string(&list.label.value);
        for (at, bound) in list.bounds.iter().enumerate() {
            self.mark(if at == 0 { ":" } else { "," }).bound(bound);
        }
        self.own_sources(&list.sources);
    }

    /// `"Xã A" (đúng = 90; giải_quyết = 100), …`.
    fn rows(&mut self, rows: &[ExampleRow]) -> &mut Self {
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                self.mark(",");
            }
            self.string(&row.name.value).sign("(").given(&row.cells).mark(")");
        }
        self
    }

    pub(super) fn template(&mut self, template: &Template) {
        self.keyword(Keyword::Template).word(&template.name.value).open();
        self.items(&template.parameters, |pen, parameter| {
            pen.word(&parameter.value);
        });
        self.mark(")");
    }

    pub(super) fn example(&mut self, example: &Example) {
        self.keyword(Keyword::Example);
        if let Some(block) = &example.block {
            self.keyword(Keyword::Block).word(&block.value);
            if !example.values.is_empty() {
                self.mark(";");
            }
        }
        self.given(&example.values);
        self.mark(":").outcome(&example.outcome.value);
        if example.decision_wrong {
            self.mark(",").keyword(Keyword::DecisionWrong);
        }
    }

    /// `b = 90; a = 100`.
    pub(super) fn given(&mut self, values: &GivenValues) -> &mut Self {
        self.items(values, |pen, (name, value)| {
            match &name.value {
                ValueName::Figure(name) => pen.word(name),
                ValueName::Derived(derived) => pen.derived(derived),
            };
            pen.word("=");
            match &value.value {
                ExampleValue::Number(number) => pen.number(number),
                ExampleValue::YesNo(yes) => pen.keyword(if *yes { Keyword::Yes } else { Keyword::No }),
                ExampleValue::Moment(moment) => pen.moment(*moment),
                ExampleValue::Date(days) => pen.date(*days),
                ExampleValue::Text(text) => pen.string(text),
                ExampleValue::Missing => pen.keyword(Keyword::MissingValue),
                ExampleValue::NotApplicable => pen.keyword(Keyword::NotApplicableValue),
                ExampleValue::Rows(rows) => pen.rows(rows),
                ExampleValue::Table(file) => pen.keyword(Keyword::Table).string(file),
            };
        })
    }

    /// What must come out.
    pub(super) fn outcome(&mut self, outcome: &ExampleOutcome) -> &mut Self {
        match outcome {
            ExampleOutcome::Points(points) => self.points(&points.value),
            ExampleOutcome::Maximum => self.keyword(Keyword::Maximum),
            ExampleOutcome::Unscored => self.keyword(Keyword::Unscored),
            ExampleOutcome::OutOfScale => self.keyword(Keyword::OutOfScale),
        }
    }

    pub(super) fn given_line(&mut self, given: &Given) {
        self.keyword(Keyword::Given).word(&given.code.value).mark(":");
        match &given.stated {
            GivenStated::Figures(values) => self.given(values),
            GivenStated::Points(points) => self.points(&points.value),
        };
    }

    pub(super) fn given_totals(&mut self, totals: &GivenTotals) {
        self.keyword(Keyword::Given);
        let mut first = true;
        for (keyword, points) in [(Keyword::TotalAppraised, &totals.appraised), (Keyword::TotalSurvey, &totals.survey)]
        {
            if let Some(points) = points {
                if !std::mem::take(&mut first) {
                    self.mark(";");
                }
                self.keyword(keyword).points(&points.value);
            }
        }
    }

    pub(super) fn given_places(&mut self, places: &GivenPlaces) {
        self.keyword(Keyword::Given).keyword(Keyword::OwnRank).word(&places.now.value.to_string()).mark(";");
        self.keyword(Keyword::YearBefore).word(&places.before.value.to_string());
    }

    pub(super) fn expectation(&mut self, expect: &Expect) {
        self.keyword(Keyword::Expect);
        match expect {
            Expect::Head(code, outcome) => self.word(&code.value).mark(":").outcome(&outcome.value),
            Expect::Index(percent) => self.keyword(Keyword::ExpectIndex).mark(":").number(percent),
            Expect::NoGrade => self.keyword(Keyword::ExpectGrade).mark(":").keyword(Keyword::NoGrade),
            Expect::Grade(grade) => self.keyword(Keyword::ExpectGrade).mark(":").string(&grade.value),
        };
    }
}
