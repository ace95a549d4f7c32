//! The ranking as tables.

use super::aggregates::aggregates;
use super::labels::ranking_opening;
use super::outside::signed;
use super::scorecard::{fixed, percent, within};
use super::table::{Side, table};
use super::words::Context;
use crate::analysis::ranking::{Ranking, Row};
use crate::engine::{Scorecard, Status};
use crate::language::tree::{Level, Ranked};
use crate::ruleset::HeadId;
use crate::ruleset::meaning::Outcome;

/// The ranking: a table for the blocks that are ranked together and one for each block apart; below them what is to be
/// said of single units, and the round in numbers.
pub fn ranking(context: &Context<'_>, ranking: &Ranking) -> String {
    let mut text = ranking_opening(context, ranking);
    let mut tables: Vec<&[Row]> = ranking.rows.chunk_by(|one, other| one.within == other.within).collect();
    if tables.is_empty() {
        tables.push(&[]);
    }
    // One table of all needs no name.
    let named = tables.len() > 1 || tables.iter().filter_map(|rows| rows.first()).any(|row| row.within.is_some());
    for rows in tables {
        text.push('\n');
        if named {
            text.push_str(&format!("{}\n", table_name(context, rows)));
        }
        text.push_str(&one(context, rows));
    }
    if let Some(mean) = &ranking.mean {
        let before = context.ruleset.graded_before_outside;
        let of = if before { context.pick(", trước thưởng phạt", ", before bonus and penalty") } else { "" };
        let words = context.pick("trung bình chung", "overall mean");
        text.push_str(&format!("{words}{of}: {}\n", percent(context, mean)));
    }
    text.push_str(&notes(context, ranking));
    text.push_str(&super::changes::changes(context, ranking));
    text.push_str(&super::split::splits(context, ranking));
    let whole = aggregates(context, &ranking.aggregates);
    if !whole.is_empty() {
        text.push_str(&format!("\n{whole}"));
    }
    text
}

/// Which blocks a table is of.
fn table_name(context: &Context<'_>, rows: &[Row]) -> String {
    let within = rows.first().and_then(|row| row.within.as_deref());
    let together = context.ruleset.blocks.iter().filter(|block| block.ranked == Ranked::Together);
    if let Some(block) = within {
        let title = super::blocks::title(context, block);
        return context.pick(format!("khối {title}"), format!("block {title}"));
    }
    let titles: Vec<&str> = together.map(|block| block.title.as_str()).collect();
    if titles.is_empty() {
        return context.pick("các đơn vị khác", "other units").to_owned();
    }
    let titles = titles.join(", ");
    context.pick(format!("khối {titles}"), format!("block {titles}"))
}

/// One table: place, unit, the top heads' points, the index, the grade.
fn one(context: &Context<'_>, ranked: &[Row]) -> String {
    let ruleset = context.ruleset;
    let graded = !ruleset.grades.is_empty();
    let mut head = vec![context.pick("hạng", "rank").to_owned(), context.pick("đơn vị", "unit").to_owned()];
    let mut sides = vec![Side::Right, Side::Left];
    let roots: Vec<HeadId> = ruleset.roots.clone();
    for root in roots.iter().filter_map(|&id| ruleset.head(id)) {
        head.push(super::round::code(context, root));
        sides.push(Side::Right);
    }
    let outside = [Level::Bonus, Level::Penalty].map(|level| ruleset.outside(level).next().is_some());
    for (there, name) in outside.iter().zip([context.pick("thưởng", "bonus"), context.pick("phạt", "penalty")]) {
        if *there {
            head.push(name.to_owned());
            sides.push(Side::Right);
        }
    }
    head.extend([
        context.pick("điểm", "points").to_owned(),
        context.pick("trên", "of").to_owned(),
        context.pick("chỉ số", "index").to_owned(),
    ]);
    sides.extend([Side::Right, Side::Right, Side::Right]);
    if graded {
        head.push(context.pick("loại", "grade").to_owned());
        sides.push(Side::Left);
    }
    let mut rows = Vec::with_capacity(ranked.len());
    for row in ranked {
        let index = &row.card.index;
        let place = match row.place {
            Some(place) if row.shared => format!("={place}"),
            Some(place) => place.to_string(),
            None if index.total.provisional || index.total.out_of_scale => String::from("*"),
            None => String::from("–"),
        };
        let mut cells = vec![place, row.card.unit.clone()];
        let of_block = ruleset.of_block(row.card.block.as_deref());
        for &id in &roots {
            // What is not in the unit's scale, or not scored in its block, is no zero.
            let unscored = of_block.head(id).and_then(|head| head.aside.as_ref());
            let unscored = unscored.is_some_and(|aside| aside.outcome == Outcome::Unscored);
            let shown = row.card.head(id).filter(|head| !head.total.out_of_scale && !unscored);
            // Nor is what is not scored yet; a head of which something is scored shows that.
            let waits =
                row.card.leaf(id).is_some_and(|leaf| matches!(leaf.last.status, Status::Unscored | Status::Failed));
            cells.push(match shown {
                None => "–".to_owned(),
                Some(_) if waits => "*".to_owned(),
                Some(head) if head.total.provisional => format!("{}*", fixed(context, &head.total.rounded)),
                Some(head) => fixed(context, &head.total.rounded),
            });
        }
        let kinds = index.outside.as_ref().map(|outside| [("+", &outside.bonus), ("-", &outside.penalty)]);
        for (_, (sign, kind)) in outside.iter().zip(kinds.into_iter().flatten()).filter(|(there, _)| **there) {
            cells.push(signed(context, sign, &kind.counted.rounded));
        }
        if index.total.out_of_scale {
            cells.extend(["–", "–", "–"].map(str::to_owned));
        } else {
            cells.push(within(context, &index.total.rounded, &index.total.maximum));
            cells.push(index.total.maximum.exact(context.language.decimal_mark()));
            cells.push(percent(context, &index.rounded_share));
        }
        if graded {
            let waits = context.pick("chưa xếp loại", "no grade yet");
            let none = if index.grading.awaits_places.is_some() {
                waits
            } else if index.grading.ungraded {
                context.pick("không xếp loại", "no grade")
            } else {
                ""
            };
            cells.push(index.grading.name.clone().unwrap_or_else(|| none.to_owned()));
        }
        rows.push(cells);
    }
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    table(&head, &sides, rows)
}

/// What is to be said of single units.
fn notes(context: &Context<'_>, ranking: &Ranking) -> String {
    let mut text = String::new();
    for row in &ranking.rows {
        if let Some(held) = super::grading::held(context, &row.card.index) {
            let unit = &row.card.unit;
            let grade = match &row.card.index.grading.name {
                Some(grade) => context.pick(format!("loại {grade}"), format!("grade {grade}")),
                None if row.card.index.grading.ungraded => context.pick("không xếp loại", "no grade").to_owned(),
                None => context.pick("chưa xếp loại", "no grade yet").to_owned(),
            };
            text.push_str(&format!("! {unit}, {grade}: {held}\n"));
        }
        if let Some(late) = super::round::late(context, &row.card) {
            let unit = &row.card.unit;
            text.push_str(
                &context.pick(format!("! nộp muộn: {unit}, {late}\n"), format!("! submitted late: {unit}, {late}\n")),
            );
        }
    }
    for row in ranking.rows.iter().filter(|row| !open(row)) {
        if let Some(why) = &row.card.unranked {
            let (unit, why) = (&row.card.unit, super::blocks::unranked(context, why));
            text.push_str(
                &context.pick(format!("– không xếp hạng: {unit}, {why}\n"), format!("– not ranked: {unit}, {why}\n")),
            );
        }
    }
    for row in &ranking.rows {
        text.push_str(&super::awaiting::of_unit(context, &row.card));
    }
    let out = |row: &Row| row.card.index.total.out_of_scale;
    if ranking.rows.iter().any(|row| open(row) && !out(row)) {
        let cards: Vec<&Scorecard> = ranking.rows.iter().filter(|row| !out(row)).map(|row| &row.card).collect();
        let open = super::awaiting::open(context, &cards);
        text.push_str(&context.pick(
            format!("* tạm tính: {open}; đứng sau các đơn vị đã xếp hạng, chưa xếp loại\n"),
            format!("* provisional: {open}; listed after the ranked units, without a grade\n"),
        ));
    }
    let waits = |row: &Row| row.card.index.grading.awaits_places.is_some();
    if let Some(row) = ranking.rows.iter().find(|row| waits(row))
        && let Some(told) = super::grading::grade(context, &row.card.index)
    {
        text.push_str(&format!("! {}, {told}\n", row.card.unit));
        text.push_str(context.pick(
            "  thêm `--previous` cùng kết quả năm trước\n",
            "  add `--previous` with the results of the year before\n",
        ));
    }
    for row in ranking.rows.iter().filter(|row| out(row)) {
        let unit = &row.card.unit;
        text.push_str(&context.pick(
            format!("* không có chỉ số: {unit}, mọi mục đều ngoài thang điểm\n"),
            format!("* no index: {unit}, everything is out of scale\n"),
        ));
    }
    if ranking.unbroken {
        let nothing_preferred = context.ruleset.ties == crate::language::tree::Ties::Broken(Vec::new());
        text.push_str(if nothing_preferred {
            context.pick(
                "= còn đồng hạng: bộ tiêu chí không nói ưu tiên mục nào\n",
                "= still tied: the ruleset prefers no head\n",
            )
        } else {
            context.pick(
                "= còn đồng hạng: các mục ưu tiên cũng bằng nhau\n",
                "= still tied: the preferred heads are equal too\n",
            )
        });
    }
    text.push_str(&super::blocks::not_assessed(context, ranking));
    text.push_str(&super::blocks::not_submitted(context, ranking));
    text
}

/// Whether its result is open still.
fn open(row: &Row) -> bool {
    row.card.index.total.provisional || row.card.index.total.out_of_scale
}
