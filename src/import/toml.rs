//! TOML, its numbers as they are written; no binary fraction, no infinity.

use toml_edit::{Document, InlineTable, Item, Key, Table, Value};

use super::node::{Node, Shape};
use super::{NESTING, Place};
use crate::diagnostic::{Both, Diagnostic, Sheet, Span};
use crate::language::tree::Spanned;
use crate::submission::RawValue;

/// The text's table, or a finding: where it stops being TOML.
pub(super) fn read(text: &str, place: Place, findings: &mut Vec<Diagnostic>) -> Option<Node> {
    if let Some(at) = super::scan::too_deep(text, NESTING) {
        let problem =
            Sheet::NotReadable { of: place.of, format: "TOML".to_owned(), message: super::scan::too_deep_words() };
        findings.push(Diagnostic::new(problem, place.span(at, at.saturating_add(1))));
        return None;
    }
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let range = error.span().unwrap_or(0..0);
            let message = error.message().trim().lines().next().unwrap_or_default().to_owned();
            let message = Both::new(vietnamese(&message), message);
            let problem = Sheet::NotReadable { of: place.of, format: "TOML".to_owned(), message };
            findings.push(Diagnostic::new(problem, place.span(range.start, range.end)));
            return None;
        }
    };
    let whole = place.span(0, text.len());
    let mut reader = Reader { text, place, findings };
    let entries = reader.table(document.as_table());
    Some(Node { shape: Shape::Table(entries), span: whole })
}

struct Reader<'a> {
    text: &'a str,
    place: Place,
    findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn key(&self, key: &Key) -> Spanned<String> {
        let span = key.span().map_or_else(|| self.place.span(0, 0), |range| self.place.span(range.start, range.end));
        Spanned::new(key.get().to_owned(), span)
    }

    fn table(&mut self, table: &Table) -> Vec<(Spanned<String>, Node)> {
        let mut entries = Vec::new();
        for (name, item) in table {
            let Some((key, _)) = table.get_key_value(name) else { continue };
            let key = self.key(key);
            let node = self.item(item, key.span);
            entries.push((key, node));
        }
        entries
    }

    fn inline(&mut self, table: &InlineTable) -> Vec<(Spanned<String>, Node)> {
        let mut entries = Vec::new();
        for (name, value) in table {
            let Some((key, _)) = table.get_key_value(name) else { continue };
            let key = self.key(key);
            let node = self.value(value, key.span);
            entries.push((key, node));
        }
        entries
    }

    fn item(&mut self, item: &Item, key: Span) -> Node {
        let span = item.span().map_or(key, |range| self.place.span(range.start, range.end));
        match item {
            Item::None => Node { shape: Shape::Single(RawValue::Nothing), span },
            Item::Value(value) => self.value(value, key),
            Item::Table(table) => Node { shape: Shape::Table(self.table(table)), span },
            Item::ArrayOfTables(tables) => {
                let mut list = Vec::new();
                for table in tables {
                    let span = table.span().map_or(key, |range| self.place.span(range.start, range.end));
                    list.push(Node { shape: Shape::Table(self.table(table)), span });
                }
                Node { shape: Shape::List(list), span }
            }
        }
    }

    fn value(&mut self, value: &Value, key: Span) -> Node {
        let range = value.span();
        let span = range.clone().map_or(key, |range| self.place.span(range.start, range.end));
        let written = range.and_then(|range| self.text.get(range)).unwrap_or_default();
        let shape = match value {
            Value::String(text) => Shape::Single(RawValue::Text(text.value().clone())),
            Value::Integer(_) | Value::Float(_) => Shape::Single(self.number(written, span)),
            Value::Boolean(answer) => Shape::Single(RawValue::YesNo(*answer.value())),
            Value::Datetime(_) => Shape::Single(RawValue::Text(written.to_owned())),
            Value::Array(array) => {
                let mut list = Vec::new();
                for element in array {
                    list.push(self.value(element, span));
                }
                Shape::List(list)
            }
            Value::InlineTable(table) => Shape::Table(self.inline(table)),
        };
        Node { shape, span }
    }

    /// A number's own text, less what TOML alone writes: `_` between digits and a leading `+`.
    fn number(&mut self, written: &str, span: Span) -> RawValue {
        let plain = written.strip_prefix('+').unwrap_or(written).replace('_', "");
        let unsigned = plain.strip_prefix('-').unwrap_or(&plain);
        let decimal =
            unsigned.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
        if !decimal || unsigned.is_empty() {
            let message = Both::new(
                format!("`{written}` không phải số thập phân"),
                format!("`{written}` is not a decimal number"),
            );
            let problem = Sheet::NotReadable { of: self.place.of, format: "TOML".to_owned(), message };
            self.findings.push(Diagnostic::new(problem, span));
            return RawValue::Nothing;
        }
        RawValue::Number(plain)
    }
}

/// What the parser found, in Vietnamese; what officials meet most has words of its own.
fn vietnamese(message: &str) -> String {
    const KNOWN: [(&str, &str); 9] = [
        ("duplicate key", "mục này đã có ở trên"),
        ("key with no value", "tên mục chưa có giá trị: viết `tên = giá trị`"),
        ("missing assignment", "thiếu dấu `=` sau tên mục"),
        ("missing value", "thiếu giá trị sau dấu `=`"),
        ("unclosed table", "tên bảng thiếu dấu `]`"),
        ("unclosed array", "danh sách thiếu dấu `]`"),
        ("unclosed inline table", "bảng một dòng thiếu dấu `}`"),
        ("invalid basic string", "chuỗi thiếu dấu ngoặc kép ở cuối"),
        ("string values must be quoted", "giá trị chữ phải ở trong dấu ngoặc kép"),
    ];
    let known = KNOWN.iter().find(|(english, _)| message.contains(english));
    known.map_or_else(|| format!("sai cú pháp TOML ({message})"), |(_, words)| (*words).to_owned())
}
