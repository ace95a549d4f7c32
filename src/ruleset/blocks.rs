//! Blocks: declared in the header, named by heads, by the scale and by tests; what holds for each.

use std::collections::BTreeSet;

use super::draft::{Draft, Placed};
use super::header::Header;
use super::meaning::Outcome;
use crate::diagnostic::{Blocks, Diagnostic, Span, nearest};
use crate::language::fold;
use crate::language::tree::{self, Ranked, Spanned, Statement};

/// A block of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its name in other lines, in sheets and in the register.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// How its units are ranked.
    pub ranked: Ranked,
    /// Its line.
    pub span: Span,
}

/// A unit that the set speaks of by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRule {
    /// The unit.
    pub unit: String,
    /// It is not assessed; else it is assessed, and not ranked.
    pub not_assessed: bool,
    /// Why.
    pub because: String,
    /// Its line.
    pub span: Span,
}

/// Why a head does not apply to a block, and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// It is of other blocks only: no part of this block's scale.
    pub only: bool,
    /// What follows.
    pub outcome: Outcome,
    /// The line that says so.
    pub line: Span,
}

/// The blocks of a set, by their lines.
pub(super) fn read(header: &Header<'_>, findings: &mut Vec<Diagnostic>) -> (Vec<Block>, Vec<UnitRule>) {
    let mut blocks: Vec<Block> = Vec::new();
    for &(block, span) in &header.blocks {
        let tree::Block { name, title, ranked } = block;
        let alike = |other: &&Block| {
            let known = [fold(&other.name), fold(&other.title)];
            known.contains(&fold(&name.value)) || known.contains(&fold(&title.value))
        };
        if let Some(other) = blocks.iter().find(alike) {
            let finding = Diagnostic::new(Blocks::NameTwice { name: name.value.clone() }, name.span);
            findings.push(finding.label(other.span, "khối kia ở đây", "the other one is here"));
            continue;
        }
        blocks.push(Block { name: name.value.clone(), title: title.value.clone(), ranked: *ranked, span });
    }
    let mut units: Vec<UnitRule> = Vec::new();
    for &(line, span) in &header.units {
        let unit = line.unit.value.clone();
        if let Some(other) = units.iter().find(|other| fold(&other.unit) == fold(&unit)) {
            let finding = Diagnostic::new(Blocks::UnitTwice { unit }, line.unit.span);
            findings.push(finding.label(other.span, "dòng kia ở đây", "the other line is here"));
            continue;
        }
        let because = line.because.value.clone();
        units.push(UnitRule { unit, not_assessed: line.not_assessed, because, span });
    }
    (blocks, units)
}

/// Every block that a line names is declared. Whether anything but the ranking depends on the block.
pub(super) fn names(draft: &Draft<'_>, header: &Header<'_>, blocks: &[Block], findings: &mut Vec<Diagnostic>) -> bool {
    let scale = header.scale.into_iter().flat_map(|(scale, _)| &scale.blocks).map(|own| &own.block);
    let points = draft.heads.iter().flat_map(|head| &head.head.block_points).map(|own| &own.block);
    let lines = draft.heads.iter().flat_map(|head| &head.lines).flat_map(|(line, _)| match line {
        Statement::OnlyBlock(blocks) => blocks.as_slice(),
        Statement::NotBlock(line) => line.blocks.as_slice(),
        _ => &[],
    });
    let scoring: Vec<&Spanned<String>> = scale.chain(points).chain(lines).collect();
    let depends = !scoring.is_empty();
    let tests = draft.tests.iter().flat_map(|test| &test.lines).filter_map(|(line, _)| match line {
        Statement::GivenBlock(block) => Some(block),
        _ => None,
    });
    let examples = draft.heads.iter().flat_map(|head| &head.lines).filter_map(|(line, _)| match line {
        Statement::Example(example) => example.block.as_ref(),
        _ => None,
    });
    for named in scoring.into_iter().chain(tests).chain(examples) {
        if !blocks.iter().any(|block| block.name == named.value) && !header.lost_block {
            let nearest = nearest(&named.value, blocks.iter().map(|block| block.name.as_str()), fold);
            findings.push(Diagnostic::new(Blocks::Unknown { name: named.value.clone(), nearest }, named.span));
        }
    }
    depends
}

/// No two lines of a head decide for the same block: else their order would. Points of a block that the head is not for
/// are told: nothing reads them.
pub(super) fn decided_once(draft: &Draft<'_>, blocks: &[Block], findings: &mut Vec<Diagnostic>) {
    for head in &draft.heads {
        for own in &head.head.block_points {
            let block = &own.block.value;
            let not_named =
                |(line, span): &Placed<'_>| matches!(leaves_out(line, block), Some(Away::NotNamed)).then_some(*span);
            // A block that nobody declared is told as that.
            if let Some(line) =
                head.lines.iter().find_map(not_named).filter(|_| blocks.iter().any(|known| known.name == *block))
            {
                let problem = Blocks::PointsAside { code: head.head.code.value.clone(), block: block.clone() };
                let finding = Diagnostic::new(problem, own.block.span);
                findings.push(finding.label(line, "dòng này không có khối ấy", "this line leaves the block out"));
            }
        }
        for block in blocks {
            let decide = |(line, _): &&Placed<'_>| leaves_out(line, &block.name).is_some();
            let mut lines = head.lines.iter().filter(decide);
            let (Some((first, there)), Some((second, line))) = (lines.next(), lines.next()) else { continue };
            // A list of blocks that is written twice is told as that.
            if matches!((first, second), (Statement::OnlyBlock(_), Statement::OnlyBlock(_))) {
                continue;
            }
            let (code, block) = (head.head.code.value.clone(), block.name.clone());
            let finding = Diagnostic::new(Blocks::DecidedTwice { code, block }, *line);
            findings.push(finding.label(*there, "dòng kia ở đây", "the other line is here"));
        }
    }
}

/// How a line takes its head away from a block.
enum Away<'a> {
    /// The block is not among those that it is for.
    NotNamed,
    /// It says what follows there.
    With(&'a tree::Effect),
}

/// Whether a line takes its head away from a block.
fn leaves_out<'a>(statement: &'a Statement, block: &str) -> Option<Away<'a>> {
    match statement {
        Statement::OnlyBlock(blocks) if !blocks.iter().any(|named| named.value == block) => Some(Away::NotNamed),
        Statement::NotBlock(rule) if rule.blocks.iter().any(|named| named.value == block) => {
            Some(Away::With(&rule.effect))
        }
        _ => None,
    }
}

/// What the lines of a head say of a block: nothing where the head applies to it. `lower` makes an effect of an effect's
/// line.
pub(super) fn aside(
    lines: &[Placed<'_>],
    block: &str,
    mut lower: impl FnMut(&tree::Effect) -> Option<Outcome>,
) -> Option<Aside> {
    lines.iter().find_map(|&(statement, line)| match leaves_out(statement, block)? {
        Away::NotNamed => Some(Aside { only: true, outcome: Outcome::OutOfScale, line }),
        Away::With(effect) => Some(Aside { only: false, outcome: lower(effect)?, line }),
    })
}

/// Whether lines of a head make it depend on the block.
pub(super) fn by_block(lines: &[Placed<'_>], head: &tree::Head) -> bool {
    let named = |statement: &Statement| matches!(statement, Statement::OnlyBlock(_) | Statement::NotBlock(_));
    !head.block_points.is_empty() || lines.iter().any(|(statement, _)| named(statement))
}

/// Findings that hold for some blocks only say for which; those of every block are told plainly.
pub(super) fn told(of: Vec<(&Block, Vec<Diagnostic>)>, base: &[Diagnostic]) -> Vec<Diagnostic> {
    let count = of.len();
    let mut all: Vec<(Diagnostic, Vec<&Block>)> = Vec::new();
    for (block, findings) in of {
        for finding in findings {
            if base.contains(&finding) {
                continue;
            }
            match all.iter_mut().find(|(known, _)| *known == finding) {
                Some((_, blocks)) => blocks.push(block),
                None => all.push((finding, vec![block])),
            }
        }
    }
    let mut seen: BTreeSet<(Span, &'static str)> = BTreeSet::new();
    let mut told = Vec::new();
    for (finding, blocks) in all {
        // The same line wrong for another block too, with other numbers, is mended together.
        if !seen.insert((finding.span, finding.code())) {
            continue;
        }
        let whole = blocks.len() == count;
        let labelled = blocks
            .iter()
            .fold(finding.clone(), |finding, block| finding.label(block.span, "tính cho khối này", "for this block"));
        told.push(if whole { finding } else { labelled });
    }
    told
}
