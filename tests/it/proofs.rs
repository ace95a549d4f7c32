//! What is proved of formulas and scripts: a table of verdicts, and every refutation scored by the engine.

use tieuchi::diagnostic::{Diagnostic, Language};
use tieuchi::engine::Status;
use tieuchi::number::Ratio;

use crate::support::{USUAL, findings, with_header};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Proved,
    Refuted,
    NotProved,
}
use Verdict::{NotProved, Proved, Refuted};

const AB: &str = "  số liệu a \"A\": số đếm, ít nhất 1\n  số liệu b \"B\": số đếm, không quá a\n";
const FREE: &str = "  số liệu a \"A\": số đếm, ít nhất 1\n  số liệu b \"B\": số đếm\n";
const ABC: &str = "  số liệu a \"A\": số đếm, ít nhất 1\n  số liệu b \"B\": số đếm, không quá a\n  số liệu c \"C\": số đếm, không quá a\n";
const CHAIN: &str = "  số liệu a \"A\": số đếm, ít nhất 1\n  số liệu b \"B\": số đếm, không quá a\n  số liệu c \"C\": số đếm, không quá b\n";
const REST: &str = "  số liệu a \"A\": số đếm, ít nhất 1\n  số liệu b \"B\": số đếm, không quá a\n  số liệu c \"C\": số đếm, không quá a - b\n";
const PAIRS: &str = "  số liệu a \"A\": số đếm, ít nhất 1\n  số liệu b \"B\": số đếm, không quá a\n  số liệu d \"D\": số đếm, ít nhất 1\n  số liệu c \"C\": số đếm, không quá d\n";
const PARTS: &str = "  số liệu b \"B\": số đếm\n  số liệu c \"C\": số đếm\n";
const NONE: &str = "  không phát sinh khi b + c = 0: loại khỏi thang điểm\n";
const N: &str = "  số liệu n \"N\": số đếm\n";
const R: &str = "  số liệu r \"R\": tỷ lệ, từ 0% đến hết 100%\n";

/// Figures, formula (of a leaf of one point), lines after it, verdict.
const FORMULAS: &[(&str, &str, &str, Verdict)] = &[
    (AB, "b / a", "", Proved),
    (AB, "(a - b) / a", "", Proved),
    (AB, "1 - b / a", "", Proved),
    (AB, "b / a * (a - b) / a", "", NotProved),
    (AB, "nhỏ_nhất(2 * b / a; tối_đa)", "", Proved),
    (AB, "làm_tròn(b / a; 2)", "", Proved),
    (AB, "b / (2 * a - b)", "", Proved),
    (AB, "(b / a) * (b / a)", "", Proved),
    (PARTS, "b / (b + c)", NONE, Proved),
    (PARTS, "(b + 0,5 * c) / (b + c)", NONE, Proved),
    (PAIRS, "0,6 * b / a + 0,4 * c / d", "", Proved),
    (ABC, "0,6 * b / a + 0,4 * c / a", "", Proved),
    (CHAIN, "b / a - c / a", "", Proved),
    (REST, "(b + c) / a", "", Proved),
    (REST, "(2 * b + c) / (2 * a)", "", Proved),
    (N, "lớn_nhất(1 - n / 10; 0)", "", Proved),
    (R, "r * (1 - r)", "", Proved),
    (FREE, "b / a", "", Refuted),
    (AB, "1 - 2 * b / a", "", Refuted),
    (ABC, "(b + c) / a", "", Refuted),
    (ABC, "(b - c) / a", "", Refuted),
    (N, "1 - n / 10", "", Refuted),
    (N, "nhỏ_nhất(n; 3)", "", Refuted),
    (R, "1,5 * r", "", Refuted),
    (R, "4 * r * (1 - r)", "", NotProved),
    (AB, "b * b / (a * a)", "", NotProved),
    (TENS, "tổng(x; b) / đếm(x) / 9", "", Refuted),
    (TENS, "(nhỏ_nhất(x; b) - lớn_nhất(x; b)) / 10", "", Refuted),
    (LIMITED, "0,1 * tổng(x; b)", "", Refuted),
];
const TENS: &str = "  danh sách x \"X\": ít nhất 1\n    cột b \"B\": số đếm, không quá 10\n";
const LIMITED: &str =
    "  danh sách x \"X\": ít nhất 1\n    cột b \"B\": số đếm, không quá n\n    cột n \"N\": số đếm, ít nhất 1\n";

/// Figures, script (of a leaf of one point), verdict.
const SCRIPTS: &[(&str, &str, Verdict)] = &[
    (AB, "let r = b / a; if r > 0.5 { r } else { 0 }", Proved),
    (FREE, "let r = b / a; if r > 1 { 1 } else { r }", Proved),
    (FREE, "if b > a { 1 } else { b / a }", Proved),
    (FREE, "let r = b / a; if r >= 2 { r } else { 0 }", Refuted),
    (N, "if n == 0 { 0 } else { 1 / n }", Proved),
    (N, "let left = 10 - n; if left < 0 { 0 } else { left / 10 }", Proved),
    (N, "let p = 1; if n > 3 { p -= 0.5; } if n > 6 { p -= 0.5; } p", Proved),
    (N, "let p = 1.0; if n > 6 { p = 0; } else if n > 3 { p = 0.5; } p", Proved),
    (R, "clamp(2 * r, 0, maximum)", Proved),
    (R, "abs(r - 0.5) * 2", Proved),
];

/// Figures, form, lines after it, what it divides by; whether that is proved to be never zero.
const DENOMINATORS: &[(&str, &str, &str, &str, Verdict)] = &[
    (PARTS, PART, "  không phát sinh khi b = 0 và c = 0: loại khỏi thang điểm\n", "b + c", Proved),
    (
        PARTS,
        "tỷ lệ b / (b + c): tỷ lệ thuận",
        "  không phát sinh khi b = 0 và c = 0: loại khỏi thang điểm\n",
        "b + c",
        Proved,
    ),
    (PARTS, "tỷ lệ b / (b + c): tỷ lệ thuận", "  không phát sinh khi b = 0: loại khỏi thang điểm\n", "b + c", Proved),
    (PARTS, PART, "  không phát sinh khi b = 0 và c = 1: 0 điểm\n", "b + c", Refuted),
    (AB, WITHIN, "  không phát sinh khi a = b: tối đa\n", "a - b", Proved),
    (AB, WITHIN, "  không phát sinh khi b >= a: tối đa\n", "a - b", Proved),
    (AB, WITHIN, "  không phát sinh khi a - b < 1: tối đa\n", "a - b", Proved),
    (AB, WITHIN, "  không phát sinh khi b > a / 2: tối đa\n", "a - b", Proved),
    (AB, WITHIN, "  không phát sinh khi a = b và b > 5: 0 điểm\n", "a - b", Refuted),
    (AB, WITHIN, "", "a - b", Refuted),
    (FREE, "công thức tối_đa * nhỏ_nhất(1; b / (7 * a + 1234567 - b))", "", "", NotProved),
    (AB, "điều kiện\n    khi a > b và b / (a - b) >= 1: tối đa\n    còn lại: 0 điểm", "", "a - b", Proved),
    (AB, "điều kiện\n    khi a >= b và b / (a - b) >= 1: tối đa\n    còn lại: 0 điểm", "", "a - b", Refuted),
    (
        AB,
        "điều kiện\n    khi a = b: tối đa\n    khi b / (a - b) >= 1: 0,5 điểm\n    còn lại: 0 điểm",
        "",
        "a - b",
        Proved,
    ),
    (
        AB,
        "điều kiện\n    khi a = b hoặc b = 3: tối đa\n    khi b / (a - b) >= 1: 0,5 điểm\n    còn lại: 0 điểm",
        "",
        "a - b",
        Proved,
    ),
    (
        AB,
        "điều kiện\n    khi a = b và b = 3: tối đa\n    khi b / (a - b) >= 1: 0,5 điểm\n    còn lại: 0 điểm",
        "",
        "a - b",
        Refuted,
    ),
    (
        PARTS,
        "điều kiện\n    khi b = 0 và c = 0: 0 điểm\n    khi b / (b + c) >= 50%: tối đa\n    còn lại: 0 điểm",
        "",
        "b + c",
        Proved,
    ),
    (
        PARTS,
        "điều kiện\n    khi b / (b + c) >= 50%: tối đa\n    khi b = 0 và c = 0: 0 điểm\n    còn lại: 0 điểm",
        "",
        "b + c",
        Refuted,
    ),
    (AB, "kịch bản\n```\nif a == b { 0 } else { min(1, b / (a - b)) }\n```", "", "a - b", Proved),
    (AB, "kịch bản\n```\nif a > b && b / (a - b) > 1 { 1 } else { 0 }\n```", "", "a - b", Proved),
    (AB, "kịch bản\n```\nif a <= b || b / (a - b) > 1 { 1 } else { 0 }\n```", "", "a - b", Proved),
    (AB, "kịch bản\n```\nif a == b { 1 / (a - b) } else { 0 }\n```", "", "a - b", Refuted),
    (AB, "kịch bản\n```\nif a > b || b / (a - b) > 1 { 1 } else { 0 }\n```", "", "a - b", Refuted),
    (ROWS, SHARE, "  không phát sinh khi tổng(x; b) = 0 và tổng(x; c) = 0: loại khỏi thang điểm\n", "", Proved),
    (ROWS, SHARE, "", "tổng(x; b) + tổng(x; c)", Refuted),
    (
        ROWS,
        "công thức tối_đa * nhỏ_nhất(1; 1 / (tổng(x; b) - lớn_nhất(x; b)))",
        "",
        "tổng(x; b) - lớn_nhất(x; b)",
        Refuted,
    ),
    (
        ROWS,
        "công thức tối_đa * nhỏ_nhất(1; 1 / (đếm(x) - 2))",
        "  không phát sinh khi đếm(x) < 2: 0 điểm\n",
        "",
        Refuted,
    ),
    (
        ASKED,
        "công thức tối_đa * nhỏ_nhất(1; 1 / n)",
        "  không phát sinh khi có_hồ_sơ = không: 0 điểm\n  không phát sinh khi có_hồ_sơ = có và n = 0: 0 điểm\n",
        "",
        Proved,
    ),
    (
        ASKED,
        "công thức tối_đa * nhỏ_nhất(1; 1 / (n + 0))",
        "  không phát sinh khi có_hồ_sơ = có và n = 0: 0 điểm\n",
        "n + 0",
        Refuted,
    ),
];
const PART: &str = "công thức tối_đa * b / (b + c)";
const SHARE: &str = "tỷ lệ tổng(x; b) / (tổng(x; b) + tổng(x; c)): tỷ lệ thuận";
const WITHIN: &str = "công thức tối_đa * nhỏ_nhất(1; b / (a - b))";
const ROWS: &str = "  danh sách x \"X\": ít nhất 1\n    cột b \"B\": số đếm\n    cột c \"C\": số đếm\n";
const ASKED: &str = "  số liệu có_hồ_sơ \"Có hồ sơ\": có/không\n  số liệu n \"N\": số đếm\n";

fn leaf(points: &str, floor: &str, figures: &str, form: &str, after: &str) -> String {
    format!("tiêu chí 1 \"Thử\": {points}{floor}\n{figures}  chấm theo {form}\n{after}")
}

fn script(source: &str) -> String {
    format!("kịch bản\n```\n{source}\n```")
}

fn checked(body: &str) -> Vec<Diagnostic> {
    let header = format!(
        "bộ tiêu chí thử/nghiệm \"Bộ thử\"\n  năm: 2022\n  nguồn: minh họa, \"để thử\"\n  thang điểm: 1 điểm\n  thiếu số liệu: chưa chấm\n{USUAL}\n"
    );
    findings(&format!("{header}{body}"))
}

fn verdict(findings: &[Diagnostic]) -> Verdict {
    let errors: Vec<&str> = findings.iter().filter(|finding| finding.is_error()).map(Diagnostic::code).collect();
    match errors.as_slice() {
        [] => Proved,
        ["score-out-of-bounds"] => Refuted,
        ["bounds-not-proved"] => NotProved,
        other => panic!("{other:?}: {findings:?}"),
    }
}

/// The figures that a refutation names, scored under a head that takes any points, do score as it says.
fn refutation_scores(figures: &str, form: &str, after: &str, findings: &[Diagnostic]) {
    let said = findings.iter().find(|finding| finding.code() == "score-out-of-bounds").unwrap();
    let said = said.problem.words(Language::Vietnamese).message;
    let sample = said.strip_prefix("với ").unwrap().split_once(" cách chấm này cho ").unwrap();
    let points = sample.1.split_once(" điểm").unwrap().0;
    let cells = |cells: &str| -> Vec<String> {
        let cell = |one: &str| {
            let (name, value) = one.split_once(" = ").unwrap();
            format!("\"{name}\": \"{value}\"")
        };
        cells.split("; ").map(cell).collect()
    };
    let stated: Vec<String> = match sample.0.split_once(" = \"") {
        // A list by itself: each row its name, and its cells in brackets.
        Some((name, rows)) => {
            let row = |row: &str| {
                let (name, stated) = row.trim_start_matches('"').split_once("\" (").unwrap();
                format!("{{\"tên\": \"{name}\", {}}}", cells(stated.trim_end_matches(')')).join(", "))
            };
            vec![format!("\"{name}\": [{}]", rows.split("), ").map(row).collect::<Vec<_>>().join(", "))]
        }
        None => cells(sample.0),
    };
    let body = leaf("1000000 điểm", ", thấp nhất trừ 1000000 điểm", figures, form, after)
        + "  thấp nhất trừ 1000000 điểm\n  cao nhất tối đa\n";
    let set = with_header("1000000 điểm", USUAL, &body);
    let card = set.score(&format!("{{\"1\": {{\"self\": {{\"figures\": {{{}}}}}}}}}", stated.join(", ")));
    assert_eq!(set.points(&card, "1").as_deref(), Some(points), "{form}: {said}");
    let Status::Scored { exact, .. } = &card.leaves[0].last.status else { panic!("{form}") };
    assert!(exact.ratio().is_negative() || *exact.ratio() > Ratio::ONE, "{form}: {said}");
}

#[test]
fn every_formula_of_the_table_has_its_verdict() {
    for &(figures, formula, after, expected) in FORMULAS {
        let form = format!("công thức 1 * ({formula})");
        let found = checked(&leaf("1 điểm", "", figures, &form, after));
        assert_eq!(verdict(&found), expected, "{formula}: {found:?}");
        if expected == Refuted {
            refutation_scores(figures, &form, after, &found);
        }
    }
}

#[test]
fn every_script_of_the_table_has_its_verdict() {
    for &(figures, source, expected) in SCRIPTS {
        let form = script(source);
        let found = checked(&leaf("1 điểm", "", figures, &form, ""));
        assert_eq!(verdict(&found), expected, "{source}: {found:?}");
        if expected == Refuted {
            // The maximum of the wide head is not that of the script, so only scripts without it are tried.
            refutation_scores(figures, &form, "", &found);
        }
    }
}

/// What was said of a denominator: the figures that make it zero, if any are named.
fn denominator(findings: &[Diagnostic]) -> (Verdict, Option<String>) {
    let errors: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.is_error()).collect();
    let said = |finding: &Diagnostic| finding.problem.words(Language::Vietnamese).message;
    match errors.as_slice() {
        [] => (Proved, None),
        [one] if one.code() == "zero-denominator" => {
            (Refuted, said(one).split_once(", như khi ").map(|(_, figures)| figures.to_owned()))
        }
        [one] if one.code() == "zero-not-proved" => (NotProved, None),
        _ => panic!("{findings:?}"),
    }
}

#[test]
fn every_denominator_of_the_table_has_its_verdict() {
    for &(figures, form, after, under, expected) in DENOMINATORS {
        let body = leaf("1 điểm", "", figures, form, &format!("\n{after}"));
        let (found, sample) = denominator(&checked(&body));
        assert_eq!(found, expected, "{form}{after}");
        let Some(sample) = sample.filter(|_| !under.is_empty()) else { continue };
        // The figures named make the denominator zero, and no line takes them first: an example says so.
        let asked =
            format!("điều kiện\n    khi {under} = 0: tối đa\n    còn lại: 0 điểm\n{after}  ví dụ {sample}: tối đa\n");
        let set = with_header("1 điểm", USUAL, &leaf("1 điểm", "", figures, &asked, ""));
        assert!(tieuchi::trial::run(&set.plan, &tieuchi::trial::Sheets::new()).holds(), "{form}{after}: {sample}");
    }
}

#[test]
fn what_is_not_proved_is_taken_with_a_floor_and_a_cap() {
    for &(figures, formula, after, expected) in FORMULAS {
        if expected != Proved {
            let limits = format!("{after}  thấp nhất 0 điểm\n  cao nhất tối đa\n");
            let found = checked(&leaf("1 điểm", "", figures, &format!("công thức 1 * ({formula})"), &limits));
            assert_eq!(verdict(&found), Proved, "{formula}");
        }
    }
}
