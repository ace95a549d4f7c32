//! One run of a compiled script: figures in, a number or the reason why not out.

use std::collections::BTreeMap;

use rhai::{Dynamic, EvalAltResult, Scope};
use rust_decimal::Decimal;

use super::library::{CONSTANTS, Constant};
use super::{Compiled, Failure, FailureKind, Input, composed};

pub(super) fn run(script: &Compiled, inputs: &BTreeMap<String, Input>, maximum: Decimal) -> Result<Decimal, Failure> {
    let mut scope = Scope::new();
    for (name, constant) in CONSTANTS {
        let value = match constant {
            Constant::Maximum => Dynamic::from_decimal(maximum),
            Constant::Yes => Dynamic::from_bool(true),
            Constant::No => Dynamic::from_bool(false),
        };
        scope.push_constant_dynamic(name, value);
    }
    for (name, read) in &script.figures {
        let line = read.line;
        let fail = |kind| Failure { kind, line };
        let input = inputs.get(name).ok_or_else(|| fail(FailureKind::MissingFigure { name: name.clone() }))?;
        if input.kind() != read.kind {
            return Err(fail(FailureKind::WrongKind { name: name.clone(), expected: read.kind, got: input.kind() }));
        }
        scope.push_constant_dynamic(read.spelled.as_str(), dynamic(input));
    }
    let value =
        script.engine.eval_ast_with_scope::<Dynamic>(&mut scope, &script.tree).map_err(|error| failure(*error))?;
    value
        .as_decimal()
        .map(|number| number.normalize())
        .map_err(|_| Failure { kind: FailureKind::NotANumber, line: script.source.lines().count().max(1) })
}

fn dynamic(input: &Input) -> Dynamic {
    match input {
        Input::Number(number) => Dynamic::from_decimal(*number),
        Input::YesNo(answer) => Dynamic::from_bool(*answer),
        Input::Text(text) => composed(text).into(),
    }
}

fn failure(error: EvalAltResult) -> Failure {
    let line = error.position().line().unwrap_or(1);
    let kind = match error {
        EvalAltResult::ErrorTooManyOperations(_) => FailureKind::TooManyOperations,
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => failure(*inner).kind,
        EvalAltResult::ErrorRuntime(value, _) if value.is::<FailureKind>() => value.cast(),
        other => FailureKind::Other { message: other.to_string() },
    };
    Failure { kind, line }
}
