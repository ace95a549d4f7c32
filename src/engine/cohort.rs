//! The units of a round, by the figures that they are compared by: the first of two passes over a round.

use std::collections::{BTreeMap, BTreeSet};

use super::assess::{self, Case};
use super::block;
use super::context::Context;
use super::derived::{Sheet, Surroundings, resolve};
use super::plan::Plan;
use crate::language::tree::Track;
use crate::number::Ratio;
use crate::ruleset::HeadId;
use crate::ruleset::meaning::FigureId;
use crate::submission::{Stated, Submission, Value};

/// What each unit of a round has of the figures that units are compared by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohort {
    values: BTreeMap<(HeadId, FigureId), BTreeMap<String, Ratio>>,
    /// The blocks that sheets name.
    blocks: BTreeMap<String, String>,
}

impl Cohort {
    /// The block that a unit's sheet names.
    pub(super) fn block(&self, unit: &str) -> Option<&str> {
        self.blocks.get(unit).map(String::as_str)
    }

    /// The units that have a value of a figure, each with it.
    pub(super) fn values(&self, head: HeadId, figure: FigureId) -> impl Iterator<Item = (&str, &Ratio)> {
        let units = self.values.get(&(head, figure)).into_iter().flatten();
        units.map(|(unit, value)| (unit.as_str(), value))
    }
}

impl Plan {
    /// Whether some leaf compares the units of a round.
    pub fn compares_units(&self) -> bool {
        self.ruleset().leaves().any(|(_, _, leaf)| leaf.figures.iter().any(|figure| figure.origin.peers().is_some()))
    }

    /// The first pass over a round: the figures by which its units are compared. A unit for which no case arose, or
    /// whose figure is missing, is not among them.
    pub fn cohort(&self, submissions: &[Submission], context: &Context) -> Cohort {
        let whole = self.ruleset();
        let mut cohort = Cohort::default();
        for submission in submissions {
            if let Some(block) = block::of(whole, submission, context) {
                cohort.blocks.insert(submission.unit.clone(), block.to_owned());
            }
        }
        // What the others have cannot decide what a unit has.
        let context = &Context { cohort: None, ..context.clone() };
        for (id, _, leaf) in whole.leaves() {
            let origins = leaf.figures.iter().filter_map(|figure| figure.origin.peers());
            let compared: BTreeSet<FigureId> = origins.map(|peers| peers.of).collect();
            if compared.is_empty() {
                continue;
            }
            for submission in submissions {
                let unit = submission.unit.as_str();
                let block = block::of(whole, submission, context);
                let ruleset = whole.of_block(block);
                let Some(head) = ruleset.head(id) else { continue };
                let Some(leaf) = head.leaf.as_ref().filter(|_| head.aside.is_none()) else { continue };
                // Points set in place of the rule leave what was stated before them to compare by.
                let entries = submission.leaves.get(&id).into_iter().flatten();
                let mut figures = entries.filter_map(|(track, entry)| match &entry.stated {
                    Stated::Figures(values) if *track != Track::Explanation => Some(values),
                    Stated::Figures(_) | Stated::Points { .. } => None,
                });
                let stated = figures.next_back().cloned().unwrap_or_default();
                let sheet = Some(Sheet::whole(submission));
                let case = Case { ruleset, id, head, leaf, unit, block, context, sheet };
                let around = Surroundings { ruleset, head: id, leaf, unit, block, context, sheet };
                let (values, _) = resolve(around, &stated);
                if assess::not_applicable(case, &values).is_some() {
                    continue;
                }
                for &figure in &compared {
                    if let Some(Value::Number(value)) = values.get(&figure) {
                        cohort.values.entry((id, figure)).or_default().insert(unit.to_owned(), value.clone());
                    }
                }
            }
        }
        cohort
    }
}
