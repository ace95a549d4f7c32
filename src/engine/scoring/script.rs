//! Scripts: run in their box, cut to their floor and cap.

use std::collections::BTreeMap;

use super::super::reason::{Failure, Reason};
use super::super::value::{Given, NoValue};
use super::{Gives, Scored, cut};
use crate::diagnostic::Span;
use crate::number::Ratio;
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{FigureKind, Leaf};
use crate::script::{Input, Script};
use crate::submission::Value;

/// Runs a leaf's script.
pub(super) fn score(
    leaf: &Leaf,
    script: &Script,
    (floor, cap): (&Ratio, &Ratio),
    span: Span,
    given: Given<'_>,
) -> Scored {
    let too_long = || NoValue::Failed(Failure::TooManyDigits);
    let mut inputs: BTreeMap<String, Input> = BTreeMap::new();
    for (at, figure) in leaf.figures.iter().enumerate() {
        let id = FigureId(at);
        if !script.reads().contains(&figure.name) {
            continue;
        }
        let input = match (given.values.get(&id), &figure.kind) {
            (Some(Value::Number(value)), _) => Input::Number(value.to_decimal().ok_or(too_long())?),
            (Some(Value::YesNo(answer)), _) => Input::YesNo(*answer),
            (Some(Value::Option(option)), FigureKind::Choice(options)) => {
                Input::Text(options.get(*option).cloned().unwrap_or_default())
            }
            (Some(Value::Text(text)), _) => Input::Text(text.clone()),
            _ => return Err(NoValue::Missing(id)),
        };
        inputs.insert(figure.name.clone(), input);
    }
    match script.run(&inputs, given.maximum.to_decimal().ok_or(too_long())?) {
        Ok(result) => {
            let result = Ratio::from_decimal(result);
            let (points, cut) = cut(&result, Some(floor), Some(cap));
            Ok((Gives::Points(points), Reason::Script { span, result, cut }))
        }
        Err(failure) => Err(NoValue::Failed(Failure::Script { kind: failure.kind, line: failure.line })),
    }
}
