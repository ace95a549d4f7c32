//! Problems of the round: its period, the day of submission, days named in rules and sheets.

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
        StatedOutsidePeriod { name: String, date: String, period: String } Warning "stated-outside-period"
            vi "`{name}` là {date}, ngoài kỳ đánh giá {period}", "kiểm tra lại ngày"
            en "`{name}` is {date}, outside the period {period}", "look at the date again"
        SubmittedLate { late: super::Both, due: super::Both } Warning "submitted-late"
            vi "hồ sơ nộp muộn {late}, hạn {due}", "hồ sơ vẫn được chấm; việc nộp muộn được ghi trên mọi kết quả"
            en "the submission is {late} late, it was due {due}", "it is scored all the same; that it was late stands on every output"
    }
}
