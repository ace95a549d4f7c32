//! What of a change between two years is performance and what is rules: each year's sheets scored by the other's set.
//!
//! With S(r, x) for the sheets x of a year under the rules r of a year, performance is S(now, now) − S(now, then): the same
//! rules, other sheets; rules are S(now, then) − S(then, then): the same sheets, other rules. What cannot be scored
//! across, leaf by leaf, is a part of its own. The other order measures performance by the rules of then; where the two
//! differ, their mean is told too (Bennet 1920; the Shapley value of two causes).

mod alike;
mod carry;
mod contribution;
mod kin;
mod way;

use std::collections::{BTreeMap, BTreeSet};

use carry::{Own, carry};
use kin::kin;
use way::{Side, way};

use super::alike::Alike;
use super::changes::past_name;
use crate::engine::{Context, Plan, Scorecard};
use crate::number::{Points, Ratio};
use crate::submission::Submission;

/// Why a leaf of one year cannot be scored with the other year's sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It was not there in the other year.
    New,
    /// It is not there any more.
    Gone,
    /// Nothing says what it was.
    Unknown,
    /// It was several leaves, by their codes then.
    Joined(Vec<String>),
    /// It went into a leaf that is made of several, by its code now.
    JoinedInto(String),
    /// It is one of several parts of what was one leaf, by its code then.
    Divided(String),
    /// It is several heads now, by their codes.
    DividedInto(Vec<String>),
    /// It was a head with parts.
    HadParts(Vec<String>),
    /// Figures that the other year's sheet was not asked for.
    NotAsked(Vec<String>),
    /// A figure that was of another kind, unit of measurement or choice.
    OtherKind(String),
    /// Evidence decides here and was not asked for.
    NoEvidence,
    /// A person enters the points in one year, and a rule gives them in the other.
    Entered,
    /// A person set the points, of another maximum.
    OtherMaximum,
    /// It did not apply to the unit's block.
    OtherBlock,
    /// A figure lies outside the bounds of this year.
    OutOfBounds(String),
    /// It compares units over several years.
    SeveralYears,
    /// By these rules it has no points, or waits for heads that cannot be compared.
    Unscored,
}

/// A change in its parts, as shares of the scale. They add up to the change exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The same rules, other sheets.
    pub performance: Ratio,
    /// The same sheets, other rules.
    pub rules: Ratio,
    /// What came, went, or cannot be scored across.
    pub apart: Ratio,
    /// What no leaf brings: rounding, caps and floors of the index.
    pub rounding: Ratio,
}

impl Parts {
    /// The whole change.
    pub fn change(&self) -> Ratio {
        [&self.performance, &self.rules, &self.apart, &self.rounding].into_iter().cloned().sum()
    }

    fn map(&self, of: impl Fn(&Ratio) -> Ratio) -> Self {
        Self {
            performance: of(&self.performance),
            rules: of(&self.rules),
            apart: of(&self.apart),
            rounding: of(&self.rounding),
        }
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            performance: &self.performance + &other.performance,
            rules: &self.rules + &other.rules,
            apart: &self.apart + &other.apart,
            rounding: &self.rounding + &other.rounding,
        }
    }

    /// The mean of two orders.
    fn mean(&self, other: &Self) -> Self {
        let half = Ratio::new(1, 2).unwrap_or(Ratio::ZERO);
        self.plus(other).map(|part| part * &half)
    }
}

/// A leaf's share in a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafSplit {
    /// Its code now.
    pub code: Option<String>,
    /// Its code then.
    pub was: Option<String>,
    /// The code of its top head: of now, else of then.
    pub area: String,
    /// Points then, under the rules of then; nothing where it was not in scale.
    pub then: Option<Points>,
    /// Points of the sheet of then under the rules of now; nothing where that cannot be told.
    pub crossed: Option<Points>,
    /// Points now.
    pub now: Option<Points>,
    /// What it brings to the change.
    pub parts: Parts,
    /// Why it cannot be scored across.
    pub why: Option<Why>,
}

/// The change of a unit's index as published, in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The index then.
    pub before: Ratio,
    /// The index now.
    pub after: Ratio,
    /// Performance by the rules of now, rules on the sheet of then.
    pub parts: Parts,
    /// The other order: performance by the rules of then, rules on the sheet of now.
    pub other: Parts,
    /// The mean of both orders.
    pub mean: Parts,
    /// Leaf by leaf in the first order: those of now in the order of the text, then those that are gone.
    pub leaves: Vec<LeafSplit>,
}

impl Split {
    /// The change in its parts, by top heads, in the order of the text; rounding is no head's.
    pub fn areas(&self) -> Vec<(String, Parts)> {
        let mut areas: Vec<(String, Parts)> = Vec::new();
        for leaf in &self.leaves {
            match areas.iter_mut().find(|(area, _)| *area == leaf.area) {
                Some((_, parts)) => *parts = parts.plus(&leaf.parts),
                None => areas.push((leaf.area.clone(), leaf.parts.clone())),
            }
        }
        areas
    }
}

/// Why the change of a unit is not taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSplit {
    /// The other year has no sheet of it.
    NoSheet,
    /// It was several units then, by their names; each has a sheet of its own, or none.
    Merged(Vec<String>),
    /// It is one of several that took the place of a unit of then, by its name.
    Divided(String),
    /// It was not there then, and took nobody's place.
    Began,
    /// Its index of then is provisional or out of scale.
    OpenThen,
    /// Its index of now is.
    OpenNow,
}

/// The changes of a round in their parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splits {
    /// The year then.
    pub year: u16,
    /// The year now.
    pub now: u16,
    /// What the set of then is called.
    pub set: String,
    /// Some of what was then is made up.
    pub synthetic: bool,
    /// What stands above what is scored by the set of then: reconstructed, invented.
    pub labels: BTreeSet<String>,
    /// Both years have the same set.
    pub same_set: bool,
    /// Unit by unit, in the order of the cards of now.
    pub units: Vec<(String, Result<Split, NoSplit>)>,
}

impl Splits {
    /// Says why units have no sheet of then, as a register knows it.
    pub fn tell(&mut self, why: &dyn Fn(&str) -> NoSplit) {
        for (unit, split) in self.units.iter_mut().filter(|(_, split)| *split == Err(NoSplit::NoSheet)) {
            *split = Err(why(unit));
        }
    }
}

/// A round: its set, its sheets, and what they got.
#[derive(Clone, Copy)]
pub struct Year<'a> {
    /// The set.
    pub plan: &'a Plan,
    /// The sheets.
    pub submissions: &'a [Submission],
    /// Their scorecards, in any order.
    pub cards: &'a [&'a Scorecard],
}

/// Takes the changes between two rounds apart. `called` says what a unit of then is called now; nothing where it is no
/// one unit of now.
pub fn splits(now: Year<'_>, then: Year<'_>, called: &dyn Fn(&str) -> Option<String>) -> Splits {
    let (set, set_then) = (now.plan.ruleset(), then.plan.ruleset());
    let kin = kin(set, set_then);
    let (news, olds) = (ones(now, &|unit| Some(unit.to_owned())), ones(then, called));
    let names = |units: &[(String, One<'_>)]| -> Vec<String> { units.iter().map(|(name, _)| name.clone()).collect() };
    let (now_names, then_names) = (names(&news), names(&olds));
    let alike = Alike::among([&mut now_names.iter().map(String::as_str), &mut then_names.iter().map(String::as_str)]);
    let (news, olds) = (by_key(&alike, news), by_key(&alike, olds));
    // Every sheet is stated to the other set, so that units are compared with those of their own year.
    let forth = Crossed::new(&now, &olds, &news, &kin.later);
    let back = Crossed::new(&then, &news, &olds, &kin.earlier);
    let unit = |card: &Scorecard| {
        let name = alike.key(&card.unit);
        let (Some(new), Some(old)) = (news.get(&name), olds.get(&name)) else { return Err(NoSplit::NoSheet) };
        let open = |card: &Scorecard| card.index.total.provisional || card.index.total.out_of_scale;
        if open(old.card) {
            return Err(NoSplit::OpenThen);
        }
        if open(new.card) {
            return Err(NoSplit::OpenNow);
        }
        let forth = forth.evaluate(&name).ok_or(NoSplit::NoSheet)?;
        let back = back.evaluate(&name).ok_or(NoSplit::NoSheet)?;
        let (here, there) = (Side { plan: now.plan, card: new.card }, Side { plan: then.plan, card: old.card });
        let first = way(here, there, &forth, &kin.later, &kin.earlier);
        let second = way(there, here, &back, &kin.earlier, &kin.later);
        let (parts, other) = (total(&first), total(&second).map(|part| -part));
        let mut leaves = first.leaves;
        way::name_areas(&mut leaves, set, set_then);
        Ok(Split {
            before: old.card.index.rounded_share.clone(),
            after: new.card.index.rounded_share.clone(),
            mean: parts.mean(&other),
            parts,
            other,
            leaves,
        })
    };
    Splits {
        year: set_then.year,
        now: set.year,
        set: set_then.name(),
        synthetic: then.cards.iter().any(|card| card.synthetic),
        labels: BTreeSet::new(),
        same_set: set.fingerprint == set_then.fingerprint,
        units: now.cards.iter().map(|card| (card.unit.clone(), unit(card))).collect(),
    }
}

fn total(way: &way::Way) -> Parts {
    let rounding = Parts { rounding: way.rounding.clone(), ..Parts::default() };
    way.leaves.iter().fold(rounding, |sum, leaf| sum.plus(&leaf.parts))
}

/// A unit of a round.
#[derive(Clone, Copy)]
struct One<'a> {
    submission: &'a Submission,
    card: &'a Scorecard,
    plan: &'a Plan,
}

fn by_key<'a>(alike: &Alike, units: Vec<(String, One<'a>)>) -> BTreeMap<String, One<'a>> {
    units.into_iter().map(|(name, one)| (alike.key(&name), one)).collect()
}

/// The units of a round, by their names of now.
fn ones<'a>(year: Year<'a>, called: &dyn Fn(&str) -> Option<String>) -> Vec<(String, One<'a>)> {
    let cards: BTreeMap<&str, &Scorecard> = year.cards.iter().map(|card| (card.unit.as_str(), *card)).collect();
    let one = |submission: &'a Submission| {
        let card = cards.get(submission.unit.as_str()).copied()?;
        let name = called(&submission.unit);
        let name = name.unwrap_or_else(|| past_name(&submission.unit, year.plan.ruleset().year));
        Some((name, One { submission, card, plan: year.plan }))
    };
    year.submissions.iter().filter_map(one).collect()
}

/// The sheets of a round, stated to another year's set and ready to be scored by it.
struct Crossed<'a> {
    plan: &'a Plan,
    context: Context,
    sheets: BTreeMap<String, carry::Carried>,
}

impl<'a> Crossed<'a> {
    /// States sheets to a set; a unit is of the block there that it is of in that set's own year.
    fn new(
        to: &Year<'a>,
        sheets: &BTreeMap<String, One<'_>>,
        own: &BTreeMap<String, One<'_>>,
        kin: &kin::Matches,
    ) -> Self {
        let set = to.plan.ruleset();
        let carried = |(name, one): (&String, &One<'_>)| {
            let there = own.get(name).and_then(|own| own.card.block.as_deref());
            let block = there.or_else(|| {
                let block = one.card.block.as_deref()?;
                Some(set.block(block).map_or(block, |known| known.name.as_str()))
            });
            let ruleset = one.plan.ruleset().of_block(one.card.block.as_deref());
            let sheet = Own { ruleset, submission: one.submission, card: one.card };
            (name.clone(), carry(sheet, set, block, kin, name))
        };
        let sheets: BTreeMap<String, carry::Carried> = sheets.iter().map(carried).collect();
        let mut context = Context::default();
        for (name, carried) in &sheets {
            if let Some(block) = &carried.submission.block {
                context.blocks.insert(name.clone(), block.clone());
            }
        }
        if to.plan.compares_units() {
            let all: Vec<Submission> = sheets.values().map(|carried| carried.submission.clone()).collect();
            context.cohort = Some(to.plan.cohort(&all, &context));
        }
        Self { plan: to.plan, context, sheets }
    }

    fn evaluate(&self, name: &str) -> Option<way::Across<'_>> {
        let carried = self.sheets.get(name)?;
        Some(way::Across { card: self.plan.evaluate(&carried.submission, &self.context), not: &carried.not })
    }
}
