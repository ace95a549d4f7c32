//! Figures that leaves share and figures of other leaves: in sheets, track by track, in samples, in sets that extend others.

use tieuchi::diagnostic::{Diagnostic, SourceId};
use tieuchi::engine::{Context, Status};
use tieuchi::import::{self, Format};
use tieuchi::number::Ratio;
use tieuchi::ruleset::meaning::FigureId;
use tieuchi::submission::{Archive, Gaps, Submission, Value, sample};
use tieuchi::wire::to_json;

use crate::support::{Set, with_header};

const SETTINGS: &str = "  cách chấm: tự chấm; thẩm định lần 1\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n  số liệu chung dân_số \"Dân số\": số đếm, ít nhất 1\n  số liệu chung hộ \"Số hộ\": số đếm, ít nhất 1, không quá dân_số";

const BODY: &str = "tiêu chí 1 \"Người có bảo hiểm\": 1 điểm
  số liệu a \"Số người có bảo hiểm\": số đếm, không quá dân_số
  chấm theo tỷ lệ a / dân_số: tỷ lệ thuận

tiêu chí 2 \"Người tham gia\": 1 điểm
  số liệu b \"Số người tham gia\": số đếm, không quá a trong 1
  chấm theo tỷ lệ b / dân_số: tỷ lệ thuận

tiêu chí 3 \"Số hộ\": 1 điểm
  chấm theo tỷ lệ hộ / dân_số: tỷ lệ thuận
";

fn set() -> Set {
    with_header("3 điểm", SETTINGS, BODY)
}

fn read(set: &Set, text: &str, format: Format) -> (Vec<Submission>, Vec<&'static str>) {
    let loaded = import::load(set.plan.ruleset(), SourceId(1), text, format);
    let codes = loaded.diagnostics.iter().map(Diagnostic::code).collect();
    (loaded.submissions, codes)
}

/// The points of every leaf in a track, and in the end.
fn points(set: &Set, submission: &Submission) -> Vec<(Vec<Option<Ratio>>, Option<Ratio>)> {
    let of = |status: &Status| match status {
        Status::Scored { exact, .. } => Some(exact.ratio().clone()),
        _ => None,
    };
    let card = set.plan.evaluate(submission, &Context::default());
    let leaf = |leaf: &tieuchi::engine::LeafScore| {
        (leaf.tracks.iter().map(|(_, assessed)| of(&assessed.status)).collect(), of(&leaf.last.status))
    };
    card.leaves.iter().map(leaf).collect()
}

fn ratio(top: i128, under: i128) -> Option<Ratio> {
    Ratio::new(top, under)
}

#[test]
fn what_an_appraisal_corrects_is_scored_anew_wherever_it_is_read() {
    let set = set();
    let text = r#"{"unit": "A", "shared": {"self": {"dân_số": 10, "hộ": 4}, "appraisal 1": {"dân_số": 20}}, "leaves": {
        "1": {"self": {"figures": {"a": 5}}, "appraisal 1": {"figures": {"a": 4}}}, "2": {"self": {"figures": {"b": 2}}}}}"#;
    let (submissions, codes) = read(&set, text, Format::Json);
    assert!(codes.is_empty(), "{codes:?}");
    let came = points(&set, &submissions[0]);
    assert_eq!(came[0], (vec![ratio(1, 2), ratio(1, 5)], ratio(1, 5)));
    assert_eq!(came[1], (vec![ratio(1, 5), ratio(1, 10)], ratio(1, 10)));
    // Nothing is stated of the third leaf itself.
    assert_eq!(came[2], (vec![ratio(2, 5), ratio(1, 5)], ratio(1, 5)));
    let (again, _) = read(&set, &to_json(set.plan.ruleset(), &submissions[0]), Format::Json);
    assert_eq!(again[0].shared, submissions[0].shared);
    assert_eq!(again[0].leaves, submissions[0].leaves);
}

#[test]
fn a_table_and_a_bare_list_of_values_state_them_too() {
    let set = set();
    let csv = "unit;chung:dân_số;shared:hộ;1:a;2:b;chung:dân_số@thẩm định lần 1\nA;10;4;5;2;20\nB;10;4;5;2;\n";
    let (submissions, codes) = read(&set, csv, Format::Csv);
    assert!(codes.is_empty(), "{codes:?}");
    assert_eq!(points(&set, &submissions[0])[2].1, ratio(1, 5));
    assert_eq!(points(&set, &submissions[1])[2].1, ratio(2, 5));
    let toml = "unit = \"A\"\n[shared]\n\"dân_số\" = 10\n\"hộ\" = 4\n";
    let (submissions, codes) = read(&set, toml, Format::Toml);
    assert!(codes.is_empty(), "{codes:?}");
    assert_eq!(points(&set, &submissions[0])[2].1, ratio(2, 5));
}

#[test]
fn every_mistake_with_them_is_told_at_its_place() {
    let set = set();
    let codes = |shared: &str, leaves: &str| {
        let text = format!(r#"{{"unit": "A", "shared": {shared}, "leaves": {leaves}}}"#);
        read(&set, &text, Format::Json).1
    };
    assert_eq!(codes(r#"{"dân số": 5}"#, "{}"), ["unknown-sheet-figure"]);
    assert_eq!(codes(r#"{"dân_số": 5, "dân_số": 6}"#, "{}"), ["repeated-key"]);
    assert_eq!(codes(r#"{"dân_số": 5, "hộ": 6}"#, "{}"), ["value-out-of-bounds"]);
    assert_eq!(codes(r#"{"thẩm định": {"dân_số": 5}}"#, "{}"), ["unknown-track"]);
    assert_eq!(codes(r#"{"dân_số": "năm"}"#, "{}"), ["bad-value"]);
    assert_eq!(codes("{}", r#"{"1": {"self": {"figures": {"a": 1, "dân_số": 5}}}}"#), ["stated-elsewhere"]);
    assert_eq!(codes("{}", r#"{"2": {"self": {"figures": {"b": 1, "a trong 1": 5}}}}"#), ["stated-elsewhere"]);
    // A bound over leaves is kept in a sheet.
    let over = r#"{"1": {"self": {"figures": {"a": 3}}}, "2": {"self": {"figures": {"b": 4}}}}"#;
    assert_eq!(codes(r#"{"dân_số": 5}"#, over), ["value-out-of-bounds"]);
}

#[test]
fn samples_state_them_once_within_all_bounds() {
    let set = set();
    for number in 0..40 {
        let drawn = sample(set.plan.ruleset(), "A", 7, number, Gaps::None);
        let (again, codes) = read(&set, &to_json(set.plan.ruleset(), &drawn), Format::Json);
        assert!(codes.is_empty(), "{codes:?}");
        assert!(points(&set, &again[0]).iter().all(|(_, last)| last.is_some()), "{number}");
    }
}

/// A list that one leaf asks for and others tell of: corrected, missing, and with an empty cell.
#[test]
fn rows_of_another_leaf_are_read_as_they_stand_there() {
    let body = "tiêu chí 1 \"Đúng hạn\": 2 điểm
  danh sách xã \"Các xã\": ít nhất 1
    cột a \"Đã giải quyết\": số đếm, ít nhất 1
    cột b \"Đúng hạn\": số đếm, không quá a
    cột c \"Trực tuyến\": số đếm, không quá a
  chấm theo tỷ lệ tổng(xã; b) / tổng(xã; a): tỷ lệ thuận

tiêu chí 2 \"Trực tuyến\": 2 điểm
  chấm theo tỷ lệ tổng(xã trong 1; c) / tổng(xã trong 1; a): tỷ lệ thuận

tiêu chí 3 \"Được kiểm tra\": 2 điểm
  số liệu k \"Số xã được kiểm tra\": số đếm, không quá đếm(xã trong 1)
  chấm theo tỷ lệ k / đếm(xã trong 1): tỷ lệ thuận
";
    let settings =
        "  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn";
    let set = with_header("6 điểm", settings, body);
    let row = |name: &str, c: &str| format!(r#"{{"tên": "{name}", "a": 10, "b": 5{c}}}"#);
    let rows = |first: &str| format!(r#"{{"figures": {{"xã": [{}, {}]}}}}"#, row("A", first), row("B", ", \"c\": 6"));
    let scored = |one: &str| {
        let card = set.score(&format!(r#"{{"1": {{{one}}}, "3": {{"self": {{"figures": {{"k": 1}}}}}}}}"#));
        ["1", "2", "3"].map(|code| set.points(&card, code).unwrap_or_else(|| "–".to_owned()))
    };
    let own = rows(", \"c\": 2");
    assert_eq!(scored(&format!("\"self\": {own}")), ["1", "0,8", "1"]);
    let corrected = rows(", \"c\": 0");
    assert_eq!(scored(&format!("\"self\": {own}, \"appraisal 1\": {corrected}")), ["1", "0,6", "1"]);
    // A cell that 2 reads is empty, and 1 does not read it.
    assert_eq!(scored(&format!("\"self\": {}", rows(""))), ["1", "–", "1"]);
    let card = set.score("{}");
    let (id, _) = set.plan.ruleset().by_code("2").unwrap();
    let told = tieuchi::report::explain(&set.context(), &card, Some(id));
    assert!(told.contains("xã trong 1 (chưa khai ở 1) → chưa chấm"), "{told}");
    let full = set.score(&format!(r#"{{"1": {{"self": {own}}}}}"#));
    let told = tieuchi::report::explain(&set.context(), &full, Some(id));
    assert!(told.contains("xã trong 1 = 2 dòng, khai ở 1") && told.contains("= 2 + 6 = 8 (2 dòng)"), "{told}");
}

/// An archive reads of a shared figure what a sheet of this year would: the last track that scores and states it.
#[test]
fn an_earlier_year_is_read_as_this_one() {
    let body = "tiêu chí 1 \"Tăng\": 1 điểm
  chấm theo điều kiện
    khi dân_số > dân_số của năm trước: tối đa
    còn lại: 0 điểm

tiêu chí 2 \"Tăng nữa\": 1 điểm
  chấm theo điều kiện
    khi dân_số > 2 * dân_số của năm trước: tối đa
    còn lại: 0 điểm

tiêu chí 3 \"Số hộ\": 1 điểm
  chấm theo tỷ lệ hộ / dân_số: tỷ lệ thuận
";
    let settings = SETTINGS.replace("thẩm định lần 1\n", "thẩm định lần 1; giải trình\n");
    let set = with_header("3 điểm", &settings, body);
    let (head, leaf) = set.plan.ruleset().leaves().map(|(id, _, leaf)| (id, leaf)).next().unwrap();
    let there = FigureId(leaf.figures.iter().position(|figure| figure.name == "dân_số").unwrap());
    let taken = |shared: &str| {
        let text = format!(r#"{{"unit": "A", "year": 2021, "shared": {shared}, "leaves": {{}}}}"#);
        let mut archive = Archive::default();
        let raw = import::read(SourceId(1), &text, Format::Json);
        assert!(raw.diagnostics.is_empty(), "{:?}", raw.diagnostics);
        let told = archive.take(set.plan.ruleset(), 2021, &raw.sheets[0]);
        let value = archive.value(2021, "A", head, there).ok().cloned();
        (value, told.iter().map(Diagnostic::code).collect::<Vec<_>>())
    };
    let ten = Some(Value::Number(Ratio::from(10)));
    assert_eq!(taken(r#"{"tự chấm": {"dân_số": 10}, "giải trình": {"dân_số": 100}}"#), (ten.clone(), vec![]));
    assert_eq!(taken(r#"{"tự chấm": {"dân_số": 10}, "thẩm định lần 1": {"hộ": 4}}"#), (ten.clone(), vec![]));
    assert_eq!(taken(r#"{"tự chấm": {"dân_số": 9}, "thẩm định lần 1": {"dân_số": 10}}"#), (ten, vec![]));
    // Two leaves read it: told once.
    assert_eq!(taken(r#"{"tự chấm": {"dân_số": "nhiều"}}"#), (None, vec!["bad-value"]));
}

#[test]
fn what_does_not_apply_elsewhere_and_a_day_that_never_came_are_told_so() {
    let body = "tiêu chí 1 \"Kế hoạch\": 1 điểm
  số liệu ngày \"Ngày ban hành\": ngày
  chấm theo thời hạn ngày, hạn hết 31/01/2022
    đúng hạn: tối đa
    muộn trên 0 ngày: 0 điểm
    không thực hiện: 0 điểm

tiêu chí 2 \"Sớm\": 1 điểm
  chấm theo điều kiện
    khi ngày trong 1 <= 15/01/2022: tối đa
    còn lại: 0 điểm

tiêu chí 3 \"Người dự\": 1 điểm
  số liệu mời \"Người được mời\": số đếm, ít nhất 1, được chọn không áp dụng
  số liệu dự \"Người dự\": số đếm, không quá mời
  chấm theo tỷ lệ dự / mời: tỷ lệ thuận

tiêu chí 4 \"Người nói\": 1 điểm
  số liệu nói \"Người phát biểu\": số đếm, không quá mời trong 3
  chấm theo tỷ lệ nói / mời trong 3: tỷ lệ thuận
";
    let settings =
        "  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn";
    let set = with_header("4 điểm", settings, body);
    let text = r#"{"unit": "A", "leaves": {"1": {"self": {"figures": {"ngày": "không"}}},
        "3": {"self": {"figures": {"mời": "không áp dụng"}}}, "4": {"self": {"figures": {"nói": 2}}}}}"#;
    let (submissions, codes) = read(&set, text, Format::Json);
    assert!(codes.is_empty(), "{codes:?}");
    let card = set.plan.evaluate(&submissions[0], &Context::default());
    let told = tieuchi::report::explain(&set.context(), &card, None);
    assert!(told.contains("chưa có: ngày trong 1 (khai `không`: không có ngày)"), "{told}");
    assert!(told.contains("chưa có: mời trong 3 (đơn vị chọn `không áp dụng` ở 3)"), "{told}");
}
