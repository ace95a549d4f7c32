//! Laws of rounds with a year before: last year's value counts alike from the sheet and from the archive, what is in neither
//! has the declared consequence, and units may come in any order.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use tieuchi::analysis::ranking::rank;
use tieuchi::engine::{Context, Scorecard, Status};
use tieuchi::number::{Points, Ratio};
use tieuchi::submission::{Submission, Value};

use super::full_holds::told;
use super::order::Dice;
use crate::support::{Set, set};

/// What a unit has now, and had then where that is known.
#[derive(Clone, Copy, Debug)]
struct Unit {
    now: Option<u32>,
    then: Option<u32>,
}

#[derive(Clone, Debug)]
struct Round {
    units: Vec<Unit>,
    /// Tenths below which it does not fall where figures are missing; nothing leaves it unscored.
    missing: Option<u32>,
    from: u32,
    less: u32,
    upto: u32,
}

fn round() -> impl Strategy<Value = Round> {
    let unit = (prop::option::weighted(0.9, 0_u32..40), prop::option::weighted(0.8, 0_u32..40))
        .prop_map(|(now, then)| Unit { now, then });
    let missing = select(vec![None, Some(0_u32), Some(0)]);
    (prop::collection::vec(unit, 1..7), missing, 1_u32..60, 0_u32..20, 1_u32..5)
        .prop_map(|(units, missing, from, less, upto)| Round { units, missing, from, less, upto })
}

impl Round {
    fn set(&self) -> Set {
        let missing =
            self.missing.map_or("chưa chấm".to_owned(), |tenths| format!("{} điểm", super::points(tenths)));
        let (from, upto, less) = (self.from, self.upto, super::points(self.less));
        let text = format!(
            "bộ tiêu chí thử/năm \"Năm\"\n  năm: 2022\n  nguồn: minh họa, \"để thử\"\n  thang điểm: 4 điểm\n  thiếu số liệu: {missing}\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\ntiêu chí 1 \"Tăng\": 2 điểm\n  số liệu x \"X\": số đếm\n  chấm theo mức tăng x so với năm trước\n    từ {from}% trở lên: tối đa\n    từ 0% đến dưới {from}%: {less} điểm\n    dưới 0%: 0 điểm\n  không phát sinh khi x của năm trước = 0: loại khỏi thang điểm\n\ntiêu chí 2 \"Hạng\": 2 điểm\n  số liệu x \"X\": số đếm\n  chấm theo thứ hạng x trong cả đợt, càng cao càng tốt\n    từ 1 đến hết {upto}: tối đa\n    từ {} trở lên: {less} điểm\n",
            upto + 1
        );
        set("năm.tieuchi", &text)
    }

    /// The sheets; those for which `said` holds say last year's value themselves.
    fn sheets(&self, set: &Set, said: impl Fn(usize) -> bool) -> Vec<Submission> {
        let sheet = |(at, unit): (usize, &Unit)| {
            let now = unit.now.map(|now| format!("\"x\": {now}"));
            let then = unit.then.filter(|_| said(at)).map(|then| format!("\"x của năm trước\": {then}"));
            let first = now.iter().chain(&then).cloned().collect::<Vec<_>>().join(", ");
            let second = now.unwrap_or_default();
            let leaf = |code: u32, figures: &str| format!("\"{code}\": {{\"self\": {{\"figures\": {{{figures}}}}}}}");
            format!(
                "{{\"ruleset\": \"thử/năm\", \"year\": 2022, \"unit\": \"U{at}\", \"leaves\": {{{}, {}}}}}",
                leaf(1, &first),
                leaf(2, &second)
            )
        };
        let sheets: Vec<String> = self.units.iter().enumerate().map(sheet).collect();
        set.submissions("năm.json", &format!("[{}]", sheets.join(",\n")))
    }

    /// What surrounds the units: the archive holds what the others do not say.
    fn around(&self, set: &Set, held: impl Fn(usize) -> bool) -> Context {
        let mut context = Context::default();
        let (head, first) = set.plan.ruleset().by_code("1").unwrap();
        let (x, _) = first.leaf.as_ref().unwrap().figure("x").unwrap();
        for (at, unit) in self.units.iter().enumerate().filter(|(at, _)| held(*at)) {
            if let Some(then) = unit.then {
                context.archive.put(2021, &format!("U{at}"), head, x, Value::Number(Ratio::from(i64::from(then))));
            }
        }
        context
    }

    /// What the first leaf comes to, by hand.
    fn growth(&self, unit: Unit) -> Status {
        let scored =
            |points: Ratio| Status::Scored { exact: Points::new(points.clone()), rounded: Points::new(points) };
        let tenths = |tenths: u32| scored(Ratio::new(tenths.into(), 10).unwrap());
        match (unit.now, unit.then) {
            (_, Some(0)) => Status::NotApplicable,
            (Some(now), Some(then)) if now * 100 >= then * (100 + self.from) => tenths(20),
            (Some(now), Some(then)) if now >= then => tenths(self.less),
            (Some(_), Some(_)) => tenths(0),
            _ => self.missing.map_or(Status::Unscored, tenths),
        }
    }
}

/// The cards by unit, and each unit's place.
fn came(
    set: &Set,
    units: &[Submission],
    mut context: Context,
) -> (BTreeMap<String, Scorecard>, BTreeMap<String, Option<usize>>) {
    context.cohort = Some(set.plan.cohort(units, &context));
    let cards: Vec<Scorecard> = units.iter().map(|unit| set.plan.evaluate(unit, &context)).collect();
    let ranking = rank(set.plan.ruleset(), cards.clone());
    let places = ranking.rows.iter().map(|row| (row.card.unit.clone(), row.place)).collect();
    (cards.into_iter().map(|card| (card.unit.clone(), card)).collect(), places)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 2, ..ProptestConfig::default() })]

    #[test]
    fn last_years_value_counts_alike_from_the_sheet_and_from_the_archive(
        drawn in round(), said in prop::collection::vec(any::<bool>(), 7), seed in any::<u64>()
    ) {
        let set = drawn.set();
        let sheets = |said: &dyn Fn(usize) -> bool| drawn.sheets(&set, said);
        let (stated, places) = came(&set, &sheets(&|_| true), Context::default());
        let mixed = came(&set, &sheets(&|at| said[at]), drawn.around(&set, |at| !said[at]));
        let both = came(&set, &sheets(&|_| true), drawn.around(&set, |_| true));
        let mut turned = sheets(&|_| false);
        Dice(seed).shuffle(&mut turned);
        let held = came(&set, &turned, drawn.around(&set, |_| true));
        for (others, ranked) in [mixed, both, held] {
            prop_assert_eq!(&places, &ranked);
            for (unit, card) in &stated {
                prop_assert_eq!(told(card), told(&others[unit]), "{}", unit);
            }
        }
        for (at, unit) in drawn.units.iter().enumerate() {
            let came = &stated[&format!("U{at}")].leaves[0].last;
            prop_assert_eq!(&came.status, &drawn.growth(*unit), "{:?} {:?}", unit, came.reason);
        }
    }
}
