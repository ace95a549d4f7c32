//! `show`: the set as an appendix.

use super::{DESK, run};

#[test]
fn a_head_is_printed_with_what_lies_below_it() {
    let own = run(&["show", "example/service-desk/2025", "1.1"]);
    assert_eq!((own.code, own.err.as_str()), (0, ""));
    insta::assert_snapshot!("show_in_english", own.out);
    insta::assert_snapshot!("show_in_vietnamese", run(&["show", DESK, "1.1", "--lang", "vi"]).out);
}

#[test]
fn the_appendix_in_json_has_every_head() {
    let run = run(&["show", DESK, "--json"]);
    let appendix = run.json("tieuchi/appendix/1");
    let heads = appendix["heads"].as_array().unwrap();
    assert_eq!(heads.len(), 9);
    assert_eq!(heads[1]["parent"], "1");
    assert_eq!(heads[1]["scoring"], "rate");
    assert_eq!(heads[1]["weight_percent"], "40");
}

#[test]
fn a_folder_of_several_sets_names_none() {
    let run = run(&["show", "rulesets"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nhiều bộ tiêu chí"));
}

#[test]
fn the_findings_of_a_broken_set_are_its_result_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.tieuchi");
    std::fs::write(&path, std::fs::read_to_string(DESK).unwrap().replacen("year: 2025", "year: soon", 1)).unwrap();
    let path = path.display().to_string();
    let run_json = run(&["show", &path, "--json"]);
    assert_eq!(run_json.code, 1);
    let findings = run_json.json("tieuchi/diagnostics/1");
    assert!(findings["findings"].as_array().unwrap().iter().any(|finding| finding["severity"] == "error"));
    let told = run(&["show", &path]);
    assert!(told.out.is_empty() && told.err.contains("error["), "{}", told.err);
}

#[test]
fn the_appendix_tells_where_the_numbers_of_each_head_come_from() {
    let shown = run(&["show", "vn/ca-mau/cchc/2013"]).out;
    let (_, sources) = shown.split_once("nguồn của từng mục:\n").unwrap();
    assert!(sources.contains("  1.1.4: chính thức: phụ lục, mục 1.1.4, 2 điểm: "), "{sources}");
    assert!(sources.contains("  1.1.4: dựng lại: cách hiểu của người chép"), "{sources}");
    let json = run(&["show", "vn/ca-mau/cchc/2013", "1.1.4", "--json"]).json("tieuchi/appendix/1");
    let of_leaf = json["heads"][0]["sources"].as_array().unwrap();
    let kinds: Vec<&str> = of_leaf.iter().map(|source| source["source"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["official", "reconstructed"]);
    // Heads that say the same stand in one line, neighbours drawn together.
    let frame = run(&["show", "vn/par-index/tinh/2017", "--lang", "en"]).out;
    assert!(frame.contains("sources by head:\n  1–8: reconstructed: "), "{frame}");
    // Of one head alone, what a head above says; what the set says opens the output.
    let alone = run(&["show", "example/hai-long/2026", "1.1"]).out;
    assert!(!alone.contains("nguồn của từng mục"), "{alone}");
}
