//! From rows to a register: what they refer to is found, and what contradicts itself is told.

use std::collections::{BTreeMap, BTreeSet};

use super::find::{Names, key};
use super::{RawUnit, Register, Unit, UnitId};
use crate::diagnostic::{Diagnostic, Span, Units};
use crate::language::date_text;
use crate::language::tree::Spanned;

pub(super) fn register(rows: &[RawUnit]) -> (Register, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let units: Vec<Unit> = rows.iter().map(|row| unit(row, &mut findings)).collect();
    let mut register = Register { names: Names::of(&units), units };
    twice(&register, rows, &mut findings);
    let mut links: Vec<(Vec<UnitId>, Vec<UnitId>)> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let parents = row.parent.as_ref().map_or_else(Vec::new, |name| parents(&register, at, name, &mut findings));
        let before = row.succeeds.iter().flat_map(|name| predecessors(&register, at, name, &mut findings));
        let before = before.collect::<BTreeSet<_>>().into_iter().collect();
        links.push((parents, before));
    }
    for (unit, (parents, succeeds)) in register.units.iter_mut().zip(links) {
        (unit.parents, unit.succeeds) = (parents, succeeds);
    }
    cycles(&register, |unit| &unit.parents, |path| Units::ParentCycle { path }, &mut findings);
    cycles(&register, |unit| &unit.succeeds, |path| Units::SuccessionCycle { path }, &mut findings);
    findings.sort_by_key(|finding| finding.span);
    (register, findings)
}

/// A row without what it refers to.
fn unit(row: &RawUnit, findings: &mut Vec<Diagnostic>) -> Unit {
    if let (Some(from), Some(through)) = (&row.from, &row.through)
        && through.value < from.value
    {
        let problem = Units::ValidityOutOfOrder {
            unit: row.name.value.clone(),
            from: date_text(from.value),
            through: date_text(through.value),
        };
        findings.push(Diagnostic::new(problem, through.span));
    }
    Unit {
        code: row.code.as_ref().map(|code| code.value.clone()),
        name: row.name.value.clone(),
        level: row.level.clone(),
        parents: Vec::new(),
        block: row.block.as_ref().map(|block| block.value.clone()),
        from: row.from.as_ref().map(|day| day.value),
        through: row.through.as_ref().map(|day| day.value),
        succeeds: Vec::new(),
        assessed: row.assessed,
        source: row.source.clone(),
        span: row.span,
    }
}

/// One code is one unit at a time; so are a name and the unit above it.
fn twice(register: &Register, rows: &[RawUnit], findings: &mut Vec<Diagnostic>) {
    let mut codes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut names: BTreeMap<(String, String, String), Vec<usize>> = BTreeMap::new();
    let unit = |at: usize| register.units.get(at);
    for (at, row) in rows.iter().enumerate() {
        let meets = |other: &&usize| unit(at).zip(unit(**other)).is_some_and(|(one, other)| one.meets(other));
        let place = |other: usize, span: fn(&RawUnit) -> Span| rows.get(other).map(span).unwrap_or_default();
        let mut told = false;
        if let Some(code) = &row.code {
            let known = codes.entry(code.value.as_str()).or_default();
            if let Some(&other) = known.iter().find(meets) {
                let problem = Units::CodeTwice { code: code.value.clone() };
                let first = place(other, |row| row.code.as_ref().map_or(row.span, |code| code.span));
                findings.push(Diagnostic::new(problem, code.span).label(
                    first,
                    "đơn vị kia ở đây",
                    "the other one is here",
                ));
                told = true;
            }
            known.push(at);
        }
        let above = row.parent.as_ref().map_or_else(String::new, |parent| key(&parent.value));
        let known = names.entry((row.name.value.clone(), row.level.clone().unwrap_or_default(), above)).or_default();
        if let Some(&other) = known.iter().find(meets).filter(|_| !told) {
            let problem = Units::NameTwice { name: row.name.value.clone() };
            let finding = Diagnostic::new(problem, row.name.span);
            let first = place(other, |row| row.name.span);
            findings.push(finding.label(first, "đơn vị kia ở đây", "the other one is here"));
        }
        known.push(at);
    }
}

/// The units above a row: those that are there together with it, one at a time.
fn parents(register: &Register, at: usize, said: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Vec<UnitId> {
    let named = others(register, at, said, findings);
    let Some(own) = register.units.get(at) else { return Vec::new() };
    let together: Vec<UnitId> =
        named.iter().copied().filter(|&id| register.unit(id).is_some_and(|unit| unit.meets(own))).collect();
    if together.is_empty() && !named.is_empty() {
        let problem = Units::ParentElsewhen { unit: own.name.clone(), parent: said.value.clone() };
        findings.push(Diagnostic::new(problem, said.span));
    }
    let overlap = together.iter().enumerate().any(|(at, &one)| {
        let one = register.unit(one);
        together.iter().skip(at + 1).any(|&two| one.zip(register.unit(two)).is_some_and(|(one, two)| one.meets(two)))
    });
    if overlap {
        let problem = Units::Ambiguous { name: said.value.clone(), units: register.list(&together) };
        findings.push(Diagnostic::new(problem, said.span));
        return Vec::new();
    }
    together
}

/// The units that a row takes the place of: those that were there before it.
fn predecessors(register: &Register, at: usize, said: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Vec<UnitId> {
    let named = others(register, at, said, findings);
    let Some(own) = register.units.get(at) else { return Vec::new() };
    // What begins no earlier than the row itself was not there before it.
    let begun = |id: &UnitId| {
        let other = register.unit(*id).and_then(|unit| unit.from);
        own.from.is_none_or(|own| other.is_none_or(|other| other < own))
    };
    let ended = |id: &UnitId| {
        let through = register.unit(*id).and_then(|unit| unit.through);
        own.from.is_none_or(|from| through.is_none_or(|through| through < from))
    };
    let before: Vec<UnitId> = named.iter().copied().filter(|id| begun(id) && ended(id)).collect();
    let Some(last) = before.iter().copied().max_by_key(|&id| {
        // Of several the last one counts; one that has no end is there still.
        register.unit(id).map(|unit| unit.through.unwrap_or(i32::MAX))
    }) else {
        if !named.is_empty() {
            let problem = Units::PredecessorThere { unit: own.name.clone(), other: register.list(&named) };
            findings.push(Diagnostic::new(problem, said.span));
        }
        return Vec::new();
    };
    let same =
        |id: &&UnitId| register.unit(**id).map(|unit| unit.through) == register.unit(last).map(|unit| unit.through);
    let alike: Vec<UnitId> = before.iter().filter(same).copied().collect();
    if alike.len() > 1 {
        let problem = Units::Ambiguous { name: said.value.clone(), units: register.list(&alike) };
        findings.push(Diagnostic::new(problem, said.span));
        return Vec::new();
    }
    vec![last]
}

/// The units that a name means, other than the row that says it; none of that name is told.
fn others(register: &Register, at: usize, said: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Vec<UnitId> {
    let named = register.named(&said.value).to_vec();
    let others: Vec<UnitId> = named.iter().copied().filter(|id| id.0 != at).collect();
    if others.is_empty() {
        let problem = if named.is_empty() {
            Units::UnknownReference { name: said.value.clone(), nearest: register.near(&said.value, &|_| true) }
        } else {
            Units::OfItself { unit: said.value.clone() }
        };
        findings.push(Diagnostic::new(problem, said.span));
    }
    others
}

/// Nothing lies above itself, and nothing takes its own place.
fn cycles(
    register: &Register,
    links: fn(&Unit) -> &[UnitId],
    problem: fn(String) -> Units,
    findings: &mut Vec<Diagnostic>,
) {
    let mut told: BTreeSet<UnitId> = BTreeSet::new();
    for (start, unit) in register.units() {
        if told.contains(&start) {
            continue;
        }
        let (mut seen, mut open) = (BTreeSet::new(), vec![vec![start]]);
        while let Some(way) = open.pop() {
            let at = way.last().and_then(|&last| register.unit(last));
            for &next in at.map_or(&[][..], links) {
                if next == start {
                    told.extend(way.iter().copied());
                    let names = way.iter().chain([&start]).filter_map(|&id| register.unit(id));
                    let path = names.map(|unit| format!("`{}`", unit.name)).collect::<Vec<_>>().join(" → ");
                    findings.push(Diagnostic::new(problem(path), unit.span));
                    open.clear();
                    break;
                }
                if seen.insert(next) {
                    open.push(way.iter().copied().chain([next]).collect());
                }
            }
        }
    }
}
