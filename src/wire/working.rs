//! An expression with its values, and a condition with what decided it, as published.

use serde::Serialize;

use super::number::exact;
use crate::engine;
use crate::language::date_text;
use crate::language::tree::BinaryOperator;
use crate::number::Ratio;
use crate::ruleset::Leaf;
use crate::ruleset::meaning::{FigureId, Kind};

/// A value, how it came about, and the values it was made of.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Working {
    kind: &'static str,
    value: String,
    step: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digits: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<Box<Tested>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    of: Vec<Working>,
}

impl Working {
    pub(super) fn new(leaf: &Leaf, working: &engine::Working) -> Self {
        let inner = |inner: &engine::Working| Self::new(leaf, inner);
        let bare = |step| (step, None, None, Vec::new());
        let (step, figure, digits, of) = match &working.step {
            engine::Step::Constant => bare("constant"),
            engine::Step::Maximum => bare("maximum"),
            engine::Step::Subject => bare("subject"),
            engine::Step::Figure(id) => ("figure", Some(figure_name(leaf, *id)), None, Vec::new()),
            engine::Step::Negate(part) => ("negate", None, None, vec![inner(part)]),
            engine::Step::Binary(operator, left, right) => {
                (operator_name(*operator), None, None, vec![inner(left), inner(right)])
            }
            engine::Step::Least(parts) => ("least", None, None, parts.iter().map(inner).collect()),
            engine::Step::Greatest(parts) => ("greatest", None, None, parts.iter().map(inner).collect()),
            engine::Step::Floor(part) => ("floor", None, None, vec![inner(part)]),
            engine::Step::Round(part, digits) => ("round", None, Some(*digits), vec![inner(part)]),
            engine::Step::Absolute(part) => ("absolute", None, None, vec![inner(part)]),
            engine::Step::Named(_, part) => ("named", None, None, vec![inner(part)]),
            engine::Step::If(chosen) => ("if", None, None, vec![inner(&chosen.gives)]),
        };
        let (name, held, test) = match &working.step {
            engine::Step::Named(name, _) => (Some(name.clone()), None, None),
            engine::Step::If(chosen) => (None, Some(chosen.held), Some(Box::new(Tested::new(leaf, &chosen.test)))),
            _ => (None, None, None),
        };
        let (kind, value) = (kind_name(working.kind), value(working.kind, &working.value));
        Self { kind, value, step, figure, digits, name, held, test, of }
    }
}

/// A condition and what decided it.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "test", rename_all = "kebab-case")]
pub(super) enum Tested {
    Compare { sign: &'static str, left: Box<Working>, right: Box<Working> },
    Answer { figure: String, wanted: bool, stated: bool },
    Option { figure: String, is: bool, wanted: String, stated: String },
    All { of: Vec<Tested> },
    Any { of: Vec<Tested> },
}

impl Tested {
    pub(super) fn new(leaf: &Leaf, tested: &engine::Tested) -> Self {
        let parts = |parts: &[engine::Tested]| parts.iter().map(|part| Self::new(leaf, part)).collect();
        match tested {
            engine::Tested::Compare(comparison, left, right) => Self::Compare {
                sign: comparison.sign(),
                left: Box::new(Working::new(leaf, left)),
                right: Box::new(Working::new(leaf, right)),
            },
            engine::Tested::Answer { figure, wanted, stated } => {
                Self::Answer { figure: figure_name(leaf, *figure), wanted: *wanted, stated: *stated }
            }
            engine::Tested::Option { figure, wanted, is, stated } => Self::Option {
                figure: figure_name(leaf, *figure),
                is: *is,
                wanted: option_name(leaf, *figure, *wanted),
                stated: option_name(leaf, *figure, *stated),
            },
            engine::Tested::All(of) => Self::All { of: parts(of) },
            engine::Tested::Any(of) => Self::Any { of: parts(of) },
        }
    }
}

pub(super) fn figure_name(leaf: &Leaf, id: FigureId) -> String {
    leaf.figures.get(id.0).map(|figure| figure.name.clone()).unwrap_or_default()
}

fn option_name(leaf: &Leaf, id: FigureId, option: usize) -> String {
    use crate::ruleset::FigureKind::{Choice, Number, Rows, Text, YesNo};

    match leaf.figures.get(id.0).map(|figure| &figure.kind) {
        Some(Choice(options)) => options.get(option).cloned().unwrap_or_default(),
        Some(YesNo | Number(_) | Text | Rows(_)) | None => String::new(),
    }
}

/// A value as text: a date as ISO 8601 writes it, anything else as an exact number.
pub(super) fn value(kind: Kind, value: &Ratio) -> String {
    let days = value.to_i64().and_then(|days| i32::try_from(days).ok());
    match (kind, days) {
        (Kind::Date, Some(days)) => {
            let text = date_text(days);
            let parts: Vec<&str> = text.rsplit('/').collect();
            parts.join("-")
        }
        (Kind::Moment, _) => moment(value).unwrap_or_else(|| exact(value)),
        _ => exact(value),
    }
}

/// `2021-10-20T17:00:00`, local official time.
fn moment(days: &Ratio) -> Option<String> {
    let day = i32::try_from(days.floor().to_i64()?).ok()?;
    let second = crate::ruleset::seconds(days)?.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    Some(format!("{}T{hour:02}:{minute:02}:{second:02}", value(Kind::Date, &Ratio::from(day))))
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "number",
        Kind::Count => "count",
        Kind::Rate => "rate",
        Kind::Money => "money",
        Kind::PercentagePoints => "percentage-points",
        Kind::Points => "points",
        Kind::Date => "date",
        Kind::Moment => "date-time",
        Kind::Days | Kind::WorkingDays => "days-late",
    }
}

fn operator_name(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Add => "add",
        BinaryOperator::Subtract => "subtract",
        BinaryOperator::Multiply => "multiply",
        BinaryOperator::Divide => "divide",
    }
}
