//! Problems of results of an earlier year, which a ranking is held against.

use super::catalogue::problems;
use super::say::{Both, Nearest};

problems! {
    /// Results of an earlier year.
    Previous {
        NotEarlier { year: usize, own: usize } Error "previous-not-earlier"
            vi "kết quả của năm {year}, không trước năm {own} của bộ tiêu chí", "đưa vào `--previous` kết quả của một năm trước"
            en "the results are of {year}, not before {own}, the year of the ruleset", "hand results of an earlier year to `--previous`"
        OtherIndex { found: String, expected: String } Error "previous-of-other-index"
            vi "kết quả của chỉ số `{found}`, không phải của `{expected}`", "đưa vào `--previous` kết quả của cùng chỉ số"
            en "the results are of the index `{found}`, not of `{expected}`", "hand results of the same index to `--previous`"
        InPoints { unit: String, found: Both, more: Both, meant: Both } Error "previous-in-points"
            vi "kết quả của `{unit}` là `{found}`{more}, không có dấu %", "chỉ số hai năm so theo phần trăm: viết `{meant}` nếu là phần trăm, hoặc đổi điểm ra phần trăm của thang điểm"
            en "the result of `{unit}` is `{found}`{more}, without a %", "the indices of two years are compared in per cent: write `{meant}` if it is one, or turn the points into per cent of their scale"
        OffScale { unit: String, found: Both, bound: Both } Warning "previous-off-scale"
            vi "kết quả năm trước của `{unit}` là {found}; theo bộ năm nay thì {bound}", "kiểm tra lại: gõ nhầm thì sửa; năm ấy có điểm thưởng hay điểm âm thì để nguyên, kết quả vẫn được so"
            en "the earlier result of `{unit}` is {found}; by this year's set it would be {bound}", "see whether it is mistyped; where that year had bonus points or points below zero, leave it: it is compared as it stands"
        NotUsed { year: usize, used: usize } Warning "previous-year-not-used"
            vi "kết quả năm {year} không dùng đến: các kết quả khác là của năm {used}, gần năm đánh giá hơn", "nếu là nhầm năm thì sửa; muốn so với năm {year} thì chỉ đưa vào `--previous` kết quả năm ấy"
            en "results of {year} are not used: others are of {used}, nearer to the year assessed", "mend the year if it is mistyped; to compare with {year}, hand its results alone to `--previous`"
        NoSuchUnit { unit: String, place: Both, nearest: Nearest } Warning "previous-unit-unknown"
            vi "có kết quả năm trước của `{unit}`, mà {place} không có đơn vị này{nearest}", "viết tên đơn vị như ở đó; chưa sửa thì đơn vị ấy không có kỳ trước để so"
            en "there is an earlier result of `{unit}`, and {place} knows no such unit{nearest}", "write its name as it stands there; until then that unit has nothing to be compared with"
    }
}
