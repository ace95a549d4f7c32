//! The round as published.

use serde::Serialize;

use crate::diagnostic::Language;
use crate::engine::Scorecard;
use crate::language::{date_text, due_text, moment_text};
use crate::report::{self, Context};
use crate::ruleset::Ruleset;

/// When a sheet was submitted: local official time, and seconds late where a day is set.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Submitted {
    at: String,
    seconds_late: i64,
    late: Option<String>,
}

impl Submitted {
    pub(super) fn new(context: &Context<'_>, card: &Scorecard) -> Option<Self> {
        let at = card.submitted?;
        let due = context.ruleset.round.submit_by;
        Some(Self {
            at: moment_text(at, Language::English),
            seconds_late: due.and_then(|due| due.late(at)).unwrap_or(0),
            late: report::late(context, card),
        })
    }
}

/// A text beside the decision.
#[derive(Clone, Debug, Serialize)]
struct Document {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    dated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_amended: Option<bool>,
}

/// What the header says of the round; what it does not say is left out.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Round {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    level_names: Vec<LevelName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<[String; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    submit_by: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refers_to: Vec<Document>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    guidance: Vec<Document>,
}

#[derive(Clone, Debug, Serialize)]
struct LevelName {
    level: &'static str,
    name: String,
}

impl Round {
    pub(super) fn new(ruleset: &Ruleset) -> Self {
        let round = &ruleset.round;
        let names = round.level_names.iter();
        Self {
            level_names: names
                .map(|name| LevelName {
                    level: super::ruleset::level_name(name.level.value),
                    name: name.name.value.clone(),
                })
                .collect(),
            period: round.period.as_ref().map(|period| [date_text(period.from.value), date_text(period.through.value)]),
            submit_by: round.submit_by.map(|due| due_text(due, Language::English)),
            refers_to: round
                .references
                .iter()
                .map(|reference| Document {
                    text: reference.document.value.clone(),
                    dated: None,
                    as_amended: Some(reference.as_amended),
                })
                .collect(),
            guidance: round
                .guidance
                .iter()
                .map(|(number, date)| Document { text: number.clone(), dated: date.map(date_text), as_amended: None })
                .collect(),
        }
    }
}
