//! The national families: what a fixed made-up cohort scores, how frames print, how one index feeds another.

use std::fs;

use super::run;
use crate::support::{all_shipped, root};

/// The sets of the national families, as `path/year`; frames or those that score.
fn sets(frames: bool) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in all_shipped() {
        let name = path.strip_prefix(root().join("rulesets")).unwrap().with_extension("").display().to_string();
        let national = ["vn/par-index/", "vn/sipas/"].iter().any(|family| name.starts_with(family));
        let frame = text.lines().any(|line| line.trim_start().starts_with("khung:"));
        if national && frame == frames {
            found.push(name);
        }
    }
    assert!(found.len() >= 5, "{found:?}");
    found
}

#[test]
fn a_fixed_made_up_cohort_scores_as_it_did() {
    for name in sets(false) {
        let made = run(&["sample", "--ruleset", &name, "--units", "20", "--seed", "2022", "--rank"]);
        assert_eq!((made.code, made.err.as_str()), (0, ""), "{name}");
        insta::assert_snapshot!(format!("cohort_{}", name.replace('/', "_")), made.out);
    }
}

#[test]
fn the_appendix_of_every_frame_reads_as_it_did_and_says_what_it_is() {
    for name in sets(true) {
        let shown = run(&["show", &name]);
        assert_eq!(shown.code, 0, "{}", shown.err);
        assert!(shown.out.contains("DỰNG LẠI"), "{}", shown.out);
        insta::assert_snapshot!(format!("frame_{}", name.replace('/', "_")), shown.out);
    }
}

#[test]
fn a_frame_prints_the_counts_that_its_sources_state_also_where_they_differ() {
    let shown = run(&["show", "vn/par-index/tinh/2024", "--json"]).json("tieuchi/appendix/1");
    assert_eq!(shown["counts"][1], serde_json::json!({"level": "criterion", "count": 37, "other_source": 38}));
    let area = run(&["show", "vn/par-index/bo/2022", "--json"]).json("tieuchi/appendix/1");
    assert_eq!(area["heads"][1]["counts"][1], serde_json::json!({"level": "sub-criterion", "count": 15}));
    let told = run(&["show", "vn/par-index/tinh/2017", "--lang", "en"]).out;
    assert!(told.contains("contains: 8 areas; 38 criteria, another source 39; 81 sub-criteria"), "{told}");
}

const SIPAS: [&str; 4] =
    ["score", "rulesets/vn/sipas/examples/2022", "--survey", "rulesets/vn/sipas/examples/phieu/2022.csv"];
const THIRD: &str = "rulesets/vn/par-index/tinh/examples/2022/mau-3.json";

#[test]
fn the_satisfaction_index_feeds_its_ten_points() {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("sipas.json");
    let scored = run(&[&SIPAS[..], &["--json"]].concat());
    assert_eq!(scored.code, 0, "{}", scored.err);
    fs::write(&results, &scored.out).unwrap();
    let told = run(&["explain", THIRD, "8.1", "--index", &results.display().to_string()]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(told.out.contains("10 × 91,17% = 9,117"), "{}", told.out);
    assert!(told.out.contains("theo kết quả vn/sipas năm 2022"), "{}", told.out);
    // The file of results beside the examples says what the answers come to.
    let kept = fs::read_to_string(root().join("rulesets/vn/sipas/examples/ket-qua/2022.csv")).unwrap();
    let cards = scored.json("tieuchi/scorecards/1");
    for (row, card) in kept.lines().skip(1).zip(cards["scorecards"].as_array().unwrap()) {
        let cells: Vec<&str> = row.split(';').collect();
        assert_eq!(card["unit"], cells[2]);
        let percent = card["index"]["percent"]["rounded"].as_str().unwrap().replace('.', ",");
        assert_eq!(format!("{percent}%"), format!("{:0<5}%", cells[3].trim_end_matches('%')));
    }
}

#[test]
fn a_province_is_scored_whole_from_its_sheet_the_answers_and_the_other_index() {
    let beside = [
        "--survey",
        "rulesets/vn/par-index/tinh/examples/phieu/2022.csv",
        "--index",
        "rulesets/vn/sipas/examples/ket-qua/2022.csv",
    ];
    let whole = run(&[&["rank", "rulesets/vn/par-index/tinh/examples/2022"][..], &beside].concat());
    assert_eq!((whole.code, whole.err.as_str()), (0, ""));
    assert!(!whole.out.contains("tạm tính"), "{}", whole.out);
    insta::assert_snapshot!("three_provinces", whole.out);
    // Without them the third one is told, not guessed.
    let bare = run(&["score", THIRD]);
    assert!(bare.out.contains("tạm tính"), "{}", bare.out);
}

#[test]
fn the_teaching_set_of_the_ministries_says_what_it_is_and_scores_its_sheets() {
    let told = run(&["rank", "rulesets/vn/par-index/bo-day-hoc/examples/2022"]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    assert!(told.out.contains("MINH HỌA") && told.out.contains("SỐ LIỆU GIẢ ĐỊNH"), "{}", told.out);
    assert!(!told.out.contains("DỰNG LẠI") && !told.out.contains("tạm tính"), "{}", told.out);
    let shown = run(&["check", "rulesets/vn/par-index/bo-day-hoc", "--json"]).json("tieuchi/check/1");
    let set = &shown["rulesets"][0];
    assert!(set.to_string().contains("illustrative"), "{set}");
}
