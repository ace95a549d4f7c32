//! Conditions in words: as the rule states them, and with the values that decided.

use super::{Context, working};
use crate::engine::{Step, Tested, Working};
use crate::ruleset::meaning::{FigureId, Test};
use crate::ruleset::{FigureKind, Leaf};

fn yes_no(context: &Context<'_>, answer: bool) -> &'static str {
    if answer { context.pick("có", "yes") } else { context.pick("không", "no") }
}

fn option(leaf: &Leaf, figure: FigureId, option: usize) -> String {
    let options = leaf.figures.get(figure.0).map(|figure| &figure.kind);
    match options {
        Some(FigureKind::Choice(options)) => options.get(option).map_or_else(String::new, |text| format!("\"{text}\"")),
        _ => String::new(),
    }
}

/// A condition as the rule states it.
pub(super) fn test(context: &Context<'_>, leaf: &Leaf, condition: &Test) -> String {
    let joined = |parts: &[Test], word: &str| {
        let part = |part: &Test| match part {
            Test::All(_) | Test::Any(_) => format!("({})", test(context, leaf, part)),
            _ => test(context, leaf, part),
        };
        parts.iter().map(part).collect::<Vec<_>>().join(word)
    };
    match condition {
        Test::Compare(comparison, left, right) => format!(
            "{} {} {}",
            working::expression(context, leaf, left),
            comparison.sign(),
            working::expression(context, leaf, right)
        ),
        Test::Answer(id, answer) => format!("{} = {}", Context::figure_name(leaf, *id), yes_no(context, *answer)),
        Test::Option { figure, option: wanted, is } => {
            let sign = if *is { "=" } else { "≠" };
            format!("{} {sign} {}", Context::figure_name(leaf, *figure), option(leaf, *figure, *wanted))
        }
        Test::All(parts) => joined(parts, context.pick(" và ", " and ")),
        Test::Any(parts) => joined(parts, context.pick(" hoặc ", " or ")),
    }
}

/// A condition with the values that made it hold: `b = 3 ≥ 2`, `đủ = có`.
pub(super) fn tested(context: &Context<'_>, leaf: &Leaf, condition: &Tested) -> String {
    let joined = |parts: &[Tested], word: &str| {
        parts.iter().map(|part| tested(context, leaf, part)).collect::<Vec<_>>().join(word)
    };
    match condition {
        Tested::Compare(comparison, left, right) => {
            let names = |working: &Working| match working.step {
                Step::Figure(id) => format!("{} = ", Context::figure_name(leaf, id)),
                Step::Named(ref name, _) => format!("{name} = "),
                _ => String::new(),
            };
            let sides = (working::worked(context, left), working::worked(context, right));
            if *comparison == crate::language::tree::Comparison::Equal
                && !names(left).is_empty()
                && left.value == right.value
            {
                return format!("{}{}{}", names(left), names(right), sides.0);
            }
            // `25% − 25% = 0%` has said it.
            let told = *comparison == crate::language::tree::Comparison::Equal && matches!(right.step, Step::Constant);
            if told && sides.0.ends_with(&format!(" = {}", sides.1)) {
                return sides.0;
            }
            format!("{}{} {} {}{}", names(left), sides.0, comparison.sign(), names(right), sides.1)
        }
        Tested::Answer { figure, stated, .. } => {
            format!("{} = {}", Context::figure_name(leaf, *figure), yes_no(context, *stated))
        }
        Tested::Option { figure, stated, .. } => {
            format!("{} = {}", Context::figure_name(leaf, *figure), option(leaf, *figure, *stated))
        }
        Tested::All(parts) => joined(parts, context.pick(" và ", " and ")),
        Tested::Any(parts) => joined(parts, context.pick("; ", "; ")),
    }
}

/// What was stated of the figures that a condition reads: `a = 12`.
pub(super) fn stated(context: &Context<'_>, leaf: &Leaf, condition: &Tested) -> String {
    match condition {
        Tested::Compare(_, left, right) => {
            let side = |working: &Working| match working.step {
                Step::Constant | Step::Maximum | Step::Subject => None,
                Step::Figure(id) => {
                    Some(working::equals(&Context::figure_name(leaf, id), &working::worked(context, working)))
                }
                Step::Named(ref name, _) => Some(working::equals(name, &working::worked(context, working))),
                _ => Some(working::worked(context, working)),
            };
            [side(left), side(right)].into_iter().flatten().collect::<Vec<_>>().join("; ")
        }
        Tested::All(parts) | Tested::Any(parts) => {
            parts.iter().map(|part| stated(context, leaf, part)).collect::<Vec<_>>().join("; ")
        }
        Tested::Answer { .. } | Tested::Option { .. } => tested(context, leaf, condition),
    }
}
