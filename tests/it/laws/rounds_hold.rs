//! Laws over rounds: what units are compared by and what people answered, place by place and grade by grade, as by hand.

use num_rational::BigRational;
use num_traits::Zero as _;
use proptest::prelude::*;
use tieuchi::analysis::ranking::rank;
use tieuchi::diagnostic::{Diagnostic, SourceMap};
use tieuchi::engine::{Context, Scorecard, Status};
use tieuchi::import::{self, Format};
use tieuchi::submission::Submission;
use tieuchi::survey::{Surveys, take};

use super::full_holds::told;
use super::full_kin::{Name, composed, kin};
use super::rounds::{Among, Compared, Leaf, OPTIONS, Round, Survey, Unit, round};
use super::rules::Came;
use crate::naive::{big, rounded};
use crate::support::Set;

/// The set of a round.
pub(super) const OWN: Name = Name { path: "thử/đợt", year: 2022, edition: 1 };

fn ratio(over: u32, under: u32) -> BigRational {
    BigRational::new(over.into(), under.into())
}

fn two() -> BigRational {
    ratio(2, 1)
}

/// A number by which a unit is compared, or why it has none.
enum Number {
    Known(BigRational),
    NoCase,
    Missing,
}

impl Round {
    fn missing(&self) -> Came {
        if self.zero { Came::Points(BigRational::zero()) } else { Came::Unscored }
    }

    /// What a unit has by the last step that states figures.
    fn number(&self, unit: &Unit, at: usize) -> Number {
        let Leaf::Compared { what, asked, .. } = &self.leaves[at] else { panic!("nothing is compared") };
        let (own, appraised) = unit.stated[at];
        let Some((x, more)) = appraised.flatten().or(own.flatten()) else { return Number::Missing };
        match what {
            Compared::Percentile { .. } if x + more == 0 => Number::NoCase,
            _ if *asked && more == 0 => Number::NoCase,
            Compared::Percentile { .. } => Number::Known(ratio(x, x + more)),
            _ => Number::Known(ratio(x, 1)),
        }
    }

    fn compared(&self, unit: &Unit, at: usize) -> Came {
        let Leaf::Compared { what, among, higher, .. } = &self.leaves[at] else { panic!("nothing is compared") };
        let own = match self.number(unit, at) {
            Number::Known(own) => own,
            Number::NoCase => return Came::Out,
            Number::Missing => return self.missing(),
        };
        let in_round = *among == Among::Round;
        let among = self.units.iter().filter(|other| in_round || other.block == unit.block);
        let all: Vec<BigRational> = among
            .filter_map(|other| match self.number(other, at) {
                Number::Known(number) => Some(number),
                Number::NoCase | Number::Missing => None,
            })
            .collect();
        let better = all.iter().filter(|other| if *higher { **other > own } else { **other < own }).count();
        let (better, count) = (u32::try_from(better).unwrap(), u32::try_from(all.len()).unwrap());
        let tenths = |less: u32| ratio(less, 10);
        match what {
            Compared::Rank { upto, less } => Came::Points(if better < *upto { two() } else { tenths(*less) }),
            Compared::Percentile { from } => {
                let percentile = ratio(count - better, count);
                Came::Points(if percentile >= ratio(*from, 100) { two() } else { percentile * two() })
            }
            Compared::Position { equal } => {
                let (lowest, highest) = (all.iter().min().unwrap(), all.iter().max().unwrap());
                if lowest == highest {
                    return equal.came(&two());
                }
                let from = if *higher { own - lowest } else { highest - own };
                Came::Points(from / (highest - lowest) * two())
            }
            Compared::Mean { less } => {
                let mean = all.iter().sum::<BigRational>() / ratio(count, 1);
                Came::Points(if own >= mean { two() } else { tenths(*less) })
            }
        }
    }

    fn came(&self, unit: &Unit, at: usize) -> Came {
        match &self.leaves[at] {
            Leaf::Compared { .. } => self.compared(unit, at),
            Leaf::Asked(survey) => survey.came(&unit.answers[at], self.missing()),
        }
    }

    /// The index as a share, exact; nothing while something is open, or where nothing is left.
    fn share(&self, unit: &Unit) -> Option<BigRational> {
        let (mut sum, mut maximum) = (BigRational::zero(), BigRational::zero());
        for at in 0..self.leaves.len() {
            match self.came(unit, at) {
                Came::Points(points) => {
                    sum += points;
                    maximum += two();
                }
                Came::Out => {}
                Came::Unscored => return None,
            }
        }
        (!maximum.is_zero()).then(|| sum / maximum)
    }

    /// The share as ranks and grades see it.
    fn seen(&self, unit: &Unit) -> Option<BigRational> {
        let share = self.share(unit)?;
        Some(if self.rounded { rounded(&share, self.digits + 2) } else { share })
    }

    fn ranked(&self, unit: &Unit) -> bool {
        unit.block == 0 || self.apart != ": không xếp hạng"
    }

    fn place(&self, unit: &Unit) -> Option<usize> {
        let own = self.seen(unit).filter(|_| self.ranked(unit))?;
        let apart = self.apart == ": xếp hạng riêng";
        let others = self.units.iter().filter(|other| self.ranked(other) && (!apart || other.block == unit.block));
        let mut better: Vec<BigRational> = others.filter_map(|other| self.seen(other)).filter(|of| *of > own).collect();
        if !self.skip {
            better.sort();
            better.dedup();
        }
        Some(better.len() + 1)
    }

    fn grade(&self, unit: &Unit) -> Option<&'static str> {
        let own = self.seen(unit)?;
        let ranked = self.units.iter().filter(|unit| self.ranked(unit));
        let all: Vec<BigRational> = ranked.filter_map(|unit| self.seen(unit)).collect();
        let count = u32::try_from(all.len()).unwrap();
        let mean = (count > 0).then(|| all.iter().sum::<BigRational>() / ratio(count, 1));
        Some(match mean {
            _ if own >= ratio(self.best, 100) => "A",
            Some(mean) if own >= mean => "B",
            Some(_) => "C",
            // Nobody is ranked: there is no mean to cut by.
            None => return None,
        })
    }
}

impl Survey {
    /// Of one question in one group: what it comes to, and how many answers count.
    fn question(&self, [a, b, c, _]: [u32; OPTIONS]) -> (Option<BigRational>, u32) {
        let counted = a + b + c;
        let middle = if self.share { ratio(1, 1) } else { ratio(self.middle, 100) };
        let sum = ratio(a, 1) + ratio(b, 1) * middle;
        ((counted > 0).then(|| sum / ratio(counted, 1)), counted)
    }

    fn came(&self, answers: &[[[u32; OPTIONS]; 2]], missing: Came) -> Came {
        let groups = self.groups.len().max(1);
        let read = |group: usize| (0..self.questions).map(move |question| self.question(answers[group][question]));
        if (0..groups).flat_map(read).all(|(_, counted)| counted == 0) {
            return missing;
        }
        let mean = |group: usize| {
            let results = read(group).map(|(result, _)| result).collect::<Option<Vec<_>>>()?;
            Some(results.iter().sum::<BigRational>() / ratio(u32::try_from(self.questions).unwrap(), 1))
        };
        let there: Vec<usize> = (0..groups).filter(|&group| mean(group).is_some()).collect();
        if !self.groups.is_empty() && there.len() < groups && !self.shared {
            return Came::Unscored;
        }
        if there.is_empty() && !self.groups.is_empty() {
            return missing;
        }
        let few = |group: &Option<u32>, counted: u32| group.is_some_and(|least| counted < least);
        let of_group = self.groups.iter().enumerate().filter(|(at, _)| there.contains(at));
        let few_of_group =
            of_group.into_iter().any(|(at, group)| read(at).any(|(_, counted)| few(&group.least, counted)));
        let of_all = (0..self.questions).any(|question| {
            let groups = if self.groups.is_empty() { vec![0] } else { there.clone() };
            let counted = groups.iter().map(|&group| self.question(answers[group][question]).1).sum();
            few(&self.least, counted)
        });
        if few_of_group || of_all {
            return self.too_few.came(&two());
        }
        let weight = |group: usize| self.groups.get(group).map_or(ratio(1, 1), |group| ratio(group.weight, 100));
        let weights: BigRational = there.iter().map(|&group| weight(group)).sum();
        let result = there.iter().map(|&group| mean(group).unwrap() * weight(group)).sum::<BigRational>() / weights;
        let below = self.from.is_some_and(|from| result < ratio(from, 100));
        Came::Points(if below { BigRational::zero() } else { result * two() })
    }
}

fn sheets(set: &Set, text: &str) -> Vec<Submission> {
    let mut sources = set.sources.clone();
    let id = sources.add("đợt.json", text);
    let loaded = import::load(set.plan.ruleset(), id, text, Format::Json);
    assert!(!loaded.diagnostics.iter().any(Diagnostic::is_error), "{:?}\n{text}", loaded.diagnostics);
    loaded.submissions
}

fn surveys(set: &Set, text: &str) -> Surveys {
    let mut sources = SourceMap::new();
    let id = sources.add("phiếu.csv", text);
    let answers = import::answers(id, text, Format::Csv);
    let taken = take(&set.plan.ruleset().questionnaires, &answers.rows);
    assert!(answers.diagnostics.is_empty() && taken.diagnostics.is_empty(), "{:?}\n{text}", taken.diagnostics);
    taken.surveys
}

/// Every unit of a round in what surrounds it.
pub(super) fn cards(set: &Set, drawn: &Round, own: Name) -> Vec<Scorecard> {
    let (path, year) = own.of_sheet();
    let named = format!("\"ruleset\": \"{path}\", \"year\": {year}");
    let units = sheets(set, &drawn.sheets().replace("\"ruleset\": \"thử/đợt\", \"year\": 2022", &named));
    let mut context = Context { surveys: surveys(set, &drawn.answers()), ..Context::default() };
    context.cohort = Some(set.plan.cohort(&units, &context));
    units.iter().map(|unit| set.plan.evaluate(unit, &context)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn a_round_is_compared_asked_ranked_and_graded_as_by_hand(drawn in round()) {
        let set = drawn.set();
        let told = format!("{}\n{}\n{}", drawn.text(), drawn.sheets(), drawn.answers());
        let cards = cards(&set, &drawn, OWN);
        for (card, unit) in cards.iter().zip(&drawn.units) {
            for (at, leaf) in card.leaves.iter().enumerate() {
                let came = match &leaf.last.status {
                    Status::Scored { exact, .. } => Came::Points(big(exact.ratio())),
                    Status::NotApplicable => Came::Out,
                    Status::Unscored => Came::Unscored,
                    other => panic!("{other:?}: {:?}\n{told}", leaf.last.reason),
                };
                prop_assert_eq!(drawn.came(unit, at), came, "{} {}: {:?}\n{}", card.unit, at + 1, leaf.last, told);
            }
            let index = &card.index;
            let share = (!index.total.provisional && !index.total.out_of_scale).then(|| big(&index.share));
            prop_assert_eq!(drawn.share(unit), share, "{}\n{}", card.unit, told);
        }
        let ranking = rank(set.plan.ruleset(), cards);
        for row in &ranking.rows {
            let unit = &drawn.units[row.card.unit[1..].parse::<usize>().unwrap()];
            prop_assert_eq!(drawn.place(unit), row.place, "{}\n{}", row.card.unit, told);
            prop_assert_eq!(drawn.grade(unit), row.card.index.grading.name.as_deref(), "{}\n{}", row.card.unit, told);
        }
    }

    #[test]
    fn an_empty_set_that_extends_the_set_of_a_round_is_it(drawn in round(), kin in kin()) {
        let name = OWN.child(kin);
        let (child, _) = composed(&[&drawn.text(), &name.header(OWN)]);
        let (above, below) = (cards(&drawn.set(), &drawn, OWN), cards(&child, &drawn, name));
        for (above, below) in above.iter().zip(&below) {
            prop_assert_eq!(told(above), told(below), "{}", drawn.text());
        }
        let [above, below] = [(above, &drawn.set()), (below, &child)].map(|(cards, set)| {
            let ranking = rank(set.plan.ruleset(), cards);
            let row = |row: &tieuchi::analysis::ranking::Row| (row.place, row.shared, row.card.index.grading.clone());
            (ranking.rows.iter().map(row).collect::<Vec<_>>(), ranking.mean)
        });
        prop_assert_eq!(above, below, "{}", drawn.text());
    }
}
