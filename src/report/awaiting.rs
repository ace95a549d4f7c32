//! What is not final in words: points that wait for an explanation, or for the appraisal after it.

use super::words::Context;
use crate::engine::{Awaits, Scorecard, Status};

/// What a leaf waits for.
pub(super) fn words(context: &Context<'_>, awaits: Awaits) -> &'static str {
    match awaits {
        Awaits::Explanation => context.pick("đang chờ giải trình", "waiting for an explanation"),
        Awaits::Appraisal2 => context.pick("đã giải trình, chờ thẩm định lần 2", "explained, waiting for appraisal 2"),
    }
}

/// The codes of the leaves that wait, by what they wait for.
fn waiting<'c>(context: &Context<'c>, card: &Scorecard) -> Vec<(Awaits, Vec<&'c str>)> {
    let of = |wanted: Awaits| {
        let waits = |status: &Status| matches!(status, Status::Awaiting { awaits, .. } if *awaits == wanted);
        let leaves = card.leaves.iter().filter(|leaf| waits(&leaf.last.status));
        leaves.filter_map(|leaf| context.head(leaf.head)).map(|head| head.code.as_str()).collect::<Vec<_>>()
    };
    let all = [Awaits::Explanation, Awaits::Appraisal2].map(|awaits| (awaits, of(awaits)));
    all.into_iter().filter(|(_, codes)| !codes.is_empty()).collect()
}

/// Why indices are provisional.
pub(super) fn open(context: &Context<'_>, cards: &[&Scorecard]) -> &'static str {
    let status = || cards.iter().flat_map(|card| &card.leaves).map(|leaf| &leaf.last.status);
    let unscored = status().any(|status| matches!(status, Status::Unscored | Status::Failed));
    let waits = status().any(|status| matches!(status, Status::Awaiting { .. }));
    match (unscored, waits) {
        (false, true) => context.pick("còn mục chưa có điểm cuối", "some points are not final"),
        (true, true) => context.pick("còn mục chưa chấm hoặc chưa có điểm cuối", "something is unscored or not final"),
        _ => context.pick("còn mục chưa chấm", "something is unscored"),
    }
}

/// A line for each thing that is waited for, with the leaves that wait.
pub(super) fn lines(context: &Context<'_>, card: &Scorecard) -> Vec<String> {
    let line = |(awaits, codes): (Awaits, Vec<&str>)| format!("* {}: {}", words(context, awaits), codes.join("; "));
    waiting(context, card).into_iter().map(line).collect()
}

/// The same of one unit among others.
pub(super) fn of_unit(context: &Context<'_>, card: &Scorecard) -> String {
    let unit = &card.unit;
    let line =
        |(awaits, codes): (Awaits, Vec<&str>)| format!("* {unit}, {}: {}\n", words(context, awaits), codes.join("; "));
    waiting(context, card).into_iter().map(line).collect()
}
