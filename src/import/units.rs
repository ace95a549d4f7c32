//! A register of units in a table: one row a unit, columns named in Vietnamese or in English.

use super::csv::{self, Cell};
use super::{FILE_BYTES, Place};
use crate::diagnostic::{Both, Diagnostic, Document, Sheet, SourceId, Span, Units, nearest};
use crate::language::tree::Spanned;
use crate::language::{compose, date, fold};
use crate::unit::{Assessed, RawUnit};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Code,
    Name,
    Level,
    Parent,
    Block,
    From,
    Through,
    Succeeds,
    Assessed,
    Source,
}

/// The columns in English and in Vietnamese, as folded.
const COLUMNS: [(Key, &str, &str); 10] = [
    (Key::Code, "code", "ma"),
    (Key::Name, "name", "ten"),
    (Key::Level, "level", "cap"),
    (Key::Parent, "parent", "thuoc"),
    (Key::Block, "block", "khoi"),
    (Key::From, "from", "tu ngay"),
    (Key::Through, "through", "den het ngay"),
    (Key::Succeeds, "succeeds", "ke tuc"),
    (Key::Assessed, "assessed", "danh gia"),
    (Key::Source, "source", "nguon"),
];

/// Reads the rows of a register. Never fails; errors are findings.
pub fn units(source: SourceId, text: &str) -> (Vec<RawUnit>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    if text.len() > FILE_BYTES {
        let problem = Sheet::SheetTooLarge { size: text.len(), limit: FILE_BYTES };
        return (Vec::new(), vec![Diagnostic::new(problem, Span::new(source, 0, 0))]);
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let place = Place { source, offset: text.len().saturating_sub(body.len()), of: Document::Register };
    let Some(table) = csv::headed(body, place, &mut findings) else { return (Vec::new(), findings) };
    let Some(columns) = columns(&table.header, &mut findings) else { return (Vec::new(), findings) };
    let header = table.header.clone();
    let mut units = Vec::new();
    for (row, span) in table.rows(&mut findings) {
        let mut unit = RawUnit { span, ..RawUnit::default() };
        for ((key, named), cell) in columns.iter().zip(&header).zip(&row) {
            take(&mut unit, (*key, named.text.trim()), cell, &mut findings);
        }
        if unit.name.value.is_empty() {
            findings.push(Diagnostic::new(Units::NameMissing {}, span));
            continue;
        }
        units.push(unit);
    }
    findings.sort_by_key(|finding| finding.span);
    (units, findings)
}

/// What the columns hold; nothing where the header cannot be used, which has been told.
fn columns(header: &[Cell], findings: &mut Vec<Diagnostic>) -> Option<Vec<Key>> {
    let before = findings.len();
    let mut columns: Vec<Key> = Vec::with_capacity(header.len());
    for cell in header {
        let name = cell.text.trim();
        let folded = fold(name).replace('_', " ");
        let known = COLUMNS.iter().find(|(_, english, vietnamese)| folded == *english || folded == *vietnamese);
        match known {
            _ if name.is_empty() => findings.push(Diagnostic::new(Sheet::ColumnWithoutName {}, cell.span)),
            Some((key, ..)) if columns.contains(key) => {
                findings.push(Diagnostic::new(
                    Sheet::RepeatedKey { of: Document::Register, key: name.to_owned() },
                    cell.span,
                ));
            }
            Some((key, ..)) => columns.push(*key),
            None => {
                let names = COLUMNS.iter().flat_map(|(_, english, vietnamese)| [*english, *vietnamese]);
                let problem = Units::ColumnUnknown { name: name.to_owned(), nearest: nearest(name, names, fold) };
                findings.push(Diagnostic::new(problem, cell.span));
            }
        }
    }
    if findings.len() == before && !columns.contains(&Key::Name) {
        let span = header.iter().map(|cell| cell.span).reduce(Span::to).unwrap_or_default();
        // A table is spoken of in its own words.
        let vietnamese = |cell: &Cell| COLUMNS.iter().any(|(_, _, name)| fold(cell.text.trim()) == *name);
        let key = if header.iter().any(vietnamese) { "tên" } else { "name" };
        findings.push(Diagnostic::new(Sheet::MissingKey { of: Document::Register, key: key.to_owned() }, span));
    }
    (findings.len() == before).then_some(columns)
}

/// Takes a cell; what is wrong with it is told under the column's name.
fn take(unit: &mut RawUnit, (key, name): (Key, &str), cell: &Cell, findings: &mut Vec<Diagnostic>) {
    let text = compose(cell.text.trim());
    if text.is_empty() {
        return;
    }
    let spanned = |text: &str| Spanned::new(text.to_owned(), cell.span);
    match key {
        Key::Code => unit.code = Some(spanned(&text)),
        Key::Name => unit.name = spanned(&text),
        Key::Level => unit.level = Some(text),
        Key::Parent => unit.parent = Some(spanned(&text)),
        Key::Block => unit.block = Some(spanned(&text)),
        Key::From => unit.from = day(name, &text, cell, findings),
        Key::Through => unit.through = day(name, &text, cell, findings),
        Key::Succeeds => {
            unit.succeeds = text.split(';').map(str::trim).filter(|name| !name.is_empty()).map(spanned).collect();
        }
        Key::Assessed => match fold(&text).as_str() {
            "co" | "yes" => unit.assessed = Assessed::Ranked,
            "khong" | "no" => unit.assessed = Assessed::No,
            "khong xep hang" | "not ranked" => unit.assessed = Assessed::NotRanked,
            _ => {
                let expected = Both::new("`có`, `không` hoặc `không xếp hạng`", "`yes`, `no` or `not ranked`");
                let problem = Sheet::BadValue { name: name.to_owned(), found: text, expected };
                findings.push(Diagnostic::new(problem, cell.span));
            }
        },
        Key::Source => unit.source = Some(text),
    }
}

fn day(name: &str, text: &str, cell: &Cell, findings: &mut Vec<Diagnostic>) -> Option<Spanned<i32>> {
    let date = date(text);
    if date.is_none() {
        let expected = Both::new("một ngày như 01/07/2025", "a date such as 01/07/2025");
        let problem = Sheet::BadValue { name: name.to_owned(), found: text.to_owned(), expected };
        findings.push(Diagnostic::new(problem, cell.span));
    }
    date.map(|date| Spanned::new(date, cell.span))
}
