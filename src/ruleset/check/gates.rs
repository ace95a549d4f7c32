//! Gates: no circle, a condition that can come out either way, effects that fit.

use super::super::build::Built;
use super::super::gates;
use super::super::lower::LeafRanges;
use super::super::meaning::Interval;
use super::super::model::{Gate, HeadId};
use super::awards;
use crate::diagnostic::{Both, Diagnostic, Expressions, Names};
use crate::language::tree::Aggregation;
use crate::number::Ratio;

/// Gates that wait for each other.
pub(super) fn circles(built: &[Built], findings: &mut Vec<Diagnostic>) {
    for circle in gates::order(built.iter().map(|built| &built.head)).circles {
        told(&circle, built, findings);
    }
}

/// Checks the condition and the effect of every gate, of the set as it is written or as it is for a block.
pub(super) fn check(built: &[Built], findings: &mut Vec<Diagnostic>) {
    for one in built.iter().filter(|built| built.head.aside.is_none()) {
        let Some(leaf) = one.head.leaf.as_ref().filter(|_| !one.notes.damaged) else { continue };
        for gate in &leaf.gates {
            if let Some(award) = awards::points(&gate.outcome) {
                let none = LeafRanges { figures: &[], maximum: one.head.maximum.ratio(), subject: Interval::ALL };
                let given = awards::given(award, &Interval::ALL, &none);
                awards::in_range(&one.head, &given, gate.line, findings);
            }
            if let Some(always) = constant(gate, built) {
                let always = if always {
                    Both::new("lúc nào cũng đúng", "always holds")
                } else {
                    Both::new("không bao giờ đúng", "never holds")
                };
                findings.push(Diagnostic::new(Expressions::ConstantCondition { always }, gate.line));
            }
        }
    }
}

/// A circle, told once at a line that closes it.
fn told(circle: &[HeadId], built: &[Built], findings: &mut Vec<Diagnostic>) {
    // The circle is told from its first leaf that waits, in the order of the text.
    let waits = |id: &&HeadId| built.get(id.0).is_some_and(|built| built.head.leaf.is_some());
    let Some(&first) = circle.iter().filter(waits).min() else { return };
    let at = circle.iter().position(|&id| id == first).unwrap_or(0);
    let around = circle.iter().cycle().skip(at).take(circle.len().saturating_add(1));
    let code = |id: &HeadId| built.get(id.0).map_or("", |built| built.head.code.as_str());
    let path = around.map(code).collect::<Vec<_>>().join(" → ");
    let next = circle.get(at.saturating_add(1)).or(circle.first());
    let line = |id: HeadId, next: Option<&HeadId>| {
        let leaf = built.get(id.0)?.head.leaf.as_ref()?;
        leaf.gates.iter().find(|gate| Some(&gate.of) == next).map(|gate| gate.line)
    };
    let Some(told) = line(first, next) else { return };
    let mut finding = Diagnostic::new(Names::GateCycle { path, mend: drop_one() }, told);
    // A head with parts waits for them by itself: no line says so.
    for (&from, to) in circle.iter().zip(circle.iter().cycle().skip(1)) {
        if let Some(line) = line(from, Some(to)).filter(|line| *line != told) {
            let (from, to) = (code(&from), code(to));
            finding =
                finding.label(line, format!("`{from}` chờ `{to}` ở đây"), format!("`{from}` waits for `{to}` here"));
        }
    }
    findings.push(finding);
}

fn drop_one() -> Both {
    Both::new("bỏ một dòng `chỉ chấm khi` trong vòng", "drop one line `only scored when` of the circle")
}

/// Whether a condition comes out the same for all that its head can have.
fn constant(gate: &Gate, built: &[Built]) -> Option<bool> {
    let head = &built.get(gate.of.0)?.head;
    let maximum = head.maximum.ratio();
    if !maximum.is_positive() {
        return None;
    }
    let lower = least(gate.of, built)?;
    let limit = gate.limit.as_ref().map_or(maximum, |limit| limit.ratio());
    gate.comparison.holds_between(&lower, maximum, limit)
}

/// The least that a head can have, where its parts add up.
fn least(id: HeadId, built: &[Built]) -> Option<Ratio> {
    let head = &built.get(id.0)?.head;
    if head.children.is_empty() {
        return Some(head.floor.ratio().clone());
    }
    if head.aggregation != Aggregation::Sum {
        return None;
    }
    let parts = head.children.iter().map(|&id| least(id, built));
    parts.sum()
}
