//! Missing figures and evidence: the consequence is written somewhere.

use super::super::build::Built;
use super::super::header::Header;
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
    let can_leave = |built: &Built| built.head.leaf.as_ref().is_some_and(Leaf::may_leave_scale);
    for parent in built.iter().filter(|built| built.head.children.len() > 1) {
        if parent.head.children.iter().filter_map(|id| built.get(id.0)).all(can_leave) {
            let problem = Missing::AllNotApplicable { code: parent.head.code.clone() };
            findings.push(Diagnostic::new(problem, parent.head.span));
        }
    }
}
