//! Results of other indices: a small JSON or CSV of units, and what the crate itself publishes.
//!
//! JSON: `{"index": "vn/sipas", "year": 2022, "results": {"Hà Tĩnh": "91,17%"}}`, or a list of such; `part` names a part
//! of the index. CSV: a row a unit, with the columns index, year, unit, result and perhaps part, place, authority,
//! synthetic, labels. Scorecards and rankings as `score --json` and `rank --json` write them are read too.

use std::collections::BTreeSet;

use super::csv::{self, Cell, answer};
use super::node::{Node, Shape};
use super::{Format, Place, json, toml};
use crate::diagnostic::{Both, Diagnostic, Document, Sheet, SourceId, Span};
use crate::language::fold;
use crate::language::tree::Spanned;
use crate::number::Ratio;
use crate::submission::{RawValue, near, published};

/// What a unit got in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The index's path.
    pub index: String,
    /// Its year.
    pub year: u16,
    /// The code of a part of it; else the whole.
    pub part: Option<String>,
    /// The unit.
    pub unit: String,
    /// The share, where it is known.
    pub share: Option<Ratio>,
    /// The points, where they are known.
    pub points: Option<Ratio>,
    /// The share as it was shown, rounded, where that is known besides.
    pub shown: Option<Ratio>,
    /// The place among the units of its round, where it is known.
    pub place: Option<usize>,
    /// The decisions that its set stands on, where that is known.
    pub authorities: Option<Vec<String>>,
    /// It is made up.
    pub synthetic: bool,
    /// What the output that it is read from carries above its numbers: an invented set, a reconstructed one.
    pub labels: Vec<String>,
    /// Where it stands.
    pub span: Span,
    /// Where the rest of it is said.
    pub places: Places,
}

/// Where it is said whose result something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// Of which index.
    pub index: Span,
    /// Of which year.
    pub year: Span,
    /// Of which unit.
    pub unit: Span,
}

/// Reads a file of results. Never fails; errors are findings.
pub fn results(source: SourceId, text: &str, format: Format) -> (Vec<Published>, Vec<Diagnostic>) {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let place = Place { source, offset: text.len().saturating_sub(body.len()), of: Document::Results };
    let mut findings = Vec::new();
    let mut reader = Reader { found: Vec::new(), findings: &mut findings };
    match format {
        Format::Csv => reader.table(body, place),
        Format::Json => {
            if let Some(node) = json::read(body, place, reader.findings) {
                reader.once(&node);
                reader.any(&node);
            }
        }
        Format::Toml => {
            if let Some(node) = toml::read(body, place, reader.findings) {
                reader.any(&node);
            }
        }
    }
    let found = reader.found;
    findings.sort_by_key(|finding| finding.span);
    (found, findings)
}

/// The keys of a table of results.
const KEYS: [&str; 6] = ["index", "year", "part", "synthetic", "labels", "results"];

/// The columns of a table of results, in both languages.
const COLUMNS: [(&str, &str); 9] = [
    ("index", "chỉ số"),
    ("year", "năm"),
    ("unit", "đơn vị"),
    ("result", "kết quả"),
    ("part", "mục"),
    ("place", "hạng"),
    ("authority", "căn cứ"),
    ("synthetic", "giả định"),
    ("labels", "nhãn"),
];

type Entries = [(Spanned<String>, Node)];

struct Reader<'a> {
    found: Vec<Published>,
    findings: &'a mut Vec<Diagnostic>,
}

/// Of which index something is.
struct Of {
    index: String,
    year: u16,
    /// The decisions that its set stands on, where that is told.
    authorities: Option<Vec<String>>,
    /// The place of the unit spoken of.
    place: Option<usize>,
    /// It is made up.
    synthetic: bool,
    /// What stands above the numbers.
    labels: Vec<String>,
    /// Where that is said; the unit stands elsewhere.
    places: Places,
}

impl Reader<'_> {
    fn find(&mut self, problem: Sheet, span: Span) {
        self.findings.push(Diagnostic::new(problem, span));
    }

    fn any(&mut self, node: &Node) {
        match &node.shape {
            Shape::List(nodes) => nodes.iter().for_each(|node| self.any(node)),
            Shape::Table(entries) => match text(entries, "shape").as_deref() {
                Some("tieuchi/scorecards/1") => {
                    if let Some(Shape::List(cards)) = get(entries, "scorecards").map(|cards| &cards.shape) {
                        for card in cards {
                            self.any(card);
                        }
                    }
                }
                Some("tieuchi/scorecard/1") => self.scorecard(entries, node.span),
                Some("tieuchi/ranking/1") => self.ranking(entries, node.span),
                _ => self.own(entries, node.span),
            },
            Shape::Single(_) => {
                let message = Both::new("kết quả là một bảng các mục `{…}`", "results are a table of keys `{…}`");
                self.find(Sheet::NotReadable { of: Document::Results, format: "JSON".to_owned(), message }, node.span);
            }
        }
    }

    /// Tells keys that stand twice in a table: of `"synthetic": false` and `true` nobody knows which is meant. A unit that
    /// stands twice among results is looked at as a result.
    fn once(&mut self, node: &Node) {
        match &node.shape {
            Shape::List(nodes) => nodes.iter().for_each(|node| self.once(node)),
            Shape::Table(entries) => {
                let mut seen = BTreeSet::new();
                for (key, node) in entries {
                    if !seen.insert(key.value.as_str()) {
                        self.find(Sheet::RepeatedKey { of: Document::Results, key: key.value.clone() }, key.span);
                    }
                    if key.value != "results" {
                        self.once(node);
                    }
                }
            }
            Shape::Single(_) => {}
        }
    }

    /// What stands above the numbers; nothing where that cannot be read, which is told: no label is lost.
    fn labels(&mut self, entries: &Entries) -> Option<Vec<String>> {
        let Some(node) = get(entries, "labels") else { return Some(Vec::new()) };
        let one = |node: &Node| match &node.shape {
            Shape::Single(RawValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let read = match &node.shape {
            Shape::List(nodes) => nodes.iter().map(one).collect(),
            _ => one(node).map(|label| vec![label]),
        };
        if read.is_none() {
            let expected = Both::new("một danh sách chữ, `[\"…\"]`", "a list of texts, `[\"…\"]`");
            self.find(Sheet::BadValue { name: "labels".to_owned(), found: node.shown(), expected }, node.span);
        }
        read
    }

    /// Whether a mark is set; nothing where it is neither `true` nor `false`, which is told.
    fn mark(&mut self, entries: &Entries, key: &str) -> Option<bool> {
        let Some(node) = get(entries, key) else { return Some(false) };
        if let Shape::Single(RawValue::YesNo(set)) = node.shape {
            return Some(set);
        }
        let expected = Both::new("`true` hoặc `false`", "`true` or `false`");
        self.find(Sheet::BadValue { name: key.to_owned(), found: node.shown(), expected }, node.span);
        None
    }

    /// Of which index a table speaks; what is lacking is told.
    fn of(&mut self, entries: &Entries, index: &str, span: Span) -> Option<Of> {
        let path = text(entries, index);
        let year = text(entries, "year").and_then(|year| year.trim().parse().ok());
        for (key, missing) in [(index, path.is_none()), ("year", year.is_none())] {
            if missing {
                self.find(
                    Sheet::MissingKey { of: Document::Results, key: key.to_owned() },
                    Span { end: span.start, ..span },
                );
            }
        }
        let authorities = texts(entries, "authorities");
        let labels = self.labels(entries);
        let synthetic = self.mark(entries, "synthetic");
        let place = |key| get(entries, key).map_or(span, |node| node.span);
        let places = Places { index: place(index), year: place("year"), unit: span };
        let index = path?.trim().to_owned();
        Some(Of { index, year: year?, authorities, place: None, synthetic: synthetic?, labels: labels?, places })
    }

    fn own(&mut self, entries: &Entries, span: Span) {
        for (key, _) in entries.iter().filter(|(key, _)| !KEYS.contains(&key.value.as_str())) {
            let nearest = near(&key.value, KEYS);
            self.find(Sheet::UnknownKey { of: Document::Results, key: key.value.clone(), nearest }, key.span);
        }
        let of = self.of(entries, "index", span);
        let part = text(entries, "part");
        let Some(Shape::Table(results)) = get(entries, "results").map(|results| &results.shape) else {
            self.find(
                Sheet::MissingKey { of: Document::Results, key: "results".to_owned() },
                Span { end: span.start, ..span },
            );
            return;
        };
        let Some(of) = of else { return };
        for (unit, result) in results {
            let Shape::Single(value) = &result.shape else {
                let expected = Both::new("một giá trị", "one value");
                let problem = Sheet::BadValue { name: unit.value.clone(), found: result.shown(), expected };
                self.find(problem, result.span);
                continue;
            };
            self.result(&of, part.clone(), unit, ("result", &Spanned::new(value.clone(), result.span)));
        }
    }

    /// A result, under what it is called where it stands.
    fn result(
        &mut self,
        of: &Of,
        part: Option<String>,
        unit: &Spanned<String>,
        (name, raw): (&str, &Spanned<RawValue>),
    ) {
        if raw.value == RawValue::Nothing {
            return;
        }
        match published(name, raw) {
            Ok((value, percent)) => {
                let (share, points) = if percent { (Some(value), None) } else { (None, Some(value)) };
                let places = Places { unit: unit.span, ..of.places };
                let (index, unit) = (of.index.clone(), unit.value.trim().to_owned());
                let (year, span) = (of.year, raw.span);
                let (place, authorities) = (of.place, of.authorities.clone());
                self.found.push(Published {
                    index,
                    year,
                    part,
                    unit,
                    share,
                    points,
                    shown: None,
                    place,
                    authorities,
                    synthetic: of.synthetic,
                    labels: of.labels.clone(),
                    span,
                    places,
                });
            }
            Err(finding) => self.findings.push(*finding),
        }
    }

    /// The index and every head of a scorecard; what is still provisional is not a result.
    fn scorecard(&mut self, entries: &Entries, span: Span) {
        let (Some(of), Some(unit)) = (self.of(entries, "ruleset", span), text(entries, "unit")) else { return };
        if let Some(Shape::Table(index)) = get(entries, "index").map(|index| &index.shape) {
            self.sum(&of, None, &unit, index, span);
        }
        let Some(Shape::List(heads)) = get(entries, "heads").map(|heads| &heads.shape) else { return };
        for head in heads {
            if let Shape::Table(head_entries) = &head.shape
                && let Some(code) = text(head_entries, "code")
            {
                self.sum(&of, Some(code), &unit, head_entries, head.span);
            }
        }
    }

    fn ranking(&mut self, entries: &Entries, span: Span) {
        let Some(mut of) = self.of(entries, "ruleset", span) else { return };
        let Some(Shape::List(rows)) = get(entries, "rows").map(|rows| &rows.shape) else { return };
        for row in rows {
            if let Shape::Table(cells) = &row.shape
                && let Some(unit) = text(cells, "unit")
            {
                let Some(synthetic) = self.mark(cells, "synthetic") else { continue };
                of.synthetic = synthetic;
                self.sum(&of, None, &unit, cells, row.span);
                if let Some(Shape::List(parts)) = get(cells, "parts").map(|parts| &parts.shape) {
                    for part in parts {
                        if let Shape::Table(part_entries) = &part.shape
                            && let Some(code) = text(part_entries, "code")
                        {
                            self.sum(&of, Some(code), &unit, part_entries, part.span);
                        }
                    }
                }
            }
        }
    }

    /// Points and a maximum, as published.
    fn sum(&mut self, of: &Of, part: Option<String>, unit: &str, entries: &Entries, span: Span) {
        let (Some(provisional), Some(out_of_scale)) =
            (self.mark(entries, "provisional"), self.mark(entries, "out_of_scale"))
        else {
            return;
        };
        if provisional {
            if part.is_none() {
                self.find(Sheet::ResultProvisional { unit: unit.to_owned() }, span);
            }
            return;
        }
        if out_of_scale {
            return;
        }
        let number = |key| match get(entries, key).map(|node| &node.shape) {
            // What counted is what was published; the exact number never was, where leaves or areas round.
            Some(Shape::Table(number)) => {
                text(number, "counted").or_else(|| text(number, "exact")).and_then(|exact| exact_number(&exact))
            }
            _ => None,
        };
        let (points, maximum) = (number("points"), number("maximum"));
        let of_points = points.as_ref().zip(maximum.as_ref()).and_then(|(points, maximum)| points.checked_div(maximum));
        let share = number("percent").and_then(|percent| percent.checked_div(&Ratio::from(100))).or(of_points);
        let (index, year, unit) = (of.index.clone(), of.year, unit.to_owned());
        let percent = |key| match get(entries, key).map(|node| &node.shape) {
            Some(Shape::Table(number)) => text(number, "rounded").and_then(|rounded| exact_number(&rounded)),
            _ => None,
        };
        let shown = percent("percent").and_then(|percent| percent.checked_div(&Ratio::from(100)));
        let place = text(entries, "place").and_then(|place| place.parse().ok());
        let authorities = of.authorities.clone();
        let synthetic = of.synthetic;
        self.found.push(Published {
            index,
            year,
            part,
            unit,
            share,
            points,
            shown,
            place,
            authorities,
            synthetic,
            labels: of.labels.clone(),
            span,
            places: Places { unit: span, ..of.places },
        });
    }

    /// What each column of a table holds; nothing of those that are refused, or have no name.
    fn columns(&mut self, header: &[Cell]) -> Vec<Option<&'static str>> {
        let mut columns: Vec<Option<&'static str>> = Vec::new();
        for cell in header {
            let name = fold(cell.text.trim());
            let known = COLUMNS.iter().find(|(english, vietnamese)| name == *english || name == fold(vietnamese));
            let key = || cell.text.trim().to_owned();
            let column = match known {
                Some(&(column, _)) if columns.contains(&Some(column)) => {
                    self.find(Sheet::RepeatedKey { of: Document::Results, key: key() }, cell.span);
                    None
                }
                Some(&(column, _)) => Some(column),
                None if name.is_empty() => None,
                None => {
                    let nearest = near(&key(), COLUMNS.iter().flat_map(|&(english, vietnamese)| [english, vietnamese]));
                    self.find(Sheet::UnknownKey { of: Document::Results, key: key(), nearest }, cell.span);
                    None
                }
            };
            columns.push(column);
        }
        columns
    }

    fn table(&mut self, text: &str, place: Place) {
        let Some(table) = csv::headed(text, place, self.findings) else { return };
        let (header, mark) = (table.header.clone(), table.mark);
        let columns = self.columns(&header);
        let column = |key: &str| columns.iter().position(|column| *column == Some(key));
        let (index, year, unit, result) = (column("index"), column("year"), column("unit"), column("result"));
        let (part, place, authority) = (column("part"), column("place"), column("authority"));
        let (synthetic, label) = (column("synthetic"), column("labels"));
        let span = table.span();
        // A table is spoken of in its own words.
        let called = |at: usize| header.get(at).map_or_else(String::new, |cell| cell.text.trim().to_owned());
        let vietnamese = header.iter().any(|cell| COLUMNS.iter().any(|(_, name)| fold(cell.text.trim()) == fold(name)));
        for (key, place) in [("index", index), ("year", year), ("unit", unit), ("result", result)] {
            if place.is_none() {
                let own = COLUMNS.iter().find(|(english, _)| vietnamese && *english == key);
                let key = own.map_or(key, |(_, name)| name).to_owned();
                self.find(Sheet::MissingKey { of: Document::Results, key }, span);
            }
        }
        let (Some(index), Some(year), Some(unit), Some(result)) = (index, year, unit, result) else { return };
        let needed = [index, year, unit, result];
        for (row, whole) in table.rows(self.findings) {
            let cell = |at: usize| row.get(at).filter(|cell| !cell.text.trim().is_empty());
            let (Some(path), Some(named), Some(unit), Some(value)) =
                (cell(index), cell(year), cell(unit), cell(result))
            else {
                let empty = needed.into_iter().filter(|&at| cell(at).is_none());
                let key = empty.map(called).collect::<Vec<_>>().join("`, `");
                self.find(Sheet::MissingKey { of: Document::Results, key }, whole);
                continue;
            };
            let Ok(year) = named.text.trim().parse() else {
                let expected = Both::new("một năm", "a year");
                let found = named.text.trim().to_owned();
                self.find(Sheet::BadValue { name: called(year), found, expected }, named.span);
                continue;
            };
            let place = match place.and_then(|at| Some((at, cell(at)?))) {
                None => None,
                Some((at, cell)) => match cell.text.trim().parse::<usize>() {
                    Ok(place) if place > 0 => Some(place),
                    _ => {
                        let expected = Both::new("một hạng, từ 1", "a place, from 1");
                        let found = cell.text.trim().to_owned();
                        self.find(Sheet::BadValue { name: called(at), found, expected }, cell.span);
                        continue;
                    }
                },
            };
            let authorities = authority.and_then(cell).map(|cell| vec![cell.text.trim().to_owned()]);
            let marked = synthetic.and_then(|at| Some((at, cell(at)?)));
            let answered = marked.map(|(at, cell)| answer(&called(at), &cell.text, cell.span, self.findings));
            let Some(synthetic) = answered.unwrap_or(Some(false)) else { continue };
            let places = Places { index: path.span, year: named.span, unit: unit.span };
            let labels = label.and_then(cell).map(|cell| cell.text.trim().to_owned()).into_iter().collect();
            let index = path.text.trim().to_owned();
            let of = Of { index, year, authorities, place, synthetic, labels, places };
            let part = part.and_then(cell).map(|cell: &Cell| cell.text.trim().to_owned());
            let value = Spanned::new(RawValue::Cell(value.text.clone(), mark), value.span);
            let name = called(result);
            self.result(&of, part, &Spanned::new(unit.text.clone(), unit.span), (&name, &value));
        }
    }
}

fn get<'n>(entries: &'n Entries, key: &str) -> Option<&'n Node> {
    entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| node)
}

/// A text, or a number as it is written.
fn text(entries: &Entries, key: &str) -> Option<String> {
    match get(entries, key).map(|node| &node.shape) {
        Some(Shape::Single(RawValue::Text(text) | RawValue::Number(text))) => Some(text.clone()),
        _ => None,
    }
}

/// The texts of a list.
fn texts(entries: &Entries, key: &str) -> Option<Vec<String>> {
    let Some(Shape::List(nodes)) = get(entries, key).map(|list| &list.shape) else { return None };
    let text = |node: &Node| match &node.shape {
        Shape::Single(RawValue::Text(text)) => Some(text.clone()),
        _ => None,
    };
    Some(nodes.iter().filter_map(text).collect())
}

/// `9.117`, or `5/24` where decimals do not end.
fn exact_number(text: &str) -> Option<Ratio> {
    match text.split_once('/') {
        Some((over, under)) => Ratio::parse_decimal(over).ok()?.checked_div(&Ratio::parse_decimal(under).ok()?),
        None => Ratio::parse_decimal(text).ok(),
    }
}
