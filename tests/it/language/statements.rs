//! `docs/language/statements.md`, held to the keywords and to the pages that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use tieuchi::diagnostic::Language;
use tieuchi::language::{Keyword, fold, level_i};

const FOLDER: &str = "docs/language";

/// A row of the table: what is written in its cells, and where its links go.
#[derive(Default)]
struct Row {
    /// The statement's spans, Vietnamese and English, folded.
    spans: [Vec<String>; 2],
    /// The pages that explain it, those that try its score, those of its findings.
    pages: [Vec<PathBuf>; 3],
}

/// The rows of every part of the table.
fn rows() -> Vec<Row> {
    let mut parts: Vec<PathBuf> = std::fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("statements")))
        .collect();
    parts.sort();
    parts.iter().flat_map(|part| rows_of(&std::fs::read_to_string(part).unwrap())).collect()
}

fn rows_of(text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    // Which cell of a row it is; prose is in none.
    let mut cell: Option<usize> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow) => {
                rows.push(Row::default());
                cell = Some(0);
            }
            Event::End(TagEnd::TableRow) => cell = None,
            Event::End(TagEnd::TableCell) => cell = cell.map(|cell| cell + 1),
            event => match (cell, rows.last_mut(), event) {
                (Some(cell @ 0..=1), Some(row), Event::Code(code)) => row.spans[cell].push(words(&code)),
                (Some(cell @ 2..), Some(row), Event::Start(Tag::Link { dest_url, .. })) => {
                    row.pages[cell - 2].push(plain(&Path::new(FOLDER).join(dest_url.as_ref())));
                }
                _ => {}
            },
        }
    }
    rows
}

/// A path without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        if part.as_os_str() == ".." {
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    plain
}

/// Text as keywords are looked for in it: folded, without what stands in quotes.
fn words(text: &str) -> String {
    let outside: Vec<&str> = text.split('"').step_by(2).collect();
    level_i(&fold(&outside.join("\"\"")))
}

/// Whether the spelling stands in folded text as words of its own.
fn stands(spelling: &str, text: &str) -> bool {
    let spelling = level_i(&fold(spelling));
    let inside = |character: Option<char>| character.is_some_and(|one| one.is_alphanumeric() || one == '_');
    text.match_indices(&spelling)
        .any(|(at, _)| !inside(text[..at].chars().next_back()) && !inside(text[at + spelling.len()..].chars().next()))
}

/// The keywords that a Vietnamese span is about: those of the longest spelling that it begins with, else that it holds. What
/// stands in the brackets of a function are names.
fn about(span: &str) -> Vec<Keyword> {
    let span = span.split('(').next().unwrap_or_default().trim_start_matches([',', ' ']);
    let spelt = |begins: bool| {
        let mut found: Vec<(usize, Keyword)> = Vec::new();
        for &keyword in Keyword::ALL {
            for spelling in keyword.spellings(Language::Vietnamese) {
                let length = fold(spelling).len();
                if stands(spelling, span) && (!begins || stands(spelling, span.get(..length).unwrap_or_default())) {
                    found.push((length, keyword));
                }
            }
        }
        let longest = found.iter().map(|(length, _)| *length).max();
        found.into_iter().filter(|(length, _)| Some(*length) == longest).map(|(_, keyword)| keyword).collect::<Vec<_>>()
    };
    let begun = spelt(true);
    if begun.is_empty() { spelt(false) } else { begun }
}

/// The sets that a page shows, folded line by line; of a Rust file all its text.
fn sets(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if path.extension().is_some_and(|extension| extension == "rs") {
        return text.replace("\\n", "\n").lines().map(|line| level_i(&fold(line)) + "\n").collect();
    }
    let mut inside = false;
    let mut all = String::new();
    for event in Parser::new(&text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => inside = info.starts_with("tieuchi"),
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => all.extend(text.lines().map(|line| words(line) + "\n")),
            _ => {}
        }
    }
    all
}

fn is_shown(keywords: &[Keyword], text: &str) -> bool {
    let spellings = |keyword: &Keyword| {
        let of = |language| keyword.spellings(language).iter();
        of(Language::Vietnamese).chain(of(Language::English)).copied().collect::<Vec<_>>()
    };
    keywords.iter().flat_map(spellings).any(|spelling| stands(spelling, text))
}

#[test]
fn every_keyword_stands_in_a_row_in_both_languages() {
    let rows = rows();
    let spelt = |keyword: Keyword, language, spans: &[String]| {
        let spellings = keyword.spellings(language);
        spans.iter().any(|span| spellings.iter().any(|spelling| stands(spelling, span)))
    };
    let lost: Vec<&str> = Keyword::ALL
        .iter()
        .filter(|keyword| {
            !rows.iter().any(|row| {
                spelt(**keyword, Language::Vietnamese, &row.spans[0])
                    && spelt(**keyword, Language::English, &row.spans[1])
            })
        })
        .map(|keyword| keyword.canonical(Language::Vietnamese))
        .collect();
    assert!(lost.is_empty(), "give them a row in {FOLDER}/statements.md: {lost:?}");
}

#[test]
fn every_page_of_a_row_is_there_and_shows_its_statement() {
    let rows = rows();
    let named: BTreeSet<&PathBuf> = rows.iter().flat_map(|row| row.pages.iter().flatten()).collect();
    let missing: Vec<&&PathBuf> = named.iter().filter(|path| !path.exists()).collect();
    assert!(missing.is_empty(), "no such page: {missing:?}");
    let shown: BTreeMap<&PathBuf, String> =
        rows.iter().flat_map(|row| row.pages[..2].iter().flatten()).map(|path| (path, sets(path))).collect();
    let mut faults = Vec::new();
    for row in &rows {
        let about = row.spans[0].iter().map(|span| (span, about(span)));
        let about: Vec<(&String, Vec<Keyword>)> = about.filter(|(_, keywords)| !keywords.is_empty()).collect();
        for (pages, what) in row.pages.iter().zip(["explained", "scored"]) {
            for (span, keywords) in &about {
                if !pages.iter().any(|page| is_shown(keywords, &shown[page])) {
                    faults.push(format!("`{span}` is {what} on none of {pages:?}"));
                }
            }
            for page in pages {
                if !about.iter().any(|(_, keywords)| is_shown(keywords, &shown[page])) {
                    faults.push(format!("{} shows nothing of `{}`", page.display(), row.spans[0].join("` · `")));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
