//! The readings of a set, one for each block where scores depend on it, each made ready by itself.

use super::intake::Intake;
use super::program::Program;
use crate::engine::plan::Plan;

/// Something made of a set, or of each of its readings where scores depend on the block.
#[derive(Clone, Debug)]
pub struct ByBlock<T> {
    /// Of the set as it is written: for every unit where no score depends on the block, else for none.
    whole: Option<T>,
    /// In the order of the names of blocks.
    blocks: Vec<(String, Option<T>)>,
}

impl<T> ByBlock<T> {
    /// What is ready for a unit of a block, and its number among them all.
    pub fn of(&self, block: Option<&str>) -> Option<(usize, &T)> {
        if self.blocks.is_empty() {
            return self.whole.as_ref().map(|whole| (0, whole));
        }
        // A unit whose block is not known is told so, head by head, on the exact way.
        let block = block?;
        let at = self.blocks.binary_search_by(|(name, _)| name.as_str().cmp(block)).ok()?;
        self.blocks.get(at).and_then(|(_, made)| Some((at, made.as_ref()?)))
    }

    /// Something made of each of them.
    pub fn map<U>(&self, make: impl Fn(&T) -> Option<U>) -> ByBlock<U> {
        let of = |(name, made): &(String, Option<T>)| (name.clone(), made.as_ref().and_then(&make));
        ByBlock { whole: self.whole.as_ref().and_then(&make), blocks: self.blocks.iter().map(of).collect() }
    }
}

impl ByBlock<Program> {
    /// The programs of a set.
    pub fn compile(plan: &Plan) -> Self {
        let names = plan.ruleset().by_block.keys();
        let of = |name: &String| (name.clone(), plan.of_block(name).as_ref().and_then(Program::compile));
        Self { whole: Program::compile(plan), blocks: names.map(of).collect() }
    }

    /// For each of the programs, the leaves that differ from those of another edition's; nothing where the two have other
    /// blocks.
    pub fn differing(&self, before: &Self) -> Option<Vec<Option<Vec<bool>>>> {
        let alike = self.blocks.iter().map(|(name, _)| name).eq(before.blocks.iter().map(|(name, _)| name));
        let of = |one: &Option<Program>, other: &Option<Program>| one.as_ref()?.differing(other.as_ref()?);
        let blocks = self.blocks.iter().zip(&before.blocks).map(|((_, one), (_, other))| of(one, other));
        let whole = self.blocks.is_empty().then(|| of(&self.whole, &before.whole));
        alike.then(|| whole.into_iter().chain(blocks).collect())
    }

    /// What their sheets are filled by.
    pub fn intakes(&self) -> ByBlock<Intake> {
        self.map(Intake::of)
    }
}
