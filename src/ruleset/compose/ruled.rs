//! What heads above decide for all below them, where a head comes to stand below others.

use std::mem::{Discriminant, discriminant};

use super::Work;
use super::blocks::{self, Block};
use super::nature::nature;
use super::steps::{Act, Step};
use crate::diagnostic::{Both, Diagnostic, Inheritance, Language, Span};
use crate::language::tree::Statement;
use crate::language::write_statement;

/// The lines of one kind that hold for a head, and the head above that says them.
type Rule = (String, Vec<Statement>);

impl Work<'_, '_> {
    /// Tells of heads that go by other lines where they stand now than where they `stood`; their points may differ.
    pub(super) fn ruled_otherwise(&mut self, stood: &[Block], steps: &[Step<'_>]) {
        let mut told: Vec<Diagnostic> = Vec::new();
        let mut others: Vec<String> = Vec::new();
        let steps = || steps.iter().filter_map(|step| Some((step, step.leaves()?)));
        // A line that names the head above decides where it stands, whatever its new code shows.
        let decided = |code: &str| steps().any(|(step, of)| matches!(step.act, Act::Amend(_)) && of.value == code);
        for (step, code) in steps() {
            if matches!(step.act, Act::Renumber(_)) && decided(&code.value) {
                continue;
            }
            let place = step.place();
            let Some(now) = self.at(&code.value).and_then(|at| self.blocks.get(at)) else { continue };
            let Some(then) = stood.iter().find(|block| block.place().is_some_and(|old| old.code == code.value)) else {
                continue;
            };
            let new = now.place().map(|place| place.code.clone()).unwrap_or_default();
            let mut kinds: Vec<Discriminant<Statement>> = Vec::new();
            for kind in rules(stood, then).chain(rules(&self.blocks, now)).map(discriminant) {
                if kinds.contains(&kind) {
                    continue;
                }
                kinds.push(kind);
                let (before, after) = (nearest(stood, then, kind), nearest(&self.blocks, now, kind));
                if self.words(before.as_ref()) == self.words(after.as_ref()) || self.say_it_themselves(&new, kind) {
                    continue;
                }
                others.push(new.clone());
                told.push(self.other_rule(&new, (before, after), place));
            }
        }
        self.findings.extend(told);
        for code in others {
            self.touched.extend(blocks::subtree(&self.blocks, &code));
        }
    }

    /// Whether a line of the kind stands at a head, or at everything that is scored below it.
    fn say_it_themselves(&self, code: &str, kind: Discriminant<Statement>) -> bool {
        let says = |block: &&Block| block.statements().any(|statement| discriminant(statement) == kind);
        let tree = blocks::subtree(&self.blocks, code);
        let within = |block: &&Block| block.place().is_some_and(|place| tree.contains(&place.code));
        let parent = |block: &Block| {
            let own = block.place().map(|place| &place.code);
            self.blocks.iter().filter_map(Block::place).any(|place| place.parent.as_ref() == own)
        };
        let mut leaves = self.blocks.iter().filter(within).filter(|block| !parent(block));
        self.block(code).is_some_and(|block| says(&block)) || leaves.all(|block| says(&block))
    }

    /// The lines as they are written, without the head that says them.
    fn words(&self, rule: Option<&Rule>) -> Vec<String> {
        let lines = rule.map(|(_, lines)| lines.as_slice()).unwrap_or_default();
        lines.iter().map(|line| write_statement(line, self.texts, Language::Vietnamese)).collect()
    }

    fn other_rule(&self, code: &str, (before, now): (Option<Rule>, Option<Rule>), place: Span) -> Diagnostic {
        let words = |rule: Option<Rule>| match rule {
            Some((of, lines)) => {
                let said = |language| {
                    let lines = lines.iter().map(|line| write_statement(line, self.texts, language));
                    lines.collect::<Vec<_>>().join("; ")
                };
                Both::new(
                    format!("`{}` của `{of}`", said(Language::Vietnamese)),
                    format!("`{}` of `{of}`", said(Language::English)),
                )
            }
            None => Both::new("điều chung của cả bộ", "what holds for the whole set"),
        };
        let problem = Inheritance::OtherRule { code: code.to_owned(), before: words(before), now: words(now) };
        Diagnostic::new(problem, place)
    }
}

/// The heads above a block, the nearest first.
fn above<'a>(blocks: &'a [Block], block: &'a Block) -> impl Iterator<Item = &'a Block> {
    std::iter::successors(Some(block), |block| {
        let parent = block.place()?.parent.as_ref()?;
        blocks.iter().find(|block| block.place().is_some_and(|place| place.code == *parent))
    })
    .skip(1)
    // A ring is told elsewhere.
    .take(blocks.len())
}

/// Every line above a block that holds for it.
fn rules<'a>(blocks: &'a [Block], block: &'a Block) -> impl Iterator<Item = &'a Statement> {
    above(blocks, block).flat_map(Block::statements).filter(|statement| {
        // What figures are shared is told where a name is not known; where a head stands is no rule.
        nature(statement).below && !matches!(statement, Statement::SharedFigure(_) | Statement::Under(_))
    })
}

/// The lines of a kind that the nearest head above says, if any does.
fn nearest(blocks: &[Block], block: &Block, kind: Discriminant<Statement>) -> Option<Rule> {
    above(blocks, block).find_map(|block| {
        let lines = block.statements().filter(|statement| discriminant(*statement) == kind);
        let lines: Vec<Statement> = lines.cloned().collect();
        let code = block.place()?.code.clone();
        (!lines.is_empty()).then_some((code, lines))
    })
}
