//! `bulk` as people meet it: nothing of a stream is lost without a word.

use std::fs;
use std::path::Path;

use super::{Run, run};

const RULES: &str = "bộ tiêu chí vn/thu \"Bộ thử\"
  năm: 2022
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 10 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 \"Một\": 10 điểm
  số liệu x \"X\": tỷ lệ
  chấm theo tỷ lệ x: tỷ lệ thuận
";
/// Its units are compared with one another.
const COMPARED: &str =
    "  chấm theo thứ hạng x trong cả đợt, càng cao càng tốt\n    bằng 1: tối đa\n    từ 2 trở lên: 2 điểm\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put("r.tieuchi", RULES);
        folder
    }

    fn compared() -> Self {
        let folder = Self::new();
        folder.put("r.tieuchi", RULES.replace("  chấm theo tỷ lệ x: tỷ lệ thuận\n", COMPARED));
        folder
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = Path::new(self.0.path()).join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn run(&self, command: &str, file: &str, text: impl AsRef<[u8]>, rest: &[&str]) -> Run {
        let rules = Path::new(self.0.path()).join("r.tieuchi").display().to_string();
        let sheets = self.put(file, text);
        run(&[&[command, "--ruleset", &rules, &sheets][..], rest].concat())
    }

    fn bulk(&self, file: &str, text: impl AsRef<[u8]>) -> Run {
        self.run("bulk", file, text, &[])
    }
}

/// How often a text stands in another.
fn times(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn what_is_wrong_is_told_where_it_stands_in_the_file() {
    let folder = Folder::new();
    let table = "unit,1:x\nA,40%\n\nB,cao\nC,50%\n\"D\n\",xx\n";
    let told = folder.bulk("s.csv", table);
    for place in ["s.csv:4:3\n", "\n4 | B,cao\n", "s.csv:7:3\n"] {
        assert!(told.err.contains(place), "{place} in {}", told.err);
    }
    // As `rank` tells it.
    let ranked = folder.run("rank", "s.csv", table, &[]);
    let places = |err: &str| {
        err.lines().filter(|line| line.contains("--> ")).map(str::trim).map(str::to_owned).collect::<Vec<_>>()
    };
    let ends = |err: &str| {
        places(err).into_iter().map(|place| place.rsplit('/').next().unwrap().replace("--> ", "")).collect::<Vec<_>>()
    };
    assert_eq!(ends(&told.err), ends(&ranked.err));
    // A row that lacks its unit is told at that row, each of them.
    let without = "unit,1:x\nA,40%\n,50%\nB,50%\n,60%\n";
    let (told, ranked) = (folder.bulk("s.csv", without), folder.run("rank", "s.csv", without, &[]));
    assert_eq!(ends(&told.err), ["s.csv:3:1", "s.csv:5:1"], "{}", told.err);
    assert_eq!(ends(&told.err), ends(&ranked.err));
    let lines =
        folder.bulk("s.ndjson", "{\"unit\": \"A\", \"leaves\": {}}\n\n{\"unit\": \"B\", \"leaves\": {\"9\": {}}}\n");
    assert!(lines.err.contains("s.ndjson:3:"), "{}", lines.err);
}

#[test]
fn a_mistake_in_the_header_is_told_once_and_no_unit_is_lost_in_silence() {
    let folder = Folder::new();
    let told = folder.bulk("s.csv", "unit,1:x,9:z\nA,40%,5\nB,50%,\nC,50%,4\n");
    assert_eq!((told.code, times(&told.out, "\n"), times(&told.err, "unknown-leaf")), (1, 2, 1), "{}", told.err);
    assert!(told.out.contains("\"B\"") && told.err.contains("s.csv:1:10"), "{}", told.err);
    for (text, problem) in [
        ("ten,1:x\nA,40%\nB,50%\n", "missing-key"),
        ("unit\t1:x\nA\t40%\n", "missing-key"),
        ("unit,1:y\nA,40%\nB,50%\n", "unknown-sheet-figure"),
        ("unit,1:x,1:x\nA,40%,\nB,,50%\n", "repeated-key"),
        ("", "sheet-not-readable"),
        ("\n\n", "sheet-not-readable"),
    ] {
        let told = folder.bulk("s.csv", text);
        assert_eq!((told.code, told.out.as_str(), times(&told.err, problem)), (1, "", 1), "{text}: {}", told.err);
    }
    let utf16: Vec<u8> = "\u{feff}unit,1:x\nA,40%\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let told = folder.bulk("s.csv", utf16);
    assert_eq!((told.code, told.out.as_str()), (1, ""));
    assert!(told.err.contains("dòng tiêu đề không phải UTF-8"), "{}", told.err);
}

#[test]
fn a_stream_without_a_record_says_so() {
    let folder = Folder::new();
    for (file, text) in [("s.csv", "unit,1:x\n"), ("s.ndjson", ""), ("s.ndjson", "\n\n")] {
        let told = folder.bulk(file, text);
        assert_eq!((told.code, told.out.as_str()), (1, ""), "{text:?}");
        assert!(told.err.contains("không có hồ sơ nào"), "{}", told.err);
    }
}

#[test]
fn a_header_that_ends_in_a_return_alone_is_refused() {
    let told = Folder::new().bulk("s.csv", "unit,1:x\rA,40%\rB,50%");
    assert_eq!((told.code, told.out.as_str(), times(&told.err, "sheet-not-readable")), (1, "", 1), "{}", told.err);
    assert!(told.err.contains("CR") && told.err.contains("CRLF"), "{}", told.err);
}

#[test]
fn a_round_with_an_error_compares_nobody_in_rank_and_in_bulk() {
    let folder = Folder::compared();
    let all = folder.run("bulk", "s.csv", "unit,1:x\nA,40%\nB,50%\n", &["--to-csv"]);
    assert!(
        all.code == 0 && all.out.contains("1,false,B,3,100.00") && all.out.contains("2,false,A,2,20.00"),
        "{}",
        all.out
    );
    for (text, units) in [
        ("unit,1:x\nA,40%\nB,50%\nA,60%\n", &["A", "B"][..]),
        ("unit,1:x\nA,abc\nA,40%\nB,50%\n", &["B"][..]),
        ("unit,1:x\nA,40%\nB,abc\nC,60%\n", &["A", "C"][..]),
    ] {
        let ranked = folder.run("rank", "s.csv", text, &["--json"]);
        let rows = ranked.json("tieuchi/ranking/1")["rows"].as_array().unwrap().clone();
        let mut of_rank: Vec<_> =
            rows.iter().map(|row| (row["unit"].clone(), row["place"].clone(), row["provisional"].clone())).collect();
        let bulk = folder.bulk("s.csv", text);
        let lines = bulk.out.lines().skip(1).map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let mut of_bulk: Vec<_> =
            lines.map(|row| (row["unit"].clone(), row["place"].clone(), row["provisional"].clone())).collect();
        of_rank.sort_by_key(|row| row.0.to_string());
        of_bulk.sort_by_key(|row| row.0.to_string());
        assert_eq!(of_rank, of_bulk, "{text}: {}", bulk.err);
        assert_eq!(
            of_bulk.iter().map(|row| row.0.as_str().unwrap()).collect::<Vec<_>>(),
            units,
            "{text}: {}",
            bulk.err
        );
        assert!(of_bulk.iter().all(|row| row.1.is_null() && row.2 == true), "{text}: {}", bulk.out);
        assert!(bulk.code == 1 && bulk.err.contains("so đơn vị với nhau") && ranked.err.contains("so đơn vị với nhau"));
    }
}

#[test]
fn a_file_of_another_kind_is_one_mistake() {
    let folder = Folder::new();
    let told = folder.bulk("s.json", "[\n{\n\"unit\": \"A\"\n}\n]\n");
    assert!(told.code != 0 && told.out.is_empty() && told.err.contains("tieuchi rank"), "{}", told.err);
    let told = folder.bulk("s.txt", "nothing\n".repeat(100));
    assert_eq!((told.code, times(&told.err, "sheet-not-readable")), (1, 20), "{}", told.err);
    assert!(told.err.contains("80"), "{}", told.err);
}

#[test]
fn names_that_differ_in_marks_alone_are_told_as_in_rank_where_no_register_is() {
    let folder = Folder::new();
    let text = "unit,1:x\nHòa An,40%\nHoà An,50%\nHOÀ AN,abc\nHoa Ấn,10%\nHòa An,60%\nLạ,1%\n";
    let (bulk, rank) = (folder.bulk("s.csv", text), folder.run("rank", "s.csv", text, &[]));
    assert_eq!((times(&rank.err, "names-alike"), times(&bulk.err, "names-alike")), (3, 3), "{}{}", rank.err, bulk.err);
    assert!(bulk.err.contains("dòng 4") && bulk.err.contains("`HOÀ AN`"), "{}", bulk.err);
    let sound = folder.bulk("s.csv", "unit,1:x\nHòa An,40%\nHoà An,50%\n");
    assert_eq!((sound.code, times(&sound.out, "\n"), times(&sound.err, "names-alike")), (0, 3, 1), "{}", sound.err);
}
