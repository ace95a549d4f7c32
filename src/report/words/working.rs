//! Expressions in words: with figures' names in a rule, with their values in an explanation.

use super::{Context, numbers, test};
use crate::engine::{Step, Working};
use crate::language::tree::BinaryOperator;
use crate::number::Ratio;
use crate::ruleset::Leaf;
use crate::ruleset::meaning::{Expr, Kind, Term};

/// How tightly a part binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Sum,
    Product,
    Atom,
}

fn sign(operator: BinaryOperator) -> (&'static str, Strength) {
    match operator {
        BinaryOperator::Add => (" + ", Strength::Sum),
        BinaryOperator::Subtract => (" − ", Strength::Sum),
        BinaryOperator::Multiply => (" × ", Strength::Product),
        BinaryOperator::Divide => ("/", Strength::Product),
    }
}

fn bracket(text: String, strength: Strength, needed: Strength) -> String {
    if strength < needed { format!("({text})") } else { text }
}

/// Joins two sides; the right side of `−` and `/` binds tighter.
fn join(operator: BinaryOperator, left: (String, Strength), right: (String, Strength)) -> (String, Strength) {
    let (sign, strength) = sign(operator);
    let tighter = match operator {
        BinaryOperator::Add => Strength::Sum,
        BinaryOperator::Subtract | BinaryOperator::Multiply => Strength::Product,
        BinaryOperator::Divide => Strength::Atom,
    };
    let text = format!("{}{sign}{}", bracket(left.0, left.1, strength), bracket(right.0, right.1, tighter));
    (text, strength)
}

/// An expression with its figures' names.
pub(super) fn expression(context: &Context<'_>, leaf: &Leaf, expr: &Expr) -> String {
    named(context, leaf, expr).0
}

fn named(context: &Context<'_>, leaf: &Leaf, expr: &Expr) -> (String, Strength) {
    match &expr.term {
        Term::Constant(value) => constant(context, expr.kind, value),
        Term::Figure(id) => (Context::figure_name(leaf, *id), Strength::Atom),
        Term::Maximum => (context.pick("tối_đa", "maximum").to_owned(), Strength::Atom),
        Term::Subject => (context.pick("kết quả", "the result").to_owned(), Strength::Atom),
        Term::Negate(inner) => {
            let (text, strength) = named(context, leaf, inner);
            (format!("−{}", bracket(text, strength, Strength::Atom)), Strength::Product)
        }
        Term::Binary(operator, left, right) => join(*operator, named(context, leaf, left), named(context, leaf, right)),
        Term::Least(parts) => {
            (call(context, "nhỏ_nhất", "min", parts.iter().map(|part| named(context, leaf, part).0)), Strength::Atom)
        }
        Term::Greatest(parts) => {
            (call(context, "lớn_nhất", "max", parts.iter().map(|part| named(context, leaf, part).0)), Strength::Atom)
        }
        Term::Floor(inner) => (
            call(context, "làm_tròn_xuống", "round_down", std::iter::once(named(context, leaf, inner).0)),
            Strength::Atom,
        ),
        Term::Round(inner, digits) => {
            let parts = [named(context, leaf, inner).0, shown_digits(expr.kind, *digits)];
            (call(context, "làm_tròn", "round", parts.into_iter()), Strength::Atom)
        }
        Term::Absolute(inner) => {
            (call(context, "trị_tuyệt_đối", "abs", std::iter::once(named(context, leaf, inner).0)), Strength::Atom)
        }
        // What a name stands for is told on its own line.
        Term::Named(name, _) => (name.clone(), Strength::Atom),
        Term::If(branch) => {
            let asked = test::test(context, leaf, &branch.test);
            let (then, otherwise) = (named(context, leaf, &branch.then).0, named(context, leaf, &branch.otherwise).0);
            let text = context.pick(
                format!("{then} khi {asked}, còn lại {otherwise}"),
                format!("{then} when {asked}, otherwise {otherwise}"),
            );
            (text, Strength::Sum)
        }
    }
}

fn constant(context: &Context<'_>, kind: Kind, value: &Ratio) -> (String, Strength) {
    let strength = if value.is_terminating() || matches!(kind, Kind::Date | Kind::Moment) {
        Strength::Atom
    } else {
        Strength::Product
    };
    let text = match kind {
        // A rate without an end in per cent stays the exact fraction in arithmetic.
        Kind::Rate if value.is_terminating() => numbers::value(context, kind, value),
        Kind::Date | Kind::Moment => numbers::value(context, kind, value),
        _ => value.exact(context.language.decimal_mark()),
    };
    (text, strength)
}

/// Digits as they were written: those of the per cent, for a rate.
fn shown_digits(kind: Kind, digits: u32) -> String {
    if kind == Kind::Rate { digits.saturating_sub(2) } else { digits }.to_string()
}

fn call(context: &Context<'_>, vietnamese: &str, english: &str, parts: impl Iterator<Item = String>) -> String {
    format!("{}({})", context.pick(vietnamese, english), parts.collect::<Vec<_>>().join("; "))
}

/// A working with its values put in, and what it comes to: `90/100 = 90%`.
pub(super) fn worked(context: &Context<'_>, working: &Working) -> String {
    worked_as(context, working, None)
}

/// The same, where what it comes to has words of its own.
pub(super) fn worked_as(context: &Context<'_>, working: &Working, result: Option<String>) -> String {
    let result = result.unwrap_or_else(|| numbers::value(context, working.kind, &working.value));
    match shown(context, working) {
        (text, _) if text == result || is_plain(working) => result,
        (text, _) if result.starts_with('≈') => format!("{text} {result}"),
        (text, _) => format!("{text} = {result}"),
    }
}

/// A working that is a single number needs no arithmetic.
fn is_plain(working: &Working) -> bool {
    matches!(working.step, Step::Constant | Step::Figure(_) | Step::Maximum | Step::Subject | Step::Named(..))
}

fn shown(context: &Context<'_>, working: &Working) -> (String, Strength) {
    match &working.step {
        Step::Constant | Step::Figure(_) | Step::Maximum | Step::Subject => {
            constant(context, working.kind, &working.value)
        }
        Step::Negate(inner) => {
            let (text, strength) = shown(context, inner);
            (format!("−{}", bracket(text, strength, Strength::Atom)), Strength::Product)
        }
        Step::Binary(operator, left, right) => join(*operator, shown(context, left), shown(context, right)),
        // "Never above 100 %" over the subject reads as what it comes to.
        Step::Least(parts)
            if parts.iter().any(|part| matches!(part.step, Step::Constant))
                && parts.iter().all(|part| !matches!(part.step, Step::Figure(_))) =>
        {
            match parts.iter().find(|part| part.value == working.value) {
                Some(part) if !matches!(part.step, Step::Constant) => shown(context, part),
                _ => constant(context, working.kind, &working.value),
            }
        }
        Step::Least(parts) => {
            (call(context, "nhỏ_nhất", "min", parts.iter().map(|part| shown(context, part).0)), Strength::Atom)
        }
        Step::Greatest(parts) => {
            (call(context, "lớn_nhất", "max", parts.iter().map(|part| shown(context, part).0)), Strength::Atom)
        }
        Step::Floor(inner) => {
            (call(context, "làm_tròn_xuống", "round_down", std::iter::once(shown(context, inner).0)), Strength::Atom)
        }
        Step::Round(inner, digits) => {
            let parts = [shown(context, inner).0, shown_digits(working.kind, *digits)];
            (call(context, "làm_tròn", "round", parts.into_iter()), Strength::Atom)
        }
        Step::Absolute(inner) => {
            (call(context, "trị_tuyệt_đối", "abs", std::iter::once(shown(context, inner).0)), Strength::Atom)
        }
        Step::Named(..) => constant(context, working.kind, &working.value),
        Step::If(chosen) => shown(context, &chosen.gives),
    }
}

/// A name and what it is: `a = 3`, and `a ≈ 3,45` where that is only nearly so.
pub(super) fn equals(name: &str, worked: &str) -> String {
    if worked.starts_with('≈') { format!("{name} {worked}") } else { format!("{name} = {worked}") }
}
