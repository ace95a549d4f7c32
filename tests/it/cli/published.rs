//! `published`: the shipped tables, one year, one unit; what is refused.

use std::fs;

use super::run;

const PROVINCES: &str = "rulesets/vn/par-index/tinh";

#[test]
fn a_unit_is_shown_through_the_years_in_every_index() {
    let shown = run(&["published", "--unit", "son la"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert!(shown.out.contains("vn/par-index/tinh   2024    90,02") && shown.out.contains("vn/sipas"), "{}", shown.out);
    let unknown = run(&["published", "--unit", "Sơn Lá Cà"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("không có kết quả công bố của `Sơn Lá Cà`"), "{}", unknown.err);
    let near = run(&["published", "--unit", "Hoà Bìnk", "--lang", "en"]);
    assert!(near.code == 2 && near.err.contains("did you mean `Hòa Bình`?"), "{}", near.err);
}

#[test]
fn a_year_that_nothing_is_published_of_is_refused_with_those_that_are() {
    let refused = run(&["published", PROVINCES, "--year", "2013"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("2012, 2016, 2017"), "{}", refused.err);
    let one = run(&["published", "rulesets/vn/par-index/tinh/published/2021.csv"]);
    assert!(one.code == 0 && one.out.starts_with("vn/par-index/tinh 2021\n"), "{}", one.out);
}

#[test]
fn the_json_carries_rows_as_printed_and_every_fact() {
    let json = run(&["published", PROVINCES, "--year", "2021", "--json", "--lang", "en"]).json("tieuchi/published/1");
    let round = &json["rounds"][0];
    assert_eq!((&round["index"], &round["year"]), (&"vn/par-index/tinh".into(), &2021.into()));
    let rows = round["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["unit"] == "Hòa Bình").unwrap();
    assert_eq!(row["score"], "87.06");
    assert_eq!(row["rank"], 25);
    assert_eq!(row["places"], 28);
    assert_eq!(row["band_by_score"], "B");
    assert_eq!(row["confidence"], "medium");
    let facts = round["facts"].as_array().unwrap();
    let earlier = facts.iter().find(|fact| fact["fact"] == "earlier").unwrap();
    assert_eq!(earlier["verdict"], "disagrees");
    assert!(earlier["words"].as_str().unwrap().contains("92.46, rank 53"), "{earlier}");
    assert_eq!(json["findings"].as_array().unwrap().len(), 0);
}

#[test]
fn a_file_that_is_named_after_no_year_gives_no_table() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("x/published");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("2024-cu.csv"), "đơn vị,chỉ số,nguồn\nA,90,s\n").unwrap();
    let path = place.path().display().to_string();
    let refused = run(&["published", &path]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("published-year"), "{}", refused.err);
    // A broken table is left out; the others are shown.
    fs::write(folder.join("2023.csv"), "đơn vị,chỉ số,nguồn\nA,90,s\n").unwrap();
    fs::write(folder.join("2022.csv"), "đơn vị,chỉ số,nguồn\nA,chín mươi,s\n").unwrap();
    let partial = run(&["published", &path]);
    assert_eq!(partial.code, 1);
    assert!(partial.err.contains("bad-value") && partial.out.contains("2023"), "{}{}", partial.out, partial.err);
    let nothing = run(&["published", "docs"]);
    assert_eq!(nothing.code, 3);
}
