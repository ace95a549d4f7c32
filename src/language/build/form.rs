//! Forms, bands, conditions and awards from pairs.

use super::super::grammar::Rule;
use super::super::tree::{
    Award, AwardKind, Band, Cap, CaseStart, Comparison, Each, Edge, EdgeKind, Effect, EffectKind, Expression, Form,
    FormKind, Gate, Late, LateUnit, Lateness, Met, MetTest, NoRowCase, NotApplicable, Number, OptionLine, PerRow,
    Statement, Take, Timed, Unit, When,
};
use super::{Builder, Counted, P, children, has};
use crate::diagnostic::{Bands, Diagnostic, Span};

/// No deadline is looked at for longer.
const DAYS: i64 = 10_000;

impl Builder<'_> {
    pub(super) fn form(&mut self, pair: P<'_>) -> Option<Statement> {
        let span = self.span(&pair);
        let mut form = None;
        let (mut not_monotone, mut continuous, mut award, mut per_row) = (false, false, None, None);
        for part in children(pair) {
            match part.as_rule() {
                Rule::entered => form = Some(FormKind::Entered { by: self.quoted(&children(part).next()?) }),
                Rule::per_case => {
                    let mut start = None;
                    for inner in children(part) {
                        match inner.as_rule() {
                            Rule::per_row => per_row = Some(self.per_row(inner)?),
                            _ => start = Some(self.case_start(inner)?),
                        }
                    }
                    form = Some(FormKind::PerCase { start });
                }
                Rule::form_kind => form = Some(self.form_kind(part.into_inner().next()?)?),
                Rule::per_row => per_row = Some(self.per_row(part)?),
                Rule::form_qualifier => {
                    not_monotone |= has(&part, Rule::kw_not_monotone);
                    continuous |= has(&part, Rule::kw_continuous);
                }
                _ => award = Some(self.award(part)?),
            }
        }
        Some(Statement::Form(Form { kind: form?, per_row, not_monotone, continuous, award, span }))
    }

    /// `bắt đầu từ tối đa`, `bắt đầu từ 5 điểm`.
    fn case_start(&mut self, pair: P<'_>) -> Option<CaseStart> {
        if has(&pair, Rule::kw_maximum) {
            return Some(CaseStart::Maximum);
        }
        Some(CaseStart::Points(self.number(children(pair).next()?)?))
    }

    /// `từng xã, lấy trung bình theo dân_số`.
    fn per_row(&mut self, pair: P<'_>) -> Option<PerRow> {
        let mut parts = children(pair);
        let list = self.spanned(&parts.next()?);
        let take = parts.next()?;
        let take = if has(&take, Rule::kw_take_lowest) {
            Take::Lowest
        } else {
            Take::Mean(match children(take).next() {
                Some(weight) => Some(self.expression(weight)?),
                None => None,
            })
        };
        Some(PerRow { list, take })
    }

    pub(super) fn no_row_case(&mut self, pair: P<'_>) -> Option<Statement> {
        let skip = has(&pair, Rule::kw_skip_row);
        let mut parts = children(pair);
        let list = self.spanned(&parts.next()?);
        let test = self.expression(parts.next()?)?;
        let award = if skip { None } else { Some(self.award(parts.next()?)?) };
        Some(Statement::NoRowCase(NoRowCase { list, test, award }))
    }

    fn form_kind(&mut self, pair: P<'_>) -> Option<FormKind> {
        Some(match pair.as_rule() {
            Rule::compared => FormKind::Compared(self.compared(pair)?),
            Rule::condition => FormKind::Condition,
            Rule::checklist => FormKind::Checklist,
            Rule::script => FormKind::Script,
            Rule::survey => return self.survey(pair),
            Rule::deadline => {
                let before = has(&pair, Rule::kw_due_before);
                let mut parts = children(pair);
                let figure = self.expression(parts.next()?)?;
                let due = parts.next()?;
                if due.as_rule() == Rule::at_time {
                    let moment = self.moment(due)?.value;
                    FormKind::Deadline { figure, due: moment.day, named: None, minute: moment.minute, before }
                } else if due.as_rule() == Rule::name {
                    FormKind::Deadline { figure, due: 0, named: Some(self.spanned(&due)), minute: None, before }
                } else {
                    FormKind::Deadline { figure, due: self.date(&due)?, named: None, minute: None, before }
                }
            }
            Rule::r#use => {
                let mut parts = children(pair);
                let name = self.spanned(&parts.next()?);
                let mut arguments = Vec::new();
                for argument in parts {
                    arguments.push(self.expression(argument)?);
                }
                FormKind::Template { name, arguments }
            }
            rule => {
                let expression = self.expression(children(pair).next()?)?;
                match rule {
                    Rule::choice_of => FormKind::Choice(expression),
                    Rule::rate => FormKind::Rate(expression),
                    Rule::count_of => FormKind::Count(expression),
                    Rule::amount_of => FormKind::Amount(expression),
                    _ => FormKind::Formula(expression),
                }
            }
        })
    }

    pub(super) fn band(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let edge = self.edge(parts.next()?);
        let award = self.award(parts.next()?)?;
        Some(Statement::Band(Band { edge: edge?, award }))
    }

    fn edge(&mut self, pair: P<'_>) -> Option<Edge> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        let rule = inner.as_rule();
        if rule == Rule::alone {
            self.alone(&inner, span);
            return None;
        }
        let through = has(&inner, Rule::kw_through);
        let bare_to = has(&inner, Rule::kw_to) || has(&inner, Rule::dash) || rule == Rule::bare;
        let sign = inner.clone().into_inner().find(|part| part.as_rule() == Rule::edge_sign);
        let sign = sign.as_ref().map_or("", P::as_str);
        let thresholds: Vec<P<'_>> = children(inner).filter(|part| part.as_rule() == Rule::threshold).collect();
        let written: Vec<String> = thresholds.iter().map(|threshold| self.written(threshold)).collect();
        let mut values = Vec::new();
        for threshold in thresholds {
            values.push(self.expression(threshold)?);
        }
        let mut values = values.into_iter();
        let first = values.next()?;
        let second = values.next();
        if bare_to {
            self.ambiguous(rule, &written, span);
            return None;
        }
        let (lower, upper, kind) = match rule {
            Rule::from => (Some((first, true)), second.map(|value| (value, through)), EdgeKind::Range),
            Rule::above => (Some((first, false)), second.map(|value| (value, through)), EdgeKind::Range),
            Rule::through => (None, Some((first, true)), EdgeKind::Range),
            Rule::below => (None, Some((first, false)), EdgeKind::Range),
            Rule::signed => match sign {
                ">" => (Some((first, false)), None, EdgeKind::Range),
                "<" => (None, Some((first, false)), EdgeKind::Range),
                "<=" | "=<" => (None, Some((first, true)), EdgeKind::Range),
                _ => (Some((first, true)), None, EdgeKind::Range),
            },
            _ => (Some((first.clone(), true)), Some((first, true)), EdgeKind::Exactly),
        };
        Some(Edge { lower, upper, kind, span })
    }

    /// `100%: tối đa`: just that, or from there up?
    fn alone(&mut self, pair: &P<'_>, span: Span) {
        let at = self.written(pair);
        let (exactly, from, up) = self.language.pick(("bằng", "từ", "trở lên"), ("exactly", "from", "up"));
        let (exactly, from) = (format!("{exactly} {at}"), format!("{from} {at} {up}"));
        let problem = Bands::EdgeAlone { exactly: exactly.clone(), from: from.clone() };
        self.findings.push(Diagnostic::new(problem, span).fix(span, exactly).fix(span, from));
    }

    fn ambiguous(&mut self, rule: Rule, written: &[String], span: Span) {
        let lower = written.first().map_or("", String::as_str);
        let upper = written.get(1).map_or("", String::as_str);
        // `70-90%`: what the upper edge carries, the lower one means too.
        let lower = if upper.ends_with('%') && !lower.ends_with('%') { format!("{lower}%") } else { lower.to_owned() };
        let opening = match (rule, self.language.pick(true, false)) {
            (Rule::above, true) => "trên",
            (Rule::above, false) => "above",
            (_, true) => "từ",
            (_, false) => "from",
        };
        let (below, through) = self.language.pick(("đến dưới", "đến hết"), ("to below", "through"));
        let (below, through) = if rule == Rule::to {
            // `đến 90%` alone: everything up to there.
            let under = self.language.pick("dưới", "below");
            (format!("{under} {lower}"), format!("{through} {lower}"))
        } else {
            (format!("{opening} {lower} {below} {upper}"), format!("{opening} {lower} {through} {upper}"))
        };
        let problem = Bands::AmbiguousEdge { below: below.clone(), through: through.clone() };
        self.findings.push(Diagnostic::new(problem, span).fix(span, below).fix(span, through));
    }

    /// The pair `award`.
    pub(super) fn award(&mut self, pair: P<'_>) -> Option<Award> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        Some(Award { kind: self.award_kind(inner)?, span })
    }

    fn award_kind(&mut self, pair: P<'_>) -> Option<AwardKind> {
        Some(match pair.as_rule() {
            Rule::kw_maximum => AwardKind::Maximum,
            Rule::share => AwardKind::Share(self.share(children(pair).next()?)?),
            Rule::proportional => match children(pair).next() {
                Some(target) => AwardKind::ProportionalTo(self.expression(target)?),
                None => AwardKind::Proportional,
            },
            Rule::interpolate => {
                let mut ends = children(pair);
                AwardKind::Interpolate(self.signed_points(ends.next()?)?, self.signed_points(ends.next()?)?)
            }
            _ => AwardKind::Points(self.signed_points(pair)?),
        })
    }

    /// `50%` or `1/2` before `tối đa`.
    pub(super) fn share(&mut self, pair: P<'_>) -> Option<Number> {
        let span = self.span(&pair);
        if pair.as_rule() == Rule::percent {
            return self.number(pair);
        }
        let mut parts = children(pair);
        let over = self.number(parts.next()?)?;
        let under = self.number(parts.next()?)?;
        let value = over.value.checked_div(&under.value);
        if value.is_none() {
            self.divides_by_zero(span);
        }
        Some(Number { value: value?, unit: Unit::None, span })
    }

    pub(super) fn effect(&mut self, pair: P<'_>) -> Option<Effect> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        let kind = match inner.as_rule() {
            Rule::kw_out_of_scale => EffectKind::OutOfScale,
            Rule::kw_unscored => EffectKind::Unscored,
            _ => EffectKind::Award(self.award(inner)?.kind),
        };
        Some(Effect { kind, span })
    }

    fn test_and_effect(&mut self, pair: P<'_>) -> Option<(Expression, Effect)> {
        let mut parts = children(pair);
        let test = self.expression(parts.next()?);
        let effect = self.effect(parts.next()?)?;
        Some((test?, effect))
    }

    pub(super) fn when(&mut self, pair: P<'_>) -> Option<Statement> {
        let (test, effect) = self.test_and_effect(pair)?;
        Some(Statement::When(When { test, effect }))
    }

    pub(super) fn otherwise(&mut self, pair: P<'_>) -> Option<Statement> {
        self.effect(children(pair).next()?).map(Statement::Otherwise)
    }

    pub(super) fn not_applicable(&mut self, pair: P<'_>) -> Option<Statement> {
        let (test, effect) = self.test_and_effect(pair)?;
        Some(Statement::NotApplicable(NotApplicable { test, effect }))
    }

    pub(super) fn gate(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let of = self.code(&parts.next()?);
        let comparison = super::expression::comparison_of(parts.next()?.as_str());
        let mut last = parts.next()?;
        let mut limit = None;
        if last.as_rule() != Rule::effect {
            limit = Some(self.number(last)?);
            last = parts.next()?;
        }
        Some(Statement::Gate(Gate { of, comparison, limit, effect: self.effect(last)? }))
    }

    pub(super) fn met(&mut self, pair: P<'_>) -> Option<Statement> {
        let by_condition = has(&pair, Rule::kw_met_when);
        let mut parts = children(pair);
        if by_condition {
            let test = MetTest::Condition(self.expression(parts.next()?)?);
            return Some(Statement::Met(Met { test, award: self.award(parts.next()?)? }));
        }
        let name = self.spanned(&parts.next()?);
        let label = self.quoted(&parts.next()?);
        let award = self.award(parts.next()?)?;
        let test = MetTest::Figure { name, label, sources: self.sources(parts)? };
        Some(Statement::Met(Met { test, award }))
    }

    pub(super) fn timed(&mut self, pair: P<'_>) -> Option<Statement> {
        let on_time = has(&pair, Rule::kw_on_time);
        let mut parts = children(pair);
        let when = if on_time {
            Lateness::OnTime
        } else {
            let late = parts.next()?;
            let up_to = has(&late, Rule::kw_up_to);
            let (unit, counted) = if has(&late, Rule::kw_working_days) {
                (LateUnit::WorkingDays(None), Counted::WorkingDays)
            } else if has(&late, Rule::kw_hours) {
                (LateUnit::Hours, Counted::Hours)
            } else {
                (LateUnit::Days, Counted::Days)
            };
            let late = Late { count: self.whole(children(late).next()?, (counted, DAYS))?, unit };
            if up_to { Lateness::UpTo(late) } else { Lateness::Over(late) }
        };
        let award = self.award(parts.next()?)?;
        Some(Statement::Timed(Timed { when, award }))
    }

    pub(super) fn option(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let option = self.quoted(&parts.next()?);
        let effect = self.effect(parts.next()?)?;
        Some(Statement::Option(OptionLine { option, effect }))
    }

    pub(super) fn each(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair).peekable();
        let step = match parts.next_if(|part| part.as_rule() == Rule::step) {
            Some(step) => Some(self.number(children(step).next()?)?),
            None => None,
        };
        let what = self.expression(parts.next()?)?;
        let points = parts.next()?;
        let points = match points.as_rule() {
            Rule::added => self.number(children(points).next()?)?,
            _ => self.signed_points(points)?,
        };
        Some(Statement::Each(Each { step, what, points }))
    }

    pub(super) fn cap(&mut self, pair: P<'_>) -> Option<Statement> {
        let span = self.span(&pair);
        let side = if has(&pair, Rule::kw_floor) { Comparison::AtLeast } else { Comparison::AtMost };
        let limit = match children(pair).next() {
            Some(points) => AwardKind::Points(self.signed_points(points)?),
            None => AwardKind::Maximum,
        };
        Some(Statement::Cap(Cap { side, limit, span }))
    }
}
