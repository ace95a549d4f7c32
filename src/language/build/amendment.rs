//! Years, levels and editions from pairs.

use super::super::grammar::Rule;
use super::super::tree::{
    Amend, AmendParameter, Extends, Level, Open, Opening, Renumber, Repeal, Replaces, Spanned, Statement, Supersedes,
    Target,
};
use super::head::level;
use super::{Builder, Counted, P, children, has};

/// The level of the heads that a line opens: `tiêu chí trong …`.
fn counted(pair: &P<'_>) -> Option<Level> {
    let rules = [Rule::kw_criterion_count, Rule::kw_sub_criterion_count];
    rules.into_iter().find(|&rule| has(pair, rule)).map(level)
}

impl Builder<'_> {
    pub(super) fn amendment(&mut self, pair: P<'_>) -> Option<Statement> {
        let rule = pair.as_rule();
        Some(match rule {
            Rule::extends => {
                let mut parts = children(pair);
                let path = self.path(&parts.next()?);
                let year = self.ordinal(parts.next()?)?;
                let edition = match parts.next() {
                    Some(number) => Some(self.ordinal(number)?),
                    None => None,
                };
                Statement::Extends(Extends { path, year, edition })
            }
            Rule::edition => Statement::Edition(self.ordinal(children(pair).next()?)?),
            Rule::supersedes => {
                let whole_year = has(&pair, Rule::kw_whole_year);
                let mut parts = children(pair);
                let edition = self.ordinal(parts.next()?)?;
                let date = parts.next()?;
                let from = Spanned::new(self.date(&date)?, self.span(&date));
                Statement::Supersedes(Supersedes { edition, from, whole_year })
            }
            Rule::amend_parameter => {
                let mut parts = children(pair);
                let name = self.spanned(&parts.next()?);
                let value = self.expression(parts.next()?.into_inner().next()?)?;
                Statement::AmendParameter(AmendParameter { name, value, sources: self.sources(parts)? })
            }
            Rule::amend => {
                let retitled = has(&pair, Rule::string);
                Statement::Amend(Amend { retitled, head: self.head(pair)? })
            }
            Rule::add_head => Statement::Add(self.head(children(pair).next()?)?),
            Rule::repeal => {
                let reason = self.quoted(&children(pair.clone()).last()?);
                Statement::Repeal(Repeal { target: self.target(pair)?, reason })
            }
            Rule::renumber => {
                let mut codes = children(pair);
                let from = self.code(&codes.next()?);
                Statement::Renumber(Renumber { from, to: self.code(&codes.next()?) })
            }
            Rule::lock => Statement::Lock(self.target(pair)?),
            Rule::split => Statement::Split(self.target(pair)?),
            Rule::open_split => {
                let opening = counted(&pair).map_or(Opening::Split, Opening::SplitIn);
                Statement::Open(Open { opening, target: self.target(pair)? })
            }
            Rule::open_add => {
                let opening = Opening::Add(counted(&pair)?);
                Statement::Open(Open { opening, target: self.target(pair)? })
            }
            Rule::replaces => {
                let mut codes = Vec::new();
                let mut year = None;
                for part in children(pair) {
                    match part.as_rule() {
                        Rule::number => year = Some(self.ordinal(part)?),
                        _ => codes.push(self.code(&part)),
                    }
                }
                Statement::Replaces(Replaces { codes, year: year? })
            }
            Rule::starts => Statement::Starts(self.ordinal(children(pair).next()?)?),
            _ => return None,
        })
    }

    /// A year or the number of an edition.
    fn ordinal(&mut self, pair: P<'_>) -> Option<Spanned<u16>> {
        let number = self.whole(pair, (Counted::Years, 9_999))?;
        Some(Spanned::new(u16::try_from(number.value).ok()?, number.span))
    }

    /// `lĩnh vực 1`.
    fn target(&mut self, pair: P<'_>) -> Option<Target> {
        let mut parts = children(pair);
        let level = level(parts.next()?.into_inner().next()?.as_rule());
        Some(Target { level, code: self.code(&parts.next()?) })
    }
}
