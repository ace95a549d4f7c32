//! Rows in words: what is told of all of them, how each was scored, which of them decided.

use super::reason::{Explanation, Teller};
use super::{Context, derived, numbers, test, working};
use crate::engine::{LackingCell, RowCame, RowPart, RowScore, Rows};
use crate::number::{Points, Ratio};
use crate::ruleset::meaning::Outcome;
use crate::ruleset::{Figure, FigureKind, Leaf, Origin, PerRow, Scoring, Take, Told};
use crate::submission::Value;

/// So many rows are named; of the others, their number.
const NAMED: usize = 6;
/// So many rows of a table are shown.
const SHOWN: usize = 10;

/// The first names of many, and how many more there are.
fn some(context: &Context<'_>, names: &[String]) -> String {
    let mut told = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    if let Some(more) = names.len().checked_sub(NAMED).filter(|&more| more > 0) {
        told.push_str(&context.pick(format!("; … và {more} dòng nữa"), format!("; … and {more} more rows")));
    }
    told
}

/// Cells with nothing to be read, by row.
pub(super) fn lacking(context: &Context<'_>, cells: &[LackingCell]) -> String {
    let names: Vec<String> = cells.iter().map(|cell| format!("{} ({})", cell.row, cell.column)).collect();
    let names = some(context, &names);
    // A deadline's date may say that it was never done, and a rule may ask for the day all the same.
    if cells.iter().any(|cell| cell.no_day) {
        return context
            .pick(format!("khai `không`, không có ngày: {names}"), format!("stated `no`, there is no day: {names}"));
    }
    context.pick(format!("ô chưa trả lời: {names}"), format!("empty cells: {names}"))
}

/// `tổng(xã; đúng) = 90 + 45 = 135 (2 dòng)`.
pub(super) fn told(context: &Context<'_>, figure: &Figure, value: &Value, parts: &[RowPart]) -> Option<String> {
    let Origin::Rows(over) = &figure.origin else { return None };
    let shown = derived::shown(context, figure, value);
    let all = parts.len();
    let rows = context.pick(format!("{all} dòng"), if all == 1 { "1 row".to_owned() } else { format!("{all} rows") });
    let named = |wanted: &dyn Fn(&RowPart) -> bool| {
        let names: Vec<String> = parts.iter().filter(|part| wanted(part)).map(|part| part.name.clone()).collect();
        some(context, &names)
    };
    let how = match (&over.told, value) {
        (Told::Sum(_), _) if all > 1 && all <= NAMED => {
            let numbers = parts.iter().filter_map(|part| part.value.as_ref());
            let kind = match figure.kind {
                FigureKind::Number(kind) => kind,
                _ => crate::ruleset::meaning::Kind::Number,
            };
            let sum = numbers.map(|number| numbers::value(context, kind, number)).collect::<Vec<_>>().join(" + ");
            return Some(format!("{} = {sum} = {shown} ({rows})", figure.name));
        }
        (Told::Count(Some(_)), _) => context.pick(format!("trong {rows}"), format!("of {rows}")),
        (Told::Least(_) | Told::Greatest(_), Value::Number(found)) => {
            let names = named(&|part| part.value.as_ref() == Some(found));
            context.pick(format!("{names}; {rows}"), format!("{names}; {rows}"))
        }
        (Told::All(_), Value::YesNo(false)) => {
            let names = named(&|part| !part.held);
            context.pick(format!("chưa đạt: {names}"), format!("not met: {names}"))
        }
        (Told::Any(_), Value::YesNo(true)) => {
            let names = named(&|part| part.held);
            context.pick(format!("đạt: {names}"), format!("met: {names}"))
        }
        _ => rows,
    };
    Some(format!("{} = {shown} ({how})", figure.name))
}

/// What a rule by rows says, as an appendix prints it.
pub(super) fn rule(context: &Context<'_>, leaf: &Leaf, per_row: &PerRow, maximum: &Points) -> Vec<String> {
    let list = Context::figure_name(leaf, per_row.list);
    let take = match &per_row.take {
        Take::Lowest => context.pick("lấy thấp nhất".to_owned(), "take lowest".to_owned()),
        Take::Mean => context.pick("lấy trung bình".to_owned(), "take mean".to_owned()),
        Take::Weighted(weight) => {
            let weight = working::expression(context, &per_row.row, weight);
            context.pick(format!("lấy trung bình theo {weight}"), format!("take mean by {weight}"))
        }
    };
    let mut lines = vec![context.pick(format!("từng {list}, {take}:"), format!("per {list}, {take}:"))];
    // Of a row, what leaves the scale is passed over.
    let row = Leaf { not_applicable: Vec::new(), ..per_row.row.clone() };
    lines.extend(super::rule(context, &row, maximum));
    for rule in &per_row.row.not_applicable {
        let when = test::test(context, &per_row.row, &rule.test);
        let effect = match &rule.outcome {
            Outcome::Points(_) => super::outcome(context, &per_row.row, &rule.outcome),
            Outcome::OutOfScale | Outcome::Unscored => context.pick("bỏ qua dòng", "skip row").to_owned(),
        };
        lines.push(
            context.pick(
                format!("dòng không phát sinh ({when}): {effect}"),
                format!("no case in a row ({when}): {effect}"),
            ),
        );
    }
    if let Some((outcome, _)) = &per_row.none_left {
        let effect = super::outcome(context, leaf, outcome);
        lines.push(context.pick(format!("không còn dòng nào: {effect}"), format!("no rows left: {effect}")));
    }
    lines
}

/// Explains rows: which decided, with the arithmetic, then a table of them.
pub(super) fn explain(teller: &Teller<'_>, rows: &Rows, into: &mut Explanation) {
    let (context, Scoring::PerRow(per_row)) = (teller.context, &teller.leaf.scoring) else { return };
    let points = |row: &RowScore| match &row.came {
        RowCame::Points { points, .. } | RowCame::Given { points, .. } => Some(points.clone()),
        RowCame::Skipped { .. } | RowCame::Left { .. } | RowCame::Open { .. } => None,
    };
    let counted: Vec<(&RowScore, Ratio)> = rows.rows.iter().filter_map(|row| Some((row, points(row)?))).collect();
    let many = counted.len();
    let plain = |value: &Ratio| numbers::plain(context, value);
    if let (Some(found), None) = (&rows.points, rows.none_left) {
        let total = plain(found);
        into.because.push(match per_row.take {
            Take::Lowest => {
                let names: Vec<String> =
                    counted.iter().filter(|(_, points)| points == found).map(|(row, _)| row.name.clone()).collect();
                let names = some(context, &names);
                context.pick(
                    format!("thấp nhất trong {many} dòng: {names}, {total} điểm"),
                    format!("the lowest of {many} rows: {names}, {total} points"),
                )
            }
            Take::Mean | Take::Weighted(_) => {
                let weighted = matches!(per_row.take, Take::Weighted(_));
                let sum = if many <= NAMED {
                    let part = |(row, points): &(&RowScore, Ratio)| {
                        if weighted { format!("{} × {}", plain(&row.weight), plain(points)) } else { plain(points) }
                    };
                    counted.iter().map(part).collect::<Vec<_>>().join(" + ")
                } else {
                    plain(&rows.sum)
                };
                let sum = if many > 1 && many <= NAMED { format!("({sum})") } else { sum };
                let weight = plain(&rows.weight);
                let what = if weighted {
                    context.pick(
                        format!("trung bình có trọng số của {many} dòng"),
                        format!("weighted mean of {many} rows"),
                    )
                } else {
                    context.pick(format!("trung bình của {many} dòng"), format!("mean of {many} rows"))
                };
                format!("{what}: {sum}/{weight} = {total}")
            }
        });
    }
    let open: Vec<String> =
        rows.rows.iter().filter(|row| matches!(row.came, RowCame::Open { .. })).map(|row| row.name.clone()).collect();
    if !open.is_empty() {
        let names = some(context, &open);
        into.because.push(
            context.pick(format!("có dòng chưa chấm được: {names}"), format!("some rows are not scored: {names}")),
        );
    }
    let row = Teller { leaf: &per_row.row, ..*teller };
    if let Some(line) = rows.none_left {
        into.because.push(context.pick("không còn dòng nào để chấm".to_owned(), "no row is left to score".to_owned()));
        teller.decided(line, into);
    } else {
        // A mean comes of every row; the lowest of the line that scored the first of the rows that are it.
        teller.decided(teller.leaf.form, into);
        let worst = counted.iter().find(|(_, points)| rows.points.as_ref() == Some(points));
        match worst.filter(|_| per_row.take == Take::Lowest).map(|(row, _)| &row.came) {
            Some(RowCame::Points { reason, .. }) => {
                let mut one = Explanation::default();
                row.reason(reason, &mut one);
                (into.line, into.file) = (one.line.or(into.line.take()), one.file.or(into.file.take()));
            }
            Some(RowCame::Given { line, .. }) => teller.decided(*line, into),
            Some(RowCame::Skipped { .. } | RowCame::Left { .. } | RowCame::Open { .. }) | None => {}
        }
    }
    table(&row, rows, &points, into);
}

/// The rows, worst first where there are many of them.
fn table(teller: &Teller<'_>, rows: &Rows, points: &dyn Fn(&RowScore) -> Option<Ratio>, into: &mut Explanation) {
    let context = teller.context;
    let mut order: Vec<&RowScore> = rows.rows.iter().collect();
    if order.len() > SHOWN {
        // A row that was passed over says least.
        order.sort_by_key(|row| (points(row).is_none(), points(row)));
    }
    for row in order.iter().take(SHOWN) {
        let because = |reason| {
            let mut one = Explanation::default();
            teller.reason(reason, &mut one);
            one.because.join("; ")
        };
        let told = match &row.came {
            RowCame::Points { reason, .. } => because(reason),
            RowCame::Left { reason } => {
                let why = because(reason);
                context.pick(format!("bỏ qua ({why})"), format!("passed over ({why})"))
            }
            RowCame::Open { reason } => {
                let why = because(reason);
                context.pick(format!("chưa chấm ({why})"), format!("unscored ({why})"))
            }
            RowCame::Given { test, points, .. } => {
                let points = numbers::points(context, &Points::new(points.clone()));
                let why = test::tested(context, teller.leaf, test);
                context.pick(format!("không phát sinh ({why}): {points}"), format!("no case arose ({why}): {points}"))
            }
            RowCame::Skipped { test, .. } => {
                let why = test::tested(context, teller.leaf, test);
                context.pick(format!("bỏ qua ({why})"), format!("passed over ({why})"))
            }
        };
        into.because.push(format!("· {}: {told}", row.name));
    }
    if let Some(more) = order.len().checked_sub(SHOWN).filter(|&more| more > 0) {
        into.because.push(context.pick(format!("· … và {more} dòng nữa"), format!("· … and {more} more rows")));
    }
}
