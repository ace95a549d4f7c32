//! A composed set as one text that stands by itself: it says of its header what the set knows from its texts.

use std::collections::BTreeSet;

use super::super::model::Ruleset;
use super::blocks::{Block, Kind, blocks};
use super::reading::templates_of;
use super::sources::{is_source, less_firm, provenance};
use crate::diagnostic::SourceId;
use crate::language::tree::{File, Line, Statement};

/// The lines of a composed set, to be read without the texts that they are from. One text has one source for all its
/// header's lines: where some are kept of a less firm text, that one stands beside the set's own, and the heads that
/// stood on the header say the set's own themselves. A template stands on no word of its own: an idle one that is less
/// firm would look as firm as the header, and is left out. None where the lines say all.
pub(in super::super) fn alone(file: &File, ruleset: &Ruleset) -> Option<File> {
    let kept = ruleset.kept();
    let idle = idle_less_firm(file, ruleset);
    let header = || file.lines.iter().take_while(|line| in_header(line));
    if kept.is_empty() && idle.is_empty() {
        return None;
    }
    let at = if kept.is_empty() { None } else { Some(header().position(is_source)?) };
    let own: Vec<Line> = header().filter(|line| at.is_some() && is_source(line)).cloned().collect();
    let stand_on_header = ruleset.heads.iter().filter(|head| head.parent.is_none() && head.provenance.is_empty());
    let stand_on_header: BTreeSet<&str> = stand_on_header.map(|head| head.code.as_str()).collect();
    let mut lines: Vec<Line> = Vec::with_capacity(file.lines.len() + kept.len());
    let mut left_out = false;
    for (place, line) in file.lines.iter().enumerate() {
        if opens(line) {
            left_out =
                matches!(&line.statement, Some(Statement::Template(template)) if idle.contains(&template.name.value));
        }
        if left_out {
            continue;
        }
        if Some(place) == at {
            let said = kept.iter().map(|source| Statement::Provenance(source.clone()));
            lines.extend(said.map(|said| Line { statement: Some(said), comment: None, faulty: false, ..line.clone() }));
        }
        lines.push(line.clone());
        if let Some(Statement::Head(head)) = &line.statement
            && stand_on_header.contains(head.code.value.as_str())
        {
            lines.extend(own.iter().map(|line| Line { comment: None, ..line.clone() }));
        }
    }
    Some(File { language: file.language, lines })
}

/// The templates that no head is scored by, of texts that are less firm than the header, or whose heads were.
fn idle_less_firm(file: &File, ruleset: &Ruleset) -> BTreeSet<String> {
    let templates = || file.lines.iter().any(|line| matches!(line.statement, Some(Statement::Template(_))));
    if ruleset.decisions.len() < 2 || !templates() {
        return BTreeSet::new();
    }
    let blocks = blocks(file, &ruleset.heads);
    let named = |block: &Block| match &block.kind {
        Kind::Template(name) => Some((name.clone(), block.lines.first()?.span.source)),
        _ => None,
    };
    let heads = blocks.iter().filter(|block| block.place().is_some());
    let used: BTreeSet<String> =
        heads.flat_map(|head| templates_of(&blocks, head)).filter_map(named).map(|(name, _)| name).collect();
    let firm = provenance(&blocks.first().map(|header| header.lines.clone()).unwrap_or_default());
    let is_less = |(name, text): &(String, SourceId)| {
        let decision = ruleset.decisions.iter().find(|decision| decision.source == *text);
        decision.is_some_and(|decision| {
            let users = decision.templates.get(name).map_or(&[][..], |(lines, _)| lines.as_slice());
            less_firm(&provenance(&decision.sources), &firm) || less_firm(&provenance(users), &firm)
        })
    };
    blocks.iter().filter_map(named).filter(|of| !used.contains(&of.0) && is_less(of)).map(|(name, _)| name).collect()
}

/// Whether a line begins what others stand under.
fn opens(line: &Line) -> bool {
    !in_header(line) || matches!(line.statement, Some(Statement::Lock(_) | Statement::Open(_)))
}

/// Whether a line stands before all that is no header.
pub(in super::super) fn in_header(line: &Line) -> bool {
    use Statement as S;
    !matches!(line.statement, Some(S::Head(_) | S::Template(_) | S::Questionnaire(_) | S::Test(_)))
}
