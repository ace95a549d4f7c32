//! A composed set as one text that stands by itself: it says of its header what the set knows from its texts.

use std::collections::BTreeSet;

use super::super::model::Ruleset;
use super::sources::is_source;
use crate::language::tree::{File, Line, Statement};

/// The lines of a composed set, to be read without the texts that they are from. One text has one source for all its
/// header's lines: where some are kept of a less firm text, that one stands beside the set's own, and the heads that
/// stood on the header say the set's own themselves. None where the lines say all.
pub(in super::super) fn alone(file: &File, ruleset: &Ruleset) -> Option<File> {
    let kept = ruleset.kept();
    let at = file.lines.iter().take_while(|line| in_header(line)).position(is_source)?;
    if kept.is_empty() {
        return None;
    }
    let own: Vec<Line> =
        file.lines.iter().take_while(|line| in_header(line)).filter(|line| is_source(line)).cloned().collect();
    let stand_on_header = ruleset.heads.iter().filter(|head| head.parent.is_none() && head.provenance.is_empty());
    let stand_on_header: BTreeSet<&str> = stand_on_header.map(|head| head.code.as_str()).collect();
    let mut lines: Vec<Line> = Vec::with_capacity(file.lines.len() + kept.len());
    for (place, line) in file.lines.iter().enumerate() {
        if place == at {
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

/// Whether a line stands before all that is no header.
pub(in super::super) fn in_header(line: &Line) -> bool {
    use Statement as S;
    !matches!(line.statement, Some(S::Head(_) | S::Template(_) | S::Questionnaire(_) | S::Test(_)))
}
