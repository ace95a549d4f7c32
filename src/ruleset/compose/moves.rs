//! Heads that stay and go below another head.

use std::collections::BTreeSet;

use super::Work;
use super::blocks;
use super::change::ChangeKind;
use super::rights::Act as Right;
use super::steps::{Act, Step};
use crate::diagnostic::{Both, Label, Span};
use crate::language::tree::{Spanned, Statement};

impl Work<'_, '_> {
    /// What goes with a repealed head: all below it, but what lines of the same text give another place. Two areas become
    /// one where the parts of the one are renumbered into the other, and it is repealed.
    pub(super) fn gone(&mut self, repealed: &str, steps: &[Step<'_>]) -> BTreeSet<String> {
        let mut gone = blocks::subtree(&self.blocks, repealed);
        let leaves = steps.iter().filter_map(|step| step.leaves()).filter(|code| code.value != repealed);
        let leaving: Vec<&Spanned<String>> = leaves.filter(|code| gone.contains(&code.value)).collect();
        for code in leaving {
            for left in blocks::subtree(&self.blocks, &code.value) {
                gone.remove(&left);
            }
            self.leaving.push((code.clone(), repealed.to_owned()));
        }
        for block in &mut self.blocks {
            if let blocks::Kind::Head(place) = &mut block.kind
                && !gone.contains(&place.code)
            {
                place.parent = place.parent.take().filter(|parent| !gone.contains(parent));
            }
        }
        gone
    }

    /// A head that leaves a repealed one comes to stand below another; one whose line says nothing of where goes with it.
    pub(super) fn stand_somewhere(&mut self) {
        for (code, above) in std::mem::take(&mut self.leaving) {
            let lost = |block: &blocks::Block| block.place().is_some_and(|place| place.parent.is_none());
            let Some(block) = self.at(&code.value).and_then(|at| self.blocks.get(at)).filter(|block| lost(block))
            else {
                continue;
            };
            let gone = block.place().map(|place| blocks::subtree(&self.blocks, &place.code)).unwrap_or_default();
            self.blocks.retain(|block| block.place().is_none_or(|place| !gone.contains(&place.code)));
            if let Some(&at) = self.repealed.get(&above) {
                let why = self.no_such_place(&code.value).filter(|(span, _)| *span != at);
                self.below_repealed(&code, above, at);
                if let (Some((span, words)), Some(finding)) = (why, self.findings.last_mut()) {
                    finding.labels.push(Label { span, words });
                }
            }
        }
    }

    /// Why there is no head where the new code of one shows it, and the line that makes it so.
    fn no_such_place(&self, old: &str) -> Option<(Span, Both)> {
        let renumbered = |code: &str| {
            self.changes.iter().find_map(|change| match &change.kind {
                ChangeKind::Renumbered { from, to, .. } if from == code => Some((to.as_str(), change.span)),
                _ => None,
            })
        };
        let (shown, _) = renumbered(old)?.0.rsplit_once('.')?;
        if let Some(&at) = self.repealed.get(shown) {
            return Some((at, Both::new(format!("`{shown}` cũng bị bãi bỏ"), format!("`{shown}` is repealed, too"))));
        }
        let (now, at) = renumbered(shown)?;
        Some((at, Both::new(format!("`{shown}` nay mang mã `{now}`"), format!("the code of `{shown}` is `{now}` now"))))
    }

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
