//! Whose the new numbers are: what a set adds or amends stands on its own source, not on that of the set it extends.

use std::collections::BTreeSet;

use super::super::summary::Standing;
use super::Work;
use super::blocks::{Block, Kind};
use super::change::{ChangeKind, words};
use super::kinds::reads;
use super::nature::nature;
use super::steps::{Act, Step};
use crate::diagnostic::Both;
use crate::language::tree::{Amend, Form, FormKind, Line, Provenance, Statement};

impl Work<'_, '_> {
    /// Writes the set's own source under the heads that it adds or whose points it decides, where they name none: the
    /// old source, which went down to the areas, would otherwise be the nearest, and a placed number look official.
    /// Questionnaires, templates and figures written anew carry it to the heads that read them, for the same reason.
    /// `taken_over` is where the set extended is from: its templates, which say no source of their own, are no firmer.
    pub(super) fn sources(&mut self, header: &[Line], taken_over: &[Line], steps: &[Step<'_>]) {
        let own: Vec<Line> = header.iter().filter(|line| is_source(line)).cloned().collect();
        if own.is_empty() {
            return;
        }
        let mut told: BTreeSet<String> = BTreeSet::new();
        for step in steps {
            if let Act::Amend(Amend { head, .. }) = step.act
                && step.lines.iter().any(is_source)
            {
                told.insert(self.now(&head.code.value));
            }
        }
        for step in steps.iter().filter(|step| !step.lines.iter().any(is_source)) {
            let code = match step.act {
                Act::New(head) if self.under_old(&head.code.value) => head.code.value.clone(),
                Act::Amend(amend)
                    if amend.head.points.is_some()
                        || amend.head.floor.is_some()
                        || step
                            .lines
                            .iter()
                            .filter_map(|line| line.statement.as_ref())
                            .any(|said| nature(said).scores) =>
                {
                    self.now(&amend.head.code.value)
                }
                Act::Questionnaire(asked) => {
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
            let block = self.blocks.iter_mut().find(|block| block.place().is_some_and(|place| place.code == code));
            let Some(block) = block else { continue };
            block.lines.retain(|line| !is_source(line));
            put(block, &own);
        }
        self.users(&own, &told);
        self.users_of_old(&own, taken_over, steps);
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
            let block = self.blocks.iter_mut().find(|block| block.place().is_some_and(|place| place.code == code));
            let Some(block) = block.filter(|_| less_firm(&before, &provenance(&lines))) else { continue };
            block.lines.retain(|line| !is_source(line));
            put(block, &[lines.as_slice(), taken_over].concat());
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
            if same(&old, own) {
                continue;
            }
            let block = self.blocks.iter_mut().find(|block| block.place().is_some_and(|place| place.code == code));
            let Some(block) = block else { continue };
            block.lines.retain(|line| !is_source(line));
            put(block, &[old.as_slice(), own].concat());
        }
    }

    /// The lines that say where the numbers of a head are from: its own, or the nearest above.
    fn standing_on(&self, code: &str) -> Vec<Line> {
        let mut at = Some(code.to_owned());
        while let Some(code) = at {
            let Some(block) = self.blocks.iter().find(|block| block.place().is_some_and(|place| place.code == code))
            else {
                break;
            };
            let lines: Vec<Line> = block.lines.iter().filter(|line| is_source(line)).cloned().collect();
            if !lines.is_empty() {
                return lines;
            }
            at = block.place().and_then(|place| place.parent.clone());
        }
        Vec::new()
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

/// Whether two texts say the same of where numbers are from.
pub(super) fn same(one: &[Line], other: &[Line]) -> bool {
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
