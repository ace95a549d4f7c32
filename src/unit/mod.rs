//! Who is assessed: the register of units, with codes, validity, parents, blocks and predecessors.

mod check;
mod find;
mod initials;
mod raw;
mod roll;

pub use find::NotFound;
pub use raw::RawUnit;
pub use roll::Roll;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Span};

/// A unit of a register, by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub usize);

/// A unit: an agency or a locality, as it is in the time that it is valid in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its code, leading zeros kept; many units have none.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its level: `tỉnh`, `sở`, `xã`, in the register's own words.
    pub level: Option<String>,
    /// The units above it: one at any day, several where one took the place of another.
    pub parents: Vec<UnitId>,
    /// Its block, in the register's own words.
    pub block: Option<String>,
    /// The first day that it is there, in days since 1970-01-01; nothing means from the beginning.
    pub from: Option<i32>,
    /// The last day that it is there; nothing means to this day.
    pub through: Option<i32>,
    /// The units that it takes the place of.
    pub succeeds: Vec<UnitId>,
    /// Whether it is assessed and ranked.
    pub assessed: Assessed,
    /// Where the row comes from.
    pub source: Option<String>,
    /// Its row.
    pub span: Span,
}

impl Unit {
    /// Whether it is there on a day.
    pub fn valid(&self, day: i32) -> bool {
        self.from.is_none_or(|from| from <= day) && self.through.is_none_or(|through| day <= through)
    }

    /// Whether there is a day on which both are there.
    fn meets(&self, other: &Self) -> bool {
        let before = |end: Option<i32>, start: Option<i32>| end.zip(start).is_some_and(|(end, start)| end < start);
        !before(self.through, other.from) && !before(other.through, self.from)
    }
}

/// What becomes of a unit in the round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assessed {
    /// It is assessed and ranked.
    #[default]
    Ranked,
    /// It is assessed, and takes no place.
    NotRanked,
    /// It is not assessed.
    No,
}

/// Units as registered: codes and names tell them apart on any day, nothing leads back to itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    units: Vec<Unit>,
    names: find::Names,
}

impl Register {
    /// A register of these rows, and what is wrong with them. Where a finding is an error the register is not to be
    /// used: what is wrong with one row may hide in another.
    pub fn new(rows: &[RawUnit]) -> (Self, Vec<Diagnostic>) {
        check::register(rows)
    }

    /// Whether it has no unit.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Every unit, in the order of the rows.
    pub fn units(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        self.units.iter().enumerate().map(|(at, unit)| (UnitId(at), unit))
    }

    /// A unit of this register.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(id.0)
    }

    /// The unit above one on a day.
    pub fn parent(&self, id: UnitId, day: i32) -> Option<UnitId> {
        let mut parents = self.unit(id)?.parents.iter().copied();
        parents.find(|&parent| self.unit(parent).is_some_and(|parent| parent.valid(day)))
    }

    /// The units above one on a day, the nearest first.
    pub fn above(&self, id: UnitId, day: i32) -> Vec<UnitId> {
        let mut above = Vec::new();
        let mut at = id;
        while let Some(parent) = self.parent(at, day).filter(|parent| *parent != id && !above.contains(parent)) {
            above.push(parent);
            at = parent;
        }
        above
    }

    /// The units there on a day whose place one took, directly or one after the other.
    pub fn predecessors(&self, id: UnitId, day: i32) -> Vec<UnitId> {
        let (mut found, mut seen, mut open) = (BTreeSet::new(), BTreeSet::from([id]), vec![id]);
        while let Some(at) = open.pop() {
            for &before in self.unit(at).into_iter().flat_map(|unit| &unit.succeeds) {
                if !seen.insert(before) {
                    continue;
                }
                if self.unit(before).is_some_and(|unit| unit.valid(day)) {
                    found.insert(before);
                } else {
                    open.push(before);
                }
            }
        }
        found.into_iter().collect()
    }

    /// The units there on a day that took the place of one, directly or one after the other.
    pub fn successors(&self, id: UnitId, day: i32) -> Vec<UnitId> {
        let (mut found, mut seen, mut open) = (BTreeSet::new(), BTreeSet::from([id]), vec![id]);
        while let Some(at) = open.pop() {
            for (next, unit) in self.units().filter(|(_, unit)| unit.succeeds.contains(&at)) {
                if !seen.insert(next) {
                    continue;
                }
                if unit.valid(day) {
                    found.insert(next);
                } else {
                    open.push(next);
                }
            }
        }
        found.into_iter().collect()
    }
}
