//! Which lines of a head take the place of which, when it is amended.

use std::collections::BTreeMap;

use super::super::draft::{in_form, name};
use super::super::lower::substitute;
use crate::diagnostic::{Span, Texts};
use crate::language::tree::{Expression, ExpressionKind, Line, Statement};

/// A kind of lines: what is written anew drops every line of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `chấm theo …` and every line of the form.
    Form,
    /// `số liệu x`: one figure.
    Figure(String),
    /// Any other line, by its opening words.
    Other(String),
}

impl Kind {
    pub(super) fn of(statement: &Statement) -> Self {
        match statement {
            Statement::Figure(figure) | Statement::SharedFigure(figure) => Self::Figure(figure.name.value.clone()),
            _ if in_form(statement) => Self::Form,
            _ => Self::Other(name(statement).1),
        }
    }
}

/// The lines of a head (its own first) after the lines of an amendment.
///
/// `read_elsewhere` tells which of its figures other heads read.
pub(super) fn amended(
    old: &[Line],
    new: &[Line],
    points: bool,
    texts: Texts<'_>,
    read_elsewhere: &dyn Fn(&str) -> bool,
) -> Vec<Line> {
    let kinds: Vec<Kind> = new.iter().filter_map(|line| line.statement.as_ref()).map(Kind::of).collect();
    let form = kinds.contains(&Kind::Form);
    // The examples of the old rule are none of the new one.
    let stale = |statement: &Statement| (form || points) && matches!(statement, Statement::Example(_));
    let mut lines = Vec::with_capacity(old.len() + new.len());
    let mut put: Vec<Kind> = Vec::new();
    for line in old {
        let Some(statement) = &line.statement else { continue };
        let kind = Kind::of(statement);
        if matches!(statement, Statement::Head(_)) {
            lines.push(line.clone());
        } else if kinds.contains(&kind) {
            // The new lines stand where the old ones of their kind stood.
            if !put.contains(&kind) {
                lines.extend(of_kind(new, &kind));
                put.push(kind);
            }
        } else if !stale(statement) {
            lines.push(line.clone());
        }
    }
    for line in new {
        let is_put = line.statement.as_ref().is_some_and(|statement| put.contains(&Kind::of(statement)));
        if !is_put {
            lines.push(line.clone());
        }
    }
    if form {
        forget_figures(&mut lines, new, texts, read_elsewhere);
    }
    lines
}

fn of_kind<'a>(lines: &'a [Line], kind: &'a Kind) -> impl Iterator<Item = Line> + 'a {
    lines.iter().filter(move |line| line.statement.as_ref().is_some_and(|said| Kind::of(said) == *kind)).cloned()
}

/// Figures that only the old form read fall away with it.
fn forget_figures(lines: &mut Vec<Line>, new: &[Line], texts: Texts<'_>, read_elsewhere: &dyn Fn(&str) -> bool) {
    loop {
        let idle = lines.iter().position(|line| match &line.statement {
            Some(statement @ Statement::Figure(figure)) => {
                let inherited = !new.iter().any(|other| other.span == line.span);
                let others = lines.iter().filter_map(|line| line.statement.as_ref());
                inherited
                    && !read_elsewhere(&figure.name.value)
                    && !others.filter(|other| *other != statement).any(|other| reads(other, &figure.name.value, texts))
            }
            _ => false,
        });
        match idle {
            Some(at) => drop(lines.remove(at)),
            None => return,
        }
    }
}

/// Whether a statement reads a name.
pub(super) fn reads(statement: &Statement, name: &str, texts: Texts<'_>) -> bool {
    if let Statement::Script(span) = statement {
        let word = |character: char| character.is_alphanumeric() || character == '_';
        return texts.slice(*span).split(|character| !word(character)).any(|found| found == name);
    }
    // No author can write such a name: what it changes reads the other.
    let meaning = Expression { kind: ExpressionKind::Name(String::from("\u{0}")), span: Span::default() };
    substitute::statement(statement, &BTreeMap::from([(name, &meaning)])) != *statement
}

/// The lines that a head keeps when it is split into parts: all but what scored it.
pub(super) fn without_rule(lines: &[Line]) -> Vec<Line> {
    lines.iter().filter(|line| !line.statement.as_ref().is_some_and(scores)).cloned().collect()
}

/// Whether a line belongs to how a leaf scores.
pub(super) fn scores(statement: &Statement) -> bool {
    in_form(statement)
        || matches!(
            statement,
            Statement::Figure(_)
                | Statement::List(_)
                | Statement::Column(_)
                | Statement::Example(_)
                | Statement::NotApplicable(_)
                | Statement::NoRowCase(_)
                | Statement::NoRowsLeft(_)
                | Statement::Gate(_)
        )
}
