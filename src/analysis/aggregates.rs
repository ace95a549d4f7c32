//! Means and shares over groups of units: blocks, levels, the units above them.

use std::collections::BTreeMap;

use super::ranking::Row;
use crate::engine::{Index, Scorecard};
use crate::language::tree::{Ranked, RoundedLevel};
use crate::number::Ratio;
use crate::ruleset::Ruleset;
use crate::unit::{Roll, UnitId};

/// What a group is made by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The units' block.
    Block,
    /// The units' level in the register.
    Level,
    /// The units above them in the register, so many steps up; the level of those, if they share one.
    Above(usize, Option<String>),
}

/// A group of units, or all of them: the ranked ones alone count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// How many units count.
    pub units: usize,
    /// The mean of their indices before these are rounded; nothing where no unit counts.
    pub mean: Option<Ratio>,
    /// How many have each grade, in the order of the set.
    pub grades: Vec<usize>,
    /// How many lie below the last cut of a set that grades nobody there.
    pub ungraded: usize,
}

impl Group {
    /// The share of the units with a grade.
    pub fn share(&self, grade: usize) -> Option<Ratio> {
        self.part(*self.grades.get(grade)?)
    }

    /// The share of the units that so many of them are.
    pub fn part(&self, units: usize) -> Option<Ratio> {
        Ratio::from(units).checked_div(&Ratio::from(self.units))
    }
}

/// Groups of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// Of which kind.
    pub by: By,
    /// The groups.
    pub groups: Vec<Group>,
    /// The mean of their means, each group counting once; nothing while some group has none.
    pub mean_of_means: Option<Ratio>,
}

/// A round in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aggregates {
    /// All ranked units, each counting once.
    pub all: Group,
    /// By block, level, and units above, where they tell units apart.
    pub groupings: Vec<Grouping>,
}

/// The means and shares of a ranking; levels and units above come from the register.
pub(super) fn aggregates(ruleset: &Ruleset, rows: &[Row], roll: Option<&Roll>) -> Aggregates {
    let ranked: Vec<&Scorecard> = rows.iter().filter(|row| row.place.is_some()).map(|row| &row.card).collect();
    let mut groupings = Vec::new();
    let by_block = |name: &str| ranked.iter().copied().filter(|card| card.block.as_deref() == Some(name)).collect();
    if ruleset.blocks.is_empty() {
        groupings.extend(of(ruleset, By::Block, parted(&ranked, |card| card.block.clone())));
    } else {
        // Every block of the set is shown, a block without a unit too; one that is not ranked has no mean.
        let blocks = ruleset.blocks.iter().filter(|block| block.ranked != Ranked::Not);
        groupings.extend(of(
            ruleset,
            By::Block,
            blocks.map(|block| (block.title.clone(), by_block(&block.name))).collect(),
        ));
    }
    if let Some(roll) = roll {
        let register = roll.register();
        let member = |card: &Scorecard| roll.member(&card.unit);
        groupings.extend(of(ruleset, By::Level, parted(&ranked, |card| member(card)?.1.level.clone())));
        let above: Vec<Vec<UnitId>> = ranked
            .iter()
            .map(|card| member(card).map_or_else(Vec::new, |(id, _)| register.above(id, roll.day())))
            .collect();
        for step in 0..above.iter().map(Vec::len).max().unwrap_or(0) {
            let parent = |at: usize| above.get(at)?.get(step).copied();
            let mut levels = (0..ranked.len()).filter_map(parent).filter_map(|id| register.unit(id)?.level.clone());
            let first = levels.next();
            let level = first.filter(|first| levels.all(|level| level == *first));
            let mut groups: BTreeMap<UnitId, Vec<&Scorecard>> = BTreeMap::new();
            for (at, card) in ranked.iter().enumerate() {
                if let Some(id) = parent(at) {
                    groups.entry(id).or_default().push(card);
                }
            }
            let groups = groups.into_iter().map(|(id, cards)| (roll.name(id), cards)).collect();
            groupings.extend(of(ruleset, By::Above(step, level), groups));
        }
    }
    Aggregates { all: group(ruleset, String::new(), &ranked), groupings }
}

/// The cards by a name that each may have, in the order of the names.
fn parted<'a>(
    cards: &[&'a Scorecard],
    name: impl Fn(&Scorecard) -> Option<String>,
) -> Vec<(String, Vec<&'a Scorecard>)> {
    let mut groups: BTreeMap<String, Vec<&Scorecard>> = BTreeMap::new();
    for card in cards {
        if let Some(name) = name(card) {
            groups.entry(name).or_default().push(card);
        }
    }
    groups.into_iter().collect()
}

/// A grouping, unless it tells nothing apart.
fn of(ruleset: &Ruleset, by: By, groups: Vec<(String, Vec<&Scorecard>)>) -> Option<Grouping> {
    if groups.len() < 2 {
        return None;
    }
    let groups: Vec<Group> = groups.into_iter().map(|(name, cards)| group(ruleset, name, &cards)).collect();
    let means: Option<Vec<Ratio>> = groups.iter().map(|group| group.mean.clone()).collect();
    let mean_of_means = means.and_then(|means| mean(means.into_iter()));
    Some(Grouping { by, groups, mean_of_means })
}

fn group(ruleset: &Ruleset, name: String, cards: &[&Scorecard]) -> Group {
    let graded = |grade: &str| cards.iter().filter(|card| card.index.grading.name.as_deref() == Some(grade)).count();
    Group {
        name,
        units: cards.len(),
        mean: mean(cards.iter().map(|card| exact(ruleset, &card.index).clone())),
        grades: ruleset.grades.iter().map(|grade| graded(&grade.name.value)).collect(),
        ungraded: cards.iter().filter(|card| card.index.grading.ungraded).count(),
    }
}

/// What an index is before it is rounded as a percentage: where leaves or areas are rounded, it is made of what is rounded.
fn exact<'a>(ruleset: &Ruleset, index: &'a Index) -> &'a Ratio {
    match ruleset.rounding {
        Some((RoundedLevel::EachLeaf | RoundedLevel::Area, _)) => &index.rounded_share,
        Some((RoundedLevel::Index, _)) | None => &index.share,
    }
}

fn mean(values: impl ExactSizeIterator<Item = Ratio>) -> Option<Ratio> {
    let count = Ratio::from(values.len());
    values.sum::<Ratio>().checked_div(&count)
}
