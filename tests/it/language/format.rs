//! Formatting: nothing is lost, nothing moves twice, comments stay where they belong.

use proptest::prelude::*;
use tieuchi::diagnostic::{Language, SourceId};
use tieuchi::language::{Comments, Refusal, canonical, faithful, format, parse, write_file, write_statement};

use super::tree::statement;
use super::writer::SAMPLE;
use crate::support::shipped;

fn formatted(text: &str, to: Option<Language>) -> String {
    format(SourceId(0), text, to).written.unwrap_or_else(|refusal| panic!("{refusal:?}\n{text}"))
}

fn meaning(text: &str) -> String {
    canonical(&parse(SourceId(0), text).file, text)
}

fn comments(text: &str) -> Vec<String> {
    let lines = parse(SourceId(0), text).file.lines.into_iter();
    lines.filter_map(|line| line.comment).map(|span| text[span.range()].trim_end().to_owned()).collect()
}

/// A file of any statements, comments and blank lines among them, sloppily laid out.
fn file() -> impl Strategy<Value = String> {
    let layout = (0_usize..7, 0_usize..3, prop::option::of(0_usize..7), any::<bool>());
    let line = (statement(), layout).prop_map(|(statement, (indent, blanks, comment, trailing))| {
        let words = write_statement(&statement, "", Language::Vietnamese);
        let above = comment.map(|indent| format!("{}# trên {words}\n", " ".repeat(indent))).unwrap_or_default();
        let after = if trailing { " #sau" } else { "" };
        let blank = "\n".repeat(blanks);
        let (one, two) = if indent % 2 == 0 { (blank.as_str(), "") } else { ("", blank.as_str()) };
        format!("{one}{above}{two}{}{words}{after}\n", " ".repeat(indent))
    });
    prop::collection::vec(line, 0..12).prop_map(|lines| format!("bộ tiêu chí a/b \"c\"\n{}", lines.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_is_settled_by_formatting_once_and_means_the_same(text in file()) {
        let once = formatted(&text, None);
        prop_assert_eq!(formatted(&once, None), once.clone());
        prop_assert_eq!(meaning(&once), meaning(&text));
        prop_assert_eq!(comments(&once), comments(&text));
    }

    #[test]
    fn any_file_comes_back_from_the_other_language_as_it_went(text in file()) {
        let result = format(SourceId(0), &text, Some(Language::English)).written;
        prop_assume!(result != Err(Refusal::Errors));
        let english = result.unwrap();
        prop_assert_eq!(meaning(&english), meaning(&text));
        prop_assert_eq!(comments(&english), comments(&text));
        prop_assert_eq!(formatted(&english, Some(Language::Vietnamese)), formatted(&text, None));
    }
}

#[test]
fn every_shipped_set_keeps_its_meaning_and_its_comments_in_both_languages() {
    for (path, text) in shipped() {
        let own = parse(SourceId(0), &text).file.language;
        let other = own.pick(Language::English, Language::Vietnamese);
        let there = formatted(&text, Some(other));
        assert_ne!(there, text);
        assert_eq!(meaning(&there), meaning(&text), "{path:?}");
        assert_eq!(comments(&there), comments(&text), "{path:?}");
        assert_eq!(formatted(&there, Some(own)), formatted(&text, None), "{path:?}");
        let checked = |text: &str| tieuchi::ruleset::check(SourceId(0), text).ruleset.unwrap().fingerprint;
        assert_eq!(checked(&there), checked(&text), "{path:?}");
        assert_eq!(checked(&formatted(&text, None)), checked(&text), "{path:?}");
    }
}

#[test]
fn a_comment_stays_above_what_it_speaks_of_or_under_what_it_ends() {
    let text = "# Giấy phép.\n\n\n# Về bộ này.\nbộ tiêu chí a/b \"x\"\n năm: 2022 # cuối dòng\n\n  # Về đối tượng.\n  đối tượng: tỉnh\n  # Hết phần đầu.\n# Về lĩnh vực.\nlĩnh vực 1 \"y\": 1 điểm\n  chấm theo điều kiện\n    còn lại: 1 điểm\n    # Hết điều kiện.\n  minh chứng: \"z\"\n\n  # Hết lĩnh vực.\n\n\nlĩnh vực 2 \"y\": 1 điểm\n  # Hết tệp.\n\n\n";
    insta::assert_snapshot!(formatted(text, None));
}

#[test]
fn lines_that_use_a_name_that_was_refused_are_kept_as_they_are_written() {
    let text = "tiêu chí 1 \"Thu hồi nợ\": 1 điểm\n  số liệu nợ \"Nợ\": số đếm\n  chấm theo điều kiện\n      khi nợ <= 5: tối đa\n    còn lại: 0 điểm\n  ví dụ nợ =  5: tối đa\n";
    assert_eq!(formatted(text, None), text);
}

#[test]
fn a_script_moves_with_its_fences_and_keeps_its_shape() {
    let text =
        "bộ tiêu chí a/b \"x\"\nchấm theo kịch bản\n```rhai\nif a > 1 {\n    2\n\n} else {\n    1\n}\n``` # hết\n";
    let expected = "bộ tiêu chí a/b \"x\"\n  chấm theo kịch bản\n    ```rhai\n    if a > 1 {\n        2\n\n    } else {\n        1\n    }\n    ```  # hết\n";
    assert_eq!(formatted(text, None), expected);
    assert_eq!(formatted(expected, None), expected);
    // A text over several lines is not moved.
    let several = text.replace("    2\n", "    `a\n  b`\n");
    assert!(formatted(&several, None).contains("\n    `a\n  b`\n"));
}

#[test]
fn comments_and_layout_of_a_script_are_no_part_of_what_a_set_says() {
    let set = |script: &str| {
        let text = format!(
            "bộ tiêu chí a/b \"x\"\n  năm: 2022\n  nguồn: minh họa, \"z\"\n  thang điểm: 1 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\ntiêu chí 1 \"y\": 1 điểm\n  số liệu n \"N\": số đếm\n  số liệu m \"M\": lựa chọn \"tốt\"; \"kém  // thật\"\n  chấm theo kịch bản\n```\n{script}\n```\n"
        );
        let checked = tieuchi::ruleset::check(SourceId(0), &text);
        checked.ruleset.unwrap_or_else(|| panic!("{:?}", checked.diagnostics)).fingerprint
    };
    let base = set("let x = min(1, n / 10);\nif m == \"tốt\" || n > 1 - -1 { x } else { 0 }");
    for same in [
        "let x = min(1, n/10);\nif m==\"tốt\"||n>1- -1{x}else{0}",
        "  let x = min( 1, n / 10 ); // chú thích\n\n\n\tif m == \"tốt\"\n || n > 1 - - 1 {\n x\n}\nelse { 0 } // hết",
        "/* đầu // */ let x = min(1, n /* mười */ / 10); if m == \"to\u{302}\u{301}t\" || n > 1 - -1 { x } else { 0 }",
    ] {
        assert_eq!(set(same), base, "{same}");
    }
    for other in [
        "let x = min(1, n / 11);\nif m == \"tốt\" || n > 1 - -1 { x } else { 0 }",
        "let x = min(1, n / 10);\nif m == \"kém  // thật\" || n > 1 - -1 { x } else { 0 }",
        "let x = min(1, n / 10);\nif m == \"tốt\" || n > 1 { x } else { 0 }",
        "let y = min(1, n / 10);\nif m == \"tốt\" || n > 1 - -1 { y } else { 0 }",
    ] {
        assert_ne!(set(other), base, "{other}");
    }
}

#[test]
fn lines_with_an_error_stay_to_the_letter() {
    let text = "bộ tiêu chí a/b \"x\"\nnăm:2022\n   điểm  lạ : ??  \n thang điểm: 9.5 điểm # ?  \n đối tượng:  tỉnh\n";
    let expected =
        "bộ tiêu chí a/b \"x\"\n  năm: 2022\n   điểm  lạ : ??  \n thang điểm: 9.5 điểm # ?  \n  đối tượng: tỉnh\n";
    assert_eq!(formatted(text, None), expected);
    assert_eq!(format(SourceId(0), text, Some(Language::English)).written, Err(Refusal::Errors));
}

#[test]
fn a_text_that_lost_something_is_told_from_one_that_did_not() {
    let parsed = parse(SourceId(0), SAMPLE);
    let vietnamese = Language::Vietnamese;
    assert!(faithful(&parsed, SAMPLE, SAMPLE, vietnamese));
    let english = write_file(&parsed.file, SAMPLE, Language::English, Comments::Keep);
    assert!(faithful(&parsed, SAMPLE, &english, Language::English));
    for (from, to) in [("9,5 điểm", "9,6 điểm"), ("  # từ thư hướng dẫn", ""), ("  năm: 2022\n", ""), ("  năm", " năm")]
    {
        assert!(SAMPLE.contains(from));
        assert!(!faithful(&parsed, SAMPLE, &SAMPLE.replacen(from, to, 1), vietnamese), "{from}");
    }
    assert!(!faithful(&parsed, SAMPLE, &english, vietnamese));
}
