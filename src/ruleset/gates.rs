//! Leaves that wait for points of other heads: each line resolved, and the order in which all can be decided.

use std::collections::BTreeMap;

use super::draft::Placed;
use super::lower::Scope;
use super::model::{Gate, Head, HeadId};
use crate::diagnostic::{Diagnostic, Names, nearest};
use crate::language::tree::Statement;
use crate::number::Points;

/// The heads of a set by their code.
pub(super) type Codes = BTreeMap<String, HeadId>;

/// The gates of a leaf; `whole` while every head of the set could be read.
pub(super) fn gates(lines: &[Placed<'_>], codes: &Codes, whole: bool, scope: &mut Scope<'_>) -> Vec<Gate> {
    let mut gates = Vec::new();
    for &(statement, line) in lines {
        let Statement::Gate(gate) = statement else { continue };
        let of = codes.get(&gate.of.value).copied();
        if of.is_none() && whole {
            let near = nearest(&gate.of.value, codes.keys().map(String::as_str), str::to_owned);
            let problem = Names::UnknownCode { code: gate.of.value.clone(), nearest: near };
            scope.findings.push(Diagnostic::new(problem, gate.of.span));
        }
        let outcome = scope.outcome(&gate.effect);
        if let (Some(of), Some(outcome)) = (of, outcome) {
            let limit = gate.limit.as_ref().map(|limit| Points::new(limit.value.clone()));
            gates.push(Gate { of, comparison: gate.comparison, limit, outcome, line });
        }
    }
    gates
}

/// In which order leaves that wait can be decided, or the circles in which they wait for each other.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The leaves that wait, each after those that it waits for.
    pub(super) leaves: Vec<HeadId>,
    /// Circles: every head waits for the next, the last for the first.
    pub(super) circles: Vec<Vec<HeadId>>,
}

/// Orders the leaves that wait. A head is decided once all that it is made of is.
pub(super) fn order<'a>(heads: impl Iterator<Item = &'a Head>) -> Order {
    let heads: Vec<&Head> = heads.collect();
    let needs: Vec<Vec<HeadId>> = heads.iter().map(|head| needs(head)).collect();
    let mut open: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut wanted: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
    for (at, needs) in needs.iter().enumerate() {
        for need in needs {
            if let Some(wanted) = wanted.get_mut(need.0) {
                wanted.push(at);
            }
        }
    }
    let mut order = Order::default();
    let mut ready: Vec<usize> = (0..heads.len()).filter(|&at| open.get(at) == Some(&0)).collect();
    while let Some(at) = ready.pop() {
        if heads.get(at).is_some_and(|head| head.leaf.as_ref().is_some_and(|leaf| !leaf.gates.is_empty())) {
            order.leaves.push(HeadId(at));
        }
        for &other in wanted.get(at).map_or(&[][..], Vec::as_slice) {
            if let Some(left) = open.get_mut(other) {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    ready.push(other);
                }
            }
        }
    }
    let stuck = |id: HeadId| open.get(id.0).is_some_and(|left| *left > 0);
    order.circles = circles(&needs, stuck);
    order
}

/// What must be decided before a head is.
fn needs(head: &Head) -> Vec<HeadId> {
    match &head.leaf {
        Some(leaf) => leaf.gates.iter().map(|gate| gate.of).collect(),
        None => head.children.clone(),
    }
}

/// The circles among heads that never come to be decided: each waits for another of them.
fn circles(needs: &[Vec<HeadId>], stuck: impl Fn(HeadId) -> bool) -> Vec<Vec<HeadId>> {
    let mut circles = Vec::new();
    let mut seen = vec![false; needs.len()];
    for start in (0..needs.len()).map(HeadId).filter(|&id| stuck(id)) {
        let mut path: Vec<HeadId> = Vec::new();
        let mut at = Some(start);
        while let Some(id) = at {
            if let Some(first) = path.iter().position(|&known| known == id) {
                circles.push(path.split_off(first));
                break;
            }
            if seen.get_mut(id.0).is_none_or(|seen| std::mem::replace(seen, true)) {
                break;
            }
            path.push(id);
            at = needs.get(id.0).and_then(|needs| needs.iter().copied().find(|&id| stuck(id)));
        }
    }
    circles
}
