//! Scoring: exact points, rounding where the set says, statuses that never collapse into a zero.

use tieuchi::analysis::ranking::rank;
use tieuchi::engine::{Failure, Reason, Status};
use tieuchi::number::{DecimalMark, Ratio};
use tieuchi::report;

use crate::support::{Set, USUAL, with_header};

fn plain(body: &str) -> Set {
    with_header("3 điểm", USUAL, body)
}

const THIRDS: &str = "tiêu chí 1 \"Ba phần\": 3 điểm
  số liệu a \"Phần thứ nhất\": số, ít nhất 0
  số liệu b \"Mẫu\": số, ít nhất 1
  chấm theo điều kiện
    khi a / b + a / b + a / b ≥ 1: tối đa
    còn lại: 0 điểm
  ví dụ a = 1; b = 3: 3 điểm";

#[test]
fn three_thirds_reach_a_threshold_of_one() {
    let set = plain(THIRDS);
    let card = set.score(r#"{"1": {"self": {"figures": {"a": 1, "b": 3}}}}"#);
    assert_eq!(set.points(&card, "1").unwrap(), "3");
}

#[test]
fn five_twenty_fourths_of_three_round_to_sixty_three_hundredths() {
    let set = plain(
        "tiêu chí 1 \"Tỷ lệ\": 3 điểm
  số liệu a \"Tổng\": số đếm, ít nhất 1
  số liệu b \"Đã làm\": số đếm, không quá a
  chấm theo tỷ lệ b / a: tỷ lệ thuận
  ví dụ b = 24; a = 24: 3 điểm",
    );
    let card = set.score(r#"{"1": {"self": {"figures": {"a": 24, "b": 5}}}}"#);
    assert_eq!(card.index.total.rounded.fixed(2, DecimalMark::Comma), "0,63");
    assert_eq!(card.index.total.exact.exact(DecimalMark::Comma), "0,625");
}

/// A set of 100 points entered directly, with the grade basis asked for.
fn graded(basis: &str) -> Set {
    let settings = format!("{USUAL}\n  xếp loại: theo điểm {basis}; \"A\" từ 90%; \"B\" còn lại");
    with_header("100 điểm", &settings, "tiêu chí 1 \"Điểm\": 100 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"")
}

#[test]
fn a_hair_below_ninety_prints_as_ninety_and_is_graded_as_the_set_says() {
    let leaves = r#"{"1": {"appraisal 1": {"points": 89.996}}}"#;
    for (basis, grade) in [("đã làm tròn", "A"), ("chưa làm tròn", "B")] {
        let set = graded(basis);
        let card = set.score(leaves);
        let text = report::scorecard(&set.context(), &card);
        assert!(text.contains("Chỉ số: 90,00 / 100 (90,00%)"), "{text}");
        assert_eq!(card.index.grading.name.as_deref(), Some(grade), "{basis}");
    }
}

const TWO_LEAVES: &str = "tiêu chí 1 \"Kịch bản\": 1 điểm
  số liệu a \"Tổng\": số đếm
  số liệu b \"Đã làm\": số đếm
  chấm theo kịch bản
```
round(b / a, 2 + 0)
```
  thấp nhất 0 điểm
  cao nhất tối đa
  ví dụ b = 1; a = 1: 1 điểm
tiêu chí 2 \"Có kế hoạch\": 2 điểm
  số liệu có_kh \"Có kế hoạch\": có/không
  chấm theo điều kiện
    khi có_kh = có: tối đa
    còn lại: 0 điểm
  ví dụ có_kh = có: 2 điểm";

#[test]
fn a_script_that_fails_hurts_only_its_own_leaf() {
    let set = plain(TWO_LEAVES);
    let card =
        set.score(r#"{"1": {"self": {"figures": {"a": 0, "b": 1}}}, "2": {"self": {"figures": {"có_kh": true}}}}"#);
    let failed = &card.leaves[0].last;
    assert_eq!(failed.status, Status::Failed);
    assert!(matches!(&failed.reason, Reason::Failed(Failure::Script { line: 1, .. })), "{failed:?}");
    assert_eq!(set.points(&card, "2").unwrap(), "2");
    assert!(card.index.total.provisional);
    assert_eq!(card.index.total.lower.exact(DecimalMark::Comma), "2");
    assert_eq!(card.index.total.upper.exact(DecimalMark::Comma), "3");
    let text = report::explain(&set.context(), &card, None);
    assert!(text.contains("kịch bản dừng ở dòng 1: chia cho 0"), "{text}");
}

#[test]
fn a_missing_figure_is_not_a_zero_and_its_unit_stands_after_the_ranked() {
    let set = plain(TWO_LEAVES);
    let full =
        set.score(r#"{"1": {"self": {"figures": {"a": 2, "b": 1}}}, "2": {"self": {"figures": {"có_kh": false}}}}"#);
    let mut open = set.score(r#"{"1": {"self": {"figures": {"a": 2, "b": 2}}}}"#);
    open.unit = String::from("Thiếu");
    assert_eq!(open.leaves[1].last.status, Status::Unscored);
    assert!(open.index.grading.name.is_none());
    let ranking = rank(set.plan.ruleset(), vec![open, full]);
    let places: Vec<Option<usize>> = ranking.rows.iter().map(|row| row.place).collect();
    assert_eq!(places, [Some(1), None], "half a point ranked stands before a point provisional");
}

const SCALE: &str = "lĩnh vực 1 \"Một\": 2 điểm
tiêu chí 1.1 \"Có thể không phát sinh\": 1 điểm
  số liệu a \"Tổng\": số đếm
  số liệu b \"Đã làm\": số đếm, không quá a
  chấm theo tỷ lệ b / a: tỷ lệ thuận
  không phát sinh khi a = 0: loại khỏi thang điểm
  ví dụ a = 0; b = 0: loại khỏi thang điểm
  ví dụ a = 4; b = 3: 0,75 điểm
tiêu chí 1.2 \"Luôn có\": 1 điểm
  số liệu c \"Có\": có/không
  chấm theo điều kiện
    khi c = có: tối đa
    còn lại: 0 điểm
  ví dụ c = có: 1 điểm
lĩnh vực 2 \"Hai\": 1 điểm
tiêu chí 2.1 \"Điểm của hội đồng\": 1 điểm, chỉ thẩm định
  chấm theo điểm nhập, do \"Hội đồng\"";

#[test]
fn out_of_scale_leaves_numerator_and_denominator() {
    let set = plain(SCALE);
    let card = set.score(
        r#"{"1.1": {"self": {"figures": {"a": 0, "b": 0}}}, "1.2": {"self": {"figures": {"c": true}}},
            "2.1": {"appraisal 1": {"points": 0.5}}}"#,
    );
    assert_eq!(card.leaves[0].last.status, Status::NotApplicable);
    let text = report::scorecard(&set.context(), &card);
    assert!(text.contains("Chỉ số: 1,50 / 2 (75,00%)"), "{text}");
}

#[test]
fn the_last_track_is_final_and_all_stand_side_by_side() {
    let set = plain(SCALE);
    let card = set.score(
        r#"{"1.1": {"self": {"figures": {"a": 4, "b": 4}}, "appraisal 1": {"figures": {"a": 4, "b": 3}}},
            "1.2": {"self": {"figures": {"c": true}}, "appraisal 1": {"points": 0.25, "reason": "kế hoạch muộn"}},
            "2.1": {"appraisal 1": {"points": 1}}}"#,
    );
    assert_eq!(set.points(&card, "1.1").unwrap(), "0,75");
    assert_eq!(set.points(&card, "1.2").unwrap(), "0,25");
    let text = report::explain(&set.context(), &card, None);
    assert!(text.contains("điểm ấn định, không theo quy tắc; lý do: kế hoạch muộn"), "{text}");
    let line = report::scorecard(&set.context(), &card);
    let row = line.lines().find(|line| line.contains("Có thể không phát sinh")).unwrap();
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert!(cells.ends_with(&["1,00", "1,00", "0,75", "0,75"]), "{row}");
}

#[test]
fn evidence_that_is_missing_costs_what_the_set_says() {
    let leaf = |rule: &str| {
        plain(&format!(
            "tiêu chí 1 \"Có minh chứng\": 3 điểm
  số liệu c \"Có\": có/không
  chấm theo điều kiện
    khi c = có: tối đa
    còn lại: 0 điểm
  minh chứng: \"Quyết định\"
{rule}
  ví dụ c = có: 3 điểm"
        ))
    };
    let stated = r#"{"1": {"self": {"figures": {"c": true}}}}"#;
    let explained = leaf("").score(stated);
    assert!(explained.leaves[0].last.explain);
    assert!(matches!(explained.leaves[0].last.status, Status::Scored { .. }));
    let set = leaf("  thiếu minh chứng: 0 điểm");
    assert_eq!(set.points(&set.score(stated), "1").unwrap(), "0");
    let shown = set.score(r#"{"1": {"self": {"figures": {"c": true}, "evidence": [{"file": "qd.pdf"}]}}}"#);
    assert_eq!(set.points(&shown, "1").unwrap(), "3");
    let unscored = leaf("  thiếu minh chứng: chưa chấm").score(stated);
    assert_eq!(unscored.leaves[0].last.status, Status::Unscored);
}

fn rounded(level: &str) -> String {
    let settings = format!(
        "  làm tròn: {level}, 1 chữ số, nửa lên\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn"
    );
    let set = with_header(
        "3 điểm",
        &settings,
        "lĩnh vực 1 \"Một\": 2 điểm
tiêu chí 1.1 \"a\": 1 điểm
  chấm theo điểm nhập, do \"Hội đồng\"
tiêu chí 1.2 \"b\": 1 điểm
  chấm theo điểm nhập, do \"Hội đồng\"
lĩnh vực 2 \"Hai\": 1 điểm
tiêu chí 2.1 \"c\": 1 điểm
  chấm theo điểm nhập, do \"Hội đồng\"",
    );
    let entered = |points: &str| format!("{{\"appraisal 1\": {{\"points\": {points}}}}}");
    let leaves =
        format!("{{\"1.1\": {}, \"1.2\": {}, \"2.1\": {}}}", entered("0.14"), entered("0.14"), entered("0.14"));
    set.score(&leaves).index.total.rounded.exact(DecimalMark::Comma)
}

#[test]
fn points_are_rounded_once_and_where_the_set_says() {
    assert_eq!(rounded("từng tiêu chí"), "0,3");
    assert_eq!(rounded("lĩnh vực"), "0,4", "0,28 rounds to 0,3, and 0,14 to 0,1");
    assert_eq!(
        rounded("chỉ số"),
        "0,42",
        "the percentage rounds, 14 % as 14,0 %; points of three by themselves would tell another"
    );
}

fn ranked(ranking: &str) -> Vec<(String, Option<usize>)> {
    let settings = format!("  làm tròn: chỉ số, 0 chữ số, nửa lên\n  xếp hạng: {ranking}");
    let set = with_header(
        "100 điểm",
        &settings,
        "lĩnh vực 1 \"Một\": 50 điểm
tiêu chí 1.1 \"a\": 50 điểm
  chấm theo điểm nhập, do \"Hội đồng\"
lĩnh vực 2 \"Hai\": 50 điểm
tiêu chí 2.1 \"b\": 50 điểm
  chấm theo điểm nhập, do \"Hội đồng\"",
    );
    let text = "unit,1.1,2.1\nA,40,40\nB,30.4,40\nC,40,30.2\nD,10,10\n";
    let cards = set
        .submissions("x.csv", text)
        .iter()
        .map(|one| set.plan.evaluate(one, &tieuchi::engine::Context::default()))
        .collect();
    rank(set.plan.ruleset(), cards).rows.into_iter().map(|row| (row.card.unit, row.place)).collect()
}

fn places(expected: &[(&str, usize)]) -> Vec<(String, Option<usize>)> {
    expected.iter().map(|&(unit, place)| (unit.to_owned(), Some(place))).collect()
}

#[test]
fn ties_are_ranked_as_the_set_says() {
    let exact = ranked("đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn");
    assert_eq!(exact, places(&[("A", 1), ("B", 2), ("C", 3), ("D", 4)]));
    let skip = ranked("đồng hạng, bỏ hạng sau, theo điểm đã làm tròn");
    assert_eq!(skip, places(&[("A", 1), ("B", 2), ("C", 2), ("D", 4)]));
    let dense = ranked("đồng hạng, không bỏ hạng, theo điểm đã làm tròn");
    assert_eq!(dense, places(&[("A", 1), ("B", 2), ("C", 2), ("D", 3)]));
    let broken = ranked("không đồng hạng, ưu tiên lĩnh vực 1, theo điểm đã làm tròn");
    assert_eq!(broken, places(&[("A", 1), ("C", 2), ("B", 3), ("D", 4)]));
}

const LEAVES: &str = "lĩnh vực 1 \"Một\": 50 điểm
tiêu chí 1.1 \"a\": 50 điểm
  số liệu a \"Tổng\": số đếm
  số liệu b \"Đã làm\": số đếm, không quá a
  chấm theo tỷ lệ b / a: tỷ lệ thuận
  không phát sinh khi a = 0: loại khỏi thang điểm
  ví dụ a = 2; b = 1: 25 điểm
lĩnh vực 2 \"Hai\": 50 điểm
tiêu chí 2.1 \"b\": 50 điểm, thấp nhất trừ 50 điểm
  chấm theo điểm nhập, do \"Hội đồng\"";

#[test]
fn a_preferred_area_out_of_scale_counts_as_the_units_own_share() {
    let settings = "  làm tròn: không\n  hiển thị: 2 chữ số
  xếp hạng: không đồng hạng, ưu tiên lĩnh vực 1, theo điểm chưa làm tròn";
    let set = with_header("100 điểm", settings, LEAVES);
    // All have 80 % of what is in their scale; A more in the preferred area, C less, B has none there.
    let text = "unit,1.1:a,1.1:b,2.1\nA,100,90,35\nB,0,0,40\nC,100,70,45\n";
    let cards: Vec<_> = set
        .submissions("x.csv", text)
        .iter()
        .map(|one| set.plan.evaluate(one, &tieuchi::engine::Context::default()))
        .collect();
    assert!(cards.iter().all(|card| card.index.share == cards[0].index.share), "a tie to be broken");
    let rows = rank(set.plan.ruleset(), cards).rows;
    let order: Vec<_> = rows.iter().map(|row| (row.card.unit.as_str(), row.place)).collect();
    assert_eq!(order, [("A", Some(1)), ("B", Some(2)), ("C", Some(3))]);
}

#[test]
fn the_bounds_hold_when_an_unscored_leaf_leaves_the_scale_and_the_rest_is_below_zero() {
    let set = with_header("100 điểm", USUAL, LEAVES);
    let rest = "\"2.1\": {\"appraisal 1\": {\"points\": -40}}";
    let now = set.score(&format!("{{{rest}}}"));
    assert!(now.index.total.provisional);
    let then = set.score(&format!("{{{rest}, \"1.1\": {{\"self\": {{\"figures\": {{\"a\": 0, \"b\": 0}}}}}}}}"));
    assert!(!then.index.total.provisional);
    assert!(now.index.lower_share <= then.index.share, "{:?} {:?}", now.index.lower_share, then.index.share);
}

#[test]
fn weights_of_what_is_in_scale_are_renormalised() {
    let settings = format!("{USUAL}\n  cách tổng hợp: trung bình theo trọng số");
    let set = with_header(
        "100 điểm",
        &settings,
        "tiêu chí 1 \"a\": 10 điểm, trọng số 50%
  số liệu a \"Tổng\": số đếm
  số liệu b \"Đã làm\": số đếm, không quá a
  chấm theo tỷ lệ b / a: tỷ lệ thuận
  không phát sinh khi a = 0: loại khỏi thang điểm
  ví dụ a = 2; b = 1: 5 điểm
tiêu chí 2 \"b\": 20 điểm, trọng số 30%
  chấm theo điểm nhập, do \"Hội đồng\"
tiêu chí 3 \"c\": 5 điểm, trọng số 20%
  chấm theo điểm nhập, do \"Hội đồng\"",
    );
    let leaves = |a: u32| {
        format!(
            "{{\"1\": {{\"self\": {{\"figures\": {{\"a\": {a}, \"b\": 0}}}}}},
              \"2\": {{\"appraisal 1\": {{\"points\": 20}}}}, \"3\": {{\"appraisal 1\": {{\"points\": 2.5}}}}}}"
        )
    };
    let all = set.score(&leaves(4));
    assert_eq!(all.index.total.exact.exact(DecimalMark::Comma), "40", "0,5·0 + 0,3·1 + 0,2·1/2");
    let without = set.score(&leaves(0));
    assert_eq!(without.index.total.exact.exact(DecimalMark::Comma), "80", "(0,3·1 + 0,2·1/2) / 0,5");
}

#[test]
fn a_frame_is_never_scored() {
    let text = crate::support::shipped_text("vn/par-index/tinh/2017.tieuchi");
    let mut sources = tieuchi::diagnostic::SourceMap::new();
    let id = sources.add("2017", text.clone());
    let ruleset = tieuchi::ruleset::check(id, &text).ruleset.unwrap();
    let refused = tieuchi::engine::Plan::compile(ruleset).unwrap_err();
    assert_eq!(refused.code(), "frame-not-scored");
}

#[test]
fn an_explanation_says_something_and_scores_nothing() {
    let settings = format!("{USUAL}\n  cách chấm: tự chấm; thẩm định lần 1; giải trình; thẩm định lần 2");
    let set = with_header("3 điểm", &settings, THIRDS);
    let card = set.score(
        r#"{"1": {"self": {"figures": {"a": 1, "b": 3}},
                  "appraisal 1": {"figures": {"a": 0, "b": 3}, "reason": "chưa thấy quyết định"},
                  "explanation": {"reason": "quyết định gửi kèm", "evidence": [{"file": "qd.pdf"}]}}}"#,
    );
    assert_eq!(set.points(&card, "1").unwrap(), "0", "the first appraisal still counts");
    let text = report::explain(&set.context(), &card, None);
    assert!(text.contains("· thẩm định lần 1: chưa thấy quyết định"), "{text}");
    assert!(text.contains("· giải trình: quyết định gửi kèm"), "{text}");
}

/// Three points, evidence and every track.
fn with_tracks(body: &str) -> Set {
    let settings = format!("{USUAL}\n  cách chấm: tự chấm; thẩm định lần 1; giải trình; thẩm định lần 2");
    with_header("3 điểm", &settings, body)
}

const SHOWN: &str = "tiêu chí 1 \"Có minh chứng\": 3 điểm
  số liệu a \"Tổng\": số đếm, ít nhất 1
  số liệu b \"Đã làm\": số đếm, không quá a
  chấm theo tỷ lệ b / a: tỷ lệ thuận
  minh chứng: \"Báo cáo\"
  thiếu minh chứng: 0 điểm
  ví dụ b = 2; a = 2: 3 điểm";

#[test]
fn an_explanation_leaves_the_points_before_it_standing() {
    let set = with_tracks(SHOWN);
    let own = r#""self": {"figures": {"a": 4, "b": 4}, "evidence": [{"file": "bc.pdf"}]}"#;
    let explained = r#""explanation": {"evidence": [{"file": "gt.pdf"}]}"#;
    let card = set.score(&format!("{{\"1\": {{{own}, {explained}}}}}"));
    assert_eq!(set.points(&card, "1").unwrap(), "3");
    let cut = r#""appraisal 1": {"figures": {"a": 4, "b": 2}}"#;
    let card = set.score(&format!("{{\"1\": {{{own}, {cut}, {explained}}}}}"));
    assert_eq!(set.points(&card, "1").unwrap(), "1,5");
    let card = set.score(&format!("{{\"1\": {{{explained}}}}}"));
    assert_eq!(card.leaves[0].last.status, Status::Unscored);
}

#[test]
fn evidence_shown_once_need_not_be_shown_again_by_the_appraiser() {
    let set = with_tracks(SHOWN);
    let card = set.score(
        r#"{"1": {"self": {"figures": {"a": 4, "b": 4}, "evidence": [{"file": "bc.pdf"}]},
            "appraisal 1": {"figures": {"a": 4, "b": 2}}}}"#,
    );
    assert_eq!(set.points(&card, "1").unwrap(), "1,5");
    let late = set.score(
        r#"{"1": {"self": {"figures": {"a": 4, "b": 4}}, "appraisal 1": {"figures": {"a": 4, "b": 2}},
            "explanation": {"evidence": [{"file": "gt.pdf"}]}, "appraisal 2": {"figures": {"a": 4, "b": 3}}}}"#,
    );
    assert_eq!(set.points(&late, "1").unwrap(), "2,25");
    let before = late.leaves[0].tracks.iter().map(|(_, assessed)| assessed.status.clone()).nth(1).unwrap();
    assert!(matches!(before, Status::Scored { exact, .. } if exact.is_zero()), "not shown by then");
}

#[test]
fn whether_a_case_arose_is_asked_for_even_where_the_rule_does_not_read_it() {
    let set = plain(
        "tiêu chí 1 \"Có vụ việc\": 3 điểm
  số liệu vụ \"Số vụ\": số đếm
  số liệu xong \"Đã xong\": có/không
  số liệu họp \"Đã họp\": có/không
  chấm theo điều kiện
    khi xong = có: tối đa
    còn lại: 0 điểm
  không phát sinh khi vụ = 0: loại khỏi thang điểm
  không phát sinh khi họp = có: tối đa
  ví dụ vụ = 1; xong = có; họp = không: 3 điểm",
    );
    let card = set.score(r#"{"1": {"self": {"figures": {"xong": false, "họp": false}}}}"#);
    assert_eq!(card.leaves[0].last.status, Status::Unscored, "no points and no zero while the case is not known");
    let card = set.score(r#"{"1": {"self": {"figures": {"xong": false, "họp": true}}}}"#);
    assert_eq!(card.leaves[0].last.status, Status::Unscored, "the first line is asked first");
    let card = set.score(r#"{"1": {"self": {"figures": {"vụ": 0}}}}"#);
    assert_eq!(card.leaves[0].last.status, Status::NotApplicable);
}

#[test]
fn a_line_above_keeps_the_zero_from_the_line_below() {
    let set = plain(
        "tiêu chí 1 \"Có vụ việc\": 3 điểm
  số liệu a \"Số vụ\": số đếm
  số liệu b \"Đã xong\": số đếm, không quá a
  chấm theo điều kiện
    khi a = 0: 1 điểm
    khi b / a ≥ 50%: tối đa
    còn lại: 0 điểm
  ví dụ a = 2; b = 1: 3 điểm",
    );
    let card = set.score(r#"{"1": {"self": {"figures": {"a": 0, "b": 0}}}}"#);
    assert_eq!(set.points(&card, "1").unwrap(), "1");
}

#[test]
fn a_figure_that_bounds_another_is_asked_for() {
    let set = plain(
        "tiêu chí 1 \"Hai bậc\": 3 điểm
  số liệu a \"Tổng\": số đếm, ít nhất 1
  số liệu c \"Phải làm\": số đếm, không quá a
  số liệu b \"Đã làm\": số đếm, không quá c
  chấm theo tỷ lệ b / a
    từ 80% đến hết 100%: tối đa
    dưới 80%: 0 điểm
  ví dụ a = 2; c = 2; b = 2: 3 điểm",
    );
    let card = set.score(r#"{"1": {"self": {"figures": {"a": 50, "b": 90}}}}"#);
    assert_eq!(card.leaves[0].last.status, Status::Unscored, "without `c` the bounds of `b` are not known to hold");
}

#[test]
fn a_figure_above_and_below_the_line_promises_no_distance() {
    let set = plain(
        "tiêu chí 1 \"Tỷ trọng\": 3 điểm
  số liệu a \"Giấy\": số đếm
  số liệu b \"Trực tuyến\": số đếm
  chấm theo tỷ lệ b / (a + b)
    từ 80% trở lên: tối đa
    dưới 80%: 0 điểm
  không phát sinh khi a + b = 0: loại khỏi thang điểm
  ví dụ a = 1; b = 4: 3 điểm",
    );
    let card = set.score(r#"{"1": {"self": {"figures": {"a": 50, "b": 50}}}}"#);
    let Reason::Line(decided) = &card.leaves[0].last.reason else { panic!("{:?}", card.leaves[0].last.reason) };
    let up = decided.up.as_ref().unwrap();
    assert_eq!(up.needs, None, "30 more of `b` make 80/130, not 80 %");
}

#[test]
fn what_a_hint_promises_is_what_those_cases_come_to() {
    let rules = [
        "    trên 90%: tối đa\n    từ 70% đến hết 90%: 1 điểm\n    dưới 70%: 0 điểm\n",
        "    từ 80% trở lên: tỷ lệ thuận\n    từ 60% đến dưới 80%: 1 điểm\n    từ 50% đến dưới 60%: 0,5 điểm\n    dưới 50%: 0 điểm\n",
    ];
    let mut tried = 0;
    for rule in rules {
        let set = plain(&format!(
            "tiêu chí 1 \"Kế hoạch\": 3 điểm\n  số liệu a \"Phải làm\": số đếm, ít nhất 1\n  số liệu b \"Đã làm\": số đếm, không quá a\n  chấm theo tỷ lệ b / a\n{rule}"
        ));
        let of = |a: i64, b: i64| {
            let card = set.score(&format!(r#"{{"1": {{"self": {{"figures": {{"a": {a}, "b": {b}}}}}}}}}"#));
            let last = card.leaves[0].last.clone();
            let Status::Scored { exact, .. } = last.status else { panic!("{a} {b}: {:?}", last.status) };
            let Reason::Line(decided) = last.reason else { panic!("{a} {b}") };
            (exact, [decided.up, decided.down])
        };
        for a in 1..=12i64 {
            for b in 0..=a {
                let (now, cliffs) = of(a, b);
                for (cliff, up) in cliffs.into_iter().zip([true, false]).filter_map(|(cliff, up)| Some((cliff?, up))) {
                    let (_, change) = cliff.needs.as_ref().unwrap();
                    let then = b + change.to_i64().unwrap();
                    let (points, _) = of(a, then);
                    assert_eq!(points, cliff.points, "{b}/{a} → {then}/{a}");
                    assert_eq!(points > now, up, "{b}/{a} → {then}/{a}");
                    let at = Ratio::new(i128::from(then), i128::from(a)).unwrap();
                    assert!(!cliff.included || cliff.edge == at, "{b}/{a}: at {:?}", cliff.edge);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn the_bounds_of_a_provisional_index_hold_of_rounded_points() {
    for level in ["từng tiêu chí", "lĩnh vực"] {
        let settings = format!(
            "  làm tròn: {level}, 0 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm đã làm tròn"
        );
        let set = with_header(
            "2 điểm",
            &settings,
            "tiêu chí 1 \"a\": 1 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"
tiêu chí 2 \"b\": 1 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"",
        );
        let now = set.score(r#"{"1": {"appraisal 1": {"points": 0.5}}}"#);
        let then = set.score(r#"{"1": {"appraisal 1": {"points": 0.5}}, "2": {"appraisal 1": {"points": 1}}}"#);
        assert!(then.index.rounded_share <= now.index.counted_upper_share, "{level}: {:?}", now.index);
        assert!(now.index.counted_lower_share <= then.index.rounded_share, "{level}: {:?}", now.index);
        assert!(then.index.share <= now.index.upper_share && now.index.lower_share <= then.index.share);
    }
}

/// What is counted already is not given back: 3,5 of the first area count as 4 of 10, whatever the second comes to.
#[test]
fn bounds_of_what_is_counted_are_as_near_as_rounding_allows() {
    for (level, lower, upper) in [("lĩnh vực", "40", "90"), ("từng tiêu chí", "40", "90"), ("chỉ số", "35", "85")]
    {
        let settings = format!(
            "  làm tròn: {level}, 0 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm đã làm tròn"
        );
        let set = with_header(
            "10 điểm",
            &settings,
            "tiêu chí 1 \"a\": 5 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"
tiêu chí 2 \"b\": 5 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"",
        );
        let index = set.score(r#"{"1": {"appraisal 1": {"points": 3.5}}}"#).index;
        let percent = |share: &tieuchi::number::Ratio| (share * &100.into()).exact(DecimalMark::Comma);
        assert_eq!([&index.lower_share, &index.upper_share].map(percent), ["35", "85"], "{level}");
        let counted = [&index.counted_lower_share, &index.counted_upper_share];
        assert_eq!(counted.map(percent), [lower, upper], "{level}");
    }
}

/// A leaf that leaves an area takes its points away before what remains is rounded: 1,5 of 3 count as 2,
/// and 1,5 of the 2,9 that remain do, too.
#[test]
fn what_leaves_a_rounded_area_leaves_its_bounds_right() {
    let settings = "  làm tròn: lĩnh vực, 0 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm đã làm tròn";
    let set = with_header(
        "3 điểm",
        settings,
        "lĩnh vực 1 \"L\": 3 điểm
tiêu chí 1.1 \"a\": 2,9 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"
tiêu chí 1.2 \"b\": 0,1 điểm
  số liệu n \"N\": số đếm, không quá 4
  không phát sinh khi n = 0: loại khỏi thang điểm
  chấm theo số lượng n
    từ 4 trở lên: tối đa
    từ 1 đến dưới 4: 0,05 điểm
    dưới 1: 0 điểm
  ví dụ n = 4: 0,1 điểm",
    );
    for tenths in 0..=29_u32 {
        let points = format!("{}.{}", tenths / 10, tenths % 10);
        let one = format!("\"1.1\": {{\"appraisal 1\": {{\"points\": {points}}}}}");
        let open = set.score(&format!("{{{one}}}")).index;
        for n in 0..=4 {
            let sheet = format!("{{{one}, \"1.2\": {{\"self\": {{\"figures\": {{\"n\": {n}}}}}}}}}");
            let then = set.score(&sheet).index;
            assert!(open.lower_share <= then.share && then.share <= open.upper_share, "{points} {n}: {open:?}");
            let counted = (&open.counted_lower_share, &open.counted_upper_share);
            assert!(*counted.0 <= then.rounded_share && then.rounded_share <= *counted.1, "{points} {n}: {open:?}");
        }
    }
}

#[test]
fn a_count_of_one_point_three_zeros_has_two_readings() {
    use tieuchi::import::{Format, load};
    let set = plain(
        "tiêu chí 1 \"Đếm\": 3 điểm
  số liệu a \"Tổng\": số đếm
  chấm theo số lượng a
    từ 2 trở lên: tối đa
    dưới 2: 0 điểm
  ví dụ a = 2: 3 điểm",
    );
    let told = |file: &str, text: &str| {
        let mut sources = set.sources.clone();
        let id = sources.add(file, text);
        let loaded = load(set.plan.ruleset(), id, text, Format::of_path(file).unwrap());
        loaded.diagnostics.iter().map(tieuchi::diagnostic::Diagnostic::code).collect::<Vec<_>>()
    };
    let json = |value: &str| {
        let leaves = format!("{{\"1\": {{\"self\": {{\"figures\": {{\"a\": {value}}}}}}}}}");
        told("a.json", &format!("{{\"unit\": \"U\", \"leaves\": {leaves}}}"))
    };
    for grouped in ["1.000", "\"1.000\"", "\"12.500\""] {
        assert_eq!(json(grouped), ["sheet-grouped-number"], "{grouped}");
    }
    for plain in ["1000", "1000.0", "\"1.0\"", "1e3"] {
        assert!(json(plain).is_empty(), "{plain}");
    }
    assert_eq!(told("a.csv", "unit,1:a\nU,1.000\n"), ["sheet-grouped-number"]);
    assert_eq!(told("a.csv", "unit;1:a\nU;1,000\n"), ["sheet-grouped-number"]);
}

/// Rounded as points, 8,94 of 10 would stand as 9 beside 89 %, and above its own bounds.
#[test]
fn points_of_another_scale_than_a_hundred_do_not_contradict_the_rounded_percentage() {
    let settings = "  làm tròn: chỉ số, 0 chữ số, nửa lên\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn";
    let set = with_header(
        "10 điểm",
        settings,
        "tiêu chí 1 \"a\": 9 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"\ntiêu chí 2 \"b\": 1 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"",
    );
    let index = |text: &str| {
        let cards = set.submissions("x.csv", text);
        set.plan.evaluate(&cards[0], &tieuchi::engine::Context::default()).index
    };
    let percent = |share: &tieuchi::number::Ratio| (share * &100.into()).fixed(2, DecimalMark::Comma);
    let whole = index("unit,1,2\nA,8,0.94\n");
    assert_eq!(
        (whole.total.rounded.exact(DecimalMark::Comma), percent(&whole.rounded_share)),
        ("8,94".to_owned(), "89,00".to_owned())
    );
    let open = index("unit,1,2\nB,7.96,\n");
    assert_eq!([&open.lower_share, &open.share, &open.upper_share].map(percent), ["79,60", "79,60", "89,60"]);
    let counted = [&open.counted_lower_share, &open.rounded_share, &open.counted_upper_share];
    assert_eq!(counted.map(percent), ["80,00", "80,00", "90,00"]);
}

#[test]
fn of_alternatives_those_that_hold_are_told() {
    let set = with_header(
        "10 điểm",
        USUAL,
        "tiêu chí 1 \"Việc\": 10 điểm
  số liệu x \"X\": số đếm
  số liệu y \"Y\": số đếm
  chấm theo điều kiện
    khi x > 5 hoặc y > 3: tối đa
    còn lại: 0 điểm",
    );
    let told = |x: u32, y: u32| {
        let card = set.score(&format!("{{\"1\": {{\"self\": {{\"figures\": {{\"x\": {x}, \"y\": {y}}}}}}}}}"));
        tieuchi::report::explain(&set.context(), &card, None)
    };
    let other = told(1, 4);
    assert!(other.contains("y = 4 > 3") && !other.contains("x = 1"), "{other}");
    let both = told(6, 4);
    assert!(both.contains("x = 6 > 5; y = 4 > 3"), "{both}");
}
