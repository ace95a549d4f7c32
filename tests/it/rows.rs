//! Lists: sheets of rows, what is told of them, each row scored, and what the explanation says.

use proptest::prelude::*;
use tieuchi::diagnostic::{Diagnostic, SourceId};
use tieuchi::import::{self, Format};
use tieuchi::number::Ratio;
use tieuchi::report;

use crate::support::{Set, USUAL, with_header};

fn told(body: &str, rows: &str) -> (Option<String>, String) {
    let set: Set = with_header("2 điểm", USUAL, body);
    let card = set.score(&format!("{{\"1\": {{\"self\": {{\"figures\": {{\"xã\": {rows}}}}}}}}}"));
    (set.points(&card, "1"), report::explain(&set.context(), &card, None))
}

#[track_caller]
fn says(body: &str, rows: &str, points: Option<&str>, words: &[&str]) {
    let (scored, text) = told(body, rows);
    assert_eq!(scored.as_deref(), points, "{text}");
    for words in words {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

const LIST: &str = "tiêu chí 1 \"Hồ sơ đúng hạn\": 2 điểm
  danh sách xã \"Các xã\": ít nhất 1
    cột giải_quyết \"Đã giải quyết\": số đếm
    cột đúng \"Đúng hạn\": số đếm, không quá giải_quyết";

fn sums() -> String {
    format!(
        "{LIST}
  chấm theo tỷ lệ tổng(xã; đúng) / tổng(xã; giải_quyết)
    từ 80% trở lên: tỷ lệ thuận
    dưới 80%: 0 điểm
  không phát sinh khi tổng(xã; giải_quyết) = 0: loại khỏi thang điểm
  ví dụ xã = \"A\" (đúng = 9; giải_quyết = 10): 1,8 điểm"
    )
}

fn lowest() -> String {
    format!(
        "{LIST}
  chấm theo tỷ lệ đúng / giải_quyết từng xã, lấy thấp nhất
    từ 80% trở lên: tỷ lệ thuận
    dưới 80%: 0 điểm
  không phát sinh từng xã khi giải_quyết = 0: bỏ qua dòng
  không còn dòng nào: 0,5 điểm
  ví dụ xã = \"A\" (đúng = 9; giải_quyết = 10): 1,8 điểm"
    )
}

fn mean() -> String {
    lowest().replace("lấy thấp nhất", "lấy trung bình")
}

const TWO: &str = r#"[{"tên": "Xã A", "đúng": 90, "giải_quyết": 100}, {"name": "Xã B", "đúng": 40, "giải_quyết": 50}]"#;

#[test]
fn totals_are_added_up_and_told() {
    let rows = TWO.replace("40", "45");
    let words = ["tổng(xã; đúng) = 90 + 45 = 135 (2 dòng)", "tổng(xã; giải_quyết) = 100 + 50 = 150 (2 dòng)"];
    says(&sums(), &rows, Some("1,8"), &words);
}

#[test]
fn the_lowest_row_is_named() {
    let words = ["thấp nhất trong 2 dòng: Xã B, 1,6 điểm", "· Xã A: 90/100 = 90%", "· Xã B: 40/50 = 80%"];
    says(&lowest(), TWO, Some("1,6"), &words);
    let none = r#"[{"tên": "Xã A", "đúng": 0, "giải_quyết": 0}]"#;
    says(&lowest(), none, Some("0,5"), &["không còn dòng nào để chấm", "· Xã A: bỏ qua"]);
}

#[test]
fn the_mean_shows_its_arithmetic() {
    says(&mean(), TWO, Some("1,7"), &["trung bình của 2 dòng: (1,8 + 1,6)/2 = 1,7"]);
}

#[test]
fn an_empty_cell_names_its_row() {
    let rows = r#"[{"tên": "Xã A", "đúng": 90, "giải_quyết": 100}, {"tên": "Xã B", "giải_quyết": 50}]"#;
    says(&sums(), rows, None, &["Xã B (đúng)"]);
    says(&lowest(), rows, None, &["xã: ô chưa trả lời: Xã B (đúng)"]);
}

/// A part that settles its condition leaves what has no value after it unread; an empty cell is asked for all the same.
#[test]
fn what_is_told_of_rows_is_read_only_where_it_is_asked() {
    let body = |line: &str, form: &str| {
        format!(
            "tiêu chí 1 \"Việc\": 2 điểm
  danh sách xã \"Các xã\"
    cột a \"Việc\": số đếm
    cột b \"Xong\": số đếm, không quá a
  chấm theo điều kiện
    khi {form}: tối đa
    còn lại: 0 điểm
  không phát sinh khi {line}: 1 điểm"
        )
    };
    let or = body("đếm(xã) = 0 hoặc nhỏ_nhất(xã; a) = 7", "nhỏ_nhất(xã; a) >= 9");
    says(&or, "[]", Some("1"), &["không phát sinh (đếm(xã) = 0)"]);
    says(&or, r#"[{"tên": "A", "a": 9, "b": 0}]"#, Some("2"), &[]);
    says(&or, r#"[{"tên": "A", "b": 0}]"#, None, &["A (a)"]);
    let zero = body("đếm(xã; a = 0) > 0 hoặc nhỏ_nhất(xã; b / a) = 100%", "đếm(xã) > 1");
    let zero = zero.replace("\"Các xã\"", "\"Các xã\": ít nhất 1");
    says(&zero, r#"[{"tên": "A", "a": 0, "b": 0}]"#, Some("1"), &["đếm(xã; a = 0) = 1 > 0"]);
    says(&zero, r#"[{"tên": "A", "a": 0}]"#, None, &["A (b)"]);
    let and = body("đếm(xã) > 0 và nhỏ_nhất(xã; a) = 7", "đếm(xã) > 1");
    says(&and, "[]", Some("0"), &["còn lại (đếm(xã) = 0)"]);
    let form = body("đếm(xã) = 3", "đếm(xã) > 0 và nhỏ_nhất(xã; a) >= 9");
    says(&form, "[]", Some("0"), &["còn lại (đếm(xã) = 0)"]);
    says(&form, r#"[{"tên": "A", "a": 9, "b": 0}]"#, Some("2"), &[]);
}

#[test]
fn a_wrong_row_is_told_where_it_stands() {
    let set = with_header("2 điểm", USUAL, &sums());
    let codes = |rows: &str| {
        let text =
            format!("{{\"unit\": \"A\", \"leaves\": {{\"1\": {{\"self\": {{\"figures\": {{\"xã\": {rows}}}}}}}}}}}");
        let loaded = import::load(set.plan.ruleset(), SourceId(1), &text, Format::Json);
        loaded.diagnostics.iter().map(Diagnostic::code).collect::<Vec<_>>()
    };
    assert_eq!(codes(r#"[{"đúng": 1, "giải_quyết": 1}]"#), ["missing-key"]);
    assert_eq!(codes(r#"[{"tên": "A", "dung": 1, "giải_quyết": 1}]"#), ["unknown-sheet-figure"]);
    assert_eq!(codes(r#"[{"tên": "A", "đúng": 2, "giải_quyết": 1}]"#), ["value-out-of-bounds"]);
    assert_eq!(codes(r#"[{"tên": "A"}, {"tên": "A"}]"#), ["repeated-key"]);
    assert_eq!(codes("[]"), ["value-out-of-bounds"]);
    assert_eq!(codes("5"), ["bad-value"]);
}

proptest! {
    /// The mean lies between the lowest and the highest row, and the rate of sums between the rows' rates.
    #[test]
    fn combined_points_lie_between_the_rows(rows in prop::collection::vec((1_i64..50, 0_i64..50), 1..6)) {
        let rows: Vec<(i64, i64)> = rows.into_iter().map(|(all, good)| (all, good.min(all))).collect();
        let json = rows.iter().enumerate().map(|(at, (all, good))| {
            format!("{{\"tên\": \"Xã {at}\", \"đúng\": {good}, \"giải_quyết\": {all}}}")
        });
        let json = format!("[{}]", json.collect::<Vec<_>>().join(", "));
        let (low, mean, total) = (exact(&lowest(), &json), exact(&mean(), &json), exact(&sums(), &json));
        prop_assert!(low <= mean && mean <= Ratio::from(2));
        prop_assert!(low <= total && total <= Ratio::from(2));
    }
}

fn exact(body: &str, rows: &str) -> Ratio {
    let set = with_header("2 điểm", USUAL, body);
    let card = set.score(&format!("{{\"1\": {{\"self\": {{\"figures\": {{\"xã\": {rows}}}}}}}}}"));
    match &card.leaves[0].last.status {
        tieuchi::engine::Status::Scored { exact, .. } => exact.ratio().clone(),
        other => panic!("{other:?}"),
    }
}

/// A deadline by rows, whose day may be `không`, and lines that ask for the day all the same.
const DAYS: &str = "tiêu chí 1 \"Kế hoạch\": 1 điểm
  số liệu z \"Số người\": số đếm
  danh sách xã \"Các xã\"
    cột d \"Ngày có kế hoạch\": ngày
    cột e \"Ngày báo cáo\": ngày
  chấm theo thời hạn d, hạn hết 01/06/2025 từng xã, lấy trung bình
    đúng hạn: tối đa
    muộn không quá 30 ngày: 0,2 điểm
    muộn trên 30 ngày: 0 điểm
    không thực hiện: 0 điểm
  không phát sinh từng xã khi e > d: bỏ qua dòng
  không còn dòng nào: 0 điểm
  không phát sinh khi z = 99: 0 điểm
tiêu chí 2 \"Kế hoạch sớm\": 1 điểm
  chấm theo điều kiện
    khi đếm(xã trong 1; d <= 01/03/2025) >= 1: tối đa
    còn lại: 0 điểm";

#[test]
fn a_day_of_a_row_that_was_never_is_what_is_lacking() {
    let set: Set = with_header("2 điểm", &format!("{USUAL}\n  kỳ đánh giá: từ 01/01/2025 đến hết 31/12/2025"), DAYS);
    let rows = r#"[{"tên": "A", "d": "không", "e": "2025-05-30"}, {"tên": "B", "d": "2025-02-28", "e": "2025-01-30"}]"#;
    let sheet = format!("{{\"1\": {{\"self\": {{\"figures\": {{\"z\": 5, \"xã\": {rows}}}}}}}}}");
    let card = set.score(&sheet);
    let told = report::explain(&set.context(), &card, None);
    // Whether the row may be passed over is not known then, and the rule says what follows, as in a leaf without rows.
    assert!(told.contains("1  Kế hoạch: 0,5 / 1 điểm"), "{told}");
    assert!(told.contains("· A: d = không: 0 điểm"), "{told}");
    assert!(told.contains("đếm(xã trong 1; d ≤ 01/03/2025) (khai `không`, không có ngày: A (d))"), "{told}");
    assert!(!told.contains("chưa trả lời"), "{told}");
}
