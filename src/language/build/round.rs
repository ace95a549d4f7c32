//! Lines about the round from pairs.

use super::super::grammar::Rule;
use super::super::literal;
use super::super::tree::{Authority, DayRange, LevelName, Moment, Period, Reference, Spanned, Statement};
use super::head::level;
use super::{Builder, P, children, has};
use crate::diagnostic::{Both, Text};

/// Monday is 0.
fn week_day(pair: P<'_>) -> u8 {
    match pair.into_inner().next().map(|day| day.as_rule()) {
        Some(Rule::kw_tuesday) => 1,
        Some(Rule::kw_wednesday) => 2,
        Some(Rule::kw_thursday) => 3,
        Some(Rule::kw_friday) => 4,
        Some(Rule::kw_saturday) => 5,
        Some(Rule::kw_sunday) => 6,
        _ => 0,
    }
}

impl Builder<'_> {
    pub(super) fn round(&mut self, pair: P<'_>) -> Option<Statement> {
        Some(match pair.as_rule() {
            Rule::level_names => {
                let mut names = Vec::new();
                for name in children(pair) {
                    names.push(self.level_name(name)?);
                }
                Statement::LevelNames(names)
            }
            Rule::period => {
                let mut dates = children(pair);
                let from = self.placed_date(&dates.next()?);
                let through = self.placed_date(&dates.next()?);
                Statement::Period(Period { from: from?, through: through? })
            }
            Rule::working_week => {
                let days = children(pair).map(|days| {
                    let mut days = days.into_inner().filter(|day| day.as_rule() == Rule::week_day).map(week_day);
                    let from = days.next()?;
                    Some((from, days.next().unwrap_or(from)))
                });
                Statement::WorkingWeek(days.collect::<Option<_>>()?)
            }
            Rule::days_off => Statement::DaysOff(self.day_ranges(pair)?),
            Rule::made_up => Statement::MadeUp(self.day_ranges(pair)?),
            Rule::submit_by => Statement::SubmitBy(self.moment(children(pair).next()?)?),
            Rule::refers_to => {
                let as_amended = has(&pair, Rule::kw_as_amended);
                Statement::RefersTo(Reference { document: self.quoted(&children(pair).next()?), as_amended })
            }
            Rule::guidance => Statement::Guidance(self.dated(pair)?),
            _ => return None,
        })
    }

    fn level_name(&mut self, pair: P<'_>) -> Option<LevelName> {
        let mut parts = pair.into_inner();
        let written = parts.next()?;
        let level = Spanned::new(level(written.clone().into_inner().next()?.as_rule()), self.span(&written));
        Some(LevelName { level, name: self.quoted(&parts.next()?) })
    }

    fn day_ranges(&mut self, pair: P<'_>) -> Option<Vec<DayRange>> {
        let mut ranges = Vec::new();
        for range in children(pair) {
            let mut days = children(range);
            let from = self.placed_date(&days.next()?)?;
            let through = match days.next() {
                Some(day) => self.placed_date(&day)?,
                None => from.clone(),
            };
            ranges.push(DayRange { from: from.value, through });
        }
        Some(ranges)
    }

    fn placed_date(&mut self, pair: &P<'_>) -> Option<Spanned<i32>> {
        let span = self.span(pair);
        self.date(pair).map(|value| Spanned::new(value, span))
    }

    /// A text and its date.
    pub(super) fn dated(&mut self, pair: P<'_>) -> Option<Authority> {
        let mut parts = children(pair);
        let number = self.quoted(&parts.next()?);
        let date = match parts.next() {
            Some(date) => self.placed_date(&date),
            None => None,
        };
        Some(Authority { number, date })
    }

    /// `17:00 ngày 20/10/2021`.
    pub(super) fn moment(&mut self, pair: P<'_>) -> Option<Spanned<Moment>> {
        let span = self.span(&pair);
        let mut minute = None;
        let mut day = None;
        for part in children(pair) {
            if part.as_rule() == Rule::time {
                minute = literal::minute(part.as_str());
                if minute.is_none() {
                    let (written, place) = (self.written(&part), self.span(&part));
                    let expected = Both::new(
                        "một giờ từ `00:00` đến `23:59` (trọn ngày thì viết `hết ngày …`, `hạn hết …`)",
                        "a time from `00:00` to `23:59` (of a whole day, `end of …`, `by end of …`)",
                    );
                    self.find(Text::Unexpected { found: written, expected }, place);
                    return None;
                }
            } else {
                day = self.date(&part);
            }
        }
        Some(Spanned::new(Moment { day: day?, minute }, span))
    }
}
