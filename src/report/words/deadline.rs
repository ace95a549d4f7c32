//! Deadlines in words: the last day in time, and how late a line lets one be.

use super::{Context, outcome};
use crate::language::date_text;
use crate::number::Ratio;
use crate::ruleset::meaning::{Arm, Expr, Guard, Interval, Meaning, Term};
use crate::ruleset::{Form, Leaf, Scoring};

/// The days late of a deadline.
pub(super) fn subject(leaf: &Leaf) -> Option<&Expr> {
    match &leaf.scoring {
        Scoring::Declared(Form::Deadline, Meaning::Cases { subject, .. }) => subject.as_ref(),
        _ => None,
    }
}

/// The lines of a deadline as an appendix prints them.
pub(super) fn rule(context: &Context<'_>, leaf: &Leaf, subject: &Expr, arms: &[Arm]) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(day), Term::Binary(_, figure, _)) = (day(subject, &Ratio::ZERO), &subject.term) {
        let figure = super::working::expression(context, leaf, figure);
        lines.push(context.pick(format!("{figure}, hạn hết {day}:"), format!("{figure}, by the end of {day}:")));
    }
    for arm in arms {
        let when = match &arm.guard {
            Guard::Within(interval) => late(context, interval),
            Guard::Test(_) | Guard::Otherwise => context.pick("không thực hiện", "not done").to_owned(),
        };
        lines.push(format!("{when}: {}", outcome(context, leaf, &arm.outcome)));
    }
    lines
}

/// How late a line lets one be.
pub(super) fn late(context: &Context<'_>, interval: &Interval) -> String {
    let mark = context.language.decimal_mark();
    match (&interval.lower, &interval.upper) {
        (Some(_), Some(upper)) => {
            let days = upper.at.exact(mark);
            context.pick(format!("muộn không quá {days} ngày"), format!("late up to {days} days"))
        }
        (Some(lower), None) => {
            let days = lower.at.exact(mark);
            context.pick(format!("muộn trên {days} ngày"), format!("late over {days} days"))
        }
        _ => context.pick("đúng hạn", "on time").to_owned(),
    }
}

/// The day that lies so many days after the last day in time.
pub(super) fn day(subject: &Expr, late: &Ratio) -> Option<String> {
    let Term::Binary(_, _, last) = &subject.term else { return None };
    let Term::Constant(last) = &last.term else { return None };
    let day = (last + late).to_i64()?;
    Some(date_text(i32::try_from(day).ok()?))
}
