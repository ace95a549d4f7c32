//! No head lies below itself: who walks up the heads of a composed set comes to an end.

use std::collections::{BTreeMap, BTreeSet};

use super::Work;
use super::blocks::{self, Block};
use crate::diagnostic::{Inheritance, Span};
use crate::language::tree::Statement;

/// The head above each, by their codes.
type Parents<'a> = BTreeMap<&'a str, &'a str>;

impl Work<'_, '_> {
    /// Whether new codes together put a head below itself; if they do, that is told.
    pub(super) fn renumbered_into_ring(&mut self, moved: &BTreeMap<String, (String, Span)>) -> bool {
        let now = |code: &String| self.renamed.get(code).unwrap_or(code).clone();
        let places = || self.blocks.iter().filter_map(Block::place);
        let codes: BTreeMap<String, Option<String>> =
            places().map(|place| (now(&place.code), place.parent.as_ref().map(now))).collect();
        let mut parents: Parents<'_> =
            codes.iter().filter_map(|(code, parent)| Some((code.as_str(), parent.as_deref()?))).collect();
        for (from, (to, _)) in moved {
            let Some((block, place)) = self.block(from).and_then(|block| Some((block, block.place()?))) else {
                continue;
            };
            let under = block.statements().any(|statement| matches!(statement, Statement::Under(_)));
            let shown = to.rsplit_once('.').map(|(above, _)| above).filter(|above| codes.contains_key(*above));
            if let (Some(above), false) = (shown, under || place.level.is_outside()) {
                parents.insert(to, above);
            }
        }
        let told = moved.values().find(|(to, _)| is_in_ring(&parents, to)).cloned();
        let Some((code, span)) = told else { return false };
        self.find(Inheritance::BelowItself { code }, span);
        true
    }

    /// Tells the new heads that these lines put below themselves, once a ring, and takes them out with all below.
    pub(super) fn break_rings(&mut self, lines: &[(String, Span)]) {
        for (code, span) in lines {
            let places = self.blocks.iter().filter_map(Block::place);
            let parents: Parents<'_> =
                places.filter_map(|place| Some((place.code.as_str(), place.parent.as_deref()?))).collect();
            if !is_in_ring(&parents, code) {
                continue;
            }
            self.find(Inheritance::BelowItself { code: code.clone() }, *span);
            let ring: BTreeSet<String> = blocks::subtree(&self.blocks, code);
            self.blocks.retain(|block| block.place().is_none_or(|place| !ring.contains(&place.code)));
        }
    }
}

/// Whether the way up from a head comes back to it; it may also come into a ring of others.
fn is_in_ring(parents: &Parents<'_>, code: &str) -> bool {
    let above = std::iter::successors(parents.get(code), |above| parents.get(**above));
    above.take(parents.len()).any(|above| *above == code)
}
