//! `rank` against the year before: areas, units that were merged, and the change taken apart.

use std::fs;

use super::run;

/// A set of two areas for a year; the later one makes the second area worth more.
fn set(year: u16, second: u16) -> String {
    format!(
        "bộ tiêu chí thu/tinh \"Bộ thử\"\n  năm: {year}\n  căn cứ: \"{year}/QĐ\"\n  nguồn: minh họa, \"để thử\"\n  thang điểm: {} điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: chỉ số, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\nlĩnh vực 1 \"Một\": 10 điểm\n\ntiêu chí 1.1 \"Một một\": 10 điểm\n  số liệu a \"A\": tỷ lệ, không quá 100%\n  chấm theo tỷ lệ a: tỷ lệ thuận\n\nlĩnh vực 2 \"Hai\": {second} điểm\n\ntiêu chí 2.1 \"Hai một\": {second} điểm\n  số liệu b \"B\": tỷ lệ, không quá 100%\n  chấm theo tỷ lệ b: tỷ lệ thuận\n",
        10 + second
    )
}

/// A place with the sets and sheets of 2024 and 2025.
struct Place(tempfile::TempDir);

impl Place {
    fn new(before: &str, now: &str, extends: bool) -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("thu/tinh");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("2024.tieuchi"), set(2024, 10)).unwrap();
        let later = if extends {
            "bộ tiêu chí thu/tinh \"Bộ thử\"\n  năm: 2025\n  kế thừa: thu/tinh năm 2024\n  căn cứ: \"2025/QĐ\"\n  thang điểm: 40 điểm\n\nsửa lĩnh vực 2: 30 điểm\n\nsửa tiêu chí 2.1: 30 điểm\n".to_owned()
        } else {
            set(2025, 30)
        };
        fs::write(folder.join("2025.tieuchi"), later).unwrap();
        let head = "bộ tiêu chí;năm;đơn vị;1.1:a;2.1:b\n";
        fs::write(place.path().join("2024.csv"), format!("{head}{before}")).unwrap();
        fs::write(place.path().join("2025.csv"), format!("{head}{now}")).unwrap();
        Self(place)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn rank(&self, more: &[&str]) -> super::Run {
        let (sheets, sets) = (self.path("2025.csv"), self.path(""));
        let mut arguments = vec!["rank", &sheets, "--rulesets", &sets];
        arguments.extend(more);
        run(&arguments)
    }
}

const BEFORE: &str =
    "thu/tinh;2024;Quảng Ninh;80%;60%\nthu/tinh;2024;Lào Cai;90%;90%\nthu/tinh;2024;Hưng Yên;50%;50%\n";
const NOW: &str = "thu/tinh;2025;Quảng Ninh;90%;60%\nthu/tinh;2025;Lào Cai;90%;90%\n";

#[test]
fn areas_are_held_against_what_they_were() {
    let place = Place::new(BEFORE, NOW, true);
    let results = run(&["rank", &place.path("2024.csv"), "--rulesets", &place.path(""), "--json"]);
    fs::write(place.path("2024.json"), &results.out).unwrap();
    let ranking = place.rank(&["--previous", &place.path("2024.json"), "--json"]).json("tieuchi/ranking/1");
    let row = &ranking["changes"]["rows"][1];
    assert_eq!((&row["unit"], &row["by"]["exact"]), (&"Quảng Ninh".into(), &"-2.5".into()));
    assert_eq!(row["parts"][0]["by"]["exact"], "10");
    assert_eq!((&row["parts"][1]["code"], &row["parts"][1]["by"]["exact"]), (&"2".into(), &"0".into()));
    assert_eq!(ranking["changes"]["comparable"], "no");
    assert!(ranking["splits"].is_null(), "results alone say nothing of the rules");
    // A set that says nothing of where its heads come from, on another decision: no area is compared.
    let alone = Place::new(BEFORE, NOW, false);
    let ranking = alone.rank(&["--previous", &place.path("2024.json"), "--json"]).json("tieuchi/ranking/1");
    assert!(ranking["changes"]["rows"][1]["parts"][0]["by"].is_null());
    assert_eq!(ranking["changes"]["rows"][1]["by"]["exact"], "-2.5");
}

#[test]
fn sheets_of_the_year_before_say_the_same_and_take_the_change_apart() {
    let place = Place::new(BEFORE, NOW, true);
    let results = run(&["rank", &place.path("2024.csv"), "--rulesets", &place.path(""), "--json"]);
    fs::write(place.path("2024.json"), &results.out).unwrap();
    let published = place.rank(&["--previous", &place.path("2024.json"), "--json"]).json("tieuchi/ranking/1");
    let own = place.rank(&["--previous-sheets", &place.path("2024.csv"), "--json"]).json("tieuchi/ranking/1");
    assert_eq!(published["changes"], own["changes"]);
    let split = &own["splits"]["units"][1]["split"];
    // (80 + 60)/2 = 70; by the weights of 2025 (80 + 3 · 60)/4 = 65; now 67,5.
    let exact = |part: &str| split[part]["exact"].as_str().unwrap().to_owned();
    assert_eq!(
        ["performance", "rules", "not_comparable", "rounding", "by"].map(exact),
        ["2.5", "-5", "0", "0", "-2.5"]
    );
    let other = |part: &str| split["other_order"][part]["exact"].as_str().unwrap().to_owned();
    assert_eq!(["performance", "rules"].map(other), ["5", "-7.5"]);
    assert_eq!(split["mean"]["performance"]["exact"], "3.75");
    let leaf = &split["leaves"][1];
    assert_eq!([&leaf["points_before"], &leaf["points_crossed"], &leaf["points"]], ["6", "18", "18"]);
    let text = place.rank(&["--previous-sheets", &place.path("2024.csv"), "--explain", "Quảng Ninh"]);
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    let shown = |out: &str| out.replace(&place.path(""), "");
    insta::assert_snapshot!("split_in_vietnamese", shown(&text.out));
    let english =
        place.rank(&["--previous-sheets", &place.path("2024.csv"), "--explain", "Quảng Ninh", "--lang", "en"]);
    insta::assert_snapshot!("split_in_english", shown(&english.out));
    let table = place.rank(&["--previous-sheets", &place.path("2024.csv"), "--split-csv"]);
    insta::assert_snapshot!("split_as_csv", table.out);
    let lines: Vec<usize> = table.out.lines().map(|line| line.matches(',').count()).collect();
    assert!(lines.iter().all(|commas| *commas == lines[0]), "{}", table.out);
}

#[test]
fn without_lineage_nothing_is_scored_across() {
    let place = Place::new(BEFORE, NOW, false);
    let split = place.rank(&["--previous-sheets", &place.path("2024.csv"), "--json"]).json("tieuchi/ranking/1");
    let split = &split["splits"]["units"][1]["split"];
    assert_eq!(
        [&split["performance"]["exact"], &split["rules"]["exact"], &split["not_comparable"]["exact"]],
        ["0", "0", "-2.5"]
    );
    assert_eq!(split["leaves"][0]["why"]["by"], "unknown");
}

#[test]
fn a_merged_unit_is_compared_with_none_and_a_lone_heir_with_its_predecessor() {
    // Lào Cai of 2025 is Lào Cai and Yên Bái of before; Huế is Thừa Thiên Huế alone; Quảng Ninh stayed.
    let before = format!("{BEFORE}thu/tinh;2024;Thừa Thiên Huế;70%;70%\n");
    let now = format!("{NOW}thu/tinh;2025;Huế;80%;70%\n");
    let place = Place::new(&before, &now, true);
    let units = ["--units", "rulesets/vn/units"];
    let sets = place.path("");
    let results = run(&[["rank", &place.path("2024.csv"), "--rulesets", &sets, "--json"].as_slice(), &units].concat());
    fs::write(place.path("2024.json"), &results.out).unwrap();
    for (how, file) in [("--previous", "2024.json"), ("--previous-sheets", "2024.csv")] {
        let file = place.path(file);
        let ranking = place.rank(&[[how, &file, "--json"].as_slice(), &units].concat()).json("tieuchi/ranking/1");
        let rows = ranking["changes"]["rows"].as_array().unwrap();
        let by = |unit: &str| &rows.iter().find(|row| row["unit"] == unit).unwrap()["by"]["exact"];
        assert_eq!(by("Huế"), "2.5", "{how}");
        assert_eq!(by("Quảng Ninh"), "-2.5", "{how}");
        assert!(by("Lào Cai").is_null(), "{how}: another province has the name now");
        assert_eq!(ranking["changes"]["means"]["units_before"], 4, "{how}: the mean of then is of all units of then");
    }
    let split = place.rank(&[["--previous-sheets", &place.path("2024.csv"), "--json"].as_slice(), &units].concat());
    let split = split.json("tieuchi/ranking/1");
    let unit = |name: &str| {
        split["splits"]["units"].as_array().unwrap().iter().find(|unit| unit["unit"] == name).unwrap().clone()
    };
    assert_eq!(unit("Lào Cai")["not_split"], "merged", "it has a sheet of its name, and is another unit");
    assert_eq!(unit("Lào Cai")["units_before"], serde_json::json!(["Lào Cai", "Yên Bái"]));
    let told = place.rank(&[["--previous-sheets", &place.path("2024.csv")].as_slice(), &units].concat());
    assert!(told.out.contains("không tách: Lào Cai, năm 2024 là nhiều đơn vị: Lào Cai; Yên Bái"), "{}", told.out);
    assert_eq!(unit("Huế")["split"]["performance"]["exact"], "2.5");
}

#[test]
fn sheets_that_are_not_of_the_year_before_are_refused() {
    let place = Place::new(BEFORE, NOW, true);
    let same = place.rank(&["--previous-sheets", &place.path("2025.csv")]);
    assert_eq!(same.code, 1);
    assert!(same.err.contains("thu/tinh 2025") && same.out.contains("Quảng Ninh"), "{}", same.err);
    let none = place.rank(&["--previous-ruleset", "x"]);
    assert_eq!(none.code, 2);
    let lost = place.rank(&["--previous-sheets", &place.path("2023.csv")]);
    assert_eq!(lost.code, 3, "{}", lost.err);
    fs::write(place.path("broken.csv"), "bộ tiêu chí;năm;đơn vị;9.9:x\nthu/tinh;2024;Quảng Ninh;1\n").unwrap();
    let broken = place.rank(&["--previous-sheets", &place.path("broken.csv"), "--split-csv"]);
    assert!(broken.code == 1 && broken.out.is_empty() && broken.err.contains("9.9"), "{}", broken.err);
    let broken = place.rank(&["--previous-sheets", &place.path("broken.csv"), "--json"]);
    assert_eq!(broken.code, 1);
    let found = broken.json("tieuchi/ranking/1")["findings"].clone();
    let found: Vec<_> = found.as_array().unwrap().iter().map(|one| (&one["code"], &one["file"])).collect();
    assert!(
        found.iter().any(|(code, file)| *code == "unknown-leaf" && file.as_str().unwrap().ends_with("broken.csv")),
        "{found:?}"
    );
}

#[test]
fn units_whose_names_differ_in_marks_alone_are_not_mixed_up() {
    let before = "thu/tinh;2024;Xã Đông Hải;80%;60%\nthu/tinh;2024;Xã Đồng Hải;20%;20%\nthu/tinh;2024;Hoà An;50%;50%\n";
    let now = "thu/tinh;2025;Xã Đông Hải;90%;60%\nthu/tinh;2025;Xã Đồng Hải;30%;20%\nthu/tinh;2025;Hòa An;50%;50%\n";
    let place = Place::new(before, now, true);
    let then = place.path("2024.csv");
    let told = place.rank(&["--previous-sheets", &then, "--json"]).json("tieuchi/ranking/1");
    let rows = told["changes"]["rows"].as_array().unwrap();
    let was = |unit: &str| rows.iter().find(|row| row["unit"] == unit).unwrap()["percent_before"]["exact"].clone();
    assert_eq!((was("Xã Đông Hải"), was("Xã Đồng Hải"), was("Hòa An")), ("70".into(), "20".into(), "50".into()));
    let units = told["splits"]["units"].as_array().unwrap();
    let split = |unit: &str| {
        units.iter().find(|split| split["unit"] == unit).unwrap()["split"]["percent_before"]["exact"].clone()
    };
    assert_eq!((split("Xã Đông Hải"), split("Xã Đồng Hải")), ("70".into(), "20".into()), "{units:?}");
}

#[test]
fn what_last_years_results_are_labelled_with_stands_above_what_is_held_against_them() {
    let place = Place::new(BEFORE, NOW, false);
    let label = "KẾT QUẢ NĂM 2024: DỰNG LẠI, không phải văn bản chính thức: theo báo";
    let set = fs::read_to_string(place.path("thu/tinh/2024.tieuchi")).unwrap();
    fs::write(place.path("thu/tinh/2024.tieuchi"), set.replace("minh họa, \"để thử\"", "dựng lại, \"theo báo\""))
        .unwrap();
    let before = run(&["rank", &place.path("2024.csv"), "--rulesets", &place.path(""), "--json"]);
    fs::write(place.path("2024.json"), &before.out).unwrap();
    for more in [["--previous", "2024.json"], ["--previous-sheets", "2024.csv"]] {
        let (kind, file) = (more[0], place.path(more[1]));
        for told in [place.rank(&[kind, &file]), place.rank(&[kind, &file, "--json"])] {
            assert_eq!(told.out.matches(label).count(), 1, "{kind}: {}{}", told.out, told.err);
        }
    }
    let table = "chỉ số;năm;đơn vị;kết quả;nhãn\nthu/tinh;2024;Lào Cai;80%;theo báo, chưa kiểm\n";
    fs::write(place.path("bang.csv"), table).unwrap();
    let told = place.rank(&["--previous", &place.path("bang.csv")]);
    assert!(told.out.contains("KẾT QUẢ NĂM 2024: theo báo, chưa kiểm"), "{}{}", told.out, told.err);
}

/// A set of two heads, in an order; `more` stands below the year, and each head says what it takes the place of.
fn of_two(year: &str, more: &str, codes: [&str; 2], was: [&str; 2]) -> String {
    let head = |at: usize, name: &str| {
        format!(
            "\n\ntiêu chí {} \"{name}\": 2 điểm\n{}  chấm theo điểm nhập, do \"x\"",
            codes[at],
            if was[at].is_empty() { String::new() } else { format!("  thay cho {} của năm 2022\n", was[at]) }
        )
    };
    format!(
        "bộ tiêu chí mh/t \"Bộ\"\n  năm: {year}\n{more}  nguồn: minh họa, \"thử\"\n  thang điểm: 4 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn{}{}\n",
        head(0, "Kế hoạch"),
        head(1, "Kiểm tra")
    )
}

#[test]
fn codes_of_a_year_are_those_of_its_newest_edition() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).display().to_string();
    fs::create_dir_all(path("mh/t")).unwrap();
    let first = "  căn cứ: \"01/QĐ\", ngày 10/01/2022\n";
    let second = "  lần ban hành: 2\n  thay thế: lần ban hành 1, từ 31/10/2022\n  căn cứ: \"02/QĐ\", ngày 10/10/2022\n";
    let third = "  căn cứ: \"03/QĐ\", ngày 10/01/2023\n";
    fs::write(path("mh/t/2022.tieuchi"), of_two("2022", first, ["1", "2"], ["", ""])).unwrap();
    fs::write(path("mh/t/2022-2.tieuchi"), of_two("2022", second, ["2", "1"], ["", ""])).unwrap();
    fs::write(path("mh/t/2023.tieuchi"), of_two("2023", third, ["1", "2"], ["2", "1"])).unwrap();
    fs::write(path("x.csv"), "ruleset;year;unit;1;2\nmh/t;2023;X;1;2\n").unwrap();
    for (year, code, told) in [("2022-1", 2, "lần 2"), ("2022-2", 0, "mã 2 → 1")] {
        let file = if year == "2022-1" { "mh/t/2022.tieuchi" } else { "mh/t/2022-2.tieuchi" };
        let shown = run(&["show", &path("mh/t/2023.tieuchi"), "--against", &path(file)]);
        assert_eq!(shown.code, code, "{year}: {}{}", shown.out, shown.err);
        assert!(format!("{}{}", shown.out, shown.err).contains(told), "{year}: {}{}", shown.out, shown.err);
        fs::write(path("y.csv"), format!("ruleset;year;unit;1;2\nmh/t;{year};X;1;2\n")).unwrap();
        let ranked = run(&["rank", &path("x.csv"), "--rulesets", &path(""), "--previous-sheets", &path("y.csv")]);
        assert_eq!(ranked.code == 0, code == 0, "{year}: {}{}", ranked.out, ranked.err);
        assert!(code == 0 || ranked.err.contains(told), "{year}: {}{}", ranked.out, ranked.err);
    }
}

#[test]
fn counts_that_no_head_stated_are_told_in_words() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).display().to_string();
    let header = |year: u16| {
        format!(
            "bộ tiêu chí mh/t \"Bộ\"\n  năm: {year}\n  nguồn: minh họa, \"thử\"\n  thang điểm: 2 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\n"
        )
    };
    let form = "  chấm theo điểm nhập, do \"x\"\n\n";
    let area = |code: u8, counts: &str| {
        format!("lĩnh vực {code} \"L{code}\": 1 điểm\n{counts}\ntiêu chí {code}.1 \"A\": 1 điểm\n{form}")
    };
    let joined = format!(
        "lĩnh vực 1 \"Gộp\": 2 điểm\n  thay cho 1; 2 của năm 2022\n  gồm: 2 tiêu chí\n\ntiêu chí 1.1 \"A\": 1 điểm\n  thay cho 1.1 của năm 2022\n{form}tiêu chí 1.2 \"B\": 1 điểm\n  thay cho 2.1 của năm 2022\n{form}"
    );
    fs::write(path("2023.tieuchi"), format!("{}{joined}", header(2023))).unwrap();
    for (counts, told) in [("", "số mục không nêu → 2"), ("  gồm: 1 tiêu chí\n", "số mục 1 tiêu chí + không nêu → 2")]
    {
        fs::write(path("2022.tieuchi"), format!("{}{}{}", header(2022), area(1, counts), area(2, ""))).unwrap();
        let shown = run(&["show", &path("2023.tieuchi"), "--against", &path("2022.tieuchi")]);
        assert!(shown.out.contains(told), "{}{}", shown.out, shown.err);
    }
}
