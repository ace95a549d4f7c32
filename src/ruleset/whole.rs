//! The last look at a set in which no error was found: nothing of it may have been lost on the way.
//!
//! What cannot be read is told where it stands, and the proofs of that leaf are left out so that nobody is told twice of
//! one mistake. Were such a thing left untold, points would be lost without a word. So a set is sound only when no mark of
//! damage is left and every head has what the text gives it; this look costs one pass over the heads and the tree of no text.

use super::build::Built;
use super::draft::Draft;
use super::header::Header;
use crate::diagnostic::{Diagnostic, Span, Structure};

/// What stands in the text and could not be read, whether that was told or not. It is told where no error was.
pub(super) fn unread(header: &Header<'_>, draft: &Draft<'_>, built: &[Built]) -> Vec<Diagnostic> {
    let tell = |name: &str, span: Span| Diagnostic::new(Structure::NotReadThrough { name: name.to_owned() }, span);
    let mut told = Vec::new();
    let lost = draft.incomplete || draft.lost_template || draft.lost_questionnaire || !draft.bad_header.is_empty();
    if lost || draft.heads.len() != built.len() {
        told.push(tell(&header.path, header.span));
    }
    let templates = draft.templates.iter().filter(|template| template.damaged);
    told.extend(templates.map(|template| tell(&template.template.name.value, template.template.name.span)));
    let asked = draft.questionnaires.iter().filter(|questionnaire| questionnaire.damaged);
    told.extend(asked.map(|asked| tell(&asked.questionnaire.name.value, asked.questionnaire.name.span)));
    let tests = draft.tests.iter().filter(|test| test.damaged);
    told.extend(tests.map(|test| tell(&test.name.value, test.name.span)));
    if header.frame.is_some() {
        // Its heads may lack their points, and are not scored.
        let heads = draft.heads.iter().filter(|head| head.damaged);
        told.extend(heads.map(|head| tell(&head.head.code.value, head.span)));
    } else {
        told.extend(heads(built));
    }
    told
}

/// The heads of a table that is scored by and could not be read through: some mark of it is left, or a leaf has no
/// scoring.
pub(super) fn heads(built: &[Built]) -> Vec<Diagnostic> {
    let unread = |built: &&Built| {
        let scored = built.head.leaf.is_some() || !built.head.children.is_empty();
        built.notes.damaged || built.notes.lost || !scored
    };
    let tell = |built: &Built| {
        let form = built.head.leaf.as_ref().map_or(built.head.span, |leaf| leaf.form);
        Diagnostic::new(Structure::NotReadThrough { name: built.head.code.clone() }, form)
    };
    built.iter().filter(unread).map(tell).collect()
}
