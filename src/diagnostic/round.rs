//! Problems of the round: its period, days named in rules.

use super::catalogue::problems;

problems! {
    /// The round: its period and what lies in it.
    Round {
        PeriodOutOfOrder { from: String, through: String } Error "period-out-of-order"
            vi "kỳ đánh giá kết thúc ({through}) trước khi bắt đầu ({from})", "viết `kỳ đánh giá: từ ngày đầu đến hết ngày cuối`"
            en "the period ends ({through}) before it begins ({from})", "write `period: from the first day through the last`"
        PeriodsOverlap { period: String, name: String, theirs: String } Error "periods-overlap"
            vi "kỳ đánh giá {period} chồng lên kỳ {theirs} của `{name}`", "mỗi năm một kỳ: viết `kỳ đánh giá: từ … đến hết …` của năm này"
            en "the period {period} overlaps that of `{name}`, {theirs}", "a period is of one year: write `period: from … through …` of this one"
        PeriodOfOtherYear { period: String, year: usize } Warning "period-of-other-year"
            vi "kỳ đánh giá {period} không bắt đầu, cũng không kết thúc trong năm {year}", "sửa kỳ hoặc năm: năm trước, ngày trong kỳ và phép so hai năm đều tính theo đó"
            en "the period {period} neither begins nor ends in the year {year}", "mend the period or the year: years before, days in the period and comparisons of years are reckoned from them"
        DaysBackwards { from: String, through: String } Error "days-backwards"
            vi "các ngày này kết thúc ({through}) trước khi bắt đầu ({from})", "viết `từ ngày đầu đến hết ngày cuối`"
            en "these days end ({through}) before they begin ({from})", "write `from the first day through the last`"
        NoCalendar {} Error "no-calendar"
            vi "đếm `ngày làm việc` mà bộ tiêu chí chưa nói ngày nào làm việc", "thêm vào phần đầu: `tuần làm việc: thứ hai đến hết thứ sáu` và `ngày nghỉ: 01/01/2022; …` (hoặc `ngày nghỉ: không`)"
            en "`working days` are counted, and the ruleset does not say which days are worked", "add to the header: `working week: monday through friday` and `days off: 01/01/2022; …` (or `days off: none`)"
        HalfCalendar { line: super::Both } Error "half-calendar"
            vi "có dòng `{line}` mà thiếu dòng kia của lịch làm việc", "cần cả `tuần làm việc: …` và `ngày nghỉ: …` (không có ngày nghỉ nào thì viết `ngày nghỉ: không`)"
            en "the line `{line}` stands without the other line of the calendar", "both are needed, `working week: …` and `days off: …` (with no day off, write `days off: none`)"
        DueOnDayOff { date: String } Warning "due-on-day-off"
            vi "hạn {date} rơi vào ngày nghỉ", "nếu hạn chuyển sang ngày làm việc kế tiếp, viết ngày đó; máy không tự chuyển"
            en "{date}, the last day in time, is not worked", "if the deadline moves to the next working day, write that day; nothing moves it by itself"
        TimeNeeded {} Error "time-needed"
            vi "hạn có giờ, hoặc muộn tính theo giờ, cần số liệu kiểu `ngày giờ`", "khai số liệu là `ngày giờ`, hoặc viết hạn và mức muộn theo ngày"
            en "a deadline with a time, or lateness in hours, needs a figure of type `date-time`", "declare the figure as `date-time`, or write the deadline and the lateness in days"
        LatenessMixed {} Error "lateness-mixed"
            vi "các dòng `muộn` vừa đếm ngày làm việc vừa đếm ngày hoặc giờ", "dùng một cách đếm trong cùng một thời hạn"
            en "the lines `late` count both working days and days or hours", "count in one way within one deadline"
        SubmitByFar { date: String, year: usize } Warning "submit-by-far-off"
            vi "hạn nộp {date} cách xa năm đánh giá {year}", "sửa ngày, tháng hoặc năm của hạn nộp; hồ sơ nộp sau hạn bị nêu là muộn"
            en "{date}, the last day to submit, lies far from the year {year}", "mend the day, the month or the year; what is submitted after it is told as late"
        UnlikelyYear { year: usize } Warning "unlikely-year"
            vi "năm {year} khó là năm đánh giá", "sửa năm; đánh giá, năm trước và hạn nộp đều tính từ năm này"
            en "{year} is hardly a year of assessment", "mend the year; years before and days to submit are reckoned from it"
        UnlikelyDigits { digits: usize } Warning "unlikely-digits"
            vi "{digits} chữ số sau dấu phẩy là nhiều khác thường", "kết quả công bố thường có 1 đến 3 chữ số; sửa nếu gõ nhầm"
            en "{digits} digits after the mark are unusually many", "published results mostly have 1 to 3; mend it if it is a slip"
        DateOutsidePeriod { date: String } Warning "date-outside-period"
            vi "ngày {date} nằm ngoài kỳ đánh giá", "sửa ngày; nếu đúng là vậy, thêm `, kể cả ngoài kỳ đánh giá` vào dòng số liệu"
            en "{date} lies outside the period", "mend the date; if it is meant so, add `, also outside the period` to the figure's line"
    }
}
