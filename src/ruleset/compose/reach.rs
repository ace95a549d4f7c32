//! What a head decides for the heads below it: for which blocks they are, and by which method they are assessed.

use std::collections::{BTreeMap, BTreeSet};

use super::Work;
use super::blocks::{self, Block, Place};
use super::sources::{Said, Stood, less_firm, provenance, together};
use crate::diagnostic::Span;
use crate::language::tree::{Line, Statement};

/// What the lines stand on by which heads decide for those below them, by the places of these lines.
pub(super) type Ruled = BTreeMap<Span, Vec<Line>>;

/// A line by which a head decides for those below it.
struct Rule {
    at: Span,
    /// What it stands on.
    lines: Vec<Line>,
    /// This text writes it, or says anew where it is from.
    new: bool,
}

/// The lines by which a head decides for those below it.
#[derive(Default)]
struct Rules {
    blocks: Vec<Rule>,
    method: Option<Rule>,
}

impl Rules {
    fn all(&self) -> impl Iterator<Item = &Rule> {
        self.blocks.iter().chain(&self.method)
    }
}

/// The lines of a head that say for which blocks it is.
fn of_blocks(block: &Block) -> impl Iterator<Item = Span> {
    let says = |line: &&Line| matches!(line.statement, Some(Statement::OnlyBlock(_) | Statement::NotBlock(_)));
    block.lines.iter().filter(says).map(|line| line.span)
}

fn method(block: &Block) -> Option<Span> {
    Some(block.head()?.method.as_ref()?.span)
}

/// What is less firm than a head, beside what the head stands on; nothing where nothing is.
fn with_less_firm<'l>(own: &[Line], decides: impl Iterator<Item = &'l Rule>) -> Option<Vec<Line>> {
    let firm = provenance(own);
    let is_less = |line: &&Line| less_firm(&provenance([*line]), &firm);
    let lines = decides.fold(own.to_vec(), |lines, rule| {
        let less: Vec<Line> = rule.lines.iter().filter(is_less).cloned().collect();
        together(&less, &lines)
    });
    (lines.len() > own.len()).then_some(lines)
}

impl Work<'_, '_> {
    /// A leaf is no firmer than the lines of the heads above that decide its points: for which blocks it is, and, where it
    /// says none itself, its method. What older lines decide of a leaf that does not stand on something `anew` and is where
    /// it was, was counted then.
    /// Tells what each such line stands on: later texts may write the heads anew.
    pub(super) fn ruled_from_above(&mut self, stood: &Stood, said: &Said, anew: &BTreeSet<String>) -> Ruled {
        let heads = || self.blocks.iter().filter_map(|block| Some((block, block.place()?)));
        let parents: BTreeSet<&String> = heads().filter_map(|(_, place)| place.parent.as_ref()).collect();
        let has_parts = |place: &Place| parents.contains(&place.code);
        let rules: BTreeMap<&str, Rules> = heads()
            .map(|(block, place)| (place.code.as_str(), self.rules((block, place), has_parts(place), (stood, said))))
            .filter(|(_, rules)| rules.all().next().is_some())
            .collect();
        let ruled = rules.values().flat_map(Rules::all).map(|rule| (rule.at, rule.lines.clone())).collect();
        if rules.is_empty() {
            return ruled;
        }
        let leaves = heads().filter(|(_, place)| !has_parts(place) && said.of(&place.code).is_none());
        let lowered: Vec<(String, Vec<Line>)> =
            leaves.filter_map(|(block, place)| self.lowered(block, place, &rules, anew)).collect();
        for (code, lines) in lowered {
            self.stand_on(&code, &lines);
        }
        ruled
    }

    /// What a leaf stands on with the less firm lines above that decide its points.
    fn lowered(
        &self,
        block: &Block,
        place: &Place,
        rules: &BTreeMap<&str, Rules>,
        anew: &BTreeSet<String>,
    ) -> Option<(String, Vec<Line>)> {
        let stays = !anew.contains(&place.code) && self.is_where_it_was(place);
        let mut decides: Vec<&Rule> = Vec::new();
        let mut assessed = block.head().is_some_and(|head| head.method.is_some());
        for above in self.path(&place.code).into_iter().skip(1).filter_map(Block::place) {
            let Some(rules) = rules.get(above.code.as_str()) else { continue };
            decides.extend(&rules.blocks);
            decides.extend(rules.method.as_ref().filter(|_| !assessed));
            assessed |= rules.method.is_some();
        }
        // What is said of the heads above does not reach one that is locked.
        let locked = || place.old.as_deref().is_some_and(|old| self.is_locked(old));
        if decides.is_empty() || (stays && locked()) {
            return None;
        }
        let own = self.nearest(&place.code).1;
        let lines = with_less_firm(&own, decides.into_iter().filter(|rule| rule.new || !stays))?;
        Some((place.code.clone(), lines))
    }

    /// A head with parts says of its points where they are from; a line by which it decides for those below may stand on
    /// less: then it says so beside. What stood on its word alone goes on to stand on that, and so do the data under it.
    pub(super) fn rules_kept(&mut self, ruled: &Ruled) {
        let heads = || self.blocks.iter().filter_map(|block| Some((block, block.place()?)));
        let parents: BTreeSet<&String> = heads().filter_map(|(_, place)| place.parent.as_ref()).collect();
        let above = heads().filter(|(_, place)| parents.contains(&place.code));
        let kept = above.filter_map(|(block, place)| {
            let rule = |at: Span| Some(Rule { at, lines: ruled.get(&at)?.clone(), new: false });
            let rules: Vec<Rule> = of_blocks(block).chain(method(block)).filter_map(rule).collect();
            let own = self.nearest(&place.code).1;
            Some((place.code.clone(), with_less_firm(&own, rules.iter())?, own))
        });
        let kept: Vec<(String, Vec<Line>, Vec<Line>)> = kept.collect();
        for (code, lines, own) in kept {
            self.data_stand_on(&code, &provenance(&own));
            let mut below = blocks::subtree(&self.blocks, &code);
            below.remove(&code);
            let order = self.blocks.iter().filter_map(Block::place).map(|place| place.code.clone());
            let order: Vec<String> = order.filter(|place| below.contains(place)).collect();
            for head in order {
                let (by, lines) = self.nearest(&head);
                if by.is_none_or(|by| !below.contains(&by)) {
                    self.stand_on(&head, &lines);
                }
            }
            self.stand_on(&code, &lines);
        }
    }

    fn rules(&self, (block, place): (&Block, &Place), has_parts: bool, from: (&Stood, &Said)) -> Rules {
        let rule = |at: Span| self.rule(place, at, has_parts, from);
        Rules { blocks: of_blocks(block).map(rule).collect(), method: method(block).map(rule) }
    }

    /// Whether a head stands below the heads that it stood below in the set extended.
    fn is_where_it_was(&self, place: &Place) -> bool {
        let upper = self.rights.upper;
        let Some((_, head)) = place.old.as_deref().and_then(|old| upper.by_code(old)) else { return false };
        let then = upper.above(head).map(|above| Some(above.code.as_str()));
        let now = self.path(&place.code).into_iter().skip(1).filter_map(Block::place).map(|place| place.old.as_deref());
        then.eq(now)
    }

    /// What a line of a head stands on. One of this text: what that says of the head, else of what it writes there. One
    /// taken over: what is said now of the head and all below it, or of the whole of a leaf, else what it stood on.
    fn rule(&self, place: &Place, at: Span, has_parts: bool, (stood, said): (&Stood, &Said)) -> Rule {
        let alone = self.told_alone(&place.code, stood, said);
        let decisions = &self.rights.upper.decisions;
        if decisions.iter().all(|decision| decision.source != at.source) {
            let lines = alone.or_else(|| said.of(&place.code)).map(<[Line]>::to_vec);
            let lines = lines.unwrap_or_else(|| self.said_above(&place.code, said));
            // A text that says nothing of where it is from wears the source that is there.
            let lines = if lines.is_empty() { self.nearest(&place.code).1 } else { lines };
            return Rule { at, lines, new: true };
        }
        let known = decisions.last().and_then(|last| last.rules.get(&at));
        // Of one text it is the head's own.
        let head = || place.old.as_deref().map_or(&[][..], |old| stood.of(old));
        let whole = said.of(&place.code).filter(|_| !has_parts && !self.rights.written_above(at));
        match alone.or(whole) {
            Some(lines) => Rule { at, lines: lines.to_vec(), new: true },
            None => Rule { at, lines: known.map_or_else(head, Vec::as_slice).to_vec(), new: false },
        }
    }
}
