//! Problems of the round: its period, days named in rules.

use super::catalogue::problems;

problems! {
    /// The round: its period and what lies in it.
    Round {
        PeriodOutOfOrder { from: String, through: String } Error "period-out-of-order"
            vi "kỳ đánh giá kết thúc ({through}) trước khi bắt đầu ({from})", "viết `kỳ đánh giá: từ ngày đầu đến hết ngày cuối`"
            en "the period ends ({through}) before it begins ({from})", "write `period: from the first day through the last`"
        DateOutsidePeriod { date: String } Warning "date-outside-period"
            vi "ngày {date} nằm ngoài kỳ đánh giá", "sửa ngày; nếu đúng là vậy, thêm `, kể cả ngoài kỳ đánh giá` vào dòng số liệu"
            en "{date} lies outside the period", "mend the date; if it is meant so, add `, also outside the period` to the figure's line"
    }
}
