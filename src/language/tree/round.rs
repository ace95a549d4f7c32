//! Lines about the round: what levels are called, the period, the day of submission, texts beside the decision.

use super::{Level, Quoted, Spanned};
use crate::number::Ratio;

/// `lĩnh vực "Nội dung"`: what outputs call a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelName {
    /// The level, by its keyword.
    pub level: Spanned<Level>,
    /// Its name on outputs.
    pub name: Quoted,
}

/// `kỳ đánh giá: từ 01/01/2021 đến hết 31/12/2021`, in days since 1970-01-01, both ends in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Spanned<i32>,
    /// The last day.
    pub through: Spanned<i32>,
}

/// `17:00 ngày 20/10/2021`, or `hết ngày 20/10/2021`: a last moment that is still in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day, since 1970-01-01.
    pub day: i32,
    /// The minute of the day; nothing is its end.
    pub minute: Option<u16>,
}

/// A day, or `từ 31/01/2022 đến hết 04/02/2022`, in days since 1970-01-01.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub from: i32,
    /// The last day; the same as the first for a day alone.
    pub through: Spanned<i32>,
}

impl Moment {
    /// Days since 1970-01-01 00:00, with the part of the day that has gone.
    pub fn days(self) -> Ratio {
        Ratio::new(i128::from(self.seconds()), 86_400).unwrap_or_default()
    }

    /// Seconds since 1970-01-01 00:00 by which it must be done: the minute itself, or the midnight that ends the day.
    pub fn seconds(self) -> i64 {
        let minutes = self.minute.map_or(1_440, i64::from);
        i64::from(self.day) * 86_400 + minutes * 60
    }

    /// How many seconds something done then is late; nothing when it is in time. The stated minute is in time, the
    /// midnight that ends a day is not.
    pub fn late(self, done: i64) -> Option<i64> {
        let over = done - self.seconds();
        match self.minute {
            Some(_) => (over > 0).then_some(over),
            None => (over >= 0).then_some(over),
        }
    }
}

/// `dẫn chiếu: "Nghị định 61/2018/NĐ-CP", áp dụng văn bản sửa đổi`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The text referred to.
    pub document: Quoted,
    /// Its amendments hold too.
    pub as_amended: bool,
}
