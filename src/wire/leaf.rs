//! A leaf as published: what became of it under each track, why, and in which words.

use serde::Serialize;

use super::derived::Derived;
use super::gate::Gated;
use super::number::Number;
use super::reason::Reason;
use super::scorecard::track_name;
use super::sourced::{OwnSource, Source, clauses, own_sources_of, sources_of};
use crate::engine::{Assessed, Awaits, LeafScore, Status};
use crate::report::words::explain;
use crate::report::{Context, labels_of};
use crate::ruleset::{Head, HeadId, Leaf as Rule};

/// An assessment in sentences.
#[derive(Clone, Debug, Serialize)]
struct Words {
    result: String,
    because: Vec<String>,
    next: Vec<String>,
    notes: Vec<String>,
    line: Option<Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decisions: Option<String>,
}

/// The line of the ruleset that decided.
#[derive(Clone, Debug, Serialize)]
struct Line {
    number: usize,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

impl Words {
    fn new(context: &Context<'_>, id: HeadId, assessed: &Assessed) -> Self {
        let told = explain(context, id, assessed);
        Self {
            result: told.result,
            because: told.because,
            next: told.next,
            notes: told.notes,
            line: told.line.map(|(number, text)| Line { number, text, file: told.file.clone() }),
            decisions: told.decisions,
        }
    }
}

/// What became of a leaf under one track.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Assessment {
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<&'static str>,
    status: &'static str,
    points: Option<Number>,
    explanation_due: bool,
    /// What the points wait for before they are final.
    #[serde(skip_serializing_if = "Option::is_none")]
    awaits: Option<&'static str>,
    words: Words,
    reason: Reason,
    /// Points of other heads that it waited for, and that let it be scored.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gates: Vec<Gated>,
    /// Values that the unit does not state of itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    derived: Vec<Derived>,
}

impl Assessment {
    /// An assessment in the words given.
    fn new(context: &Context<'_>, id: HeadId, rule: &Rule, assessed: &Assessed, track: Option<&'static str>) -> Self {
        let (status, points) = match &assessed.status {
            Status::Scored { exact, rounded } => {
                ("scored", Some(Number::points(exact, rounded, context.ruleset.display)))
            }
            Status::Awaiting { exact, rounded, .. } => {
                ("awaiting", Some(Number::points(exact, rounded, context.ruleset.display)))
            }
            Status::Unscored => ("unscored", None),
            Status::NotApplicable => ("not applicable", None),
            Status::Failed => ("failed", None),
        };
        Self {
            track,
            status,
            points,
            explanation_due: assessed.explain,
            awaits: match &assessed.status {
                Status::Awaiting { awaits: Awaits::Explanation, .. } => Some("explanation"),
                Status::Awaiting { awaits: Awaits::Appraisal2, .. } => Some("appraisal 2"),
                _ => None,
            },
            words: Words::new(context, id, assessed),
            reason: Reason::new(rule, &assessed.reason, context.sources),
            derived: assessed.derived.iter().map(|derived| Derived::new(context.ruleset, rule, derived)).collect(),
            gates: assessed.gates.iter().map(|gated| Gated::new(gated, context.sources)).collect(),
        }
    }
}

/// A leaf: its tracks, and what counts.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Leaf {
    code: String,
    title: String,
    maximum: Number,
    line: usize,
    clauses: Vec<String>,
    sources: Vec<Source>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    own_sources: Vec<OwnSource>,
    tracks: Vec<Assessment>,
    last: Assessment,
    /// What was said beside figures, by track.
    notes: Vec<Note>,
}

/// What one track said beside its figures.
#[derive(Clone, Debug, Serialize)]
struct Note {
    track: &'static str,
    text: String,
}

impl Leaf {
    /// A leaf of a scorecard.
    pub(super) fn new(context: &Context<'_>, score: &LeafScore) -> Option<Self> {
        let id = score.head;
        let (head, rule) = parts(context, id)?;
        let tracks = score.tracks.iter();
        Some(Self {
            code: head.code.clone(),
            title: head.title.clone(),
            maximum: Number::points(&head.maximum, &head.maximum, context.ruleset.display),
            line: line(context, head),
            clauses: clauses(context.ruleset, id),
            sources: sources_of(context.ruleset, id),
            own_sources: own_sources_of(context.ruleset, id),
            tracks: tracks
                .map(|(track, assessed)| Assessment::new(context, id, rule, assessed, Some(track_name(*track))))
                .collect(),
            last: Assessment::new(context, id, rule, &score.last, None),
            notes: score
                .notes
                .iter()
                .map(|(track, text)| Note { track: track_name(*track), text: text.clone() })
                .collect(),
        })
    }
}

/// One leaf scored from figures alone: `tieuchi/leaf/1`.
#[derive(Clone, Debug, Serialize)]
pub struct One {
    shape: &'static str,
    ruleset: String,
    year: u16,
    fingerprint: String,
    labels: Vec<String>,
    code: String,
    title: String,
    maximum: Number,
    line: usize,
    clauses: Vec<String>,
    sources: Vec<Source>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    own_sources: Vec<OwnSource>,
    result: Assessment,
}

impl One {
    /// A leaf and what its figures give; nothing when the head is no leaf.
    pub fn new(context: &Context<'_>, id: HeadId, assessed: &Assessed) -> Option<Self> {
        let (head, rule) = parts(context, id)?;
        let ruleset = context.ruleset;
        Some(Self {
            shape: "tieuchi/leaf/1",
            ruleset: ruleset.path.clone(),
            year: ruleset.year,
            fingerprint: ruleset.fingerprint.clone(),
            labels: labels_of(context, false, Some(id)),
            code: head.code.clone(),
            title: head.title.clone(),
            maximum: Number::points(&head.maximum, &head.maximum, ruleset.display),
            line: line(context, head),
            clauses: clauses(ruleset, id),
            sources: sources_of(ruleset, id),
            own_sources: own_sources_of(ruleset, id),
            result: Assessment::new(context, id, rule, assessed, None),
        })
    }
}

fn parts<'a>(context: &Context<'a>, id: HeadId) -> Option<(&'a Head, &'a Rule)> {
    let head = context.ruleset.head(id)?;
    Some((head, head.leaf.as_ref()?))
}

fn line(context: &Context<'_>, head: &Head) -> usize {
    context.sources.position(head.span).map_or(0, |at| at.line)
}
