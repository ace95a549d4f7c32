//! Numbers as they stand beside one another: rates move by percentage points, points say the percentage beside them.

use tieuchi::diagnostic::Language;
use tieuchi::report;

use crate::support::{USUAL, with_header};

#[test]
fn a_rate_is_so_many_percentage_points_from_the_next_band() {
    let set = with_header(
        "4 điểm",
        USUAL,
        "tiêu chí 1 \"Tỷ lệ khai thẳng\": 2 điểm
  số liệu r \"Tỷ lệ đúng hạn\": tỷ lệ, không quá 100%
  chấm theo tỷ lệ r
    từ 90% trở lên: tối đa
    từ 50% đến dưới 90%: 1 điểm
    dưới 50%: 0 điểm

tiêu chí 2 \"Số đếm\": 2 điểm
  số liệu n \"Số việc\": số đếm, đơn vị tính \"việc\"
  chấm theo số lượng n
    từ 3 trở lên: tối đa
    dưới 3: 0 điểm",
    );
    let card = set.score(r#"{"1": {"self": {"figures": {"r": "89.7%"}}}, "2": {"self": {"figures": {"n": 2}}}}"#);
    let told = report::explain(&set.context(), &card, None);
    assert!(told.contains("lên 2 điểm: thêm 0,3 điểm phần trăm (r), tại 90%"), "{told}");
    assert!(told.contains("lên 2 điểm: thêm 1 việc (n), tại 3"), "{told}");
    let told = report::explain(&set.context_in(Language::English), &card, None);
    assert!(told.contains("up to 2 points: 0.3 percentage points more (r), at 90%"), "{told}");
}

/// The index rounds as a percentage: points rounded by themselves would tell of another one.
#[test]
fn the_own_score_keeps_its_points_where_the_index_rounds() {
    let settings = "  làm tròn: chỉ số, 0 chữ số, nửa lên\n  hiển thị: 2 chữ số\n  \
                    xếp hạng: đồng hạng, bỏ hạng sau, theo điểm đã làm tròn";
    let body = "tiêu chí 1 \"A\": 2 điểm
  chấm theo điểm nhập, do \"x\"

tiêu chí 2 \"B\": 1 điểm, điều tra
  chấm theo điểm nhập, do \"x\"";
    let set = with_header("3 điểm; thẩm định 2 điểm; điều tra 1 điểm", settings, body);
    let card = set.score(
        r#"{"1": {"self": {"points": 1.5}, "appraisal 1": {"points": 1.25, "reason": "x"}}, "2": {"appraisal 1": {"points": 1, "reason": "x"}}}"#,
    );
    let told = report::scorecard(&set.context(), &card);
    assert!(told.contains("Tự chấm: 1,50 / 2 (75,00%); kết quả của các mục ấy 1,25, thấp hơn 0,25"), "{told}");
}
