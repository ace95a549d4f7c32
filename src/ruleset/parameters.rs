//! Parameters of the year: a number named once in the header, put in wherever its name stands.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::lower::substitute::{self, Meanings};
use super::ordinary::Ordinary;
use crate::diagnostic::{Diagnostic, Names, Span};
use crate::language::tree::{Expression, File, MetTest, Parameter, Statement};
use crate::language::{fold, is_reserved, reserved_name};

/// The parameters with a source of their own that a line reads, by the place of its words.
pub(super) type Reads = BTreeMap<Span, Vec<String>>;

/// A line that reads a parameter, and where that has its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The line.
    pub line: Span,
    /// The value.
    pub value: Span,
}

/// A file without its parameters.
pub(super) struct Applied<'a> {
    /// The file with every parameter replaced by its value.
    pub(super) file: Ordinary<'a>,
    /// The lines that read one.
    pub(super) reads: Vec<Read>,
    /// Of these, those that read one whose source is another than the set's.
    pub(super) sourced: Reads,
}

/// Puts the values of parameters in.
pub(super) fn apply<'a>(file: &'a File, findings: &mut Vec<Diagnostic>) -> Applied<'a> {
    let mut ordinary = Ordinary::new(file);
    let mut known: Vec<&Parameter> = Vec::new();
    for statement in ordinary.statements() {
        if let Statement::Parameter(parameter) = statement
            && is_new(parameter, &known, findings)
        {
            known.push(parameter);
        }
    }
    if known.is_empty() {
        return Applied { file: ordinary, reads: Vec::new(), sourced: Reads::new() };
    }
    let folded: Vec<String> = known.iter().map(|parameter| fold(&parameter.name.value)).collect();
    for (name, span) in ordinary.statements().flat_map(declared) {
        let name_folded = fold(name);
        if let Some((parameter, _)) = known.iter().zip(&folded).find(|(_, known)| **known == name_folded) {
            taken(parameter, name, span, findings);
        }
    }
    // What is wrong with a use is told at the use, so the values leave their places behind.
    let values: Vec<Expression> =
        known.iter().map(|parameter| Expression { span: Span::default(), ..parameter.value.clone() }).collect();
    let meanings: Meanings<'_> = known.iter().map(|parameter| parameter.name.value.as_str()).zip(&values).collect();
    let mut used = vec![false; known.len()];
    let (mut reads, mut sourced) = (Vec::new(), Reads::new());
    let mut put_in = Vec::new();
    for (at, (statement, words)) in ordinary.numbered() {
        let replaced = match substitute::statement(statement, &meanings) {
            Cow::Owned(replaced) if replaced != *statement => replaced,
            _ => continue,
        };
        for (parameter, used) in known.iter().zip(&mut used) {
            let alone = Meanings::from([(parameter.name.value.as_str(), &parameter.value)]);
            if *substitute::statement(statement, &alone) != *statement {
                *used = true;
                reads.push(Read { line: words, value: parameter.value.span });
                if !parameter.sources.is_empty() {
                    sourced.entry(words).or_default().push(parameter.name.value.clone());
                }
            }
        }
        put_in.push((at, replaced));
    }
    // A line that could not be read may have read any of them.
    let unread = ordinary.statements().any(|statement| matches!(statement, Statement::Bad(_)));
    for (parameter, _) in known.iter().zip(used).filter(|(_, used)| !used && !unread) {
        let problem = Names::UnusedParameter { name: parameter.name.value.clone() };
        findings.push(Diagnostic::new(problem, parameter.name.span));
    }
    ordinary.put(put_in);
    Applied { file: ordinary, reads, sourced }
}

fn is_new(parameter: &Parameter, known: &[&Parameter], findings: &mut Vec<Diagnostic>) -> bool {
    let (name, span) = (&parameter.name.value, parameter.name.span);
    if is_reserved(name) {
        findings.push(Diagnostic::new(reserved_name(name), span));
        return false;
    }
    let Some(first) = known.iter().find(|other| fold(&other.name.value) == fold(name)) else { return true };
    taken(first, name, span, findings);
    false
}

/// A name that a parameter has already.
fn taken(parameter: &Parameter, name: &str, span: Span, findings: &mut Vec<Diagnostic>) {
    let problem = if parameter.name.value == name {
        Names::ParameterTaken { name: name.to_owned() }
    } else {
        Names::FoldAlike { name: name.to_owned(), other: parameter.name.value.clone() }
    };
    let finding = Diagnostic::new(problem, span);
    findings.push(finding.label(parameter.name.span, "tham số ở đây", "the parameter is here"));
}

/// The names that a statement declares.
fn declared(statement: &Statement) -> Vec<(&str, Span)> {
    match statement {
        Statement::List(list) => vec![(&list.name.value, list.name.span)],
        Statement::Figure(figure) | Statement::SharedFigure(figure) | Statement::Column(figure) => {
            vec![(&figure.name.value, figure.name.span)]
        }
        Statement::Met(met) => match &met.test {
            MetTest::Figure { name, .. } => vec![(&name.value, name.span)],
            MetTest::Condition(_) => Vec::new(),
        },
        Statement::Template(template) => {
            template.parameters.iter().map(|parameter| (parameter.value.as_str(), parameter.span)).collect()
        }
        _ => Vec::new(),
    }
}
