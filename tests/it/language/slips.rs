//! A slip of one word or sign is told where it stands, with what was meant, and what follows of it is not told.

use tieuchi::diagnostic::{Language, SourceId};
use tieuchi::language::parse;

/// The only finding in a line: its id, the words that it marks, and what it says.
fn told(line: &str) -> (&'static str, String, String) {
    let text = format!("bộ tiêu chí a \"b\"\n{line}\n");
    let found = parse(SourceId(0), &text).diagnostics;
    assert_eq!(found.len(), 1, "{line}: {found:?}");
    let words = text[found[0].span.range()].to_owned();
    (found[0].code(), words, found[0].problem.words(Language::Vietnamese).message)
}

#[test]
fn a_slip_is_told_where_it_stands() {
    let slips = [
        ("từ 90% trở lnê: tối đa", "trở lnê", "gặp `trở lnê`, lẽ ra phải là `trở lên`"),
        ("từ 90% lên: tối đa", "lên", "gặp `lên`, lẽ ra phải là `trở lên`"),
        ("lĩnh vực 7 \"T\": 30 điểm, điều rta", "điều rta", "gặp `điều rta`, lẽ ra phải là `điều tra`"),
        ("nguồn: dựng dựng, \"S\"", "dựng dựng", "`dựng lại`"),
        ("xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa tròn", "theo điểm chưa tròn", "theo điểm chưa làm tròn"),
        ("câu câu tiếp_cận \"T\"", "câu câu", "`câu` viết hai lần liền nhau"),
        ("số liệu a \"A\": số đếm,, ít nhất 1", ",,", "`,` viết hai lần liền nhau"),
        ("ví dụ a = 5 b = 4: 1 điểm", "b", "gặp `b`, lẽ ra phải là `;`"),
        ("ví dụ a 5: 1 điểm", "5", "gặp `5`, lẽ ra phải là `=`"),
        ("chấm theo mẫu toàn_bộ(a: b)", ":", "lẽ ra phải là `;`"),
        ("thì chỉ số 90%", "90%", "lẽ ra phải là `:`"),
        // Nothing is guessed where the line only stops, or where a name is missing.
        ("số liệu a \"A\": số đếm, không quá", "", "dòng dừng giữa chừng"),
        ("số liệu \"A\": số đếm", "\"A\"", "lẽ ra phải là"),
        ("lĩnh vực \"A\": 3 điểm", "\"A\"", "lẽ ra phải là"),
    ];
    for (line, words, says) in slips {
        let (code, marked, message) = told(line);
        assert_eq!(marked, words, "{line}: {code}: {message}");
        assert!(message.contains(says), "{line}: {code}: {message}");
    }
}

#[test]
fn an_opening_with_a_word_left_out_or_changed_is_given_back_whole() {
    let slips = [
        ("kiểm \"Một\"", "kiểm", "kiểm thử"),
        ("dụ a = 5: 1 điểm", "dụ", "ví dụ"),
        ("chấm dụ mẫu toàn_bộ(b; a)", "chấm dụ", "`chấm dụ`"),
        ("còn dựng: 0 điểm", "còn dựng", "`còn dựng`"),
        ("cách tổng: cộng", "cách tổng", "cách tổng hợp"),
        ("số không b \"B\": số đếm", "số không", "`số không`"),
    ];
    for (line, words, meant) in slips {
        let (code, marked, message) = told(line);
        assert_eq!((code, marked.as_str()), ("unknown-keyword", words), "{line}: {message}");
        assert!(message.contains(meant), "{line}: {message}");
    }
}

/// What is told is not the opposite of what is written, and no machine puts it in.
#[test]
fn a_word_that_is_another_one_is_not_replaced() {
    let lines = [
        ("bộ tiêu chí", "số liệu a \"A\": số đếm, nhiều nhất 5", "`ít nhất`"),
        ("bộ tiêu chí", "xếp hạng: đồng hạng, bỏ hạng sau, theo điểm làm tròn", "`/`"),
        ("bộ tiêu chí", "muộn quá 5 ngày: 1 điểm", "là `không quá`\n"),
        ("bộ tiêu chí", "làm tròn: chỉ số, 2 chữ số, nửa xuống", "là `nửa lên`, "),
        ("bộ tiêu chí", "thiếu số liệu: không giải trình", "là `phải giải trình`"),
        ("bộ tiêu chí", "từ 80% trở xuống: 5 điểm", "là `trở lên`"),
        ("bộ tiêu chí", "từ 80% đến bằng 90%: 5 điểm", "`đến dưới`"),
        ("bộ tiêu chí", "từ 80% đến 90% hết: 5 điểm", "`đến hết`"),
        ("bộ tiêu chí", "khi a = 3 thì: 5 điểm", "`/`"),
        ("bộ tiêu chí", "khi hội nghị = có: 5 điểm", "`/`"),
        ("bộ tiêu chí", "khi a = \"X\" \"Y\": 5 điểm", "`/`"),
        ("bộ tiêu chí", "khi a = 3): 5 điểm", "`(`"),
        ("ruleset", "late over to 5 days: 1 point", "`up to`"),
        ("ruleset", "rounding: index, 2 digits, half down", "`half up` "),
    ];
    for (opening, line, opposite) in lines {
        let found = parse(SourceId(0), &format!("{opening} a \"b\"\n{line}\n")).diagnostics;
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        let message = found[0].problem.words(Language::Vietnamese).message;
        assert!(!message.contains(opposite), "{line}: {message}");
        assert!(found[0].fixes.is_empty(), "{line}: {found:?}");
    }
}
