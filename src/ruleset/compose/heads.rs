//! Heads amended, repealed, split, renumbered and added.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::{in_form, name};
use super::blocks::{self, Block, Kind, Place};
use super::change::ChangeKind;
use super::codes::rename;
use super::kinds;
use super::nature::nature;
use super::rights::{Act as Right, never_opened};
use super::steps::{Act, Step};
use super::{Work, points};
use crate::diagnostic::{Both, Diagnostic, Inheritance, Span, Structure};
use crate::language::tree::{Amend, Head, Level, Line, Renumber, Replaces, Spanned, Statement, Target};
use crate::number::Points;

impl Work<'_, '_> {
    /// Gives heads their new codes, all at once, so that two may change places.
    pub(super) fn renumber(&mut self, steps: &[Step<'_>], repealed: &BTreeSet<String>) {
        let mut moved: BTreeMap<String, (String, Span)> = BTreeMap::new();
        let mut targets: BTreeMap<&str, Span> = BTreeMap::new();
        let mut lines: Vec<(&Renumber, Span)> = Vec::new();
        for step in steps {
            let Act::Renumber(renumber) = step.act else { continue };
            let (from, to) = (&renumber.from, &renumber.to);
            let head = self.rights.by_code(&from.value).map(|(_, head)| head);
            let level = head.map_or(Level::Criterion, |head| head.level);
            if self.resolve(level, from).is_none() || !self.allow(Right::Renumber, &from.value, step.place()) {
                continue;
            }
            if from.value == to.value {
                self.find(Inheritance::AmendsNothing { code: from.value.clone() }, step.place());
                continue;
            }
            let parent = head.and_then(|head| self.rights.upper.head(head.parent?)).map(|parent| parent.code.as_str());
            // A code that shows another parent adds the head there.
            let shown = to.value.rsplit_once('.').map(|(shown, _)| shown).filter(|shown| Some(*shown) != parent);
            let there = shown.filter(|shown| !level.is_outside() && self.rights.by_code(shown).is_some());
            if there.is_some_and(|there| !self.allow(Right::Add(level), there, step.place())) {
                continue;
            }
            if let Some(first) = targets.insert(&to.value, to.span) {
                let finding = Diagnostic::new(Inheritance::Conflict { code: to.value.clone() }, to.span);
                self.findings.push(finding.label(first, "dòng kia ở đây", "the other line is here"));
                continue;
            }
            lines.push((renumber, step.place()));
            moved.insert(from.value.clone(), (to.value.clone(), step.place()));
        }
        // What is renumbered itself goes by its own line, whatever becomes of the heads above it.
        lines.sort_by_key(|(renumber, _)| renumber.from.value.len());
        let mut by: BTreeMap<String, Span> = BTreeMap::new();
        for (Renumber { from, to }, _) in lines {
            for code in blocks::subtree(&self.blocks, &from.value) {
                let new = match code.strip_prefix(from.value.as_str()) {
                    Some("") => to.value.clone(),
                    Some(rest) if rest.starts_with('.') => format!("{}{rest}", to.value),
                    _ => continue,
                };
                by.insert(code.clone(), to.span);
                self.renamed.insert(code, new);
            }
        }
        if !self.each_code_once(&by, repealed) || self.renumbered_into_ring(&moved) {
            return self.renamed.clear();
        }
        self.leave_what_is_gone(repealed, steps);
        self.write_codes(&by);
        let moved_too: Vec<String> = self.touched.iter().filter_map(|code| self.renamed.get(code)).cloned().collect();
        self.touched.extend(moved_too);
        self.place(&moved);
    }

    /// Whether no new code is that of a head that stays, or of another new one; if it is, that is told.
    fn each_code_once(&mut self, by: &BTreeMap<String, Span>, repealed: &BTreeSet<String>) -> bool {
        let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
        let mut told: Vec<Diagnostic> = Vec::new();
        for (old, new) in &self.renamed {
            let Some(&span) = by.get(old) else { continue };
            let stays =
                self.rights.by_code(new).is_some() && !self.renamed.contains_key(new) && !repealed.contains(new);
            if stays {
                let name = self.rights.name.clone();
                told.push(Diagnostic::new(Inheritance::AlreadyUpstream { code: new.clone(), name }, span));
            } else if let Some(first) = taken.insert(new, span) {
                let finding = Diagnostic::new(Inheritance::Conflict { code: new.clone() }, span);
                told.push(finding.label(first, "dòng kia ở đây", "the other line is here"));
            }
        }
        // A whole subtree in the way is one mistake.
        let first = told.into_iter().next();
        let free = first.is_none();
        self.findings.extend(first);
        free
    }

    /// A line that names a repealed head does not speak of the one that takes its code: it names none, unless it is
    /// written anew. Tests of what is gone are left anyway.
    fn leave_what_is_gone(&mut self, repealed: &BTreeSet<String>, steps: &[Step<'_>]) {
        let upper = self.rights.upper;
        let of = if upper.year == self.own.year {
            format!("{}-{}", upper.year, upper.edition)
        } else {
            upper.year.to_string()
        };
        let added = steps.iter().filter_map(|step| match step.act {
            Act::New(head) => Some(&head.code.value),
            _ => None,
        });
        let taken: BTreeSet<&String> = self.renamed.values().chain(added).collect();
        let gone = repealed
            .iter()
            .filter(|code| taken.contains(code))
            .map(|code| (code.clone(), format!("{code} ({of})")))
            .collect();
        for block in self.blocks.iter_mut().filter(|block| block.kind != Kind::Test) {
            for statement in block.lines.iter_mut().filter_map(|line| line.statement.as_mut()) {
                rename(statement, &gone);
            }
        }
    }

    /// Writes the new codes wherever an inherited line names a head; a head's own stands from now on where it is
    /// written, in the line that renumbers it.
    fn write_codes(&mut self, by: &BTreeMap<String, Span>) {
        for block in &mut self.blocks {
            let written = block.place().and_then(|place| by.get(&place.code)).copied();
            for statement in block.lines.iter_mut().filter_map(|line| line.statement.as_mut()) {
                rename(statement, &self.renamed);
            }
            if let Kind::Head(place) = &mut block.kind {
                let new = |code: &String| self.renamed.get(code).unwrap_or(code).clone();
                place.parent = place.parent.as_ref().map(new);
                place.code = new(&place.code);
            }
            if let (Some(Statement::Head(head)), Some(span)) =
                (block.lines.iter_mut().find_map(|line| line.statement.as_mut()), written)
            {
                head.code.span = span;
            }
        }
    }

    /// Puts renumbered heads where their new codes belong, and keeps where they came from.
    fn place(&mut self, moved: &BTreeMap<String, (String, Span)>) {
        let mut parents: BTreeSet<Option<String>> = BTreeSet::new();
        let mut elsewhere: Vec<(String, String)> = Vec::new();
        for (from, (to, span)) in moved {
            let above = to.rsplit_once('.').map(|(above, _)| above.to_owned());
            let (known, shown) = match above {
                Some(above) if self.block(&above).is_some() => (Some(above), None),
                above => (None, above),
            };
            let same_path = self.rights.upper.path == self.own.path;
            let lineage = same_path && self.rights.upper.year < self.own.year;
            let year = self.rights.upper.year;
            let Some(block) = self.at(from).and_then(|at| self.blocks.get_mut(at)) else { continue };
            let under = block.statements().any(|statement| matches!(statement, Statement::Under(_)));
            let declared = block
                .statements()
                .any(|statement| matches!(statement, Statement::Replaces(said) if said.year.value == year));
            if lineage && !declared {
                let codes = vec![Spanned::new(from.clone(), *span)];
                let replaces = Statement::Replaces(Replaces { codes, year: Spanned::new(year, *span) });
                let line = Line { span: *span, words: *span, statement: Some(replaces), comment: None, faulty: false };
                block.lines.insert(block.lines.len().min(1), line);
            }
            let title = block.head().map(|head| head.title.value.clone()).unwrap_or_default();
            if let Kind::Head(place) = &mut block.kind {
                parents.insert(place.parent.clone());
                if let (Some(shown), false) = (shown, under || place.level.is_outside()) {
                    self.waiting.push((place.code.clone(), shown));
                }
                if let (Some(known), false) = (known, under || place.level.is_outside())
                    && place.parent.as_ref() != Some(&known)
                {
                    elsewhere.push((place.code.clone(), known.clone()));
                    // Both add up to another number.
                    self.touched.extend(place.parent.replace(known.clone()));
                    self.touched.insert(known);
                }
                parents.insert(place.parent.clone());
            }
            let kind = ChangeKind::Renumbered { from: from.clone(), to: to.clone(), title };
            self.change(kind, *span);
        }
        for (code, parent) in elsewhere {
            blocks::stand_below(&mut self.blocks, &code, &parent);
        }
        for parent in parents {
            blocks::order(&mut self.blocks, parent.as_deref());
        }
    }

    /// Heads whose new code shows a head that this text adds come to stand there.
    pub(super) fn stand_where_shown(&mut self) {
        for (code, parent) in std::mem::take(&mut self.waiting) {
            let is_new = self.block(&parent).and_then(Block::place).is_some_and(|place| place.old.is_none());
            if !is_new || blocks::subtree(&self.blocks, &code).contains(&parent) {
                continue;
            }
            self.touched.extend(self.block(&code).and_then(Block::place).and_then(|place| place.parent.clone()));
            self.touched.insert(parent.clone());
            blocks::stand_below(&mut self.blocks, &code, &parent);
            blocks::order(&mut self.blocks, Some(&parent));
        }
    }

    /// A block by its code in the new set.
    pub(super) fn block(&self, code: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.place().is_some_and(|place| place.code == code))
    }

    /// Takes heads out with all below them but what other lines give another place; the codes that are gone.
    pub(super) fn repeal(&mut self, steps: &[Step<'_>]) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for step in steps {
            let Act::Repeal(repeal) = step.act else { continue };
            let Target { level, code } = &repeal.target;
            let Some(at) = self.resolve(*level, code) else { continue };
            if !self.allow(Right::Repeal, &code.value, step.place()) {
                continue;
            }
            let Some(block) = self.blocks.get(at) else { continue };
            let head = block.head().cloned();
            let Some(place) = block.place().cloned() else { continue };
            let gone = self.gone(&place.code, steps);
            self.blocks.retain(|block| block.place().is_none_or(|place| !gone.contains(&place.code)));
            self.forget_policies(&gone);
            self.touched.extend(gone.iter().cloned());
            all.extend(gone);
            self.touched.extend(place.parent);
            let kind = ChangeKind::Repealed {
                code: code.value.clone(),
                title: head.as_ref().map(|head| head.title.value.clone()).unwrap_or_default(),
                points: head.as_ref().and_then(points),
                reason: repeal.reason.value.clone(),
            };
            self.change(kind, step.place());
        }
        all
    }

    /// What was open in a head that is gone.
    fn forget_policies(&mut self, gone: &BTreeSet<String>) {
        for block in &mut self.blocks {
            block.lines.retain(|line| match &line.statement {
                Some(Statement::Open(open)) => !gone.contains(&open.target.code.value),
                _ => true,
            });
        }
    }

    pub(super) fn amend(&mut self, steps: &[Step<'_>]) {
        for step in steps {
            let Act::Amend(amend) = step.act else { continue };
            let code = &amend.head.code;
            let Some(at) = self.resolve(amend.head.level, code) else { continue };
            let before = self.blocks.get(at).and_then(Block::head).cloned();
            // Points are one value with those of the blocks: to write them alone drops those.
            let by_block = before.as_ref().is_some_and(|before| !before.block_points.is_empty());
            // Where the line itself is open and one below it is not, that one is told.
            let closed = |lines: &[Line]| self.rights.is_closed(right(amend, by_block, lines), &code.value);
            let below = || step.lines.iter().find(|line| closed(std::slice::from_ref(line))).map(|line| line.words);
            let place = if closed(&[]) { None } else { below() }.unwrap_or_else(|| step.place());
            if !self.allow(right(amend, by_block, &step.lines), &code.value, place) {
                continue;
            }
            if is_empty(amend) && step.lines.is_empty() {
                self.find(Inheritance::AmendsNothing { code: code.value.clone() }, step.place());
                continue;
            }
            self.bands_need_a_form(&step.lines);
            if let Some(line) = self.blocks.get(at).and_then(|block| kinds::of_no_list(&block.lines, &step.lines)) {
                let place = Both::new("ngay dưới dòng `danh sách` của nó", "under the line `list` that it is of");
                let Some(said) = line.statement.as_ref().map(name) else { continue };
                self.find(Structure::MisplacedLine { line: said, place }, line.words);
                continue;
            }
            let new_points = amend.head.points.is_some() || amend.head.floor.is_some();
            let texts = self.texts;
            let lines = {
                let Some(block) = self.blocks.get(at) else { continue };
                let here = block.head().map(|head| head.code.value.clone()).unwrap_or_default();
                let says = |block: &Block, name: &str| block.statements().any(|said| kinds::reads(said, name, texts));
                let read = |name: &str, column: Option<&str>| {
                    let far = format!("{name} in {here}");
                    let mut readers = self.blocks.iter().filter(|block| says(block, &far)).peekable();
                    let Some(column) = column else { return readers.peek().is_some() };
                    // It may be a template of the reader that names the column.
                    let templates = || self.blocks.iter().filter(|block| matches!(block.kind, Kind::Template(_)));
                    let by_template = readers.peek().is_some() && templates().any(|block| says(block, column));
                    by_template || readers.any(|block| says(block, column))
                };
                kinds::amended(&block.lines, &step.lines, new_points, texts, &read)
            };
            let Some(block) = self.blocks.get_mut(at) else { continue };
            block.lines = lines;
            let Some(now) = block.lines.iter_mut().find_map(|line| match &mut line.statement {
                Some(Statement::Head(head)) => Some(head),
                _ => None,
            }) else {
                continue;
            };
            write_anew(now, amend);
            let by_block = before.as_ref().map(|before| other_points(before, now)).unwrap_or_default();
            let (code, title, now) = (now.code.value.clone(), now.title.value.clone(), points(now));
            let before = before.as_ref().and_then(points);
            if new_points
                || step.lines.iter().any(|line| line.statement.as_ref().is_some_and(|said| nature(said).scores))
            {
                self.touched.insert(code.clone());
            }
            let by_method = amend.head.method.is_some();
            if by_method || step.lines.iter().any(holds_below) {
                self.touched.extend(blocks::subtree(&self.blocks, &code));
            }
            let mut lines: Vec<Both> = Vec::new();
            for said in step.lines.iter().filter_map(|line| line.statement.as_ref()) {
                let said = if in_form(said) { score_by() } else { name(said) };
                if !lines.contains(&said) {
                    lines.push(said);
                }
            }
            self.change(ChangeKind::Amended { code, title, before, now, by_block, lines }, step.place());
        }
    }

    /// Lines of a form without its own line would leave the form half old and half new.
    fn bands_need_a_form(&mut self, lines: &[Line]) {
        let statements = || lines.iter().filter_map(|line| Some((line.statement.as_ref()?, line.words)));
        if statements().any(|(statement, _)| matches!(statement, Statement::Form(_))) {
            return;
        }
        if let Some((orphan, span)) = statements().find(|(statement, _)| in_form(statement)) {
            let place = super::super::draft::home(orphan);
            self.find(Structure::MisplacedLine { line: name(orphan), place }, span);
        }
    }

    pub(super) fn add(&mut self, steps: &[Step<'_>]) {
        for (at, step) in self.heads_before_parts(steps) {
            let Act::New(head) = step.act else { continue };
            let code = &head.code;
            let there = self.block(&code.value).and_then(Block::place).and_then(|place| place.old.as_deref());
            if let Some(line) = there.and_then(|old| renumbered(old, steps)) {
                let finding = Diagnostic::new(Inheritance::Conflict { code: code.value.clone() }, code.span);
                self.findings.push(finding.label(line, "dòng kia ở đây", "the other line is here"));
                continue;
            }
            if there.is_some() {
                let problem = Inheritance::AlreadyUpstream { code: code.value.clone(), name: self.rights.name.clone() };
                self.find(problem, code.span);
                continue;
            }
            let parent = self.parents.get(at).cloned().flatten();
            if !self.may_stand(head, parent.as_deref(), step, steps) {
                continue;
            }
            let mut lines =
                vec![Line { statement: Some(Statement::Head(head.clone())), comment: None, ..step.line.clone() }];
            lines.extend(step.lines.iter().cloned());
            self.touched.insert(code.value.clone());
            self.touched.extend(parent.clone());
            let place = Place { code: code.value.clone(), old: None, parent, level: head.level };
            blocks::insert(&mut self.blocks, Block { kind: Kind::Head(place), lines });
            let kind =
                ChangeKind::Added { code: code.value.clone(), title: head.title.value.clone(), points: points(head) };
            self.change(kind, step.place());
        }
        let said = steps.iter().filter_map(|step| {
            let Act::New(head) = step.act else { return None };
            let under = step.lines.iter().find(|line| matches!(line.statement, Some(Statement::Under(_))));
            Some((head.code.value.clone(), under.map_or(head.code.span, |line| line.words)))
        });
        self.break_rings(&said.collect::<Vec<_>>());
    }

    /// Steps with their places, a new head before those that stand below it: a part may be written above its head.
    fn heads_before_parts<'s, 't>(&self, steps: &'s [Step<'t>]) -> Vec<(usize, &'s Step<'t>)> {
        let new = steps.iter().enumerate().filter_map(|(at, step)| match step.act {
            Act::New(head) => Some((head.code.value.as_str(), at)),
            _ => None,
        });
        let new: BTreeMap<&str, usize> = new.collect();
        let above = |&at: &usize| new.get(self.parents.get(at)?.as_deref()?).copied();
        // A head below itself is told where codes are read.
        let depth = |at: usize| std::iter::successors(Some(at), above).take(steps.len()).count();
        let mut all: Vec<(usize, &Step<'_>)> = steps.iter().enumerate().collect();
        all.sort_by_cached_key(|(at, _)| depth(*at));
        all
    }

    /// The head above each new one, by the step that adds it: named, shown by its code, or the one written above it.
    pub(super) fn find_parents(&mut self, steps: &[Step<'_>]) {
        let here = self.blocks.iter().filter_map(|block| Some(block.place()?.code.as_str()));
        let new = steps.iter().filter_map(|step| match step.act {
            Act::New(head) => Some(head.code.value.as_str()),
            _ => None,
        });
        let known: BTreeSet<&str> = here.chain(new).collect();
        // The last head of each level so far, with its place in the text.
        let mut last: BTreeMap<Level, (usize, String)> = BTreeMap::new();
        let mut parents: Vec<Option<String>> = Vec::with_capacity(steps.len());
        for (at, step) in steps.iter().enumerate() {
            let parent = match step.act {
                Act::New(head) if !head.level.is_outside() => {
                    let named = step.lines.iter().find_map(|line| match &line.statement {
                        Some(Statement::Under(code)) => Some(code.value.clone()),
                        _ => None,
                    });
                    let shown = head.code.value.rsplit_once('.').map(|(above, _)| above);
                    let shown = shown.filter(|above| known.contains(above)).map(str::to_owned);
                    let above = || last.range(..head.level).map(|(_, above)| above).max().map(|(_, code)| code.clone());
                    named.or(shown).or_else(above)
                }
                _ => None,
            };
            parents.push(parent);
            let here = match step.act {
                Act::New(head) => Some((head.level, head.code.value.clone())),
                Act::Amend(Amend { head, .. }) => Some((head.level, self.now(&head.code.value))),
                Act::Split(Target { level, code }) => Some((*level, self.now(&code.value))),
                _ => None,
            };
            last.extend(here.map(|(level, code)| (level, (at, code))));
        }
        self.parents = parents;
    }

    /// An old code as it is now.
    pub(super) fn now(&self, old: &str) -> String {
        self.renamed.get(old).map_or_else(|| old.to_owned(), Clone::clone)
    }

    /// Whether a new head may stand under its parent; if not, that is told.
    fn may_stand(&mut self, head: &Head, parent: Option<&str>, step: &Step<'_>, steps: &[Step<'_>]) -> bool {
        let Some(parent) = parent else {
            if self.rights.is_lower() {
                let code = &head.code.value;
                let what = Both::new(format!("bổ sung `{code}`"), format!("add `{code}`"));
                self.findings.push(self.rights.closed(what, never_opened(), step.place()));
            }
            return !self.rights.is_lower();
        };
        let Some(above) = self.block(parent) else { return true };
        // Below a head of this text's own, it stands where that head was allowed to.
        let Some(old) = above.place().and_then(|place| place.old.clone()) else { return true };
        let is_split = steps.iter().any(|step| matches!(step.act, Act::Split(target) if target.code.value == old));
        if is_split {
            return true;
        }
        if above.statements().any(|statement| matches!(statement, Statement::Form(_))) {
            self.find(Inheritance::AddUnderLeaf { code: parent.to_owned() }, step.place());
            return false;
        }
        self.allow(Right::Add(head.level), &old, step.place())
    }
}

/// The line by which a head, or the nearest one above it that has one, gets another code.
fn renumbered(old: &str, steps: &[Step<'_>]) -> Option<Span> {
    let of = |step: &Step<'_>| match step.act {
        Act::Renumber(renumber) => {
            let rest = old.strip_prefix(renumber.from.value.as_str())?;
            (rest.is_empty() || rest.starts_with('.')).then_some((renumber.from.value.len(), renumber.to.span))
        }
        _ => None,
    };
    steps.iter().filter_map(of).max_by_key(|(length, _)| *length).map(|(_, span)| span)
}

/// What an amendment does to its head. New points drop the old examples and leave the old source behind, so both may
/// be told anew beside them.
fn right(amend: &Amend, had_by_block: bool, lines: &[Line]) -> Right {
    use Statement as S;
    let counts = lines.iter().all(|line| matches!(line.statement, Some(S::Contains(_))));
    let beside_points = |line: &Line| matches!(line.statement, Some(S::Contains(_) | S::Example(_) | S::Provenance(_)));
    let Head { points, block_points, weight, floor, method, .. } = &amend.head;
    let by_block = !block_points.is_empty() || (had_by_block && points.is_some());
    let other = amend.retitled || by_block || weight.is_some() || floor.is_some() || method.is_some();
    match points {
        Some(_) if !other && lines.iter().all(beside_points) => Right::Points,
        None if !other && counts => Right::Counts,
        _ if lines.iter().any(decides_below) => Right::AmendBelow,
        _ => Right::Amend,
    }
}

/// Whether a line holds for the heads below its own too, and so may change their points.
fn holds_below(line: &Line) -> bool {
    line.statement.as_ref().is_some_and(|statement| nature(statement).below)
}

/// Whether a line may change the points of every head below its own. A shared figure changes those that read it only,
/// and a lock on one of them is told of that.
fn decides_below(line: &Line) -> bool {
    holds_below(line) && !matches!(line.statement, Some(Statement::SharedFigure(_)))
}

/// Whether a line `sửa` says nothing of its head itself.
pub(super) fn is_empty(amend: &Amend) -> bool {
    let Head { level: _, code: _, title: _, points, block_points, weight, floor, method } = &amend.head;
    !amend.retitled
        && points.is_none()
        && block_points.is_empty()
        && weight.is_none()
        && floor.is_none()
        && method.is_none()
}

/// The blocks whose points are others than before.
fn other_points(before: &Head, now: &Head) -> Vec<(String, Option<Points>, Option<Points>)> {
    let of = |head: &Head, block: &str| {
        let own = head.block_points.iter().find(|own| own.block.value == block);
        own.map_or_else(|| points(head), |own| Some(Points::new(own.points.value.clone())))
    };
    let named = before.block_points.iter().chain(&now.block_points).map(|own| own.block.value.as_str());
    let named: BTreeSet<&str> = named.collect();
    let both = named.into_iter().map(|block| (block.to_owned(), of(before, block), of(now, block)));
    both.filter(|(_, before, now)| before != now).collect()
}

/// Writes what an amendment says of a head into it; what it does not say stays.
fn write_anew(head: &mut Head, amend: &Amend) {
    let Head { level: _, code: _, title, points, block_points, weight, floor, method } = &amend.head;
    if amend.retitled {
        head.title.clone_from(title);
    }
    let keep = |new: &Option<_>, old: &mut Option<_>| {
        if new.is_some() {
            Option::clone_from(old, new);
        }
    };
    // Points are one value with those of the blocks beside them.
    if points.is_some() {
        head.block_points.clone_from(block_points);
    }
    keep(points, &mut head.points);
    keep(weight, &mut head.weight);
    keep(floor, &mut head.floor);
    if method.is_some() {
        head.method.clone_from(method);
    }
}

fn score_by() -> Both {
    use crate::diagnostic::Language;
    use crate::language::Keyword;
    Both::new(Keyword::ScoreBy.canonical(Language::Vietnamese), Keyword::ScoreBy.canonical(Language::English))
}
