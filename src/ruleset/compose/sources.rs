//! Whose the new numbers are: what a set adds or amends stands on its own source, not on that of the set it extends.

use std::collections::{BTreeMap, BTreeSet};

use super::super::summary::Standing;
use super::Work;
use super::blocks::{Block, Kind};
use super::change::{ChangeKind, words};
use super::heads::is_empty;
use super::kinds::reads;
use super::nature::nature;
use super::steps::{Act, Step};
use crate::diagnostic::{Both, Diagnostic, Inheritance, Span};
use crate::language::tree::{Amend, Form, FormKind, Head, Line, Provenance, Statement};

/// Where the numbers of each head were from in the set extended, by the codes that it has there.
pub(super) struct Stood {
    /// The head whose lines say it; nothing where the header does.
    by: BTreeMap<String, Option<String>>,
    lines: BTreeMap<Option<String>, Vec<Line>>,
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
        Self { by, lines }
    }

    /// The header's lines.
    fn header(&self) -> &[Line] {
        self.lines.get(&None).map_or(&[], Vec::as_slice)
    }

    fn of(&self, old: &str) -> &[Line] {
        let lines = self.by.get(old).and_then(|by| self.lines.get(by));
        lines.map_or(&[], Vec::as_slice)
    }
}

impl Work<'_, '_> {
    /// Writes the set's own source under the heads that it adds or whose points it decides, where they name none: the
    /// old source, which went down to the areas, would otherwise be the nearest, and a placed number look official.
    /// Questionnaires, templates and figures written anew carry it to the heads that read them, for the same reason.
    /// What is untouched stands on what it `stood` on, wherever it stands now. The templates of the set extended, which
    /// say no source of their own, are no firmer than its header.
    pub(super) fn sources(&mut self, header: &[Line], stood: &Stood, steps: &[Step<'_>]) {
        let own: Vec<Line> = header.iter().filter(|line| is_source(line)).cloned().collect();
        let mut told: BTreeSet<String> = BTreeSet::new();
        // Amended heads that say where they are from, and whether they say nothing else: then they say it of all below.
        let mut said: BTreeMap<String, bool> = BTreeMap::new();
        for step in steps {
            if let Act::Amend(amend) = step.act
                && step.lines.iter().any(is_source)
            {
                let code = self.now(&amend.head.code.value);
                said.insert(code.clone(), is_empty(amend) && step.lines.iter().all(is_source));
                told.insert(code);
            }
        }
        for step in steps.iter().filter(|step| !step.lines.iter().any(is_source)) {
            let (code, lines) = match step.act {
                Act::New(head) if !own.is_empty() && self.under_old(&head.code.value) => {
                    (head.code.value.clone(), own.clone())
                }
                Act::Amend(amend) if decides(amend, &step.lines) => {
                    let code = self.now(&amend.head.code.value);
                    let own = if own.is_empty() { self.said_above(&code, &said) } else { own.clone() };
                    if own.is_empty() {
                        continue;
                    }
                    // Points alone leave the old bands as they are, and bands the old points of a head with parts.
                    let parts = |block: &Block| block.place().is_some_and(|place| place.parent.as_ref() == Some(&code));
                    let form = |line: &Line| matches!(line.statement, Some(Statement::Form(_)));
                    let whole =
                        step.lines.iter().any(form) || (amend.head.points.is_some() && self.blocks.iter().any(parts));
                    let old = stood.of(&amend.head.code.value);
                    let lines = if whole { own } else { together(old, &own) };
                    (code, lines)
                }
                Act::Questionnaire(asked) if !own.is_empty() => {
                    let name = &asked.name.value;
                    let kind = Kind::Questionnaire(name.clone());
                    let anew = ChangeKind::Questionnaire { name: name.clone(), known: true };
                    if !self.changes.iter().any(|change| change.kind == anew) {
                        continue;
                    }
                    if let Some(block) = self.blocks.iter_mut().find(|block| block.kind == kind) {
                        put(block, &own);
                    }
                    continue;
                }
                _ => continue,
            };
            self.figures_read_elsewhere(&code, step, &own);
            told.insert(code.clone());
            self.stand_on(&code, &lines);
        }
        self.hand_down(stood, &said);
        if own.is_empty() {
            return self.own_source(header, stood, steps);
        }
        self.users(&own, &told);
        self.users_of_old(&own, stood.header(), steps);
    }

    /// What is untouched stands where it stood: an amendment of the head above says where the numbers of that head are
    /// from, and a head that comes to stand elsewhere is not from there.
    fn hand_down(&mut self, stood: &Stood, said: &BTreeMap<String, bool>) {
        let places = self.blocks.iter().filter_map(Block::place);
        let codes: Vec<(String, String)> =
            places.filter_map(|place| Some((place.code.clone(), place.old.clone()?))).collect();
        for (code, old) in codes {
            let (by, now) = self.nearest(&code);
            let covered = by.as_ref().is_some_and(|by| *by == code || said.get(by) == Some(&true));
            let before = stood.of(&old);
            if !covered && !before.is_empty() && !same(&now, before) {
                self.stand_on(&code, before);
            }
        }
    }

    /// What the nearest amended head above one says in this text of where it is from.
    fn said_above(&self, code: &str, said: &BTreeMap<String, bool>) -> Vec<Line> {
        let (by, lines) = self.nearest(code);
        if by.is_some_and(|by| said.contains_key(&by)) { lines } else { Vec::new() }
    }

    /// A set that says nothing of where its numbers are from would wear the decision behind the one that it extends. The
    /// first line that does is told.
    fn own_source(&mut self, header: &[Line], stood: &Stood, steps: &[Step<'_>]) {
        let heads = steps.iter().find_map(|step| {
            let code = match step.act {
                Act::New(head) => head.code.value.clone(),
                Act::Amend(amend) if decides(amend, &step.lines) => self.now(&amend.head.code.value),
                _ => return None,
            };
            self.block(&code)?;
            let worn = self.nearest(&code).1;
            let worn_by = worn.first().filter(|line| line.span.source != step.line.span.source)?.words;
            is_firm(&provenance(&worn)).then(|| (code, step.place(), worn_by))
        });
        let Some((code, span, worn)) = heads.or_else(|| self.read_by_heads(header, stood, steps)) else { return };
        let finding = Diagnostic::new(Inheritance::OwnSource { code, name: self.rights.name.clone() }, span);
        self.findings.push(finding.label(worn, "nguồn sẽ mang ở đây", "the source it would wear is here"));
    }

    /// The first parameter, shared figure, template or questionnaire that a set without a source writes: the heads that
    /// read it would wear the source that it had, or that of the header.
    fn read_by_heads(&self, header: &[Line], stood: &Stood, steps: &[Step<'_>]) -> Option<(String, Span, Span)> {
        let of_header = stood.header().first().filter(|_| is_firm(&provenance(stood.header())));
        let had = |name: &str| {
            let lines = self.blocks.first().into_iter().flat_map(|block| &block.lines);
            let mut parameters = lines.filter_map(|line| match &line.statement {
                Some(Statement::Parameter(known)) if known.name.value == name => Some((line, &known.sources)),
                _ => None,
            });
            parameters.rfind(|(_, sources)| !sources.is_empty())
        };
        let header = header.iter().find_map(|line| {
            let (name, sources) = match line.statement.as_ref()? {
                Statement::AmendParameter(amend) => (&amend.name.value, &amend.sources),
                Statement::Parameter(parameter) => (&parameter.name.value, &parameter.sources),
                Statement::SharedFigure(figure) => (&figure.name.value, &figure.sources),
                _ => return None,
            };
            let worn = match had(name) {
                Some((line, sources)) => is_firm(sources).then_some(line),
                None => of_header,
            };
            Some((name.clone(), line.words, worn.filter(|_| sources.is_empty())?.words))
        });
        header.or_else(|| {
            steps.iter().find_map(|step| {
                let name = match step.act {
                    Act::Template(template) => &template.name.value,
                    Act::Questionnaire(asked) if !step.lines.iter().any(is_source) => &asked.name.value,
                    _ => return None,
                };
                Some((name.clone(), step.place(), of_header?.words))
            })
        })
    }

    /// Writes lines under a head in place of those that say where it is from.
    fn stand_on(&mut self, code: &str, lines: &[Line]) {
        let block = self.blocks.iter_mut().find(|block| block.place().is_some_and(|place| place.code == code));
        let Some(block) = block else { return };
        block.lines.retain(|line| !is_source(line));
        put(block, lines);
    }

    /// Heads that score by a template taken over as it was stand no firmer than the set that wrote it, unless they say
    /// themselves where they are from.
    fn users_of_old(&mut self, own: &[Line], taken_over: &[Line], steps: &[Step<'_>]) {
        let before = provenance(taken_over);
        if !less_firm(&before, &provenance(own)) {
            return;
        }
        let anew = |name: &String| {
            let is = |kind: &ChangeKind| matches!(kind, ChangeKind::Template { name: changed, .. } if changed == name);
            self.changes.iter().any(|change| is(&change.kind))
        };
        let old = self.with_users(self.blocks.iter().filter_map(template).filter(|name| !anew(name)).collect());
        let says: BTreeSet<String> = steps
            .iter()
            .filter(|step| step.lines.iter().any(is_source))
            .filter_map(|step| match step.act {
                Act::New(head) => Some(head.code.value.clone()),
                Act::Amend(amend) => Some(self.now(&amend.head.code.value)),
                _ => None,
            })
            .collect();
        let users = self.blocks.iter().filter(|block| forms(block).any(|name| old.contains(name)));
        let users: Vec<(String, Vec<Line>)> = users
            .filter_map(|block| block.place().filter(|place| !says.contains(&place.code)))
            .map(|place| (place.code.clone(), self.standing_on(&place.code)))
            .collect();
        for (code, lines) in users {
            let lines = if lines.is_empty() { own.to_vec() } else { lines };
            if less_firm(&before, &provenance(&lines)) {
                self.stand_on(&code, &together(&lines, taken_over));
            }
        }
    }

    /// Templates, with those that score by them.
    fn with_users(&self, mut names: BTreeSet<String>) -> BTreeSet<String> {
        loop {
            let by = |block: &&Block| forms(block).any(|name| names.contains(name));
            let more: Vec<String> = self.blocks.iter().filter(by).filter_map(template).collect();
            let before = names.len();
            names.extend(more);
            if names.len() == before {
                return names;
            }
        }
    }

    /// Heads that score by a template or a questionnaire written anew stand on its source beside their own: points and
    /// figures are still where they were from.
    fn users(&mut self, own: &[Line], told: &BTreeSet<String>) {
        let (mut anew, mut asked): (BTreeSet<String>, BTreeSet<String>) = (BTreeSet::new(), BTreeSet::new());
        for change in &self.changes {
            match &change.kind {
                ChangeKind::Template { name, known: true } => anew.insert(name.clone()),
                ChangeKind::Questionnaire { name, known: true } => asked.insert(name.clone()),
                _ => continue,
            };
        }
        if anew.is_empty() && asked.is_empty() {
            return;
        }
        // A template may score by another.
        let anew = self.with_users(anew);
        let users: Vec<(String, Vec<Line>)> = self
            .blocks
            .iter()
            .filter(|block| {
                forms(block).any(|name| anew.contains(name)) || surveys(block).any(|name| asked.contains(name))
            })
            .filter_map(|block| block.place().filter(|place| place.old.is_some() && !told.contains(&place.code)))
            .map(|place| (place.code.clone(), self.standing_on(&place.code)))
            .collect();
        for (code, old) in users {
            let both = together(&old, own);
            if both.len() > old.len() {
                self.stand_on(&code, &both);
            }
        }
    }

    /// The lines that say where the numbers of a head are from: its own, or the nearest above.
    fn standing_on(&self, code: &str) -> Vec<Line> {
        let (by, lines) = self.nearest(code);
        if by.is_some() { lines } else { Vec::new() }
    }

    /// The same, or what the header says; with the head that says it.
    fn nearest(&self, code: &str) -> (Option<String>, Vec<Line>) {
        let own = |block: &Block| block.lines.iter().filter(|line| is_source(line)).cloned().collect::<Vec<Line>>();
        let mut at = self.block(code);
        while let Some((block, place)) = at.and_then(|block| Some((block, block.place()?))) {
            let lines = own(block);
            if !lines.is_empty() {
                return (Some(place.code.clone()), lines);
            }
            at = place.parent.as_deref().and_then(|parent| self.block(parent));
        }
        (None, self.blocks.first().map(own).unwrap_or_default())
    }

    /// A figure amended under a head takes its source with it to the other heads that read it.
    fn figures_read_elsewhere(&mut self, code: &str, step: &Step<'_>, own: &[Line]) {
        let stated: Vec<&str> = step
            .lines
            .iter()
            .filter_map(|line| match &line.statement {
                Some(Statement::Figure(figure)) => Some(figure.name.value.as_str()),
                Some(Statement::List(list)) => Some(list.name.value.as_str()),
                _ => None,
            })
            .filter(|name| {
                let far = format!("{name} in {code}");
                self.blocks.iter().flat_map(Block::statements).any(|statement| reads(statement, &far, self.texts))
            })
            .collect();
        if stated.is_empty() {
            return;
        }
        let sources = provenance(own);
        let here = |block: &&mut Block| block.place().is_some_and(|place| place.code == code);
        for line in self.blocks.iter_mut().filter(here).flat_map(|block| &mut block.lines) {
            let (name, known) = match &mut line.statement {
                Some(Statement::Figure(figure)) => (&figure.name.value, &mut figure.sources),
                Some(Statement::List(list)) => (&list.name.value, &mut list.sources),
                _ => continue,
            };
            if known.is_empty() && stated.contains(&name.as_str()) {
                known.clone_from(&sources);
            }
        }
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

/// Whether numbers of these sources look decided.
fn is_firm(sources: &[Provenance]) -> bool {
    sources.iter().map(Standing::of).max() <= Some(Standing::Amended)
}

/// Whether an amendment decides on points: on the number, or on how a head gets it. Where it stands is none of that.
fn decides(amend: &Amend, lines: &[Line]) -> bool {
    let Head { points, floor, weight, .. } = &amend.head;
    let scores = |line: &Line| {
        let said = line.statement.as_ref();
        said.is_some_and(|said| nature(said).scores && !matches!(said, Statement::Under(_)))
    };
    points.is_some() || floor.is_some() || weight.is_some() || lines.iter().any(scores)
}

/// Lines that say where numbers are from, with those that say something else.
fn together(old: &[Line], own: &[Line]) -> Vec<Line> {
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

/// The templates that a block scores by.
fn forms(block: &Block) -> impl Iterator<Item = &str> {
    block.statements().filter_map(|statement| match statement {
        Statement::Form(Form { kind: FormKind::Template { name, .. }, .. }) => Some(name.value.as_str()),
        _ => None,
    })
}

/// The questionnaires that a block scores by.
fn surveys(block: &Block) -> impl Iterator<Item = &str> {
    block.statements().filter_map(|statement| match statement {
        Statement::Form(Form { kind: FormKind::Survey(survey), .. }) => Some(survey.questionnaire.value.as_str()),
        _ => None,
    })
}

fn template(block: &Block) -> Option<String> {
    match &block.kind {
        Kind::Template(name) => Some(name.clone()),
        _ => None,
    }
}

/// Puts lines right under the first one of a block.
fn put(block: &mut Block, lines: &[Line]) {
    let at = block.lines.len().min(1);
    block.lines.splice(at..at, lines.iter().cloned());
}

pub(super) fn is_source(line: &Line) -> bool {
    matches!(line.statement, Some(Statement::Provenance(_)))
}
