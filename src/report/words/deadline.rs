//! Deadlines in words: the last day in time, and how late a line lets one be.

use super::{Context, numbers};
use crate::engine::Working;
use crate::language::date_text;
use crate::number::Ratio;
use crate::ruleset::meaning::{Arm, Edge, Expr, Guard, Interval, Kind, Meaning, Outcome, Term};
use crate::ruleset::{Form, Leaf, Scoring, WrittenDay};

/// The days late of a deadline.
pub(super) fn subject(leaf: &Leaf) -> Option<&Expr> {
    match &leaf.scoring {
        Scoring::Declared(Form::Deadline, Meaning::Cases { subject, .. }) => subject.as_ref(),
        _ => None,
    }
}

/// The lines of a deadline as an appendix prints them.
pub(super) fn rule(
    context: &Context<'_>,
    leaf: &Leaf,
    subject: &Expr,
    arms: &[Arm],
    outcome: &dyn Fn(&Outcome) -> String,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(last), Term::Binary(_, figure, start)) = (last(context, leaf, subject), &subject.term) {
        let figure = super::working::expression(context, leaf, figure);
        let by_clock = start.kind == Kind::Moment && in_time(leaf).is_some_and(|edge| edge.included);
        lines.push(if by_clock {
            context.pick(format!("{figure}, hạn {last}:"), format!("{figure}, by {last}:"))
        } else if leaf.written_day == WrittenDay::Late {
            context.pick(format!("{figure}, hạn trước {last}:"), format!("{figure}, before {last}:"))
        } else {
            context.pick(format!("{figure}, hạn hết {last}:"), format!("{figure}, by the end of {last}:"))
        });
    }
    for arm in arms {
        let when = match &arm.guard {
            Guard::Within(interval) => late(context, leaf, interval),
            Guard::Test(_) | Guard::Otherwise => context.pick("không thực hiện", "not done").to_owned(),
        };
        lines.push(format!("{when}: {}", outcome(&arm.outcome)));
    }
    lines
}

/// The edge of what is in time.
fn in_time(leaf: &Leaf) -> Option<&Edge> {
    let Scoring::Declared(_, Meaning::Cases { arms, .. }) = &leaf.scoring else { return None };
    arms.iter().find_map(|arm| match &arm.guard {
        Guard::Within(Interval { lower: None, upper }) => upper.as_ref(),
        _ => None,
    })
}

/// The day that the decision writes: the last in time, the one after it under `hạn trước`; or the last minute.
fn last(context: &Context<'_>, leaf: &Leaf, subject: &Expr) -> Option<String> {
    let Term::Binary(_, _, start) = &subject.term else { return None };
    let Term::Constant(at) = &start.term else { return None };
    let midnight = start.kind == Kind::Moment && in_time(leaf).is_none_or(|edge| !edge.included);
    let day_after = leaf.written_day == WrittenDay::Late;
    if midnight || day_after {
        // The midnight that ends the day is late.
        let day = at.to_i64()?.checked_sub(i64::from(midnight))?.checked_add(i64::from(day_after))?;
        return Some(date_text(i32::try_from(day).ok()?));
    }
    Some(numbers::value(context, start.kind, at))
}

/// How late a line lets one be, counted as the rule counts.
pub(super) fn late(context: &Context<'_>, leaf: &Leaf, interval: &Interval) -> String {
    let count = |edge: &Edge| match subject(leaf).map(|subject| subject.kind) {
        Some(Kind::WorkingDays) => working_days(context, leaf, edge),
        _ => numbers::value(context, Kind::Days, &edge.at),
    };
    match (&interval.lower, &interval.upper) {
        (Some(_), Some(upper)) => {
            let late = count(upper);
            context.pick(format!("muộn không quá {late}"), format!("late up to {late}"))
        }
        (Some(lower), None) => {
            let late = count(lower);
            context.pick(format!("muộn trên {late}"), format!("late over {late}"))
        }
        _ => context.pick("đúng hạn", "on time").to_owned(),
    }
}

/// The working days from the last day in time to an edge.
fn working_days(context: &Context<'_>, leaf: &Leaf, edge: &Edge) -> String {
    // By the clock the edge is the midnight at which the next working day begins.
    working(context, leaf, |at, timed| Some((at + &edge.at).floor().to_i64()? - i64::from(timed))).unwrap_or_default()
}

/// How late the unit was, counted as the rule counts; nothing where plain days say it.
pub(super) fn lateness(context: &Context<'_>, leaf: &Leaf, late: &Working) -> Option<String> {
    let counts = late.kind == Kind::WorkingDays && late.value.is_positive() && subject(leaf).is_some();
    counts.then(|| working(context, leaf, |at, _| (at + &late.value).floor().to_i64())).flatten()
}

/// The working days after the last day in time, through another.
fn working(context: &Context<'_>, leaf: &Leaf, through: impl FnOnce(&Ratio, bool) -> Option<i64>) -> Option<String> {
    let calendar = context.ruleset.round.calendar.as_ref()?;
    let Term::Binary(_, _, start) = &subject(leaf)?.term else { return None };
    let Term::Constant(at) = &start.term else { return None };
    let timed = start.kind == Kind::Moment;
    let midnight = timed && at.to_i64().is_some();
    let after = at.floor().to_i64()? - i64::from(midnight);
    let count = calendar.between(i32::try_from(after).ok()?, i32::try_from(through(at, timed)?).ok()?);
    let word = if count == 1 { "working day" } else { "working days" };
    Some(format!("{count} {}", context.pick("ngày làm việc", word)))
}

/// The day, or the moment, that lies so many days after the last one in time.
pub(super) fn day(context: &Context<'_>, subject: &Expr, late: &Ratio) -> Option<String> {
    let Term::Binary(_, _, start) = &subject.term else { return None };
    let Term::Constant(at) = &start.term else { return None };
    Some(numbers::value(context, start.kind, &(at + late)))
}
