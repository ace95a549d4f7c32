//! Whether figures keep the bounds that they were declared with, exactly.

use std::collections::BTreeMap;

use super::Value;
use crate::diagnostic::{Both, Language, Say, Sheet};
use crate::language::date_text;
use crate::language::tree::BinaryOperator;
use crate::number::{DecimalMark, Points, Ratio};
use crate::ruleset::meaning::{Expr, FigureId, Kind, Term};
use crate::ruleset::{Figure, FigureKind, Leaf, Side};

/// A figure out of its bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub figure: FigureId,
    /// What is wrong.
    pub problem: Sheet,
}

/// The figures that break a bound; a bound over a figure that is not there is not looked at.
pub fn within_bounds(leaf: &Leaf, maximum: &Points, values: &BTreeMap<FigureId, Value>) -> Vec<Broken> {
    broken(&leaf.figures, maximum, values)
}

/// The same of figures that are no leaf's.
pub fn within_bounds_of(figures: &[Figure], maximum: &Points, values: &BTreeMap<FigureId, Value>) -> Vec<Broken> {
    broken(figures, maximum, values)
}

fn broken(figures: &[Figure], maximum: &Points, values: &BTreeMap<FigureId, Value>) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (at, figure) in figures.iter().enumerate() {
        let counted;
        let (kind, value) = match (&figure.kind, values.get(&FigureId(at))) {
            (FigureKind::Number(kind), Some(Value::Number(value))) => (*kind, value),
            (FigureKind::Rows(columns), Some(Value::Rows(rows))) => {
                for row in rows {
                    let cells = self::broken(columns, maximum, &row.cells).into_iter();
                    broken.extend(cells.map(|cell| Broken { figure: FigureId(at), problem: in_row(cell, &row.name) }));
                }
                counted = Ratio::from(i64::try_from(rows.len()).unwrap_or(i64::MAX));
                (Kind::Count, &counted)
            }
            _ => continue,
        };
        let bound = first_broken(figures, figure, kind, value, maximum, values);
        if let Some(bound) = bound {
            let show = |language| show(kind, value, language);
            let mut found = Both::new(show(Language::Vietnamese), show(Language::English));
            let mut bound = bound;
            if matches!(figure.kind, FigureKind::Rows(_)) {
                // How many there are, not what is in them.
                let rows = |Both(vietnamese, english): Both| {
                    let one = if english.ends_with(" 1") || english == "1" { "row" } else { "rows" };
                    Both::new(format!("{vietnamese} dòng"), format!("{english} {one}"))
                };
                (found, bound) = (rows(found), rows(bound));
            }
            let problem = Sheet::OutOfBounds { name: figure.name.clone(), found, bound };
            broken.push(Broken { figure: FigureId(at), problem });
        }
    }
    broken
}

/// A cell out of its bounds, with the row that it stands in.
fn in_row(cell: Broken, row: &str) -> Sheet {
    match cell.problem {
        Sheet::OutOfBounds { name, found, bound } => {
            Sheet::OutOfBounds { name: format!("{name} ({row})"), found, bound }
        }
        problem => problem,
    }
}

fn first_broken(
    figures: &[Figure],
    figure: &Figure,
    kind: Kind,
    value: &Ratio,
    maximum: &Points,
    values: &BTreeMap<FigureId, Value>,
) -> Option<Both> {
    for limit in &figure.limits {
        let Some(bound) = evaluate(&limit.bound, maximum, values) else { continue };
        let broken = match limit.side {
            Side::Least => *value < bound,
            Side::Most => *value > bound,
        };
        if broken {
            return Some(words(limit.side, kind, &bound, bound_name(figures, &limit.bound)));
        }
    }
    // What the proofs of the ruleset stand on, whatever the other figures are.
    if figure.range.contains(value) {
        return None;
    }
    let below = figure.range.lower.as_ref().filter(|edge| *value < edge.at || (*value == edge.at && !edge.included));
    let (side, edge) = match below {
        Some(edge) => (Side::Least, edge),
        None => (Side::Most, figure.range.upper.as_ref()?),
    };
    Some(words(side, kind, &edge.at, None))
}

/// The name of the figure that a bound is, if it is one.
fn bound_name<'a>(figures: &'a [Figure], bound: &Expr) -> Option<&'a str> {
    match bound.term {
        Term::Figure(id) => figures.get(id.0).map(|figure| figure.name.as_str()),
        _ => None,
    }
}

fn words(side: Side, kind: Kind, bound: &Ratio, name: Option<&str>) -> Both {
    let say = |language: Language| {
        let word = match side {
            Side::Least => language.pick("ít nhất", "at least"),
            Side::Most => language.pick("không quá", "at most"),
        };
        let bound = show(kind, bound, language);
        match name {
            Some(name) => format!("{word} `{name}` = {bound}"),
            None => format!("{word} {bound}"),
        }
    };
    Both::new(say(Language::Vietnamese), say(Language::English))
}

fn show(kind: Kind, value: &Ratio, language: Language) -> String {
    let mark: DecimalMark = language.decimal_mark();
    match kind {
        Kind::Rate | Kind::PercentagePoints => value.percent(mark),
        Kind::Date => match value.to_i64().and_then(|day| i32::try_from(day).ok()) {
            Some(day) => date_text(day),
            None => value.exact(mark),
        },
        Kind::Moment | Kind::Days | Kind::WorkingDays => crate::ruleset::value_words(value, kind).say(language),
        Kind::Number | Kind::Count | Kind::Money | Kind::Points => value.exact(mark),
    }
}

/// The exact value of a bound, if every figure in it is there and nothing is divided by zero.
pub(super) fn evaluate(expr: &Expr, maximum: &Points, values: &BTreeMap<FigureId, Value>) -> Option<Ratio> {
    let part = |expr: &Expr| evaluate(expr, maximum, values);
    match &expr.term {
        Term::Constant(value) => Some(value.clone()),
        Term::Figure(id) => match values.get(id)? {
            Value::Number(value) => Some(value.clone()),
            Value::YesNo(_) | Value::Option(_) | Value::Text(_) | Value::Rows(_) | Value::NotApplicable => None,
        },
        Term::Maximum => Some(maximum.ratio().clone()),
        // Only bands look at a subject, only a script decides between two values, and no bound is either.
        Term::Subject | Term::If(_) => None,
        Term::Negate(inner) => Some(-part(inner)?),
        Term::Binary(operator, left, right) => {
            let (left, right) = (part(left)?, part(right)?);
            match operator {
                BinaryOperator::Add => Some(&left + &right),
                BinaryOperator::Subtract => Some(&left - &right),
                BinaryOperator::Multiply => Some(&left * &right),
                BinaryOperator::Divide => left.checked_div(&right),
            }
        }
        Term::Least(parts) => parts.iter().map(part).collect::<Option<Vec<_>>>()?.into_iter().min(),
        Term::Greatest(parts) => parts.iter().map(part).collect::<Option<Vec<_>>>()?.into_iter().max(),
        Term::Round(inner, digits) => Some(part(inner)?.round(*digits)),
        Term::Floor(inner) => Some(part(inner)?.floor()),
        Term::Absolute(inner) => Some(part(inner)?.abs()),
        Term::Named(_, inner) => part(inner),
    }
}
