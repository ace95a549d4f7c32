//! Heads side by side with one title, figures of one leaf with one label, examples with the same values: a line copied
//! twice, or two that nobody can tell apart.

use std::collections::BTreeMap;

use super::super::build::Built;
use super::super::model::HeadId;
use super::super::origin::Origin;
use crate::diagnostic::{Diagnostic, Names, Provenance};
use crate::language::fold;
use crate::language::tree::{Example, ExampleValue};

/// Tells of all of them.
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
        examples(head.leaf.as_ref().map(|leaf| leaf.examples.as_slice()).unwrap_or_default(), findings);
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

/// Examples that try what another one tries.
fn examples(examples: &[Example], findings: &mut Vec<Diagnostic>) {
    for (at, example) in examples.iter().enumerate().filter(|(_, example)| !example.values.is_empty()) {
        if let Some(first) = examples.iter().take(at).find(|first| tries_the_same(first, example)) {
            let finding = Diagnostic::new(Provenance::SameExample {}, example.span);
            findings.push(finding.label(first.span, "ví dụ kia ở đây", "the other one is here"));
        }
    }
}

fn tries_the_same(one: &Example, other: &Example) -> bool {
    let block = |example: &Example| example.block.as_ref().map(|block| block.value.clone());
    let alike = |one: &ExampleValue, other: &ExampleValue| match (one, other) {
        (ExampleValue::Number(one), ExampleValue::Number(other)) => {
            (&one.value, one.unit) == (&other.value, other.unit)
        }
        // The cells of rows have places of their own; they are not looked into.
        (one, other) => one == other,
    };
    let said = |values: &Example, name, value: &ExampleValue| {
        values.values.iter().any(|(other, stated)| other.value == name && alike(&stated.value, value))
    };
    one.values.len() == other.values.len()
        && block(one) == block(other)
        // The decision's own example may be wrong beside one that is right.
        && one.decision_wrong == other.decision_wrong
        && one.values.iter().all(|(name, value)| said(other, name.value.clone(), &value.value))
}
