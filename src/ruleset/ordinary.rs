//! A file as it is grouped: its lines, some of them with another statement put in.

use std::collections::BTreeMap;

use super::draft::Placed;
use crate::language::tree::{File, Statement};

/// A file, and what some of its lines say instead. Most lines stay as they are, so none is copied that need not be.
pub(super) struct Ordinary<'a> {
    file: &'a File,
    /// By the number of the line in the file.
    instead: BTreeMap<usize, Statement>,
}

impl<'a> Ordinary<'a> {
    /// A file as it is written.
    pub(super) fn new(file: &'a File) -> Self {
        Self { file, instead: BTreeMap::new() }
    }

    /// Every line that says something, with its number in the file.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (usize, Placed<'_>)> {
        let said = self.file.lines.iter().enumerate().filter_map(|(at, line)| {
            let written = line.statement.as_ref()?;
            Some((at, (written, line.words)))
        });
        let mut instead = self.instead.iter().peekable();
        said.map(move |(at, (written, words))| match instead.next_if(|(line, _)| **line == at) {
            Some((_, other)) => (at, (other, words)),
            None => (at, (written, words)),
        })
    }

    /// Every line that says something.
    pub(super) fn placed(&self) -> impl Iterator<Item = Placed<'_>> {
        self.numbered().map(|(_, placed)| placed)
    }

    /// Every statement.
    pub(super) fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.placed().map(|(statement, _)| statement)
    }

    /// Puts statements in, by the numbers of lines that say something.
    pub(super) fn put(&mut self, others: impl IntoIterator<Item = (usize, Statement)>) {
        self.instead.extend(others);
    }
}
