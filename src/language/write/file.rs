//! A whole file: indentation, blank lines, comments.

use super::super::fold::compose;
use super::super::tree::{File, Line, Statement};
use super::{movable, write_statement};
use crate::diagnostic::{Language, Span, Texts};

/// What opens and closes a script.
pub(super) const FENCE: &str = "```";

/// How far in the lines of a form stand.
const FORM_LINE: usize = 4;

/// Whether comments are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// Every comment stays on its line.
    Keep,
    /// None is written.
    Drop,
}

/// The canonical text of a ruleset, its lines in the order written: Vietnamese, no comments, NFC.
pub fn canonical<'t>(file: &File, text: impl Into<Texts<'t>>) -> String {
    compose(write_file(file, text, Language::Vietnamese, Comments::Drop))
}

/// The file as the formatter writes it, in either language; `text` is what it was parsed from.
///
/// A line that could not be read, or that an error stands on, is left as it was written.
pub fn write_file<'t>(file: &File, text: impl Into<Texts<'t>>, language: Language, comments: Comments) -> String {
    let text = text.into();
    let mut page = Page {
        written: String::new(),
        waiting: Vec::new(),
        last: 0,
        alone: false,
        end: None,
        text,
        language,
        comments,
    };
    for line in &file.lines {
        page.line(line);
    }
    page.rest();
    page.written
}

/// A comment on a line of its own, which waits for the statement that follows.
struct Waiting<'t> {
    words: &'t str,
    /// How far in it was written.
    column: usize,
    /// A blank line stood above it.
    parted: bool,
}

struct Page<'t> {
    written: String,
    waiting: Vec<Waiting<'t>>,
    /// How far in the last statement stands.
    last: usize,
    /// It is a line on which nothing hangs.
    alone: bool,
    /// Where the last line ended.
    end: Option<Span>,
    text: Texts<'t>,
    language: Language,
    comments: Comments,
}

impl<'t> Page<'t> {
    fn line(&mut self, line: &Line) {
        let comment = line.comment.filter(|_| self.comments == Comments::Keep).map(|span| self.slice(span).trim_end());
        let parted = self.parted(line.span);
        let column = column(self.slice(line.span));
        match &line.statement {
            Some(statement) if !line.faulty => {
                let indent = indent(statement);
                // Lines that stand alone need no blank line between them.
                let alone = stands_alone(statement);
                self.above(indent, column, parted, indent == 0 && !(alone && self.alone));
                self.alone = alone;
                if let Statement::Script(_) = statement {
                    self.script(statement, indent, line.span);
                } else {
                    let words = write_statement(statement, self.text, self.language);
                    self.put(indent, &words, comment);
                }
            }
            None if !line.faulty => self.waiting.extend(comment.map(|words| Waiting { words, column, parted })),
            _ => self.as_written(line, parted),
        }
    }

    /// Whether the author left a blank line above this one.
    fn parted(&mut self, span: Span) -> bool {
        let before = self.end.replace(span.after()).filter(|end| end.source == span.source);
        let between = before.map(|end| self.text.slice(Span { end: span.start, ..end }));
        self.comments == Comments::Keep && between.is_some_and(|between| between.matches('\n').count() > 1)
    }

    /// What stands above a statement: the comments that wait, and a blank line where the author left one or a
    /// block begins.
    ///
    /// A comment belongs to the statement below it unless a blank line parts them, or unless it stands further in,
    /// right under a statement that does too.
    fn above(&mut self, indent: usize, column: usize, parted: bool, opens: bool) {
        let waiting = std::mem::take(&mut self.waiting);
        let own = match waiting.iter().rposition(|comment| comment.parted) {
            _ if parted => waiting.len(),
            Some(first) => first,
            None if self.last > indent => waiting.iter().take_while(|comment| comment.column > column).count(),
            None => 0,
        };
        let under = !parted && !waiting.iter().any(|comment| comment.parted);
        for comment in waiting.iter().take(own) {
            let place = if under { self.last } else { self.apart(comment.column) };
            self.gap(comment.parted);
            self.put(place, comment.words, None);
        }
        self.gap(opens || waiting.get(own).map_or(parted, |first| first.parted));
        for comment in waiting.iter().skip(own) {
            self.put(indent, comment.words, None);
        }
        self.last = indent;
    }

    /// The comments after the last statement.
    fn rest(&mut self) {
        for comment in std::mem::take(&mut self.waiting) {
            let place = self.apart(comment.column);
            self.gap(comment.parted);
            self.put(place, comment.words, None);
        }
    }

    /// How far in a comment stands that belongs to no statement: as the last one does, or as it was written.
    fn apart(&self, column: usize) -> usize {
        if column == self.last { column } else { (column / 2 * 2).min(FORM_LINE) }
    }

    fn gap(&mut self, wanted: bool) {
        if wanted && !self.written.is_empty() {
            self.written.push('\n');
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

    /// The lines between the fences move with them and keep their shape; what stands after a fence stays there.
    fn script(&mut self, statement: &Statement, indent: usize, span: Span) {
        let written = self.slice(span);
        let block = write_statement(statement, self.text, self.language);
        let last = block.lines().count().saturating_sub(1);
        let inner = if movable(&block) { indent } else { 0 };
        for (index, words) in block.lines().enumerate() {
            let fence = match index {
                0 => written.lines().next(),
                _ if index == last => written.lines().last(),
                _ => None,
            };
            let after = fence.and_then(|line| line.trim().strip_prefix(FENCE)).map(str::trim);
            match after.filter(|after| !after.is_empty() && self.comments == Comments::Keep) {
                Some(after) if after.starts_with('#') => self.put(indent, words, Some(after)),
                Some(after) => self.put(indent, &format!("{words}{after}"), None),
                None if words.is_empty() => self.put(0, words, None),
                None => self.put(if fence.is_some() { indent } else { inner }, words, None),
            }
        }
    }

    fn as_written(&mut self, line: &Line, parted: bool) {
        let words = match (self.comments, line.comment) {
            (Comments::Drop, Some(comment)) => self.slice(Span { end: comment.start, ..line.span }).trim_end(),
            (Comments::Drop, None) => self.slice(line.span).trim_end(),
            (Comments::Keep, _) => self.slice(line.span).trim_end_matches(['\n', '\r']),
        };
        // Where the reader cannot tell what a line is, its own indentation is the best guess.
        let indent = words.chars().take_while(|&character| character == ' ').count();
        self.above(indent, indent, parted, indent == 0 && opens_block(line.statement.as_ref()));
        self.put(0, words, None);
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.slice(span)
    }
}

/// A decision in one line, under which nothing stands.
fn stands_alone(statement: &Statement) -> bool {
    matches!(statement, Statement::Repeal(_) | Statement::Renumber(_) | Statement::Lock(_) | Statement::Open(_))
}

fn opens_block(statement: Option<&Statement>) -> bool {
    statement.is_some_and(|statement| indent(statement) == 0)
}

/// How far in a line was written; a tab counts as two.
fn column(line: &str) -> usize {
    let white = line.chars().take_while(|character| character.is_whitespace());
    white.map(|character| if character == '\t' { 2 } else { 1 }).sum()
}

/// Heads at the margin, their properties under them, the lines of a form under the form.
fn indent(statement: &Statement) -> usize {
    match statement {
        Statement::Ruleset { .. }
        | Statement::Head(_)
        | Statement::Template(_)
        | Statement::Questionnaire(_)
        | Statement::Amend(_)
        | Statement::Add(_)
        | Statement::Repeal(_)
        | Statement::Renumber(_)
        | Statement::Lock(_)
        | Statement::Split(_)
        | Statement::Open(_)
        | Statement::Test(_) => 0,
        Statement::Band(_)
        | Statement::When(_)
        | Statement::Otherwise(_)
        | Statement::Met(_)
        | Statement::Each(_)
        | Statement::Option(_)
        | Statement::Column(_)
        | Statement::Timed(_)
        | Statement::NotDone(_)
        | Statement::AllEqual(_)
        | Statement::Cap(_)
        | Statement::Script(_) => FORM_LINE,
        _ => 2,
    }
}
