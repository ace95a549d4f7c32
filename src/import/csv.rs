//! CSV: one row a unit, one column a figure or the points of a leaf.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::Place;
use super::columns::{Column, Columns, Part, columns};
use crate::diagnostic::{Both, Diagnostic, Document, Sheet, Span};
use crate::language::fold;
use crate::language::tree::Spanned;
use crate::number::DecimalMark;
use crate::submission::{Raw, RawEntry, RawLeaf, RawValue};

/// A cell: its text without quotes, and its place with them.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) span: Span,
}

/// The rows of a table, its header first, and the decimal mark of its numbers.
fn table(text: &str, place: Place, findings: &mut Vec<Diagnostic>) -> (Vec<Vec<Cell>>, DecimalMark) {
    let delimiter = delimiter(text);
    // A comma between cells leaves the point to numbers; a semicolon, the comma.
    let mark = if delimiter == b';' { DecimalMark::Comma } else { DecimalMark::Point };
    (rows(text, delimiter, place, findings), mark)
}

/// What is said of a table without a single line.
pub fn no_header() -> Both {
    Both::new("tệp không có dòng tiêu đề", "the file has no header")
}

/// A table below its header, and the mark of its numbers.
pub(super) struct Headed {
    pub(super) header: Vec<Cell>,
    pub(super) mark: DecimalMark,
    rows: Vec<Vec<Cell>>,
}

/// A table that has a header; that one has none is told.
pub(super) fn headed(text: &str, place: Place, findings: &mut Vec<Diagnostic>) -> Option<Headed> {
    let (mut rows, mark) = table(text, place, findings);
    if rows.is_empty() {
        let problem = Sheet::NotReadable { of: place.of, format: "CSV".to_owned(), message: no_header() };
        findings.push(Diagnostic::new(problem, place.span(0, 0)));
        return None;
    }
    let below = rows.split_off(1);
    Some(Headed { header: rows.pop()?, mark, rows: below })
}

impl Headed {
    /// Where the header stands.
    pub(super) fn span(&self) -> Span {
        whole(&self.header)
    }

    /// The rows, each with its place; one of another length than the header is told, and passed over.
    pub(super) fn rows(self, findings: &mut Vec<Diagnostic>) -> Vec<(Vec<Cell>, Span)> {
        let expected = self.header.len();
        // What a spreadsheet writes of empty rows below the table.
        let filled = self.rows.into_iter().filter(|row| row.iter().any(|cell| !cell.text.trim().is_empty()));
        let placed = filled.map(|row| {
            let span = whole(&row);
            (row, span)
        });
        let full = placed.filter(|(row, span)| {
            // A decimal comma without quotes makes two cells of one number.
            if row.len() != expected {
                findings.push(Diagnostic::new(Sheet::RowLength { found: row.len(), expected }, *span));
            }
            row.len() == expected
        });
        full.collect()
    }
}

fn whole(row: &[Cell]) -> Span {
    row.iter().map(|cell| cell.span).reduce(Span::to).unwrap_or_default()
}

/// The sheets of a table.
pub(super) fn read(text: &str, place: Place, findings: &mut Vec<Diagnostic>) -> Vec<Raw> {
    let Some(table) = headed(text, place, findings) else { return Vec::new() };
    let mark = table.mark;
    let columns = columns(&table.header, findings);
    if !columns.list.iter().any(|column| matches!(column, Column::Unit)) {
        let span = table.span();
        // A table is spoken of in its own words.
        let named = |cell: &Cell| matches!(fold(cell.text.trim()).as_str(), "bo tieu chi" | "nam" | "khoi" | "nop luc");
        let key = if table.header.iter().any(named) { "đơn vị" } else { "unit" };
        findings.push(Diagnostic::new(Sheet::MissingKey { of: Document::Submission, key: key.to_owned() }, span));
        return Vec::new();
    }
    let header = table.header.clone();
    let rows = table.rows(findings);
    rows.iter().map(|(row, span)| sheet((&columns, &header), row, mark, *span, findings)).collect()
}

fn sheet(
    (columns, header): (&Columns, &[Cell]),
    row: &[Cell],
    mark: DecimalMark,
    span: Span,
    findings: &mut Vec<Diagnostic>,
) -> Raw {
    let mut raw = Raw { span, ..Raw::default() };
    let mut entries: Vec<RawEntry> = vec![RawEntry::default(); columns.entries.len()];
    let mut filled = vec![false; columns.entries.len()];
    for ((column, cell), named) in columns.list.iter().zip(row).zip(header) {
        let empty = cell.text.trim().is_empty();
        let name = named.text.trim();
        match column {
            Column::Unit if empty => {
                let problem = Sheet::MissingKey { of: Document::Submission, key: name.to_owned() };
                findings.push(Diagnostic::new(problem, cell.span));
                raw.unit = Some(Spanned::new(String::new(), cell.span));
            }
            Column::Unit => raw.unit = Some(Spanned::new(cell.text.clone(), cell.span)),
            Column::Block
            | Column::Ruleset
            | Column::Year
            | Column::Submitted
            | Column::SurveyHeld
            | Column::Shared { .. }
                if empty => {}
            Column::Block => raw.block = Some(Spanned::new(cell.text.trim().to_owned(), cell.span)),
            Column::Ruleset => raw.ruleset = Some(Spanned::new(cell.text.trim().to_owned(), cell.span)),
            Column::Year => raw.year = Some(Spanned::new(cell.text.trim().to_owned(), cell.span)),
            Column::Submitted => raw.submitted = Some(Spanned::new(cell.text.clone(), cell.span)),
            Column::SurveyHeld => {
                let held = answer(name, &cell.text, cell.span, findings);
                raw.survey_held = held.map(|held| Spanned::new(held, cell.span));
            }
            Column::Synthetic => {
                raw.synthetic = answer(name, &cell.text, cell.span, findings).unwrap_or(raw.synthetic);
            }
            Column::Shared { track, figure } => {
                let value = Spanned::new(RawValue::Cell(cell.text.clone(), mark), cell.span);
                let stated = (figure.clone(), value);
                match raw.shared.iter_mut().find(|(known, _)| known.value == track.value) {
                    Some((_, figures)) => figures.push(stated),
                    None => raw.shared.push((track.clone(), vec![stated])),
                }
            }
            Column::Nameless if !empty => {
                findings.push(Diagnostic::new(Sheet::ColumnWithoutName {}, cell.span));
            }
            Column::Nameless | Column::Refused => {}
            Column::Leaf { entry: at, part } => {
                let Some(entry) = entries.get_mut(*at) else { continue };
                if let Some(filled) = filled.get_mut(*at) {
                    *filled |= !empty;
                }
                let value = match named_table(&cell.text) {
                    _ if empty => RawValue::Nothing,
                    Some(file) => RawValue::Table(file),
                    None => RawValue::Cell(cell.text.clone(), mark),
                };
                let value = Spanned::new(value, cell.span);
                match part {
                    Part::Figure(name) => entry.figures.push((name.clone(), value)),
                    Part::Points | Part::Reason if empty => {}
                    Part::Points => entry.points = Some(value),
                    Part::Reason => entry.reason = Some(Spanned::new(cell.text.clone(), cell.span)),
                }
            }
        }
    }
    raw.part_year();
    let mut leaves: BTreeMap<&str, usize> = BTreeMap::new();
    for (((code, track), mut entry), filled) in columns.entries.iter().zip(entries).zip(filled) {
        // A unit whose cells of a track are all empty says nothing there, and overrides no earlier track.
        if !filled {
            continue;
        }
        if entry.points.is_some() {
            // A table has columns for both; a unit fills one or the other.
            entry.figures.retain(|(_, value)| value.value != RawValue::Nothing);
        }
        let stated = (track.clone(), entry);
        let at = *leaves.entry(code.value.as_str()).or_insert(raw.leaves.len());
        match raw.leaves.get_mut(at) {
            Some(leaf) => leaf.tracks.push(stated),
            None => raw.leaves.push(RawLeaf { code: code.clone(), tracks: vec![stated] }),
        }
    }
    raw
}

/// The table that a cell names for a list: `bảng xa.csv`, `table "communes.csv"`.
fn named_table(text: &str) -> Option<String> {
    let (word, file) = text.trim().split_once(char::is_whitespace)?;
    let file = file.trim().trim_matches('"');
    let named = matches!(fold(word).as_str(), "bang" | "table") && file.to_ascii_lowercase().ends_with(".csv");
    named.then(|| file.to_owned())
}

/// Yes or no, as a cell says it; anything else is told.
pub(super) fn answer(name: &str, text: &str, span: Span, findings: &mut Vec<Diagnostic>) -> Option<bool> {
    let answer = truth(text);
    if answer.is_none() {
        let expected = Both::new("`có` hoặc `không`", "`yes` or `no`");
        let problem = Sheet::BadValue { name: name.to_owned(), found: text.trim().to_owned(), expected };
        findings.push(Diagnostic::new(problem, span));
    }
    answer
}

fn truth(text: &str) -> Option<bool> {
    match fold(text.trim()).as_str() {
        "co" | "yes" | "true" => Some(true),
        "" | "khong" | "no" | "false" => Some(false),
        _ => None,
    }
}

/// The sign between cells, told by the header line: `;`, or else `,`.
pub fn delimiter(text: &str) -> u8 {
    let header = text.trim_start_matches(['\r', '\n']).lines().next().unwrap_or_default();
    let (mut quoted, mut semicolons, mut commas) = (false, 0_usize, 0_usize);
    for byte in header.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b';' if !quoted => semicolons = semicolons.saturating_add(1),
            b',' if !quoted => commas = commas.saturating_add(1),
            _ => {}
        }
    }
    if semicolons > 0 && semicolons >= commas { b';' } else { b',' }
}

/// The rows, each cell with its place.
pub(super) fn rows(text: &str, delimiter: u8, place: Place, findings: &mut Vec<Diagnostic>) -> Vec<Vec<Cell>> {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return rows,
            Err(error) => {
                let problem = Sheet::NotReadable { of: place.of, format: "CSV".to_owned(), message: words(&error) };
                findings.push(Diagnostic::new(problem, place.span(0, 0)));
                return rows;
            }
        }
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
        let places = match places(text, start, delimiter) {
            Ok(places) => places,
            Err(at) => {
                let message = Both::new(
                    "dấu ngoặc kép mở ở đây không được đóng ở cuối ô",
                    "the quotes opened here are not closed at the end of the cell",
                );
                let problem = Sheet::NotReadable { of: place.of, format: "CSV".to_owned(), message };
                findings.push(Diagnostic::new(problem, place.span(at, at.saturating_add(1))));
                return rows;
            }
        };
        let whole = places.first().zip(places.last()).map_or((start, start), |(first, last)| (first.0, last.1));
        let cells = record.iter().enumerate().map(|(at, text)| {
            let (start, end) = places.get(at).copied().unwrap_or(whole);
            Cell { text: text.to_owned(), span: place.span(start, end) }
        });
        rows.push(cells.collect());
    }
}

/// Where the cells of the record at `start` lie; or where quotes open that no cell's end closes.
fn places(text: &str, start: usize, delimiter: u8) -> Result<Vec<(usize, usize)>, usize> {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied();
    let ends = |byte: Option<u8>| byte.is_none_or(|byte| byte == delimiter || byte == b'\n' || byte == b'\r');
    let mut index = start;
    while matches!(at(index), Some(b'\r' | b'\n')) {
        index = index.saturating_add(1);
    }
    let mut places = Vec::new();
    loop {
        let first = index;
        if at(index) == Some(b'"') {
            index = index.saturating_add(1);
            loop {
                match (at(index), at(index.saturating_add(1))) {
                    (Some(b'"'), Some(b'"')) => index = index.saturating_add(2),
                    (Some(b'"'), _) => break,
                    (Some(_), _) => index = index.saturating_add(1),
                    (None, _) => return Err(first),
                }
            }
            index = index.saturating_add(1);
            if !ends(at(index)) {
                return Err(first);
            }
        } else {
            while !ends(at(index)) {
                index = index.saturating_add(1);
            }
        }
        places.push((first, index));
        if at(index) != Some(delimiter) {
            return Ok(places);
        }
        index = index.saturating_add(1);
    }
}

/// What the reader of tables found; it reads text that is text already, so little is left that can go wrong.
fn words(error: &csv::Error) -> Both {
    Both::new(format!("bảng không đọc được ({error})"), format!("the table cannot be read ({error})"))
}
