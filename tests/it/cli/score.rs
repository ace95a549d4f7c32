//! `score`: the table and the scorecard in JSON.

use super::{DESK, DESK_SHEETS, run};

#[test]
fn tracks_stand_side_by_side() {
    let hill = format!("{DESK_SHEETS}/hill.toml");
    let own = run(&["score", &hill]);
    assert_eq!((own.code, own.err.as_str()), (0, ""));
    insta::assert_snapshot!("score_in_english", own.out);
    insta::assert_snapshot!("score_in_vietnamese", run(&["score", &hill, "--lang", "vi", "--ruleset", DESK]).out);
}

#[test]
fn the_scorecard_in_json_is_exact_and_explains_itself() {
    let run = run(&["score", DESK_SHEETS, "--json"]);
    assert_eq!(run.code, 0);
    let cards = run.json("tieuchi/scorecards/1");
    let cards = cards["scorecards"].as_array().unwrap();
    let units: Vec<&str> = cards.iter().map(|card| card["unit"].as_str().unwrap()).collect();
    assert_eq!(units, ["Harbour desk (invented)", "Hill desk (invented)", "North desk (invented)"]);
    let (harbour, hill) = (&cards[0], &cards[1]);
    assert_eq!(harbour["shape"], "tieuchi/scorecard/1");
    assert_eq!(harbour["index"]["provisional"], true);
    assert_eq!(harbour["index"]["grade"], serde_json::Value::Null);
    assert_eq!(hill["synthetic"], true);
    assert_eq!(hill["fingerprint"].as_str().unwrap().len(), 64);
    let leaf = hill["leaves"].as_array().unwrap().iter().find(|leaf| leaf["code"] == "1.1").unwrap();
    assert_eq!(leaf["last"]["points"]["exact"], "75");
    assert_eq!(leaf["last"]["points"]["rounded"], "75.0");
    assert_eq!(leaf["last"]["reason"]["kind"], "line");
    assert_eq!(leaf["last"]["reason"]["subject"]["value"], "0.875");
    assert_eq!(leaf["last"]["reason"]["subject"]["of"][0]["figure"], "in_time");
    assert_eq!(leaf["last"]["words"]["result"], "75 / 100 points");
    let set = hill["leaves"].as_array().unwrap().iter().find(|leaf| leaf["code"] == "1.3").unwrap();
    assert_eq!(set["tracks"][0]["track"], "self");
    assert_eq!(set["tracks"][1]["track"], "appraisal 1");
    assert_eq!(set["last"]["reason"]["kind"], "set");
}

#[test]
fn a_number_that_no_decimal_says_is_a_fraction_with_its_rounded_form_beside_it() {
    let run = run(&["score", "rulesets/vn/par-index/tinh/examples/2022/mau-2.json", "--json"]);
    let cards = run.json("tieuchi/scorecards/1");
    let percent = &cards["scorecards"][0]["index"]["percent"];
    assert_eq!(percent["exact"], "7007/120");
    assert_eq!(percent["rounded"], "58.39");
}

#[test]
fn no_number_in_json_but_lines_years_and_counts_is_bare() {
    fn walk(value: &serde_json::Value, key: &str, bare: &mut Vec<String>) {
        match value {
            serde_json::Value::Number(_) if !["year", "line", "number", "digits"].contains(&key) => {
                bare.push(key.to_owned());
            }
            serde_json::Value::Object(entries) => entries.iter().for_each(|(key, value)| walk(value, key, bare)),
            serde_json::Value::Array(list) => list.iter().for_each(|value| walk(value, key, bare)),
            _ => {}
        }
    }
    let cards = run(&["score", DESK_SHEETS, "--json"]).json("tieuchi/scorecards/1");
    let mut bare = Vec::new();
    walk(&cards, "", &mut bare);
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn an_error_in_one_sheet_leaves_the_others_scored() {
    let folder = tempfile::tempdir().unwrap();
    super::desk(folder.path());
    let sheets = folder.path().join("sheets");
    super::replace(&sheets.join("north.toml"), "answered = 1200", "answered = \"many\"");
    let run = run(&["score", &sheets.display().to_string()]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[bad-value]"), "{}", run.err);
    assert!(run.out.contains("Hill desk") && !run.out.contains("North desk"));
}

#[test]
fn points_are_never_printed_above_what_they_are_of() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).display().to_string();
    let set = "bộ tiêu chí thu/area \"Q\"\n  năm: 2022\n  nguồn: minh họa, \"thử\"\n  thang điểm: 10 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: lĩnh vực, 0 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\nlĩnh vực 1 \"L\": 5 điểm\n\ntiêu chí 1.1 \"A\": 2,5 điểm\n  số liệu a \"A\": số đếm\n  không phát sinh khi a = 0: loại khỏi thang điểm\n  chấm theo điều kiện\n    khi a > 3: tối đa\n    còn lại: 0 điểm\n\ntiêu chí 1.2 \"B\": 2,5 điểm\n  chấm theo điểm nhập, do \"x\"\n\nlĩnh vực 2 \"M\": 5 điểm\n\ntiêu chí 2.1 \"C\": 5 điểm\n  chấm theo điểm nhập, do \"x\"\n";
    std::fs::write(path("a.tieuchi"), set).unwrap();
    std::fs::write(path("s.csv"), "unit;1.1:a;1.2;2.1\nU;0;2,5;5\n").unwrap();
    let scored = super::run(&["score", &path("s.csv"), "--ruleset", &path("a.tieuchi")]);
    assert!(scored.out.contains("Chỉ số: 7,5 / 7,5 (100%)"), "{}{}", scored.out, scored.err);
    let ranked = super::run(&["rank", &path("s.csv"), "--ruleset", &path("a.tieuchi")]);
    assert!(ranked.out.contains("7,5      7,5") || !ranked.out.contains("  8  "), "{}{}", ranked.out, ranked.err);
}
