//! Heads side by side with one title, figures of one leaf with one label: a line copied twice, or two that nobody can tell apart.

use std::collections::BTreeMap;

use super::super::build::Built;
use super::super::model::HeadId;
use super::super::origin::Origin;
use crate::diagnostic::{Diagnostic, Names};
use crate::language::fold;

/// Tells of both.
pub(super) fn check(built: &[Built], findings: &mut Vec<Diagnostic>) {
    let mut titles: BTreeMap<(Option<HeadId>, String), usize> = BTreeMap::new();
    for (at, head) in built.iter().map(|built| &built.head).enumerate() {
        let first = *titles.entry((head.parent, fold(head.title.trim()))).or_insert(at);
        if let Some(other) = built.get(first).map(|built| &built.head).filter(|_| first != at) {
            let problem = Names::SameTitle { code: head.code.clone(), other: other.code.clone() };
            findings.push(Diagnostic::new(problem, head.span).label(
                other.span,
                "mục kia ở đây",
                "the other one is here",
            ));
        }
        let mut labels: BTreeMap<String, usize> = BTreeMap::new();
        let figures = head.leaf.as_ref().map(|leaf| leaf.figures.as_slice()).unwrap_or_default();
        for (place, figure) in figures.iter().enumerate().filter(|(_, figure)| figure.origin == Origin::Stated) {
            let first = *labels.entry(fold(figure.label.trim())).or_insert(place);
            if let Some(other) = figures.get(first).filter(|_| first != place) {
                let problem = Names::SameLabel { name: figure.name.clone(), other: other.name.clone() };
                let finding = Diagnostic::new(problem, figure.span);
                findings.push(finding.label(other.span, "số liệu kia ở đây", "the other one is here"));
            }
        }
    }
}
