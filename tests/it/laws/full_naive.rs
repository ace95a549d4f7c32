//! What a set at random comes to, worked out of what was drawn and in big rationals alone.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Zero as _};
use tieuchi::engine::{Scorecard, Status};
use tieuchi::ruleset::Ruleset;
use tieuchi::submission::{Stated, Submission, Value};

use super::full::{Area, Full, How, Of, Part, Wait, code};
use crate::naive::{Came, Naive, big, rounded};

/// What a head, or the whole, comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Total {
    Known {
        exact: BigRational,
        rounded: BigRational,
        maximum: BigRational,
    },
    Out,
    /// Something in it is not scored.
    Open,
}

fn tenths(tenths: u32) -> BigRational {
    BigRational::new(tenths.into(), 10.into())
}

fn percent(of: u32) -> BigRational {
    BigRational::new(of.into(), 100.into())
}

/// What an effect of a line gives.
fn effect(words: &str, maximum: &BigRational) -> Came {
    match words {
        "loại khỏi thang điểm" => Came::Out,
        "chưa chấm" => Came::Unscored,
        "tối đa" => Came::Points(maximum.clone()),
        "50% tối đa" => Came::Points(maximum / BigInt::from(2)),
        "0,5 điểm" => Came::Points(tenths(5)),
        points => Came::Points(BigRational::from(points.replace(" điểm", "").parse::<BigInt>().unwrap())),
    }
}

/// Exact, least and most points of a part, and its weight.
type Summed<'a> = (&'a BigRational, &'a BigRational, &'a BigRational, Option<u32>);

#[expect(clippy::struct_field_names, reason = "the engine's card, beside the naive one")]
pub(super) struct Card<'a> {
    full: &'a Full,
    ruleset: &'a Ruleset,
    submission: &'a Submission,
    block: usize,
    /// What the engine says, which is asked only where a gate looks at what is not scored.
    card: &'a Scorecard,
    pub(super) parts: Vec<Vec<Total>>,
    pub(super) areas: Vec<Total>,
}

impl<'a> Card<'a> {
    pub(super) fn new(
        full: &'a Full,
        ruleset: &'a Ruleset,
        submission: &'a Submission,
        block: usize,
        card: &'a Scorecard,
    ) -> Self {
        let mut naive = Self { full, ruleset, submission, block, card, parts: Vec::new(), areas: Vec::new() };
        for (at, area) in full.areas.iter().enumerate() {
            naive.parts.push(Vec::new());
            for (number, part) in area.parts.iter().enumerate() {
                let total = naive.part(at, number, area, part);
                naive.parts[at].push(total);
            }
            let maximum = tenths(area.worth()[block]);
            let weights = area.parts.iter().map(|part| part.weight).collect::<Vec<_>>();
            let total = join(area.how, &naive.parts[at], &weights, &maximum);
            naive.areas.push(naive.round("lĩnh vực", total));
        }
        naive
    }

    fn round(&self, level: &str, total: Total) -> Total {
        match (self.full.rounding, total) {
            (Some((at, digits)), Total::Known { exact, rounded: before, maximum }) if at == level => {
                Total::Known { exact, rounded: rounded(&before, digits), maximum }
            }
            (_, total) => total,
        }
    }

    fn part(&self, at: usize, number: usize, area: &Area, part: &Part) -> Total {
        let Some(worth) = part.in_table(area, self.block) else { return Total::Out };
        let maximum = tenths(worth);
        let came = match part.aside(area, self.block) {
            Some(words) => effect(words, &maximum),
            None => self.scored(&code(at, number), part, &maximum),
        };
        self.round(
            "từng tiêu chí",
            match came {
                Came::Points(points) => Total::Known { exact: points.clone(), rounded: points, maximum },
                Came::Out => Total::Out,
                Came::Unscored => Total::Open,
            },
        )
    }

    fn scored(&self, code: &str, part: &Part, maximum: &BigRational) -> Came {
        let (id, head) = self.ruleset.by_code(code).unwrap();
        let leaf = head.leaf.as_ref().unwrap();
        let (track, entry) = self.submission.leaves[&id].iter().next_back().unwrap();
        let Stated::Figures(stated) = &entry.stated else { panic!("figures") };
        let mut values = stated.clone();
        values.extend(self.submission.read_elsewhere(leaf, *track));
        if values.values().any(|value| *value == Value::NotApplicable) {
            return Came::Out;
        }
        let mut naive = Naive::new(leaf, &values, maximum.clone());
        let no_case = leaf.not_applicable.iter().find(|rule| naive.holds(&rule.test));
        let leaves = no_case.is_some_and(|rule| !matches!(naive.line(&rule.outcome), Came::Points(_)));
        let own = naive.leaf(leaf);
        match part.wait.as_ref().filter(|_| !leaves).map(|wait| (wait, self.open(wait))) {
            None | Some((_, Some(true))) => own,
            Some((wait, Some(false))) => effect(wait.otherwise, maximum),
            Some((_, None)) => match &self.card.leaf(id).unwrap().last.status {
                Status::Scored { exact, .. } => Came::Points(big(exact.ratio())),
                Status::NotApplicable => Came::Out,
                _ => Came::Unscored,
            },
        }
    }

    /// Whether a gate is open; nothing where the head is not scored.
    fn open(&self, wait: &Wait) -> Option<bool> {
        let of = match wait.of {
            Of::Part(area, part) => &self.parts[area][part],
            Of::Area(area) => &self.areas[area],
        };
        let (points, maximum) = match of {
            Total::Known { rounded, maximum, .. } => (rounded, maximum),
            Total::Out => return Some(true),
            Total::Open => return None,
        };
        let zero = BigRational::zero();
        Some(match wait.sign {
            "> 0" => *points > zero,
            "≠ 0" => *points != zero,
            "≥ limit" => *points >= tenths(wait.limit),
            "< limit" => *points < tenths(wait.limit),
            "= tối đa" => points == maximum,
            "< tối đa" => points < maximum,
            other => panic!("{other}"),
        })
    }

    /// What the scale gives.
    pub(super) fn before(&self) -> Total {
        let weights = self.full.areas.iter().map(|area| area.weight).collect::<Vec<_>>();
        join(self.full.how, &self.areas, &weights, &tenths(self.full.scale()[self.block]))
    }

    /// The index in points, exact and as leaves and areas round it.
    pub(super) fn whole(&self) -> Total {
        let Total::Known { exact, rounded, maximum } = self.before() else { return self.before() };
        let after = |points: BigRational, by_leaf: Option<u32>| {
            let points = match &self.full.outside {
                None => points,
                Some(outside) => {
                    // What stands outside the scale is a leaf too, and rounds as leaves do.
                    let counted = |cases: u32, cap: u32| {
                        let own = BigRational::new(cases.into(), 4.into()).min(BigRational::from(BigInt::from(5)));
                        by_leaf.map_or(own.clone(), |digits| self::rounded(&own, digits)).min(tenths(cap))
                    };
                    let claimed = if outside.apart && self.block != 0 { 0 } else { outside.cases.0 };
                    let raised = points + counted(claimed, outside.caps.0);
                    let taken = counted(outside.cases.1, outside.caps.1);
                    // Down to zero and no further; what lies below it already stays.
                    let zero = BigRational::zero();
                    let left = if raised <= zero { raised } else { (raised - taken).max(zero) };
                    match outside.most {
                        Some(most) => left.min(percent(most) * &maximum),
                        None => left,
                    }
                }
            };
            self.full.floor.map_or(points.clone(), |floor| points.max(percent(floor) * &maximum))
        };
        let by_leaf = self.full.rounding.filter(|(level, _)| *level == "từng tiêu chí").map(|(_, digits)| digits);
        Total::Known { exact: after(exact, None), rounded: after(rounded, by_leaf), maximum }
    }

    /// The index as it is rounded, a share; nothing while something is open.
    pub(super) fn share(&self) -> Option<BigRational> {
        let Total::Known { exact, rounded: points, maximum } = self.whole() else { return None };
        Some(match self.full.rounding {
            None => exact / maximum,
            Some(("chỉ số", digits)) => rounded(&(exact / maximum), digits + 2),
            Some(_) => points / maximum,
        })
    }
}

fn join(how: How, parts: &[Total], weights: &[Option<u32>], whole: &BigRational) -> Total {
    let known = parts.iter().zip(weights).filter(|(part, _)| **part != Total::Out);
    let known = known.map(|(part, weight)| match part {
        Total::Known { exact, rounded, maximum } => Some((exact, rounded, maximum, *weight)),
        Total::Out | Total::Open => None,
    });
    let Some(known) = known.collect::<Option<Vec<_>>>() else { return Total::Open };
    if known.is_empty() {
        return Total::Out;
    }
    let one = |of: &dyn Fn(&Summed<'_>) -> BigRational| match how {
        How::Sum => known.iter().map(of).sum::<BigRational>(),
        How::Weighted => {
            let weights: BigRational = known.iter().map(|part| percent(part.3.unwrap())).sum();
            let shares: BigRational = known.iter().map(|part| of(part) / part.2 * percent(part.3.unwrap())).sum();
            shares / weights * whole
        }
        How::Weakest => known.iter().map(|part| of(part) / part.2).min().unwrap() * whole,
    };
    let maximum = match how {
        How::Sum => known.iter().map(|part| part.2).sum(),
        How::Weighted | How::Weakest => whole * BigRational::one(),
    };
    Total::Known { exact: one(&|part| part.0.clone()), rounded: one(&|part| part.1.clone()), maximum }
}
