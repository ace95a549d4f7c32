//! Problems of published tables.

use super::catalogue::problems;
use super::say::Nearest;

problems! {
    /// Results as published.
    Published {
        ColumnUnknown { name: String, nearest: Nearest } Error "published-column"
            vi "bảng kết quả không có cột nào tên `{name}`{nearest}", "sửa tên cột; phần điểm ghi `phần …`, yếu tố ghi `yếu tố …`"
            en "a published table has no column `{name}`{nearest}", "mend the name; parts are named `part …`, elements `element …`"
        ColumnMissing { name: String } Error "published-column-missing"
            vi "bảng kết quả thiếu cột `{name}`", "thêm cột này: mỗi dòng nói về ai, và in ở đâu"
            en "the published table lacks the column `{name}`", "add it: every row says whom it is about, and where it is printed"
        RowUnknown { found: String, nearest: Nearest } Error "published-row"
            vi "`{found}` không phải dòng chung nào của bảng{nearest}",
                "dùng một trong: (số đơn vị), (trung bình), (nhóm …), (tăng điểm), (giảm điểm), (trên trung bình), (tăng nhiều nhất), (tăng ít nhất); tên đơn vị không đặt trong ngoặc"
            en "`{found}` is no row of the whole round{nearest}",
                "use one of: (units), (mean), (band …), (rose), (fell), (above mean), (most rise), (least rise); a unit's name has no brackets around it"
        NoUnit {} Error "published-unit"
            vi "dòng không nói về đơn vị nào", "ghi tên đơn vị, hoặc tên của điều chung trong ngoặc tròn như `(trung bình)`"
            en "the row is about no unit", "name the unit, or in brackets the fact of the whole round, such as `(mean)`"
        NoSource { who: String } Error "published-source"
            vi "dòng `{who}` không nêu nguồn", "ghi ở cột `nguồn` nơi con số được in; không có nguồn thì không đưa vào bảng"
            en "the row `{who}` names no source", "say in the column `source` where the number is printed; without a source it does not belong here"
        NoFact { who: String } Error "published-fact"
            vi "dòng `{who}` không có con số nào", "ghi ít nhất một số, hoặc bỏ dòng này"
            en "the row `{who}` states nothing", "state at least one number, or drop the row"
        FileName { name: String } Error "published-year"
            vi "tên tệp `{name}` không phải một năm", "đặt tên tệp theo năm của kết quả, như `2024.csv`"
            en "the file name `{name}` is no year", "name the file after the year of the results, such as `2024.csv`"
    }
}
