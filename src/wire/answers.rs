//! Answers to questionnaires as files of tallies: what `sample` writes and `--survey` reads.

use serde::Serialize;

use crate::ruleset::Ruleset;
use crate::survey::Surveys;

/// How many chose an option: a row of the file.
#[derive(Clone, Debug, Serialize)]
struct Row<'a> {
    unit: &'a str,
    questionnaire: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    question: &'a str,
    option: &'a str,
    count: u64,
    /// They are made up.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    synthetic: bool,
}

fn rows<'a>(ruleset: &'a Ruleset, surveys: &'a Surveys, synthetic: bool) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for unit in surveys.units() {
        for (at, answers) in surveys.unit(unit) {
            let Some(questionnaire) = ruleset.questionnaires.get(at) else { continue };
            for (group, question, tally) in answers.tallies() {
                let Some(asked) = questionnaire.questions.get(question) else { continue };
                for (option, &count) in asked.options.iter().zip(tally) {
                    rows.push(Row {
                        unit,
                        questionnaire: &questionnaire.name,
                        group: questionnaire.groups.get(group).map(|group| group.name.as_str()),
                        question: &asked.name,
                        option: &option.text,
                        count,
                        synthetic,
                    });
                }
            }
        }
    }
    rows
}

/// Tallies as a JSON list, each marked where they are made up.
pub fn tallies_json(ruleset: &Ruleset, surveys: &Surveys, synthetic: bool) -> String {
    super::write(&rows(ruleset, surveys, synthetic))
}

/// Tallies as CSV, with commas.
pub fn tallies_csv(ruleset: &Ruleset, surveys: &Surveys, synthetic: bool) -> String {
    let mut text = String::from("synthetic,unit,questionnaire,group,question,option,count\n");
    for row in rows(ruleset, surveys, synthetic) {
        text.push_str(&format!("{synthetic},"));
        let cells = [row.unit, row.questionnaire, row.group.unwrap_or_default(), row.question, row.option];
        for cell in cells {
            text.push_str(&quoted(cell));
            text.push(',');
        }
        text.push_str(&format!("{}\n", row.count));
    }
    text
}

/// A cell, in quotes where it needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', ';', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
