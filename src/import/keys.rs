//! The keys of a submission in JSON or TOML; none is passed over.

use super::node::{Node, Shape};
use crate::diagnostic::{Both, Diagnostic, Document, Sheet, Span};
use crate::language::fold;
use crate::language::tree::Spanned;
use crate::submission::{Raw, RawEntry, RawEvidence, RawFigures, RawLeaf, RawRow, RawValue, near};

const SHEET: &[&str] =
    &["ruleset", "year", "unit", "block", "submitted", "survey held", "synthetic", "shared", "leaves"];
const ENTRY: &[&str] = &["figures", "points", "reason", "state", "evidence"];
const DOCUMENT: &[&str] = &["file", "sha256", "section", "page"];

/// The sheets of a file: one, or a list of them.
pub(super) fn sheets(node: &Node, findings: &mut Vec<Diagnostic>) -> Vec<Raw> {
    let mut reader = Reader { findings };
    match &node.shape {
        Shape::List(list) => list.iter().filter_map(|node| reader.sheet(node)).collect(),
        Shape::Table(_) | Shape::Single(_) => reader.sheet(node).into_iter().collect(),
    }
}

type Entries = [(Spanned<String>, Node)];

struct Reader<'a> {
    findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn find(&mut self, problem: Sheet, span: Span) {
        self.findings.push(Diagnostic::new(problem, span));
    }

    fn bad(&mut self, name: &str, node: &Node, vietnamese: &str, english: &str) {
        let expected = Both::new(vietnamese, english);
        self.find(Sheet::BadValue { name: name.to_owned(), found: node.shown(), expected }, node.span);
    }

    fn table<'n>(&mut self, name: &str, node: &'n Node) -> Option<&'n Entries> {
        match &node.shape {
            Shape::Table(entries) => Some(entries),
            Shape::List(_) | Shape::Single(_) => {
                self.bad(name, node, "một bảng các mục `{…}`", "a table of keys `{…}`");
                None
            }
        }
    }

    /// The entries under known keys, each once.
    fn known<'n>(&mut self, entries: &'n Entries, known: &[&'static str]) -> Vec<(&'static str, &'n Node)> {
        let mut found: Vec<(&'static str, &Node)> = Vec::new();
        for (key, node) in entries {
            let Some(&name) = known.iter().find(|&&name| name == key.value) else {
                let nearest = near(&key.value, known.iter().copied());
                self.find(Sheet::UnknownKey { of: Document::Submission, key: key.value.clone(), nearest }, key.span);
                continue;
            };
            if found.iter().any(|&(seen, _)| seen == name) {
                self.find(Sheet::RepeatedKey { of: Document::Submission, key: name.to_owned() }, key.span);
                continue;
            }
            found.push((name, node));
        }
        found
    }

    fn sheet(&mut self, node: &Node) -> Option<Raw> {
        let Shape::Table(entries) = &node.shape else {
            let message = Both::new("hồ sơ là một bảng các mục `{…}`", "a submission is a table of keys `{…}`");
            self.find(Sheet::NotReadable { of: Document::Submission, format: "JSON".to_owned(), message }, node.span);
            return None;
        };
        let mut raw = Raw { span: node.span, ..Raw::default() };
        for (key, node) in self.known(entries, SHEET) {
            match key {
                "ruleset" => raw.ruleset = self.text(key, node),
                "year" => raw.year = self.number_or_text(key, node),
                "unit" => raw.unit = self.text(key, node),
                "block" => raw.block = self.text(key, node),
                "submitted" => raw.submitted = self.text(key, node),
                "survey held" => match node.shape {
                    Shape::Single(RawValue::YesNo(held)) => raw.survey_held = Some(Spanned::new(held, node.span)),
                    _ => self.bad(key, node, "`true` hoặc `false`", "`true` or `false`"),
                },
                "synthetic" => match node.shape {
                    Shape::Single(RawValue::YesNo(synthetic)) => raw.synthetic = synthetic,
                    _ => self.bad(key, node, "`true` hoặc `false`", "`true` or `false`"),
                },
                "shared" => raw.shared = self.shared(key, node),
                _ => raw.leaves = self.leaves(key, node),
            }
        }
        raw.part_year();
        Some(raw)
    }

    /// Figures that leaves share: by track, or those of the usual one by themselves.
    fn shared(&mut self, key: &str, node: &Node) -> Vec<(Spanned<String>, RawFigures)> {
        let usual = Spanned::new(String::new(), node.span);
        let mut tracks = vec![(usual, Vec::new())];
        for (name, node) in self.table(key, node).unwrap_or_default() {
            let Shape::Table(figures) = &node.shape else {
                if let (Some(value), Some((_, usual))) = (self.value(&name.value, node), tracks.first_mut()) {
                    usual.push((name.clone(), value));
                }
                continue;
            };
            let figures =
                figures.iter().filter_map(|(name, node)| Some((name.clone(), self.value(&name.value, node)?)));
            tracks.push((name.clone(), figures.collect()));
        }
        tracks.retain(|(_, figures)| !figures.is_empty());
        tracks
    }

    fn leaves(&mut self, key: &str, node: &Node) -> Vec<RawLeaf> {
        let mut leaves = Vec::new();
        for (code, node) in self.table(key, node).unwrap_or_default() {
            let mut tracks = Vec::new();
            for (track, node) in self.table(&code.value, node).unwrap_or_default() {
                if track.value.trim().is_empty() {
                    // In a raw submission an empty name stands for the usual track; a file must say which.
                    self.find(Sheet::MissingKey { of: Document::Submission, key: "track".to_owned() }, track.span);
                } else if let Some(entry) = self.entry(&track.value, node) {
                    tracks.push((track.clone(), entry));
                }
            }
            leaves.push(RawLeaf { code: code.clone(), tracks });
        }
        leaves
    }

    fn entry(&mut self, track: &str, node: &Node) -> Option<RawEntry> {
        let entries = self.table(track, node)?;
        let mut entry = RawEntry::default();
        for (key, node) in self.known(entries, ENTRY) {
            match key {
                "figures" => {
                    for (name, node) in self.table(key, node).unwrap_or_default() {
                        if let Some(value) = self.value(&name.value, node) {
                            entry.figures.push((name.clone(), value));
                        }
                    }
                }
                "points" => entry.points = self.single(key, node),
                "reason" => entry.reason = self.text(key, node),
                "state" => entry.state = self.text(key, node),
                _ => entry.evidence = self.evidence(key, node),
            }
        }
        Some(entry)
    }

    fn evidence(&mut self, key: &str, node: &Node) -> Vec<RawEvidence> {
        let Shape::List(list) = &node.shape else {
            self.bad(key, node, "một danh sách tài liệu `[{…}]`", "a list of documents `[{…}]`");
            return Vec::new();
        };
        list.iter().filter_map(|node| self.document(key, node)).collect()
    }

    fn document(&mut self, key: &str, node: &Node) -> Option<RawEvidence> {
        let entries = self.table(key, node)?;
        let mut document = RawEvidence::default();
        for (key, node) in self.known(entries, DOCUMENT) {
            match key {
                "file" => document.file = self.text(key, node),
                "sha256" => document.sha256 = self.text(key, node),
                "section" => document.section = self.number_or_text(key, node),
                _ => document.page = self.number_or_text(key, node),
            }
        }
        Some(document)
    }

    /// A figure: one value, the rows of a list, or the table that holds them.
    fn value(&mut self, name: &str, node: &Node) -> Option<Spanned<RawValue>> {
        let row = |node: &Node| matches!(node.shape, Shape::Table(_));
        if let Shape::Table(entries) = &node.shape
            && let [(key, file)] = entries.as_slice()
            && matches!(fold(key.value.trim()).as_str(), "table" | "bang")
        {
            let file = self.text(name, file)?;
            return Some(Spanned::new(RawValue::Table(file.value), file.span));
        }
        let Shape::List(list) = &node.shape else { return self.single(name, node) };
        if !list.iter().all(row) {
            return self.single(name, node);
        }
        let mut rows = Vec::with_capacity(list.len());
        for row in list {
            let mut cells = Vec::new();
            for (key, cell) in self.table(name, row)? {
                cells.push((key.clone(), self.single(&key.value, cell)?));
            }
            rows.push(RawRow { cells, span: row.span });
        }
        Some(Spanned::new(RawValue::Rows(rows), node.span))
    }

    fn single(&mut self, name: &str, node: &Node) -> Option<Spanned<RawValue>> {
        match &node.shape {
            Shape::Single(value) => Some(Spanned::new(value.clone(), node.span)),
            Shape::Table(_) | Shape::List(_) => {
                self.bad(name, node, "một giá trị", "one value");
                None
            }
        }
    }

    fn text(&mut self, name: &str, node: &Node) -> Option<Spanned<String>> {
        match &node.shape {
            Shape::Single(RawValue::Text(text)) => Some(Spanned::new(text.clone(), node.span)),
            Shape::Single(RawValue::Nothing) => None,
            _ => {
                self.bad(name, node, "một văn bản trong dấu ngoặc kép", "a text in quotes");
                None
            }
        }
    }

    fn number_or_text(&mut self, name: &str, node: &Node) -> Option<Spanned<String>> {
        match &node.shape {
            Shape::Single(RawValue::Number(text)) => Some(Spanned::new(text.clone(), node.span)),
            _ => self.text(name, node),
        }
    }
}
