//! What a file may hold at the most, and findings that no text of the manual can show.

use std::fmt::Write as _;

use tieuchi::diagnostic::{Diagnostic, SourceId};
use tieuchi::engine::Plan;
use tieuchi::language::{decode, limits};
use tieuchi::ruleset::{Checked, check};

const HEADER: &str = include_str!("../spec/prelude.en.tieuchi");

fn checked(body: &str) -> Checked {
    check(SourceId(0), &format!("{HEADER}{body}"))
}

fn codes(findings: &[Diagnostic]) -> Vec<&'static str> {
    findings.iter().map(Diagnostic::code).collect()
}

#[test]
fn bytes_that_are_not_utf_8_are_told_where_they_begin() {
    let finding = decode(SourceId(0), b"ruleset \xd0\xcf").unwrap_err();
    assert_eq!((finding.code(), finding.span.start), ("not-utf8", 8));
    assert_eq!(decode(SourceId(0), "\u{feff}bộ tiêu chí".as_bytes()), Ok("bộ tiêu chí"));
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let text = "#".repeat(limits::FILE_BYTES + 1);
    assert_eq!(codes(&check(SourceId(0), &text).diagnostics), ["text-too-large"]);
}

#[test]
fn a_line_over_the_limit_is_passed_over() {
    let note = "x".repeat(limits::LINE_CHARACTERS);
    let findings =
        checked(&format!("criterion 1.1 \"Plan\": 1 point\n  score as entered, by \"us\"\n  evidence: \"{note}\""));
    assert_eq!(codes(&findings.diagnostics), ["line-too-long"]);
}

#[test]
fn a_set_has_a_limited_number_of_leaves() {
    let mut text = String::from("criterion 1 \"All\": 100 points\n  aggregation: weighted mean\n");
    for at in 1..=limits::LEAVES + 1 {
        writeln!(text, "sub-criterion 1.{at} \"Part\": 1 point\n  score as entered, by \"us\"").unwrap();
    }
    let found = checked(&text).diagnostics;
    assert!(codes(&found).contains(&"too-many-leaves"));
}

#[test]
fn a_frame_is_not_scored() {
    let frame = checked("frame: \"the annex is not known\"\ncriterion 1.1 \"Plan\": 1 point\n");
    assert_eq!(codes(&frame.diagnostics), [""; 0]);
    assert_eq!(Plan::compile(frame.ruleset.unwrap()).unwrap_err().code(), "frame-not-scored");
}
