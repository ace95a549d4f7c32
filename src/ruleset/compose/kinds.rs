//! Which lines of a head take the place of which, when it is amended.

use std::collections::BTreeMap;

use super::super::draft::{in_form, name};
use super::super::lower::{each_expression, each_name, substitute};
use crate::diagnostic::{Span, Texts};
use crate::language::tree::{Bound, Expression, ExpressionKind, Figure, Line, List, Statement};

/// A kind of lines: what is written anew drops every line of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `chấm theo …` and every line of the form.
    Form,
    /// `số liệu x`: one figure.
    Figure(String),
    /// `danh sách x`: one list.
    List(String),
    /// `cột y`: one column of a list.
    Column(String, String),
    /// Any other line, by its opening words and by what it is of.
    Other(String),
}

impl Kind {
    /// The kind of a line; a column is one of the list above it.
    pub(super) fn of(statement: &Statement, list: Option<&str>) -> Self {
        use Statement as S;
        match statement {
            S::Figure(figure) | S::SharedFigure(figure) => Self::Figure(figure.name.value.clone()),
            S::List(list) => Self::List(list.name.value.clone()),
            S::Column(column) => Self::Column(list.unwrap_or_default().to_owned(), column.name.value.clone()),
            // A ceiling of the grades is not their ladder; of blocks and units each is a line of its own.
            S::GradeCeiling(_) => Self::Other(String::from("grade ceiling")),
            S::Block(block) => Self::Other(format!("block {}", block.name.value)),
            S::AssessedUnit(line) => Self::Other(format!("unit {}", line.unit.value)),
            _ if in_form(statement) => Self::Form,
            _ => Self::Other(name(statement).1),
        }
    }
}

/// The kinds of lines that follow each other; `home` tells the list of a column with none above it.
fn kinds(lines: &[Line], home: &dyn Fn(&Figure) -> Option<String>) -> Vec<Option<Kind>> {
    let mut list: Option<String> = None;
    let kind = |line: &Line| {
        let statement = line.statement.as_ref()?;
        let known = match statement {
            Statement::List(own) => {
                list = Some(own.name.value.clone());
                list.clone()
            }
            Statement::Column(column) => list.clone().or_else(|| home(column)),
            _ => None,
        };
        Some(Kind::of(statement, known.as_deref()))
    };
    lines.iter().map(kind).collect()
}

/// The list that an amended column is of, where no list stands above it: the only one with such a column, or the only
/// one.
fn home(column: &Figure, old: &[Option<Kind>]) -> Option<String> {
    let with: Vec<&String> = old
        .iter()
        .filter_map(|kind| match kind {
            Some(Kind::Column(list, name)) if *name == column.name.value => Some(list),
            _ => None,
        })
        .collect();
    let all: Vec<&String> = lists(old).collect();
    match (with.as_slice(), all.as_slice()) {
        ([list], _) | ([], [list]) => Some((*list).clone()),
        _ => None,
    }
}

fn lists(kinds: &[Option<Kind>]) -> impl Iterator<Item = &String> {
    kinds.iter().filter_map(|kind| match kind {
        Some(Kind::List(list)) => Some(list),
        _ => None,
    })
}

/// An amended column that may be of several lists.
pub(super) fn of_no_list<'a>(old: &[Line], new: &'a [Line]) -> Option<&'a Line> {
    let old = kinds(old, &|_| None);
    let new_kinds = kinds(new, &|column| home(column, &old));
    let several = lists(&old).nth(1).is_some();
    let homeless = |kind: &Option<Kind>| matches!(kind, Some(Kind::Column(list, _)) if several && list.is_empty());
    new.iter().zip(&new_kinds).find(|(_, kind)| homeless(kind)).map(|(line, _)| line)
}

/// Whether other heads read a figure or a list of a head; of a list, this column.
pub(super) type ReadElsewhere<'a> = dyn Fn(&str, Option<&str>) -> bool + 'a;

/// The lines of a head (its own first) after the lines of an amendment.
///
/// `read_elsewhere` tells which of its figures and lists other heads read.
pub(super) fn amended(
    old: &[Line],
    new: &[Line],
    points: bool,
    texts: Texts<'_>,
    read_elsewhere: &ReadElsewhere<'_>,
) -> Vec<Line> {
    let old_kinds = kinds(old, &|_| None);
    let new_kinds = kinds(new, &|column| home(column, &old_kinds));
    let form = new_kinds.contains(&Some(Kind::Form));
    // The examples of the old rule are none of the new one.
    let stale = |statement: &Statement| (form || points) && matches!(statement, Statement::Example(_));
    let mut lines = Vec::with_capacity(old.len() + new.len());
    let mut put: Vec<&Option<Kind>> = Vec::new();
    for (line, kind) in old.iter().zip(&old_kinds) {
        let Some(statement) = &line.statement else { continue };
        if matches!(statement, Statement::Head(_)) {
            lines.push(line.clone());
        } else if new_kinds.contains(kind) {
            // The new lines stand where the old ones of their kind stood.
            if !put.contains(&kind) {
                lines.extend(new.iter().zip(&new_kinds).filter(|(_, new)| *new == kind).map(|(line, _)| line.clone()));
                put.push(kind);
            }
        } else if !stale(statement) {
            lines.push(line.clone());
        }
    }
    for (line, kind) in new.iter().zip(&new_kinds) {
        if put.contains(&kind) {
            continue;
        }
        let end = match kind {
            // A new column joins those of its list.
            Some(Kind::Column(list, _)) => kinds(&lines, &|_| None).iter().rposition(|kind| match kind {
                Some(Kind::List(name) | Kind::Column(name, _)) => name == list,
                _ => false,
            }),
            _ => None,
        };
        lines.insert(end.map_or(lines.len(), |at| at + 1), line.clone());
    }
    if form {
        forget_figures(&mut lines, (old, new, &new_kinds), texts, read_elsewhere);
    }
    lines
}

/// Figures that only the old form read fall away with it, and lists and their columns.
fn forget_figures(
    lines: &mut Vec<Line>,
    (old, new, new_kinds): (&[Line], &[Line], &[Option<Kind>]),
    texts: Texts<'_>,
    read_elsewhere: &ReadElsewhere<'_>,
) {
    let read_in = |lines: &[Line], name: &str, but: &Statement| {
        let mut others = lines.iter().filter_map(|line| line.statement.as_ref()).filter(|other| *other != but);
        others.any(|other| reads(other, name, texts))
    };
    loop {
        let mut list: Option<&str> = None;
        let idle = lines.iter().position(|line| {
            let inherited = || !new.iter().any(|other| other.span == line.span);
            match &line.statement {
                Some(said @ Statement::Figure(figure)) => {
                    let name = &figure.name.value;
                    let read = || {
                        if column_of(lines, name) {
                            read_beside_rows(lines, name, said, texts)
                        } else {
                            read_in(lines, name, said)
                        }
                    };
                    inherited() && !read_elsewhere(name, None) && !read()
                }
                // One that no rule ever read is there to be told.
                Some(said @ Statement::Column(column)) => {
                    let name = &column.name.value;
                    let elsewhere = || list.is_some_and(|list| read_elsewhere(list, Some(name)));
                    inherited() && read_in(old, name, said) && !read_in(lines, name, said) && !elsewhere()
                }
                Some(Statement::List(here)) => {
                    let name = &here.name.value;
                    list = Some(name);
                    inherited() && !asked_for(here, lines, new_kinds, texts) && !read_elsewhere(name, None)
                }
                _ => false,
            }
        });
        let Some(at) = idle else { return };
        let is_list = |line: &Line| matches!(line.statement, Some(Statement::List(_)));
        if is_list(&lines.remove(at)) {
            let columns = lines.iter().skip(at).position(is_list).map_or(lines.len(), |next| at + next);
            let of_it = |place: usize| (at..columns).contains(&place);
            let mut place = 0..;
            lines.retain(|line| {
                let here = place.next().is_some_and(of_it);
                !(here && matches!(line.statement, Some(Statement::Column(_))))
            });
        }
    }
}

/// Whether some list has a column of this name.
fn column_of(lines: &[Line], name: &str) -> bool {
    lines.iter().any(|line| matches!(&line.statement, Some(Statement::Column(column)) if column.name.value == name))
}

/// Whether some line but one reads a figure that has the name of a column, where it does not speak of rows.
fn read_beside_rows(lines: &[Line], name: &str, but: &Statement, texts: Texts<'_>) -> bool {
    let statements = || lines.iter().filter_map(|line| line.statement.as_ref()).filter(|other| *other != but);
    let lists: Vec<&str> = statements()
        .filter_map(|statement| match statement {
            Statement::List(list) => Some(list.name.value.as_str()),
            _ => None,
        })
        .collect();
    // A form that scores each row reads columns alone.
    let by_row = statements().any(|line| matches!(line, Statement::Form(form) if form.per_row.is_some()));
    let mut read = false;
    for statement in statements() {
        let mut see = |expression: &Expression| read |= names_beside_rows(expression, name, &lists);
        match statement {
            Statement::Column(_) | Statement::NoRowCase(_) => {}
            Statement::Figure(Figure { bounds, .. }) | Statement::List(List { bounds, .. }) => {
                for bound in bounds {
                    let (Bound::AtLeast(one) | Bound::AtMost(one) | Bound::Between(one, _)) = bound;
                    see(one);
                    if let Bound::Between(_, other) = bound {
                        see(other);
                    }
                }
            }
            Statement::NotApplicable(rule) => see(&rule.test),
            script @ Statement::Script(_) => read |= reads(script, name, texts),
            line if in_form(line) && !by_row => each_expression(line, &mut see),
            _ => {}
        }
    }
    read
}

/// Whether an expression names something outside what it tells of rows.
fn names_beside_rows(expression: &Expression, name: &str, lists: &[&str]) -> bool {
    let any = |parts: &[Expression]| parts.iter().any(|part| names_beside_rows(part, name, lists));
    match &expression.kind {
        ExpressionKind::Call { arguments, .. } => {
            let of_rows = match arguments.first().map(|first| &first.kind) {
                Some(ExpressionKind::Name(first)) => lists.contains(&first.as_str()),
                Some(ExpressionKind::Derived(_)) => arguments.len() > 1,
                _ => false,
            };
            !of_rows && any(arguments)
        }
        ExpressionKind::Negate(inner) => names_beside_rows(inner, name, lists),
        ExpressionKind::Binary(_, left, right) | ExpressionKind::Compare(_, left, right) => {
            names_beside_rows(left, name, lists) || names_beside_rows(right, name, lists)
        }
        ExpressionKind::And(parts) | ExpressionKind::Or(parts) => any(parts),
        _ => {
            let mut named = false;
            each_name(expression, &mut |other, _| named |= other == name);
            named
        }
    }
}

/// Whether some line tells of a list's rows, or a new one gives it a column.
fn asked_for(list: &List, lines: &[Line], new: &[Option<Kind>], texts: Texts<'_>) -> bool {
    let name = &list.name.value;
    let tells = |statement: &Statement| match statement {
        Statement::Form(form) if form.per_row.as_ref().is_some_and(|rows| rows.list.value == *name) => true,
        Statement::NoRowCase(case) => case.list.value == *name,
        other => reads(other, name, texts),
    };
    let column = |kind: &Option<Kind>| matches!(kind, Some(Kind::Column(list, _)) if list == name);
    new.iter().any(column) || lines.iter().filter_map(|line| line.statement.as_ref()).any(tells)
}

/// Whether a statement reads a name.
pub(super) fn reads(statement: &Statement, name: &str, texts: Texts<'_>) -> bool {
    if let Statement::Script(span) = statement {
        let word = |character: char| character.is_alphanumeric() || character == '_';
        return texts.slice(*span).split(|character| !word(character)).any(|found| found == name);
    }
    // No author can write such a name: what it changes reads the other.
    let meaning = Expression { kind: ExpressionKind::Name(String::from("\u{0}")), span: Span::default() };
    *substitute::statement(statement, &BTreeMap::from([(name, &meaning)])) != *statement
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
