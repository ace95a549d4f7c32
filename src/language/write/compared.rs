//! Forms that compare.

use super::super::keyword::Keyword;
use super::super::tree::{Against, Better, Compared, OtherIndex, PriorYear, Within};
use super::expression::Strength;
use super::pen::Pen;

impl Pen<'_> {
    pub(super) fn compared(&mut self, compared: &Compared) -> &mut Self {
        match compared {
            Compared::Growth { of, decrease, against } => {
                let form = if *decrease { Keyword::DecreaseForm } else { Keyword::GrowthForm };
                self.keyword(form).expression(of, Strength::Sum).against(against)
            }
            Compared::Difference { of, against } => {
                self.keyword(Keyword::DifferenceForm).expression(of, Strength::Sum).against(against)
            }
            Compared::Index(index) => self.other_index(index),
            Compared::Rank { of, percentile, within, better } => {
                let form = if *percentile { Keyword::PercentileForm } else { Keyword::RankForm };
                self.keyword(form).expression(of, Strength::Sum).within(*within).mark(",").better(*better)
            }
            Compared::Position { of, within, years, better } => {
                self.keyword(Keyword::PositionForm).expression(of, Strength::Sum);
                // In Vietnamese the opening words say it already.
                self.language.pick(false, true).then(|| self.keyword(Keyword::BetweenExtremes));
                if let Some(within) = within {
                    self.within(*within);
                }
                if let Some((from, to)) = years {
                    self.mark(",").keyword(Keyword::FromYear).full_year(from.value);
                    self.keyword(Keyword::ToYear).full_year(to.value);
                }
                self.mark(",").better(*better)
            }
        }
    }

    fn against(&mut self, against: &Against) -> &mut Self {
        self.keyword(Keyword::Against);
        match against {
            Against::Year(PriorYear::Before) => self.keyword(Keyword::YearBefore),
            Against::Year(PriorYear::Year(year)) => self.keyword(Keyword::Year).full_year(*year),
            Against::Value(value) => self.expression(value, Strength::Sum),
        }
    }

    fn other_index(&mut self, index: &OtherIndex) -> &mut Self {
        self.keyword(Keyword::IndexForm).word(&index.path.value);
        self.keyword(Keyword::Year).full_year(index.year.value);
        if let Some(part) = &index.part {
            self.mark(",").preferred(part);
        }
        if let Some(scale) = &index.scale {
            self.mark(",").keyword(Keyword::IndexScale).number(scale);
        }
        self
    }

    fn within(&mut self, within: Within) -> &mut Self {
        self.keyword(match within {
            Within::Block => Keyword::WithinBlock,
            Within::Round => Keyword::WithinRound,
        })
    }

    fn better(&mut self, better: Better) -> &mut Self {
        self.keyword(match better {
            Better::Higher => Keyword::HigherBetter,
            Better::Lower => Keyword::LowerBetter,
        })
    }

    /// A year with its four digits.
    pub(super) fn full_year(&mut self, year: u16) -> &mut Self {
        self.word(&format!("{year:04}"))
    }
}
