//! What a reader must know before any number: reconstructed, invented, partial, made up.

use std::collections::BTreeSet;

use super::words::Context;
use crate::analysis::ranking::Ranking;
use crate::engine::{IndexLabel, Scorecard};
use crate::language::tree::{Provenance, ProvenanceKind};
use crate::ruleset::{Head, HeadId};

/// The labels of every output made from a set.
pub fn labels(context: &Context<'_>, synthetic: bool) -> Vec<String> {
    labels_of(context, synthetic, None)
}

/// The labels of every output made from a set with results of other indices, whose own labels hold for it too.
pub fn labels_with(context: &Context<'_>, synthetic: bool, borrowed: &[IndexLabel]) -> Vec<String> {
    let mut labels = labels(context, synthetic);
    // That something is made up holds for the whole, and is said once.
    let told = |one: &&IndexLabel| !synthetic || !(one.label == SYNTHETIC.0 || one.label == SYNTHETIC.1);
    labels.extend(borrowed.iter().filter(told).map(|IndexLabel { path, year, label }| {
        context.pick(format!("KẾT QUẢ {path} năm {year}: {label}"), format!("RESULTS OF {path} {year}: {label}"))
    }));
    labels
}

/// The label of what is made up, in both languages.
const SYNTHETIC: (&str, &str) =
    ("SỐ LIỆU GIẢ ĐỊNH: không phải kết quả của đơn vị nào", "SYNTHETIC DATA: no unit's real result");

/// The labels of an output about what lies under one head, or about all of a set.
pub fn labels_of(context: &Context<'_>, synthetic: bool, under: Option<HeadId>) -> Vec<String> {
    let ruleset = context.ruleset;
    let mut labels = Vec::new();
    if synthetic {
        labels.push(context.pick(SYNTHETIC.0, SYNTHETIC.1).to_owned());
    }
    for source in &ruleset.provenance {
        let Some(warning) = warning(context, source) else { continue };
        if source.notes.is_empty() {
            labels.push(warning.to_owned());
        }
        labels.extend(source.notes.iter().map(|note| format!("{warning}: {}", note.value)));
    }
    // Grades, rounding, what is missing: they decide on every result.
    for source in ruleset.kept() {
        let Some(warning) = of_a_part(context, source) else { continue };
        let kept = context.pick("quy định chung giữ của văn bản trước", "header rules kept of an earlier text");
        let words = std::iter::once(kept).chain(source.notes.iter().map(|note| note.value.as_str()));
        labels.push(format!("{warning}: {}", words.collect::<Vec<_>>().join(", ")));
    }
    labels.extend(parts(context, under));
    labels.extend(super::history::from_a_day(context));
    for extract in &ruleset.extracts {
        labels.push(format!("{}: {extract}", context.pick("TRÍCH", "EXTRACT")));
    }
    // A part of a head that is copied in part is read with that in mind too.
    let above = |id: HeadId| under.is_some_and(|under| under != id && ruleset.lies_under(under, id));
    let all = ruleset.heads.iter().enumerate().filter(|(at, _)| above(HeadId(*at))).map(|(_, head)| head);
    for head in all.chain(heads(context, under).map(|(_, head)| head)) {
        labels.extend(
            head.extracts.iter().map(|note| format!("{} {}: {note}", context.pick("TRÍCH", "EXTRACT"), head.code)),
        );
    }
    if let Some(frame) = &ruleset.frame {
        labels.push(format!("{}: {frame}", context.pick("KHUNG, chưa chấm điểm được", "FRAME, not to be scored")));
    }
    labels
}

/// The heads that an output is about.
fn heads<'a>(context: &Context<'a>, under: Option<HeadId>) -> impl Iterator<Item = (HeadId, &'a Head)> {
    let ruleset = context.ruleset;
    let all = ruleset.heads.iter().enumerate().map(|(at, head)| (HeadId(at), head));
    all.filter(move |&(id, _)| under.is_none_or(|under| ruleset.lies_under(id, under)))
}

/// Heads and lines that stand on a lesser source than the set does, counted.
fn parts(context: &Context<'_>, under: Option<HeadId>) -> Vec<String> {
    let ruleset = context.ruleset;
    // Of a part of the set, what stands above it holds for it too.
    let own = |(id, head): (HeadId, &Head)| {
        if under == Some(id) { ruleset.provenance_of(id).to_vec() } else { head.provenance.clone() }
    };
    let read = |at: usize| {
        let surveys = heads(context, under).filter_map(|(_, head)| head.leaf.as_ref()?.survey());
        surveys.into_iter().any(|(_, rule)| rule.questionnaire == at)
    };
    let asked = ruleset.questionnaires.iter().enumerate().filter(|(at, _)| under.is_none() || read(*at));
    let whole: Vec<Vec<Provenance>> =
        heads(context, under).map(own).chain(asked.map(|(_, one)| one.provenance.clone())).collect();
    let lines = ruleset.own_source_lines(under);
    let mut counted: Vec<(&str, usize, usize)> = Vec::new();
    let mut count = |source: &Provenance, heads: usize, lines: usize, seen: &mut Vec<&'static str>| {
        let Some(warning) = of_a_part(context, source) else { return };
        let said = ruleset.provenance.iter().any(|of_set| of_set.kind.value == source.kind.value);
        if said || seen.contains(&warning) {
            return;
        }
        seen.push(warning);
        match counted.iter_mut().find(|(words, ..)| *words == warning) {
            Some((_, all_heads, all_lines)) => (*all_heads, *all_lines) = (*all_heads + heads, *all_lines + lines),
            None => counted.push((warning, heads, lines)),
        }
    };
    for sources in &whole {
        let mut seen = Vec::new();
        for source in sources {
            count(source, 1, 0, &mut seen);
        }
    }
    for (_, own) in &lines {
        count(own.source, 0, 1, &mut Vec::new());
    }
    let words = |(warning, heads, lines): (&str, usize, usize)| {
        let some = |count: usize, word: &str| (count > 0).then(|| format!("{count} {word}"));
        let heads = some(heads, context.pick("mục", if heads == 1 { "head" } else { "heads" }));
        let lines = some(lines, context.pick("dòng", if lines == 1 { "line" } else { "lines" }));
        let both: Vec<String> = heads.into_iter().chain(lines).collect();
        format!("{warning}: {}", both.join(", "))
    };
    counted.into_iter().map(words).collect()
}

/// The labels of a ranking: where only what it is held against is made up, that alone is called so.
pub fn ranking_labels(context: &Context<'_>, ranking: &Ranking) -> Vec<String> {
    let synthetic = ranking.is_synthetic();
    let borrowed: BTreeSet<&IndexLabel> = ranking.rows.iter().flat_map(|row| &row.card.borrowed).collect();
    let mut labels = labels_with(context, synthetic, &borrowed.into_iter().cloned().collect::<Vec<_>>());
    let then = ranking.synthetic_then().into_iter().filter(|_| !synthetic).map(|year| {
        context.pick(
            format!("SỐ LIỆU NĂM {year} GIẢ ĐỊNH: chênh lệch so với năm ấy không phải của đơn vị nào"),
            format!("SYNTHETIC DATA OF {year}: what changed since then is no unit's"),
        )
    });
    labels.splice(0..0, then);
    // What holds for both years has been said; so has what is made up.
    let made_up = |label: &str| label == SYNTHETIC.0 || label == SYNTHETIC.1;
    let of_then = ranking
        .labels_then()
        .into_iter()
        .filter(|(_, label)| !made_up(label) && !labels.iter().any(|said| said == label));
    let of_then: Vec<String> = of_then
        .map(|(year, label)| {
            context.pick(format!("KẾT QUẢ NĂM {year}: {label}"), format!("RESULTS OF {year}: {label}"))
        })
        .collect();
    labels.extend(of_then);
    labels
}

fn warning(context: &Context<'_>, source: &Provenance) -> Option<&'static str> {
    match source.kind.value {
        ProvenanceKind::Official | ProvenanceKind::Amended(_) => None,
        ProvenanceKind::Reconstructed => {
            Some(context.pick("DỰNG LẠI, không phải văn bản chính thức", "RECONSTRUCTED, not the official text"))
        }
        ProvenanceKind::Illustrative => {
            Some(context.pick("MINH HỌA, bộ tiêu chí hư cấu", "ILLUSTRATIVE, an invented set"))
        }
    }
}

/// The same of some parts of a set that is not invented as a whole.
fn of_a_part(context: &Context<'_>, source: &Provenance) -> Option<&'static str> {
    match source.kind.value {
        ProvenanceKind::Illustrative => Some(context.pick("MINH HỌA, phần hư cấu", "ILLUSTRATIVE, parts invented")),
        _ => warning(context, source),
    }
}

/// The set by its title, its year and its path.
pub(super) fn named(context: &Context<'_>) -> String {
    let ruleset = context.ruleset;
    let edition = if ruleset.edition > 1 { format!("-{}", ruleset.edition) } else { String::new() };
    format!("{}, {}{edition} ({})\n", ruleset.title, ruleset.year, ruleset.path)
}

/// The lines that open an output: the set, and the labels of what it is about.
pub(super) fn opening(context: &Context<'_>, synthetic: bool, under: Option<HeadId>) -> String {
    below(named(context), labels_of(context, synthetic, under))
}

/// The same of a unit's score.
pub(super) fn card_opening(context: &Context<'_>, card: &Scorecard) -> String {
    below(named(context), labels_with(context, card.synthetic, &card.borrowed))
}

/// The same of a ranking.
pub(super) fn ranking_opening(context: &Context<'_>, ranking: &Ranking) -> String {
    below(named(context), ranking_labels(context, ranking))
}

fn below(mut text: String, labels: Vec<String>) -> String {
    for label in labels {
        text.push_str(&format!("! {label}\n"));
    }
    text
}
