//! Answers in words: what a questionnaire's result is made of, and what lacks.

use super::{Context, numbers};
use crate::number::Ratio;
use crate::ruleset::meaning::Kind;
use crate::ruleset::{Leaf, Measure, Questionnaire, SurveyRule};
use crate::survey::{Cell, Estimate, GroupMean, Lacking};

/// The questionnaire of a leaf, and how the leaf reads it.
pub(in super::super) fn read<'a>(context: &Context<'a>, leaf: &'a Leaf) -> Option<(&'a Questionnaire, &'a SurveyRule)> {
    let (_, rule) = leaf.survey()?;
    Some((context.ruleset.questionnaires.get(rule.questionnaire)?, rule))
}

/// `theo phiếu cán_bộ, câu c1; c2: trung bình`.
pub(super) fn origin(context: &Context<'_>, rule: &SurveyRule) -> Option<String> {
    let questionnaire = context.ruleset.questionnaires.get(rule.questionnaire)?;
    let names: Vec<&str> = rule
        .questions
        .iter()
        .filter_map(|&at| questionnaire.questions.get(at))
        .map(|question| question.name.as_str())
        .collect();
    let measure = match &rule.measure {
        Measure::Mean => context.pick("trung bình", "mean").to_owned(),
        Measure::Choosing(options) => {
            let quoted: Vec<String> = options.iter().map(|option| crate::language::quote(option)).collect();
            format!("{} {}", context.pick("tỷ lệ chọn", "share choosing"), quoted.join("; "))
        }
    };
    let (name, names) = (&questionnaire.name, names.join("; "));
    let word = if rule.questions.len() == 1 { "question" } else { "questions" };
    Some(context.pick(
        format!("theo phiếu {name}, câu {names}: {measure}"),
        format!("from the questionnaire {name}, {word} {names}: {measure}"),
    ))
}

/// `40% × 78% + 60% × 70%`, then each group with its questions.
pub(super) fn lines(context: &Context<'_>, leaf: &Leaf, estimate: &Estimate) -> Vec<String> {
    let Some((questionnaire, _)) = read(context, leaf) else { return Vec::new() };
    let mut lines = Vec::new();
    if !questionnaire.groups.is_empty() {
        let parts: Vec<String> = estimate
            .groups
            .iter()
            .filter_map(|group| Some((group, group.mean.as_ref()?)))
            .map(|(group, mean)| format!("{} × {}", short(context, &group.weight), short(context, mean)))
            .collect();
        if let Ok(result) = &estimate.result {
            lines.push(equal(context, &parts.join(" + "), result));
        }
    }
    lines.extend(estimate.groups.iter().map(|group| self::group(context, questionnaire, group)));
    lines
}

/// `hđnd (trọng số 40%): c1 76% (25 phiếu); c2 80% (24 phiếu); trung bình 78%`.
fn group(context: &Context<'_>, questionnaire: &Questionnaire, group: &GroupMean) -> String {
    let cells: Vec<String> = group.cells.iter().map(|cell| self::cell(context, questionnaire, cell)).collect();
    let mut told = match questionnaire.groups.get(group.group) {
        Some(declared) => {
            let weight = rate(context, &declared.weight);
            let shared = if group.mean.is_some() && group.weight != declared.weight {
                let now = rate(context, &group.weight);
                context.pick(format!(", thành {now} khi chia lại"), format!(", {now} once shared"))
            } else {
                String::new()
            };
            let name = &declared.name;
            let plan = declared.planned.map(|count| format!(", {}", planned(context, count))).unwrap_or_default();
            context.pick(
                format!("{name} (trọng số {weight}{shared}{plan}): "),
                format!("{name} (weight {weight}{shared}{plan}): "),
            )
        }
        None => String::new(),
    };
    told.push_str(&cells.join("; "));
    match &group.mean {
        Some(mean) if group.cells.len() > 1 => {
            let mean = rate(context, mean);
            told.push_str(
                &context.pick(format!("; trung bình các câu {mean}"), format!("; mean of the questions {mean}")),
            );
        }
        Some(_) => {}
        None => told.push_str(context.pick("; nhóm này không có kết quả", "; this group has no result")),
    }
    told
}

/// `dự kiến 50 phiếu`.
pub(in super::super) fn planned(context: &Context<'_>, count: u64) -> String {
    let answers = answers(context, count);
    context.pick(format!("dự kiến {answers}"), format!("{answers} planned"))
}

fn cell(context: &Context<'_>, questionnaire: &Questionnaire, cell: &Cell) -> String {
    let name = questionnaire.questions.get(cell.question).map_or("", |question| question.name.as_str());
    let count = answers(context, cell.counted);
    match &cell.mean {
        Some(mean) => format!("{name} {} ({count})", rate(context, mean)),
        None => format!("{name} ({count})"),
    }
}

/// `không đủ phiếu: chưa chấm`, as an appendix prints it.
pub(super) fn too_few(context: &Context<'_>, leaf: &Leaf) -> Option<String> {
    let (_, rule) = read(context, leaf)?;
    let follows = super::outcome(context, leaf, &rule.too_few);
    Some(format!("{}: {follows}", context.pick("không đủ phiếu", "too few answers")))
}

/// What lacks, in words.
pub(super) fn lacking(context: &Context<'_>, leaf: &Leaf, estimate: &Estimate) -> String {
    let unknown = || context.pick("chưa có phiếu nào", "nobody has answered").to_owned();
    let Some((questionnaire, _)) = read(context, leaf) else { return unknown() };
    let group_name = |at: usize| questionnaire.groups.get(at).map_or("", |group| group.name.as_str());
    match &estimate.result {
        Err(Lacking::TooFew { group, question, counted, needed }) => {
            let question = questionnaire.questions.get(*question).map_or("", |question| question.name.as_str());
            let of = group.filter(|at| questionnaire.groups.get(*at).is_some()).map(group_name);
            let needed = answers(context, *needed);
            match of {
                Some(group) => context.pick(
                    format!("không đủ phiếu: câu {question}, nhóm {group} có {counted} trong {needed} cần có"),
                    format!("too few answers: question {question}, {group}: {counted} of {needed} needed"),
                ),
                None => context.pick(
                    format!("không đủ phiếu: câu {question} có {counted} trong {needed} cần có"),
                    format!("too few answers: question {question}: {counted} of {needed} needed"),
                ),
            }
        }
        Err(Lacking::Group(at)) => {
            let open = estimate.groups.get(*at).and_then(|group| group.cells.iter().find(|cell| cell.mean.is_none()));
            let question = open.and_then(|cell| questionnaire.questions.get(cell.question));
            let question = question.map_or("", |question| question.name.as_str());
            let group = group_name(*at);
            context.pick(
                format!("nhóm {group} không ai trả lời câu {question}"),
                format!("nobody of {group} answered the question {question}"),
            )
        }
        Err(Lacking::Answers) | Ok(_) => unknown(),
    }
}

/// `30 phiếu`.
pub(in super::super) fn answers(context: &Context<'_>, count: u64) -> String {
    let word = context.pick("phiếu", if count == 1 { "answer" } else { "answers" });
    format!("{count} {word}")
}

/// A rate, exact: `75%`, `2/3 ≈ 66,67%`.
pub(in super::super) fn rate(context: &Context<'_>, value: &Ratio) -> String {
    let shown = numbers::value(context, Kind::Rate, value);
    if value.is_terminating() { shown } else { format!("{} {shown}", value.exact(context.language.decimal_mark())) }
}

/// A rate as it stands in arithmetic: `75%`, `2/3`.
fn short(context: &Context<'_>, value: &Ratio) -> String {
    if value.is_terminating() { rate(context, value) } else { value.exact(context.language.decimal_mark()) }
}

fn equal(context: &Context<'_>, sum: &str, result: &Ratio) -> String {
    format!("{sum} = {}", rate(context, result))
}
