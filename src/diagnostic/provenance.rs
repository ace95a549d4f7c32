//! Problems of sources, clauses and worked examples.

use super::catalogue::problems;
use super::say::Both;

problems! {
    /// Sources and examples.
    Provenance {
        NoSource {} Error "no-source"
            vi "bộ tiêu chí chưa nói các số lấy từ đâu", "thêm `nguồn: chính thức, \"…\"`, `nguồn: dựng lại, \"…\"` hoặc `nguồn: minh họa, \"…\"` ở phần đầu"
            en "the ruleset does not say where its numbers come from", "add `source: official, \"…\"`, `source: reconstructed, \"…\"` or `source: illustrative, \"…\"` to the header"
        NoClause {} Error "official-without-clause"
            vi "`nguồn: chính thức` cần điều khoản", "viết `nguồn: chính thức, \"Phụ lục I, mục 1.1\"`"
            en "`source: official` needs its clause", "write `source: official, \"Annex I, item 1.1\"`"
        SourceOfWhole { line: Both, whole: Both } Warning "source-of-whole"
            vi "dòng `nguồn` này là của {whole}, không riêng `{line}`", "nguồn riêng của một dòng viết ngay trên dòng ấy, như `{line} …, nguồn dựng lại, \"…\"`; nguồn của {whole} thì thụt lề như các dòng khác"
            en "this `source` is of {whole}, not of `{line}` alone", "a source of one line stands on that line, as `{line} …, source reconstructed, \"…\"`; a source of {whole} is indented as the other lines are"
        NoCitation {} Warning "no-citation"
            vi "bộ tiêu chí không nêu căn cứ", "thêm `căn cứ: \"số/ký hiệu\", ngày …`"
            en "the ruleset names no authority", "add `authority: \"number\", dated …`"
        NoExample { code: String } Warning "no-example"
            vi "`{code}` chưa có ví dụ", "thêm ít nhất một dòng `ví dụ … : … điểm`"
            en "`{code}` has no example", "add at least one line `example … : … points`"
        EdgeNotExercised { edge: Both } Warning "edge-not-exercised"
            vi "chưa ví dụ nào thử đúng mép {edge}", "thêm một ví dụ ở mép này"
            en "no example tries the edge {edge}", "add an example at the edge"
        OptionNotExercised { option: String } Warning "option-not-exercised"
            vi "chưa ví dụ nào chọn `{option}`", "thêm một ví dụ chọn phương án này"
            en "no example chooses `{option}`", "add an example that chooses it"
        SameExample {} Warning "same-example"
            vi "ví dụ này cho đúng các giá trị của một ví dụ ở trên", "cho giá trị khác, thường là ở một mép chưa thử, hoặc bỏ một dòng"
            en "this example gives the very values of one above", "give other values, mostly at an edge not tried yet, or drop one of the lines"
        ExampleFails { expected: Both, got: Both, explanation: Both } Error "example-fails"
            vi "ví dụ ghi {expected}, quy tắc cho {got} ({explanation})", "sửa quy tắc nếu quy tắc chép sai, sửa ví dụ nếu ví dụ chép sai; văn bản tự mâu thuẫn thì ghi thêm `, văn bản sai`"
            en "the example says {expected}, the rule gives {got} ({explanation})", "mend the rule if it was copied wrongly, or the example; where the decision contradicts itself, add `, decision is wrong`"
        NoTestSheet { file: String, why: Both } Error "no-test-sheet"
            vi "kiểm thử không dùng được hồ sơ `{file}`: {why}", "để tệp cạnh tệp bộ tiêu chí và sửa hồ sơ; xem `tieuchi score {file}`"
            en "the test cannot use the submission `{file}`: {why}", "put the file beside the ruleset's and mend it; see `tieuchi score {file}`"
        TestFails { test: String, what: Both, expected: Both, got: Both } Error "test-fails"
            vi "kiểm thử `{test}`: {what} phải là {expected}, bộ tiêu chí cho {got}", "sửa quy tắc, điều kiểm thử cho, hoặc điều kiểm thử chờ đợi"
            en "the test `{test}`: {what} must be {expected}, the set gives {got}", "mend the rule, what the test gives, or what it expects"
        DecisionWrong { expected: Both, got: Both } Warning "decision-is-wrong"
            vi "ví dụ của văn bản ghi {expected}, trái với quy tắc của chính văn bản ({got})", "giữ lại và nêu ra; không chặn bộ tiêu chí"
            en "the decision's own example says {expected}, against its own rule ({got})", "kept and shown; it does not block the set"
        WrongExampleHolds {} Error "wrong-example-holds"
            vi "ví dụ ghi `văn bản sai` nhưng đúng với quy tắc", "bỏ `, văn bản sai`"
            en "the example is marked `decision is wrong` but agrees with the rule", "drop `, decision is wrong`"
        ExampleValue { message: Both } Error "example-value"
            vi "ví dụ không dùng được: {message}", "sửa giá trị trong ví dụ theo khai báo của số liệu"
            en "the example cannot be used: {message}", "mend the value as the figure is declared"
    }
}
