//! Findings as published: words in one language, places by line and column.

use serde::Serialize;

use super::ruleset::Summary;
use crate::diagnostic::{Diagnostic, Language, Say, Severity, SourceMap, Span};

/// A line and a column, from 1; columns count Unicode characters.
#[derive(Clone, Debug, Serialize)]
struct Position {
    line: usize,
    column: usize,
}

/// A place in a file.
#[derive(Clone, Debug, Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    end: Position,
}

/// A second place and what is there.
#[derive(Clone, Debug, Serialize)]
struct Label {
    #[serde(flatten)]
    place: Place,
    message: String,
}

/// An edit that mends the finding.
#[derive(Clone, Debug, Serialize)]
struct Fix {
    #[serde(flatten)]
    place: Place,
    replacement: String,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    code: &'static str,
    severity: &'static str,
    message: String,
    help: String,
    #[serde(flatten)]
    place: Place,
    labels: Vec<Label>,
    fixes: Vec<Fix>,
}

impl Finding {
    /// A finding in the words of a language.
    pub fn new(diagnostic: &Diagnostic, sources: &SourceMap, language: Language) -> Self {
        let entry = diagnostic.problem.entry();
        let words = diagnostic.problem.words(language);
        let place = |span| place(span, sources);
        Self {
            code: entry.code,
            severity: match entry.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            message: words.message,
            help: words.help,
            place: place(diagnostic.span),
            labels: diagnostic
                .labels
                .iter()
                .map(|label| Label { place: place(label.span), message: label.words.say(language) })
                .collect(),
            fixes: diagnostic
                .fixes
                .iter()
                .map(|fix| Fix { place: place(fix.span), replacement: fix.replacement.clone() })
                .collect(),
        }
    }
}

fn place(span: Span, sources: &SourceMap) -> Place {
    let source = sources.get(span.source);
    let at = |offset: u32| {
        let position = source.map(|source| source.position(offset as usize));
        position.map_or(Position { line: 1, column: 1 }, |at| Position { line: at.line, column: at.column })
    };
    let start = at(span.start);
    let file = source.map(|source| source.name().to_owned()).unwrap_or_default();
    Place { file, line: start.line, column: start.column, end: at(span.end) }
}

/// Findings alone: `tieuchi/diagnostics/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Findings {
    shape: &'static str,
    findings: Vec<Finding>,
}

impl Findings {
    /// A document of findings.
    pub fn new(findings: Vec<Finding>) -> Self {
        Self { shape: "tieuchi/diagnostics/1", findings }
    }
}

/// A path that gave nothing.
#[derive(Clone, Debug, Serialize)]
pub struct Unread {
    path: String,
    message: String,
}

impl Unread {
    /// A path and why it gave nothing.
    pub fn new(path: String, message: String) -> Self {
        Self { path, message }
    }
}

/// What checking gave: `tieuchi/check/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    shape: &'static str,
    rulesets: Vec<Summary>,
    findings: Vec<Finding>,
    unread: Vec<Unread>,
}

impl Checked {
    /// The sound sets, every finding, and what could not be read.
    pub fn new(rulesets: Vec<Summary>, findings: Vec<Finding>, unread: Vec<Unread>) -> Self {
        Self { shape: "tieuchi/check/1", rulesets, findings, unread }
    }
}
