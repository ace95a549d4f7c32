//! Where sources print different values of one thing: both are kept, both are shown.

use std::collections::BTreeSet;

use super::fact::{Checked, Conflicting, Fact, Verdict};
use super::printed::Printed;
use super::round::Round;
use super::table::{Line, Who};
use crate::number::Ratio;

pub(super) fn check(round: &Round<'_>, out: &mut Vec<Checked>) {
    let mut seen: Vec<&Who> = Vec::new();
    for line in round.lines() {
        if seen.contains(&&line.who) {
            continue;
        }
        seen.push(&line.who);
        let alike = round.alike(&line.who);
        let whole = |number: Option<usize>| number.map(|number| Printed::new(Ratio::from(number), 0));
        let signed = |number: Option<i64>| number.map(|number| Printed::new(Ratio::from(number), 0));
        let mut printed = vec![
            (Conflicting::Score, values(&alike, |line| line.score.clone())),
            (Conflicting::Rank, values(&alike, |line| whole(line.rank))),
            (Conflicting::Of, values(&alike, |line| whole(line.of))),
            (Conflicting::Count, values(&alike, |line| whole(line.count))),
            (Conflicting::Places, values(&alike, |line| signed(line.places))),
            (Conflicting::AboveMean, values(&alike, |line| line.above_mean.clone())),
            (Conflicting::Share, values(&alike, |line| line.share.clone())),
            (Conflicting::Cut, values(&alike, |line| line.cut.as_ref().map(|cut| cut.from.clone()))),
        ];
        let years: BTreeSet<Option<u16>> =
            alike.iter().flat_map(|line| &line.changes).map(|change| change.since).collect();
        printed.extend(years.into_iter().map(|since| {
            let of =
                |line: &Line| line.changes.iter().find(|change| change.since == since).map(|change| change.by.clone());
            (Conflicting::Change(since), values(&alike, of))
        }));
        let parts: BTreeSet<&String> = alike.iter().flat_map(|line| &line.parts).map(|(name, _)| name).collect();
        printed.extend(parts.into_iter().map(|part| {
            let of = |line: &Line| line.parts.iter().find(|(name, _)| name == part).map(|(_, value)| value.clone());
            (Conflicting::Part(part.clone()), values(&alike, of))
        }));
        for (what, values) in printed {
            let apart = values.iter().any(|(one, _)| values.iter().any(|(other, _)| one.clashes(other)));
            if !apart {
                continue;
            }
            let unit = match &line.who {
                Who::Unit(name) => Some(name.clone()),
                Who::Whole(_) => None,
            };
            let confidence = alike.iter().map(|line| line.confidence).max().unwrap_or_default();
            let source = line.source.clone();
            out.push(Checked {
                unit,
                fact: Fact::Conflict { what, values },
                verdict: Verdict::Disagrees,
                source,
                confidence,
            });
        }
    }
}

/// The different values that lines print, each with where.
fn values(lines: &[&Line], of: impl Fn(&Line) -> Option<Printed>) -> Vec<(Printed, String)> {
    let mut found: Vec<(Printed, String)> = Vec::new();
    for line in lines {
        let Some(value) = of(line) else { continue };
        match found.iter_mut().find(|(other, _)| *other == value) {
            Some((_, sources)) if !sources.contains(&line.source) => {
                sources.push_str("; ");
                sources.push_str(&line.source);
            }
            Some(_) => {}
            None => found.push((value, line.source.clone())),
        }
    }
    found
}
