//! Checklists: lines that fit one by one, and a sum that reaches the maximum and never leaves the head's bounds.

use std::collections::BTreeSet;

use super::super::build::Notes;
use super::super::lower::LeafRanges;
use super::super::meaning::{Branch, Expr, FigureId, Interval, Kind, Part, Ranges, Sum, Term, Test, never_so};
use super::super::model::{Head, Leaf};
use super::unheld::unheld;
use super::{awards, conditions, witness};
use crate::diagnostic::{Both, Budget, Diagnostic, Expressions};
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::{Points, Ratio};

/// So many lines of one group are held or not in the search for those that hold together; in a longer search only pairs
/// are looked at.
const TRIES: usize = 500;

/// Lines that move the sum one way, and by how much.
type Moves<'a> = Vec<(&'a Part, Ratio)>;

/// Checks the lines, then what they come to together.
pub(super) fn check(
    (head, leaf): (&Head, &Leaf),
    notes: &Notes,
    sum: &Sum,
    ranges: &LeafRanges<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let (mut losses, mut gains) = (Moves::new(), Moves::new());
    let mut fits = true;
    for part in &sum.parts {
        conditions::constant(&part.test, part.line, ranges, findings);
        let given = awards::given(&part.award, &Interval::ALL, ranges);
        // What a line takes off may be more than the head has, where `thấp nhất …` stops the sum.
        let held = match (&sum.floor, &given.upper) {
            (Some(_), Some(most)) => Interval::point(std::cmp::max(&most.at, head.floor.ratio()).clone()),
            _ => given.clone(),
        };
        fits &= awards::in_range(head, &held, part.line, findings);
        gains.extend(given.upper.filter(|edge| edge.at.is_positive()).map(|edge| (part, edge.at)));
        losses.extend(given.lower.filter(|edge| edge.at.is_negative()).map(|edge| (part, -&edge.at)));
    }
    let (floor, cap) = (awards::limit(sum.floor.as_ref(), ranges), awards::limit(sum.cap.as_ref(), ranges));
    if matches!((&floor, &cap), (Some(floor), Some(cap)) if floor > cap) {
        findings.push(Diagnostic::new(Expressions::CapBelowFloor {}, notes.form));
        return;
    }
    for limit in [&floor, &cap].into_iter().flatten() {
        fits &= awards::in_range(head, &Interval::point(limit.clone()), notes.form, findings);
    }
    if !fits {
        return;
    }
    let (top, bottom) = (head.maximum.ratio(), head.floor.ratio());
    let capped = |value: Ratio| cap.iter().cloned().fold(value, std::cmp::min);
    let floored = |value: Ratio| floor.iter().cloned().fold(value, std::cmp::max);
    let mut best = capped(all(&gains));
    if best > *top {
        // Lines that exclude each other never add up to all of them.
        best = capped(together(leaf, &gains, ranges));
    }
    let mut least = floored(-&all(&losses));
    if least < *bottom {
        least = floored(-&together(leaf, &losses, ranges));
    }
    let not_proved = || awards::not_proved(head, &Interval::closed(Some(least.clone()), Some(best.clone())));
    if best > *top {
        let above = shown(leaf, sum, (&gains, ranges), |value| capped(value.clone()) <= *top);
        let problem = above.map_or_else(not_proved, |(value, when)| {
            let (sum, maximum) = (Points::new(capped(value)), head.maximum.clone());
            Budget::ChecklistAboveMaximum { sum, maximum, when }.into()
        });
        findings.push(Diagnostic::new(problem, notes.form));
    } else if best < *top {
        let problem = awards::unreachable(head, best.clone());
        findings.push(Diagnostic::new(problem, notes.form));
    }
    if least < *bottom {
        let below = shown(leaf, sum, (&losses, ranges), |value| floored(value.clone()) >= *bottom);
        let problem = below.map_or_else(not_proved, |(value, when)| {
            Budget::ChecklistBelowFloor { sum: Points::new(floored(value)), when }.into()
        });
        let finding = Diagnostic::new(problem, notes.form);
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}

fn all(moves: &Moves<'_>) -> Ratio {
    moves.iter().fold(Ratio::ZERO, |sum, (_, by)| &sum + by)
}

/// The most that lines move the sum, of which no figures exclude that they hold together; never less than it is. Lines
/// that have no figure in common are looked at apart, so that long lists of short questions are decided.
fn together(leaf: &Leaf, moves: &Moves<'_>, ranges: &LeafRanges<'_>) -> Ratio {
    let said: Vec<(&Test, bool)> =
        leaf.not_applicable.iter().flat_map(|rule| unheld(&rule.test, &leaf.figures)).collect();
    groups(moves, &said, ranges).into_iter().fold(Ratio::ZERO, |sum, moves| {
        let left = left(&moves, &said, ranges);
        let most = left.first().cloned().unwrap_or(Ratio::ZERO);
        let mut search = Search { moves: &moves, left: &left, ranges, said: said.clone(), most: None, tries: 0 };
        let found = search.look(0, Ratio::ZERO).and(search.most);
        &sum + &found.unwrap_or(most)
    })
}

/// Lines apart that have no figure in common, neither in themselves nor by way of conditions said beside them or of
/// figures that bound each other.
fn groups<'a>(moves: &Moves<'a>, said: &[(&Test, bool)], ranges: &LeafRanges<'_>) -> Vec<Moves<'a>> {
    let read = |test: &Test| {
        let mut figures = BTreeSet::new();
        test.figures(&mut |id| {
            figures.insert(id);
        });
        figures
    };
    let lines = moves.iter().map(|(part, by)| (read(&part.test), vec![(*part, by.clone())]));
    let beside = said.iter().map(|(test, _)| (read(test), Vec::new()));
    let orders = ranges
        .orders()
        .into_iter()
        .map(|(lower, upper)| (read(&Test::Compare(Comparison::AtMost, lower, upper)), Vec::new()));
    let mut groups: Vec<(BTreeSet<FigureId>, Moves<'a>)> = Vec::new();
    for (mut figures, lines) in lines.chain(beside).chain(orders) {
        let (same, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(others, _)| !others.is_disjoint(&figures));
        groups = apart;
        let mut all = Moves::new();
        for (others, before) in same {
            figures.extend(others);
            all.extend(before);
        }
        all.extend(lines);
        groups.push((figures, all));
    }
    groups.into_iter().map(|(_, lines)| lines).collect()
}

/// What the lines from each one on come to at most, where of those that exclude each other by pairs one holds.
fn left(moves: &Moves<'_>, said: &[(&Test, bool)], ranges: &LeafRanges<'_>) -> Vec<Ratio> {
    let exclude =
        |one: &Part, other: &Part| never_so(&[said, &[(&one.test, true), (&other.test, true)]].concat(), ranges);
    // Sets of lines of which no two hold together, and the most that one of each gives.
    let mut sets: Vec<(Vec<&Part>, Ratio)> = Vec::new();
    let mut left: Vec<Ratio> = moves
        .iter()
        .rev()
        .map(|(part, by)| {
            match sets.iter_mut().find(|(lines, _)| lines.iter().all(|other| exclude(part, other))) {
                Some((lines, most)) => {
                    lines.push(part);
                    *most = std::cmp::max(&*most, by).clone();
                }
                None => sets.push((vec![part], by.clone())),
            }
            sets.iter().fold(Ratio::ZERO, |sum, (_, most)| &sum + most)
        })
        .collect();
    left.reverse();
    left
}

struct Search<'a> {
    moves: &'a Moves<'a>,
    /// What the lines from each one on come to at most.
    left: &'a [Ratio],
    ranges: &'a LeafRanges<'a>,
    said: Vec<(&'a Test, bool)>,
    most: Option<Ratio>,
    tries: usize,
}

impl Search<'_> {
    /// Looks on from a line, with what those before it come to; nothing where it is given up.
    fn look(&mut self, at: usize, sum: Ratio) -> Option<()> {
        let left = self.left.get(at).map_or_else(|| sum.clone(), |left| &sum + left);
        if self.most.as_ref().is_some_and(|most| left <= *most) {
            return Some(());
        }
        let moves = self.moves;
        let Some((part, by)) = moves.get(at) else {
            self.most = Some(sum);
            return Some(());
        };
        for holds in [true, false] {
            self.tries = self.tries.checked_add(1).filter(|tries| *tries <= TRIES)?;
            self.said.push((&part.test, holds));
            if !never_so(&self.said, self.ranges) {
                self.look(at.checked_add(1)?, if holds { &sum + by } else { sum.clone() })?;
            }
            self.said.pop();
        }
        Some(())
    }
}

/// Figures for which the sum is not as it must be, and the sum; they need not be said where every line asks its own.
fn shown(
    leaf: &Leaf,
    sum: &Sum,
    (moves, ranges): (&Moves<'_>, &LeafRanges<'_>),
    inside: impl Fn(&Ratio) -> bool,
) -> Option<(Ratio, Both)> {
    let zero = || Expr::constant(Kind::Points, Ratio::ZERO);
    let added = sum.parts.iter().map(|part| {
        let (test, then, line) = (part.test.clone(), part.award.clone(), part.line);
        let branch = Branch { test, asked: line, then, then_at: line, otherwise: zero(), otherwise_at: line };
        Expr { kind: Kind::Points, term: Term::If(Box::new(branch)) }
    });
    let added = added.reduce(|sum, part| Expr::binary(Kind::Points, BinaryOperator::Add, sum, part))?;
    let (Both(vietnamese, english), value) = witness::outside(leaf, &added, ranges, inside)?;
    let plain = moves.iter().all(|(part, _)| part.label.is_some());
    let when = Both::new(format!(", như khi {vietnamese}"), format!(", as when {english}"));
    Some((value, if plain { Both::same("") } else { when }))
}
