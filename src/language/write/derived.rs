//! Derived values by name: as a line writes them, and as sheets and sentences call them.

use super::super::keyword::Keyword;
use super::super::tree::{Derived, PriorYear, ValueName, Within};
use super::pen::Pen;
use crate::diagnostic::Language;

impl Pen<'_> {
    pub(super) fn derived(&mut self, derived: &Derived) -> &mut Self {
        match derived {
            Derived::Survey => self.keyword(Keyword::SurveyResult),
            Derived::Prior { name, year } => {
                self.word(&name.value);
                match year {
                    PriorYear::Before => self.keyword(Keyword::OfYearBefore),
                    PriorYear::Year(year) => self.keyword(Keyword::OfYear).full_year(*year),
                }
            }
            Derived::Far { name, code } => self.word(&name.value).keyword(Keyword::In).word(&code.value),
            Derived::Index => self.keyword(Keyword::IndexResult),
            Derived::Rank => self.keyword(Keyword::OwnRank),
            Derived::Percentile => self.keyword(Keyword::OwnPercentile),
            Derived::Compared => self.keyword(Keyword::ComparedValue),
            Derived::Lowest => self.keyword(Keyword::LowestValue),
            Derived::Highest => self.keyword(Keyword::HighestValue),
            Derived::Mean(Within::Block) => self.keyword(Keyword::BlockMean),
            Derived::Mean(Within::Round) => self.keyword(Keyword::RoundMean),
        }
    }
}

impl Derived {
    /// Its name in a language: `vốn của năm trước`.
    pub fn text(&self, language: Language) -> String {
        let mut pen = Pen::new("".into(), language);
        pen.derived(self);
        pen.text
    }
}

impl ValueName {
    /// The name in a language; a figure's is the same in both.
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Figure(name) => name.clone(),
            Self::Derived(derived) => derived.text(language),
        }
    }
}
