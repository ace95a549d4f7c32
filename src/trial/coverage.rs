//! Which edges of bands some example stands on.

use super::Run;
use crate::diagnostic::Span;
use crate::engine::Reason;
use crate::number::Ratio;
use crate::ruleset::meaning::{Guard, Kind, Meaning};
use crate::ruleset::{Leaf, Scoring};

/// An edge that no example tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexercised {
    /// The band that has it.
    pub line: Span,
    /// The edge.
    pub edge: Ratio,
    /// What it is.
    pub kind: Kind,
}

/// The edges of a leaf's bands that none of its examples stands on.
pub(super) fn unexercised(leaf: &Leaf, runs: &[Run]) -> Vec<Unexercised> {
    let Scoring::Declared(_, Meaning::Cases { subject: Some(subject), arms }) = &leaf.scoring else {
        return Vec::new();
    };
    if leaf.examples.is_empty() {
        // The leaf has no example at all, and that is told already.
        return Vec::new();
    }
    let tried: Vec<&Ratio> = runs
        .iter()
        .filter_map(|run| match &run.assessed.as_ref()?.reason {
            Reason::Line(decided) => decided.subject.as_ref().map(|subject| &subject.value),
            _ => None,
        })
        .collect();
    let mut untried: Vec<Unexercised> = Vec::new();
    for arm in arms {
        let Guard::Within(interval) = &arm.guard else { continue };
        for edge in [&interval.lower, &interval.upper].into_iter().flatten() {
            let known = untried.iter().any(|other| other.edge == edge.at);
            if edge.included && !known && !tried.contains(&&edge.at) {
                untried.push(Unexercised { line: arm.words, edge: edge.at.clone(), kind: subject.kind });
            }
        }
    }
    untried
}
