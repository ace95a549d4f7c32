//! Blocks from pairs.

use super::super::grammar::Rule;
use super::super::tree::{AssessedUnit, Block, BlockPoints, NotBlock, Ranked, Spanned, Statement};
use super::{Builder, P, children, has};

impl Builder<'_> {
    pub(super) fn block(&mut self, pair: P<'_>) -> Option<Statement> {
        let rule = pair.as_rule();
        Some(match rule {
            Rule::block => {
                let ranked = if has(&pair, Rule::kw_ranked_apart) {
                    Ranked::Apart
                } else if has(&pair, Rule::kw_not_ranked) {
                    Ranked::Not
                } else {
                    Ranked::Together
                };
                let mut parts = children(pair);
                let name = self.spanned(&parts.next()?);
                Statement::Block(Block { name, title: self.quoted(&parts.next()?), ranked })
            }
            Rule::assessed_unit => {
                let not_assessed = has(&pair, Rule::kw_not_assessed);
                let mut parts = children(pair);
                let unit = self.quoted(&parts.next()?);
                Statement::AssessedUnit(AssessedUnit { unit, not_assessed, because: self.quoted(&parts.next()?) })
            }
            Rule::only_block => Statement::OnlyBlock(self.block_names(children(pair).next()?)),
            Rule::not_block => {
                let mut parts = children(pair);
                let blocks = self.block_names(parts.next()?);
                Statement::NotBlock(NotBlock { blocks, effect: self.effect(parts.next()?)? })
            }
            Rule::given_block => Statement::GivenBlock(self.spanned(&children(pair).next()?)),
            _ => return None,
        })
    }

    fn block_names(&mut self, pair: P<'_>) -> Vec<Spanned<String>> {
        let mut names: Vec<Spanned<String>> = Vec::new();
        for part in children(pair) {
            let name = self.spanned(&part);
            self.once(names.iter().any(|other| other.value == name.value), &part);
            names.push(name);
        }
        names
    }

    /// `khối tw 3 điểm`.
    pub(super) fn block_points(&mut self, pair: P<'_>, said: &[BlockPoints]) -> Option<BlockPoints> {
        let mut parts = children(pair);
        let name = parts.next()?;
        let block = self.spanned(&name);
        self.once(said.iter().any(|other| other.block.value == block.value), &name);
        Some(BlockPoints { block, points: self.number(parts.next()?)? })
    }
}
