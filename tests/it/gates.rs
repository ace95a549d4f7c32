//! Leaves that wait for another head's points: track by track, never a zero in silence, bounds that stay true.

use tieuchi::engine::{Awaited, Reason, Status};
use tieuchi::number::{Points, Ratio};
use tieuchi::report;

use crate::support::{Set, with_header};

const SETTINGS: &str = "  cách chấm: tự chấm; thẩm định lần 1\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn";

fn plan(effect: &str) -> Set {
    let body = format!(
        "tiêu chí 1 \"Kế hoạch\": 1 điểm
  số liệu kh \"Có kế hoạch\": lựa chọn \"có\"; \"không\"; \"không phải lập\"
  chấm theo lựa chọn kh
    chọn \"có\": tối đa
    chọn \"không\": 0 điểm
    chọn \"không phải lập\": loại khỏi thang điểm

tiêu chí 2 \"Thực hiện\": 2 điểm
  số liệu a \"Tổng số việc\": số đếm
  số liệu b \"Đã xong\": số đếm, không quá a
  chấm theo tỷ lệ b / a: tỷ lệ thuận
  không phát sinh khi a = 0: loại khỏi thang điểm
  chỉ chấm khi điểm của 1 > 0; nếu không: {effect}"
    );
    with_header("3 điểm", SETTINGS, &body)
}

fn leaves(plan: &str, appraised: Option<&str>, done: &str) -> String {
    let plan = format!(r#"{{"figures": {{"kh": "{plan}"}}}}"#);
    let appraised =
        appraised.map(|plan| format!(r#", "appraisal 1": {{"figures": {{"kh": "{plan}"}}}}"#)).unwrap_or_default();
    format!(r#"{{"1": {{"self": {plan}{appraised}}}, "2": {{"self": {{"figures": {done}}}}}}}"#)
}

const HALF: &str = r#"{"a": 4, "b": 2}"#;

#[test]
fn an_appraisal_that_takes_the_plan_takes_what_waits_for_it_too() {
    let set = plan("0 điểm");
    let card = set.score(&leaves("có", Some("không"), HALF));
    let waiting = &card.leaves[1];
    let points = |at: usize| match &waiting.tracks[at].1.status {
        Status::Scored { exact, .. } => exact.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(waiting.tracks.len(), 2);
    assert_eq!((points(0), points(1)), (Points::new(Ratio::ONE), Points::ZERO));
    assert_eq!(set.points(&card, "2").as_deref(), Some("0"));
    assert!(matches!(&waiting.last.reason, Reason::Gate { waits: false, .. }));
    let told = report::explain(&set.context(), &card, None);
    assert!(told.contains("điểm của 1 = 0 ≤ 0: 0 điểm"), "{told}");
}

#[test]
fn an_open_gate_says_so_and_changes_nothing() {
    let set = plan("0 điểm");
    let card = set.score(&leaves("có", None, HALF));
    assert_eq!(set.points(&card, "2").as_deref(), Some("1"));
    let told = report::explain(&set.context(), &card, None);
    assert!(told.contains("điểm của 1 = 1 > 0: được chấm"), "{told}");
}

#[test]
fn a_head_that_is_not_scored_is_waited_for_and_the_bounds_hold() {
    let set = plan("0 điểm");
    let card = set.score(&format!(r#"{{"2": {{"self": {{"figures": {HALF}}}}}}}"#));
    assert_eq!(card.leaves[1].last.status, Status::Unscored);
    assert!(matches!(&card.leaves[1].last.reason, Reason::Gate { waits: true, .. }));
    for plan in ["có", "không", "không phải lập"] {
        let then = set.score(&leaves(plan, None, HALF));
        assert!(card.index.lower_share <= then.index.share, "{plan}");
        assert!(then.index.share <= card.index.upper_share, "{plan}");
    }
}

#[test]
fn a_head_out_of_scale_is_not_waited_for() {
    let set = plan("0 điểm");
    let card = set.score(&leaves("không phải lập", None, HALF));
    assert_eq!(set.points(&card, "2").as_deref(), Some("1"));
    assert_eq!(card.leaves[1].last.gates[0].points, Awaited::OutOfScale);
}

#[test]
fn whether_a_case_arose_is_asked_before_the_gate() {
    let set = plan("0 điểm");
    let card = set.score(&leaves("không", None, r#"{"a": 0, "b": 0}"#));
    assert_eq!(card.leaves[1].last.status, Status::NotApplicable);
    let unknown = set.score(&leaves("không", None, "{}"));
    assert_eq!(unknown.leaves[1].last.status, Status::Unscored);
    assert!(matches!(unknown.leaves[1].last.reason, Reason::Missing { .. }));
}

#[test]
fn a_gate_does_not_decide_of_what_may_yet_be_said_not_to_apply() {
    let set = with_header(
        "4 điểm",
        SETTINGS,
        "tiêu chí 1 \"Kế hoạch\": 2 điểm
  chấm theo điểm nhập, do \"Sở Nội vụ\"

tiêu chí 2 \"Kết quả\": 2 điểm
  số liệu đủ \"Đủ\": có/không, được chọn không áp dụng
  chấm theo điều kiện
    khi đủ = có: tối đa
    còn lại: 1 điểm
  chỉ chấm khi điểm của 1 > 0; nếu không: 0 điểm",
    );
    let status = |figures: &str| {
        let own = format!(r#"{{"1": {{"appraisal 1": {{"points": 0}}}}, "2": {{"self": {{"figures": {figures}}}}}}}"#);
        set.score(&own).leaves[1].last.status.clone()
    };
    let zero = Status::Scored { exact: Points::default(), rounded: Points::default() };
    assert_eq!(status("{}"), Status::Unscored);
    assert_eq!(status(r#"{"đủ": "không áp dụng"}"#), Status::NotApplicable);
    assert_eq!(status(r#"{"đủ": true}"#), zero);
}

#[test]
fn a_closed_gate_has_any_effect() {
    let closed = |effect| {
        let set = plan(effect);
        set.score(&leaves("không", None, HALF)).leaves[1].last.status.clone()
    };
    let points =
        |points: i64| Status::Scored { exact: Points::new(points.into()), rounded: Points::new(points.into()) };
    assert_eq!(closed("50% tối đa"), points(1));
    assert_eq!(closed("loại khỏi thang điểm"), Status::NotApplicable);
    assert_eq!(closed("chưa chấm"), Status::Unscored);
}

#[test]
fn a_gate_on_a_head_with_parts_waits_for_what_its_points_can_still_be() {
    let set = with_header(
        "3 điểm",
        SETTINGS,
        "lĩnh vực 1 \"Kế hoạch\": 2 điểm

tiêu chí 1.1 \"Ban hành\": 1 điểm
  chấm theo điểm nhập, do \"Sở Nội vụ\"

tiêu chí 1.2 \"Gửi báo cáo\": 1 điểm
  chấm theo điểm nhập, do \"Sở Nội vụ\"

lĩnh vực 2 \"Thực hiện\": 1 điểm

tiêu chí 2.1 \"Kết quả\": 1 điểm
  chấm theo điểm nhập, do \"Sở Nội vụ\"
  chỉ chấm khi điểm của 1 ≥ 1; nếu không: 0 điểm",
    );
    let status = |leaves: &str| set.score(leaves).leaves[2].last.status.clone();
    let one = Status::Scored { exact: Points::new(Ratio::ONE), rounded: Points::new(Ratio::ONE) };
    let rest = r#""2.1": {"appraisal 1": {"points": 1}}"#;
    // One of two is enough, whatever the other will be.
    assert_eq!(status(&format!(r#"{{"1.1": {{"appraisal 1": {{"points": 1}}}}, {rest}}}"#)), one);
    assert_eq!(status(&format!(r#"{{"1.1": {{"appraisal 1": {{"points": 0.5}}}}, {rest}}}"#)), Status::Unscored);
}
