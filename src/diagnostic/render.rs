//! Shows findings as people read them: the line, the mark under it, the mend.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Language, Say, Severity, Source, SourceId, SourceMap, Span};

/// Columns that a source line may fill; fixed, so that one text reads the same on every screen and in every log.
const WIDTH: usize = 140;

/// Whether to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI colours.
    Always,
}

/// All findings as text, in the order given, a blank line between two.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, language: Language, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let renderer = renderer.term_width(WIDTH);
    let mut text = String::new();
    for diagnostic in diagnostics {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&renderer.render(&[group(diagnostic, sources, language)]));
        text.push('\n');
    }
    text
}

fn group<'a>(diagnostic: &Diagnostic, sources: &'a SourceMap, language: Language) -> Group<'a> {
    let entry = diagnostic.problem.entry();
    let words = diagnostic.problem.words(language);
    let level = match entry.severity {
        Severity::Error => Level::ERROR.with_name(language.pick("lỗi", "error")),
        Severity::Warning => Level::WARNING.with_name(language.pick("cảnh báo", "warning")),
        Severity::Note => Level::NOTE.with_name(language.pick("ghi chú", "note")),
    };
    let mut group = Group::with_title(level.primary_title(words.message).id(entry.code));
    for (source, marks) in marks(diagnostic, language) {
        if let Some(source) = sources.get(source) {
            group = group.element(snippet(source, marks));
        }
    }
    if !words.help.is_empty() {
        // The help quotes the author's words, which may hold anything.
        let help: String = words.help.chars().filter(|character| !character.is_control()).collect();
        group = group.element(Level::HELP.with_name(language.pick("sửa", "help")).message(help));
    }
    group
}

/// A place to mark; the words of the first are in the title.
struct Mark {
    span: Span,
    words: Option<String>,
}

/// The places of a finding by text, its own first.
fn marks(diagnostic: &Diagnostic, language: Language) -> Vec<(SourceId, Vec<Mark>)> {
    let mut marks = vec![(diagnostic.span.source, vec![Mark { span: diagnostic.span, words: None }])];
    for label in &diagnostic.labels {
        let mark = Mark { span: label.span, words: Some(label.words.say(language)) };
        match marks.iter_mut().find(|(source, _)| *source == label.span.source) {
            Some((_, there)) => there.push(mark),
            None => marks.push((label.span.source, vec![mark])),
        }
    }
    marks
}

/// The lines that hold the marks, and no more of a text that may be long.
fn snippet(source: &Source, marks: Vec<Mark>) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let ranges: Vec<Range<usize>> = marks.iter().map(|mark| on_characters(source.text(), mark.span)).collect();
    let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let last = ranges.iter().map(|range| range.end).max().unwrap_or(first);
    let start = source.text().get(..first).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = source.text().get(last..).and_then(|after| after.find('\n')).map_or(source.text().len(), |at| last + at);
    let shown = source.text().get(start..end).unwrap_or_default();
    let mut snippet = Snippet::source(shown).path(source.name()).line_start(source.position(start).line).fold(true);
    for (mark, range) in marks.into_iter().zip(ranges) {
        let kind = if mark.words.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
        let place = range.start.saturating_sub(start)..range.end.saturating_sub(start);
        snippet = snippet.annotation(kind.span(place).label(mark.words));
    }
    snippet
}

/// The bytes of a span, moved in to the text and out to whole characters.
fn on_characters(text: &str, span: Span) -> Range<usize> {
    let start = text.floor_char_boundary((span.start as usize).min(text.len()));
    let end = text.ceil_char_boundary((span.end as usize).min(text.len()));
    start..end.max(start)
}
