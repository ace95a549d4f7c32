//! A whole file: indentation, blank lines, comments.

use super::super::fold::compose;
use super::super::tree::{File, Line, Statement};
use super::write_statement;
use crate::diagnostic::{Language, Span};

/// What opens and closes a script.
pub(super) const FENCE: &str = "```";

/// Whether comments are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// Every comment stays on its line.
    Keep,
    /// None is written.
    Drop,
}

/// The canonical text of a ruleset, which its fingerprint is taken of: Vietnamese, no comments, NFC.
pub fn canonical(file: &File, text: &str) -> String {
    compose(&write_file(file, text, Language::Vietnamese, Comments::Drop))
}

/// The file as the formatter writes it, in either language; `text` is what it was parsed from.
///
/// A line that could not be read, or that an error stands on, is left as it was written.
pub fn write_file(file: &File, text: &str, language: Language, comments: Comments) -> String {
    let mut page = Page { written: String::new(), waiting: Vec::new(), text, language, comments };
    for line in &file.lines {
        page.line(line);
    }
    page.flush(0);
    page.written
}

struct Page<'t> {
    written: String,
    /// Comment lines that wait for the statement that they stand above.
    waiting: Vec<&'t str>,
    text: &'t str,
    language: Language,
    comments: Comments,
}

impl<'t> Page<'t> {
    fn line(&mut self, line: &Line) {
        let comment = line.comment.filter(|_| self.comments == Comments::Keep).map(|span| self.slice(span).trim_end());
        match &line.statement {
            Some(statement) if !line.faulty => {
                let indent = indent(statement);
                self.gap(indent);
                self.flush(indent);
                if let Statement::Script(_) = statement {
                    self.script(statement, indent, line.span);
                } else {
                    let words = write_statement(statement, self.text, self.language);
                    self.put(indent, &words, comment);
                }
            }
            None if !line.faulty => self.waiting.extend(comment),
            _ => self.as_written(line),
        }
    }

    /// A blank line before a head and the comments above it.
    fn gap(&mut self, indent: usize) {
        if indent == 0 && !self.written.is_empty() {
            self.written.push('\n');
        }
    }

    fn flush(&mut self, indent: usize) {
        for comment in std::mem::take(&mut self.waiting) {
            self.put(indent, comment, None);
        }
    }

    fn put(&mut self, indent: usize, words: &str, comment: Option<&str>) {
        self.written.extend(std::iter::repeat_n(' ', indent));
        self.written.push_str(words);
        if let Some(comment) = comment {
            self.written.push_str("  ");
            self.written.push_str(comment);
        }
        self.written.push('\n');
    }

    /// The fences are indented, the lines between them are not touched.
    fn script(&mut self, statement: &Statement, indent: usize, span: Span) {
        let keep = self.comments == Comments::Keep;
        let written = self.slice(span);
        let block = write_statement(statement, self.text, self.language);
        let count = block.lines().count();
        for (index, words) in block.lines().enumerate() {
            let fence = match index {
                0 => written.lines().next(),
                _ if index + 1 == count => written.lines().last(),
                _ => None,
            };
            let comment = fence.and_then(|line| line.get(line.find('#')?..)).map(str::trim_end);
            let indent = if fence.is_some() { indent } else { 0 };
            self.put(indent, words, comment.filter(|_| keep));
        }
    }

    fn as_written(&mut self, line: &Line) {
        let span = match (self.comments, line.comment) {
            (Comments::Drop, Some(comment)) => Span { end: comment.start, ..line.span },
            _ => line.span,
        };
        let words = self.slice(span);
        // Where the reader cannot tell what a line is, its own indentation is the best guess.
        let indent = words.chars().take_while(|&character| character == ' ').count();
        if indent == 0 && opens_block(line.statement.as_ref()) {
            self.gap(indent);
        }
        self.flush(indent);
        self.put(0, words.trim_end(), None);
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

fn opens_block(statement: Option<&Statement>) -> bool {
    statement.is_some_and(|statement| indent(statement) == 0)
}

/// Heads at the margin, their properties under them, the lines of a form under the form.
fn indent(statement: &Statement) -> usize {
    match statement {
        Statement::Ruleset { .. } | Statement::Head(_) | Statement::Template(_) | Statement::Test(_) => 0,
        Statement::Band(_)
        | Statement::When(_)
        | Statement::Otherwise(_)
        | Statement::Met(_)
        | Statement::Each(_)
        | Statement::Option(_)
        | Statement::Timed(_)
        | Statement::NotDone(_)
        | Statement::Cap(_)
        | Statement::Script(_) => 4,
        _ => 2,
    }
}
