//! The engine of one script: raw, every limit set, and no operator or function but ours.

use std::any::TypeId;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use rhai::{Dynamic, Engine, EvalAltResult, ImmutableString, OptimizationLevel, Position, Token};
use rust_decimal::Decimal;

use super::library::{CONSTANTS, FUNCTIONS, Function, divide};
use super::limits::{MAX_DEPTH, MAX_OPERATIONS, MAX_TEXT, MAX_VARIABLES};
use super::{FailureKind, composed};

type Outcome<T> = Result<T, Box<EvalAltResult>>;
type Order = (&'static str, fn(Ordering) -> bool);

const EQUALITIES: [Order; 2] = [("==", Ordering::is_eq), ("!=", Ordering::is_ne)];
const ORDERS: [Order; 4] =
    [("<", Ordering::is_lt), ("<=", Ordering::is_le), (">", Ordering::is_gt), (">=", Ordering::is_ge)];

/// An engine for a script over figures of these (composed) names.
pub(super) fn engine(figures: BTreeSet<String>) -> Engine {
    let mut engine = Engine::new_raw();
    engine
        .set_optimization_level(OptimizationLevel::None)
        .set_fast_operators(false)
        .set_allow_looping(false)
        .set_max_expr_depths(MAX_DEPTH)
        .set_max_operations(MAX_OPERATIONS)
        .set_max_variables(MAX_VARIABLES.saturating_add(figures.len()).saturating_add(CONSTANTS.len()))
        .set_max_string_size(MAX_TEXT);
    for word in ["eval", "print", "debug", "type_of", "curry", "call", "Fn", "this", "is_def_var"] {
        engine.disable_symbol(word);
    }
    #[expect(deprecated, reason = "Rhai marks the hook as volatile; its version is pinned")]
    engine.on_parse_token(move |token, _, _| read(token, &figures));
    arithmetic(&mut engine);
    comparisons(&mut engine);
    for (name, function) in FUNCTIONS {
        library(&mut engine, name, function);
    }
    engine
}

/// Whole numbers become decimals, names and texts one spelling, and a figure may be called by a word that Rhai reserves.
fn read(token: Token, figures: &BTreeSet<String>) -> Token {
    match token {
        Token::IntegerConstant(whole) => {
            Token::DecimalConstant(Box::new((Decimal::from(whole), whole.to_string().into())))
        }
        Token::Identifier(name) => Token::Identifier(Box::new(composed(&name).into())),
        Token::StringConstant(text) => Token::StringConstant(Box::new(composed(&text).into())),
        Token::Reserved(word) if figures.contains(word.as_str()) => Token::Identifier(word),
        other => other,
    }
}

fn arithmetic(engine: &mut Engine) {
    type Operation = fn(Decimal, Decimal) -> Result<Decimal, FailureKind>;
    let checked: [(&str, &str, Operation); 4] = [
        ("+", "+=", |a, b| a.checked_add(b).ok_or(FailureKind::Overflow)),
        ("-", "-=", |a, b| a.checked_sub(b).ok_or(FailureKind::Overflow)),
        ("*", "*=", |a, b| a.checked_mul(b).ok_or(FailureKind::Overflow)),
        ("/", "/=", divide),
    ];
    for (operator, assignment, operation) in checked {
        engine.register_fn(operator, move |a: Decimal, b: Decimal| -> Outcome<Decimal> {
            operation(a, b).map_err(failed)
        });
        engine.register_fn(assignment, move |a: &mut Decimal, b: Decimal| -> Outcome<()> {
            *a = operation(*a, b).map_err(failed)?;
            Ok(())
        });
    }
    engine.register_fn("-", |a: Decimal| -> Outcome<Decimal> {
        Decimal::ZERO.checked_sub(a).ok_or_else(|| failed(FailureKind::Overflow))
    });
    engine.register_fn("+", |a: Decimal| a);
    engine.register_fn("!", |a: bool| !a);
}

fn comparisons(engine: &mut Engine) {
    for (operator, holds) in EQUALITIES {
        engine.register_fn(operator, move |a: Decimal, b: Decimal| holds(a.cmp(&b)));
        engine.register_fn(operator, move |a: bool, b: bool| holds(a.cmp(&b)));
        engine.register_fn(operator, move |a: ImmutableString, b: ImmutableString| holds(a.cmp(&b)));
    }
    for (operator, holds) in ORDERS {
        engine.register_fn(operator, move |a: Decimal, b: Decimal| holds(a.cmp(&b)));
        unlike::<bool, bool>(engine, operator);
        unlike::<ImmutableString, ImmutableString>(engine, operator);
    }
    // Left to itself, Rhai says that unlike values are simply not equal.
    for (operator, _) in EQUALITIES.into_iter().chain(ORDERS) {
        unlike::<Decimal, bool>(engine, operator);
        unlike::<bool, Decimal>(engine, operator);
        unlike::<Decimal, ImmutableString>(engine, operator);
        unlike::<ImmutableString, Decimal>(engine, operator);
        unlike::<bool, ImmutableString>(engine, operator);
        unlike::<ImmutableString, bool>(engine, operator);
    }
}

fn unlike<A: 'static, B: 'static>(engine: &mut Engine, operator: &str) {
    engine.register_raw_fn(operator, [TypeId::of::<A>(), TypeId::of::<B>()], |_, _| {
        Outcome::<bool>::Err(failed(FailureKind::UnlikeComparison))
    });
}

fn library(engine: &mut Engine, name: &str, function: Function) {
    for count in function.arity() {
        let types = vec![TypeId::of::<Decimal>(); count];
        engine.register_raw_fn(name, types, move |_, arguments| {
            let numbers = arguments
                .iter()
                .map(|argument| argument.as_decimal())
                .collect::<Result<Vec<_>, _>>()
                .map_err(|_| failed(FailureKind::NotANumber))?;
            function.apply(&numbers).map_err(failed)
        });
    }
}

/// Carries our reason through Rhai's error.
#[expect(clippy::unnecessary_box_returns, reason = "Rhai's results hold their errors in boxes")]
fn failed(kind: FailureKind) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(kind), Position::NONE))
}
