//! `check`: findings and summaries, exit codes, JSON.

use std::fs;

use super::{DESK, run};

#[test]
fn the_shipped_sets_are_sound() {
    let run = run(&["check", "rulesets", "--json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let checked = run.json("tieuchi/check/1");
    assert!(checked["rulesets"].as_array().unwrap().len() >= 4);
    assert_eq!(checked["rulesets"][0]["shape"], "tieuchi/ruleset/1");
    let findings = checked["findings"].as_array().unwrap();
    assert!(findings.iter().all(|finding| finding["severity"] != "error"));
}

#[test]
fn shares_of_leaves_are_not_all_that_is_told_of_a_set_whose_header_is_reconstructed() {
    let told = run(&["check", "rulesets/vn/ca-mau/cchc/2013.tieuchi"]).out;
    assert!(told.contains("đã chép 20 điểm, mục chấm 7 · "), "{told}");
    assert!(
        told.contains(
            "  mục chấm: chính thức 71,4% · dựng lại 28,6%\n  ngoài mục chấm: dựng lại, \"Tổng 100 điểm tạm đặt;"
        ),
        "{told}"
    );
    let json = run(&["check", "rulesets/vn/ca-mau/cchc/2013.tieuchi", "--json"]).json("tieuchi/check/1");
    let set = &json["rulesets"][0];
    assert_eq!((&set["besides_leaves"][0]["source"], &set["fewest_examples"]), (&"reconstructed".into(), &2.into()));
    // Where the leaves are no better than the header, their shares say it all.
    let even = run(&["check", "rulesets/vn/par-index/tinh/2022.tieuchi"]).out;
    assert!(even.contains("  dựng lại 100%\n") && !even.contains("ngoài mục chấm"), "{even}");
    // A head that only holds others; and a leaf of which not all is official counts as what is not.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("2030.tieuchi");
    let set = "bộ tiêu chí a \"A\"\n  năm: 2030\n  căn cứ: \"1/QĐ\"\n  nguồn: chính thức, \"phụ lục\"\n  thang điểm: 1 điểm; thẩm định 1 điểm\n  \
               thiếu số liệu: chưa chấm\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\
               lĩnh vực 1 \"B\": 1 điểm\n  nguồn: minh họa, \"tên đặt\"\ntiêu chí 1.1 \"C\": 1 điểm\n  nguồn: chính thức, \"mục 1.1\"\n  \
               nguồn: dựng lại, \"cách hiểu của người chép\"\n  chấm theo điểm nhập, do \"X\"\n";
    std::fs::write(&file, set).unwrap();
    let told = run(&["check", &file.display().to_string()]).out;
    assert!(told.contains("  mục chấm: dựng lại 100%\n  `1`: minh họa\n"), "{told}");
    assert!(told.contains("điểm nhập: không có quy tắc để nêu ví dụ"), "{told}");
}

#[test]
fn a_share_that_depends_on_the_block_is_told_of_each_and_of_nothing_else() {
    let json = run(&["check", "rulesets/vn/thanh-hoa/cchc", "--json"]).json("tieuchi/check/1");
    let set = &json["rulesets"][0];
    assert!(set["survey_percent"].is_null(), "{set}");
    let of_blocks: Vec<_> =
        set["blocks"].as_array().unwrap().iter().map(|block| &block["survey_percent"]["exact"]).collect();
    assert_eq!(of_blocks, ["16", "0"]);
    let told = run(&["check", "rulesets/vn/ha-nam/cchc-so/2023.tieuchi"]).out;
    assert!(told.contains("  dựng lại 100% · khung"), "{told}");
}

#[test]
fn a_set_is_summed_up_in_its_own_language_or_the_one_asked_for() {
    let own = run(&["check", DESK]);
    assert_eq!(own.code, 0);
    insta::assert_snapshot!("check_in_english", own.out);
    insta::assert_snapshot!("check_in_vietnamese", run(&["check", DESK, "--lang", "vi"]).out);
}

#[test]
fn a_piped_output_is_plain() {
    let run = run(&["check", "rulesets"]);
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'));
}

#[test]
fn colour_can_be_asked_for_and_refused() {
    let coloured = super::command(&["check", DESK]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(coloured.stdout.contains(&0x1b));
    let plain = super::command(&["check", DESK]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().unwrap();
    assert!(!plain.stdout.contains(&0x1b));
}

#[test]
fn a_broken_example_refuses_the_set_unless_examples_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.tieuchi");
    let text = fs::read_to_string(DESK).unwrap();
    fs::write(&path, text.replacen("answered = 200: 75 points", "answered = 200: 74 points", 1)).unwrap();
    let path = path.display().to_string();
    let broken = run(&["check", &path]);
    assert_eq!(broken.code, 1);
    assert!(broken.out.contains("error[example-fails]: the example says 74 points, the rule gives 75 points"));
    assert_eq!(run(&["check", &path, "--no-trial"]).code, 0);
}

#[test]
fn a_finding_in_json_has_its_place_and_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.tieuchi");
    let text = fs::read_to_string(DESK).unwrap();
    fs::write(&path, text.replacen("scale: 100 points", "scale: 90,5 points", 1)).unwrap();
    let run = run(&["check", &path.display().to_string(), "--json", "--lang", "vi"]);
    assert_eq!(run.code, 1);
    let checked = run.json("tieuchi/check/1");
    let mut findings = checked["findings"].as_array().unwrap().iter();
    let finding = findings.find(|finding| finding["code"] == "decimal-mark").unwrap();
    assert_eq!(finding["message"], "số `90,5` viết dấu thập phân của ngôn ngữ kia");
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(7), Some(10)));
    assert_eq!(finding["end"]["column"], 14);
    assert_eq!(finding["fixes"][0]["replacement"], "90.5");
    assert_eq!(checked["rulesets"].as_array().unwrap().len(), 0);
}

#[test]
fn a_set_out_of_its_place_is_a_warning_and_a_second_one_of_its_name_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("example/service-desk");
    fs::create_dir_all(&place).unwrap();
    fs::copy(DESK, place.join("2025.tieuchi")).unwrap();
    let root = folder.path().display().to_string();
    assert!(!run(&["check", &root]).out.contains("misfiled"));
    // A folder inside the catalogue is as good a start as the catalogue itself.
    assert!(!run(&["check", &place.display().to_string()]).out.contains("misfiled"));
    fs::copy(DESK, folder.path().join("copy.tieuchi")).unwrap();
    let twice = run(&["check", &root, "--lang", "en"]);
    assert_eq!(twice.code, 1);
    assert!(twice.out.contains("warning[misfiled]"), "{}", twice.out);
    // What lies there is not to be written over.
    assert!(twice.out.contains("there is a file `example/service-desk/2025.tieuchi`"), "{}", twice.out);
    assert!(!twice.out.contains("move the file"), "{}", twice.out);
    assert!(twice.out.contains("error[same-identity]"), "{}", twice.out);
}

#[test]
fn twenty_mistakes_are_told_in_one_run_each_at_its_own_place() {
    const FILE: &str = "tests/it/fixtures/hai-muoi-loi.tieuchi";
    let mut places = std::collections::BTreeSet::new();
    let mut codes = std::collections::BTreeSet::new();
    let told = run(&["check", FILE, "--json"]).json("tieuchi/check/1");
    for finding in told["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == "error") {
        places.insert((finding["line"].as_u64().unwrap(), finding["column"].as_u64().unwrap()));
        codes.insert(finding["code"].as_str().unwrap().to_owned());
    }
    assert_eq!((places.len(), codes.len()), (20, 20), "{codes:?}");
    for language in ["vi", "en"] {
        let shown = run(&["check", FILE, "--lang", language]);
        assert_eq!(shown.code, 1);
        insta::assert_snapshot!(format!("twenty_mistakes_{language}"), shown.out);
    }
}

/// A set whose tests use files beside it, and its folder among the rulesets.
fn with_files(folder: &std::path::Path) -> std::path::PathBuf {
    let place = folder.join("t/tinh");
    fs::create_dir_all(&place).unwrap();
    let set = r#"bộ tiêu chí t/tinh "Bộ"
  năm: 2021
  nguồn: minh họa, "thử"
  thang điểm: 4 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 "Một": 2 điểm
  danh sách xã "Xã": ít nhất 1
    cột đúng "Đ": số đếm, không quá nhận
    cột nhận "N": số đếm, ít nhất 1
  chấm theo tỷ lệ tổng(xã; đúng) / tổng(xã; nhận): tỷ lệ thuận
  ví dụ xã = "X" (đúng = 1; nhận = 2): 1 điểm

tiêu chí 2 "Hai": 1 điểm
  chấm theo điểm nhập, do "Sở"

tiêu chí 3 "Ba": 1 điểm
  chấm theo điểm nhập, do "Sở"

cho cấp dưới bổ sung thành phần trong tiêu chí 3

kiểm thử "Bảng"
  cho 1: xã = bảng "xa.csv"
  thì 1: 1 điểm

kiểm thử "Hồ sơ"
  cho hồ sơ "x.json"
  thì 2: 0,5 điểm
"#;
    fs::write(place.join("2021.tieuchi"), set).unwrap();
    fs::write(place.join("xa.csv"), "tên,đúng,nhận\nX,1,2\n").unwrap();
    let sheet = r#"{"unit": "A", "leaves": {"2": {"self": {"points": "0.5", "reason": "x"}}, "3": {"self": {"points": "1", "reason": "x"}}}}"#;
    fs::write(place.join("x.json"), sheet).unwrap();
    place
}

#[test]
fn tests_taken_over_use_the_files_beside_the_text_that_they_stand_in() {
    let folder = tempfile::tempdir().unwrap();
    let place = with_files(folder.path());
    let lower = folder.path().join("t/huyen");
    fs::create_dir_all(&lower).unwrap();
    let header = "  nguồn: minh họa, \"thử\"\n  kế thừa: t/tinh năm 2021\n";
    fs::write(lower.join("2021.tieuchi"), format!("bộ tiêu chí t/huyen \"Bộ\"\n  năm: 2021\n{header}")).unwrap();
    // The submission says 2 and 3 of the set that it was written for: where those change, its test is not taken over.
    let next = |year: u16, lines: &str| {
        let text = format!("bộ tiêu chí t/tinh \"Bộ\"\n  năm: {year}\n{header}\n{lines}");
        fs::write(place.join(format!("{year}.tieuchi")), text).unwrap();
    };
    next(2023, "đổi mã 2 thành 3\n\nđổi mã 3 thành 2\n");
    let new = "bổ sung tiêu chí 4 \"Bốn\": 1 điểm\n  chấm theo điểm nhập, do \"Sở\"\n";
    next(2024, &format!("bãi bỏ tiêu chí 3, do \"x\"\n\n{new}"));
    let told = run(&["check", &folder.path().display().to_string()]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    let show = |file: &str| run(&["show", &folder.path().join(file).display().to_string()]).out;
    let left = "không lấy kiểm thử \"Hồ sơ\"";
    assert!(!show("t/huyen/2021.tieuchi").contains(left));
    assert!(show("t/tinh/2023.tieuchi").contains(left) && show("t/tinh/2024.tieuchi").contains(left));
    // They are read, and there.
    fs::write(place.join("x.json"), "{}").unwrap();
    let told = run(&["check", &lower.display().to_string()]);
    assert!(told.out.contains("no-test-sheet"), "{}", told.out);
}

#[test]
fn a_set_checked_from_inside_its_folder_finds_the_one_that_it_extends() {
    let folder = tempfile::tempdir().unwrap();
    let place = with_files(folder.path());
    let next = |year: u16, earlier: u16| {
        let header = format!("  nguồn: minh họa, \"thử\"\n  kế thừa: t/tinh năm {earlier}\n");
        fs::write(place.join(format!("{year}.tieuchi")), format!("bộ tiêu chí t/tinh \"Bộ\"\n  năm: {year}\n{header}"))
            .unwrap();
    };
    next(2022, 2021);
    let inside = |folder: &std::path::Path, file: &str| {
        let output = super::command(&["check", file]).current_dir(folder).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let told = inside(&place, "2022.tieuchi");
    assert!(told.contains("kế thừa t/tinh 2021") && !told.contains("lỗi["), "{told}");
    assert!(inside(&folder.path().join("t"), "tinh/2022.tieuchi").contains("kế thừa t/tinh 2021"));
    assert!(inside(&place, "./2022.tieuchi").contains("kế thừa t/tinh 2021"));
    // What is not there is not taken for the file itself.
    next(2022, 2020);
    let told = inside(&place, "2022.tieuchi");
    assert!(told.contains("no-parent") && !told.contains("t/tinh 2022`?") && told.contains("t/tinh 2021"), "{told}");
}

#[test]
fn an_example_taken_over_that_an_amended_parameter_makes_wrong_is_told_at_the_amendment() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("e");
    fs::create_dir_all(&place).unwrap();
    let first = "bộ tiêu chí e \"E\"\n  năm: 2021\n  nguồn: minh họa, \"thử\"\n  tham số t \"T\": 80%\n  thang điểm: 2 điểm\n  thiếu số liệu: chưa chấm\n  \
                 làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\nmẫu m(x; y)\n  chấm theo tỷ lệ x / y\n    từ t trở lên: tối đa\n    dưới t: tỷ lệ thuận\n\ntiêu chí 1 \"Một\": 2 điểm\n  \
                 số liệu b \"B\": số đếm, không quá a\n  số liệu a \"A\": số đếm, ít nhất 1\n  chấm theo mẫu m(b; a)\n  ví dụ b = 8; a = 10: 2 điểm\n  ví dụ b = 7; a = 10: 1,4 điểm\n";
    let next =
        "bộ tiêu chí e \"E\"\n  năm: 2022\n  nguồn: minh họa, \"thử\"\n  kế thừa: e năm 2021\n  sửa tham số t: 85%\n";
    fs::write(place.join("2021.tieuchi"), first).unwrap();
    fs::write(place.join("2022.tieuchi"), next).unwrap();
    let told = run(&["check", &folder.path().display().to_string()]).out;
    let (_, after) = told.split_once("lỗi[example-fails]").unwrap();
    let place = after.lines().nth(1).unwrap();
    assert!(place.ends_with("2022.tieuchi:5:3"), "{told}");
    assert_eq!(told.matches("example-fails").count(), 1, "{told}");
}
