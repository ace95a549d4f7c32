//! The units of one round: those of a register on the day that the round looks at.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{NotFound, Register, Unit, UnitId};

/// The units that take part in a round, each under the name that its results are shown by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roll {
    register: Arc<Register>,
    day: i32,
    members: BTreeMap<String, UnitId>,
}

impl Roll {
    /// The roll of a round that ends on this day, in days since 1970-01-01; nobody stands on it yet.
    pub fn new(register: Arc<Register>, day: i32) -> Self {
        Self { register, day, members: BTreeMap::new() }
    }

    /// The register.
    pub fn register(&self) -> &Arc<Register> {
        &self.register
    }

    /// The last day of the round.
    pub fn day(&self) -> i32 {
        self.day
    }

    /// Puts a unit on the roll, by its name or its code, and tells the name that it stands under.
    ///
    /// # Errors
    /// Why it means no unit on this day.
    pub fn enter(&mut self, said: &str) -> Result<(String, UnitId), NotFound> {
        let id = self.register.find(said, self.day)?;
        let name = self.name(id);
        self.members.insert(name.clone(), id);
        Ok((name, id))
    }

    /// The name that a unit stands under: its own, with its code where another unit of the day is called the same; one
    /// that ended before the day keeps its own.
    pub fn name(&self, id: UnitId) -> String {
        let Some(unit) = self.register.unit(id) else { return String::new() };
        let there = |other: &&UnitId| self.register.unit(**other).is_some_and(|other| other.valid(self.day));
        let alike = self.register.named(&unit.name).iter().filter(there).count();
        match &unit.code {
            Some(code) if alike > usize::from(unit.valid(self.day)) => format!("{} ({code})", unit.name),
            _ => unit.name.clone(),
        }
    }

    /// The name that a unit's results are shown by, however another file calls it, even if it ended before the day; what
    /// the register does not know stays as it is said.
    pub fn known_as(&self, said: &str) -> String {
        match self.register.find(said, self.day) {
            Ok(id) | Err(NotFound::Ended(id, _)) => self.name(id),
            Err(_) => said.to_owned(),
        }
    }

    /// The units on the roll, each with the name that it stands under.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Unit)> {
        self.members.iter().filter_map(|(name, &id)| Some((name.as_str(), self.register.unit(id)?)))
    }

    /// The unit that stands under a name.
    pub fn member(&self, name: &str) -> Option<(UnitId, &Unit)> {
        let id = *self.members.get(name)?;
        Some((id, self.register.unit(id)?))
    }
}
