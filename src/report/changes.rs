//! A ranking against an earlier round, as a table.

use super::scorecard::percent;
use super::split::points;
use super::table::{Side, table};
use super::words::Context;
use crate::analysis::changes::{Change, Changes, Comparable};
use crate::analysis::ranking::Ranking;
use crate::number::{Ratio, Rounding};
use crate::ruleset::HeadId;

/// What changed since an earlier round; nothing where none is known.
pub(super) fn changes(context: &Context<'_>, ranking: &Ranking) -> String {
    let Some(changes) = &ranking.changes else { return String::new() };
    let mut text = format!("\n{}\n", title(context, changes));
    let parts: Vec<HeadId> = context
        .ruleset
        .roots
        .iter()
        .copied()
        .filter(|&id| changes.rows.iter().any(|row| row.parts.iter().any(|(part, by)| *part == id && by.is_some())))
        .collect();
    let year = changes.year.to_string();
    let mut head: Vec<String> = [
        context.pick("đơn vị", "unit"),
        year.as_str(),
        context.pick("nay", "now"),
        context.pick("chênh", "change"),
        &context.pick(format!("hạng {year}"), format!("rank {year}")),
        context.pick("nay", "now"),
        context.pick("bậc", "places"),
    ]
    .map(str::to_owned)
    .to_vec();
    head.extend(parts.iter().filter_map(|&id| context.head(id)).map(|head| super::round::code(context, head)));
    let mut sides = vec![Side::Left];
    sides.resize(head.len(), Side::Right);
    let mut rows: Vec<Vec<String>> = changes.rows.iter().map(|row| cells(context, row, &parts)).collect();
    if let Some([(then, before), (now, after)]) = &changes.means {
        let name = context.pick(
            format!("trung bình số công bố ({before} → {after} đơn vị)"),
            format!("mean as published ({before} → {after} units)"),
        );
        // As published: each is rounded, and their difference is that of what is printed.
        let published = |share: &Ratio| match Rounding::new(context.ruleset.display) {
            Some(rounding) => rounding.apply_share(share),
            None => share.clone(),
        };
        let by = &published(now) - &published(then);
        let mut cells = vec![name, percent(context, then), percent(context, now), points(context, &by)];
        cells.resize(head.len(), String::new());
        rows.push(cells);
    }
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    text.push_str(&table(&head, &sides, rows));
    text.push_str(context.pick(
        "chênh: điểm phần trăm của chỉ số công bố, và của từng mục ở các cột sau; bậc: dương là tăng\n",
        "change: percentage points of the published index, and of each part in the columns after it; places: positive is up\n",
    ));
    if changes.rows.iter().any(|row| row.before.is_none()) {
        text.push_str(context.pick(
            "– không có kỳ trước: không so, không phải tăng từ 0\n",
            "– no earlier result: nothing to compare with, no rise from 0\n",
        ));
    }
    text
}

fn title(context: &Context<'_>, changes: &Changes) -> String {
    let (year, then) = (changes.year, changes.authorities.join("; "));
    let own: Vec<&str> = context.ruleset.authorities.iter().map(|(number, _)| number.as_str()).collect();
    let now = own.join("; ");
    match changes.comparable {
        Comparable::Yes => {
            context.pick(format!("So với năm {year} (cùng {now})"), format!("Against {year} (the same {now})"))
        }
        Comparable::No => context.pick(
            format!("So với năm {year}: KHÔNG SO SÁNH TRỰC TIẾP, khác bộ tiêu chí ({then} → {now})"),
            format!("Against {year}: NOT DIRECTLY COMPARABLE, another set ({then} → {now})"),
        ),
        Comparable::Unknown => context.pick(
            format!("So với năm {year}: không rõ có cùng bộ tiêu chí không, kết quả năm trước không nêu căn cứ"),
            format!("Against {year}: whether the set is the same is not known, the earlier results name no authority"),
        ),
    }
}

fn cells(context: &Context<'_>, row: &Change, parts: &[HeadId]) -> Vec<String> {
    let none = || String::from("–");
    let place = |place: Option<usize>| place.map_or_else(none, |place| place.to_string());
    let before = row.before.as_ref();
    let was = before.and_then(|was| was.share.as_ref());
    let places = row.places().map_or_else(none, |by| if by > 0 { format!("+{by}") } else { by.to_string() });
    let mut cells = vec![
        row.unit.clone(),
        was.map_or_else(none, |share| percent(context, share)),
        row.now.as_ref().map_or_else(none, |share| percent(context, share)),
        row.by().map_or_else(none, |by| points(context, &by)),
        place(before.and_then(|was| was.place)),
        place(row.place),
        places,
    ];
    cells.extend(parts.iter().map(|id| {
        let by = row.parts.iter().find(|(part, _)| part == id).and_then(|(_, by)| by.as_ref());
        by.map_or_else(none, |by| points(context, by))
    }));
    cells
}
