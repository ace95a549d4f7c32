//! Formulas and scores per case: one expression, cut to its written limits.

use super::super::reason::{Cliff, Reason};
use super::super::value::{Given, NoValue};
use super::{Gives, Scored, cut};
use crate::number::{Points, Ratio};
use crate::ruleset::Leaf;
use crate::ruleset::meaning::{Each, Expr, FigureId, Kind, PerCase, Term};
use crate::submission::Value;

/// An expression and its limits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limited<'a> {
    pub(super) expr: &'a Expr,
    pub(super) floor: Option<&'a Expr>,
    pub(super) cap: Option<&'a Expr>,
}

impl Limited<'_> {
    /// The points over some figures, after the limits.
    fn points(&self, given: Given<'_>) -> Result<Ratio, NoValue> {
        let value = given.work(self.expr)?.value;
        let (floor, cap) = self.limits(given)?;
        Ok(cut(&value, floor.as_ref(), cap.as_ref()).0)
    }

    fn limits(&self, given: Given<'_>) -> Result<(Option<Ratio>, Option<Ratio>), NoValue> {
        let limit = |limit: Option<&Expr>| limit.map(|limit| Ok(given.work(limit)?.value)).transpose();
        Ok((limit(self.floor)?, limit(self.cap)?))
    }
}

/// Scores a formula, or a score per case.
pub(super) fn score(leaf: &Leaf, limited: Limited<'_>, per_case: Option<&PerCase>, given: Given<'_>) -> Scored {
    let working = given.work(limited.expr)?;
    let (floor, cap) = limited.limits(given)?;
    let (points, cut) = cut(&working.value, floor.as_ref(), cap.as_ref());
    let (mut up, mut down): (Option<Cliff>, Option<Cliff>) = (None, None);
    for each in per_case.map_or(&[][..], |per_case| per_case.lines.as_slice()) {
        for cliff in neighbours(leaf, each, limited, given) {
            let there = cliff.points.ratio();
            let better = |known: &Option<Cliff>, most: bool| {
                known.as_ref().is_none_or(|known| (there > known.points.ratio()) == most)
            };
            if *there > points && better(&up, true) {
                up = Some(cliff);
            } else if *there < points && better(&down, false) {
                down = Some(cliff);
            }
        }
    }
    Ok((Gives::Points(points), Reason::Formula { working, cut, up, down }))
}

/// What one case more and one case less would give, where the line counts one figure of whole numbers.
fn neighbours(leaf: &Leaf, each: &Each, limited: Limited<'_>, given: Given<'_>) -> Vec<Cliff> {
    let Term::Figure(id) = each.what.term else { return Vec::new() };
    let (Some(Value::Number(stated)), Kind::Count) = (given.values.get(&id), each.what.kind) else {
        return Vec::new();
    };
    let Ok(times) = given.work(&each.times) else { return Vec::new() };
    let step = each.step.clone().unwrap_or(Ratio::ONE);
    let more = (&(&times.value + &Ratio::ONE) * &step).ceil();
    let less = &(&times.value * &step).ceil() - &Ratio::ONE;
    let reached = |at: Ratio| cliff(leaf, id, &at, &at - stated, limited, given);
    [more, less].into_iter().filter_map(reached).collect()
}

/// The points with one figure changed, if the figure can be that.
fn cliff(
    leaf: &Leaf,
    id: FigureId,
    at: &Ratio,
    change: Ratio,
    limited: Limited<'_>,
    given: Given<'_>,
) -> Option<Cliff> {
    if !leaf.figures.get(id.0)?.range.contains(at) {
        return None;
    }
    let mut values = given.values.clone();
    values.insert(id, Value::Number(at.clone()));
    let points = limited.points(Given { values: &values, ..given }).ok()?;
    Some(Cliff { edge: at.clone(), included: true, points: Points::new(points), needs: Some((id, change)) })
}
