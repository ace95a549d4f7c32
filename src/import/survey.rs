//! Answers to questionnaires in files: tallies, or a row for each respondent; CSV or a JSON list of the same rows.

use super::csv::{self, Cell, answer};
use super::json;
use super::node::{Node, Shape};
use super::{FILE_BYTES, Format, Place};
use crate::diagnostic::{Both, Diagnostic, Document, Sheet, SourceId, Span, Survey};
use crate::language::fold;
use crate::language::tree::Spanned;
use crate::submission::RawValue;
use crate::survey::{RawAnswer, RawRow};

/// What a file of answers gave.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Its rows.
    pub rows: Vec<RawRow>,
    /// Findings, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Unit,
    Questionnaire,
    Group,
    Respondent,
    Question,
    Option,
    Count,
    Synthetic,
}

impl Key {
    const ALL: [(Self, &'static str, &'static str); 8] = [
        (Self::Unit, "unit", "don vi"),
        (Self::Questionnaire, "questionnaire", "phieu"),
        (Self::Group, "group", "nhom"),
        (Self::Respondent, "respondent", "nguoi tra loi"),
        (Self::Question, "question", "cau"),
        (Self::Option, "option", "phuong an"),
        (Self::Count, "count", "so phieu"),
        (Self::Synthetic, "synthetic", "gia dinh"),
    ];

    /// The key that a column's name spells; nothing for the name of a question.
    fn of(name: &str) -> Option<Self> {
        let folded = fold(name.trim()).replace('_', " ");
        let spelt = |(_, english, vietnamese): &&(Self, &str, &str)| folded == *english || folded == *vietnamese;
        Self::ALL.iter().find(spelt).map(|(key, ..)| *key)
    }
}

/// A row as either format gives it: names and values.
struct Record {
    fields: Vec<(Spanned<String>, Spanned<String>)>,
    span: Span,
}

/// Reads the answers of a file. Never fails; errors are findings.
pub fn answers(source: SourceId, text: &str, format: Format) -> Answers {
    let mut findings = Vec::new();
    if text.len() > FILE_BYTES {
        let problem = Sheet::SheetTooLarge { size: text.len(), limit: FILE_BYTES };
        findings.push(Diagnostic::new(problem, Span::new(source, 0, 0)));
        return Answers { rows: Vec::new(), diagnostics: findings };
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let place = Place { source, offset: text.len().saturating_sub(body.len()), of: Document::Answers };
    let records = match format {
        Format::Csv => table(body, place, &mut findings),
        Format::Json => json::read(body, place, &mut findings).map_or_else(Vec::new, |node| list(&node, &mut findings)),
        Format::Toml => {
            let problem = Sheet::UnknownFormat { name: ".toml".to_owned() };
            findings.push(Diagnostic::new(problem, place.span(0, 0)));
            Vec::new()
        }
    };
    let rows = records.iter().filter_map(|record| row(record, &mut findings)).collect();
    findings.sort_by_key(|finding| finding.span);
    // What a header lacks, every row lacks.
    findings.dedup_by(|one, other| {
        matches!(one.problem, crate::diagnostic::Problem::Survey(Survey::Columns { .. }))
            && one.problem == other.problem
    });
    Answers { rows, diagnostics: findings }
}

fn table(text: &str, place: Place, findings: &mut Vec<Diagnostic>) -> Vec<Record> {
    let Some(table) = csv::headed(text, place, findings) else { return Vec::new() };
    if repeated(&table.header, findings) {
        return Vec::new();
    }
    let header = table.header.clone();
    let record = |(row, span): (Vec<Cell>, Span)| {
        let fields = header.iter().zip(row).map(|(name, cell)| {
            (Spanned::new(name.text.trim().to_owned(), name.span), Spanned::new(cell.text, cell.span))
        });
        Record { fields: fields.collect(), span }
    };
    table.rows(findings).into_iter().map(record).collect()
}

/// Whether a column stands twice, or has no name.
fn repeated(header: &[Cell], findings: &mut Vec<Diagnostic>) -> bool {
    let mut wrong = false;
    for (at, cell) in header.iter().enumerate() {
        let name = cell.text.trim();
        let alike = |other: &Cell| match (Key::of(&other.text), Key::of(name)) {
            (Some(one), Some(other)) => one == other,
            (None, None) => other.text.trim() == name,
            _ => false,
        };
        if name.is_empty() {
            wrong = true;
            findings.push(Diagnostic::new(Sheet::ColumnWithoutName {}, cell.span));
        } else if header.iter().take(at).any(alike) {
            wrong = true;
            findings
                .push(Diagnostic::new(Sheet::RepeatedKey { of: Document::Answers, key: name.to_owned() }, cell.span));
        }
    }
    wrong
}

fn list(node: &Node, findings: &mut Vec<Diagnostic>) -> Vec<Record> {
    let Shape::List(rows) = &node.shape else {
        let message = Both::new("tệp phiếu là một danh sách `[{…}]`", "a file of answers is a list `[{…}]`");
        findings.push(Diagnostic::new(
            Sheet::NotReadable { of: Document::Answers, format: "JSON".to_owned(), message },
            node.span,
        ));
        return Vec::new();
    };
    rows.iter().filter_map(|row| object(row, findings)).collect()
}

fn object(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Record> {
    let bad = |node: &Node, name: &str, vietnamese: &str, english: &str| {
        let expected = Both::new(vietnamese, english);
        let problem = Sheet::BadValue { name: name.to_owned(), found: node.shown(), expected };
        Diagnostic::new(problem, node.span)
    };
    let Shape::Table(entries) = &node.shape else {
        findings.push(bad(node, "[]", "một bảng các mục `{…}`", "a table of keys `{…}`"));
        return None;
    };
    let mut fields: Vec<(Spanned<String>, Spanned<String>)> = Vec::new();
    for (name, value) in entries {
        if fields.iter().any(|(known, _)| known.value == name.value) {
            findings.push(Diagnostic::new(
                Sheet::RepeatedKey { of: Document::Answers, key: name.value.clone() },
                name.span,
            ));
            return None;
        }
        let text = match &value.shape {
            Shape::Single(RawValue::Text(text) | RawValue::Number(text)) => text.clone(),
            // A mark, as `sample` writes it.
            Shape::Single(RawValue::YesNo(answer)) if Key::of(&name.value) == Some(Key::Synthetic) => {
                answer.to_string()
            }
            Shape::Single(RawValue::Nothing) => continue,
            _ => {
                findings.push(bad(value, &name.value, "một văn bản hoặc một số", "a text or a number"));
                return None;
            }
        };
        fields.push((name.clone(), Spanned::new(text, value.span)));
    }
    Some(Record { fields, span: node.span })
}

/// A row's answers: those of a tally, or one for each column that names a question.
fn row(record: &Record, findings: &mut Vec<Diagnostic>) -> Option<RawRow> {
    let get = |key: Key| {
        let field = record.fields.iter().find(|(name, _)| Key::of(&name.value) == Some(key));
        field.map(|(_, value)| value.clone())
    };
    let filled = |key: Key| get(key).filter(|value| !value.value.trim().is_empty());
    let tallied = [Key::Question, Key::Option, Key::Count].iter().any(|key| get(*key).is_some());
    let needed: &[Key] = if tallied {
        &[Key::Unit, Key::Questionnaire, Key::Question, Key::Option, Key::Count]
    } else {
        &[Key::Unit, Key::Questionnaire]
    };
    let missing: Vec<String> = Key::ALL
        .iter()
        .filter(|(key, ..)| needed.contains(key) && filled(*key).is_none())
        .map(|(_, name, _)| format!("`{name}`"))
        .collect();
    if !missing.is_empty() {
        let problem = Survey::Columns { missing: missing.join(", ") };
        findings.push(Diagnostic::new(problem, record.span));
        return None;
    }
    let synthetic = match filled(Key::Synthetic) {
        Some(mark) => answer("synthetic", &mark.value, mark.span, findings)?,
        None => false,
    };
    let answers = if tallied {
        vec![RawAnswer { question: get(Key::Question)?, option: get(Key::Option)?, count: get(Key::Count) }]
    } else {
        let asked = record.fields.iter().filter(|(name, value)| {
            // An empty cell is a question left open.
            Key::of(&name.value).is_none() && !value.value.trim().is_empty()
        });
        asked.map(|(name, value)| RawAnswer { question: name.clone(), option: value.clone(), count: None }).collect()
    };
    Some(RawRow {
        unit: get(Key::Unit)?,
        questionnaire: get(Key::Questionnaire)?,
        group: get(Key::Group),
        respondent: get(Key::Respondent),
        answers,
        synthetic,
        span: record.span,
    })
}
