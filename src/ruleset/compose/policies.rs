//! Locks and openings of a set that extends another.

use super::Work;
use super::blocks::{Block, Kind};
use super::rights::{Act as Right, hand_on};
use super::steps::{Act, Step};
use crate::language::tree::{Line, Open, Opening, Statement};

impl Work<'_, '_> {
    /// What the set of another level opens, it opens to the level right below it: further down is open what that level
    /// opens itself.
    pub(super) fn close_again(&mut self) {
        if self.rights.upper.path == self.own.path {
            return;
        }
        for block in &mut self.blocks {
            block.lines.retain(|line| !matches!(line.statement, Some(Statement::Open(_))));
        }
    }

    /// Locks and openings of the text itself, which hold for the sets below it. A lower level opens only what is its own
    /// or was opened to it; what it may not open is told.
    pub(super) fn policies(&mut self, header: &[Line], steps: &[Step<'_>]) {
        let own = steps.iter().filter(|step| matches!(step.act, Act::Policy));
        let lines: Vec<Line> = own.map(|step| Line { comment: None, ..step.line.clone() }).collect();
        for line in header.iter().chain(&lines) {
            if let Some(Statement::Open(open)) = &line.statement
                && !self.may_open(open)
            {
                self.findings.push(hand_on(&self.rights, open, line.words));
            }
        }
        if !lines.is_empty() {
            let at = self.blocks.iter().position(|block| block.kind == Kind::Test).unwrap_or(self.blocks.len());
            self.blocks.insert(at, Block { kind: Kind::Policy, lines });
        }
    }

    fn may_open(&self, open: &Open) -> bool {
        let code = &open.target.code.value;
        let right = match open.opening {
            Opening::Add(level) => Right::Add(level),
            Opening::Split | Opening::SplitIn(_) => Right::Split,
        };
        let parts = |code: &str| {
            let below = |place: &&super::blocks::Place| place.parent.as_deref() == Some(code);
            let codes = self.blocks.iter().filter_map(Block::place).filter(below).map(|place| place.code.clone());
            codes.collect::<Vec<String>>()
        };
        match open.opening {
            Opening::Split => self.rights.is_open(right, code),
            // It was split in this text or in an earlier one: every part is its own.
            Opening::Add(_) => {
                let parts = parts(code);
                let own = !parts.is_empty() && parts.iter().all(|part| !self.rights.is_above(part));
                own || self.rights.is_open(right, code)
            }
            Opening::SplitIn(level) => {
                let mut below = super::blocks::subtree(&self.blocks, code);
                below.remove(code);
                let of_level =
                    |code: &&String| self.block(code).and_then(Block::place).is_some_and(|place| place.level == level);
                below.iter().filter(of_level).all(|code| self.rights.is_open(right, code))
            }
        }
    }
}
