//! The text of a set that extends another, as steps: each with the line that says it and the lines below.

use super::super::draft::{
    Placed, between_lines, home, in_test, name, questionnaire_takes, template_takes, under_head,
};
use crate::diagnostic::{Diagnostic, Span, Structure};
use crate::language::tree::{
    Amend, File, Head, Line, Questionnaire, Renumber, Repeal, Spanned, Statement, Target, Template,
};

/// What a step does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act<'a> {
    Amend(&'a Amend),
    /// A new head: `bổ sung`, or a bare one.
    New(&'a Head),
    Repeal(&'a Repeal),
    Renumber(&'a Renumber),
    Split(&'a Target),
    /// A lock, or what is open to lower levels.
    Policy,
    Template(&'a Template),
    Questionnaire(&'a Questionnaire),
    Test,
    /// What could not be read.
    Lost,
}

/// A step, and the lines below it.
#[derive(Debug)]
pub(super) struct Step<'a> {
    pub(super) act: Act<'a>,
    pub(super) line: &'a Line,
    pub(super) lines: Vec<Line>,
}

impl Step<'_> {
    /// The code that it repeals, and where.
    pub(super) fn repeals(&self) -> Option<(&str, Span)> {
        match self.act {
            Act::Repeal(repeal) => Some((&repeal.target.code.value, self.place())),
            _ => None,
        }
    }

    /// The head that it gives another place, if it may.
    pub(super) fn leaves(&self) -> Option<&Spanned<String>> {
        match self.act {
            Act::Renumber(renumber) => Some(&renumber.from),
            Act::Amend(amend) => {
                let under = |line: &Line| matches!(line.statement, Some(Statement::Under(_)));
                self.lines.iter().any(under).then_some(&amend.head.code)
            }
            _ => None,
        }
    }

    /// The head that it adds.
    pub(super) fn head(&self) -> Option<&Head> {
        match self.act {
            Act::New(head) => Some(head),
            _ => None,
        }
    }

    /// The words of its own line, which findings point at.
    pub(super) fn place(&self) -> Span {
        self.line.words
    }
}

/// The header's lines and the steps of a text.
pub(super) fn steps<'a>(file: &'a File, findings: &mut Vec<Diagnostic>) -> (Vec<Line>, Vec<Step<'a>>) {
    let mut header = Vec::new();
    let mut steps: Vec<Step<'a>> = Vec::new();
    for line in &file.lines {
        let Some(statement) = &line.statement else { continue };
        let own = Line { comment: None, ..line.clone() };
        let Some(act) = act(statement, steps.is_empty()) else {
            resume(&mut steps, (statement, line.words), findings);
            match steps.last_mut() {
                None => header.push(own),
                Some(Step { act: Act::Lost, .. }) => {}
                Some(step) if carries(step.act) || matches!(statement, Statement::Bad(_)) => step.lines.push(own),
                Some(_) => {
                    let problem = Structure::MisplacedLine { line: name(statement), place: home(statement) };
                    findings.push(Diagnostic::new(problem, line.words));
                }
            }
            continue;
        };
        steps.push(Step { act, line, lines: Vec::new() });
    }
    (header, steps)
}

/// A line that goes on with what lines that take none below them cut in two: they are told, and it goes on below them.
fn resume(steps: &mut [Step<'_>], (statement, below): Placed<'_>, findings: &mut Vec<Diagnostic>) {
    // A source below a line that repeals or moves is meant for that.
    let meant = matches!(statement, Statement::Provenance(_));
    let cut = |step: &&Step<'_>| if meant { matches!(step.act, Act::Policy) } else { takes_none(step.act) };
    let cuts = steps.iter().rev().take_while(cut).count();
    let Some(over) = steps.len().checked_sub(cuts + 1).filter(|_| cuts > 0) else { return };
    let Some([step, cuts @ ..]) = steps.get_mut(over..) else { return };
    if matches!(statement, Statement::Bad(_)) || !takes(step.act, statement) {
        return;
    }
    if !matches!(step.act, Act::Lost) {
        let said = |step: &Step<'_>| Some(between_lines((step.line.statement.as_ref()?, step.place()), below));
        findings.extend(cuts.iter().filter_map(said));
    }
    if let Some(cut) = steps.get_mut(over..) {
        cut.rotate_left(1);
    }
}

/// Whether no line belongs below it.
fn takes_none(act: Act<'_>) -> bool {
    matches!(act, Act::Repeal(_) | Act::Renumber(_) | Act::Split(_) | Act::Policy)
}

/// Whether a line may stand below it.
fn takes(act: Act<'_>, statement: &Statement) -> bool {
    match act {
        Act::Amend(_) | Act::New(_) => under_head(statement),
        Act::Template(_) => template_takes(statement),
        Act::Questionnaire(_) => questionnaire_takes(statement),
        Act::Test => in_test(statement),
        Act::Lost => true,
        Act::Repeal(_) | Act::Renumber(_) | Act::Split(_) | Act::Policy => false,
    }
}

/// Whether lines belong below it.
fn carries(act: Act<'_>) -> bool {
    matches!(act, Act::Amend(_) | Act::New(_) | Act::Template(_) | Act::Questionnaire(_) | Act::Test)
}

fn act(statement: &Statement, in_header: bool) -> Option<Act<'_>> {
    use crate::language::Keyword as K;
    Some(match statement {
        Statement::Amend(amend) => Act::Amend(amend),
        Statement::Add(head) | Statement::Head(head) => Act::New(head),
        Statement::Repeal(repeal) => Act::Repeal(repeal),
        Statement::Renumber(renumber) => Act::Renumber(renumber),
        Statement::Split(target) => Act::Split(target),
        Statement::Lock(_) | Statement::Open(_) if !in_header => Act::Policy,
        Statement::Template(template) => Act::Template(template),
        Statement::Questionnaire(questionnaire) => Act::Questionnaire(questionnaire),
        Statement::Test(_) => Act::Test,
        Statement::Bad(Some(
            K::Area
            | K::Criterion
            | K::SubCriterion
            | K::Amend
            | K::AddHead
            | K::Repeal
            | K::Renumber
            | K::Split
            | K::Template
            | K::Questionnaire
            | K::TestBlock,
        )) => Act::Lost,
        _ => return None,
    })
}
