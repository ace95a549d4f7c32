//! The ranking: complete units in order, ties as the ruleset says, provisional ones after them; blocks apart where it says so.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::absent::not_submitted;
use super::aggregates::{Aggregates, aggregates};
use super::changes::{Before, Changes, changes};
use super::split::Splits;
use crate::engine::{Scorecard, Total, grade, graded, lowered};
use crate::language::fold;
use crate::language::tree::{GradeBasis, GradeFrom, Ranked, Ties};
use crate::number::{Points, Ratio};
use crate::ruleset::Ruleset;
use crate::unit::Roll;

/// A unit's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its place, from 1; nothing while its index is provisional, and for a unit that is not ranked.
    pub place: Option<usize>,
    /// Other units share the place.
    pub shared: bool,
    /// The block that it is ranked within, by its name; nothing among the blocks that are ranked together.
    pub within: Option<String>,
    /// Its scorecard.
    pub card: Scorecard,
}

/// A unit that is not assessed this year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAssessed {
    /// The unit.
    pub unit: String,
    /// Why, if anything says so.
    pub because: Option<String>,
}

/// Units in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// The blocks that are ranked together, then every block apart; in each the ranked units first, those that are not
    /// ranked after them, then the provisional ones by what they have so far.
    pub rows: Vec<Row>,
    /// The mean of the ranked units, where a grade is cut by it.
    pub mean: Option<Ratio>,
    /// Units left equal although the ruleset breaks ties: every area of its list is equal too.
    pub unbroken: bool,
    /// Units that have no score, and stand in no table.
    pub not_assessed: Vec<NotAssessed>,
    /// Units of the register's that have no sheet, in its order: until they have, every place is provisional.
    pub not_submitted: Vec<String>,
    /// Means and shares of the ranked units.
    pub aggregates: Aggregates,
    /// How far it is from an earlier round, once that is known.
    pub changes: Option<Changes>,
    /// What of the changes is performance and what is rules, where the earlier round's sheets are at hand.
    pub splits: Option<Splits>,
}

impl Ranking {
    /// Some unit's figures are made up.
    pub fn is_synthetic(&self) -> bool {
        self.rows.iter().any(|row| row.card.synthetic)
    }

    /// The earlier years that it is held against of which something is made up.
    pub fn synthetic_then(&self) -> BTreeSet<u16> {
        let then = self.changes.iter().filter(|changes| changes.synthetic).map(|changes| changes.year);
        let apart = self.splits.iter().filter(|splits| splits.synthetic).map(|splits| splits.year);
        then.chain(apart).collect()
    }

    /// What stands above the results of the earlier years that it is held against, by year.
    pub fn labels_then(&self) -> BTreeSet<(u16, &str)> {
        let changes = self.changes.iter().flat_map(|changes| changes.labels.iter().map(|label| (changes.year, label)));
        let apart = self.splits.iter().flat_map(|splits| splits.labels.iter().map(|label| (splits.year, label)));
        changes.chain(apart).map(|(year, label)| (year, label.as_str())).collect()
    }

    /// Holds the ranking against an earlier round, and decides the grades that wait for the places of the year before.
    pub fn against(&mut self, ruleset: &Ruleset, before: &Before) {
        if before.year.checked_add(1) == Some(ruleset.year) {
            let places: Vec<Option<usize>> = {
                let had = before.of_units(self);
                self.rows.iter().map(|row| had(&row.card.unit).and_then(|was| was.place)).collect()
            };
            for (row, was) in self.rows.iter_mut().zip(places) {
                if let Some(now) = row.place {
                    let grading = std::mem::take(&mut row.card.index.grading);
                    row.card.index.grading = lowered(ruleset, grading, was, now);
                }
            }
            self.aggregates = aggregates(ruleset, &self.rows, None);
        }
        self.changes = Some(changes(ruleset, self, before));
    }

    /// Takes means and shares over the levels and the units above of a register too, and says who of it is not there.
    pub fn over(&mut self, ruleset: &Ruleset, roll: &Roll) {
        self.not_submitted = not_submitted(ruleset, roll);
        self.aggregates = aggregates(ruleset, &self.rows, Some(roll));
    }
}

/// Ranks scorecards of one ruleset. The order of the input does not matter: equal units stand by name.
pub fn rank(ruleset: &Ruleset, mut cards: Vec<Scorecard>) -> Ranking {
    let complete = |card: &Scorecard| !card.index.total.provisional && !card.index.total.out_of_scale;
    let counted = cards.iter().filter(|card| complete(card) && card.unranked.is_none());
    let mean = mean(ruleset, counted);
    if let Some(mean) = &mean {
        for card in cards.iter_mut().filter(|card| complete(card)) {
            let grading = grade(ruleset, &card.index, &card.heads, Some(mean));
            card.index.grading = grading.of_ranked(card.unranked.is_none());
        }
    }
    let mut groups: BTreeMap<Option<usize>, Vec<Scorecard>> = BTreeMap::new();
    for card in cards {
        groups.entry(apart(ruleset, card.block.as_deref())).or_default().push(card);
    }
    let mut ranking = Ranking {
        rows: Vec::new(),
        mean,
        unbroken: false,
        not_assessed: not_assessed(ruleset),
        not_submitted: Vec::new(),
        aggregates: Aggregates::default(),
        changes: None,
        splits: None,
    };
    for (block, cards) in groups {
        let within = block.and_then(|at| ruleset.blocks.get(at)).map(|block| block.name.clone());
        let (complete, mut provisional): (Vec<Scorecard>, Vec<Scorecard>) = cards.into_iter().partition(complete);
        let (mut placed, mut unranked): (Vec<Scorecard>, Vec<Scorecard>) =
            complete.into_iter().partition(|card| card.unranked.is_none());
        for cards in [&mut placed, &mut unranked] {
            cards.sort_by(|one, other| compare(ruleset, one, other).then_with(|| by_name(one, other)));
        }
        provisional.sort_by(|one, other| other.index.share.cmp(&one.index.share).then_with(|| by_name(one, other)));
        ranking.unbroken |= places(ruleset, placed, within.as_deref(), &mut ranking.rows);
        let last = unranked.into_iter().chain(provisional);
        ranking.rows.extend(last.map(|card| Row { place: None, shared: false, within: within.clone(), card }));
    }
    ranking.aggregates = self::aggregates(ruleset, &ranking.rows, None);
    ranking
}

/// The units that a set says are not assessed.
pub fn not_assessed(ruleset: &Ruleset) -> Vec<NotAssessed> {
    let rules = ruleset.units.iter().filter(|rule| rule.not_assessed);
    rules.map(|rule| NotAssessed { unit: rule.unit.clone(), because: Some(rule.because.clone()) }).collect()
}

/// The block that a unit is ranked within, by its place among the blocks; nothing for one ranked with others.
pub(super) fn apart(ruleset: &Ruleset, block: Option<&str>) -> Option<usize> {
    let block = block?;
    ruleset.blocks.iter().position(|known| known.name == block && known.ranked != Ranked::Together)
}

/// Gives places to units in order; whether some stay equal although the ruleset breaks ties.
fn places(ruleset: &Ruleset, cards: Vec<Scorecard>, within: Option<&str>, rows: &mut Vec<Row>) -> bool {
    let first = rows.len();
    let mut unbroken = false;
    for (at, card) in cards.into_iter().enumerate() {
        let mut last = rows.get_mut(first..).and_then(<[Row]>::last_mut);
        let tied = last.as_ref().is_some_and(|last| compare(ruleset, &last.card, &card) == Ordering::Equal);
        let place = match (&mut last, tied) {
            (Some(last), true) => {
                last.shared = true;
                unbroken |= matches!(ruleset.ties, Ties::Broken(_));
                last.place
            }
            (Some(last), false) if ruleset.ties == Ties::SharedDense => last.place.map(|place| place + 1),
            _ => Some(at + 1),
        };
        rows.push(Row { place, shared: tied, within: within.map(str::to_owned), card });
    }
    unbroken
}

/// The mean of what grades look at, over the units that are ranked; exact, and asked for only where a grade is cut by it.
fn mean<'a>(ruleset: &Ruleset, cards: impl Iterator<Item = &'a Scorecard>) -> Option<Ratio> {
    if !ruleset.grades.iter().any(|grade| grade.from == GradeFrom::Mean) {
        return None;
    }
    let all: Vec<Ratio> = cards.map(|card| graded(ruleset, &card.index).into_owned()).collect();
    let count = Ratio::from(all.len());
    all.into_iter().sum::<Ratio>().checked_div(&count)
}

/// Names as a reader sorts them: `Đ` with `D`, whatever the marks.
fn by_name(one: &Scorecard, other: &Scorecard) -> Ordering {
    fold(&one.unit).cmp(&fold(&other.unit)).then_with(|| one.unit.cmp(&other.unit))
}

/// The points that order, exact or as rounded.
fn points<'a>(ruleset: &Ruleset, total: &'a Total) -> &'a Points {
    match ruleset.ranking_basis {
        GradeBasis::Exact => &total.exact,
        GradeBasis::Rounded => &total.rounded,
    }
}

/// The value that orders.
fn value<'a>(ruleset: &Ruleset, card: &'a Scorecard) -> &'a Ratio {
    match ruleset.ranking_basis {
        GradeBasis::Exact => &card.index.share,
        GradeBasis::Rounded => &card.index.rounded_share,
    }
}

/// Better units first; equal where the ruleset cannot tell them apart. A preferred head that left a unit's scale counts
/// as the unit's own share: leaving the scale moves the index neither up nor down, so it may not decide a tie as a zero.
fn compare(ruleset: &Ruleset, one: &Scorecard, other: &Scorecard) -> Ordering {
    let by_index = value(ruleset, other).cmp(value(ruleset, one));
    let Ties::Broken(preferred) = &ruleset.ties else { return by_index };
    let by_heads = preferred.iter().filter_map(|preferred| ruleset.by_code(&preferred.code.value)).map(|(id, _)| {
        let share = |card: &Scorecard| {
            card.head(id)
                .and_then(|head| points(ruleset, &head.total).share_of(&head.total.maximum))
                .unwrap_or_else(|| value(ruleset, card).clone())
        };
        share(other).cmp(&share(one))
    });
    by_heads.fold(by_index, Ordering::then)
}
