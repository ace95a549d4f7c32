//! The ranking as a table.

use super::labels::opening;
use super::outside::signed;
use super::scorecard::{fixed, percent};
use super::table::{Side, table};
use super::words::Context;
use crate::analysis::ranking::Ranking;
use crate::language::tree::Level;
use crate::ruleset::HeadId;

/// The ranking table: place, unit, the top heads' points, the index, the grade.
pub fn ranking(context: &Context<'_>, ranking: &Ranking) -> String {
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
    let mut rows = Vec::with_capacity(ranking.rows.len());
    let mut provisional = false;
    for row in &ranking.rows {
        let index = &row.card.index;
        let place = match row.place {
            Some(place) if row.shared => format!("={place}"),
            Some(place) => place.to_string(),
            None => String::from("*"),
        };
        provisional |= row.place.is_none();
        let mut cells = vec![place, row.card.unit.clone()];
        for &id in &roots {
            cells.push(row.card.head(id).map_or_else(String::new, |head| fixed(context, &head.total.rounded)));
        }
        let kinds = index.outside.as_ref().map(|outside| [("+", &outside.bonus), ("-", &outside.penalty)]);
        for (_, (sign, kind)) in outside.iter().zip(kinds.into_iter().flatten()).filter(|(there, _)| **there) {
            cells.push(signed(context, sign, &kind.counted.rounded));
        }
        cells.push(fixed(context, &index.total.rounded));
        cells.push(index.total.maximum.exact(context.language.decimal_mark()));
        cells.push(percent(context, &index.rounded_share));
        if graded {
            let none = if index.grading.ungraded { context.pick("không xếp loại", "no grade") } else { "" };
            cells.push(index.grading.name.clone().unwrap_or_else(|| none.to_owned()));
        }
        rows.push(cells);
    }
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let synthetic = ranking.rows.iter().any(|row| row.card.synthetic);
    let mut text = opening(context, synthetic);
    text.push('\n');
    text.push_str(&table(&head, &sides, rows));
    if let Some(mean) = &ranking.mean {
        text.push_str(&format!("{}: {}\n", context.pick("trung bình chung", "overall mean"), percent(context, mean)));
    }
    for row in &ranking.rows {
        if let Some(held) = super::grading::held(context, &row.card.index.grading) {
            let (unit, grade) = (&row.card.unit, row.card.index.grading.name.as_deref().unwrap_or_default());
            text.push_str(
                &context
                    .pick(format!("! {unit}, loại {grade}: {held}\n"), format!("! {unit}, grade {grade}: {held}\n")),
            );
        }
        if let Some(late) = super::round::late(context, &row.card) {
            let unit = &row.card.unit;
            text.push_str(
                &context.pick(format!("! nộp muộn: {unit}, {late}\n"), format!("! submitted late: {unit}, {late}\n")),
            );
        }
    }
    if provisional {
        text.push_str(context.pick(
            "* tạm tính: còn mục chưa chấm; đứng sau các đơn vị đã xếp hạng, chưa xếp loại\n",
            "* provisional: something is unscored; listed after the ranked units, without a grade\n",
        ));
    }
    if ranking.unbroken {
        text.push_str(context.pick(
            "= còn đồng hạng: các lĩnh vực ưu tiên cũng bằng nhau\n",
            "= still tied: the preferred areas are equal too\n",
        ));
    }
    text
}
