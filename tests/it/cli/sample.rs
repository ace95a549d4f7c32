//! `sample`: made-up submissions are the same for a seed, are marked, and are read again without a finding.

use std::fs;

use super::run;
use crate::support::{all_shipped, root};

#[test]
fn samples_are_read_again_and_marked() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new/folder").display().to_string();
    let made = run(&["sample", "--ruleset", "vn/par-index/tinh/2022", "--units", "12", "--seed", "7", "--out", &out]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.out.is_empty());
    let mut names: Vec<String> =
        fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 12);
    assert_eq!(names[0], "don-vi-mau-01.json");
    let ranking = run(&["rank", &out]);
    assert_eq!((ranking.code, ranking.err.as_str()), (0, ""));
    assert!(ranking.out.contains("SỐ LIỆU GIẢ ĐỊNH") && ranking.out.contains("Đơn vị mẫu 12"));
}

#[test]
fn a_seed_gives_the_same_list_every_time() {
    let sample = |seed: &str| {
        let run = run(&["sample", "--ruleset", "example/service-desk/2025", "--units", "3", "--seed", seed, "--gaps"]);
        assert_eq!(run.code, 0);
        run.out
    };
    assert_eq!(sample("1"), sample("1"));
    assert_ne!(sample("1"), sample("2"));
    let list: serde_json::Value = serde_json::from_str(&sample("1")).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 3);
    assert!(list.as_array().unwrap().iter().all(|sheet| sheet["synthetic"] == true));
    assert_eq!(list[0]["unit"], "Sample unit 01");
}

#[test]
fn a_frame_gives_no_samples() {
    let run = run(&["sample", "--ruleset", "vn/par-index/tinh/2017"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("frame-not-scored"), "{}", run.err);
}

#[test]
fn samples_can_be_ranked_at_once() {
    let set = ["sample", "--ruleset", "example/service-desk/2025", "--units", "5", "--seed", "3"];
    let table = run(&[&set[..], &["--rank"]].concat());
    assert_eq!(table.code, 0);
    assert!(table.out.contains("SYNTHETIC DATA") && table.out.contains("Sample unit 05"));
    let ranking = run(&[&set[..], &["--rank", "--json"]].concat()).json("tieuchi/ranking/1");
    assert_eq!(ranking["rows"].as_array().unwrap().len(), 5);
    assert!(ranking["rows"].as_array().unwrap().iter().all(|row| row["synthetic"] == true));
}

#[test]
fn a_fixed_made_up_cohort_of_every_illustrative_set_scores_as_it_did() {
    let mut seen = 0;
    for (path, _) in all_shipped() {
        let name = path.strip_prefix(root().join("rulesets")).unwrap().with_extension("").display().to_string();
        if !name.starts_with("example/") {
            continue;
        }
        seen += 1;
        let made = run(&["sample", "--ruleset", &name, "--units", "8", "--seed", "2022", "--rank"]);
        assert_eq!((made.code, made.err.as_str()), (0, ""), "{name}");
        insta::assert_snapshot!(format!("cohort_{}", name.replace('/', "_")), made.out);
    }
    assert!(seen >= 7, "{seen}");
}
