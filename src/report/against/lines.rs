//! The lines of a set as the canonical writer writes them, by what they hang under: what two texts can always be
//! compared by, whatever a line says.

use std::mem::{Discriminant, discriminant};

use super::Whole;
use crate::diagnostic::Language;
use crate::language::tree::{File, Provenance, Statement};
use crate::language::write_statement;
use crate::report::words::Context;
use crate::ruleset::Ruleset;

/// What lines hang under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Under {
    /// The whole set.
    Header,
    /// A head, by its code.
    Head(String),
    /// A questionnaire, by its name.
    Questionnaire(String),
    /// A template, by its name.
    Template(String),
}

/// One part of a text.
#[derive(Clone, Debug)]
pub(super) struct Section<'f> {
    pub(super) under: Under,
    pub(super) lines: Vec<&'f Statement>,
}

/// The parts of a text, less its tests; the line that opens a part is its first.
pub(super) fn sections(file: &File) -> Vec<Section<'_>> {
    let mut sections = vec![Section { under: Under::Header, lines: Vec::new() }];
    let mut in_test = false;
    for statement in file.lines.iter().filter_map(|line| line.statement.as_ref()) {
        let opened = match statement {
            Statement::Head(head) => Some(Under::Head(head.code.value.clone())),
            Statement::Questionnaire(one) => Some(Under::Questionnaire(one.name.value.clone())),
            Statement::Template(template) => Some(Under::Template(template.name.value.clone())),
            _ => None,
        };
        in_test = opened.is_none() && (in_test || matches!(statement, Statement::Test(_)));
        if let Some(under) = opened {
            sections.push(Section { under, lines: Vec::new() });
        }
        if let Some(section) = sections.last_mut().filter(|_| !in_test) {
            section.lines.push(statement);
        }
    }
    sections
}

/// A written line and the kind of what it says.
type Written = (Discriminant<Statement>, String);

/// Lines that two sets held against each other do not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlisted {
    /// Where numbers come from.
    Sources,
    /// Examples under heads.
    Examples,
    /// Tests of the whole.
    Tests,
}

/// What is written otherwise among the lines that are not listed.
pub(super) fn unlisted(new: Whole<'_>, old: Whole<'_>) -> Vec<Unlisted> {
    let kinds = [Unlisted::Sources, Unlisted::Examples, Unlisted::Tests];
    let [is, was] = [new, old].map(|(context, file)| besides(context.ruleset, file, new.0.language));
    kinds.into_iter().zip(is.into_iter().zip(was)).filter(|(_, (is, was))| is != was).map(|(kind, _)| kind).collect()
}

/// The sources, examples and tests of a text, as written; not what a head says again of where it is from.
fn besides(ruleset: &Ruleset, file: &File, language: Language) -> [Vec<String>; 3] {
    let [mut sources, mut examples, mut tests] = [const { Vec::new() }; 3];
    let (mut in_test, mut again) = (false, false);
    for statement in file.lines.iter().filter_map(|line| line.statement.as_ref()) {
        let own = statement.own_sources().into_iter().cloned().map(Statement::Provenance);
        sources.extend(own.map(|source| write_statement(&source, "", language)));
        again = match statement {
            Statement::Head(head) => says_again(ruleset, &head.code.value, language),
            _ => again && !opens(statement),
        };
        in_test = matches!(statement, Statement::Test(_)) || (in_test && !opens(statement));
        let kind = match statement {
            _ if in_test => &mut tests,
            Statement::Provenance(_) if again => continue,
            Statement::Provenance(_) => &mut sources,
            Statement::Example(_) => &mut examples,
            _ => continue,
        };
        kind.push(write_statement(statement, "", language));
    }
    [sources, examples, tests]
}

/// Whether a head says of where it is from what it would stand on without a word.
fn says_again(ruleset: &Ruleset, code: &str, language: Language) -> bool {
    let Some((_, head)) = ruleset.by_code(code) else { return false };
    let above = head.parent.map_or(ruleset.provenance.as_slice(), |above| ruleset.provenance_of(above));
    let written = |sources: &[Provenance]| -> Vec<String> {
        let lines = sources.iter().cloned().map(Statement::Provenance);
        lines.map(|line| write_statement(&line, "", language)).collect()
    };
    written(&head.provenance) == written(above)
}

/// Whether a line opens a part.
fn opens(statement: &Statement) -> bool {
    matches!(statement, Statement::Head(_) | Statement::Questionnaire(_) | Statement::Template(_))
}

/// What is written otherwise, each as `“old” → “new”`. A line has the one of its kind that begins alike for its other.
pub(super) fn differing(new: (&Context<'_>, &[Statement]), old: (&Context<'_>, &[Statement])) -> Vec<String> {
    let (is, was) = (written(new), written(old));
    if is == was {
        return Vec::new();
    }
    let (mut added, mut gone) = (without(&is, &was), without(&was, &is));
    let context = new.0;
    if added.is_empty() && gone.is_empty() {
        return vec![context.pick("thứ tự các dòng", "the order of the lines").to_owned()];
    }
    let key = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let mut pairs: Vec<(Option<Written>, Option<Written>)> = Vec::new();
    for alike in [true, false] {
        let mut left = Vec::new();
        for line in std::mem::take(&mut added) {
            let other = gone.iter().position(|old| old.0 == line.0 && (!alike || key(&old.1) == key(&line.1)));
            match other {
                Some(at) => pairs.push((Some(gone.remove(at)), Some(line))),
                None => left.push(line),
            }
        }
        added = left;
    }
    // What a frame does not say is not known, and may be as it was.
    let silent = |side: &Context<'_>| side.ruleset.frame.is_some();
    pairs.extend(gone.into_iter().filter(|_| !silent(new.0)).map(|line| (Some(line), None)));
    pairs.extend(added.into_iter().filter(|_| !silent(old.0)).map(|line| (None, Some(line))));
    let place = |line: &Option<Written>, lines: &[Written]| {
        line.as_ref().and_then(|line| lines.iter().position(|other| other == line)).unwrap_or(usize::MAX)
    };
    pairs.sort_by_key(|(old, new)| (place(new, &is).min(place(old, &was)), place(old, &was)));
    let shown = |line: Option<Written>| match line {
        Some((_, line)) => format!("“{line}”"),
        None => context.pick("không nêu", "not stated").to_owned(),
    };
    pairs.into_iter().map(|(old, new)| format!("{} → {}", shown(old), shown(new))).collect()
}

/// The lines of statements; a script has several.
fn written((context, statements): (&Context<'_>, &[Statement])) -> Vec<Written> {
    let lines = statements.iter().flat_map(|statement| {
        let text = write_statement(statement, context.sources, context.language);
        text.lines().map(|line| (discriminant(statement), line.trim().to_owned())).collect::<Vec<_>>()
    });
    lines.collect()
}

/// Lines less those of another text, each of which takes one away.
fn without(lines: &[Written], others: &[Written]) -> Vec<Written> {
    let mut others: Vec<&Written> = others.iter().collect();
    let mut left = Vec::new();
    for line in lines {
        match others.iter().position(|other| *other == line) {
            Some(at) => drop(others.remove(at)),
            None => left.push(line.clone()),
        }
    }
    left
}
