//! What a whole number counts: what else may be written where it is not whole.

use crate::diagnostic::Both;

/// What is counted.
#[derive(Clone, Copy)]
pub(super) enum Counted {
    Years,
    Digits,
    Answers,
    Hours,
    Days,
    WorkingDays,
    /// Heads, places, steps.
    Things,
}

impl Counted {
    /// What to write instead.
    pub(super) fn mend(self) -> Both {
        let (vietnamese, english) = match self {
            Self::Years => ("viết năm bằng bốn chữ số, như `2026`", "write the four digits of a year, such as `2026`"),
            Self::Digits => (
                "viết bao nhiêu chữ số sau dấu phẩy, như `2 chữ số`",
                "write how many digits stand after the mark, such as `2 digits`",
            ),
            Self::Answers => ("viết số phiếu là số nguyên", "write a whole number of answers"),
            Self::Hours => (
                "viết số giờ là số nguyên; chậm dưới một giờ thì không có dòng riêng: lùi giờ của hạn (`hạn 17:30 ngày …`), hoặc chấm theo điều kiện",
                "write a whole number of hours; less than an hour late has no line of its own: name a later time (`due 17:30 on …`), or score by condition",
            ),
            Self::Days => (
                "viết số ngày là số nguyên, hoặc đổi ra giờ (`muộn không quá 12 giờ`)",
                "write a whole number of days, or count in hours (`late up to 12 hours`)",
            ),
            Self::WorkingDays => ("viết số ngày làm việc là số nguyên", "write a whole number of working days"),
            Self::Things => ("viết số nguyên", "write a whole number"),
        };
        Both::new(vietnamese, english)
    }
}
