//! A table of last year's results, and what is wrong with it.

use std::fs;

use super::{Run, run};
use crate::sheet_pages::fences;
use crate::support::root;

/// A round of 2025 of three units, in a folder of its own.
struct Round(tempfile::TempDir);

impl Round {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("thu/tinh");
        fs::create_dir_all(&folder).unwrap();
        let set = "bộ tiêu chí thu/tinh \"Bộ thử\"\n  năm: 2025\n  nguồn: minh họa, \"để thử\"\n  thang điểm: 10 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: chỉ số, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\ntiêu chí 1 \"Một\": 10 điểm\n  số liệu a \"A\": tỷ lệ, không quá 100%\n  chấm theo tỷ lệ a: tỷ lệ thuận\n";
        fs::write(folder.join("2025.tieuchi"), set).unwrap();
        let sheets = "bộ tiêu chí;năm;đơn vị;1:a\nthu/tinh;2025;Quảng Ninh;90%\nthu/tinh;2025;Lào Cai;80%\nthu/tinh;2025;Hưng Yên;50%\n";
        fs::write(place.path().join("2025.csv"), sheets).unwrap();
        Self(place)
    }

    fn against(&self, table: &str, more: &[&str]) -> Run {
        let path = |name: &str| self.0.path().join(name).display().to_string();
        fs::write(path("then.csv"), table).unwrap();
        let (sheets, sets, then) = (path("2025.csv"), path(""), path("then.csv"));
        run(&[["rank", &sheets, "--rulesets", &sets, "--previous", &then].as_slice(), more].concat())
    }
}

/// The ids that a run names, each with its place.
fn told(run: &Run) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = run.err.lines().peekable();
    while let Some(line) = lines.next() {
        let id = line.split_once('[').and_then(|(_, rest)| rest.split_once("]:")).map(|(id, _)| id.to_owned());
        if let Some((id, at)) = id.zip(lines.peek()) {
            let at = at.rsplit_once("then.csv:").map_or("", |(_, at)| at);
            found.push((id, at.to_owned()));
        }
    }
    found
}

#[test]
fn what_is_wrong_with_last_years_table_is_told_where_it_stands() {
    let round = Round::new();
    for id in [
        "previous-not-earlier",
        "previous-of-other-index",
        "previous-in-points",
        "previous-year-not-used",
        "previous-off-scale",
        "previous-unit-unknown",
    ] {
        let page = fs::read_to_string(root().join(format!("docs/diagnostics/{id}.md"))).unwrap();
        let fences = fences(&page);
        assert_eq!(fences.len(), 4, "{id}");
        for (at, (_, _, table)) in fences.iter().enumerate() {
            let ids: Vec<String> = told(&round.against(table, &[])).into_iter().map(|(id, _)| id).collect();
            let expected: &[&str] = if at % 2 == 0 { &[id] } else { &[] };
            assert_eq!(ids, expected, "{id}: fence {at}");
        }
    }
    let head = "chỉ số;năm;đơn vị;kết quả;hạng\n";
    let rows = |rows: &str| round.against(&format!("{head}{rows}"), &[]);
    let one = |id: &str, at: &str| vec![(id.to_owned(), at.to_owned())];
    let high = rows("thu/tinh;2024;Lào Cai;182%;1\n");
    assert_eq!((told(&high), high.code), (one("previous-off-scale", "2:23"), 0), "{}", high.err);
    assert!(high.err.contains("của `Lào Cai` là 182%; theo bộ năm nay thì không quá 100%"), "{}", high.err);
    assert_eq!(told(&rows("thu/tinh;2024;Lào Cai;-2%;1\n")), one("previous-off-scale", "2:23"));
    let twice = rows("thu/tinh;2024;Lào Cai;80%;1\nthu/tinh;2024;Lào Cai;70%;1\n");
    assert_eq!((told(&twice), twice.code), (one("duplicate-result", "3:23"), 1), "{}", twice.err);
    assert_eq!(
        told(&rows("thu/tinh;2024;Lào Cai;80%;1\nthu/tinh;2024;Lào Cai;80%;2\n")),
        one("duplicate-result", "3:23")
    );
    // The same said twice is no question, nor where one row alone states the place.
    assert_eq!(told(&rows("thu/tinh;2024;Lào Cai;80%;1\nthu/tinh;2024;Lào Cai;80%;\n")), []);
    assert_eq!(told(&rows("thu/tinh;2024;Lào Cai;80%;1\nthu/tinh;2024;Lào Cai;80%;1\n")), []);
    let points = rows("thu/tinh;2024;Lào Cai;80;1\nthu/tinh;2024;Hưng Yên;70,5;2\n");
    assert_eq!((told(&points), points.code), (one("previous-in-points", "2:23"), 1), "{}", points.err);
    assert!(points.err.contains("(và 1 kết quả nữa)") && points.err.contains("`80%`"), "{}", points.err);
    // A unit that is gone is no mistake, nor is a name that is near to one which has its own result.
    assert_eq!(told(&rows("thu/tinh;2024;Yên Bái;80%;1\n")), []);
    assert_eq!(told(&rows("thu/tinh;2024;Lào Cai;80%;1\nthu/tinh;2024;Lào Cao;70%;2\n")), []);
}

#[test]
fn a_register_knows_every_unit_of_the_year_before() {
    let round = Round::new();
    let units = ["--units", "rulesets/vn/units"];
    let head = "chỉ số;năm;đơn vị;kết quả;hạng\n";
    let near = round.against(&format!("{head}thu/tinh;2024;Quảng Nin;80%;1\nthu/tinh;2024;Yên Bái;80%;2\n"), &units);
    assert_eq!(told(&near), [("previous-unit-unknown".to_owned(), "2:15".to_owned())], "{}", near.err);
    assert!(near.err.contains("sổ đơn vị không có đơn vị này; có phải là `Quảng Ninh`?"), "{}", near.err);
}

#[test]
fn a_table_of_results_is_spoken_of_in_its_own_words() {
    let round = Round::new();
    let told = |table: &str| round.against(table, &[]).err;
    let rows = |rows: &str| told(&format!("chỉ số;năm;đơn vị;kết quả;hạng\n{rows}"));
    for (error, words) in [
        (rows("thu/tinh;xx;Lào Cai;70%;1\n"), "`năm` là một năm, ở đây ghi `xx`"),
        (rows("thu/tinh;2024;Lào Cai;cao;1\n"), "`kết quả` là một tỷ lệ"),
        (rows("thu/tinh;2024;Lào Cai;70%;nhất\n"), "`hạng` là một hạng, từ 1, ở đây ghi `nhất`"),
        (rows("thu/tinh;;Lào Cai;;1\n"), "tệp kết quả thiếu `năm`, `kết quả`"),
        (told("chỉ số;năm;đơn vị;hạng\nthu/tinh;2024;Lào Cai;1\n"), "tệp kết quả thiếu `kết quả`"),
        (told("index,year,unit,place\nthu/tinh,2024,Lào Cai,1\n"), "tệp kết quả thiếu `result`"),
        (told("index,year,unit,result\nthu/tinh,2024,Lào Cai,high\n"), "`result` là một tỷ lệ"),
        (told("chỉ số;năm;đơn vị;kết qả\nthu/tinh;2024;Lào Cai;1%\n"), "có phải là `kết quả`?"),
    ] {
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn what_is_wrong_is_said_of_the_file_that_is_wrong() {
    let round = Round::new();
    let blames_sheets = |run: &Run| run.err.contains("có hồ sơ lỗi");
    let table = round.against("chỉ số;năm;đơn vị;kết quả\nthu/tinh;2024;Lào Cai;80\n", &[]);
    assert_eq!((table.code, blames_sheets(&table)), (1, false), "{}", table.err);
    assert!(table.err.contains("kết quả năm trước có lỗi nên không so với năm trước"), "{}", table.err);
    // The round itself is whole.
    assert!(table.out.contains("    1   Quảng Ninh") && !table.out.contains("So với năm 2024"), "{}", table.out);
    let missing = round.against("", &["--previous", "nowhere.csv"]);
    assert!(missing.err.contains("không đọc được nowhere.csv"), "{}", missing.err);
    assert_eq!((missing.code, blames_sheets(&missing)), (3, false), "{}", missing.err);
    let sound = "chỉ số;năm;đơn vị;kết quả\nthu/tinh;2024;Lào Cai;80%\n";
    let path = |name: &str| round.0.path().join(name).display().to_string();
    fs::write(path("units.csv"), "mã,tên,từ ngày\n1,Quảng Ninh,hôm qua\n").unwrap();
    let register = round.against(sound, &["--units", &path("units.csv")]);
    assert_eq!((register.code, blames_sheets(&register)), (1, false), "{}", register.err);
    assert!(register.err.contains("hồ sơ không lỗi, tệp đi kèm có lỗi ("), "{}", register.err);
    assert!(register.err.contains("units.csv); bảng dưới đây chưa phải kết quả của đợt"), "{}", register.err);
    fs::write(path("2024.csv"), "bộ tiêu chí;năm;đơn vị;9:x\nthu/tinh;2025;Lào Cai;1\n").unwrap();
    let sheets = round.against(sound, &["--previous-sheets", &path("2024.csv")]);
    assert_eq!((sheets.code, blames_sheets(&sheets)), (1, false), "{}", sheets.err);
    assert!(sheets.err.contains("không so với năm trước, không tách chênh lệch"), "{}", sheets.err);
    // And where a sheet is wrong, that is said, and that nothing is compared.
    fs::write(path("2025.csv"), "bộ tiêu chí;năm;đơn vị;1:a\nthu/tinh;2025;Lào Cai;101%\n").unwrap();
    let own = round.against(sound, &["--previous-sheets", &path("2024.csv")]);
    assert!(blames_sheets(&own) && own.err.contains("đợt này còn lỗi nên chưa so với hồ sơ năm trước"), "{}", own.err);
}
