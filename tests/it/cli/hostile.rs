//! Paths and bytes that nobody meant: told, never a panic.

use std::fs;

use super::{DESK, run};

#[test]
fn what_cannot_be_read_ends_with_three() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().display().to_string();
    for arguments in [
        &["check", "no/such/file"][..],
        &["check", &empty],
        &["rank", &empty],
        &["score", "no/such/file.json", "--ruleset", DESK],
        &["show", "no/such/set"],
        &["what", "1.1", "--ruleset", "no/such/set"],
        &["sample", "--ruleset", &empty],
        &["check", "/dev/null"],
    ] {
        let run = run(arguments);
        assert_eq!(run.code, 3, "{arguments:?}: {}{}", run.out, run.err);
        assert!(run.err.contains("không đọc được"), "{arguments:?}: {}", run.err);
    }
}

/// Of the sets of a folder none is chosen: the first would score by whatever year comes first.
#[test]
fn a_folder_of_several_sets_is_no_set_to_score_by() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = folder.path().join("sheet.json");
    fs::write(&sheet, "{\"unit\": \"A\"}").unwrap();
    let sheet = sheet.display().to_string();
    for set in ["rulesets/vn/par-index/tinh", "vn/par-index/tinh"] {
        for arguments in [&["score", &sheet, "--ruleset", set][..], &["explain", &sheet, "1.1", "--ruleset", set]] {
            let run = run(arguments);
            assert_eq!((run.code, run.out.as_str()), (3, ""), "{arguments:?}: {}", run.err);
            assert!(run.err.contains("nhiều bộ tiêu chí, cần nêu một, ví dụ"), "{arguments:?}: {}", run.err);
        }
        let what = run(&["what", "--ruleset", set, "1.1", "b=90", "a=100"]);
        assert_eq!(what.code, 2, "{}", what.err);
        assert!(what.err.contains("nhiều bộ tiêu chí, cần nêu một, ví dụ"), "{}", what.err);
    }
    let missing = run(&["what", "--ruleset", "vn/par-index/none/2022", "1.1"]);
    assert!(missing.err.contains("không có tệp hay thư mục này"), "{}", missing.err);
}

#[test]
fn what_can_be_read_is_still_checked_beside_what_cannot() {
    let run = run(&["check", DESK, "no/such/file", "--json"]);
    assert_eq!(run.code, 3);
    let checked = run.json("tieuchi/check/1");
    assert_eq!(checked["rulesets"].as_array().unwrap().len(), 1);
    assert_eq!(checked["unread"][0]["path"], "no/such/file");
}

#[test]
fn bytes_that_are_no_text_are_a_finding_where_they_begin() {
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("set.tieuchi");
    fs::write(&set, b"ruleset a/b \"A\"\n  year: \xff\xfe25\n").unwrap();
    let checked = run(&["check", &set.display().to_string(), "--json"]);
    assert_eq!(checked.code, 1);
    let finding = &checked.json("tieuchi/check/1")["findings"][0];
    assert_eq!(finding["code"], "not-utf8");
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(2), Some(9)));
    let sheet = folder.path().join("sheet.json");
    fs::write(&sheet, b"{\"unit\": \"\xe0\"}").unwrap();
    let scored = run(&["score", &sheet.display().to_string()]);
    assert_eq!(scored.code, 1);
    assert!(scored.err.contains("not-utf8"));
}

#[test]
fn odd_files_are_findings() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let texts = ["", "\n\n", "\u{feff}", "lĩnh vực", "{}", "\u{202e}ruleset"];
    for (at, text) in texts.iter().enumerate() {
        let set = write(&format!("{at}.tieuchi"), text);
        assert_eq!(run(&["check", &set]).code, 1, "{text:?}");
        let sheet = write(&format!("{at}.json"), text);
        assert_eq!(run(&["score", &sheet]).code, 1, "{text:?}");
    }
    let large = write("large.tieuchi", &"# x\n".repeat(1_100_000));
    let run_large = run(&["check", &large]);
    assert_eq!(run_large.code, 1);
    assert!(run_large.out.contains("text-too-large") && run_large.out.contains("4400000"), "{}", run_large.out);
    let markup = run(&["score", &write("sheet.xml", "<a/>")]);
    assert_eq!(markup.code, 1);
    assert!(markup.err.contains("unknown-sheet-format"), "{}", markup.err);
    let elsewhere = write("elsewhere.json", r#"{"ruleset": "../secret", "year": 2025, "unit": "A", "leaves": {}}"#);
    let elsewhere = run(&["score", &elsewhere]);
    assert_eq!(elsewhere.code, 1);
    assert!(elsewhere.err.contains("no-such-ruleset"), "{}", elsewhere.err);
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("example/service-desk");
    fs::create_dir_all(&inner).unwrap();
    fs::copy(DESK, inner.join("2025.tieuchi")).unwrap();
    std::os::unix::fs::symlink(folder.path(), inner.join("again")).unwrap();
    let run = run(&["check", &folder.path().display().to_string()]);
    assert_eq!(run.code, 0, "{}", run.out);
}
