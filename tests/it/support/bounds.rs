//! What the proofs are told of figures.

use tieuchi::number::Ratio;
use tieuchi::ruleset::Figure;
use tieuchi::ruleset::meaning::{Expr, FigureId, Interval, Ranges};

/// What is known of figures before any sheet.
pub(crate) struct Bounds<'a> {
    pub(crate) figures: &'a [Figure],
    pub(crate) maximum: Ratio,
}

impl Ranges for Bounds<'_> {
    fn figure(&self, id: FigureId) -> Interval {
        self.figures[id.0].range.clone()
    }
    fn maximum(&self) -> &Ratio {
        &self.maximum
    }
    fn subject(&self) -> Interval {
        Interval::ALL
    }
    fn limits(&self, id: FigureId) -> Vec<Expr> {
        self.figures[id.0].limits.iter().map(|limit| limit.bound.clone()).collect()
    }
}
