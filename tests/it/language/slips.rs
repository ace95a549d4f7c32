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
        // No fraction `3/50`: the colon opens the points.
        ("trên 1 đến hết 3: 50: tối đa", ":", "gặp `:`, lẽ ra phải là `điểm`"),
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
        ("kiểm \"Một\"", "kiểm", "; có phải là `kiểm thử`?"),
        ("dụ a = 5: 1 điểm", "dụ", "; có phải là `ví dụ`?"),
        ("cách tổng: cộng", "cách tổng", "; có phải là `cách tổng hợp`?"),
        // Which of several was meant nobody knows, so none is offered.
        ("chấm dụ mẫu toàn_bộ(b; a)", "chấm dụ", "bắt đầu bằng `chấm dụ`\n"),
        ("còn dựng: 0 điểm", "còn dựng", "bắt đầu bằng `còn dựng`\n"),
        ("số không b \"B\": số đếm", "số không", "bắt đầu bằng `số không`\n"),
        ("cơ quan báo chí: \"B\"", "cơ quan báo chí", "bắt đầu bằng `cơ quan báo chí`\n"),
    ];
    for (line, words, meant) in slips {
        let (code, marked, message) = told(line);
        assert_eq!((code, marked.as_str()), ("unknown-keyword", words), "{line}: {message}");
        assert!(format!("{message}\n").contains(meant), "{line}: {message}");
    }
}

/// The only finding in a line of a file that opens with these words: what it says in Vietnamese, and what the line reads
/// once its fix is put in.
fn mended(opening: &str, line: &str) -> (String, Option<String>) {
    let text = format!("{opening} a \"b\"\n{line}\n");
    let found = parse(SourceId(0), &text).diagnostics;
    assert_eq!(found.len(), 1, "{line}: {found:?}");
    let message = found[0].problem.words(Language::Vietnamese).message;
    let mended = found[0].fixes.first().map(|fix| {
        let mut text = text.clone();
        text.replace_range(fix.span.range(), &fix.replacement);
        text.lines().nth(1).unwrap_or_default().to_owned()
    });
    (message, mended)
}

/// What means something else than what is written is not put in by a machine, and not told as what was meant.
#[test]
fn a_word_that_is_another_one_is_not_replaced() {
    let lines = [
        ("bộ tiêu chí", "xếp hạng: đồng hạng, bỏ hạng sau, theo điểm làm tròn", "`theo điểm đã làm tròn`"),
        ("bộ tiêu chí", "làm tròn: chỉ số, 2 chữ số, nửa xuống", "là `nửa lên`, cách làm tròn duy nhất có ở đây"),
        ("bộ tiêu chí", "thiếu số liệu: không giải trình", "gặp `không giải trình`"),
        ("bộ tiêu chí", "khi a = 3 thì: 5 điểm", "gặp `thì`"),
        ("bộ tiêu chí", "khi hội nghị = có: 5 điểm", "gặp `nghị`"),
        ("bộ tiêu chí", "khi a = \"X\" \"Y\": 5 điểm", "gặp `\"Y\"`"),
        ("bộ tiêu chí", "khi a = 3): 5 điểm", "gặp `)`"),
        ("bộ tiêu chí", "chấm theo điểm a", "gặp `điểm`"),
        ("bộ tiêu chí", "phát sinh khi a = 0: loại khỏi thang điểm", "`phát sinh khi`"),
        ("bộ tiêu chí", "sum: 5 điểm", "bắt đầu bằng `sum`\n"),
        ("bộ tiêu chí", "từ 50% - 80% trở xuống: 5 điểm", ""),
        ("bộ tiêu chí", "trên -50% - 20% trở xuống: 5 điểm", ""),
        ("bộ tiêu chí", "khác 0: 1 điểm", ""),
        ("bộ tiêu chí", "không có gì", "bắt đầu bằng `không có gì`\n"),
        ("bộ tiêu chí", "ví dụ a = 5 5: 1 điểm", "`5` viết hai lần"),
        ("ruleset", "rounding: index, 2 digits, half down", "là `nửa lên`, cách làm tròn duy nhất có ở đây"),
        ("ruleset", "no cake: 0 points", "bắt đầu bằng `no cake`\n"),
    ];
    for (opening, line, says) in lines {
        let (message, mended) = mended(opening, line);
        assert!(format!("{message}\n").contains(says), "{line}: {message}");
        assert_eq!(mended, None, "{line}: {message}");
    }
}

/// What officials write in words of their own is put as the language says it; the edge stays on its side.
#[test]
fn other_words_of_the_same_meaning_are_put_as_they_are_read() {
    let lines = [
        ("bộ tiêu chí", "từ 80% - dưới 90%: 5 điểm", "từ 80% đến dưới 90%: 5 điểm"),
        ("bộ tiêu chí", "từ 80% đến bằng 90%: 5 điểm", "từ 80% đến hết 90%: 5 điểm"),
        ("bộ tiêu chí", "từ 80% đến 90% hết: 5 điểm", "từ 80% đến hết 90%: 5 điểm"),
        ("bộ tiêu chí", "từ 80% tới dưới 90%: 5 điểm", "từ 80% đến dưới 90%: 5 điểm"),
        ("bộ tiêu chí", "từ 80% trở xuống: 5 điểm", "đến hết 80%: 5 điểm"),
        ("bộ tiêu chí", "2 điểm phần trăm trở xuống: 5 điểm", "đến hết 2 điểm phần trăm: 5 điểm"),
        ("bộ tiêu chí", "không quá 80%: 5 điểm", "đến hết 80%: 5 điểm"),
        ("bộ tiêu chí", "80% đổ xuống: 5 điểm", "đến hết 80%: 5 điểm"),
        ("bộ tiêu chí", "từ 80% đổ xuống: 5 điểm", "đến hết 80%: 5 điểm"),
        ("bộ tiêu chí", "80% đổ lên: 5 điểm", "từ 80% trở lên: 5 điểm"),
        ("bộ tiêu chí", "muộn 15 ngày đổ xuống: 5 điểm", "muộn không quá 15 ngày: 5 điểm"),
        ("bộ tiêu chí", "không đạt 80%: 0 điểm", "dưới 80%: 0 điểm"),
        ("bộ tiêu chí", "chưa đạt 80%: 0 điểm", "dưới 80%: 0 điểm"),
        ("bộ tiêu chí", "50% - dưới 80%: 5 điểm", "từ 50% đến dưới 80%: 5 điểm"),
        ("bộ tiêu chí", "50% đến dưới 80%: 5 điểm", "từ 50% đến dưới 80%: 5 điểm"),
        ("bộ tiêu chí", "không dưới 80%: 5 điểm", "từ 80% trở lên: 5 điểm"),
        ("bộ tiêu chí", "lớn hơn 80%: 5 điểm", "trên 80%: 5 điểm"),
        ("bộ tiêu chí", "nhỏ hơn hoặc bằng 80%: 5 điểm", "đến hết 80%: 5 điểm"),
        ("bộ tiêu chí", "nhỏ hơn 80%: 5 điểm", "dưới 80%: 5 điểm"),
        ("bộ tiêu chí", "muộn quá 5 ngày: 1 điểm", "muộn trên 5 ngày: 1 điểm"),
        ("bộ tiêu chí", "trễ không quá 5 ngày: 1 điểm", "muộn không quá 5 ngày: 1 điểm"),
        ("bộ tiêu chí", "số liệu a \"A\": số đếm, nhiều nhất 5", "số liệu a \"A\": số đếm, không quá 5"),
        ("bộ tiêu chí", "số liệu a \"A\": số đếm, tối thiểu 5", "số liệu a \"A\": số đếm, ít nhất 5"),
        ("bộ tiêu chí", "nếu a = 3: 5 điểm", "khi a = 3: 5 điểm"),
        ("bộ tiêu chí", "nếu không: 5 điểm", "còn lại: 5 điểm"),
        ("bộ tiêu chí", "khác: 5 điểm", "còn lại: 5 điểm"),
        ("bộ tiêu chí", "bỏ tiêu chí 1.1, do \"B\"", "bãi bỏ tiêu chí 1.1, do \"B\""),
        ("bộ tiêu chí", "bỏ tiêu chí 1.1", "bãi bỏ tiêu chí 1.1"),
        ("bộ tiêu chí", "bỏ lĩnh vực 1", "bãi bỏ lĩnh vực 1"),
        ("bộ tiêu chí", "từ 30% trở lên: điểm tối đa", "từ 30% trở lên: tối đa"),
        ("bộ tiêu chí", "chấm theo thời hạn a, hạn đến 13/02/2026", "chấm theo thời hạn a, hạn hết 13/02/2026"),
        ("bộ tiêu chí", "chấm theo thời hạn a, hạn hết ngày 13/02/2026", "chấm theo thời hạn a, hạn hết 13/02/2026"),
        ("bộ tiêu chí", "chấm theo thời hạn a, hạn cuối 13/02/2026", "chấm theo thời hạn a, hạn hết 13/02/2026"),
        (
            "bộ tiêu chí",
            "chấm theo thời hạn a, hạn đến 17:00 ngày 13/02/2026",
            "chấm theo thời hạn a, hạn 17:00 ngày 13/02/2026",
        ),
        (
            "bộ tiêu chí",
            "ngày nghỉ: 01/01/2026; 16/02/2026 - 20/02/2026",
            "ngày nghỉ: 01/01/2026; từ 16/02/2026 đến hết 20/02/2026",
        ),
        ("bộ tiêu chí", "ngày nghỉ: từ 16/02/2026 đến 20/02/2026", "ngày nghỉ: từ 16/02/2026 đến hết 20/02/2026"),
        ("bộ tiêu chí", "tối đa 1 điểm", "cao nhất 1 điểm"),
        ("ruleset", "score by deadline a, by 31/01/2026", "score by deadline a, by end of 31/01/2026"),
        ("ruleset", "days off: 16/02/2026 - 20/02/2026", "days off: from 16/02/2026 through 20/02/2026"),
        ("ruleset", "from 80% - below 90%: 5 points", "from 80% to below 90%: 5 points"),
        ("ruleset", "50% - below 80%: 5 points", "from 50% to below 80%: 5 points"),
        ("ruleset", "80% or less: 5 points", "through 80%: 5 points"),
        ("ruleset", "more than 80%: 5 points", "above 80%: 5 points"),
        ("ruleset", "at least 80%: 5 points", "from 80% up: 5 points"),
        ("ruleset", "late more than 5 days: 1 point", "late over 5 days: 1 point"),
        ("ruleset", "no case if a = 0: out of scale", "no case when a = 0: out of scale"),
    ];
    for (opening, line, meant) in lines {
        let (message, mended) = mended(opening, line);
        assert_eq!(mended.as_deref(), Some(meant), "{line}: {message}");
    }
}
