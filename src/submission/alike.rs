//! Names of units that may be one name written in two ways.

use std::collections::BTreeMap;

use super::Raw;
use super::value::compose;
use crate::diagnostic::{Diagnostic, Sheet, Span};
use crate::language::fold;

/// Units of a round whose names differ in marks and capitals alone. With a register there is no such question.
pub fn names_alike(raws: &[Raw]) -> Vec<Diagnostic> {
    let mut known: BTreeMap<String, (String, Span)> = BTreeMap::new();
    let mut findings = Vec::new();
    for unit in raws.iter().filter_map(|raw| raw.unit.as_ref()) {
        let name = compose(&unit.value);
        match known.get(&fold(&name)) {
            Some((other, _)) if *other == name => {}
            Some((other, first)) => {
                let finding = Diagnostic::new(Sheet::NamesAlike { unit: name, other: other.clone() }, unit.span);
                findings.push(finding.label(*first, "đơn vị kia ở đây", "the other one is here"));
            }
            None => {
                known.insert(fold(&name), (name, unit.span));
            }
        }
    }
    findings
}
