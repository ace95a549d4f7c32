//! Where the numbers of each head come from: the words of its `nguồn` lines, told once for all heads that say the same.

use super::words::{self, Context};
use crate::ruleset::{Head, HeadId, OwnSource};

/// A line for each source that heads name of their own, with their codes; then one for each that single lines name. Heads that name none stand on the source of the
/// nearest head above that does, or on the set's, which opens every output.
pub(super) fn by_head(context: &Context<'_>, under: Option<HeadId>) -> Vec<String> {
    let ruleset = context.ruleset;
    let mut said: Vec<(String, Vec<&Head>)> = Vec::new();
    for (at, head) in ruleset.heads.iter().enumerate() {
        let id = HeadId(at);
        if under.is_some_and(|under| !ruleset.lies_under(id, under)) {
            continue;
        }
        // Of one head alone, what it stands on is told though a head above says it.
        let nearest = ruleset.provenance_of(id);
        let above = under == Some(id) && nearest != ruleset.provenance;
        let sources = if above { nearest } else { &head.provenance };
        for words in words::sources(context, sources) {
            match said.iter_mut().find(|(known, _)| *known == words) {
                Some((_, heads)) => heads.push(head),
                None => said.push((words, vec![head])),
            }
        }
    }
    let mut lines: Vec<String> = said.into_iter().map(|(words, heads)| format!("{}: {words}", codes(&heads))).collect();
    let own = ruleset.own_source_lines(under);
    for lines_of in own.chunk_by(|(one, _), (other, _)| one == other) {
        let code = lines_of.first().and_then(|(id, _)| context.head((*id)?)).map(|head| &head.code);
        let own: Vec<OwnSource<'_>> = lines_of.iter().map(|(_, own)| *own).collect();
        for (of, words) in words::own_sources(context, &own) {
            let of = code
                .map_or_else(|| of.clone(), |code| context.pick(format!("{of} của {code}"), format!("{of} of {code}")));
            lines.push(format!("{of}: {words}"));
        }
    }
    lines
}

/// Codes with neighbours drawn together: `1.1–1.3, 2`.
pub(super) fn codes(heads: &[&Head]) -> String {
    let mut runs: Vec<(&str, &str, usize)> = Vec::new();
    for head in heads {
        match runs.last_mut() {
            Some((_, last, length)) if follows(last, &head.code) => (*last, *length) = (&head.code, *length + 1),
            _ => runs.push((&head.code, &head.code, 1)),
        }
    }
    let words = runs.iter().map(|(first, last, length)| match length {
        1 => (*first).to_owned(),
        2 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Whether a code is the next under the same parent.
fn follows(code: &str, next: &str) -> bool {
    let split = |code: &str| {
        let (above, own) = code.rsplit_once('.').unwrap_or(("", code));
        Some((above.to_owned(), own.parse::<usize>().ok()?))
    };
    split(code)
        .zip(split(next))
        .is_some_and(|((above, own), (same, then))| above == same && own.checked_add(1) == Some(then))
}
