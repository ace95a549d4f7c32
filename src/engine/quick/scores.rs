//! What a program made of a sheet: points leaf by leaf, and their sum in whole steps.

use super::rule::{Came, Note};
use crate::engine::scorecard::{Assessed, Status};
use crate::number::{Points, Quick, Ratio};

/// The points of every leaf of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    leaves: Vec<Leaf>,
    exact: Vec<Assessed>,
}

#[derive(Clone, Copy, Debug)]
enum Leaf {
    Quick(Came),
    /// By its place among the leaves that were worked out exactly.
    Exact(usize),
}

/// The status of a leaf, with its exact points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Points.
    Points(Points),
    /// Out of the scale.
    OutOfScale,
    /// Unscored.
    Unscored,
    /// The rule could not be carried out.
    Failed,
}

/// Which line of a leaf decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// By its place from 0; of a checklist a bit for each line that holds; `u64::MAX` for "no case arose".
    Decided(u64),
    /// No line on machine words: [`Program::explain`](super::Program::explain) says what did.
    Elsewhere,
}

/// Why a leaf has its points, in short.
#[derive(Clone, Copy, Debug)]
pub struct Trace {
    pub(super) line: Line,
    pub(super) subject: Quick,
}

impl Note for Trace {
    #[inline]
    fn note(&mut self, line: u64, subject: Quick) {
        (self.line, self.subject) = (Line::Decided(line), subject);
    }
}

impl Trace {
    pub(super) const ELSEWHERE: Trace = Trace { line: Line::Elsewhere, subject: Quick::ZERO };

    /// The line that decided.
    pub fn line(&self) -> Line {
        self.line
    }

    /// What the line looked at: the rate of its bands, the value of a formula before its limits; else 0.
    pub fn subject(&self) -> Ratio {
        self.subject.ratio()
    }
}

impl Scores {
    pub(super) fn clear(&mut self) {
        self.leaves.clear();
        self.exact.clear();
    }

    #[inline]
    pub(super) fn quick(&mut self, came: Came) {
        self.leaves.push(Leaf::Quick(came));
    }

    pub(super) fn exact(&mut self, assessed: Assessed) {
        self.leaves.push(Leaf::Exact(self.exact.len()));
        self.exact.push(assessed);
    }

    /// The sum of all points in whole steps of `1 / scale`, rounded down leaf by leaf, and how many leaves leave less
    /// than a step over; nothing unless every leaf is in scale and scored.
    pub(super) fn steps(&self, scale: i64) -> Option<(i64, i64)> {
        let (mut sum, mut open) = (0i64, 0i64);
        for leaf in &self.leaves {
            let points = match leaf {
                Leaf::Quick(came) => came.quick()?,
                Leaf::Exact(at) => match &self.exact.get(*at)?.status {
                    Status::Scored { exact, .. } => Quick::of(exact.ratio())?,
                    Status::Unscored | Status::NotApplicable | Status::Failed => return None,
                },
            };
            let (steps, whole) = points.steps(scale)?;
            sum = sum.checked_add(steps)?;
            open = open.checked_add(i64::from(!whole))?;
        }
        Some((sum, open))
    }

    /// How many leaves.
    pub fn len(&self) -> usize {
        self.leaves.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// What a leaf came to, by its place.
    pub fn outcome(&self, at: usize) -> Option<Outcome> {
        Some(match *self.leaves.get(at)? {
            Leaf::Quick(came) => match came.quick() {
                Some(points) => Outcome::Points(Points::new(points.ratio())),
                None if came.is_out_of_scale() => Outcome::OutOfScale,
                None => Outcome::Unscored,
            },
            Leaf::Exact(at) => match &self.exact.get(at)?.status {
                Status::Scored { exact, .. } => Outcome::Points(exact.clone()),
                Status::NotApplicable => Outcome::OutOfScale,
                Status::Unscored => Outcome::Unscored,
                Status::Failed => Outcome::Failed,
            },
        })
    }
}
