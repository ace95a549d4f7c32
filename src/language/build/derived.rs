//! Derived values from pairs.

use super::super::grammar::Rule;
use super::super::tree::{Derived, PriorYear, Spanned, ValueName, Within};
use super::{Builder, P, children};

impl Builder<'_> {
    /// The pair `derived`.
    pub(super) fn derived(&mut self, pair: P<'_>) -> Option<Derived> {
        let inner = pair.into_inner().next()?;
        if inner.as_rule() == Rule::kw_survey_result {
            return Some(Derived::Survey);
        }
        if inner.as_rule() == Rule::own {
            return own(inner);
        }
        let far = inner.as_rule() == Rule::far;
        let mut parts = children(inner);
        let name = self.spanned(&parts.next()?);
        if far {
            return Some(Derived::Far { name, code: self.code(&parts.next()?) });
        }
        Some(Derived::Prior { name, year: self.prior_year(parts.next())? })
    }

    /// The year written, or the year before.
    pub(super) fn prior_year(&mut self, year: Option<P<'_>>) -> Option<PriorYear> {
        let Some(year) = year else { return Some(PriorYear::Before) };
        self.written(&year).parse().ok().map(PriorYear::Year)
    }

    /// What an example or a test states a value of.
    pub(super) fn value_name(&mut self, pair: P<'_>) -> Option<Spanned<ValueName>> {
        let span = self.span(&pair);
        let name = match pair.as_rule() {
            Rule::derived => ValueName::Derived(self.derived(pair)?),
            _ => ValueName::Figure(self.written(&pair)),
        };
        Some(Spanned::new(name, span))
    }
}

/// A derived value without a figure in its name.
fn own(pair: P<'_>) -> Option<Derived> {
    Some(match pair.into_inner().next()?.as_rule() {
        Rule::kw_index_result => Derived::Index,
        Rule::kw_own_rank => Derived::Rank,
        Rule::kw_own_percentile => Derived::Percentile,
        Rule::kw_compared_value => Derived::Compared,
        Rule::kw_lowest_value => Derived::Lowest,
        Rule::kw_highest_value => Derived::Highest,
        Rule::kw_block_mean => Derived::Mean(Within::Block),
        _ => Derived::Mean(Within::Round),
    })
}
