//! Heads that stay and go below another head.

use super::Work;
use super::blocks;
use super::rights::Act as Right;
use super::steps::{Act, Step};
use crate::language::tree::Statement;

impl Work<'_, '_> {
    /// Puts amended heads below the heads that their lines name, which may be new.
    pub(super) fn stand_under(&mut self, steps: &[Step<'_>]) {
        for step in steps {
            let Act::Amend(amend) = step.act else { continue };
            let Some((parent, span)) = step.lines.iter().find_map(|line| match &line.statement {
                Some(Statement::Under(code)) => Some((&code.value, line.words)),
                _ => None,
            }) else {
                continue;
            };
            let code = self.now(&amend.head.code.value);
            let before = self.block(&code).and_then(blocks::Block::place).map(|place| place.parent.clone());
            let Some(before) = before.filter(|before| before.as_ref() != Some(parent)) else { continue };
            if blocks::subtree(&self.blocks, &code).contains(parent) {
                self.below_own_part(&code, parent, span);
                continue;
            }
            // A code that no head has is told where codes are read.
            let Some(there) = self.block(parent).and_then(blocks::Block::place) else { continue };
            // Of a head that stays, it becomes a part as any that is added.
            if let Some(old) = there.old.clone()
                && !self.allow(Right::Add(amend.head.level), &old, span)
            {
                continue;
            }
            self.touched.extend(before);
            self.touched.insert(parent.clone());
            blocks::stand_below(&mut self.blocks, &code, parent);
            blocks::order(&mut self.blocks, Some(parent));
        }
    }
}
