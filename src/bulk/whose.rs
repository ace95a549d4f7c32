//! Whose a record is, before any of its figures is looked at: the unit, its block, and whether it takes a place.

use crate::analysis::identity::same_block;
use crate::analysis::standing::Who;
use crate::engine::quick::{ByBlock, Filling, Intake};
use crate::engine::{Context, Plan};
use crate::language::compose;
use crate::ruleset::Ruleset;
use crate::unit::{Assessed, Roll};

/// What units are told by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whose<'a> {
    pub(super) plan: &'a Plan,
    pub(super) context: &'a Context,
    pub(super) roll: Option<&'a Roll>,
    pub(super) intakes: &'a ByBlock<Intake>,
}

/// A unit, and what its figures go into.
#[derive(Clone, Debug)]
pub(super) struct Taken<'a> {
    pub(super) who: Who,
    pub(super) intake: &'a Intake,
    context: &'a Context,
    /// Which of the readings of the set it is.
    reading: usize,
}

impl<'a> Whose<'a> {
    pub(super) fn ruleset(&self) -> &'a Ruleset {
        self.plan.ruleset()
    }

    /// Whose a record is by its unit and its block, as written. Nothing of units that are not assessed or not known, of
    /// blocks in dispute or not known, and where there is no quick way: all that is told at length.
    pub(super) fn of(&self, unit: &str, block: Option<&str>) -> Option<Taken<'a>> {
        let ruleset = self.ruleset();
        let mut unit = compose(unit.trim());
        let mut block = block.map(str::trim).filter(|block| !block.is_empty()).map(compose);
        if let Some(roll) = self.roll {
            let id = roll.register().find(&unit, roll.day()).ok()?;
            let known = roll.register().unit(id).filter(|known| known.assessed != Assessed::No)?;
            unit = roll.name(id);
            if let Some(registered) = &known.block {
                let agree = block.as_ref().is_none_or(|said| same_block(ruleset, said, registered));
                block = agree.then(|| Some(registered.clone()))?;
            }
        }
        if unit.is_empty() || ruleset.unit(unit.trim()).is_some_and(|rule| rule.not_assessed) {
            return None;
        }
        if !ruleset.blocks.is_empty() {
            block = Some(ruleset.block(&block?)?.name.clone());
        }
        let unranked = self.plan.unranked(&unit, block.as_deref(), self.context);
        let (reading, intake) = self.intakes.of(block.as_deref())?;
        let who = Who { unit: unit.into(), block, unranked, synthetic: self.context.synthetic };
        Some(Taken { who, intake, context: self.context, reading })
    }
}

impl Taken<'_> {
    /// The sheet to fill, begun: one for each reading of the set.
    pub(super) fn filling<'f>(&self, fillings: &'f mut Vec<Filling>) -> Option<&'f mut Filling> {
        if fillings.len() <= self.reading {
            fillings.resize_with(self.reading.saturating_add(1), Filling::default);
        }
        let filling = fillings.get_mut(self.reading)?;
        self.intake.begin(filling);
        self.intake.look_up(filling, &self.who.unit, self.who.block.as_deref(), self.context)?;
        Some(filling)
    }

    /// The sheet that was filled.
    pub(super) fn filled<'f>(&self, fillings: &'f [Filling]) -> Option<&'f Filling> {
        fillings.get(self.reading)
    }
}
