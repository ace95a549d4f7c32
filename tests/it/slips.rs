//! Slips of the keyboard that were told somewhere else than where they are, or not at all.

use tieuchi::diagnostic::{Diagnostic, SourceMap};

use crate::mutations::check;
use crate::support::shipped_text;

/// What a shipped set is told when a part of it is another, and whether a place of it touches the change.
fn told(path: &str, part: &str, other: &str) -> (Vec<Diagnostic>, bool) {
    let text = shipped_text(path);
    assert!(text.contains(part), "{path} has no `{part}`");
    let before = check(&text).0;
    let at = text.find(part).unwrap();
    // What is alike at both ends was not changed.
    let same = part.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let rest = (part[same..].bytes().rev()).zip(other[same..].bytes().rev()).take_while(|(one, other)| one == other);
    let (start, end) = (at + same, at + other.len() - rest.count());
    let found = check(&text.replacen(part, other, 1)).0;
    let fresh: Vec<Diagnostic> =
        found.into_iter().filter(|finding| !before.iter().any(|known| known.problem == finding.problem)).collect();
    let touches = fresh.iter().any(|finding| {
        let mut spans = std::iter::once(finding.span).chain(finding.labels.iter().map(|label| label.span));
        // A gap has blanks on both sides.
        spans.any(|span| span.range().start <= end + 1 && span.range().end + 1 >= start)
    });
    (fresh, touches)
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(Diagnostic::code).collect()
}

const PROVINCE: &str = "vn/par-index/tinh/2022.tieuchi";

/// What is missing at the end of a line is missing behind its last letter, not behind blanks and a comment.
#[test]
fn a_line_that_stops_is_told_before_its_comment() {
    for behind in ["", "   ", " # chú thích ở đây", "\u{a0}# \"chú\""] {
        let text = format!("tiêu chí 1 \"A\":{behind}\n");
        let mut sources = SourceMap::new();
        let id = sources.add("set.tieuchi", text.as_str());
        let found = tieuchi::language::parse(id, &text).diagnostics;
        let end = "tiêu chí 1 \"A\":".len();
        let told =
            found.iter().find(|finding| finding.code() == "line-ends-too-soon").map(|finding| finding.span.range());
        assert_eq!(told, Some(end..end), "{behind:?}");
    }
}

#[test]
fn an_error_is_told_where_the_slip_is() {
    for (path, part, other, code) in [
        ("vn/binh-duong/cchc-huyen/2023.tieuchi", "hiển thị: 2 chữ số", "thị: 2 chữ số", "unexpected"),
        (
            "vn/binh-duong/cchc-so/2023.tieuchi",
            "thì xếp loại: \"Xuất sắc\"",
            "xếp loại: \"Xuất sắc\"",
            "line-ends-too-soon",
        ),
        ("example/khung-cap-xa/2022.tieuchi", "chấm theo tỷ lệ b / a", "chấm theo tỷ lệ b , a", "unexpected"),
        ("example/khung-cap-xa/2022.tieuchi", "chấm theo tỷ lệ b / a", "chấm theo tỷ lệ  / a", "unexpected"),
        (PROVINCE, "chấm theo mẫu đúng_hạn(b; a)", "chấm theo phiếu đúng_hạn(b; a)", "unexpected"),
        (PROVINCE, "ví dụ chỉ số = 91,17%", "ví dụ vị số = 91,17%", "unexpected"),
        (PROVINCE, "số liệu sử_dụng \"Số", "số chứng sử_dụng \"Số", "unknown-keyword"),
        (PROVINCE, "muộn trong bốn báo cáo\": số đếm,", "muộn trong bốn báo cáo\": số ,", "step-needed"),
        (
            "example/cap-xa-hai-cap/2025.tieuchi",
            "tổng(phòng; đúng_vị_trí) /",
            "tổng(phòng; đúng_vị_trí  /",
            "unexpected",
        ),
        (
            "vn/sipas/2022.tieuchi",
            "(câu chữ minh họa)\": ít nhất 1",
            "(câu chữ minh họa)\": ít nhất 0",
            "survey-minimum-missing",
        ),
        ("example/khung-cap-xa/2022.tieuchi", "cho 5.1: 8 điểm", "cho 5.1: 0 điểm", "test-fails"),
        ("example/ddci-chung-rieng/2024.tieuchi", "hết 3: 50% tối đa", "hết 3: 50: tối đa", "unexpected"),
        ("example/service-desk/2025.tieuchi", "late * 2.5, 1)", "late * 2.5, )", "script-wrong-arity"),
        ("example/service-desk/2025.tieuchi", "(pleased - (angry", "(pleased ( (angry", "script-syntax"),
        ("example/service-desk/2025.tieuchi", "if urgent > target", "if if urgent > target", "script-syntax"),
    ] {
        let (found, touches) = told(path, part, other);
        assert!(codes(&found).contains(&code) && touches, "{other}: {found:#?}");
        assert_eq!(codes(&found), [code], "one mistake is told once: {other}: {found:#?}");
    }
}

#[test]
fn a_test_that_fails_shows_the_answers_that_its_expectation_is_made_of() {
    let (part, other) = ("câu thủ_tục_1: \"Hài lòng\"", "câu thủ_tục_1: \"Bình thường\"");
    let (found, touches) = told("vn/sipas/2022.tieuchi", part, other);
    assert!(codes(&found) == ["test-fails", "test-fails"] && touches, "{found:#?}");
    let text = shipped_text("vn/sipas/2022.tieuchi").replacen(part, other, 1);
    let shown: Vec<&str> = found[0].labels.iter().map(|label| &text[label.span.range()]).collect();
    let wanted =
        ["\"Bình thường\" 10", "\"Hài lòng\" 10", "\"Hài lòng\" 10", "\"Hài lòng\" 6", "\"Rất không hài lòng\" 4"];
    assert_eq!(shown, wanted, "the four questions of the second criterion");
    let whole = &text[found[1].labels[0].span.range()];
    assert!(whole.starts_with("\"Rất hài lòng\" 6") && whole.ends_with("\"Bình thường\" 5"), "{whole}");
}

#[test]
fn a_text_pasted_into_the_wrong_line_is_told() {
    for (path, part, other) in [
        (
            PROVINCE,
            "nguồn: dựng lại, \"tên và vị trí nhớ vừa (M)",
            "nguồn: dựng lại, \"Kế hoạch CCHC\"; \"tên và vị trí nhớ vừa (M)",
        ),
        (PROVINCE, "tiêu chí 6.2 \"Quản lý, sử dụng tài sản công\"", "tiêu chí 6.2 \"người\""),
        (PROVINCE, "\"A\" từ 90%", "\"Số lượng người làm việc được giao\" từ 90%"),
        (PROVINCE, "minh chứng: \"Báo cáo KT-XH\"", "minh chứng: \"số điểm tạm đặt (L)\""),
        ("vn/binh-duong/cchc-so/2023.tieuchi", "do \"UBND tỉnh Bình Dương\"", "do \"Chỉ số theo công bố\""),
        ("vn/sipas/2022.tieuchi", "câu thủ_tục_2 \"Thành phần hồ sơ\"", "câu thủ_tục_2 \"Rất hài lòng\""),
    ] {
        let text = shipped_text(path);
        // The first words of another head, where that is what is pasted.
        let other = match text.split("tiêu chí 1.2 \"").nth(1).and_then(|rest| rest.split('"').next()) {
            Some(title) => other.replace("Kế hoạch CCHC", title),
            None => other.to_owned(),
        };
        let (found, touches) = told(path, part, &other);
        assert!(codes(&found).contains(&"text-of-another-line") && touches, "{other}: {found:#?}");
    }
}

#[test]
fn what_would_be_asked_otherwise_or_twice_is_told() {
    for (path, part, other, code) in [
        (
            PROVINCE,
            "số liệu a \"Số TTHC phải công bố trong năm\": số đếm",
            "số liệu a \"Số TTHC phải công bố trong năm\": số",
            "unit-of-two-types",
        ),
        (
            "example/khung-cap-xa/2022.tieuchi",
            "\"Số nhiệm vụ hoàn thành\"",
            "\"Hồ sơ đã giải quyết\"",
            "label-asked-otherwise",
        ),
        (
            "vn/par-index/tinh/2012.tieuchi",
            "kiểm thử \"TP. Hồ Chí Minh, 2012\"",
            "kiểm thử \"Tây Ninh, 2012\"",
            "same-test",
        ),
        (
            "example/service-desk/2025.tieuchi",
            "fair = 20; poor = missing",
            "fair = 20; good = missing",
            "example-value",
        ),
        ("example/service-desk/2025.tieuchi", "example ideas = 3:", "example ideas = 2:", "same-example"),
        (
            "vn/binh-duong/cchc-xa/2023.tieuchi",
            "làm tròn: chỉ số, 2 chữ số",
            "làm tròn: chỉ số, 7 chữ số",
            "unlikely-digits",
        ),
        (
            PROVINCE,
            "mốc so sánh\": số đếm, đơn vị tính \"đơn vị\", ít nhất 1",
            "mốc so sánh\": số đếm, đơn vị tính \"đơn vị\", ít nhất 0,075",
            "bound-not-whole",
        ),
        (
            "example/hai-long/2026.tieuchi",
            "câu thủ_tục_2 \"Thành phần hồ sơ đúng quy định\"",
            "câu thủ_tục_2 \"Biển hiệu, bảng chỉ dẫn\"",
            "same-question",
        ),
    ] {
        let (found, touches) = told(path, part, other);
        assert!(codes(&found).contains(&code) && touches, "{other}: {found:#?}");
    }
}

/// What is unread in a line may be what a parameter was for.
#[test]
fn a_parameter_of_a_line_that_cannot_be_read_is_not_told_to_be_unused() {
    let (found, _) = told(
        PROVINCE,
        "chấm theo tỷ lệ b / a: tỷ lệ thuận đến giảm_đơn_vị",
        "chấm theo tỷ lệ b , a: tỷ lệ thuận đến giảm_đơn_vị",
    );
    assert_eq!(codes(&found), ["unexpected"], "{found:#?}");
}

/// A small set of its own, each of whose lines can be another.
pub(crate) const SMALL: &str = "bộ tiêu chí minh-hoa/nho \"Bộ minh họa\"
  năm: 2026
  nguồn: minh họa, \"ví dụ\"
  thang điểm: 4 điểm
  thiếu số liệu: chưa chấm
  tuần làm việc: thứ hai đến hết thứ sáu
  ngày nghỉ: 01/01/2026; từ 16/02/2026 đến hết 20/02/2026
  làm tròn: chỉ số, 2 chữ số, nửa lên
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn
  xếp loại: theo điểm đã làm tròn; \"Tốt\" từ 80%; \"Khá\" từ 65%; \"Yếu\" còn lại
  xếp loại: không quá \"Khá\" khi lĩnh vực I dưới 60%

lĩnh vực I \"Kế hoạch\": 4 điểm

tiêu chí 1 \"Gửi kế hoạch\": 2 điểm
  thuộc I
  số liệu gửi \"Ngày gửi\": ngày
  chấm theo thời hạn gửi, hạn hết 13/02/2026
    đúng hạn: tối đa
    muộn không quá 5 ngày làm việc: 1 điểm
    muộn trên 5 ngày làm việc: 0 điểm
    không thực hiện: 0 điểm
  ví dụ gửi = 13/02/2026: tối đa

tiêu chí 2 \"Sáng kiến\": 2 điểm
  thuộc I
  số liệu a \"Sáng kiến đã áp dụng\": số đếm
  chấm theo số lượng a
    từ 2 trở lên: tối đa
    bằng 1: 50% tối đa
    bằng 0: 0 điểm
  ví dụ a = 1: 1 điểm
";

fn of_small(part: &str, other: &str) -> Vec<&'static str> {
    assert!(SMALL.contains(part), "{part}");
    let usual = codes(&check(SMALL).0);
    let found = codes(&check(&SMALL.replacen(part, other, 1)).0);
    found.into_iter().filter(|code| !usual.contains(code)).collect()
}

#[test]
fn what_hangs_on_a_line_that_was_not_read_is_not_told() {
    for (part, other) in [
        ("thứ hai đến hết thứ sáu", "từ thứ hai đến thứ sáu"),
        ("từ 16/02/2026 đến hết 20/02/2026", "từ 16/02 đến 20/02/2026"),
        ("\"Tốt\" từ 80%", "\"Tốt\" từ 80 điểm"),
        ("\"Tốt\" từ 80%", "Tốt từ 80%"),
        ("bằng 1: 50%", "1 sáng kiến: 50%"),
    ] {
        assert_eq!(of_small(part, other), ["unexpected"], "{other}");
    }
    assert_eq!(of_small("  tuần làm việc: thứ hai đến hết thứ sáu\n", ""), ["half-calendar"]);
    assert_eq!(of_small("từ 65%;", "từ 65% đến dưới 80%;"), ["grade-with-top"]);
}

#[test]
fn what_may_well_be_said_in_the_same_words_is_not_told() {
    for (part, other) in [
        ("\"Sáng kiến đã áp dụng\"", "\"Kế hoạch\""),
        ("  hiển thị: 2 chữ số", "  khối xa \"Kế hoạch\"\n  hiển thị: 2 chữ số"),
        ("số liệu a", "nguồn: minh họa, \"Báo cáo 12/BC\"\n  minh chứng: \"Báo cáo 12/BC\"\n  số liệu a"),
        (
            "số liệu a \"Sáng kiến đã áp dụng\": số đếm",
            "số liệu a \"Sáng kiến đã áp dụng\": số đếm, đơn vị tính \"Ngày gửi\"",
        ),
    ] {
        let found = of_small(part, other);
        let strange = other.contains("đơn vị tính");
        assert_eq!(found.contains(&"text-of-another-line"), strange, "{other}: {found:?}");
    }
    let list = SMALL.replacen("số liệu a", "danh sách xã \"sáng kiến\"\n    cột c \"Số\": số đếm\n  số liệu a", 1);
    let list = list.replacen(
        "\"Ngày gửi\": ngày",
        "\"Ngày gửi\": ngày\n  số liệu b \"Số b\": số đếm, đơn vị tính \"sáng kiến\"",
        1,
    );
    assert!(!codes(&check(&list).0).contains(&"text-of-another-line"));
    // A leaf that gives a third has more digits than the index keeps.
    let shown = "hiển thị: 3 chữ số";
    assert!(of_small("hiển thị: 2 chữ số", shown).contains(&"display-beyond-rounding"));
    let ruled =
        SMALL.replacen("hiển thị: 2 chữ số", shown, 1).replacen("0 điểm\n  ví dụ a", "1/3 tối đa\n  ví dụ a", 1);
    assert!(!codes(&check(&ruled).0).contains(&"display-beyond-rounding"));
}
