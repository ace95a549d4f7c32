//! The score table: every head with its maximum, each track's points side by side, and the final ones.

use super::explanation::track_name;
use super::labels::card_opening;
use super::table::{Side, table};
use super::words::Context;
use crate::engine::{Assessed, Derived, Scorecard, Status, Total};
use crate::language::tree::{Level, Track};
use crate::number::{DecimalMark, Points, Ratio};
use crate::ruleset::{Head, HeadId};

/// A unit's score table.
pub fn scorecard(context: &Context<'_>, card: &Scorecard) -> String {
    let context = &Context { ruleset: context.ruleset.of_block(card.block.as_deref()), ..*context };
    let tracks: Vec<Track> =
        context.ruleset.tracks.iter().copied().filter(|&track| track != Track::Explanation).collect();
    let mut head = vec![context.pick("mã", "code"), context.pick("nội dung", "item"), context.pick("tối đa", "max")];
    head.extend(tracks.iter().map(|&track| track_name(context, track)));
    head.push(context.pick("kết quả", "final"));
    let mut sides = vec![Side::Left, Side::Left];
    sides.resize(head.len(), Side::Right);
    let mut rows = Vec::new();
    for (at, item) in context.ruleset.heads.iter().enumerate() {
        // What is of other blocks only is no part of this sheet.
        if item.aside.as_ref().is_some_and(|aside| aside.only) {
            continue;
        }
        let id = HeadId(at);
        let mut row = vec![super::round::code(context, item), title(context, item), fixed(context, &item.maximum)];
        let leaf = card.leaf(id);
        for &track in &tracks {
            row.push(match (leaf, card.head(id)) {
                (Some(leaf), _) => {
                    let own = leaf.tracks.iter().find(|(at, _)| *at == track);
                    own.map_or_else(String::new, |(_, assessed)| cell(context, item.level, assessed))
                }
                (None, Some(head)) => {
                    let then = head.after.iter().find(|(at, _)| *at == track).and_then(|(_, total)| total.as_ref());
                    then.map_or_else(String::new, |total| total_cell(context, total))
                }
                (None, None) => String::new(),
            });
        }
        row.push(match (leaf, card.head(id)) {
            (Some(leaf), _) => cell(context, item.level, &leaf.last),
            (None, Some(head)) => total_cell(context, &head.total),
            (None, None) => String::new(),
        });
        rows.push(row);
    }
    let mut text = card_opening(context, card);
    text.push_str(&super::blocks::unit(context, card));
    if let Some(submission) = super::round::submission(context, card) {
        text.push_str(&format!("{submission}\n"));
    }
    text.push('\n');
    text.push_str(&table(&head, &sides, rows));
    text.push_str(&format!("\n{}\n", index_lines(context, card)));
    if card.leaves.iter().any(|leaf| leaf.last.explain || leaf.tracks.iter().any(|(_, assessed)| assessed.explain)) {
        let legend = context.pick(
            "! phải giải trình: thiếu số liệu hoặc minh chứng",
            "! an explanation is required: figures or evidence are missing",
        );
        text.push_str(&format!("{legend}\n"));
    }
    for line in super::awaiting::lines(context, card).into_iter().chain(disagreements(context, card)) {
        text.push_str(&format!("{line}\n"));
    }
    text.push_str(&format!(
        "{}: {}\n",
        context.pick("dấu vân tay của bộ tiêu chí", "fingerprint of the ruleset"),
        card.fingerprint
    ));
    text
}

/// Values that the unit states otherwise than they were found elsewhere; what was found counts.
fn disagreements(context: &Context<'_>, card: &Scorecard) -> Vec<String> {
    let mut lines = Vec::new();
    for score in &card.leaves {
        let Some((head, leaf)) = context.head(score.head).and_then(|head| Some((head, head.leaf.as_ref()?))) else {
            continue;
        };
        for derived in score.last.derived.iter().filter(|derived| is_disputed(derived)) {
            let told = super::words::disputed(context, leaf, derived);
            lines.extend(told.first().map(|told| format!("! {}: {told}", head.code)));
        }
    }
    lines
}

fn is_disputed(derived: &Derived) -> bool {
    derived.found.as_ref().is_ok_and(|found| found.instead_of.is_some())
}

/// A head's name; outside the scale with the kind that it is of.
pub(super) fn title(context: &Context<'_>, head: &Head) -> String {
    if head.level.is_outside() {
        return format!("({}) {}", super::round::level_name(context, head.level), head.title);
    }
    head.title.clone()
}

fn mark(context: &Context<'_>) -> DecimalMark {
    context.language.decimal_mark()
}

/// Points at the digits that the set shows.
pub(super) fn fixed(context: &Context<'_>, points: &Points) -> String {
    points.fixed(context.ruleset.display, mark(context))
}

/// Points of a maximum that stands beside them: with more digits than the set shows, where fewer would show more than
/// there are (`8 / 7,5`).
pub(super) fn within(context: &Context<'_>, points: &Points, maximum: &Points) -> String {
    let shown = context.ruleset.display;
    let above = |digits: u32| points.round(digits) > *maximum;
    if points > maximum || !above(shown) {
        return fixed(context, points);
    }
    match (shown..=shown.saturating_add(FURTHER)).find(|&digits| !above(digits)) {
        Some(digits) => points.fixed(digits, mark(context)),
        None => points.exact(mark(context)),
    }
}

/// So many digits more are tried.
const FURTHER: u32 = 6;

/// A share of the scale as per cent, at the digits that the set shows.
pub(super) fn percent(context: &Context<'_>, share: &Ratio) -> String {
    let hundred = share * &Ratio::from(100);
    format!("{}%", hundred.fixed(context.ruleset.display, mark(context)))
}

fn cell(context: &Context<'_>, level: Level, assessed: &Assessed) -> String {
    match &assessed.status {
        Status::Scored { rounded, .. } => {
            let explain = if assessed.explain { " !" } else { "" };
            let points = match level {
                Level::Bonus => super::outside::signed(context, "+", rounded),
                Level::Penalty => super::outside::signed(context, "-", rounded),
                _ => fixed(context, rounded),
            };
            format!("{points}{explain}")
        }
        Status::Awaiting { rounded, .. } => format!("{} *", fixed(context, rounded)),
        Status::Unscored => context.pick("chưa chấm", "unscored").to_owned(),
        Status::NotApplicable => context.pick("ngoài thang", "out of scale").to_owned(),
        Status::Failed => context.pick("không chấm được", "failed").to_owned(),
    }
}

fn total_cell(context: &Context<'_>, total: &Total) -> String {
    if total.out_of_scale {
        return context.pick("ngoài thang", "out of scale").to_owned();
    }
    let points = fixed(context, &total.rounded);
    if total.provisional { format!("{points} *") } else { points }
}

/// ` → 85,71 / 100`: what is left without a survey, shown on the scale that the set names.
fn rebased(context: &Context<'_>, card: &Scorecard) -> Option<String> {
    let rule = context.ruleset.no_survey.as_ref().filter(|_| card.no_survey)?;
    let no_survey = context.pick("không tổ chức điều tra", "no survey was held");
    // Points of bonus and penalty are of that scale already.
    let already = card.index.outside.as_ref().is_some_and(|outside| outside.scored.is_some());
    let Some(scale) = rule.rebase.as_ref().filter(|_| !already) else { return Some(format!("; {no_survey}")) };
    let points = fixed(context, &scale.scale(&card.index.rounded_share));
    let scale = scale.exact(mark(context));
    Some(format!(" → {points} / {scale}; {no_survey}"))
}

/// `45,20 / 100 (45,20%)`, with bounds while provisional, and the grade.
pub(super) fn index_lines(context: &Context<'_>, card: &Scorecard) -> String {
    let index = &card.index;
    let total = &index.total;
    if total.out_of_scale {
        return context.pick("Chỉ số: mọi mục đều ngoài thang điểm", "Index: everything is out of scale").to_owned();
    }
    let before = super::outside::lines(context, card);
    let points = within(context, &total.rounded, &total.maximum);
    let maximum = total.maximum.exact(mark(context));
    let mut text = format!(
        "{before}{}: {points} / {maximum} ({})",
        context.pick("Chỉ số", "Index"),
        percent(context, &index.rounded_share)
    );
    if let (Some(without), Some(floor)) = (&index.without_floor, &context.ruleset.index_floor) {
        let (without, floor) = (fixed(context, without), floor.percent(mark(context)));
        text.push_str(&context.pick(
            format!("; tính ra {without} điểm, chỉ số không dưới {floor}"),
            format!("; its parts make {without} points, the index is at least {floor}"),
        ));
    }
    if let Some(rebased) = rebased(context, card) {
        text.push_str(&rebased);
    }
    if total.provisional {
        let (low, high) = (percent(context, &index.counted_lower_share), percent(context, &index.counted_upper_share));
        let open = super::awaiting::open(context, &[card]);
        text.push_str(&context.pick(
            format!("; * tạm tính: {open}, kết quả cuối từ {low} đến {high}"),
            format!("; * provisional: {open}, the final index lies from {low} to {high}"),
        ));
    }
    if let Some(grade) = super::grading::grade(context, index) {
        text.push_str(&format!("; {grade}"));
    }
    if let Some(line) = super::own::line(context, card) {
        text.push_str(&format!("\n{line}"));
    }
    text
}
