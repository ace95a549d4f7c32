//! Formulas: one expression, cut to its written limits.

use super::super::reason::Reason;
use super::super::value::Given;
use super::{Gives, Scored, cut};
use crate::ruleset::meaning::Expr;

/// Scores a formula.
pub(super) fn score(expr: &Expr, floor: Option<&Expr>, cap: Option<&Expr>, given: Given<'_>) -> Scored {
    let working = given.work(expr)?;
    let floor = floor.map(|floor| given.work(floor)).transpose()?;
    let cap = cap.map(|cap| given.work(cap)).transpose()?;
    let (points, cut) =
        cut(&working.value, floor.as_ref().map(|floor| &floor.value), cap.as_ref().map(|cap| &cap.value));
    Ok((Gives::Points(points), Reason::Formula { working, cut }))
}
