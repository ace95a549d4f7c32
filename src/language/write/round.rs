//! Lines about the round.

use super::super::keyword::Keyword;
use super::super::literal::clock;
use super::super::tree::{Authority, DayRange, LevelName, Moment, Period, Reference};
use super::pen::Pen;

impl Pen<'_> {
    pub(super) fn level_names(&mut self, names: &[LevelName]) {
        self.property(Keyword::LevelNames).items(names, |pen, name| {
            pen.level(name.level.value).string(&name.name.value);
        });
    }

    pub(super) fn period(&mut self, period: &Period) {
        self.property(Keyword::Period).keyword(Keyword::From).date(period.from.value);
        self.keyword(Keyword::Through).date(period.through.value);
    }

    pub(super) fn working_week(&mut self, days: &[(u8, u8)]) {
        self.property(Keyword::WorkingWeek).items(days, |pen, &(from, through)| {
            pen.keyword(week_day(from));
            if from != through {
                pen.keyword(Keyword::Through).keyword(week_day(through));
            }
        });
    }

    pub(super) fn day_ranges(&mut self, of: Keyword, ranges: &[DayRange]) {
        self.property(of);
        if ranges.is_empty() {
            self.keyword(Keyword::None);
        }
        self.items(ranges, |pen, range| {
            if range.from != range.through.value {
                pen.keyword(Keyword::From).date(range.from).keyword(Keyword::Through);
            }
            pen.date(range.through.value);
        });
    }

    pub(super) fn moment(&mut self, moment: Moment) -> &mut Self {
        match moment.minute {
            Some(minute) => self.word(&clock(minute)).keyword(Keyword::OnDay),
            None => self.keyword(Keyword::EndOfDay),
        }
        .date(moment.day)
    }

    pub(super) fn reference(&mut self, reference: &Reference) {
        self.property(Keyword::RefersTo).string(&reference.document.value);
        if reference.as_amended {
            self.mark(",").keyword(Keyword::AsAmended);
        }
    }

    pub(super) fn dated(&mut self, of: Keyword, text: &Authority) {
        self.property(of).string(&text.number.value);
        if let Some(date) = &text.date {
            self.mark(",").keyword(Keyword::Dated).date(date.value);
        }
    }
}

/// Monday is 0.
fn week_day(day: u8) -> Keyword {
    match day {
        0 => Keyword::Monday,
        1 => Keyword::Tuesday,
        2 => Keyword::Wednesday,
        3 => Keyword::Thursday,
        4 => Keyword::Friday,
        5 => Keyword::Saturday,
        _ => Keyword::Sunday,
    }
}
