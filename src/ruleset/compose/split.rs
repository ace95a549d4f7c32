//! A leaf split into parts: what it said of its scoring goes, and what it said beside that goes on to the parts.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::GatesBrought;
use super::Work;
use super::blocks::Block;
use super::change::ChangeKind;
use super::kinds::{self, Kind};
use super::rights::Act as Right;
use super::steps::{Act, Step};
use crate::diagnostic::{Blocks, Both, Diagnostic, Inheritance, SourceId, Span, Structure};
use crate::language::tree::{AwardKind, EffectKind, Head, Line, Method, NotBlock, Statement, Target};

impl Work<'_, '_> {
    /// Splits heads once all heads stand where they belong: what comes below one by whatever way is one of its parts.
    pub(super) fn split(&mut self, steps: &[Step<'_>]) {
        // A part may be split itself: what it was counts, in whatever order the lines stand.
        let before = self.blocks.clone();
        let mut split: BTreeMap<String, Carried> = BTreeMap::new();
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
            let is_below =
                |block: &&Block| block.place().is_some_and(|there| there.parent.as_ref() == Some(&place.code));
            let standing = || before.iter().filter(is_below);
            if standing().any(|there| self.stood_below(there, &code.value)) {
                self.find(Inheritance::SplitHasParts { code: code.value.clone() }, step.place());
                continue;
            }
            let below = steps.iter().zip(&self.parents).filter(|(_, parent)| parent.as_ref() == Some(&place.code));
            let new = below.map(|(step, _)| {
                let own = Line { statement: step.head().cloned().map(Statement::Head), ..step.line.clone() };
                std::iter::once(own).chain(step.lines.iter().cloned()).collect()
            });
            // A head that comes to stand below it from elsewhere is one of its parts too.
            let moved = standing().filter(|block| block.place().is_some_and(|place| place.old.is_some()));
            let parts: Vec<Vec<Line>> = new.chain(moved.map(|block| block.lines.clone())).collect();
            if parts.is_empty() {
                let example = format!("thành phần {}.1 \"…\": 1 điểm", place.code);
                let english = format!("sub-criterion {}.1 \"…\": 1 point", place.code);
                let (form, example) = (Both::new("chia", "split"), Both::new(example, english));
                self.find(Structure::FormWithoutLines { form, example }, step.place());
            }
            self.points_by_block(at, &parts, step.place());
            let lines =
                self.blocks.get(at).map(|block| block.lines.iter().filter(|line| goes_on(line)).cloned().collect());
            let carried = Carried { old: code.value.clone(), lines: lines.unwrap_or_default(), split: step.place() };
            split.insert(place.code.clone(), carried);
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
        self.hand_on(&split);
        self.gates = self.gates_brought(steps.first().map(|step| step.line.span.source));
    }

    /// Which texts brought each head a gate: this text, where it splits the head that had it, and those that had brought
    /// it there. Whatever else is said of the head, they did, as long as that line stands under it.
    fn gates_brought(&self, text: Option<SourceId>) -> GatesBrought {
        let known = self.rights.upper.decisions.last().map(|last| &last.gates);
        let mut brought = GatesBrought::new();
        for (block, place) in self.blocks.iter().filter_map(|block| Some((block, block.place()?))) {
            let split = self.gated.iter().find(|(code, _)| *code == place.code).map(|(_, split)| split);
            let Some(from) = split.or(place.old.as_ref()) else { continue };
            for line in block.lines.iter().filter(|line| is_gate(line)) {
                let before = known.and_then(|known| known.get(&(from.clone(), line.span)));
                let texts: BTreeSet<SourceId> = before.into_iter().flatten().copied().chain(split.and(text)).collect();
                if !texts.is_empty() {
                    brought.insert((place.code.clone(), line.span), texts);
                }
            }
        }
        brought
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

    /// A gate and evidence hold for leaves alone: they go on to every leaf below that says none of its own, as it stands in
    /// the end. But points that a gate gives where it does not hold cannot be shared out: the parts say them, each its
    /// own, or that is told.
    fn hand_on(&mut self, split: &BTreeMap<String, Carried>) {
        if split.is_empty() {
            return;
        }
        let parents: BTreeSet<&String> =
            self.blocks.iter().filter_map(Block::place).filter_map(|place| place.parent.as_ref()).collect();
        let leaf = |block: &Block| block.place().is_some_and(|place| !parents.contains(&place.code));
        let takes = self.blocks.iter().map(|block| if leaf(block) { self.handed_to(block, split) } else { Vec::new() });
        let takes: Vec<Vec<(&str, &Line)>> = takes.collect();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (block, takes) in self.blocks.iter_mut().zip(takes) {
            let Some(place) = block.place().filter(|_| !takes.is_empty()) else { continue };
            self.touched.insert(place.code.clone());
            let gate = takes.iter().find(|(_, line)| is_gate(line)).and_then(|(from, _)| split.get(*from));
            self.gated.extend(gate.map(|from| (place.code.clone(), from.old.clone())));
            told.extend(takes.iter().filter(|(_, line)| is_gate_in_points(line)).map(|(from, _)| *from));
            block.lines.extend(takes.into_iter().map(|(_, line)| line.clone()));
        }
        for (code, carried) in split.iter().filter(|(code, _)| told.contains(code.as_str())) {
            let Some(line) = carried.lines.iter().find(|line| is_gate_in_points(line)) else { continue };
            let finding = Diagnostic::new(Inheritance::SplitGate { code: code.clone() }, carried.split);
            self.findings.push(finding.label(line.words, "dòng ấy ở đây", "that line is here"));
        }
    }

    /// What a leaf takes of the split heads above, with the head: of each kind that it does not say what the nearest says.
    /// No head waits for itself: the one that a gate names does not take it, nor do its parts.
    fn handed_to<'s>(&self, block: &Block, split: &'s BTreeMap<String, Carried>) -> Vec<(&'s str, &'s Line)> {
        let Some(place) = block.place() else { return Vec::new() };
        let here: BTreeSet<&str> =
            self.path(&place.code).into_iter().filter_map(Block::place).map(|place| place.code.as_str()).collect();
        let waits_for_itself = |line: &Line| match &line.statement {
            Some(Statement::Gate(gate)) => here.contains(gate.of.value.as_str()),
            _ => false,
        };
        let mut known = kinds_of(&block.lines);
        let mut takes = Vec::new();
        let above = self.path(&place.code).into_iter().skip(1).filter_map(Block::place);
        for (code, carried) in above.filter_map(|place| split.get_key_value(&place.code)) {
            let of = carried.lines.iter().filter(|line| !known.contains(&kind(line)) && !waits_for_itself(line));
            takes.extend(of.map(|line| (code.as_str(), line)));
            known.extend(kinds_of(&carried.lines));
        }
        takes
    }
}

/// What a head that is split hands on to its parts.
struct Carried {
    /// Its code in the set extended.
    old: String,
    lines: Vec<Line>,
    /// Where it is split.
    split: Span,
}

/// Whether a line of a leaf goes on to its parts.
fn goes_on(line: &Line) -> bool {
    matches!(line.statement, Some(Statement::Gate(_) | Statement::Evidence(_)))
}

/// Whether a line says when a leaf is scored.
fn is_gate(line: &Line) -> bool {
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
