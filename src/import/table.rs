//! The rows of a list from a table of its own: a column for each of its columns, and one for the names of the rows.

use super::Place;
use super::csv;
use crate::diagnostic::{Diagnostic, Document, Sheet, SourceId};
use crate::language::fold;
use crate::language::tree::Spanned;
use crate::submission::{RawRow, RawValue};

/// Reads the rows of a table. Never fails; errors are findings.
pub fn table(source: SourceId, text: &str) -> (Vec<RawRow>, Vec<Diagnostic>) {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let place = Place { source, offset: text.len().saturating_sub(body.len()), of: Document::Table };
    let mut findings = Vec::new();
    let Some(table) = csv::headed(body, place, &mut findings) else { return (Vec::new(), findings) };
    let (header, mark) = (table.header.clone(), table.mark);
    let mut seen: Vec<&str> = Vec::new();
    for cell in &header {
        let name = cell.text.trim();
        if !name.is_empty() && seen.contains(&name) {
            findings.push(Diagnostic::new(Sheet::RepeatedKey { of: Document::Table, key: name.to_owned() }, cell.span));
        }
        seen.push(name);
    }
    if !seen.iter().any(|name| matches!(fold(name).as_str(), "ten" | "name")) {
        let span = header.first().map(|cell| cell.span).unwrap_or_default();
        findings.push(Diagnostic::new(Sheet::MissingKey { of: Document::Table, key: "tên".to_owned() }, span));
        return (Vec::new(), findings);
    }
    let mut read = Vec::new();
    for (row, span) in table.rows(&mut findings) {
        let cells =
            header.iter().zip(&row).filter(|(key, cell)| !key.text.trim().is_empty() || !cell.text.trim().is_empty());
        let cells = cells.map(|(key, cell)| {
            let empty = cell.text.trim().is_empty();
            let value = if empty { RawValue::Nothing } else { RawValue::Cell(cell.text.clone(), mark) };
            (Spanned::new(key.text.trim().to_owned(), key.span), Spanned::new(value, cell.span))
        });
        read.push(RawRow { cells: cells.collect(), span });
    }
    (read, findings)
}
