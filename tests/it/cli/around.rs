//! What surrounds submissions: earlier years, other indices, the round.

use std::fs;
use std::path::{Path, PathBuf};

use tieuchi::number::Ratio;

use super::{Run, run};

const RULES: &str = "bộ tiêu chí vn/thu \"Bộ thử\"
  năm: 2022
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 20 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 \"Thu hút đầu tư\": 5 điểm
  số liệu vốn \"Vốn\": số tiền, đơn vị tính \"tỷ đồng\", kèm năm trước
  chấm theo mức tăng vốn so với năm trước
    từ 10% trở lên: tối đa
    từ 0% đến dưới 10%: 50% tối đa
    dưới 0%: 0 điểm
  không phát sinh khi vốn của năm trước = 0: chưa chấm
tiêu chí 2 \"Hài lòng\": 5 điểm
  chấm theo chỉ số vn/sipas năm 2022: tỷ lệ thuận
tiêu chí 3 \"GRDP\": 5 điểm
  số liệu grdp \"Tăng GRDP\": tỷ lệ
  chấm theo thứ hạng grdp trong khối, càng cao càng tốt
    bằng 1: tối đa
    từ 2 trở lên: 2 điểm
tiêu chí 4 \"Chi phí\": 5 điểm
  số liệu a \"Doanh nghiệp được hỏi\": số đếm, ít nhất 1
  số liệu b \"Doanh nghiệp phải trả\": số đếm, không quá a
  chấm theo khoảng thấp nhất đến cao nhất của b / a, từ năm 2021 đến năm 2022, càng thấp càng tốt: tỷ lệ thuận
    bằng nhau cả: tối đa
";
const NOW: &str = "unit;1:vốn;3:grdp;4:a;4:b\nA;120;8%;10;1\nB;100;9%;10;5\nC;95;8%;10;3\n";
const THEN: &str = "unit;year;1:vốn;4:a;4:b\nA;2021;100;10;9\nB;2021;100;10;2\nC;2021;100;;\n";
const SIPAS: &str =
    "{\"index\": \"vn/sipas\", \"year\": 2022, \"results\": {\"A\": \"91,17%\", \"B\": \"90%\", \"C\": \"50%\"}}";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put("r.tieuchi", RULES);
        folder.put("now.csv", NOW);
        folder.put("then.csv", THEN);
        folder.put("sipas.json", SIPAS);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        Path::new(self.0.path()).join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// A command by this folder's ruleset; names of its files stand for their paths.
    fn run(&self, command: &str, rest: &[&str]) -> Run {
        let at = |name: &str| self.path(name).display().to_string();
        let rest = rest.iter().map(|part| if self.path(part).exists() { at(part) } else { (*part).to_owned() });
        let arguments: Vec<String> =
            [command.to_owned(), "--ruleset".to_owned(), at("r.tieuchi")].into_iter().chain(rest).collect();
        run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

#[test]
fn a_round_is_ranked_by_what_surrounds_it() {
    let folder = Folder::new();
    let ranked = folder.run("rank", &["now.csv", "--archive", "then.csv", "--index", "sipas.json"]);
    assert_eq!((ranked.code, ranked.err.as_str()), (0, ""));
    insta::assert_snapshot!("ranked_by_what_surrounds", ranked.out);
    let one = ["now.csv", "--unit", "A", "--archive", "then.csv", "--index", "sipas.json", "--cohort", "now.csv"];
    let told = folder.run("explain", &one);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    insta::assert_snapshot!("explained_by_what_surrounds", told.out);
    insta::assert_snapshot!(
        "explained_by_what_surrounds_en",
        folder.run("explain", &[&one[..], &["--lang", "en"]].concat()).out
    );
}

#[test]
fn without_its_surroundings_a_leaf_says_what_is_lacking() {
    let folder = Folder::new();
    let told = folder.run("explain", &["now.csv", "--unit", "B"]);
    assert_eq!(told.code, 0);
    insta::assert_snapshot!("nothing_surrounds", told.out);
    let json = folder.run("score", &["now.csv", "--json"]).json("tieuchi/scorecards/1");
    let derived = |leaf: usize| json["scorecards"][1]["leaves"][leaf]["last"]["derived"][0].clone();
    assert_eq!(derived(0)["missing"]["why"], "no-year");
    assert_eq!(derived(1)["missing"]["why"], "no-index");
    assert_eq!(derived(2)["missing"]["why"], "no-cohort");
}

#[test]
fn what_the_archive_holds_stands_and_a_sheet_that_differs_is_told() {
    let folder = Folder::new();
    folder.put("own.csv", "unit;1:vốn;1:vốn của năm trước;2:chỉ số\nA;120;110;80%\n");
    let told = folder.run("explain", &["own.csv", "1", "--archive", "then.csv"]);
    assert!(told.out.contains("(120 − 100)/100"), "{}", told.out);
    assert!(told.out.contains("100, theo hồ sơ năm 2021; khác với 110 như đã khai"), "{}", told.out);
    let json = folder.run("score", &["own.csv", "--json", "--archive", "then.csv"]).json("tieuchi/scorecards/1");
    let derived = &json["scorecards"][0]["leaves"][0]["last"]["derived"][0];
    assert_eq!(derived["from"]["source"], "archive");
    assert_eq!(derived["instead_of"]["value"], "110");
    assert_eq!(derived["instead_of"]["from"]["source"], "stated");
    let table = folder.run("score", &["own.csv", "--archive", "then.csv"]).out;
    assert!(table.contains("! 1: vốn của năm trước = 100, theo hồ sơ năm 2021; khác với 110 như đã khai"), "{table}");
    // Without an archive the sheet is all there is.
    let alone = folder.run("explain", &["own.csv", "1"]).out;
    assert!(alone.contains("(120 − 110)/110"), "{alone}");
}

#[test]
fn a_rank_that_a_unit_states_of_itself_gives_way_to_the_round() {
    let folder = Folder::new();
    folder.put("round.csv", "unit;3:grdp;3:thứ hạng\nA;8%;1\nB;9%;\n");
    let json = folder.run("rank", &["round.csv", "--json"]);
    assert_eq!(json.code, 0, "{}", json.err);
    let told = folder.run("explain", &["round.csv", "3", "--unit", "A", "--cohort", "round.csv"]);
    assert!(told.out.contains("thứ hạng = 2") && told.out.contains("khác với 1 như đã khai"), "{}", told.out);
}

#[test]
fn an_archive_is_of_earlier_years_of_the_same_index() {
    let folder = Folder::new();
    folder.put("same.csv", "unit;year;1:vốn\nA;2022;100\n");
    let same = folder.run("rank", &["now.csv", "--archive", "same.csv"]);
    assert_eq!(same.code, 1);
    assert!(same.err.contains("archive-not-earlier") && same.err.contains("archive-year-missing"), "{}", same.err);
    folder.put("bare.csv", "unit;1:vốn\nA;100\n");
    assert!(folder.run("rank", &["now.csv", "--archive", "bare.csv"]).err.contains("missing-key"));
    folder.put("other.csv", "unit;ruleset;year;1:vốn\nA;vn/khac;2021;100\n");
    assert!(folder.run("rank", &["now.csv", "--archive", "other.csv"]).err.contains("wrong-ruleset"));
    folder.put("bad.csv", "unit;year;1:vốn\nA;2021;nhiều\n");
    let bad = folder.run("rank", &["now.csv", "--archive", "bad.csv"]);
    assert_eq!(bad.code, 1);
    assert!(bad.err.contains("bad-value"), "{}", bad.err);
}

#[test]
fn results_are_read_from_tables_and_from_what_is_published() {
    let folder = Folder::new();
    let percent = |file: &str| {
        let run = folder.run("score", &["now.csv", "--json", "--index", file]);
        let json = run.json("tieuchi/scorecards/1");
        (json["scorecards"][0]["leaves"][1]["last"]["points"]["exact"].clone(), run.err)
    };
    folder.put("sipas.csv", "chỉ số;năm;đơn vị;kết quả\nvn/sipas;2022;A;91,17%\n");
    assert_eq!(percent("sipas.csv"), ("4.5585".into(), String::new()));
    let published = "{\"shape\": \"tieuchi/ranking/1\", \"ruleset\": \"vn/sipas\", \"year\": 2022, \"rows\": [
        {\"unit\": \"A\", \"points\": {\"exact\": \"30\"}, \"maximum\": {\"exact\": \"40\"}, \"provisional\": false},
        {\"unit\": \"B\", \"points\": {\"exact\": \"1\"}, \"maximum\": {\"exact\": \"40\"}, \"provisional\": true}]}";
    folder.put("published.json", published);
    let (points, told) = percent("published.json");
    assert_eq!(points, "3.75");
    assert!(told.contains("result-provisional"), "{told}");
    folder.put("other.json", &SIPAS.replace("vn/sipas", "vn/sipass"));
    let (points, told) = percent("other.json");
    assert!(points.is_null() && told.contains("result-not-read"), "{told}");
    folder.put("odd.json", "{\"index\": \"vn/sipas\", \"yaer\": 2022, \"results\": {\"A\": \"nhiều\"}}");
    let (_, told) = percent("odd.json");
    assert!(told.contains("unknown-key") && told.contains("missing-key"), "{told}");
}

#[test]
fn what_this_crate_publishes_feeds_another_index() {
    let folder = Folder::new();
    let ranked = folder.run("rank", &["now.csv", "--archive", "then.csv", "--index", "sipas.json", "--json"]);
    folder.put("thu.json", &ranked.out);
    let scored = folder
        .run("score", &["now.csv", "--archive", "then.csv", "--index", "sipas.json", "--json", "--cohort", "now.csv"]);
    folder.put("cards.json", &scored.out);
    let rules =
        RULES.replace("vn/sipas năm 2022: tỷ lệ thuận", "vn/thu năm 2022, tiêu chí 3, thang 5 điểm: tỷ lệ thuận");
    folder.put("r.tieuchi", &rules);
    let parts = folder.run("score", &["now.csv", "--json", "--index", "cards.json"]).json("tieuchi/scorecards/1");
    assert_eq!(parts["scorecards"][0]["leaves"][1]["last"]["points"]["exact"], "2");
    folder.put("r.tieuchi", &RULES.replace("vn/sipas năm 2022", "vn/thu năm 2022"));
    let whole = folder.run("score", &["now.csv", "--json", "--index", "thu.json"]).json("tieuchi/scorecards/1");
    let ranking = ranked.json("tieuchi/ranking/1");
    let row = ranking["rows"].as_array().unwrap().iter().find(|row| row["unit"] == "A").unwrap().clone();
    let number = |value: &serde_json::Value| Ratio::parse_decimal(value.as_str().unwrap()).unwrap();
    let points = number(&whole["scorecards"][0]["leaves"][1]["last"]["points"]["exact"]);
    // What was published is the index as it is rounded.
    assert_eq!(points, number(&row["percent"]["counted"]).checked_div(&Ratio::from(20)).unwrap());
}

#[test]
fn a_unit_alone_in_its_round_is_first_and_told_so() {
    let folder = Folder::new();
    folder.put("one.csv", "unit;3:grdp\nA;8%\n");
    let told = folder.run("explain", &["one.csv", "3", "--cohort", "one.csv"]);
    assert!(told.out.contains("thứ hạng = 1, so với 1 giá trị trong khối: chỉ có chính đơn vị"), "{}", told.out);
    folder.put("broken.csv", "unit;3:grdp\nB;8%\nC;nhiều\n");
    let refused = folder.run("explain", &["one.csv", "3", "--cohort", "broken.csv"]);
    assert_eq!(refused.code, 1);
    assert!(refused.out.contains("chưa có hồ sơ của cả đợt"), "{}", refused.out);
}

/// Units that are compared over years and within blocks: by `rank`, by `bulk` and alone.
#[test]
fn a_round_over_years_counts_the_same_units_in_rank_bulk_and_score() {
    let folder = Folder::new();
    let (from, to) = RULES.split_once("tiêu chí 1 ").map(|(header, _)| (header, "tiêu chí 4 ")).unwrap();
    let last = RULES.split_once(to).map(|(_, last)| last.replace("b / a, từ năm", "b / a trong khối, từ năm"));
    let rules = format!("{}{to}{}", from.replace("20 điểm", "5 điểm"), last.unwrap());
    folder.put("r.tieuchi", &rules);
    folder.put("now.csv", "unit,4:a,4:b\nA,10,3\nB,10,5\n");
    folder.put("old.csv", "unit,year,4:a,4:b\nA,2021,10,4\nB,2021,10,6\nC,2021,10,9\nD,2021,10,1\nE,2021,10,0\n");
    // C sends no sheet, D is not assessed, E ended; F is of another block.
    folder.put(
        "units.csv",
        "tên,khối,đánh giá,đến hết ngày\nA,k1,,\nB,k1,,\nC,k1,,\nD,k1,không,\nE,k1,,31/12/2021\nF,k2,,\n",
    );
    let around = ["--archive", "old.csv", "--units", "units.csv"];
    let ranked = folder.run("rank", &[&["now.csv", "--json"], &around[..]].concat());
    assert_eq!(ranked.code, 0, "{}", ranked.err);
    let ranked = ranked.json("tieuchi/ranking/1");
    let percents: Vec<_> =
        ranked["rows"].as_array().unwrap().iter().map(|row| row["percent"]["rounded"].clone()).collect();
    // From 0 of 10, E's, to 9 of 10, C's.
    assert_eq!(percents, ["66.67", "44.44"]);
    let bulk = folder.run("bulk", &[&["now.csv", "--to-csv"], &around[..]].concat()).out;
    assert!(bulk.contains("A,2,66.67") && bulk.contains("B,3,44.44"), "{bulk}");
    folder.put("one.csv", "unit,4:a,4:b\nA,10,3\n");
    let one = folder.run("score", &[&["one.csv", "--json", "--cohort", "now.csv"], &around[..]].concat());
    let percent = one.json("tieuchi/scorecards/1")["scorecards"][0]["index"]["percent"]["rounded"].clone();
    assert_eq!(percent, "66.67");
}

#[test]
fn two_results_or_two_archived_sheets_of_one_unit_are_told() {
    let folder = Folder::new();
    folder.put("twice.csv", "index,year,unit,result\nvn/sipas,2022,A,91%\nvn/sipas,2022,A,50%\n");
    let told = folder.run("rank", &["now.csv", "--index", "twice.csv"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("duplicate-result") && told.err.contains("kết quả kia ở đây"), "{}", told.err);
    folder.put("same.csv", "index,year,unit,result\nvn/sipas,2022,A,91%\nvn/sipas,2022,A,91%\n");
    assert_eq!(folder.run("rank", &["now.csv", "--index", "same.csv"]).code, 0);
    folder.put("sheets.csv", "unit;year;1:vốn\nA;2021;100\nA;2021;90\nA;2020;90\n");
    let told = folder.run("rank", &["now.csv", "--archive", "sheets.csv"]);
    assert_eq!((told.code, told.err.matches("duplicate-unit").count()), (1, 1), "{}", told.err);
}

#[test]
fn a_table_of_results_is_read_whole_or_told() {
    let folder = Folder::new();
    for (text, problem) in [
        ("index,year,unit,result\nvn/sipas,2022,A,91,17%\n", "row-length"),
        ("index,year,unit,result\nvn/sipas,2022,A\n", "row-length"),
        ("index,year,unit,result,note\nvn/sipas,2022,A,91%,provisional\n", "unknown-key"),
        ("index,year,unit,result,result\nvn/sipas,2022,A,91%,90%\n", "repeated-key"),
        ("", "sheet-not-readable"),
    ] {
        folder.put("r.csv", text);
        let told = folder.run("rank", &["now.csv", "--index", "r.csv"]);
        assert_eq!((told.code, told.err.matches(problem).count()), (1, 1), "{text}: {}", told.err);
    }
}

#[test]
fn what_counted_is_what_another_index_reads() {
    let folder = Folder::new();
    let rules = "bộ tiêu chí vn/sipas \"Bộ thử\"
  năm: 2022
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 10 điểm
  thiếu số liệu: chưa chấm
  làm tròn: từng tiêu chí, 1 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm đã làm tròn

tiêu chí 1 \"X\": 10 điểm
  số liệu x \"Tỷ lệ\": tỷ lệ, không quá 100%
  chấm theo tỷ lệ x: tỷ lệ thuận
";
    folder.put("r.tieuchi", rules);
    folder.put("x.csv", "unit;1:x\nA;89,308%\n");
    for command in ["score", "rank"] {
        let first = folder.run(command, &["x.csv", "--json"]);
        assert_eq!(first.code, 0, "{}", first.err);
        folder.put(&format!("{command}.json"), &first.out);
    }
    folder.put("r.tieuchi", RULES);
    for (file, points) in [("score.json", "4.45"), ("rank.json", "4.45")] {
        let card = folder.run("score", &["now.csv", "--json", "--index", file]).json("tieuchi/scorecards/1");
        assert_eq!(card["scorecards"][0]["leaves"][1]["last"]["points"]["exact"], points, "{file}");
    }
}

#[test]
fn a_cohort_of_another_ruleset_is_told() {
    let other = "rulesets/example/service-desk/examples/2025";
    let one = "rulesets/vn/par-index/tinh/examples/2022";
    let told = run(&["score", one, "--cohort", other]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("--cohort") && told.err.contains("vn/par-index/tinh"), "{}", told.err);
}

#[test]
fn a_result_under_the_name_written_otherwise_is_told() {
    let folder = Folder::new();
    folder.put("now.csv", "unit;2:chỉ số\nKhánh Hòa;\n");
    folder.put(
        "sipas.json",
        "{\"index\": \"vn/sipas\", \"year\": 2022, \"results\": {\"Khánh Hoà\": \"90%\", \"B\": \"80%\"}}",
    );
    for command in ["score", "rank"] {
        let told = folder.run(command, &["now.csv", "--index", "sipas.json"]).err;
        assert_eq!(told.matches("names-alike").count(), 1, "{told}");
        assert!(told.contains("Khánh Hoà"), "{told}");
    }
    folder.put(
        "sipas.json",
        "{\"index\": \"vn/sipas\", \"year\": 2022, \"results\": {\"Khánh Hòa\": \"90%\", \"B\": \"80%\"}}",
    );
    assert!(!folder.run("score", &["now.csv", "--index", "sipas.json"]).err.contains("names-alike"));
}

/// A set that gives 0 points where the result of the other index is missing.
const READS: &str = "bộ tiêu chí vn/thu \"Bộ thử\"
  năm: 2022
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 4 điểm
  thiếu số liệu: 0 điểm, phải giải trình
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 \"Chỉ số nền\": 4 điểm
  chấm theo chỉ số vn/sipas năm 2022: tỷ lệ thuận
";

#[test]
fn a_result_that_a_rule_cannot_score_is_not_missing() {
    let folder = Folder::new();
    folder.put("r.tieuchi", READS);
    let named = |result: &str| {
        format!("{{\"index\": \"vn/sipas\", \"year\": 2022, \"results\": {{\"A\": \"{result}\", \"B\": \"50%\"}}}}")
    };
    // What the sheet states does not stand in for what was found either.
    for sheets in ["unit\nA\nB\n", "unit;1:chỉ số\nA;100%\nB;50%\n"] {
        folder.put("u.csv", sheets);
        for (result, open) in [("110%", true), ("-5%", true), ("100%", false)] {
            folder.put("i.json", &named(result));
            let ranked = folder.run("rank", &["u.csv", "--index", "i.json", "--json"]);
            let ranking: serde_json::Value = serde_json::from_str(&ranked.out).unwrap();
            let rows = ranking["rows"].as_array().unwrap();
            let of = |unit: &str| rows.iter().find(|row| row["unit"] == unit).unwrap();
            assert_eq!(of("A")["provisional"].as_bool().unwrap_or(false), open, "{result}: {}", ranked.out);
            assert_eq!(of("A")["place"].is_null(), open, "{result}: {}", ranked.out);
            let bulk = folder.run("bulk", &["u.csv", "--index", "i.json"]);
            assert_eq!(bulk.out.contains("\"provisional\":true"), open, "{result}: {}", bulk.out);
        }
        folder.put("i.json", &named("110%"));
        let told = folder.run("explain", &["u.csv", "--unit", "A", "--index", "i.json"]);
        assert!(
            told.out.contains("110%") && told.out.contains("nằm ngoài khoảng mà mục này chấm được"),
            "{}",
            told.out
        );
        assert!(!told.out.contains("0 / 4 điểm"), "{}", told.out);
    }
}

#[test]
fn an_archived_sheet_is_read_by_its_own_set_in_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let head = |more: &str| format!("bộ tiêu chí mh/t \"Bộ\"\n  nguồn: minh họa, \"thử\"\n{more}");
    let rule = |at: &str, title: &str| {
        format!(
            "\ntiêu chí {at} \"{title}\": 2 điểm\n  số liệu v \"V\": số đếm\n  chấm theo điều kiện\n    khi v > 10: tối đa\n    còn lại: 0 điểm\n"
        )
    };
    let settings = "  năm: 2022\n  thang điểm: 4 điểm\n  thiếu số liệu: chưa chấm\n  thiếu minh chứng: phải giải trình\n  làm tròn: chỉ số, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n";
    put("mh/t/2022.tieuchi", &head(&format!("{settings}{}{}", rule("1", "A"), rule("2", "B"))));
    put(
        "mh/t/2022-2.tieuchi",
        &head(
            "  năm: 2022\n  lần ban hành: 2\n  thay thế: lần ban hành 1, từ 31/10/2022\n  kế thừa: mh/t năm 2022, lần ban hành 1\n\nđổi mã 1 thành 2\n\nđổi mã 2 thành 1\n",
        ),
    );
    let anew = |at: &str| {
        format!(
            "\nsửa tiêu chí {at}\n  chấm theo điều kiện\n    khi v > v của năm trước: tối đa\n    còn lại: 0 điểm\n"
        )
    };
    let next = format!("  năm: 2023\n  kế thừa: mh/t năm 2022, lần ban hành 1\n{}{}", anew("1"), anew("2"));
    put("mh/t/2023.tieuchi", &head(&next));
    put("now.csv", "unit;ruleset;year;1:v;2:v\nX;mh/t;2023;50;50\n");
    let told = |year: &str, code: &str| {
        put("then.csv", &format!("unit;year;1:v;2:v\nX;{year};20;60\n"));
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (now, then, rulesets) = (path("now.csv"), path("then.csv"), path(""));
        run(&["explain", &now, code, "--rulesets", &rulesets, "--archive", &then]).out
    };
    // The newest edition numbers its heads otherwise than the one that this year's set builds on.
    assert!(told("2022", "1").contains("v của năm trước = 60"), "{}", told("2022", "1"));
    assert!(told("2022-2", "2").contains("v của năm trước = 20"), "{}", told("2022-2", "2"));
    assert!(told("2022-1", "1").contains("v của năm trước = 20"), "{}", told("2022-1", "1"));
    assert!(!told("2022-3", "1").contains("v của năm trước = 20"), "an edition that is not there");
}
