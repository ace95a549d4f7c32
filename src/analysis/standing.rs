//! What a ranking has to know of a unit, and no more: rounds of a million units fit in memory.

use std::cmp::Ordering;

use crate::engine::quick::{Program, Scores};
use crate::engine::{Grading, HeadScore, Index, Scorecard, Total, grade};
use crate::language::fold;
use crate::language::tree::{GradeBasis, GradeFrom, RoundedLevel, Ties};
use crate::number::{Points, Ratio};
use crate::ruleset::{HeadId, Ruleset};

/// Digits of a share that are looked at first.
const GLANCE: u32 = 12;

/// A unit as a ranking sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The unit.
    pub unit: Box<str>,
    /// Which of the units read it was.
    pub number: u64,
    /// The exact share.
    pub share: Ratio,
    /// The share that orders in whole millionths of millionths: tells most of them apart at a glance.
    glance: i64,
    /// What few sets, and few units, have.
    more: Option<Box<More>>,
    /// Its place, from 1; nothing before it is placed, and while its index is open.
    pub place: Option<u32>,
    /// Other units share the place.
    pub shared: bool,
    /// Something is unscored or failed, or nothing is in the scale.
    pub open: bool,
    /// The unit says that no survey was held.
    pub no_survey: bool,
    /// The grade, by its place among the ruleset's.
    pub grade: Option<u16>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct More {
    /// The share as rounded, where leaves or areas round.
    rounded: Option<Ratio>,
    /// The shares of the heads that break ties, in the ruleset's order.
    ties: Vec<Ratio>,
    /// The least and the most that the share can become, while that is open.
    bounds: Option<(Ratio, Ratio)>,
    /// Heads that a ceiling looks at, kept where the grade waits for the mean of the round.
    heads: Vec<HeadScore>,
}

impl More {
    fn kept(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

impl Standing {
    /// Of a scorecard.
    pub fn of_card(ruleset: &Ruleset, card: &Scorecard, number: u64) -> Self {
        let index = &card.index;
        let open = index.total.provisional || index.total.out_of_scale;
        let exact = matches!(ruleset.ranking_basis, GradeBasis::Exact);
        let value = if exact { &index.share } else { &index.rounded_share };
        let ties = preferred(ruleset).map(|id| {
            let total = card.head(id).map(|head| &head.total);
            let points = total.map(|total| if exact { &total.exact } else { &total.rounded });
            let share = points.zip(total).and_then(|(points, total)| points.share_of(&total.maximum));
            share.unwrap_or_else(|| value.clone())
        });
        let more = More {
            rounded: by_parts(ruleset).then(|| index.rounded_share.clone()),
            ties: ties.collect(),
            bounds: open.then(|| (index.lower_share.clone(), index.upper_share.clone())),
            heads: if waits(ruleset) { card.heads.clone() } else { Vec::new() },
        };
        Self {
            unit: card.unit.as_str().into(),
            number,
            glance: glance(if open { &index.share } else { value }),
            more: more.kept(),
            place: None,
            shared: false,
            open,
            no_survey: card.no_survey,
            grade: name_of(ruleset, &index.grading),
            share: index.share.clone(),
        }
    }

    /// Of scores on machine words; nothing while the index is open, which a scorecard says more about.
    pub fn of_scores(program: &Program, scores: &Scores, unit: &str, number: u64) -> Option<Self> {
        let ruleset = program.plan().ruleset();
        let share = program.complete_share(scores)?;
        let rounded = rounded_index(ruleset, &share);
        let exact = matches!(ruleset.ranking_basis, GradeBasis::Exact);
        let value = if exact { &share } else { &rounded };
        let ties = preferred(ruleset).map(|id| program.share_of(scores, id).unwrap_or_else(|| value.clone()));
        let (glance, ties) = (glance(value), ties.collect());
        let heads = heads(ruleset, |id| program.share_of(scores, id));
        let grading = grade(ruleset, &index(&share, &rounded), &heads, None);
        let heads = if waits(ruleset) { heads } else { Vec::new() };
        Some(Self {
            unit: unit.into(),
            number,
            glance,
            more: More { rounded: None, ties, bounds: None, heads }.kept(),
            place: None,
            shared: false,
            open: false,
            no_survey: false,
            grade: name_of(ruleset, &grading),
            share,
        })
    }

    /// The least and the most that the share can become, while that is open.
    pub fn bounds(&self) -> Option<&(Ratio, Ratio)> {
        self.more.as_ref()?.bounds.as_ref()
    }

    fn ties(&self) -> &[Ratio] {
        self.more.as_ref().map_or(&[], |more| &more.ties)
    }

    /// The share as the ruleset rounds it.
    pub fn rounded_share(&self, ruleset: &Ruleset) -> Ratio {
        let rounded = self.more.as_ref().and_then(|more| more.rounded.clone());
        rounded.unwrap_or_else(|| rounded_index(ruleset, &self.share))
    }
}

/// How a ruleset orders.
#[derive(Clone, Copy)]
struct Order<'a> {
    ruleset: &'a Ruleset,
    /// Shares that look alike at a glance are alike: so few digits are left of them.
    glance_decides: bool,
}

impl<'a> Order<'a> {
    fn of(ruleset: &'a Ruleset) -> Self {
        let few = matches!(ruleset.rounding, Some((RoundedLevel::Index, rounding)) if rounding.digits() <= GLANCE - 2);
        Self { ruleset, glance_decides: few && ruleset.ranking_basis == GradeBasis::Rounded }
    }

    /// Better units first; equal where the ruleset cannot tell them apart.
    fn compare(self, one: &Standing, other: &Standing) -> Ordering {
        let by_value = other.glance.cmp(&one.glance).then_with(|| match self.ruleset.ranking_basis {
            _ if self.glance_decides => Ordering::Equal,
            GradeBasis::Exact => other.share.cmp(&one.share),
            GradeBasis::Rounded => other.rounded_share(self.ruleset).cmp(&one.rounded_share(self.ruleset)),
        });
        by_value.then_with(|| other.ties().cmp(one.ties()))
    }
}

/// Whether the units of a set stand in one order: none of its blocks, and none of its units, is ranked by itself.
pub fn in_one_order(ruleset: &Ruleset) -> bool {
    ruleset.blocks.is_empty() && ruleset.units.is_empty()
}

/// Puts the units in order and gives each its place: what [`rank`](super::ranking::rank) says of the same scorecards.
/// In their own room, for rounds that leave little of it.
pub fn place(ruleset: &Ruleset, standings: &mut [Standing]) {
    let by = Order::of(ruleset);
    standings.sort_unstable_by_key(|standing| standing.open);
    let ranked = standings.partition_point(|standing| !standing.open);
    let Some((complete, open)) = standings.split_at_mut_checked(ranked) else { return };
    order(complete, |one, other| by.compare(one, other));
    order(open, |one, other| other.glance.cmp(&one.glance).then_with(|| other.share.cmp(&one.share)));
    grade_by_mean(ruleset, complete);
    let (mut at, mut distinct) = (0u32, 0u32);
    for tied in complete.chunk_by_mut(|one, other| by.compare(one, other) == Ordering::Equal) {
        let place = if ruleset.ties == Ties::SharedDense { distinct } else { at }.saturating_add(1);
        let shared = tied.len() > 1;
        for standing in tied {
            (standing.place, standing.shared) = (Some(place), shared);
            at = at.saturating_add(1);
        }
        distinct = distinct.saturating_add(1);
    }
    for standing in open {
        (standing.place, standing.shared) = (None, false);
    }
}

/// Sorts by a comparison, and what it cannot tell apart by name, and by number last.
fn order(standings: &mut [Standing], compare: impl Fn(&Standing, &Standing) -> Ordering) {
    standings.sort_unstable_by(&compare);
    for tied in standings.chunk_by_mut(|one, other| compare(one, other) == Ordering::Equal) {
        if tied.len() > 1 {
            tied.sort_by_cached_key(|standing| (fold(&standing.unit), standing.unit.clone(), standing.number));
        }
    }
}

/// Grades cut by the mean of the round: known when all units are.
fn grade_by_mean(ruleset: &Ruleset, complete: &mut [Standing]) {
    if !awaits_mean(ruleset) || complete.is_empty() {
        return;
    }
    let value = |standing: &Standing| match ruleset.grade_basis {
        GradeBasis::Exact => standing.share.clone(),
        GradeBasis::Rounded => standing.rounded_share(ruleset),
    };
    let all: Ratio = complete.iter().map(value).sum();
    let Some(mean) = all.checked_div(&Ratio::from(complete.len())) else { return };
    for standing in complete {
        let index = index(&standing.share, &standing.rounded_share(ruleset));
        let heads = standing.more.as_ref().map_or(&[][..], |more| &more.heads);
        standing.grade = name_of(ruleset, &grade(ruleset, &index, heads, Some(&mean)));
    }
}

fn awaits_mean(ruleset: &Ruleset) -> bool {
    ruleset.grades.iter().any(|grade| grade.from == GradeFrom::Mean)
}

/// Whether a grade cannot be told before the mean of the round, and looks at heads then.
fn waits(ruleset: &Ruleset) -> bool {
    awaits_mean(ruleset) && !ruleset.ceilings.is_empty()
}

/// The heads that break ties.
fn preferred(ruleset: &Ruleset) -> impl Iterator<Item = HeadId> {
    let list = match &ruleset.ties {
        Ties::Broken(preferred) => preferred.as_slice(),
        Ties::SharedSkip | Ties::SharedDense => &[],
    };
    list.iter().filter_map(|preferred| ruleset.by_code(&preferred.code.value)).map(|(id, _)| id)
}

/// An index that is complete, as grades look at it.
fn index(share: &Ratio, rounded: &Ratio) -> Index {
    Index {
        total: Total::default(),
        share: share.clone(),
        rounded_share: rounded.clone(),
        lower_share: Ratio::ZERO,
        upper_share: Ratio::ZERO,
        outside: None,
        without_floor: None,
        own: None,
        grading: Grading::default(),
        after: Vec::new(),
    }
}

/// The heads that ceilings look at, as shares of one point; of the others nothing is asked.
fn heads(ruleset: &Ruleset, share: impl Fn(HeadId) -> Option<Ratio>) -> Vec<HeadScore> {
    if ruleset.ceilings.is_empty() {
        return Vec::new();
    }
    let looked_at = |id: HeadId| ruleset.ceilings.iter().any(|ceiling| ceiling.head == id);
    let total = |id: HeadId| match share(id).filter(|_| looked_at(id)) {
        Some(share) => {
            let points = Points::new(share);
            Total { exact: points.clone(), rounded: points, maximum: Points::new(Ratio::ONE), ..Total::default() }
        }
        None => Total { out_of_scale: true, ..Total::default() },
    };
    let score = |at| HeadScore { head: HeadId(at), total: total(HeadId(at)), after: Vec::new() };
    (0..ruleset.heads.len()).map(score).collect()
}

fn name_of(ruleset: &Ruleset, grading: &Grading) -> Option<u16> {
    let name = grading.name.as_ref()?;
    u16::try_from(ruleset.grades.iter().position(|grade| grade.name.value == *name)?).ok()
}

/// Whether leaves or areas round, so that the rounded index is no rounding of the exact one.
fn by_parts(ruleset: &Ruleset) -> bool {
    !matches!(ruleset.rounding, None | Some((RoundedLevel::Index, _)))
}

fn rounded_index(ruleset: &Ruleset, share: &Ratio) -> Ratio {
    match ruleset.rounding {
        Some((RoundedLevel::Index, rounding)) => rounding.apply_share(share),
        _ => share.clone(),
    }
}

fn glance(share: &Ratio) -> i64 {
    (share * &Ratio::pow10(GLANCE)).floor().to_i64().unwrap_or(0)
}
