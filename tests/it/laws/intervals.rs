//! What is scored lies where the proofs say that it can: leaf by leaf, in every head that adds up, and in the whole.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use tieuchi::engine::{Context, Reason, Scorecard, Status};
use tieuchi::language::tree::Aggregation;
use tieuchi::number::{Points, Ratio};
use tieuchi::ruleset::meaning::{Edge, Expr, FigureId, Guard, Interval, Known, Meaning, Outcome, Ranges, range};
use tieuchi::ruleset::{Head, HeadId, Leaf, Ruleset, Scoring};
use tieuchi::submission::{Gaps, sample};

use super::full::{BLOCKS, full};
use super::full_holds::{OWN, scored};
use super::rounds::round;
use super::rounds_hold::{self, cards};
use super::stepped::stepped;
use super::stepped_holds;
use crate::support::Set;
use crate::support::bounds::Bounds;

/// What is known of a leaf's figures, and of what its bands look at.
struct Looked<'a> {
    bounds: Bounds<'a>,
    subject: Interval,
}

impl Ranges for Looked<'_> {
    fn figure(&self, id: FigureId) -> Interval {
        self.bounds.figure(id)
    }
    fn maximum(&self) -> &Ratio {
        self.bounds.maximum()
    }
    fn subject(&self) -> Interval {
        self.subject.clone()
    }
    fn limits(&self, id: FigureId) -> Vec<Expr> {
        self.bounds.limits(id)
    }
}

fn point(points: &Points) -> Interval {
    Interval::point(points.ratio().clone())
}

fn hull(all: impl IntoIterator<Item = Interval>) -> Interval {
    let mut there = all.into_iter().filter(|interval| !interval.is_empty());
    let first = there.next().unwrap_or_else(Interval::none);
    there.fold(first, |hull, interval| hull.hull(&interval))
}

/// Both ends moved.
fn moved(interval: &Interval, by: impl Fn(&Ratio) -> Ratio) -> Interval {
    let end = |edge: &Option<Edge>| edge.as_ref().map(|edge| Edge { at: by(&edge.at), included: true });
    Interval { lower: end(&interval.lower), upper: end(&interval.upper) }
}

fn sum(one: &Interval, other: &Interval) -> Interval {
    let end = |one: &Option<Edge>, other: &Option<Edge>| {
        let (one, other) = (one.as_ref()?, other.as_ref()?);
        Some(Edge { at: &one.at + &other.at, included: one.included && other.included })
    };
    Interval { lower: end(&one.lower, &other.lower), upper: end(&one.upper, &other.upper) }
}

/// What a rule can give, by the proofs' reckoning.
fn by_rule(head: &Head, leaf: &Leaf) -> Interval {
    let bounds = || Bounds { figures: &leaf.figures, maximum: head.maximum.ratio().clone() };
    let cut = |interval: Interval, floor: &Option<Expr>, cap: &Option<Expr>| {
        let limit = |limit: &Option<Expr>| range(limit.as_ref()?, &bounds()).single().cloned();
        let (floor, cap) = (limit(floor), limit(cap));
        moved(&interval, |at| {
            let at = floor.clone().map_or(at.clone(), |floor| floor.max(at.clone()));
            cap.clone().map_or(at.clone(), |cap| cap.min(at))
        })
    };
    match &leaf.scoring {
        Scoring::Declared(_, Meaning::Cases { subject, arms }) => {
            let subject = subject.as_ref().map_or(Interval::ALL, |subject| range(subject, &bounds()));
            hull(arms.iter().filter_map(|arm| {
                let Outcome::Points(points) = &arm.outcome else { return None };
                let looked = |subject: Interval| Looked { bounds: bounds(), subject };
                match &arm.guard {
                    Guard::Within(band) => {
                        let subject = subject.intersect(band);
                        (!subject.is_empty()).then(|| range(points, &looked(subject)))
                    }
                    Guard::Test(test) => {
                        let base = looked(subject.clone());
                        let known = Known::new(&base, test, true);
                        (!known.is_impossible()).then(|| range(points, &known))
                    }
                    Guard::Otherwise => Some(range(points, &looked(subject.clone()))),
                }
            }))
        }
        Scoring::Declared(_, Meaning::Sum(list)) => {
            let parts = list.parts.iter().map(|part| range(&part.award, &bounds()).hull(&Interval::point(Ratio::ZERO)));
            let all = parts.fold(Interval::point(Ratio::ZERO), |all, part| sum(&all, &part));
            cut(all, &list.floor, &list.cap)
        }
        Scoring::Declared(_, Meaning::Value { expr, floor, cap, .. }) => cut(range(expr, &bounds()), floor, cap),
        Scoring::Script { floor, cap, .. } => Interval::closed(Some(floor.clone()), Some(cap.clone())),
        Scoring::PerRow(rows) => {
            let left = rows.none_left.as_ref().map(|(outcome, _)| given(outcome, head, leaf));
            hull(std::iter::once(by_leaf(head, &rows.row)).chain(left))
        }
        Scoring::Entered { .. } => anything(head),
    }
}

fn anything(head: &Head) -> Interval {
    Interval::closed(Some(head.floor.ratio().clone()), Some(head.maximum.ratio().clone()))
}

fn given(outcome: &Outcome, head: &Head, leaf: &Leaf) -> Interval {
    let bounds = Bounds { figures: &leaf.figures, maximum: head.maximum.ratio().clone() };
    match outcome {
        Outcome::Points(points) => range(points, &bounds),
        Outcome::OutOfScale | Outcome::Unscored => Interval::none(),
    }
}

/// What a leaf can come to: by its rule, and by every line beside it.
fn by_leaf(head: &Head, leaf: &Leaf) -> Interval {
    let survey = leaf.survey().map(|(_, rule)| &rule.too_few);
    let outcomes = leaf.not_applicable.iter().map(|line| &line.outcome);
    let outcomes = outcomes.chain(leaf.gates.iter().map(|gate| &gate.outcome)).chain(survey);
    let outcomes = outcomes.chain(head.aside.iter().map(|aside| &aside.outcome));
    let missing = [&leaf.figures_missing, &leaf.evidence_missing];
    let missing = missing.into_iter().filter_map(|missing| missing.points.as_ref()).map(point);
    // Nobody has to claim a bonus.
    let silent = head.level.is_outside().then(|| Interval::point(Ratio::ZERO));
    hull(
        std::iter::once(by_rule(head, leaf))
            .chain(outcomes.map(|of| given(of, head, leaf)))
            .chain(missing)
            .chain(silent),
    )
}

/// What a head can come to where all below adds up; nothing where it does not.
fn by_head(ruleset: &Ruleset, id: HeadId, leaves: &BTreeMap<usize, Interval>) -> Option<Interval> {
    if let Some(leaf) = leaves.get(&id.0) {
        return Some(leaf.clone());
    }
    let head = ruleset.head(id)?;
    if head.aggregation != Aggregation::Sum || head.aside.is_some() {
        return None;
    }
    let parts = head.children.iter().map(|&part| by_head(ruleset, part, leaves));
    parts.reduce(|one, other| Some(sum(&one?, &other?)))?
}

/// Everything that was scored lies in the interval of what it is.
fn lies_within(ruleset: &Ruleset, card: &Scorecard) -> Result<(), TestCaseError> {
    let mut leaves = BTreeMap::new();
    for score in &card.leaves {
        let head = ruleset.head(score.head).unwrap();
        let mut interval = by_leaf(head, head.leaf.as_ref().unwrap());
        // Points that an appraiser sets in place of the rule are any that the head may have.
        if matches!(score.last.reason, Reason::Set { .. }) {
            interval = interval.hull(&anything(head));
        }
        match &score.last.status {
            Status::Scored { exact, .. } | Status::Awaiting { exact, .. } => {
                let told = format!("{}: {exact:?} in {interval:?}, {:?}", head.code, score.last.reason);
                prop_assert!(interval.contains(exact.ratio()), "{}", told);
            }
            Status::NotApplicable => interval = Interval::point(Ratio::ZERO),
            Status::Failed => prop_assert!(false, "{}: {:?}", head.code, score.last.reason),
            Status::Unscored => interval = interval.hull(&Interval::point(Ratio::ZERO)),
        }
        leaves.insert(score.head.0, interval);
    }
    for (at, head) in ruleset.heads.iter().enumerate().filter(|(_, head)| head.leaf.is_none()) {
        let total = &card.head(HeadId(at)).unwrap().total;
        if let Some(interval) = by_head(ruleset, HeadId(at), &leaves)
            && !total.out_of_scale
        {
            prop_assert!(interval.contains(total.exact.ratio()), "{}: {:?} in {:?}", head.code, total, interval);
        }
    }
    let inside = ruleset.roots.iter().filter(|id| !ruleset.head(**id).unwrap().level.is_outside());
    let all = inside.map(|&id| by_head(ruleset, id, &leaves)).reduce(|one, other| Some(sum(&one?, &other?)));
    let index = &card.index;
    if ruleset.aggregation == Aggregation::Sum
        && !card.no_survey
        && !index.total.out_of_scale
        && let Some(Some(all)) = all
    {
        let total = index.outside.as_ref().map_or(&index.total, |outside| &outside.before);
        let exact = index.without_floor.as_ref().filter(|_| index.outside.is_none()).unwrap_or(&total.exact);
        prop_assert!(all.contains(exact.ratio()), "{:?} in {:?}", index, all);
    }
    Ok(())
}

/// The drawn ones and sampled ones.
fn all_within(set: &Set, block: Option<&str>) -> Result<(), TestCaseError> {
    let ruleset = set.plan.ruleset();
    for (number, gaps) in [(0, Gaps::None), (1, Gaps::None), (2, Gaps::Few)] {
        let mut sheet = sample(ruleset, "Mẫu", 5, number, gaps);
        sheet.block = block.map(str::to_owned).or(sheet.block);
        let card = set.plan.evaluate(&sheet, &Context::default());
        lies_within(ruleset.of_block(card.block.as_deref()), &card)?;
    }
    Ok(())
}

/// Of how many leaves some sample reaches both ends of what the proof says, of how many that have two ends.
fn reached(set: &Set, samples: u64) -> (usize, usize) {
    let ruleset = set.plan.ruleset();
    let mut ends: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
    for number in 0..samples {
        let card = set.plan.evaluate(&sample(ruleset, "Mẫu", 7, number, Gaps::None), &Context::default());
        let ruleset = ruleset.of_block(card.block.as_deref());
        for score in &card.leaves {
            let head = ruleset.head(score.head).unwrap();
            let interval = by_leaf(head, head.leaf.as_ref().unwrap());
            let Status::Scored { exact, .. } = &score.last.status else { continue };
            let is = |edge: &Option<Edge>| edge.as_ref().is_some_and(|edge| edge.at == *exact.ratio());
            let ends = ends.entry(score.head.0).or_default();
            *ends = (ends.0 || is(&interval.lower), ends.1 || is(&interval.upper));
        }
    }
    (ends.values().filter(|(lower, upper)| *lower && *upper).count(), ends.len())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn what_a_whole_set_gives_lies_where_it_can(drawn in full()) {
        let set = drawn.set(false);
        for block in 0..BLOCKS {
            let name = format!("k{block}");
            let card = scored(&set, &drawn.sheet(OWN, block, |_| true, |_| String::new())).1;
            lies_within(set.plan.ruleset().of_block(Some(&name)), &card)?;
            all_within(&set, Some(&name))?;
        }
    }

    #[test]
    fn what_a_set_of_steps_gives_lies_where_it_can(drawn in stepped()) {
        let set = drawn.set();
        lies_within(set.plan.ruleset(), &stepped_holds::scored(&set, &drawn.sheet()))?;
        all_within(&set, None)?;
    }

    #[test]
    fn what_a_round_gives_lies_where_it_can(drawn in round()) {
        let set = drawn.set();
        for card in cards(&set, &drawn, rounds_hold::OWN) {
            lies_within(set.plan.ruleset().of_block(card.block.as_deref()), &card)?;
        }
    }
}

/// An interval of everything would hold any points: these are no wider than what is reached.
#[test]
fn both_ends_of_what_can_be_are_reached() {
    let mut runner = TestRunner::deterministic();
    let (mut both, mut all) = (0, 0);
    for _ in 0..20 {
        let (whole, steps) =
            (full().new_tree(&mut runner).unwrap().current(), stepped().new_tree(&mut runner).unwrap());
        for set in [whole.set(false), steps.current().set()] {
            let (of_set, leaves) = reached(&set, 40);
            (both, all) = (both + of_set, all + leaves);
        }
    }
    println!("both ends of {both} of {all} leaves");
    assert!(both * 100 >= all * 30, "{both} of {all}");
}
