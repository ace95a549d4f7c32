//! Conditions: none constant, none unreachable, awards that fit.

use super::super::build::Notes;
use super::super::lower::LeafRanges;
pub(super) use super::super::meaning::decided;
use super::super::meaning::{Arm, Edge, Guard, Interval, Meaning, Test, range};
use super::super::model::{Head, Leaf, Scoring};
use super::awards;
use super::cases::{self, Taker};
use super::witness;
use crate::diagnostic::{Bands, Both, Diagnostic, Expressions, Problem, Span};
use crate::language::tree::Comparison;
use crate::number::Ratio;

/// Checks guarded lines.
pub(super) fn check(
    (head, leaf): (&Head, &Leaf),
    notes: &Notes,
    arms: &[Arm],
    ranges: &LeafRanges<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let mut given = Vec::new();
    let mut fits = true;
    let mut sound = true;
    for arm in arms {
        if let Some(award) = awards::points(&arm.outcome) {
            let interval = awards::given(award, &Interval::ALL, ranges);
            fits &= awards::in_range(head, &interval, arm.line, findings);
            given.push(interval);
        }
        if let Guard::Test(test) = &arm.guard {
            sound &= !constant(test, arm.words, ranges, findings);
        }
    }
    let before = findings.len();
    if sound {
        reached(leaf, notes, arms, ranges, findings);
    }
    // Lines that leave the scale or stay unscored do discriminate; so may the line that lacks.
    let lacks = |finding: &Diagnostic| matches!(finding.problem, Problem::Bands(Bands::NoOtherwise { .. }));
    if fits && given.len() == arms.len() && !findings.iter().skip(before).any(lacks) {
        awards::reachable(head, &given, notes.form, findings);
    }
}

/// Lines that the lines above take everything from, and cases that no line takes.
fn reached(leaf: &Leaf, notes: &Notes, arms: &[Arm], ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    let left_out = || {
        let tests = arms.iter().filter_map(|arm| if let Guard::Test(test) = &arm.guard { Some(test) } else { None });
        let like = witness::uncovered(leaf, &tests.collect::<Vec<_>>(), ranges).map_or_else(
            || Both::same(""),
            |Both(vietnamese, english)| Both::new(format!(", như khi {vietnamese}"), format!(", as when {english}")),
        );
        Diagnostic::new(Bands::NoOtherwise { like }, notes.form)
    };
    let otherwise = arms.iter().any(|arm| arm.guard == Guard::Otherwise);
    let told = |finding: &Diagnostic| matches!(finding.problem, Problem::Bands(Bands::AfterOtherwise {}));
    let Some(reach) = cases::reach(arms, ranges) else {
        // Too many cases to look at: `còn lại` must be written.
        if !otherwise {
            findings.push(left_out());
        }
        return;
    };
    if reach.uncovered {
        findings.push(left_out());
    }
    for (arm, taker) in arms.iter().zip(&reach.takers) {
        let Taker::Above(above) = taker else {
            continue;
        };
        if findings.iter().any(|finding| told(finding) && finding.span == arm.line) {
            continue;
        }
        let finding = Diagnostic::new(Bands::UnreachableLine {}, arm.words);
        findings.push(match above.and_then(|at| arms.get(at)) {
            Some(above) => finding.label(above.words, "dòng này đã nhận", "this line takes them"),
            None => finding,
        });
    }
}

/// Checks "no case arose" lines, and the points given when something is missing.
pub(super) fn not_applicable(head: &Head, leaf: &Leaf, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    for rule in &leaf.not_applicable {
        constant(&rule.test, rule.line, ranges, findings);
        if let Some(award) = awards::points(&rule.outcome) {
            awards::in_range(head, &awards::given(award, &Interval::ALL, ranges), rule.line, findings);
        }
    }
    if let Scoring::Declared(_, Meaning::Cases { arms, .. }) = &leaf.scoring {
        for arm in arms {
            let Guard::Test(test) = &arm.guard else { continue };
            if let Some(line) = leaf.kept_from(test) {
                let mend = Both::new(
                    "một lựa chọn thì nói kết quả ngay ở dòng của nó (`chọn …: loại khỏi thang điểm`) và bỏ dòng `không phát sinh`; một dòng `khi` thì giữ một trong hai dòng",
                    "of an option say what follows on its own line (`option …: out of scale`) and drop the `no case` line; of a `when` line keep one of the two",
                );
                let finding = Diagnostic::new(Bands::TakenByNoCase { mend }, arm.words);
                findings.push(finding.label(line, "dòng này nhận trước", "this line takes them first"));
            }
        }
    }
    for missing in [&leaf.figures_missing, &leaf.evidence_missing] {
        if let Some(points) = &missing.points {
            awards::in_range(head, &Interval::point(points.ratio().clone()), missing.line, findings);
        }
    }
}

/// A condition, or a comparison in it, that the figures' bounds decide by themselves; told once.
pub(super) fn constant(test: &Test, place: Span, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) -> bool {
    let always = comparison(test, ranges).or_else(|| cases::always(test, ranges));
    let words = match always {
        Some(true) => Both::new("luôn đúng", "always holds"),
        Some(false) => Both::new("không bao giờ đúng", "never holds"),
        None => return false,
    };
    findings.push(Diagnostic::new(Expressions::ConstantCondition { always: words }, place));
    true
}

/// The first comparison whose two sides decide it.
fn comparison(test: &Test, ranges: &LeafRanges<'_>) -> Option<bool> {
    match test {
        Test::Compare(comparison, left, right) => decided(*comparison, &range(left, ranges), &range(right, ranges)),
        Test::All(parts) | Test::Any(parts) => parts.iter().find_map(|part| self::comparison(part, ranges)),
        Test::Answer(..) | Test::Option { .. } => None,
    }
}

/// The values that a comparison with a number lets through.
pub(super) fn half(comparison: Comparison, bound: &Ratio) -> Option<Interval> {
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
