//! The fingerprint: SHA-256 of the canonical text, in which lines that have no order stand in one.
//!
//! What order shows or decides stays as written: heads, figures with their lists, the lines of a form, whatever is said
//! in several lines of one kind. Kinds of lines stand in the order of their keywords; parameters, examples, tests and
//! what is said in a test, templates, and what is locked or open in that of their words.

use std::cmp::Ordering;

use sha2::{Digest, Sha256};

use super::draft::{in_form, in_test, keyword};
use crate::diagnostic::{Language, Texts};
use crate::language::tree::{File, Line, Statement};
use crate::language::{Keyword, compose, write_statement};
use crate::script::plain_text;

/// The fingerprint of a parsed file, in hexadecimal: the same for every way of writing the same set.
pub(super) fn of(file: &File, text: Texts<'_>) -> String {
    let mut digest = Sha256::new();
    for block in blocks(file, text) {
        for said in block.lines {
            digest.update(said.words);
            digest.update("\n");
        }
    }
    let mut hexadecimal = String::with_capacity(64);
    for byte in digest.finalize() {
        hexadecimal.push_str(&format!("{byte:02x}"));
    }
    hexadecimal
}

/// What lines belong to, in the order of its kinds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Header,
    /// A lock, or what is open to lower levels.
    Policy,
    Template,
    Questionnaire,
    Head,
    Test,
}

/// A line at the margin and those below it.
struct Block {
    section: Section,
    lines: Vec<Said>,
}

/// A line by its kind: the keyword, and what of it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    kind: (&'static str, u8),
    /// The order of lines of its kind says nothing.
    free: bool,
    words: String,
}

impl Said {
    fn order(&self, other: &Self) -> Ordering {
        let by_words = || if self.free { self.words.cmp(&other.words) } else { Ordering::Equal };
        self.kind.cmp(&other.kind).then_with(by_words)
    }
}

impl Block {
    fn order(&self, other: &Self) -> Ordering {
        let free = matches!(self.section, Section::Policy | Section::Template | Section::Test);
        let by_lines = || if free { self.lines.cmp(&other.lines) } else { Ordering::Equal };
        self.section.cmp(&other.section).then_with(by_lines)
    }
}

fn blocks(file: &File, text: Texts<'_>) -> Vec<Block> {
    let mut blocks = vec![Block { section: Section::Header, lines: Vec::new() }];
    // A lock among the lines of the header does not end it.
    let mut policies = Vec::new();
    for line in &file.lines {
        let Some(statement) = &line.statement else { continue };
        let said = said(line, statement, text);
        match section(statement) {
            Some(Section::Policy) => policies.push(Block { section: Section::Policy, lines: vec![said] }),
            Some(section) => blocks.push(Block { section, lines: vec![said] }),
            None => {
                if let Some(block) = blocks.last_mut() {
                    block.lines.push(said);
                }
            }
        }
    }
    blocks.extend(policies);
    for block in &mut blocks {
        block.lines.sort_by(Said::order);
    }
    blocks.sort_by(Block::order);
    blocks
}

/// What a line opens.
fn section(statement: &Statement) -> Option<Section> {
    Some(match statement {
        Statement::Lock(_) | Statement::Open(_) => Section::Policy,
        Statement::Template(_) => Section::Template,
        Statement::Questionnaire(_) => Section::Questionnaire,
        Statement::Head(_) => Section::Head,
        Statement::Test(_) => Section::Test,
        _ => return None,
    })
}

fn canonical(statement: &Statement, text: Texts<'_>) -> String {
    write_statement(statement, text, Language::Vietnamese)
}

fn said(line: &Line, statement: &Statement, text: Texts<'_>) -> Said {
    let words = match statement {
        _ if line.faulty => text.slice(line.words).to_owned(),
        // Neither comments nor the layout of a script are what it says.
        Statement::Script(span) => plain_text(text.slice(*span)).unwrap_or_else(|| canonical(statement, text)),
        _ => canonical(statement, text),
    };
    let free = in_test(statement) || matches!(statement, Statement::Parameter(_) | Statement::Example(_));
    Said { kind: kind(statement), free, words: compose(words) }
}

fn kind(statement: &Statement) -> (&'static str, u8) {
    if matches!(statement, Statement::Ruleset { .. }) || section(statement).is_some() {
        return ("", 0);
    }
    let keyword = match statement {
        // A form is one with its lines, a list with its columns and the figures beside it.
        _ if in_form(statement) => Some(Keyword::ScoreBy),
        Statement::List(_) | Statement::Column(_) => Some(Keyword::Figure),
        _ => keyword(statement),
    };
    // Ladder, ceilings and falls of the grades.
    let part = match statement {
        Statement::GradeCeiling(_) => 1,
        Statement::GradeFall(_) => 2,
        _ => 0,
    };
    (keyword.map_or("", |keyword| keyword.canonical(Language::Vietnamese)), part)
}
