//! Whole sets at random that are scored step by step: three levels of heads, what follows where figures or evidence are
//! missing, points that are entered or set, gates, bonus and penalty, a survey that may not be held, grades.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::full::places_and_digits;
use super::rules::{Calendar, Effect, Rule, Stated, by_figures, calendar, effect, stated};

/// What follows where something is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Missing {
    Unscored,
    /// Points, and whether they are to be explained.
    Points(u32, bool),
    /// Scored all the same, and to be explained; of evidence alone.
    Explain,
}

/// What a head says of what is missing in it and below.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Says {
    pub(super) figures: Option<Missing>,
    pub(super) evidence: Option<Missing>,
}

/// Whose head it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Whose {
    Own,
    Appraiser,
    External,
    Survey,
}

/// Steps that a sheet may state, in order; the third is the explanation.
pub(super) const STEPS: [&str; 4] = ["self", "appraisal 1", "explanation", "appraisal 2"];

/// What one step states of a leaf.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) stated: Stated,
    /// Points in place of the rule.
    pub(super) set: bool,
    pub(super) shown: bool,
}

/// How far an explanation has come, and whether it brings a document.
pub(super) type Explained = (&'static str, bool);

#[derive(Clone, Debug)]
pub(super) struct Gate {
    /// An earlier head, by its place among all.
    pub(super) of: usize,
    pub(super) sign: &'static str,
    pub(super) limit: u32,
    pub(super) otherwise: Effect,
}

#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) rule: Rule,
    pub(super) worth: u32,
    pub(super) whose: Whose,
    /// Tenths below zero that its points may lie.
    pub(super) floor: u32,
    pub(super) evidence: bool,
    pub(super) gate: Option<Gate>,
    /// By step; the third is never stated.
    pub(super) entries: [Option<Entry>; 4],
    pub(super) explained: Option<Explained>,
}

/// What stands at a place of the tree.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Parent,
    Leaf(Box<Leaf>),
}

#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) code: String,
    pub(super) level: &'static str,
    pub(super) parent: Option<usize>,
    pub(super) says: Says,
    pub(super) kind: Kind,
}

/// Heads outside the scale: 91 and 92 add, 93 takes off.
pub(super) const OUTSIDE: [(&str, &str); 3] = [("91", "điểm thưởng"), ("92", "điểm thưởng"), ("93", "điểm phạt")];

#[derive(Clone, Debug)]
pub(super) struct Grades {
    /// Per cent, from the best down; the last grade takes the rest.
    pub(super) cuts: Vec<(u32, bool)>,
    pub(super) rounded: bool,
    pub(super) rest: bool,
    /// No better than this grade when that head lies below so many per cent.
    pub(super) ceilings: Vec<(usize, usize, u32)>,
}

#[derive(Clone, Debug)]
pub(super) struct Stepped {
    pub(super) heads: Vec<Head>,
    pub(super) says: (Missing, Missing),
    /// How many of the steps there are: two, three or four.
    pub(super) steps: usize,
    pub(super) rounding: Option<(&'static str, u32)>,
    pub(super) calendar: Calendar,
    /// Caps of bonus and penalty, tenths.
    pub(super) caps: Option<(u32, u32)>,
    /// What follows in a year without a survey: rebased or not scored; nothing where there must be one.
    pub(super) optional: Option<bool>,
    pub(super) held: bool,
    pub(super) grades: Option<Grades>,
}

fn missing_figures() -> impl Strategy<Value = Missing> {
    select(vec![Missing::Unscored, Missing::Points(0, false), Missing::Points(0, true)])
}

fn missing_evidence() -> impl Strategy<Value = Missing> {
    select(vec![Missing::Unscored, Missing::Points(0, false), Missing::Points(0, true), Missing::Explain])
}

fn says() -> impl Strategy<Value = Says> {
    let more = select(vec![Missing::Points(5, false), Missing::Points(2, true)]);
    let figures = prop_oneof![4 => missing_figures(), 1 => more.clone()];
    let evidence = prop_oneof![4 => missing_evidence(), 1 => more];
    (prop::option::weighted(0.3, figures), prop::option::weighted(0.3, evidence))
        .prop_map(|(figures, evidence)| Says { figures, evidence })
}

fn entry() -> impl Strategy<Value = Entry> {
    (stated(), prop::bool::weighted(0.25), prop::bool::weighted(0.4)).prop_map(|(stated, set, shown)| Entry {
        stated,
        set,
        shown,
    })
}

fn gate() -> impl Strategy<Value = (Index, Gate)> {
    let sign = select(vec!["> 0", "≥ limit", "< limit", "= tối đa", "< tối đa", "≠ 0"]);
    (any::<Index>(), sign, 1_u32..20, effect())
        .prop_map(|(at, sign, limit, otherwise)| (at, Gate { of: 0, sign, limit, otherwise }))
}

type DrawnLeaf = (Leaf, Says, Option<(Index, Gate)>);

fn leaf() -> impl Strategy<Value = DrawnLeaf> {
    let rule = prop_oneof![4 => by_figures(), 1 => Just(Rule::Entered)];
    let whose = select(vec![Whose::Own, Whose::Own, Whose::Own, Whose::Appraiser, Whose::External, Whose::Survey]);
    let state = select(vec!["awaited", "given", "given", "lapsed", "not asked", ""]);
    let explained = prop::option::weighted(0.45, (state, any::<bool>()));
    let often = prop::option::weighted;
    let entries = (often(0.85, entry()), often(0.5, entry()), often(0.3, entry()));
    let head = (select(vec![10_u32, 20, 25]), whose, select(vec![0_u32, 0, 3]), any::<bool>());
    (rule, head, entries, explained, says(), prop::option::weighted(0.4, gate())).prop_map(
        |(rule, (worth, whose, floor, evidence), (own, first, second), explained, says, gate)| {
            let leaf = Leaf {
                rule,
                worth,
                whose,
                floor,
                evidence,
                gate: None,
                entries: [own, first, None, second],
                explained,
            };
            (leaf, says, gate)
        },
    )
}

impl Leaf {
    /// What cannot be stated is not: by the unit what others state, by an appraiser nothing at all.
    fn settle(&mut self, steps: usize, held: bool) {
        let unheld = self.whose == Whose::Survey && !held;
        for (step, entry) in self.entries.iter_mut().enumerate() {
            let there = step < steps && !unheld && (step > 0 || self.whose == Whose::Own);
            *entry = entry.filter(|_| there);
            if let Some(entry) = entry {
                // Nobody sets points in place of the rule for oneself.
                entry.set = entry.set && step > 0 || matches!(self.rule, Rule::Entered);
                if step > 0 && !entry.set {
                    entry.stated.left_out.0 &= self.rule.asks() > 1 && !entry.stated.left_out.1;
                }
            }
        }
        self.explained = self.explained.filter(|_| steps > 2 && !unheld);
    }

    /// The points of an entry that sets or enters them, in tenths over the floor.
    pub(super) fn entered(&self, stated: Stated) -> i64 {
        i64::from(stated.x % (self.worth + self.floor + 1)) - i64::from(self.floor)
    }
}

/// A criterion: what it says, and its parts.
type DrawnCriterion = (Says, Vec<DrawnLeaf>);

/// The heads of a drawn tree: areas of criteria, which are leaves or have parts.
fn heads(areas: Vec<(Says, Vec<DrawnCriterion>)>, outside: Option<[DrawnLeaf; 3]>) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut complete: Vec<usize> = Vec::new();
    let add = |heads: &mut Vec<Head>, complete: &mut Vec<usize>, code: String, level, parent, drawn: DrawnLeaf| {
        let (mut leaf, says, gate) = drawn;
        leaf.gate = gate.filter(|_| !complete.is_empty()).map(|(at, gate)| Gate { of: *at.get(complete), ..gate });
        heads.push(Head { code, level, parent, says, kind: Kind::Leaf(Box::new(leaf)) });
        complete.push(heads.len() - 1);
    };
    for (at, (says, criteria)) in areas.into_iter().enumerate() {
        let area = heads.len();
        heads.push(Head { code: (at + 1).to_string(), level: "lĩnh vực", parent: None, says, kind: Kind::Parent });
        for (number, (says, mut parts)) in criteria.into_iter().enumerate() {
            let code = format!("{}.{}", at + 1, number + 1);
            if parts.len() == 1 {
                add(&mut heads, &mut complete, code, "tiêu chí", Some(area), parts.remove(0));
                continue;
            }
            let criterion = heads.len();
            let (level, kind) = ("tiêu chí", Kind::Parent);
            heads.push(Head { code: code.clone(), level, parent: Some(area), says, kind });
            for (part, drawn) in parts.into_iter().enumerate() {
                let code = format!("{code}.{}", part + 1);
                add(&mut heads, &mut complete, code, "thành phần", Some(criterion), drawn);
            }
            complete.push(criterion);
        }
        complete.push(area);
    }
    for ((code, level), mut drawn) in OUTSIDE.into_iter().zip(outside.into_iter().flatten()) {
        drawn.0.floor = 0;
        if drawn.0.whose == Whose::Survey {
            drawn.0.whose = Whose::Own;
        }
        // What silence gives is tried by itself.
        drawn.1.figures = drawn.1.figures.filter(|missing| !matches!(missing, Missing::Points(1.., _)));
        add(&mut heads, &mut complete, code.to_owned(), level, None, drawn);
    }
    heads
}

/// Cuts, whether they look at rounded points, whether the rest has a grade, ceilings.
type DrawnGrades = (Vec<(u32, bool)>, bool, bool, Vec<(Index, Index, u32)>);

fn grades() -> impl Strategy<Value = DrawnGrades> {
    let cuts = prop::collection::btree_map((4_u32..20).prop_map(|twentieth| twentieth * 5), any::<bool>(), 1..5)
        .prop_map(|cuts| cuts.into_iter().rev().collect::<Vec<_>>());
    let ceilings = prop::collection::vec((any::<Index>(), any::<Index>(), 30_u32..100), 0..3);
    (cuts, any::<bool>(), any::<bool>(), ceilings)
}

/// Where and to how many digits points are rounded.
pub(super) fn rounding() -> impl Strategy<Value = Option<(&'static str, u32)>> {
    prop::option::weighted(0.8, places_and_digits())
}

pub(super) fn stepped() -> impl Strategy<Value = Stepped> {
    let criterion =
        (says(), prop_oneof![2 => prop::collection::vec(leaf(), 1..2), 1 => prop::collection::vec(leaf(), 2..4)]);
    let areas = prop::collection::vec((says(), prop::collection::vec(criterion, 1..3)), 1..4);
    let outside = prop::option::weighted(0.4, ([leaf(), leaf(), leaf()], (1_u32..30, 1_u32..30)));
    let survey = (prop::option::weighted(0.6, any::<bool>()), any::<bool>());
    let whole = (missing_figures(), missing_evidence());
    (areas, outside, survey, whole, 2_usize..5, rounding(), calendar(), prop::option::weighted(0.6, grades())).prop_map(
        |(areas, outside, (optional, held), says, steps, rounding, calendar, grades)| {
            let (outside, caps) = outside.unzip();
            let mut heads = heads(areas, outside);
            // The first leaf is the unit's own, so that something is appraised.
            let first = heads.iter_mut().find_map(|head| match &mut head.kind {
                Kind::Leaf(leaf) => Some(leaf),
                Kind::Parent => None,
            });
            first.unwrap().whose = Whose::Own;
            let asks = |head: &Head| matches!(&head.kind, Kind::Leaf(leaf) if leaf.whose == Whose::Survey);
            let optional = optional.filter(|_| heads.iter().any(asks));
            let held = held || optional.is_none();
            let worths: Vec<u32> = (0..heads.len()).map(|at| worth(&heads, at)).collect();
            for head in &mut heads {
                if let Kind::Leaf(leaf) = &mut head.kind {
                    leaf.settle(steps, held);
                    if let Some(gate) = &mut leaf.gate {
                        gate.limit = 1 + gate.limit % (worths[gate.of] - 1);
                    }
                }
            }
            let inside = heads.iter().filter(|head| !head.is_outside()).count();
            let grades = grades.map(|(cuts, rounded, rest, ceilings)| Grades {
                ceilings: ceilings
                    .into_iter()
                    .map(|(grade, head, below)| (grade.index(cuts.len() + 1), head.index(inside), below))
                    .collect(),
                cuts,
                rounded,
                rest,
            });
            Stepped { heads, says, steps, rounding, calendar, caps, optional, held, grades }
        },
    )
}

fn lies_under(heads: &[Head], at: usize, above: usize) -> bool {
    at == above || heads[at].parent.is_some_and(|parent| lies_under(heads, parent, above))
}

/// The maximum of a head, in tenths.
pub(super) fn worth(heads: &[Head], at: usize) -> u32 {
    let below = heads.iter().enumerate().filter(|(below, _)| lies_under(heads, *below, at));
    below.filter_map(|(_, head)| head.leaf()).map(|leaf| leaf.worth).sum()
}

impl Head {
    pub(super) fn is_outside(&self) -> bool {
        self.level.starts_with("điểm")
    }

    pub(super) fn leaf(&self) -> Option<&Leaf> {
        match &self.kind {
            Kind::Leaf(leaf) => Some(leaf),
            Kind::Parent => None,
        }
    }
}

impl Grades {
    /// Whether there is a grade so far down.
    pub(super) fn has(&self, grade: usize) -> bool {
        grade < self.cuts.len() || self.rest
    }
}
