//! Figures and examples from pairs.

use super::super::grammar::Rule;
use super::super::literal;
use super::super::tree::{
    Bound, Example, ExampleOutcome, ExampleRow, ExampleValue, Figure, FigureType, List, Number, Spanned, Statement,
    Unit, ValueName,
};
use super::{Builder, P, children, has};

impl Builder<'_> {
    /// `số liệu …`, or the same of a column.
    pub(super) fn figure(&mut self, pair: P<'_>) -> Option<Figure> {
        let mut parts = children(pair);
        let name = self.spanned(&parts.next()?);
        let label = self.quoted(&parts.next()?);
        let kind = self.figure_type(parts.next()?)?;
        let (bounds, with_years) = (Vec::new(), Vec::new());
        let mut figure = Figure {
            name,
            label,
            kind,
            bounds,
            measure: None,
            digits: None,
            beyond_period: false,
            may_not_apply: false,
            with_years,
            sources: Vec::new(),
        };
        for qualifier in parts {
            let part = qualifier.into_inner().next()?;
            match part.as_rule() {
                Rule::measured => {
                    self.once(figure.measure.is_some(), &part);
                    figure.measure = Some(self.quoted(&children(part).next()?));
                }
                Rule::kw_may_not_apply => {
                    self.once(figure.may_not_apply, &part);
                    figure.may_not_apply = true;
                }
                Rule::kw_beyond_period => {
                    self.once(figure.beyond_period, &part);
                    figure.beyond_period = true;
                }
                Rule::digits => {
                    self.once(figure.digits.is_some(), &part);
                    figure.digits = self.digits(part);
                }
                Rule::with_year => {
                    let span = self.span(&part);
                    let year = self.prior_year(children(part.clone()).next())?;
                    self.once(figure.with_years.iter().any(|known| known.value == year), &part);
                    figure.with_years.push(Spanned::new(year, span));
                }
                Rule::own_source => figure.sources.push(self.source(part)?),
                _ => figure.bounds.push(self.bound(part)?),
            }
        }
        Some(figure)
    }

    /// `ít nhất x`, `không quá x`, `từ x đến hết y`.
    fn bound(&mut self, pair: P<'_>) -> Option<Bound> {
        let rule = pair.as_rule();
        let mut sums = children(pair);
        let first = self.expression(sums.next()?)?;
        Some(match rule {
            Rule::at_least => Bound::AtLeast(first),
            Rule::at_most => Bound::AtMost(first),
            _ => Bound::Between(first, self.expression(sums.next()?)?),
        })
    }

    pub(super) fn list(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let name = self.spanned(&parts.next()?);
        let label = self.quoted(&parts.next()?);
        let (mut bounds, mut sources) = (Vec::new(), Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::own_source => sources.push(self.source(part)?),
                _ => bounds.push(self.bound(part.into_inner().next()?)?),
            }
        }
        Some(Statement::List(List { name, label, bounds, sources }))
    }

    /// `"Xã A" (đúng = 90; giải_quyết = 100)`.
    fn row(&mut self, pair: P<'_>) -> Option<ExampleRow> {
        let mut parts = children(pair);
        let name = self.quoted(&parts.next()?);
        let mut cells = Vec::new();
        for cell in parts {
            cells.push(self.given(cell)?);
        }
        Some(ExampleRow { name, cells })
    }

    fn figure_type(&mut self, pair: P<'_>) -> Option<Spanned<FigureType>> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        let kind = match inner.as_rule() {
            Rule::kw_yes_no => FigureType::YesNo,
            Rule::kw_count_type => FigureType::Count,
            Rule::kw_money_type => FigureType::Money,
            Rule::kw_rate_type => FigureType::Rate,
            Rule::kw_date_time_type => FigureType::DateTime,
            Rule::kw_date_type => FigureType::Date,
            Rule::kw_text_type => FigureType::Text,
            Rule::choice => {
                let options = children(inner).next()?;
                FigureType::Choice(children(options).map(|option| self.quoted(&option)).collect())
            }
            _ => FigureType::Number,
        };
        Some(Spanned::new(kind, span))
    }

    pub(super) fn example(&mut self, pair: P<'_>) -> Option<Statement> {
        let span = self.span(&pair);
        let decision_wrong = has(&pair, Rule::kw_decision_wrong);
        let (mut block, mut values, mut outcome) = (None, Vec::new(), None);
        for part in children(pair) {
            match part.as_rule() {
                Rule::of_block => block = self.spanned(&children(part).next()?).into(),
                Rule::given => values.push(self.given(part)?),
                _ => outcome = self.outcome(part),
            }
        }
        Some(Statement::Example(Example { block, values, outcome: outcome?, decision_wrong, span }))
    }

    /// `b = 90`.
    pub(super) fn given(&mut self, pair: P<'_>) -> Option<(Spanned<ValueName>, Spanned<ExampleValue>)> {
        let mut sides = children(pair);
        let name = self.value_name(sides.next()?)?;
        let value = sides.next()?;
        let place = self.span(&value);
        Some((name, Spanned::new(self.given_value(value)?, place)))
    }

    fn given_value(&mut self, pair: P<'_>) -> Option<ExampleValue> {
        let inner = pair.into_inner().next()?;
        Some(match inner.as_rule() {
            Rule::rows => {
                let mut rows = Vec::new();
                for row in children(inner) {
                    rows.push(self.row(row)?);
                }
                ExampleValue::Rows(rows)
            }
            Rule::table_file => ExampleValue::Table(self.quoted(&children(inner).next()?).value),
            Rule::kw_missing => ExampleValue::Missing,
            Rule::kw_not_applicable_value => ExampleValue::NotApplicable,
            Rule::kw_yes => ExampleValue::YesNo(true),
            Rule::kw_no_value => ExampleValue::YesNo(false),
            Rule::at_time => ExampleValue::Moment(self.moment(inner)?.value),
            Rule::dashed_date | Rule::date => ExampleValue::Date(self.date(&inner)?),
            Rule::string => ExampleValue::Text(literal::unquote(&self.written(&inner))),
            Rule::negative => {
                let number = self.number(children(inner).next()?)?;
                ExampleValue::Number(Number { value: -number.value, ..number })
            }
            _ => ExampleValue::Number(self.number(inner)?),
        })
    }

    pub(super) fn outcome(&mut self, pair: P<'_>) -> Option<Spanned<ExampleOutcome>> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        let outcome = match inner.as_rule() {
            Rule::kw_unscored => ExampleOutcome::Unscored,
            Rule::kw_out_of_scale => ExampleOutcome::OutOfScale,
            Rule::kw_maximum => ExampleOutcome::Maximum,
            Rule::exact_points => ExampleOutcome::Points(self.exact_points(inner)?),
            _ => ExampleOutcome::Points(self.signed_points(inner)?),
        };
        Some(Spanned::new(outcome, span))
    }

    /// `14/15 điểm` or `trừ 14/15 điểm`.
    fn exact_points(&mut self, pair: P<'_>) -> Option<Number> {
        let span = self.span(&pair);
        let below = has(&pair, Rule::kw_minus);
        let number = self.share(children(pair).find(|part| part.as_rule() == Rule::fraction)?)?;
        let value = if below { -number.value } else { number.value };
        Some(Number { value, unit: Unit::Points, span })
    }

    /// `n điểm` or `trừ n điểm`.
    pub(super) fn signed_points(&mut self, pair: P<'_>) -> Option<Number> {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::signed_points => self.signed_points(children(pair).next()?),
            Rule::minus_points => {
                let number = self.number(children(pair).next()?)?;
                Some(Number { value: -number.value, unit: number.unit, span })
            }
            _ => self.number(pair),
        }
    }
}
