//! Places in texts: spans in the bytes as written, and the map of all texts in use.

use std::cmp::Ordering;
use std::ops::Range;

/// Which text of a [`SourceMap`] a span lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u16);

/// A range of bytes of one text, as the author wrote it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end` of `source`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { source, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The smallest span that covers both; spans of two texts keep the first.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.source != other.source {
            return self;
        }
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The bytes as a range of the text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The empty span right after this one.
    #[must_use]
    pub fn after(self) -> Self {
        Self { start: self.end, ..self }
    }

    /// The part of the span that starts `offset` bytes in and is `length` bytes long.
    #[must_use]
    pub fn part(self, offset: usize, length: usize) -> Self {
        let start = self.start as usize + offset;
        Self::new(self.source, start, start + length)
    }
}

impl Ord for Span {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.source, self.start, self.end).cmp(&(other.source, other.start, other.end))
    }
}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A line and a column, both counted from 1; columns count Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Column in UTF-16 code units, from 1, as editors count.
    pub utf16: usize,
}

/// One text: its name as shown to people, and its content.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    starts: Vec<usize>,
    /// After so many lines, so many of the file are left out.
    left_out: (usize, usize),
}

impl Source {
    /// The name shown in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What a span says, or nothing if it lies outside the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or_default();
        let left_out = if line > self.left_out.0 { self.left_out.1 } else { 0 };
        Position {
            line: line.max(1).saturating_add(left_out),
            column: before.chars().count() + 1,
            utf16: before.encode_utf16().count() + 1,
        }
    }

    /// The line that holds a byte, without its line end.
    pub fn line_text(&self, offset: usize) -> &str {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }
}

/// All texts that spans may point into.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
}

impl SourceMap {
    /// No text yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the name to show, and says which it is.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let text = text.into();
        let starts =
            std::iter::once(0).chain(text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1));
        let starts = starts.collect();
        let id = SourceId(u16::try_from(self.sources.len()).unwrap_or(u16::MAX));
        self.sources.push(Source { name: name.into(), text, starts, left_out: (0, 0) });
        id
    }

    /// Adds some lines of a long text: the first ones, and one record below them that begins in this line of the text.
    pub fn add_record(
        &mut self,
        name: impl Into<String>,
        text: impl Into<String>,
        above: usize,
        line: usize,
    ) -> SourceId {
        let id = self.add(name, text);
        if let Some(source) = self.sources.last_mut() {
            source.left_out = (above, line.saturating_sub(1).saturating_sub(above));
        }
        id
    }

    /// How many texts there are; the next one has this number.
    pub fn count(&self) -> usize {
        self.sources.len()
    }

    /// The text of an id of this map.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(usize::from(id.0))
    }

    /// What a span says.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).map_or("", |source| source.slice(span))
    }

    /// Line and column where a span starts.
    pub fn position(&self, span: Span) -> Option<Position> {
        self.get(span.source).map(|source| source.position(span.start as usize))
    }
}

/// What spans are read in: one text, or all of a map.
#[derive(Clone, Copy, Debug)]
pub enum Texts<'t> {
    /// One text, which every span lies in.
    One(&'t str),
    /// The texts of a map, told apart by their ids.
    Many(&'t SourceMap),
}

impl<'t> Texts<'t> {
    /// What a span says.
    pub fn slice(self, span: Span) -> &'t str {
        match self {
            Self::One(text) => text.get(span.range()).unwrap_or_default(),
            Self::Many(map) => map.slice(span),
        }
    }

    /// The whole of one text.
    pub fn whole(self, source: SourceId) -> &'t str {
        match self {
            Self::One(text) => text,
            Self::Many(map) => map.get(source).map_or("", Source::text),
        }
    }
}

impl<'t> From<&'t str> for Texts<'t> {
    fn from(text: &'t str) -> Self {
        Self::One(text)
    }
}

impl<'t> From<&'t String> for Texts<'t> {
    fn from(text: &'t String) -> Self {
        Self::One(text)
    }
}

impl<'t> From<&'t SourceMap> for Texts<'t> {
    fn from(map: &'t SourceMap) -> Self {
        Self::Many(map)
    }
}
