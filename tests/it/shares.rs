//! Per cents written where a share is asked: one verdict in whatever order the steps are written, inside a sum over rows
//! or after it.

use tieuchi::diagnostic::Language;

use crate::support::findings;

/// Every order of the steps.
fn orders<'a>(steps: &[&'a str]) -> Vec<Vec<&'a str>> {
    if steps.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, &step) in steps.iter().enumerate() {
        let others: Vec<&str> =
            steps.iter().enumerate().filter(|&(other, _)| other != at).map(|(_, &step)| step).collect();
        all.extend(orders(&others).into_iter().map(|order| [vec![step], order].concat()));
    }
    all
}

/// The steps after one another, those before `apart` in each row.
fn spelt(row: &str, order: &[&str], apart: usize, over_rows: bool) -> Option<String> {
    let (inside, outside) = order.split_at(apart);
    if inside.iter().any(|step| step.contains("đếm")) || !over_rows && apart > 0 {
        return None;
    }
    let each = inside.iter().fold(format!("({row})"), |each, step| format!("({each} {step})"));
    let whole = if over_rows { format!("tổng(xã; {each})") } else { each };
    Some(outside.iter().fold(whole, |whole, step| format!("{whole} {step}")))
}

/// How many of so many spellings are refused.
fn refused(row: &str, steps: &[&str], over_rows: bool) -> (usize, usize) {
    let spellings: Vec<String> = orders(steps)
        .iter()
        .flat_map(|order| (0..=order.len()).filter_map(|apart| spelt(row, order, apart, over_rows)).collect::<Vec<_>>())
        .collect();
    let told = if over_rows { "cột" } else { "số liệu" };
    let mut text = "bộ tiêu chí thử/tỷ-lệ \"Bộ thử\"
  năm: 2022
  nguồn: minh họa, \"để thử\"
  thang điểm: 10 điểm
  thiếu số liệu: 0 điểm
  thiếu minh chứng: phải giải trình
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 \"Việc\": 10 điểm
"
    .to_owned();
    if over_rows {
        text.push_str("  danh sách xã \"Các xã\": ít nhất 1\n");
    }
    for at in 1..=row.matches('/').count() {
        text.push_str(&format!(
            "  {told} a{at} \"Việc {at}\": số đếm, ít nhất 1\n  {told} b{at} \"Xong {at}\": số đếm, không quá a{at}\n"
        ));
    }
    text.push_str("  chấm theo điều kiện\n");
    for spelling in &spellings {
        text.push_str(&format!("    khi {spelling} >= 80%: tối đa\n"));
    }
    text.push_str("    còn lại: 0 điểm\n");
    let found = findings(&text);
    let other = found.iter().find(|found| found.is_error() && found.code() != "unlike-types");
    assert!(other.is_none(), "{other:?}\n{text}");
    (found.iter().filter(|found| found.code() == "unlike-types").count(), spellings.len())
}

#[test]
fn the_order_of_the_steps_hides_no_per_cents() {
    let sum = |count: usize| (1..=count).map(|at| format!("b{at} / a{at}")).collect::<Vec<_>>().join(" + ");
    let twelve = sum(12);
    let hundred = "60 * b1 / a1 + 40 * b2 / a2";
    let wrong: [(&str, &[&str], bool); 9] = [
        ("b1 / a1", &["* 100", "/ đếm(xã)"], true),
        (&twelve, &["* 100", "/ 12", "/ đếm(xã)"], true),
        (&twelve, &["/ 0,12", "/ đếm(xã)"], true),
        (&sum(2), &["* 100", "/ 2", "/ đếm(xã)"], true),
        (&sum(2), &["* 50", "/ đếm(xã)"], true),
        (hundred, &["/ đếm(xã)"], true),
        (hundred, &[], false),
        (&twelve, &["* 100", "/ 12"], false),
        ("b1 / a1", &["* 100", "* 9", "/ 12"], false),
    ];
    for (row, steps, over_rows) in wrong {
        let (refused, all) = refused(row, steps, over_rows);
        assert_eq!(refused, all, "{row} {steps:?}");
    }
    let right: [(&str, &[&str], bool); 9] = [
        (&twelve, &["/ 12", "/ đếm(xã)"], true),
        (&twelve, &["* 100", "/ 1200", "/ đếm(xã)"], true),
        ("b1 / a1", &["* 100", "* 1%", "/ đếm(xã)"], true),
        (hundred, &["/ 100", "/ đếm(xã)"], true),
        (hundred, &["* 1%", "/ đếm(xã)"], true),
        ("b1 / a1", &["* 100", "/ 80", "/ đếm(xã)"], true),
        ("b1 / a1", &["* 100", "/ 80"], false),
        (&twelve, &["* 100", "/ 12", "/ 80"], false),
        (hundred, &["/ 60", "/ 2"], false),
    ];
    for (row, steps, over_rows) in right {
        let (refused, _) = refused(row, steps, over_rows);
        assert_eq!(refused, 0, "{row} {steps:?}");
    }
}

/// What the one finding about per cents advises.
fn advice(condition: &str) -> String {
    let text = format!(
        "bộ tiêu chí thử/tỷ-lệ \"Bộ thử\"
  năm: 2022
  nguồn: minh họa, \"để thử\"
  thang điểm: 10 điểm
  thiếu số liệu: 0 điểm
  thiếu minh chứng: phải giải trình
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 \"Việc\": 10 điểm
  số liệu a \"Việc\": số đếm, ít nhất 1
  số liệu b \"Xong\": số đếm, không quá a
  số liệu c \"Hồ sơ\": số đếm, ít nhất 1
  số liệu d \"Đúng hạn\": số đếm, không quá c
  chấm theo điều kiện
    khi {condition} >= 80%: tối đa
    còn lại: 0 điểm
"
    );
    let found = findings(&text);
    let told = found.iter().find(|found| found.code() == "unlike-types");
    told.map_or_else(String::new, |told| told.problem.words(Language::English).help)
}

#[test]
fn what_is_left_out_leaves_a_share() {
    let dropped = "do not multiply by 100; or do, and write the other side without `%`";
    let divided = "divide the whole of it by 100; or keep it, and write the other side without `%`";
    let kept = "write the other side without `%`";
    let cases = [
        ("b / a * 100", dropped),
        ("(b * 2 + d) / 2 / a * 100", dropped),
        ("100 * b / a * 3 / 2", dropped),
        ("100 * b * 12 / 9 / a", dropped),
        ("(2 * b / a + d / c) / 3 * 100", dropped),
        ("(6 * b / a + 4 * d / c) * 100 / 10", dropped),
        ("(b * 100 + d * 75) / a", divided),
        ("60 * b / a + 40 * d / c", divided),
        ("b / a / 1%", divided),
        // Without the hundred these are still on a scale of ten, and of three.
        ("(6 * b / a + 4 * d / c) * 100", kept),
        ("(2 * b / a + d / c) * 100", kept),
        ("100 * (b * 2 + d) / 2 / a", kept),
        ("(b * 2 + d) / 2 / a / 0,01", kept),
    ];
    for (condition, advised) in cases {
        assert_eq!(advice(condition), advised, "{condition}");
    }
}
