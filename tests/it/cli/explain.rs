//! `explain`: one leaf, one head, one unit of many.

use super::{DESK_SHEETS, run};

const CSV: &str = "rulesets/vn/par-index/tinh/examples/2012/hang.csv";

#[test]
fn a_leaf_is_explained_with_its_arithmetic_line_and_source() {
    let unit = "rulesets/vn/par-index/tinh/examples/2022/mau-1.json";
    let own = run(&["explain", unit, "1.1"]);
    assert_eq!((own.code, own.err.as_str()), (0, ""));
    insta::assert_snapshot!("explain_in_vietnamese", own.out);
    let english = run(&["explain", unit, "1.1", "--lang", "en"]);
    insta::assert_snapshot!("explain_in_english", english.out);
}

#[test]
fn a_head_is_explained_by_what_lies_below_it() {
    let run = run(&["explain", &format!("{DESK_SHEETS}/hill.toml"), "2", "--json"]);
    let cards = run.json("tieuchi/scorecards/1");
    let leaves = cards["scorecards"][0]["leaves"].as_array().unwrap();
    let codes: Vec<&str> = leaves.iter().map(|leaf| leaf["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["2.1", "2.2", "2.3"]);
}

#[test]
fn one_unit_of_a_table_is_found_without_its_diacritics() {
    let run = run(&["explain", CSV, "--ruleset", "vn/par-index/tinh/2012", "--unit", "da nang", "1"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("Đơn vị: Đà Nẵng") && !run.out.contains("An Giang"));
    assert!(run.out.contains("53,25 / 62 điểm"), "{}", run.out);
}

#[test]
fn an_unknown_code_or_unit_is_a_wrong_call_with_the_nearest_named() {
    let code = run(&["explain", &format!("{DESK_SHEETS}/hill.toml"), "1.33"]);
    assert_eq!(code.code, 2);
    assert!(code.err.contains("has no `1.33`; did you mean `1.3`?"), "{}", code.err);
    let unit = run(&["explain", CSV, "--ruleset", "vn/par-index/tinh/2012", "--unit", "Đà Nẵn"]);
    assert_eq!(unit.code, 2);
    assert!(unit.err.contains("có phải là `Đà Nẵng`?"), "{}", unit.err);
}
