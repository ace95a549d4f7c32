//! Forms that compare, from pairs.

use super::super::grammar::Rule;
use super::super::tree::{Against, Better, Compared, OtherIndex, PriorYear, Spanned, Within};
use super::{Builder, P, children, has};

impl Builder<'_> {
    /// The pair `compared`.
    pub(super) fn compared(&mut self, pair: P<'_>) -> Option<Compared> {
        let inner = children(pair).next()?;
        match inner.as_rule() {
            Rule::growth => {
                let decrease = has(&inner, Rule::kw_decrease_form);
                let mut parts = children(inner);
                let of = self.expression(parts.next()?)?;
                Some(Compared::Growth { of, decrease, against: self.against(parts.next()?)? })
            }
            Rule::difference => {
                let mut parts = children(inner);
                let of = self.expression(parts.next()?)?;
                Some(Compared::Difference { of, against: self.against(parts.next()?)? })
            }
            Rule::index_of => self.other_index(inner),
            Rule::rank_of => {
                let percentile = has(&inner, Rule::kw_percentile_form);
                let mut parts = children(inner);
                let of = self.expression(parts.next()?)?;
                let within = within(&parts.next()?);
                Some(Compared::Rank { of, percentile, within, better: better(&parts.next()?) })
            }
            _ => self.position(inner),
        }
    }

    fn against(&mut self, pair: P<'_>) -> Option<Against> {
        if has(&pair, Rule::kw_year_before) {
            return Some(Against::Year(PriorYear::Before));
        }
        let inner = children(pair).next()?;
        if inner.as_rule() == Rule::full_year {
            return self.prior_year(Some(inner)).map(Against::Year);
        }
        self.expression(inner).map(Against::Value)
    }

    fn year(&self, pair: &P<'_>) -> Option<Spanned<u16>> {
        Some(Spanned::new(self.written(pair).parse().ok()?, self.span(pair)))
    }

    fn other_index(&mut self, pair: P<'_>) -> Option<Compared> {
        let mut parts = children(pair);
        let path = self.path(&parts.next()?);
        let year = self.year(&parts.next()?)?;
        let mut index = OtherIndex { path, year, scale: None, part: None };
        for part in parts {
            if part.as_rule() == Rule::index_scale {
                self.once(index.scale.is_some(), &part);
                index.scale = Some(self.number(children(part).next()?)?);
            } else {
                self.once(index.part.is_some(), &part);
                index.part = self.preferred(part);
            }
        }
        Some(Compared::Index(index))
    }

    fn position(&mut self, pair: P<'_>) -> Option<Compared> {
        let mut parts = children(pair);
        let of = self.expression(parts.next()?)?;
        let (mut among, mut years, mut way) = (None, None, None);
        for part in parts {
            match part.as_rule() {
                Rule::within => among = Some(within(&part)),
                Rule::years => {
                    let mut ends = children(part);
                    years = Some((self.year(&ends.next()?)?, self.year(&ends.next()?)?));
                }
                _ => way = Some(better(&part)),
            }
        }
        Some(Compared::Position { of, within: among, years, better: way? })
    }
}

fn within(pair: &P<'_>) -> Within {
    if has(pair, Rule::kw_within_round) { Within::Round } else { Within::Block }
}

fn better(pair: &P<'_>) -> Better {
    if has(pair, Rule::kw_lower_better) { Better::Lower } else { Better::Higher }
}
