//! Awards in the decision's words: `tối đa`, `50% tối đa`, `tỷ lệ thuận`, `nội suy từ … đến …`.

use super::{Context, numbers, working};
use crate::language::tree::BinaryOperator;
use crate::number::Points;
use crate::ruleset::Leaf;
use crate::ruleset::meaning::{Expr, Kind, PerCase, Term};

/// What a line gives.
pub(super) fn award(context: &Context<'_>, leaf: &Leaf, expr: &Expr) -> String {
    match &expr.term {
        Term::Maximum => context.pick("tối đa", "maximum").to_owned(),
        Term::Constant(value) if value.is_negative() => {
            let points = numbers::points(context, &Points::new(value.abs()));
            format!("{} {points}", context.pick("trừ", "minus"))
        }
        Term::Constant(value) => numbers::points(context, &Points::new(value.clone())),
        Term::Binary(BinaryOperator::Multiply, maximum, rate) if maximum.term == Term::Maximum => {
            share(context, leaf, rate)
        }
        Term::Binary(BinaryOperator::Add, from, risen) => {
            interpolation(context, from, risen).unwrap_or_else(|| working::expression(context, leaf, expr))
        }
        _ => working::expression(context, leaf, expr),
    }
}

/// `thấp nhất …` and `cao nhất …`, where they are written.
pub(super) fn limits(context: &Context<'_>, leaf: &Leaf, floor: Option<&Expr>, cap: Option<&Expr>) -> Vec<String> {
    let line = |words: &str, limit: &Expr| format!("{words} {}", award(context, leaf, limit));
    let floor = floor.map(|floor| line(context.pick("thấp nhất", "at least"), floor));
    let cap = cap.map(|cap| line(context.pick("cao nhất", "at most"), cap));
    floor.into_iter().chain(cap).collect()
}

/// What a line gives, as an appendix prints it: a share of the maximum with its points.
pub(super) fn printed(context: &Context<'_>, leaf: &Leaf, maximum: &Points, expr: &Expr) -> String {
    let words = award(context, leaf, expr);
    match &expr.term {
        Term::Binary(BinaryOperator::Multiply, of, share) => match (&of.term, &share.term) {
            (Term::Maximum, Term::Constant(share)) if *maximum > Points::ZERO => {
                format!("{words} ({})", numbers::points(context, &maximum.scale(share)))
            }
            _ => words,
        },
        _ => words,
    }
}

/// A score per case, line by line.
pub(super) fn per_case(context: &Context<'_>, leaf: &Leaf, per_case: &PerCase, floor: Option<&Expr>) -> Vec<String> {
    let mut lines = Vec::new();
    match &per_case.start {
        Some((Expr { term: Term::Maximum, .. }, _)) => {
            lines.push(context.pick("bắt đầu từ tối đa", "starting from the maximum").to_owned());
        }
        Some((start, _)) => {
            let start = award(context, leaf, start);
            lines.push(context.pick(format!("bắt đầu từ {start}"), format!("starting from {start}")));
        }
        None => {}
    }
    for each in &per_case.lines {
        let what = working::expression(context, leaf, &each.what);
        let what = match &each.step {
            Some(step) if each.what.kind == Kind::Rate => {
                let step = numbers::value(context, Kind::Rate, step);
                format!("{step} {} {what}", context.pick("của", "of"))
            }
            Some(step) => format!("{} {what}", numbers::plain(context, step)),
            None => what,
        };
        let points = numbers::points(context, &Points::new(each.points.abs()));
        let verb = if each.points.is_negative() { ("trừ", "minus") } else { ("cộng", "add") };
        lines.push(format!("{} {what}: {} {points}", context.pick("mỗi", "each"), context.pick(verb.0, verb.1)));
    }
    let floor = floor.map(|floor| award(context, leaf, floor)).unwrap_or_default();
    lines.push(context.pick(
        format!("không quá tối đa, không dưới {floor}"),
        format!("never above the maximum, never below {floor}"),
    ));
    lines
}

/// The maximum times something.
fn share(context: &Context<'_>, leaf: &Leaf, rate: &Expr) -> String {
    let mark = context.language.decimal_mark();
    match &rate.term {
        Term::Constant(value) if value.percent(mark).starts_with('≈') => {
            format!("{} {}", value.exact(mark), context.pick("tối đa", "of maximum"))
        }
        Term::Constant(value) => format!("{} {}", value.percent(mark), context.pick("tối đa", "of maximum")),
        Term::Least(parts) => match parts.first().map(|part| &part.term) {
            Some(Term::Subject) => context.pick("tỷ lệ thuận", "proportional").to_owned(),
            Some(Term::Binary(BinaryOperator::Divide, _, target)) => {
                let target = working::expression(context, leaf, target);
                format!("{} {target}", context.pick("tỷ lệ thuận đến", "proportional to"))
            }
            _ => working::expression(context, leaf, rate),
        },
        _ => working::expression(context, leaf, rate),
    }
}

fn interpolation(context: &Context<'_>, from: &Expr, risen: &Expr) -> Option<String> {
    let (Term::Constant(low), Term::Binary(BinaryOperator::Multiply, rise, _)) = (&from.term, &risen.term) else {
        return None;
    };
    let Term::Constant(rise) = &rise.term else { return None };
    let (low, high) = (Points::new(low.clone()), Points::new(low + rise));
    let (low, high) = (numbers::points(context, &low), numbers::points(context, &high));
    Some(context.pick(format!("nội suy từ {low} đến {high}"), format!("interpolate from {low} to {high}")))
}
