//! Blocks: ranked apart or not at all, heads of their own, maxima of their own, means and shares.

use tieuchi::analysis::aggregates::By;
use tieuchi::analysis::ranking::{Ranking, rank};
use tieuchi::diagnostic::{SourceMap, any_error};
use tieuchi::engine::{Context, Plan, Reason, Scorecard, Status, Unranked, quick};
use tieuchi::import::{self, Format};
use tieuchi::number::{Points, Ratio};
use tieuchi::submission::{Gaps, sample};
use tieuchi::{report, ruleset, wire};

const RULES: &str = "bộ tiêu chí minh-hoa/khoi \"Bộ thử\"
  năm: 2025
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 10 điểm; khối xã 9 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn
  xếp loại: theo điểm chưa làm tròn; \"A\" từ 80%; \"B\" còn lại
  khối sở \"Các sở\"
  khối huyện \"Các huyện\"
  khối xã \"Các xã\": xếp hạng riêng
  khối tw \"Cơ quan trung ương\": không xếp hạng
  đơn vị \"Thanh tra\": không xếp hạng, do \"đặc thù\"
  đơn vị \"BQL Khu CNC\": không đánh giá, do \"mới thành lập\"

tiêu chí 1 \"Chung\": 4 điểm; khối tw 5 điểm
  số liệu a \"Phải làm\": số đếm, ít nhất 1
  số liệu b \"Đã làm\": số đếm, không quá a
  chấm theo tỷ lệ b / a: tỷ lệ thuận

tiêu chí 2 \"Riêng của cấp tỉnh, huyện\": 6 điểm; khối tw 5 điểm
  chỉ áp dụng với khối sở; huyện; tw
  số liệu a \"Đã làm\": có/không
  chấm theo điều kiện
    khi a = có: tối đa
    còn lại: 0 điểm
  không áp dụng với khối huyện: loại khỏi thang điểm

tiêu chí 3 \"Riêng của xã\": 5 điểm
  chỉ áp dụng với khối xã
  số liệu a \"Đã làm\": có/không
  chấm theo điều kiện
    khi a = có: tối đa
    còn lại: 0 điểm

kiểm thử \"Sở\"
  cho khối sở
  cho 1: a = 4; b = 3
  cho 2: a = có
  thì chỉ số: 90%
  thì 3: loại khỏi thang điểm

kiểm thử \"Trung ương\"
  cho khối tw
  cho 1: a = 4; b = 3
  cho 2: a = có
  thì 1: 3,75 điểm
  thì chỉ số: 87,5%
";

fn plan(text: &str) -> Plan {
    let mut sources = SourceMap::new();
    let id = sources.add("r.tieuchi", text);
    let checked = ruleset::check(id, text);
    assert!(!any_error(&checked.diagnostics), "{:?}", checked.diagnostics);
    Plan::compile(checked.ruleset.unwrap()).unwrap()
}

fn errors(text: &str) -> Vec<(&'static str, usize)> {
    let mut sources = SourceMap::new();
    let id = sources.add("r.tieuchi", text);
    let found = ruleset::check(id, text).diagnostics;
    found.iter().filter(|found| found.is_error()).map(|found| (found.code(), found.labels.len())).collect()
}

fn cards(plan: &Plan, table: &str) -> Vec<Scorecard> {
    let mut sources = SourceMap::new();
    let id = sources.add("x", table);
    let loaded = import::load(plan.ruleset(), id, table, Format::Csv);
    assert!(!any_error(&loaded.diagnostics), "{:?}", loaded.diagnostics);
    loaded.submissions.iter().map(|submission| plan.evaluate(submission, &Context::default())).collect()
}

const SHEETS: &str = "đơn vị;khối;1:a;1:b;2:a;3:a
Sở A;sở;4;4;có;
Sở B;các sở;4;3;có;
Thanh tra;sở;4;4;có;
Huyện C;huyện;4;1;;
Xã D;xã;4;2;;có
Xã E;xã;4;2;;không
Xã G;xã;4;;;có
Cục H;tw;4;4;có;
";

fn places(ranking: &Ranking) -> Vec<(&str, Option<usize>, Option<&str>)> {
    ranking.rows.iter().map(|row| (row.card.unit.as_str(), row.place, row.within.as_deref())).collect()
}

#[test]
fn each_block_has_its_scale_its_table_and_its_places() {
    let plan = plan(RULES);
    let ranking = rank(plan.ruleset(), cards(&plan, SHEETS));
    let expected = [
        ("Sở A", Some(1), None),
        ("Sở B", Some(2), None),
        ("Huyện C", Some(3), None),
        ("Thanh tra", None, None),
        ("Xã D", Some(1), Some("xã")),
        ("Xã E", Some(2), Some("xã")),
        ("Xã G", None, Some("xã")),
        ("Cục H", None, Some("tw")),
    ];
    assert_eq!(places(&ranking), expected);
    let maxima: Vec<String> = ranking
        .rows
        .iter()
        .map(|row| row.card.index.total.maximum.exact(tieuchi::number::DecimalMark::Comma))
        .collect();
    assert_eq!(maxima, ["10", "10", "4", "10", "9", "9", "9", "10"]);
    let unranked = |at: usize| ranking.rows[at].card.unranked.clone();
    assert_eq!(unranked(3), Some(Unranked::Unit("đặc thù".to_owned())));
    assert_eq!(unranked(7), Some(Unranked::Block("tw".to_owned())));
    // Who is not ranked is graded all the same.
    assert_eq!(ranking.rows[3].card.index.grading.name.as_deref(), Some("A"));
    assert_eq!(ranking.not_assessed[0].unit, "BQL Khu CNC");
}

#[test]
fn means_and_shares_are_of_the_ranked_units() {
    let plan = plan(RULES);
    let ranking = rank(plan.ruleset(), cards(&plan, SHEETS));
    let whole = &ranking.aggregates;
    let ratio = |over: i64, under: i64| Ratio::from(over).checked_div(&Ratio::from(under)).unwrap();
    // By hand: 1 and 9/10; 1/4; 7/9 and 2/9.
    let [blocks] = whole.groupings.as_slice() else { panic!("{:?}", whole.groupings) };
    assert_eq!(blocks.by, By::Block);
    let means: Vec<(&str, usize, Option<Ratio>)> =
        blocks.groups.iter().map(|group| (group.name.as_str(), group.units, group.mean.clone())).collect();
    let expected =
        [("Các sở", 2, Some(ratio(19, 20))), ("Các huyện", 1, Some(ratio(1, 4))), ("Các xã", 2, Some(ratio(1, 2)))];
    assert_eq!(means, expected);
    assert_eq!(blocks.mean_of_means, Some(ratio(17, 30)));
    assert_eq!(whole.all.mean, Some(ratio(63, 100)));
    assert_eq!((whole.all.grades.as_slice(), whole.all.share(0)), (&[2, 3][..], Some(ratio(2, 5))));
    // A block without a ranked unit has no mean, and so the blocks have none together.
    let ranking = rank(plan.ruleset(), cards(&plan, "đơn vị;khối;1:a;1:b;2:a\nSở A;sở;4;4;có\n"));
    assert_eq!(ranking.aggregates.groupings[0].mean_of_means, None);
}

#[test]
fn the_tables_say_which_block_and_why_no_place() {
    let plan = plan(RULES);
    let mut sources = SourceMap::new();
    sources.add("r.tieuchi", RULES);
    let all = cards(&plan, SHEETS);
    let context = report::Context { ruleset: plan.ruleset(), sources: &sources, language: plan.ruleset().language };
    let explained = [&all[3], &all[7]].map(|card| report::explain(&context, card, None)).join("\n");
    let ranking = rank(plan.ruleset(), all);
    insta::assert_snapshot!("blocks_ranked", report::ranking(&context, &ranking));
    insta::assert_snapshot!("blocks_explained", explained);
    insta::assert_snapshot!("blocks_appendix", report::appendix(&context, None));
    let english = report::Context { language: tieuchi::diagnostic::Language::English, ..context };
    insta::assert_snapshot!("blocks_ranked_en", report::ranking(&english, &ranking));
    insta::assert_snapshot!(
        "blocks_json",
        wire::write(&wire::Ranking::new(plan.ruleset(), &ranking, Vec::new(), Vec::new()))
    );
}

#[test]
fn a_leaf_whose_block_nobody_says_is_unscored_and_the_quick_way_declines() {
    let plan = plan(RULES);
    let submission = tieuchi::submission::Submission { unit: "X".to_owned(), ..Default::default() };
    let card = plan.evaluate(&submission, &Context::default());
    assert!(card.leaves.iter().all(|leaf| leaf.last.reason == Reason::BlockUnknown));
    assert!(quick::Program::compile(&plan).is_none());
}

#[test]
fn samples_take_turns_in_the_blocks_and_state_only_what_applies() {
    let plan = plan(RULES);
    for number in 1..=40 {
        let submission = sample(plan.ruleset(), "X", 7, number, Gaps::None);
        let block = submission.block.clone().unwrap();
        let written = wire::to_json(plan.ruleset(), &submission);
        let mut sources = SourceMap::new();
        let id = sources.add("x.json", written.clone());
        let read = import::load(plan.ruleset(), id, &written, Format::Json);
        assert!(read.diagnostics.is_empty(), "{block}: {:?}", read.diagnostics);
        assert_eq!(read.submissions[0].block.as_ref(), Some(&block));
        let card = plan.evaluate(&submission, &Context::default());
        assert!(!card.index.total.provisional, "{block}");
        let of_block = plan.ruleset().of_block(Some(&block));
        for leaf in &card.leaves {
            let head = of_block.head(leaf.head).unwrap();
            match &leaf.last.status {
                Status::Scored { exact, .. } => assert!(*exact <= head.maximum && *exact >= Points::default()),
                status => assert!(head.aside.is_some(), "{status:?}"),
            }
        }
    }
}

#[test]
fn the_budget_is_proved_for_each_block() {
    // The plan says 10 for every block but the communes' 9.
    assert_eq!(errors(RULES), []);
    let communes = RULES.replace("; khối xã 9 điểm", "");
    assert_eq!(errors(&communes), [("scale-mismatch", 1)]);
    let central = RULES.replace("6 điểm; khối tw 5 điểm", "6 điểm");
    assert_eq!(errors(&central), [("scale-mismatch", 1)]);
    // A line that gives more than one block's maximum is told for that block.
    let fixed = RULES.replace("4 điểm; khối tw 5 điểm", "4 điểm; khối tw 5 điểm; khối huyện 3 điểm");
    let fixed = fixed.replace(
        "    khi a = có: tối đa\n    còn lại: 0 điểm\n  không áp",
        "    khi a = có: 6 điểm\n    còn lại: 0 điểm\n  không áp",
    );
    let found = errors(&fixed);
    assert!(
        found.contains(&("scale-mismatch", 1)) && found.iter().any(|(code, _)| *code == "award-above-maximum"),
        "{found:?}"
    );
}

/// Oracle V27: 63 provinces, three years [local.md B.4].
#[test]
fn shares_of_grades_are_those_published() {
    let text = "bộ tiêu chí minh-hoa/nhom \"Bộ thử\"
  năm: 2024
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 100 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn
  xếp loại: theo điểm chưa làm tròn; \"A\" từ 90%; \"B\" từ 80%; \"C\" còn lại

tiêu chí 1 \"Toàn bộ\": 100 điểm
  chấm theo điểm nhập, do \"Bộ Nội vụ\"
";
    let plan = plan(text);
    let years = [
        ([13, 50, 0], ["20,63", "79,37", "0,00"]),
        ([2, 56, 5], ["3,17", "88,89", "7,94"]),
        ([3, 59, 1], ["4,76", "93,65", "1,59"]),
    ];
    for (counts, printed) in years {
        let points = counts.iter().zip([90, 80, 70]).flat_map(|(&count, points)| std::iter::repeat_n(points, count));
        let rows: Vec<String> = points.enumerate().map(|(at, points)| format!("Tỉnh {at};{points}")).collect();
        let rows = rows.join("\n");
        let ranking = rank(plan.ruleset(), cards(&plan, &format!("đơn vị;1\n{rows}")));
        let whole = &ranking.aggregates.all;
        assert_eq!((whole.units, whole.grades.as_slice()), (63, counts.as_slice()));
        let shares = [0, 1, 2].map(|grade| {
            let percent = &whole.share(grade).unwrap() * &Ratio::from(100);
            percent.fixed(2, tieuchi::number::DecimalMark::Comma)
        });
        assert_eq!(shares, printed);
    }
}

/// One leaf for each of two blocks, and one of which a unit may say that it does not apply.
const APART: &str = "bộ tiêu chí minh-hoa/rieng \"Bộ thử\"
  năm: 2025
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 6 điểm; khối xã 4 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn
  khối sở \"Các sở\"
  khối xã \"Các xã\"

lĩnh vực 1 \"Của sở\": 6 điểm
  chỉ áp dụng với khối sở
tiêu chí 1.1 \"Của sở\": 6 điểm
  số liệu a \"Đã làm\": có/không, được chọn không áp dụng
  chấm theo điều kiện
    khi a = có: tối đa
    còn lại: 0 điểm
lĩnh vực 2 \"Của xã\": 4 điểm
  chỉ áp dụng với khối xã
tiêu chí 2.1 \"Của xã\": 4 điểm
  số liệu a \"Đã làm\": có/không
  chấm theo điều kiện
    khi a = có: tối đa
    còn lại: 0 điểm
";

#[test]
fn what_is_outside_a_units_scale_is_no_zero_in_the_ranking() {
    let plan = plan(APART);
    let mut sources = SourceMap::new();
    sources.add("r.tieuchi", APART);
    let sheets = "đơn vị;khối;1.1:a;2.1:a\nSở A;sở;có;\nSở B;sở;không áp dụng;\nXã C;xã;;có\n";
    let ranking = rank(plan.ruleset(), cards(&plan, sheets));
    let context = report::Context { ruleset: plan.ruleset(), sources: &sources, language: plan.ruleset().language };
    insta::assert_snapshot!("blocks_outside_the_scale", report::ranking(&context, &ranking));
    let json = wire::write(&wire::Ranking::new(plan.ruleset(), &ranking, Vec::new(), Vec::new()));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let of = |unit: &str| json["rows"].as_array().unwrap().iter().find(|row| row["unit"] == unit).unwrap().clone();
    assert_eq!((&of("Sở B")["percent"], &of("Sở B")["out_of_scale"]), (&serde_json::Value::Null, &true.into()));
    assert_eq!(of("Xã C")["points"]["exact"], "4");
    let out = ranking.rows.iter().find(|row| row.card.unit == "Sở B").unwrap();
    let placed = tieuchi::analysis::standing::Standing::of_card(plan.ruleset(), &out.card, 2);
    assert_eq!(
        wire::Places::new(plan.ruleset()).csv(&placed),
        ",false,Sở B,2,,,,false,,,,false,minh-hoa/rieng,2025,illustrative\n"
    );
}

#[test]
fn check_sums_up_each_block_by_itself() {
    let ruleset = ruleset_of(APART);
    let summary = ruleset::Summary::of(&ruleset);
    let blocks: Vec<_> =
        summary.blocks.iter().map(|block| (block.name.as_str(), block.points == block.scale)).collect();
    assert_eq!(blocks, [("sở", true), ("xã", true)]);
    let sum: Ratio = summary.origins.values().cloned().sum();
    assert_eq!(sum, Ratio::ONE);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("2025.tieuchi");
    std::fs::write(&path, APART).unwrap();
    let shown = crate::support::shell::run(&["check".to_owned(), path.display().to_string()], folder.path(), false);
    let lines: Vec<&str> = shown
        .iter()
        .map(|line| line.trim())
        .filter(|line| line.starts_with("thang 6 ") || line.contains("tối đa"))
        .collect();
    assert_eq!(
        lines,
        [
            "thang 6 điểm · không nêu phần điều tra · khối xã 4 · 2 lĩnh vực · 2 tiêu chí · 2 mục chấm",
            "khối sở: tối đa 6 (1)",
            "khối xã: tối đa 4 (2)",
        ]
    );
}

fn ruleset_of(text: &str) -> ruleset::Ruleset {
    plan(text).ruleset().clone()
}
