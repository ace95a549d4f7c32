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
        ("nguồn: dựng dựng, \"S\"", "dựng dựng", "gặp `dựng dựng`, lẽ ra phải là `dựng lại`"),
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
        ("chấm dụ mẫu toàn_bộ(b; a)", "chấm dụ", "chấm theo"),
        ("chấm theo điểm a, do \"B\"", "chấm theo điểm a", "chấm theo điểm nhập"),
        ("còn dựng: 0 điểm", "còn dựng", "còn lại"),
        ("cách tổng: cộng", "cách tổng", "cách tổng hợp"),
        ("số không b \"B\": số đếm", "số không", "số liệu"),
    ];
    for (line, words, meant) in slips {
        let (code, marked, message) = told(line);
        assert_eq!((code, marked.as_str()), ("unknown-keyword", words), "{line}: {message}");
        assert!(message.contains(meant), "{line}: {message}");
    }
}
