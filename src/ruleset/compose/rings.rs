//! No head lies below itself: who walks up the heads of a composed set comes to an end.

use std::collections::{BTreeMap, BTreeSet};

use super::Work;
use super::blocks::{Block, Kind};
use crate::diagnostic::{Inheritance, Span};
use crate::language::tree::Statement;

impl Work<'_, '_> {
    /// Tells the heads that these lines together put below themselves, once a ring; all of it stands at the top from then
    /// on, so that nothing else is told of it.
    pub(super) fn break_rings(&mut self, lines: &[(String, Span)]) {
        for (code, span) in lines {
            let ring = self.ring(code);
            if ring.is_empty() {
                continue;
            }
            self.find(Inheritance::BelowItself { code: code.clone() }, *span);
            for block in &mut self.blocks {
                let Kind::Head(place) = &mut block.kind else { continue };
                if ring.contains(&place.code) {
                    place.parent = None;
                    block.lines.retain(|line| !matches!(line.statement, Some(Statement::Under(_))));
                }
            }
        }
    }

    /// The heads of the ring that one lies in, if it does.
    fn ring(&self, code: &str) -> BTreeSet<String> {
        let places = self.blocks.iter().filter_map(Block::place);
        let parents: BTreeMap<&str, &str> =
            places.filter_map(|place| Some((place.code.as_str(), place.parent.as_deref()?))).collect();
        let mut ring = BTreeSet::new();
        let mut at = Some(code);
        while let Some(above) = at.and_then(|code| parents.get(code)) {
            if !ring.insert((*above).to_owned()) {
                break;
            }
            at = Some(above);
        }
        // It may hang below a ring of others, or reach the top.
        if ring.contains(code) { ring } else { BTreeSet::new() }
    }
}
