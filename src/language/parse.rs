//! From text to statements: the only door, total, with every finding of the file at its place.

use std::collections::BTreeMap;

use pest::Parser;
use pest::iterators::Pair;

use super::build::Builder;
use super::expected::{self, Place};
use super::fold::{Shadow, fold_line, is_composed};
use super::grammar::{Grammar, Rule};
use super::keyword::Keyword;
use super::limits;
use super::meant::{meant, opener};
use super::opening;
use super::reserved::Refused;
use super::tree::{File, Line, Statement};
use crate::diagnostic::{Diagnostic, Language, Names, Nearest, Problem, SourceId, Span, Text};

/// What parsing gives: the tree of what could be read, and every finding.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The statements.
    pub file: File,
    /// Findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a ruleset's text. Never fails: a line that cannot be read is a finding, and the rest is read.
pub fn parse(source: SourceId, text: &str) -> Parsed {
    let mut reading = Reading {
        source,
        language: Language::Vietnamese,
        composed: true,
        lines: Vec::new(),
        findings: Vec::new(),
        spellings: BTreeMap::new(),
        opened: false,
        readings: limits::READINGS,
        home: Home::Elsewhere,
        refused: Refused::default(),
    };
    if text.len() > limits::FILE_BYTES {
        let problem = Text::TooLarge { size: text.len(), limit: limits::FILE_BYTES };
        reading.findings.push(Diagnostic::new(problem, Span::new(source, 0, 0)));
        let span = Span::new(source, 0, text.len());
        reading.lines.push(Line { span, words: span, statement: None, comment: None, faulty: true });
    } else {
        reading.read(text);
    }
    reading.finish()
}

struct Reading {
    source: SourceId,
    language: Language,
    /// Whether the whole text is NFC.
    composed: bool,
    lines: Vec<Line>,
    findings: Vec<Diagnostic>,
    /// Keywords not in canonical spelling: where first, the canonical one, how often.
    spellings: BTreeMap<(Keyword, String), (Span, &'static str, usize)>,
    opened: bool,
    /// How many changed lines may still be read in search of what was meant.
    readings: usize,
    /// What the lines that follow stand under.
    home: Home,
    /// Names that may not be used; the lines that use them are not read.
    refused: Refused,
}

impl Reading {
    fn read(&mut self, text: &str) {
        if let Some(at) = first_not_composed(text) {
            self.composed = false;
            let span = Span::new(
                self.source,
                at,
                at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8),
            );
            self.findings.push(Diagnostic::new(Text::NotComposed {}, span));
        }
        self.lines.reserve(text.lines().count());
        let mut offset = 0;
        let mut fence: Option<(usize, usize)> = None;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let is_fence = content.trim().starts_with("```");
            match fence {
                Some((opening, start)) if is_fence => {
                    let script = Span::new(self.source, start, offset);
                    let span = Span::new(self.source, opening, offset + content.len());
                    self.lines.push(Line {
                        span,
                        words: span,
                        statement: Some(Statement::Script(script)),
                        comment: None,
                        faulty: false,
                    });
                    fence = None;
                }
                Some(_) => {}
                None if is_fence => fence = Some((offset, offset + line.len())),
                None => self.line(content, offset),
            }
            offset += line.len();
        }
        if let Some((opening, start)) = fence {
            let span = Span::new(self.source, opening, start.min(text.len()));
            self.findings.push(Diagnostic::new(Text::OpenScript {}, span));
            let span = Span::new(self.source, opening, text.len());
            self.lines.push(Line {
                span,
                words: span,
                statement: Some(Statement::Bad(None)),
                comment: None,
                faulty: true,
            });
        }
        if !self.opened {
            let end = text.lines().next().map_or(0, str::len);
            self.findings.push(Diagnostic::new(Text::NotARuleset {}, Span::new(self.source, 0, end)));
        }
    }

    fn line(&mut self, content: &str, offset: usize) {
        let span = Span::new(self.source, offset, offset + content.len());
        let length = content.chars().count();
        if length > limits::LINE_CHARACTERS {
            let problem = Text::LineTooLong { length, limit: limits::LINE_CHARACTERS };
            self.findings.push(Diagnostic::new(problem, span));
            self.lines.push(Line { span, words: span, statement: None, comment: None, faulty: true });
            return;
        }
        let before = self.findings.len();
        let shadow = fold_line(self.source, offset, content, &mut self.findings);
        let unreadable =
            self.findings.iter().skip(before).any(|finding| {
                matches!(finding.problem, crate::diagnostic::Problem::Text(Text::UnknownCharacter { .. }))
            });
        let comment = shadow.comment;
        if shadow.text.is_empty() {
            if comment.is_some() {
                let faulty = self.any_error_since(before);
                self.lines.push(Line { span, words: span, statement: None, comment, faulty });
            }
            return;
        }
        let unnamed = self.refused.used(&shadow, |span| slice(content, offset, span).to_owned());
        let statement = if unreadable || unnamed || self.too_deep(&shadow) {
            None
        } else {
            self.statement(&shadow, content, offset)
        };
        // Quotes left open swallow the points of a head: it is not then told that it has none.
        let swallowed = |statement: &Statement| matches!(statement, Statement::Head(head) if head.points.is_none());
        let open = self.findings.iter().skip(before).any(|finding| finding.problem == Text::OpenString {}.into());
        let statement = statement.filter(|statement| !(open && swallowed(statement)));
        let statement = statement.unwrap_or_else(|| {
            // A band that was read and is not clear stands under its head: it is no head of another level.
            let band = self.findings.iter().skip(before).any(|finding| matches!(finding.problem, Problem::Bands(_)));
            let opener = opener(&shadow.text)
                .or_else(|| if band { Some(Keyword::From) } else { meant(&shadow.text, self.language) });
            self.bad(&shadow, opener)
        });
        // A line that uses a name that was refused is told nothing of its own, and kept as it is written.
        let faulty = unnamed || self.any_error_since(before);
        let end = comment.map_or(content.len(), |comment| (comment.start as usize).saturating_sub(offset));
        let said = content.get(..end).unwrap_or(content);
        let start = offset + said.len() - said.trim_start().len();
        let words = Span::new(self.source, start, start + said.trim().len());
        self.home = Home::below(&statement).unwrap_or(self.home);
        self.lines.push(Line { span, words, statement: Some(statement), comment, faulty });
    }

    /// A line that could not be read; a first line that opens as a ruleset does still tells what the file is.
    fn bad(&mut self, shadow: &Shadow, opener: Option<Keyword>) -> Statement {
        if opener == Some(Keyword::Ruleset) && !self.opened {
            self.opened = true;
            if shadow.text.starts_with(Keyword::Ruleset.canonical(Language::English)) {
                self.language = Language::English;
            }
        }
        Statement::Bad(opener)
    }

    fn any_error_since(&self, before: usize) -> bool {
        self.findings.iter().skip(before).any(Diagnostic::is_error)
    }

    fn too_deep(&mut self, shadow: &Shadow) -> bool {
        let mut depth = 0_usize;
        for (at, byte) in shadow.text.bytes().enumerate() {
            match byte {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > limits::NESTING {
                let problem = Text::NestedTooDeep { limit: limits::NESTING };
                self.findings.push(Diagnostic::new(problem, shadow.span(at, at + 1)));
                return true;
            }
        }
        false
    }

    fn statement(&mut self, shadow: &Shadow, content: &str, offset: usize) -> Option<Statement> {
        if let Some(end) = code_before_points(&shadow.text) {
            match self.home {
                // `1: 4 điểm` below `kiểm thử` has lost its `thì`.
                Home::Test => {
                    let span = shadow.span(0, end);
                    let word = slice(content, offset, span).to_owned();
                    let expect = Keyword::Expect.canonical(self.language);
                    let nearest = Nearest(Some(format!("{expect} {word}")));
                    let finding = Diagnostic::new(Text::UnknownKeyword { word, nearest }, span);
                    let before = Span { end: span.start, ..span };
                    self.findings.push(finding.fix(before, format!("{expect} ")));
                    return Some(self.bad(shadow, Some(Keyword::Expect)));
                }
                // A code of three steps is told as a head without its level.
                Home::Elsewhere if shadow.text.get(..end).is_some_and(is_number) => {
                    let span = shadow.span(0, end);
                    let word = slice(content, offset, span).to_owned();
                    self.findings.push(Diagnostic::new(Text::UnknownKeyword { word, nearest: Nearest(None) }, span));
                    return Some(self.bad(shadow, None));
                }
                Home::Form | Home::Elsewhere => {}
            }
        }
        let read = match opening::statement(&shadow.text) {
            Some(pair) => Ok(Some(pair)),
            None => Grammar::parse(Rule::line, &shadow.text).map(|mut line| line.next()?.into_inner().next()),
        };
        match read {
            Ok(pair) => {
                let pair = pair?;
                self.open(&pair, shadow);
                self.spell(pair.clone(), shadow, content, offset);
                let (language, composed) = (self.language, self.composed);
                let mut builder = Builder { shadow, content, offset, composed, language, findings: &mut self.findings };
                builder.statement(pair)
            }
            Err(error) => {
                let place = Place { shadow, content, offset, language: self.language, opened: self.opened };
                let refused = expected::explain(&error, place, &mut self.readings);
                if let Problem::Names(Names::ReservedName { name, .. }) = &refused.finding.problem {
                    self.refused.add(name);
                }
                self.findings.push(refused.finding);
                let head = matches!(refused.opener, Some(Keyword::Area | Keyword::Criterion | Keyword::SubCriterion));
                // `1 sáng kiến: 50% tối đa` or `1 kế_hoạch "…": 1 điểm`, set in below a form, is one of its lines; a head
                // that lacks its level has its name behind its code.
                let named = shadow.text.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
                let inside = head
                    && content.starts_with(char::is_whitespace)
                    && shadow.text.starts_with(|first: char| first.is_ascii_digit())
                    && !named.trim_start().starts_with('"')
                    && matches!(self.home, Home::Form);
                Some(self.bad(shadow, if inside { Some(Keyword::From) } else { refused.opener }))
            }
        }
    }

    /// The first statement decides the file's language, and must be the ruleset's line.
    fn open(&mut self, pair: &Pair<'_, Rule>, shadow: &Shadow) {
        if self.opened {
            return;
        }
        self.opened = true;
        let told = pair.clone().into_inner().flatten().find_map(|token| {
            Keyword::of_rule(token.as_rule()).and_then(|keyword| keyword.language_of(token.as_str()))
        });
        self.language = told.unwrap_or(self.language);
        if pair.as_rule() != Rule::ruleset {
            let span = pair.as_span();
            self.findings.push(Diagnostic::new(Text::NotARuleset {}, shadow.span(span.start(), span.end())));
        }
    }

    /// Looks at every keyword of a line: its language, its spelling.
    fn spell(&mut self, pair: Pair<'_, Rule>, shadow: &Shadow, content: &str, offset: usize) {
        for token in pair.into_inner().flatten() {
            let Some(keyword) = Keyword::of_rule(token.as_rule()) else {
                continue;
            };
            let place = token.as_span();
            let span = shadow.span(place.start(), place.end());
            // Nearly every keyword stands as the table spells it.
            if keyword.spellings(self.language).contains(&slice(content, offset, span)) {
                continue;
            }
            let meant = keyword.spelling_for(self.language, token.as_str());
            if keyword.language_of(token.as_str()).is_some_and(|language| language != self.language) {
                let problem =
                    Text::LanguagesMixed { word: slice(content, offset, span).to_owned(), meant: meant.to_owned() };
                self.findings.push(Diagnostic::new(problem, span).fix(span, meant));
                continue;
            }
            let written = super::fold::compose(slice(content, offset, span));
            let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
            let usual = keyword.spellings(self.language).contains(&written.as_str());
            if !usual {
                self.spellings.entry((keyword, written)).or_insert((span, meant, 0)).2 += 1;
            }
        }
    }

    /// A text that is no ruleset at all is one finding, not one for each of its lines; a misspelt first line is
    /// told where it is misspelt.
    fn one_complaint_on_the_opening(&mut self) {
        let statements = || self.lines.iter().filter_map(|line| line.statement.as_ref());
        if statements().any(|statement| matches!(statement, Statement::Ruleset { .. })) {
            return;
        }
        let is_opening = |finding: &Diagnostic| matches!(finding.problem, Problem::Text(Text::NotARuleset {}));
        let readable = statements().any(|statement| !matches!(statement, Statement::Bad(None)));
        let meant = [Language::Vietnamese, Language::English].map(|language| Keyword::Ruleset.canonical(language));
        let misspelt = self.findings.iter().any(|finding| match &finding.problem {
            Problem::Text(Text::UnknownKeyword { nearest, .. }) => {
                nearest.0.as_deref().is_some_and(|near| meant.contains(&near))
            }
            _ => false,
        });
        let unfinished = statements().any(|statement| matches!(statement, Statement::Bad(Some(Keyword::Ruleset))));
        if misspelt || unfinished {
            self.findings.retain(|finding| !is_opening(finding));
        } else if !readable && self.findings.iter().any(is_opening) {
            self.findings.retain(is_opening);
        }
    }

    /// A character that a word processor put in everywhere is told once, with every mend.
    fn one_complaint_a_character(&mut self) {
        let mut kept: Vec<Diagnostic> = Vec::with_capacity(self.findings.len());
        for finding in std::mem::take(&mut self.findings) {
            let Problem::Text(Text::PastedCharacter { character, .. }) = &finding.problem else {
                kept.push(finding);
                continue;
            };
            let first = kept.iter_mut().find(|told| {
                matches!(&told.problem, Problem::Text(Text::PastedCharacter { character: known, .. }) if known == character)
            });
            match first {
                Some(told) => {
                    told.fixes.extend(finding.fixes);
                    if let Problem::Text(Text::PastedCharacter { times, .. }) = &mut told.problem {
                        *times = told.fixes.len();
                    }
                }
                None => kept.push(finding),
            }
        }
        self.findings = kept;
    }

    fn finish(mut self) -> Parsed {
        self.one_complaint_on_the_opening();
        for ((_, written), (span, meant, times)) in std::mem::take(&mut self.spellings) {
            let problem = Text::KeywordSpelling { word: written, meant: meant.to_owned(), times };
            self.findings.push(Diagnostic::new(problem, span).fix(span, meant));
        }
        self.one_complaint_a_character();
        self.findings.sort_by_key(|finding| finding.span);
        Parsed { file: File { language: self.language, lines: self.lines }, diagnostics: self.findings }
    }
}

/// What decides how a line that begins with a number is read: what it stands under.
#[derive(Clone, Copy)]
enum Home {
    Form,
    Test,
    Elsewhere,
}

impl Home {
    /// Of the lines that follow a statement, where it decides that.
    fn below(statement: &Statement) -> Option<Self> {
        use Statement as S;
        match statement {
            S::Form(_) | S::Bad(Some(Keyword::ScoreBy)) => Some(Self::Form),
            S::Test(_) | S::Given(_) | S::Expect(_) => Some(Self::Test),
            S::Head(_) | S::Add(_) | S::Ruleset { .. } | S::Questionnaire(_) => Some(Self::Elsewhere),
            _ => None,
        }
    }
}

/// Where the number or code ends that stands before a colon at the beginning of a line: `1: 4 điểm`, `1.1.2: 4 điểm`,
/// `100%: tối đa`.
fn code_before_points(text: &str) -> Option<usize> {
    let end = text.find(|character: char| !(character.is_ascii_digit() || ".,%".contains(character)))?;
    (end > 0 && text.get(end..)?.trim_start().starts_with(':')).then_some(end)
}

/// Whether it is a number alone: `1`, `1.5`, no `1%`.
fn is_number(text: &str) -> bool {
    !text.ends_with('%') && text.matches(['.', ',']).count() < 2
}

fn slice(content: &str, offset: usize, span: Span) -> &str {
    let start = (span.start as usize).saturating_sub(offset);
    let end = (span.end as usize).saturating_sub(offset);
    content.get(start..end).unwrap_or_default()
}

/// Where the text stops being NFC, if it does.
fn first_not_composed(text: &str) -> Option<usize> {
    if is_composed(text) {
        return None;
    }
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if !is_composed(line) {
            let mark = line.char_indices().find(|&(_, letter)| unicode_normalization::char::is_combining_mark(letter));
            return Some(offset + mark.map_or(0, |(at, _)| at));
        }
        offset += line.len();
    }
    Some(0)
}
