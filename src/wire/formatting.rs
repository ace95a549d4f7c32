//! What formatting did, as published.

use serde::Serialize;

use super::diagnostic::{Finding, Unread};
use crate::diagnostic::{Diagnostic, Language, SourceMap};
use crate::language::{Parsed, Refusal};

/// A line with an error: it stands as it was.
#[derive(Clone, Debug, Serialize)]
struct Kept {
    line: usize,
    text: String,
    findings: Vec<Finding>,
}

/// One file.
#[derive(Clone, Debug, Serialize)]
pub struct FormattedFile {
    file: String,
    language: &'static str,
    changed: bool,
    written: bool,
    refused: Option<&'static str>,
    kept: Vec<Kept>,
    findings: Vec<Finding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl FormattedFile {
    /// A file of which nothing is known yet but its name and language.
    pub fn new(file: String, language: Language) -> Self {
        let language = language.pick("vi", "en");
        let (kept, findings) = (Vec::new(), Vec::new());
        Self { file, language, changed: false, written: false, refused: None, kept, findings, text: None }
    }

    /// What became of it: whether its text is not as the formatter writes it, and whether it was written.
    #[must_use]
    pub fn became(mut self, changed: bool, written: bool, refused: Option<Refusal>) -> Self {
        (self.changed, self.written) = (changed, written);
        self.refused = refused.map(|refusal| match refusal {
            Refusal::Errors => "errors",
            Refusal::Unfaithful => "unfaithful",
        });
        self
    }

    /// The text itself, where it is asked for.
    #[must_use]
    pub fn with_text(mut self, text: Option<String>) -> Self {
        self.text = text;
        self
    }

    /// The lines that stay as they are, each with its errors, and the errors that stand on no such line.
    #[must_use]
    pub fn with_errors(
        mut self,
        parsed: Option<&Parsed>,
        errors: &[Diagnostic],
        sources: &SourceMap,
        language: Language,
    ) -> Self {
        let mut rest: Vec<&Diagnostic> = errors.iter().collect();
        let publish = |found: &Diagnostic| Finding::new(found, sources, language);
        for line in parsed.iter().flat_map(|parsed| &parsed.file.lines).filter(|line| line.faulty) {
            let inside = |found: &Diagnostic| found.span.start >= line.span.start && found.span.start <= line.span.end;
            let (own, others): (Vec<&Diagnostic>, _) = rest.into_iter().partition(|found| inside(found));
            rest = others;
            let written = sources.get(line.span.source).and_then(|source| source.text().get(line.span.range()));
            self.kept.push(Kept {
                line: sources.position(line.span).map_or(1, |at| at.line),
                text: written.unwrap_or_default().to_owned(),
                findings: own.into_iter().map(publish).collect(),
            });
        }
        self.findings = rest.into_iter().map(publish).collect();
        self
    }
}

/// What formatting did: `tieuchi/fmt/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Formatting {
    shape: &'static str,
    files: Vec<FormattedFile>,
    unread: Vec<Unread>,
}

impl Formatting {
    /// Every file, and the paths that could not be read or written.
    pub fn new(files: Vec<FormattedFile>, unread: Vec<Unread>) -> Self {
        Self { shape: "tieuchi/fmt/1", files, unread }
    }
}
