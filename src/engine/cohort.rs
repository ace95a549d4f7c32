//! The units of a round, by the figures that they are compared by: the first of two passes over a round.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

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
#[derive(Clone, Debug, Default)]
pub struct Cohort {
    values: BTreeMap<(HeadId, FigureId), BTreeMap<String, Ratio>>,
    /// The blocks of units.
    blocks: BTreeMap<String, String>,
    /// The same values in order, made when first asked for: without it every unit would look at every other.
    ordered: OnceLock<BTreeMap<(HeadId, FigureId), Ordered>>,
}

/// The values of a figure in order.
#[derive(Clone, Debug, Default)]
struct Ordered {
    round: Values,
    /// Of each block, and of the units in none.
    blocks: BTreeMap<Option<String>, Values>,
}

/// Values from the lowest up, and their sum.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    pub(super) list: Vec<Ratio>,
    pub(super) sum: Ratio,
}

impl PartialEq for Cohort {
    fn eq(&self, other: &Self) -> bool {
        (&self.values, &self.blocks) == (&other.values, &other.blocks)
    }
}

impl Eq for Cohort {}

impl Values {
    fn of(values: &[&Ratio]) -> Self {
        let mut list: Vec<Ratio> = values.iter().map(|&value| value.clone()).collect();
        list.sort_unstable();
        Self { sum: list.iter().cloned().sum(), list }
    }

    /// How many are below a value, and how many above it.
    pub(super) fn beside(&self, value: &Ratio) -> (usize, usize) {
        let below = self.list.partition_point(|other| other < value);
        let upto = self.list.partition_point(|other| other <= value);
        (below, self.list.len().saturating_sub(upto))
    }
}

impl Cohort {
    /// Adds the units of another part of the round.
    pub fn join(&mut self, other: Cohort) {
        for (figure, units) in other.values {
            self.values.entry(figure).or_default().extend(units);
        }
        self.blocks.extend(other.blocks);
        self.ordered = OnceLock::new();
    }

    /// The block of a unit.
    pub(super) fn block(&self, unit: &str) -> Option<&str> {
        self.blocks.get(unit).map(String::as_str)
    }

    /// What a unit has of a figure.
    pub(super) fn value(&self, head: HeadId, figure: FigureId, unit: &str) -> Option<&Ratio> {
        self.values.get(&(head, figure))?.get(unit)
    }

    /// The values of a figure in the round.
    pub(super) fn values(&self, head: HeadId, figure: FigureId) -> Option<&Values> {
        Some(&self.ordered().get(&(head, figure))?.round)
    }

    /// Those of the units of a block, or of the units that are in none.
    pub(super) fn values_in(&self, head: HeadId, figure: FigureId, block: Option<&str>) -> Option<&Values> {
        self.ordered().get(&(head, figure))?.blocks.get(&block.map(str::to_owned))
    }

    fn ordered(&self) -> &BTreeMap<(HeadId, FigureId), Ordered> {
        self.ordered.get_or_init(|| {
            let of = |units: &BTreeMap<String, Ratio>| {
                let mut blocks: BTreeMap<Option<String>, Vec<&Ratio>> = BTreeMap::new();
                for (unit, value) in units {
                    blocks.entry(self.block(unit).map(str::to_owned)).or_default().push(value);
                }
                let all: Vec<&Ratio> = units.values().collect();
                let blocks = blocks.into_iter().map(|(block, values)| (block, Values::of(&values)));
                Ordered { round: Values::of(&all), blocks: blocks.collect() }
            };
            self.values.iter().map(|(figure, units)| (*figure, of(units))).collect()
        })
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
        let bare = context.cohort.is_some().then(|| Context { cohort: None, ..context.clone() });
        let context = bare.as_ref().unwrap_or(context);
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
