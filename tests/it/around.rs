//! Derived values against independent arithmetic: growth, rank, percentile, lowest, highest and mean.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tieuchi::diagnostic::{SourceMap, any_error};
use tieuchi::engine::{Absent, Context, Derived, IndexResult, Plan, Status};
use tieuchi::import::{self, Format};
use tieuchi::number::{Points, Ratio};
use tieuchi::ruleset::HeadId;
use tieuchi::submission::{Gaps, NotThere, Submission, Value, sample};
use tieuchi::{ruleset, wire};

const HEAD: &str = "bộ tiêu chí vn/thu \"Bộ thử\"
  năm: 2022
  nguồn: minh họa, \"bộ thử\"
  trích: \"vài mục\"
  thang điểm: 100 điểm
  thiếu số liệu: chưa chấm
  cách chấm: tự chấm; thẩm định lần 1
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn
";

const LEAVES: &str = "tiêu chí 1 \"Tăng\": 10 điểm
  số liệu x \"X\": số đếm, kèm năm trước
  chấm theo mức tăng x so với năm trước
    từ 10% trở lên: tối đa
    từ -10% đến dưới 10%: nội suy từ 0 điểm đến 10 điểm
    dưới -10%: 0 điểm
  không phát sinh khi x của năm trước = 0: chưa chấm
tiêu chí 2 \"Chỉ số khác\": 10 điểm
  chấm theo chỉ số vn/khac năm 2022, thang 40 điểm: tỷ lệ thuận
tiêu chí 3 \"Hạng\": 10 điểm
  số liệu x \"X\": số đếm
  chấm theo thứ hạng x trong khối, càng cao càng tốt
    bằng 1: tối đa
    từ 2 trở lên: 1 điểm
tiêu chí 4 \"Phân vị\": 10 điểm
  số liệu x \"X\": số đếm
  chấm theo phân vị x trong cả đợt, càng thấp càng tốt: tỷ lệ thuận
tiêu chí 5 \"Khoảng\": 10 điểm
  số liệu x \"X\": số đếm
  chấm theo khoảng thấp nhất đến cao nhất của 2 * x, càng thấp càng tốt: tỷ lệ thuận
    bằng nhau cả: tối đa
tiêu chí 6 \"Trung bình\": 10 điểm
  số liệu x \"X\": số đếm
  chấm theo chênh lệch x so với trung bình khối
    từ 0 trở lên: tối đa
    dưới 0: 0 điểm
";

fn plan() -> Plan {
    let mut sources = SourceMap::new();
    let text = format!("{HEAD}\n{LEAVES}");
    let id = sources.add("r.tieuchi", text.clone());
    let checked = ruleset::check(id, &text);
    assert!(!any_error(&checked.diagnostics), "{:?}", checked.diagnostics);
    Plan::compile(checked.ruleset.unwrap()).unwrap()
}

fn submissions(plan: &Plan, format: &str, text: &str) -> Vec<Submission> {
    let mut sources = SourceMap::new();
    let id = sources.add("x", text);
    let loaded = import::load(plan.ruleset(), id, text, Format::of_path(format).unwrap());
    assert!(!any_error(&loaded.diagnostics), "{:?}", loaded.diagnostics);
    loaded.submissions
}

/// Every unit states the same number wherever one is asked for.
fn round(plan: &Plan, values: &[u32]) -> Vec<Submission> {
    let mut table = "unit,1:x,3:x,4:x,5:x,6:x\n".to_owned();
    for (at, value) in values.iter().enumerate() {
        table.push_str(&format!("U{at},{value},{value},{value},{value},{value}\n"));
    }
    submissions(plan, "x.csv", &table)
}

fn id(plan: &Plan, code: &str) -> HeadId {
    plan.ruleset().by_code(code).unwrap().0
}

/// A derived value of a leaf by its name.
fn found(plan: &Plan, derived: &[Derived], code: &str, name: &str) -> Ratio {
    let (figure, _) = plan.ruleset().by_code(code).unwrap().1.leaf.as_ref().unwrap().figure(name).unwrap();
    let found = derived.iter().find(|derived| derived.figure == figure).unwrap();
    match &found.found.as_ref().unwrap().value {
        Value::Number(number) => number.clone(),
        other => panic!("{other:?}"),
    }
}

fn ratio(over: i64, under: i64) -> Ratio {
    Ratio::from(over).checked_div(&Ratio::from(under)).unwrap()
}

proptest! {
    #[test]
    fn a_round_is_compared_as_by_hand(values in prop::collection::vec(0_u32..12, 1..14)) {
        let plan = plan();
        let units = round(&plan, &values);
        let mut context = Context::default();
        context.cohort = Some(plan.cohort(&units, &context));
        let count = i64::try_from(values.len()).unwrap();
        let lowest = i64::from(*values.iter().min().unwrap());
        let highest = i64::from(*values.iter().max().unwrap());
        let total: i64 = values.iter().map(|&value| i64::from(value)).sum();
        for (unit, &own) in units.iter().zip(&values) {
            let card = plan.evaluate(unit, &context);
            let leaf = |code: &str| card.leaf(id(&plan, code)).unwrap().last.clone();
            let above = i64::try_from(values.iter().filter(|&&other| other > own).count()).unwrap();
            let below = i64::try_from(values.iter().filter(|&&other| other < own).count()).unwrap();
            prop_assert_eq!(found(&plan, &leaf("3").derived, "3", "thứ hạng"), Ratio::from(above + 1));
            prop_assert_eq!(found(&plan, &leaf("4").derived, "4", "phân vị"), ratio(count - below, count));
            prop_assert_eq!(found(&plan, &leaf("5").derived, "5", "giá trị thấp nhất"), Ratio::from(2 * lowest));
            prop_assert_eq!(found(&plan, &leaf("5").derived, "5", "Giá trị CAO nhất"), Ratio::from(2 * highest));
            prop_assert_eq!(found(&plan, &leaf("6").derived, "6", "trung bình khối"), ratio(total, count));
            let position = if lowest == highest { Ratio::ONE } else {
                ratio(highest - i64::from(own), highest - lowest)
            };
            let points = Points::new(&position * &Ratio::from(10));
            prop_assert_eq!(leaf("5").status, Status::Scored { exact: points.clone(), rounded: points });
            let above_mean = i64::from(own) * count >= total;
            let points = Points::new(Ratio::from(if above_mean { 10 } else { 0 }));
            prop_assert_eq!(leaf("6").status, Status::Scored { exact: points.clone(), rounded: points });
        }
    }

    #[test]
    fn growth_is_measured_by_its_base(now in 0_i64..400, then in 1_i64..400) {
        let plan = plan();
        let unit = round(&plan, &[u32::try_from(now).unwrap()]).remove(0);
        let mut context = Context::default();
        let one = id(&plan, "1");
        let (base, _) = plan.ruleset().by_code("1").unwrap().1.leaf.as_ref().unwrap().figure("x").unwrap();
        context.archive.put(2021, "U0", one, base, Value::Number(Ratio::from(then)));
        let card = plan.evaluate(&unit, &context);
        // From −10 % to 10 % the points rise from 0 to 10.
        let growth = ratio(now - then, then);
        let risen = (&(&growth + &ratio(1, 10)) * &Ratio::from(50)).max(Ratio::ZERO).min(Ratio::from(10));
        let points = Points::new(risen);
        let status = Status::Scored { exact: points.clone(), rounded: points };
        prop_assert_eq!(card.leaf(one).unwrap().last.status.clone(), status);
    }
}

#[test]
fn blocks_part_the_units_of_a_round() {
    let plan = plan();
    let units = round(&plan, &[5, 9, 7]);
    let mut context = Context::default();
    context.blocks = BTreeMap::from([("U0".to_owned(), "sở".to_owned()), ("U2".to_owned(), "sở".to_owned())]);
    context.cohort = Some(plan.cohort(&units, &context));
    let rank = |at: usize| {
        let card = plan.evaluate(&units[at], &context);
        let leaf = card.leaf(id(&plan, "3")).unwrap().last.clone();
        found(&plan, &leaf.derived, "3", "thứ hạng")
    };
    assert_eq!([rank(0), rank(1), rank(2)], [Ratio::from(2), Ratio::ONE, Ratio::ONE]);
    let card = plan.evaluate(&units[0], &context);
    let percentile = found(&plan, &card.leaf(id(&plan, "4")).unwrap().last.derived, "4", "phân vị");
    assert_eq!(percentile, Ratio::ONE, "the round knows no blocks");
}

#[test]
fn an_empty_context_leaves_what_it_lacks_missing_and_says_so() {
    let plan = plan();
    let unit = round(&plan, &[5]).remove(0);
    let card = plan.evaluate(&unit, &Context::default());
    let why = |code: &str| {
        let leaf = &card.leaf(id(&plan, code)).unwrap().last;
        assert_eq!(leaf.status, Status::Unscored);
        leaf.derived.iter().find_map(|derived| derived.found.clone().err()).unwrap()
    };
    assert_eq!(why("1"), Absent::Archive(2021, NotThere::Year));
    assert!(matches!(why("2"), Absent::Index { .. }));
    assert_eq!(why("3"), Absent::NoCohort);
}

#[test]
fn a_result_in_points_is_read_over_its_scale_on_every_track() {
    let plan = plan();
    let unit = round(&plan, &[5]).remove(0);
    let mut context = Context::default();
    context.indices.put("vn/khac", 2022, None, "U0", IndexResult::Points(Ratio::from(30)));
    let card = plan.evaluate(&unit, &context);
    let points = Points::new(ratio(15, 2));
    let status = Status::Scored { exact: points.clone(), rounded: points };
    let leaf = card.leaf(id(&plan, "2")).unwrap();
    assert_eq!(leaf.last.status, status);
    let after = leaf.after(tieuchi::language::tree::Track::SelfScore).unwrap();
    assert_eq!(after.status, status, "what no track states stands from the first track on");
    let mut out = Context::default();
    out.indices.put("vn/khac", 2022, None, "U0", IndexResult::Points(Ratio::from(41)));
    let card = plan.evaluate(&unit, &out);
    let derived = &card.leaf(id(&plan, "2")).unwrap().last.derived[0];
    assert!(matches!(derived.found, Err(Absent::OutOfRange(_))), "more than the scale has");
}

#[test]
fn a_sample_states_what_a_sheet_may_and_is_read_back() {
    let plan = plan();
    for number in 1..40 {
        let made = sample(plan.ruleset(), "U", 7, number, Gaps::None);
        let text = wire::to_json(plan.ruleset(), &made);
        assert_eq!(submissions(&plan, "x.json", &text), std::slice::from_ref(&made));
        let mut context = Context::default();
        context.cohort = Some(plan.cohort(std::slice::from_ref(&made), &context));
        let card = plan.evaluate(&made, &context);
        for code in ["2", "3", "4", "5", "6"] {
            let leaf = card.leaf(id(&plan, code)).unwrap();
            assert!(matches!(leaf.last.status, Status::Scored { .. }), "{code}: {:?}", leaf.last);
        }
    }
}
