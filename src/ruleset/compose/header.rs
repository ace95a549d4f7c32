//! The header of a set that extends another: each line takes the place of its kind.

use std::collections::BTreeMap;

use super::super::draft::name;
use super::super::model::Decision;
use super::blocks::{self, Block};
use super::change::{Change, ChangeKind, words};
use super::kinds::{Kind, reads};
use super::nature::nature;
use super::reading::source_of;
use super::rights::{Rights, locked, never_opened};
use super::sources::{is_source, less_firm, provenance, same};
use crate::diagnostic::{Both, Diagnostic, Inheritance, Problem, Span, Structure, Texts, nearest};
use crate::language::fold;
use crate::language::tree::{AmendParameter, Figure, FormKind, Line, Parameter, Provenance, Statement};

/// What the lines of a new header change: those of the header, and whether the rules of every head may have changed.
pub(super) struct Header {
    pub(super) changes: Vec<Change>,
    /// A setting or a parameter is another one.
    pub(super) settings: bool,
}

/// Lines of one round: the next year has its own.
pub(super) fn of_one_round(statement: &Statement) -> bool {
    matches!(
        statement,
        Statement::Period(_)
            | Statement::SubmitBy(_)
            | Statement::DaysOff(_)
            | Statement::MadeUp(_)
            | Statement::Guidance(_)
            | Statement::AssessedUnit(_)
    )
}

/// Lines that say which set this is; they are never taken over.
fn of_one_set(statement: &Statement) -> bool {
    use Statement as S;
    matches!(statement, S::Ruleset { .. } | S::Year(_) | S::Edition(_) | S::Supersedes(_) | S::Extends(_) | S::Frame(_))
}

/// Brings the lines of a new header into the blocks of the set extended.
pub(super) fn compose(
    blocks: &mut [Block],
    new: &[Line],
    rights: &Rights<'_>,
    texts: Texts<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Header {
    let mut header = Header { changes: Vec::new(), settings: false };
    let mut kept: Vec<&Line> = Vec::new();
    one_decision_each(new, findings);
    // What is written anew is not from where the old one was.
    let said = blocks.first().is_some_and(|header| same(&header.lines, new)) && all_stand_on_header(blocks);
    let own = new.iter().any(is_source).then(|| if said { Vec::new() } else { provenance(new) });
    for line in new {
        let Some(statement) = &line.statement else { continue };
        if rights.is_lower() && !nature(statement).lower && !is_own(statement, blocks, rights) {
            let said = name(statement);
            let what = Both::new(format!("quyết định `{}`", said.0), format!("decide `{}`", said.1));
            findings.push(rights.closed(what, never_opened(), line.words));
            continue;
        }
        if let Statement::SharedFigure(figure) = statement
            && !may_replace(blocks, figure, line, rights, texts, findings)
        {
            continue;
        }
        match statement {
            Statement::AmendParameter(amend) => {
                if let Some(change) = parameter(blocks, (amend, own.as_deref()), line, rights, texts, findings) {
                    header.changes.push(change);
                    header.settings = true;
                }
            }
            _ => kept.push(line),
        }
        if nature(statement).scores && !is_new(statement, blocks) {
            header.settings = true;
        }
        if !of_one_set(statement) && !matches!(statement, Statement::AmendParameter(_) | Statement::Bad(_)) {
            header.changes.push(Change { kind: ChangeKind::Header { line: words(statement) }, span: line.words });
        }
    }
    let (sources, others): (Vec<&Line>, Vec<&Line>) =
        kept.into_iter().partition(|line| matches!(line.statement, Some(Statement::Provenance(_))));
    if !sources.is_empty() {
        keep_sources(blocks, &provenance(sources.iter().copied()), &rights.upper.decisions);
    }
    let Some(lines) = blocks.first_mut().map(|block| &mut block.lines) else { return header };
    lines.retain(|line| {
        !line
            .statement
            .as_ref()
            .is_some_and(|old| of_one_set(old) && !matches!(old, Statement::Ruleset { .. } | Statement::Year(_)))
    });
    if rights.other_year {
        lines.retain(|line| !line.statement.as_ref().is_some_and(of_one_round));
    }
    let mut put: Vec<Kind> = Vec::new();
    for line in others.into_iter().chain(sources) {
        let Some(statement) = &line.statement else { continue };
        if matches!(statement, Statement::Extends(_)) {
            continue;
        }
        let kind = Kind::of(statement, None);
        let is_old = |old: &Line| {
            let said = old.statement.as_ref();
            said.is_some_and(|old| Kind::of(old, None) == kind && !added(old)) && old.span.source != line.span.source
        };
        let first = lines.iter().position(is_old);
        let mut line = line.clone();
        if let (Some(Statement::SharedFigure(figure)), Some(first)) = (&mut line.statement, first)
            && figure.sources.is_empty()
        {
            figure.sources = match (&own, lines.get(first).and_then(|old| old.statement.as_ref())) {
                (Some(own), _) => own.clone(),
                (None, Some(Statement::SharedFigure(old))) => old.sources.clone(),
                (None, _) => Vec::new(),
            };
        }
        let after_own = lines.iter().rposition(|old| {
            old.statement.as_ref().is_some_and(|old| Kind::of(old, None) == kind) && old.span.source == line.span.source
        });
        lines.retain(|old| !is_old(old));
        let at = match (after_own.filter(|_| put.contains(&kind)), first) {
            (Some(own), _) => own + 1,
            (None, Some(first)) => first,
            (None, None) if matches!(statement, Statement::Edition(_) | Statement::Supersedes(_)) => lines
                .iter()
                .position(|old| matches!(old.statement, Some(Statement::Year(_))))
                .map_or(lines.len(), |at| at + 1),
            (None, None) => lines.len(),
        };
        lines.insert(at.min(lines.len()), line);
        put.push(kind);
    }
    let own_year = new.iter().any(|line| matches!(line.statement, Some(Statement::Year(_))));
    // The year of the set extended is not this set's.
    lines.retain(|line| own_year || !matches!(line.statement, Some(Statement::Year(_))));
    header
}

/// Of these lines the composed set shows one at most, so what is said twice is told here.
fn one_decision_each(new: &[Line], findings: &mut Vec<Diagnostic>) {
    let mut extends: Option<Span> = None;
    let mut amended: BTreeMap<&str, Span> = BTreeMap::new();
    for line in new {
        let (first, problem): (_, Problem) = match &line.statement {
            Some(said @ Statement::Extends(_)) => {
                let first = extends.replace(extends.unwrap_or(line.words));
                (first, Structure::SaidTwice { line: name(said) }.into())
            }
            Some(Statement::AmendParameter(amend)) => {
                let name = &amend.name;
                let first = amended.get(name.value.as_str()).copied();
                amended.entry(&name.value).or_insert(line.words);
                (first, Inheritance::Conflict { code: name.value.clone() }.into())
            }
            _ => continue,
        };
        if let Some(first) = first {
            findings.push(Diagnostic::new(problem, line.words).label(
                first,
                "dòng kia ở đây",
                "the other line is here",
            ));
        }
    }
}

/// Whether a line decides on what no level above has written: a parameter of the lower level's own, the days off of
/// another year.
fn is_own(statement: &Statement, blocks: &[Block], rights: &Rights<'_>) -> bool {
    let Statement::AmendParameter(amend) = statement else {
        return of_one_round(statement) && rights.above_other_year();
    };
    let is = |line: &&Line| matches!(&line.statement, Some(Statement::Parameter(known)) if known.name.value == amend.name.value);
    let known = blocks.first().and_then(|header| header.lines.iter().find(is));
    known.is_some_and(|line| !rights.written_above(line.span))
}

/// A parameter, a shared figure or a block that the set extended does not have: nothing taken over reads it. A block
/// that is only called otherwise is ranked as it was.
fn is_new(statement: &Statement, blocks: &[Block]) -> bool {
    let mut old = blocks.first().into_iter().flat_map(Block::statements);
    match statement {
        Statement::Parameter(_) => true,
        Statement::SharedFigure(new) => {
            !old.any(|old| matches!(old, Statement::SharedFigure(old) if old.name.value == new.name.value))
        }
        Statement::Block(new) => !old.any(
            |old| matches!(old, Statement::Block(old) if old.name.value == new.name.value && old.ranked != new.ranked),
        ),
        _ => false,
    }
}

/// Lines that join those of their kind: a set names many parameters, locks many heads.
fn added(statement: &Statement) -> bool {
    matches!(statement, Statement::Parameter(_) | Statement::Lock(_) | Statement::Open(_))
}

/// Whether no head looks firmer than the header: then what the header's own source is said of needs no word of it.
fn all_stand_on_header(blocks: &[Block]) -> bool {
    let mut all = blocks.iter();
    let header = all.next().map(|header| provenance(&header.lines)).unwrap_or_default();
    let mut heads = all.filter(|block| block.place().is_some()).map(|block| provenance(&block.lines));
    !heads.any(|own| !own.is_empty() && less_firm(&header, &own))
}

/// A new source of the set is not that of what it takes over: the old one goes down to the areas and the questionnaires,
/// and to parameters and shared figures that of the text that wrote them, where it is less firm than the new one.
fn keep_sources(blocks: &mut [Block], new: &[Provenance], decisions: &[Decision]) {
    let Some(header) = blocks.first_mut() else { return };
    let old: Vec<Line> = header.lines.iter().filter(|line| is_source(line)).cloned().collect();
    for line in &mut header.lines {
        let wrote = provenance(source_of(decisions, line).unwrap_or(&old));
        let sources = match &mut line.statement {
            Some(Statement::Parameter(parameter)) => &mut parameter.sources,
            Some(Statement::SharedFigure(figure)) => &mut figure.sources,
            _ => continue,
        };
        if sources.is_empty() && less_firm(&wrote, new) {
            *sources = wrote;
        }
    }
    for block in blocks.iter_mut() {
        let top = match &block.kind {
            blocks::Kind::Head(place) => place.parent.is_none() && place.old.is_some(),
            // The set's own questionnaires come later.
            blocks::Kind::Questionnaire(_) => true,
            _ => false,
        };
        if top && !block.lines.iter().any(is_source) {
            let at = block.lines.len().min(1);
            block.lines.splice(at..at, old.iter().cloned());
        }
    }
}

/// Whether a shared figure may be declared: a new one may, one of the set extended where no lock and no level forbids.
fn may_replace(
    blocks: &[Block],
    figure: &Figure,
    line: &Line,
    rights: &Rights<'_>,
    texts: Texts<'_>,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    let name = &figure.name.value;
    let same = |old: &Statement| matches!(old, Statement::SharedFigure(old) if old.name.value == *name);
    let known = blocks.first().and_then(|header| {
        header.lines.iter().find(|line| line.statement.as_ref().is_some_and(same)).map(|line| line.span)
    });
    let Some(known) = known else { return true };
    if rights.written_above(known) {
        let what = Both::new(format!("sửa số liệu chung `{name}`"), format!("amend the shared data `{name}`"));
        findings.push(rights.closed(what, never_opened(), line.words));
        return false;
    }
    let reads = |code: &str| {
        let of = |block: &&Block| block.place().is_some_and(|place| place.old.as_deref() == Some(code));
        let mut statements = blocks.iter().filter(of).flat_map(Block::statements);
        statements.any(|statement| reads(statement, name, texts))
    };
    if let Some((lock, place)) = rights.lock_on(reads) {
        findings.push(locked(Both::same(format!("`{name}`")), lock, *place, line.words));
        return false;
    }
    true
}

fn parameter(
    blocks: &mut [Block],
    (amend, own): (&AmendParameter, Option<&[Provenance]>),
    line: &Line,
    rights: &Rights<'_>,
    texts: Texts<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Change> {
    let name = &amend.name.value;
    let reads = |code: &str| {
        blocks.iter().any(|block| {
            block.place().is_some_and(|place| place.old.as_deref() == Some(code))
                && block
                    .statements()
                    .any(|statement| reads(statement, name, texts) || by_template(statement, name, blocks, texts))
        })
    };
    if let Some((lock, place)) = rights.lock_on(reads) {
        findings.push(locked(Both::same(format!("`{name}`")), lock, *place, line.words));
        return None;
    }
    let header = &mut blocks.first_mut()?.lines;
    let known = |line: &Line| match &line.statement {
        Some(Statement::Parameter(parameter)) => Some(parameter.name.value.clone()),
        _ => None,
    };
    let names: Vec<String> = header.iter().filter_map(known).collect();
    let found = header.iter_mut().find_map(|line| match &mut line.statement {
        Some(Statement::Parameter(parameter)) if parameter.name.value == *name => Some(parameter),
        _ => None,
    });
    let Some(parameter) = found else {
        let nearest = nearest(name, names.iter().map(String::as_str), fold);
        let problem = Inheritance::NotUpstream { code: name.clone(), name: rights.name.clone(), nearest };
        findings.push(Diagnostic::new(problem, amend.name.span));
        return None;
    };
    let before = words(&Statement::Parameter(parameter.clone()));
    // A new value is not from where the old one was.
    let sources = match (amend.sources.is_empty(), own) {
        (false, _) => amend.sources.clone(),
        // A set that says nothing of where it is from makes no number firmer.
        (true, None) => parameter.sources.clone(),
        (true, Some(own)) => own.to_vec(),
    };
    *parameter = Parameter { value: amend.value.clone(), sources, ..parameter.clone() };
    let now = words(&Statement::Parameter(parameter.clone()));
    Some(Change { kind: ChangeKind::Parameter { name: name.clone(), before, now }, span: line.words })
}

/// Whether a form is a template's that reads a name.
fn by_template(statement: &Statement, name: &str, blocks: &[Block], texts: Texts<'_>) -> bool {
    let Statement::Form(form) = statement else { return false };
    let FormKind::Template { name: template, .. } = &form.kind else { return false };
    blocks.iter().any(|block| {
        block.kind == blocks::Kind::Template(template.value.clone())
            && block.statements().any(|line| reads(line, name, texts))
    })
}
