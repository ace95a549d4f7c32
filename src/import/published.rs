//! A published table in CSV: one row a unit or a fact of the round, columns named in Vietnamese or in English.

use super::csv::{self, Cell};
use super::{FILE_BYTES, Place};
use crate::diagnostic::{Both, Diagnostic, Document, Published, Sheet, SourceId, Span, nearest};
use crate::language::{compose, fold};
use crate::number::{DecimalMark, Ratio};
use crate::published::{Change, Confidence, Cut, Line, Printed, Table, Who, Whole};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Unit,
    Block,
    Score,
    Rank,
    Of,
    Band,
    Places,
    Change,
    AboveMean,
    Count,
    Share,
    Cut,
    Source,
    Confidence,
    Note,
    Part(String),
    Element(String),
    Points(Ratio),
}

/// The columns in English and in Vietnamese, as folded.
const COLUMNS: [(Key, &str, &str); 15] = [
    (Key::Unit, "unit", "don vi"),
    (Key::Block, "block", "khoi"),
    (Key::Score, "score", "chi so"),
    (Key::Rank, "rank", "hang"),
    (Key::Of, "of", "tren"),
    (Key::Band, "band", "nhom"),
    (Key::Places, "places", "tang bac"),
    (Key::Change, "change", "tang diem"),
    (Key::AboveMean, "above mean", "hon trung binh"),
    (Key::Count, "count", "so don vi"),
    (Key::Share, "share", "ty le"),
    (Key::Cut, "cut", "muc"),
    (Key::Source, "source", "nguon"),
    (Key::Confidence, "confidence", "do tin"),
    (Key::Note, "note", "ghi chu"),
];

/// Rows of the whole round in English and in Vietnamese, as folded.
const WHOLES: [(Whole, &str, &str); 7] = [
    (Whole::Units, "units", "so don vi"),
    (Whole::Mean, "mean", "trung binh"),
    (Whole::Rose, "rose", "tang diem"),
    (Whole::Fell, "fell", "giam diem"),
    (Whole::AboveMean, "above mean", "tren trung binh"),
    (Whole::MostRise, "most rise", "tang nhieu nhat"),
    (Whole::LeastRise, "least rise", "tang it nhat"),
];

/// Reads the published results of a year. Never fails; errors are findings, and a row with an error is left out.
pub fn published(source: SourceId, text: &str, year: u16) -> (Table, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut table = Table { year, lines: Vec::new() };
    if text.len() > FILE_BYTES {
        let problem = Sheet::SheetTooLarge { size: text.len(), limit: FILE_BYTES };
        return (table, vec![Diagnostic::new(problem, Span::new(source, 0, 0))]);
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let place = Place { source, offset: text.len().saturating_sub(body.len()), of: Document::Published };
    let Some(printed) = csv::headed(body, place, &mut findings) else { return (table, findings) };
    let mark = printed.mark;
    let Some(columns) = columns(&printed.header, &mut findings) else { return (table, findings) };
    for (row, span) in printed.rows(&mut findings) {
        let mut reader = Reader { mark, findings: &mut findings, sound: true };
        if let Some(line) = reader.line(&columns, &row, span) {
            table.lines.push(line);
        }
    }
    findings.sort_by_key(|finding| finding.span);
    (table, findings)
}

fn key(name: &str) -> Option<Key> {
    let folded = fold(name).replace('_', " ");
    let known = COLUMNS.iter().find(|(_, english, vietnamese)| folded == *english || folded == *vietnamese);
    if let Some((key, ..)) = known {
        return Some(key.clone());
    }
    let after = |first: &str| {
        let rest = folded.strip_prefix(first)?.trim();
        // The name as it is written, after its first word or two.
        let words = name.split_whitespace().skip(first.split_whitespace().count()).collect::<Vec<_>>().join(" ");
        (!rest.is_empty()).then_some(words)
    };
    if let Some(name) = after("phan ").or_else(|| after("part ")) {
        return Some(Key::Part(name));
    }
    if let Some(name) = after("yeu to ").or_else(|| after("element ")) {
        return Some(Key::Element(name));
    }
    let scale = after("diem tren ").or_else(|| after("points of "))?;
    Ratio::parse_decimal(&scale).ok().filter(Ratio::is_positive).map(Key::Points)
}

/// What the columns hold; nothing where the header cannot be used, which has been told.
fn columns(header: &[Cell], findings: &mut Vec<Diagnostic>) -> Option<Vec<(Key, String)>> {
    let before = findings.len();
    let mut columns: Vec<(Key, String)> = Vec::with_capacity(header.len());
    for cell in header {
        let name = compose(cell.text.trim());
        match key(&name) {
            Some(key) if columns.iter().any(|(other, _)| *other == key) => {
                findings.push(Diagnostic::new(Sheet::RepeatedKey { of: Document::Published, key: name }, cell.span));
            }
            Some(key) => columns.push((key, name)),
            None if name.is_empty() => findings.push(Diagnostic::new(Sheet::ColumnWithoutName {}, cell.span)),
            None => {
                let names = COLUMNS.iter().flat_map(|(_, english, vietnamese)| [*english, *vietnamese]);
                let nearest = nearest(&name, names, fold);
                findings.push(Diagnostic::new(Published::ColumnUnknown { name, nearest }, cell.span));
            }
        }
    }
    if findings.len() > before {
        return None;
    }
    let span = header.iter().map(|cell| cell.span).reduce(Span::to).unwrap_or_default();
    for (key, name) in [(Key::Unit, "đơn vị"), (Key::Source, "nguồn")] {
        if !columns.iter().any(|(other, _)| *other == key) {
            findings.push(Diagnostic::new(Published::ColumnMissing { name: name.to_owned() }, span));
        }
    }
    (findings.len() == before).then_some(columns)
}

/// The column as its header names it, the text, and the cell.
type Written<'c> = (&'c str, &'c str, &'c Cell);

struct Reader<'a> {
    mark: DecimalMark,
    findings: &'a mut Vec<Diagnostic>,
    sound: bool,
}

impl Reader<'_> {
    fn line(&mut self, columns: &[(Key, String)], row: &[Cell], span: Span) -> Option<Line> {
        let named = columns.iter().zip(row).find(|((key, _), _)| *key == Key::Unit).map(|(_, cell)| cell)?;
        let name = compose(named.text.trim());
        let who = self.who(&name, named.span)?;
        let mut line = Line {
            who,
            block: None,
            score: None,
            rank: None,
            of: None,
            band: None,
            places: None,
            changes: Vec::new(),
            above_mean: None,
            parts: Vec::new(),
            elements: Vec::new(),
            points: Vec::new(),
            count: None,
            share: None,
            cut: None,
            source: String::new(),
            confidence: Confidence::default(),
            note: None,
            span,
        };
        let mut stated = false;
        for ((key, column), cell) in columns.iter().zip(row) {
            let text = compose(cell.text.trim());
            if !text.is_empty() {
                stated |= self.take(&mut line, key, (column, &text, cell));
            }
        }
        if line.source.is_empty() {
            self.refuse(Published::NoSource { who: name.clone() }, span);
        }
        if !stated && self.sound {
            self.refuse(Published::NoFact { who: name }, span);
        }
        self.sound.then_some(line)
    }

    fn refuse(&mut self, problem: impl Into<crate::diagnostic::Problem>, span: Span) {
        self.sound = false;
        self.findings.push(Diagnostic::new(problem, span));
    }

    fn who(&mut self, name: &str, span: Span) -> Option<Who> {
        let inner = name.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map(str::trim);
        let Some(inner) = inner else {
            if name.is_empty() {
                self.refuse(Published::NoUnit {}, span);
                return None;
            }
            return Some(Who::Unit(name.to_owned()));
        };
        let folded = fold(inner);
        if let Some((whole, ..)) =
            WHOLES.iter().find(|(_, english, vietnamese)| folded == *english || folded == *vietnamese)
        {
            return Some(Who::Whole(whole.clone()));
        }
        if folded.starts_with("nhom ") || folded.starts_with("band ") {
            let band = inner.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
            return Some(Who::Whole(Whole::Band(band)));
        }
        let names = WHOLES.iter().flat_map(|(_, english, vietnamese)| [*english, *vietnamese]);
        self.refuse(Published::RowUnknown { found: name.to_owned(), nearest: nearest(inner, names, fold) }, span);
        None
    }

    /// Takes a cell that is not empty, and tells whether it states a fact.
    fn take(&mut self, line: &mut Line, key: &Key, written: Written<'_>) -> bool {
        let (_, text, _) = written;
        match key {
            Key::Unit => return false,
            Key::Block => {
                line.block = Some(text.to_owned());
                return false;
            }
            Key::Source => {
                text.clone_into(&mut line.source);
                return false;
            }
            Key::Note => {
                line.note = Some(text.to_owned());
                return false;
            }
            Key::Confidence => {
                self.confidence(line, written);
                return false;
            }
            Key::Score => line.score = self.printed(written),
            Key::Rank => line.rank = self.count(written, 1),
            Key::Of => line.of = self.count(written, 1),
            Key::Band => line.band = Some(text.to_owned()),
            Key::Places => line.places = self.places(written),
            Key::Change => line.changes = self.changes(written),
            Key::AboveMean => line.above_mean = self.printed(written),
            Key::Count => line.count = self.count(written, 0),
            Key::Share => line.share = self.printed(written),
            Key::Cut => line.cut = self.cut(written),
            Key::Part(name) => line.parts.extend(self.printed(written).map(|part| (name.clone(), part))),
            Key::Element(name) => {
                line.elements.extend(self.printed(written).map(|element| (name.clone(), element)));
            }
            Key::Points(scale) => {
                line.points.extend(self.printed(written).map(|points| (scale.clone(), points)));
            }
        }
        true
    }

    fn bad(&mut self, (column, text, cell): Written<'_>, expected: Both) {
        self.refuse(Sheet::BadValue { name: column.to_owned(), found: text.to_owned(), expected }, cell.span);
    }

    /// A number of the message, with the mark of the file.
    fn shown(&self, number: &str) -> String {
        if self.mark == DecimalMark::Comma { number.replace('.', ",") } else { number.to_owned() }
    }

    fn printed(&mut self, written: Written<'_>) -> Option<Printed> {
        let printed = Printed::parse(written.1, self.mark);
        if printed.is_none() {
            let shown = self.shown("87.06");
            self.bad(written, Both::new(format!("một số như {shown}"), format!("a number such as {shown}")));
        }
        printed
    }

    /// A rank counts from 1, and nobody is ranked among none; a band may well be empty.
    fn count(&mut self, written: Written<'_>, least: usize) -> Option<usize> {
        let count = written.1.parse::<usize>().ok().filter(|&count| count >= least);
        if count.is_none() {
            let expected = format!("một số nguyên từ {least}");
            self.bad(written, Both::new(expected, format!("a whole number from {least}")));
        }
        count
    }

    fn places(&mut self, written: Written<'_>) -> Option<i64> {
        let places = written.1.parse::<i64>().ok();
        if places.is_none() {
            self.bad(written, Both::new("số bậc như +28 hoặc -7", "places such as +28 or -7"));
        }
        places
    }

    /// `+1.32`, or several: `+1.32; +2.99 từ 2022`.
    fn changes(&mut self, (column, text, cell): Written<'_>) -> Vec<Change> {
        let mut changes = Vec::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let mut words = part.split_whitespace();
            let by = words.next().and_then(|by| Printed::parse(by, self.mark));
            let rest: Vec<&str> = words.collect();
            let since = match rest.as_slice() {
                [] => Some(None),
                [word, year] if ["tu", "since"].contains(&fold(word).as_str()) => year.parse::<u16>().ok().map(Some),
                _ => None,
            };
            if let Some((by, since)) = by.zip(since) {
                changes.push(Change { by, since });
            } else {
                let (one, two) = (self.shown("+1.32"), self.shown("+2.99"));
                let expected = Both::new(
                    format!("mức như {one} hoặc {two} từ 2022"),
                    format!("such as {one} or {two} since 2022"),
                );
                self.bad((column, part, cell), expected);
            }
        }
        changes
    }

    /// `từ 90` or `trên 80`.
    fn cut(&mut self, written: Written<'_>) -> Option<Cut> {
        let read = written.1.split_once(' ').and_then(|(word, number)| {
            let inclusive = match fold(word).as_str() {
                "tu" | "from" => true,
                "tren" | "above" => false,
                _ => return None,
            };
            Some(Cut { from: Printed::parse(number, self.mark)?, inclusive })
        });
        if read.is_none() {
            let expected = Both::new("mức như `từ 90` hoặc `trên 80`", "such as `from 90` or `above 80`");
            self.bad(written, expected);
        }
        read
    }

    fn confidence(&mut self, line: &mut Line, written: Written<'_>) {
        match fold(written.1).as_str() {
            "cao" | "high" => line.confidence = Confidence::High,
            "vua" | "medium" => line.confidence = Confidence::Medium,
            "thap" | "low" => line.confidence = Confidence::Low,
            _ => {
                let expected = Both::new("`cao`, `vừa` hoặc `thấp`", "`high`, `medium` or `low`");
                self.bad(written, expected);
            }
        }
    }
}
