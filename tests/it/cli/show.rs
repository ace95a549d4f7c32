//! `show`: the set as an appendix.

use super::{DESK, run};

#[test]
fn a_head_is_printed_with_what_lies_below_it() {
    let own = run(&["show", "example/service-desk/2025", "1.1"]);
    assert_eq!((own.code, own.err.as_str()), (0, ""));
    insta::assert_snapshot!("show_in_english", own.out);
    insta::assert_snapshot!("show_in_vietnamese", run(&["show", DESK, "1.1", "--lang", "vi"]).out);
}

#[test]
fn the_appendix_in_json_has_every_head() {
    let run = run(&["show", DESK, "--json"]);
    let appendix = run.json("tieuchi/appendix/1");
    let heads = appendix["heads"].as_array().unwrap();
    assert_eq!(heads.len(), 9);
    assert_eq!(heads[1]["parent"], "1");
    assert_eq!(heads[1]["scoring"], "rate");
    assert_eq!(heads[1]["weight_percent"], "40");
}

#[test]
fn a_folder_of_several_sets_names_none() {
    let run = run(&["show", "rulesets"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nhiều bộ tiêu chí"));
}

#[test]
fn the_findings_of_a_broken_set_are_its_result_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.tieuchi");
    std::fs::write(&path, std::fs::read_to_string(DESK).unwrap().replacen("year: 2025", "year: soon", 1)).unwrap();
    let path = path.display().to_string();
    let run_json = run(&["show", &path, "--json"]);
    assert_eq!(run_json.code, 1);
    let findings = run_json.json("tieuchi/diagnostics/1");
    assert!(findings["findings"].as_array().unwrap().iter().any(|finding| finding["severity"] == "error"));
    let told = run(&["show", &path]);
    assert!(told.out.is_empty() && told.err.contains("error["), "{}", told.err);
}

#[test]
fn the_appendix_tells_where_the_numbers_of_each_head_come_from() {
    let shown = run(&["show", "vn/ca-mau/cchc/2013"]).out;
    let (_, sources) = shown.split_once("nguồn của từng mục:\n").unwrap();
    assert!(sources.contains("  1.1.4: chính thức: phụ lục, mục 1.1.4, 2 điểm: "), "{sources}");
    assert!(sources.contains("  1.1.4: dựng lại: cách hiểu của người chép"), "{sources}");
    let parameters = run(&["show", "rulesets/example/cap-xa-hai-cap/2025.tieuchi", "--json"])
        .json("tieuchi/appendix/1")["parameters"]
        .clone();
    assert_eq!(
        parameters,
        serde_json::json!([{"name": "chỉ_tiêu_trực_tuyến", "label": "Chỉ tiêu hồ sơ trực tuyến", "value": "60", "unit": "percent"}])
    );
    let json = run(&["show", "vn/ca-mau/cchc/2013", "1.1.4", "--json"]).json("tieuchi/appendix/1");
    let of_leaf = json["heads"][0]["sources"].as_array().unwrap();
    let kinds: Vec<&str> = of_leaf.iter().map(|source| source["source"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["official", "reconstructed"]);
    // Heads that say the same stand in one line, neighbours drawn together.
    let frame = run(&["show", "vn/par-index/tinh/2017", "--lang", "en"]).out;
    assert!(frame.contains("sources by head:\n  1–8: reconstructed: "), "{frame}");
    // Of one head alone, what a head above says; what the set says opens the output.
    let alone = run(&["show", "example/hai-long/2026", "1.1"]).out;
    assert!(!alone.contains("nguồn của từng mục"), "{alone}");
}

#[test]
fn a_set_is_held_against_an_earlier_one_as_far_as_lineage_tells() {
    for (new, old) in [("2020", "2017"), ("2022", "2021"), ("2023", "2022"), ("2024", "2023")] {
        let (new, old) = (format!("vn/par-index/tinh/{new}"), format!("vn/par-index/tinh/{old}"));
        let told = run(&["show", &new, "--against", &old]);
        assert_eq!((told.code, told.err.as_str()), (0, ""));
        let years = format!("against_{}_{}", &new[new.len() - 4..], &old[old.len() - 4..]);
        insta::assert_snapshot!(years, told.out);
    }
    let against = run(&["show", "vn/par-index/tinh/2023", "--against", "vn/par-index/tinh/2022", "--json"]);
    let not_listed = &against.json("tieuchi/against/1")["not_listed"];
    assert_eq!(*not_listed, serde_json::json!(["sources", "examples"]));
    let same = run(&["show", "vn/par-index/tinh/2021", "--against", "vn/par-index/tinh/2020"]).out;
    assert!(same.contains(":\n  không thấy khác ở những dòng đem so; hai văn bản khác nhau"), "{same}");
    // What two sets of different chains are to each other, nobody says: nothing is called new or gone.
    let other = run(&["show", "vn/hue/cchc-xa/2021", "--against", "vn/par-index/bo/2012", "--json"]);
    let json = other.json("tieuchi/against/1");
    let became: Vec<_> =
        json["differences"].as_array().unwrap().iter().map(|one| one["became"].as_str().unwrap()).collect();
    assert!(became.contains(&"unlinked") && !became.contains(&"added") && !became.contains(&"gone"), "{json}");
    // A head taken out, and one under another code.
    let guide = "docs/guides/vi-du/cchc-xa";
    let told =
        run(&["show", &format!("{guide}/2027.tieuchi"), "--against", &format!("{guide}/2026.tieuchi"), "--lang", "en"])
            .out;
    assert!(told.contains("  gone 2.3 Kinh phí bố trí cho CCHC, 1 points\n"), "{told}");
    assert!(told.contains("code 2.5 → 2.4"), "{told}");
    assert!(told.contains("points 1 → 2"), "{told}");
}

/// Each the text that stands and what takes its place.
type Mends = &'static [(&'static str, &'static str)];

/// An area, and the same that says again what its set stands on.
const AREA: &str = "lĩnh vực 2 \"Giải quyết thủ tục hành chính\": 12 điểm\n";
const SAID: &str = "lĩnh vực 2 \"Giải quyết thủ tục hành chính\": 12 điểm\n  nguồn: minh họa, \"Mã, điểm và mức do tài liệu đặt; câu chữ 1.1 mượn 1880/QĐ-UBND (Cà Mau, 2013), 1.2 mượn bộ cấp xã Đồng Nai 2022\"\n";

/// What a set says otherwise than itself, once some of its text is another.
fn mended(set: &str, mends: Mends) -> String {
    let written = std::fs::read_to_string(set).unwrap();
    // Its tests would fail.
    let before = format!("{}\n", written.split("\nkiểm thử").next().unwrap());
    let mut text = before.clone();
    for (from, to) in mends {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mended.tieuchi");
    std::fs::write(&path, text).unwrap();
    let set = folder.path().join("set.tieuchi");
    std::fs::write(&set, before).unwrap();
    let (path, set) = (path.display().to_string(), set.display().to_string());
    let told = run(&["show", &path, "--against", &set, "--lang", "vi"]);
    assert_eq!((told.code, told.err.as_str()), (0, ""), "{mends:?}");
    told.out
}

#[test]
fn every_rule_that_is_written_otherwise_is_told() {
    let guide = "docs/guides/vi-du/cchc-xa/2026.tieuchi";
    let survey = "rulesets/example/hai-long/2026.tieuchi";
    let cases: &[(&str, Mends, &[&str])] = &[
        (
            DESK,
            &[("weight 55%", "weight 50%"), ("weight 45%", "weight 50%")],
            &[
                "đổi 1 Speed and readiness: “lĩnh vực 1 \"Speed and readiness\": 100 điểm, trọng số 55%” → “",
                "trọng số 50%”",
            ],
        ),
        (
            guide,
            &[("\"nhiệm vụ\", ít nhất 1", "\"nhiệm vụ\", ít nhất 5")],
            &["đổi 1.1.4 ", "ít nhất 1” → “", "ít nhất 5”"],
        ),
        (guide, &[("\"triệu đồng\"", "\"tỷ đồng\"")], &["đổi 2.3 ", "\"triệu đồng\"", "\"tỷ đồng\""]),
        (
            guide,
            &[("    bằng 0: 0 điểm\n", "    bằng 0: 0 điểm\n  thiếu số liệu: 0 điểm\n")],
            &["đổi 1.3 Sáng kiến CCHC: không nêu → “thiếu số liệu: 0 điểm”\n"],
        ),
        (
            guide,
            &[("\"không ban hành\"\n", "\"không ban hành\"; \"chưa rõ\"\n")],
            &["đổi 1.1.1 ", "\"không ban hành\"” → “", "; \"chưa rõ\"”"],
        ),
        (
            guide,
            &[("CCHC\": 8 điểm\n", "CCHC\": 8 điểm\n  cơ quan chủ trì: \"Phòng Nội vụ\"\n")],
            &["đổi 1 Công tác chỉ đạo, điều hành CCHC: không nêu → “cơ quan chủ trì: \"Phòng Nội vụ\"”\n"],
        ),
        (
            guide,
            &[("CCHC\": 8 điểm\n", "CCHC\": 8 điểm\n  cách tổng hợp: thấp nhất\n")],
            &["đổi 1 Công tác chỉ đạo, điều hành CCHC: không nêu → “cách tổng hợp: thấp nhất”\n"],
        ),
        (
            guide,
            &[("\n\nmẫu", "\n  kỳ đánh giá: từ 01/01/2026 đến hết 31/12/2026\n\nmẫu")],
            &["phần đầu: kỳ đánh giá: từ 01/01/2026 đến hết 31/12/2026\n"],
        ),
        (
            guide,
            &[(
                "Mức độ thực hiện kế hoạch CCHC\": 2 điểm",
                "Mức độ thực hiện kế hoạch CCHC\": 2 điểm, thấp nhất trừ 0,25 điểm",
            )],
            &["đổi 1.1.4 ", ": 2 điểm” → “", ": 2 điểm, thấp nhất trừ 0,25 điểm”"],
        ),
        (survey, &[("\"Hài lòng\" 75%", "\"Hài lòng\" 80%")], &["đổi phiếu dân: “phương án: ", "75%", "80%"]),
        (
            survey,
            &[("ít nhất 30 phiếu", "ít nhất 40 phiếu")],
            &["đổi phiếu dân: ", "ít nhất 30 phiếu” → “", "ít nhất 40 phiếu”"],
        ),
        (
            survey,
            &[("trọng số 45%", "trọng số 40%"), ("trọng số 30%", "trọng số 35%")],
            &["đổi phiếu cán_bộ: “nhóm trả lời hđnd ", "trọng số 40%, ít nhất 10 phiếu”; “nhóm trả lời lãnh_đạo "],
        ),
        (
            survey,
            &[("thiếu nhóm: chia lại trọng số", "thiếu nhóm: chưa chấm")],
            &["đổi phiếu cán_bộ: “thiếu nhóm: chia lại trọng số” → “thiếu nhóm: chưa chấm”\n"],
        ),
    ];
    for (set, mends, told) in cases {
        let out = mended(set, mends);
        for words in *told {
            assert!(out.contains(words), "{mends:?}: {words} not in {out}");
        }
        assert!(!out.contains("không liệt kê"), "{out}");
    }
    // What is no rule is not listed, and yet the texts are not called the same.
    let sources = mended(guide, &[("mượn bộ cấp xã", "lấy từ bộ cấp xã")]);
    assert!(sources.contains("hai văn bản khác nhau ở những dòng không liệt kê ở đây"), "{sources}");
    // Nor where something else is listed.
    let both = mended(guide, &[("mượn bộ cấp xã", "lấy từ bộ cấp xã"), ("\"triệu đồng\"", "\"tỷ đồng\"")]);
    assert!(both.contains("  không liệt kê ở đây, cũng khác: nguồn\n") && both.contains("\"tỷ đồng\""), "{both}");
    // A head that says the same again is from where it was.
    let again = mended(guide, &[(AREA, SAID), ("\"triệu đồng\"", "\"tỷ đồng\"")]);
    assert!(!again.contains("không liệt kê ở đây") && again.contains("\"tỷ đồng\""), "{again}");
    let line =
        mended(guide, &[("đơn vị tính \"triệu đồng\"", "đơn vị tính \"tỷ đồng\", nguồn dựng lại, \"cách hiểu\"")]);
    assert!(line.contains("  không liệt kê ở đây, cũng khác: nguồn\n") && line.contains("\"tỷ đồng\""), "{line}");
}

/// A set of a year, on a decision of its own, with what stands below the header.
fn of_year(year: u16, decision: &str, more: &str, heads: &str) -> String {
    let frame = if more.contains("khung") {
        ""
    } else {
        "  thiếu số liệu: chưa chấm\n  làm tròn: chỉ số, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n"
    };
    format!(
        "bộ tiêu chí thu/tinh \"Bộ thử\"\n  năm: {year}\n  căn cứ: \"{decision}\"\n  nguồn: minh họa, \"để thử\"\n  thang điểm: 10 điểm\n{frame}{more}\n{heads}"
    )
}

/// The sets of 2024 and 2025 held against each other, in a place of their own.
fn of_two_years(before: &str, now: &str) -> (tempfile::TempDir, String) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("thu/tinh");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("2024.tieuchi"), before).unwrap();
    std::fs::write(folder.join("2025.tieuchi"), now).unwrap();
    let sets = place.path().display().to_string();
    let told = run(&["show", "thu/tinh/2025", "--against", "thu/tinh/2024", "--rulesets", &sets]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    (place, told.out)
}

#[test]
fn the_same_heads_are_compared_in_a_set_and_in_its_round() {
    let heads = "tiêu chí 1 \"Một\": 4 điểm\n  số liệu a \"A\": tỷ lệ, không quá 100%\n  chấm theo tỷ lệ a: tỷ lệ thuận\n\ntiêu chí 2 \"Hai\": 6 điểm\n  số liệu b \"B\": tỷ lệ, không quá 100%\n  chấm theo tỷ lệ b: tỷ lệ thuận\n";
    let turned = heads.replace("4 điểm", "x điểm").replace("6 điểm", "4 điểm").replace("x điểm", "6 điểm");
    for (decision, paired) in [("1/QĐ", true), ("2/QĐ", false)] {
        let (place, told) = of_two_years(&of_year(2024, "1/QĐ", "", heads), &of_year(2025, decision, "", &turned));
        assert_eq!(told.contains("  đổi 1 Một: điểm 4 → 6\n"), paired, "{told}");
        assert_eq!(
            told.contains("hai bộ cùng căn cứ 1/QĐ: mục nào không ghi kế tục mục nào thì so với mục cùng mã"),
            paired
        );
        assert_eq!(told.contains("không bộ nào nói mục nào của bộ kia, nên không so"), !paired, "{told}");
        let sets = place.path().display().to_string();
        let json = run(&["show", "thu/tinh/2025", "--against", "thu/tinh/2024", "--rulesets", &sets, "--json"]);
        let notes = json.json("tieuchi/against/1")["notes"].clone();
        assert_eq!(
            notes[0].as_str().is_some_and(|note| note.starts_with("hai bộ cùng căn cứ 1/QĐ")),
            paired,
            "{notes}"
        );
        let path = |name: &str| place.path().join(name).display().to_string();
        for year in ["2024", "2025"] {
            let sheet = format!("bộ tiêu chí;năm;đơn vị;1:a;2:b\nthu/tinh;{year};Xã A;50%;100%\n");
            std::fs::write(path(&format!("{year}.csv")), sheet).unwrap();
        }
        let (sheets, before, sets) = (path("2025.csv"), path("2024.csv"), path(""));
        let ranked = run(&["rank", &sheets, "--rulesets", &sets, "--previous-sheets", &before, "--json"]);
        let split = ranked.json("tieuchi/ranking/1")["splits"]["units"][0]["split"].clone();
        assert_eq!(split["leaves"][0]["why"]["by"], if paired { serde_json::Value::Null } else { "unknown".into() });
    }
}

#[test]
fn what_a_frame_does_not_say_is_no_change() {
    let whole = of_year(
        2025,
        "1/QĐ",
        "  kỳ đánh giá: từ 01/01/2025 đến hết 31/12/2025\n",
        "lĩnh vực 1 \"Một\": 10 điểm\n  cơ quan chủ trì: \"Sở Nội vụ\"\n\ntiêu chí 1.1 \"Một một\": 10 điểm\n  số liệu a \"A\": tỷ lệ, không quá 100%\n  minh chứng: \"Báo cáo\"\n  thiếu minh chứng: phải giải trình\n  chấm theo tỷ lệ a: tỷ lệ thuận\n",
    );
    let frame = of_year(2024, "1/QĐ", "  khung: \"chỉ biết tên\"\n", "lĩnh vực 1 \"Một\"\n");
    let (_place, told) = of_two_years(&frame, &whole);
    for unsaid in ["không nêu →", "→ không nêu", "thêm", "kỳ đánh giá", "xếp hạng", "chủ trì"] {
        assert!(!told.contains(unsaid), "{unsaid} in {told}");
    }
    assert!(
        told.contains("  thu/tinh 2025 1.1: thu/tinh 2024 là khung, không nêu hết các mục, nên không so\n"),
        "{told}"
    );
    assert!(told.contains("  thu/tinh 2024 1: khung chưa rõ mấy điểm, nên không so điểm\n"), "{told}");
    assert!(told.contains("  thu/tinh 2024 là khung: dòng nào khung không nêu thì không biết có đổi không"), "{told}");
    // And the other way round: nothing of it is called gone.
    let (_place, told) = of_two_years(&whole.replace("2025", "2024"), &frame.replace("2024", "2025"));
    for unsaid in ["không nêu →", "→ không nêu", "không còn", "kỳ đánh giá", "chủ trì"] {
        assert!(!told.contains(unsaid), "{unsaid} in {told}");
    }
    assert!(
        told.contains("  thu/tinh 2024 1.1: thu/tinh 2025 là khung, không nêu hết các mục, nên không so\n"),
        "{told}"
    );
}

#[test]
fn one_set_and_a_later_one_are_not_held_against() {
    let turned = run(&["show", "vn/par-index/tinh/2022", "--against", "vn/par-index/tinh/2023"]);
    assert_eq!((turned.code, turned.out.as_str()), (2, ""));
    assert!(
        turned.err.contains("viết `tieuchi show vn/par-index/tinh/2023 --against vn/par-index/tinh/2022`"),
        "{}",
        turned.err
    );
    let same = run(&["show", "vn/par-index/tinh/2022", "--against", "vn/par-index/tinh/2022", "--lang", "en"]);
    assert_eq!((same.code, same.out.as_str()), (2, ""));
    assert!(same.err.contains("are one set, `vn/par-index/tinh 2022`"), "{}", same.err);
    // A year alone is its newest edition.
    let newest = run(&["show", "vn/son-la/cchc/2025-2", "--against", "vn/son-la/cchc/2025", "--json"]);
    assert_eq!((newest.code, newest.out.as_str()), (2, ""));
    assert!(newest.err.contains("viết `--against vn/son-la/cchc/2025-1`"), "{}", newest.err);
    assert_eq!(run(&["show", "vn/son-la/cchc/2025-2", "--against", "vn/son-la/cchc/2025-1"]).code, 0);
    let turned = run(&["show", "vn/son-la/cchc/2025-1", "--against", "vn/son-la/cchc/2025-2", "--lang", "en"]);
    assert!(turned.code == 2 && turned.err.contains("is later than"), "{}", turned.err);
}
