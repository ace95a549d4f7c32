//! One `Diagnostic` for parser, checker, formulas, scripts, submissions, command line and editor.
//!
//! A problem is data ([`Problem`]); the chapters word it in both languages; [`render()`] shows it.

mod bands;
mod blocks;
mod budget;
pub(crate) mod catalogue;
mod document;
mod expressions;
mod inheritance;
mod missing;
mod names;
mod nearest;
mod previous;
mod provenance;
mod published;
mod render;
mod round;
mod say;
mod sheet;
mod span;
mod structure;
mod survey;
mod text;
mod units;

pub use bands::Bands;
pub use blocks::Blocks;
pub use budget::Budget;
pub use catalogue::{Entry, Severity, Words};
pub use document::Document;
pub use expressions::Expressions;
pub use inheritance::Inheritance;
pub use missing::Missing;
pub use names::Names;
pub use nearest::{nearest, nearest_by_key};
pub use previous::Previous;
pub use provenance::Provenance;
pub use published::Published;
pub use render::{Colour, render};
pub use round::Round;
pub use say::{Both, Language, Nearest, Say};
pub use sheet::Sheet;
pub use span::{Position, Source, SourceId, SourceMap, Span, Texts};
pub use structure::Structure;
pub use survey::Survey;
pub use text::Text;
pub use units::Units;

/// What is wrong, by chapter of the catalogue of checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text as such: encoding, spelling, numbers, lines that cannot be read.
    Text(Text),
    /// Names and codes.
    Names(Names),
    /// How lines stand together; decisions the set must state.
    Structure(Structure),
    /// Points and counts that must add up.
    Budget(Budget),
    /// Bands, ladders and awards.
    Bands(Bands),
    /// Types, units, formulas and scripts.
    Expressions(Expressions),
    /// Missing figures and evidence.
    Missing(Missing),
    /// Sources, examples.
    Provenance(Provenance),
    /// Questionnaires and answers.
    Survey(Survey),
    /// Years, levels, editions and lineage.
    Inheritance(Inheritance),
    /// Blocks of units.
    Blocks(Blocks),
    /// The round: its period and what lies in it.
    Round(Round),
    /// The register of units.
    Units(Units),
    /// Submissions.
    Sheet(Sheet),
    /// Results as published.
    Published(Published),
    /// Results of an earlier year.
    Previous(Previous),
}

macro_rules! by_chapter {
    ($self:expr, $problem:ident => $body:expr) => {
        match $self {
            Problem::Text($problem) => $body,
            Problem::Names($problem) => $body,
            Problem::Structure($problem) => $body,
            Problem::Budget($problem) => $body,
            Problem::Bands($problem) => $body,
            Problem::Expressions($problem) => $body,
            Problem::Missing($problem) => $body,
            Problem::Provenance($problem) => $body,
            Problem::Survey($problem) => $body,
            Problem::Inheritance($problem) => $body,
            Problem::Blocks($problem) => $body,
            Problem::Round($problem) => $body,
            Problem::Units($problem) => $body,
            Problem::Sheet($problem) => $body,
            Problem::Published($problem) => $body,
            Problem::Previous($problem) => $body,
        }
    };
}

impl Problem {
    /// Id and severity.
    pub fn entry(&self) -> Entry {
        by_chapter!(self, problem => problem.entry())
    }

    /// The wording in one language.
    pub fn words(&self, language: Language) -> Words {
        by_chapter!(self, problem => problem.words(language))
    }

    /// The whole catalogue, in the order of its chapters.
    pub fn catalogue() -> Vec<Entry> {
        [
            Text::ENTRIES,
            Names::ENTRIES,
            Structure::ENTRIES,
            Budget::ENTRIES,
            Bands::ENTRIES,
            Expressions::ENTRIES,
            Missing::ENTRIES,
            Provenance::ENTRIES,
            Survey::ENTRIES,
            Inheritance::ENTRIES,
            Blocks::ENTRIES,
            Round::ENTRIES,
            Units::ENTRIES,
            Sheet::ENTRIES,
            Published::ENTRIES,
            Previous::ENTRIES,
        ]
        .concat()
    }
}

/// A second place that belongs to a finding, with a word on what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there.
    pub words: Both,
}

/// An edit that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to replace.
    pub span: Span,
    /// What to write there.
    pub replacement: String,
}

/// One finding: what, where, what else belongs to it, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// Where.
    pub span: Span,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// Edits that an editor may apply.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A finding at a place.
    pub fn new(problem: impl Into<Problem>, span: Span) -> Self {
        Self { problem: problem.into(), span, labels: Vec::new(), fixes: Vec::new() }
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, vietnamese: impl Into<String>, english: impl Into<String>) -> Self {
        self.labels.push(Label { span, words: Both::new(vietnamese, english) });
        self
    }

    /// Adds an edit that mends it.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fixes.push(Fix { span, replacement: replacement.into() });
        self
    }

    /// The stable id.
    pub fn code(&self) -> &'static str {
        self.problem.entry().code
    }

    /// The weight.
    pub fn severity(&self) -> Severity {
        self.problem.entry().severity
    }

    /// Whether it keeps the text or sheet from being used.
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }
}

/// Whether any finding is an error.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}
