//! Whose the new numbers are: what a set adds or amends stands on its own source, not on that of the set it extends.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::Decision;
use super::super::summary::Standing;
use super::Work;
use super::blocks::{Block, Kind, Place};
use super::change::{ChangeKind, words};
use super::heads::is_empty;
use super::nature::nature;
use super::reach::Ruled;
use super::reading::{surveys, templates_of};
use super::steps::{Act, Step};
use super::worn::{settled_by, settles};
use crate::diagnostic::{Both, SourceId, Span};
use crate::language::tree::{Amend, Head, Line, Provenance, Statement};

/// Where the numbers of each head were from in the set extended, by the codes that it has there.
pub(super) struct Stood {
    /// The head whose lines say it; nothing where the header does.
    by: BTreeMap<String, Option<String>>,
    lines: BTreeMap<Option<String>, Vec<Line>>,
    /// What the header settled, in words.
    settled: Vec<Both>,
    /// What the heads stood on that were scored by each template, and how firm the firmest of them was.
    by_template: BTreeMap<String, (Vec<Line>, Standing)>,
}

impl Stood {
    /// Of the blocks as they were.
    pub(super) fn new(blocks: &[Block]) -> Self {
        let own = |block: &Block| block.lines.iter().filter(|line| is_source(line)).cloned().collect::<Vec<Line>>();
        let mut lines = BTreeMap::from([(None, blocks.first().map(own).unwrap_or_default())]);
        let mut parents: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for (block, place) in blocks.iter().filter_map(|block| Some((block, block.place()?))) {
            parents.insert(&place.code, place.parent.as_deref());
            let own = own(block);
            if !own.is_empty() {
                lines.insert(Some(place.code.clone()), own);
            }
        }
        let says = |code: &str| {
            let above = |code: &&str| parents.get(code).copied().flatten();
            std::iter::successors(Some(code), above).map(str::to_owned).map(Some).find(|code| lines.contains_key(code))
        };
        let by = parents.keys().map(|&code| (code.to_owned(), says(code).flatten())).collect();
        let settled =
            blocks.first().into_iter().flat_map(Block::statements).filter(|said| settles(said)).map(settled_by);
        let settled = settled.collect();
        let mut stood = Self { by, lines, settled, by_template: BTreeMap::new() };
        for (block, place) in blocks.iter().filter_map(|block| Some((block, block.place()?))) {
            for template in templates_of(blocks, block) {
                let Kind::Template(name) = &template.kind else { continue };
                let of = stood.of(&place.code);
                let firm = Standing::least(&provenance(of));
                let known = stood.by_template.get(name);
                let lines = together(known.map_or(&[][..], |(lines, _)| lines), of);
                let firmest = known.map_or(firm, |(_, known)| firm.min(*known));
                stood.by_template.insert(name.clone(), (lines, firmest));
            }
        }
        stood
    }

    /// What the heads stood on that were scored by a template.
    pub(super) fn of_template(&self, name: &str) -> &[Line] {
        self.by_template.get(name).map_or(&[], |(lines, _)| lines)
    }

    /// What the heads stood on that were scored by each template, and how firm the firmest of them was.
    pub(super) fn templates(self) -> BTreeMap<String, (Vec<Line>, Standing)> {
        self.by_template
    }

    /// How firm the firmest of them was.
    pub(super) fn firmest_of_template(&self, name: &str) -> Option<Standing> {
        self.by_template.get(name).map(|(_, firmest)| *firmest)
    }

    /// Whether a head said it itself.
    fn says(&self, old: &str) -> bool {
        self.lines.contains_key(&Some(old.to_owned()))
    }

    /// Whether the header settled a rule as this one does.
    pub(super) fn settled(&self, said: &Statement) -> bool {
        self.settled.contains(&settled_by(said))
    }

    /// The header's lines.
    pub(super) fn header(&self) -> &[Line] {
        self.lines.get(&None).map_or(&[], Vec::as_slice)
    }

    pub(super) fn of(&self, old: &str) -> &[Line] {
        let lines = self.by.get(old).and_then(|by| self.lines.get(by));
        lines.map_or(&[], Vec::as_slice)
    }
}

/// What a text says of where its numbers are from.
pub(super) struct Said {
    header: Vec<Line>,
    /// Of the heads that it adds or amends, by their codes in the new set.
    heads: BTreeMap<String, Word>,
}

/// What is said under one head.
struct Word {
    lines: Vec<Line>,
    /// It is said of a new head, or is all that is said: then it is of all that this text writes below.
    below: bool,
    /// Nothing else is said of a head taken over: then it is of all below, written by this text or not.
    alone: bool,
}

impl Said {
    /// What is said in the header.
    pub(super) fn header(&self) -> &[Line] {
        &self.header
    }

    /// What is said under a head itself.
    pub(super) fn of(&self, code: &str) -> Option<&[Line]> {
        self.heads.get(code).map(|word| word.lines.as_slice())
    }
}

impl Work<'_, '_> {
    /// Writes under the heads that the set adds or whose points it decides what it says of where it is from, where they
    /// say nothing: the old source, which went down to the areas, would otherwise be the nearest, and a placed number
    /// look official. No head is firmer than the least firm thing that decides its points: what the old text still says
    /// of them keeps the old source beside the new one. Questionnaires, templates and figures written anew carry theirs
    /// to the heads that read them, for the same reason. What is untouched stands on what it `stood` on, wherever it
    /// stands now. All of it goes by what stood before and what the text says, so the order of its lines decides nothing.
    /// Tells what the lines stand on by which heads decide for those below them.
    pub(super) fn sources(&mut self, header: &[Line], stood: &Stood, steps: &[Step<'_>]) -> Ruled {
        let said = self.said(header, steps);
        let mut decided: BTreeMap<String, Vec<Line>> = BTreeMap::new();
        let amended: Vec<(String, Vec<Line>)> =
            steps.iter().filter_map(|step| self.amended_on(step, (stood, &said), &mut decided)).collect();
        for (code, lines) in amended {
            self.stand_on(&code, &lines);
        }
        self.hand_down(stood, &said);
        let added: Vec<(String, Vec<Line>)> =
            steps.iter().filter_map(|step| self.added_on(step, &said, &mut decided)).collect();
        for (code, lines) in added {
            self.stand_on(&code, &lines);
        }
        self.gates_carried(stood, &said);
        self.asked(&said.header, steps);
        // Heads taken over may stand below new ones.
        self.hand_down(stood, &said);
        let users = self.users(&said, &decided);
        let anew = decided.keys().cloned().chain(users).collect();
        let ruled = self.ruled_from_above(stood, &said, &anew);
        self.users_of_old(stood, &said, &decided);
        self.figures_written(&decided);
        self.figures_taken_over(stood, &said, &decided);
        self.header_taken_over(stood, &decided);
        if said.header.is_empty() {
            self.own_source(header, stood, (&said, &decided), steps);
        }
        self.rules_kept(&ruled);
        ruled
    }

    fn said(&self, header: &[Line], steps: &[Step<'_>]) -> Said {
        let sources = |lines: &[Line]| lines.iter().filter(|line| is_source(line)).cloned().collect::<Vec<Line>>();
        let heads = steps.iter().filter_map(|step| {
            let (code, below, alone) = match step.act {
                Act::New(head) => (head.code.value.clone(), true, false),
                Act::Amend(amend) => {
                    let alone = is_empty(amend) && step.lines.iter().all(is_source);
                    (self.now(&amend.head.code.value), alone, alone)
                }
                _ => return None,
            };
            let lines = sources(&step.lines);
            (!lines.is_empty()).then_some((code, Word { lines, below, alone }))
        });
        Said { header: sources(header), heads: heads.collect() }
    }

    /// What the text says of a head that it writes and that says nothing itself: the nearest above, else the header. What
    /// is said of the numbers of one head alone makes nothing below firmer than the header.
    pub(super) fn said_above(&self, code: &str, said: &Said) -> Vec<Line> {
        let mut above = self.path(code).into_iter().skip(1).filter_map(Block::place);
        let Some(word) = above.find_map(|place| said.heads.get(&place.code)) else {
            return said.header.clone();
        };
        if !word.below && less_firm(&provenance(&said.header), &provenance(&word.lines)) {
            return together(&word.lines, &said.header);
        }
        word.lines.clone()
    }

    /// What an amended head stands on, where that is another source than what its lines say.
    fn amended_on(
        &self,
        step: &Step<'_>,
        (stood, said): (&Stood, &Said),
        decided: &mut BTreeMap<String, Vec<Line>>,
    ) -> Option<(String, Vec<Line>)> {
        let Act::Amend(amend) = step.act else { return None };
        let code = self.now(&amend.head.code.value);
        let old = stood.of(&amend.head.code.value);
        let decides = decides(amend, &step.lines);
        if let Some(own) = said.of(&code) {
            decided.insert(code.clone(), own.to_vec());
            // Of a head of the level above it is the new points alone that a lower level says where they are from.
            let above = old.iter().filter(|line| self.rights.written_above(line.span)).cloned().collect::<Vec<Line>>();
            let shares = decides && self.rights.is_above(&amend.head.code.value) && !above.is_empty();
            return shares.then(|| (code, together(&above, own)));
        }
        let new = self.said_above(&code, said);
        if !decides || new.is_empty() {
            return None;
        }
        // Points alone leave the old bands as they are, and bands the old points of a head with parts.
        let parts = |block: &Block| block.place().is_some_and(|place| place.parent.as_ref() == Some(&code));
        let form = |line: &Line| matches!(line.statement, Some(Statement::Form(_)));
        let whole = step.lines.iter().any(form) || (amend.head.points.is_some() && self.blocks.iter().any(parts));
        let rests = || self.block(&code).is_some_and(|block| rests_on_other(block, step.line.span.source));
        let whole = whole && !(less_firm(&provenance(old), &provenance(&new)) && rests());
        let lines = if whole { new.clone() } else { self.still(&code, together(old, &new)) };
        decided.insert(code.clone(), new);
        Some((code, lines))
    }

    /// Of the sources of a head those of texts that still decide its points, where each text that does is among them: by
    /// a line of theirs, or as they brought it a gate that was written under another head. A source may be said of lines
    /// of an earlier text: it stays as long as that text has none of its own there.
    pub(super) fn still(&self, code: &str, lines: Vec<Line>) -> Vec<Line> {
        let Some(block) = self.block(code) else { return lines };
        let asked =
            |of: &&Block| matches!(&of.kind, Kind::Questionnaire(name) if surveys(block).any(|asked| asked == name));
        let read = self.templates_of(block).into_iter().chain(self.blocks.iter().filter(asked));
        let lines_of = std::iter::once(block).chain(read).flat_map(decided_in);
        let brought = block.lines.iter().filter_map(|line| self.gates.get(&(code.to_owned(), line.span)));
        let texts: BTreeSet<SourceId> = lines_of.chain(brought.flatten().copied()).collect();
        let (still, gone): (Vec<Line>, Vec<Line>) =
            lines.iter().cloned().partition(|line| texts.contains(&line.span.source));
        let each = texts.iter().all(|text| still.iter().any(|line| line.span.source == *text));
        if gone.is_empty() || !each { lines } else { still }
    }

    /// What a new head stands on, where the nearest source would be another.
    fn added_on(
        &self,
        step: &Step<'_>,
        said: &Said,
        decided: &mut BTreeMap<String, Vec<Line>>,
    ) -> Option<(String, Vec<Line>)> {
        let Act::New(head) = step.act else { return None };
        let code = &head.code.value;
        if said.of(code).is_some() || !self.under_old(code) {
            return None;
        }
        let new = self.said_above(code, said);
        if new.is_empty() {
            return None;
        }
        decided.insert(code.clone(), new.clone());
        let there = !same(&new, &said.header) && same(&self.nearest(code).1, &new);
        (!there).then(|| (code.clone(), new))
    }

    /// A part of a split head that is scored only where the old head was stands no firmer than that line; one that was
    /// elsewhere no firmer than the text that put it there.
    fn gates_carried(&mut self, stood: &Stood, said: &Said) {
        for (code, split) in std::mem::take(&mut self.gated).iter().filter(|(code, _)| said.of(code).is_none()) {
            let own = self.nearest(code).1;
            let moved = self.block(code).and_then(Block::place).is_some_and(|place| place.old.is_some());
            let here = if moved { self.said_above(code, said) } else { Vec::new() };
            let mut lines = own.clone();
            for decides in [stood.of(split), here.as_slice()] {
                if less_firm(&provenance(decides), &provenance(&own)) {
                    lines = together(decides, &lines);
                }
            }
            if lines.len() > own.len() {
                self.stand_on(code, &lines);
            }
        }
    }

    /// Questionnaires written anew stand on the set's own source, unless they say another.
    fn asked(&mut self, own: &[Line], steps: &[Step<'_>]) {
        for step in steps.iter().filter(|step| !step.lines.iter().any(is_source)) {
            let Act::Questionnaire(asked) = step.act else { continue };
            let name = &asked.name.value;
            let kind = Kind::Questionnaire(name.clone());
            let anew = ChangeKind::Questionnaire { name: name.clone(), known: true };
            if own.is_empty() || !self.changes.iter().any(|change| change.kind == anew) {
                continue;
            }
            if let Some(block) = self.blocks.iter_mut().find(|block| block.kind == kind) {
                put(block, own);
            }
        }
    }

    /// What is untouched stands where it stood: an amendment of the head above says where the numbers of that head are
    /// from, and a head that comes to stand elsewhere is not from there. But one that says nothing else speaks of all
    /// below, down to the heads that said their own, and to those that are locked.
    fn hand_down(&mut self, stood: &Stood, said: &Said) {
        let places = self.blocks.iter().filter_map(Block::place);
        let codes: Vec<(String, String)> =
            places.filter_map(|place| Some((place.code.clone(), place.old.clone()?))).collect();
        for (code, old) in codes {
            let (by, now) = self.nearest(&code);
            if by.as_ref() == Some(&code) {
                continue;
            }
            let stands = self.told_alone(&code, stood, said).unwrap_or_else(|| stood.of(&old));
            if !stands.is_empty() && !same(&now, stands) {
                self.stand_on(&code, stands);
            }
        }
    }

    /// What is said of a head and of all below it, whoever wrote that: of this head, or of the nearest above that anything
    /// is said of. It reaches none that is locked.
    pub(super) fn told_alone<'s>(&self, code: &str, stood: &Stood, said: &'s Said) -> Option<&'s [Line]> {
        let told = |place: &Place| match said.heads.get(&place.code) {
            Some(word) => Some(word.alone.then_some(word.lines.as_slice())),
            None => place.old.as_ref().filter(|old| stood.says(old)).map(|_| None),
        };
        let told = self.path(code).into_iter().filter_map(Block::place).find_map(told).flatten()?;
        let old = self.block(code).and_then(Block::place).and_then(|place| place.old.as_deref());
        (!old.is_some_and(|old| self.is_locked(old))).then_some(told)
    }

    /// Whether a head of the set extended is locked.
    pub(super) fn is_locked(&self, old: &str) -> bool {
        self.rights.locked_heads().any(|(head, _)| head.code == old)
    }

    /// Writes lines under a head in place of those that say where it is from.
    pub(super) fn stand_on(&mut self, code: &str, lines: &[Line]) {
        let block = self.blocks.iter_mut().find(|block| block.place().is_some_and(|place| place.code == code));
        let Some(block) = block else { return };
        block.lines.retain(|line| !is_source(line));
        put(block, lines);
    }

    /// A head and those above it, from below.
    pub(super) fn path<'s>(&'s self, code: &str) -> Vec<&'s Block> {
        let above = |block: &&'s Block| self.block(block.place()?.parent.as_deref()?);
        std::iter::successors(self.block(code), above).take(self.blocks.len()).collect()
    }

    /// The lines that say where the numbers of a head are from: its own, or the nearest above, with the head that says
    /// it; else those of the header.
    pub(super) fn nearest(&self, code: &str) -> (Option<String>, Vec<Line>) {
        let own = |block: &Block| block.lines.iter().filter(|line| is_source(line)).cloned().collect::<Vec<Line>>();
        let says = |block: &Block| {
            let lines = own(block);
            (!lines.is_empty()).then(|| (block.place().map(|place| place.code.clone()), lines))
        };
        let found = self.path(code).into_iter().find_map(says);
        found.unwrap_or_else(|| (None, self.blocks.first().map(own).unwrap_or_default()))
    }

    /// Whether the head right above a new one is taken over.
    fn under_old(&self, code: &str) -> bool {
        let above = |wanted: &str| {
            self.blocks.iter().find_map(|block| match &block.kind {
                Kind::Head(place) if place.code == wanted => Some(place),
                _ => None,
            })
        };
        let parent = above(code).and_then(|place| place.parent.as_deref());
        parent.and_then(above).is_some_and(|place| place.old.is_some())
    }
}

/// What a header's lines say of where its numbers are from.
pub(super) fn provenance<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Vec<Provenance> {
    let said = lines.into_iter().filter_map(|line| match &line.statement {
        Some(Statement::Provenance(said)) => Some(said.clone()),
        _ => None,
    });
    said.collect()
}

/// Whether numbers of one source are less firm than those of another, and nobody decided them.
pub(super) fn less_firm(old: &[Provenance], new: &[Provenance]) -> bool {
    let standing = |sources: &[Provenance]| sources.iter().map(Standing::of).max();
    let old = standing(old);
    old > Some(Standing::Amended) && old > standing(new)
}

/// What less firm texts settled in a header that says another source: theirs, each once. Parameters and shared data say
/// it themselves.
pub(in super::super) fn kept(header: &[&Line], decisions: &[Decision]) -> Vec<Provenance> {
    let own = provenance(header.iter().copied());
    let settles =
        |said: &Statement| nature(said).scores && !matches!(said, Statement::Parameter(_) | Statement::SharedFigure(_));
    let texts: BTreeSet<SourceId> = header
        .iter()
        .filter(|line| line.statement.as_ref().is_some_and(settles))
        .map(|line| line.span.source)
        .collect();
    let others = decisions.iter().filter(|decision| texts.contains(&decision.source));
    let mut kept: Vec<Provenance> = Vec::new();
    for sources in others.map(|decision| provenance(&decision.sources)).filter(|old| less_firm(old, &own)) {
        kept.extend(sources.into_iter().filter(|source| Standing::of(source) > Standing::least(&own)));
    }
    kept.dedup();
    kept
}

/// Whether an amendment decides on points: on the number, or on how a head gets it. Where it stands is none of that.
pub(super) fn decides(amend: &Amend, lines: &[Line]) -> bool {
    let Head { points, floor, weight, method, .. } = &amend.head;
    let own = points.is_some() || floor.is_some() || weight.is_some() || method.is_some();
    let scores = |line: &Line| {
        let said = line.statement.as_ref();
        said.is_some_and(|said| nature(said).scores && !matches!(said, Statement::Under(_)))
    };
    own || lines.iter().any(scores)
}

/// Lines that say where numbers are from, with those that say something else.
pub(super) fn together(old: &[Line], own: &[Line]) -> Vec<Line> {
    let new =
        own.iter().filter(|line| !old.iter().any(|said| same(std::slice::from_ref(said), std::slice::from_ref(line))));
    old.iter().chain(new).cloned().collect()
}

/// Whether two texts say the same of where numbers are from.
pub(super) fn same(one: &[Line], other: &[Line]) -> bool {
    let places = |lines: &[Line]| lines.iter().filter(|line| is_source(line)).map(|line| line.span).collect::<Vec<_>>();
    if places(one) == places(other) {
        return true;
    }
    let words = |lines: &[Line]| -> Vec<Both> {
        lines.iter().filter(|line| is_source(line)).filter_map(|line| line.statement.as_ref().map(words)).collect()
    };
    words(one) == words(other)
}

/// Whether some line that decides a head's points is of another text than this one.
fn rests_on_other(block: &Block, text: SourceId) -> bool {
    block.lines.iter().any(|line| match &line.statement {
        Some(Statement::Head(head)) => numbers(head).any(|span| span.source != text),
        // What is read carries its own source, and where a head stands decides no points.
        Some(Statement::SharedFigure(_) | Statement::Under(_)) | None => false,
        Some(said) => nature(said).scores && line.span.source != text,
    })
}

/// The texts of the lines of a block that decide points, there or where they are read.
fn decided_in(block: &Block) -> Vec<SourceId> {
    let texts = block.lines.iter().flat_map(|line| match &line.statement {
        Some(Statement::Head(head)) => numbers(head).map(|span| span.source).collect(),
        Some(Statement::Under(_)) | None => Vec::new(),
        Some(said) => Vec::from_iter(nature(said).scores.then_some(line.span.source)),
    });
    texts.collect()
}

/// Where a head's own line decides points: its numbers, and the method, by which its share of the scale counts.
fn numbers(head: &Head) -> impl Iterator<Item = Span> {
    let Head { points, block_points, weight, floor, method, .. } = head;
    let own = [points, weight, floor].into_iter().flatten().map(|number| number.span);
    own.chain(block_points.iter().map(|own| own.points.span)).chain(method.iter().map(|method| method.span))
}

/// Puts lines right under the first one of a block.
pub(super) fn put(block: &mut Block, lines: &[Line]) {
    let at = block.lines.len().min(1);
    block.lines.splice(at..at, lines.iter().cloned());
}

pub(super) fn is_source(line: &Line) -> bool {
    matches!(line.statement, Some(Statement::Provenance(_)))
}
