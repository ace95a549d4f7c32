//! The unit's own score in words: over what it may score itself, and how far the final points lie from it.

use super::scorecard::{fixed, percent, within};
use super::words::Context;
use crate::engine::Scorecard;
use crate::number::Points;

/// What the unit scored itself; nothing where that says no more than the index.
pub(super) fn line(context: &Context<'_>, card: &Scorecard) -> Option<String> {
    let own = card.index.own.as_ref()?;
    let codes = own.missing.iter().filter_map(|&id| context.head(id)).map(|head| head.code.as_str());
    let (missing, points) =
        (codes.collect::<Vec<_>>().join("; "), within(context, &own.total.rounded, &own.total.maximum));
    let maximum = own.total.maximum.exact(context.language.decimal_mark());
    if !missing.is_empty() {
        return Some(context.pick(
            format!("Tự chấm chưa đầy đủ: {points} / {maximum}, chưa có {missing}"),
            format!("Self-score incomplete: {points} / {maximum}, without {missing}"),
        ));
    }
    let share = percent(context, &own.rounded_share);
    let text = context.pick(
        format!("Tự chấm: {points} / {maximum} ({share})"),
        format!("Self-score: {points} / {maximum} ({share})"),
    );
    let Some(counted) = own.counted.as_ref().filter(|counted| !counted.provisional && !counted.out_of_scale) else {
        return Some(text);
    };
    let (final_points, off) = (fixed(context, &counted.rounded), own.total.rounded.clone() - counted.rounded.clone());
    let by = if off.is_zero() {
        context.pick("như tự chấm", "as self-scored").to_owned()
    } else if off > Points::ZERO {
        let off = fixed(context, &off);
        context.pick(format!("thấp hơn {off}"), format!("{off} less"))
    } else {
        let off = fixed(context, &(counted.rounded.clone() - own.total.rounded.clone()));
        context.pick(format!("cao hơn {off}"), format!("{off} more"))
    };
    Some(context.pick(
        format!("{text}; kết quả của các mục ấy {final_points}, {by}"),
        format!("{text}; the same heads came to {final_points}, {by}"),
    ))
}
