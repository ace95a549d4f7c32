//! Points of other heads that a leaf waits for, as published.

use serde::Serialize;

use super::number::exact;
use crate::diagnostic::SourceMap;
use crate::engine::{self, Awaited};

/// A line that makes a leaf wait, and what the other head's points said.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Gated {
    line: usize,
    of: String,
    sign: &'static str,
    limit: String,
    /// The other head's points, where they are known.
    points: Option<String>,
    /// The least and the most that they can come to, where they are not.
    between: Option<[String; 2]>,
    out_of_scale: bool,
}

impl Gated {
    pub(super) fn new(gated: &engine::Gated, sources: &SourceMap) -> Self {
        let (points, between) = match &gated.points {
            Awaited::Known(points) => (Some(exact(points.ratio())), None),
            Awaited::Between(lower, upper) => (None, Some([exact(lower.ratio()), exact(upper.ratio())])),
            Awaited::OutOfScale => (None, None),
        };
        Self {
            line: sources.position(gated.line).map_or(0, |at| at.line),
            of: gated.code.clone(),
            sign: gated.comparison.sign(),
            limit: exact(gated.limit.ratio()),
            points,
            between,
            out_of_scale: gated.points == Awaited::OutOfScale,
        }
    }
}
