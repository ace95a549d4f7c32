//! Answers as a table: every group, question and option with its count, its worth and what they make.

use super::table::{Side, table};
use super::words::{Context, sources, survey};
use crate::engine::{Absent, Assessed, Found, Source};
use crate::language::tree::GroupMissing;
use crate::ruleset::{HeadId, Leaf, Questionnaire, SurveyRule};
use crate::survey::{Estimate, GroupMean};

/// The whole table of a leaf's answers; nothing where it has none.
pub(super) fn answers(context: &Context<'_>, id: HeadId, assessed: &Assessed) -> Option<String> {
    let leaf = context.head(id)?.leaf.as_ref()?;
    let (questionnaire, rule) = survey::read(context, leaf)?;
    let estimate = estimate(leaf, assessed)?;
    let grouped = !questionnaire.groups.is_empty();
    let mut head = vec![context.pick("câu", "question"), context.pick("phương án", "option")];
    head.extend([
        context.pick("tỷ lệ", "worth"),
        context.pick("số phiếu", "answers"),
        context.pick("trung bình", "mean"),
    ]);
    let mut sides = vec![Side::Left, Side::Left, Side::Right, Side::Right, Side::Right];
    if grouped {
        head.insert(0, context.pick("nhóm", "group"));
        sides.insert(0, Side::Left);
    }
    let mut rows = Vec::new();
    for group in &estimate.groups {
        rows.extend(group_rows(context, questionnaire, rule, group, grouped));
    }
    Some(table(&head, &sides, rows))
}

/// What the leaf's answers came to.
fn estimate<'a>(leaf: &Leaf, assessed: &'a Assessed) -> Option<&'a Estimate> {
    let (figure, _) = leaf.survey()?;
    let came = assessed.derived.iter().find(|derived| derived.figure == figure)?;
    match &came.found {
        Ok(Found { from: Source::Survey(estimate), .. }) | Err(Absent::Survey(estimate)) => Some(estimate),
        Ok(_) | Err(_) => None,
    }
}

fn group_rows(
    context: &Context<'_>,
    questionnaire: &Questionnaire,
    rule: &SurveyRule,
    group: &GroupMean,
    grouped: bool,
) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let declared = questionnaire.groups.get(group.group);
    for (at, cell) in group.cells.iter().enumerate() {
        let Some(question) = questionnaire.questions.get(cell.question) else { continue };
        for (place, (option, count)) in question.options.iter().zip(&cell.counts).enumerate() {
            let worth = if option.counted {
                survey::rate(context, &rule.measure.worth(option))
            } else {
                context.pick("không tính", "not counted").to_owned()
            };
            let first = |text: String| if place == 0 { text } else { String::new() };
            let mut row =
                vec![first(question.name.clone()), option.text.clone(), worth, count.to_string(), String::new()];
            if grouped {
                let named = declared.filter(|_| at == 0).map(|group| group.name.clone()).unwrap_or_default();
                row.insert(0, first(named));
            }
            rows.push(row);
        }
        let mean = cell.mean.as_ref().map_or_else(|| "–".to_owned(), |mean| survey::rate(context, mean));
        let mut sum = vec![String::new(), context.pick("được tính", "counted").to_owned(), String::new()];
        sum.extend([cell.counted.to_string(), mean]);
        if grouped {
            sum.insert(0, String::new());
        }
        rows.push(sum);
    }
    rows
}

/// The questionnaires of a set, as its appendix prints them.
pub(super) fn questionnaires(context: &Context<'_>) -> String {
    let mut text = String::new();
    for questionnaire in &context.ruleset.questionnaires {
        let least = |minimum: Option<u64>| {
            minimum.map(|count| {
                let answers = survey::answers(context, count);
                context.pick(format!("ít nhất {answers}"), format!("at least {answers}"))
            })
        };
        let planned = |count: Option<u64>| count.map(|count| survey::planned(context, count));
        let own: Vec<String> = planned(questionnaire.planned).into_iter().chain(least(questionnaire.minimum)).collect();
        let own = if own.is_empty() { String::new() } else { format!(" ({})", own.join(", ")) };
        let word = context.pick("Phiếu", "Questionnaire");
        text.push_str(&format!("\n{word} {}: {}{own}\n", questionnaire.name, questionnaire.label));
        for group in &questionnaire.groups {
            let weight = survey::rate(context, &group.weight);
            let weight = context.pick(format!("trọng số {weight}"), format!("weight {weight}"));
            let said = std::iter::once(weight).chain(planned(group.planned)).chain(least(group.minimum));
            let said = said.collect::<Vec<_>>().join(", ");
            text.push_str(&format!("  {} = {} ({said})\n", group.name, group.label));
        }
        if let Some(missing) = &questionnaire.group_missing {
            let follows = match missing.value {
                GroupMissing::ShareWeights => context.pick("chia lại trọng số", "share weights"),
                GroupMissing::Unscored => context.pick("chưa chấm", "unscored"),
            };
            text.push_str(&format!("  {}: {follows}\n", context.pick("thiếu nhóm", "group missing")));
        }
        for question in &questionnaire.questions {
            let options: Vec<String> = question
                .options
                .iter()
                .map(|option| match &option.worth {
                    Some(worth) => format!("{} {}", option.text, survey::rate(context, worth)),
                    None if option.counted => option.text.clone(),
                    None => format!("{} ({})", option.text, context.pick("không tính", "not counted")),
                })
                .collect();
            text.push_str(&format!("  {}. {}: {}\n", question.name, question.label, options.join("; ")));
        }
        for source in sources(context, &questionnaire.provenance) {
            text.push_str(&format!("  {}: {source}\n", context.pick("nguồn", "source")));
        }
    }
    text
}
