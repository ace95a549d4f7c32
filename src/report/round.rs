//! The round in words: names of levels, period, submission in time or late.

use super::words::Context;
use crate::engine::Scorecard;
use crate::language::tree::Level;
use crate::language::{date_text, due_text, duration_text, moment_text};
use crate::ruleset::Head;

/// What outputs call a level, and how many of it there are.
pub fn level_name(context: &Context<'_>, level: Level) -> String {
    if let Some(name) = context.ruleset.round.level(level) {
        return name.to_owned();
    }
    let name = match level {
        Level::Area => context.pick("lĩnh vực", "area"),
        Level::Criterion => context.pick("tiêu chí", "criterion"),
        Level::SubCriterion => context.pick("thành phần", "sub-criterion"),
        Level::Bonus => context.pick("điểm thưởng", "bonus"),
        Level::Penalty => context.pick("điểm phạt", "penalty"),
    };
    name.to_owned()
}

/// A head's code, with the name of its level where the set gives it one: `Nội dung 1`.
pub(super) fn code(context: &Context<'_>, head: &Head) -> String {
    match context.ruleset.round.level(head.level) {
        Some(name) => format!("{name} {}", head.code),
        None => head.code.clone(),
    }
}

/// How late a unit submitted, in words; nothing if it was in time, or nobody says.
pub fn late(context: &Context<'_>, card: &Scorecard) -> Option<String> {
    let late = context.ruleset.round.submit_by?.late(card.submitted?)?;
    Some(duration_text(late, context.language))
}

/// When a unit submitted, and whether that was in time.
pub(super) fn submission(context: &Context<'_>, card: &Scorecard) -> Option<String> {
    let due = context.ruleset.round.submit_by;
    let words = |seconds| moment_text(seconds, context.language);
    let Some(submitted) = card.submitted else {
        return due.map(|due| {
            let due = due_text(due, context.language);
            context.pick(
                format!("Nộp: hồ sơ không ghi thời điểm; hạn {due}"),
                format!("Submitted: the sheet does not say when; due {due}"),
            )
        });
    };
    let told = words(submitted);
    Some(match (due, late(context, card)) {
        (Some(due), Some(late)) => {
            let due = due_text(due, context.language);
            context.pick(
                format!("Nộp: {told}, MUỘN {late} (hạn {due})"),
                format!("Submitted: {told}, LATE by {late} (due {due})"),
            )
        }
        (Some(_), None) => context.pick(format!("Nộp: {told}, đúng hạn"), format!("Submitted: {told}, in time")),
        (None, _) => context.pick(format!("Nộp: {told}"), format!("Submitted: {told}")),
    })
}

/// The lines of the header about the round, as the appendix prints them.
pub(super) fn lines(context: &Context<'_>) -> Vec<String> {
    let round = &context.ruleset.round;
    let mut lines = Vec::new();
    if let Some(period) = &round.period {
        let (from, through) = (date_text(period.from.value), date_text(period.through.value));
        lines.push(context.pick(
            format!("kỳ đánh giá: từ {from} đến hết {through}"),
            format!("period: from {from} through {through}"),
        ));
    }
    if let Some(due) = round.submit_by {
        let due = due_text(due, context.language);
        lines.push(context.pick(
            format!("hạn nộp: {due}, giờ chính thức của địa phương"),
            format!("submit by: {due}, local official time"),
        ));
    }
    for reference in &round.references {
        let amended = if reference.as_amended {
            context.pick(", và các văn bản sửa đổi, thay thế", ", with what amends or replaces it")
        } else {
            ""
        };
        lines.push(format!("{}: {}{amended}", context.pick("dẫn chiếu", "refers to"), reference.document.value));
    }
    for (number, date) in &round.guidance {
        let dated = date.map(|date| format!(", {}", date_text(date))).unwrap_or_default();
        lines.push(format!("{}: {number}{dated}", context.pick("hướng dẫn", "guidance")));
    }
    lines
}
