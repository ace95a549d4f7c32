//! Blocks.

use super::super::keyword::Keyword;
use super::super::tree::{AssessedUnit, Block, BlockPoints, NotBlock, Ranked, Spanned};
use super::pen::Pen;

impl Pen<'_> {
    pub(super) fn block(&mut self, block: &Block) {
        self.keyword(Keyword::Block).word(&block.name.value).string(&block.title.value);
        match block.ranked {
            Ranked::Together => self,
            Ranked::Apart => self.mark(":").keyword(Keyword::RankedApart),
            Ranked::Not => self.mark(":").keyword(Keyword::NotRanked),
        };
    }

    pub(super) fn assessed_unit(&mut self, line: &AssessedUnit) {
        let word = if line.not_assessed { Keyword::NotAssessed } else { Keyword::NotRanked };
        self.keyword(Keyword::AssessedUnit).string(&line.unit.value).mark(":").keyword(word);
        self.mark(",").keyword(Keyword::Because).string(&line.because.value);
    }

    pub(super) fn only_block(&mut self, blocks: &[Spanned<String>]) {
        self.keyword(Keyword::OnlyBlock).block_names(blocks);
    }

    pub(super) fn not_block(&mut self, line: &NotBlock) {
        self.keyword(Keyword::NotBlock).block_names(&line.blocks).mark(":").effect(&line.effect.kind);
    }

    fn block_names(&mut self, blocks: &[Spanned<String>]) -> &mut Self {
        self.items(blocks, |pen, block| {
            pen.word(&block.value);
        })
    }

    /// `; khối tw 3 điểm`.
    pub(super) fn block_points(&mut self, blocks: &[BlockPoints]) -> &mut Self {
        for own in blocks {
            self.mark(";").keyword(Keyword::Block).word(&own.block.value).points(&own.points.value);
        }
        self
    }
}
