//! What surrounds a submission: values that its unit does not state of itself.

use std::collections::{BTreeMap, BTreeSet};

use super::cohort::Cohort;
use super::indices::Indices;
use crate::submission::Archive;
use crate::survey::Surveys;

/// What is not in a submission and may decide its points. An empty one is legal: what it lacks is missing, and the
/// ruleset says what follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// What units stated in earlier years.
    pub archive: Archive,
    /// What people answered about units.
    pub surveys: Surveys,
    /// What units got in other indices.
    pub indices: Indices,
    /// The units of the round; nothing where only some of them are at hand.
    pub cohort: Option<Cohort>,
    /// The block of each unit that is in one; units in none are one block together.
    pub blocks: BTreeMap<String, String>,
    /// Units that are assessed and take no place.
    pub unranked: BTreeSet<String>,
    /// Something of it is made up: so is whatever is scored with it.
    pub synthetic: bool,
}

impl Context {
    /// No archive, no answers and no results of other indices: what a sheet does not state is missing.
    pub(super) fn says_nothing_of_units(&self) -> bool {
        let Self { archive, surveys, indices, .. } = self;
        *archive == Archive::default() && *surveys == Surveys::default() && *indices == Indices::default()
    }

    /// The block of a unit of the round: as its sheet says, else as its surroundings know it.
    pub(super) fn block(&self, unit: &str) -> Option<&str> {
        let said = self.cohort.as_ref().and_then(|cohort| cohort.block(unit));
        said.or_else(|| self.blocks.get(unit).map(String::as_str))
    }
}
