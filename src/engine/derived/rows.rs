//! What is told of all rows of a list.

use std::collections::BTreeMap;

use super::{Absent, RowPart, Source};
use crate::engine::reason::LackingCell;
use crate::engine::value::{Given, NoValue};
use crate::number::Ratio;
use crate::ruleset::meaning::{Expr, FigureId, Term, Test};
use crate::ruleset::{FigureKind, Leaf, OverRows, Told};
use crate::submission::{Row, Value};

/// The value of a function over rows.
pub(super) fn resolve(
    leaf: &Leaf,
    over: &OverRows,
    values: &BTreeMap<FigureId, Value>,
) -> Result<(Value, Source), Absent> {
    let Some(Value::Rows(rows)) = values.get(&over.list) else { return Err(Absent::Figure(over.list)) };
    let lacking = lacking(leaf, over, rows);
    if !lacking.is_empty() {
        return Err(Absent::Cells(lacking));
    }
    let (mut parts, mut without_day) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        match part(over, row) {
            Ok(part) => parts.push(part),
            // Of no row an empty cell is left, so what has no value is a day.
            Err(NoValue::Missing(column)) => {
                without_day.push(LackingCell { row: row.name.clone(), column: name(leaf, over, column), no_day: true });
            }
            Err(NoValue::Failed(failure)) if without_day.is_empty() => return Err(Absent::Failed(failure)),
            Err(NoValue::Failed(_) | NoValue::Cells(..)) => {}
        }
    }
    if !without_day.is_empty() {
        return Err(Absent::Cells(without_day));
    }
    let numbers = || parts.iter().filter_map(|part| part.value.as_ref());
    let held = parts.iter().filter(|part| part.held).count();
    let count = |many: usize| Value::Number(Ratio::from(i64::try_from(many).unwrap_or(i64::MAX)));
    let value = match &over.told {
        Told::Sum(_) => Value::Number(numbers().fold(Ratio::ZERO, |sum, value| &sum + value)),
        Told::Count(_) => count(held),
        Told::Least(_) => Value::Number(numbers().min().cloned().ok_or(Absent::NoRows)?),
        Told::Greatest(_) => Value::Number(numbers().max().cloned().ok_or(Absent::NoRows)?),
        Told::All(_) if parts.is_empty() => return Err(Absent::NoRows),
        Told::All(_) => Value::YesNo(held == parts.len()),
        Told::Any(_) => Value::YesNo(held > 0),
    };
    Ok((value, Source::Rows(parts)))
}

fn part(over: &OverRows, row: &Row) -> Result<RowPart, NoValue> {
    let given = Given { values: &row.cells, maximum: &Ratio::ZERO, subject: None, leaf: None };
    let mut part = RowPart { name: row.name.clone(), value: None, held: true };
    match &over.told {
        Told::Sum(expr) | Told::Least(expr) | Told::Greatest(expr) => {
            part.value = Some(given.work(expr)?.value);
        }
        Told::Count(None) => {}
        Told::Count(Some(test)) | Told::All(test) | Told::Any(test) => {
            part.held = given.test(test)?.0;
        }
    }
    Ok(part)
}

/// Cells that are read and empty.
fn lacking(leaf: &Leaf, over: &OverRows, rows: &[Row]) -> Vec<LackingCell> {
    let mut read: Vec<FigureId> = Vec::new();
    match &over.told {
        Told::Sum(expr) | Told::Least(expr) | Told::Greatest(expr) => figures(expr, &mut read),
        Told::Count(None) => {}
        Told::Count(Some(test)) | Told::All(test) | Told::Any(test) => tested(test, &mut read),
    }
    read.sort();
    read.dedup();
    let cells = rows.iter().flat_map(|row| {
        let lacking = read.iter().filter(|id| !row.cells.contains_key(id));
        let cell = |id: &FigureId| LackingCell { row: row.name.clone(), column: name(leaf, over, *id), no_day: false };
        lacking.map(cell).collect::<Vec<_>>()
    });
    cells.collect()
}

fn name(leaf: &Leaf, over: &OverRows, column: FigureId) -> String {
    match leaf.figures.get(over.list.0).map(|list| &list.kind) {
        Some(FigureKind::Rows(columns)) => columns.get(column.0).map(|column| column.name.clone()).unwrap_or_default(),
        _ => String::new(),
    }
}

fn figures(expr: &Expr, into: &mut Vec<FigureId>) {
    expr.visit(&mut |inner| {
        if let Term::Figure(id) = inner.term {
            into.push(id);
        }
    });
}

fn tested(test: &Test, into: &mut Vec<FigureId>) {
    test.figures(&mut |id| into.push(id));
}
