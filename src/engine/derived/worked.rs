//! What is worked out of the leaf's own figures, so that units can be compared by it.

use std::collections::BTreeMap;

use super::{Absent, Source};
use crate::engine::value::{Given, NoValue};
use crate::number::Ratio;
use crate::ruleset::meaning::{Expr, FigureId};
use crate::submission::Value;

/// The value of an expression over the figures known so far.
pub(super) fn resolve(expr: &Expr, values: &BTreeMap<FigureId, Value>) -> Result<(Value, Source), Absent> {
    // A comparison of units is not made of a leaf's points.
    let given = Given { values, maximum: &Ratio::ZERO, subject: None, leaf: None };
    match given.work(expr) {
        Ok(working) => Ok((Value::Number(working.value.clone()), Source::Worked(working))),
        Err(NoValue::Missing(figure) | NoValue::Cells(figure, _)) => Err(Absent::Figure(figure)),
        Err(NoValue::Failed(failure)) => Err(Absent::Failed(failure)),
    }
}
