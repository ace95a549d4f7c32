//! Where numbers come from: of what kind, and in which words.

use serde::Serialize;

use super::ruleset::{level_name, standing_name};
use crate::language::tree::{Provenance, ProvenanceKind};
use crate::ruleset::{self, HeadId, Ruleset, Sourced, Standing};

/// What a set says of where the numbers of a head come from.
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the key that readers know it by")]
pub(super) struct Source {
    source: &'static str,
    /// The decision that amends.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    notes: Vec<String>,
}

impl Source {
    fn new(source: &Provenance) -> Self {
        Self {
            source: standing_name(Standing::of(source)),
            by: match &source.kind.value {
                ProvenanceKind::Amended(by) => Some(by.value.clone()),
                _ => None,
            },
            notes: source.notes.iter().map(|note| note.value.clone()).collect(),
        }
    }
}

/// The same of one line alone.
#[derive(Clone, Debug, Serialize)]
pub(super) struct OwnSource {
    of: Of,
    #[serde(flatten)]
    source: Source,
}

/// The line that a source is said of.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Of {
    Figure { figure: String },
    Column { list: String, column: String },
    Parameter { parameter: String },
    Respondents { questionnaire: String, group: String },
    Question { questionnaire: String, question: String },
    Count { level: &'static str, count: usize },
}

impl OwnSource {
    fn new(own: ruleset::OwnSource<'_>) -> Self {
        let text = |name: &str| name.to_owned();
        let of = match own.of {
            Sourced::Figure(name) => Of::Figure { figure: text(name) },
            Sourced::Column { list, column } => Of::Column { list: text(list), column: text(column) },
            Sourced::Parameter(name) => Of::Parameter { parameter: text(name) },
            Sourced::Respondents { questionnaire, group } => {
                Of::Respondents { questionnaire: text(questionnaire), group: text(group) }
            }
            Sourced::Question { questionnaire, question } => {
                Of::Question { questionnaire: text(questionnaire), question: text(question) }
            }
            Sourced::Count(count) => Of::Count { level: level_name(count.level), count: count.count.value },
        };
        Self { of, source: Source::new(own.source) }
    }
}

/// The sources of a head, its own or the nearest above.
pub(super) fn sources_of(ruleset: &Ruleset, id: HeadId) -> Vec<Source> {
    ruleset.provenance_of(id).iter().map(Source::new).collect()
}

/// The lines under a head, or read by its rule, that stand on a source of their own.
pub(super) fn own_sources_of(ruleset: &Ruleset, id: HeadId) -> Vec<OwnSource> {
    ruleset.own_sources(id).into_iter().map(OwnSource::new).collect()
}

/// The lines beside the heads that do.
pub(super) fn own_sources_beside(ruleset: &Ruleset) -> Vec<OwnSource> {
    ruleset.own_sources_beside_heads().into_iter().map(OwnSource::new).collect()
}

/// Where a head's numbers come from, in the words of the set.
pub(super) fn clauses(ruleset: &Ruleset, id: HeadId) -> Vec<String> {
    let sources = ruleset.provenance_of(id).iter();
    sources.flat_map(|source| source.notes.iter().map(|note| note.value.clone())).collect()
}
