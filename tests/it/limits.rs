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

#[test]
fn sets_extend_one_another_over_a_limited_number_of_generations() {
    let mut sources = tieuchi::diagnostic::SourceMap::new();
    let mut library = tieuchi::ruleset::Library::new();
    let mut last = Vec::new();
    for year in 2001..=2017_u16 {
        let above = match year {
            2001 => String::from(
                "  nguồn: minh họa, \"để thử\"\n  thang điểm: 1 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  \
                 hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\ntiêu chí 1 \"Một\": 1 điểm\n  \
                 chấm theo điểm nhập, do \"Sở\"\n",
            ),
            _ => format!("  kế thừa: thu năm {}\n", year - 1),
        };
        let text = format!("bộ tiêu chí thu \"Bộ thử\"\n  năm: {year}\n{above}");
        let source = sources.add(year.to_string(), text);
        library.add(tieuchi::ruleset::Identity { path: "thu".to_owned(), year, edition: 1 }, source);
        let checked = tieuchi::ruleset::check_among(source, &sources, &library);
        last = checked.diagnostics.iter().filter(|one| one.is_error()).map(Diagnostic::code).collect();
        assert_eq!(last.is_empty(), year <= 2016, "{year}: {last:?}");
    }
    assert_eq!(last, ["extends-too-deep"]);
}
