//! Which units of two rounds are one: by their names without marks and capitals, as far as those tell units apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::{compose, fold};

/// Names that marks or capitals alone tell apart in one of the rounds: those are held against each other as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Alike(BTreeSet<String>);

impl Alike {
    /// Of the names of each round.
    pub(super) fn among(rounds: [&mut dyn Iterator<Item = &str>; 2]) -> Self {
        let mut alike = BTreeSet::new();
        for names in rounds {
            let mut known: BTreeMap<String, String> = BTreeMap::new();
            for name in names {
                let written = compose(name);
                if known.entry(fold(name)).or_insert_with(|| written.clone()) != &written {
                    alike.insert(fold(name));
                }
            }
        }
        Self(alike)
    }

    /// What a unit is found by in both rounds.
    pub(super) fn key(&self, name: &str) -> String {
        let folded = fold(name);
        if self.0.contains(&folded) { compose(name) } else { folded }
    }
}
