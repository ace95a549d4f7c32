//! Derived values in words: what they are, where they came from, why they are missing.

use super::{Context, numbers, rows, survey, working};
use crate::diagnostic::Say as _;
use crate::engine::{Absent, Among, Derived, Found, NoResult, Source};
use crate::language::tree::{Better, Track, Within};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Figure, FigureKind, HeadId, Leaf, Origin, interval_words};
use crate::submission::{NotThere, Value, track_name};

/// Where a derived figure is to come from, as an appendix says it.
pub fn origin(context: &Context<'_>, leaf: &Leaf, origin: &Origin) -> Option<String> {
    match origin {
        Origin::Stated | Origin::Rows(_) => None,
        Origin::Shared(_) => Some(context.pick("số liệu chung", "shared data").to_owned()),
        Origin::Far { head, .. } => {
            let code = code(context, *head);
            Some(context.pick(format!("khai ở {code}"), format!("stated at {code}")))
        }
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
        Origin::Index { .. } => Some(context.pick("theo kết quả đã công bố", "as that index was published").to_owned()),
        Origin::Worked(expr) => Some(working::expression(context, leaf, expr)),
        Origin::Rank(peers) | Origin::Percentile(peers) => {
            let name = Context::figure_name(leaf, peers.of);
            let among = among(context, peers.within, peers.years);
            let way = match peers.better {
                Better::Higher => context.pick("càng cao càng tốt", "higher is better"),
                Better::Lower => context.pick("càng thấp càng tốt", "lower is better"),
            };
            Some(context.pick(format!("xếp theo {name} {among}, {way}"), format!("by {name} {among}, {way}")))
        }
        Origin::Lowest(peers) | Origin::Highest(peers) | Origin::Mean(peers) => {
            let name = Context::figure_name(leaf, peers.of);
            let among = among(context, peers.within, peers.years);
            Some(context.pick(format!("của {name} {among}"), format!("of {name} {among}")))
        }
    }
}

/// Of which units, and of which years.
fn among(context: &Context<'_>, within: Within, years: Option<(u16, u16)>) -> String {
    let units = match within {
        Within::Block => context.pick("trong khối", "within the block"),
        Within::Round => context.pick("trong cả đợt", "within the round"),
    };
    match years {
        Some((from, to)) if from == to => context.pick(format!("{units}, năm {from}"), format!("{units}, {from}")),
        Some((from, to)) => {
            context.pick(format!("{units}, từ năm {from} đến năm {to}"), format!("{units}, from {from} to {to}"))
        }
        None => units.to_owned(),
    }
}

/// `vốn của năm trước = 100, theo hồ sơ năm 2021`.
pub(in crate::report) fn derived(context: &Context<'_>, leaf: &Leaf, derived: &Derived) -> Vec<String> {
    let (Some(figure), Ok(found)) = (leaf.figures.get(derived.figure.0), &derived.found) else { return Vec::new() };
    let Found { value, from, instead_of } = found;
    if let (Source::Worked(working), None) = (from, instead_of) {
        return vec![format!("{} = {}", figure.name, working::worked(context, working))];
    }
    if let (Source::Rows(parts), None) = (from, instead_of) {
        return rows::told(context, figure, value, parts).into_iter().collect();
    }
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
        Absent::Elsewhere(None) => {
            context.pick("chưa khai ở số liệu chung", "it is not stated with the shared data").to_owned()
        }
        Absent::Elsewhere(Some(head)) => {
            let code = code(context, *head);
            context.pick(format!("chưa khai ở {code}"), format!("it is not stated at {code}"))
        }
        Absent::NotApplicable(head) => {
            let code = code(context, *head);
            context.pick(
                format!("đơn vị chọn `không áp dụng` ở {code}"),
                format!("the unit chose `not applicable` at {code}"),
            )
        }
        Absent::Archive(year, NotThere::Year) => {
            context.pick(format!("không có hồ sơ năm {year}"), format!("there are no sheets of {year}"))
        }
        Absent::Archive(year, NotThere::Unit) => context
            .pick(format!("hồ sơ năm {year} không có đơn vị này"), format!("the sheets of {year} lack this unit")),
        Absent::Archive(year, NotThere::Figure) => context
            .pick(format!("hồ sơ năm {year} không có số liệu này"), format!("the sheet of {year} lacks this figure")),
        Absent::Archive(year, NotThere::Joined) => context.pick(
            format!("năm {year} mục này là nhiều mục, không số liệu nào là của riêng nó"),
            format!("in {year} this head was several, and no figure is its own"),
        ),
        Absent::Archive(year, NotThere::Split) => context.pick(
            format!("năm {year} mục này là một phần của mục khác, số liệu năm ấy là của cả mục"),
            format!("in {year} this head was a part of another, and the figure is of the whole"),
        ),
        Absent::Archive(year, NotThere::New) => context.pick(
            format!("theo các bộ, năm {year} chưa có mục này"),
            format!("as the sets say, this head was not there in {year}"),
        ),
        Absent::Archive(year, NotThere::Head) => context.pick(
            format!("theo các bộ, không rõ mục nào của năm {year} là mục này"),
            format!("of no head of {year} do the sets say that it was this one"),
        ),
        Absent::NotSurveyed => context.pick("chưa có phiếu nào", "nobody has answered").to_owned(),
        Absent::Survey(estimate) => survey::lacking(context, leaf, estimate),
        Absent::Index { path, year, part, why } => {
            let part = part_words(context, part.as_deref());
            match why {
                NoResult::Index => context.pick(
                    format!("chưa có kết quả {path} năm {year}{part}"),
                    format!("there are no results of {path} of {year}{part}"),
                ),
                NoResult::Unit => context.pick(
                    format!("kết quả {path} năm {year}{part} không có đơn vị này"),
                    format!("the results of {path} of {year}{part} lack this unit"),
                ),
                NoResult::InPoints => context.pick(
                    format!("kết quả {path} năm {year}{part} tính bằng điểm, bộ tiêu chí chưa nói thang"),
                    format!("the results of {path} of {year}{part} are in points, and no scale is named"),
                ),
                NoResult::InPercent => context.pick(
                    format!("kết quả {path} năm {year}{part} tính bằng phần trăm, bộ tiêu chí cần điểm"),
                    format!("the results of {path} of {year}{part} are in per cent, points are asked for"),
                ),
            }
        }
        Absent::Figure(id) => {
            let name = Context::figure_name(leaf, *id);
            context.pick(format!("thiếu {name}"), format!("{name} is missing"))
        }
        Absent::Cells(cells) => rows::lacking(context, cells),
        Absent::NoRows => context.pick("danh sách không có dòng nào", "the list has no row").to_owned(),
        Absent::Failed(_) => context.pick("không tính được", "it cannot be worked out").to_owned(),
        Absent::NoCohort => context
            .pick("chưa có hồ sơ của cả đợt để so", "the sheets of the whole round are not at hand to compare with")
            .to_owned(),
        Absent::NoPeers => context.pick("không có giá trị nào để so", "there is no value to compare with").to_owned(),
        Absent::OutOfRange(found) => {
            let (value, from) = &**found;
            let known = leaf.figures.get(figure.0);
            let shown = known.map(|figure| shown(context, figure, value)).unwrap_or_default();
            let from = source(context, from);
            let range = known.and_then(|figure| match figure.kind {
                FigureKind::Number(kind) => Some(interval_words(&figure.range, kind).say(context.language)),
                _ => None,
            });
            let range = range.map(|range| format!(" ({range})")).unwrap_or_default();
            context.pick(
                format!("{shown} {from} nằm ngoài khoảng mà mục này chấm được{range}"),
                format!("{shown} {from} lies outside what this head can be scored by{range}"),
            )
        }
    }
}

fn code(context: &Context<'_>, head: HeadId) -> String {
    context.head(head).map_or_else(String::new, |head| head.code.clone())
}

fn part_words(context: &Context<'_>, part: Option<&str>) -> String {
    part.map(|code| context.pick(format!(", mục {code}"), format!(", part {code}"))).unwrap_or_default()
}

fn source(context: &Context<'_>, source: &Source) -> String {
    match source {
        Source::Survey(_) => context.pick("theo phiếu", "from the answers").to_owned(),
        Source::Elsewhere(home, track) => {
            let place = match home.map(|head| code(context, head)) {
                None => context.pick("theo số liệu chung", "from the shared data").to_owned(),
                Some(code) => context.pick(format!("khai ở {code}"), format!("as stated at {code}")),
            };
            match track {
                Track::SelfScore => place,
                corrected => format!("{place}, {}", track_name(*corrected, context.language)),
            }
        }
        Source::Stated => context.pick("như đã khai", "as stated").to_owned(),
        Source::Archive(year) => context.pick(format!("theo hồ sơ năm {year}"), format!("from the sheet of {year}")),
        Source::Index { path, year, part } => {
            let part = part_words(context, part.as_deref());
            context.pick(format!("theo kết quả {path} năm {year}{part}"), format!("as published: {path}, {year}{part}"))
        }
        Source::Worked(working) => working::worked(context, working),
        Source::Rows(_) => context.pick("theo các dòng của danh sách", "from the rows of the list").to_owned(),
        Source::Peers(Among { values, within, years }) => {
            let among = among(context, *within, *years);
            let told = context.pick(
                format!("so với {values} giá trị {among}"),
                format!("among {values} {} {among}", if *values == 1 { "value" } else { "values" }),
            );
            if *values > 1 {
                return told;
            }
            let alone =
                context.pick("chỉ có chính đơn vị nên không so với ai", "the unit is alone, with nobody to compare");
            format!("{told}: {alone}")
        }
    }
}

/// A value as it reads.
pub(super) fn shown(context: &Context<'_>, figure: &Figure, value: &Value) -> String {
    match (value, &figure.kind) {
        (Value::Number(number), FigureKind::Number(kind)) => numbers::value(context, *kind, number),
        (Value::YesNo(answer), _) => {
            let (yes, no) = context.pick(("có", "không"), ("yes", "no"));
            if *answer { yes } else { no }.to_owned()
        }
        (Value::Option(at), FigureKind::Choice(options)) => options.get(*at).cloned().unwrap_or_default(),
        (Value::Text(text), _) => text.clone(),
        (Value::NotApplicable, _) => context.pick("không áp dụng", "not applicable").to_owned(),
        (Value::Rows(rows), _) => {
            let (count, plural) = (rows.len(), if rows.len() == 1 { "" } else { "s" });
            context.pick(format!("{count} dòng"), format!("{count} row{plural}"))
        }
        (Value::Number(_) | Value::Option(_), _) => String::new(),
    }
}
