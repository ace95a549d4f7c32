//! What of a change between two years is performance and what is rules, as tables and in sentences.

use std::collections::BTreeMap;

use super::scorecard::percent;
use super::table::{Side, table};
use super::words::Context;
use crate::analysis::changes::Changes;
use crate::analysis::ranking::Ranking;
use crate::analysis::split::{LeafSplit, NoSplit, Parts, Split, Splits, Why};
use crate::number::{Points, Ratio, Rounding};

/// The changes of a round in their parts; nothing where the sheets of the other year are not at hand.
pub(super) fn splits(context: &Context<'_>, ranking: &Ranking) -> String {
    let Some(splits) = &ranking.splits else { return String::new() };
    let (year, now) = (splits.year, splits.now);
    let mut text = context.pick(
        format!("\nTách chênh lệch {year} → {now}: do thành tích, do quy tắc (điểm phần trăm của chỉ số)\n"),
        format!("\nThe change {year} → {now} taken apart: by performance, by rules (percentage points of the index)\n"),
    );
    let all: Vec<(&str, &Split)> =
        splits.units.iter().filter_map(|(unit, split)| Some((unit.as_str(), split.as_ref().ok()?))).collect();
    if !all.is_empty() {
        text.push_str(&first(context, splits, &all));
        text.push_str(&method(context, splits));
        text.push_str(&second(context, splits, &all));
        text.push_str(&apart(context, splits, &all));
    }
    text.push_str(&published_otherwise(context, ranking, &all));
    for (unit, why) in splits.units.iter().filter_map(|(unit, split)| Some((unit, split.as_ref().err()?))) {
        let why = no_split(context, splits, why);
        text.push_str(
            &context.pick(format!("– không tách: {unit}, {why}\n"), format!("– not taken apart: {unit}, {why}\n")),
        );
    }
    text
}

/// Units whose sheet of then scores to something else than was published.
fn published_otherwise(context: &Context<'_>, ranking: &Ranking, all: &[(&str, &Split)]) -> String {
    let mut text = String::new();
    let of_year = |changes: &&Changes| Some(changes.year) == ranking.splits.as_ref().map(|splits| splits.year);
    let published = ranking.changes.iter().filter(of_year).filter(|changes| changes.published);
    for row in published.flat_map(|changes| &changes.rows) {
        let published = row.before.as_ref().and_then(|was| was.share.as_ref());
        let split = all.iter().find(|(unit, _)| *unit == row.unit).map(|(_, split)| split);
        let Some((published, split)) = published.zip(split) else { continue };
        let (printed, scored) = (percent(context, published), percent(context, &split.before));
        if printed != scored {
            let unit = &row.unit;
            text.push_str(&context.pick(
                format!("! {unit}: đã công bố {printed}, hồ sơ chấm ra {scored}; phần tách tính theo hồ sơ\n"),
                format!(
                    "! {unit}: published {printed}, its sheet scores to {scored}; what is taken apart is the latter\n"
                ),
            ));
        }
    }
    text
}

/// How the parts are measured.
fn method(context: &Context<'_>, splits: &Splits) -> String {
    let (year, now) = (splits.year, splits.now);
    context.pick(
        format!("thành tích: hồ sơ {now} so với hồ sơ {year}, cùng chấm theo bộ {now}; quy tắc: bộ {now} so với bộ {year}, cùng chấm hồ sơ {year}\n"),
        format!("performance: the sheets of {now} against those of {year}, both by the set of {now}; rules: the set of {now} against that of {year}, both on the sheets of {year}\n"),
    )
}

/// The change of every unit in its parts; printed digits add up, as rounding holds what they leave.
fn first(context: &Context<'_>, splits: &Splits, all: &[(&str, &Split)]) -> String {
    let rounded = all.iter().any(|(_, split)| !Printed::new(context, &split.parts).rounding.is_zero());
    let mut head = vec![context.pick("đơn vị", "unit").to_owned(), splits.year.to_string(), splits.now.to_string()];
    head.extend([context.pick("chênh", "change").to_owned()]);
    head.extend(names(context).map(str::to_owned));
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (unit, split) in all {
        let parts = Printed::new(context, &split.parts);
        let mut row = vec![(*unit).to_owned(), percent(context, &split.before), percent(context, &split.after)];
        row.push(points(context, &parts.change));
        row.extend(parts.cells(context));
        if rounded {
            row.push(points(context, &parts.rounding));
        }
        rows.push(row);
    }
    if rounded {
        head.push(context.pick("làm tròn, trần", "rounding, caps").to_owned());
    }
    laid(&head, rows)
}

/// The other order and the mean of both, where they say something else.
fn second(context: &Context<'_>, splits: &Splits, all: &[(&str, &Split)]) -> String {
    let (year, now) = (splits.year, splits.now);
    let differ = |(_, split): &&(&str, &Split)| split.parts != split.other;
    if !all.iter().any(|one| differ(&one)) {
        return context.pick(
            format!("đo theo thứ tự kia (thành tích theo bộ {year}, quy tắc trên hồ sơ {now}): không khác\n"),
            format!("in the other order (performance by the set of {year}, rules on the sheets of {now}): the same\n"),
        );
    }
    let mut head = vec![context.pick("đơn vị", "unit").to_owned()];
    head.extend(names(context).map(str::to_owned));
    head.extend(names(context).map(|name| context.pick(format!("{name}, TB"), format!("{name}, mean"))));
    let row = |(unit, split): &(&str, &Split)| {
        let mut row = vec![(*unit).to_owned()];
        row.extend(Printed::new(context, &split.other).cells(context));
        row.extend(Printed::new(context, &split.mean).cells(context));
        row
    };
    let title = context.pick(
        format!("Thứ tự kia: thành tích theo bộ {year}, quy tắc trên hồ sơ {now}; và trung bình (TB) hai thứ tự\n"),
        format!(
            "The other order: performance by the set of {year}, rules on the sheets of {now}; and the mean of both\n"
        ),
    );
    format!("\n{title}{}", laid(&head, all.iter().map(row).collect()))
}

fn names<'a>(context: &Context<'_>) -> [&'a str; 3] {
    [
        context.pick("thành tích", "performance"),
        context.pick("quy tắc", "rules"),
        context.pick("không so được", "not comparable"),
    ]
}

fn laid(head: &[String], rows: Vec<Vec<String>>) -> String {
    let mut sides = vec![Side::Left];
    sides.resize(head.len(), Side::Right);
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    table(&head, &sides, rows)
}

/// Parts as printed: each rounded by itself, and rounding so that all add up to the change.
struct Printed {
    change: Ratio,
    parts: [Ratio; 3],
    rounding: Ratio,
}

impl Printed {
    fn new(context: &Context<'_>, parts: &Parts) -> Self {
        let shown = |share: &Ratio| {
            let rounding = Rounding::new(context.ruleset.display);
            rounding.map_or_else(|| share.clone(), |rounding| rounding.apply_share(share))
        };
        let change = shown(&parts.change());
        let parts = [&parts.performance, &parts.rules, &parts.apart].map(shown);
        let rounding = &change - &parts.iter().cloned().sum::<Ratio>();
        Self { change, parts, rounding }
    }

    fn cells(&self, context: &Context<'_>) -> [String; 3] {
        self.parts.each_ref().map(|part| points(context, part))
    }
}

/// Percentage points with their sign.
pub(super) fn points(context: &Context<'_>, by: &Ratio) -> String {
    let text = (by * &Ratio::from(100)).fixed(context.ruleset.display, context.language.decimal_mark());
    if by.is_positive() { format!("+{text}") } else { text }
}

/// Which leaves cannot be scored across, and why; told once for all units.
fn apart(context: &Context<'_>, splits: &Splits, all: &[(&str, &Split)]) -> String {
    let mut told: Vec<(&LeafSplit, &Why)> = Vec::new();
    let mut units: BTreeMap<(Option<&str>, Option<&str>, &Why), usize> = BTreeMap::new();
    for leaf in all.iter().flat_map(|(_, split)| &split.leaves) {
        let Some(why) = &leaf.why else { continue };
        let count = units.entry((leaf.code.as_deref(), leaf.was.as_deref(), why)).or_default();
        if *count == 0 {
            told.push((leaf, why));
        }
        *count = count.saturating_add(1);
    }
    if told.is_empty() {
        return String::new();
    }
    let mut text = context.pick("không so được:\n", "not comparable:\n").to_owned();
    for (leaf, why) in told {
        let count = units.get(&(leaf.code.as_deref(), leaf.was.as_deref(), why)).copied().unwrap_or_default();
        let of = if count < all.len() {
            context.pick(format!(" ({count} đơn vị)"), format!(" ({count} units)"))
        } else {
            String::new()
        };
        text.push_str(&format!("  {}: {}{of}\n", code(splits, leaf), reason(context, splits, why)));
    }
    text
}

/// The code of a leaf; of one that is gone with its year.
fn code(splits: &Splits, leaf: &LeafSplit) -> String {
    match (&leaf.code, &leaf.was) {
        (Some(code), Some(was)) if was != code => format!("{code} ({}: {was})", splits.year),
        (Some(code), _) => code.clone(),
        (None, Some(was)) => format!("{was} ({})", splits.year),
        (None, None) => String::new(),
    }
}

/// Why a leaf cannot be scored across, in words.
fn reason(context: &Context<'_>, splits: &Splits, why: &Why) -> String {
    let (year, now) = (splits.year, splits.now);
    let list = |codes: &[String]| codes.join("; ");
    let both = |vietnamese: String, english: String| context.pick(vietnamese, english);
    match why {
        Why::New => both(format!("mới, năm {year} chưa có"), format!("new, not there in {year}")),
        Why::Gone => both(format!("năm {now} không còn"), format!("not there any more in {now}")),
        Why::Unknown => both(
            format!("không nơi nào nói năm {year} là mục nào"),
            format!("nothing says which head it was in {year}"),
        ),
        Why::Joined(codes) => {
            let codes = list(codes);
            both(format!("gộp từ {codes} của năm {year}"), format!("made of {codes} of {year}"))
        }
        Why::JoinedInto(code) => both(format!("năm {now} gộp vào {code}"), format!("went into {code} in {now}")),
        Why::Divided(code) => {
            both(format!("một phần của {code} năm {year}"), format!("a part of what {code} was in {year}"))
        }
        Why::DividedInto(codes) => {
            let codes = list(codes);
            both(format!("năm {now} chia thành {codes}"), format!("divided into {codes} in {now}"))
        }
        Why::HadParts(codes) => {
            let codes = list(codes);
            both(
                format!("năm {year} là mục {codes}, có các phần"),
                format!("was {codes}, a head with parts, in {year}"),
            )
        }
        Why::NotAsked(figures) => {
            let figures = list(figures);
            both(
                format!("hồ sơ năm kia không hỏi: {figures}"),
                format!("the other year's sheet was not asked: {figures}"),
            )
        }
        Why::OtherKind(figure) => both(
            format!("hai năm hỏi `{figure}` theo loại, đơn vị tính hay lựa chọn khác nhau"),
            format!("the years ask `{figure}` as another kind, unit of measurement or choice"),
        ),
        Why::NoEvidence => both(
            String::from("minh chứng quyết định điểm, năm kia không đòi"),
            String::from("evidence decides, and was not asked for in the other year"),
        ),
        Why::Entered => both(
            String::from("một năm nhập điểm, một năm chấm theo quy tắc"),
            String::from("points are entered in one year, and scored by a rule in the other"),
        ),
        Why::OtherMaximum => both(
            String::from("điểm do người chấm đặt, mức điểm hai năm khác nhau"),
            String::from("a person set the points, and the maximum is another"),
        ),
        Why::OtherBlock => both(
            String::from("năm kia không áp dụng cho khối của đơn vị"),
            String::from("did not apply to the unit's block in the other year"),
        ),
        Why::OutOfBounds(figure) => both(
            format!("số liệu năm kia nằm ngoài giới hạn của `{figure}`"),
            format!("the other year's value is outside the bounds of `{figure}`"),
        ),
        Why::SeveralYears => {
            both(String::from("so các đơn vị qua nhiều năm"), String::from("compares units over several years"))
        }
        Why::Unscored => both(
            String::from("hồ sơ năm kia không đủ để chấm theo quy tắc này"),
            String::from("the other year's sheet is not enough to score it by this rule"),
        ),
    }
}

fn no_split(context: &Context<'_>, splits: &Splits, why: &NoSplit) -> String {
    let (year, now) = (splits.year, splits.now);
    match why {
        NoSplit::NoSheet => context.pick(format!("không có hồ sơ năm {year}"), format!("no sheet of {year}")),
        NoSplit::Merged(units) => {
            let units = units.join("; ");
            context.pick(format!("năm {year} là nhiều đơn vị: {units}"), format!("several units in {year}: {units}"))
        }
        NoSplit::Divided(unit) => context.pick(
            format!("năm {year} là một phần của {unit}, nay chia thành nhiều đơn vị"),
            format!("a part of {unit} in {year}, which several units took the place of"),
        ),
        NoSplit::Began => context.pick(format!("năm {year} chưa có đơn vị này"), format!("not there yet in {year}")),
        NoSplit::OpenThen => {
            context.pick(format!("chỉ số năm {year} chưa đủ"), format!("its index of {year} is not complete"))
        }
        NoSplit::OpenNow => {
            context.pick(format!("chỉ số năm {now} chưa đủ"), format!("its index of {now} is not complete"))
        }
    }
}

/// The change of a unit in its parts, area by area and leaf by leaf; nothing where it is not taken apart.
pub fn split(context: &Context<'_>, splits: &Splits, unit: &str) -> String {
    let Some((_, Ok(split))) = splits.units.iter().find(|(name, _)| name == unit) else { return String::new() };
    let (year, now) = (splits.year, splits.now);
    let parts = Printed::new(context, &split.parts);
    let mut sum = vec![points(context, &parts.change), String::from("=")];
    for (name, part) in names(context).iter().zip(parts.cells(context)) {
        sum.push(format!("{name} {part};"));
    }
    if !parts.rounding.is_zero() {
        let name = context.pick("làm tròn, trần", "rounding, caps");
        sum.push(format!("{name} {};", points(context, &parts.rounding)));
    }
    let sum = sum.join(" ");
    let mut text = format!(
        "{} {year} → {now}: {} → {}, {}\n",
        context.pick("Chênh lệch", "Change"),
        percent(context, &split.before),
        percent(context, &split.after),
        sum.trim_end_matches(';'),
    );
    text.push_str(&method(context, splits));
    let whole = |parts: &Parts| {
        let cells = [&parts.performance, &parts.rules, &parts.apart].map(|part| points(context, part));
        cells.into_iter().collect::<Vec<_>>()
    };
    let areas = split.areas();
    let mut head = vec![context.pick("mục lớn", "area").to_owned()];
    head.extend(names(context).map(str::to_owned));
    let rows = areas.iter().map(|(area, parts)| {
        let mut row = vec![area.clone()];
        row.extend(whole(parts));
        row
    });
    if areas.len() > 1 {
        text.push_str(&format!("\n{}", laid(&head, rows.collect())));
    }
    let moved =
        |leaf: &&LeafSplit| !leaf.parts.change().is_zero() || leaf.parts != Parts::default() || leaf.why.is_some();
    let mut head = vec![context.pick("mục", "item").to_owned(), year.to_string()];
    head.push(context.pick(format!("hồ sơ {year}, bộ {now}"), format!("sheet {year}, set {now}")));
    head.push(now.to_string());
    head.extend(names(context).map(str::to_owned));
    let scored = |points: &Option<Points>| {
        points.as_ref().map_or_else(|| String::from("–"), |points| points.exact(context.language.decimal_mark()))
    };
    let rows: Vec<Vec<String>> = split
        .leaves
        .iter()
        .filter(moved)
        .map(|leaf| {
            let mut row = vec![code(splits, leaf), scored(&leaf.then), scored(&leaf.crossed), scored(&leaf.now)];
            row.extend(whole(&leaf.parts));
            row
        })
        .collect();
    if !rows.is_empty() {
        text.push_str(&format!("\n{}", laid(&head, rows)));
    }
    for leaf in &split.leaves {
        if let Some(why) = &leaf.why {
            text.push_str(&format!("  {}: {}\n", code(splits, leaf), reason(context, splits, why)));
        }
    }
    text
}
