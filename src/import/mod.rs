//! Sheets in files → submissions as written: JSON, TOML and CSV, every part with its place.

mod columns;
mod csv;
mod headings;
mod json;
mod keys;
mod node;
mod published;
mod results;
mod scan;
mod survey;
mod table;
mod toml;
mod units;

pub use csv::{delimiter, no_header};
pub use headings::{Heading, Headings, headings};
pub use published::published;
pub use results::{Places, Published, results};
pub use survey::{Answers, answers};
pub use table::table;
pub use units::units;

use crate::diagnostic::{Diagnostic, Document, Sheet, SourceId, Span};
use crate::ruleset::Ruleset;
use crate::submission::{Raw, ValidatedAll, validate_round};

/// Bytes of a file of submissions.
pub const FILE_BYTES: usize = 64 * 1024 * 1024;
/// Brackets inside brackets; a submission needs seven.
pub const NESTING: usize = 32;

/// A kind of file that holds submissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON: one submission, or a list of them.
    Json,
    /// TOML: one submission.
    Toml,
    /// CSV: one row a unit.
    Csv,
}

impl Format {
    /// The format that a file's name ends in.
    pub fn of_path(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Toml => "TOML",
            Self::Csv => "CSV",
        }
    }
}

/// What a file gave.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Its sheets; what could be read of them is there even when something could not.
    pub sheets: Vec<Raw>,
    /// Findings, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the submissions of a file. Never fails; errors are findings.
pub fn read(source: SourceId, text: &str, format: Format) -> Imported {
    if text.len() > FILE_BYTES {
        let problem = Sheet::SheetTooLarge { size: text.len(), limit: FILE_BYTES };
        let finding = Diagnostic::new(problem, Span::new(source, 0, 0));
        return Imported { sheets: Vec::new(), diagnostics: vec![finding] };
    }
    // A byte order mark is no part of the text; places count from the file's first byte all the same.
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let place = Place { source, offset: text.len().saturating_sub(body.len()), of: Document::Submission };
    let mut findings = Vec::new();
    let sheets = match format {
        Format::Json => json::read(body, place, &mut findings).map(|node| keys::sheets(&node, &mut findings)),
        Format::Toml => toml::read(body, place, &mut findings).map(|node| keys::sheets(&node, &mut findings)),
        Format::Csv => Some(csv::read(body, place, &mut findings)),
    };
    findings.sort_by_key(|finding| finding.span);
    Imported { sheets: sheets.unwrap_or_default(), diagnostics: findings }
}

/// Reads the submissions of a file and checks them against their ruleset: the way in for whoever scores them.
///
/// A sheet with an error gives no submission; an error that lies in no sheet (a header, broken syntax) touches them
/// all.
pub fn load(ruleset: &Ruleset, source: SourceId, text: &str, format: Format) -> ValidatedAll {
    let imported = read(source, text, format);
    let mut all = validate(ruleset, &imported.sheets, &imported.diagnostics);
    all.diagnostics.extend(imported.diagnostics);
    all.diagnostics.sort_by_key(|finding| finding.span);
    all
}

/// Validates sheets as read: one with an error in it is checked and never scored, since what could not be read must
/// not pass for a missing figure; an error in no sheet of a file (its header, its syntax) stops all of that file.
pub fn validate(ruleset: &Ruleset, sheets: &[Raw], findings: &[Diagnostic]) -> ValidatedAll {
    let errors: Vec<Span> = findings.iter().filter(|finding| finding.is_error()).map(|finding| finding.span).collect();
    let inside =
        |sheet: Span, error: Span| sheet.source == error.source && sheet.start <= error.start && error.end <= sheet.end;
    let astray: Vec<SourceId> = errors
        .iter()
        .filter(|&&error| !sheets.iter().any(|sheet| inside(sheet.span, error)))
        .map(|error| error.source)
        .collect();
    let broken = |sheet: &Raw| {
        sheet.damaged || astray.contains(&sheet.span.source) || errors.iter().any(|&error| inside(sheet.span, error))
    };
    validate_round(ruleset, sheets, &broken)
}

/// Where the text that a parser sees lies in its source.
#[derive(Clone, Copy, Debug)]
struct Place {
    source: SourceId,
    offset: usize,
    of: Document,
}

impl Place {
    fn span(self, start: usize, end: usize) -> Span {
        Span::new(self.source, self.offset.saturating_add(start), self.offset.saturating_add(end))
    }
}
