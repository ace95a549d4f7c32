//! What a head decides for the heads below it: for which blocks they are, and by which method they are assessed.

use std::collections::{BTreeMap, BTreeSet};

use super::Work;
use super::blocks::{Block, Place};
use super::sources::{Said, Stood, less_firm, provenance, together};
use crate::diagnostic::{SourceId, Span};
use crate::language::tree::{Line, Statement};

/// What the lines stand on by which a head decides for those below it.
struct Rules {
    /// Of each line about blocks, and whether this text writes it.
    blocks: Vec<(Vec<Line>, bool)>,
    method: Option<(Vec<Line>, bool)>,
}

/// The lines of a head by which it decides for those below it: of blocks, and of its method.
fn ruling(block: &Block) -> impl Iterator<Item = Span> {
    let of_blocks = |line: &&Line| matches!(line.statement, Some(Statement::OnlyBlock(_) | Statement::NotBlock(_)));
    let method = block.head().and_then(|head| head.method.as_ref()).map(|method| method.span);
    block.lines.iter().filter(of_blocks).map(|line| line.span).chain(method)
}

/// What the heads of a set stand on whose lines of one text decide for those below them, by the places of these.
pub(super) fn rules_of(text: SourceId, blocks: &[Block], stood: &Stood) -> BTreeMap<Span, Vec<Line>> {
    let heads = blocks.iter().filter_map(|block| Some((block, block.place()?)));
    let rules = heads.flat_map(|(block, place)| ruling(block).map(|at| (at, stood.of(&place.code).to_vec())));
    rules.filter(|(at, _)| at.source == text).collect()
}

impl Work<'_, '_> {
    /// A leaf is no firmer than the lines of the heads above that decide its points: for which blocks it is, and, where it
    /// says none itself, its method. What older lines decide of a leaf that is untouched and where it was, was counted then.
    pub(super) fn ruled_from_above(&mut self, stood: &Stood, said: &Said, decided: &BTreeMap<String, Vec<Line>>) {
        let heads = || self.blocks.iter().filter_map(|block| Some((block, block.place()?)));
        let parents: BTreeSet<&String> = heads().filter_map(|(_, place)| place.parent.as_ref()).collect();
        let above = heads().filter(|(_, place)| parents.contains(&place.code));
        let rules: BTreeMap<&str, Rules> = above
            .map(|(block, place)| (place.code.as_str(), self.rules(block, place, (stood, said))))
            .filter(|(_, rules)| !rules.blocks.is_empty() || rules.method.is_some())
            .collect();
        if rules.is_empty() {
            return;
        }
        let leaves = heads().filter(|(_, place)| !parents.contains(&place.code) && said.of(&place.code).is_none());
        let lowered: Vec<(String, Vec<Line>)> =
            leaves.filter_map(|(block, place)| self.lowered(block, place, &rules, decided)).collect();
        for (code, lines) in lowered {
            self.stand_on(&code, &lines);
        }
    }

    /// What a leaf stands on with the less firm lines above that decide its points.
    fn lowered(
        &self,
        block: &Block,
        place: &Place,
        rules: &BTreeMap<&str, Rules>,
        decided: &BTreeMap<String, Vec<Line>>,
    ) -> Option<(String, Vec<Line>)> {
        let stays = !decided.contains_key(&place.code) && self.is_where_it_was(place);
        let own = self.nearest(&place.code).1;
        let firm = provenance(&own);
        let mut lines = own.clone();
        let mut assessed = block.head().is_some_and(|head| head.method.is_some());
        for above in self.path(&place.code).into_iter().skip(1).filter_map(Block::place) {
            let Some(rules) = rules.get(above.code.as_str()) else { continue };
            let method = rules.method.as_ref().filter(|_| !assessed);
            assessed |= rules.method.is_some();
            for (decides, _) in rules.blocks.iter().chain(method).filter(|(_, new)| *new || !stays) {
                if less_firm(&provenance(decides), &firm) {
                    lines = together(decides, &lines);
                }
            }
        }
        (lines.len() > own.len()).then(|| (place.code.clone(), lines))
    }

    fn rules(&self, block: &Block, place: &Place, from: (&Stood, &Said)) -> Rules {
        let on = |at: Span| self.line_stands_on(place, at, from);
        let of_blocks = |line: &&Line| matches!(line.statement, Some(Statement::OnlyBlock(_) | Statement::NotBlock(_)));
        let is_new = |at: Span| self.rights.upper.decisions.iter().all(|decision| decision.source != at.source);
        let blocks = block.lines.iter().filter(of_blocks).map(|line| (on(line.span), is_new(line.span))).collect();
        let method = block.head().and_then(|head| head.method.as_ref());
        Rules { blocks, method: method.map(|method| (on(method.span), is_new(method.span))) }
    }

    /// Whether a head stands below the heads that it stood below in the set extended.
    fn is_where_it_was(&self, place: &Place) -> bool {
        let upper = self.rights.upper;
        let Some((_, head)) = place.old.as_deref().and_then(|old| upper.by_code(old)) else { return false };
        let then = upper.above(head).map(|above| Some(above.code.as_str()));
        let now = self.path(&place.code).into_iter().skip(1).filter_map(Block::place).map(|place| place.old.as_deref());
        then.eq(now)
    }

    /// What a line of a head stands on: what its own text said of the head, or in its header; else all that is said.
    fn line_stands_on(&self, place: &Place, at: Span, (stood, said): (&Stood, &Said)) -> Vec<Line> {
        // What is said of a head and of all below it is said of its lines, too.
        let path = self.path(&place.code);
        if let Some(lines) = path.into_iter().filter_map(Block::place).find_map(|place| said.alone(&place.code)) {
            return lines.to_vec();
        }
        let Some(text) = self.rights.upper.decisions.iter().find(|decision| decision.source == at.source) else {
            return said.of(&place.code).map_or_else(|| self.said_above(&place.code, said), <[Line]>::to_vec);
        };
        // What the head stands on now may be of later texts.
        if let Some(lines) = text.rules.get(&at) {
            return lines.clone();
        }
        let old = place.old.as_deref().map_or(&[][..], |old| stood.of(old));
        let of_text = |lines: &[Line]| {
            let own: Vec<Line> = lines.iter().filter(|line| line.span.source == at.source).cloned().collect();
            (!own.is_empty()).then_some(own)
        };
        of_text(old).or_else(|| of_text(&text.sources)).unwrap_or_else(|| old.to_vec())
    }
}
