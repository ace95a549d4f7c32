//! A leaf split into parts: what it said of its scoring goes, and what it said beside that goes on to the parts.

use super::Work;
use super::blocks::Block;
use super::change::ChangeKind;
use super::kinds::{self, Kind};
use super::rights::Act as Right;
use super::steps::{Act, Step};
use crate::diagnostic::{Blocks, Both, Diagnostic, Inheritance, Span, Structure};
use crate::language::tree::{AwardKind, EffectKind, Line, NotBlock, Statement, Target};

impl Work<'_, '_> {
    pub(super) fn split(&mut self, steps: &[Step<'_>]) {
        for step in steps {
            let Act::Split(Target { level, code }) = step.act else { continue };
            let Some(at) = self.resolve(*level, code) else { continue };
            // Refused or not, its parts are not then told to stand under a leaf.
            self.allow(Right::Split, &code.value, step.place());
            let amended = steps.iter().find_map(|step| match step.act {
                Act::Amend(amend) if amend.head.code.value == code.value => {
                    step.lines.iter().find(|line| line.statement.as_ref().is_some_and(kinds::scores))
                }
                _ => None,
            });
            if let Some(line) = amended {
                let finding = Diagnostic::new(Inheritance::Conflict { code: code.value.clone() }, line.words);
                self.findings.push(finding.label(step.place(), "chia ở đây", "split here"));
                continue;
            }
            let Some(place) = self.blocks.get(at).and_then(Block::place).cloned() else { continue };
            let is_part =
                |other: &&Block| other.place().is_some_and(|other| other.parent.as_ref() == Some(&place.code));
            if self.blocks.iter().any(|block| is_part(&block)) {
                self.find(Inheritance::SplitHasParts { code: code.value.clone() }, step.place());
                continue;
            }
            let below = steps.iter().zip(&self.parents).filter(|(_, parent)| parent.as_ref() == Some(&place.code));
            let parts: Vec<&Step<'_>> = below.map(|(step, _)| step).collect();
            if parts.is_empty() {
                let example = format!("thành phần {}.1 \"…\": 1 điểm", place.code);
                let english = format!("sub-criterion {}.1 \"…\": 1 point", place.code);
                let (form, example) = (Both::new("chia", "split"), Both::new(example, english));
                self.find(Structure::FormWithoutLines { form, example }, step.place());
            }
            self.points_by_block(at, &parts, step.place());
            self.carry(at, steps, step.place());
            let Some(block) = self.blocks.get_mut(at) else { continue };
            block.lines = kinds::without_rule(&block.lines);
            let title = block.head().map(|head| head.title.value.clone()).unwrap_or_default();
            self.touched.insert(place.code.clone());
            self.change(ChangeKind::Split { code: place.code, title }, step.place());
        }
    }

    /// A leaf split keeps what it says of blocks, now of all its parts together. But points that it gives a block
    /// cannot be shared out: its parts say them, each its own, or that is told.
    fn points_by_block(&mut self, at: usize, parts: &[&Step<'_>], split: Span) {
        let named_below = |block: &str| {
            parts.iter().all(|part| {
                part.lines.iter().any(|line| match &line.statement {
                    Some(Statement::OnlyBlock(only)) => !only.iter().any(|named| named.value == block),
                    Some(Statement::NotBlock(rule)) => rule.blocks.iter().any(|named| named.value == block),
                    _ => false,
                })
            })
        };
        let Some(block) = self.blocks.get_mut(at) else { return };
        let code = block.place().map(|place| place.code.clone()).unwrap_or_default();
        let mut untold = Vec::new();
        block.lines.retain(|line| {
            let Some(Statement::NotBlock(NotBlock { blocks, effect })) = &line.statement else { return true };
            let EffectKind::Award(AwardKind::Points(points)) = &effect.kind else { return true };
            if points.value.is_zero() {
                return true;
            }
            if !blocks.iter().all(|block| named_below(&block.value)) {
                untold.push(line.words);
            }
            false
        });
        for line in untold {
            let finding = Diagnostic::new(Blocks::PointsOnParent { code: code.clone() }, split);
            self.findings.push(finding.label(line, "điểm của khối ở đây", "the block's points are here"));
        }
    }

    /// A gate and evidence hold for leaves alone: they go on to the parts that say none of their own. But points that a
    /// gate gives where it does not hold cannot be shared out: the parts say them, each its own, or that is told.
    fn carry(&mut self, at: usize, steps: &[Step<'_>], split: Span) {
        let Some((block, place)) = self.blocks.get(at).and_then(|block| Some((block, block.place()?))) else { return };
        let code = place.code.clone();
        let of = |line: &&Line| matches!(line.statement, Some(Statement::Gate(_) | Statement::Evidence(_)));
        let lines: Vec<Line> = block.lines.iter().filter(of).cloned().collect();
        let in_points = |line: &&Line| match &line.statement {
            Some(Statement::Gate(gate)) => {
                matches!(&gate.effect.kind, EffectKind::Award(AwardKind::Points(points)) if !points.value.is_zero())
            }
            _ => false,
        };
        let told = lines.iter().find(in_points).map(|line| line.words);
        self.carried.insert(code.clone(), lines);
        let takes = |at: usize| {
            let mut carried = self.carried_to(at, steps).into_iter();
            carried.any(|line| matches!(line.statement, Some(Statement::Gate(_))))
        };
        if let Some(line) = told.filter(|_| (0..steps.len()).any(takes)) {
            let finding = Diagnostic::new(Inheritance::SplitGate { code }, split);
            self.findings.push(finding.label(line, "dòng ấy ở đây", "that line is here"));
        }
    }

    /// The lines of a split leaf that go on to a new one below it, which says none of their kind.
    pub(super) fn carried_to(&self, at: usize, steps: &[Step<'_>]) -> Vec<Line> {
        let is_leaf =
            |step: &Step<'_>| step.lines.iter().any(|line| matches!(line.statement, Some(Statement::Form(_))));
        let Some(step) = steps.get(at).filter(|step| is_leaf(step)) else { return Vec::new() };
        let new = |code: &String| {
            let is = |step: &Step<'_>| matches!(step.act, Act::New(head) if head.code.value == *code);
            self.parents.get(steps.iter().position(is)?)?.clone()
        };
        let mut above = self.parents.get(at).cloned().flatten();
        // A head below itself is told where codes are read.
        for _ in steps {
            let Some(code) = above else { break };
            if let Some(lines) = self.carried.get(&code) {
                let kind = |line: &Line| line.statement.as_ref().map(|said| Kind::of(said, None));
                let own: Vec<Option<Kind>> = step.lines.iter().map(kind).collect();
                return lines.iter().filter(|line| !own.contains(&kind(line))).cloned().collect();
            }
            above = new(&code);
        }
        Vec::new()
    }
}
