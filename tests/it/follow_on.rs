//! One mistake is told once: what only follows of it is not told.

use tieuchi::diagnostic::{Diagnostic, SourceMap};
use tieuchi::ruleset::check;

use crate::inheritance::{Family, PROVINCE};

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().filter(|finding| finding.is_error()).map(Diagnostic::code).collect()
}

fn child(lines: &str) -> String {
    format!("bộ tiêu chí minh-hoa/tinh \"Bộ minh họa cấp tỉnh\"\n  năm: 2023\n{lines}")
}

#[test]
fn what_a_set_that_cannot_name_its_parent_amends_is_not_told() {
    let text = child("  kế thừa: minh-hoa/tinh\nsửa tiêu chí 1.1: 2 điểm\nbãi bỏ tiêu chí 1.2, do \"A\"\n");
    let mut sources = SourceMap::new();
    let id = sources.add("set.tieuchi", text.as_str());
    assert_eq!(codes(&check(id, &text).diagnostics), ["line-ends-too-soon"]);
}

#[test]
fn a_repeal_without_a_reason_breaks_no_sum() {
    for line in ["bãi bỏ tiêu chí 1.1", "bỏ tiêu chí 1.1", "bãi bỏ tiêu chí 1.1 \"A\""] {
        let text = child(&format!("  kế thừa: minh-hoa/tinh năm 2022\n{line}\nsửa tiêu chí 1.2: 3 điểm\n"));
        let found = Family::new(&[PROVINCE, &text]).check("minh-hoa/tinh 2023").diagnostics;
        assert_eq!(codes(&found).len(), 1, "{line}: {found:#?}");
    }
}

#[test]
fn a_ladder_that_lacks_its_rest_is_not_told_that_it_cannot_discriminate() {
    let text = PROVINCE.to_owned()
        + "\ntiêu chí 9.1 \"T\": 1 điểm\n  số liệu x \"X\": có/không\n  chấm theo điều kiện\n    khi x = có: tối đa\n";
    let mut sources = SourceMap::new();
    let id = sources.add("set.tieuchi", text.as_str());
    let found = check(id, &text).diagnostics;
    let of_form = found.iter().filter(|finding| text[finding.span.range()].starts_with("chấm theo điều kiện"));
    let of_form: Vec<&str> = of_form.map(Diagnostic::code).collect();
    assert_eq!(of_form, ["no-otherwise"], "{found:#?}");
}

/// A line of a test or of the header whose first word is lost or another is still one of them.
#[test]
fn a_line_that_lost_its_first_word_takes_nothing_with_it() {
    let whole = "bộ tiêu chí a/b \"C\"\n  năm: 2022\n  thiếu số liệu: chưa chấm\n\nkiểm thử \"Một\"\n  cho 1: 5 điểm\n  cho khối tw\n  thì chỉ số: 90%\n\nkiểm thử \"Hai\"\n  cho 1: 5 điểm\n  cho khối tw\n  thì chỉ số: 90%\n";
    let found = |text: &str| {
        let mut sources = SourceMap::new();
        let id = sources.add("set.tieuchi", text);
        check(id, text).diagnostics
    };
    let before = found(whole);
    for (part, other) in [
        ("kiểm thử \"Hai\"", "cho thử \"Hai\""),
        ("  cho 1: 5", "  1: 5"),
        ("  thì chỉ số", "  chỉ số"),
        ("thiếu số liệu", "thiếu số số liệu"),
        ("bộ tiêu chí", "bộ tiêu tiêu chí"),
    ] {
        let text = whole.replacen(part, other, 1);
        let after = found(&text);
        let fresh = after.iter().filter(|finding| !before.iter().any(|known| known.problem == finding.problem));
        let fresh: Vec<&Diagnostic> = fresh.collect();
        let line = |finding: &Diagnostic| text[..finding.span.range().start].matches('\n').count();
        let changed = text.lines().position(|line| line.trim_start().starts_with(other.trim_start())).unwrap();
        assert!(fresh.len() == 1 && line(fresh[0]) == changed, "{other}: {fresh:#?}");
    }
}

/// A finding that stands far from the slip shows it: the parameter's value, the question and the figure that nothing reads.
#[test]
fn what_a_line_only_reads_is_shown_where_it_is_said() {
    let text = crate::support::shipped_text("vn/par-index/tinh/2022.tieuchi");
    for (said, slip, code) in [
        ("có phát sinh hồ sơ\": 50%", "có phát sinh hồ sơ\": 0%", "zero-written"),
        ("hồ sơ xử lý trực tuyến\": 50%", "hồ sơ xử lý trực tuyến\": 80%", "example-fails"),
        ("câu công_vụ_4 ", "câu b ", "unknown-in-questionnaire"),
        (
            "số liệu a \"Số chế độ báo cáo phải thực hiện\"",
            "số liệu số \"Số chế độ báo cáo phải thực hiện\"",
            "unknown-figure",
        ),
        ("đạt kiểm_tra ", "đạt a ", "example-value"),
    ] {
        assert!(text.contains(said), "{said}");
        let changed = text.replacen(said, slip, 1);
        let place = changed.find(slip).unwrap();
        let (found, _) = crate::mutations::check(&changed);
        let told: Vec<_> = found.iter().filter(|finding| finding.code() == code).collect();
        let shows = |finding: &&&Diagnostic| {
            let mut labels = finding.labels.iter().map(|label| label.span.range());
            labels.any(|span| (place..place + slip.len()).contains(&span.start))
        };
        assert!(!told.is_empty() && told.iter().all(|finding| shows(&finding)), "{slip}: {told:#?}");
    }
}
