//! A leaf split into parts: what it said of its scoring goes, and what it said beside that goes on to the parts.

use super::Work;
use super::blocks::Block;
use super::change::ChangeKind;
use super::kinds::{self, Kind};
use super::rights::Act as Right;
use super::steps::{Act, Step};
use crate::diagnostic::{Blocks, Both, Diagnostic, Inheritance, Span, Structure};
use crate::language::tree::{AwardKind, EffectKind, Head, Line, Method, NotBlock, Statement, Target};

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
            let standing = self.standing_below(&place.code);
            if standing.iter().any(|there| self.stood_below(there, &code.value)) {
                self.find(Inheritance::SplitHasParts { code: code.value.clone() }, step.place());
                continue;
            }
            let below = steps.iter().zip(&self.parents).filter(|(_, parent)| parent.as_ref() == Some(&place.code));
            let new = below.map(|(step, _)| {
                let own = Line { statement: step.head().cloned().map(Statement::Head), ..step.line.clone() };
                std::iter::once(own).chain(step.lines.iter().cloned()).collect()
            });
            // A head that comes to stand below it from elsewhere is one of its parts too.
            let parts: Vec<Vec<Line>> = new.chain(standing.into_iter().map(|block| block.lines)).collect();
            if parts.is_empty() {
                let example = format!("thành phần {}.1 \"…\": 1 điểm", place.code);
                let english = format!("sub-criterion {}.1 \"…\": 1 point", place.code);
                let (form, example) = (Both::new("chia", "split"), Both::new(example, english));
                self.find(Structure::FormWithoutLines { form, example }, step.place());
            }
            self.points_by_block(at, &parts, step.place());
            self.carry(at, steps, step.place());
            let amended = steps.iter().find_map(|step| match step.act {
                Act::Amend(amend) if amend.head.code.value == code.value => Some(&amend.head),
                _ => None,
            });
            let Some(block) = self.blocks.get_mut(at) else { continue };
            block.lines = kinds::without_rule(&block.lines);
            block.lines.iter_mut().filter_map(head_of).for_each(|head| no_leaf(head, amended, &parts));
            let title = block.head().map(|head| head.title.value.clone()).unwrap_or_default();
            self.touched.insert(place.code.clone());
            self.change(ChangeKind::Split { code: place.code, title }, step.place());
        }
    }

    /// The blocks right below a head.
    fn standing_below(&self, code: &str) -> Vec<Block> {
        let below = |block: &&Block| block.place().is_some_and(|place| place.parent.as_deref() == Some(code));
        self.blocks.iter().filter(below).cloned().collect()
    }

    /// Whether a head stood right below another in the set extended.
    fn stood_below(&self, block: &Block, old: &str) -> bool {
        let head = block.place().and_then(|place| Some(self.rights.by_code(place.old.as_deref()?)?.1));
        let above = head.and_then(|head| self.rights.upper.head(head.parent?));
        above.is_some_and(|above| above.code == old)
    }

    /// A leaf split keeps what it says of blocks, now of all its parts together. But points that it gives a block
    /// cannot be shared out: its parts say them, each its own, or that is told.
    fn points_by_block(&mut self, at: usize, parts: &[Vec<Line>], split: Span) {
        let named_below = |block: &str| {
            parts.iter().all(|part| {
                part.iter().any(|line| match &line.statement {
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
        let told = lines.iter().find(|line| is_gate_in_points(line)).map(|line| line.words);
        self.carried.insert(code.clone(), lines);
        let moved = self.carry_to_moved(&code);
        let takes = |at: usize| self.carried_to(at, steps).iter().any(is_gate);
        if let Some(line) = told.filter(|_| moved.iter().any(is_gate) || (0..steps.len()).any(takes)) {
            let finding = Diagnostic::new(Inheritance::SplitGate { code }, split);
            self.findings.push(finding.label(line, "dòng ấy ở đây", "that line is here"));
        }
    }

    /// What only now stands below a split leaf takes its lines as well.
    pub(super) fn carry_to_late(&mut self, steps: &[Step<'_>]) {
        for step in steps {
            let Act::Split(target) = step.act else { continue };
            let code = self.now(&target.code.value);
            if !self.carried.contains_key(&code) {
                continue;
            }
            let taken = self.carry_to_moved(&code);
            if let Some(line) = taken.iter().find(|line| is_gate_in_points(line)) {
                let finding = Diagnostic::new(Inheritance::SplitGate { code }, step.place());
                self.findings.push(finding.label(line.words, "dòng ấy ở đây", "that line is here"));
            }
        }
    }

    /// The leaves that came to stand below a split one from elsewhere take its lines too; which they took.
    fn carry_to_moved(&mut self, split: &str) -> Vec<Line> {
        let lines = self.carried.get(split).cloned().unwrap_or_default();
        let old = self.block(split).and_then(Block::place).and_then(|place| place.old.clone());
        let is_below = |block: &Block| {
            let code = block.place().map(|place| place.code.as_str()).unwrap_or_default();
            // The nearest head above that is split hands on what it has.
            let above = self.path(code).into_iter().skip(1).filter_map(Block::place);
            let nearest = above.map(|place| &place.code).find(|code| self.carried.contains_key(*code));
            nearest.is_some_and(|nearest| nearest == split)
        };
        let leaf = |block: &Block| block.statements().any(|said| matches!(said, Statement::Form(_)));
        let below: Vec<bool> = self.blocks.iter().map(|block| leaf(block) && is_below(block)).collect();
        let mut taken = Vec::new();
        for (block, _) in self.blocks.iter_mut().zip(below).filter(|(_, below)| *below) {
            let own = kinds_of(&block.lines);
            let takes: Vec<Line> = lines.iter().filter(|line| !own.contains(&kind(line))).cloned().collect();
            let place = block.place().filter(|_| !takes.is_empty());
            self.touched.extend(place.map(|place| place.code.clone()));
            if takes.iter().any(is_gate) {
                self.gated.extend(place.zip(old.clone()).map(|(place, old)| (place.code.clone(), old)));
            }
            block.lines.extend(takes.iter().cloned());
            taken.extend(takes);
        }
        taken
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
                let own = kinds_of(&step.lines);
                return lines.iter().filter(|line| !own.contains(&kind(line))).cloned().collect();
            }
            above = new(&code);
        }
        Vec::new()
    }
}

/// Whether a line says when a leaf is scored.
pub(super) fn is_gate(line: &Line) -> bool {
    matches!(line.statement, Some(Statement::Gate(_)))
}

/// Whether it gives points where it does not hold: of a whole head, they cannot be shared out.
fn is_gate_in_points(line: &Line) -> bool {
    match &line.statement {
        Some(Statement::Gate(gate)) => {
            matches!(&gate.effect.kind, EffectKind::Award(AwardKind::Points(points)) if !points.value.is_zero())
        }
        _ => false,
    }
}

fn kind(line: &Line) -> Option<Kind> {
    line.statement.as_ref().map(|said| Kind::of(said, None))
}

fn kinds_of(lines: &[Line]) -> Vec<Option<Kind>> {
    lines.iter().map(kind).collect()
}

fn head_of(line: &mut Line) -> Option<&mut Head> {
    match &mut line.statement {
        Some(Statement::Head(head)) => Some(head),
        _ => None,
    }
}

/// Takes from a head that has parts now what is of leaves alone: how far below zero it goes, and its method where all its
/// parts say theirs. What this text itself says of the head stays, and is told.
fn no_leaf(head: &mut Head, amended: Option<&Head>, parts: &[Vec<Line>]) {
    if amended.is_none_or(|amended| amended.floor.is_none()) {
        head.floor = None;
    }
    let method = |part: &Vec<Line>| {
        part.iter().find_map(|line| match &line.statement {
            Some(Statement::Head(head)) => Some(head.method.as_ref().map(|method| method.value)),
            _ => None,
        })
    };
    let each: Option<Vec<Method>> = parts.iter().map(|part| method(part).flatten()).collect();
    let other =
        each.is_some_and(|each| head.method.as_ref().is_some_and(|own| each.iter().any(|part| *part != own.value)));
    if other && amended.is_none_or(|amended| amended.method.is_none()) {
        head.method = None;
    }
}
