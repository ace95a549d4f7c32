//! The set as the decision's appendix prints it.

use super::general;
use super::history;
use super::labels::opening;
use super::round::level_name;
use super::table::{Side, table};
use super::words::{self, Context};
use crate::engine::used_figures;
use crate::language::tree::{Aggregation, Level, Method};
use crate::number::Points;
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Figure, FigureKind, Head, HeadId, Leaf, Origin};

/// The appendix table: of the whole set, or of what lies under one head.
pub fn appendix(context: &Context<'_>, under: Option<HeadId>) -> String {
    let ruleset = context.ruleset;
    let levels =
        [Level::Area, Level::Criterion, Level::SubCriterion].map(|level| level_name(context, level)).join(", ");
    let head = [
        context.pick("mã", "code"),
        &levels,
        context.pick("tối đa", "max"),
        context.pick("cách chấm", "scoring"),
        context.pick("minh chứng, cơ quan", "evidence, agencies"),
    ];
    let sides = [Side::Left, Side::Left, Side::Right, Side::Left, Side::Left];
    let mut rows = Vec::new();
    for (at, item) in ruleset.heads.iter().enumerate() {
        let id = HeadId(at);
        if under.is_some_and(|under| !ruleset.lies_under(id, under)) {
            continue;
        }
        rows.push(vec![
            super::round::code(context, item),
            title(context, item),
            std::iter::once(points(context, item))
                .chain(super::blocks::of_head(context, at, item))
                .collect::<Vec<_>>()
                .join("\n"),
            item.leaf.as_ref().map_or_else(String::new, |leaf| {
                // Where blocks have maxima of their own, a share has points of its own in each.
                let maximum = if item.by_block { Points::ZERO } else { item.maximum.clone() };
                let missing = general::missing(context, item, leaf);
                words::rule(context, leaf, &maximum).into_iter().chain(missing).collect::<Vec<_>>().join("\n")
            }),
            evidence(context, item),
        ]);
    }
    let mut text = opening(context, false, under);
    for line in history::standing(context) {
        text.push_str(&format!("{line}\n"));
    }
    for (number, date) in &ruleset.authorities {
        let dated = date.map(|date| format!(", {}", crate::language::date_text(date))).unwrap_or_default();
        text.push_str(&format!("{}: {number}{dated}\n", context.pick("căn cứ", "authority")));
    }
    for line in super::round::lines(context).into_iter().chain(super::blocks::lines(context)) {
        text.push_str(&format!("{line}\n"));
    }
    for parameter in &ruleset.parameters {
        text.push_str(&format!("{}: {}\n", context.pick("tham số", "parameter"), words::parameter(context, parameter)));
    }
    for line in shared(context) {
        text.push_str(&format!("{line}\n"));
    }
    let rules = general::general_rules(context, under);
    if !rules.is_empty() {
        text.push_str(&format!("\n{}:\n", context.pick("quy định chung", "general rules")));
    }
    for rule in rules {
        text.push_str(&format!("  {rule}\n"));
    }
    if let (Some(extends), None) = (&ruleset.extends, under) {
        let changes = history::changes(context);
        text.push_str(&format!("\n{} {}:\n", context.pick("so với", "against"), extends.name()));
        for change in changes {
            text.push_str(&format!("  {change}\n"));
        }
        if ruleset.changes.is_empty() {
            text.push_str(&format!("  {}\n", context.pick("không đổi điều nào", "nothing is changed")));
        }
    }
    // A frame may know no head: then there is no table.
    if !rows.is_empty() {
        text.push('\n');
        text.push_str(&table(&head, &sides, rows));
    }
    let sources = super::sources::by_head(context, under);
    if !sources.is_empty() {
        text.push_str(&format!("\n{}:\n", context.pick("nguồn của từng mục", "sources by head")));
    }
    for source in sources {
        text.push_str(&format!("  {source}\n"));
    }
    if under.is_none() {
        text.push_str(&super::survey::questionnaires(context));
    }
    text
}

/// The figures that a sheet states once for many heads.
fn shared(context: &Context<'_>) -> Vec<String> {
    let shared = &context.ruleset.shared;
    let lines = shared.figures.iter().zip(&shared.homes).map(|(figure, home)| {
        let measure = figure.measure.as_ref().map(|measure| format!(" ({measure})")).unwrap_or_default();
        let under = home.and_then(|home| context.head(home)).map(|head| {
            let code = &head.code;
            context.pick(format!(", của các mục dưới {code}"), format!(", of the heads under {code}"))
        });
        let word = context.pick("số liệu chung", "shared data");
        format!("{word}: {} = {}{measure}{}", figure.name, figure.label, under.unwrap_or_default())
    });
    lines.collect()
}

/// The evidence asked for, and who leads and appraises.
fn evidence(context: &Context<'_>, head: &Head) -> String {
    // An agency is printed where it is first named, not again on every head below.
    let above = head.parent.and_then(|id| context.head(id));
    let agency = |of: fn(&Head) -> &Option<String>, vietnamese: &str, english: &str| {
        let who = of(head).as_ref().filter(|who| above.is_none_or(|above| of(above).as_ref() != Some(*who)));
        who.map(|who| format!("{}: {who}", context.pick(vietnamese, english)))
    };
    let lines = [
        Some(head.evidence.join("; ")).filter(|evidence| !evidence.is_empty()),
        agency(|head| &head.lead, "chủ trì", "lead"),
        agency(|head| &head.appraiser, "thẩm định", "appraiser"),
    ];
    lines.into_iter().flatten().chain(history::lineage(context, head)).collect::<Vec<_>>().join("\n")
}

fn title(context: &Context<'_>, head: &Head) -> String {
    let mut title =
        if head.level == Level::Area { head.title.to_uppercase() } else { super::scorecard::title(context, head) };
    let method = match head.method {
        Method::Appraised => None,
        Method::AppraiserOnly => Some(context.pick("chỉ thẩm định", "appraiser only")),
        Method::Survey => Some(context.pick("điều tra", "survey")),
        Method::External => Some(context.pick("số liệu ngoài", "external")),
    };
    if let Some(method) = method.filter(|_| head.children.is_empty()) {
        title.push_str(&format!(" ({method})"));
    }
    if head.aggregation == Aggregation::Weakest && !head.children.is_empty() {
        title.push_str(context.pick(" (lấy mục thấp nhất)", " (the weakest part counts)"));
    }
    if let Some(counts) = super::frame::under(context, head) {
        title.push_str(&format!("\n{counts}"));
    }
    if let Some(leaf) = &head.leaf {
        // What is told of rows stands in the rule itself.
        let used = leaf.reads_elsewhere().then(|| used_figures(leaf));
        let idle = |at: usize, figure: &Figure| {
            figure.origin.stated_at().is_some() && used.as_ref().is_some_and(|used| !used.contains(&FigureId(at)))
        };
        let asked = leaf.figures.iter().enumerate().filter(|(_, figure)| !matches!(figure.origin, Origin::Rows(_)));
        for (_, figure) in asked.filter(|(at, figure)| !idle(*at, figure)) {
            let measure = figure.measure.as_ref().map(|measure| format!(" ({measure})")).unwrap_or_default();
            let from = words::origin(context, leaf, &figure.origin).map(|from| format!(", {from}")).unwrap_or_default();
            let chosen = context.pick(", được chọn không áp dụng", ", may be not applicable");
            let chosen = if figure.may_not_apply { chosen } else { "" };
            let bounds = words::bounds(context, leaf, figure);
            title.push_str(&format!("\n{} = {}{measure}{from}{bounds}{chosen}", figure.name, figure.label));
            if let FigureKind::Rows(columns) = &figure.kind {
                // Bounds of columns are over columns.
                let row = Leaf { figures: columns.clone(), ..leaf.clone() };
                for column in columns {
                    let measure = column.measure.as_ref().map(|measure| format!(" ({measure})")).unwrap_or_default();
                    let kind = words::kind(context, &column.kind);
                    let bounds = words::bounds(context, &row, column);
                    title.push_str(&format!("\n· {} = {}{measure}, {kind}{bounds}", column.name, column.label));
                }
            }
        }
    }
    title
}

fn points(context: &Context<'_>, head: &Head) -> String {
    let mark = context.language.decimal_mark();
    let mut text = if head.maximum.is_zero() { String::new() } else { head.maximum.exact(mark) };
    if let Some(weight) = &head.weight {
        text.push_str(&format!(" × {}", weight.percent(mark)));
    }
    if head.floor.ratio().is_negative() {
        text.push_str(&format!("\n{} {}", context.pick("thấp nhất", "at least"), head.floor.exact(mark)));
    }
    text
}
