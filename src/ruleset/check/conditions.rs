//! Conditions and checklists: none constant, none unreachable, awards that fit.

use super::super::build::Notes;
use super::super::lower::LeafRanges;
use super::super::meaning::{Arm, Guard, Interval, Part, Test, range};
use super::super::model::{Head, Leaf};
use super::awards;
use crate::diagnostic::{Bands, Both, Budget, Diagnostic, Expressions, Span};
use crate::language::tree::Comparison;
use crate::number::{Points, Ratio};

/// Checks guarded lines.
pub(super) fn check(head: &Head, notes: &Notes, arms: &[Arm], ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    let mut given = Vec::new();
    let mut fits = true;
    for (at, arm) in arms.iter().enumerate() {
        if let Some(award) = awards::points(&arm.outcome) {
            let interval = awards::given(award, &Interval::ALL, ranges);
            fits &= awards::in_range(head, &interval, arm.line, findings);
            given.push(interval);
        }
        let Guard::Test(test) = &arm.guard else {
            continue;
        };
        constant(test, arm.words, ranges, findings);
        let same = arms.iter().take(at).find(|above| match &above.guard {
            Guard::Test(other) => implies(test, other),
            Guard::Within(_) | Guard::Otherwise => false,
        });
        if let Some(above) = same {
            let finding = Diagnostic::new(Bands::UnreachableLine {}, arm.words);
            findings.push(finding.label(above.words, "dòng này đã nhận", "this line takes them"));
        }
    }
    if fits {
        awards::reachable(head, &given, notes.form, findings);
    }
}

/// Checks a checklist: its lines make the maximum, no more and no less.
pub(super) fn checklist(
    head: &Head,
    notes: &Notes,
    parts: &[Part],
    ranges: &LeafRanges<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let mut sum = Ratio::ZERO;
    let mut fits = true;
    for part in parts {
        constant(&part.test, part.line, ranges, findings);
        let given = awards::given(&part.award, &Interval::ALL, ranges);
        fits &= awards::in_range(head, &given, part.line, findings);
        if let Some(edge) = given.upper.filter(|edge| edge.at.is_positive()) {
            sum = &sum + &edge.at;
        }
    }
    let (best, maximum) = (Points::new(sum), head.maximum.clone());
    if best > maximum && fits {
        findings.push(Diagnostic::new(Budget::ChecklistAboveMaximum { sum: best, maximum }, notes.form));
    } else if best < maximum {
        findings.push(Diagnostic::new(Budget::MaximumUnreachable { best, maximum }, notes.form));
    }
}

/// Checks the conditions of "no case arose" lines.
pub(super) fn not_applicable(leaf: &Leaf, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    for rule in &leaf.not_applicable {
        constant(&rule.test, rule.line, ranges, findings);
    }
}

/// A comparison that the figures' bounds decide by themselves.
fn constant(test: &Test, place: Span, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    match test {
        Test::Compare(comparison, left, right) => {
            let (left, right) = (range(left, ranges), range(right, ranges));
            let always = match decided(*comparison, &left, &right) {
                Some(true) => Both::new("luôn đúng", "always holds"),
                Some(false) => Both::new("không bao giờ đúng", "never holds"),
                None => return,
            };
            findings.push(Diagnostic::new(Expressions::ConstantCondition { always }, place));
        }
        Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| constant(part, place, ranges, findings)),
        Test::Answer(..) | Test::Option { .. } => {}
    }
}

/// Whether a comparison holds for all values of its sides, for none, or for some.
fn decided(comparison: Comparison, left: &Interval, right: &Interval) -> Option<bool> {
    let below = |one: &Interval, other: &Interval, strict: bool| match (&one.upper, &other.lower) {
        (Some(upper), Some(lower)) => {
            upper.at < lower.at || (upper.at == lower.at && !(strict && upper.included && lower.included))
        }
        _ => false,
    };
    let (holds, fails) = match comparison {
        Comparison::Less => (below(left, right, true), below(right, left, false)),
        Comparison::AtMost => (below(left, right, false), below(right, left, true)),
        Comparison::Greater => (below(right, left, true), below(left, right, false)),
        Comparison::AtLeast => (below(right, left, false), below(left, right, true)),
        Comparison::Equal | Comparison::Different => {
            let equal = left.single().is_some() && left.single() == right.single();
            let apart = left.intersect(right).is_empty();
            if comparison == Comparison::Equal { (equal, apart) } else { (apart, equal) }
        }
    };
    match (holds, fails) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// Whether the first test can only hold where the second does, as far as their shape tells.
fn implies(test: &Test, other: &Test) -> bool {
    if test == other {
        return true;
    }
    match (test, other) {
        (Test::All(parts), other) => parts.iter().any(|part| implies(part, other)),
        (test, Test::Any(parts)) => parts.iter().any(|part| implies(test, part)),
        (Test::Compare(one, left, bound), Test::Compare(other, same, limit)) if left == same => {
            use super::super::meaning::Term;
            let (Term::Constant(bound), Term::Constant(limit)) = (&bound.term, &limit.term) else {
                return false;
            };
            let (mine, theirs) = (half(*one, bound), half(*other, limit));
            match (mine, theirs) {
                (Some(mine), Some(theirs)) => mine.intersect(&theirs) == mine,
                _ => false,
            }
        }
        _ => false,
    }
}

/// The values that a comparison with a number lets through.
fn half(comparison: Comparison, bound: &Ratio) -> Option<Interval> {
    use super::super::meaning::Edge;
    let edge = |included| Some(Edge { at: bound.clone(), included });
    Some(match comparison {
        Comparison::Equal => Interval::point(bound.clone()),
        Comparison::Less => Interval { lower: None, upper: edge(false) },
        Comparison::AtMost => Interval { lower: None, upper: edge(true) },
        Comparison::Greater => Interval { lower: edge(false), upper: None },
        Comparison::AtLeast => Interval { lower: edge(true), upper: None },
        Comparison::Different => return None,
    })
}
