//! Lines about the round.

use super::super::keyword::Keyword;
use super::super::literal::clock;
use super::super::tree::{Authority, LevelName, Moment, Period, Reference};
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
