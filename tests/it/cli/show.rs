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
