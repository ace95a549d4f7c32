//! What a ranking has to know of a unit, and no more: rounds of a million units fit in memory.

use std::cmp::Ordering;

use super::ranking::apart;
use crate::engine::quick::{Program, Scores};
use crate::engine::{Grading, HeadScore, Index, Scorecard, Total, Unranked, grade, graded};
use crate::language::fold;
use crate::language::tree::{GradeBasis, GradeFrom, RoundedLevel, Ties};
use crate::number::{Points, Ratio};
use crate::ruleset::{HeadId, Ruleset};

/// Digits of a share that are looked at first.
const GLANCE: u32 = 12;

/// A unit as a ranking sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of one unit, as a ranking publishes them")]
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
    /// Its place, from 1; nothing before it is placed, while its index is open, and where it takes none.
    pub place: Option<u32>,
    /// Other units share the place.
    pub shared: bool,
    /// Something is unscored or failed, or nothing is in the scale.
    pub open: bool,
    /// What it is scored by is made up.
    pub synthetic: bool,
    /// The unit says that no survey was held.
    pub no_survey: bool,
    /// The grade, by its place among the ruleset's.
    pub grade: Option<u16>,
    /// The block that it is ranked within, by its place among the ruleset's; nothing among those ranked together.
    pub within: Option<u16>,
    /// Why it takes no place although it is assessed, if it takes none.
    pub unranked: Option<Box<Unranked>>,
}

/// Whose a standing is.
#[derive(Clone, Debug, Default)]
pub struct Who {
    /// The unit.
    pub unit: Box<str>,
    /// Its block, by the ruleset's name for it.
    pub block: Option<String>,
    /// Why it takes no place, if it takes none.
    pub unranked: Option<Unranked>,
    /// What it is scored by is made up.
    pub synthetic: bool,
}

/// Where in a table a unit stands: those with places first, those without after them, those that are open last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Placed,
    Unranked,
    Open,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct More {
    /// The share as rounded, where leaves or areas round.
    rounded: Option<Ratio>,
    /// The shares of the heads that break ties, in the ruleset's order.
    ties: Vec<Ratio>,
    /// The least and the most that the share as the ruleset rounds it can become, while that is open.
    bounds: Option<(Ratio, Ratio)>,
    /// Nothing is in its scale: it has no share.
    out_of_scale: bool,
    /// What grades look at, where that is not the index and they wait for the mean of the round.
    graded: Option<Ratio>,
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
            bounds: open.then(|| (index.counted_lower_share.clone(), index.counted_upper_share.clone())),
            out_of_scale: index.total.out_of_scale,
            graded: (ruleset.graded_before_outside && awaits_mean(ruleset))
                .then(|| graded(ruleset, index).into_owned()),
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
            synthetic: card.synthetic,
            no_survey: card.no_survey,
            grade: name_of(ruleset, &index.grading),
            within: within(ruleset, card.block.as_deref()),
            unranked: card.unranked.clone().map(Box::new),
            share: index.share.clone(),
        }
    }

    /// Of scores on machine words; nothing while the index is open, which a scorecard says more about.
    pub fn of_scores(program: &Program, scores: &Scores, who: Who, number: u64) -> Option<Self> {
        let ruleset = program.plan().ruleset();
        let share = program.complete_share(scores)?;
        let rounded = rounded_index(ruleset, &share);
        let exact = matches!(ruleset.ranking_basis, GradeBasis::Exact);
        let value = if exact { &share } else { &rounded };
        let ties = preferred(ruleset).map(|id| program.share_of(scores, id).unwrap_or_else(|| value.clone()));
        let (glance, ties) = (glance(value), ties.collect());
        let heads = heads(ruleset, |id| program.share_of(scores, id));
        let grading = grade(ruleset, &index(&share, &rounded), &heads, None).of_ranked(who.unranked.is_none());
        let heads = if waits(ruleset) { heads } else { Vec::new() };
        Some(Self {
            unit: who.unit,
            number,
            glance,
            more: More { ties, heads, ..More::default() }.kept(),
            place: None,
            shared: false,
            open: false,
            synthetic: who.synthetic,
            no_survey: false,
            grade: name_of(ruleset, &grading),
            within: within(ruleset, who.block.as_deref()),
            unranked: who.unranked.map(Box::new),
            share,
        })
    }

    fn part(&self) -> Part {
        match &self.unranked {
            _ if self.open => Part::Open,
            Some(_) => Part::Unranked,
            None => Part::Placed,
        }
    }

    /// Nothing is in its scale: it has no share.
    pub fn out_of_scale(&self) -> bool {
        self.more.as_ref().is_some_and(|more| more.out_of_scale)
    }

    /// The least and the most that the share as the ruleset rounds it can become, while that is open.
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

/// Puts the units in order and gives each its place: what [`rank`](super::ranking::rank) says of the same scorecards.
/// In their own room, for rounds that leave little of it.
pub fn place(ruleset: &Ruleset, standings: &mut [Standing]) {
    let by = Order::of(ruleset);
    let stands = |standing: &Standing| (standing.within, standing.part());
    standings.sort_unstable_by_key(stands);
    grade_by_mean(ruleset, standings);
    for group in standings.chunk_by_mut(|one, other| stands(one) == stands(other)) {
        match group.first().map(Standing::part) {
            Some(Part::Open) => {
                order(group, |one, other| other.glance.cmp(&one.glance).then_with(|| other.share.cmp(&one.share)));
            }
            _ => order(group, |one, other| by.compare(one, other)),
        }
        if group.first().is_some_and(|first| first.part() == Part::Placed) {
            places(ruleset, by, group);
        } else {
            for standing in group {
                (standing.place, standing.shared) = (None, false);
            }
        }
    }
}

/// Gives places to units in order.
fn places(ruleset: &Ruleset, by: Order<'_>, complete: &mut [Standing]) {
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

/// Grades cut by the mean of the round's ranked units: known when all units are.
fn grade_by_mean(ruleset: &Ruleset, standings: &mut [Standing]) {
    if !awaits_mean(ruleset) {
        return;
    }
    let apart = |standing: &Standing| standing.more.as_ref().and_then(|more| more.graded.clone());
    let value = |standing: &Standing| match (apart(standing), ruleset.grade_basis) {
        (Some(graded), _) => graded,
        (None, GradeBasis::Exact) => standing.share.clone(),
        (None, GradeBasis::Rounded) => standing.rounded_share(ruleset),
    };
    let counted = || standings.iter().filter(|standing| standing.part() == Part::Placed);
    let all: Ratio = counted().map(value).sum();
    let Some(mean) = all.checked_div(&Ratio::from(counted().count())) else { return };
    for standing in standings.iter_mut().filter(|standing| !standing.open) {
        let index = match apart(standing) {
            Some(graded) => index(&graded, &graded),
            None => index(&standing.share, &standing.rounded_share(ruleset)),
        };
        let heads = standing.more.as_ref().map_or(&[][..], |more| &more.heads);
        let grading = grade(ruleset, &index, heads, Some(&mean)).of_ranked(standing.unranked.is_none());
        standing.grade = name_of(ruleset, &grading);
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
        counted_lower_share: Ratio::ZERO,
        counted_upper_share: Ratio::ZERO,
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

fn within(ruleset: &Ruleset, block: Option<&str>) -> Option<u16> {
    apart(ruleset, block).and_then(|at| u16::try_from(at).ok())
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
