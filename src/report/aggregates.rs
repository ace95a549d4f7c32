//! Means and shares of a round as a table.

use super::scorecard::percent;
use super::table::{Side, table};
use super::words::Context;
use crate::analysis::aggregates::{Aggregates, By, Group};
use crate::number::Ratio;

/// The table of means and shares: all ranked units, then by block, level and units above. Nothing where it says nothing
/// that the ranking does not.
pub(super) fn aggregates(context: &Context<'_>, aggregates: &Aggregates) -> String {
    let grades = &context.ruleset.grades;
    if aggregates.all.units == 0 || grades.is_empty() && aggregates.groupings.is_empty() {
        return String::new();
    }
    let mut head = vec![
        context.pick("tổng hợp các đơn vị có hạng", "the ranked units together"),
        context.pick("số đơn vị", "units"),
        context.pick("trung bình", "mean"),
    ];
    head.extend(grades.iter().map(|grade| grade.name.value.as_str()));
    if context.ruleset.leaves_ungraded() {
        head.push(context.pick("không xếp loại", "no grade"));
    }
    let mut sides = vec![Side::Left];
    sides.resize(head.len(), Side::Right);
    let mut rows = vec![row(context, context.pick("mọi đơn vị", "all units").to_owned(), &aggregates.all)];
    for grouping in &aggregates.groupings {
        let (one, all) = names(context, &grouping.by);
        rows.extend(grouping.groups.iter().map(|group| row(context, format!("{one} {}", group.name), group)));
        let whole = context.pick(
            format!("trung bình của {all}, mỗi {one} tính một lần"),
            format!("mean over the {all}, each counting once"),
        );
        let mean = mean(context, grouping.mean_of_means.as_ref());
        let mut cells = vec![whole, String::new(), mean];
        cells.resize(head.len(), String::new());
        rows.push(cells);
    }
    table(&head, &sides, rows)
}

/// What one group is called, and all of them.
fn names(context: &Context<'_>, by: &By) -> (String, String) {
    match by {
        By::Block => {
            context.pick(("khối".to_owned(), "các khối".to_owned()), ("block".to_owned(), "blocks".to_owned()))
        }
        By::Level => context.pick(("cấp".to_owned(), "các cấp".to_owned()), ("level".to_owned(), "levels".to_owned())),
        By::Above(_, Some(level)) => {
            (level.clone(), context.pick(format!("các {level}"), format!("groups by {level}")))
        }
        By::Above(step, None) => {
            let step = step + 1;
            context.pick(
                (format!("đơn vị trên {step} bậc"), format!("các đơn vị trên {step} bậc")),
                (format!("unit {step} above"), format!("units {step} above")),
            )
        }
    }
}

fn mean(context: &Context<'_>, mean: Option<&Ratio>) -> String {
    mean.map_or_else(|| "–".to_owned(), |mean| percent(context, mean))
}

fn row(context: &Context<'_>, name: String, group: &Group) -> Vec<String> {
    let mut cells = vec![name, group.units.to_string(), mean(context, group.mean.as_ref())];
    let ungraded = context.ruleset.leaves_ungraded().then_some(group.ungraded);
    for &count in group.grades.iter().chain(&ungraded) {
        let share = group.part(count).map(|share| format!(" ({})", percent(context, &share)));
        cells.push(format!("{count}{}", share.unwrap_or_default()));
    }
    cells
}
