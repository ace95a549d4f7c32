//! Bonus and penalty in words: what the scale gives, what is added, what is taken off.

use super::scorecard::{fixed, within};
use super::words::Context;
use crate::engine::{Counted, Scorecard, Total};
use crate::language::tree::Level;
use crate::number::Points;
use crate::ruleset::{NotKnown, OutsideRule};

/// A line each for what the scale gives, the bonus and the penalty; none in a set that has neither.
pub(super) fn lines(context: &Context<'_>, card: &Scorecard) -> String {
    let Some(outside) = card.index.outside.as_ref().filter(|outside| !outside.before.out_of_scale) else {
        return String::new();
    };
    let ruleset = context.ruleset;
    let of = |total: &Total| {
        let points = within(context, &total.rounded, &total.maximum);
        format!("{points} / {}", total.maximum.exact(context.language.decimal_mark()))
    };
    let star = if outside.before.provisional { " *" } else { "" };
    let title = context.pick("Trước thưởng, phạt", "Before bonus and penalty");
    let scored = outside.scored.as_ref().map(|scored| format!("{} → ", of(scored))).unwrap_or_default();
    let mut text = format!("{title}: {scored}{}{star}\n", of(&outside.before));
    if ruleset.outside(Level::Bonus).next().is_some() {
        let title = context.pick("Điểm thưởng", "Bonus");
        text.push_str(&format!("{title}: {}\n", kind(context, "+", &outside.bonus, ruleset.bonus.as_ref())));
    }
    if ruleset.outside(Level::Penalty).next().is_some() {
        let title = context.pick("Điểm phạt", "Penalty");
        let mut line = kind(context, "-", &outside.penalty, ruleset.penalty.as_ref());
        if outside.held_at_zero {
            line.push_str(context.pick("; không trừ quá 0", "; taken off down to 0 only"));
        }
        text.push_str(&format!("{title}: {line}\n"));
    }
    if let Some(most) = ruleset.index_most().filter(|_| outside.held_at_most) {
        let most = most.percent(context.language.decimal_mark());
        text.push_str(
            &context.pick(
                format!("Cắt ở mức trần của chỉ số, {most}\n"),
                format!("Cut at the most of the index, {most}\n"),
            ),
        );
    }
    text
}

fn kind(context: &Context<'_>, sign: &str, counted: &Counted, rule: Option<&OutsideRule>) -> String {
    let mut text = signed(context, sign, &counted.counted.rounded);
    if let Some(rule) = rule.filter(|_| counted.counted.rounded != counted.sum.rounded) {
        let (all, most) = (fixed(context, &counted.sum.rounded), rule.most.exact(context.language.decimal_mark()));
        text.push_str(
            &context.pick(
                format!(" (cộng được {all}, không quá {most})"),
                format!(" (they add up to {all}, at most {most})"),
            ),
        );
    }
    if counted.sum.provisional {
        text.push_str(" *");
    }
    text
}

/// Points with the sign that they count by; nothing is neither.
pub(super) fn signed(context: &Context<'_>, sign: &str, points: &Points) -> String {
    let sign = if points.is_zero() { "" } else { sign };
    format!("{sign}{}", fixed(context, points))
}

/// The most that bonuses, or penalties, count.
pub(super) fn cap(context: &Context<'_>, level: Level) -> Option<String> {
    let mark = context.language.decimal_mark();
    let (rule, not_known, words) = if level == Level::Penalty {
        let words = context.pick("điểm phạt: trừ không quá", "penalty: takes off at most");
        (&context.ruleset.penalty, NotKnown::Penalty, words)
    } else {
        (&context.ruleset.bonus, NotKnown::Bonus, context.pick("điểm thưởng: cộng không quá", "bonus: adds at most"))
    };
    if context.ruleset.not_known.contains(&not_known) {
        return Some(format!("{words} … {}", context.pick("điểm (chưa rõ)", "points (not known)")));
    }
    let rule = rule.as_ref()?;
    let most = rule.most.exact(mark);
    let unit = context.pick("điểm", if most == "1" { "point" } else { "points" });
    let mut text = format!("{words} {most} {unit}");
    if let Some(index) = &rule.index {
        let index = index.percent(mark);
        text.push_str(&context.pick(format!(", chỉ số không quá {index}"), format!(", index at most {index}")));
    }
    Some(text)
}

/// The least that the index can be.
pub(super) fn floor(context: &Context<'_>) -> Option<String> {
    let least = context.ruleset.index_floor.as_ref()?.percent(context.language.decimal_mark());
    Some(context.pick(format!("chỉ số: không dưới {least}"), format!("index: at least {least}")))
}
