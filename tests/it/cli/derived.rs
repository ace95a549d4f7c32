//! Sets that extend others on the command line: editions, the composed text, a parent that changes.

use std::fs;
use std::path::Path;

use super::{command, run};

const BASE: &str = include_str!("../../../docs/language/vi-du/minh-hoa/tinh/2022.tieuchi");
const EDITION: &str = "bộ tiêu chí minh-hoa/tinh \"Bộ minh họa, sửa đổi\"\n  năm: 2022\n  lần ban hành: 2\n  \
    thay thế: lần ban hành 1, từ 31/10/2022\n  kế thừa: minh-hoa/tinh năm 2022\n\nsửa tiêu chí 1.1: 3 điểm\n\n\
    sửa tiêu chí 1.2: 3 điểm\n";

fn folder(place: &Path) {
    let sets = place.join("rulesets/minh-hoa/tinh");
    fs::create_dir_all(&sets).unwrap();
    fs::write(sets.join("2022.tieuchi"), BASE).unwrap();
    fs::write(sets.join("2022-2.tieuchi"), EDITION).unwrap();
}

fn run_in(place: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = command(arguments).current_dir(place).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn commands_take_the_newest_edition_unless_told() {
    let place = tempfile::tempdir().unwrap();
    folder(place.path());
    let (code, out, err) = run_in(place.path(), &["show", "minh-hoa/tinh 2022"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("2022-2 (minh-hoa/tinh)"), "{out}");
    assert!(out.contains("! LẦN BAN HÀNH 2: áp dụng từ 31/10/2022, trước đó là lần 1"), "{out}");
    assert!(out.contains("so với minh-hoa/tinh 2022:") && out.contains("4 → 3 điểm"), "{out}");
    let (code, out, _) = run_in(place.path(), &["show", "minh-hoa/tinh 2022-1"]);
    assert!(code == 0 && !out.contains("so với"), "{out}");
    let (code, out, err) = run_in(place.path(), &["check", "rulesets"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(!out.contains("misfiled") && out.contains("kế thừa minh-hoa/tinh 2022 · "), "{out}");
}

#[test]
fn the_composed_text_is_a_set_by_itself() {
    let place = tempfile::tempdir().unwrap();
    folder(place.path());
    let (code, text, err) = run_in(place.path(), &["show", "minh-hoa/tinh 2022", "--composed"]);
    assert_eq!(code, 0, "{err}");
    assert!(!text.contains("kế thừa:"), "{text}");
    fs::write(place.path().join("alone.tieuchi"), &text).unwrap();
    let (code, out, _) = run_in(place.path(), &["check", "alone.tieuchi"]);
    assert_eq!(code, 0, "{out}");
    let shown = run(&["show", "--composed", "--json", "docs/language/vi-du/minh-hoa/tinh/2022.tieuchi"]);
    let json = shown.json("tieuchi/composed/1");
    assert_eq!(json["edition"], 1);
}

#[test]
fn a_sheet_names_its_edition_or_takes_the_newest() {
    let place = tempfile::tempdir().unwrap();
    folder(place.path());
    for (year, points) in [("2022", "3 / 3"), ("2022-1", "4 / 4")] {
        let sheet = format!(
            "{{\"ruleset\": \"minh-hoa/tinh\", \"year\": \"{year}\", \"unit\": \"Tỉnh A\", \"leaves\": {{\"1.1\": {{\"self\": {{\"figures\": {{\"a\": 100, \"b\": 90}}}}}}}}}}"
        );
        fs::write(place.path().join("a.json"), sheet).unwrap();
        let (_, out, err) = run_in(place.path(), &["explain", "a.json", "1.1"]);
        assert!(out.contains(points), "{year}: {out}{err}");
    }
}

#[test]
fn a_path_that_goes_up_and_down_finds_what_the_set_extends() {
    let place = tempfile::tempdir().unwrap();
    folder(place.path());
    let beside = place.path().join("rulesets/minh-hoa/khac");
    fs::create_dir_all(&beside).unwrap();
    let (code, out, err) = run_in(&beside, &["check", "../tinh/2022-2.tieuchi"]);
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = run_in(place.path(), &["check", "rulesets/minh-hoa/khac/../tinh/2022-2.tieuchi"]);
    assert_eq!(code, 0, "{out}{err}");
}
