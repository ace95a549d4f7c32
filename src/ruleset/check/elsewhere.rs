//! What a leaf reads of other leaves is stated wherever the leaf applies.

use super::super::build::Built;
use super::super::origin::Origin;
use crate::diagnostic::{Blocks, Diagnostic};

/// Figures of leaves that no unit of a block states, read by leaves that apply to it.
pub(super) fn check(block: &str, built: &[Built], findings: &mut Vec<Diagnostic>) {
    for one in built.iter().filter(|built| built.head.aside.is_none()) {
        let figures = one.head.leaf.iter().flat_map(|leaf| &leaf.figures);
        for figure in figures {
            let Origin::Far { head, .. } = figure.origin else { continue };
            let Some(there) = built.get(head.0).map(|built| &built.head) else { continue };
            let Some(aside) = &there.aside else { continue };
            let problem =
                Blocks::ReadsAside { name: figure.name.clone(), code: there.code.clone(), block: block.to_owned() };
            let finding = Diagnostic::new(problem, one.notes.form);
            findings.push(finding.label(aside.line, "dòng này bỏ mục đó", "this line takes that head away"));
        }
    }
}
