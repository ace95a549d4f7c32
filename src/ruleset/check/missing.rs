//! Missing figures and evidence: the consequence is written somewhere.

use super::super::build::Built;
use super::super::header::Header;
use super::super::meaning::{FigureId, Outcome, Test};
use super::super::model::{Leaf, Scoring, WhenMissing};
use crate::diagnostic::{Diagnostic, Missing, Provenance};

/// Checks every leaf's consequences; one complaint for the whole set.
pub(super) fn check(header: &Header<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let leaves = || built.iter().filter_map(|built| built.head.leaf.as_ref().map(|leaf| (built, leaf)));
    let unsaid = |missing: &WhenMissing| *missing == WhenMissing::default();
    let figure = leaves().find_map(|(_, leaf)| leaf.figures.first().filter(|_| unsaid(&leaf.figures_missing)));
    if let Some(figure) = figure {
        let problem = Missing::NoFigureConsequence { name: figure.name.clone() };
        findings.push(Diagnostic::new(problem, figure.span));
    }
    let evidence = leaves().find(|(built, leaf)| !built.head.evidence.is_empty() && unsaid(&leaf.evidence_missing));
    if let Some((built, _)) = evidence {
        let problem = Missing::NoEvidenceConsequence { code: built.head.code.clone() };
        findings.push(Diagnostic::new(problem, built.head.span));
    }
    all_out(built, findings);
    if header.frame.is_none() {
        for (built, leaf) in leaves().filter(|(_, leaf)| leaf.examples.is_empty()) {
            if !matches!(leaf.scoring, Scoring::Entered { .. }) && !built.notes.damaged {
                let problem = Provenance::NoExample { code: built.head.code.clone() };
                findings.push(Diagnostic::new(problem, built.head.span));
            }
        }
    }
}

/// Every part of a parent may go out of scale at once.
fn all_out(built: &[Built], findings: &mut Vec<Diagnostic>) {
    let can_leave = |leaf: &&Leaf| leaf.may_leave_scale();
    for parent in built.iter().filter(|built| built.head.children.len() > 1) {
        let parts = parent.head.children.iter().filter_map(|id| built.get(id.0));
        let leaves: Option<Vec<&Leaf>> = parts.map(|built| built.head.leaf.as_ref().filter(can_leave)).collect();
        let Some(leaves) = leaves else { continue };
        let apart =
            leaves.iter().enumerate().any(|(at, one)| leaves.iter().skip(at + 1).any(|other| apart(one, other)));
        if !apart {
            let problem = Missing::AllNotApplicable { code: parent.head.code.clone() };
            findings.push(Diagnostic::new(problem, parent.head.span));
        }
    }
}

/// Whether two leaves never leave the scale together: what the lines of one ask of a figure of both, those of the other
/// exclude.
fn apart(one: &Leaf, other: &Leaf) -> bool {
    let (Some(mine), Some(theirs)) = (leaving(one), leaving(other)) else { return false };
    mine.iter().all(|mine| theirs.iter().all(|theirs| excluded((one, mine), (other, theirs))))
}

/// The conditions under which a leaf leaves the scale; nothing where something else than such a line lets it.
fn leaving(leaf: &Leaf) -> Option<Vec<&Test>> {
    let lines = || leaf.not_applicable.iter().filter(|rule| rule.outcome == Outcome::OutOfScale);
    let by_lines = Leaf { not_applicable: Vec::new(), ..leaf.clone() };
    (!by_lines.may_leave_scale()).then(|| lines().map(|rule| &rule.test).collect())
}

/// Whether two conditions contradict each other about a figure that is stated elsewhere, once for both leaves.
fn excluded((one, mine): (&Leaf, &Test), (other, theirs): (&Leaf, &Test)) -> bool {
    let stated_at = |leaf: &Leaf, id: &FigureId| leaf.figures.get(id.0).and_then(|figure| figure.origin.stated_at());
    let same = |mine: &FigureId, theirs: &FigureId| {
        stated_at(one, mine).is_some_and(|place| stated_at(other, theirs) == Some(place))
    };
    let contradict = |mine: &&Test, theirs: &&Test| match (mine, theirs) {
        (Test::Answer(mine, yes), Test::Answer(theirs, also)) => yes != also && same(mine, theirs),
        (Test::Option { figure: mine, option, is }, Test::Option { figure: theirs, option: another, is: also }) => {
            same(mine, theirs) && if option == another { is != also } else { *is && *also }
        }
        _ => false,
    };
    asked(mine).iter().any(|mine| asked(theirs).iter().any(|theirs| contradict(mine, theirs)))
}

/// The parts of a condition that all hold where it does.
fn asked(test: &Test) -> Vec<&Test> {
    match test {
        Test::All(parts) => parts.iter().flat_map(asked).collect(),
        test => vec![test],
    }
}
