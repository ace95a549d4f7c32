//! Derived values as published: what each is, where it came from, or why it is missing.

use serde::Serialize;

use super::number::exact;
use super::working::{Working, figure_name};
use crate::diagnostic::Language;
use crate::engine::{self, Absent, NoResult};
use crate::language::tree::Within;
use crate::ruleset::{HeadId, Leaf, Ruleset};
use crate::submission::{NotThere, Value, track_name};

/// A derived value of a leaf.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Derived {
    figure: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Source>,
    /// What the sheet states, where another value was found elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead_of: Option<Instead>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Missing>,
    /// The answers that it was made of.
    #[serde(skip_serializing_if = "Option::is_none")]
    survey: Option<super::survey::Estimate>,
}

/// Where a value came from.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "source", rename_all = "kebab-case")]
enum Source {
    Stated,
    Shared { track: &'static str },
    Leaf { code: String, track: &'static str },
    Archive { year: u16 },
    Survey,
    Index { index: String, year: u16, part: Option<String> },
    Worked { working: Box<Working> },
    Rows { rows: Vec<RowPart> },
    Peers { within: &'static str, values: usize, years: Option<(u16, u16)> },
}

/// What a row gave.
#[derive(Clone, Debug, Serialize)]
struct RowPart {
    row: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    held: bool,
}

/// A value that was not taken.
#[derive(Clone, Debug, Serialize)]
struct Instead {
    value: String,
    from: Source,
}

/// Why a value is missing.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
enum Missing {
    NotShared,
    NotStated { code: String },
    NotApplicable { code: String },
    NoYear { year: u16 },
    NoUnit { year: u16 },
    NoFigure { year: u16 },
    Joined { year: u16 },
    Split { year: u16 },
    NewHead { year: u16 },
    NoHead { year: u16 },
    NoAnswers,
    AnswersLacking,
    NoIndex { index: String, year: u16, part: Option<String>, lacking: &'static str },
    Incomplete { figure: String },
    Failed,
    Cells { cells: Vec<Cell> },
    NoRows,
    NoCohort,
    NoPeers,
    OutOfRange { value: String, from: Source },
}

/// A cell that is read and has nothing to be read.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Cell {
    row: String,
    column: String,
    /// Stated `no` where a day is asked for; otherwise it is empty.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    no_day: bool,
}

impl Cell {
    pub(super) fn new(cell: &engine::LackingCell) -> Self {
        Self { row: cell.row.clone(), column: cell.column.clone(), no_day: cell.no_day }
    }
}

impl Derived {
    pub(super) fn new(ruleset: &Ruleset, leaf: &Leaf, derived: &engine::Derived) -> Self {
        let show = |value: &Value| shown(leaf, derived, value);
        let (found, missing) = match &derived.found {
            Ok(found) => (Some(found), None),
            Err(absent) => (None, Some(self::missing((ruleset, leaf), absent, &show))),
        };
        let estimate = match &derived.found {
            Ok(engine::Found { from: engine::Source::Survey(estimate), .. }) | Err(Absent::Survey(estimate)) => {
                Some(estimate)
            }
            _ => None,
        };
        Self {
            survey: estimate.and_then(|estimate| super::survey::Estimate::new(&ruleset.questionnaires, leaf, estimate)),
            figure: figure_name(leaf, derived.figure),
            value: found.map(|found| show(&found.value)),
            from: found.map(|found| source((ruleset, leaf), &found.from)),
            instead_of: found
                .and_then(|found| found.instead_of.as_ref())
                .map(|(value, from)| Instead { value: show(value), from: source((ruleset, leaf), from) }),
            missing,
        }
    }
}

fn code(ruleset: &Ruleset, id: HeadId) -> String {
    ruleset.head(id).map_or_else(String::new, |head| head.code.clone())
}

fn source((ruleset, leaf): (&Ruleset, &Leaf), from: &engine::Source) -> Source {
    let track_name = |track| track_name(track, Language::English);
    match from {
        engine::Source::Elsewhere(None, track) => Source::Shared { track: track_name(*track) },
        engine::Source::Elsewhere(Some(head), track) => {
            Source::Leaf { code: code(ruleset, *head), track: track_name(*track) }
        }
        engine::Source::Stated => Source::Stated,
        engine::Source::Survey(_) => Source::Survey,
        engine::Source::Index { path, year, part } => {
            Source::Index { index: path.clone(), year: *year, part: part.clone() }
        }
        engine::Source::Worked(working) => Source::Worked { working: Box::new(Working::new(leaf, working)) },
        engine::Source::Peers(among) => Source::Peers {
            within: match among.within {
                Within::Block => "block",
                Within::Round => "round",
            },
            values: among.values,
            years: among.years,
        },
        engine::Source::Rows(parts) => Source::Rows {
            rows: parts
                .iter()
                .map(|part| RowPart { row: part.name.clone(), value: part.value.as_ref().map(exact), held: part.held })
                .collect(),
        },
        engine::Source::Archive(year) => Source::Archive { year: *year },
    }
}

fn missing((ruleset, leaf): (&Ruleset, &Leaf), absent: &Absent, show: &dyn Fn(&Value) -> String) -> Missing {
    match absent {
        Absent::Elsewhere(None) => Missing::NotShared,
        Absent::Elsewhere(Some(head)) => Missing::NotStated { code: code(ruleset, *head) },
        Absent::NotApplicable(head) => Missing::NotApplicable { code: code(ruleset, *head) },
        Absent::Archive(year, NotThere::Year) => Missing::NoYear { year: *year },
        Absent::Archive(year, NotThere::Unit) => Missing::NoUnit { year: *year },
        Absent::Archive(year, NotThere::Figure) => Missing::NoFigure { year: *year },
        Absent::Archive(year, NotThere::Joined) => Missing::Joined { year: *year },
        Absent::Archive(year, NotThere::Split) => Missing::Split { year: *year },
        Absent::Archive(year, NotThere::New) => Missing::NewHead { year: *year },
        Absent::Archive(year, NotThere::Head) => Missing::NoHead { year: *year },
        Absent::NotSurveyed => Missing::NoAnswers,
        Absent::Survey(_) => Missing::AnswersLacking,
        Absent::Index { path, year, part, why } => Missing::NoIndex {
            index: path.clone(),
            year: *year,
            part: part.clone(),
            lacking: match why {
                NoResult::Index => "index",
                NoResult::Unit => "unit",
                NoResult::InPoints => "per cent",
                NoResult::InPercent => "points",
            },
        },
        Absent::Figure(figure) => Missing::Incomplete { figure: figure_name(leaf, *figure) },
        Absent::Failed(_) => Missing::Failed,
        Absent::Cells(cells) => Missing::Cells { cells: cells.iter().map(Cell::new).collect() },
        Absent::NoRows => Missing::NoRows,
        Absent::NoCohort => Missing::NoCohort,
        Absent::NoPeers => Missing::NoPeers,
        Absent::OutOfRange(found) => {
            let (value, from) = &**found;
            Missing::OutOfRange { value: show(value), from: source((ruleset, leaf), from) }
        }
    }
}

fn shown(leaf: &Leaf, derived: &engine::Derived, value: &Value) -> String {
    use crate::ruleset::FigureKind::{Choice, Number};

    match (value, leaf.figures.get(derived.figure.0).map(|figure| &figure.kind)) {
        (Value::Number(number), Some(Number(kind))) => super::working::value(*kind, number),
        (Value::Number(number), _) => exact(number),
        (Value::YesNo(answer), _) => answer.to_string(),
        (Value::Option(at), Some(Choice(options))) => options.get(*at).cloned().unwrap_or_default(),
        // The rows stand where they are stated; here is how many there are.
        (Value::Rows(rows), _) => rows.len().to_string(),
        (Value::Option(_) | Value::NotApplicable, _) => String::new(),
        (Value::Text(text), _) => text.clone(),
    }
}
