//! No head lies below itself: who walks up the heads of a composed set comes to an end.

use std::collections::{BTreeMap, BTreeSet};

use super::Work;
use super::blocks::{self, Block};
use crate::diagnostic::{Both, Inheritance, Span};
use crate::language::tree::{Line, Statement};

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
        let told = moved.values().find_map(|(to, span)| Some((to.clone(), ring(&parents, to)?, *span)));
        let Some((code, ring, span)) = told else { return false };
        self.find(Inheritance::BelowItself { code, ring }, span);
        true
    }

    /// Tells the new heads that these lines put below themselves, once a ring, and takes them out with all below.
    pub(super) fn break_rings(&mut self, lines: &[(String, Span)]) {
        for (code, span) in lines {
            let places = self.blocks.iter().filter_map(Block::place);
            let parents: Parents<'_> =
                places.filter_map(|place| Some((place.code.as_str(), place.parent.as_deref()?))).collect();
            let Some(ring) = ring(&parents, code) else { continue };
            self.find(Inheritance::BelowItself { code: code.clone(), ring }, *span);
            let ring: BTreeSet<String> = blocks::subtree(&self.blocks, code);
            self.blocks.retain(|block| block.place().is_none_or(|place| !ring.contains(&place.code)));
        }
    }

    /// Tells a head that its line puts below one of its own parts, and takes the line out: the head stays where it stood.
    pub(super) fn below_own_part(&mut self, code: &str, part: &str, span: Span) {
        let places = self.blocks.iter().filter_map(Block::place);
        let mut parents: Parents<'_> =
            places.filter_map(|place| Some((place.code.as_str(), place.parent.as_deref()?))).collect();
        parents.insert(code, part);
        let Some(ring) = ring(&parents, code) else { return };
        self.find(Inheritance::BelowItself { code: code.to_owned(), ring }, span);
        let here = |line: &Line| line.words == span && matches!(line.statement, Some(Statement::Under(_)));
        self.blocks.iter_mut().for_each(|block| block.lines.retain(|line| !here(line)));
    }
}

/// The way up from a head that comes back to it, in words; none where it does not, though it may come into a ring of
/// others.
fn ring(parents: &Parents<'_>, code: &str) -> Option<Both> {
    let mut way: Vec<(&str, &str)> = Vec::new();
    let mut at = code;
    while way.len() < parents.len() {
        let above = *parents.get(at)?;
        way.push((at, above));
        if above == code {
            let said = |word: &str| {
                let steps: Vec<String> =
                    way.iter().map(|(below, above)| format!("`{below}` {word} `{above}`")).collect();
                steps.join(", ")
            };
            return Some(Both::new(said("thuộc"), said("under")));
        }
        at = above;
    }
    None
}
