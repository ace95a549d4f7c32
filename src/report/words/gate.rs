//! Leaves that wait for points of another head, in words.

use super::{Context, numbers};
use crate::engine::{Awaited, Gated};
use crate::language::tree::Comparison;
use crate::number::Points;
use crate::ruleset::{Gate, Leaf};

/// The lines that make a leaf wait, as an appendix prints them.
pub(super) fn rule(context: &Context<'_>, leaf: &Leaf) -> Vec<String> {
    leaf.gates.iter().map(|gate| line(context, leaf, gate)).collect()
}

fn line(context: &Context<'_>, leaf: &Leaf, gate: &Gate) -> String {
    let code = context.head(gate.of).map_or("", |head| head.code.as_str());
    let limit = match &gate.limit {
        Some(limit) => numbers::plain(context, limit.ratio()),
        None => context.pick("tối đa", "maximum").to_owned(),
    };
    let sign = gate.comparison.sign();
    let effect = super::outcome(context, leaf, &gate.outcome);
    context.pick(
        format!("chỉ chấm khi điểm của {code} {sign} {limit}; nếu không: {effect}"),
        format!("only scored when points of {code} {sign} {limit}; if not: {effect}"),
    )
}

/// What the points of the other head said, with the numbers: `điểm của 2.2.1 = 0,5 > 0`.
pub(super) fn passed(context: &Context<'_>, gated: &Gated) -> String {
    let code = &gated.code;
    match &gated.points {
        Awaited::OutOfScale => context.pick(
            format!("{code} ngoài thang điểm nên không phải chờ"),
            format!("{code} is out of scale, so nothing is waited for"),
        ),
        Awaited::Known(points) => {
            let told = compared(context, gated, points, gated.comparison.sign());
            context.pick(format!("{told}: được chấm"), format!("{told}: it is scored"))
        }
        Awaited::Between(lower, upper) => {
            let (low, high) = (plain(context, lower), plain(context, upper));
            let (sign, limit) = (gated.comparison.sign(), plain(context, &gated.limit));
            context.pick(
                format!("điểm của {code} sẽ từ {low} đến {high}, luôn {sign} {limit}: được chấm"),
                format!("points of {code} will lie from {low} to {high}, always {sign} {limit}: it is scored"),
            )
        }
    }
}

/// Why the leaf is not scored by its rule: the other head's points keep it from that, or are not known yet.
pub(super) fn kept(context: &Context<'_>, gated: &Gated, waits: bool, effect: &str) -> String {
    let code = &gated.code;
    let (sign, limit) = (gated.comparison.sign(), plain(context, &gated.limit));
    match &gated.points {
        Awaited::Between(lower, upper) if waits => {
            let (low, high) = (plain(context, lower), plain(context, upper));
            context.pick(
                format!("chờ điểm của {code} (từ {low} đến {high}): chỉ chấm khi {sign} {limit}"),
                format!("waits for points of {code} (from {low} to {high}): only scored when {sign} {limit}"),
            )
        }
        Awaited::Between(lower, upper) => {
            let (low, high) = (plain(context, lower), plain(context, upper));
            context.pick(
                format!("điểm của {code} sẽ từ {low} đến {high}, không thể {sign} {limit}: {effect}"),
                format!("points of {code} will lie from {low} to {high}, never {sign} {limit}: {effect}"),
            )
        }
        Awaited::Known(points) => {
            format!("{}: {effect}", compared(context, gated, points, opposite(gated.comparison)))
        }
        Awaited::OutOfScale => effect.to_owned(),
    }
}

fn compared(context: &Context<'_>, gated: &Gated, points: &Points, sign: &str) -> String {
    let (code, points, limit) = (&gated.code, plain(context, points), plain(context, &gated.limit));
    let of = context.pick("điểm của", "points of");
    if sign == "=" { format!("{of} {code} = {points}") } else { format!("{of} {code} = {points} {sign} {limit}") }
}

fn plain(context: &Context<'_>, points: &Points) -> String {
    numbers::plain(context, points.ratio())
}

/// The sign that holds where a comparison does not.
fn opposite(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => Comparison::Different,
        Comparison::Different => Comparison::Equal,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::Greater,
        Comparison::Greater => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
    }
    .sign()
}
