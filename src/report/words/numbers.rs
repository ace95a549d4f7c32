//! Numbers as they read: exact where they end, marked where they do not.

use super::Context;
use crate::diagnostic::Say;
use crate::number::{Points, Ratio};
use crate::ruleset::meaning::Kind;
use crate::ruleset::value_words;

/// A value of a kind: `90%`, `31/12/2022`, `1,35`.
pub(super) fn value(context: &Context<'_>, kind: Kind, value: &Ratio) -> String {
    let mark = context.language.decimal_mark();
    match kind {
        Kind::Rate => value.percent(mark),
        Kind::PercentagePoints => {
            let percent = value.percent(mark);
            let one = value.abs() * Ratio::from(100) == Ratio::ONE;
            let word = context.pick("điểm phần trăm", if one { "percentage point" } else { "percentage points" });
            format!("{} {word}", percent.trim_end_matches('%'))
        }
        Kind::Date => value
            .to_i64()
            .and_then(|days| i32::try_from(days).ok())
            .map_or_else(|| plain(context, value), crate::language::date_text),
        Kind::Moment | Kind::Days => value_words(value, kind).say(context.language),
        Kind::WorkingDays => value_words(value, Kind::Days).say(context.language),
        Kind::Number | Kind::Count | Kind::Money | Kind::Points => plain(context, value),
    }
}

/// A number: its decimals if they end; else the fraction, with its rounded value.
pub(super) fn plain(context: &Context<'_>, value: &Ratio) -> String {
    let mark = context.language.decimal_mark();
    if value.is_terminating() {
        value.exact(mark)
    } else {
        format!("{} ≈ {}", value.exact(mark), value.fixed(context.ruleset.display.max(2), mark))
    }
}

/// Points with the word: `1,35 điểm`.
pub(super) fn points(context: &Context<'_>, points: &Points) -> String {
    let singular = *points.ratio() == Ratio::ONE;
    let word = context.pick("điểm", if singular { "point" } else { "points" });
    format!("{} {word}", plain(context, points.ratio()))
}
