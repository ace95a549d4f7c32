//! From Rhai's places (line and column, in characters) to byte ranges of the source.

use std::ops::Range;

use rhai::Position;

use super::limits::{MAX_COLUMNS, MAX_LINES};
use super::{Problem, ProblemKind};

/// The source of one script with the byte at which each line starts.
pub(super) struct Places<'a> {
    source: &'a str,
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let after = source.match_indices('\n').map(|(at, _)| at.saturating_add(1));
        Self { source, starts: std::iter::once(0).chain(after).collect() }
    }

    /// The problem of a text too large to be read at all.
    pub(super) fn over_size(&self) -> Option<Problem> {
        for (number, line) in self.source.lines().enumerate() {
            let start = self.starts.get(number).copied().unwrap_or_default();
            let range = start..start.saturating_add(line.len());
            if number >= MAX_LINES {
                let kind = ProblemKind::TooManyLines { limit: MAX_LINES };
                return Some(Problem { kind, range });
            }
            if line.chars().nth(MAX_COLUMNS).is_some() {
                let kind = ProblemKind::LineTooLong { limit: MAX_COLUMNS };
                return Some(Problem { kind, range });
            }
        }
        None
    }

    /// The byte that a place stands for; what has no place stands at the end.
    pub(super) fn byte(&self, position: Position) -> usize {
        let Some(&start) = position.line().and_then(|line| self.starts.get(line.saturating_sub(1))) else {
            return self.source.len();
        };
        let column = position.position().unwrap_or(1).saturating_sub(1);
        let rest = self.source.get(start..).unwrap_or_default();
        rest.char_indices().nth(column).map_or(self.source.len(), |(at, _)| start.saturating_add(at))
    }

    /// The token that starts at a place.
    pub(super) fn token(&self, position: Position) -> Range<usize> {
        let start = self.byte(position);
        let length = token_length(self.source.get(start..).unwrap_or_default());
        start..start.saturating_add(length)
    }

    /// The number literal at a place, with the sign that Rhai reads into it.
    pub(super) fn number(&self, position: Position) -> Range<usize> {
        let start = self.byte(position);
        let rest = self.source.get(start..).unwrap_or_default();
        let sign = usize::from(rest.starts_with('-'));
        let length = token_length(rest.get(sign..).unwrap_or_default());
        start..start.saturating_add(sign).saturating_add(length)
    }

    /// The text of a range.
    pub(super) fn text(&self, range: &Range<usize>) -> &'a str {
        self.source.get(range.clone()).unwrap_or_default()
    }

    /// A range grown over the parentheses that it opens or closes but does not hold.
    pub(super) fn balanced(&self, range: Range<usize>) -> Range<usize> {
        let (mut opened, mut closed) = (0_usize, 0_usize);
        for c in self.text(&range).chars() {
            match c {
                '(' => opened = opened.saturating_add(1),
                ')' if opened == 0 => closed = closed.saturating_add(1),
                ')' => opened = opened.saturating_sub(1),
                _ => {}
            }
        }
        let Range { mut start, mut end } = range;
        for _ in 0..opened {
            let rest = self.source.get(end..).unwrap_or_default().trim_start();
            let Some(rest) = rest.strip_prefix(')') else {
                break;
            };
            end = self.source.len().saturating_sub(rest.len());
        }
        for _ in 0..closed {
            let before = self.source.get(..start).unwrap_or_default().trim_end();
            let Some(before) = before.strip_suffix('(') else {
                break;
            };
            start = before.len();
        }
        start..end
    }

    /// The bracket that closes the first one opened from a byte on.
    pub(super) fn closing(&self, from: usize) -> Option<Range<usize>> {
        let mut open = 0_usize;
        for (at, c) in self.source.get(from..)?.char_indices() {
            match c {
                '(' => open = open.saturating_add(1),
                ')' if open <= 1 => {
                    let start = from.saturating_add(at);
                    return Some(start..start.saturating_add(1));
                }
                ')' => open = open.saturating_sub(1),
                _ => {}
            }
        }
        None
    }

    /// The character just before a byte.
    pub(super) fn before(&self, byte: usize) -> Option<char> {
        self.source.get(..byte).and_then(|text| text.chars().next_back())
    }

    /// The character at a byte.
    pub(super) fn at(&self, byte: usize) -> Option<char> {
        self.source.get(byte..).and_then(|text| text.chars().next())
    }
}

/// How many bytes the token at the front of a text takes.
fn token_length(rest: &str) -> usize {
    const PAIRS: [&str; 16] =
        ["==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "**", "??", "..", "<<", ">>", "#{"];
    let until = |stop: &dyn Fn(char) -> bool| rest.find(stop).unwrap_or(rest.len());
    match rest.chars().next() {
        None => 0,
        Some(first) if first.is_ascii_digit() => {
            let mut previous = first;
            let end = rest.char_indices().find(|&(at, c)| {
                let next = rest.get(at.saturating_add(1)..).and_then(|text| text.chars().next());
                let range = c == '.' && (next == Some('.') || previous == '.');
                previous = c;
                range || !(c == '.' || in_word(c))
            });
            end.map_or(rest.len(), |(at, _)| at)
        }
        Some(first) if in_word(first) => until(&|c| !in_word(c)),
        Some('"') => text_length(rest),
        Some(_) if PAIRS.iter().any(|pair| rest.starts_with(pair)) => 2,
        Some(first) => first.len_utf8(),
    }
}

/// How many bytes a text literal takes, with its quotes.
fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return at.saturating_add(1),
            '\n' => return at,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// Names may hold letters of every script, and marks that combine with them.
fn in_word(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric() || !(c.is_ascii() || c.is_whitespace())
}
