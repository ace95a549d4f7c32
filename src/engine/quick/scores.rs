//! What a program made of a sheet: points leaf by leaf, and their sum in whole steps.

use std::sync::Arc;

use super::rule::{Came, Note};
use crate::engine::scorecard::{Assessed, Status};
use crate::number::{Points, Quick, Ratio};

/// The points of every leaf of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Lane by lane.
    pub(super) cames: Vec<Came>,
    /// By the leaf's place: its lane.
    order: Arc<[u32]>,
    exact: Vec<Assessed>,
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
    line: u64,
    /// What the line looked at; above, where no line on machine words decided.
    subject: Came,
}

/// Why every leaf of a sheet has its points, in short.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// Lane by lane.
    pub(super) list: Vec<Trace>,
    order: Arc<[u32]>,
}

impl Note for Trace {
    #[inline]
    fn note(&mut self, line: u64, subject: Quick) {
        (self.line, self.subject) = (line, Came::points(subject));
    }

    #[inline]
    fn lane(&mut self, line: u64, subject: Came) {
        (self.line, self.subject) = (line, subject);
    }
}

impl Note for &mut Trace {
    #[inline]
    fn note(&mut self, line: u64, subject: Quick) {
        (**self).note(line, subject);
    }

    #[inline]
    fn lane(&mut self, line: u64, subject: Came) {
        (**self).lane(line, subject);
    }
}

impl Note for Option<&mut Trace> {
    fn note(&mut self, line: u64, subject: Quick) {
        if let Some(trace) = self {
            trace.note(line, subject);
        }
    }

    fn lane(&mut self, line: u64, subject: Came) {
        if let Some(trace) = self {
            trace.lane(line, subject);
        }
    }
}

impl Trace {
    pub(super) const ELSEWHERE: Trace = Trace { line: 0, subject: Came::ABOVE };

    /// The line that decided.
    pub fn line(&self) -> Line {
        if self.subject.is_above() { Line::Elsewhere } else { Line::Decided(self.line) }
    }

    /// What the line looked at: the rate of its bands, the value of a formula before its limits; else 0.
    pub fn subject(&self) -> Ratio {
        self.subject.quick().unwrap_or(Quick::ZERO).ratio()
    }
}

impl Traces {
    /// Makes room for a program's leaves.
    pub(super) fn begin(&mut self, order: &Arc<[u32]>) {
        if !Arc::ptr_eq(&self.order, order) {
            self.order = Arc::clone(order);
            self.list.clear();
            self.list.resize(order.len(), Trace::ELSEWHERE);
        }
    }

    /// Why a leaf has its points, by its place.
    pub fn get(&self, at: usize) -> Option<Trace> {
        self.list.get(lane(&self.order, at)?).copied()
    }

    /// How many leaves.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Scores {
    /// Makes room for a program's leaves; what they came to before is written over.
    #[inline]
    pub(super) fn begin(&mut self, order: &Arc<[u32]>) {
        if !self.exact.is_empty() {
            self.exact.clear();
        }
        if !Arc::ptr_eq(&self.order, order) {
            self.order = Arc::clone(order);
            self.cames.clear();
            self.cames.resize(order.len(), Came::ABOVE);
        }
    }

    /// Keeps what the exact way made of a leaf.
    pub(super) fn exact(&mut self, assessed: Assessed) -> Came {
        let came = Came::exact(self.exact.len());
        self.exact.push(assessed);
        came
    }

    /// The sum of all points in whole steps of `1 / scale`, rounded down leaf by leaf, and how many leaves leave less
    /// than a step over; nothing unless every leaf is in scale and scored.
    pub(super) fn steps(&self, scale: i64) -> Option<(i64, i64)> {
        let (mut sum, mut open) = (0i64, 0i64);
        for came in &self.cames {
            let points = match came.quick() {
                Some(points) => points,
                None => match &self.exact.get(came.place()?)?.status {
                    Status::Scored { exact, .. } => Quick::of(exact.ratio())?,
                    Status::Awaiting { .. } | Status::Unscored | Status::NotApplicable | Status::Failed => return None,
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
        self.cames.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cames.is_empty()
    }

    /// A leaf as it was counted, by its place, and its status where it was worked out exactly.
    pub(super) fn came(&self, at: usize) -> (Came, Option<&Status>) {
        let came = lane(&self.order, at).and_then(|lane| self.cames.get(lane)).copied().unwrap_or(Came::UNSCORED);
        let exact = came.place().and_then(|place| self.exact.get(place));
        (came, exact.map(|assessed| &assessed.status))
    }

    /// What a leaf came to, by its place.
    pub fn outcome(&self, at: usize) -> Option<Outcome> {
        let came = *self.cames.get(lane(&self.order, at)?)?;
        Some(match came.quick() {
            Some(points) => Outcome::Points(Points::new(points.ratio())),
            None if came.is_out_of_scale() => Outcome::OutOfScale,
            None if came.is_failed() => Outcome::Failed,
            None if came.is_above() => match &self.exact.get(came.place()?)?.status {
                Status::Scored { exact, .. } => Outcome::Points(exact.clone()),
                Status::NotApplicable => Outcome::OutOfScale,
                Status::Awaiting { .. } | Status::Unscored => Outcome::Unscored,
                Status::Failed => Outcome::Failed,
            },
            None => Outcome::Unscored,
        })
    }
}

fn lane(order: &[u32], at: usize) -> Option<usize> {
    usize::try_from(*order.get(at)?).ok()
}
