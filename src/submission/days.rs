//! Days that a sheet states where none is expected: outside the period, or in a year that the round has nothing to do with.

use super::rows::column;
use super::{RawRow, Row, Value};
use crate::diagnostic::{Diagnostic, Sheet, Span};
use crate::language::date_text;
use crate::number::Ratio;
use crate::ruleset::meaning::{FigureId, Kind};
use crate::ruleset::{Figure, FigureKind, Ruleset};

/// What is to be told of a value: a day that lies outside the period where its figure does not look beyond it, or else
/// one that is far from the year.
pub(super) fn unusual(ruleset: &Ruleset, figure: &Figure, value: &Value, span: Span) -> Option<Diagnostic> {
    let Value::Number(day) = value else { return None };
    if !matches!(figure.kind, FigureKind::Number(Kind::Date | Kind::Moment)) {
        return None;
    }
    let expected = ruleset.days_expected(figure);
    let day = &day.floor();
    if *day >= Ratio::from(*expected.start()) && *day <= Ratio::from(*expected.end()) {
        return None;
    }
    let name = figure.name.clone();
    let date = day.to_i64().and_then(|day| i32::try_from(day).ok()).map(date_text).unwrap_or_default();
    let problem = match &ruleset.round.period {
        Some(period) if !figure.beyond_period => {
            let period = format!("{}–{}", date_text(period.from.value), date_text(period.through.value));
            Sheet::StatedOutsidePeriod { name, date, period }
        }
        _ => Sheet::StatedFarOff { name, date, year: usize::from(ruleset.year) },
    };
    Some(Diagnostic::new(problem, span))
}

/// The same of the rows of a list, each cell where it stands; `raw` are the rows as stated, none of them refused.
pub(super) fn unusual_in_rows(ruleset: &Ruleset, columns: &[Figure], raw: &[RawRow], rows: &[Row]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (raw, row) in raw.iter().zip(rows) {
        for (key, stated) in &raw.cells {
            let Some((at, column)) = column(columns, &key.value) else { continue };
            let value = row.cells.get(&FigureId(at));
            found.extend(value.and_then(|value| unusual(ruleset, column, value, stated.span)));
        }
    }
    found
}
