//! `what`: one criterion at the prompt.

use super::run;

const SET: [&str; 3] = ["what", "--ruleset", "vn/par-index/tinh/2022"];

fn what(rest: &[&str]) -> super::Run {
    run(&[&SET, rest].concat())
}

#[test]
fn figures_give_points_and_the_way_to_more() {
    let own = what(&["1.1", "a=100", "b=90"]);
    assert_eq!((own.code, own.err.as_str()), (0, ""));
    insta::assert_snapshot!("what_in_vietnamese", own.out);
    insta::assert_snapshot!("what_in_english", what(&["1.1", "a=100", "b=90", "--lang", "en"]).out);
}

#[test]
fn a_missing_figure_has_its_declared_consequence() {
    let run = what(&["1.1", "a=100", "--json"]);
    assert_eq!(run.code, 0);
    let leaf = run.json("tieuchi/leaf/1");
    assert_eq!(leaf["result"]["status"], "unscored");
    assert_eq!(leaf["result"]["reason"]["kind"], "missing");
    assert_eq!(leaf["result"]["reason"]["figures"][0], "b");
    assert_eq!(what(&["1.1", "a=100", "b="]).out, what(&["1.1", "a=100"]).out);
}

#[test]
fn values_are_read_as_the_ruleset_writes_them() {
    let desk = ["what", "--ruleset", "example/service-desk/2025", "1.2"];
    let read = run(&[&desk[..], &["hours=20.5", "urgent=4", "--json"]].concat());
    assert_eq!(read.json("tieuchi/leaf/1")["result"]["points"]["exact"], "68.8");
    let comma = run(&[&desk[..], &["hours=20,5", "urgent=4"]].concat());
    assert_eq!(comma.code, 2);
    assert!(comma.err.contains("20,5"), "{}", comma.err);
}

#[test]
fn a_figure_that_cannot_be_is_shown_where_it_was_typed() {
    let run = what(&["1.1", "a=100", "b=101"]);
    assert_eq!(run.code, 2);
    assert!(run.out.is_empty());
    assert!(run.err.contains("lỗi[value-out-of-bounds]: `b` = 101, phải không quá `a` = 100"), "{}", run.err);
    assert!(run.err.contains("1 | a=100 b=101"));
    assert_eq!(what(&["1.1", "số=1"]).code, 2);
    assert_eq!(what(&["1.2", "a=1"]).code, 2, "entered points are not figured out");
    assert_eq!(what(&["1", "a=1"]).code, 2, "an area has no figures");
}

#[test]
fn a_name_without_a_value_is_no_missing_figure() {
    let told = run(&["what", "--ruleset", "vn/par-index/tinh/2022", "1.1", "a", "b=90"]);
    assert_eq!(told.code, 2);
    assert!(told.err.contains("figure-without-value"), "{}", told.err);
}

#[test]
fn a_block_is_named_where_points_depend_on_it() {
    let rules = "bộ tiêu chí minh-hoa/khoi \"Bộ thử\"\n  năm: 2025\n  nguồn: minh họa, \"bộ thử\"\n  thang điểm: 4 điểm; khối tw 5 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n  khối sở \"Các sở\"\n  khối tw \"Cơ quan trung ương\"\n\ntiêu chí 1 \"Chung\": 4 điểm; khối tw 5 điểm\n  số liệu a \"Đã làm\": có/không\n  chấm theo điều kiện\n    khi a = có: tối đa\n    còn lại: 0 điểm\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("2025.tieuchi").display().to_string();
    std::fs::write(&path, rules).unwrap();
    let of = |rest: &[&str]| run(&[&["what", "1", "a=có", "--ruleset", &path], rest].concat());
    let plain = of(&[]);
    assert!(plain.out.contains("4 / 4 điểm") && plain.out.contains("! chưa nêu khối"), "{}", plain.out);
    let block = of(&["--block", "co quan trung uong"]);
    assert!(block.out.contains("5 / 5 điểm") && !block.out.contains("chưa nêu"), "{}", block.out);
    let unknown = of(&["--block", "tu"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("không có khối `tu`"), "{}", unknown.err);
}

#[test]
fn an_option_of_several_words_needs_no_quotes() {
    let set = ["--ruleset", "docs/guides/vi-du/cchc-xa/2026.tieuchi"];
    let what = |figures: &[&str]| run(&[["what", "1.1.1"].as_slice(), figures, &set].concat());
    let quoted = what(&["ban_hành=không kịp thời"]);
    assert!(quoted.out.contains("0,5 / 1 điểm"), "{}", quoted.out);
    assert_eq!(what(&["ban_hành=không", "kịp", "thời"]).out, quoted.out);
    let wrong = what(&["ban_hành=không", "kịp", "lắm"]);
    assert!(wrong.code == 2 && wrong.err.contains("ở đây ghi `không kịp lắm`"), "{}", wrong.err);
    assert!(!wrong.err.contains("figure-without-value"), "{}", wrong.err);
    // A number has no second word.
    let number = run(&[["what", "1.1.4", "a=100", "b", "90"].as_slice(), &set].concat());
    assert!(number.err.contains("figure-without-value"), "{}", number.err);
}
