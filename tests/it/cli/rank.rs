//! `rank`: folders and tables, what is provisional, what is refused.

use std::fs;

use super::{DESK, DESK_SHEETS, desk, run};

#[test]
fn a_folder_is_ranked_with_the_provisional_last() {
    let own = run(&["rank", DESK_SHEETS]);
    assert_eq!((own.code, own.err.as_str()), (0, ""));
    insta::assert_snapshot!("rank_in_english", own.out);
    insta::assert_snapshot!("rank_in_vietnamese", run(&["rank", DESK_SHEETS, "--lang", "vi"]).out);
}

#[test]
fn a_table_without_a_ruleset_needs_one_named_and_is_told_once() {
    let table = "rulesets/vn/par-index/tinh/examples/2012/hang.csv";
    let folder = tempfile::tempdir().unwrap();
    let bare = folder.path().join("hang.csv");
    let text = fs::read_to_string(crate::support::root().join(table)).unwrap();
    let columns = text.replace("ruleset,year,", "").replace("vn/par-index/tinh,2012,", "");
    fs::write(&bare, columns).unwrap();
    let bare = bare.display().to_string();
    let nameless = run(&["rank", &bare]);
    assert_eq!(nameless.code, 1);
    assert_eq!(nameless.err.matches("ruleset-not-named").count(), 1);
    let run = run(&["rank", &bare, "--ruleset", "vn/par-index/tinh/2012", "--json"]);
    assert_eq!(run.code, 0);
    let ranking = run.json("tieuchi/ranking/1");
    assert_eq!(ranking, self::run(&["rank", table, "--json"]).json("tieuchi/ranking/1"), "the table names its set");
    assert_eq!(ranking["ranked"], 19);
    assert_eq!(ranking["rows"][0]["unit"], "Đà Nẵng");
    assert_eq!(ranking["rows"][0]["place"], 1);
    assert_eq!(ranking["rows"][0]["points"]["exact"], "87.12");
    assert_eq!(ranking["rows"][18]["place"], 19);
    assert!(!ranking["labels"].as_array().unwrap().is_empty());
}

#[test]
fn a_unit_with_two_sheets_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    super::desk(folder.path());
    let sheets = folder.path().join("sheets");
    fs::copy(sheets.join("north.toml"), sheets.join("twice.toml")).unwrap();
    let run = run(&["rank", &sheets.display().to_string(), "--json"]);
    assert_eq!(run.code, 1);
    let ranking = run.json("tieuchi/ranking/1");
    assert_eq!(ranking["findings"][0]["code"], "duplicate-unit");
    assert_eq!(ranking["rows"].as_array().unwrap().len(), 3);
}

#[test]
fn sheets_of_two_sets_are_not_ranked_together() {
    let run = run(&["rank", DESK_SHEETS, "rulesets/vn/par-index/tinh/examples/2022"]);
    assert_eq!(run.code, 1);
    assert!(run.out.is_empty());
    assert!(run.err.contains("vn/par-index/tinh 2022") && run.err.contains("example/service-desk 2025"));
    let both = ["rank", DESK_SHEETS, "rulesets/vn/par-index/tinh/examples/2022", "--previous", "no-such-results.json"];
    assert_eq!(self::run(&both).code, 3, "last year's results could not be read");
}

#[test]
fn a_reader_who_leaves_early_ends_the_work_quietly() {
    let mut child = super::command(&["rank", DESK_SHEETS]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_unit_of_the_table_is_explained_below_it() {
    let own = run(&["rank", DESK_SHEETS, "--explain", "hill desk (invented)"]);
    assert_eq!((own.code, own.err.as_str()), (0, ""));
    let (table, explanation) = own.out.split_once("Unit: Hill desk (invented)").unwrap();
    assert!(table.contains("North desk"));
    assert!(explanation.contains("1.3  Escalation plan: 60 / 100 points"));
    let unknown = run(&["rank", DESK_SHEETS, "--explain", "Hil desk (invented)"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("did you mean `Hill desk (invented)`?") && unknown.out.contains("North desk"));
}

#[test]
fn a_sheet_that_could_not_be_read_whole_is_not_ranked() {
    let broken = [
        r#""1": {"appraisal 1": 25}"#,
        r#""1": {"appraisal 1": {"points": 50, "evidence": "bc.pdf"}}"#,
        r#""1": 5"#,
        r#""1": {"appraisal 1": {"points": [50]}}"#,
        r#""1": {"points": 50}"#,
    ];
    let folder = tempfile::tempdir().unwrap();
    let sheet = |unit: &str, leaves: &str| {
        format!(
            "{{\"ruleset\": \"vn/par-index/tinh\", \"year\": 2012, \"unit\": \"{unit}\", \"leaves\": {{{leaves}}}}}"
        )
    };
    let whole = r#""1": {"appraisal 1": {"points": 50}}, "2": {"appraisal 1": {"points": 30}}"#;
    fs::write(folder.path().join("whole.json"), sheet("Đủ", whole)).unwrap();
    for leaves in broken {
        fs::write(folder.path().join("broken.json"), sheet("Hỏng", leaves)).unwrap();
        let run = run(&["rank", &folder.path().display().to_string(), "--json"]);
        assert_eq!(run.code, 1, "{leaves}");
        let rows = run.json("tieuchi/ranking/1")["rows"].as_array().unwrap().clone();
        let units: Vec<&str> = rows.iter().map(|row| row["unit"].as_str().unwrap()).collect();
        assert_eq!(units, ["Đủ"], "{leaves}: what could not be read must not pass for a missing figure");
    }
}

#[test]
fn what_a_folder_hides_is_told_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    desk(folder.path());
    let sheets = folder.path().join("sheets");
    fs::rename(sheets.join("hill.toml"), sheets.join("hill.TOML")).unwrap();
    let path = sheets.display().to_string();
    let whole = run(&["rank", &path, "--ruleset", DESK, "--json"]);
    assert_eq!(
        (whole.code, whole.json("tieuchi/ranking/1")["rows"].as_array().unwrap().len()),
        (0, 3),
        "{}",
        whole.err
    );
    let mut deep = sheets.clone();
    (0..18).for_each(|_| deep.push("x"));
    fs::create_dir_all(&deep).unwrap();
    fs::copy(sheets.join("north.toml"), deep.join("north.toml")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere.json", sheets.join("gone.json")).unwrap();
    let told = run(&["rank", &path, "--ruleset", DESK, "--json"]);
    assert_ne!(told.code, 0);
    assert!(told.err.contains("16") && told.err.contains("x/x"), "{}", told.err);
    #[cfg(unix)]
    assert!(told.err.contains("gone.json"), "{}", told.err);
    assert_eq!(told.json("tieuchi/ranking/1")["rows"].as_array().unwrap().len(), 3);
}

#[test]
fn names_that_differ_in_marks_alone_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("r.tieuchi");
    let text = "bộ tiêu chí vn/thu \"Bộ thử\"\n  năm: 2022\n  nguồn: minh họa, \"bộ thử\"\n  thang điểm: 10 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: chỉ số, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\ntiêu chí 1 \"Một\": 10 điểm\n  số liệu x \"X\": tỷ lệ\n  chấm theo tỷ lệ x: tỷ lệ thuận\n";
    fs::write(&rules, text).unwrap();
    let sheets = folder.path().join("s.csv");
    fs::write(&sheets, "unit,1:x\nHà Nội,40%\nHÀ NỘI,50%\nHa Noi,60%\nHuế,60%\n").unwrap();
    let told = run(&["rank", "--ruleset", &rules.display().to_string(), &sheets.display().to_string()]);
    assert_eq!((told.code, told.err.matches("names-alike").count()), (0, 2), "{}", told.err);
}

#[test]
fn a_row_without_its_unit_is_told_whatever_else_is_wrong_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.csv").display().to_string();
    let told = |text: &str| {
        std::fs::write(&path, text).unwrap();
        run(&["rank", &path, "--ruleset", "vn/par-index/tinh/2022", "--lang", "vi"]).err
    };
    let row = told("đơn vị;1.1:a;1.1:b;giả định\n;100;90;có lẽ\nA;100;90;không\n");
    assert!(row.contains("lỗi[missing-key]: hồ sơ thiếu `đơn vị`") && row.contains("s.csv:2:1"), "{row}");
    assert!(row.contains("`giả định` là `có` hoặc `không`, ở đây ghi `có lẽ`"), "{row}");
    assert_eq!(row.matches("missing-key").count(), 1, "{row}");
    let english = told("unit,1.1:a,1.1:b,synthetic\n,100,90,maybe\n");
    assert!(english.contains("thiếu `unit`") && english.contains("`synthetic` là"), "{english}");
    // A table without the column is asked for it in its own words.
    assert!(told("năm;1.1:a\n2022;100\n").contains("thiếu `đơn vị`"));
    assert!(told("year,1.1:a\n2022,100\n").contains("thiếu `unit`"));
}
