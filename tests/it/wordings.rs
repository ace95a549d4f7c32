//! Lines as letters write them: the fix that is offered makes the line that was meant, or none is offered.

use tieuchi::diagnostic::{Diagnostic, Language};

use crate::mutations::check;
use crate::slips::SMALL;

/// The small set with a part of it another, and what is an error of it.
fn with(part: &str, other: &str) -> (String, Vec<Diagnostic>) {
    assert!(SMALL.contains(part), "{part}");
    let text = SMALL.replacen(part, other, 1);
    let found = check(&text).0.into_iter().filter(Diagnostic::is_error).collect();
    (text, found)
}

/// The text with every fix of its first error made.
fn mended(part: &str, other: &str) -> Option<String> {
    let (mut text, found) = with(part, other);
    let fix = found.first()?.fixes.first()?.clone();
    text.replace_range(fix.span.range(), &fix.replacement);
    Some(text)
}

#[test]
fn what_letters_write_is_given_the_words_that_are_read() {
    let days = "từ 16/02/2026 đến hết 20/02/2026";
    for (part, other, meant) in [
        (days, "16/02/2026-20/02/2026", days),
        (days, "16/02/2026 - 20/02/2026", days),
        (days, "từ ngày 16/02/2026 đến ngày 20/02/2026", days),
        (days, "từ ngày 16/02/2026 đến hết ngày 20/02/2026", days),
        (days, "ngày 16/02/2026 đến 20/02/2026", days),
        ("hạn hết 13/02/2026", "hạn trước ngày 13/02/2026", "hạn trước 13/02/2026"),
        ("từ 2 trở lên", "hơn 1", "trên 1"),
        ("từ 2 trở lên", "từ trên 1 đến hết 9", "trên 1 đến hết 9"),
        ("từ 2 trở lên: tối đa", "2 đến 9: tối đa", "từ 2 đến 9: tối đa"),
        ("từ 2 trở lên: tối đa", "2 đến 9: 1/4 điểm", "từ 2 đến 9: 1/4 điểm"),
        ("bằng 1: 50% tối đa", "bằng 1: 1/4 điểm", "bằng 1: 0,25 điểm"),
        ("bằng 1: 50% tối đa", "bằng 1: 3/2 điểm", "bằng 1: 1,5 điểm"),
        ("từ 65%;", "từ 65% đến dưới 80%;", "từ 65%;"),
        ("từ 65%;", "từ 65%đến dưới 80%;", "từ 65%;"),
        ("từ 65%;", "từ 65%\u{a0}đến dưới 80%;", "từ 65%;"),
        ("từ 65%;", "từ 65% đến 80%;", "từ 65%;"),
    ] {
        assert_eq!(mended(part, other).as_deref(), Some(SMALL.replacen(part, meant, 1).as_str()), "{other}");
    }
}

#[test]
fn what_would_be_other_points_or_another_line_is_not_offered() {
    for (part, other) in [
        // Where the grade above begins elsewhere, to drop the top is to change the set.
        ("từ 65%;", "từ 65% đến dưới 75%;"),
        ("từ 65%;", "từ 65% đến hết 80%;"),
        ("\"Tốt\" từ 80%", "\"Tốt\" từ 80% đến 100%"),
        // Neither closes a list.
        ("từ 2 trở lên: tối đa", "tối đa 2 sáng kiến: 2 điểm"),
        ("từ 2 trở lên: tối đa", "tối đa: 2 điểm"),
        ("bằng 1: 50% tối đa", "bằng 1: 1/3 điểm"),
        ("bằng 1: 50% tối đa", "Khá: 1 điểm"),
    ] {
        let (_, found) = with(part, other);
        assert!(!found.is_empty(), "{other}");
        assert!(found.first().is_some_and(|first| first.fixes.is_empty()), "{other}: {:?}", found.first());
    }
}

#[test]
fn a_time_that_no_day_has_is_told_as_one_and_a_letter_of_another_script_as_that() {
    let said = |part: &str, other: &str| {
        let (_, found) = with(part, other);
        found.first().map(|finding| finding.problem.words(Language::Vietnamese).message).unwrap_or_default()
    };
    let hour = said("  thiếu số liệu: chưa chấm", "  thiếu số liệu: chưa chấm\n  hạn nộp: 24:00 ngày 31/01/2026");
    assert!(hour.contains("một giờ từ `00:00` đến `23:59`"), "{hour}");
    let letter = said("số liệu a ", "số liệu \u{430} ");
    assert!(letter.contains("chữ của hệ chữ khác nhìn giống chữ La-tinh"), "{letter}");
    let zero = said("chấm theo số lượng a", "chấm theo số lượng a / (0)");
    assert!(zero.contains("`a / (0)` chia cho 0"), "{zero}");
}

/// `1 kế_hoạch "…": 1 điểm` below a checklist is a line of it, and not the head that would take all lines after it.
#[test]
fn a_numbered_line_of_a_checklist_is_no_head() {
    let part = "  chấm theo số lượng a
    từ 2 trở lên: tối đa
    bằng 1: 50% tối đa
    bằng 0: 0 điểm
  ví dụ a = 1: 1 điểm
";
    let (_, found) = with(part, "  chấm theo danh mục\n    1 ban_hành \"Đã ban hành\": 2 điểm\n");
    let codes: Vec<&str> = found.iter().map(Diagnostic::code).collect();
    assert_eq!(codes.len(), 1, "{codes:?}");
}
