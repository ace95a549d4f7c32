//! The rows of a list as stated: each with its name, each cell of its column's kind.

use std::collections::BTreeMap;

use super::number::{near, shorten};
use super::value::{compose, example_value, value};
use super::{RawRow, Row, Value};
use crate::diagnostic::{Both, Diagnostic, Document, Language, Sheet, Span, nearest};
use crate::language::tree::{ExampleRow, Spanned};
use crate::language::{fold, limits};
use crate::ruleset::Figure;
use crate::ruleset::meaning::FigureId;

/// The rows that a sheet states of a list; what is wrong with a row is told where it stands.
pub fn rows(
    list: &Figure,
    columns: &[Figure],
    raw: &[RawRow],
    (code, place): (&str, Span),
    findings: &mut Vec<Diagnostic>,
) -> Vec<Row> {
    let mut read = Reader { findings, rows: Vec::new() };
    if read.too_many(list, raw.len(), place) {
        return read.rows;
    }
    for row in raw {
        let named = row.cells.iter().find(|(key, _)| is_name(&key.value));
        let name = named.and_then(|(_, name)| match &name.value {
            super::RawValue::Text(text) | super::RawValue::Cell(text, _) | super::RawValue::Number(text) => {
                Some(Spanned::new(compose(text), name.span)).filter(|name| !name.value.is_empty())
            }
            super::RawValue::YesNo(_)
            | super::RawValue::Nothing
            | super::RawValue::Rows(_)
            | super::RawValue::Table(_) => None,
        });
        let Some(name) = name else {
            read.find(Sheet::MissingKey { of: Document::Submission, key: "tên".to_owned() }, row.span);
            continue;
        };
        let mut cells = BTreeMap::new();
        let mut seen = Vec::new();
        for (key, stated) in row.cells.iter().filter(|(key, _)| !is_name(&key.value)) {
            let wanted = compose(&key.value);
            let Some((at, column)) = column(columns, &wanted) else {
                let names = columns.iter().flat_map(|column| [column.name.as_str(), column.label.as_str()]);
                let nearest = near(&wanted, names);
                let code = format!("{code} {}", list.name);
                let finding = Diagnostic::new(Sheet::SheetFigure { name: wanted, code, nearest }, key.span);
                // All rows of a table share its header.
                if !read.findings.contains(&finding) {
                    read.findings.push(finding);
                }
                continue;
            };
            if seen.contains(&at) {
                read.find(Sheet::RepeatedKey { of: Document::Submission, key: wanted }, key.span);
                continue;
            }
            seen.push(at);
            match value(column, stated) {
                Ok(stated) => cells.extend(stated.map(|stated| (FigureId(at), stated))),
                Err(finding) => read.findings.push(*finding),
            }
        }
        read.row(name, cells);
    }
    read.rows
}

/// The column of a name, or else of a label.
pub(super) fn column<'a>(columns: &'a [Figure], wanted: &str) -> Option<(usize, &'a Figure)> {
    let places = || columns.iter().enumerate();
    let labelled = || {
        let folded = fold(wanted.trim());
        places().find(|(_, column)| fold(column.label.trim()) == folded)
    };
    places().find(|(_, column)| column.name == wanted).or_else(labelled)
}

/// The rows that an example states of a list.
///
/// # Errors
/// What is wrong with them.
pub fn example_rows(
    list: &Figure,
    columns: &[Figure],
    rows: &[ExampleRow],
    language: Language,
) -> Result<Vec<Row>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut read = Reader { findings: &mut findings, rows: Vec::new() };
    if !read.too_many(list, rows.len(), list.span) {
        for row in rows {
            let mut cells = BTreeMap::new();
            for (key, stated) in &row.cells {
                let wanted = key.value.text(Language::Vietnamese);
                let Some((at, column)) = columns.iter().enumerate().find(|(_, column)| column.name == wanted) else {
                    let near = nearest(&wanted, columns.iter().map(|column| column.name.as_str()), fold);
                    let problem = crate::diagnostic::Names::UnknownFigure { name: wanted, nearest: near };
                    read.findings.push(Diagnostic::new(problem, key.span));
                    continue;
                };
                match example_value(column, &stated.value, stated.span, language) {
                    Ok(stated) => cells.extend(stated.map(|stated| (FigureId(at), stated))),
                    Err(finding) => read.findings.push(*finding),
                }
            }
            read.row(row.name.clone(), cells);
        }
    }
    let rows = read.rows;
    if findings.is_empty() { Ok(rows) } else { Err(findings) }
}

/// Whether a key of a row holds its name.
fn is_name(key: &str) -> bool {
    matches!(fold(key.trim()).as_str(), "ten" | "name")
}

struct Reader<'a> {
    findings: &'a mut Vec<Diagnostic>,
    rows: Vec<Row>,
}

impl Reader<'_> {
    fn find(&mut self, problem: Sheet, span: Span) {
        self.findings.push(Diagnostic::new(problem, span));
    }

    fn too_many(&mut self, list: &Figure, found: usize, span: Span) -> bool {
        let most = usize::try_from(limits::ROWS).unwrap_or(usize::MAX);
        if found > most {
            let bound = Both::new(format!("không quá {most} dòng"), format!("at most {most} rows"));
            let found = Both::same(found.to_string());
            self.find(Sheet::OutOfBounds { name: list.name.clone(), found, bound }, span);
        }
        found > most
    }

    /// Takes a row whose name no row above has.
    fn row(&mut self, name: Spanned<String>, cells: BTreeMap<FigureId, Value>) {
        if self.rows.iter().any(|row| row.name == name.value) {
            self.find(Sheet::RepeatedKey { of: Document::Submission, key: shorten(&name.value) }, name.span);
            return;
        }
        self.rows.push(Row { name: name.value, cells });
    }
}
