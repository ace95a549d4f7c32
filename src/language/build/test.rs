//! Tests from pairs.

use super::super::grammar::Rule;
use super::super::tree::{Expect, Given, GivenPlaces, GivenStated, GivenTotals, Number, Statement};
use super::{Builder, P, children, has};

impl Builder<'_> {
    pub(super) fn test_block(&mut self, pair: P<'_>) -> Option<Statement> {
        children(pair).next().map(|name| Statement::Test(self.quoted(&name)))
    }

    pub(super) fn given_line(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let code = self.code(&parts.next()?);
        let mut values = Vec::new();
        for part in parts {
            if part.as_rule() != Rule::given {
                let stated = GivenStated::Points(self.signed_points(part)?);
                return Some(Statement::Given(Given { code, stated }));
            }
            values.push(self.given(part)?);
        }
        Some(Statement::Given(Given { code, stated: GivenStated::Figures(values) }))
    }

    /// `cho điểm thẩm định 53,25 điểm; điểm điều tra 33,87 điểm`.
    pub(super) fn given_totals(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut totals = GivenTotals { appraised: None, survey: None };
        for total in children(pair) {
            let survey = has(&total, Rule::kw_total_survey);
            self.once(if survey { totals.survey.is_some() } else { totals.appraised.is_some() }, &total);
            let points = self.number(children(total).next()?)?;
            *(if survey { &mut totals.survey } else { &mut totals.appraised }) = Some(points);
        }
        Some(Statement::GivenTotals(totals))
    }

    /// `cho thứ hạng 14; năm trước 4`.
    pub(super) fn given_places(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let (now, before) = (self.how_many(parts.next()?)?, self.how_many(parts.next()?)?);
        Some(Statement::GivenPlaces(GivenPlaces { now, before }))
    }

    /// `cho số liệu chung: dân_số = 1000`.
    pub(super) fn given_shared(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut values = Vec::new();
        for part in children(pair) {
            values.push(self.given(part)?);
        }
        Some(Statement::GivenShared(values))
    }

    pub(super) fn expect_line(&mut self, pair: P<'_>) -> Option<Statement> {
        let (index, grade) = (has(&pair, Rule::kw_expect_index), has(&pair, Rule::kw_expect_grade));
        if has(&pair, Rule::kw_no_grade) {
            return Some(Statement::Expect(Expect::NoGrade));
        }
        let mut parts = children(pair);
        let first = parts.next()?;
        Some(Statement::Expect(if index {
            let below = first.as_rule() == Rule::negative_percent;
            let number = self.number(if below { children(first).next()? } else { first })?;
            Expect::Index(if below { Number { value: -number.value, ..number } } else { number })
        } else if grade {
            Expect::Grade(self.quoted(&first))
        } else {
            let code = self.code(&first);
            Expect::Head(code, self.outcome(parts.next()?)?)
        }))
    }
}
