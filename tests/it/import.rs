//! Files of submissions: JSON, TOML and CSV, every digit kept, no input too hostile.
#![expect(clippy::unwrap_used, clippy::panic, clippy::unreachable, reason = "a test may panic")]

use proptest::prelude::*;
use tieuchi::diagnostic::SourceId;
use tieuchi::import::{FILE_BYTES, Format, Imported, read};
use tieuchi::number::DecimalMark;
use tieuchi::submission::{Raw, RawValue};

fn one(text: &str, format: Format) -> Raw {
    let imported = read(SourceId(0), text, format);
    assert!(imported.diagnostics.is_empty(), "{:?}", imported.diagnostics);
    assert_eq!(imported.sheets.len(), 1);
    imported.sheets.into_iter().next().unwrap()
}

fn codes(imported: &Imported) -> Vec<&'static str> {
    imported.diagnostics.iter().map(tieuchi::diagnostic::Diagnostic::code).collect()
}

/// The figures of the first leaf's first track, as they stand in the source.
fn figures(text: &str, format: Format) -> Vec<(String, RawValue, String)> {
    let raw = one(text, format);
    let entry = &raw.leaves.first().unwrap().tracks.first().unwrap().1;
    let place = |span: tieuchi::diagnostic::Span| text.get(span.range()).unwrap().to_owned();
    entry.figures.iter().map(|(name, value)| (name.value.clone(), value.value.clone(), place(value.span))).collect()
}

#[test]
fn the_format_is_the_ending_of_the_name() {
    assert_eq!(Format::of_path("a/b.c/x.JSON"), Some(Format::Json));
    assert_eq!(Format::of_path("x.toml"), Some(Format::Toml));
    assert_eq!(Format::of_path("x.csv"), Some(Format::Csv));
    assert_eq!(Format::of_path("x.xlsx"), None);
}

#[test]
fn json_keeps_every_digit_and_place() {
    let digits = "0.1000000000000000055511151231257827021181583404541015625";
    let text = format!(
        r#"{{"unit":"Đ","leaves":{{"1":{{"self":{{"figures":{{"a":{digits},"b":1e2,"c":5.10,"d":null,"e":"é","f":true}}}}}}}}}}"#
    );
    let number = |text: &str| RawValue::Number(text.to_owned());
    let expected = [
        ("a", number(digits), digits),
        ("b", number("1e2"), "1e2"),
        ("c", number("5.10"), "5.10"),
        ("d", RawValue::Nothing, "null"),
        ("e", RawValue::Text("é".to_owned()), "\"é\""),
        ("f", RawValue::YesNo(true), "true"),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(a, b, c)| (a.to_owned(), b, c.to_owned())).collect();
    assert_eq!(figures(&text, Format::Json), expected);
}

#[test]
fn toml_keeps_every_digit_and_place() {
    let text = "unit = \"Đ\"\n[leaves.\"1\".self.figures]\na = 0.1000000000000000055511151231257827\nb = 1e2\nc = 1_000\nd = +5.10\ne = 2025-12-31\n";
    let number = |text: &str| RawValue::Number(text.to_owned());
    let expected = [
        ("a", number("0.1000000000000000055511151231257827"), "0.1000000000000000055511151231257827"),
        ("b", number("1e2"), "1e2"),
        ("c", number("1000"), "1_000"),
        ("d", number("5.10"), "+5.10"),
        ("e", RawValue::Text("2025-12-31".to_owned()), "2025-12-31"),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(a, b, c)| (a.to_owned(), b, c.to_owned())).collect();
    assert_eq!(figures(text, Format::Toml), expected);
    for refused in ["nan", "inf", "-inf", "0x10", "0o7", "0b1"] {
        let text = format!("unit = \"A\"\n[leaves.\"1\".self.figures]\na = {refused}\n");
        let imported = read(SourceId(0), &text, Format::Toml);
        assert_eq!(codes(&imported), ["sheet-not-readable"], "{refused}");
        assert_eq!(text.get(imported.diagnostics.first().unwrap().span.range()), Some(refused));
    }
}

#[test]
fn a_list_holds_several_sheets() {
    let imported = read(SourceId(0), r#"[{"unit":"A"},3,{"unit":"B"}]"#, Format::Json);
    assert_eq!(imported.sheets.len(), 2);
    assert_eq!(codes(&imported), ["sheet-not-readable"]);
}

#[test]
fn what_is_wrong_in_one_place_leaves_the_rest_readable() {
    let text = r#"{"unit": 5, "synthetic": "x", "leaves": {"1": {"self": {"figures": [], "points": 3, "colour": 1}}, "2": 4}}"#;
    let imported = read(SourceId(0), text, Format::Json);
    assert_eq!(codes(&imported), ["bad-value", "bad-value", "bad-value", "unknown-key", "bad-value"]);
    let raw = imported.sheets.first().unwrap();
    assert!(raw.leaves.first().unwrap().tracks.first().unwrap().1.points.is_some());
}

#[test]
fn strict_json_only() {
    for refused in [
        "{'unit': 'A'}",
        "{unit: \"A\"}",
        "{\"year\": 0x10}",
        "{\"year\": +1}",
        "{\"year\": .5}",
        "{\"year\": NaN}",
        "{\"unit\": \"A\"} 3",
        "{\"unit\": \"A\" \"year\": 1}",
        "{\"unit\": \"A",
        "{\"unit\": \"A\nB\"}",
        "{\"year\": 01}",
        "",
    ] {
        assert_eq!(codes(&read(SourceId(0), refused, Format::Json)), ["sheet-not-readable"], "{refused}");
    }
}

#[test]
fn a_comma_table_writes_points_and_a_semicolon_table_commas() {
    for (text, mark) in [
        (
            "\u{feff}unit,1.1:a,1.2 @appraisal 1,reason:1.2 @appraisal 1\r\n\"Đ, \"\"x\"\"\",5.5,2.25,\"a\nb\"\r\n",
            DecimalMark::Point,
        ),
        (
            "Đơn vị;1.1:a;1.2 @thẩm định lần 1;lý do:1.2 @thẩm định lần 1\n\"Đ, \"\"x\"\"\";5,5;2,25;\"a\nb\"",
            DecimalMark::Comma,
        ),
    ] {
        let raw = one(text, Format::Csv);
        assert_eq!(raw.unit.as_ref().unwrap().value, "Đ, \"x\"");
        assert_eq!(text.get(raw.unit.as_ref().unwrap().span.range()), Some("\"Đ, \"\"x\"\"\""));
        let [first, second] = raw.leaves.as_slice() else { unreachable!("two leaves") };
        let (track, entry) = first.tracks.first().unwrap();
        assert_eq!(track.value, "");
        let (name, value) = entry.figures.first().unwrap();
        let shown = if mark == DecimalMark::Point { "5.5" } else { "5,5" };
        assert_eq!((name.value.as_str(), &value.value), ("a", &RawValue::Cell(shown.to_owned(), mark)));
        assert_eq!(text.get(value.span.range()), Some(shown));
        let (_, entry) = second.tracks.first().unwrap();
        assert_eq!(entry.reason.as_ref().unwrap().value, "a\nb");
        assert!(entry.points.is_some());
    }
}

#[test]
fn empty_cells_of_a_track_say_nothing() {
    let text = "unit,1.1:a,1.1:a @appraisal 1,synthetic\nA,5,,yes\n,,,\n";
    let raw = one(text, Format::Csv);
    assert!(raw.synthetic);
    assert_eq!(raw.leaves.first().unwrap().tracks.len(), 1);
}

#[test]
fn hostile_files_are_findings() {
    let deep = "[".repeat(1_000_000);
    assert_eq!(codes(&read(SourceId(0), &deep, Format::Json)), ["sheet-not-readable"]);
    assert_eq!(codes(&read(SourceId(0), &format!("a = {deep}"), Format::Toml)), ["sheet-not-readable"]);
    let nested = format!("a = {}", "{b=".repeat(100_000));
    assert_eq!(codes(&read(SourceId(0), &nested, Format::Toml)), ["sheet-not-readable"]);
    let dotted = format!("{}a = 1", "a.".repeat(50_000));
    assert!(!read(SourceId(0), &dotted, Format::Toml).diagnostics.is_empty());
    let quotes = format!("unit,1\n{}", "\"".repeat(99_999));
    assert_eq!(codes(&read(SourceId(0), &quotes, Format::Csv)), ["sheet-not-readable"]);
    let large = " ".repeat(FILE_BYTES + 1);
    assert_eq!(codes(&read(SourceId(0), &large, Format::Json)), ["sheet-too-large"]);
    let huge = format!("{{\"unit\": \"A\", \"year\": {}}}", "9".repeat(1_000_000));
    assert_eq!(read(SourceId(0), &huge, Format::Json).sheets.len(), 1);
}

proptest! {
    #[test]
    fn no_text_makes_import_panic(text in any::<String>(), bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let garbage = String::from_utf8_lossy(&bytes).into_owned();
        for text in [&text, &garbage] {
            for format in [Format::Json, Format::Toml, Format::Csv] {
                let _ = read(SourceId(0), text, format);
            }
        }
    }

    #[test]
    fn no_near_miss_makes_import_panic(text in "[\\[\\]{}\",;:=.@\r\n unit0-9a\u{301}đ%'#-]{0,80}") {
        for format in [Format::Json, Format::Toml, Format::Csv] {
            for finding in read(SourceId(0), &text, format).diagnostics {
                prop_assert!(finding.span.start as usize <= text.len() && finding.span.end as usize <= text.len() + 1);
            }
        }
    }

    #[test]
    fn a_cells_place_is_its_text(cells in proptest::collection::vec("[a-zđ0-9 .%-]{1,6}", 1..6)) {
        let header: Vec<String> = (0..cells.len()).map(|at| format!("1.{at}")).collect();
        let text = format!("unit,{}\nA,{}\n", header.join(","), cells.join(","));
        let raw = one(&text, Format::Csv);
        for leaf in &raw.leaves {
            let points = leaf.tracks.first().unwrap().1.points.as_ref().unwrap();
            let RawValue::Cell(cell, _) = &points.value else { panic!("a cell") };
            prop_assert_eq!(text.get(points.span.range()), Some(cell.as_str()));
        }
    }
}
