//! Tests of a set that start from a submission in a file.

use std::fs;

use super::run;

const SET: &str = "bộ tiêu chí thử/tệp \"Bộ thử\"
  năm: 2022
  nguồn: minh họa, \"để thử\"
  thang điểm: 2 điểm
  thiếu số liệu: chưa chấm
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 \"Một\": 1 điểm
  số liệu a \"Có\": có/không
  chấm theo điều kiện
    khi a = có: tối đa
    còn lại: 0 điểm
  ví dụ a = có: 1 điểm

tiêu chí 2 \"Hai\": 1 điểm
  số liệu a \"Có\": có/không
  chấm theo điều kiện
    khi a = có: tối đa
    còn lại: 0 điểm
  ví dụ a = có: 1 điểm

kiểm thử \"Từ tệp\"
  cho hồ sơ \"x.json\"
  thì 1: tối đa
  thì 2: 0 điểm

kiểm thử \"Từ tệp, đổi một mục\"
  cho hồ sơ \"x.json\"
  cho 2: a = có
  thì chỉ số: 100%
";

const SHEET: &str = "{\"ruleset\": \"thử/tệp\", \"year\": 2022, \"unit\": \"X\", \"leaves\": {
  \"1\": {\"self\": {\"figures\": {\"a\": true}}}, \"2\": {\"self\": {\"figures\": {\"a\": false}}}}}";

#[test]
fn a_test_starts_from_the_submission_that_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("set.tieuchi");
    let sheet = folder.path().join("x.json");
    fs::write(&set, SET).unwrap();
    let path = set.display().to_string();
    let without = run(&["check", &path]);
    assert!(without.out.contains("lỗi[no-test-sheet]"), "{}", without.out);
    fs::write(&sheet, SHEET).unwrap();
    let with = run(&["check", &path]);
    assert_eq!(with.code, 0, "{}", with.out);
    assert!(with.out.contains("2 kiểm thử"), "{}", with.out);
    fs::write(&sheet, SHEET.replace("true", "\"maybe\"")).unwrap();
    let broken = run(&["check", &path]);
    assert!(broken.out.contains("no-test-sheet") && broken.out.contains("`a`"), "{}", broken.out);
    fs::write(&set, SET.replace("\"x.json\"", "\"../x.json\"")).unwrap();
    let outside = run(&["check", &path]);
    assert!(outside.out.contains("trong thư mục của bộ tiêu chí"), "{}", outside.out);
}
