//! A change between two years taken apart: its parts add up exactly, and each is what its name says.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tieuchi::analysis::split::{LeafSplit, NoSplit, Split, Splits, Why, Year, splits};
use tieuchi::catalogue::{Trial, load};
use tieuchi::diagnostic::SourceId;
use tieuchi::engine::{Context, Plan, Scorecard};
use tieuchi::import::{self, Format};
use tieuchi::number::{DecimalMark, Ratio};
use tieuchi::submission::{Gaps, Submission, sample};

use crate::inheritance::Family;
use crate::support::root;

/// A round that nothing surrounds: its cards.
fn cards(plan: &Plan, sheets: &[Submission]) -> Vec<Scorecard> {
    let mut context = Context::default();
    for sheet in sheets {
        context.blocks.extend(sheet.block.clone().map(|block| (sheet.unit.clone(), block)));
    }
    if plan.compares_units() {
        context.cohort = Some(plan.cohort(sheets, &context));
    }
    sheets.iter().map(|sheet| plan.evaluate(sheet, &context)).collect()
}

fn apart(now: (&Plan, &[Submission]), then: (&Plan, &[Submission])) -> Splits {
    let (new, old) = (cards(now.0, now.1), cards(then.0, then.1));
    let (new, old): (Vec<&Scorecard>, Vec<&Scorecard>) = (new.iter().collect(), old.iter().collect());
    splits(
        Year { plan: now.0, submissions: now.1, cards: &new },
        Year { plan: then.0, submissions: then.1, cards: &old },
        &|unit| Some(unit.to_owned()),
    )
}

/// The parts add up to the change of the published index: in both orders, in their mean, and area by area.
fn adds_up(split: &Split) {
    let change = &split.after - &split.before;
    for parts in [&split.parts, &split.other, &split.mean] {
        assert_eq!(parts.change(), change);
    }
    let areas: Ratio = split.areas().iter().map(|(_, parts)| parts.change()).sum();
    assert_eq!(&areas + &split.parts.rounding, change);
    for leaf in &split.leaves {
        assert!(leaf.why.is_none() || leaf.parts.rules.is_zero(), "{leaf:?}");
        assert!(leaf.why.is_some() || leaf.parts.apart.is_zero(), "{leaf:?}");
    }
}

fn shipped() -> Vec<Plan> {
    let loaded = load(&[root().join("rulesets"), root().join("docs/guides/vi-du/cchc-xa")], Trial::Skip);
    let sets = loaded.files.into_iter().filter_map(|file| file.ruleset);
    sets.filter_map(|ruleset| Plan::compile(ruleset).ok()).collect()
}

fn drawn(plan: &Plan, seed: u64) -> Vec<Submission> {
    (0..4).map(|number| sample(plan.ruleset(), &format!("Đơn vị {number}"), seed, number, Gaps::None)).collect()
}

#[test]
fn of_one_set_in_two_years_nothing_is_of_the_rules() {
    let mut taken = 0;
    for plan in shipped() {
        let (one, other) = (drawn(&plan, 1), drawn(&plan, 2));
        for (unit, split) in apart((&plan, &other), (&plan, &one)).units {
            let Ok(split) = split else { continue };
            adds_up(&split);
            let name = plan.ruleset().name();
            assert!(split.parts.rules.is_zero() && split.other.rules.is_zero(), "{name}, {unit}");
            assert!(split.parts.apart.is_zero(), "{name}, {unit}: {:?}", whys(&split));
            taken += 1;
        }
        // The same sheets too: nothing changed.
        for (_, split) in apart((&plan, &one), (&plan, &one)).units {
            let Ok(split) = split else { continue };
            assert!(split.leaves.iter().all(|leaf| leaf.parts.change().is_zero()));
            assert_eq!(split.before, split.after);
        }
    }
    assert!(taken > 100, "{taken}");
}

fn whys(split: &Split) -> Vec<(Option<&str>, &Why)> {
    split.leaves.iter().filter_map(|leaf| Some((leaf.code.as_deref(), leaf.why.as_ref()?))).collect()
}

#[test]
fn between_shipped_years_the_parts_add_up() {
    let plans = shipped();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for now in &plans {
        for then in &plans {
            let (new, old) = (now.ruleset(), then.ruleset());
            if new.path != old.path || new.year <= old.year {
                continue;
            }
            for seed in 0..3 {
                let apart = apart((now, &drawn(now, seed)), (then, &drawn(then, seed + 10)));
                for split in apart.units.iter().filter_map(|(_, split)| split.as_ref().ok()) {
                    adds_up(split);
                    *taken.entry(format!("{} → {}", old.name(), new.year)).or_default() += 1;
                }
            }
        }
    }
    assert!(taken.len() >= 3, "{taken:?}");
}

const THEN: &str = r#"bộ tiêu chí thử/hai-năm "Bộ thử"
  năm: 2022
  nguồn: minh họa, "để thử"
  thang điểm: 10 điểm
  thiếu số liệu: chưa chấm
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

lĩnh vực 1 "Một": 6 điểm

tiêu chí 1.1 "Tỷ lệ": 2 điểm
  số liệu a "Tất cả": số đếm, ít nhất 1
  số liệu b "Đạt": số đếm, không quá a
  chấm theo tỷ lệ b / a
    từ 80% trở lên: tối đa
    dưới 80%: 0 điểm

tiêu chí 1.2 "Có hay không": 2 điểm
  số liệu x "Có": có/không
  chấm theo điều kiện
    khi x = có: tối đa
    còn lại: 0 điểm

tiêu chí 1.3 "Kế hoạch": 2 điểm
  số liệu ngày "Ngày ban hành": ngày
  chấm theo thời hạn ngày, hạn hết 31/01/2022
    đúng hạn: tối đa
    muộn không quá 60 ngày: 1 điểm
    muộn trên 60 ngày: 0 điểm
    không thực hiện: 0 điểm

lĩnh vực 2 "Hai": 4 điểm

tiêu chí 2.1 "Điểm nhập": 2 điểm
  chấm theo điểm nhập, do "Sở"

tiêu chí 2.2 "Bỏ": 2 điểm
  chấm theo điểm nhập, do "Sở"
"#;

fn now(lines: &str) -> String {
    format!("bộ tiêu chí thử/hai-năm \"Bộ thử\"\n  năm: 2023\n  kế thừa: thử/hai-năm năm 2022\n{lines}")
}

const SHEET: &str = r#"{"1.1": {"self": {"figures": {"a": 100, "b": 85}}}, "1.2": {"self": {"figures": {"x": true}}}, "1.3": {"self": {"figures": {"ngày": "20/01/2022"}}}, "2.1": {"self": {"points": 1.5}}, "2.2": {"self": {"points": 1}}}"#;

fn sheet(plan: &Plan, leaves: &str) -> Vec<Submission> {
    let set = plan.ruleset();
    let text =
        format!("{{\"ruleset\": \"{}\", \"year\": {}, \"unit\": \"Xã A\", \"leaves\": {leaves}}}", set.path, set.year);
    let loaded = import::load(set, SourceId(0), &text, Format::Json);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded.submissions
}

/// The split of one unit between the set above and one that says these lines, with the leaves of its new sheet.
fn of(lines: &str, leaves: &str) -> Split {
    let family = Family::new(&[THEN, &now(lines)]);
    let plan = |name: &str| Plan::compile(family.sound(name).0).unwrap();
    let (then, now) = (plan("thử/hai-năm 2022"), plan("thử/hai-năm 2023"));
    let (old, new) = (sheet(&then, SHEET), sheet(&now, leaves));
    let mut splits = apart((&now, &new), (&then, &old));
    let split = splits.units.pop().unwrap().1.unwrap();
    adds_up(&split);
    split
}

/// A leaf's parts in percentage points: performance, rules, not comparable.
fn parts(split: &Split, code: &str) -> [String; 3] {
    let leaf = leaf(split, code);
    [&leaf.parts.performance, &leaf.parts.rules, &leaf.parts.apart].map(hundredths)
}

fn leaf<'s>(split: &'s Split, code: &str) -> &'s LeafSplit {
    split.leaves.iter().find(|leaf| leaf.code.as_deref().or(leaf.was.as_deref()) == Some(code)).unwrap()
}

fn hundredths(share: &Ratio) -> String {
    (share * &Ratio::from(100)).exact(DecimalMark::Point)
}

#[test]
fn a_stricter_band_is_of_the_rules_and_a_better_sheet_of_performance() {
    let lines = "\nsửa tiêu chí 1.1\n  chấm theo tỷ lệ b / a\n    từ 90% trở lên: tối đa\n    dưới 90%: 0 điểm\n";
    let split = of(lines, &SHEET.replace("\"b\": 85", "\"b\": 95"));
    // Under 90 % the old sheet would have had nothing: −20 of the rules; the new sheet earns them back.
    assert_eq!(parts(&split, "1.1"), ["20", "-20", "0"]);
    assert_eq!(leaf(&split, "1.1").crossed.as_ref().unwrap().exact(DecimalMark::Point), "0");
    assert!(split.before == split.after);
    // By the old band both sheets are good: the other order says that nothing changed, and the mean lies between.
    assert_eq!([&split.other.performance, &split.other.rules].map(hundredths), ["0", "0"]);
    assert_eq!([&split.mean.performance, &split.mean.rules].map(hundredths), ["10", "-10"]);
}

#[test]
fn the_same_sheet_under_other_codes_and_points_is_of_the_rules_alone() {
    let lines = "\nsửa lĩnh vực 1: 7 điểm\n\nsửa lĩnh vực 2: 3 điểm\n\nsửa tiêu chí 1.2: 3 điểm\n\nđổi mã 1.2 thành 1.1\n\nđổi mã 1.1 thành 1.2\n\nsửa tiêu chí 2.2: 1 điểm\n";
    let swapped = SHEET.replace("\"1.1\"", "\"tạm\"").replace("\"1.2\"", "\"1.1\"").replace("\"tạm\"", "\"1.2\"");
    let split = of(lines, &swapped);
    assert!(split.leaves.iter().all(|leaf| leaf.parts.performance.is_zero()));
    assert_eq!(parts(&split, "1.1"), ["0", "10", "0"]);
    assert_eq!(leaf(&split, "1.1").was.as_deref(), Some("1.2"));
    // Points that a person entered say nothing under another maximum.
    assert_eq!(
        (parts(&split, "2.2"), leaf(&split, "2.2").why.clone()),
        ([0; 3].map(|zero| zero.to_string()), Some(Why::OtherMaximum))
    );
}

#[test]
fn what_came_or_went_is_not_compared_and_never_a_zero() {
    let lines =
        "\nbãi bỏ tiêu chí 2.2, do \"thử\"\n\nbổ sung tiêu chí 2.3 \"Mới\": 2 điểm\n  chấm theo điểm nhập, do \"Sở\"\n";
    let leaves = SHEET.replace("\"2.2\": {\"self\": {\"points\": 1}}", "\"2.3\": {\"self\": {\"points\": 2}}");
    let split = of(lines, &leaves);
    assert_eq!(
        (parts(&split, "2.3"), &leaf(&split, "2.3").why),
        (["0", "0", "20"].map(str::to_owned), &Some(Why::New))
    );
    assert_eq!(
        (parts(&split, "2.2"), &leaf(&split, "2.2").why),
        (["0", "0", "-10"].map(str::to_owned), &Some(Why::Gone))
    );
    assert_eq!(split.areas().len(), 2, "what is gone counts in the area that its area has become");
}

#[test]
fn a_figure_that_was_not_asked_leaves_its_leaf_out() {
    let lines = "\nsửa tiêu chí 1.2\n  số liệu x \"Có\": có/không\n  số liệu y \"Mới hỏi\": có/không\n  chấm theo điều kiện\n    khi x = có và y = có: tối đa\n    còn lại: 0 điểm\n";
    let split = of(lines, &SHEET.replace("\"x\": true", "\"x\": true, \"y\": false"));
    assert_eq!(leaf(&split, "1.2").why, Some(Why::NotAsked(vec!["y".to_owned()])));
    assert_eq!(parts(&split, "1.2"), ["0", "0", "-20"]);
    assert_eq!(leaf(&split, "1.2").crossed, None);
    // The old set asks for less: the new sheet can be scored by it.
    assert_eq!(hundredths(&split.other.rules), "-20");
}

#[test]
fn a_criterion_that_was_divided_is_not_compared_with_one_part() {
    let lines = "\nchia tiêu chí 2.2\n\nthành phần 2.2.1 \"Đầu\": 1 điểm\n  chấm theo điểm nhập, do \"Sở\"\n\nthành phần 2.2.2 \"Cuối\": 1 điểm\n  chấm theo điểm nhập, do \"Sở\"\n";
    let leaves = SHEET.replace(
        "\"2.2\": {\"self\": {\"points\": 1}}",
        "\"2.2.1\": {\"self\": {\"points\": 1}}, \"2.2.2\": {\"self\": {\"points\": 0.5}}",
    );
    let split = of(lines, &leaves);
    assert_eq!(leaf(&split, "2.2").why, Some(Why::DividedInto(vec!["2.2".to_owned()])));
    assert_eq!(parts(&split, "2.2.1"), ["0", "0", "10"]);
    assert_eq!(hundredths(&split.parts.apart), "5");
}

#[test]
fn days_move_with_the_year_where_the_rules_do() {
    let due = |day: &str| {
        format!(
            "\nsửa tiêu chí 1.3\n  chấm theo thời hạn ngày, hạn hết {day}\n    đúng hạn: tối đa\n    muộn không quá 60 ngày: 1 điểm\n    muộn trên 60 ngày: 0 điểm\n    không thực hiện: 0 điểm\n"
        )
    };
    let leaves = |day: &str| SHEET.replace("20/01/2022", day);
    // The same day of the next year: 20/01 was in time, 05/02 is late.
    let split = of(&due("31/01/2023"), &leaves("05/02/2023"));
    assert_eq!(parts(&split, "1.3"), ["-10", "0", "0"]);
    // A shorter time: 20/01 would have been late.
    let split = of(&due("15/01/2023"), &leaves("20/01/2023"));
    assert_eq!(parts(&split, "1.3"), ["0", "-10", "0"]);
    // A set that names the old day still: the days stand as they are.
    let split = of("", &leaves("20/01/2022"));
    assert_eq!(parts(&split, "1.3"), ["0", "0", "0"]);
}

#[test]
fn who_was_late_is_as_late_by_the_calendar_of_the_other_year() {
    let set = |year: u16, most: &str| {
        format!(
            "bộ tiêu chí thử/ngày \"Bộ thử\"\n  năm: {year}\n  căn cứ: \"1/QĐ\"\n  nguồn: minh họa, \"để thử\"\n  tuần làm việc: thứ hai đến hết thứ sáu\n  ngày nghỉ: không\n  thang điểm: 2 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\ntiêu chí 1 \"Kế hoạch\": 2 điểm\n  số liệu ngày \"Ngày ban hành\": ngày\n  chấm theo thời hạn ngày, hạn hết 31/01/{year}\n    đúng hạn: tối đa\n    muộn không quá {most}: 1 điểm\n    muộn trên {most}: 0 điểm\n    không thực hiện: 0 điểm\n"
        )
    };
    let figures = |day: &str| format!("{{\"1\": {{\"self\": {{\"figures\": {{\"ngày\": \"{day}\"}}}}}}}}");
    for (year, most, before, after) in [
        // 34 days late; the year after has a 29th of February.
        (2023, "34 ngày", "06/03/2023", "05/03/2024"),
        // Four working days late: a Friday, and the Monday after a weekend.
        (2022, "3 ngày làm việc", "04/02/2022", "06/02/2023"),
        // In time stays in time.
        (2022, "3 ngày làm việc", "31/01/2022", "31/01/2023"),
    ] {
        let family = Family::new(&[&set(year, most), &set(year + 1, most)]);
        let plan = |year: u16| Plan::compile(family.sound(&format!("thử/ngày {year}")).0).unwrap();
        let (then, now) = (plan(year), plan(year + 1));
        let (old, new) = (sheet(&then, &figures(before)), sheet(&now, &figures(after)));
        let split = apart((&now, &new), (&then, &old)).units.pop().unwrap().1.unwrap();
        assert_eq!(parts(&split, "1"), ["0", "0", "0"], "{before}");
        assert!(split.other.rules.is_zero() && split.other.performance.is_zero(), "{after}");
    }
}

#[test]
fn a_unit_without_a_whole_index_in_both_years_is_not_taken_apart() {
    let family = Family::new(&[THEN, &now("")]);
    let plan = |name: &str| Plan::compile(family.sound(name).0).unwrap();
    let (then, now) = (plan("thử/hai-năm 2022"), plan("thử/hai-năm 2023"));
    let (old, new) = (sheet(&then, SHEET), sheet(&now, SHEET));
    let open = sheet(&then, "{\"1.2\": {\"self\": {\"figures\": {\"x\": true}}}}");
    let why = |new: &[Submission], old: &[Submission]| apart((&now, new), (&then, old)).units.pop().unwrap().1.err();
    assert_eq!(why(&new, &open), Some(NoSplit::OpenThen));
    assert_eq!(why(&new, &[]), Some(NoSplit::NoSheet));
    assert_eq!(why(&sheet(&now, "{}"), &old), Some(NoSplit::OpenNow));
    assert_eq!(why(&new, &old), None);
}

proptest! {
    #[test]
    fn parts_add_up_whatever_the_sheets(b in 0_u32..=100, later in 0_u32..=100, x: bool, y: bool, points in 0_u32..=2, after in 0_u32..=2, edge in 1_u32..=99) {
        let lines = format!("\nsửa tiêu chí 1.1: 3 điểm\n  chấm theo tỷ lệ b / a\n    từ {edge}% trở lên: tối đa\n    dưới {edge}%: tỷ lệ thuận\n\nsửa tiêu chí 1.2: 1 điểm\n");
        let family = Family::new(&[THEN, &now(&lines)]);
        let plan = |name: &str| Plan::compile(family.sound(name).0).unwrap();
        let (then, now) = (plan("thử/hai-năm 2022"), plan("thử/hai-năm 2023"));
        let write = |b: u32, x: bool, points: u32| {
            SHEET.replace("\"b\": 85", &format!("\"b\": {b}")).replace("true", if x { "true" } else { "false" }).replace("1.5", &points.to_string())
        };
        let (old, new) = (sheet(&then, &write(b, x, points)), sheet(&now, &write(later, y, after)));
        let split = apart((&now, &new), (&then, &old)).units.pop().unwrap().1.unwrap();
        adds_up(&split);
        prop_assert!(split.parts.apart.is_zero());
        // The same sheet twice: performance is nothing.
        let same = apart((&now, &sheet(&now, &write(b, x, points))), (&then, &old)).units.pop().unwrap().1.unwrap();
        prop_assert!(same.parts.performance.is_zero() && same.other.performance.is_zero());
    }
}
