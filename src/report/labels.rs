//! What a reader must know before any number: reconstructed, invented, partial, made up.

use super::words::Context;
use crate::analysis::ranking::Ranking;
use crate::language::tree::{Provenance, ProvenanceKind};

/// The labels of every output made from a set.
pub fn labels(context: &Context<'_>, synthetic: bool) -> Vec<String> {
    let ruleset = context.ruleset;
    let mut labels = Vec::new();
    if synthetic {
        labels.push(
            context
                .pick("SỐ LIỆU GIẢ ĐỊNH: không phải kết quả của đơn vị nào", "SYNTHETIC DATA: no unit's real result")
                .to_owned(),
        );
    }
    for source in &ruleset.provenance {
        let Some(warning) = warning(context, source) else { continue };
        if source.notes.is_empty() {
            labels.push(warning.to_owned());
        }
        labels.extend(source.notes.iter().map(|note| format!("{warning}: {}", note.value)));
    }
    let mut other: Vec<(&str, usize)> = Vec::new();
    let of_heads = ruleset.heads.iter().flat_map(|head| &head.provenance);
    for source in of_heads.chain(ruleset.questionnaires.iter().flat_map(|one| &one.provenance)) {
        let Some(warning) = of_a_part(context, source) else { continue };
        let said = ruleset.provenance.iter().any(|of_set| of_set.kind.value == source.kind.value);
        if said {
            continue;
        }
        match other.iter_mut().find(|(words, _)| *words == warning) {
            Some((_, count)) => *count += 1,
            None => other.push((warning, 1)),
        }
    }
    for (warning, count) in other {
        labels.push(context.pick(
            format!("{warning}: {count} mục"),
            if count == 1 { format!("{warning}: 1 head") } else { format!("{warning}: {count} heads") },
        ));
    }
    labels.extend(super::history::from_a_day(context));
    for extract in &ruleset.extracts {
        labels.push(format!("{}: {extract}", context.pick("TRÍCH", "EXTRACT")));
    }
    for head in &ruleset.heads {
        labels.extend(
            head.extracts.iter().map(|note| format!("{} {}: {note}", context.pick("TRÍCH", "EXTRACT"), head.code)),
        );
    }
    if let Some(frame) = &ruleset.frame {
        labels.push(format!("{}: {frame}", context.pick("KHUNG, chưa chấm điểm được", "FRAME, not to be scored")));
    }
    labels
}

/// The labels of a ranking: where only what it is held against is made up, that alone is called so.
pub fn ranking_labels(context: &Context<'_>, ranking: &Ranking) -> Vec<String> {
    let synthetic = ranking.is_synthetic();
    let mut labels = labels(context, synthetic);
    let then = ranking.synthetic_then().into_iter().filter(|_| !synthetic).map(|year| {
        context.pick(
            format!("SỐ LIỆU NĂM {year} GIẢ ĐỊNH: chênh lệch so với năm ấy không phải của đơn vị nào"),
            format!("SYNTHETIC DATA OF {year}: what changed since then is no unit's"),
        )
    });
    labels.splice(0..0, then);
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

/// The lines that open an output: the set, and its labels.
pub(super) fn opening(context: &Context<'_>, synthetic: bool) -> String {
    below(named(context), labels(context, synthetic))
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
