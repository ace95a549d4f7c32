//! Deadlines: days late, counted from the last day in time, in steps that follow each other.

use super::super::check;
use super::super::meaning::{Arm, Edge, Expr, Guard, Interval, Kind, Meaning, Outcome, Term, Test};
use super::super::model::{Form, Scoring};
use super::awards::Subject;
use super::forms::Written;
use super::{Scope, kind_words};
use crate::diagnostic::{Bands, Both, Expressions, Names, Round, Span, Structure};
use crate::language::tree::{BinaryOperator, Expression, Late, LateUnit, Lateness, Moment, Spanned, Statement, Timed};
use crate::number::Ratio;

/// The last day in time, and the minute of it where one is written.
#[derive(Clone, Copy)]
pub(super) struct Due {
    pub(super) day: i32,
    pub(super) minute: Option<u16>,
}

/// Where lateness starts: a moment, in days since 1970-01-01, that is itself in time or not.
struct Start {
    at: Ratio,
    included: bool,
    /// The figure tells the time of the day.
    timed: bool,
}

impl Start {
    /// A day is in time until it ends, so by the clock the midnight after it is late already.
    fn new(due: Due, timed: bool) -> Self {
        let moment = Moment { day: due.day, minute: due.minute };
        if timed {
            Self { at: moment.days(), included: due.minute.is_some(), timed }
        } else {
            Self { at: Ratio::from(due.day), included: true, timed }
        }
    }
}

/// Lowers a deadline.
pub(super) fn deadline(
    written: &Written<'_>,
    figure: &Expression,
    due: Due,
    scope: &mut Scope<'_>,
    damaged: &mut bool,
) -> Option<Scoring> {
    let date = scope.number(figure);
    let timed = date.as_ref().is_some_and(|date| date.kind == Kind::Moment);
    let start = Start::new(due, timed);
    if date.as_ref().is_some_and(|date| date.kind == Kind::Date) && due.minute.is_some() {
        scope.find(Round::TimeNeeded {}, written.form.span);
        return None;
    }
    let working = units(written, scope, damaged);
    let (mut arms, mut reached) = (Vec::new(), Edge { at: Ratio::ZERO, included: start.included });
    let mut not_done: Option<(Outcome, Span)> = None;
    for &(statement, line) in written.lines {
        match statement {
            Statement::Timed(timed) => {
                let interval = scope.days(&timed.when, &start, &mut reached);
                let award = scope.award(&timed.award.kind, timed.award.span, Subject::NONE);
                match (interval, award) {
                    (Some(interval), Some(award)) => {
                        let outcome = Outcome::Points(award);
                        arms.push(Arm { guard: Guard::Within(interval), outcome, line, words: line });
                    }
                    _ => *damaged = true,
                }
            }
            Statement::NotDone(effect) => {
                not_done = scope.outcome(effect).map(|outcome| (outcome, line));
                *damaged |= not_done.is_none();
            }
            _ => {}
        }
    }
    let date = date?;
    let Term::Figure(id) = date.term else {
        scope.date_wanted(&date, figure.span);
        return None;
    };
    if !matches!(date.kind, Kind::Date | Kind::Moment) {
        scope.date_wanted(&date, figure.span);
        return None;
    }
    if arms.is_empty() && !*damaged {
        *damaged = true;
        if !scope.forgiving {
            let problem = Structure::FormWithoutLines {
                form: Both::new("chấm theo thời hạn", "score by deadline"),
                example: Both::new("đúng hạn: tối đa", "on time: maximum"),
            };
            scope.find(problem, written.form.span);
        }
    } else if let Some((outcome, line)) = not_done {
        // `không` in place of the date says that it was never done.
        let guard = Guard::Test(Test::Answer(id, false));
        arms.push(Arm { guard, outcome, line, words: line });
    } else if !*damaged && !scope.forgiving {
        scope.find(Bands::NotDoneMissing {}, written.form.span);
        *damaged = true;
    }
    let last = Expr::constant(date.kind, start.at);
    let kind = if working { Kind::WorkingDays } else { Kind::Days };
    let late = Expr::binary(kind, BinaryOperator::Subtract, date, last);
    Some(Scoring::Declared(Form::Deadline, Meaning::Cases { subject: Some(late), arms }))
}

impl Scope<'_> {
    /// The last day is named by what names none.
    pub(super) fn day_wanted(&mut self, name: &Spanned<String>) {
        // A name that stands for something else was marked so where that was put in.
        let name_only = name.value.trim_end();
        if name_only.len() < name.value.len() {
            let found = Both::same(format!("`{name_only}`"));
            let expected = Both::new("một tham số là ngày", "a parameter that is a date");
            self.find(Expressions::WrongType { found, expected }, name.span);
        } else {
            self.find(Names::UnknownParameter { name: name.value.clone() }, name.span);
        }
    }

    fn date_wanted(&mut self, found: &Expr, span: Span) {
        let expected = Both::new("một số liệu ngày", "a date figure");
        self.find(Expressions::WrongType { found: kind_words(found.kind), expected }, span);
    }

    /// How late a line lets one be; `reached` is where the lines above end.
    fn days(&mut self, when: &Lateness, start: &Start, reached: &mut Edge) -> Option<Interval> {
        let flip = |edge: &Edge| Edge { at: edge.at.clone(), included: !edge.included };
        match when {
            Lateness::OnTime => {
                Some(Interval { lower: None, upper: Some(Edge { at: Ratio::ZERO, included: start.included }) })
            }
            Lateness::Over(late) => Some(Interval { lower: Some(flip(&self.end(late, start)?)), upper: None }),
            Lateness::UpTo(late) => {
                let end = self.end(late, start)?;
                if end.at <= reached.at {
                    let problem = Bands::DaysOutOfOrder {
                        days: check::value_words(&end.at, Kind::Days),
                        above: check::value_words(&reached.at, Kind::Days),
                    };
                    self.find(problem, late.count.span);
                    return None;
                }
                let lower = Some(flip(reached));
                *reached = end.clone();
                Some(Interval { lower, upper: Some(end) })
            }
        }
    }

    /// Where so much lateness ends, in days after the start.
    fn end(&mut self, late: &Late, start: &Start) -> Option<Edge> {
        let count = Ratio::from(late.count.value);
        let edge = |at: Ratio| Edge { at, included: start.included };
        match late.unit {
            LateUnit::Days => Some(edge(count)),
            LateUnit::Hours if !start.timed => {
                self.find(Round::TimeNeeded {}, late.count.span);
                None
            }
            LateUnit::Hours => Some(edge(count.checked_div(&Ratio::from(24))?)),
            // The first working day beyond them is too late; by the clock, from its first moment on.
            LateUnit::WorkingDays(beyond) => {
                let after = &Ratio::from(beyond?) - &start.at;
                let midnight = Edge { at: after, included: false };
                if start.timed {
                    return Some(midnight);
                }
                Some(Edge { at: &midnight.at - &Ratio::ONE, included: true })
            }
        }
    }
}

/// Whether the lines count working days; all of them do, or none.
fn units(written: &Written<'_>, scope: &mut Scope<'_>, damaged: &mut bool) -> bool {
    let lates = written.lines.iter().filter_map(|(statement, line)| match statement {
        Statement::Timed(Timed { when: Lateness::UpTo(late) | Lateness::Over(late), .. }) => Some((late, *line)),
        _ => None,
    });
    let mut first = None;
    for (late, line) in lates {
        let working = matches!(late.unit, LateUnit::WorkingDays(_));
        if *first.get_or_insert(working) != working {
            scope.find(Round::LatenessMixed {}, line);
            *damaged = true;
            break;
        }
    }
    first.unwrap_or(false)
}
