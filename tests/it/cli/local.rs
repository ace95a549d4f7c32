//! The example rounds of the local sets: each is ranked without a finding and comes out as it did.

use std::path::Path;

use super::run;
use crate::support::{all_shipped, root};

const UNITS: &[&str] = &["--units", "don-vi.csv"];

/// A set, its round and what stands beside the round.
const ROUNDS: &[(&str, &str, &[&str])] = &[
    ("example/cap-xa-hai-cap", "2025", &["--survey", "phieu"]),
    ("example/khung-cap-xa-quan", "2022", &[]),
    ("vn/binh-duong/cchc-huyen", "2023", &[]),
    ("vn/binh-duong/cchc-so", "2023", &[]),
    ("vn/ca-mau/cchc", "2013", &[]),
    ("vn/dong-nai/cchc-xa", "2022", &[]),
    ("vn/ha-noi/cchc-phong-tong", "2022", &[]),
    ("vn/ha-noi/cchc-phong-tong", "2022-khong-dieu-tra", &[]),
    ("vn/ha-noi/dieu-tra-par-index", "2021", &["--survey", "phieu"]),
    ("example/ddci-chung-rieng", "2024", UNITS),
    ("example/mien-muc", "2023", UNITS),
    ("vn/nghe-an/cchc-so-cong-bo", "2023", UNITS),
    ("vn/nghe-an/cchc-so-cong-bo", "2023-hai-khoi", UNITS),
    ("vn/quang-ninh/ddci", "2021", &["--archive", "2019", "--archive", "2020", "--units", "don-vi.csv"]),
    ("vn/thanh-hoa/cchc", "2024", UNITS),
];

/// Runs a command on a round; the files beside it are named from the folder of examples.
fn ranked(set: &str, round: &str, beside: &[&str]) -> super::Run {
    let folder = format!("rulesets/{set}/examples");
    let mut arguments = vec![String::from("rank"), format!("{folder}/{round}")];
    for word in beside {
        let option = word.starts_with("--");
        arguments.push(if option { (*word).to_owned() } else { format!("{folder}/{word}") });
    }
    run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn the_example_rounds_of_the_local_sets_come_out_as_they_did() {
    for (set, round, beside) in ROUNDS {
        let ranked = ranked(set, round, beside);
        assert_eq!((ranked.code, ranked.err.as_str()), (0, ""), "{set} {round}");
        insta::assert_snapshot!(format!("round_{}_{round}", set.replace('/', "_")), ranked.out);
    }
}

#[test]
fn a_late_sheet_of_the_communes_of_hue_is_told_and_ranked_all_the_same() {
    let ranked = ranked("vn/hue/cchc-xa", "2021", &[]);
    assert_eq!(ranked.code, 0);
    assert!(ranked.err.contains("submitted-late"), "{}", ranked.err);
    insta::assert_snapshot!("round_vn_hue_cchc-xa_2021", ranked.out);
}

#[test]
fn rounds_with_and_without_a_survey_are_not_ranked_together() {
    let ranked = run(&["rank", "rulesets/vn/ha-noi/cchc-phong-tong/examples"]);
    assert_eq!(ranked.code, 1);
    assert!(ranked.err.contains("survey-held"), "{}", ranked.err);
}

/// The sets of localities, as `path/year`; frames or those that score.
fn sets(frames: bool) -> Vec<String> {
    let name =
        |path: &Path| path.strip_prefix(root().join("rulesets")).unwrap().with_extension("").display().to_string();
    let national = |name: &str| ["vn/par-index/", "vn/sipas/"].iter().any(|family| name.starts_with(family));
    let frame = |text: &str| text.lines().any(|line| line.trim_start().starts_with("khung:"));
    let of_kind = all_shipped().into_iter().filter(|(_, text)| frame(text) == frames);
    of_kind.map(|(path, _)| name(&path)).filter(|name| name.starts_with("vn/") && !national(name)).collect()
}

#[test]
fn the_appendix_of_every_local_frame_reads_as_it_did_and_says_what_it_is() {
    for name in sets(true) {
        let shown = run(&["show", &format!("rulesets/{name}.tieuchi")]);
        assert_eq!(shown.code, 0, "{}", shown.err);
        assert!(shown.out.contains("DỰNG LẠI") && shown.out.contains("KHUNG"), "{}", shown.out);
        insta::assert_snapshot!(format!("frame_{}", name.replace('/', "_")), shown.out);
    }
}

#[test]
fn a_fixed_made_up_cohort_of_every_local_set_scores_as_it_did() {
    for name in sets(false) {
        let made = run(&[
            "sample",
            "--ruleset",
            &format!("rulesets/{name}.tieuchi"),
            "--units",
            "20",
            "--seed",
            "2022",
            "--rank",
        ]);
        assert_eq!((made.code, made.err.as_str()), (0, ""), "{name}");
        insta::assert_snapshot!(format!("cohort_{}", name.replace('/', "_")), made.out);
    }
}
