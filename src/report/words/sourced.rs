//! Sources in words: of a head, and of one line alone.

use super::Context;
use crate::language::tree::{Provenance, ProvenanceKind};
use crate::report::frame;
use crate::ruleset::{OwnSource, Sourced};

/// Sources in words: `dựng lại: "…"`.
pub fn sources(context: &Context<'_>, provenance: &[Provenance]) -> Vec<String> {
    provenance.iter().map(|source| self::source(context, source)).collect()
}

fn source(context: &Context<'_>, source: &Provenance) -> String {
    let kind = match &source.kind.value {
        ProvenanceKind::Official => context.pick("chính thức", "official").to_owned(),
        ProvenanceKind::Amended(by) => format!("{} {}", context.pick("sửa đổi bởi", "amended by"), by.value),
        ProvenanceKind::Reconstructed => context.pick("dựng lại", "reconstructed").to_owned(),
        ProvenanceKind::Illustrative => context.pick("minh họa", "illustrative").to_owned(),
    };
    let notes: Vec<&str> = source.notes.iter().map(|note| note.value.as_str()).collect();
    if notes.is_empty() { kind } else { format!("{kind}: {}", notes.join("; ")) }
}

/// Sources of single lines, each with what it is said of; what is said alike is said once: `a, b` and `dựng lại: "…"`.
pub fn own_sources(context: &Context<'_>, own: &[OwnSource<'_>]) -> Vec<(String, String)> {
    let mut said: Vec<(String, String)> = Vec::new();
    for one in own {
        let (of, words) = (sourced(context, &one.of), source(context, one.source));
        match said.iter_mut().find(|(_, known)| *known == words) {
            Some((places, _)) => *places = format!("{places}, {of}"),
            None => said.push((of, words)),
        }
    }
    said
}

/// What a source is said of, as its line is named.
fn sourced(context: &Context<'_>, of: &Sourced<'_>) -> String {
    match of {
        Sourced::Figure(name) => (*name).to_owned(),
        Sourced::Column { list, column } => {
            context.pick(format!("cột {column} của {list}"), format!("column {column} of {list}"))
        }
        Sourced::Parameter(name) => context.pick(format!("tham số {name}"), format!("parameter {name}")),
        Sourced::Respondents { questionnaire, group } => context.pick(
            format!("phiếu {questionnaire}, nhóm {group}"),
            format!("survey {questionnaire}, respondents {group}"),
        ),
        Sourced::Question { questionnaire, question } => context.pick(
            format!("phiếu {questionnaire}, câu {question}"),
            format!("survey {questionnaire}, question {question}"),
        ),
        Sourced::Count(count) => frame::counted(context.ruleset, count, context.language),
    }
}
