//! Derived values in words: what they are, where they came from, why they are missing.

use super::{Context, numbers, survey};
use crate::engine::{Absent, Derived, Found, Source};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Figure, FigureKind, Leaf, Origin};
use crate::submission::{NotThere, Value};

/// Where a derived figure is to come from, as an appendix says it.
pub fn origin(context: &Context<'_>, origin: &Origin) -> Option<String> {
    match origin {
        Origin::Stated => None,
        Origin::Survey(rule) => survey::origin(context, rule),
        Origin::Prior { year, asked: true, .. } => {
            Some(context.pick(
                format!("theo hồ sơ năm {year} hoặc đơn vị khai"),
                format!("from the sheet of {year} or as stated"),
            ))
        }
        Origin::Prior { year, asked: false, .. } => {
            Some(context.pick(format!("theo hồ sơ năm {year}"), format!("from the sheet of {year}")))
        }
    }
}

/// `vốn của năm trước = 100, theo hồ sơ năm 2021`.
pub(super) fn derived(context: &Context<'_>, leaf: &Leaf, derived: &Derived) -> Vec<String> {
    let (Some(figure), Ok(found)) = (leaf.figures.get(derived.figure.0), &derived.found) else { return Vec::new() };
    let Found { value, from, instead_of } = found;
    let asked = leaf.survey().filter(|(id, _)| *id == derived.figure && matches!(from, Source::Survey(_)));
    let place = asked.and_then(|(_, rule)| survey::origin(context, rule)).unwrap_or_else(|| source(context, from));
    let value = shown(context, figure, value);
    let sign = if value.starts_with('≈') { "" } else { "= " };
    let mut told = format!("{} {sign}{value}, {place}", figure.name);
    if let Some((other, from)) = instead_of {
        let other = shown(context, figure, other);
        let from = source(context, from);
        told.push_str(&context.pick(format!("; khác với {other} {from}"), format!("; it is {other} {from}")));
    }
    let mut lines = vec![told];
    if let Source::Survey(estimate) = from {
        lines.extend(survey::lines(context, leaf, estimate));
    }
    lines
}

/// Why a derived value is missing.
pub(super) fn absent(context: &Context<'_>, leaf: &Leaf, figure: FigureId, absent: &Absent) -> String {
    match absent {
        Absent::Archive(year, NotThere::Year) => {
            context.pick(format!("không có hồ sơ năm {year}"), format!("there are no sheets of {year}"))
        }
        Absent::Archive(year, NotThere::Unit) => context
            .pick(format!("hồ sơ năm {year} không có đơn vị này"), format!("the sheets of {year} lack this unit")),
        Absent::Archive(year, NotThere::Figure) => context
            .pick(format!("hồ sơ năm {year} không có số liệu này"), format!("the sheet of {year} lacks this figure")),
        Absent::NotSurveyed => context.pick("chưa có phiếu nào", "nobody has answered").to_owned(),
        Absent::Survey(estimate) => survey::lacking(context, leaf, estimate),
        Absent::OutOfRange(value, from) => {
            let shown = leaf.figures.get(figure.0).map(|figure| shown(context, figure, value)).unwrap_or_default();
            let from = source(context, from);
            context.pick(
                format!("{shown} {from} không phải giá trị có thể có"),
                format!("{shown} {from} is no value that it can have"),
            )
        }
    }
}

fn source(context: &Context<'_>, source: &Source) -> String {
    match source {
        Source::Stated => context.pick("như đã khai".to_owned(), "as stated".to_owned()),
        Source::Survey(_) => context.pick("theo phiếu".to_owned(), "from the answers".to_owned()),
        Source::Archive(year) => context.pick(format!("theo hồ sơ năm {year}"), format!("from the sheet of {year}")),
    }
}

/// A value as it reads.
fn shown(context: &Context<'_>, figure: &Figure, value: &Value) -> String {
    match (value, &figure.kind) {
        (Value::Number(number), FigureKind::Number(kind)) => numbers::value(context, *kind, number),
        (Value::YesNo(answer), _) => {
            let (yes, no) = context.pick(("có", "không"), ("yes", "no"));
            if *answer { yes } else { no }.to_owned()
        }
        (Value::Option(at), FigureKind::Choice(options)) => options.get(*at).cloned().unwrap_or_default(),
        (Value::Text(text), _) => text.clone(),
        (Value::Number(_) | Value::Option(_), _) => String::new(),
    }
}
