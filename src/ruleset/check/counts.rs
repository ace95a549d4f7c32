//! Counts that the decision states: areas, criteria and sub-criteria.

use super::super::build::Built;
use super::super::header::Header;
use crate::diagnostic::{Both, Budget, Diagnostic};
use crate::language::tree::{Count, Level};

/// Compares every stated count with what is there, where all of it is there.
pub(super) fn check(header: &Header<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let frame = header.frame.is_some();
    for count in &header.counts {
        conflict(count, findings);
        let counted = built.iter().filter(|built| built.head.level == count.level).count();
        let stated_below: Option<usize> = built
            .iter()
            .filter(|built| built.head.is_top())
            .map(|built| {
                built.head.counts.iter().find(|below| below.level == count.level).map(|below| below.count.value)
            })
            .sum();
        // A frame has no leaves, so its parts' stated counts are added up instead; one without any head has nothing to compare.
        let found = match (frame && counted == 0, built.is_empty()) {
            (true, true) => None,
            (true, false) => stated_below,
            (false, _) => Some(counted),
        };
        let copied_in_part = !header.extracts.is_empty() || built.iter().any(|built| !built.head.extracts.is_empty());
        let whole = !copied_in_part || frame;
        if let (Some(found), true) = (found, whole) {
            compare(count, found, findings);
        }
    }
    for built in built {
        built.head.counts.iter().for_each(|count| conflict(count, findings));
    }
    under_heads(built, frame, findings);
}

fn under_heads(built: &[Built], frame: bool, findings: &mut Vec<Diagnostic>) {
    for (at, head) in built.iter().enumerate() {
        for count in &head.head.counts {
            let counted =
                built.iter().filter(|below| below.head.level == count.level && lies_under(below, at, built)).count();
            let partial = !head.head.extracts.is_empty();
            if !(frame && counted == 0 || partial) {
                compare(count, counted, findings);
            }
        }
    }
}

fn lies_under(below: &Built, above: usize, built: &[Built]) -> bool {
    let mut parent = below.head.parent;
    while let Some(id) = parent {
        if id.0 == above {
            return true;
        }
        parent = built.get(id.0).and_then(|built| built.head.parent);
    }
    false
}

/// What the heads of a level are called.
pub(super) fn words(level: Level) -> Both {
    match level {
        Level::Area => Both::new("lĩnh vực", "areas"),
        Level::Criterion => Both::new("tiêu chí", "criteria"),
        Level::SubCriterion => Both::new("thành phần", "sub-criteria"),
        Level::Bonus => Both::new("điểm thưởng", "bonuses"),
        Level::Penalty => Both::new("điểm phạt", "penalties"),
    }
}

fn conflict(count: &Count, findings: &mut Vec<Diagnostic>) {
    if let Some(other) = &count.other {
        let problem =
            Budget::CountsConflict { level: words(count.level), stated: count.count.value, other: other.value };
        findings.push(Diagnostic::new(problem, count.count.span.to(other.span)));
    }
}

fn compare(count: &Count, counted: usize, findings: &mut Vec<Diagnostic>) {
    let other = count.other.as_ref().is_some_and(|other| other.value == counted);
    if counted != count.count.value && !other {
        let problem = Budget::CountMismatch { level: words(count.level), counted, stated: count.count.value };
        findings.push(Diagnostic::new(problem, count.count.span));
    }
}
