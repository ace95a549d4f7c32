//! Derived figures: looked for in what surrounds the submission, one file per kind of origin.

mod elsewhere;
mod index;
mod peers;
mod prior;
mod rows;
mod survey;
mod worked;

use std::collections::BTreeMap;

pub(super) use elsewhere::Sheet;

use super::context::Context;
use super::indices::NoResult;
use super::plan::used_figures;
use super::reason::{Failure, LackingCell, Working};
use crate::language::tree::{Track, Within};
use crate::number::Ratio;
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Figure, HeadId, Leaf, Origin, Ruleset};
use crate::submission::{NotThere, Value};
use crate::survey::Estimate;

/// A derived figure of a leaf, as it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The figure.
    pub figure: FigureId,
    /// Its value and where it came from, or why there is none.
    pub found: Result<Found, Absent>,
}

/// A derived value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The value.
    pub value: Value,
    /// Where it came from.
    pub from: Source,
    /// What the sheet states, where another value was found elsewhere.
    pub instead_of: Option<(Value, Source)>,
}

/// Where a derived value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The sheet, the example or the test states it.
    Stated,
    /// The unit's own sheet, at another leaf or with what leaves share, in this track.
    Elsewhere(Option<HeadId>, Track),
    /// The unit's sheet of this year.
    Archive(u16),
    /// What people answered.
    Survey(Box<Estimate>),
    /// The results of another index.
    Index {
        /// Its path.
        path: String,
        /// Its year.
        year: u16,
        /// The code of the part that is meant.
        part: Option<String>,
    },
    /// The leaf's other figures.
    Worked(Working),
    /// The units that it is compared with.
    Peers(Among),
    /// The rows of a list.
    Rows(Vec<RowPart>),
}

/// What a row gave to what is told of all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPart {
    /// The row.
    pub name: String,
    /// Its number, where numbers are added or chosen between.
    pub value: Option<Ratio>,
    /// Whether the condition holds for it; without one, it does.
    pub held: bool,
}

/// Among what a unit was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Among {
    /// How many values there are, its own among them where this year counts.
    pub values: usize,
    /// Of which units.
    pub within: Within,
    /// The first and the last year that count; else this round alone.
    pub years: Option<(u16, u16)>,
}

/// Why a derived value is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absent {
    /// The sheet does not state it at the other leaf, or with what leaves share.
    Elsewhere(Option<HeadId>),
    /// The unit chose there that it does not apply.
    NotApplicable(HeadId),
    /// The archive lacks something of this year.
    Archive(u16, NotThere),
    /// Nobody answered the questionnaire about the unit.
    NotSurveyed,
    /// Somebody did, and something lacks.
    Survey(Box<Estimate>),
    /// No result of the other index.
    Index {
        /// Its path.
        path: String,
        /// Its year.
        year: u16,
        /// The code of the part that is meant.
        part: Option<String>,
        /// What is lacking.
        why: NoResult,
    },
    /// A figure that it is made of is missing.
    Figure(FigureId),
    /// It cannot be worked out.
    Failed(Failure),
    /// The other units of the round are not at hand.
    NoCohort,
    /// Cells of its list are empty.
    Cells(Vec<LackingCell>),
    /// Its list has no row.
    NoRows,
    /// Nobody has a value to be compared with.
    NoPeers,
    /// A value was found that the figure cannot have.
    OutOfRange(Box<(Value, Source)>),
}

/// Whose leaf is looked at, and in what surroundings.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) head: HeadId,
    pub(super) leaf: &'a Leaf,
    pub(super) unit: &'a str,
    pub(super) block: Option<&'a str>,
    pub(super) context: &'a Context,
    /// The unit's sheet; nothing where a leaf is tried by itself.
    pub(super) sheet: Option<Sheet<'a>>,
}

/// The figures as stated, with every derived one that is found; and how each derived one came out.
pub(super) fn resolve(
    around: Surroundings<'_>,
    stated: &BTreeMap<FigureId, Value>,
) -> (BTreeMap<FigureId, Value>, Vec<Derived>) {
    let mut values = stated.clone();
    // What only bounds a figure of elsewhere is no part of what is told.
    let told = around.leaf.reads_elsewhere().then(|| used_figures(around.leaf));
    let mut derived = Vec::new();
    // In order: a derived figure may read those before it.
    for (at, figure) in around.leaf.figures.iter().enumerate() {
        let id = FigureId(at);
        let elsewhere = match &figure.origin {
            Origin::Stated => continue,
            Origin::Shared(figure) => elsewhere::resolve(around.sheet, None, *figure),
            Origin::Far { head, figure } => elsewhere::resolve(around.sheet, Some(*head), *figure),
            Origin::Survey(_) | Origin::Prior { .. } | Origin::Index { .. } => {
                match surrounding(around, &figure.origin) {
                    Some(found) => found,
                    None => continue,
                }
            }
            Origin::Rows(over) => rows::resolve(around.leaf, over, &values),
            Origin::Worked(expr) => worked::resolve(expr, &values),
            Origin::Rank(peers)
            | Origin::Percentile(peers)
            | Origin::Lowest(peers)
            | Origin::Highest(peers)
            | Origin::Mean(peers) => peers::resolve(around, &figure.origin, peers, &values),
        };
        let elsewhere = elsewhere.and_then(|(value, from)| {
            if may_be(figure, &value) { Ok((value, from)) } else { Err(Absent::OutOfRange(Box::new((value, from)))) }
        });
        // What is known elsewhere comes first; where a unit states another value of itself, both are told.
        let found = match (stated.get(&id), elsewhere) {
            (own, Ok((value, from))) => {
                let instead_of = own.filter(|own| **own != value).map(|own| (own.clone(), Source::Stated));
                values.insert(id, value.clone());
                Ok(Found { value, from, instead_of })
            }
            // There is a value, and the rule cannot go by it: what the sheet states may not stand in for it.
            (_, Err(absent @ Absent::OutOfRange(_))) => {
                values.remove(&id);
                Err(absent)
            }
            (Some(own), Err(_)) => Ok(Found { value: own.clone(), from: Source::Stated, instead_of: None }),
            (None, Err(absent)) => Err(absent),
        };
        let idle = figure.origin.stated_at().is_some() && told.as_ref().is_some_and(|told| !told.contains(&id));
        if !idle {
            derived.push(Derived { figure: id, found });
        }
    }
    (values, derived)
}

/// What the unit's surroundings alone say of a figure, whatever its sheet states; nothing of other kinds of figures.
fn surrounding(around: Surroundings<'_>, origin: &Origin) -> Option<Result<(Value, Source), Absent>> {
    Some(match origin {
        Origin::Survey(rule) => survey::resolve(around, rule),
        Origin::Prior { figure, year, .. } => prior::resolve(around, *figure, *year),
        Origin::Index { path, year, part, scale } => {
            index::resolve(around, (path, *year, part.as_deref()), scale.is_some())
        }
        _ => return None,
    })
}

/// The value that the surroundings say of a figure, whatever its sheet states; it need not be one that the figure
/// can have.
pub(super) fn surrounding_value(around: Surroundings<'_>, figure: &Figure) -> Option<Value> {
    surrounding(around, &figure.origin)?.ok().map(|(value, _)| value)
}

/// A figure that the leaf uses, of which a value was found that it cannot have: it is not missing, so nothing that is
/// said of missing figures may follow.
pub(super) fn not_possible(leaf: &Leaf, derived: &[Derived]) -> Option<FigureId> {
    let mut found = derived.iter().filter(|derived| matches!(derived.found, Err(Absent::OutOfRange(_)))).peekable();
    found.peek()?;
    let used = used_figures(leaf);
    found.map(|derived| derived.figure).find(|figure| used.contains(figure))
}

/// Whether a figure has no value though nothing that it is made of is missing: it divides by zero, or is told of no rows.
pub(super) fn never_has(leaf: &Leaf, figure: FigureId, values: &BTreeMap<FigureId, Value>) -> bool {
    let came = match leaf.figures.get(figure.0).map(|figure| &figure.origin) {
        Some(Origin::Rows(over)) => rows::resolve(leaf, over, values),
        Some(Origin::Worked(expr)) => worked::resolve(expr, values),
        _ => return false,
    };
    match came {
        Err(Absent::Failed(_) | Absent::NoRows) => true,
        // It is made of those before it alone.
        Err(Absent::Figure(of)) => of.0 < figure.0 && never_has(leaf, of, values),
        _ => false,
    }
}

/// Whether a figure can have a value.
pub(super) fn may_be(figure: &Figure, value: &Value) -> bool {
    !matches!(value, Value::Number(number) if !figure.range.contains(number))
}
