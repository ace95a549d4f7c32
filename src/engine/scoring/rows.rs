//! Rows scored one by one, their points combined.

use std::collections::BTreeMap;

use super::super::plan::used_figures;
use super::super::reason::{Failure, LackingCell, Reason, RowCame, RowScore, Rows};
use super::super::value::{Given, NoValue};
use super::{Gives, Scored, score as score_leaf};
use crate::number::Ratio;
use crate::ruleset::meaning::{FigureId, Outcome};
use crate::ruleset::{Head, PerRow, Take};
use crate::submission::{Row, Value};

/// Scores a leaf row by row.
pub(super) fn score(head: &Head, per_row: &PerRow, values: &BTreeMap<FigureId, Value>) -> Scored {
    let Some(Value::Rows(rows)) = values.get(&per_row.list) else {
        return Err(NoValue::Missing(per_row.list));
    };
    let lacking = lacking(per_row, rows);
    if !lacking.is_empty() {
        return Err(NoValue::Cells(per_row.list, lacking));
    }
    let mut scored = Vec::with_capacity(rows.len());
    let mut without_day = Vec::new();
    for row in rows {
        match self::row(head, per_row, row) {
            Ok(row) => scored.push(row),
            // A figure of the row's rule is a column: no cell is empty any more, so what has no value is a day.
            Err(NoValue::Missing(column)) => {
                let column = column_name(per_row, column);
                without_day.push(LackingCell { row: row.name.clone(), column, no_day: true });
            }
            Err(no_value) if without_day.is_empty() => return Err(no_value),
            Err(_) => {}
        }
    }
    if !without_day.is_empty() {
        return Err(NoValue::Cells(per_row.list, without_day));
    }
    let maximum = head.maximum.ratio();
    let counted: Vec<(&Ratio, &Ratio)> = scored
        .iter()
        .filter_map(|row| match &row.came {
            RowCame::Points { points, .. } | RowCame::Given { points, .. } => Some((points, &row.weight)),
            RowCame::Skipped { .. } | RowCame::Left { .. } | RowCame::Open { .. } => None,
        })
        .collect();
    let weight = counted.iter().fold(Ratio::ZERO, |sum, (_, weight)| &sum + *weight);
    let sum = counted.iter().fold(Ratio::ZERO, |sum, (points, weight)| &sum + &(*points * *weight));
    if scored.iter().any(|row| matches!(row.came, RowCame::Open { .. })) {
        // What it would come to nobody knows, so neither the lowest nor the mean is known.
        let rows = Rows { rows: scored, sum, weight, points: None, none_left: None };
        return Ok((Gives::Unscored, Reason::Rows(Box::new(rows))));
    }
    let points = match per_row.take {
        Take::Lowest => counted.iter().map(|(points, _)| (*points).clone()).min(),
        Take::Mean | Take::Weighted(_) => sum.checked_div(&weight),
    };
    let Some(points) = points else {
        if !counted.is_empty() {
            return Err(NoValue::Failed(Failure::DivisionByZero));
        }
        let Some((outcome, line)) = &per_row.none_left else { return Err(NoValue::Failed(Failure::NoRows)) };
        let given = Given { values, maximum, subject: None, leaf: None };
        let (gives, points) = match outcome {
            Outcome::Points(expr) => {
                let award = given.work(expr)?.value;
                (Gives::Points(award.clone()), Some(award))
            }
            Outcome::OutOfScale => (Gives::OutOfScale, None),
            Outcome::Unscored => (Gives::Unscored, None),
        };
        let rows = Rows { rows: scored, sum, weight, points, none_left: Some(*line) };
        return Ok((gives, Reason::Rows(Box::new(rows))));
    };
    let rows = Rows { rows: scored, sum, weight, points: Some(points.clone()), none_left: None };
    Ok((Gives::Points(points), Reason::Rows(Box::new(rows))))
}

/// Cells that scoring a row reads and that are empty.
fn lacking(per_row: &PerRow, rows: &[Row]) -> Vec<LackingCell> {
    let mut used = used_figures(&per_row.row);
    if let Take::Weighted(weight) = &per_row.take {
        weight.visit(&mut |expr| {
            if let crate::ruleset::meaning::Term::Figure(id) = expr.term {
                used.insert(id);
            }
        });
    }
    let cells = rows.iter().flat_map(|row| {
        let lacking = used.iter().filter(|id| !row.cells.contains_key(id));
        lacking.map(|&column| LackingCell {
            row: row.name.clone(),
            column: column_name(per_row, column),
            no_day: false,
        })
    });
    cells.collect()
}

fn column_name(per_row: &PerRow, column: FigureId) -> String {
    per_row.row.figures.get(column.0).map(|column| column.name.clone()).unwrap_or_default()
}

fn row(head: &Head, per_row: &PerRow, row: &Row) -> Result<RowScore, NoValue> {
    let given = Given { values: &row.cells, maximum: head.maximum.ratio(), subject: None, leaf: None };
    let weight = match &per_row.take {
        Take::Weighted(weight) => given.work(weight).map(|weight| weight.value),
        Take::Lowest | Take::Mean => Ok(Ratio::ONE),
    };
    let came = |came| {
        // Whether a row that is passed over has a weight, or the day that it is worked out of, does not matter.
        let weight = match (&came, &weight) {
            (RowCame::Skipped { .. }, Err(_)) => Ratio::ZERO,
            (_, weight) => weight.clone()?,
        };
        Ok(RowScore { name: row.name.clone(), weight, came })
    };
    for rule in &per_row.row.not_applicable {
        let Some(test) = given.case(&rule.test)? else { continue };
        return came(match &rule.outcome {
            Outcome::Points(expr) => RowCame::Given { line: rule.line, test, points: given.work(expr)?.value },
            Outcome::OutOfScale | Outcome::Unscored => RowCame::Skipped { line: rule.line, test },
        });
    }
    match score_leaf(head, &per_row.row, &row.cells)? {
        (Gives::Points(points), reason) => came(RowCame::Points { points, reason: Box::new(reason) }),
        (Gives::OutOfScale, reason) => came(RowCame::Left { reason: Box::new(reason) }),
        (Gives::Unscored, reason) => came(RowCame::Open { reason: Box::new(reason) }),
    }
}
