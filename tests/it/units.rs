//! The register of units from the command line: who a sheet is of, and in which block.

use std::fs;
use std::path::Path;
use std::process::Command;

use tieuchi::diagnostic::SourceMap;
use tieuchi::import;
use tieuchi::language::days;
use tieuchi::unit::{NotFound, Register};

/// Illustrative.
const REGISTER: &str = "mã;tên;cấp;thuộc;khối;từ ngày;đến hết ngày;kế tục;đánh giá;nguồn
01;Hà An;tỉnh;;đồng bằng;;;;;minh họa
02;Sơn Bắc;tỉnh;;miền núi;;30/06/2025;;;minh họa
04;Sơn Nam;tỉnh;;miền núi;;30/06/2025;;;minh họa
04;Sơn Nam;tỉnh;;miền núi;01/07/2025;;Sơn Bắc;;minh họa
11;Sơn Tây;tỉnh;;miền núi;;;;;minh họa
12;Đặc khu;đặc khu;;miền núi;;;;không xếp hạng;minh họa
99;Ban mới;ban;;;;;;không;minh họa
";

const RULES: &str = "bộ tiêu chí minh-hoa/khoi \"Bộ thử\"
  năm: 2025
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 10 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 \"Hạng trong khối\": 6 điểm
  số liệu x \"X\": số đếm
  chấm theo thứ hạng x trong khối, càng cao càng tốt
    bằng 1: tối đa
    từ 2 trở lên: 1 điểm
tiêu chí 2 \"So với khối\": 4 điểm
  số liệu x \"X\": số đếm
  chấm theo chênh lệch x so với trung bình khối
    từ 0 trở lên: tối đa
    dưới 0: 0 điểm
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(sheets: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put("r.tieuchi", RULES);
        folder.put("u.csv", REGISTER);
        folder.put("s.csv", sheets);
        folder
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let at: &Path = self.0.path();
        let output = Command::new(env!("CARGO_BIN_EXE_tieuchi")).args(arguments).current_dir(at).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

fn register(text: &str) -> Register {
    let mut sources = SourceMap::new();
    let id = sources.add("u.csv", text);
    let (rows, findings) = import::units(id, text);
    assert!(findings.is_empty(), "{findings:?}");
    let (register, findings) = Register::new(&rows);
    assert!(findings.is_empty(), "{findings:?}");
    register
}

#[test]
fn a_unit_is_found_by_code_name_or_level_and_name_on_its_day() {
    let register = register(REGISTER);
    let day = |year, month, day| days(year, month, day).unwrap();
    let name = |said: &str, on| register.find(said, on).map(|id| register.unit(id).unwrap().name.clone());
    for said in ["01", "Hà An", "ha an", "tỉnh Hà An", " TỈNH HÀ AN "] {
        assert_eq!(name(said, day(2025, 12, 31)).as_deref(), Ok("Hà An"), "{said}");
    }
    // One code and one name, two units: the day tells which.
    let (before, after) = (register.find("04", day(2025, 6, 30)), register.find("04", day(2025, 7, 1)));
    assert_ne!(before.as_ref().unwrap(), after.as_ref().unwrap());
    let merged = register.find("Sơn Bắc", day(2025, 12, 31));
    assert_eq!(merged, Err(NotFound::Ended(register.find("Sơn Bắc", 0).unwrap(), vec![after.unwrap()])));
    assert!(
        matches!(name("Hà Ann", day(2025, 12, 31)), Err(NotFound::Unknown(near)) if near.0.as_deref() == Some("Hà An"))
    );
    // The zeros that a spreadsheet drops: told, not guessed.
    for (said, code) in [("1", Some("01")), ("001", Some("01")), ("3", None), ("0", None)] {
        let Err(NotFound::Unknown(near)) = name(said, day(2025, 12, 31)) else { panic!("{said}") };
        assert_eq!(near.0.as_deref(), code, "{said}");
    }
}

#[test]
fn a_day_of_the_register_has_a_year_of_four_digits() {
    for day in ["01/07/25", "01/07/025", "1/7/+2025", "01/07/0025", "01/07/2025/1"] {
        let text = REGISTER.replacen("01/07/2025", day, 1);
        let (_, findings) = import::units(SourceMap::new().add("u.csv", text.clone()), &text);
        let told: Vec<&str> = findings.iter().map(tieuchi::diagnostic::Diagnostic::code).collect();
        assert_eq!(told, ["bad-value"], "{day}");
    }
}

#[test]
fn places_and_means_are_those_of_the_block() {
    let folder = Folder::new("unit,1:x,2:x\n01,9,9\nSơn Nam,5,5\n11,3,3\nĐặc khu,1,1\n");
    let (code, out, err) =
        folder.run(&["explain", "s.csv", "--ruleset", "r.tieuchi", "--units", "u.csv", "--cohort", "s.csv", "--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let points: Vec<(String, String)> = value["scorecards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| {
            (card["unit"].as_str().unwrap().to_owned(), card["index"]["points"]["exact"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected = [("Hà An", "10"), ("Sơn Nam", "10"), ("Sơn Tây", "5"), ("Đặc khu", "1")];
    assert_eq!(points, expected.map(|(unit, points)| (unit.to_owned(), points.to_owned())));
}

#[test]
fn a_sheet_of_no_unit_is_refused_and_one_that_is_not_assessed_set_aside() {
    let folder = Folder::new("unit,1:x,2:x\nHà Ân,9,9\n02,5,5\nBan mới,3,3\n11,3,3\n");
    let (code, out, err) = folder.run(&["rank", "s.csv", "--ruleset", "r.tieuchi", "--units", "u.csv"]);
    assert_eq!(code, 1);
    assert!(err.contains("đơn vị `Sơn Bắc` chỉ có đến hết 30/06/2025"), "{err}");
    assert!(err.contains("đơn vị kế tục là `Sơn Nam` (04)"), "{err}");
    assert!(err.contains("đơn vị `Ban mới` không đánh giá"), "{err}");
    assert!(out.contains("Sơn Tây") && out.contains("không đánh giá: Ban mới\n"), "{out}");
    // The name without its mark is the unit; one sheet by code and one by name are two of one unit.
    folder.put("s.csv", "unit,1:x,2:x\nHa An,9,9\n01,9,9\n");
    let (code, _, err) = folder.run(&["rank", "s.csv", "--ruleset", "r.tieuchi", "--units", "u.csv"]);
    assert_eq!(code, 1);
    assert!(err.contains("đơn vị `Hà An` có hai hồ sơ"), "{err}");
}

#[test]
fn a_register_with_a_mistake_scores_nobody() {
    let folder = Folder::new("unit,1:x,2:x\n01,9,9\n");
    folder.put("u.csv", "mã,tên,thuộc\n01,Hà An,Miền Bắc\n");
    let (code, out, err) = folder.run(&["score", "s.csv", "--ruleset", "r.tieuchi", "--units", "u.csv"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("sổ không có đơn vị `Miền Bắc`"), "{err}");
}

#[test]
fn a_register_is_not_called_a_submission() {
    let told = |text: &str| {
        let mut sources = SourceMap::new();
        let id = sources.add("u.csv", text);
        let (_, findings) = import::units(id, text);
        let language = tieuchi::diagnostic::Language::Vietnamese;
        tieuchi::diagnostic::render(&findings, &sources, language, tieuchi::diagnostic::Colour::Never)
    };
    assert!(told("mã,cấp\n01,tỉnh\n").contains("sổ đơn vị thiếu `tên`"));
    assert!(told("tên,cấp,tên\nA,tỉnh,A\n").contains("`tên` có hai lần trong sổ đơn vị"));
    assert!(told("tên,cấp\n\"A,tỉnh\n").contains("sổ đơn vị không phải CSV"));
}

#[test]
fn who_has_no_sheet_is_named_and_places_are_said_to_be_provisional() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put(
        "r.tieuchi",
        "bộ tiêu chí minh-hoa/nop \"Bộ thử\"\n  năm: 2025\n  nguồn: minh họa, \"bộ thử\"\n  đối tượng: xã\n  thang điểm: 10 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\ntiêu chí 1 \"Đã làm\": 10 điểm\n  số liệu a \"Đã làm\": có/không\n  chấm theo điều kiện\n    khi a = có: tối đa\n    còn lại: 0 điểm\n",
    );
    put(
        "u.csv",
        "mã,tên,cấp,thuộc,từ ngày,đến hết ngày,đánh giá\n01,Hà An,tỉnh,,,,\n11,An Hòa,xã,01,,,\n12,An Bình,phường,01,,,\n13,An Phú,xã,01,,30/06/2025,\n14,An Thọ,xã,01,,,không\n15,Nội vụ,sở,01,,,\n",
    );
    put("x.csv", "đơn vị,1:a\nAn Hòa,có\n");
    let run = |sheets: &str, json: bool| {
        let words = ["rank", sheets, "--ruleset", "r.tieuchi", "--units", "u.csv"];
        let words = words.into_iter().chain(json.then_some("--json")).map(str::to_owned).collect::<Vec<_>>();
        crate::support::shell::run(&words, folder.path(), true).join("\n")
    };
    let told = run("x.csv", false);
    assert!(told.contains("chưa nộp (1), thứ hạng là tạm: An Bình"), "{told}");
    let json: serde_json::Value = serde_json::from_str(&run("x.csv", true)).unwrap();
    assert_eq!(json["not_submitted"], serde_json::json!(["An Bình"]));
    put("all.csv", "đơn vị,1:a\nAn Hòa,có\nAn Bình,có\nNội vụ,có\n");
    let told = run("all.csv", false);
    assert!(!told.contains("chưa nộp") && told.contains("unit-of-other-level"), "{told}");
}

#[test]
fn a_stream_is_brought_to_the_register_and_compared_as_files_are() {
    let folder = Folder::new("unit,1:x,2:x\n01,9,9\nSơn Nam,5,5\n11,3,3\nĐặc khu,7,7\nBan mới,1,1\n");
    let rules = RULES.replace(
        "\n\ntiêu chí 1",
        "\n  khối đồng_bằng \"Đồng bằng\"\n  khối miền_núi \"Miền núi\": xếp hạng riêng\n\ntiêu chí 1",
    );
    assert_ne!(rules, RULES);
    folder.put("r.tieuchi", &rules);
    let by = ["--ruleset", "r.tieuchi", "--units", "u.csv"];
    let (code, out, err) = folder.run(&[&["rank", "s.csv", "--json"], &by[..]].concat());
    assert_eq!(code, 0, "{err}");
    let ranking: serde_json::Value = serde_json::from_str(&out).unwrap();
    let told = |row: &serde_json::Value| {
        let parts = [&row["place"], &row["shared"], &row["unit"], &row["ranked_within"], &row["not_ranked"]["by"]];
        parts.map(serde_json::Value::to_string).join(" ")
    };
    let expected: Vec<_> = ranking["rows"].as_array().unwrap().iter().map(told).collect();
    assert_eq!(ranking["not_assessed"][0]["unit"], "Ban mới");
    let (code, out, err) = folder.run(&[&["bulk", "s.csv"], &by[..]].concat());
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("đơn vị `Ban mới` không đánh giá"), "{err}");
    let mut lines: Vec<serde_json::Value> =
        out.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = lines.pop().unwrap();
    assert_eq!((&last["unit"], &last["not_assessed"]), (&"Ban mới".into(), &true.into()));
    assert_eq!(lines.iter().map(told).collect::<Vec<_>>(), expected);
    let (_, table, _) = folder.run(&[&["bulk", "s.csv", "--to-csv"], &by[..]].concat());
    assert!(table.contains(",miền_núi,register,false,"), "{table}");
    assert!(table.lines().last().unwrap().starts_with(",,Ban mới,,,,,,,,not assessed,,"), "{table}");
    // One unit twice, and one that is none.
    folder.put("s.csv", "unit,1:x,2:x\nHa An,9,9\n01,9,9\nBan lạ,1,1\n");
    let (code, out, err) = folder.run(&[&["bulk", "s.csv"], &by[..]].concat());
    assert_eq!((code, out.lines().count()), (1, 2), "{out}");
    assert!(err.contains("hai hồ sơ") && err.contains("Ban lạ"), "{err}");
}
