//! Deadlines: days late, counted from the last day in time, in steps that follow each other.

use super::super::meaning::{Arm, Edge, Expr, Guard, Interval, Kind, Meaning, Outcome, Term, Test};
use super::super::model::{Form, Scoring};
use super::awards::Subject;
use super::forms::Written;
use super::{Scope, kind_words};
use crate::diagnostic::{Bands, Both, Expressions, Span, Structure};
use crate::language::tree::{BinaryOperator, Expression, Lateness, Statement};
use crate::number::Ratio;

/// Lowers a deadline; `last` is the last day in time.
pub(super) fn deadline(
    written: &Written<'_>,
    figure: &Expression,
    last: i32,
    scope: &mut Scope<'_>,
    damaged: &mut bool,
) -> Option<Scoring> {
    let date = scope.number(figure);
    let (mut arms, mut reached) = (Vec::new(), 0);
    let mut not_done: Option<(Outcome, Span)> = None;
    for &(statement, line) in written.lines {
        match statement {
            Statement::Timed(timed) => {
                let interval = scope.days(&timed.when, &mut reached);
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
    if date.kind != Kind::Date {
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
    let last = Expr::constant(Kind::Date, Ratio::from(last));
    let late = Expr::binary(Kind::Number, BinaryOperator::Subtract, date, last);
    Some(Scoring::Declared(Form::Deadline, Meaning::Cases { subject: Some(late), arms }))
}

impl Scope<'_> {
    fn date_wanted(&mut self, found: &Expr, span: Span) {
        let expected = Both::new("một số liệu ngày", "a date figure");
        self.find(Expressions::WrongType { found: kind_words(found.kind), expected }, span);
    }

    /// The days of a line; `reached` is where the lines above end.
    fn days(&mut self, when: &Lateness, reached: &mut i64) -> Option<Interval> {
        let edge = |at: i64, included| Some(Edge { at: Ratio::from(at), included });
        match when {
            Lateness::OnTime => Some(Interval { lower: None, upper: edge(0, true) }),
            Lateness::Over(days) => Some(Interval { lower: edge(days.value, false), upper: None }),
            Lateness::UpTo(days) if days.value > *reached => {
                let lower = edge(*reached, false);
                *reached = days.value;
                Some(Interval { lower, upper: edge(days.value, true) })
            }
            Lateness::UpTo(days) => {
                self.find(
                    Bands::DaysOutOfOrder { days: days.value.to_string(), above: reached.to_string() },
                    days.span,
                );
                None
            }
        }
    }
}
