//! Formatting: a text as the writer writes it, given only when nothing is lost on the way.

use super::parse::{Parsed, parse};
use super::write::{Comments, canonical, write_file};
use crate::diagnostic::{Diagnostic, Language, SourceId, any_error};

/// A text, read and written anew.
#[derive(Clone, Debug)]
pub struct Formatted {
    /// What the text was read as; lines with an error are `faulty`, and stand in the result as they were.
    pub parsed: Parsed,
    /// The new text, or why there is none.
    pub written: Result<String, Refusal>,
}

/// Why a text is not written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It should change its language, and a line of it cannot be read.
    Errors,
    /// What would be written does not say what the text says: a mistake of ours, not of the author.
    Unfaithful,
}

/// Formats a text in its own language or in another.
pub fn format(source: SourceId, text: &str, to: Option<Language>) -> Formatted {
    let parsed = parse(source, text);
    let language = to.unwrap_or(parsed.file.language);
    let written = if language != parsed.file.language && any_error(&parsed.diagnostics) {
        Err(Refusal::Errors)
    } else {
        let written = write_file(&parsed.file, text, language, Comments::Keep);
        if faithful(&parsed, text, &written, language) { Ok(written) } else { Err(Refusal::Unfaithful) }
    };
    Formatted { parsed, written }
}

/// Whether a text says in a language what another says: the same canonical text (so the same fingerprint), the same
/// comments in the same order, the same lines left as they were; and it is written as itself.
pub fn faithful(parsed: &Parsed, text: &str, written: &str, language: Language) -> bool {
    let again = parse(SourceId::default(), written);
    let errors = |parsed: &Parsed| {
        parsed.diagnostics.iter().filter(|finding| finding.is_error()).map(Diagnostic::code).collect::<Vec<_>>()
    };
    let languages = again.file.language == language || any_error(&parsed.diagnostics);
    languages
        && canonical(&parsed.file, text) == canonical(&again.file, written)
        && errors(parsed) == errors(&again)
        && untouched(parsed, text) == untouched(&again, written)
        && write_file(&again.file, written, again.file.language, Comments::Keep) == written
}

/// What the writer may not change: every comment, and every line with an error.
fn untouched<'t>(parsed: &Parsed, text: &'t str) -> Vec<&'t str> {
    let spans = parsed.file.lines.iter().filter_map(|line| if line.faulty { Some(line.span) } else { line.comment });
    spans.map(|span| text.get(span.range()).unwrap_or_default().trim_end()).collect()
}
