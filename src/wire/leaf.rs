//! A leaf as published: what became of it under each track, why, and in which words.

use serde::Serialize;

use super::number::Number;
use super::reason::Reason;
use super::ruleset::clauses;
use super::scorecard::{Wording, track_name};
use crate::engine::{Assessed, LeafScore, Status};
use crate::ruleset::{Head, HeadId, Leaf as Rule};

/// What became of a leaf under one track.
#[derive(Clone, Debug, Serialize)]
pub struct Assessment {
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<&'static str>,
    status: &'static str,
    points: Option<Number>,
    explanation_due: bool,
    words: String,
    reason: Reason,
}

impl Assessment {
    /// An assessment in the words given.
    fn new(wording: &Wording<'_>, id: HeadId, rule: &Rule, assessed: &Assessed, track: Option<&'static str>) -> Self {
        let (status, points) = match &assessed.status {
            Status::Scored { exact, rounded } => {
                ("scored", Some(Number::points(exact, rounded, wording.ruleset.display)))
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
            words: (wording.words)(id, assessed),
            reason: Reason::new(rule, &assessed.reason, wording.sources),
        }
    }
}

/// A leaf: its tracks, and what counts.
#[derive(Clone, Debug, Serialize)]
pub struct Leaf {
    code: String,
    title: String,
    maximum: Number,
    line: usize,
    clauses: Vec<String>,
    tracks: Vec<Assessment>,
    last: Assessment,
}

impl Leaf {
    /// A leaf of a scorecard.
    pub(super) fn new(wording: &Wording<'_>, score: &LeafScore) -> Option<Self> {
        let id = score.head;
        let (head, rule) = parts(wording, id)?;
        let tracks = score.tracks.iter();
        Some(Self {
            code: head.code.clone(),
            title: head.title.clone(),
            maximum: Number::points(&head.maximum, &head.maximum, wording.ruleset.display),
            line: line(wording, head),
            clauses: clauses(wording.ruleset, id),
            tracks: tracks
                .map(|(track, assessed)| Assessment::new(wording, id, rule, assessed, Some(track_name(*track))))
                .collect(),
            last: Assessment::new(wording, id, rule, &score.last, None),
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
    result: Assessment,
}

impl One {
    /// A leaf and what its figures give; nothing when the head is no leaf.
    pub fn new(wording: &Wording<'_>, id: HeadId, assessed: &Assessed) -> Option<Self> {
        let (head, rule) = parts(wording, id)?;
        let ruleset = wording.ruleset;
        Some(Self {
            shape: "tieuchi/leaf/1",
            ruleset: ruleset.path.clone(),
            year: ruleset.year,
            fingerprint: ruleset.fingerprint.clone(),
            labels: (wording.labels)(false),
            code: head.code.clone(),
            title: head.title.clone(),
            maximum: Number::points(&head.maximum, &head.maximum, ruleset.display),
            line: line(wording, head),
            clauses: clauses(ruleset, id),
            result: Assessment::new(wording, id, rule, assessed, None),
        })
    }
}

fn parts<'a>(wording: &Wording<'a>, id: HeadId) -> Option<(&'a Head, &'a Rule)> {
    let head = wording.ruleset.head(id)?;
    Some((head, head.leaf.as_ref()?))
}

fn line(wording: &Wording<'_>, head: &Head) -> usize {
    wording.sources.position(head.span).map_or(0, |at| at.line)
}
