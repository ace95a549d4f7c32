//! What is made from made-up data says so, whichever way the data came in.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Run, run};

const SET: &str = "vn/par-index/tinh/2022";
const RULES: &str = "bộ tiêu chí vn/thu \"Bộ thử\"
  năm: 2022
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 10 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 \"Hài lòng\": 5 điểm
  chấm theo chỉ số vn/sipas năm 2021: tỷ lệ thuận
tiêu chí 2 \"Thái độ\": 5 điểm
  số liệu a \"A\": tỷ lệ, kèm năm trước
  chấm theo tỷ lệ a: tỷ lệ thuận
";

/// A folder with a set that is scored by all that can surround it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put("r.tieuchi", RULES);
        folder
    }

    fn put(&self, name: &str, text: &str) -> String {
        let path = Path::new(self.0.path()).join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn by(&self, command: &[&str]) -> Run {
        let rules = Path::new(self.0.path()).join("r.tieuchi").display().to_string();
        run(&[command, &["--ruleset", &rules]].concat())
    }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_stream_of_samples_is_marked_in_every_row_and_so_is_what_is_ranked_by_it() {
    let folder = Folder::new();
    let table = run(&["sample", "--ruleset", SET, "--units", "3", "--csv"]);
    assert!(table.out.lines().skip(1).all(|row| row.starts_with("vn/par-index/tinh,2022,true,")), "{}", table.out);
    let stream = run(&["sample", "--ruleset", SET, "--units", "3", "--ndjson"]);
    for (name, text) in [("s.csv", &table.out), ("s.ndjson", &stream.out)] {
        let file = folder.put(name, text);
        let told = lines(&run(&["bulk", &file, "--ruleset", SET]).out);
        let (head, rows) = told.split_first().unwrap();
        assert_eq!(
            (&head["shape"], &head["synthetic"], &head["ranked"]),
            (&"tieuchi/places/1".into(), &3.into(), &3.into())
        );
        let labels = head["labels"].to_string();
        assert!(labels.contains("SỐ LIỆU GIẢ ĐỊNH") && labels.contains("DỰNG LẠI"), "{labels}");
        assert!(
            rows.len() == 3 && rows.iter().all(|row| row["synthetic"] == true && row["ruleset"] == "vn/par-index/tinh"),
            "{told:?}"
        );
        let csv = run(&["bulk", &file, "--ruleset", SET, "--to-csv"]);
        assert!(
            csv.out.lines().skip(1).all(|row| row.ends_with(",true,vn/par-index/tinh,2022,reconstructed")),
            "{}",
            csv.out
        );
        assert!(csv.err.contains("! SỐ LIỆU GIẢ ĐỊNH") && csv.err.contains("! DỰNG LẠI"), "{}", csv.err);
    }
    // What nobody made up is not marked, and one row's mark is its own.
    let mixed = table.out.replacen(",2022,true,", ",2022,,", 1);
    let file = folder.put("m.csv", &mixed);
    let told = lines(&run(&["bulk", &file, "--ruleset", SET]).out);
    assert_eq!(told[0]["synthetic"], 2);
    assert_eq!(told[1..].iter().filter(|row| row["synthetic"] == true).count(), 2, "{told:?}");
}

#[test]
fn a_round_scored_by_made_up_surroundings_is_marked() {
    let folder = Folder::new();
    let sheets = folder.put("s.csv", "unit,2:a\nA,50%\n");
    let index = |mark: &str| {
        format!(
            "index,year,unit,result{}\nvn/sipas,2021,A,80%{mark}\n",
            if mark.is_empty() { "" } else { ",synthetic" }
        )
    };
    let json = "{\"index\": \"vn/sipas\", \"year\": 2021, \"synthetic\": true, \"results\": {\"A\": \"80%\"}}";
    let then = |mark: &str| format!("unit,year,2:a,synthetic\nA,2021,40%,{mark}\n");
    for (option, text, name, made_up) in [
        ("--index", index(""), "i.csv", false),
        ("--index", index(",không"), "i.csv", false),
        ("--index", index(",có"), "i.csv", true),
        ("--index", json.to_owned(), "i.json", true),
        ("--archive", then("no"), "a.csv", false),
        ("--archive", then("yes"), "a.csv", true),
    ] {
        let file = folder.put(name, &text);
        for command in ["rank", "score", "explain"] {
            let told = folder.by(&[command, &sheets, option, &file]);
            assert_eq!(
                told.out.contains("SỐ LIỆU GIẢ ĐỊNH"),
                made_up,
                "{command} {option} {text}: {}{}",
                told.out,
                told.err
            );
        }
        let told = lines(&folder.by(&["bulk", &sheets, option, &file]).out);
        assert_eq!(told[1]["synthetic"], made_up, "{option} {text}: {told:?}");
    }
    let odd = folder.put("i.csv", &index(",maybe"));
    let told = folder.by(&["rank", &sheets, "--index", &odd]);
    assert!(told.code == 1 && told.err.contains("`synthetic`"), "{}", told.err);
    // What `rank --json` says of made-up units is made up too.
    let ranking = "{\"shape\": \"tieuchi/ranking/1\", \"ruleset\": \"vn/sipas\", \"year\": 2021, \"rows\": [{\"unit\": \"A\", \"synthetic\": true, \"points\": {\"exact\": \"4\"}, \"maximum\": {\"exact\": \"5\"}}]}";
    let file = folder.put("i.json", ranking);
    let told = folder.by(&["rank", &sheets, "--index", &file]);
    assert!(told.out.contains("SỐ LIỆU GIẢ ĐỊNH"), "{}{}", told.out, told.err);
    // What a round is held against counts too.
    let then = |mark: &str| format!("index,year,unit,result,synthetic\nvn/thu,2021,A,80%,{mark}\n");
    for (mark, made_up) in [("no", false), ("yes", true)] {
        let file = folder.put("p.csv", &then(mark));
        let told = folder.by(&["rank", &sheets, "--previous", &file]);
        // The units' own results are real, and are not called made up.
        assert_eq!(told.out.contains("! SỐ LIỆU NĂM 2021 GIẢ ĐỊNH: "), made_up, "{}{}", told.out, told.err);
        assert!(!told.out.contains("SỐ LIỆU GIẢ ĐỊNH"), "{}", told.out);
        let json = folder.by(&["rank", &sheets, "--previous", &file, "--json"]).json("tieuchi/ranking/1");
        let first = json["labels"][0].as_str().unwrap();
        assert_eq!(first.contains("NĂM 2021 GIẢ ĐỊNH"), made_up, "{first}");
    }
}

#[test]
fn made_up_answers_mark_what_is_estimated_from_them() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["answers.csv", "answers.json"] {
        let at = |name: &str| folder.path().join(name).display().to_string();
        let (answers, set) = (at(name), "vn/sipas/2023");
        let made = run(&["sample", "--ruleset", set, "--units", "2", "--survey", &answers]);
        assert_eq!(made.code, 0, "{}", made.err);
        // Sheets that say nothing of being made up.
        let sheets = at("sheets.json");
        fs::write(&sheets, made.out.replace("\"synthetic\": true", "\"synthetic\": false")).unwrap();
        let bare = run(&["rank", &sheets]);
        let told = run(&["rank", &sheets, "--survey", &answers]);
        assert!(told.code == 0 && !bare.out.contains("SỐ LIỆU GIẢ ĐỊNH"), "{}{}", told.err, bare.out);
        assert!(told.out.contains("SỐ LIỆU GIẢ ĐỊNH"), "{}", told.out);
    }
}

#[test]
fn a_mark_is_true_or_false_and_nothing_else() {
    let folder = Folder::new();
    let sheets = folder.put("s.csv", "unit,2:a\nA,50%\n");
    for mark in ["\"true\"", "\"có\"", "1", "\"yes\"", "null"] {
        let json = format!(
            "{{\"index\": \"vn/sipas\", \"year\": 2021, \"synthetic\": {mark}, \"results\": {{\"A\": \"80%\"}}}}"
        );
        let file = folder.put("i.json", &json);
        let told = folder.by(&["score", &sheets, "--index", &file]);
        assert!(told.code == 1 && told.err.contains("bad-value"), "{mark}: {}", told.err);
    }
    // Of two marks nobody knows which is meant.
    let twice = "{\"index\": \"vn/sipas\", \"year\": 2021, \"synthetic\": false, \"synthetic\": true, \"results\": {\"A\": \"80%\"}}";
    let file = folder.put("i.json", twice);
    let told = folder.by(&["score", &sheets, "--index", &file]);
    assert!(told.code == 1 && told.err.contains("repeated-key"), "{}", told.err);
    let toml = "index = \"vn/sipas\"\nyear = 2021\nsynthetic = \"có\"\n[results]\nA = \"80%\"\n";
    let file = folder.put("i.toml", toml);
    assert!(folder.by(&["score", &sheets, "--index", &file]).err.contains("bad-value"));
    let file = folder.put("i.toml", &toml.replace("\"có\"", "true"));
    assert!(folder.by(&["score", &sheets, "--index", &file]).out.contains("SỐ LIỆU GIẢ ĐỊNH"));
}

#[test]
fn what_an_index_is_labelled_with_is_carried_to_what_reads_it() {
    let folder = Folder::new();
    let sheets = folder.put("s.csv", "unit,2:a\nA,50%\n");
    let card = "{\"shape\": \"tieuchi/scorecard/1\", \"ruleset\": \"vn/sipas\", \"year\": 2021, \"unit\": \"A\",
        \"labels\": [\"DỰNG LẠI, không phải văn bản chính thức: bản nháp\"], \"synthetic\": false, \"heads\": [],
        \"index\": {\"points\": {\"exact\": \"8\"}, \"maximum\": {\"exact\": \"10\"}, \"provisional\": false}}";
    let ranking = "{\"shape\": \"tieuchi/ranking/1\", \"ruleset\": \"vn/sipas\", \"year\": 2021,
        \"labels\": [\"DỰNG LẠI, không phải văn bản chính thức: bản nháp\"], \"rows\": [{\"unit\": \"A\",
        \"points\": {\"exact\": \"8\"}, \"maximum\": {\"exact\": \"10\"}, \"provisional\": false}]}";
    let label = "KẾT QUẢ vn/sipas năm 2021: DỰNG LẠI, không phải văn bản chính thức: bản nháp";
    for text in [card, ranking] {
        let file = folder.put("i.json", text);
        for command in [&["score"][..], &["explain"], &["rank"], &["score", "--json"], &["rank", "--json"], &["bulk"]] {
            let told = folder.by(&[command, &[sheets.as_str(), "--index", &file]].concat());
            assert_eq!(told.out.matches(label).count(), 1, "{command:?}: {}{}", told.out, told.err);
        }
    }
    let own = "{\"index\": \"vn/sipas\", \"year\": 2021, \"results\": {\"A\": \"80%\"},
        \"labels\": [\"DỰNG LẠI, không phải văn bản chính thức: bản nháp\"]}";
    let table =
        "chỉ số;năm;đơn vị;kết quả;nhãn\nvn/sipas;2021;A;80%;DỰNG LẠI, không phải văn bản chính thức: bản nháp\n";
    for (name, text) in [("i.json", own), ("i.csv", table)] {
        let file = folder.put(name, text);
        let told = folder.by(&["score", &sheets, "--index", &file]);
        assert_eq!(told.out.matches(label).count(), 1, "{name}: {}{}", told.out, told.err);
    }
    let file = folder.put("i.json", &own.replace("[\"DỰNG", "[7, \"DỰNG"));
    assert!(folder.by(&["score", &sheets, "--index", &file]).err.contains("bad-value"));
    let file = folder.put("i.json", &card.replace("\"DỰNG LẠI, không phải văn bản chính thức: bản nháp\"", ""));
    assert!(!folder.by(&["score", &sheets, "--index", &file]).out.contains("KẾT QUẢ vn/sipas"));
}

#[test]
fn a_label_of_one_row_is_carried_to_what_reads_that_row() {
    let folder = Folder::new();
    let label = "KẾT QUẢ vn/sipas năm 2021: DỰNG LẠI: theo báo";
    let table = "chỉ số;năm;đơn vị;kết quả;nhãn\nvn/sipas;2021;A;80%;DỰNG LẠI: theo báo\nvn/sipas;2021;B;70%;\n";
    let file = folder.put("i.csv", table);
    let both = folder.put("s.csv", "unit,2:a\nA,50%\nB,50%\n");
    let (a, b) = (folder.put("a.csv", "unit,2:a\nA,50%\n"), folder.put("b.csv", "unit,2:a\nB,50%\n"));
    let count = |command: &[&str], sheets: &str| {
        let told = folder.by(&[command, &[sheets, "--index", &file]].concat());
        assert_eq!(told.code, 0, "{command:?}: {}{}", told.out, told.err);
        told.out.matches(label).count()
    };
    for command in [&["score"][..], &["explain"], &["score", "--json"]] {
        assert_eq!([&both, &a, &b].map(|sheets| count(command, sheets)), [1, 1, 0], "{command:?}");
    }
    // A ranking holds units against one another: what is known of one is known above all.
    for command in [&["rank"][..], &["rank", "--json"], &["bulk"]] {
        assert_eq!([&both, &a, &b].map(|sheets| count(command, sheets)), [1, 1, 0], "{command:?}");
    }
    // So it is where the points, or the grade, of a unit hang on what others have.
    let grades = "  xếp loại: theo điểm đã làm tròn; \"A\" từ trung bình chung; \"B\" còn lại\n  thiếu số liệu";
    let ranks = "tiêu chí 2 \"Thái độ\": 5 điểm\n  số liệu a \"A\": tỷ lệ\n  chấm theo thứ hạng a trong cả đợt, càng cao càng tốt\n    đến hết 1: tối đa\n    trên 1: 0 điểm\n";
    let second = RULES.find("tiêu chí 2").unwrap();
    for rules in [RULES.replacen("  thiếu số liệu", grades, 1), format!("{}{ranks}", &RULES[..second])] {
        folder.put("r.tieuchi", &rules);
        assert_eq!(count(&["score"], &both), 2, "{rules}");
    }
}
