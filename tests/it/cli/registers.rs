//! The shipped registers at work: a province that is no more, a name mistyped, a code that went on to another unit.

use std::fs;

use super::run;

const SET: &str = "bộ tiêu chí thu/tinh \"Bộ thử\"\n  năm: 2025\n  nguồn: minh họa, \"để thử\"\n  thang điểm: 10 điểm\n  \
    thiếu số liệu: chưa chấm\n  thiếu minh chứng: phải giải trình\n  làm tròn: chỉ số, 2 chữ số, nửa lên\n  \
    xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\ntiêu chí 1 \"Một\": 10 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"\n";

/// Ranks units of 2025, each with five points.
fn ranked(units: &[&str]) -> super::Run {
    let place = tempfile::tempdir().unwrap();
    let (set, sheet) = (place.path().join("2025.tieuchi"), place.path().join("hang.csv"));
    fs::write(&set, SET).unwrap();
    let rows: Vec<String> = units.iter().map(|unit| format!("{unit},5\n")).collect();
    fs::write(&sheet, format!("unit,1\n{}", rows.concat())).unwrap();
    let (set, sheet) = (set.display().to_string(), sheet.display().to_string());
    run(&["rank", &sheet, "--ruleset", &set, "--units", "rulesets/vn/units"])
}

#[test]
fn a_province_that_was_merged_is_refused_with_its_successor() {
    let refused = ranked(&["Hòa Bình"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("unit-ended") && refused.err.contains("Phú Thọ"), "{}", refused.err);
    assert!(refused.err.contains("30/06/2025"), "{}", refused.err);
    let mistyped = ranked(&["Quản Ninh"]);
    assert!(mistyped.code == 1 && mistyped.err.contains("có phải là `Quảng Ninh`?"), "{}", mistyped.err);
    let ranked = ranked(&["Phú Thọ", "15", "thanh pho hue"]);
    assert_eq!((ranked.code, ranked.err.as_str()), (0, ""));
    assert!(ranked.out.contains("Lào Cai") && !ranked.out.contains("Yên Bái"), "{}", ranked.out);
}

#[test]
fn who_is_not_assessed_is_set_aside() {
    let ranked = ranked(&["Bộ Tư pháp", "Bộ Công an"]);
    assert!(ranked.err.contains("unit-not-assessed") && ranked.err.contains("Bộ Công an"), "{}", ranked.err);
    assert!(ranked.out.contains("    1   Bộ Tư pháp"), "{}", ranked.out);
    assert!(ranked.out.contains("\nkhông đánh giá: Bộ Công an\n"), "{}", ranked.out);
}
